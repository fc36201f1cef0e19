"""Which rows to examine: drawn by a rule that gives the same rows on every machine and every Python version.

The number of a row is the SHA-256 of the JSON text ``["<seed>","<key>"]`` (UTF-8, no blanks, no escapes beyond what
JSON needs), read as hexadecimal; anyone can recompute it. A simple sample are the rows with the smallest numbers,
so neither the order of the rows nor rows elsewhere matter, and a larger sample contains every smaller one. A random
start is the SHA-256 of ``["<seed>",["start"]]`` divided by 2**256, which no key can collide with.
"""

import hashlib
import heapq
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from auditkit.base.digest import canonical_json

Stratum = str | None
"""Value that rows of a stratum share; None: the cell is empty."""


class WeightedDraw(NamedTuple):
    """Rows drawn with a chance proportional to their weight."""

    whole: tuple[str, ...]
    """Rows at least as heavy as the interval, all of them taken."""
    drawn: tuple[str, ...]
    interval: Fraction
    """Weight between two picks among the others; 0: there are none."""


def row_number(seed: str, key: str) -> str:
    """Return the number of a row as 64 hexadecimal digits; smaller ones are drawn first."""
    return hashlib.sha256(canonical_json([seed, key]).encode()).hexdigest()


def random_start(seed: str) -> Fraction:
    """Return the start of systematic draws, from 0 up to but not 1."""
    return Fraction(int(hashlib.sha256(canonical_json([seed, ["start"]]).encode()).hexdigest(), 16), 2**256)


def draw_simple(keys: Iterable[str], size: int, seed: str) -> tuple[str, ...]:
    """Return so many of the keys, all equally likely, in the order they were drawn."""
    head = f"[{json.dumps(seed, ensure_ascii=False)},"
    encode = json.JSONEncoder(ensure_ascii=False).encode
    numbered = ((hashlib.sha256(f"{head}{encode(key)}]".encode()).hexdigest(), key) for key in set(keys))
    return tuple(key for _, key in heapq.nsmallest(size, numbered))


def draw_stratified(
    strata: Mapping[Stratum, Collection[str]], sizes: Mapping[Stratum, int], seed: str
) -> dict[Stratum, tuple[str, ...]]:
    """Return a simple sample of each stratum."""
    return {name: draw_simple(keys, sizes[name], seed) for name, keys in strata.items()}


def allocate(counts: Mapping[Stratum, int], size: int) -> dict[Stratum, int]:
    """Share a size out in proportion, at least one to each stratum; largest remainders first, then by name."""
    total = sum(counts.values())
    if size >= total:
        return dict(counts)
    quotas = {name: Fraction(size * count, total) for name, count in counts.items()}
    shares = {name: max(1, quota.numerator // quota.denominator) for name, quota in quotas.items()}
    by_remainder = sorted(
        counts, key=lambda name: (shares[name] - quotas[name], name is not None, name or "")
    )
    for name in by_remainder:
        if sum(shares.values()) >= size:
            break
        shares[name] = min(shares[name] + 1, counts[name])
    return shares


def draw_weighted(weights: Mapping[str, Fraction], size: int, seed: str) -> WeightedDraw:
    """Return so many rows with a chance proportional to their weight, none twice.

    What is at least as heavy as the interval is taken whole, again until nothing is; the others stand in the order
    of their numbers, and every interval picks one. Size and weights above 0; ValueError otherwise.
    """
    if size < 1:
        raise ValueError("a size has to be above 0")
    if any(weight <= 0 for weight in weights.values()):
        raise ValueError("a weight has to be above 0")
    if size >= len(weights):
        return WeightedDraw(tuple(sorted(weights)), (), Fraction(0))
    whole: set[str] = set()
    rest = dict(weights)
    while len(whole) < size:
        interval = sum(rest.values(), Fraction(0)) / (size - len(whole))
        heavy = {key for key, weight in rest.items() if weight >= interval}
        if not heavy:
            break
        whole |= heavy
        rest = {key: weight for key, weight in rest.items() if key not in heavy}
    interval = sum(rest.values(), Fraction(0)) / (size - len(whole))
    in_order = draw_simple(rest, len(rest), seed)
    drawn = _pick(in_order, rest, interval, random_start(seed) * interval)
    return WeightedDraw(tuple(sorted(whole)), drawn, interval)


def _pick(
    keys: Sequence[str], weights: Mapping[str, Fraction], interval: Fraction, first: Fraction
) -> tuple[str, ...]:
    """Return the keys in whose stretch of weight the points first, first + interval, ... lie."""
    picked: list[str] = []
    reached, next_point = Fraction(0), first
    for key in keys:
        reached += weights[key]
        if next_point < reached:
            picked.append(key)
            next_point += interval
    return tuple(picked)


def draw_systematic(keys: Sequence[str], size: int, seed: str) -> tuple[str, ...]:
    """Return every (N/n)-th key of an order, from a random start; as many as asked for, or all."""
    if size >= len(keys):
        return tuple(keys)
    if size < 1:
        return ()
    step, start = Fraction(len(keys), size), random_start(seed)
    return tuple(keys[int((start + number) * step)] for number in range(size))
