"""What a profile can say of a field: patterns, joined columns, lengths of time, rows that are set aside."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from table_samples import TICKET, codes, doubts, read, values

from auditkit.base.digest import digest_file
from auditkit.evidence.model import DatasetField, EvidenceItem, Profile, ProfileField, RowRule
from auditkit.evidence.profiles import check_profiles, find_column, load_profiles, map_headers, normal_header
from auditkit.evidence.tables import Table, read_table


def tool(formats: tuple[str, ...] = (), aside: tuple[RowRule, ...] = (), **fields: ProfileField) -> Profile:
    """Return a profile of an imaginary tool with a number and the given fields."""
    return Profile(
        id="tool",
        title="Tool",
        tool="Tool",
        dataset="ticket",
        date_formats=formats,
        set_aside=aside,
        fields={"id": ProfileField(headers=("No",)), **fields},
    )


def at(*numbers: int) -> datetime:
    """Return a wall-clock time."""
    return datetime(*numbers)  # type: ignore[arg-type] # noqa: DTZ001


def column(folder: Path, cells: list[str], name: str, entry: ProfileField, **settings: Any) -> Any:
    """Read one column and return its table and values."""
    text = "No;X\n" + "".join(f"T{number};{cell}\n" for number, cell in enumerate(cells))
    table = read(folder, text, profiles=[tool(**{name: entry}, **settings)], profile="tool")
    return table, values(table, name)


def read_spans(folder: Path, text: str, **fields: ProfileField) -> Table:
    """Read a file of a dataset with more dates than the ticket has."""
    more = (
        DatasetField(name="ended_at", type="datetime", about="End"),
        DatasetField(name="begun", type="date", about="Begin"),
    )
    dataset = TICKET.model_copy(update={"fields": (*TICKET.fields, *more)})
    (folder / "spans.csv").write_text(text, encoding="utf-8")
    item = EvidenceItem(id="EV-001", title="S", file="spans.csv", kind="record_export", profile="tool")
    sha256 = digest_file(folder / "spans.csv")
    return read_table(folder, item, dataset, [tool(**fields)], "Europe/Berlin", folder / "cache", sha256)


def test_values_come_before_patterns_and_the_first_pattern_that_fits_the_whole_cell_decides(
    tmp_path: Path,
) -> None:
    entry = ProfileField(
        headers=("X",), values={"1 - x": "new"}, patterns={r"\d - .*": "closed", r"\d.*": "in_progress"}
    )
    table, found = column(tmp_path, ["1 - X", "2 - Y", "3", "no 3", "NEW", ""], "status", entry)
    assert found == ["new", "closed", "in_progress", None, "new", None]
    assert doubts(table) == {"status": 1}


def test_a_sign_decides_only_where_the_rest_is_understood(tmp_path: Path) -> None:
    entry = ProfileField(headers=("X",), patterns={r"-\s*\d+:\d{2}": "true", r"\d+:\d{2}": "false"})
    table, found = column(tmp_path, ["-1:30", "- 0:05", "2:00", "-", "-later", ""], "late", entry)
    assert found == [True, True, False, None, None, None]
    assert doubts(table) == {"late": 2}


def test_columns_are_joined_in_the_order_of_the_headers_and_empty_ones_left_out(tmp_path: Path) -> None:
    profile = tool(note=ProfileField(headers=("Last", "First", "Comment"), join=", "))
    text = "No,Comment,First,Comment,Last\nT1,a,Ann,b,Lee\nT2,,Bo,,\nT3,,,,\n"
    table = read(tmp_path, text, profiles=[profile])
    assert values(table, "note") == ["Lee, Ann, a, b", "Bo", None]
    assert table.reading.unmapped_headers == ()
    assert codes(table) == []


def test_a_row_that_ends_before_a_joined_column_is_unknown(tmp_path: Path) -> None:
    profile = tool(note=ProfileField(headers=("First", "Last"), join=" "))
    table = read(tmp_path, "No,First,Last\nT1,Ann,Lee\nT2,Bo\n", profiles=[profile])
    assert doubts(table) == {"note": 1}


def test_blanks_are_taken_out_only_where_the_profile_says_so(tmp_path: Path) -> None:
    assert column(
        tmp_path, ["12 345", "12\u00a0345", "1"], "id", ProfileField(headers=("X",), without_blanks=True)
    )[1] == ["12345", "12345", "1"]
    assert column(tmp_path, ["12 345"], "id", ProfileField(headers=("X",)))[1] == ["12 345"]


@pytest.mark.parametrize(
    ("unit", "cell", "hours"),
    [("seconds", "5400", 1.5), ("minutes", "90", 1.5), ("hours", "1.5", 1.5), ("days", "2", 48.0),
     ("clock", "1:30", 1.5), ("clock", "-01:30:00", -1.5), ("clock", "1:75", None), ("clock", "90", None),
     ("minutes", "1 Day 2 Hours", 26.0), ("seconds", "3 d 4 h", 76.0), ("seconds", "1970-01-02 01:30:00", 25.5),
     ("seconds", "soon", None), ("months", "1", None)],
)  # fmt: skip
def test_lengths_of_time_come_in_the_unit_the_field_is_named_for(
    unit: Any, cell: str, hours: float | None, tmp_path: Path
) -> None:
    table, found = column(tmp_path, [cell], "hours", ProfileField(headers=("X",), unit=unit))
    assert found == [hours]
    assert doubts(table) == ({} if hours is not None else {"hours": 1})


@given(st.integers(0, 10**7))
def test_a_length_of_time_is_the_same_in_seconds_and_on_the_clock(seconds: int) -> None:
    import polars as pl

    from auditkit.evidence.tables_dates import seconds as read_seconds

    clock = f"{seconds // 3600}:{seconds % 3600 // 60:02}:{seconds % 60:02}"
    frame = pl.DataFrame({"clock": [clock], "plain": [str(seconds)]})
    both = frame.select(
        read_seconds(pl.col("clock"), "clock").alias("a"), read_seconds(pl.col("plain"), "seconds")
    )
    assert both.row(0) == (seconds, seconds)


def test_a_day_given_as_months_or_days_after_another_follows_the_calendar(tmp_path: Path) -> None:
    for unit, ends in (("months", [date(2026, 2, 28), None, None]), ("days", [date(2026, 2, 1), None, None])):
        due = ProfileField(headers=("X",), unit=unit, after="begun")
        text = "No,Begun,X\nT1,2026-01-31,1\nT2,2026-01-31,soon\nT3,,1\n"
        table = read_spans(tmp_path, text, due=due, begun=ProfileField(headers=("Begun",)))
        assert values(table, "due") == ends
        assert doubts(table) == {"due": 2}


def test_a_time_given_as_minutes_after_another_runs_through_the_change_of_the_clock(tmp_path: Path) -> None:
    ended = ProfileField(headers=("X",), unit="minutes", after="opened_at")
    text = "No,Opened,X\nT1,2026-03-29 01:30,60\nT2,2026-10-25 01:30,60\nT3,2026-10-25 01:30,150\n"
    table = read_spans(tmp_path, text, ended_at=ended, opened_at=ProfileField(headers=("Opened",)))
    assert values(table, "ended_at") == [at(2026, 3, 29, 3, 30), None, at(2026, 10, 25, 3, 0)]
    assert doubts(table) == {"ended_at": 1}


def test_a_length_of_time_after_a_date_that_is_refused_or_missing_is_absent(tmp_path: Path) -> None:
    ended = ProfileField(headers=("X",), unit="minutes", after="opened_at")
    opened = ProfileField(headers=("Opened",))
    refused = read_spans(tmp_path, "No,Opened,X\nT1,01/02/2026,60\n", ended_at=ended, opened_at=opened)
    assert codes(refused) == ["table-date-ambiguous"]
    missing = read_spans(tmp_path, "No,X\nT1,60\n", ended_at=ended, opened_at=opened)
    assert refused.columns == missing.columns == ("id",)


def test_a_profile_with_a_broken_pattern_is_left_out_and_named(tmp_path: Path) -> None:
    text = (
        "id: tool\ntitle: T\ntool: T\ndataset: ticket\ndate_formats: []\nfields:\n"
        "  id: {headers: [No]}\n  status: {headers: [S], patterns: {'%s': new}}\n"
    )
    for name, pattern in (("a", "(open"), ("b", "(?=open)"), ("c", r"(o)\1")):
        (tmp_path / f"{name}.yaml").write_text(
            text.replace("id: tool", f"id: {name}") % pattern, encoding="utf-8"
        )
    profiles, issues = load_profiles(tmp_path, "profiles")
    assert profiles == ()
    assert [(one.code, one.place.file, one.place.line) for one in issues] == [
        ("profile-pattern", f"profiles/{name}.yaml", 8) for name in "abc"
    ]


def test_rows_of_another_kind_are_left_out_and_counted_by_what_they_are(tmp_path: Path) -> None:
    rules = (
        RowRule(headers=("Kind", "Type"), values=("Request",), reason="service request"),
        RowRule(headers=("Kind",), values=("request", "Task"), reason="another kind"),
        RowRule(headers=("Elsewhere",), values=("x",), reason="never"),
    )
    profile = tool(aside=rules, opened_at=ProfileField(headers=("Opened",)))
    text = (
        "No,Opened,Kind\nT1,2026-03-13 08:00,Incident\nT2,odd, REQUEST \nT3,odd,task\nT4,2026-03-14 08:00,\n"
        "T5,2026-03-15 08:00,Unheard of\n"
    )
    table = read(tmp_path, text, profiles=[profile], control_total=5)
    assert values(table, "id") == ["T1", "T4", "T5"]
    assert values(table, "_row") == [2, 5, 6]
    assert table.reading.dropped == {"another kind": 1, "service request": 1}
    assert (table.reading.rows_in_file, table.limits, doubts(table)) == (5, (), {})


def test_an_export_without_the_column_that_tells_keeps_all_rows(tmp_path: Path) -> None:
    rules = (RowRule(headers=("Kind",), values=("Request",), reason="service request"),)
    profile = tool(aside=rules, note=ProfileField(headers=("Note",)))
    table = read(tmp_path, "No,Note\nT1,Request\n", profiles=[profile])
    assert values(table, "id") == ["T1"]
    assert table.reading.dropped == {}


def test_set_aside_rows_and_earlier_events_are_counted_apart(tmp_path: Path) -> None:
    rules = (RowRule(headers=("Kind",), values=("Request",), reason="service request"),)
    profile = tool(aside=rules, status=ProfileField(headers=("S",))).model_copy(
        update={"collapse_to_last_by": "id"}
    )
    text = "No,S,Kind\nT1,new,\nT1,closed,\nR1,new,Request\n"
    table = read(tmp_path, text, profiles=[profile], profile="tool")
    assert values(table, "status") == ["closed"]
    assert table.reading.dropped == {"service request": 1, "earlier event of the same record": 1}


def test_seconds_since_1970_are_times_of_utc(tmp_path: Path) -> None:
    entry = ProfileField(headers=("X",))
    _, found = column(tmp_path, ["1782864000", "1782867600"], "opened_at", entry, formats=("%s", "%d/%m/%Y"))
    assert found == [at(2026, 7, 1, 2, 0), at(2026, 7, 1, 3, 0)]
    days = column(tmp_path, ["1782856800"], "due", entry, formats=("%s",))[1]
    assert days == [date(2026, 7, 1)]


@pytest.mark.parametrize(
    ("entry", "name", "reason"),
    [
        (ProfileField(headers=("X",), patterns={".*": "gone"}), "status", "no value gone"),
        (ProfileField(headers=("X",), values={"x": "perhaps"}), "late", "no value perhaps"),
        (ProfileField(headers=("X",), values={"x": "first"}), "priority", "no value first"),
        (ProfileField(headers=("X",), join=" "), "hours", "is no text"),
        (ProfileField(headers=("X",), unit="seconds"), "note", "no number whose name ends with a unit"),
        (ProfileField(headers=("X",), unit="months"), "hours", "differ in length"),
        (ProfileField(headers=("X",), unit="days", after="note"), "due", "both are dates of one type"),
        (ProfileField(headers=("X",), after="due"), "due", "with a unit"),
        (ProfileField(headers=("X",), unit="minutes", after="due"), "due", "days or months only"),
    ],
)
def test_what_a_field_cannot_have_is_named(entry: ProfileField, name: str, reason: str) -> None:
    (fault,) = check_profiles([tool(**{name: entry})], [TICKET])
    assert reason in fault


def test_marks_of_compulsory_fields_are_no_part_of_a_header() -> None:
    assert [normal_header(one) for one in ("Status*+", " Status  * ", "\ufeffSTATUS", "C+ +", "*")] == [
        "status", "status", "status", "c", "*",
    ]  # fmt: skip
    assert map_headers(["No*", "No"], tool()).doubled == {"id": "No"}
    assert find_column(["A", "Kind+"], ("Type", "kind")) == 1
    assert find_column(["A"], ("Type",)) is None
