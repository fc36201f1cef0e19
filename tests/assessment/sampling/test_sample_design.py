"""From design to sample: sizes that keep their promise, populations counted, and what cannot be drawn."""

from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sampling_samples import drawn, population

from auditkit.assessment.sampling.bounds import StratumSeen, stratified_upper
from auditkit.assessment.sampling.compose import design_of
from auditkit.assessment.sampling.design import DesignFault, draw
from auditkit.assessment.sampling.population import Population, population_digest

BY_RISK = {f"C-{n}": ("high", "low", None)[n % 3] for n in range(600)} | {"C-x": "rare"}
DESIGNS = (
    {"method": "simple"},
    {"method": "systematic"},
    {"method": "stratified", "by": "risk"},
    {"method": "stratified", "by": "risk", "per_stratum": 7},
    {"method": "weighted", "by": "risk", "weights": {"high": 5, "low": 1, "rare": 9}},
)


def design(**values: Any) -> Any:
    wanted = {"method": "simple", "seed": "2026", "confidence_percent": 95, "tolerable_percent": 5}
    return design_of(**wanted | values)


def test_a_small_population_needs_fewer() -> None:
    assert len(draw(design(), population(100)).items) == 45
    assert len(draw(design(), population(20_000)).items) == 59


def test_a_tiny_population_is_taken_whole() -> None:
    sample = drawn(population(12))
    assert sample.is_whole
    assert [item.key for item in sample.items] == sorted(f"C-{n}" for n in range(1, 13))


def test_expected_deviations_are_allowed_for() -> None:
    found = draw(design(expected_percent=1), population(20_000))
    assert (len(found.items), found.acceptable) == (93, 1)


def test_a_stratified_sample_is_as_large_as_its_own_bound_asks() -> None:
    found = draw(design(method="stratified", by="risk"), population(BY_RISK))
    strata = {one.value: (one.population, one.drawn) for one in found.population.strata}
    assert {name: counts[0] for name, counts in strata.items()} == {
        None: 200,
        "high": 200,
        "low": 200,
        "rare": 1,
    }
    seen = [StratumSeen(*counts, 0) for counts in strata.values()]
    assert stratified_upper(seen, Fraction(95, 100)) <= 0.05
    assert 59 <= len(found.items) <= 66
    assert strata["rare"] == (1, 1)


def test_so_many_of_each_stratum() -> None:
    found = draw(design(method="stratified", by="risk", per_stratum=25), population(BY_RISK))
    assert [one.drawn for one in found.population.strata] == [25, 25, 25, 1]


@settings(max_examples=25, deadline=None)
@given(more=st.integers(1, 300), number=st.sampled_from([None, 7]))
def test_rows_added_to_a_stratum_do_not_change_the_others(more: int, number: int | None) -> None:
    size = None if number else 60
    wanted = design(method="stratified", by="risk", per_stratum=number, size=size)
    before = draw(wanted, population(BY_RISK))
    after = draw(wanted, population(BY_RISK | {f"new {n}": "low" for n in range(more)}))
    for stratum in (None, "high", "rare"):
        old = {one.row.key for one in before.items if one.stratum == stratum}
        new = {one.row.key for one in after.items if one.stratum == stratum}
        assert new == old if number else new <= old


@settings(max_examples=40, deadline=None)
@given(one=st.sampled_from(DESIGNS), data=st.data(), seed=st.text(min_size=1, max_size=4))
def test_the_order_of_the_rows_does_not_matter(one: dict[str, Any], data: st.DataObject, seed: str) -> None:
    rows = population(BY_RISK)
    mixed = Population(**rows._asdict() | {"rows": tuple(data.draw(st.permutations(rows.rows)))})
    found = draw(design(**one, seed=seed), rows)
    assert found == draw(design(**one, seed=seed), mixed)
    keys = [item.row.key for item in found.items]
    assert len(keys) == len(set(keys))
    assert set(keys) <= {row.key for row in rows.rows}


def test_the_digest_of_a_population_tells_keys_and_strata_apart() -> None:
    digests = [
        population_digest(population(rows))
        for rows in ({"a": "bc"}, {"ab": "c"}, {"a": None}, {"a": ""}, {"a": "bc", "b": None})
    ]
    assert len(set(digests)) == len(digests)
    assert population_digest(population({"x": "1", "y": "2"})) == population_digest(
        population({"y": "2", "x": "1"})
    )


def test_rows_without_a_weight_are_counted_not_forgotten() -> None:
    rows = population({"a": "3", "b": None, "c": "0", "d": "-1", "e": "2.50"}, unknown=2, numeric=True)
    found = draw(design(method="weighted", by="cost"), rows)
    assert {one.row.key for one in found.items} == {"a", "e"}
    assert (found.population.count, found.population.unknown) == (2, 5)
    assert str(found.population.weight) == "5.50"


def test_values_that_weigh_nothing_are_counted_too() -> None:
    found = draw(design(method="weighted", by="risk", weights={"high": 5}), population(BY_RISK))
    assert (found.population.count, found.population.unknown) == (200, 401)


def test_a_systematic_sample_walks_in_the_order_of_numbers() -> None:
    rows = population({f"C-{n:03d}": str(1000 - n) for n in range(300)}, numeric=True)
    found = draw(design(method="systematic", by="cost", size=30), rows)
    places = sorted(int(one.row.by or 0) for one in found.items)
    assert {after - before for before, after in pairwise(places)} == {10}


@pytest.mark.parametrize(
    ("values", "rows", "why"),
    [
        ({}, population(0), "no row"),
        ({}, Population(why=("no records of dataset change were received",)), "no records"),
        ({"method": "weighted", "by": "risk"}, population(BY_RISK), "is no number"),
        (
            {"method": "weighted", "by": "risk", "weights": {"x": 1}},
            population(BY_RISK),
            "no row has a weight",
        ),
        ({"size": 10_001}, population(20_000), "too many"),
        ({"expected_percent": "4.999"}, population(200_000), "too near"),
    ],
)
def test_what_cannot_be_drawn_says_why(values: dict[str, Any], rows: Population, why: str) -> None:
    with pytest.raises(DesignFault, match=why):
        draw(design(**values), rows)


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"method": "stratified"}, "field to go by"),
        ({"by": "risk"}, "goes by no field"),
        ({"weights": {"high": 1}}, "only a weighted"),
        ({"method": "weighted", "by": "risk", "weights": {"high": 0}}, "above 0"),
        ({"per_stratum": 5}, "stratified"),
        ({"expected_percent": 5}, "below the tolerable"),
        ({"seed": ""}, "seed"),
        ({"confidence_percent": 40}, "confidence_percent"),
    ],
)
def test_designs_that_contradict_themselves(values: dict[str, Any], why: str) -> None:
    with pytest.raises(DesignFault, match=why):
        design(**values)
