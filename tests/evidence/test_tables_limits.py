"""What is too large for one row or one sheet is refused with advice; what is merely large is read."""

import csv
import io
from pathlib import Path

import pytest
import xlsxwriter
from table_samples import read

from auditkit.evidence import tables_sheet_apart, tables_text, tables_types
from auditkit.evidence.tables_sheet import read_sheets
from auditkit.evidence.tables_sheet_apart import read_sheets_apart


def message(table: object) -> str:
    return " ".join(issue.message for issue in table.reading.issues)  # type: ignore[attr-defined]


def test_a_row_of_many_lines_is_read_and_one_without_end_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables_text, "LONGEST_ROW_CHARACTERS", 1_000)
    long = 'id,note\nT1,"' + "a line\n" * 100 + '"\nT2,short\n'
    assert read(tmp_path, long).reading.rows_kept == 2
    longer = "id,note\nT2,short\nT1" + ',"a\nb"' * 300 + "\n"
    refused = read(tmp_path, longer, name="longer.csv")
    assert not refused.reading.readable
    assert "a row has more than 1,000 characters" in message(refused)


def test_a_line_longer_than_the_quick_way_takes_is_read_the_patient_way(tmp_path: Path) -> None:
    text = io.StringIO()
    csv.writer(text).writerows([["id", "note"], ["T1", "x" * 3_000_000], ["T2", "short"]])
    table = read(tmp_path, text.getvalue())
    assert (table.reading.readable, table.reading.rows_kept) == (True, 2)


def workbook(path: Path) -> Path:
    book = xlsxwriter.Workbook(path)
    page = book.add_worksheet("Later")
    page.write(3, 2, "Größe 日本")
    page.write(4, 4, 7)
    page.merge_range(5, 2, 6, 2, "both")
    page.write_formula(7, 2, "=1/0", None, "#DIV/0!")
    page.set_row(4, None, None, {"hidden": True})
    book.add_worksheet("Empty")
    book.add_worksheet("Unseen").hide()
    book.close()
    return path


def test_a_process_of_its_own_gives_the_same_sheets(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx")
    here, apart = list(read_sheets(path, None)), list(read_sheets_apart(path, None))
    assert [one.rows for one in apart] == [one.rows for one in here]
    assert here[0].rows[3] == ["", "", "Größe 日本", "", ""], "rows and columns before the first cell count"
    assert here[0].rows[7][2] == "#N/A"
    for one, other in zip(apart, here, strict=True):
        assert (one.name, one.merged, one.hidden) == (other.name, other.merged, other.hidden)
        assert one.facts is not None
        assert other.facts is not None
        assert one.facts.hidden_rows == other.facts.hidden_rows
    assert [one.name for one in read_sheets_apart(path, "Unseen")] == ["Unseen"]


def test_a_sheet_that_does_not_fit_into_memory_is_refused_with_advice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables_sheet_apart, "MOST_BYTES", 400)
    with pytest.raises(
        tables_text.TableFault, match="'Later' holds more than fits into memory; ask for it as CSV"
    ):
        list(read_sheets_apart(workbook(tmp_path / "a.xlsx"), None))


def test_a_text_longer_than_any_spreadsheet_cell_is_in_doubt_not_cut(tmp_path: Path) -> None:
    longest = tables_types.LONGEST_TEXT_BYTES
    rows = f"id,note\nT1,{'x' * longest}\nT2,{'x' * (longest + 1)}\nT3,{'ä' * (longest // 2 + 1)}\n"
    table = read(tmp_path, rows)
    (note,) = [one for one in table.reading.fields if one.field == "note"]
    assert (table.reading.rows_kept, note.unparseable, note.nulls) == (3, 2, 2)
    assert "2 cells of column 'note'" in message(table)
    assert table.reading.longest_text_bytes == longest
    short = read(tmp_path, "id,note\nT1,short\n", name="short.csv")
    assert short.reading.longest_text_bytes == 0
