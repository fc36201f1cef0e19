"""What the benchmarks share: measuring in processes of their own, and printing goals as ratios."""

import json
import os
import statistics
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

HERE = Path(__file__).resolve().parent
NOT_INSTALLED = 3
"""Exit code of a measuring script whose tool is not there."""
AT_MOST = "at most"
AT_LEAST = "at least"
Figures = dict[str, Any]


class Goal(NamedTuple):
    """One goal and what was measured."""

    number: str
    says: str
    direction: str
    wanted: float
    found: float | None
    unit: str = "x"
    about: str = ""

    @property
    def reached(self) -> bool | None:
        """Tell whether it is reached; None: not measured."""
        if self.found is None:
            return None
        return self.found <= self.wanted if self.direction == AT_MOST else self.found >= self.wanted

    def line(self) -> str:
        """Return the goal as one line."""
        word = {True: "reached", False: "MISSED", None: "not run"}[self.reached]
        found = "-" if self.found is None else f"{self.found:.2f} {self.unit}"
        wanted = f"{self.direction} {self.wanted:g} {self.unit}"
        return f"{self.number:<4} {self.says:<58} {found:>11}  {wanted:<18} {word}" + (
            f"\n     {self.about}" if self.about else ""
        )


def print_goals(goals: Sequence[Goal]) -> None:
    """Print the table, and how many goals are reached."""
    for goal in goals:
        print(goal.line())
    measured = [goal for goal in goals if goal.reached is not None]
    print(f"\n{sum(bool(goal.reached) for goal in measured)} of {len(measured)} measured goals reached")
    print("CPU seconds of whole processes' work, children included; medians; the machine may be shared")


def measure(script: str, *words: object, python: str = sys.executable) -> Figures | None:
    """Run a measuring script and return the JSON it prints; None when its tool is not installed."""
    command = [python, str(HERE / script), *map(str, words)]
    done = subprocess.run(command, check=False, capture_output=True, text=True, env=_environment(python))
    if done.returncode == NOT_INSTALLED:
        return None
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{done.stderr}")
    found: Figures = json.loads(done.stdout.splitlines()[-1])
    return found


def repeated(times: int, once: Callable[[], Figures]) -> Figures:
    """Measure several times; wall, CPU and memory are medians. Fails when the counts are not the same each time."""
    found = [once() for _ in range(times)]
    if any(one.get("counts") != found[0].get("counts") for one in found):
        raise SystemExit("the same work counted differently in another run")
    middle = {
        name: statistics.median(one[name] for one in found)
        for name in ("wall", "cpu", "kib", "kib_before")
        if name in found[0]
    }
    return {**found[0], **middle}


def _environment(python: str) -> dict[str, str]:
    """Return the environment; a peer's Python must not find our packages."""
    return {
        name: value for name, value in os.environ.items() if python == sys.executable or name != "PYTHONPATH"
    }
