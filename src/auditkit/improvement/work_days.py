"""Working days of a plan, counted from the first one after the as-of date (pure)."""

from collections.abc import Callable
from datetime import date, timedelta

from auditkit.assessment.calendars import WorkingCalendar
from auditkit.findings.gates import months_full_on

LONGEST_DAYS = 36_600
"""A century; a plan that runs longer is not laid out any further."""


class WorkDays:
    """Days on which work is done, by number: 0 is the first one after the as-of date."""

    def __init__(self, as_of: date, works: Callable[[date], bool]) -> None:
        """Start to count after a day; ``works`` tells whether work is done on a day."""
        self._works = works
        self._last = as_of
        self._days: list[date] = []
        self._end = as_of + timedelta(days=LONGEST_DAYS)

    def day(self, number: int) -> date:
        """Return the working day of a number."""
        while len(self._days) <= number:
            self._next()
        return self._days[number]

    def number(self, day: date) -> int:
        """Return the number of the first working day that is not before a day."""
        at = 0
        low, high = 0, len(self._days)
        while not self._days or self._days[-1] < day:
            self._next()
            high = len(self._days)
        while low < high:
            at = (low + high) // 2
            if self._days[at] < day:
                low = at + 1
            else:
                high = at
        return low

    def after(self, finish: int, wait_days: int, wait_months: int) -> date:
        """Return the day on which a wait is over that begins with the end of a working day; finish -1: as of now."""
        begin = self.day(finish) if finish >= 0 else self.day(0)
        return max(begin + timedelta(days=wait_days), months_full_on(begin, wait_months))

    def _next(self) -> None:
        day = self._last + timedelta(days=1)
        while not self._works(day) and day < self._end:
            day += timedelta(days=1)
        self._days.append(day)
        self._last = day


def from_calendar(calendar: WorkingCalendar | None) -> Callable[[date], bool]:
    """Return what tells whether a day has working hours; without a calendar, Monday to Friday."""
    if calendar is None:
        return lambda day: day.weekday() < 5
    return lambda day: bool(calendar.spans_of(day))
