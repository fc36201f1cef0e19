"""The numbers of an assessment, as exact fractions and intervals (laws 1 and 3)."""

from collections.abc import Mapping
from fractions import Fraction

from auditkit.assessment.model import Interval, Measures, PointVerdict, RequirementVerdict
from auditkit.base.language import say


def measure(
    points: tuple[PointVerdict, ...],
    requirements: tuple[RequirementVerdict, ...],
    weights: Mapping[str, int] | None = None,
) -> Measures:
    """Compute every measure; each interval runs from "all unassessed fail" to "all unassessed conform".

    ``weights``: of points, from overlays; without any there is no measure by weight.
    """
    strengths = [one.strength for one in points]
    assessed = [one for one in points if one.value != "not_assessed"]
    supported = [one for one in points if one.strength > 0]
    return Measures(
        by_requirement=by_requirement(requirements),
        by_clause_average=by_clause_average(requirements),
        confirmed_by_requirement=confirmed_by_requirement(requirements),
        coverage_assessed=len(assessed),
        coverage_total=len(points),
        confirmed_points=sum(one.standing == "confirmed" for one in points),
        strength={level: strengths.count(level) for level in range(4)},
        fresh=sum(not one.stale for one in supported),
        stale=sum(one.stale for one in supported),
        no_occurrence=sum(one.basis == "no_occurrence" for one in points),
        by_weight=by_weight(points, requirements, weights) if weights else None,
    )


def by_weight(
    points: tuple[PointVerdict, ...], requirements: tuple[RequirementVerdict, ...], weights: Mapping[str, int]
) -> Interval:
    """Share of requirements that conform, each counting with the greatest weight of its points (1 where none is set)."""
    heaviest: dict[str, int] = {}
    for point in points:
        weight = weights.get(point.point, 1)
        heaviest[point.requirement] = max(weight, heaviest.get(point.requirement, weight))
    sums = {"conforms": 0, "nonconforming": 0, "not_assessed": 0, "not_applicable": 0}
    for one in requirements:
        sums[one.value] += heaviest.get(one.requirement, 1)
    return _interval(
        say("Conformity by weight"),
        say(
            "As by requirement, each requirement counting with the weight the engagement's overlays give it; 1 where none."
        ),
        sums["conforms"],
        sums["nonconforming"],
        sums["not_assessed"],
    )


def by_requirement(requirements: tuple[RequirementVerdict, ...]) -> Interval:
    """Share of requirements that conform, every requirement counting once."""
    values = [one.value for one in requirements]
    return _interval(
        say("Conformity by requirement"),
        say(
            "Requirements that conform, divided by the requirements that apply; each counts once. Candidates included."
        ),
        values.count("conforms"),
        values.count("nonconforming"),
        values.count("not_assessed"),
    )


def confirmed_by_requirement(requirements: tuple[RequirementVerdict, ...]) -> Interval:
    """Share of requirements confirmed to conform; whatever nobody confirmed counts as not assessed."""
    applicable = [one for one in requirements if one.value != "not_applicable"]
    confirmed = [one.value for one in applicable if one.standing == "confirmed"]
    conforming, failing = confirmed.count("conforms"), confirmed.count("nonconforming")
    return _interval(
        say("Confirmed conformity by requirement"),
        say("As above, counting only requirements whose every point a named auditor confirmed."),
        conforming,
        failing,
        len(applicable) - conforming - failing,
    )


def by_clause_average(requirements: tuple[RequirementVerdict, ...]) -> Interval:
    """Mean over the clauses that hold requirements of their share; every clause counting once."""
    groups: dict[str, list[RequirementVerdict]] = {}
    for one in requirements:
        if one.value != "not_applicable":
            groups.setdefault(one.clause, []).append(one)
    whole = by_requirement(requirements)
    shares = [by_requirement(tuple(group)) for group in groups.values()]
    count = len(shares) or 1
    return whole.model_copy(
        update={
            "name": say("Conformity by clause average"),
            "method": say(
                "The mean, over clauses with requirements, of each clause's share; each clause counts once."
            ),
            "low": sum((one.low for one in shares), Fraction(0)) / count,
            "high": sum((one.high for one in shares), Fraction(0)) / count,
        }
    )


def _interval(name: str, method: str, conforming: int, failing: int, unassessed: int) -> Interval:
    denominator = conforming + failing + unassessed
    base = denominator or 1
    return Interval(
        name=name,
        method=method,
        conforming=conforming,
        nonconforming=failing,
        not_assessed=unassessed,
        denominator=denominator,
        low=Fraction(conforming, base),
        high=Fraction(conforming + unassessed, base),
    )
