"""Lay tasks into working days within everybody's capacity: list scheduling by three rules, the shortest is kept (pure).

List scheduling is not exact; so the earliest end that any schedule could have is reckoned beside it. Where both agree the
schedule is proven shortest.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from math import ceil
from typing import NamedTuple

from auditkit.base.language import say
from auditkit.improvement.critical_path import (
    Span,
    duration,
    effect_after,
    find_spans,
    in_order,
    links,
)
from auditkit.improvement.planning_model import Load, Schedule, ScheduledTask, Task
from auditkit.improvement.priority_model import exact
from auditkit.improvement.work_days import WorkDays


class Capacities(NamedTuple):
    """Person days a working day, of whom they are stated and of everybody else."""

    stated: Mapping[str, float]
    otherwise: float

    def of(self, who: str) -> Fraction:
        """Return the capacity of a person or role."""
        return exact(self.stated.get(who, self.otherwise))


class Laid(NamedTuple):
    """Positions of a task: where it starts, where it is finished, where its effect is there."""

    start: int
    finish: int
    effect: int


def lay_out(
    tasks: Iterable[Task], capacities: Capacities, days: WorkDays, ranks: Mapping[str, int]
) -> Schedule:
    """Return the shortest of the schedules found. ``ranks``: place of an action by priority, for one of the rules."""
    ordered, stuck = in_order(tasks)
    capacity = {who: capacities.of(who) for task in ordered for who in task.resources}
    spans = find_spans(ordered, capacity, days)
    laid = min(
        (_serial(ordered, rule, capacity, days) for rule in _rules(spans, ranks)),
        key=lambda one: max((at.effect for at in one.values()), default=0),
    )
    end = max((one.effect for one in laid.values()), default=0)
    bound = max(
        (*(one.effect for one in spans.values()), *_load_bounds(ordered, capacity).values()), default=0
    )
    critical = [one.id for one in ordered if spans[one.id].slack <= 0 and not one.done]
    critical.sort(key=lambda one: (spans[one].start, spans[one].finish, one))
    return Schedule(
        tasks=tuple(
            _shown(one, laid[one.id], spans[one.id], days)
            for one in sorted(ordered, key=lambda one: (laid[one.id], one.id))
        ),
        end=days.day(max(end - 1, 0)),
        bound=days.day(max(bound - 1, 0)),
        exact=end <= bound,
        critical=tuple(critical),
        loads=_loads(ordered, capacities),
        milestones=(),
        notes=tuple(
            say("{task} waits for what is not in the plan or for itself, and is not laid out.", task=one)
            for one in stuck
        ),
    )


def _rules(
    spans: Mapping[str, Span], ranks: Mapping[str, int]
) -> tuple[Callable[[Task], tuple[int, str]], ...]:
    """What goes first: the least room, the first by priority, the longest still to come."""
    return (
        lambda task: (spans[task.id].latest, task.id),
        lambda task: (ranks.get(task.id, 0), task.id),
        lambda task: (spans[task.id].start - spans[task.id].effect, task.id),
    )


def _serial(
    tasks: tuple[Task, ...],
    rule: Callable[[Task], tuple[int, str]],
    capacity: Mapping[str, Fraction],
    days: WorkDays,
) -> dict[str, Laid]:
    """Take the first task by the rule whose predecessors are laid, and lay it as early as everybody has time."""
    used: dict[str, dict[int, Fraction]] = defaultdict(lambda: defaultdict(Fraction))
    ahead = defaultdict(list)
    for link in links(tasks):
        ahead[link.after].append(link)
    left = {one.id: one for one in tasks}
    laid: dict[str, Laid] = {}
    while left:
        ready = [one for one in left.values() if all(link.before in laid for link in ahead[one.id])]
        task = left.pop(min(ready, key=rule).id)
        start = max(
            (
                laid[link.before].effect if link.effect else laid[link.before].finish
                for link in ahead[task.id]
            ),
            default=0,
        )
        length = duration(task, capacity)
        pace = exact(task.effort.likely) / max(len(task.resources), 1) / length if length else Fraction(0)
        while True:
            full = [
                day
                for day in range(start, start + length)
                if any(used[who][day] + pace > capacity[who] for who in task.resources)
            ]
            if not full:
                break
            start = full[-1] + 1
        for day in range(start, start + length):
            for who in task.resources:
                used[who][day] += pace
        laid[task.id] = Laid(start, start + length, effect_after(task, start + length, days))
    return laid


def _load_bounds(tasks: Iterable[Task], capacity: Mapping[str, Fraction]) -> dict[str, int]:
    """Return for each person how many working days their whole work takes at least."""
    work: dict[str, Fraction] = defaultdict(Fraction)
    for task in tasks:
        for who in task.resources:
            work[who] += exact(task.effort.likely) / len(task.resources)
    return {who: ceil(days / capacity[who]) for who, days in work.items()}


def _loads(tasks: Iterable[Task], capacities: Capacities) -> tuple[Load, ...]:
    work: dict[str, Fraction] = defaultdict(Fraction)
    for task in tasks:
        for who in task.resources:
            work[who] += exact(task.effort.likely) / len(task.resources)
    return tuple(
        Load(
            who=who,
            effort_days=round(float(work[who]), 2),
            capacity=float(capacities.of(who)),
            assumed=who not in capacities.stated,
        )
        for who in sorted(work, key=lambda who: (-work[who] / capacities.of(who), who))
        if work[who]
    )


def _shown(task: Task, at: Laid, span: Span, days: WorkDays) -> ScheduledTask:
    finish = days.day(max(at.finish - 1, at.start))
    effect = finish if at.effect == at.finish else days.day(at.effect)
    late = (finish - task.due).days if task.due is not None and not task.done else 0
    return ScheduledTask(
        task=task.id,
        start=days.day(at.start),
        finish=finish,
        effect=effect,
        slack_days=span.slack,
        late_days=max(late, 0),
    )
