"""The improvement plan of an engagement: derived, put in order by its scheme, and worked out against its gates."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from auditkit.assessment.model import Gate
from auditkit.base.issue import InputIssue
from auditkit.base.language import say, short_day
from auditkit.engagement.conclude import Concluded
from auditkit.engagement.examine import Examined
from auditkit.engagement.open import OpenEngagement
from auditkit.engagement.readiness import forecast_readiness
from auditkit.findings.model import Finding
from auditkit.findings.readiness_model import Readiness
from auditkit.impact.analysis import Analysis
from auditkit.improvement.clearing import derive_to_clear
from auditkit.improvement.derive import derive_plan, put_in_order
from auditkit.improvement.facts import facts_of, weigh_ranks
from auditkit.improvement.model import PlanItem
from auditkit.improvement.planning_model import GateId, PlanWork, Schedule
from auditkit.improvement.priority import ItemFacts, prioritise, try_weights
from auditkit.improvement.priority_model import Priority, PriorityScheme, exact
from auditkit.improvement.schedule import Capacities
from auditkit.improvement.starts import hold_starts
from auditkit.improvement.tasks import Situation, derive_tasks
from auditkit.improvement.work_days import WorkDays, from_calendar
from auditkit.improvement.work_out import Workshop, quick_wins, schedule, smallest_set


class PlanAhead(NamedTuple):
    """The plan and the day from which gates can open."""

    plan: tuple[PlanItem, ...]
    """In order."""
    work: PlanWork
    shop: Workshop
    """What the plan was worked out from, for further questions to it."""
    readiness: Readiness
    issues: tuple[InputIssue, ...]
    """Of starts of actions that were taken back."""


def plan_ahead(
    opened: OpenEngagement,
    examined: Examined,
    concluded: Concluded,
    findings: tuple[Finding, ...],
    gates: tuple[Gate, ...],
) -> PlanAhead:
    """Forecast the gates, derive the plan from the findings, put it in order and work it out."""
    as_of = opened.engagement.as_of
    actions, issues = hold_starts(opened.actions, findings, opened.action_places, as_of)
    opened = opened._replace(actions=actions)
    readiness = forecast_readiness(opened, examined, concluded.assessment, findings, gates)
    items = derive_plan(concluded.told, findings, actions, opened.library.process_lens, as_of)
    situation = _situation(opened, items, findings, gates, readiness)
    plan, work, shop = _work_out(opened, situation, examined.impact)
    return PlanAhead(plan, work, shop, readiness, issues)


def _situation(
    opened: OpenEngagement,
    plan: tuple[PlanItem, ...],
    findings: tuple[Finding, ...],
    gates: tuple[Gate, ...],
    readiness: Readiness,
) -> Situation:
    """Gather what tasks are derived from. ``opened``: with starts that were not refused."""
    return Situation(
        plan=plan,
        actions=tuple(one for one in opened.actions if one.status != "cancelled"),
        findings=findings,
        gates=gates,
        rules=opened.planning.rules,
        names={one.id: one.name for one in opened.engagement.people},
        wait_days=int(opened.parameters["verification_wait_days"].value),
        record_days=_record_days(readiness),
    )


def _work_out(
    opened: OpenEngagement, situation: Situation, impact: Analysis | None
) -> tuple[tuple[PlanItem, ...], PlanWork, Workshop]:
    """Put the plan in order by its scheme, lay its tasks out and find the smallest sets that open the gates."""
    settings, scheme, names = opened.engagement.planning, opened.planning.scheme, situation.names
    plan, rules = situation.plan, situation.rules
    tasks = derive_tasks(situation)
    to_clear = derive_to_clear(situation, tasks)
    criticality = _criticality(opened, impact)
    facts = facts_of(plan, situation.actions, situation.findings, to_clear, criticality)
    apart = _apart(plan, situation.findings)
    priorities = _confirmed_first(scheme, facts, apart)
    ranks = {one.item: one.rank for one in priorities}
    shop = Workshop(
        tasks=tasks,
        to_clear=to_clear,
        capacities=Capacities(
            {names.get(who, who): days for who, days in settings.capacity.items()}, rules.capacity
        ),
        days=WorkDays(opened.engagement.as_of, from_calendar(opened.planning.calendar)),
        rules=rules,
        ranks=ranks,
    )
    blocked: tuple[GateId, ...] = tuple(one.id for one in situation.gates if not one.passed)
    smallest = (smallest_set(shop, "effort", blocked), smallest_set(shop, "date", blocked))
    work = PlanWork(
        owner=names.get(settings.owner, settings.owner),
        scheme=scheme.id,
        scheme_title=scheme.title,
        priorities=priorities,
        sensitivity=try_weights(scheme, [one for one in facts if not apart[one.item]]),
        tasks=tasks,
        to_clear=to_clear,
        smallest=smallest,
        schedule=_with_calendar_note(schedule(shop, smallest[0].tasks), opened),
        quick_wins=quick_wins(tasks, rules),
        rules=rules,
    )
    return put_in_order(plan, ranks), work, shop


def _apart(plan: tuple[PlanItem, ...], findings: tuple[Finding, ...]) -> dict[str, int]:
    """Return by item 0 for what is confirmed, 1 for an action on a candidate, 2 for a candidate alone."""
    candidates = {one.id for one in findings if one.standing == "candidate"}
    return {
        one.id: 0 if one.findings[0] not in candidates else 2 if one.status == "candidate" else 1
        for one in plan
    }


def _confirmed_first(
    scheme: PriorityScheme, facts: tuple[ItemFacts, ...], apart: Mapping[str, int]
) -> tuple[Priority, ...]:
    """Put what is confirmed in order, then actions on candidates, which nobody decided on, then candidates alone."""
    found: list[Priority] = []
    for part in range(3):
        more = prioritise(scheme, [one for one in facts if apart[one.item] == part])
        found += [one.model_copy(update={"rank": one.rank + len(found)}) for one in more]
    return tuple(found)


def _record_days(readiness: Readiness) -> dict[str, date]:
    return {
        one.subject: one.not_before
        for gate in readiness.gates
        for one in gate.blockers
        if one.kind == "records_too_young" and not one.without_date
    }


def _with_calendar_note(laid: Schedule, opened: OpenEngagement) -> Schedule:
    """Say what the working days rest on, where it is not sure."""
    calendar, name = opened.planning.calendar, opened.engagement.planning.calendar
    free = max(calendar.holidays, default=None) if calendar else None
    if calendar is None:
        note = say(
            "No calendar is named under planning, so Monday to Friday are worked and no holiday is known."
        )
    elif free is None:
        note = say(
            "The calendar {name} names no holiday at all, so later ones count as working days.", name=name
        )
    elif free < laid.end:
        note = say(
            "The calendar {name} names no holiday after {day}, so later ones count as working days.",
            name=name,
            day=short_day(free),
        )
    else:
        return laid
    return laid.model_copy(update={"notes": (*laid.notes, note)})


def _criticality(opened: OpenEngagement, impact: Analysis | None) -> dict[str, Fraction]:
    """Return the weights people stated, then those of the impact analysis, by id and by name; what it cannot tell is left out."""
    weights = {service: exact(one) for service, one in opened.engagement.planning.criticality.items()}
    if impact is not None and impact.grounded:
        known = [one for one in impact.ranking if one.critical is not None]
        for service, weight in weigh_ranks((one.service, one.rank) for one in known).items():
            weights |= {service: weight, impact.graph.nodes[service].name: weight}
    return weights
