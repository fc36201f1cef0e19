"""The report as a Word document says what the HTML says, in the template's manner, and nothing in either runs."""

import io
import os
import re
import zipfile
from pathlib import Path

import docx
import pytest
from docx.enum.section import WD_SECTION
from docx.shared import RGBColor
from lxml import etree
from lxml import html as lxml_html
from PIL import Image
from sample_run import sample_run

from auditkit import __version__
from auditkit.base.errors import EnvironmentFault
from auditkit.reporting.html import render_html
from auditkit.reporting.office import package
from auditkit.reporting.office.word import render_docx, write_template
from auditkit.reporting.sections import ALWAYS, TITLES
from auditkit.reporting.view import build_view
from auditkit.reporting.view_model import Options, View

GOLDEN = Path(__file__).parent / "golden/audit-report-docx.txt"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def made(
    folder: Path, view: View | None = None, template: Path | None = None, *, scores: bool = True
) -> Path:
    """Write the sample report and return its path; the template must be right."""
    target = folder / "report.docx"
    issues = render_docx(view or build_view(sample_run()), target, Options(scores=scores), template)
    assert issues == ()
    return target


def brand(folder: Path, *paragraphs: str, header: str = "", edit: object = None) -> Path:
    """Write a template with these paragraphs."""
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    document.sections[0].header.paragraphs[0].text = header
    if callable(edit):
        edit(document)
    path = folder / "brand.docx"
    document.save(str(path))
    return path


def refused(folder: Path, template: Path) -> list[str]:
    """Return the issues of a template as code and text; nothing may be written."""
    target = folder / "report.docx"
    issues = render_docx(build_view(sample_run()), target, Options(), template)
    assert not target.exists()
    return [f"{one.code}: {one}" for one in issues]


DESCRIBED = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"


def element_text(element: etree._Element) -> str:
    """Return the text of an element, breaks as spaces, pictures as what is said of them."""
    parts = []
    for one in element.iter(f"{W}t", f"{W}br", f"{W}tab", f"{W}p", DESCRIBED):
        if one.tag == DESCRIBED:
            parts.append(one.get("descr", ""))
        else:
            parts.append((one.text or "") if one.tag == f"{W}t" else " ")
    return " ".join("".join(parts).split())


def dump(path: Path) -> str:
    """Return what a reader meets, a line a paragraph or row, with the style of paragraphs."""
    document = docx.Document(str(path))
    names = {style.style_id: style.name for style in document.styles}
    lines = []
    for part in (document.sections[0].header, document.sections[0].footer):
        lines += [f"[page] {paragraph.text}" for paragraph in part.paragraphs]
    for element in document.element.body:
        if element.tag == f"{W}tbl":
            for row in element.iter(f"{W}tr"):
                mark = "[row, repeated] " if row.find(f"{W}trPr/{W}tblHeader") is not None else "[row] "
                lines.append(mark + " | ".join(element_text(cell) for cell in row.iter(f"{W}tc")))
        elif element.tag == f"{W}p" and element_text(element):
            lines.append(
                f"[{names[element.find(f'{W}pPr/{W}pStyle').get(f'{W}val')]}] {element_text(element)}"
            )
    return "\n".join(lines).replace(f"auditkit {__version__}", "auditkit VERSION") + "\n"


def headings(path: Path) -> list[str]:
    """Return level and text of every heading."""
    return [
        f"{'2' if paragraph.style.name == 'Report Heading' else paragraph.style.name[-1]} {' '.join(paragraph.text.split())}"
        for paragraph in docx.Document(str(path)).paragraphs
        if paragraph.style.name.startswith(("Heading", "Report Heading"))
    ]


def test_golden(tmp_path: Path) -> None:
    text = dump(made(tmp_path))
    if os.environ.get("UPDATE_GOLDEN") == "1":
        GOLDEN.write_text(text, encoding="utf-8")
    assert text == GOLDEN.read_text(encoding="utf-8")


def test_headings_stand_in_the_order_of_the_page(tmp_path: Path) -> None:
    page = lxml_html.document_fromstring(render_html(build_view(sample_run())))
    wanted = [
        f"{int(one.tag[1]) - 1} {' '.join(one.text_content().split())}"
        for one in page.xpath("//main//h2 | //main//h3")
    ]
    assert headings(made(tmp_path)) == wanted
    assert len(wanted) > 30


@pytest.mark.parametrize("scores", [True, False])
def test_every_word_and_figure_of_the_page_stands_in_the_document(tmp_path: Path, scores: bool) -> None:
    view = build_view(sample_run())
    main = lxml_html.document_fromstring(render_html(view, Options(scores=scores))).xpath("//main")[0]
    for picture in main.xpath(".//*[local-name()='svg']"):
        for child in picture:
            if child.tag not in ("title", "desc"):
                child.text, child[:] = "", []
    for one in main.iter():
        one.tail = f" {one.tail or ''}" if one.tag not in ("span", "a", "b") else one.tail
    body = docx.Document(str(made(tmp_path, scores=scores))).element.body
    for paragraph in list(body):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        if style is not None and (
            style.get(f"{W}val").lower().startswith("toc") or "Contents" in element_text(paragraph)
        ):
            body.remove(paragraph)

    def words(text: str) -> list[str]:
        return re.findall(r"[^\W_]+", text)

    said = re.sub(r"\b[1-9]\. ", " ", " ".join(element_text(one) for one in body))
    wanted = re.sub(r"\b[1-9]\. ", " ", main.text_content())
    assert words(said) == words(wanted)


def test_a_draft_says_so_on_every_page_and_a_released_report_on_none(tmp_path: Path) -> None:
    draft = docx.Document(str(made(tmp_path)))
    assert "DRAFT" in draft.sections[0].header.paragraphs[0].text
    assert draft.core_properties.title.startswith("DRAFT: ")
    signed = docx.Document(str(made(tmp_path, build_view(sample_run(signed=True)))))
    pages = signed.sections[0].header.paragraphs + signed.sections[0].footer.paragraphs
    assert not any("DRAFT" in one.text for one in pages)


def test_a_draft_says_so_whatever_headers_the_template_has(tmp_path: Path) -> None:
    def edit(document: docx.document.Document) -> None:
        document.sections[0].different_first_page_header_footer = True
        document.settings.odd_and_even_pages_header_footer = True
        second = document.add_section(WD_SECTION.NEW_PAGE)
        second.header.is_linked_to_previous = False
        second.header.paragraphs[0].text = "Our house"

    template = brand(tmp_path, "{{ cover }}", "{{ sections }}", header="Our brand", edit=edit)
    document = docx.Document(str(made(tmp_path, template=template)))
    first, second = document.sections
    for header in (first.header, first.first_page_header, first.even_page_header, second.header):
        assert header.paragraphs[0].text == "DRAFT"
    assert second.header.paragraphs[1].text == "Our house"
    released = docx.Document(str(made(tmp_path, build_view(sample_run(signed=True)), template)))
    assert [one.text for one in released.sections[1].header.paragraphs] == ["Our house"]


def test_header_rows_are_repeated_and_rows_stay_whole(tmp_path: Path) -> None:
    body = docx.Document(str(made(tmp_path))).element.body
    captioned = [one for one in body.iter(f"{W}tbl") if one.find(f"{W}tblPr/{W}tblCaption") is not None]
    assert len(captioned) > 10
    assert all(one.find(f"{W}tr/{W}trPr/{W}tblHeader") is not None for one in captioned)
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in body.iter(f"{W}tr"))
    for table in body.iter(f"{W}tbl"):
        columns = len(table.findall(f"{W}tblGrid/{W}gridCol"))
        for row in table.iter(f"{W}tr"):
            spans = [int(one.get(f"{W}val")) for one in row.iter(f"{W}gridSpan")]
            assert len(row.findall(f"{W}tc")) - len(spans) + sum(spans) == columns


def test_links_lead_to_headings(tmp_path: Path) -> None:
    body = docx.Document(str(made(tmp_path))).element.body
    marks = [one.get(f"{W}name") for one in body.iter(f"{W}bookmarkStart")]
    assert len(marks) == len(set(marks))
    targets = {one.get(f"{W}anchor") for one in body.iter(f"{W}hyperlink")}
    assert targets
    assert targets <= set(marks)


def test_bookmarks_of_a_template_keep_their_numbers(tmp_path: Path) -> None:
    def edit(document: docx.document.Document) -> None:
        for number in range(60):
            mark = etree.SubElement(document.add_paragraph()._element, f"{W}bookmarkStart")
            mark.set(f"{W}id", str(number))
            mark.set(f"{W}name", f"theirs{number}")

    body = docx.Document(
        str(made(tmp_path, template=brand(tmp_path, "{{ sections }}", edit=edit)))
    ).element.body
    numbers = [one.get(f"{W}id") for one in body.iter(f"{W}bookmarkStart")]
    assert len(numbers) > 60
    assert len(numbers) == len(set(numbers))


def test_the_contents_are_a_field_with_its_lines_already_there(tmp_path: Path) -> None:
    path = made(tmp_path)
    body = docx.Document(str(path)).element.body
    fields = [one.text.strip() for one in body.iter(f"{W}instrText")]
    assert fields == ['TOC \\o "1-2" \\h \\z']
    kinds = [one.get(f"{W}fldCharType") for one in body.iter(f"{W}fldChar")]
    assert kinds == ["begin", "separate", "end"]
    paragraphs = docx.Document(str(path)).paragraphs
    lines = [" ".join(one.text.split()) for one in paragraphs if one.style.name.startswith("toc")]
    apart = [" ".join(one.text.split()) for one in paragraphs if one.style.name == "Report Heading"]
    assert any(one.startswith("8.5.1.3 ") for one in apart)
    assert any(one.startswith("C-") for one in apart)
    assert lines == [one[2:] for one in headings(path) if one[2:] not in apart]


def test_charts_are_pictures_as_wide_as_the_text_with_their_figures_in_words(tmp_path: Path) -> None:
    path = made(tmp_path)
    page = lxml_html.document_fromstring(render_html(build_view(sample_run())))
    titles = [one.text for one in page.xpath("//main//*[local-name()='svg']/*[local-name()='title']")]
    document = docx.Document(str(path))
    shown = list(document.element.body.iter(DESCRIBED))
    assert len(titles) > 5
    assert [one.get("name") for one in shown] == [one[:120] for one in titles]
    assert all(one.get("descr").startswith(one.get("name")) for one in shown)
    assert any("33.3" in one.get("descr") for one in shown)
    assert len({one.get("id") for one in shown}) == len(shown)
    assert {round(one.width.mm) for one in document.inline_shapes} == {165}
    with zipfile.ZipFile(path) as package:
        images = [one for one in package.namelist() if one.startswith("word/media/")]
        first = package.read(images[0])
    assert len(images) > 5
    assert first.startswith(b"\x89PNG")
    assert len(Image.open(io.BytesIO(first)).convert("L").getcolors() or ()) > 2


def test_without_the_libraries_that_draw_charts_are_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(*_: object) -> None:
        raise EnvironmentFault("no library")

    monkeypatch.setattr("auditkit.reporting.office.pictures._drawn", missing)
    document = docx.Document(str(made(tmp_path)))
    assert len(document.inline_shapes) == 0
    notes = [one.text for one in document.paragraphs if one.style.name == "Report Note"]
    assert any(one.startswith("Conformity as intervals: ") and "33.3" in one for one in notes)


def test_the_same_report_is_the_same_bytes(tmp_path: Path) -> None:
    first = made(tmp_path).read_bytes()
    assert made(tmp_path).read_bytes() == first
    with zipfile.ZipFile(io.BytesIO(first)) as opened:
        assert {one.date_time for one in opened.infolist()} == {(2026, 10, 15, 0, 0, 0)}
    properties = docx.Document(io.BytesIO(first)).core_properties
    assert (properties.created.date().isoformat(), properties.author) == ("2026-10-15", "Anna Lindqvist")


def test_names_spread_over_runs_are_filled_in_text_tables_headers_and_footers(tmp_path: Path) -> None:
    def edit(document: docx.document.Document) -> None:
        document.add_table(1, 1).cell(0, 0).text = "For {{auditee}}"
        spread = document.add_paragraph("Of ")
        for text in ("{", "{ ti", "tle }", "} and {{ as_of }}; {{ kind }}"):
            spread.add_run(text).bold = text == "{"
        document.sections[0].footer.paragraphs[0].text = "{{ page }} of {{ pages }}, {{ run_id }}"

    template = brand(tmp_path, "{{ sections }}", header="{{ draft }} {{ classification }}", edit=edit)
    document = docx.Document(str(made(tmp_path, template=template)))
    assert document.tables[-1].cell(0, 0).text == "For Nordwerk Managed Services GmbH, Services"
    spread = document.paragraphs[-1]
    assert spread.text == (
        "Of Internal audit of the service management system 2026 and 15 October 2026; Internal audit report"
    )
    assert spread.runs[1].bold
    assert document.sections[0].header.paragraphs[0].text == "DRAFT Confidential"
    footer = document.sections[0].footer.paragraphs[0]
    assert [one.text.strip() for one in footer._element.iter(f"{W}instrText")] == ["PAGE", "NUMPAGES"]
    assert footer.text == "1 of 1, 5f5f5f5f5f5f"


def test_sections_go_where_the_template_wants_them_and_the_rest_follows(tmp_path: Path) -> None:
    template = brand(tmp_path, "{{ findings }}", "Between", "{{ sections }}", "{{ further }}", "The end")
    path = made(tmp_path, template=template)
    first = [one for one in headings(path) if one.startswith("1 ")]
    assert first[:3] == ["1 6 Findings in full", "1 1 Management summary", "1 2 The audit"]
    assert len(first) == len(build_view(sample_run()).contents)
    assert docx.Document(str(path)).paragraphs[-1].text == "The end"


def test_styles_of_the_template_win_and_missing_ones_are_added(tmp_path: Path) -> None:
    def edit(document: docx.document.Document) -> None:
        document.styles["Heading 1"].font.color.rgb = RGBColor(0xAA, 0x00, 0x11)
        document.styles["Quote"].delete()

    path = made(tmp_path, template=brand(tmp_path, "{{ sections }}", edit=edit))
    styles = docx.Document(str(path)).styles
    assert str(styles["Heading 1"].font.color.rgb) == "AA0011"
    assert "Quote" in styles
    assert "Report Table" in styles


def test_our_template_gives_our_report(tmp_path: Path) -> None:
    template = tmp_path / "ours.docx"
    write_template(template)
    assert dump(made(tmp_path, template=template)) == GOLDEN.read_text(encoding="utf-8")


def test_hostile_texts_stay_texts(tmp_path: Path) -> None:
    view = build_view(sample_run())
    evil = '{{ sections }} {{ run_id }} </w:t><w:instrText>DDEAUTO c:\\\\calc "x"</w:instrText> =1+1 \x1b\x00\ufffe'
    view = view.model_copy(
        update={
            "cover": view.cover.model_copy(update={"title": evil, "short_title": evil}),
            "findings_note": evil,
        }
    )
    document = docx.Document(str(made(tmp_path, view)))
    shown = evil.replace("\x1b", "?").replace("\x00", "?").replace("\ufffe", "?")
    assert next(one.text for one in document.paragraphs if one.style.name == "Title") == shown
    assert sum("{{ sections }}" in one.text for one in document.paragraphs) == 2
    assert [one.text.split()[0] for one in document.element.body.iter(f"{W}instrText")] == ["TOC"]
    assert "{{ run_id }}" in document.sections[0].header.paragraphs[0].text


def test_unknown_names_are_told_with_those_that_exist(tmp_path: Path) -> None:
    template = brand(tmp_path, "{{ sections }}", "{{ titel }} {{ 7*7 }}", header="{{ logo }}")
    issues = refused(tmp_path, template)
    assert [one.split(": ")[0] for one in issues] == ["template-placeholder-unknown"] * 3
    text = "\n".join(issues)
    assert "There is no placeholder {{ titel }}." in text
    assert "{{ 7*7 }}" in text
    assert "{{ logo }}" in text
    assert "Write one of: title, short_title, kind" in text


@pytest.mark.parametrize(
    ("paragraphs", "header", "said"),
    [
        (("{{ sections }} and more",), "", "beside other text"),
        (("{{ sections }}",), "{{ summary }}", "in a table, a header or a footer"),
        (("{{ sections }}", "{{ summary }}", "{{ summary }}"), "", "a second time"),
    ],
)
def test_a_part_needs_a_paragraph_of_its_own(
    tmp_path: Path, paragraphs: tuple[str, ...], header: str, said: str
) -> None:
    (issue,) = refused(tmp_path, brand(tmp_path, *paragraphs, header=header))
    assert issue.startswith("template-placeholder-misplaced: ")
    assert said in issue


def test_no_template_leaves_out_what_is_not_known(tmp_path: Path) -> None:
    everything = [f"{{{{ {one} }}}}" for one in TITLES if one != "open"]
    (issue,) = refused(tmp_path, brand(tmp_path, *everything))
    assert issue.startswith("template-section-missing: ")
    assert "Not assessed, and why" in issue
    made(tmp_path, template=brand(tmp_path, *(f"{{{{ {one} }}}}" for one in ALWAYS)))


def test_a_template_that_runs_or_fetches_is_refused(tmp_path: Path) -> None:
    def edit(document: docx.document.Document) -> None:
        run = document.add_paragraph()._element
        for text in ("DDE", 'AUTO "cmd"'):
            etree.SubElement(etree.SubElement(run, f"{W}r"), f"{W}instrText").text = text
        image = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
        document.part.relate_to("http://example.org/pixel.png", image, is_external=True)
        link = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
        document.part.relate_to("http://example.org/", link, is_external=True)

    template = brand(tmp_path, "{{ sections }}", edit=edit)
    with zipfile.ZipFile(template, "a") as opened:
        opened.writestr("word/vbaProject.bin", b"x")
    issues = refused(tmp_path, template)
    assert all(one.startswith("template-active: ") for one in issues)
    text = "\n".join(issues)
    for said in ("a field DDEAUTO", "a link of the kind image", "word/vbaProject.bin"):
        assert said in text
    assert "hyperlink" not in text


def test_the_link_to_the_templates_own_template_is_cut(tmp_path: Path) -> None:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"

    def edit(document: docx.document.Document) -> None:
        document.part._settings_part.relate_to("http://example.org/evil.dotm", kind, is_external=True)

    path = made(tmp_path, template=brand(tmp_path, "{{ sections }}", edit=edit))
    with zipfile.ZipFile(path) as opened:
        assert not any(b"evil.dotm" in opened.read(name) for name in opened.namelist())


@pytest.mark.parametrize("content", [b"", b"not a zip", b"PK\x05\x06" + bytes(18)])
def test_what_is_no_word_document_is_told(tmp_path: Path, content: bytes) -> None:
    template = tmp_path / "brand.docx"
    template.write_bytes(content)
    (issue,) = refused(tmp_path, template)
    assert issue.startswith("template-unreadable: brand.docx: ")
    assert "auditkit office template" in issue


def test_a_template_that_unpacks_without_end_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    template = brand(tmp_path, "{{ sections }}")
    monkeypatch.setattr(package, "MOST_BYTES", 1000)
    (issue,) = refused(tmp_path, template)
    assert "more than 64 MB" in issue
