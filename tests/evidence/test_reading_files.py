"""Every file ends with a status and a reason; what is read has a place; nothing hostile gets through."""

import io
import json
import time
import zipfile
from pathlib import Path

import docx
import pptx
import pytest
import xlsxwriter

from auditkit.evidence.model import ReadDocument
from auditkit.evidence.read import list_files, read_files

SENTENCE = "The change manager approves every normal change before it is put into effect."


def read(folder: Path, name: str) -> ReadDocument:
    return read_files(folder, [name], None)[name]


def places(document: ReadDocument) -> list[tuple[str, str]]:
    return [(str(passage.place), passage.text) for passage in document.passages]


def test_markdown_has_lines_headings_and_table_rows(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(
        f"# Policy\n\n| Owner | Anna |\n|---|---|\n\n## Approval\n{SENTENCE}\nAnd more.\n"
    )
    found = read(tmp_path, "a.md")
    assert (found.format, found.status) == ("md", "read")
    assert [(passage.place.line, passage.text) for passage in found.passages] == [
        (1, "Policy"),
        (3, "Owner | Anna"),
        (6, "Approval"),
        (7, f"{SENTENCE} And more."),
    ]
    assert found.passages[3].place.heading == "Approval"


def test_front_matter_and_cover_tell_version_owner_approval_and_dates(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(
        "---\ntitle: Policy\nversion: 2.1\n---\nApproved by: Jan Otte\n\nApproved on: 12 March 2026\n"
    )
    meta = read(tmp_path, "a.md").meta
    assert (meta.title, meta.version, meta.approver, str(meta.approved_at)) == (
        "Policy",
        "2.1",
        "Jan Otte",
        "2026-03-12",
    )


@pytest.mark.parametrize("value", ["03/04/2026", "4/3/26", "soon", "31.02.2026"])
def test_a_date_that_reads_two_ways_or_none_is_not_read(tmp_path: Path, value: str) -> None:
    (tmp_path / "a.md").write_text(f"Effective from: {value}\n\n{SENTENCE}\n")
    assert read(tmp_path, "a.md").meta.effective_at is None


def test_nobody_is_no_approver(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(f"Approved by: TBD\n\n{SENTENCE}\n")
    assert read(tmp_path, "a.md").meta.approver is None


def test_html_shows_text_and_never_scripts(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(
        f"<html><head><style>p {{}}</style></head><body><h1>Policy</h1><script>steal()</script><p>{SENTENCE}</p></body></html>"
    )
    found = read(tmp_path, "a.html")
    assert [passage.text for passage in found.passages] == ["Policy", SENTENCE]
    assert found.passages[1].place.heading == "Policy"


def test_word_has_headings_rows_and_leaves_deleted_text_out(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("Approval", level=1)
    document.add_paragraph(SENTENCE)
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Version", "3.0"
    document.save(str(tmp_path / "a.docx"))
    found = read(tmp_path, "a.docx")
    assert [passage.text for passage in found.passages] == ["Approval", SENTENCE, "Version | 3.0"]
    assert found.passages[0].heading
    assert found.meta.version == "3.0"
    body = (
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p>'
        "<w:r><w:t>The plan is </w:t></w:r><w:del><w:r><w:delText>not </w:delText></w:r></w:del>"
        "<w:r><w:t>tested yearly.</w:t></w:r></w:p></w:body></w:document>"
    )
    with zipfile.ZipFile(tmp_path / "b.docx", "w") as archive:
        archive.writestr("word/document.xml", body)
    tracked = read(tmp_path, "b.docx")
    assert [passage.text for passage in tracked.passages] == ["The plan is tested yearly."]
    assert "tracked changes" in tracked.issues[0].message


def test_slides_and_sheets_carry_their_numbers(tmp_path: Path) -> None:
    slides = pptx.Presentation()
    for text in ("First", SENTENCE):
        slides.slides.add_slide(slides.slide_layouts[5]).shapes.title.text = text
    slides.save(str(tmp_path / "a.pptx"))
    assert [(one.place.page, one.text) for one in read(tmp_path, "a.pptx").passages] == [
        (1, "First"),
        (2, SENTENCE),
    ]
    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    book.add_worksheet("Risks").write_row(2, 0, ["R-1", "Loss of a supplier"])
    book.close()
    assert places(read(tmp_path, "a.xlsx")) == [
        ("evidence/a.xlsx, sheet Risks, row 3", "R-1 | Loss of a supplier")
    ]


def test_pdf_has_pages_and_a_scan_says_so(tmp_path: Path) -> None:
    weasyprint = pytest.importorskip("weasyprint")
    page = f"<p>{SENTENCE}</p><p style='break-before: page'>The second page tells how a change is reviewed afterwards.</p>"
    weasyprint.HTML(string=page).write_pdf(tmp_path / "a.pdf")
    assert [one.place.page for one in read(tmp_path, "a.pdf").passages] == [1, 2]
    weasyprint.HTML(string="<svg width='90' height='90'><rect width='90' height='90'/></svg>").write_pdf(
        tmp_path / "b.pdf"
    )
    assert "seems to be a scan" in read(tmp_path, "b.pdf").why


def test_csv_json_and_mail(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text('id;text\n1;"two\nlines"\n')
    assert [(one.place.row, one.text) for one in read(tmp_path, "a.csv").passages] == [
        (1, "id | text"),
        (2, "1 | two lines"),
    ]
    (tmp_path / "a.json").write_text(json.dumps({"owner": "Anna", "list": [1, None]}))
    assert [one.text for one in read(tmp_path, "a.json").passages] == ["owner: Anna", "list[0]: 1"]
    mail = (
        "From: a@example.com\nSubject: Approval\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n--x\n"
        f"Content-Type: text/plain\n\n{SENTENCE}\n--x\nContent-Type: text/csv\n"
        'Content-Disposition: attachment; filename="list.csv"\n\n1,2\n--x--\n'
    )
    (tmp_path / "a.eml").write_text(mail)
    found = read(tmp_path, "a.eml")
    assert SENTENCE in [one.text for one in found.passages]
    assert (found.status, found.why) == ("partly_read", "attachments were not read: list.csv")


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("a.docx", b"", "the file is empty"),
        ("a.md", b" \n\t\n", "it holds no text"),
        ("a.xlsx", b"PK\x03\x04" + b"\x00" * 40, "damaged or cut-off zip archive"),
        ("a.pdf", b"%PDF-1.4 broken", "the PDF is damaged"),
        ("a.bin", b"\x00\x01\x02", "it holds no text and is no known format"),
        ("a.json", b"[" * 100_000, "it is not JSON that can be read"),
        ("a.png", b"\x89PNG\r\n", "it is a picture"),
    ],
)
def test_what_cannot_be_read_is_skipped_with_the_reason(
    tmp_path: Path, name: str, content: bytes, why: str
) -> None:
    (tmp_path / name).write_bytes(content)
    found = read(tmp_path, name)
    assert (found.status, found.passages) == ("skipped", ())
    assert why in found.why


def archive(path: Path, **parts: bytes) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in parts.items():
            target.writestr(name.replace("__", "/").replace("_xml", ".xml"), data)


def test_bombs_entities_and_far_cells_are_refused(tmp_path: Path) -> None:
    archive(tmp_path / "bomb.docx", word__document_xml=b"<a>" + b" " * (120 << 20) + b"</a>")
    assert "which is refused" in read(tmp_path, "bomb.docx").why
    entity = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
    archive(tmp_path / "xxe.docx", word__document_xml=entity)
    found = read(tmp_path, "xxe.docx")
    assert "document type definition" in found.why
    assert "root:" not in found.model_dump_json()
    book = xlsxwriter.Workbook(str(tmp_path / "far.xlsx"))
    sheet = book.add_worksheet()
    sheet.write(0, 0, "a")
    sheet.write(1_048_575, 16_383, "z")
    book.close()
    assert read(tmp_path, "far.xlsx").status == "skipped"


def test_a_file_that_ends_the_reader_leaves_the_others_readable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("auditkit.evidence.read.WALL_LIMIT_SECONDS", 0.0)
    (tmp_path / "a.md").write_text(SENTENCE)
    assert "took longer" in read(tmp_path, "a.md").why
    monkeypatch.undo()
    assert read(tmp_path, "a.md").status == "read"


def test_an_unchanged_file_is_neither_read_nor_digested_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, cache = tmp_path / "evidence", tmp_path / "cache"
    folder.mkdir()
    (folder / "a.md").write_text(SENTENCE)
    time.sleep(0.1)  # what was written a moment before a run is digested once more
    first = read_files(folder, ["a.md"], cache)
    for name in ("read.digest_files", "worker.subprocess.Popen"):
        monkeypatch.setattr(f"auditkit.evidence.{name}", lambda *a, **k: pytest.fail("it was opened again"))
    assert read_files(folder, ["a.md"], cache) == first


def test_reading_writes_nothing_beside_the_cache(tmp_path: Path) -> None:
    folder = tmp_path / "evidence"
    folder.mkdir()
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as slip:
        slip.writestr("../../slipped.txt", "x")
    (folder / "slip.zip").write_bytes(inner.getvalue())
    before = sorted(tmp_path.rglob("*"))
    read_files(folder, list_files(folder), None)
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.shared
def test_real_documents_each_have_a_status_and_nearly_all_are_read(shared: Path) -> None:
    folder = shared / "real/docs"
    found = read_files(folder, list_files(folder), None)
    assert len(found) == 175
    not_read = {file for file, one in found.items() if one.status != "read"}
    assert not_read == {"catalyze/sir-form.doc"}


@pytest.mark.shared
def test_hostile_files_each_have_a_status_and_leave_nothing_behind(shared: Path, tmp_path: Path) -> None:
    import tarfile

    with tarfile.open(shared / "real/edge-cases.tar.gz") as bundle:
        bundle.extractall(tmp_path, filter="tar")
    before = sorted(str(path) for path in tmp_path.rglob("*"))
    found = read_files(tmp_path / "edge", list_files(tmp_path / "edge"), None)
    assert len(found) == len(list_files(tmp_path / "edge"))
    assert all(one.why for one in found.values() if one.status != "read")
    assert sorted(str(path) for path in tmp_path.rglob("*")) == before
    for file in (
        "pdf/encrypted_user_password.pdf",
        "hostile_office/xxe_external_entity.docx",
        "zero_byte/minutes.md",
    ):
        assert found[file].status == "skipped"
