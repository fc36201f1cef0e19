"""What ``auditkit plan`` prints, from a run that writes no reports."""

from collections.abc import Callable
from typing import Any, Literal, NamedTuple, cast

from auditkit.base.errors import UsageFault
from auditkit.engagement.open import OpenEngagement
from auditkit.engagement.run import RunOptions, RunOutcome, assess
from auditkit.improvement.planning_model import GateId, PlanWork, Schedule, SmallestSet
from auditkit.improvement.work_out import schedule_set, smallest_set
from auditkit.reporting.terminal_plan import plan_text, schedule_text, sensitivity_text, smallest_text

Progress = Callable[[int, int, str], None]


class ShownPlan(NamedTuple):
    """The plan of an engagement, as data and worded."""

    outcome: RunOutcome
    work: PlanWork

    def items(self, candidates: bool) -> tuple[Any, str]:
        """Return the plan itself."""
        run = self.outcome.run
        data = {
            "owner": self.work.owner,
            "scheme": self.work.scheme,
            "quick_wins": list(self.work.quick_wins),
            "items": [one.model_dump(mode="json") for one in run.plan],
            "priorities": [one.model_dump(mode="json") for one in self.work.priorities],
        }
        names = {one.id: one.name for one in run.engagement.people}
        return data, plan_text(run.plan, self.work, names, candidates)

    def smallest(self, by: Literal["effort", "date"], gates: tuple[str, ...]) -> tuple[Any, str]:
        """Return the smallest set for all closed gates, or for those named."""
        found, laid = self._set(by, gates)
        data = {**found.model_dump(mode="json"), "schedule": laid.model_dump(mode="json")}
        return data, smallest_text(found, self.work, laid)

    def schedule(self, only_smallest: bool) -> tuple[Any, str]:
        """Return the schedule of the whole plan, or of the smallest set by effort alone."""
        laid = self._set("effort", ())[1] if only_smallest else self.work.schedule
        return laid.model_dump(mode="json"), schedule_text(self.work, laid)

    def sensitivity(self) -> tuple[Any, str]:
        """Return what moves the order."""
        found = self.work.sensitivity
        return found.model_dump(mode="json"), sensitivity_text(found)

    def _set(self, by: Literal["effort", "date"], gates: tuple[str, ...]) -> tuple[SmallestSet, Schedule]:
        known = [gate.id for gate in self.outcome.run.gates]
        unknown = [one for one in gates if one not in known]
        if unknown:
            raise UsageFault(f"There is no gate {unknown[0]}. Name one of {', '.join(known)}.")
        wanted = gates or tuple(gate.id for gate in self.outcome.run.gates if not gate.passed)
        found = smallest_set(self.outcome.shop, by, cast("tuple[GateId, ...]", wanted))
        return found, schedule_set(self.outcome.shop, found.tasks)


def show_plan(
    opened: OpenEngagement, progress: Progress | None = None, scheme: str | None = None
) -> ShownPlan:
    """Assess the engagement and work out its plan, by another scheme where one is named."""
    if scheme is not None:
        schemes = opened.planning.schemes
        if scheme not in schemes:
            raise UsageFault(
                f"There is no priority scheme {scheme}. Name one of {', '.join(sorted(schemes))}."
            )
        opened = opened._replace(planning=opened.planning._replace(scheme=schemes[scheme]))
    outcome = assess(opened, RunOptions(progress=progress))
    work = outcome.run.plan_work
    assert work is not None  # noqa: S101 - a run of the pipeline always works it out
    return ShownPlan(outcome, work)
