"""How many sites to visit: the square-root rules of IAF MD 1.

IAF MD 1 (audit and certification of a management system operated by a multi-site organisation) counts the sites
beside the central function, which is always audited. IAF's role passed to the Global Accreditation Cooperation
Incorporated on 1 January 2026; the document is cited under its old name.
"""

from collections.abc import Sequence
from math import isqrt
from typing import Literal, NamedTuple

from auditkit.assessment.sampling.draw import draw_simple

Visit = Literal["initial", "surveillance", "recertification"]
SOURCE = (
    "IAF MD 1; IAF's role passed to Global Accreditation Cooperation Incorporated on 1 January 2026. "
    "The central function is always visited."
)
_TENTHS = {"initial": 10, "surveillance": 6, "recertification": 8}
"""Times the square root of the number of sites, in tenths."""


class SiteSample(NamedTuple):
    """The sites to visit beside the central function."""

    size: int
    at_random: tuple[str, ...]
    """At least a quarter of the size, drawn by the seed; the rest the auditor chooses."""
    to_choose: int
    choose_from: tuple[str, ...]


def sites_to_visit(sites: int, visit: Visit, *, sampled: bool = True) -> int:
    """Return how many of so many sites to visit, the central function not counted.

    ``sampled`` false: the kind of organisation does not allow sampling, so all are visited, or 30 % in a surveillance.
    """
    if sites < 1:
        return 0
    if not sampled:
        return -(-sites * 3 // 10) if visit == "surveillance" else sites
    hundredths = _TENTHS[visit] ** 2 * sites
    root = isqrt(hundredths // 100)
    while root * root * 100 < hundredths:
        root += 1
    return root


def draw_sites(sites: Sequence[str], visit: Visit, seed: str, *, sampled: bool = True) -> SiteSample:
    """Draw the quarter of the sites that has to be random; ``sites`` without the central function."""
    names = sorted(set(sites))
    size = sites_to_visit(len(names), visit, sampled=sampled)
    picked = draw_simple(names, -(-size // 4), seed)
    others = tuple(name for name in names if name not in picked)
    if size == len(names):
        return SiteSample(size, picked, len(others), others)
    return SiteSample(size, picked, size - len(picked), others)
