"""Dates and review intervals as documents write them; what reads two ways is not read (pure)."""

import calendar
import re
from datetime import date, timedelta

_MONTHS = {
    name: number
    for names in (
        "january february march april may june july august september october november december",
        "januar februar märz april mai juni juli august september oktober november dezember",
        "jan feb mar apr may jun jul aug sep oct nov dec",
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
        "januari februari maart april mei juni juli augustus september oktober november december",
        "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
    )
    for number, name in enumerate(names.split(), start=1)
}
_ISO = re.compile(r"(\d{4})[-/](\d{2})[-/](\d{2})(?!\d)")
_DOTTED = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})\b")
_SLASHED = re.compile(r"(\d{1,2})([/-])(\d{1,2})\2(\d{4})\b")
_DAY_FIRST = re.compile(r"(\d{1,2})(?:st|nd|rd|th|\.)?[ -](?:of |de )?([^\W\d_]+)\.?,?[ -](?:de )?(\d{4})\b")
_MONTH_FIRST = re.compile(r"([^\W\d_]+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})\b")
_WORDS = {
    r"half[- ]yearly|semi[- ]annual(?:ly)?|twice a year|halbjährlich": 6,
    r"bi-?annual(?:ly)?|biennial(?:ly)?": 24,
    r"quarterly|every quarter|vierteljährlich": 3,
    r"monthly|every month|monatlich": 1,
    r"annual(?:ly)?|yearly|every year|once a year|each year|jährlich": 12,
}
_NUMBERS = {
    word: number for number, word in enumerate(("one", "two", "three", "four", "five", "six"), start=1)
}
_SPAN = re.compile(
    r"\b(\d{1,3}|one|two|three|four|five|six)\s*[- ]?(day|week|month|year|tag|woche|monat|jahr)",
    re.IGNORECASE,
)


def read_date(text: str) -> date | None:
    """Read 2026-09-30, 30 September 2026, September 30, 2026, 30.09.2026 or 30/09/2026; None for anything ambiguous.

    A date with slashes is read only when one of its first two numbers cannot be a month.
    """
    text = text.strip().rstrip(".")
    try:
        if found := _ISO.match(text):
            return date(*(int(part) for part in found.groups()))
        if found := _DOTTED.match(text):
            return date(int(found[3]), int(found[2]), int(found[1]))
        if found := _SLASHED.match(text):
            return _slashed(int(found[1]), int(found[3]), int(found[4]))
        if found := _DAY_FIRST.match(text):
            return date(int(found[3]), _MONTHS[found[2].lower()], int(found[1]))
        if found := _MONTH_FIRST.match(text):
            return date(int(found[3]), _MONTHS[found[1].lower()], int(found[2]))
    except (ValueError, KeyError):
        return None
    return None


def day_after(start: date, interval: str) -> date | None:
    """Return the day an interval such as "12 months", "2 years" or "annually" after a day; None when it reads as none."""
    try:
        if found := _SPAN.search(interval):
            word, unit = found[1].lower(), found[2].lower()
            count = _NUMBERS.get(word) or int(word)
            if unit in ("day", "tag", "week", "woche"):
                return start + timedelta(days=count * (7 if unit in ("week", "woche") else 1))
            return add_months(start, count * (12 if unit in ("year", "jahr") else 1))
        for pattern, months in _WORDS.items():
            if re.search(rf"\b(?:{pattern})\b", interval, re.IGNORECASE):
                return add_months(start, months)
    except (ValueError, OverflowError):
        return None
    return None


def add_months(start: date, months: int) -> date:
    """Return the day so many months later; the last day of a shorter month where that day does not exist."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))


def _slashed(first: int, second: int, year: int) -> date | None:
    if first > 12:
        return date(year, second, first)
    return date(year, first, second) if second > 12 or first == second else None
