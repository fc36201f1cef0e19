"""Grade a nonconformity by a scheme that is data; the rule that fired comes back with the grade."""

from fractions import Fraction
from typing import NamedTuple

from auditkit.assessment.model import ProcedureResult
from auditkit.findings.model import GradeRule, GradingScheme

_THRESHOLDS = {"rate_above": "threshold_share", "systemic_minors": "threshold_count"}


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


def scheme_faults(scheme: GradingScheme, name: str) -> tuple[str, ...]:
    """Say why a scheme cannot be used: it must grade everything, and every rule must be able to fire."""
    faults = [] if scheme.id == name else [f"The id {scheme.id} is not the name of the file."]
    if not scheme.rules or scheme.rules[-1].when != "otherwise":
        faults.append("The last rule has to be one with `when: otherwise`, so that everything gets a grade.")
    faults += [
        f"The rule {one.id} hides the rules below it: `when: otherwise` comes last."
        for one in scheme.rules[:-1]
        if one.when == "otherwise"
    ]
    names = [one.id for one in scheme.rules]
    faults += [f"The rule {one} stands twice." for one in dict.fromkeys(names) if names.count(one) > 1]
    for one in scheme.rules:
        field = _THRESHOLDS.get(one.when)
        if field is not None and getattr(one, field) is None:
            faults.append(f"The rule {one.id} needs {field}; without it, it never fires.")
    return tuple(faults)


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
