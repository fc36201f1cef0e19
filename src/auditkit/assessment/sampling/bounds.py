"""How many of all may deviate, given what a sample showed: one-sided upper bounds, as shares from 0 to 1.

Each holds with at least the confidence asked for, whatever the truth is. The rule depends on the design alone,
never on what was found.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from auditkit.assessment.sampling.sizes import TIE


class StratumSeen(NamedTuple):
    """What was found in one stratum."""

    population: int
    examined: int
    deviations: int


def binomial_upper(deviations: int, examined: int, confidence: Fraction) -> float:
    """Return the one-sided Clopper-Pearson bound."""
    if deviations >= examined:
        return 1.0
    from scipy.stats import beta

    return float(beta.ppf(float(confidence), deviations + 1, examined - deviations))


def hypergeometric_upper(deviations: int, examined: int, population: int, confidence: Fraction) -> Fraction:
    """Return the exact bound for a sample without replacement from a finite population.

    It is the largest number of deviating rows with which so few in the sample are not yet too unlikely, over all rows.
    """
    from scipy.stats import hypergeom

    risk = float(1 - confidence) + TIE
    low, high = deviations, population - (examined - deviations)
    while low < high:
        middle = (low + high + 1) // 2
        if hypergeom.cdf(deviations, population, middle, examined) > risk:
            low = middle
        else:
            high = middle - 1
    return Fraction(low, population)


def stratified_upper(strata: Sequence[StratumSeen], confidence: Fraction) -> float:
    """Return a bound for the whole of a stratified sample, however it was allocated.

    Strata taken whole are known. In the others the number of deviations found is a sum of independent chances, and
    such a sum is never likelier to be small than a binomial one of the same mean (Hoeffding 1956): so the mean is at
    most n times the Clopper-Pearson bound of all of them together. That mean is then laid where it weighs most: into
    the strata with the fewest items examined for their size. With proportional allocation this is the pooled bound.
    """
    total = sum(one.population for one in strata)
    open_ones = [one for one in strata if one.examined < one.population]
    rows = Fraction(sum(one.deviations for one in strata if one.examined >= one.population))
    examined = sum(one.examined for one in open_ones)
    if any(one.examined == 0 for one in open_ones):
        return 1.0
    deviations = sum(one.deviations for one in open_ones)
    mean = 0.0
    if examined:
        mean = max(examined * binomial_upper(deviations, examined, confidence), deviations + 1.0)
    found = float(rows)
    for one in sorted(open_ones, key=lambda one: Fraction(one.population, one.examined), reverse=True):
        most = one.population - (one.examined - one.deviations)
        share = min(mean / one.examined, most / one.population)
        found += share * one.population
        mean -= share * one.examined
    return min(found / total, 1.0)


def stringer_upper(taints: Sequence[Fraction], examined: int, confidence: Fraction) -> float:
    """Return the Stringer bound: the share of the weight that may be in error.

    ``taints``: for each deviation the part of the item that is in error, from 0 to 1 (1 for a plain yes or no);
    ``examined``: items drawn with a chance proportional to their weight. With taints of 1 it is Clopper-Pearson.
    """
    if not examined:
        return 0.0
    bound = below = binomial_upper(0, examined, confidence)
    for number, taint in enumerate(sorted(taints, reverse=True), 1):
        above = binomial_upper(number, examined, confidence)
        bound += (above - below) * float(taint)
        below = above
    return min(bound, 1.0)
