"""The longest chain of a plan by dependencies alone: earliest and latest days, slack (pure).

Positions are numbers of working days. A task ends before the day of its ``finish``; its effect is there on ``effect``.
"""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from math import ceil
from typing import NamedTuple

from auditkit.improvement.planning_model import Task
from auditkit.improvement.priority_model import exact
from auditkit.improvement.work_days import WorkDays


class Span(NamedTuple):
    """Where a task lies by dependencies alone."""

    start: int
    finish: int
    effect: int
    """Number of the first working day on which its effect can be looked at."""
    latest: int
    """The latest start that keeps the end of the whole."""

    @property
    def slack(self) -> int:
        """Return by how many working days it can slip."""
        return self.latest - self.start


class Link(NamedTuple):
    """One task after another: after its work, or after its effect."""

    before: str
    after: str
    effect: bool


def in_order(tasks: Iterable[Task]) -> tuple[tuple[Task, ...], tuple[str, ...]]:
    """Return tasks with everything before them ahead, earliest ids first, and the ids that wait for what is not there."""
    left = {one.id: one for one in tasks}
    held = set(left)
    done: dict[str, Task] = {}
    while True:
        ready = [
            one
            for one in sorted(left)
            if set(left[one].predecessors) <= done.keys()
            and all(name in done for name in left[one].proves if name in held)
        ]
        if not ready:
            return tuple(done.values()), tuple(sorted(left))
        for one in ready:
            done[one] = left.pop(one)


def links(tasks: Iterable[Task]) -> tuple[Link, ...]:
    """Return what has to come after what, among the tasks that are there."""
    known = {one.id: one for one in tasks}
    return tuple(
        Link(before, one.id, effect)
        for one in known.values()
        for names, effect in ((one.predecessors, False), (one.proves, True))
        for before in names
        if before in known
    )


def duration(task: Task, capacity: Mapping[str, Fraction]) -> int:
    """Return the working days of a task: each of its people does an equal part, at most a day a day."""
    if not task.effort.likely:
        return 0
    parts = max(len(task.resources), 1)
    pace = min((min(capacity[one], Fraction(1)) for one in task.resources), default=Fraction(1))
    return ceil(exact(task.effort.likely) / parts / pace)


def effect_after(task: Task, finish: int, days: WorkDays) -> int:
    """Return the number of the working day on which the effect of a task that is finished can be looked at."""
    waits = task.wait_days or task.wait_months
    at = days.number(days.after(finish - 1, task.wait_days, task.wait_months)) if waits else finish
    if task.not_before is not None:
        at = max(at, days.number(task.not_before))
    return at


def find_spans(tasks: tuple[Task, ...], capacity: Mapping[str, Fraction], days: WorkDays) -> dict[str, Span]:
    """Return earliest and latest positions; ``tasks`` stand in order."""
    known = {one.id: one for one in tasks}
    tied = links(tasks)
    ahead: dict[str, list[Link]] = {one: [] for one in known}
    behind: dict[str, list[Link]] = {one: [] for one in known}
    for link in tied:
        ahead[link.after].append(link)
        behind[link.before].append(link)
    start: dict[str, int] = {}
    finish: dict[str, int] = {}
    effect: dict[str, int] = {}
    for name, task in known.items():
        start[name] = max(
            ((effect if link.effect else finish)[link.before] for link in ahead[name]), default=0
        )
        finish[name] = start[name] + duration(task, capacity)
        effect[name] = effect_after(task, finish[name], days)
    end = max(effect.values(), default=0)
    latest: dict[str, int] = {}
    for name in reversed(known):
        by_work = [latest[link.after] for link in behind[name] if not link.effect]
        by_effect = min((latest[link.after] for link in behind[name] if link.effect), default=end)
        last = _latest_finish(known[name], by_effect, finish[name], days)
        latest[name] = min((last, *by_work)) - (finish[name] - start[name])
    return {name: Span(start[name], finish[name], effect[name], latest[name]) for name in known}


def _latest_finish(task: Task, effect_by: int, earliest: int, days: WorkDays) -> int:
    """Return the latest finish whose effect is still there in time; waits are calendar time, so it is looked for."""
    low, high = earliest, max(earliest, effect_by)
    while low < high:
        middle = (low + high + 1) // 2
        if effect_after(task, middle, days) <= effect_by:
            low = middle
        else:
            high = middle - 1
    return low
