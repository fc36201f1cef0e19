"""Documents beside the audit report: golden files of every face, and the laws that hold for each of them.

``UPDATE_GOLDEN=1 pytest tests/reporting`` rewrites the golden files; read the difference before committing it.
"""

import json
import os
import re
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdfium2
import pytest
from lxml import html as lxml_html
from sample_documents import documents_run
from sample_run import CANDIDATE_FAILURE, CANDIDATE_ID, conduct, sample_run
from test_office_word import dump
from test_report_outputs import read_aloud

from auditkit import __version__
from auditkit.base.language import speaking
from auditkit.reporting.documents.build import Document, build_document
from auditkit.reporting.documents.faces import (
    FACES,
    content_digest,
    document_html,
    document_markdown,
    write_document_docx,
    write_document_pdf,
)
from auditkit.reporting.documents.outputs import OUTPUTS, OWN_TITLES, Output
from auditkit.reporting.sections import TITLES
from auditkit.reporting.templating import TEMPLATES
from auditkit.reporting.view import build_view

GOLDEN = Path(__file__).parent / "golden_documents"
EACH = pytest.mark.parametrize("output", OUTPUTS, ids=lambda one: one.id)
BY_ID = {one.id: one for one in OUTPUTS}


def pages(path: Path) -> list[str]:
    document = pypdfium2.PdfDocument(path)
    try:
        return [page.get_textpage().get_text_bounded().replace("\r\n", "\n") for page in document]
    finally:
        document.close()


@lru_cache(maxsize=len(OUTPUTS))
def printed(name: str) -> tuple[str, ...]:
    """Return the text of each page of a draft, printed once for all tests."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "made.pdf"
        number = write_document_pdf(build_document(documents_run(), BY_ID[name]), path)
        texts = tuple(pages(path))
    assert len(texts) == number
    return texts


def text_of(document: Document, face: str, folder: Path) -> str:
    """Return what a reader of a face meets."""
    path = folder / f"made.{face}"
    if face == "html":
        return read_aloud(document_html(document))
    if face == "md":
        return document_markdown(document)
    if face == "docx":
        write_document_docx(document, path)
        return dump(path)
    texts = printed(document.output.id)
    return "\n\n".join(f"[page {number}]\n{text}" for number, text in enumerate(texts, 1)) + "\n"


@pytest.mark.parametrize("face", [one.id for one in FACES])
@EACH
def test_golden(output: Output, face: str, tmp_path: Path) -> None:
    text = text_of(build_document(documents_run(), output), face, tmp_path)
    text = text.replace(f"auditkit {__version__}", "auditkit VERSION")
    file = GOLDEN / f"{output.id}.{face}.txt"
    if os.environ.get("UPDATE_GOLDEN") == "1":
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8")


@EACH
def test_every_page_says_draft_until_the_lead_auditor_signed(output: Output) -> None:
    assert [at for at, text in enumerate(printed(output.id), 1) if "DRAFT" not in text] == []
    signed = build_document(documents_run(signed=True), output)
    assert "DRAFT" not in document_html(signed)
    assert "DRAFT" in document_html(build_document(documents_run(), output))


def test_a_signed_document_says_draft_on_no_page(tmp_path: Path) -> None:
    path = tmp_path / "signed.pdf"
    write_document_pdf(build_document(documents_run(signed=True), BY_ID["nonconformities"]), path)
    assert not any("DRAFT" in text for text in pages(path))


@EACH
def test_the_first_page_has_the_verdict_and_what_is_not_assessed(output: Output) -> None:
    first = " ".join(printed(output.id)[0].split())
    assert "Not ready: 1 major nonconformity open" in first
    assert (
        "Of 6 requirements 2 conform, 3 do not and 1 are not assessed, verdicts that were computed and"
        in first
    )
    assert "Persons confirmed 1 as conforming and 2 as nonconforming." in first
    assert "1 candidate finding waits for a person's decision." in first


@EACH
def test_a_note_names_every_section_that_is_left_out_and_where_it_stands(output: Output) -> None:
    run = documents_run()
    document = build_document(run, output)
    here = {one.id for one in document.view.contents}
    missing = [one for one in build_view(run).contents if one.id not in here]
    assert missing
    assert [one for one in missing if f"{one.title} ({one.place})" not in document.note] == []
    assert not any(f"{one.title} (" in document.note for one in document.view.contents if one.id in TITLES)


@EACH
def test_a_candidate_is_told_in_its_annex_alone(output: Output) -> None:
    page = lxml_html.document_fromstring(document_html(build_document(documents_run(), output)))
    for annex in page.xpath("//section[h2[@id='candidates']]"):
        assert CANDIDATE_FAILURE in annex.text_content()
        annex.drop_tree()
    for section in page.xpath("//section[h2[@id='clauses' or @id='verdicts' or @id='tests']]"):
        section.drop_tree()  # verdicts there are marked as candidates, as in the main report
    assert CANDIDATE_FAILURE not in page.text_content()
    assert CANDIDATE_ID not in page.text_content()


@EACH
def test_nothing_differs_from_the_main_report_but_where_things_stand(output: Output) -> None:
    run = documents_run()
    said = []
    for view in (build_document(run, output).view, build_view(run)):
        shown = view.model_dump(mode="json", exclude={"contents": True, "cover": {"kind"}})
        said.append(
            re.sub(
                r"([Ss]ection \d+|Annex [A-Z])( of the main report)?", "PLACE", json.dumps(shown, indent=1)
            )
        )
    assert said[0] == said[1]
    assert said[0].count("PLACE") > 5


@EACH
def test_links_lead_somewhere_and_nothing_comes_from_outside(output: Output) -> None:
    markup = document_html(build_document(documents_run(), output))
    page = lxml_html.document_fromstring(markup)
    anchors = set(page.xpath("//@id"))
    assert [one for one in page.xpath("//a/@href") if one[1:] not in anchors] == []
    assert not re.search(r"(src|href)=\"(?!#)", markup)
    assert "<script>alert" not in markup


@EACH
@pytest.mark.parametrize("face", ["html", "docx"])
def test_the_same_run_gives_the_same_bytes(output: Output, face: str, tmp_path: Path) -> None:
    write = next(one.write for one in FACES if one.id == face)
    for name in ("one", "two"):
        write(build_document(documents_run(), output), tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


@EACH
def test_a_run_that_knows_little_is_printed_and_says_so(output: Output) -> None:
    bare = sample_run(findings=(), plan=(), items=(), files=(), requests=(), record_tests=(), gates=())
    text = read_aloud(document_html(build_document(bare, output)))
    said = {
        "gap-analysis": "No opportunity is recorded.",
        "readiness": "No list of documents was made in this run.",
        "nonconformities": "No nonconformity is confirmed, so there is nothing to answer.",
        "improvement-plan": "Nothing is left to do for a confirmed finding.",
        "evidence-index": "No evidence is registered.",
        "programme": "No audit programme is recorded with this engagement.",
        "scope": "No statement of scope of the system was handed over.",
    }
    assert said[output.id] in text
    assert "no readiness gate was examined" in text


@EACH
def test_a_document_speaks_german(output: Output) -> None:
    with speaking("de"):
        document = build_document(documents_run(), output)
        text = read_aloud(document_html(document))
    assert "Hauptbericht des Laufs 5f5f5f5f5f5f ist das Dokument" in text
    told = {
        "gap-analysis": "die auf höchstens 2 Personentage geschätzt sind",
        "readiness": "2 bestätigte Abweichungen sind offen. Vollständig stehen sie in",
        "nonconformities": "Festgestellt von (Auditor) | Anna Lindqvist | 8. Oktober 2026",
        "improvement-plan": "3,5 Tage (2 bis 6)",
        "evidence-index": "3 Dateien sind verzeichnet: 2 gelesen, 0 teilweise gelesen, 0 nicht gelesen, 1 nicht vorhanden.",
        "programme": "Dr. Karl Petersen, Managing director, am 1. August 2025",
        "scope": "Stichtag | 15. Oktober 2026",
    }
    assert document.title in text
    assert told[output.id] in text


def test_every_section_of_every_document_has_a_template_and_a_title() -> None:
    for output in OUTPUTS:
        for section in (*output.body, *output.annexes):
            assert section in OWN_TITLES or section in TITLES
            names = (f"doc_{section}.j2", f"part_{section}.j2", f"annex_{section}.j2")
            assert any((TEMPLATES / name).exists() for name in names)
    assert not set(OWN_TITLES) & set(TITLES)


def test_a_kind_keeps_its_words_and_titles() -> None:
    kind = conduct("gap-analysis")
    document = build_document(documents_run(conduct=kind), BY_ID["readiness"])
    assert document.view.summary.headline.text == "Gaps left: 1 severe gap open"
    assert {one.id: one.title for one in document.view.contents}["plan"] == "Roadmap"
    audit = build_document(documents_run(), BY_ID["gap-analysis"])
    titles = {one.id: one.title for one in audit.view.contents}
    assert titles["findings"] == "Gap register"
    assert titles["clauses"] == "Results by clause"


def test_sentences_refer_to_sections_of_the_document_or_say_that_it_is_the_main_report() -> None:
    run = documents_run()
    gap, plan = (
        build_document(run, BY_ID[name]).view.summary.unconfirmed
        for name in ("gap-analysis", "improvement-plan")
    )
    assert "they stand in Annex A and" in gap
    assert "they stand in Annex A of the main report and" in plan


def test_a_digest_of_the_content_follows_what_is_printed() -> None:
    one = BY_ID["scope"]
    first = content_digest(build_document(documents_run(), one))
    assert first == content_digest(build_document(documents_run(), one))
    assert first != content_digest(build_document(documents_run(items=()), one))
    with speaking("de"):
        assert first != content_digest(build_document(documents_run(), one))
