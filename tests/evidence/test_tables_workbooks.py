"""Workbooks as people keep them: two date systems, merged and hidden cells, formulas, sheets out of sight."""

import io
import zipfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.worksheet import Worksheet
from table_samples import codes, doubts, read, values

from auditkit.base.issue import InputIssue
from auditkit.evidence.tables import Table

ROOT_LINKS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="xl/workbook.xml"/></Relationships>'
)
BOOK = (
    '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.'
    'openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Data" sheetId="1" r:id="s1"/>'
    "</sheets></workbook>"
)
BOOK_LINKS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="s1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" '
    'Target="worksheets/sheet1.xml"/></Relationships>'
)
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def at(*numbers: int) -> datetime:
    """Return a wall-clock time."""
    return datetime(*numbers)  # type: ignore[arg-type] # noqa: DTZ001


def raw(rows: str, prefix: str = "", after: str = "") -> bytes:
    """Return a workbook with one sheet, Data, whose rows are written as given; ``T`` makes a text cell."""
    mark = f"{prefix}:" if prefix else ""
    name = f"xmlns:{prefix}" if prefix else "xmlns"
    sheet = (
        f'<{mark}worksheet {name}="{MAIN}"><{mark}sheetData>{rows}</{mark}sheetData>{after}</{mark}worksheet>'
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for part, text in (
            ("[Content_Types].xml", TYPES),
            ("_rels/.rels", ROOT_LINKS),
            ("xl/workbook.xml", BOOK),
            ("xl/_rels/workbook.xml.rels", BOOK_LINKS),
            ("xl/worksheets/sheet1.xml", sheet),
        ):
            archive.writestr(part, text)
    return stream.getvalue()


def text(cell: str, value: str, prefix: str = "") -> str:
    """Return a cell of text."""
    mark = f"{prefix}:" if prefix else ""
    return f'<{mark}c r="{cell}" t="inlineStr"><{mark}is><{mark}t>{value}</{mark}t></{mark}is></{mark}c>'


def book(rows: list[list[Any]]) -> tuple[openpyxl.Workbook, Worksheet]:
    """Return a workbook and its sheet, Data, filled with rows."""
    made = openpyxl.Workbook()
    sheet = made.worksheets[0]
    sheet.title = "Data"
    for row in rows:
        sheet.append(row)
    return made, sheet


def read_book(folder: Path, made: openpyxl.Workbook, **item: Any) -> Table:
    """Save a workbook and read it."""
    made.save(folder / "t.xlsx")
    made.close()
    return read(folder, None, name="t.xlsx", **item)


def issue(table: Table, code: str) -> InputIssue:
    """Return the one issue of a code."""
    (found,) = [one for one in table.reading.issues if one.code == code]
    return found


@pytest.mark.parametrize("epoch", [openpyxl.utils.datetime.WINDOWS_EPOCH, CALENDAR_MAC_1904])
def test_dates_are_the_same_in_both_date_systems(epoch: datetime, tmp_path: Path) -> None:
    moments = [at(2026, 3, 1, 14, 5), at(2026, 2, 28), at(2024, 2, 29, 23, 59, 59)]
    made = openpyxl.Workbook()
    made.epoch = epoch
    sheet = made.worksheets[0]
    sheet.append(["id", "opened_at"])
    for number, moment in enumerate(moments):
        sheet.append([f"T{number}", moment])
    assert values(read_book(tmp_path, made), "opened_at") == moments


def test_a_time_a_hair_before_the_minute_is_the_minute(tmp_path: Path) -> None:
    made, sheet = book([["id", "opened_at"], ["T1", 46082.586799]])
    sheet["B2"].number_format = "yyyy-mm-dd hh:mm"
    (found,) = values(read_book(tmp_path, made), "opened_at")
    assert found - at(2026, 3, 1, 14, 4, 59) < timedelta(seconds=1)
    assert found.microsecond == 0


@pytest.mark.parametrize("name", ["t.csv", "t.xlsx"])
def test_serial_numbers_without_a_date_format_are_no_dates_and_refused(name: str, tmp_path: Path) -> None:
    if name == "t.xlsx":
        table = read_book(tmp_path, book([["id", "opened_at"], ["T1", 45352], ["T2", 45353.5]])[0])
    else:
        table = read(tmp_path, "id,opened_at\nT1,45352\nT2,45353.5\n")
    assert "opened_at" not in table.columns
    assert codes(table) == ["table-date-unreadable"]


def test_a_formula_has_the_value_it_was_saved_with(tmp_path: Path) -> None:
    rows = (
        f'<row r="1">{text("A1", "id")}{text("B1", "priority")}{text("C1", "note")}</row>'
        f'<row r="2">{text("A2", "T1")}<c r="B2"><f>1+1</f><v>2</v></c><c r="C2" t="str"><f>"a"&amp;"b"</f><v>ab</v></c></row>'
    )
    table = read(tmp_path, raw(rows), name="t.xlsx")
    assert (values(table, "priority"), values(table, "note")) == ([2], ["ab"])
    assert codes(table) == ["table-formulas"]
    assert "2 formulas" in issue(table, "table-formulas").message


def test_a_formula_that_was_never_computed_is_unknown_not_empty(tmp_path: Path) -> None:
    rows = (
        f'<row r="1">{text("A1", "id")}{text("B1", "priority")}{text("C1", "note")}</row>'
        f'<row r="2">{text("A2", "T1")}<c r="B2"><f>A9*2</f><v></v></c><c r="C2" t="str"><f>A8</f><v></v></c></row>'
        f'<row r="3">{text("A3", "T2")}<c r="B3"><f>A9*2</f></c>{text("C3", "x")}</row>'
    )
    table = read(tmp_path, raw(rows), name="t.xlsx")
    assert values(table, "priority") == [None, None]
    assert values(table, "note") == [None, "x"]
    assert doubts(table) == {"priority": 2}
    found = issue(table, "table-formulas-uncomputed")
    assert (found.severity, found.place.row) == ("warning", 2)


def test_a_failed_formula_is_unknown_whatever_the_prefix_of_the_sheet(tmp_path: Path) -> None:
    rows = (
        f'<x:row r="1">{text("A1", "id", "x")}{text("B1", "note", "x")}</x:row>'
        f'<x:row r="2">{text("A2", "T1", "x")}<x:c r="B2" t="e"><x:f>NA()</x:f><x:v>#N/A</x:v></x:c></x:row>'
    )
    table = read(tmp_path, raw(rows, "x"), name="t.xlsx")
    assert values(table, "note") == [None]
    assert doubts(table) == {"note": 1}


def test_a_far_cell_is_seen_whatever_the_prefix_of_the_sheet(tmp_path: Path) -> None:
    rows = f'<x:row r="1048576">{text("XFD1048576", "far", "x")}</x:row>'
    table = read(tmp_path, raw(rows, "x"), name="t.xlsx")
    assert "1,048,576 rows" in table.reading.issues[0].message


def test_hidden_rows_and_columns_belong_to_the_population(tmp_path: Path) -> None:
    made, sheet = book([["id", "note", "other"], ["T1", "a", "x"], ["T2", "b", "y"], ["T3", "c", "z"]])
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["B"].hidden = True
    sheet.column_dimensions["C"].hidden = True
    table = read_book(tmp_path, made)
    assert values(table, "note") == ["a", "b", "c"]
    assert codes(table) == ["table-hidden-rows", "table-hidden-columns"]
    assert issue(table, "table-hidden-rows").place.row == 3
    assert issue(table, "table-hidden-columns").message.endswith(": note.")


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_sheet_is_named_not_read(state: str, tmp_path: Path) -> None:
    made, _ = book([["id", "note"], ["T1", "a"]])
    hidden = made.create_sheet("Old", 0)
    hidden.append(["id", "note"])
    hidden.append(["T9", "z"])
    hidden.sheet_state = state
    table = read_book(tmp_path, made)
    assert values(table, "id") == ["T1"]
    found = issue(table, "table-hidden-sheets")
    assert (found.severity, found.message) == ("warning", "Hidden sheets not read: Old.")
    named = read(tmp_path, None, name="t.xlsx", sheet="Old")
    assert values(named, "id") == ["T9"]
    assert issue(named, "table-hidden-sheets").severity == "note"


def test_where_no_sheet_fits_the_hidden_ones_are_named(tmp_path: Path) -> None:
    made, _ = book([["colour"], ["red"]])
    made.create_sheet("Records").sheet_state = "hidden"
    table = read_book(tmp_path, made)
    assert not table.reading.readable
    assert "hidden: Records" in table.reading.issues[0].message


def test_a_binary_workbook_is_refused_with_the_reason(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("xl/workbook.bin", b"\x83\x01\x00")
    table = read(tmp_path, stream.getvalue(), name="t.xlsb")
    assert "xlsb" in table.reading.issues[0].message


def test_a_header_of_two_rows_with_merged_names_is_put_together(tmp_path: Path) -> None:
    made, sheet = book(
        [
            ["id", "Dates", None, "note"],
            [None, "opened_at", "due", None],
            ["T1", at(2026, 3, 1), at(2026, 3, 2), "a"],
        ]
    )
    for cells in ("A1:A2", "B1:C1", "D1:D2"):
        sheet.merge_cells(cells)
    table = read_book(tmp_path, made)
    assert set(table.columns) == {"id", "opened_at", "due", "note"}
    assert values(table, "opened_at") == [at(2026, 3, 1)]
    assert values(table, "_row") == [3]


def test_a_name_over_several_columns_is_put_before_theirs(tmp_path: Path) -> None:
    from test_tables_values import tool

    from auditkit.evidence.model import ProfileField

    fields = {
        "id": ProfileField(headers=("Number",)),
        "opened_at": ProfileField(headers=("Planned Start",)),
        "note": ProfileField(headers=("Actual Start",)),
    }
    made, sheet = book([["Number", "Planned", None, "Actual", None], [None, "Start", "End", "Start", "End"]])
    sheet.append(["T1", at(2026, 3, 1), at(2026, 3, 2), "x", "y"])
    for cells in ("A1:A2", "B1:C1", "D1:E1"):
        sheet.merge_cells(cells)
    table = read_book(tmp_path, made, profiles=[tool(fields=fields, date_formats=())])
    assert values(table, "opened_at") == [at(2026, 3, 1)]
    assert values(table, "note") == ["x"]
    assert "table-two-row-header" in codes(table)


def test_a_name_over_a_column_without_one_is_said(tmp_path: Path) -> None:
    made, sheet = book([["id", "note", None], ["T1", "a", "b"]])
    sheet.merge_cells("B1:C1")
    table = read_book(tmp_path, made)
    assert "table-merged-header" in codes(table)


def test_a_cell_merged_over_rows_speaks_for_each_of_them(tmp_path: Path) -> None:
    made, sheet = book(
        [["id", "status", "note"], ["T1", "new", "a"], ["T2", None, "b"], ["T3", "closed", "c"]]
    )
    sheet.merge_cells("B2:B3")
    table = read_book(tmp_path, made)
    assert values(table, "status") == ["new", "new", "closed"]
    assert issue(table, "table-merged-cells").place.row == 2


def test_a_cell_merged_over_columns_is_the_value_of_the_first_and_said(tmp_path: Path) -> None:
    made, sheet = book([["id", "note", "status"], ["T1", "new", None]])
    sheet.merge_cells("B2:C2")
    table = read_book(tmp_path, made)
    assert (values(table, "note"), values(table, "status")) == (["new"], [None])
    assert codes(table) == ["table-merged-cells"]


def test_merged_cells_that_overlap_without_end_are_refused(tmp_path: Path) -> None:
    rows = "".join(f'<row r="{n}">{text(f"A{n}", "id")}{text(f"B{n}", "note")}</row>' for n in range(1, 200))
    ranges = "".join(f'<mergeCell ref="A1:B{n}"/>' for n in range(2, 199))
    table = read(tmp_path, raw(rows, after=f"<mergeCells>{ranges}</mergeCells>"), name="t.xlsx")
    assert not table.reading.readable
    assert "overlap" in table.reading.issues[0].message


def test_a_total_below_the_records_of_a_sheet_is_no_record(tmp_path: Path) -> None:
    made, _ = book([["id", "hours"], ["T1", 1.5], ["T2", 2], [None, None], ["Summe", "=SUM(B2:B3)"]])
    table = read_book(tmp_path, made)
    assert values(table, "id") == ["T1", "T2"]
    assert table.reading.dropped == {"blank row": 1, "total row": 1}
