"""Which changes of an action count: known owners, days in order, and steps that the life of its finding allows (pure)."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple, get_args

from auditkit.assessment.engagement import Person
from auditkit.findings.lifecycle import Life, Rules, refuse
from auditkit.findings.model import Event, FindingState, Step
from auditkit.improvement.exchange.model import ActionStatus
from auditkit.improvement.model import ActionFile

_STEPS: dict[str, Step] = {
    "answered": "answer", "accepted": "accept_plan", "plan accepted": "accept_plan", "implemented": "implement",
    "verified": "verify", "effective": "verify", "verified effective": "verify", "closed": "close", "close": "close",
    "reopened": "reopen", "rejected": "reject", "merged": "merge",
}  # fmt: skip
"""What people write as the status of an action and is a step of its finding."""
_COMMANDS: dict[Step, str] = {"accept_plan": "accept"}
_DONE: frozenset[FindingState] = frozenset({"implemented", "verified_effective", "closed"})


class Fault(NamedTuple):
    """Why a field of an action may not become what a file wants."""

    field: str
    message: str
    hint: str


class Case(NamedTuple):
    """What a change of an action is judged by."""

    finding: str
    life: Life | None
    """Where the finding stands; None: nobody raised it."""
    raised_at: date | None
    rules: Rules
    baseline_at: date | None
    """Day of the value before the work; None: none was measured."""
    at: date
    """Day on which what is done counts as done."""


def judge_change(before: ActionFile, after: Mapping[str, str], case: Case) -> list[Fault]:
    """Return what is wrong with new values of an action, by field; ``after`` holds all fields as texts."""
    return [
        *_owner(before, after, case),
        *_days(before, after, case),
        *(_status(before, after, case) if after["status"] != before.status else ()),
    ]


def person_of(name: str, people: Mapping[str, Person]) -> Person | None:
    """Return the person somebody means, by id or by name; None when it is none, or more than one."""
    wanted = name.strip().casefold()
    found = [one for one in people.values() if wanted in (one.id.casefold(), one.name.casefold())]
    return found[0] if len(found) == 1 else None


def _owner(before: ActionFile, after: Mapping[str, str], case: Case) -> list[Fault]:
    if after["owner"] == before.owner or person_of(after["owner"], case.rules.people) is not None:
        return []
    hint = "Add the person to engagement.yaml, or name another by id or name."
    return [Fault("owner", f"{after['owner'][:40]} is not among the people of engagement.yaml.", hint)]


def _days(before: ActionFile, after: Mapping[str, str], case: Case) -> list[Fault]:
    start, due = (date.fromisoformat(after[name]) if after[name] else None for name in ("started_at", "due"))
    faults = []
    if (
        start is not None
        and due is not None
        and due < start
        and (before.started_at, before.due) != (start, due)
    ):
        field = "due" if due != before.due else "started_at"
        faults.append(
            Fault(field, f"It is due on {due}, before it starts on {start}.", "Correct one of the days.")
        )
    measured = case.baseline_at
    if start is not None and start != before.started_at and measured is not None and measured > start:
        said = f"The baseline is of {measured}, after the start on {start}."
        hint = "Work starts after what it is to improve was measured; correct the start."
        faults.append(Fault("started_at", said, hint))
    return faults


def _status(before: ActionFile, after: Mapping[str, str], case: Case) -> list[Fault]:
    wanted = after["status"]
    step = _STEPS.get(wanted.casefold().replace("_", " "))
    if step is not None:
        refused = _refused(step, after["owner"], case)
        said = refused or f"That is a step of {case.finding}, which a person records."
        hint = f"When it may be taken: auditkit finding {_COMMANDS.get(step, step)} {case.finding}"
        return [Fault("status", f"{wanted} is no status of an action. {said}", hint)]
    if wanted not in get_args(ActionStatus):
        said = f"{wanted[:40]!r} is not one of {', '.join(get_args(ActionStatus))}."
        return [Fault("status", said, "Choose from the list.")]
    if before.status == "done" and case.life is not None and case.life.state in _DONE:
        said = f"{case.finding} is {case.life.state.replace('_', ' ')}, so its action is done."
        return [Fault("status", said, f"Open it again first: auditkit finding reopen {case.finding}")]
    if wanted == "done" and (case.life is None or case.life.state not in _DONE):
        refused = _refused("implement", after["owner"], case)
        if refused is not None:
            hint = f"See: auditkit finding show {case.finding}"
            return [Fault("status", f"It cannot be done yet: {refused}", hint)]
    return []


def _refused(step: Step, owner: str, case: Case) -> str | None:
    """Say why the finding may not take a step now, by the rules of its life."""
    if case.life is None or case.raised_at is None:
        return f"{case.finding} was not raised. Raise it first."
    person = person_of(owner, case.rules.people)
    note = "As the register says."
    event = Event(step=step, at=case.at, by=person.id if person else owner, note=note)
    return refuse(case.life, event, case.rules, case.raised_at)
