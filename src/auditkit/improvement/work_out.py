"""Work out the plan: what clears what, the smallest set, the schedule and its milestones, quick wins (pure)."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from math import ceil
from typing import Literal, NamedTuple

from auditkit.improvement.critical_path import find_spans, in_order
from auditkit.improvement.model import Estimate
from auditkit.improvement.planning_model import (
    GateId,
    MilestoneDay,
    PlanningRules,
    Schedule,
    SmallestSet,
    Task,
    ToClear,
)
from auditkit.improvement.priority_model import exact
from auditkit.improvement.schedule import Capacities, lay_out
from auditkit.improvement.smallest import Choice, Demand, find_smallest
from auditkit.improvement.tasks import AUDITORS
from auditkit.improvement.work_days import WorkDays

HUNDREDTHS = 100
"""Efforts are summed in hundredths of a day, so that sums are exact."""


class Workshop(NamedTuple):
    """What a plan is worked out from."""

    tasks: tuple[Task, ...]
    to_clear: tuple[ToClear, ...]
    capacities: Capacities
    days: WorkDays
    rules: PlanningRules
    ranks: Mapping[str, int]
    """Place of an action by priority."""


def smallest_set(shop: Workshop, by: Literal["effort", "date"], gates: Iterable[GateId]) -> SmallestSet:
    """Return the smallest set of tasks that opens the gates named."""
    wanted = tuple(gates)
    demands = [
        Demand(one.id, tuple(frozenset(option) for option in one.alternatives))
        for one in shop.to_clear
        if one.gate in wanted
    ]
    effects = _effects(shop)
    choices = [
        Choice(
            one.id,
            round(exact(one.effort.likely) * HUNDREDTHS),
            effects[one.id],
            one.predecessors,
        )
        for one in shop.tasks
        if one.id in effects
    ]
    found = find_smallest(choices, demands, by)
    chosen = [one for one in shop.tasks if one.id in found.chosen]
    return SmallestSet(
        by=by,
        gates=wanted,
        tasks=tuple(one.id for one in chosen),
        effort=_total(chosen),
        effort_assumed=tuple(one.id for one in chosen if one.effort_assumed),
        not_cleared=found.unmet,
        dependencies_day=shop.days.day(max(found.day - 1, 0)),
        proven=found.proven,
        solver=found.status,
        programs=found.programs,
    )


def schedule(shop: Workshop, keep: Iterable[str]) -> Schedule:
    """Lay out every open task, of alternatives only those in ``keep``; or, of a set, its tasks alone."""
    kept = frozenset(keep)
    left_out = _alternatives_left_out(shop.tasks, kept)
    tasks = tuple(one for one in shop.tasks if one.id not in left_out)
    laid = lay_out(tasks, shop.capacities, shop.days, shop.ranks)
    return laid.model_copy(
        update={"left_out": left_out, "milestones": _milestones(shop, laid)},
    )


def schedule_set(shop: Workshop, chosen: Iterable[str]) -> Schedule:
    """Lay out a set of tasks alone."""
    names = frozenset(chosen)
    tasks = tuple(one for one in shop.tasks if one.id in names)
    laid = lay_out(tasks, shop.capacities, shop.days, shop.ranks)
    return laid.model_copy(update={"milestones": _milestones(shop, laid)})


def quick_wins(tasks: Iterable[Task], rules: PlanningRules) -> tuple[str, ...]:
    """Return the actions that the rule calls quick wins; what is not known is no quick win."""
    rule = rules.quick_win
    return tuple(
        one.id
        for one in tasks
        if one.kind == "action"
        and not one.done
        and not one.effort_assumed
        and one.effort.likely <= rule.effort_days
        and len(one.resources) <= rule.owners
        and len(one.processes) <= rule.processes
        and (one.cost or 0) <= rule.cost
        and not one.predecessors
    )


def _effects(shop: Workshop) -> dict[str, int]:
    """Return by dependencies alone when the effect of each task is there, the auditors' look at it included."""
    ordered, _ = in_order(one.model_copy(update={"proves": ()}) for one in shop.tasks)
    capacity = {who: shop.capacities.of(who) for one in ordered for who in one.resources}
    spans = find_spans(ordered, capacity, shop.days)
    pace = min(shop.capacities.of(AUDITORS), Fraction(1))
    return {one.id: spans[one.id].effect + ceil(exact(one.proof_days) / pace) for one in ordered}


def _total(tasks: Iterable[Task]) -> Estimate:
    efforts = [one.effort for one in tasks]
    low, likely, high = (
        round(float(sum(exact(getattr(one, name)) for one in efforts)), 2)
        for name in ("low", "likely", "high")
    )
    return Estimate(low=low, likely=likely, high=high)


def _alternatives_left_out(tasks: tuple[Task, ...], kept: frozenset[str]) -> tuple[str, ...]:
    """Of actions that can take each other's place, those outside the smallest set are left out, one of each staying."""
    out: list[str] = []
    groups: dict[str, list[str]] = {}
    for one in tasks:
        if one.replaces is not None:
            groups.setdefault(one.replaces, []).append(one.id)
    known = {one.id for one in tasks}
    for first, others in sorted(groups.items()):
        group = [one for one in (first, *others) if one in known]
        stay = [one for one in group if one in kept] or group[:1]
        out += [one for one in group if one not in stay]
    waited_for = {before for one in tasks if one.id not in out for before in one.predecessors}
    for one in tasks:
        if one.id in out:
            out += [name for name in one.predecessors if name not in waited_for and name not in kept]
    return tuple(sorted(set(out)))


def _milestones(shop: Workshop, laid: Schedule) -> tuple[MilestoneDay, ...]:
    effects = {one.task: one.effect for one in laid.tasks}
    days: list[MilestoneDay] = []
    for one in shop.rules.milestones:
        lacking, latest = [], shop.days.day(0)
        for blocker in shop.to_clear:
            if blocker.gate not in one.gates:
                continue
            options = [option for option in blocker.alternatives if effects.keys() >= set(option)]
            if not options:
                lacking.append(blocker.id)
                continue
            latest = max(latest, min(max(effects[task] for task in option) for option in options))
        days.append(
            MilestoneDay(id=one.id, title=one.title, day=None if lacking else latest, lacking=tuple(lacking))
        )
    named = sorted({one.milestone for one in shop.tasks if one.milestone and one.id in effects})
    for name in named:
        mine = [effects[one.id] for one in shop.tasks if one.milestone == name and one.id in effects]
        if name not in {one.id for one in days}:
            days.append(MilestoneDay(id=name, title=name, day=max(mine)))
    return tuple(days)
