"""Damaged files of every format: each ends with a status, nothing is raised, nothing is written beside the cache.

Files are valid ones with bytes changed, cut, doubled or swapped; one guarded process reads a whole folder of them.
"""

import io
import zipfile
from pathlib import Path

import docx
import pptx
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditkit.evidence.model import EvidenceItem
from auditkit.evidence.read import read_files
from auditkit.evidence.tables import read_table

pytestmark = pytest.mark.slow
FILES_AT_ONCE = 24
STATUSES = {"read", "partly_read", "skipped"}


def word() -> bytes:
    made = docx.Document()
    made.add_heading("Change policy", 1)
    made.add_paragraph("Every change is approved before it is put into effect.")
    table = made.add_table(rows=2, cols=2)
    table.cell(0, 0).text = "Owner"
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def slides() -> bytes:
    made = pptx.Presentation()
    slide = made.slides.add_slide(made.slide_layouts[1])
    slide.shapes.title.text = "Review"
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def sheet() -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    page = book.add_worksheet("Incidents")
    page.write_row(0, 0, ["id", "title", "opened_at"])
    page.write_row(1, 0, ["INC1", "Printer", "2026-03-01 10:00"])
    book.close()
    return stream.getvalue()


def open_document() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        body = "<text:p>Changes are approved by the board.</text:p>"
        names = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
        archive.writestr(
            "content.xml",
            f"<office:document-content {names}><office:body><office:text>{body}</office:text></office:body></office:document-content>",
        )
    return stream.getvalue()


def paper() -> bytes:
    from weasyprint import HTML

    return bytes(
        HTML(
            string="<h1>Policy</h1><p>Every change is approved before it is put into effect.</p>"
        ).write_pdf()
    )


MAIL = b"From: ann@example.org\r\nSubject: Minutes\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nThe board approved the plan.\r\n"
PAGE = b"<html><head><title>Policy</title></head><body><h1>Policy</h1><p>Changes are approved.</p><table><tr><td>a</td></tr></table></body></html>"
TEXT = b"---\ntitle: Policy\n---\n# Policy\n\nEvery change is approved before it is put into effect.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"
CSV = b'id,title,status,opened_at\nINC1,Printer,closed,2026-03-01 10:00\nINC2,"Line\nbreak",closed,2026-03-02 10:00\n'


def whole_files() -> list[tuple[str, bytes]]:
    """Return a sound file of every kind; the fuzzer under ``tools`` starts from them, too."""
    return [
        ("a.docx", word()), ("a.pptx", slides()), ("a.xlsx", sheet()), ("a.odt", open_document()), ("a.pdf", paper()),
        ("a.eml", MAIL), ("a.html", PAGE), ("a.md", TEXT), ("a.csv", CSV), ("a.json", b'{"policy": ["Changes are approved."]}'),
    ]  # fmt: skip


@pytest.fixture(scope="module")
def whole() -> list[tuple[str, bytes]]:
    return whole_files()


DAMAGE = st.tuples(
    st.integers(0, 9),
    st.sampled_from(["set", "cut", "drop", "double", "swap", "insert"]),
    st.floats(0, 1),
    st.binary(min_size=1, max_size=12),
)


def damaged(data: bytes, kind: str, where: float, noise: bytes) -> bytes:
    at = min(int(where * len(data)), len(data) - 1)
    if kind == "set":
        return data[:at] + noise + data[at + len(noise) :]
    if kind == "cut":
        return data[:at]
    if kind == "drop":
        return data[:at] + data[at + len(noise) * 7 :]
    if kind == "double":
        return data + data[at:]
    if kind == "swap":
        return data[at:] + data[:at]
    return data[:at] + noise * 40 + data[at:]


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(changes=st.lists(DAMAGE, min_size=FILES_AT_ONCE, max_size=FILES_AT_ONCE))
def test_damaged_documents_end_with_a_status(
    whole: list[tuple[str, bytes]],
    changes: list[tuple[int, str, float, bytes]],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("fuzz")
    evidence = folder / "evidence"
    evidence.mkdir()
    names = []
    for number, (which, kind, where, noise) in enumerate(changes):
        name, data = whole[which]
        names.append(f"{number:02d}-{name}")
        (evidence / names[-1]).write_bytes(damaged(data, kind, where, noise))
    found = read_files(evidence, names, folder / "cache")
    assert list(found) == names
    assert {one.status for one in found.values()} <= STATUSES
    assert all(one.why for one in found.values() if one.status != "read")
    assert sorted(path.name for path in evidence.iterdir()) == names
    assert {path.name for path in folder.iterdir()} <= {"evidence", "cache"}


CELLS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
LINES = st.lists(st.lists(CELLS, min_size=1, max_size=6), max_size=6)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    lines=LINES,
    joint=st.sampled_from([",", ";", "\t"]),
    coding=st.sampled_from(["utf-8", "utf-16", "utf-8-sig"]),
    noise=st.binary(max_size=20),
    at=st.integers(0, 400),
)
def test_whatever_bytes_an_export_has_the_answer_is_a_table(
    lines: list[list[str]],
    joint: str,
    coding: str,
    noise: bytes,
    at: int,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    import sys

    sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "assessment"))
    from record_samples import datasets

    folder = tmp_path_factory.mktemp("csv")
    text = "id,title,status,opened_at\nINC1,Printer,closed,2026-03-01 10:00\n".replace(",", joint)
    text += "\n".join(joint.join(line) for line in lines)
    data = text.encode(coding)
    (folder / "x.csv").write_bytes(data[:at] + noise + data[at:])
    item = EvidenceItem(id="EV-001", title="Export", file="x.csv", kind="record_export", dataset="incident")
    table = read_table(folder, item, datasets()["incident"], (), "Europe/Berlin", folder / "cache", "0" * 64)
    assert table.reading.evidence == "EV-001"
    assert table.reading.rows_kept <= table.reading.rows_in_file
    assert table.reading.readable or table.reading.issues
    assert {path.name for path in folder.iterdir()} <= {"x.csv", "cache"}
