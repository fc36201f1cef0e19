"""How many items to examine: attribute samples by confidence, tolerable and expected rate.

The size is the smallest n for which, with ``k = ceil(n * expected)`` deviations found, a population whose rate is
the tolerable one would have shown more than k with at least the confidence asked for: P(X <= k) <= 1 - confidence.
X is binomial, or hypergeometric where the population is known and small. scipy computes the tails.
"""

from fractions import Fraction
from typing import NamedTuple

SMALL_POPULATION = 10_000
"""Up to this many rows the hypergeometric distribution is used; above it differs by less than one item."""
LARGEST_SIZE = 100_000
TIE = 1e-12
"""A tail this near the risk counts as equal to it: in small populations exact ties occur, and floats blur them."""
_FIRST_BLOCK = 1024
_LARGEST_PRODUCT = 2**62


class SampleSize(NamedTuple):
    """A size and how many deviations it bears."""

    size: int
    acceptable: int
    """With so many deviations or fewer the upper bound is within the tolerable rate."""
    small: bool
    """The population was counted as small: hypergeometric."""


def sample_size(
    confidence: Fraction, tolerable: Fraction, expected: Fraction = Fraction(0), population: int | None = None
) -> SampleSize:
    """Return the smallest size; the whole population where no smaller one is enough.

    Shares between 0 and 1. ValueError when they make no sense, or when no size below 100,000 is enough.
    """
    check_shares(confidence, tolerable, expected)
    if population is not None and population < 1:
        raise ValueError("the population is empty")
    small = population is not None and population <= SMALL_POPULATION
    most = LARGEST_SIZE if population is None else min(population, LARGEST_SIZE)
    first, block = 1, _FIRST_BLOCK
    while first <= most:
        last = min(first + block - 1, most)
        found = _first_fit(first, last, confidence, tolerable, expected, population if small else None)
        if found is not None:
            return SampleSize(found, _share_of(found, expected), small)
        first, block = last + 1, block * 4
    if population is not None and population <= LARGEST_SIZE:
        return SampleSize(population, _share_of(population, expected), small)
    raise ValueError("the expected rate is too near the tolerable one: no sample below 100,000 is enough")


def check_shares(confidence: Fraction, tolerable: Fraction, expected: Fraction) -> None:
    """Raise ValueError, naming what is wrong, unless 1/2 <= confidence < 1 and 0 <= expected < tolerable < 1."""
    if not Fraction(1, 2) <= confidence < 1:
        raise ValueError("the confidence has to be at least 50 % and below 100 %")
    if not 0 < tolerable < 1:
        raise ValueError("the tolerable rate has to lie between 0 and 100 %")
    if not 0 <= expected < tolerable:
        raise ValueError("the expected rate has to be below the tolerable one")


def _first_fit(
    first: int,
    last: int,
    confidence: Fraction,
    tolerable: Fraction,
    expected: Fraction,
    population: int | None,
) -> int | None:
    """Return the first size of a range that is enough, or None."""
    import numpy
    from scipy.stats import binom, hypergeom

    sizes = numpy.arange(first, last + 1)
    if expected.denominator * last < _LARGEST_PRODUCT:
        acceptable = -(-sizes * expected.numerator // expected.denominator)
    else:
        acceptable = numpy.array([_share_of(size, expected) for size in range(first, last + 1)])
    if population is None:
        tails = binom.cdf(acceptable, sizes, float(tolerable))
    else:
        tails = hypergeom.cdf(acceptable, population, _share_of(population, tolerable), sizes)
    fits = numpy.flatnonzero(tails <= float(1 - confidence) + TIE)
    return int(sizes[fits[0]]) if fits.size else None


def _share_of(count: int, share: Fraction) -> int:
    """Return a share of a count, rounded up, exactly."""
    return -(-count * share.numerator // share.denominator)
