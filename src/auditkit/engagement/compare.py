"""Compare engagements: points, measures and findings of two, and the trend over several."""

from pathlib import Path
from typing import NamedTuple

from auditkit.assessment.comparison import Comparison, compare
from auditkit.assessment.model import Measures
from auditkit.base.errors import UsageFault
from auditkit.engagement.layout import find_engagement
from auditkit.engagement.open import open_engagement
from auditkit.engagement.run import RunOptions, assess
from auditkit.findings.model import Finding
from auditkit.reporting.model import Run


class FindingChange(NamedTuple):
    """A finding of either engagement, and what became of it."""

    id: str
    kind: str
    """``new``, ``repeat``, ``closed``, ``open``."""
    grade: str
    what: str


class Compared(NamedTuple):
    """Several engagements in the order of their periods; the last two are compared point by point."""

    runs: tuple[Run, ...]
    comparison: Comparison
    findings: tuple[FindingChange, ...]
    notes: tuple[str, ...]
    """What limits the comparison."""


def compare_engagements(folders: tuple[Path, ...]) -> Compared:
    """Run every engagement and compare the last two; UsageFault when they cannot be compared."""
    if len(folders) < 2:
        raise UsageFault("Name at least two engagement folders.")
    runs = [assess(open_engagement(find_engagement(folder)), RunOptions()).run for folder in folders]
    runs.sort(key=lambda run: (run.engagement.period.end, run.engagement.as_of))
    before, after = runs[-2], runs[-1]
    if before.catalog.head.id != after.catalog.head.id:
        raise UsageFault(
            f"{before.engagement.id} is against {before.catalog.head.id}, {after.engagement.id} against "
            f"{after.catalog.head.id}. Carry the older one over first: auditkit catalog migrate."
        )
    return Compared(
        tuple(runs),
        compare(before.assessment, after.assessment),
        _findings(before, after),
        _notes(before, after),
    )


def trend(runs: tuple[Run, ...]) -> list[dict[str, object]]:
    """Return one row an engagement: the measures with numerator, denominator and what is not assessed."""
    return [_row(run, run.assessment.measures) for run in runs]


def _row(run: Run, measures: Measures) -> dict[str, object]:
    by = measures.by_requirement
    grades = [
        one.grade
        for one in run.findings
        if one.standing == "confirmed" and one.state not in ("closed", "verified_effective")
    ]
    return {
        "engagement": run.engagement.id,
        "period": f"{run.engagement.period.start} to {run.engagement.period.end}",
        "as_of": str(run.engagement.as_of),
        "conforming": by.conforming,
        "nonconforming": by.nonconforming,
        "not_assessed": by.not_assessed,
        "requirements": by.denominator,
        "confirmed_points": measures.confirmed_points,
        "points": measures.coverage_total,
        "majors_open": grades.count("major"),
        "minors_open": grades.count("minor"),
        "candidates": sum(one.standing == "candidate" for one in run.findings),
    }


def _findings(before: Run, after: Run) -> tuple[FindingChange, ...]:
    """Say what became of findings: one of the same procedure or criterion and area is the same matter."""
    was = [one for one in before.findings if one.standing == "confirmed" and one.grade in ("major", "minor")]
    now = [one for one in after.findings if one.standing == "confirmed" and one.grade in ("major", "minor")]
    earlier = {one.id for one in was}
    found = []
    for one in now:
        if one.id in earlier or one.state in ("closed", "verified_effective"):
            kind = "closed" if one.state in ("closed", "verified_effective") else "open"
        else:
            kind = "repeat" if one.repeat_of or any(_same(one, other) for other in was) else "new"
        found.append(FindingChange(one.id, kind, one.grade, one.statement.failure))
    ids = {one.id for one in now}
    for one in was:
        if one.id not in ids and not any(_same(one, other) for other in now):
            kind = "closed" if one.state in ("closed", "verified_effective") else "not_carried_on"
            found.append(FindingChange(one.id, kind, one.grade, one.statement.failure))
    return tuple(found)


def _same(one: Finding, other: Finding) -> bool:
    if one.procedure is not None and other.procedure is not None:
        return one.procedure == other.procedure
    return bool(set(one.points) & set(other.points)) and one.area == other.area


def _notes(before: Run, after: Run) -> tuple[str, ...]:
    notes = []
    if before.trace.catalog_digest != after.trace.catalog_digest:
        notes.append(
            "The requirements or guidance are not the same; points with a changed method are marked."
        )
    moved = [
        name
        for name, one in after.parameters.items()
        if name in before.parameters and before.parameters[name].value != one.value
    ]
    if moved:
        notes.append(f"Parameters differ: {', '.join(moved)}.")
    notes += _other_rules(before, after)
    if before.engagement.period.overlaps(after.engagement.period):
        notes.append("The audit periods overlap, so some records count in both.")
    return tuple(notes)


def _other_rules(before: Run, after: Run) -> list[str]:
    """Say which rules changed; a grade given by another scheme is no better or worse."""
    notes = []
    if before.grading != after.grading:
        was, now = before.grading.id, after.grading.id
        named = f"from {was} to {now}" if was != now else f"{now} is not what it was"
        notes.append(f"Method changed: the grading scheme, {named}; candidates are graded by other rules.")
    if before.conduct.method != after.conduct.method:
        notes.append(
            f"Method changed: the audit follows {after.conduct.method.name}, before {before.conduct.method.name}."
        )
    kinds = [f"{one.kind}, stage {one.stage}" for one in (before.conduct, after.conduct)]
    if kinds[0] != kinds[1]:
        notes.append(f"Method changed: the kind of engagement, from {kinds[0]} to {kinds[1]}.")
    elif before.conduct.rules != after.conduct.rules:
        notes.append("Method changed: the rules of the kind of engagement.")
    if before.engagement.visit_clauses != after.engagement.visit_clauses:
        notes.append("The visits looked at different clauses; what is not in a visit counts as not assessed.")
    return notes
