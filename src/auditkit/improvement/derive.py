"""Plan items from findings: route, PDCA phase, baseline from the measure (pure)."""

from collections.abc import Iterable, Mapping
from datetime import date

from auditkit.assessment.guidance import GuidanceAlignment, GuidanceVerdict
from auditkit.base.ids import clause_of, is_within
from auditkit.base.language import say, translated
from auditkit.catalog.lens import Lens
from auditkit.catalog.model import Catalog, CatalogHead, GuidanceItem
from auditkit.findings.model import Finding
from auditkit.improvement.model import ActionFile, Baseline, Phase, PlanItem, Route

RECORD_MONTHS = 3


def derive_plan(
    catalog: Catalog,
    findings: Iterable[Finding],
    actions: tuple[ActionFile, ...],
    process_lens: Lens | None,
    as_of: date,
) -> tuple[PlanItem, ...]:
    """Make a plan item of every action on a finding that needs work, or of the finding where nobody took it up."""
    items = [
        _item(catalog, finding, action, process_lens, as_of)
        for finding in findings
        if finding.grade != "good_practice"
        and finding.state not in ("closed", "rejected", "verified_effective")
        for action in (*_answering(finding, actions),) or (None,)
    ]
    items.sort(key=lambda item: item.id)
    return tuple(items)


def put_in_order(plan: tuple[PlanItem, ...], ranks: Mapping[str, int]) -> tuple[PlanItem, ...]:
    """Number the plan by the rank of each item, which a priority scheme gave."""
    numbered = [item.model_copy(update={"priority": ranks[item.id]}) for item in plan]
    return tuple(sorted(numbered, key=lambda item: item.priority))


def plan_opportunities(
    plan: tuple[PlanItem, ...],
    guidance: Iterable[GuidanceItem],
    alignment: GuidanceAlignment,
    process_lens: Lens | None,
) -> tuple[PlanItem, ...]:
    """Add an opportunity for each advice that is not followed, after everything that findings ask for."""
    items = {item.id: item for item in guidance}
    found = [
        _opportunity(items[one.item], one, process_lens)
        for one in alignment.verdicts
        if one.value == "not_followed"
    ]
    found.sort(key=lambda item: item.status == "candidate")
    return (
        *plan,
        *(
            item.model_copy(update={"priority": number})
            for number, item in enumerate(found, start=len(plan) + 1)
        ),
    )


def _opportunity(item: GuidanceItem, verdict: GuidanceVerdict, lens: Lens | None) -> PlanItem:
    processes = tuple(
        group.title
        for group in (lens.groups if lens else ())
        if any(is_within(item.clause, one) for one in group.clauses)
    )
    return PlanItem(
        id=f"O-{item.id}",
        title=item.advice,
        findings=(item.id,),
        points=(),
        processes=processes,
        route="process_owner",
        route_reason=say("An opportunity from guidance; the owner of the process decides."),
        phase="act",
        blocks_certification=False,
        baseline=None,
        target=item.good_looks_like[1],
        owner=None,
        due=None,
        effort_days=None,
        needs_record_months=0,
        status="proposed" if verdict.standing == "confirmed" else "candidate",
        priority=0,
    )


def processes_of(points: Iterable[str], lens: Lens | None) -> tuple[str, ...]:
    """Return the titles of the processes that the points belong to, in the order of the lens."""
    if lens is None:
        return ()
    clauses = {clause_of(point) for point in points}
    return tuple(
        group.title
        for group in lens.groups
        if any(is_within(clause, above) for clause in clauses for above in group.clauses)
        or set(points) & set(group.points)
    )


def _answering(finding: Finding, actions: tuple[ActionFile, ...]) -> list[ActionFile]:
    """Return the actions on a finding, or on a candidate that it confirmed."""
    names = {finding.id, *finding.confirms}
    return [one for one in actions if one.status != "cancelled" and one.finding in names]


def _item(
    catalog: Catalog, finding: Finding, action: ActionFile | None, lens: Lens | None, as_of: date
) -> PlanItem:
    processes = processes_of(finding.points, lens)
    route, reason = _route(catalog.head, finding, processes)
    if action is not None and action.route is not None and action.route != route:
        route, reason = (
            action.route,
            say("As {person} decided; by rule it would be: {reason}", person=action.owner, reason=reason),
        )
    baseline = (_stated(action) if action else None) or _baseline(finding, as_of)
    months = RECORD_MONTHS if finding.exceptions and finding.examined and _is_record(finding) else 0
    if action is not None and action.waiting_months is not None:
        months = action.waiting_months
    return PlanItem(
        id=action.id if action else f"P-{finding.id}",
        title=action.title if action else finding.recommendation or _title(catalog, finding),
        findings=(finding.id,),
        points=finding.points,
        processes=processes,
        route=route,
        route_reason=reason,
        phase=_phase(catalog.head, finding.points[0]),
        blocks_certification=finding.grade == "major",
        baseline=baseline,
        target=(action.target if action else "") or _target(finding),
        owner=(action.owner if action else None) or finding.answer.owner or None,
        due=(action.due if action else None) or finding.answer.due,
        effort_days=action.estimate.likely if action and action.estimate else finding.effort_days,
        needs_record_months=months,
        status=action.status if action else ("proposed" if finding.standing == "confirmed" else "candidate"),
        priority=0,
    )


def _route(head: CatalogHead, finding: Finding, processes: tuple[str, ...]) -> tuple[Route, str]:
    if any(
        is_within(clause_of(point), clause) for point in finding.points for clause in head.organisation_wide
    ):
        return "project", say("It concerns the whole organisation.")
    if len(processes) > 1:
        named = ", ".join(translated(one) for one in processes)
        return "project", say("It touches {n} processes: {processes}.", n=len(processes), processes=named)
    if not processes:
        return "process_owner", say("It concerns one process.")
    return "process_owner", say("It concerns one process: {process}.", process=translated(processes[0]))


def _stated(action: ActionFile) -> Baseline | None:
    """Return the baseline an action states, in words of its own or as the figure its proof begins from."""
    if action.baseline is not None or action.proof is None:
        return action.baseline
    before = action.proof.before
    value = not_complying(before.exceptions, before.examined)
    return Baseline(measure=action.proof.measure, value=value, at=before.at, evidence=before.evidence)


def not_complying(exceptions: int | None, examined: int) -> str:
    """Word a baseline that a record test counted."""
    return say("{n} of {total} examined do not comply", n=exceptions, total=examined)


def _baseline(finding: Finding, as_of: date) -> Baseline | None:
    if finding.procedure is None or not finding.examined:
        return None
    share = not_complying(finding.exceptions, finding.examined)
    return Baseline(
        measure=finding.procedure, value=share, at=as_of, evidence=tuple(one.id for one in finding.evidence)
    )


def _target(finding: Finding) -> str:
    if _is_record(finding):
        return say("0 exceptions in new records, re-tested on a full population")
    if finding.procedure is not None:
        return say("The document exists, is approved and covers what it must")
    return say("The requirement is fulfilled and its effect shown")


def _title(catalog: Catalog, finding: Finding) -> str:
    titles = {clause.clause: clause.title for clause in catalog.clauses}
    clause = clause_of(finding.points[0])
    return say("{clause}: eliminate {finding}", clause=titles[clause], finding=finding.id)


def _phase(head: CatalogHead, point: str) -> Phase:
    clause = clause_of(point)
    return next(
        (phase for phase, within in head.phases.items() if any(is_within(clause, above) for above in within)),
        "do",
    )


def _is_record(finding: Finding) -> bool:
    return bool(finding.procedure and finding.procedure.startswith("record."))
