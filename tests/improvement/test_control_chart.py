"""XmR charts against figures worked out by hand, and everything that is no chart, no point and no run."""

from datetime import date
from fractions import Fraction

import pytest

from auditkit.assessment.recordtests.months import MonthCount
from auditkit.base.period import Period
from auditkit.improvement.control_chart import ControlChart, NoChart, chart_of

YEAR = Period(start=date(2025, 10, 1), end=date(2026, 9, 30))


def draw(*exceptions: int | None, examined: int = 100, least: int = 10) -> ControlChart | NoChart:
    """One figure a month from October on, of 100 examined; None: no record."""
    months = tuple(
        MonthCount(month=month, population=examined, unknown=0, exceptions=one)
        for month, one in zip(YEAR.months(), exceptions, strict=False)
        if one is not None
    )
    return chart_of("record.a", "A claim", months, YEAR, least)


def chart(*exceptions: int | None) -> ControlChart:
    found = draw(*exceptions)
    assert isinstance(found, ControlChart)
    return found


def test_limits_are_those_worked_out_by_hand() -> None:
    # mean 11 %, moving ranges 2 2 2 2 2 2 2 (points): mean 2; limits 11 +- 5.32; range limit 6.536
    found = chart(10, 12, 10, 12, 10, 12, 10, 12)
    assert (found.mean, found.mean_range) == (Fraction(11, 100), Fraction(2, 100))
    assert (found.lower, found.upper) == (Fraction(568, 10000), Fraction(1632, 10000))
    assert found.range_limit == Fraction(6536, 100000)
    assert [one.signals for one in found.points] == [()] * 12
    assert [one.rate for one in found.points[8:]] == [None] * 4


def test_one_point_outside_is_a_signal_and_so_is_its_jump() -> None:
    found = chart(10, 11, 10, 11, 10, 20, 21, 20, 21, 50, 20, 21)
    outside = {one.month: one.signals for one in found.points if one.signals}
    assert outside["2026-07"] == ("outside", "range")
    assert outside["2026-08"] == ("range",)  # the way back
    assert set(outside) == {"2026-07", "2026-08"}


def test_eight_on_one_side_are_a_signal_and_seven_are_none() -> None:
    found = chart(20, 21, 20, 21, 10, 9, 10, 9, 10, 9, 10, 9)
    assert [one.month for one in found.points if "run" in one.signals] == list(YEAR.months()[4:])
    found = chart(20, 21, 20, 21, 20, 10, 9, 10, 9, 10, 9, 10)
    assert [one.month for one in found.points if "run" in one.signals] == []


def test_a_gap_is_no_zero_has_no_moving_range_and_ends_a_run() -> None:
    found = chart(20, 21, 20, 10, 9, 10, 9, None, 9, 10, 9, 10)
    gap, after = found.points[7], found.points[8]
    assert (gap.rate, gap.moving_range, after.moving_range) == (None, None, None)
    assert after.rate == Fraction(9, 100)
    assert found.mean == Fraction(20 + 21 + 20 + 10 * 4 + 9 * 4, 1100)
    assert [one.month for one in found.points if "run" in one.signals] == []


def test_rates_have_no_limits_beyond_nothing_and_all() -> None:
    assert chart(0, 3, 0, 3, 0, 3, 0, 3).lower == 0
    assert chart(100, 97, 100, 97, 100, 97, 100, 97).upper == 1


@pytest.mark.parametrize(
    ("exceptions", "says"),
    [
        (
            (10, 12, 10, 12, 10, 12, 10),
            "7 months have at least 10 examined records; a control chart needs 8.",
        ),
        ((), "0 months have"),
    ],
)
def test_fewer_than_eight_points_are_never_drawn(exceptions: tuple[int, ...], says: str) -> None:
    found = draw(*exceptions)
    assert isinstance(found, NoChart)
    assert says in found.why


def test_months_with_too_few_records_are_gaps() -> None:
    found = draw(*([1] * 12), examined=9)
    assert isinstance(found, NoChart)
    assert isinstance(draw(*([1] * 12), examined=10), ControlChart)


def test_months_that_hardly_follow_upon_one_another_are_not_drawn() -> None:
    two_years = Period(start=date(2025, 1, 1), end=date(2026, 12, 31))
    months = tuple(
        MonthCount(month=month, population=50, unknown=0, exceptions=1) for month in two_years.months()[::2]
    )
    found = chart_of("record.a", "A claim", months, two_years, 10)
    assert isinstance(found, NoChart)
    assert "0 months follow upon one another" in found.why
