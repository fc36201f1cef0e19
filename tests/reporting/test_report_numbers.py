"""Figures become text in one place: nothing is rounded up, and 100 % is printed only when exact."""

from datetime import date
from fractions import Fraction

import pytest

from auditkit.assessment.model import Interval
from auditkit.reporting.numbers import (
    count,
    counted_range,
    extent_text,
    interval_text,
    listing,
    long_date,
    share_text,
)


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (Fraction(1), "100 %"),
        (Fraction(9995, 10000), "99.9 %"),
        (Fraction(999_999, 1_000_000), "99.9 %"),
        (Fraction(623, 1000), "62.3 %"),
        (Fraction(1, 2), "50.0 %"),
        (Fraction(1, 3), "33.3 %"),
        (Fraction(2, 3), "66.6 %"),
        (Fraction(1, 1000), "0.1 %"),
        (Fraction(1, 100_000), "below 0.1 %"),
        (Fraction(0), "0 %"),
    ],
)
def test_f08_shares_are_cut_off_and_never_rounded_up(share: Fraction, text: str) -> None:
    assert share_text(share) == text


@pytest.mark.parametrize("share", [Fraction(-1, 10), Fraction(11, 10)])
def test_what_is_no_share_is_refused(share: Fraction) -> None:
    with pytest.raises(ValueError, match="not a share"):
        share_text(share)


def interval(conforming: int, nonconforming: int, not_assessed: int) -> Interval:
    total = conforming + nonconforming + not_assessed
    return Interval(
        name="Sample", method="counted", conforming=conforming, nonconforming=nonconforming,
        not_assessed=not_assessed, denominator=total,
        low=Fraction(conforming, total or 1), high=Fraction(conforming + not_assessed, total or 1),
    )  # fmt: skip


def test_an_interval_shows_both_ends_while_something_is_not_assessed() -> None:
    assert interval_text(interval(5, 2, 3)) == "50.0 % to 80.0 %"
    assert interval_text(interval(9, 0, 1)) == "90.0 % to 100 %"


def test_an_interval_becomes_one_figure_when_all_is_assessed() -> None:
    assert interval_text(interval(1999, 1, 0)) == "99.9 %"
    assert interval_text(interval(4, 0, 0)) == "100 %"


def test_nothing_to_count_is_no_percentage() -> None:
    assert interval_text(interval(0, 0, 0)) == "nothing to count"
    assert counted_range(0, 0, 0) == "nothing to count"


def test_counted_ranges_agree_with_intervals() -> None:
    assert counted_range(5, 3, 10) == interval_text(interval(5, 2, 3))
    assert counted_range(5, 0, 10) == "50.0 %"


def test_an_extent_stands_with_both_numbers() -> None:
    assert extent_text(18, 2143) == "18 of 2,143 (0.8 %)"
    assert extent_text(0, 0) == "none examined"


def test_words_of_numbers() -> None:
    assert [count(number, "major") for number in (0, 1, 2)] == ["no majors", "1 major", "2 majors"]
    assert count(2, "minor nonconformity", "minor nonconformities") == "2 minor nonconformities"
    assert listing(["a", "b", "c"]) == "a, b and c"
    assert listing(["a"]) == "a"
    assert long_date(date(2026, 10, 5)) == "5 October 2026"
