"""The improvement plan of an engagement: put in order by its scheme, and worked out against its gates."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from auditkit.assessment.model import Gate
from auditkit.base.language import say, short_day
from auditkit.engagement.open import OpenEngagement
from auditkit.findings.model import Finding
from auditkit.findings.readiness_model import Readiness
from auditkit.impact.analysis import Analysis
from auditkit.improvement.clearing import derive_to_clear
from auditkit.improvement.derive import put_in_order
from auditkit.improvement.facts import facts_of, weigh_ranks
from auditkit.improvement.model import PlanItem
from auditkit.improvement.planning_model import GateId, PlanWork, Schedule
from auditkit.improvement.priority import ItemFacts, prioritise, try_weights
from auditkit.improvement.priority_model import Priority, PriorityScheme, exact
from auditkit.improvement.schedule import Capacities
from auditkit.improvement.tasks import Situation, derive_tasks
from auditkit.improvement.work_days import WorkDays, from_calendar
from auditkit.improvement.work_out import Workshop, quick_wins, schedule, smallest_set


def work_plan(
    opened: OpenEngagement,
    plan: tuple[PlanItem, ...],
    findings: tuple[Finding, ...],
    gates: tuple[Gate, ...],
    readiness: Readiness,
    impact: Analysis | None,
) -> tuple[tuple[PlanItem, ...], PlanWork, Workshop]:
    """Put the plan in order and work it out. ``opened``: with starts that were not refused."""
    engagement, planning = opened.engagement, opened.planning
    names = {one.id: one.name for one in engagement.people}
    actions = tuple(one for one in opened.actions if one.status != "cancelled")
    situation = Situation(
        plan=plan,
        actions=actions,
        findings=findings,
        gates=gates,
        rules=planning.rules,
        names=names,
        wait_days=int(opened.parameters["verification_wait_days"].value),
        record_days=_record_days(readiness),
    )
    tasks = derive_tasks(situation)
    to_clear = derive_to_clear(situation, tasks)
    used = planning.scheme
    facts = facts_of(plan, actions, findings, to_clear, _criticality(opened, impact))
    candidates = {one.id for one in findings if one.standing == "candidate"}
    apart = {
        one.id: 0 if one.findings[0] not in candidates else 2 if one.status == "candidate" else 1
        for one in plan
    }
    priorities = _confirmed_first(used, facts, apart)
    ranks = {one.item: one.rank for one in priorities}
    shop = Workshop(
        tasks=tasks,
        to_clear=to_clear,
        capacities=Capacities(
            {names.get(who, who): days for who, days in engagement.planning.capacity.items()},
            planning.rules.capacity,
        ),
        days=WorkDays(engagement.as_of, from_calendar(planning.calendar)),
        rules=planning.rules,
        ranks=ranks,
    )
    blocked: tuple[GateId, ...] = tuple(one.id for one in gates if not one.passed)
    smallest = (smallest_set(shop, "effort", blocked), smallest_set(shop, "date", blocked))
    work = PlanWork(
        owner=names.get(engagement.planning.owner, engagement.planning.owner),
        scheme=used.id,
        scheme_title=used.title,
        priorities=priorities,
        sensitivity=try_weights(used, [one for one in facts if not apart[one.item]]),
        tasks=tasks,
        to_clear=to_clear,
        smallest=smallest,
        schedule=_with_calendar_note(schedule(shop, smallest[0].tasks), opened),
        quick_wins=quick_wins(tasks, planning.rules),
        rules=planning.rules,
    )
    return put_in_order(plan, ranks), work, shop


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
