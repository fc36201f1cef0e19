"""Control charts of monthly rates: individuals and moving range (XmR), natural limits, and two rules for signals (pure).

The constants are those of the Shewhart chart for individuals (ISO 7870-2; D. J. Wheeler, Understanding Variation):
2.66 = 3 / 1.128 and 3.268 = 1 + 3 x 0.853 / 1.128, from the mean range of two values. A chart is made of at least
eight points. A month with too few examined records is a gap: no point, no moving range across it, no run through it.
"""

from fractions import Fraction
from typing import Literal

from auditkit.assessment.recordtests.months import Months
from auditkit.base.language import message, say, say_count
from auditkit.base.model import Record
from auditkit.base.period import Period

LIMIT_FACTOR, RANGE_FACTOR = Fraction(266, 100), Fraction(3268, 1000)
LEAST_POINTS = 8
LEAST_RANGES = 4
"""A mean range of fewer would say nothing; only months with gaps all between them come so low."""
RUN_LENGTH = 8
SOURCE = "ISO 7870-2 (Shewhart charts for individuals); D. J. Wheeler, Understanding Variation"
Rule = Literal["outside", "run", "range"]
RULES: dict[Rule, str] = {
    "outside": message("a point outside the natural limits"),
    "run": message("eight points in a row on one side of the mean"),
    "range": message("a moving range above its limit"),
}


class MonthPoint(Record):
    """One month of a chart."""

    month: str
    exceptions: int
    examined: int
    unknown: int
    rate: Fraction | None
    """None: too few records were examined; a gap."""
    moving_range: Fraction | None
    """Distance to the month before; None where that is a gap, or there is none."""
    signals: tuple[Rule, ...] = ()


class ControlChart(Record):
    """An XmR chart with its limits."""

    measure: str
    claim: str
    points: tuple[MonthPoint, ...]
    """Every month from first to last, gaps included."""
    mean: Fraction
    lower: Fraction
    """Never below 0: a rate has no less."""
    upper: Fraction
    """Never above 1."""
    mean_range: Fraction
    range_limit: Fraction


class NoChart(Record):
    """Why a measure has no chart."""

    measure: str
    claim: str
    why: str


def chart_of(
    measure: str, claim: str, months: Months, period: Period, least_records: int
) -> ControlChart | NoChart:
    """Return the chart of a measure over the months of the period, or why there is none."""
    points = _points(months, period, max(least_records, 1))
    rates = [one.rate for one in points if one.rate is not None]
    if len(rates) < LEAST_POINTS:
        why = say_count(
            "{n} month has at least {records} examined records; a control chart needs {least}.",
            "{n} months have at least {records} examined records; a control chart needs {least}.",
            len(rates),
            n=len(rates),
            records=least_records,
            least=LEAST_POINTS,
        )
        return NoChart(measure=measure, claim=claim, why=why)
    ranges = [one.moving_range for one in points if one.moving_range is not None]
    if len(ranges) < LEAST_RANGES:
        why = say(
            "Only {n} months follow upon one another; a control chart needs {least} such steps.",
            n=len(ranges),
            least=LEAST_RANGES,
        )
        return NoChart(measure=measure, claim=claim, why=why)
    mean, mean_range = sum(rates, Fraction(0)) / len(rates), sum(ranges, Fraction(0)) / len(ranges)
    chart = ControlChart(
        measure=measure,
        claim=claim,
        points=points,
        mean=mean,
        lower=max(Fraction(0), mean - LIMIT_FACTOR * mean_range),
        upper=min(Fraction(1), mean + LIMIT_FACTOR * mean_range),
        mean_range=mean_range,
        range_limit=RANGE_FACTOR * mean_range,
    )
    return chart.model_copy(update={"points": _with_signals(chart)})


def _points(months: Months, period: Period, least_records: int) -> tuple[MonthPoint, ...]:
    counted = {one.month: one for one in months}
    points: list[MonthPoint] = []
    for month in period.months():
        one = counted.get(month)
        examined = one.examined if one else 0
        rate = Fraction(one.exceptions, examined) if one and examined >= least_records else None
        last = points[-1].rate if points else None
        points.append(
            MonthPoint(
                month=month,
                exceptions=one.exceptions if one else 0,
                examined=examined,
                unknown=one.unknown if one else 0,
                rate=rate,
                moving_range=abs(rate - last) if rate is not None and last is not None else None,
            )
        )
    return tuple(points)


def _with_signals(chart: ControlChart) -> tuple[MonthPoint, ...]:
    runs = _runs(chart)
    found = []
    for number, one in enumerate(chart.points):
        rules: dict[Rule, bool] = {
            "outside": one.rate is not None and not chart.lower <= one.rate <= chart.upper,
            "run": number in runs,
            "range": one.moving_range is not None and one.moving_range > chart.range_limit,
        }
        found.append(
            one.model_copy(update={"signals": tuple(rule for rule, holds in rules.items() if holds)})
        )
    return tuple(found)


def _runs(chart: ControlChart) -> set[int]:
    """Return the positions of points in a run; a gap, or a point on the mean itself, ends one."""
    found: set[int] = set()
    run: list[int] = []
    side = 0
    for number, one in enumerate(chart.points):
        at = 0 if one.rate is None else (one.rate > chart.mean) - (one.rate < chart.mean)
        if at == 0 or at != side:
            run = []
        side = at
        if at:
            run.append(number)
        if len(run) >= RUN_LENGTH:
            found |= set(run)
    return found
