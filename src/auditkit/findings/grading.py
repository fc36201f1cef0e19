"""Grade a nonconformity by a scheme that is data; the rule that fired comes back with the grade."""

from fractions import Fraction
from typing import NamedTuple

from auditkit.assessment.model import ProcedureResult
from auditkit.findings.model import GradeRule, GradingScheme


class GradingFacts(NamedTuple):
    """What grading rules look at."""

    result: ProcedureResult
    major_share: float | None
    """Share of exceptions above which the record test itself asks for a major."""
    repeat_of: str | None
    minors_on_requirement: int
    """Candidates on the same requirement, this one included."""


def grade(scheme: GradingScheme, facts: GradingFacts) -> GradeRule:
    """Return the first rule that fires; ValueError when a scheme has no rule for the rest."""
    for rule in scheme.rules:
        if _fires(rule, facts):
            return rule
    raise ValueError(f"grading scheme {scheme.id} has no rule with `when: otherwise`")


def _fires(rule: GradeRule, facts: GradingFacts) -> bool:
    result, rate = facts.result, facts.result.rate
    if rule.when == "otherwise":
        return True
    if rule.when == "repeat":
        return facts.repeat_of is not None
    if rule.when == "absent_requirement":
        return result.kind == "document" and not result.evidence and result.basis == "standard"
    if rule.when == "test_grade":
        return facts.major_share is not None and rate is not None and rate > _exact(facts.major_share)
    if rule.when == "rate_above":
        return rule.threshold_share is not None and rate is not None and rate > _exact(rule.threshold_share)
    return rule.threshold_count is not None and facts.minors_on_requirement >= rule.threshold_count


def _exact(share: float) -> Fraction:
    """Read a share as it is written: 0.1 is one tenth, not the nearest binary fraction."""
    return Fraction(str(share))
