"""Draws: the same rows on every machine, each with the chance it should have, none twice."""

import hashlib
from collections import Counter
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditkit.assessment.sampling.draw import (
    allocate,
    draw_simple,
    draw_stratified,
    draw_systematic,
    draw_weighted,
    random_start,
    row_number,
)

KEYS = st.lists(st.text(max_size=6), unique=True, max_size=40)
SEEDS = st.text(min_size=1, max_size=6)
TEN = [f"C-{number}" for number in range(1, 11)]


def test_the_rule_can_be_followed_by_hand() -> None:
    """``printf '["2026","C-1"]' | sha256sum``, and the same for Ü and a quote."""
    assert row_number("2026", "C-1") == "f3203442a6c53a2e2d220bd5c223ad299ce1e3520110494ac510d1183ebf40fd"
    assert row_number('a"b', "Ü") == hashlib.sha256('["a\\"b","Ü"]'.encode()).hexdigest()
    by_hand = sorted(TEN, key=lambda key: hashlib.sha256(f'["2026","{key}"]'.encode()).hexdigest())
    assert draw_simple(TEN, 4, "2026") == tuple(by_hand[:4]) == ("C-7", "C-4", "C-2", "C-3")


def test_a_start_is_known_by_its_seed_alone() -> None:
    expected = int(hashlib.sha256(b'["2026",["start"]]').hexdigest(), 16)
    assert random_start("2026") == Fraction(expected, 2**256)


@given(keys=KEYS, seed=SEEDS, size=st.integers(0, 50), data=st.data())
def test_a_simple_draw_is_fixed_by_its_seed_whatever_the_order(
    keys: list[str], seed: str, size: int, data: st.DataObject
) -> None:
    drawn = draw_simple(keys, size, seed)
    assert drawn == draw_simple(data.draw(st.permutations(keys)), size, seed)
    assert len(drawn) == len(set(drawn)) == min(size, len(keys))
    assert set(drawn) <= set(keys)
    assert draw_simple(keys, size + 1, seed)[: len(drawn)] == drawn


@given(keys=KEYS, more=KEYS, seed=SEEDS, size=st.integers(0, 20))
def test_new_rows_only_ever_push_rows_out(keys: list[str], more: list[str], seed: str, size: int) -> None:
    before, after = draw_simple(keys, size, seed), draw_simple([*keys, *more], size, seed)
    assert set(after) - set(before) <= set(more) - set(keys)


def test_every_row_is_equally_likely() -> None:
    counts = Counter(key for seed in range(3000) for key in draw_simple(TEN, 3, str(seed)))
    assert set(counts) == set(TEN)
    assert all(abs(count - 900) < 100 for count in counts.values())


@given(one=KEYS, other=KEYS, seed=SEEDS, size=st.integers(0, 10))
def test_rows_added_to_a_stratum_leave_the_others_as_they_were(
    one: list[str], other: list[str], seed: str, size: int
) -> None:
    sizes = {"one": size, "other": size}
    small = draw_stratified({"one": one, "other": other}, sizes, seed)
    large = draw_stratified({"one": one, "other": [*other, "new 1", "new 2"]}, sizes, seed)
    assert small["one"] == large["one"] == draw_simple(one, size, seed)


@given(
    counts=st.dictionaries(st.text(max_size=3), st.integers(1, 60), min_size=1, max_size=8),
    size=st.integers(1, 200),
)
def test_shares_are_proportional_to_one_row(counts: dict[str, int], size: int) -> None:
    shares = allocate(counts, size)
    total = sum(counts.values())
    assert all(1 <= shares[name] <= counts[name] for name in counts)
    assert sum(shares.values()) >= min(size, total)
    assert all(shares[name] - Fraction(size * counts[name], total) <= 1 for name in counts)
    if all(size * count >= total for count in counts.values()):
        assert sum(shares.values()) == min(size, total)
    assert shares == allocate(dict(reversed(counts.items())), size)


@given(
    weights=st.dictionaries(st.text(max_size=4), st.integers(1, 50), min_size=1, max_size=30),
    seed=SEEDS,
    size=st.integers(1, 40),
)
def test_a_weighted_draw_takes_the_heavy_whole_and_nothing_twice(
    weights: dict[str, int], seed: str, size: int
) -> None:
    exact = {key: Fraction(weight) for key, weight in weights.items()}
    found = draw_weighted(exact, size, seed)
    picked = [*found.whole, *found.drawn]
    assert len(picked) == len(set(picked)) == min(size, len(weights))
    assert set(picked) <= set(weights)
    assert found == draw_weighted(dict(reversed(exact.items())), size, seed)
    if size < len(weights):
        assert all(exact[key] < found.interval for key in weights if key not in found.whole)


def test_the_chance_is_the_weight() -> None:
    weights = {f"C-{weight}": Fraction(weight) for weight in (1, 2, 3, 4, 5, 5)} | {"other": Fraction(5)}
    counts = Counter(key for seed in range(4000) for key in draw_weighted(weights, 2, str(seed)).drawn)
    for key, weight in weights.items():
        assert abs(counts[key] - 4000 * 2 * weight / sum(weights.values())) < 150


def test_a_heavy_row_can_make_the_next_one_heavy() -> None:
    weights = {"a": Fraction(100), "b": Fraction(10), "c": Fraction(1), "d": Fraction(1), "e": Fraction(1)}
    found = draw_weighted(weights, 3, "2026")
    assert found.whole == ("a", "b")
    assert found.interval == 3


@pytest.mark.parametrize("weight", [0, -1])
def test_a_weight_of_nothing_is_refused(weight: int) -> None:
    with pytest.raises(ValueError, match="above 0"):
        draw_weighted({"a": Fraction(weight), "b": Fraction(1)}, 1, "2026")


@given(count=st.integers(0, 200), size=st.integers(0, 220), seed=SEEDS)
def test_a_systematic_draw_walks_in_even_steps(count: int, size: int, seed: str) -> None:
    keys = [str(number) for number in range(count)]
    places = [int(key) for key in draw_systematic(keys, size, seed)]
    assert len(places) == min(size, count)
    steps = {after - before for before, after in pairwise(places)}
    if 0 < size < count:
        assert steps <= {count // size, -(-count // size)}
        assert places[0] < Fraction(count, size)


def test_every_row_of_a_systematic_draw_is_equally_likely() -> None:
    counts = Counter(key for seed in range(4000) for key in draw_systematic(TEN, 4, str(seed)))
    assert all(abs(counts[key] - 1600) < 150 for key in TEN)
