"""The one place where figures become text: never rounded up, 100 % and 0 % only when exact."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction

from auditkit.assessment.model import Interval
from auditkit.base.language import ENGLISH, decimal_text, long_day, say, short_day, spoken, whole_text
from auditkit.base.period import Period


def share_text(share: Fraction) -> str:
    """Word a share of 0 to 1, truncated to one decimal; whatever lies strictly between never shows as 0 % or 100 %."""
    if not 0 <= share <= 1:
        raise ValueError(f"{share} is not a share between 0 and 1")
    if share == 1:
        return say("{number} %", number=100)
    if share == 0:
        return say("{number} %", number=0)
    tenths = share.numerator * 1000 // share.denominator
    shown = say("{number} %", number=decimal_text(Fraction(tenths or 1, 10), 1))
    return shown if tenths else say("below {share}", share=shown)


def interval_text(interval: Interval) -> str:
    """Word an interval: one figure when everything is assessed, otherwise both ends."""
    if interval.denominator == 0:
        return say("nothing to count")
    if interval.exact:
        return share_text(interval.low)
    return range_text(interval.low, interval.high)


def range_text(low: Fraction, high: Fraction) -> str:
    """Word the two ends of what is only known within bounds."""
    return say("{low} to {high}", low=share_text(low), high=share_text(high))


def counted_range(conforming: int, not_assessed: int, denominator: int) -> str:
    """Word the share that conforms: from all unassessed fail to all unassessed conform."""
    if denominator == 0:
        return say("nothing to count")
    low = Fraction(conforming, denominator)
    high = Fraction(conforming + not_assessed, denominator)
    return share_text(low) if not_assessed == 0 else range_text(low, high)


def extent_text(exceptions: int, examined: int) -> str:
    """Word an extent with both numbers and the share: ``18 of 214 (8.4 %)``."""
    if examined == 0:
        return say("none examined")
    share = share_text(Fraction(exceptions, examined))
    return say("{n} of {total} ({share})", n=whole(exceptions), total=whole(examined), share=share)


def whole(number: int) -> str:
    """Word a whole number with its thousands apart, as the language does."""
    return whole_text(number)


def how_many(number: int) -> str:
    """Word a count for a sentence: ``3``, or ``no`` for none."""
    return whole(number) if number else say("no")


def count(number: int, one: str, many: str | None = None) -> str:
    """Word a number with its noun: ``1 major``, ``3 majors``, ``no majors``."""
    noun = one if number == 1 else (many or f"{one}s")
    return f"{whole(number) if number else 'no'} {noun}"


def listing(parts: Iterable[str], last: str = "") -> str:
    """Join words as a sentence does: ``a, b and c``; ``last`` stands for the ``and``."""
    words = list(parts)
    if len(words) < 2:
        return "".join(words)
    joint = last or say("and")
    return f"{', '.join(words[:-1])} {joint} {words[-1]}"


def long_date(day: date) -> str:
    """Word a day as ``15 October 2026``, the same on every machine."""
    return long_day(day)


def long_period(period: Period) -> str:
    """Word a period as ``1 October 2025 to 30 September 2026``."""
    return say("{start} to {end}", start=long_date(period.start), end=long_date(period.end))


def short_period(period: Period) -> str:
    """Word a period for a table: ``2025-10-01 to 2026-09-30``, or as the language writes days."""
    return say("{start} to {end}", start=short_day(period.start), end=short_day(period.end))


def month_text(month: str) -> str:
    """Word a calendar month that is written as ``2025-10``."""
    year, _, number = month.partition("-")
    return say("{year}-{month}", year=year, month=number)


def shortest(value: float) -> str:
    """Word a number with no more decimals than it needs: ``12.5``, ``3``."""
    return written(f"{value:g}")


def rounded(value: float, places: int) -> str:
    """Word a number that is itself an estimate, rounded to so many decimals."""
    return written(f"{value:.{places}f}")


def written(number: str | Decimal) -> str:
    """Word a number whose digits stand already, in English as it stands; what is no plain number stays."""
    digits = str(number)
    sign, plain = (digits[:1], digits[1:]) if digits[:1] in ("+", "-") else ("", digits)
    if spoken() == ENGLISH or not plain.replace(".", "", 1).isdecimal():
        return digits
    return f"{sign}{decimal_text(Fraction(plain), len(plain.partition('.')[2]))}"
