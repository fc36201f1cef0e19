"""The readiness gates: passed or blocked, with what blocks them (design section 7, step 6; pure).

A gate asks for what was shown; what is unknown blocks it. So taking evidence away never opens one.
"""

from calendar import monthrange
from collections.abc import Iterable, Mapping
from datetime import date

from auditkit.assessment.model import Assessment, BlockerKind, Gate, GateBlocker, PointVerdict
from auditkit.base.language import inside, say, say_count, short_day, translated
from auditkit.catalog.model import Catalog, DocumentType
from auditkit.evidence.model import TableReading
from auditkit.findings.model import Finding

OPEN_STATES = frozenset({"raised", "answered", "plan_accepted", "implemented", "reopened"})
ACCEPTED_STATES = frozenset({"plan_accepted", "implemented", "verified_effective", "closed", "rejected"})


def decide_gates(
    catalog: Catalog,
    assessment: Assessment,
    findings: Iterable[Finding],
    types: Iterable[DocumentType],
    readings: Iterable[TableReading],
    needed_datasets: Mapping[str, str],
    months: int,
    as_of: date,
    gone: frozenset[str] = frozenset(),
) -> tuple[Gate, ...]:
    """Decide every gate the catalog has. ``needed_datasets``: id to title of the datasets operation must show.

    ``gone``: datasets of which an accepted export has left the register; without this, striking out an export that
    cannot be read would open a gate.
    """
    documented = any(point.documented and point.procedures.documents for point in catalog.points)
    gates = [_documentation(catalog, assessment, types)] if documented else []
    if catalog.head.operation:
        gates.append(_operation(tuple(readings), needed_datasets, months, as_of, gone))
    if catalog.head.governance:
        gates.append(_governance(catalog, assessment))
    return (*gates, _nonconformities(assessment, tuple(findings)), _confirmation(assessment))


def _documentation(catalog: Catalog, assessment: Assessment, types: Iterable[DocumentType]) -> Gate:
    verdicts = {one.point: one for one in assessment.points}
    blockers = []
    for kind in types:
        if kind.basis != "standard":
            continue
        points = tuple(
            point.id
            for point in catalog.points
            if point.documented and any(one.type == kind.id for one in point.procedures.documents)
        )
        lacking = tuple(point for point in points if not _shown(verdicts[point], f"document.{kind.id}"))
        if lacking:
            title = translated(kind.title)
            what = say_count(
                "{document}: not shown for {n} point",
                "{document}: not shown for {n} points",
                len(lacking),
                document=title,
                n=len(lacking),
            )
            blockers.append(
                GateBlocker(
                    what=what, points=lacking, kind="document_not_shown", subject=kind.id, title=title
                )
            )
    rule = say(
        "Every document the standard names is current, approved and covers what it must, or an auditor confirmed it."
    )
    return _gate("documentation", say("Documentation"), rule, blockers)


def _shown(verdict: PointVerdict, procedure: str) -> bool:
    met = any(result.procedure == procedure and result.outcome == "met" for result in verdict.results)
    return met or (verdict.standing == "confirmed" and verdict.value == "conforms")


def _operation(
    readings: tuple[TableReading, ...],
    needed: Mapping[str, str],
    months: int,
    as_of: date,
    gone: frozenset[str] = frozenset(),
) -> Gate:
    blockers = []
    for dataset, title in needed.items():
        exports = [one for one in readings if one.dataset == dataset]
        firsts = [one.first_at for one in exports if one.readable and one.first_at is not None]
        kind: BlockerKind = "records_not_shown"
        if dataset in gone:
            what = say("an export that was accepted is no longer there")
        elif not exports:
            what = say("no export was received")
        elif not all(one.readable for one in exports):
            what = say("an export could not be read")
        elif not firsts:
            what = say("no dated record")
        elif as_of < months_full_on(min(firsts), months):
            what, kind = say("records only since {day}", day=short_day(min(firsts))), "records_too_young"
        else:
            continue
        blockers.append(GateBlocker(what=f"{translated(title)}: {what}", kind=kind, subject=dataset))
    rule = say(
        "Records of every operating process go back at least {n} months (parameter operation_months).",
        n=months,
    )
    return _gate("operation", say("Operation"), rule, blockers)


def _governance(catalog: Catalog, assessment: Assessment) -> Gate:
    blockers = []
    lineage = catalog.lineage()
    for clause, title in catalog.head.governance.items():
        lacking = tuple(
            one.point
            for one in assessment.points
            if clause in lineage.get(one.clause, ()) and one.value != "conforms"
        )
        if lacking:
            named = f"{translated(title)} ({clause})"
            what = say_count(
                "{area}: {n} point does not conform yet",
                "{area}: {n} points do not conform yet",
                len(lacking),
                area=named,
                n=len(lacking),
            )
            blockers.append(
                GateBlocker(
                    what=what, points=lacking, kind="clause_not_conforming", subject=clause, title=named
                )
            )
    names = ", ".join(inside(title) for title in catalog.head.governance.values())
    rule = say("{areas}: every point of these conforms.", areas=f"{names[:1].upper()}{names[1:]}")
    return _gate("governance", say("Governance"), rule, blockers)


def _nonconformities(assessment: Assessment, findings: tuple[Finding, ...]) -> Gate:
    blockers = []
    for one in findings:
        is_open = one.state in OPEN_STATES
        if one.standing == "candidate":
            if one.grade in ("major", "minor"):
                what = (
                    say("candidate major nonconformity, to be confirmed or rejected")
                    if one.grade == "major"
                    else say("candidate minor nonconformity, to be confirmed or rejected")
                )
                blockers.append(
                    GateBlocker(what=f"{one.id}: {what}", points=one.points, kind="candidate", subject=one.id)
                )
        elif one.grade == "major" and is_open:
            blockers.append(_open(one, say("major nonconformity open"), "major_open"))
        elif one.grade == "minor" and one.state not in ACCEPTED_STATES:
            what = say("minor nonconformity without an accepted plan")
            blockers.append(_open(one, what, "minor_without_plan"))
    unknown = tuple(one.point for one in assessment.points if one.value == "not_assessed")
    if unknown:
        what = say_count(
            "{n} point is not assessed, so nonconformities there are not excluded",
            "{n} points are not assessed, so nonconformities there are not excluded",
            len(unknown),
            n=len(unknown),
        )
        blockers.append(GateBlocker(what=what, points=unknown, kind="not_assessed"))
    rule = say(
        "No major is open, every minor has an accepted plan, no candidate is undecided, nothing is unassessed."
    )
    return _gate("nonconformities", say("Nonconformities"), rule, blockers)


def _confirmation(assessment: Assessment) -> Gate:
    lacking = tuple(one.point for one in assessment.points if one.standing != "confirmed")
    what = say_count(
        "{n} point is not confirmed by an auditor",
        "{n} points are not confirmed by an auditor",
        len(lacking),
        n=len(lacking),
    )
    blockers = [GateBlocker(what=what, points=lacking, kind="not_confirmed")] if lacking else []
    rule = say("Every point is confirmed by a named auditor.")
    return _gate("confirmation", say("Confirmation"), rule, blockers)


def _open(finding: Finding, what: str, kind: BlockerKind) -> GateBlocker:
    return GateBlocker(
        what=f"{finding.id}: {what}",
        kind=kind,
        subject=finding.id,
        points=finding.points,
        owner=finding.answer.owner or None,
        due=finding.answer.due,
    )


def _gate(identifier: str, title: str, rule: str, blockers: list[GateBlocker]) -> Gate:
    return Gate(id=identifier, title=title, rule=rule, passed=not blockers, blockers=tuple(blockers))


def months_full_on(first: date, months: int) -> date:
    """Return the first day on which so many whole months have passed: 30 November and three months give 1 March."""
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    if first.day <= monthrange(year, month + 1)[1]:
        return date(year, month + 1, first.day)
    return date(year + (month == 11), (month + 1) % 12 + 1, 1)
