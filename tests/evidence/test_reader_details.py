"""What a reader of the page sees is read once and in place; what nobody sees is not evidence."""

import zipfile
from pathlib import Path

import docx
import pptx
import pytest
from docx.oxml import OxmlElement

from auditkit.evidence.model import ReadDocument
from auditkit.evidence.read import read_files
from auditkit.evidence.readers.pdf import paragraphs

SENTENCE = "The change manager approves every normal change before it is put into effect."
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MIXED = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
ODF = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in (("office", "office"), ("text", "text"), ("table", "table"), ("draw", "drawing"))
)


def read(folder: Path, name: str) -> ReadDocument:
    return read_files(folder, [name], None)[name]


def texts(document: ReadDocument) -> list[str]:
    return [passage.text for passage in document.passages]


def archive(path: Path, parts: dict[str, str]) -> None:
    with zipfile.ZipFile(path, "w") as target:
        for name, data in parts.items():
            target.writestr(name, data)


def word(path: Path, body: str) -> None:
    archive(path, {"word/document.xml": f"<w:document {WORD} {MIXED}><w:body>{body}</w:body></w:document>"})


def open_document(path: Path, kind: str, body: str) -> None:
    inner = f"<office:document-content {ODF}><office:body><office:{kind}>{body}</office:{kind}></office:body></office:document-content>"
    manifest = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    media = f"application/vnd.oasis.opendocument.{kind}"
    archive(path, {"mimetype": media, "content.xml": inner, "META-INF/manifest.xml": manifest})


def test_markdown_leaves_out_comments_addresses_and_the_headings_of_code(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(
        "<!-- every change is approved by\nthe board -->\nPolicy\n======\n\n```\n# only a remark\n```\n\n"
        "- An item that\n  goes on here\n\nSee the [handbook](https://example.org/a_(b)) **now**.\n"
    )
    found = read(tmp_path, "a.md")
    assert [(one.place.line, one.text, one.heading) for one in found.passages] == [
        (3, "Policy", True),
        (7, "# only a remark", False),
        (10, "An item that goes on here", False),
        (13, "See the handbook now.", False),
    ]


def test_html_gives_loose_text_rows_and_nested_lists_once_and_nothing_hidden(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(
        "<html><head><title>Page</title><style>.gone { display: none }</style></head><body><div>Loose text</div>"
        "<ul><li>Outer<ul><li>Inner</li></ul></li></ul><p style='display:none'>Not seen</p><p class='gone'>Nor this</p>"
        "<p hidden>Nor that</p><table><tr><th>Version</th><td>2.1</td></tr></table><p>one <b>two</b><br>three</p></body></html>"
    )
    found = read(tmp_path, "a.html")
    assert texts(found) == ["Loose text", "Outer", "Inner", "Version | 2.1", "one two three"]
    assert (found.meta.version, found.meta.title) == ("2.1", "Page")


def test_html_in_the_encoding_it_declares(tmp_path: Path) -> None:
    page = "<html><head><meta charset='iso-8859-2'></head><body><p>Kraków, Łódź</p></body></html>"
    (tmp_path / "a.html").write_bytes(page.encode("iso-8859-2"))
    assert texts(read(tmp_path, "a.html")) == ["Kraków, Łódź"]


def test_word_leaves_out_moved_hidden_and_doubled_text(tmp_path: Path) -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>In the box</w:t></w:r></w:p></w:txbxContent>"
    word(
        tmp_path / "a.docx",
        "<w:p><w:moveFrom><w:r><w:t>Moved away</w:t></w:r></w:moveFrom><w:r><w:t>Stays</w:t></w:r></w:p>"
        "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>Hidden words</w:t></w:r><w:r><w:t>Seen</w:t></w:r></w:p>"
        f"<w:p><w:r><w:t>Around</w:t></w:r><w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice>"
        f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Owner</w:t></w:r></w:p></w:tc><w:tc><w:tbl><w:tr><w:tc><w:p><w:r><w:t>Anna</w:t>"
        "</w:r></w:p></w:tc></w:tr></w:tbl></w:tc></w:tr><w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p><w:r><w:t>Struck</w:t>"
        "</w:r></w:p></w:tc></w:tr></w:tbl>",
    )
    assert texts(read(tmp_path, "a.docx")) == ["Stays", "Seen", "Around", "In the box", "Owner | Anna"]


def test_word_headings_of_any_language_and_the_page_header(tmp_path: Path) -> None:
    document = docx.Document()
    document.styles["Heading 1"].element.set(
        "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}styleId", "Nagwek1"
    )
    document.add_paragraph("Zakres", style="Heading 1")
    document.add_paragraph(SENTENCE)
    document.sections[0].header.paragraphs[0].text = "Version: 4.2"
    run = document.paragraphs[1].add_run()
    run._r.append(OxmlElement("w:tab"))
    document.save(str(tmp_path / "a.docx"))
    found = read(tmp_path, "a.docx")
    assert [(one.text, one.heading, one.place.heading) for one in found.passages] == [
        ("Zakres", True, None),
        (SENTENCE, False, "Zakres"),
    ]
    assert found.meta.version == "4.2"


def test_slides_come_in_the_order_they_are_shown_with_notes(tmp_path: Path) -> None:
    show = pptx.Presentation()
    for title, body in (("Second", "later"), ("First", "one\vtwo")):
        slide = show.slides.add_slide(show.slide_layouts[1])
        slide.shapes.title.text = title
        slide.placeholders[1].text = body
    slide.notes_slide.notes_text_frame.text = "Say this aloud"
    order = show.slides._sldIdLst
    order.insert(0, order[1])
    show.save(str(tmp_path / "a.pptx"))
    found = read(tmp_path, "a.pptx")
    assert [(one.place.page, one.text, one.heading) for one in found.passages] == [
        (1, "First", True),
        (1, "one two", False),
        (1, "Say this aloud", False),
        (2, "Second", True),
        (2, "later", False),
    ]
    assert found.passages[2].place.heading == "speaker notes"


def test_open_document_leaves_out_deletions_and_comments(tmp_path: Path) -> None:
    open_document(
        tmp_path / "a.odt",
        "text",
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>We never tested it</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes><text:h>Tests</text:h><text:p>Tested<text:s/>yearly"
        "<office:annotation><text:p>really?</text:p></office:annotation>.</text:p><table:table><table:table-row>"
        "<table:table-cell><text:p>Owner</text:p></table:table-cell><table:table-cell><text:p>Anna</text:p>"
        "</table:table-cell></table:table-row></table:table>",
    )
    found = read(tmp_path, "a.odt")
    assert texts(found) == ["Tests", "Tested yearly.", "Owner | Anna"]
    assert found.passages[1].place.heading == "Tests"
    assert found.meta.owner == "Anna"
    assert "tracked changes" in found.issues[0].message


def test_open_document_sheets_and_hidden_sheets(tmp_path: Path) -> None:
    rows = (
        "<table:table-row/><table:table-row><table:table-cell office:value-type='string'><text:p>R-1</text:p>"
        "</table:table-cell><table:table-cell office:value-type='float' office:value='3'><text:p>3</text:p>"
        "</table:table-cell></table:table-row>"
    )
    open_document(tmp_path / "a.ods", "spreadsheet", f"<table:table table:name='Risks'>{rows}</table:table>")
    found = read(tmp_path, "a.ods")
    assert [(one.place.sheet, one.place.row, one.text) for one in found.passages] == [("Risks", 2, "R-1 | 3")]


def test_a_hidden_sheet_is_named(tmp_path: Path) -> None:
    xlsxwriter = pytest.importorskip("xlsxwriter")
    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    book.add_worksheet("Seen").write(0, 0, "a risk")
    hidden = book.add_worksheet("Secret")
    hidden.write(0, 0, "another")
    hidden.hide()
    book.close()
    found = read(tmp_path, "a.xlsx")
    assert texts(found) == ["a risk"]
    assert "Secret" in found.issues[0].message


def test_pdf_lines_become_paragraphs_but_cover_lines_and_numbered_headings_stay_alone() -> None:
    page = (
        "Version: 2.1\r\nOwner: Anna Berg\r\n4.2 Emergency changes\r\n"
        "The duty manager approves an emergency change at once and the board\r\nlooks at it afterwards.\r\n\r\nLast line\r\n"
    )
    assert paragraphs(page) == [
        "Version: 2.1",
        "Owner: Anna Berg",
        "4.2 Emergency changes",
        "The duty manager approves an emergency change at once and the board looks at it afterwards.",
        "Last line",
    ]


def test_a_blank_page_is_no_scan(tmp_path: Path) -> None:
    weasyprint = pytest.importorskip("weasyprint")
    page = f"<p>{SENTENCE}</p><p style='break-before: page'></p><p style='break-before: page'>{SENTENCE}</p>"
    weasyprint.HTML(string=page).write_pdf(tmp_path / "a.pdf")
    found = read(tmp_path, "a.pdf")
    assert (found.status, {one.place.page for one in found.passages}) == ("read", {1, 3})


def test_a_mail_without_plain_text_is_read_from_its_page(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(
        b"From: anna@example.org\nTo: cab@example.org\nSubject: Change 42\nContent-Type: text/html; charset=utf-8\n\n"
        b"<html><script>x()</script><p>The board approved change 42.</p></html>"
    )
    found = read(tmp_path, "a.txt")
    assert found.format == "eml"
    assert texts(found)[-1] == "The board approved change 42."
    assert (found.meta.title, found.meta.author) == ("Change 42", "anna@example.org")


def test_csv_follows_the_separator_it_states(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes("sep=;\nNumber;Text\n1;a,b,c,d,e\n".encode("utf-16"))
    assert texts(read(tmp_path, "a.csv")) == ["Number | Text", "1 | a,b,c,d,e"]


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "doc"),
        (
            "a.docx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "encrypted office file",
        ),
        ("a.txt", bytes(range(1, 32)) * 4, "binary"),
        ("a.md", b"PK\x03\x04 cut off", "damaged archive"),
        ("a.pdf", b"<!doctype html><p>Sign in to see the file</p>", "html"),
    ],
)
def test_the_bytes_say_what_a_file_is(tmp_path: Path, name: str, content: bytes, kind: str) -> None:
    (tmp_path / name).write_bytes(content)
    found = read(tmp_path, name)
    assert found.format == kind
    assert found.status == ("read" if kind == "html" else "skipped")
