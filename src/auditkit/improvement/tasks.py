"""Tasks from the plan and from what gates wait for beside it: answers, and the work of auditors (pure)."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from auditkit.assessment.model import Gate, GateBlocker
from auditkit.base.language import say, say_count, translated
from auditkit.findings.model import Finding
from auditkit.improvement.model import ActionFile, Estimate, PlanItem
from auditkit.improvement.planning_model import PlanningRules, StepRule, Task, TaskKind

AUDITORS = "auditors"
OPEN_STATES = frozenset({"raised", "answered", "plan_accepted", "implemented", "reopened"})
ANSWERED_STATES = frozenset({"answered", "plan_accepted", "implemented"})


class Situation(NamedTuple):
    """What tasks and blockers are derived from."""

    plan: tuple[PlanItem, ...]
    """Without opportunities from guidance."""
    actions: tuple[ActionFile, ...]
    """Those that are not cancelled, with starts that were not refused."""
    findings: tuple[Finding, ...]
    gates: tuple[Gate, ...]
    rules: PlanningRules
    names: Mapping[str, str]
    """Person id to name."""
    wait_days: int
    """Parameter ``verification_wait_days``."""
    record_days: Mapping[str, date] = {}
    """By dataset, the day on which its records are old enough, where they are shown."""

    def name(self, who: str | None) -> str | None:
        """Return the name of a person given by id or by name."""
        return self.names.get(who, who) if who else None

    def finding_of(self, action: ActionFile) -> str:
        """Return the finding an action answers: the one that confirmed it, where it answers a candidate."""
        taken = (one.id for one in self.findings if action.finding in one.confirms)
        return next(taken, action.finding)

    def answers(self, finding: str) -> tuple[ActionFile, ...]:
        """Return the actions that answer a finding."""
        return tuple(one for one in self.actions if self.finding_of(one) == finding)


def derive_tasks(situation: Situation) -> tuple[Task, ...]:
    """Return a task for every action and every answer with an owner, then the steps that gates wait for."""
    findings = {one.id: one for one in situation.findings}
    items = {one.id: one for one in situation.plan}
    worst = _worst(situation)
    found = [
        _action(one, items.get(one.id), findings.get(situation.finding_of(one)), situation, worst)
        for one in situation.actions
    ]
    for one in situation.findings:
        if one.state in ANSWERED_STATES and one.answer.owner and not situation.answers(one.id):
            found.append(_answered(one, items.get(f"P-{one.id}"), situation, worst))
    for gate in situation.gates:
        found += [step for blocker in gate.blockers for step in _steps(blocker, findings, situation)]
    named = {task.finding for task in found if task.kind == "action" and task.finding}
    found += [_verify(one, found, situation) for one in sorted(named)]
    return tuple({task.id: task for task in found}.values())


def _action(
    action: ActionFile,
    item: PlanItem | None,
    finding: Finding | None,
    situation: Situation,
    worst: Estimate,
) -> Task:
    months = item.needs_record_months if item else 0
    done = action.status == "done"
    nothing = Estimate(low=0, likely=0, high=0)
    return Task(
        id=action.id,
        kind="action",
        title=action.title,
        owner=situation.name(action.owner),
        resources=tuple(situation.name(one) or one for one in action.resources or (action.owner,)),
        effort=nothing if done else action.estimate or worst,
        effort_assumed=not done and action.estimate is None,
        predecessors=action.predecessors,
        wait_days=_wait_days(finding, situation),
        wait_months=months if action.waiting_months is None else action.waiting_months,
        proof_days=situation.rules.steps.verify.effort_days,
        finding=finding.id if finding else action.finding,
        replaces=action.alternative_to,
        route=item.route if item else action.route,
        processes=item.processes if item else (),
        cost=action.cost,
        milestone=action.milestone,
        due=action.due,
        done=done,
    )


def _answered(finding: Finding, item: PlanItem | None, situation: Situation, worst: Estimate) -> Task:
    """Make a task of what an answer promises, where nobody made an action of it."""
    done = finding.state == "implemented"
    owner = situation.name(finding.answer.owner)
    return Task(
        id=f"P-{finding.id}",
        kind="action",
        title=finding.answer.corrective_action
        or say("What the answer of {finding} promises", finding=finding.id),
        owner=owner,
        resources=(owner,) if owner else (),
        effort=Estimate(low=0, likely=0, high=0) if done else worst,
        effort_assumed=not done,
        wait_days=_wait_days(finding, situation),
        wait_months=item.needs_record_months if item else 0,
        proof_days=situation.rules.steps.verify.effort_days,
        finding=finding.id,
        route=item.route if item else None,
        processes=item.processes if item else (),
        due=finding.answer.due,
        done=done,
    )


def _wait_days(finding: Finding | None, situation: Situation) -> int:
    """A document is there on the day it is approved, unless a major asks for its effect."""
    if finding is not None and finding.grade != "major" and (finding.procedure or "").startswith("document."):
        return 0
    return situation.wait_days


def _worst(situation: Situation) -> Estimate:
    known = [one.estimate.high for one in situation.actions if one.estimate is not None]
    days = max((situation.rules.unknown_effort_days, *known))
    return Estimate(low=days, likely=days, high=days)


def _steps(blocker: GateBlocker, findings: Mapping[str, Finding], situation: Situation) -> list[Task]:
    rules = situation.rules.steps
    if blocker.kind in ("minor_without_plan", "major_open") and blocker.subject in findings:
        finding = findings[blocker.subject]
        accept = _step("accept", finding.id, finding.id, rules.accept)
        if finding.state in ("raised", "reopened"):
            owner = situation.name(finding.answer.owner or None)
            answer = _step("answer", finding.id, finding.id, rules.answer, "answer", owner)
            return [answer, accept.model_copy(update={"predecessors": (answer.id,)})]
        return [accept] if finding.state == "answered" else []
    if blocker.kind == "candidate":
        number = sum(one.kind == "candidate" for gate in situation.gates for one in gate.blockers)
        what = say_count("{n} candidate", "{n} candidates", number, n=number)
        return [_step("decide", "candidates", what, rules.decide, number=number)]
    if blocker.kind == "not_assessed":
        number = len(blocker.points)
        what = say_count("{n} point without a verdict", "{n} points without a verdict", number, n=number)
        return [_step("assess", "points", what, rules.assess, number=number)]
    if blocker.kind == "not_confirmed":
        number = len(blocker.points)
        what = say_count("{n} point nobody confirmed", "{n} points nobody confirmed", number, n=number)
        return [_step("confirm", "points", what, rules.confirm, number=number)]
    if blocker.kind == "records_too_young" and blocker.subject in situation.record_days:
        return [_records(blocker, situation.record_days[blocker.subject])]
    return []


def _step(
    name: str,
    about: str,
    what: str,
    rule: StepRule,
    kind: TaskKind = "auditors",
    owner: str | None = AUDITORS,
    number: int = 1,
) -> Task:
    days = round(rule.effort_days * number, 4)
    return Task(
        id=f"{name} {about}",
        kind=kind,
        title=translated(rule.title).replace("{what}", what),
        owner=owner,
        resources=(owner,) if owner else (),
        effort=Estimate(low=days, likely=days, high=days),
    )


def _verify(finding: str, tasks: Iterable[Task], situation: Situation) -> Task:
    step = _step("verify", finding, finding, situation.rules.steps.verify)
    answering = [one for one in tasks if one.finding == finding]
    ids = {one.id for one in answering}
    replacing = [one.id for one in tasks if one.replaces in ids and one.id not in ids]
    return step.model_copy(update={"proves": (*(one.id for one in answering), *replacing)})


def _records(blocker: GateBlocker, day: date) -> Task:
    return Task(
        id=f"records {blocker.subject}",
        kind="records",
        title=say("Keep records until they are old enough: {dataset}", dataset=blocker.subject),
        owner=blocker.owner,
        resources=(),
        effort=Estimate(low=0, likely=0, high=0),
        not_before=day,
    )
