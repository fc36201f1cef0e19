"""What this engagement's own audit has looked at, for the coverage of the programme."""

from datetime import date

from auditkit.assessment.model import Assessment
from auditkit.assessment.programme.checks import visited_sites
from auditkit.assessment.programme.coverage import CoverageRow, Seen, coverage
from auditkit.base.ids import clause_of
from auditkit.engagement.open import OpenEngagement, areas_of
from auditkit.findings.model import Finding

_CLOSED = ("closed", "verified_effective", "rejected", "merged")


def coverage_rows(opened: OpenEngagement, seen: Seen | None) -> tuple[CoverageRow, ...]:
    """Return a row for every clause, process and site; empty without a programme that has its rules."""
    programme, rules = opened.programme.programme, opened.programme.rules
    if programme is None or rules is None:
        return ()
    areas = areas_of(opened.engagement, opened.library)
    return coverage(programme, rules, areas, seen, opened.engagement.id, opened.engagement.as_of)


def seen_by(
    opened: OpenEngagement, assessments: tuple[Assessment, ...], findings: tuple[Finding, ...]
) -> Seen:
    """Count what a run examined, clause by clause, with the sites that were visited and the majors that are open."""
    points: dict[str, tuple[int, int, int]] = {}
    for verdict in (one for assessment in assessments for one in assessment.points):
        total, examined, confirmed = points.get(verdict.clause, (0, 0, 0))
        has = verdict.value != "not_assessed"
        sure = has and verdict.standing == "confirmed"
        points[verdict.clause] = (total + 1, examined + has, confirmed + sure)
    plan = opened.audit_plan.plan
    visited, remote = visited_sites(plan, opened.engagement.visits) if plan else (frozenset(), frozenset())
    majors: dict[str, date] = {}
    for one in findings:
        if one.standing != "confirmed" or one.state in _CLOSED:
            continue
        raised = one.raised_at or opened.engagement.as_of
        for clause in (clause_of(point) for point in one.points if one.grade_at(point) == "major"):
            majors[clause] = max(raised, majors.get(clause, raised))
    return Seen(points, visited, remote, majors)
