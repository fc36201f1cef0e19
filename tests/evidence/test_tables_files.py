"""Whatever an export comes as: encodings, delimiters, ragged rows, packed and damaged files, workbooks."""

import gzip
import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from table_samples import codes, doubts, read, values


def test_plain_csv_keeps_every_row_with_its_number(tmp_path: Path) -> None:
    table = read(tmp_path, "id,note\nT1,first\nT2,second\n")
    assert values(table, "id") == ["T1", "T2"]
    assert values(table, "_row") == [2, 3]
    assert values(table, "_evidence") == ["EV-001", "EV-001"]
    assert (table.reading.rows_in_file, table.reading.rows_kept, codes(table)) == (2, 2, [])


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(mark: str, tmp_path: Path) -> None:
    table = read(tmp_path, f"id{mark}note\nT1{mark}a\nT2{mark}b\n")
    assert values(table, "note") == ["a", "b"]


def test_a_separator_line_states_the_delimiter_and_is_no_row(tmp_path: Path) -> None:
    table = read(tmp_path, "sep=;\r\nid;note\r\nT1;a, b\r\n")
    assert values(table, "note") == ["a, b"]
    assert values(table, "_row") == [2]


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_is_read_as_such(codec: str, tmp_path: Path) -> None:
    text = "id,note\nT1,Łódź\n"
    mark = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(codec, b"")
    table = read(tmp_path, mark + text.encode(codec))
    assert values(table, "note") == ["Łódź"]
    assert codes(table) == []


def test_another_encoding_is_assumed_aloud(tmp_path: Path) -> None:
    table = read(tmp_path, "id,note\nT1,Köln\n".encode("cp1252"))
    assert values(table, "note") == ["Köln"]
    assert codes(table) == ["table-encoding"]


def test_nul_bytes_are_taken_out_and_counted(tmp_path: Path) -> None:
    table = read(tmp_path, b"id,note\nT1,a\x00b\n")
    assert values(table, "note") == ["ab"]
    (issue,) = table.reading.issues
    assert issue.code == "table-nul-bytes"
    assert issue.message.startswith("1 NUL")


def test_line_breaks_in_quotes_do_not_break_rows(tmp_path: Path) -> None:
    table = read(tmp_path, 'id,note\nT1,"first\n\nsecond, third"\nT2,b\n')
    assert values(table, "note") == ["first\n\nsecond, third", "b"]
    assert values(table, "_row") == [2, 3]


def test_old_mac_line_ends_are_read(tmp_path: Path) -> None:
    assert values(read(tmp_path, "id,note\rT1,a\rT2,b\r"), "id") == ["T1", "T2"]


def test_blank_rows_are_counted_and_keep_their_numbers(tmp_path: Path) -> None:
    table = read(tmp_path, "id,note\nT1,a\n\n,\nT2,b\n")
    assert values(table, "_row") == [2, 5]
    assert table.reading.dropped == {"blank row": 2}
    assert table.reading.rows_in_file == 4


def test_short_and_long_rows_are_kept_as_unknown(tmp_path: Path) -> None:
    table = read(tmp_path, "id,priority,note\nT1,1\nT2,2,b\nT3,3,c,d\n")
    assert values(table, "id") == ["T1", "T2", None]
    assert doubts(table) == {"id": 1, "priority": 1, "note": 2}
    (issue, *_) = table.reading.issues
    assert (issue.code, issue.place.row) == ("table-ragged", 2)
    assert "2 rows" in issue.message


def test_empty_trailing_cells_are_not_ragged(tmp_path: Path) -> None:
    table = read(tmp_path, "id,note\nT1,a,,\nT2,b\n")
    assert values(table, "note") == ["a", "b"]
    assert codes(table) == []


def test_a_quote_that_never_closes_is_refused(tmp_path: Path) -> None:
    table = read(tmp_path, 'id,note\nT1,"a\nT2,b\nT3,c\n')
    assert not table.reading.readable
    assert table.parquet is None
    assert codes(table) == ["table-unreadable"]


def test_an_inch_mark_in_a_cell_is_not_a_quote(tmp_path: Path) -> None:
    table = read(tmp_path, 'id,note\nT1,19" rack\nT2,b\n')
    assert values(table, "note") == ['19" rack', "b"]


def test_a_title_above_the_header_is_passed_over_aloud(tmp_path: Path) -> None:
    table = read(tmp_path, "Export of tickets\n\nid,note\nT1,a\n")
    assert values(table, "_row") == [4]
    assert codes(table) == ["table-preamble"]


def test_a_doubled_header_is_refused_aloud(tmp_path: Path) -> None:
    table = read(tmp_path, "id,note,Note\nT1,a,b\nT2,a,b\n")
    assert "note" not in table.columns
    assert codes(table) == ["table-duplicate-header"]


def test_a_doubled_header_that_nothing_needs_is_left_alone(tmp_path: Path) -> None:
    table = read(tmp_path, "id,note,Label,Label\nT1,a,x,y\n")
    assert codes(table) == []
    assert table.reading.unmapped_headers == ("Label", "Label")


def test_gzip_is_unpacked(tmp_path: Path) -> None:
    table = read(tmp_path, gzip.compress(b"id,note\nT1,a\n"), name="tickets.csv.gz")
    assert values(table, "note") == ["a"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Excel format"),
        (b"<html><table><tr><td>id</td></tr></table>", "HTML"),
        (b'[{"id": 1}]', "JSON"),
        (b"PK\x03\x04 but no more", "damaged"),
        (gzip.compress(b"id,note\nT1,a\n", mtime=0)[:-6], "gzip"),
        (b"name,colour\nx,y\n", "no header row fits"),
    ],
)
def test_what_is_no_table_is_unreadable_with_the_reason(content: bytes, reason: str, tmp_path: Path) -> None:
    table = read(tmp_path, content)
    assert not table.reading.readable
    (issue,) = table.reading.issues
    assert (issue.code, issue.severity) == ("table-unreadable", "error")
    assert reason in issue.message


def test_a_header_without_rows_is_readable_and_said(tmp_path: Path) -> None:
    table = read(tmp_path, "id,note\n")
    assert table.reading.readable
    assert codes(table) == ["table-empty"]


def _workbook(path: Path, **sheets: list[list[object]]) -> None:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    book.close()


def test_a_workbook_gives_true_dates_and_whole_numbers(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["id", "priority", "hours", "late", "opened_at", "due"],
        [4711, 2, 1.5, True, datetime(2026, 3, 1, 14, 5), date(2026, 3, 2)],  # noqa: DTZ001
    ]
    _workbook(tmp_path / "t.xlsx", Cover=[["Report"]], Data=rows, Notes=[["x"]])
    table = read(tmp_path, None, name="t.xlsx")
    assert values(table, "id") == ["4711"]
    assert values(table, "priority") == [2]
    assert values(table, "late") == [True]
    assert values(table, "opened_at") == [datetime(2026, 3, 1, 14, 5)]  # noqa: DTZ001
    assert values(table, "due") == [date(2026, 3, 2)]
    assert values(table, "_sheet") == ["Data"]
    assert codes(table) == ["table-other-sheets"]


def test_a_failed_formula_is_unknown_not_a_value(tmp_path: Path) -> None:
    _workbook(tmp_path / "t.xlsx", Data=[["id", "note"], ["T1", "#N/A"], ["T2", "fine"]])
    table = read(tmp_path, None, name="t.xlsx")
    assert values(table, "note") == [None, "fine"]
    assert doubts(table) == {"note": 1}


def test_the_registered_sheet_is_taken_and_a_missing_one_named(tmp_path: Path) -> None:
    _workbook(tmp_path / "t.xlsx", A=[["id", "note"], ["T1", "a"]], B=[["id", "note"], ["T2", "b"]])
    assert values(read(tmp_path, None, name="t.xlsx", sheet="B"), "id") == ["T2"]
    missing = read(tmp_path, None, name="t.xlsx", sheet="C")
    assert not missing.reading.readable
    assert "'C'" in missing.reading.issues[0].message


def test_a_far_cell_does_not_make_a_grid_of_billions(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["id", "note"])
    sheet["XFD1048576"] = "far"
    book.save(tmp_path / "far.xlsx")
    table = read(tmp_path, None, name="far.xlsx")
    assert not table.reading.readable
    assert "1,048,576 rows" in table.reading.issues[0].message


def test_a_workbook_that_unpacks_to_hundreds_of_times_its_size_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "bomb.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * (30 << 20))
    table = read(tmp_path, None, name="bomb.xlsx")
    assert not table.reading.readable
    assert "hundreds of times" in table.reading.issues[0].message


def test_a_control_total_that_differs_limits_what_can_be_met(tmp_path: Path) -> None:
    table = read(tmp_path, "id,note\nT1,a\nT2,b\n", control_total=3)
    assert codes(table) == ["table-control-total"]
    assert table.limits == ("population unverified: tickets.csv has 2 of 3 rows",)
    assert read(tmp_path, None, control_total=2).limits == ()


def test_a_file_outside_the_evidence_folder_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "secret.csv").write_text("id,note\nT1,a\n", encoding="utf-8")
    inside = tmp_path / "evidence"
    inside.mkdir()
    (inside / "link.csv").symlink_to(tmp_path / "secret.csv")
    table = read(inside, None, name="link.csv")
    assert not table.reading.readable
    assert "outside" in table.reading.issues[0].message
