"""What is seen in the columns of an export nobody knows: header, cells, values, and dates read in one way only."""

from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from mapping_samples import shipped

from auditkit.evidence.mapping_model import ColumnFacts, TableFacts
from auditkit.evidence.tables_columns import look_at_columns
from auditkit.evidence.tables_text import TableFault

NULLS = ("", "-", "?", "n/a")


def look(
    folder: Path, content: str | bytes | None, name: str = "t.csv", sheet: str | None = None
) -> TableFacts:
    """Write an export (None: it is there already) and look at it; only the header Number and State are known."""
    if content is not None:
        (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    known = {"number", "state"}
    return look_at_columns(
        folder / name, name, sheet, lambda header: header.lower() in known, NULLS, shipped()[1]
    )


def only(facts: TableFacts, header: str) -> ColumnFacts:
    """Return the one column of a header."""
    (found,) = [one for one in facts.columns if one.header == header]
    return found


def dates(folder: Path, *cells: str) -> ColumnFacts:
    """Return what is seen in a column of dates."""
    rows = "".join(f'T{at};"{cell}"\n' for at, cell in enumerate(cells))
    return only(look(folder, f"Number;State\n{rows}"), "State")


def test_cells_are_counted_by_value_and_blanks_left_out(tmp_path: Path) -> None:
    facts = look(tmp_path, "Number;State;Prio\nT1;new;1\nT2;new;2 - b\nT3; - ;x\nT4;;n/a\nT5;old;3\n")
    state = only(facts, "State")
    assert (state.filled, state.distinct, state.values) == (3, 2, (("new", 2), ("old", 1)))
    assert facts.null_values == ("-", "n/a")
    prio = only(facts, "Prio")
    assert (prio.filled, prio.whole_numbers, prio.leading_numbers) == (4, 2, 1)
    assert facts.rows == 5


def test_decimal_commas_and_thousands_are_numbers(tmp_path: Path) -> None:
    column = dates(tmp_path, "1.234,50", "99,5 %", "1'000", "12")
    assert (column.numbers, column.whole_numbers) == (4, 1)


@pytest.mark.parametrize(
    ("cells", "layout"),
    [
        (["13.01.2025", "01.02.2025"], "%d.%m.%Y"),
        (["13.01.2025 08:15", "1.2.2025 9:00"], "%d.%m.%Y %H:%M"),
        (["2025-01-13", "2025-02-01"], "%Y-%m-%d"),
        (["2025-01-13 08:15:00"], "%Y-%m-%d %H:%M:%S"),
        (["13/01/2025", "01/02/2025"], "%d/%m/%Y"),
        (["01/13/2025 9:15 PM"], "%m/%d/%Y %I:%M %p"),
        (["13.01.25 08:15"], "%d.%m.%y %H:%M"),
        (["31-Jan-25"], "%d-%b-%y"),
        (["13 January 2025"], "%d %B %Y"),
        (["2025-01-13T08:15:00.5+0100"], "%Y-%m-%dT%H:%M:%S%.f%z"),
    ],
)
def test_a_format_that_alone_reads_the_whole_column_is_found(
    cells: list[str], layout: str, tmp_path: Path
) -> None:
    found = dates(tmp_path, *cells).dates
    assert (found.format, found.rivals, found.read) == (layout, (), len(cells))


def test_dates_that_read_two_ways_have_no_format(tmp_path: Path) -> None:
    found = dates(tmp_path, "01/02/2025", "03/04/2025").dates
    assert (found.format, set(found.rivals)) == (None, {"%d/%m/%Y", "%m/%d/%Y"})


def test_dates_that_read_to_the_same_days_are_no_rivals(tmp_path: Path) -> None:
    assert dates(tmp_path, "05/05/2025").dates.format is not None


def test_one_cell_that_no_format_reads_leaves_the_column_without(tmp_path: Path) -> None:
    found = dates(tmp_path, "13.01.2025", "14.01.2025", "soon").dates
    assert (found.format, found.nearest, found.read) == (None, "%d.%m.%Y", 2)


def test_day_numbers_of_a_spreadsheet_are_called_so(tmp_path: Path) -> None:
    assert dates(tmp_path, "45352", "45353.5").dates.serial
    assert not dates(tmp_path, "1", "2").dates.serial


def test_names_are_no_dates(tmp_path: Path) -> None:
    found = dates(tmp_path, "Ann", "Ben").dates
    assert (found.format, found.rivals, found.nearest, found.serial) == (None, (), None, False)


def test_true_dates_of_a_workbook_are_dates(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Report"])
    sheet.append(["Number", "State", "Made"])
    sheet.append([1, "new", datetime(2025, 1, 13, 8, 15)])  # noqa: DTZ001
    book.save(tmp_path / "t.xlsx")
    book.close()
    facts = look(tmp_path, None, "t.xlsx")
    assert only(facts, "Made").dates.format == "%Y-%m-%d %H:%M:%S"
    assert (facts.sheet, facts.header_row) == ("Sheet", 2)


def test_a_header_of_unknown_names_is_taken_where_no_known_one_is(tmp_path: Path) -> None:
    facts = look(tmp_path, "Ausdruck 2025\n\nFarbe,Form\nrot,rund\n")
    assert [one.header for one in facts.columns] == ["Farbe", "Form"]
    assert facts.header_row == 3


def test_a_known_header_further_down_is_preferred(tmp_path: Path) -> None:
    facts = look(tmp_path, "Filter,offen\nNumber,State\nT1,new\n")
    assert [one.header for one in facts.columns] == ["Number", "State"]


def test_what_is_odd_about_the_file_is_noted(tmp_path: Path) -> None:
    facts = look(tmp_path, "Number;State\nT1;Köln\nTotal;1\n".encode("cp1252"))
    assert facts.notes[0] == "The file is not UTF-8; it was read as Windows-1252."
    assert "1 total row" in facts.notes[1]
    assert facts.rows == 1


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"1,2\n3,4\n"])
def test_what_is_no_table_is_a_fault_with_the_reason(content: bytes, tmp_path: Path) -> None:
    with pytest.raises(TableFault):
        look(tmp_path, content)
