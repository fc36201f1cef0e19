"""Sizes of samples: the tables auditors use, and what every size promises."""

from fractions import Fraction
from math import ceil, comb

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditkit.assessment.sampling.sizes import sample_size

TOLERABLE = (2, 3, 4, 5, 6, 7, 8, 9, 10, 15, 20)
NO_DEVIATION = {
    95: (149, 99, 74, 59, 49, 42, 36, 32, 29, 19, 14),
    90: (114, 76, 57, 45, 38, 32, 28, 25, 22, 15, 11),
}
SMALL = {  # population: 90 % and 10 %, 95 % and 10 %, 90 % and 5 %, 95 % and 5 %
    20: (
        14,
        16,
        18,
        19,
    ),  # 18 leaves exactly 2 of 20 chances, which is the 10 % allowed; tables made with floats say 19
    50: (18, 22, 27, 31),
    100: (20, 25, 37, 45),
    250: (21, 27, 40, 51),
    500: (22, 28, 43, 56),
    1000: (22, 29, 44, 57),
    None: (22, 29, 45, 59),
}


def percent(value: int) -> Fraction:
    return Fraction(value, 100)


@pytest.mark.parametrize("confidence", [95, 90])
def test_sizes_without_an_expected_deviation(confidence: int) -> None:
    sizes = [sample_size(percent(confidence), percent(one)) for one in TOLERABLE]
    assert tuple(one.size for one in sizes) == NO_DEVIATION[confidence]
    assert {one.acceptable for one in sizes} == {0}


@pytest.mark.parametrize(
    ("risk", "tolerable", "expected", "size", "acceptable"),
    [(5, 4, 1, 156, 2), (5, 5, 1, 93, 1), (5, 5, 2, 181, 4), (5, 8, 2, 77, 2), (5, 10, 2, 46, 1),
     (10, 7, 3, 94, 3), (10, 8, 4, 98, 4)],
)  # fmt: skip
def test_sizes_with_expected_deviations(
    risk: int, tolerable: int, expected: int, size: int, acceptable: int
) -> None:
    found = sample_size(percent(100 - risk), percent(tolerable), percent(expected))
    assert (found.size, found.acceptable) == (size, acceptable)


@pytest.mark.parametrize("population", SMALL)
def test_sizes_for_small_populations(population: int | None) -> None:
    pairs = ((90, 10), (95, 10), (90, 5), (95, 5))
    found = [sample_size(percent(sure), percent(limit), population=population) for sure, limit in pairs]
    assert tuple(one.size for one in found) == SMALL[population]


@pytest.mark.parametrize(
    ("population", "five", "ten"),
    [
        (12, 12, 9),
        (52, 33, 20),
        (100, 45, 25),
        (250, 51, 27),
        (500, 56, 28),
        (1000, 57, 29),
        (10_000, 59, 29),
    ],
)
def test_sizes_for_finite_populations_of_the_audit_year(population: int, five: int, ten: int) -> None:
    found = [sample_size(percent(95), percent(limit), population=population).size for limit in (5, 10)]
    assert found == [five, ten]


@settings(max_examples=60, deadline=None)
@given(
    confidence=st.integers(50, 99),
    tolerable=st.integers(2, 60),
    expected=st.integers(0, 20),
    population=st.integers(1, 120),
)
def test_a_size_is_the_smallest_that_keeps_its_promise(
    confidence: int, tolerable: int, expected: int, population: int
) -> None:
    expected = min(expected, tolerable - 1)
    found = sample_size(percent(confidence), percent(tolerable), percent(expected), population)
    bad = ceil(percent(tolerable) * population)

    def risk(size: int) -> Fraction:
        bears = ceil(percent(expected) * size)
        ways = sum(comb(bad, one) * comb(population - bad, size - one) for one in range(bears + 1))
        return Fraction(ways, comb(population, size))

    allowed = 1 - percent(confidence)
    assert found.acceptable == ceil(percent(expected) * found.size)
    assert found.size == population or risk(found.size) <= allowed + Fraction(1, 10**9)
    assert all(risk(size) > allowed - Fraction(1, 10**9) for size in range(1, found.size))


@pytest.mark.parametrize(
    ("confidence", "tolerable", "expected", "population", "why"),
    [
        ("0.4", "0.05", "0", None, "confidence"),
        ("1", "0.05", "0", None, "confidence"),
        ("0.95", "0", "0", None, "tolerable"),
        ("0.95", "0.05", "0.05", None, "expected"),
        ("0.95", "0.05", "0", 0, "empty"),
        ("0.99", "0.05", "0.0499", None, "too near"),
    ],
)
def test_what_makes_no_sense_is_refused(
    confidence: str, tolerable: str, expected: str, population: int | None, why: str
) -> None:
    with pytest.raises(ValueError, match=why):
        sample_size(Fraction(confidence), Fraction(tolerable), Fraction(expected), population)
