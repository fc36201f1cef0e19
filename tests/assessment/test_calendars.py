"""Working calendars: minutes counted one by one agree with the layout, in Python and in polars; nonsense is refused."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from auditkit.assessment.calendars import WorkingCalendar, lay_out, span
from auditkit.assessment.records_clocks import Clocks, working_minutes

BERLIN = ZoneInfo("Europe/Berlin")
FIRST, LAST = date(2025, 9, 1), date(2026, 12, 31)
OFFICE = WorkingCalendar(
    hours={"mon-thu": ("08:00-12:00", "13:00-18:00"), "fri": ("08:00-15:00",)},
    holidays=(date(2025, 12, 25), date(2026, 5, 1)),
    special_days={date(2025, 12, 24): ("08:00-12:00",)},
)
NIGHT = WorkingCalendar(hours={"mon-sun": ("00:00-06:00", "22:00-24:00")})
WARSAW = WorkingCalendar(hours={"mon-fri": ("09:00-17:00",)}, time_zone="Asia/Tokyo")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def minutes(
    calendar: WorkingCalendar | None, begin: datetime | None, end: datetime | None, name: str = "c"
) -> float | None:
    """Count with the shipped code, one row."""
    laid_out = {} if calendar is None else {"c": lay_out(calendar, "Europe/Berlin", FIRST, LAST)}
    row = pl.LazyFrame(
        {"a": [begin], "b": [end], "n": [name]}, schema_overrides={"a": pl.Datetime, "b": pl.Datetime}
    )
    counted = working_minutes(pl.col("a"), pl.col("b"), pl.col("n"), Clocks(laid_out, "Europe/Berlin"))
    return row.select(found=counted).collect()["found"][0]


def one_by_one(calendar: WorkingCalendar, begin: datetime, end: datetime, zone: ZoneInfo) -> int:
    """Count every minute that really passed and lies in a span of its day."""
    found = 0
    moment, until = (one.replace(tzinfo=BERLIN).astimezone(ZoneInfo("UTC")) for one in (begin, end))
    while moment < until:
        local = moment.astimezone(zone)
        minute = local.hour * 60 + local.minute
        found += any(low <= minute < high for low, high in map(span, calendar.spans_of(local.date())))
        moment += timedelta(minutes=1)
    return found


@pytest.mark.parametrize(
    ("begin", "end", "expected"),
    [
        ("2026-01-05 07:00", "2026-01-05 09:30", 90),  # a Monday, before it opens
        ("2026-01-05 11:00", "2026-01-05 14:00", 120),  # over noon
        ("2026-01-09 14:00", "2026-01-12 09:00", 120),  # over a weekend
        ("2025-12-23 17:00", "2025-12-26 09:00", 60 + 240 + 60),  # Christmas: a short day, a holiday
        ("2026-01-10 10:00", "2026-01-10 12:00", 0),  # a Saturday
        ("2026-01-05 09:00", "2026-01-05 09:00", 0),
        ("2026-01-05 10:00", "2026-01-05 09:00", -60),  # backwards counts backwards, nothing is hidden
    ],
)
def test_office_hours(begin: str, end: str, expected: int) -> None:
    assert minutes(OFFICE, datetime.fromisoformat(begin), datetime.fromisoformat(end)) == expected


def test_the_hour_of_a_changed_clock_counts_as_it_was() -> None:
    spring = at("2026-03-29 00:00"), at("2026-03-29 06:00")
    autumn = at("2025-10-26 00:00"), at("2025-10-26 06:00")
    assert minutes(NIGHT, *spring) == 300
    assert minutes(NIGHT, *autumn) == 420
    assert minutes(None, *spring, name="always") == 300
    assert minutes(None, *autumn, name="always") == 420


def test_hours_of_another_zone() -> None:
    assert (
        minutes(WARSAW, at("2026-01-05 00:00"), at("2026-01-05 12:00")) == 480
    )  # 09 to 17 in Tokyo is 01 to 09 here
    assert minutes(WARSAW, at("2026-01-05 08:30"), at("2026-01-05 12:00")) == 30


def test_what_cannot_be_told_is_empty() -> None:
    known = at("2026-01-05 09:00")
    assert minutes(OFFICE, None, known) is None
    assert minutes(OFFICE, known, None) is None
    assert minutes(OFFICE, known, known, name="nobody declared this") is None
    assert minutes(OFFICE, at("2019-01-05 09:00"), known) is None  # before the layout
    assert minutes(OFFICE, at("2026-03-29 02:30"), known) is None  # no such time on a clock here


MOMENTS = st.datetimes(at("2025-10-01 00:00"), at("2026-09-30 00:00")).map(
    lambda one: one.replace(second=0, microsecond=0, hour=one.hour if one.hour not in (2, 3) else 4)
)


@settings(max_examples=60, deadline=None)
@given(
    MOMENTS,
    st.integers(0, 6000),
    st.sampled_from([(OFFICE, BERLIN), (NIGHT, BERLIN), (WARSAW, ZoneInfo("Asia/Tokyo"))]),
)
def test_it_agrees_with_counting_minute_by_minute(
    begin: datetime, length: int, calendar: tuple[WorkingCalendar, ZoneInfo]
) -> None:
    end = begin + timedelta(minutes=length)
    if end.hour in (2, 3):
        end += timedelta(hours=2)
    assert minutes(calendar[0], begin, end) == one_by_one(calendar[0], begin, end, calendar[1])


@settings(max_examples=60, deadline=None)
@given(MOMENTS, MOMENTS, MOMENTS)
def test_parts_add_up(first: datetime, second: datetime, third: datetime) -> None:
    one, two, whole = (
        minutes(OFFICE, first, second),
        minutes(OFFICE, second, third),
        minutes(OFFICE, first, third),
    )
    assert one is not None
    assert two is not None
    assert one + two == whole


@pytest.mark.parametrize(
    ("given_", "said"),
    [
        ({"hours": {"mon": ("8-18",)}}, "no time of day"),
        ({"hours": {"mon": ("18:00-08:00",)}}, "ends before it begins"),
        ({"hours": {"mon": ("08:00-12:00", "11:00-13:00")}}, "overlap"),
        ({"hours": {"mon-fri": ("08:00-12:00",), "wed": ("08:00-10:00",)}}, "named twice"),
        ({"hours": {"monday": ("08:00-12:00",)}}, "no day or range"),
        ({"hours": {"fri-mon": ("08:00-12:00",)}}, "runs backwards"),
        ({"hours": {"mon": ("08:00-24:30",)}}, "later than 24:00"),
        ({"hours": {"mon": ()}}, "no day has hours"),
        ({"hours": {"mon": ("08:00-12:00",)}, "time_zone": "Hamburg"}, "no time zone"),
    ],
)
def test_nonsense_is_refused(given_: dict[str, object], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        WorkingCalendar.model_validate(given_)
