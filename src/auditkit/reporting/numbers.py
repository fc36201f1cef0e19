"""The one place where figures become text: never rounded up, 100 % and 0 % only when exact."""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from auditkit.assessment.model import Interval
from auditkit.base.period import Period

_MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]  # fmt: skip


def share_text(share: Fraction) -> str:
    """Word a share of 0 to 1, truncated to one decimal; whatever lies strictly between never shows as 0 % or 100 %."""
    if not 0 <= share <= 1:
        raise ValueError(f"{share} is not a share between 0 and 1")
    if share == 1:
        return "100 %"
    if share == 0:
        return "0 %"
    tenths = share.numerator * 1000 // share.denominator
    return f"{tenths // 10}.{tenths % 10} %" if tenths else "below 0.1 %"


def interval_text(interval: Interval) -> str:
    """Word an interval: one figure when everything is assessed, otherwise both ends."""
    if interval.denominator == 0:
        return "nothing to count"
    if interval.exact:
        return share_text(interval.low)
    return range_text(interval.low, interval.high)


def range_text(low: Fraction, high: Fraction) -> str:
    """Word the two ends of what is only known within bounds."""
    return f"{share_text(low)} to {share_text(high)}"


def counted_range(conforming: int, not_assessed: int, denominator: int) -> str:
    """Word the share that conforms: from all unassessed fail to all unassessed conform."""
    if denominator == 0:
        return "nothing to count"
    low = Fraction(conforming, denominator)
    high = Fraction(conforming + not_assessed, denominator)
    return share_text(low) if not_assessed == 0 else range_text(low, high)


def extent_text(exceptions: int, examined: int) -> str:
    """Word an extent with both numbers and the share: ``18 of 214 (8.4 %)``."""
    if examined == 0:
        return "none examined"
    return f"{whole(exceptions)} of {whole(examined)} ({share_text(Fraction(exceptions, examined))})"


def whole(number: int) -> str:
    """Word a whole number with a comma between thousands."""
    return f"{number:,}"


def count(number: int, one: str, many: str | None = None) -> str:
    """Word a number with its noun: ``1 major``, ``3 majors``, ``no majors``."""
    noun = one if number == 1 else (many or f"{one}s")
    return f"{whole(number) if number else 'no'} {noun}"


def be(number: int) -> str:
    """Return the verb that goes with a number."""
    return "is" if number == 1 else "are"


def listing(parts: Iterable[str], last: str = "and") -> str:
    """Join words as a sentence does: ``a, b and c``."""
    words = list(parts)
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def long_date(day: date) -> str:
    """Word a day as ``15 October 2026``, the same on every machine."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def long_period(period: Period) -> str:
    """Word a period as ``1 October 2025 to 30 September 2026``."""
    return f"{long_date(period.start)} to {long_date(period.end)}"
