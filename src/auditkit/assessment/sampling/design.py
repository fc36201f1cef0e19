"""From a design and a population to a sample: how many, and which rows. Pure; the same always gives the same."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import NamedTuple

from auditkit.assessment.sampling.bounds import StratumSeen, stratified_upper
from auditkit.assessment.sampling.draw import (
    Stratum,
    allocate,
    draw_simple,
    draw_stratified,
    draw_systematic,
    draw_weighted,
)
from auditkit.assessment.sampling.model import (
    MOST_ITEMS,
    SampleDesign,
    SampledPopulation,
    SampleStratum,
)
from auditkit.assessment.sampling.population import Population, PopulationRow, population_digest
from auditkit.assessment.sampling.sizes import sample_size
from auditkit.base.language import say

_STEP_FROM = 500
_WEIGHT_DIGITS = 100


class DesignFault(ValueError):
    """A design that cannot be drawn from this population, with the reason as its text."""


class DrawnItem(NamedTuple):
    """One row that was drawn."""

    row: PopulationRow
    stratum: str | None = None
    weight: Decimal | None = None
    whole: bool = False


class Drawn(NamedTuple):
    """What a design draws from a population."""

    population: SampledPopulation
    acceptable: int
    items: tuple[DrawnItem, ...]
    """In the order of their keys."""


def draw(design: SampleDesign, population: Population) -> Drawn:
    """Draw; DesignFault when the population is empty or the sample would be no work for people."""
    if population.why or not population.rows:
        raise DesignFault("; ".join(population.why) or say("no row of the dataset belongs to the population"))
    drawn = _METHODS[design.method](design, population)
    if len(drawn.items) > MOST_ITEMS:
        raise DesignFault(f"{len(drawn.items):,} items are too many to look at; the most is {MOST_ITEMS:,}")
    return drawn._replace(items=tuple(sorted(drawn.items, key=lambda one: one.row.key)))


def share(percent: Decimal) -> Fraction:
    """Return per cent as an exact share."""
    return Fraction(percent) / 100


def _simple(design: SampleDesign, population: Population) -> Drawn:
    rows = {one.key: one for one in population.rows}
    size = _size(design, len(rows))
    items = tuple(DrawnItem(rows[key]) for key in draw_simple(rows, size, design.seed))
    return Drawn(_about(population), _acceptable(design, len(items)), items)


def _systematic(design: SampleDesign, population: Population) -> Drawn:
    rows = {one.key: one for one in sorted(population.rows, key=_order(design, population))}
    items = tuple(
        DrawnItem(rows[key]) for key in draw_systematic(tuple(rows), _size(design, len(rows)), design.seed)
    )
    return Drawn(_about(population), _acceptable(design, len(items)), items)


def _stratified(design: SampleDesign, population: Population) -> Drawn:
    strata: dict[Stratum, dict[str, PopulationRow]] = defaultdict(dict)
    for one in sorted(population.rows, key=lambda one: (one.by is not None, one.by or "")):
        strata[one.by][one.key] = one
    counts = {name: len(rows) for name, rows in strata.items()}
    sizes = _stratum_sizes(design, counts)
    picked = draw_stratified(strata, sizes, design.seed)
    items = tuple(DrawnItem(strata[name][key], stratum=name) for name, keys in picked.items() for key in keys)
    about = _about(population).model_copy(
        update={
            "strata": tuple(
                SampleStratum(value=name, population=counts[name], drawn=sizes[name]) for name in strata
            )
        }
    )
    return Drawn(about, _acceptable(design, len(items)), items)


def _weighted(design: SampleDesign, population: Population) -> Drawn:
    if not design.weights and not population.numeric:
        raise DesignFault(f"field {design.by} is no number; say what each of its values weighs")
    weights = {one.key: _weight(design, one.by) for one in population.rows}
    rows = {one.key: one for one in population.rows if weights[one.key] is not None}
    known = {key: weight for key, weight in weights.items() if weight is not None}
    if not rows:
        raise DesignFault(f"no row has a weight above 0 in field {design.by}")
    size = min(_size(design, None), len(rows))
    drawn = draw_weighted({key: Fraction(weight) for key, weight in known.items()}, size, design.seed)
    items = tuple(
        DrawnItem(rows[key], weight=known[key], whole=key in set(drawn.whole))
        for key in (*drawn.whole, *drawn.drawn)
    )
    with localcontext(prec=_WEIGHT_DIGITS):
        total = sum(known.values(), Decimal(0))
    about = _about(population).model_copy(
        update={
            "count": len(rows),
            "unknown": population.unknown + len(weights) - len(rows),
            "weight": total,
        }
    )
    return Drawn(about, _acceptable(design, len(items)), items)


_METHODS: Mapping[str, Callable[[SampleDesign, Population], Drawn]] = {
    "simple": _simple,
    "stratified": _stratified,
    "weighted": _weighted,
    "systematic": _systematic,
}


def _size(design: SampleDesign, population: int | None) -> int:
    """Return the size the auditor set, or the one that is enough; never more than there is."""
    if design.size is not None:
        return design.size if population is None else min(design.size, population)
    try:
        return sample_size(
            share(design.confidence_percent),
            share(design.tolerable_percent),
            share(design.expected_percent),
            population,
        ).size
    except ValueError as fault:
        raise DesignFault(str(fault)) from fault


def _stratum_sizes(design: SampleDesign, counts: Mapping[Stratum, int]) -> dict[Stratum, int]:
    """Return the size of each stratum: fixed, in proportion to the size set, or until the bound is near enough."""
    if design.per_stratum is not None:
        return {name: min(design.per_stratum, count) for name, count in counts.items()}
    total = sum(counts.values())
    if design.size is not None:
        return allocate(counts, design.size)
    size = max(_size(design, None), len(counts))
    while size < total:
        sizes = allocate(counts, size)
        if _near_enough(design, counts, sizes):
            return sizes
        size += 1 if size < _STEP_FROM else size // 50
    return dict(counts)


def _near_enough(design: SampleDesign, counts: Mapping[Stratum, int], sizes: Mapping[Stratum, int]) -> bool:
    """Tell whether the bound would be tolerable if the expected deviations were found in the largest stratum."""
    largest = max(counts, key=lambda name: (counts[name] - sizes[name], sizes[name]))
    expected = min(_acceptable(design, sum(sizes.values())), sizes[largest])
    seen = [
        StratumSeen(count, sizes[name], expected if name == largest else 0) for name, count in counts.items()
    ]
    return stratified_upper(seen, share(design.confidence_percent)) <= float(share(design.tolerable_percent))


def _acceptable(design: SampleDesign, size: int) -> int:
    expected = share(design.expected_percent) * size
    return -(-expected.numerator // expected.denominator)


def _about(population: Population) -> SampledPopulation:
    return SampledPopulation(
        count=len(population.rows),
        unknown=population.unknown,
        digest=population_digest(population),
        evidence=population.evidence,
    )


def _order(
    design: SampleDesign, population: Population
) -> Callable[[PopulationRow], tuple[bool, Fraction | str, str]]:
    """Return the order of a systematic sample: by the field, empty cells last, then by key."""
    numeric = design.by is not None and population.numeric

    def place(one: PopulationRow) -> tuple[bool, Fraction | str, str]:
        if one.by is None:
            return True, Fraction(0) if numeric else "", one.key
        return False, Fraction(one.by) if numeric else one.by, one.key

    return place


def _weight(design: SampleDesign, by: str | None) -> Decimal | None:
    """Return what a row weighs; None: it has no weight, so it cannot be drawn."""
    if by is None:
        return None
    weight = design.weights.get(by) if design.weights else Decimal(by)
    return weight if weight is not None and weight.is_finite() and weight > 0 else None
