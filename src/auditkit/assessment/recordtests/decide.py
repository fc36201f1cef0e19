"""From the counts of a record test to its outcome; pure, so that every case can be a line of a table."""

from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

from auditkit.assessment.engagement import Parameter
from auditkit.assessment.model import Outcome
from auditkit.assessment.recordtests.model import RecordTest
from auditkit.base.language import say, say_count
from auditkit.catalog.model import Basis


class Counts(NamedTuple):
    """What one pass over the rows counted."""

    population: int
    """Rows the claim is about, rows of which that is unknown included."""
    unknown: int
    """Rows of the population that could not be decided."""
    exceptions: int
    grounded: int
    """Exceptions that hold without any parameter that is only a house default."""


class Decision(NamedTuple):
    """What the counts say."""

    outcome: Outcome
    beyond_tolerance: bool
    basis: Basis
    reasons: tuple[str, ...]


def decide(
    test: RecordTest,
    counts: Counts,
    parameters: Mapping[str, Parameter],
    limits: tuple[str, ...] = (),
) -> Decision:
    """Decide the outcome of a test.

    ``parameters`` are those the test uses. ``limits`` are reasons that keep the outcome below ``met``, such
    as a registered export that cannot be read.
    """
    basis, notes = _basis(test, counts, parameters)
    doubt = _doubt(counts.unknown)
    if counts.population == 0:
        return Decision("no_evidence", False, basis, (say("population empty"), *limits, *notes))
    examined = counts.population - counts.unknown
    if examined and _contradicted(test, counts.exceptions, examined, parameters):
        weight = counts.grounded if basis == "standard" else counts.exceptions
        beyond = _beyond(test, weight, counts.exceptions, examined)
        isolated = not beyond and test.test_class in ("hard", "currency")
        extent = _extent(counts.exceptions, examined, isolated=isolated)
        return Decision("not_met", beyond, basis, (extent, *doubt, *limits, *notes))
    if doubt or limits:
        return Decision("no_evidence", False, basis, (*doubt, *limits, *notes))
    return Decision("met", False, basis, notes)


def _contradicted(
    test: RecordTest, exceptions: int, examined: int, parameters: Mapping[str, Parameter]
) -> bool:
    if test.target is None:
        return exceptions > 0
    required = Fraction(str(parameters[test.target].value))
    return Fraction(examined - exceptions, examined) < required


def _beyond(test: RecordTest, weight: int, exceptions: int, examined: int) -> bool:
    if test.test_class in ("indicator", "meta"):
        return False
    if test.test_class == "rate":
        return True
    return Fraction(weight or exceptions, examined) > Fraction(str(test.tolerance))


def _basis(
    test: RecordTest, counts: Counts, parameters: Mapping[str, Parameter]
) -> tuple[Basis, tuple[str, ...]]:
    """Return the basis a result rests on: a house default never grounds a nonconformity."""
    defaults = sorted(name for name, one in parameters.items() if one.source == "house_default")
    if not defaults:
        return test.basis, ()
    named = ", ".join(f"{name} = {parameters[name].value}" for name in defaults)
    if test.basis == "own_rule":
        return "good_practice", (
            say("house default, not the organisation's own rule: {parameters}", parameters=named),
        )
    if test.basis == "standard" and counts.exceptions and not counts.grounded:
        return "good_practice", (
            say("every exception rests on a house default: {parameters}", parameters=named),
        )
    return test.basis, ()


def _doubt(unknown: int) -> tuple[str, ...]:
    return (say_count("{n} row unknown", "{n} rows unknown", unknown, n=unknown),) if unknown else ()


def _extent(exceptions: int, examined: int, *, isolated: bool) -> str:
    if isolated:
        return say("isolated, {n} of {total}", n=exceptions, total=examined)
    return say_count(
        "{n} of {total} row contradict the claim",
        "{n} of {total} rows contradict the claim",
        examined,
        n=exceptions,
        total=examined,
    )
