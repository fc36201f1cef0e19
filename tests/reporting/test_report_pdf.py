"""The printed report: DRAFT on every page until signed, page numbers that are true, the same bytes twice."""

import sys
from pathlib import Path

import pypdfium2
import pytest
from sample_run import sample_run

from auditkit.base.errors import EnvironmentFault
from auditkit.reporting.pdf import SYSTEM_PACKAGES, render_pdf
from auditkit.reporting.pdf_fonts import FONTS, read_font
from auditkit.reporting.view import build_view


def pages(path: Path) -> list[str]:
    document = pypdfium2.PdfDocument(path)
    try:
        return [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()


@pytest.fixture(scope="module")
def draft(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pdf") / "draft.pdf"
    render_pdf(build_view(sample_run()), path)
    return path


def test_every_page_says_draft(draft: Path) -> None:
    texts = pages(draft)
    assert len(texts) > 10
    assert [number for number, text in enumerate(texts, 1) if "DRAFT" not in text] == []


def test_a_signed_report_says_draft_nowhere(tmp_path: Path) -> None:
    path = tmp_path / "signed.pdf"
    number = render_pdf(build_view(sample_run(signed=True)), path)
    texts = pages(path)
    assert len(texts) == number
    assert not any("DRAFT" in text for text in texts)
    assert "Signed by Anna Lindqvist, lead auditor" in texts[0]


def test_pages_carry_title_classification_and_number(draft: Path) -> None:
    texts = pages(draft)
    for number, text in enumerate(texts[1:], 2):
        assert "Internal audit of the service management system 2026" in text
        assert "Confidential" in text
        assert f"Page {number} of {len(texts)}" in text


def test_contents_and_bookmarks_name_the_true_pages(draft: Path) -> None:
    document = pypdfium2.PdfDocument(draft)
    try:
        marks = {mark.get_title().strip(): mark.get_dest().get_index() + 1 for mark in document.get_toc()}
    finally:
        document.close()
    number = marks["4 Results by clause"]
    texts = pages(draft)
    assert "Results by clause" in texts[number - 1]
    contents = next(text for text in texts if "Contents" in text)
    line = next(line for line in contents.splitlines() if "Results by clause" in line)
    assert line.split()[-1] == str(number)


def test_the_document_is_tagged_and_has_its_language(draft: Path) -> None:
    document = pypdfium2.PdfDocument(draft)
    try:
        assert pypdfium2.raw.FPDFCatalog_IsTagged(document.raw)
        assert (
            document.get_metadata_value("Title")
            == "DRAFT: Internal audit of the service management system 2026"
        )
    finally:
        document.close()


def test_only_shipped_fonts_are_embedded(draft: Path) -> None:
    names = set()
    document = pypdfium2.PdfDocument(draft)
    try:
        for page in document:
            for item in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT], max_depth=3):
                names.add(item.get_font().get_base_name().split("+")[-1])
    finally:
        document.close()
    assert names
    assert all(name.startswith("Report") for name in names), names


def test_two_renders_give_the_same_bytes(draft: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.pdf"
    render_pdf(build_view(sample_run()), again)
    assert again.read_bytes() == draft.read_bytes()


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/font.ttf",
        "file:///etc/passwd",
        f"{FONTS.as_uri()}/../pdf.py",
        f"{FONTS.as_uri()}/README.md",
    ],
)
def test_nothing_but_shipped_fonts_is_fetched(url: str) -> None:
    with pytest.raises(ValueError, match="not one of the fonts"):
        read_font(url)


def test_a_missing_library_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    with pytest.raises(EnvironmentFault, match=SYSTEM_PACKAGES):
        render_pdf(build_view(sample_run()), tmp_path / "none.pdf")
