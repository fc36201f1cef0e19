"""From text to values: dates in one way only, closed lists, numbers, what is empty and what is not understood."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from table_samples import codes, doubts, read, values

from auditkit.evidence.model import Profile, ProfileField


def tool(**changes: Any) -> Profile:
    """Return a profile of an imaginary tool."""
    fields = {
        "id": ProfileField(headers=("Number",)),
        "status": ProfileField(headers=("State", "Status"), values={"Open": "new", "Done": "closed"}),
        "priority": ProfileField(headers=("Priority",), leading_digits=True),
        "late": ProfileField(headers=("made_sla",), invert=True),
        "opened_at": ProfileField(headers=("Opened",)),
    }
    settings: dict[str, Any] = {
        "id": "tool",
        "title": "Tool",
        "tool": "Tool",
        "dataset": "ticket",
        "date_formats": ("%d/%m/%Y %H:%M", "%m/%d/%Y %H:%M"),
        "fields": fields,
    }
    return Profile(**{**settings, **changes})


def at(*numbers: int) -> datetime:
    """Return a wall-clock time."""
    return datetime(*numbers)  # type: ignore[arg-type] # noqa: DTZ001


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["2026-03-01 14:05", "2026-03-02"], [at(2026, 3, 1, 14, 5), at(2026, 3, 2)]),
        (["2026-03-01T14:05:09.123"], [at(2026, 3, 1, 14, 5, 9)]),
        (["01.02.2026 14:05"], [at(2026, 2, 1, 14, 5)]),
        (["13/02/2026", "01/02/2026"], [at(2026, 2, 13), at(2026, 2, 1)]),
        (["02/13/2026", "02/01/2026"], [at(2026, 2, 13), at(2026, 2, 1)]),
        (["1-Feb-2026 9:05 PM"], [at(2026, 2, 1, 21, 5)]),
        (["2026-07-01T12:00:00Z"], [at(2026, 7, 1, 14, 0)]),
        (["2026-01-01T12:00:00.5+0000"], [at(2026, 1, 1, 13, 0, 0)]),
    ],
)
def test_dates_that_read_one_way_are_read(cells: list[str], expected: list[datetime], tmp_path: Path) -> None:
    rows = "".join(f"T{number},{cell}\n" for number, cell in enumerate(cells))
    found = values(read(tmp_path, "id,opened_at\n" + rows), "opened_at")
    assert [one.replace(microsecond=0) for one in found] == expected


def test_dates_that_read_two_ways_are_refused_and_the_column_is_absent(tmp_path: Path) -> None:
    table = read(tmp_path, "id,opened_at\nT1,01/02/2026\nT2,03/04/2026\n")
    assert "opened_at" not in table.columns
    (issue,) = table.reading.issues
    assert (issue.code, issue.severity) == ("table-date-ambiguous", "error")
    assert "'opened_at'" in issue.message


def test_dates_that_read_no_way_are_refused(tmp_path: Path) -> None:
    table = read(tmp_path, "id,opened_at\nT1,13/02/2026\nT2,02/13/2026\n")
    assert "opened_at" not in table.columns
    assert codes(table) == ["table-date-unreadable"]


def test_a_year_of_two_digits_is_not_the_year_26(tmp_path: Path) -> None:
    assert codes(read(tmp_path, "id,opened_at\nT1,13/02/26\n")) == ["table-date-unreadable"]


def test_the_template_declares_iso_so_a_bad_cell_is_unknown(tmp_path: Path) -> None:
    table = read(tmp_path, "id,due\nT1,2026-03-01\nT2,2026-13-45\nT3,2026-03-03\n")
    assert values(table, "due") == [date(2026, 3, 1), None, date(2026, 3, 3)]
    assert doubts(table) == {"due": 1}
    assert codes(table) == ["table-unparseable"]


def test_a_declared_format_is_used_as_declared(tmp_path: Path) -> None:
    profile = tool(declared_date_format=True)
    text = "Number,Opened\nT1,01/02/2026 09:00\nT2,02/13/2026 09:00\n"
    table = read(tmp_path, text, profiles=[profile], profile="tool")
    assert values(table, "opened_at") == [at(2026, 2, 1, 9, 0), None]
    assert doubts(table) == {"opened_at": 1}


def test_a_profile_with_a_declared_format_is_never_chosen_by_itself(tmp_path: Path) -> None:
    profile = tool(declared_date_format=True)
    assert not read(tmp_path, "Number,Opened\nT1,01/02/2026 09:00\n", profiles=[profile]).reading.readable


def test_two_digit_years_follow_the_stated_pivot(tmp_path: Path) -> None:
    text = "Number,Opened\nT1,13/02/26 09:00\nT2,13/02/71 09:00\n"
    with_pivot = tool(date_formats=("%d/%m/%y %H:%M",), pivot_year=1970)
    assert values(read(tmp_path, text, profiles=[with_pivot]), "opened_at") == [
        at(2026, 2, 13, 9, 0),
        at(1971, 2, 13, 9, 0),
    ]
    without = read(tmp_path, text, profiles=[tool(date_formats=("%d/%m/%y %H:%M",))])
    assert codes(without) == ["profile-date-format"]


def test_times_in_a_clock_change_are_unknown_and_counted(tmp_path: Path) -> None:
    text = "id,opened_at\nT1,2025-10-26 02:30\nT2,2026-03-29 02:30\nT3,2026-03-29 03:30\n"
    table = read(tmp_path, text)
    assert values(table, "opened_at") == [None, None, at(2026, 3, 29, 3, 30)]
    assert doubts(table) == {"opened_at": 2}


def test_times_of_another_zone_become_wall_clock_times_here(tmp_path: Path) -> None:
    profile = tool(date_formats=("%Y-%m-%d %H:%M:%S",), time_zone="UTC")
    table = read(tmp_path, "Number,Opened\nT1,2026-07-01 22:30:00\n", profiles=[profile])
    assert values(table, "opened_at") == [at(2026, 7, 2, 0, 30)]


def test_values_are_mapped_without_case_and_a_foreign_one_is_unknown(tmp_path: Path) -> None:
    text = "Number,State,Priority\nT1,open,3 - Moderate\nT2,In Progress,1\nT3,Parked,high\nT4,,\n"
    table = read(tmp_path, text, profiles=[tool()])
    assert values(table, "status") == ["new", "in_progress", None, None]
    assert values(table, "priority") == [3, 1, None, None]
    assert doubts(table) == {"status": 1, "priority": 1}


def test_a_boolean_that_states_the_opposite_is_turned(tmp_path: Path) -> None:
    text = "Number,made_sla\nT1,TRUE\nT2,false\nT3,maybe\n"
    table = read(tmp_path, text, profiles=[tool()])
    assert values(table, "late") == [False, True, None]
    assert doubts(table) == {"late": 1}


def test_an_empty_cell_can_be_given_a_meaning(tmp_path: Path) -> None:
    fields = {**tool().fields, "late": ProfileField(headers=("Late",), values={"": "false", "X": "true"})}
    table = read(tmp_path, "Number,Late\nT1,x\nT2,\n", profiles=[tool(fields=fields)])
    assert values(table, "late") == [True, False]


def test_what_stands_for_nothing_is_empty_not_unknown(tmp_path: Path) -> None:
    table = read(tmp_path, "id,note\nT1,?\nT2, TBD \nT3,n/a\nT4,text\n")
    assert values(table, "note") == [None, None, None, "text"]
    assert doubts(table) == {}


@pytest.mark.parametrize(
    ("cell", "number"),
    [("3.5", 3.5), ("-2", -2.0), ("99.5 %", 99.5), ("3,5", 3.5), ("1.234,5", 1234.5), ("1,234.5", 1234.5),
     ("1'234.5", 1234.5), ("1,234", None), ("1.234.567", 1234567.0), ("ten", None), ("0,123", 0.123)],
)  # fmt: skip
def test_numbers(cell: str, number: float | None, tmp_path: Path) -> None:
    table = read(tmp_path, f'id;hours\nT1;"{cell}"\n')
    assert values(table, "hours") == [number]
    assert doubts(table) == ({} if number is not None else {"hours": 1})


def test_a_point_among_decimal_commas_is_in_doubt(tmp_path: Path) -> None:
    table = read(tmp_path, 'id,hours\nT1,"12,5"\nT2,1.234\nT3,"1.234,5"\nT4,0.5\n')
    assert values(table, "hours") == [12.5, None, 1234.5, 0.5]
    assert doubts(table) == {"hours": 1}


def test_a_number_that_only_begins_like_a_priority_is_unknown(tmp_path: Path) -> None:
    rows = 'Number,Priority,Opened\nT1,3 - Moderate,13/02/2026 09:00\nT2,1.234,13/02/2026 09:00\nT3,"2,5",13/02/2026 09:00\n'
    found = read(tmp_path, rows, profiles=(tool(),))
    assert values(found, "priority") == [3, None, None]


def test_an_event_log_collapses_to_the_last_row_of_each_record(tmp_path: Path) -> None:
    text = "Number,State\nT1,Open\nT2,Open\nT1,Done\n,Open\n,Done\n"
    profile = tool(collapse_to_last_by="id")
    table = read(tmp_path, text, profiles=[profile], profile="tool")
    assert values(table, "id") == ["T2", "T1", None, None]
    assert values(table, "_row") == [3, 4, 5, 6]
    assert values(table, "status") == ["new", "closed", "new", "closed"]
    assert table.reading.dropped == {"earlier event of the same record": 1}


def test_repeated_keys_are_reported(tmp_path: Path) -> None:
    table = read(tmp_path, "id,note\nT1,a\nT1,b\n")
    assert table.reading.duplicates == 1
    assert codes(table) == ["table-duplicate-keys"]


def test_first_and_last_day_come_from_the_dating_field(tmp_path: Path) -> None:
    table = read(tmp_path, "id,opened_at\nT1,2026-03-05 10:00\nT2,2026-01-02 10:00\n")
    assert (table.reading.first_at, table.reading.last_at) == (date(2026, 1, 2), date(2026, 3, 5))


def test_an_unknown_profile_is_unreadable(tmp_path: Path) -> None:
    table = read(tmp_path, "id,note\nT1,a\n", profile="nowhere")
    assert "'nowhere'" in table.reading.issues[0].message
    assert not table.reading.readable
