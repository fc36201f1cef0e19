"""Working calendars: the hours in which a clock of a service level runs, with holidays and the changes of the clock.

A calendar is declared in engagement.yaml with the rule that states it; parameters and targets name it. ``always`` needs
no declaration and counts every minute.
"""

from bisect import bisect_right
from datetime import date, datetime, time, timedelta
from itertools import accumulate, pairwise
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from pydantic import Field, field_validator

from auditkit.base.model import Record

ALWAYS = "always"
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_UTC = ZoneInfo("UTC")


class WorkingCalendar(Record):
    """Hours by day of the week, holidays and special days."""

    hours: dict[str, tuple[str, ...]] = Field(min_length=1)
    """``mon`` or a range as ``mon-fri`` to spans as ``08:00-18:00``; a day that is not named is free."""
    holidays: tuple[date, ...] = ()
    special_days: dict[date, tuple[str, ...]] = {}
    """Days with hours of their own, such as the day before a holiday."""
    time_zone: str | None = None
    """The zone of the hours; None: that of the engagement."""
    source: Literal["own_rule", "house_default"] = "own_rule"
    evidence: str | None = None
    place: str = ""

    @field_validator("hours", "special_days")
    @classmethod
    def _readable(cls, value: dict[object, tuple[str, ...]]) -> dict[object, tuple[str, ...]]:
        named: list[str] = []
        for key, spans in value.items():
            if isinstance(key, str):
                named += named_days(key)
            _checked([span(text) for text in spans], str(key))
        if named and not any(value.values()):
            raise ValueError("no day has hours")
        if len(named) != len(set(named)):
            raise ValueError("a day of the week is named twice")
        return value

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, value: str | None) -> str | None:
        if value is not None:
            try:
                ZoneInfo(value)
            except (KeyError, ValueError, OSError) as error:
                raise ValueError(f"{value!r} is no time zone such as Europe/Berlin") from error
        return value

    def spans_of(self, day: date) -> tuple[str, ...]:
        """Return the spans in which the clock runs on a day."""
        if day in self.special_days:
            return self.special_days[day]
        if day in self.holidays:
            return ()
        name = DAYS[day.weekday()]
        return next((spans for key, spans in self.hours.items() if name in named_days(key)), ())


class WorkedTime(NamedTuple):
    """A calendar laid out as instants: the clock runs from each start for its length. All in microseconds of UTC."""

    starts: tuple[int, ...]
    lengths: tuple[int, ...]
    before: tuple[int, ...]
    """What the clock showed at each start."""
    first: int
    last: int
    """The instants between which the layout holds."""

    def at(self, instant: int) -> int | None:
        """Return what the clock shows at an instant, in microseconds; None outside the layout."""
        if not self.first <= instant <= self.last:
            return None
        at = bisect_right(self.starts, instant) - 1
        return 0 if at < 0 else self.before[at] + min(instant - self.starts[at], self.lengths[at])


def lay_out(calendar: WorkingCalendar, zone: str, first: date, last: date) -> WorkedTime:
    """Return the working time of a calendar between two days, both included."""
    local = ZoneInfo(calendar.time_zone or zone)
    starts: list[int] = []
    lengths: list[int] = []
    for offset in range((last - first).days + 1):
        day = first + timedelta(days=offset)
        for text in calendar.spans_of(day):
            begin, end = span(text)
            starts.append(_instant(day, begin, local))
            lengths.append(_instant(day, end, local) - starts[-1])
    before = tuple(accumulate(lengths, initial=0))[:-1]
    ends = (_instant(first, 0, local), _instant(last, 24 * 60, local))
    return WorkedTime(tuple(starts), tuple(lengths), before, *ends)


def span(text: str) -> tuple[int, int]:
    """Return begin and end of ``08:00-18:00`` in minutes of the day; ValueError says what is wrong."""
    begin, dash, end = text.partition("-")
    if not dash:
        raise ValueError(f"{text!r} is no span such as 08:00-18:00")
    found = _minutes(begin.strip()), _minutes(end.strip())
    if found[0] >= found[1]:
        raise ValueError(f"{text!r} ends before it begins; a night is two spans, up to 24:00 and from 00:00")
    return found


def named_days(key: str) -> tuple[str, ...]:
    """Return the days that ``mon`` or ``mon-fri`` names; ValueError says what is wrong."""
    begin, dash, end = key.partition("-")
    if begin not in DAYS or (dash and end not in DAYS):
        raise ValueError(f"{key!r} is no day or range such as mon-fri")
    last = DAYS.index(end) if dash else DAYS.index(begin)
    if last < DAYS.index(begin):
        raise ValueError(f"{key!r} runs backwards")
    return DAYS[DAYS.index(begin) : last + 1]


def _checked(spans: list[tuple[int, int]], key: str) -> None:
    ordered = sorted(spans)
    if any(after[0] < before[1] for before, after in pairwise(ordered)):
        raise ValueError(f"the spans of {key} overlap")
    if ordered != spans:
        raise ValueError(f"the spans of {key} are not in order")


def _minutes(text: str) -> int:
    hours, colon, minutes = text.partition(":")
    if not (colon and hours.isdecimal() and minutes.isdecimal() and len(minutes) == 2 and int(minutes) < 60):
        raise ValueError(f"{text!r} is no time of day such as 08:00")
    found = int(hours) * 60 + int(minutes)
    if found > 24 * 60:
        raise ValueError(f"{text!r} is later than 24:00")
    return found


def _instant(day: date, minute: int, zone: ZoneInfo) -> int:
    shift, inside = divmod(minute, 24 * 60)
    moment = datetime.combine(day + timedelta(days=shift), time(inside // 60, inside % 60), zone)
    whole = moment.astimezone(_UTC) - datetime(1970, 1, 1, tzinfo=_UTC)
    return whole // timedelta(microseconds=1)
