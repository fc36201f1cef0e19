"""Upper bounds: the tables auditors use, and that they hold as often as they say, counted out in full."""

from fractions import Fraction
from itertools import product
from math import comb

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditkit.assessment.sampling.bounds import (
    StratumSeen,
    binomial_upper,
    hypergeometric_upper,
    stratified_upper,
    stringer_upper,
)

SURE = Fraction(95, 100)
ORACLE = {  # examined: bound in per cent with 0, 1, 2, 3 deviations
    5: (45.1, 65.7, 81.1, 92.4),
    10: (25.89, 39.42, 50.69, 60.66),
    25: (11.29, 17.61, 23.10, 28.17),
    40: (7.22, 11.32, 14.92, 18.26),
    60: (4.87, 7.66, 10.12, 12.42),
}


@pytest.mark.parametrize("examined", ORACLE)
def test_bounds_of_the_tables(examined: int) -> None:
    places = 1 if examined == 5 else 2
    found = tuple(round(100 * binomial_upper(k, examined, SURE), places) for k in range(4))
    assert found == ORACLE[examined]


def test_all_deviating_bounds_nothing() -> None:
    assert binomial_upper(7, 7, SURE) == 1.0


def chance(population: int, bad: int, size: int, found: int) -> Fraction:
    """Chance of finding so many."""
    return Fraction(comb(bad, found) * comb(population - bad, size - found), comb(population, size))


@pytest.mark.parametrize(("population", "size"), [(8, 3), (20, 11), (31, 30), (9, 9)])
@pytest.mark.parametrize("confidence", [Fraction(1, 2), Fraction(9, 10), SURE])
def test_the_finite_bound_holds_as_often_as_it_says(population: int, size: int, confidence: Fraction) -> None:
    bounds = {k: hypergeometric_upper(k, size, population, confidence) for k in range(size + 1)}
    for bad in range(population + 1):
        held = sum(chance(population, bad, size, k) for k in bounds if bounds[k] >= Fraction(bad, population))
        assert held >= confidence


def test_the_finite_bound_of_a_whole_population_is_its_rate() -> None:
    assert hypergeometric_upper(2, 12, 12, SURE) == Fraction(2, 12)


@pytest.mark.parametrize(
    ("populations", "sizes"),
    [
        ((6, 6), (3, 3)),
        ((9, 3), (2, 3)),
        ((10, 4), (2, 4)),
        ((4, 5, 6), (2, 1, 3)),
        ((12, 2), (6, 1)),
        ((7,), (4,)),
    ],
)
@pytest.mark.parametrize("confidence", [Fraction(1, 2), Fraction(8, 10), SURE])
def test_the_stratified_bound_holds_as_often_as_it_says_however_deviations_lie(
    populations: tuple[int, ...], sizes: tuple[int, ...], confidence: Fraction
) -> None:
    outcomes = list(product(*(range(size + 1) for size in sizes)))
    bounds = {
        found: stratified_upper(
            [StratumSeen(*one) for one in zip(populations, sizes, found, strict=True)], confidence
        )
        for found in outcomes
    }
    for bad in product(*(range(count + 1) for count in populations)):
        held = Fraction(0)
        for found in outcomes:
            if bounds[found] >= sum(bad) / sum(populations) - 1e-12:
                part = Fraction(1)
                for numbers in zip(populations, bad, sizes, found, strict=True):
                    part *= chance(*numbers)
                held += part
        assert held >= confidence


def test_a_proportional_sample_without_strata_that_differ_has_the_pooled_bound() -> None:
    seen = [StratumSeen(1000, 30, 1), StratumSeen(2000, 60, 0)]
    assert stratified_upper(seen, SURE) == pytest.approx(binomial_upper(1, 90, SURE))


def test_a_stratum_that_was_hardly_looked_at_weighs_heavily() -> None:
    fair = stratified_upper([StratumSeen(900, 90, 0), StratumSeen(100, 10, 0)], SURE)
    unfair = stratified_upper([StratumSeen(900, 10, 0), StratumSeen(100, 90, 0)], SURE)
    assert unfair > 0.9 * binomial_upper(0, 10, SURE) > 5 * fair


def test_a_stratum_nobody_looked_at_bounds_nothing() -> None:
    assert stratified_upper([StratumSeen(900, 90, 0), StratumSeen(100, 0, 0)], SURE) == 1.0


def test_strata_taken_whole_are_known() -> None:
    seen = [StratumSeen(10, 10, 3), StratumSeen(30, 30, 1)]
    assert stratified_upper(seen, SURE) == pytest.approx(0.1)


def test_the_stringer_bound_of_a_worked_example() -> None:
    """Two errors of 90 and 40 per cent in 93 items: factors 3.00, 4.75 and 6.30 of the Poisson table, here exact."""
    steps = [binomial_upper(k, 93, SURE) for k in range(3)]
    by_hand = steps[0] + 0.9 * (steps[1] - steps[0]) + 0.4 * (steps[2] - steps[1])
    found = stringer_upper([Fraction(4, 10), Fraction(9, 10)], 93, SURE)
    assert found == pytest.approx(by_hand)
    assert found == pytest.approx((3.0 + 0.9 * 1.75 + 0.4 * 1.55) / 93, rel=0.03)


@settings(max_examples=50, deadline=None)
@given(examined=st.integers(1, 200), deviations=st.integers(0, 10))
def test_whole_errors_make_the_stringer_bound_the_binomial_one(examined: int, deviations: int) -> None:
    deviations = min(deviations, examined)
    found = stringer_upper([Fraction(1)] * deviations, examined, SURE)
    assert found == pytest.approx(binomial_upper(deviations, examined, SURE))


@settings(max_examples=50, deadline=None)
@given(
    strata=st.lists(
        st.tuples(st.integers(1, 50), st.integers(1, 50), st.integers(0, 50)), min_size=1, max_size=5
    )
)
def test_one_more_deviation_never_lowers_the_stratified_bound(strata: list[tuple[int, int, int]]) -> None:
    seen = [StratumSeen(max(a, b), min(a, b), min(c, a, b)) for a, b, c in strata]
    before = stratified_upper(seen, SURE)
    rate = sum(one.deviations for one in seen) / sum(one.population for one in seen)
    assert rate <= before + 1e-12 <= 1 + 1e-9
    for at, one in enumerate(seen):
        if one.deviations < one.examined:
            worse = [*seen[:at], one._replace(deviations=one.deviations + 1), *seen[at + 1 :]]
            assert stratified_upper(worse, SURE) >= before - 1e-12
