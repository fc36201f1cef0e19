"""What comes back from the workbook: unchanged it changes nothing, and every fault names sheet, cell and what to do."""

import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sample_run import sample_run

from auditkit.reporting.model import Run
from auditkit.reporting.view import build_view
from auditkit.reporting.workbook.book import build_book
from auditkit.reporting.workbook.columns import COLUMNS, POINTS
from auditkit.reporting.workbook.model import KEY, STATE, ReadBook
from auditkit.reporting.workbook.read import read_book
from auditkit.reporting.workbook.write import write_book

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=120) | st.sampled_from(
    ["=1+1", "+x", "-", "@a", "'quoted'", '"a"', "a\nb\r\nc", "_x000D_", "_x005F_x0041_", "00012", "1e5", "2026-01-01",
     "true", "\ta\t", "x" * 40_000, "#N/A", "https://example.org", " ", "\u2028", "😀", "é", "{=A1}"]
)  # fmt: skip
HEADERS = [KEY, *(one.header for one in COLUMNS[POINTS])]


def write(path: Path, run: Run | None = None) -> Path:
    run = run or sample_run()
    write_book(build_book(run, build_view(run), {}), path)
    return path


def typed(path: Path, *cells: tuple[str, int, object], sheet: str = POINTS) -> Path:
    """Type values into cells, named by header and row."""
    book = openpyxl.load_workbook(path)
    headers = [cell.value for cell in book[sheet][1]]
    for header, row, value in cells:
        book[sheet].cell(row, headers.index(header) + 1).value = value  # type: ignore[assignment]
    book.save(path)
    return path


def read(path: Path, engagement: str = "IA-2026") -> ReadBook:
    return read_book(path, "w.xlsx", engagement)


def said(found: ReadBook, code: str) -> str:
    (issue,) = [one for one in found.issues if one.code == code]
    return f"{issue.severity} {issue}"


def full(row: int, **more: object) -> list[tuple[str, int, object]]:
    values = {"Your verdict": "conforms", "Your rationale": "Seen in twelve changes.", "By": "P-002", **more}
    return [(header, row, value) for header, value in values.items()]


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(TEXT, min_size=6, max_size=6), resaved=st.booleans())
@example(texts=["", "", "", "", "", "_x0000_"], resaved=True)
@example(texts=["_x005F_x0041_", "a_x000D_b", "_x202E_", "x005F_", "_x005F_", "a_x0041_"], resaved=True)
@example(texts=["_x005F_x0041_", "a_x000D_b", "_x202E_", "x005F_", "_x005F_", "a_x0041_"], resaved=False)
def test_out_and_in_unchanged_is_no_change(tmp_path: Path, texts: list[str], resaved: bool) -> None:
    run = sample_run()
    item, finding, plan = run.items[0], run.findings[0], run.plan[0]
    judged = next(at for at, one in enumerate(run.assessment.points) if one.judgement is not None)
    point = run.assessment.points[judged]
    assert point.judgement is not None
    points = list(run.assessment.points)
    judgement = point.judgement.model_copy(update={"rationale": texts[0]})
    points[judged] = point.model_copy(update={"judgement": judgement, "reasons": (texts[1],)})
    other = run.model_copy(
        update={
            "assessment": run.assessment.model_copy(update={"points": tuple(points)}),
            "items": (item.model_copy(update={"title": texts[2], "version": texts[3]}), *run.items[1:]),
            "findings": (finding.model_copy(update={"area": texts[4]}), *run.findings[1:]),
            "plan": (plan.model_copy(update={"title": texts[5], "owner": texts[0]}), *run.plan[1:]),
        }
    )
    path = write(tmp_path / "w.xlsx", other)
    # openpyxl writes "#N/A" and the like as an error, which no spreadsheet does
    if resaved and not any(text.strip().startswith(("#", "=", "{")) for text in texts):
        openpyxl.load_workbook(path).save(path)
    found = read(path)
    assert (found.filled, found.issues) == ((), ())


def test_a_filled_row_comes_back_with_its_cells(tmp_path: Path) -> None:
    path = typed(write(tmp_path / "w.xlsx"), *full(3, **{"Rests on": "EV-001, EV-002", "Day": "2026-10-14"}))
    found = read(path)
    assert found.issues == ()
    (one,) = found.filled
    assert (one.point, one.row, one.sound) == ("4.1-A1", 3, True)
    texts = {part: cell.text for part, cell in one.cells.items() if cell.text}
    assert texts == {
        "verdict": "conforms",
        "because": "Seen in twelve changes.",
        "on": "EV-001, EV-002",
        "by": "P-002",
        "at": "2026-10-14",
    }
    letters = openpyxl.utils.get_column_letter(HEADERS.index("Your verdict") + 1)
    assert one.cells["verdict"].where == f"Points!{letters}3"


def test_words_are_understood_as_people_write_them(tmp_path: Path) -> None:
    (one,) = read(typed(write(tmp_path / "w.xlsx"), *full(2, **{"Your verdict": "Not applicable"}))).filled
    assert one.cells["verdict"].text == "not_applicable"


def test_rows_may_be_sorted(tmp_path: Path) -> None:
    path = typed(write(tmp_path / "w.xlsx"), *full(2))
    book = openpyxl.load_workbook(path)
    rows = [[cell.value for cell in row] for row in book[POINTS].iter_rows(min_row=2)]
    for number, row in enumerate(reversed(rows), 2):
        for at, value in enumerate(row, 1):
            book[POINTS].cell(number, at).value = value
    book.save(path)
    found = read(path)
    assert found.issues == ()
    assert [(one.point, one.row) for one in found.filled] == [("4.1-1", len(rows) + 1)]


@pytest.mark.parametrize(
    ("cells", "code", "words"),
    [
        ([("Statement", 2, "Another text.")], "workbook-row", "sheet Points, row 2: E2: 4.1-1: Statement is computed and was changed."),
        ([("Verdict", 2, "conforms ever")], "workbook-row", "Verdict is computed and was changed. Restore the cell"),
        ([("Statement", 2, None)], "workbook-row", "nothing typed there is taken"),
        ([("Statement", 2, "=A1")], "workbook-row", "Statement is computed and was changed"),
        ([(KEY, 2, "4.1-A1")], "workbook-row", "4.1-A1 stands already in row"),
        ([(KEY, 2, "9.9-9")], "workbook-row", "'9.9-9', which is none of this workbook"),
        ([(KEY, 2, None)], "workbook-row", "rows cannot be added"),
        (full(2, **{"Your verdict": "fine"}), "workbook-cell", "'fine' is none of conforms, nonconforming, not_applicable. Choose from"),
        (full(2, **{"Your verdict": "not_assessed"}), "workbook-cell", "is none of conforms"),
        (full(2, Day="soon"), "workbook-cell", "4.1-1, Day: 'soon' is no date. Write it as 2026-10-15"),
        (full(2, Basis="hearsay"), "workbook-cell", "'hearsay' is none of evidence, no_occurrence"),
        (full(2, By=None), "workbook-cell", "the verdict names nobody who gives it. Write your person id"),
        (full(2, **{"Your rationale": "=CONCAT(A1,A2)"}), "workbook-cell", "A formula made this value. Write the value itself"),
        ([("Your rationale", 2, "Half a thought.")], "workbook-not-taken", "warning w.xlsx, sheet Points, row 2"),
        ([("Your rationale", 2, "Half a thought.")], "workbook-not-taken", "filled in without a verdict, so it was not taken over"),
    ],
)  # fmt: skip
def test_a_fault_names_its_cell_and_what_to_do(
    tmp_path: Path, cells: list[tuple[str, int, object]], code: str, words: str
) -> None:
    found = read(typed(write(tmp_path / "w.xlsx"), *cells))
    issues = [f"{one.severity} {one}" for one in found.issues if one.code == code]
    assert any(words in one for one in issues), found.issues
    assert not [one for one in found.filled if one.sound]


def test_a_changed_cell_of_any_other_sheet_is_named(tmp_path: Path) -> None:
    for sheet in COLUMNS:
        if sheet == POINTS:
            continue
        path = write(tmp_path / f"{sheet}.xlsx")
        header = COLUMNS[sheet][1].header
        assert "is computed and was changed" in said(
            read(typed(path, (header, 2, "Other."), sheet=sheet)), "workbook-row"
        )


def test_what_is_none_of_ours_is_named_and_not_lost_in_silence(tmp_path: Path) -> None:
    path = write(tmp_path / "w.xlsx")
    book = openpyxl.load_workbook(path)
    book.create_sheet("My notes")["A1"] = "Ask Ewa."
    book[POINTS].cell(2, len(HEADERS) + 1).value = "My own column"
    book.save(path)
    found = read(path)
    assert [(one.code, one.severity) for one in found.issues] == [("workbook-not-taken", "warning")] * 2
    assert "1 filled cells were not taken over" in str(found.issues[0])
    assert "sheet My notes: The sheet is none of auditkit" in str(found.issues[1])


def test_rows_and_sheets_that_are_gone_are_said(tmp_path: Path) -> None:
    path = write(tmp_path / "w.xlsx")
    book = openpyxl.load_workbook(path)
    book[POINTS].delete_rows(4, 2)
    del book["Evidence"]
    book.save(path)
    texts = [f"{one.severity} {one}" for one in read(path).issues]
    assert any(
        "warning w.xlsx, sheet Points: 2 rows are gone; nothing follows from that." in one for one in texts
    )
    assert any("warning w.xlsx: The sheet Evidence is gone or hidden." in one for one in texts)


def test_a_workbook_that_cannot_be_trusted_is_refused_whole(tmp_path: Path) -> None:
    path = typed(write(tmp_path / "w.xlsx"), *full(2))
    assert "belongs to IA-2026, not to other" in said(read(path, "other"), "workbook-file")
    without = write(tmp_path / "r.xlsx", sample_run(redacted="auditee"))
    assert "written without names, so nothing comes back" in said(read(without), "workbook-file")
    book = openpyxl.load_workbook(path)
    book[STATE]["C5"].value = "0" * 12
    book.save(tmp_path / "t.xlsx")
    assert "no whole workbook of auditkit" in said(read(tmp_path / "t.xlsx"), "workbook-file")
    del book[STATE]
    book.save(tmp_path / "s.xlsx")
    assert "no whole workbook of auditkit" in said(read(tmp_path / "s.xlsx"), "workbook-file")
    (tmp_path / "z.xlsx").write_bytes(b"PK\x03\x04 no")
    assert "cannot be read" in said(read(tmp_path / "z.xlsx"), "workbook-file")
    for broken in ("other", "t.xlsx", "s.xlsx", "z.xlsx"):
        assert read(tmp_path / broken if broken != "other" else path, broken).filled == ()


def test_a_missing_column_and_days_from_1904_are_refused(tmp_path: Path) -> None:
    path = typed(write(tmp_path / "w.xlsx"), ("Your verdict", 1, "Mine"))
    assert "The column Your verdict is missing. Put the header back" in said(read(path), "workbook-file")
    path = typed(write(tmp_path / "y.xlsx"), *full(2))
    parts = {}
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert b"<workbookPr" in parts["xl/workbook.xml"]
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b"<workbookPr", b'<workbookPr date1904="1"')
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    assert "counts its days from 1904" in said(read(path), "workbook-file")
