"""The state of one generation: which year, with or without planted defects, and the tables made so far."""

import random
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

Row = dict[str, Any]
"""One record under its canonical field names; None is an empty cell."""


@dataclass(frozen=True)
class Year:
    """One audit year of the organisation and how many records it has."""

    name: str
    start: date
    end: date
    as_of: date
    sizes: dict[str, int]

    @property
    def first(self) -> datetime:
        """Return the first instant of the period."""
        return datetime.combine(self.start, time())

    @property
    def last(self) -> datetime:
        """Return the last whole second of the period."""
        return datetime.combine(self.end, time(23, 59, 59))

    @property
    def as_of_start(self) -> datetime:
        """Return midnight at the beginning of the day the audit speaks of."""
        return datetime.combine(self.as_of, time())

    def months(self) -> list[date]:
        """Return the first day of each month of the period."""
        return [date(self.start.year + (9 + n) // 12, (9 + n) % 12 + 1, 1) for n in range(12)]

    def day(self, month: int, day: int) -> date:
        """Return a day of the audit year by calendar month; October to December lie in its first part."""
        return date(self.start.year if month >= 10 else self.end.year, month, day)


YEARS = {
    "current": Year(
        "current",
        date(2025, 10, 1),
        date(2026, 9, 30),
        date(2026, 10, 15),
        {"incident": 12480, "request": 8260, "change": 2640, "problem": 236, "ci": 1640, "asset": 520,
         "release": 74, "article": 260, "satisfaction": 56, "complaint": 38, "security_incident": 31},
    ),
    "previous": Year(
        "previous",
        date(2024, 10, 1),
        date(2025, 9, 30),
        date(2025, 10, 15),
        {"incident": 3120, "request": 1980, "change": 760, "problem": 118, "ci": 780, "asset": 260,
         "release": 46, "article": 120, "satisfaction": 42, "complaint": 29, "security_incident": 22},
    ),
}  # fmt: skip

CLOCK_CHANGES = {date(2024, 10, 27), date(2025, 3, 30), date(2025, 10, 26), date(2026, 3, 29)}
"""Nights in which the hour from two to three occurs twice or never in Hamburg."""


@dataclass
class World:
    """All tables of one generation, by dataset, and what was planted in them."""

    year: Year
    clean: bool
    seed: int
    tables: dict[str, list[Row]] = field(default_factory=dict)
    planted: dict[str, int] = field(default_factory=dict)
    """Record test id to the number of rows that contradict it."""
    notes: dict[str, list[str]] = field(default_factory=dict)
    unknown: dict[str, int] = field(default_factory=dict)
    """Record test id to the number of rows that cannot be decided."""
    unknown_outside: dict[str, int] = field(default_factory=dict)
    """Those of them whose membership in the population is itself unknown."""
    traps: list[Row] = field(default_factory=list)

    def rng(self, name: str) -> random.Random:
        """Return the stream of random numbers of one table, so that tables do not disturb one another."""
        return random.Random(f"{self.seed}-{self.year.name}-{name}")

    def trap(self, test: str, key: str, why: str) -> None:
        """Note a row that looks like a defect and is none."""
        self.traps.append({"test": test, "key": key, "why": why})


def outside_clock_change(when: datetime) -> datetime:
    """Move a time out of the hour that occurs twice or never, keeping the order of times."""
    if when.hour == 2 and when.date() in CLOCK_CHANGES:
        squeezed = (when.minute * 60 + when.second) // 60
        return when.replace(hour=3, minute=0, second=squeezed)
    return when


def at(rng: random.Random, day: date, first_hour: int = 7, last_hour: int = 18) -> datetime:
    """Return a time on a day, to the second."""
    return datetime.combine(
        day, time(rng.randint(first_hour, last_hour), rng.randint(0, 59), rng.randint(0, 59))
    )


def hours(amount: float) -> timedelta:
    """Return a duration, to the second."""
    return timedelta(seconds=int(amount * 3600))


def workday(rng: random.Random, first: date, last: date) -> date:
    """Return a day between two days, weekends rarely."""
    while True:
        day = first + timedelta(days=rng.randint(0, (last - first).days))
        if day.weekday() < 5 or rng.random() < 0.25:
            return day
