"""Rows that are no records: totals, footers, titles and headers that come again are left out and counted."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from table_samples import codes, doubts, read, values

from auditkit.evidence.tables_rows import is_number, is_total_label

HEAD = "id;status;hours;note\n"


@pytest.mark.parametrize(
    "row",
    [
        "Total;;3,5;", "Summe:;;3,5;", "Gesamt;;3,50 €;", "Gesamtsumme;;1.234,50;", "Grand Total;;3.5;",
        ";;3,5;", ";Summe;3,5;", "Total: 2;;;", "Anzahl 2;;;", "Total;;;", ";;3,5;Gesamtergebnis", "Totals;;8:15;",
        "Durchschnitt;;1,75;", "Total général;;3,5;", ";;(3,5);", "Total incidents;;2;", '"Total";"";"3,5";""',
    ],
)  # fmt: skip
def test_a_total_at_the_end_is_no_record(row: str, tmp_path: Path) -> None:
    table = read(tmp_path, f"{HEAD}T1;new;1,5;a\nT2;closed;2,0;b\n{row}\n")
    assert values(table, "id") == ["T1", "T2"]
    assert values(table, "hours") == [1.5, 2.0]
    assert doubts(table) == {}
    assert table.reading.dropped == {"total row": 1}
    assert (table.reading.rows_in_file, table.reading.rows_kept) == (3, 2)
    (issue,) = table.reading.issues
    assert (issue.code, issue.severity, issue.place.row) == ("table-not-records", "note", 4)


@pytest.mark.parametrize(
    "row",
    [
        "T3;;;",  # a record of which only the number is known
        "4711;;;",
        "T3;;3,5;",
        "Total;new;3,5;outage of mail",  # a record named Total has more than numbers
        ";new;3,5;",  # its number is missing, its state is not
        ";;;Total outage of mail",
        ";;01.02.2026;",  # a date is no sum
        "T3;;;Total",
    ],
)
def test_what_may_be_a_record_is_kept(row: str, tmp_path: Path) -> None:
    table = read(tmp_path, f"{HEAD}T1;new;1,5;a\nT2;closed;2,0;b\n{row}\n")
    assert table.reading.rows_kept == 3
    assert "total row" not in table.reading.dropped


def test_a_number_alone_in_the_middle_is_kept_as_unknown(tmp_path: Path) -> None:
    table = read(tmp_path, f"{HEAD}T1;new;1,5;a\n;;2,0;\nT3;new;1,5;a\n")
    assert values(table, "id") == ["T1", None, "T3"]


def test_subtotals_in_the_middle_are_left_out(tmp_path: Path) -> None:
    table = read(tmp_path, f"{HEAD}T1;new;1,5;a\nSubtotal;;1,5;\nT3;new;1,5;a\nSubtotal;;1,5;\nTotal;;3;\n")
    assert values(table, "id") == ["T1", "T3"]
    assert values(table, "_row") == [2, 4]
    assert table.reading.dropped == {"total row": 3}


def test_blank_rows_and_a_footer_below_the_total_are_left_out(tmp_path: Path) -> None:
    end = "\nTotal;;1,5;\n\nErstellt am 01.02.2026 von Ines\n(1 Zeilen)\n"
    table = read(tmp_path, f"{HEAD}T1;new;1,5;a\n{end}")
    assert values(table, "id") == ["T1"]
    assert table.reading.dropped == {"blank row": 2, "total row": 1, "footer row": 2}


@pytest.mark.parametrize(
    "line", ["(120 rows affected)", "1.234 Datensätze", "Page 3 of 3", "Generated 2026-02-01", "Confidential"]
)
def test_a_line_of_the_report_below_the_records_is_none(line: str, tmp_path: Path) -> None:
    table = read(tmp_path, f"{HEAD}T1;new;1,5;a\n{line}\n")
    assert (values(table, "id"), table.reading.dropped) == (["T1"], {"footer row": 1})


def test_a_control_total_counts_records_only(tmp_path: Path) -> None:
    table = read(tmp_path, f"{HEAD}T1;new;1,5;a\nTotal;;1,5;\n", control_total=1)
    assert table.limits == ()
    assert codes(table) == ["table-not-records"]


def test_a_header_that_comes_again_is_no_record(tmp_path: Path) -> None:
    part = f"Tickets of March\n{HEAD}T%d;new;1,5;a\nTotal;;1,5;\n\n"
    table = read(tmp_path, part % 1 + part % 2 + part % 3)
    assert values(table, "id") == ["T1", "T2", "T3"]
    assert values(table, "_row") == [3, 8, 13]
    assert doubts(table) == {}
    assert table.reading.dropped == {
        "total row": 3, "blank row": 3, "repeated header row": 2, "title row": 2,
    }  # fmt: skip


def test_a_header_that_comes_again_with_quotes_and_other_case_is_one(tmp_path: Path) -> None:
    table = read(tmp_path, 'id;status\nT1;new\n"ID";"Status"\nT2;new\n')
    assert values(table, "id") == ["T1", "T2"]
    assert table.reading.dropped == {"repeated header row": 1}


def test_a_separator_line_that_comes_again_is_no_record(tmp_path: Path) -> None:
    table = read(tmp_path, "sep=;\nid;note\nT1;a\nsep=;\nid;note\nT2;b\n")
    assert values(table, "id") == ["T1", "T2"]
    assert table.reading.dropped == {"title row": 1, "repeated header row": 1}


@pytest.mark.parametrize("second", ["note;status;hours;id", "id;status;note;hours", "id;note;status"])
def test_pasted_exports_with_other_columns_are_refused(second: str, tmp_path: Path) -> None:
    table = read(tmp_path, f"{HEAD}T1;new;1,5;a\n{second}\na;b;c;d\n")
    assert not table.reading.readable
    (issue,) = table.reading.issues
    assert issue.code == "table-unreadable"
    assert "row 3 is a second header" in issue.message


def test_two_rows_make_one_header_where_one_fills_the_gaps_of_the_other(tmp_path: Path) -> None:
    table = read(tmp_path, "id;Times;;note\n;opened_at;due;\nT1;2026-03-01 10:00;2026-03-02;a\n")
    assert values(table, "_row") == [3]
    assert set(table.columns) == {"id", "opened_at", "due", "note"}
    assert "table-two-row-header" in codes(table)


def test_the_quick_and_the_patient_way_leave_out_the_same_rows(tmp_path: Path) -> None:
    text = f"{HEAD}T1;new;1,5;a\nT2;new;1,5;b\nTotal;;3;\n"
    quick = read(tmp_path, text)
    patient = read(tmp_path, text.replace("T1;new;1,5;a", 'T1;new;1,5;"a\nb"'))
    assert quick.reading.dropped == patient.reading.dropped == {"total row": 1}
    assert values(quick, "id") == values(patient, "id")
    assert values(quick, "_row") == values(patient, "_row")


cell = st.sampled_from(["", "new", "1,5", "Total", "T7", "x y", "id", "note", "2026-03-01"])


@given(rows=st.lists(st.tuples(cell, cell, cell, cell), max_size=12))
def test_every_row_is_kept_or_counted(
    rows: list[tuple[str, ...]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    text = HEAD + "".join(";".join(row) + "\n" for row in rows)
    table = read(tmp_path_factory.mktemp("t"), text)
    if table.reading.readable:
        assert table.reading.rows_in_file == len(rows)
        assert table.reading.rows_kept + sum(table.reading.dropped.values()) == len(rows)


@given(rows=st.lists(st.tuples(cell, cell, cell, cell), max_size=12))
def test_a_line_break_in_quotes_changes_no_count(
    rows: list[tuple[str, ...]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The record with the line break is read row by row, the one without by polars."""
    text = HEAD + "".join(";".join(row) + "\n" for row in rows)
    folder = tmp_path_factory.mktemp("t")
    plain = read(folder, text + "T9;new;1,5;end\n")
    broken = read(folder, text + 'T9;new;1,5;"en\nd"\n')
    assert plain.reading.readable == broken.reading.readable
    if plain.reading.readable:
        assert plain.reading.dropped == broken.reading.dropped
        assert values(plain, "id") == values(broken, "id")


@given(st.from_regex(r"[A-Z]{2,4}-?[0-9]{3,7}", fullmatch=True))
def test_the_number_of_a_ticket_is_neither_a_total_nor_a_number(key: str) -> None:
    assert not is_total_label(key)
    assert not is_number(key)
