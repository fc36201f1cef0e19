"""The life of a finding: which step may follow which, what it needs, and who may take it (design section 8; pure).

raised -> answered -> plan accepted -> implemented -> verified effective -> closed; reopened when the effect is missing.
A step that may not be taken is refused with what to do; it changes nothing, and the steps after it are judged without it.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import NamedTuple

from auditkit.assessment.engagement import Person
from auditkit.assessment.model import Grade
from auditkit.findings.model import AuditeePart, Event, FindingFile, FindingState, Step

OPEN: frozenset[FindingState] = frozenset({"raised", "answered", "plan_accepted", "implemented", "reopened"})
DONE: frozenset[FindingState] = frozenset({"verified_effective", "closed"})
_FROM: dict[Step, frozenset[FindingState]] = {
    "answer": frozenset({"raised", "answered", "reopened"}),
    "return": frozenset({"answered"}),
    "accept_plan": frozenset({"answered"}),
    "implement": frozenset({"plan_accepted"}),
    "verify": frozenset({"implemented"}),
    "close": frozenset({"verified_effective"}),
    "reopen": frozenset({"implemented", "verified_effective", "closed", "rejected"}),
    "reject": frozenset({"raised"}),
    "regrade": OPEN,
    "merge": OPEN,
    "split": OPEN,
    "note": frozenset({*OPEN, "verified_effective", "closed", "rejected", "merged"}),
}
_TO: dict[Step, FindingState] = {
    "answer": "answered",
    "return": "raised",
    "accept_plan": "plan_accepted",
    "implement": "implemented",
    "verify": "verified_effective",
    "close": "closed",
    "reopen": "reopened",
    "reject": "rejected",
    "merge": "merged",
    "split": "merged",
}
_FIRST: dict[Step, str] = {
    "return": "An answer is returned; record the answer first.",
    "accept_plan": "A plan is accepted once it is there; record the answer with cause, corrective action, owner and date first.",
    "implement": "An action is implemented once its plan was accepted; accept the plan first.",
    "verify": "The effect of an action is checked once it was implemented; record that first.",
    "close": "A finding is closed after its action was verified effective; verify it first.",
    "reopen": "Only what was implemented, verified, closed or rejected can be opened again.",
    "reject": "Only what was raised and not answered yet can be rejected; otherwise close or merge it.",
}
AUDITORS: frozenset[Step] = frozenset(
    {"return", "accept_plan", "verify", "close", "reopen", "reject", "regrade", "merge", "split"}
)
"""Steps that only a person of the auditor's side takes."""
_REASONED: frozenset[Step] = frozenset({"return", "reopen", "reject", "regrade", "merge", "split"})


class Refusal(NamedTuple):
    """A step that does not count."""

    number: int
    """Position in the list, from 1."""
    step: Step
    why: str
    """What is wrong and what to do, one or two sentences."""


class Rules(NamedTuple):
    """What steps are judged by, besides their order."""

    people: Mapping[str, Person]
    wait_days: int
    """Days between implementation and the check of its effect (parameter ``verification_wait_days``)."""
    evidence: frozenset[str] | None = None
    """Registered evidence ids; None: not checked."""
    findings: frozenset[str] | None = None
    """Ids of findings that merge and split may name; None: not checked."""


class Life(NamedTuple):
    """Where a finding stands after its events."""

    state: FindingState
    grade: Grade
    answer: AuditeePart
    history: tuple[Event, ...]
    """The events that counted."""
    refusals: tuple[Refusal, ...]


def follow(file: FindingFile, rules: Rules) -> Life:
    """Go through the events of a finding and return where it stands."""
    life = Life(file.finding.state, file.finding.grade, file.answer, (), ())
    for number, event in enumerate(file.events, 1):
        why = refuse(life, event, rules, file.finding.raised_at)
        if why is not None:
            life = life._replace(refusals=(*life.refusals, Refusal(number, event.step, why)))
        else:
            life = take(life, event)
    return life


def next_steps(life: Life) -> tuple[Step, ...]:
    """Return the steps that may follow, by the state alone, in the order of a life."""
    return tuple(step for step, states in _FROM.items() if life.state in states)


def refuse(life: Life, event: Event, rules: Rules, raised_at: date) -> str | None:
    """Say why a step may not be taken now, and what to do; None when it may."""
    if life.state not in _FROM[event.step]:
        hint = _FIRST.get(event.step, "It can no longer be changed.")
        return f"The finding is {life.state.replace('_', ' ')}. {hint}"
    before = life.history[-1].at if life.history else raised_at
    if event.at < before:
        return f"It is dated {event.at}, before the step ahead of it ({before}). Correct the date."
    return _person(life, event, rules) or _content(event, rules) or _effect(life, event, rules)


_GROUND: dict[FindingState, tuple[str, ...]] = {
    "answered": ("corrective_action", "owner"),
    "plan_accepted": ("cause", "corrective_action", "owner", "due", "plan_accepted_at"),
    "implemented": ("cause", "corrective_action", "owner", "implemented_at"),
    "verified_effective": ("corrective_action", "owner", "verified_at", "verified_by", "effectiveness"),
    "closed": ("corrective_action", "owner", "verified_at", "verified_by", "effectiveness"),
}
"""What a state written by hand needs in the answer of a nonconformity."""


def unsupported(file: FindingFile) -> str | None:
    """Say why a state written by hand has no ground in the answer beside it; None when it has."""
    state = file.finding.state
    lacking = _lacking(file, state)
    if not lacking:
        return None
    names = ", ".join(name.replace("_", " ") for name in lacking)
    return f"It is called {state.replace('_', ' ')}, but its answer has no {names}."


def supported_state(file: FindingFile) -> FindingState:
    """Return the furthest state, up to the one written, for which the answer has the ground; at least raised."""
    states = list(_GROUND)
    up_to = states[: states.index(file.finding.state)] if file.finding.state in states else []
    return next((state for state in reversed(up_to) if not _lacking(file, state)), "raised")


def _lacking(file: FindingFile, state: FindingState) -> list[str]:
    if file.finding.grade not in ("major", "minor"):
        return []
    return [name for name in _GROUND.get(state, ()) if not getattr(file.answer, name)]


def _person(life: Life, event: Event, rules: Rules) -> str | None:
    person = rules.people.get(event.by)
    if person is None:
        return (
            f"{event.by} is not among the people of engagement.yaml. Add the person there, or name another."
        )
    if event.step in AUDITORS and person.side != "auditor":
        return f"{person.name} is not of the audit team; this step is an auditor's. Name an auditor of engagement.yaml."
    if event.step == "answer" and person.side == "auditor":
        return f"{person.name} is an auditor and names neither cause nor remedy. The answer is the auditee's."
    if event.step in ("verify", "close") and _is(person, life.answer.owner):
        return f"{person.name} owns the action and cannot verify or close it. Somebody else has to."
    return None


def _content(event: Event, rules: Rules) -> str | None:
    if event.step in _REASONED and not event.note.strip():
        return "It gives no reason. Say why in the note."
    if event.step == "answer":
        lacking = [
            name.replace("_", " ")
            for name in ("correction", "cause", "corrective_action", "owner", "due")
            if not getattr(event, name)
        ]
        if lacking:
            return f"The answer has no {', '.join(lacking)}. Add what is missing."
    if event.step == "implement" and not (event.evidence or event.note.strip()):
        return "Nothing shows that it was done. Name evidence, or say in the note what was seen."
    if event.step == "regrade" and event.grade is None:
        return "It names no grade."
    if event.step == "merge" and len(event.into) != 1:
        return "It has to name the one finding that takes this one in."
    if event.step == "split" and len(event.into) < 2:
        return "It has to name the findings that this one became, at least two."
    return _known(event, rules)


def _known(event: Event, rules: Rules) -> str | None:
    strangers = sorted(set(event.evidence) - rules.evidence) if rules.evidence is not None else []
    if strangers:
        return f"{', '.join(strangers)} is not in the evidence register. Register it, or correct the id."
    strangers = sorted(set(event.into) - rules.findings) if rules.findings is not None else []
    if strangers:
        return f"{', '.join(strangers)} is no finding of this engagement. Raise it first, or correct the id."
    return None


def _effect(life: Life, event: Event, rules: Rules) -> str | None:
    if event.step != "verify":
        return None
    if event.effective is None:
        return "It does not say whether the action was effective."
    if not event.evidence:
        return "An effect is shown by evidence. Name the evidence that was looked at."
    if not event.note.strip():
        return "It does not say what the check showed. Say it in the note."
    done = life.answer.implemented_at
    if event.effective and done is not None and event.at < done + timedelta(days=rules.wait_days):
        return (
            f"It was implemented on {done}; {rules.wait_days} days of operation have to pass before its effect "
            f"can be seen (parameter verification_wait_days). Verify it from {done + timedelta(days=rules.wait_days)} on."
        )
    return None


def take(life: Life, event: Event) -> Life:
    """Return where a finding stands after a step that may be taken."""
    state = _TO.get(event.step, life.state)
    answer = life.answer
    if event.step == "answer":
        answer = AuditeePart(
            correction=event.correction,
            cause=event.cause,
            corrective_action=event.corrective_action,
            owner=event.owner,
            due=event.due,
        )
    elif event.step == "accept_plan":
        answer = answer.model_copy(update={"plan_accepted_at": event.at})
    elif event.step == "implement":
        answer = answer.model_copy(update={"implemented_at": event.at})
    elif event.step == "verify":
        state = "verified_effective" if event.effective else "reopened"
        answer = answer.model_copy(
            update={"verified_at": event.at, "verified_by": event.by, "effectiveness": event.note}
        )
    elif event.step == "reopen":
        nothing = {"verified_at": None, "verified_by": None, "effectiveness": "", "implemented_at": None}
        answer = answer.model_copy(update={**nothing, "plan_accepted_at": None})
    grade = event.grade if event.step == "regrade" and event.grade is not None else life.grade
    return Life(state, grade, answer, (*life.history, event), life.refusals)


def _is(person: Person, owner: str) -> bool:
    named = owner.strip().casefold()
    return bool(named) and named in (person.id.casefold(), person.name.casefold())
