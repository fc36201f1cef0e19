"""The smallest set of tasks that meets every need: an exact integer program, solved by HiGHS through scipy (pure).

A need is met by any of its alternatives, each a set of tasks that all have to be done; a task needs its predecessors.
Objectives are taken one after the other: the first is made as small as it can be, then the next without giving it up,
and at last the ids decide, so equal inputs give equal sets. The limit is on nodes, not on time, for the same reason.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from auditkit.base.language import say

NODE_LIMIT = 200_000
"""Nodes of the search tree of one program; beyond, a set is found but not proven."""


class Choice(NamedTuple):
    """A task that can be chosen."""

    id: str
    effort: int
    """In the smallest unit, so that sums are exact."""
    day: int
    """Days from now until its effect is there, with everything it waits for."""
    predecessors: tuple[str, ...] = ()


class Demand(NamedTuple):
    """Something that has to be met."""

    id: str
    alternatives: tuple[frozenset[str], ...]
    """Each a set of tasks that meets it; none at all: nothing does."""


class Solution(NamedTuple):
    """The smallest set, and what is known about it."""

    chosen: tuple[str, ...]
    unmet: tuple[str, ...]
    """Demands that nothing can meet; the set is the smallest for the others."""
    effort: int
    day: int
    proven: bool
    status: str
    """What the solver said, in its own words."""
    programs: int
    """How many integer programs were solved."""


def find_smallest(choices: Iterable[Choice], demands: Iterable[Demand], by: str = "effort") -> Solution:
    """Find the smallest set by ``effort`` (then day) or by ``date`` (then effort); then fewest tasks, then earliest ids."""
    usable = _usable(tuple(choices))
    asked = tuple(demands)
    possible = tuple(one for one in asked if _meetable(one, usable))
    unmet = tuple(one.id for one in asked if not _meetable(one, usable))
    if not possible:
        return Solution((), unmet, 0, 0, True, say("Nothing had to be chosen."), 0)
    program = _Program(tuple(usable[key] for key in sorted(usable)), possible)
    found, effort, day = program.best(("effort", "day") if by == "effort" else ("day", "effort"))
    return Solution(found, unmet, effort, day, program.proven, program.status, program.solved)


def fulfils(chosen: Iterable[str], choices: Iterable[Choice], demands: Iterable[Demand]) -> bool:
    """Tell whether a set holds every predecessor of its tasks and meets every demand."""
    held = frozenset(chosen)
    known = {one.id: one for one in choices}
    return all(set(known[one].predecessors) <= held for one in held) and all(
        any(option <= held for option in one.alternatives) for one in demands
    )


def _usable(choices: tuple[Choice, ...]) -> dict[str, Choice]:
    """Leave out tasks whose predecessors are not there, and those that wait for such, or for themselves."""
    left = {one.id: one for one in choices}
    done: set[str] = set()
    while ready := [key for key, one in left.items() if key not in done and set(one.predecessors) <= done]:
        done.update(ready)
    return {key: one for key, one in left.items() if key in done}


def _meetable(demand: Demand, usable: Mapping[str, Choice]) -> bool:
    return any(option <= usable.keys() for option in demand.alternatives)


class _Program:
    """The integer program: one variable a task, one an alternative that is no single task, and one for the day."""

    def __init__(self, choices: Sequence[Choice], demands: Sequence[Demand]) -> None:
        self.choices = choices
        self.index = {one.id: at for at, one in enumerate(choices)}
        self.rows: list[tuple[dict[int, float], float]] = []
        """Each row: coefficients by variable, and the least their sum may be."""
        self.width = len(choices)
        for one in choices:
            self.rows += [
                ({self.index[before]: 1.0, self.index[one.id]: -1.0}, 0.0) for before in one.predecessors
            ]
        for demand in demands:
            options = [option for option in demand.alternatives if option <= self.index.keys()]
            if frozenset() in options:
                continue
            self.rows.append(({self._met(option): 1.0 for option in options}, 1.0))
        self.day = self.width
        self.width += 1
        self.rows += [({self.day: 1.0, at: -float(one.day)}, 0.0) for at, one in enumerate(choices)]
        self.proven, self.status, self.solved = True, "", 0

    def _met(self, option: frozenset[str]) -> int:
        """Return the variable that says an alternative is wholly chosen."""
        if len(option) == 1:
            return self.index[next(iter(option))]
        self.width += 1
        self.rows += [({self.index[one]: 1.0, self.width - 1: -1.0}, 0.0) for one in sorted(option)]
        return self.width - 1

    def best(self, objectives: tuple[str, str]) -> tuple[tuple[str, ...], int, int]:
        """Minimise the objectives in turn, then the number of tasks, and settle ties by id."""
        costs = {
            "effort": {at: float(one.effort) for at, one in enumerate(self.choices)},
            "day": {self.day: 1.0},
            "number": dict.fromkeys(range(len(self.choices)), 1.0),
        }
        held: list[int] | None = None
        for name in (*objectives, "number"):
            found = self._solve(costs[name], {})
            if found is None:
                break
            least = round(sum(cost * found[at] for at, cost in costs[name].items()))
            self.rows.append(({at: -cost for at, cost in costs[name].items()}, -float(least)))
            held = found
        if held is None:
            return (), 0, 0
        fixed: dict[int, float] = {}
        for at in range(len(self.choices)):
            if not held[at]:
                other = self._solve({}, {**fixed, at: 1.0})
                if other is None:
                    continue
                held = other
            fixed[at] = 1.0
        chosen = [one for one, taken in zip(self.choices, held, strict=False) if taken]
        return (
            tuple(one.id for one in chosen),
            sum(one.effort for one in chosen),
            max((one.day for one in chosen), default=0),
        )

    def _solve(self, cost: Mapping[int, float], fixed: Mapping[int, float]) -> list[int] | None:
        """Solve once; None when there is no solution. Whatever is not optimal or infeasible leaves the whole unproven."""
        import numpy
        from scipy.optimize import Bounds, LinearConstraint, milp
        from scipy.sparse import csr_array

        cells = [(row, at, value) for row, (given, _) in enumerate(self.rows) for at, value in given.items()]
        shape = (len(self.rows), self.width)
        rows, columns, values = zip(*cells, strict=True)
        matrix = csr_array((values, (rows, columns)), shape=shape)
        lower, upper = numpy.zeros(self.width), numpy.ones(self.width)
        upper[self.day] = max(one.day for one in self.choices)
        for at, value in fixed.items():
            lower[at] = value
        result: Any = milp(
            [cost.get(at, 0.0) for at in range(self.width)],
            constraints=LinearConstraint(matrix, [least for _, least in self.rows], numpy.inf),
            integrality=numpy.ones(self.width),
            bounds=Bounds(lower, upper),
            options={"node_limit": NODE_LIMIT, "mip_rel_gap": 0.0},
        )
        self.solved += 1
        if cost and (not self.status or result.status != 0):
            self.status = str(result.message)
        self.proven = self.proven and result.status in (0, 2)
        return None if result.x is None else [round(value) for value in result.x]
