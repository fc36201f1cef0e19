"""What keeps gates closed, and which sets of tasks clear each of it (pure).

A finding is cleared by all actions that answer it, each or its alternative; one that only comes before another comes along
with it. A point is cleared when every nonconformity on
it is, or by an action that says so; then auditors look again. What nothing clears has no alternative, and says so.
"""

from collections.abc import Iterable
from itertools import product

from auditkit.assessment.model import Gate, GateBlocker
from auditkit.findings.model import Finding
from auditkit.improvement.model import ActionFile
from auditkit.improvement.planning_model import Task, ToClear
from auditkit.improvement.tasks import ANSWERED_STATES, OPEN_STATES, Situation

Option = frozenset[str]
POINTWISE = {"document_not_shown": "document", "clause_not_conforming": "clause"}
"""Blockers that consist of points, with the word that ``clears`` of an action names them by."""


def derive_to_clear(situation: Situation, tasks: Iterable[Task]) -> tuple[ToClear, ...]:
    """Return everything that has to be cleared, gate by gate, with its alternatives."""
    ids = {one.id for one in tasks}
    found = []
    for gate in situation.gates:
        for blocker in gate.blockers:
            for name, what, options in _parts(blocker, situation):
                usable = sorted({tuple(sorted(one)) for one in options if one <= ids})
                found.append(_to_clear(gate, blocker, name, what, tuple(usable)))
    return tuple(found)


def _to_clear(
    gate: Gate, blocker: GateBlocker, name: str, what: str, options: tuple[tuple[str, ...], ...]
) -> ToClear:
    return ToClear(id=f"{gate.id}: {name}", gate=gate.id, kind=blocker.kind, what=what, alternatives=options)


def _parts(blocker: GateBlocker, situation: Situation) -> list[tuple[str, str, list[Option]]]:
    """Split a blocker into what is cleared for itself: name, words, alternatives."""
    if blocker.kind in POINTWISE:
        word = f"{POINTWISE[blocker.kind]}:{blocker.subject}"
        return [
            (f"{word} {point}", f"{blocker.title}, {point}", _of_point(point, word, situation))
            for point in blocker.points
        ]
    if blocker.kind in ("major_open", "minor_without_plan"):
        finding = next((one for one in situation.findings if one.id == blocker.subject), None)
        options = _of_blocking(finding, blocker.kind == "major_open", situation) if finding else []
        return [(blocker.subject, blocker.what, options)]
    if blocker.kind == "records_too_young":
        word = f"records:{blocker.subject}"
        options = [frozenset({f"records {blocker.subject}"}), *_said(word, situation)]
        return [(word, blocker.what, options)]
    if blocker.kind == "records_not_shown":
        word = f"records:{blocker.subject}"
        return [(word, blocker.what, _said(word, situation))]
    step = {
        "candidate": "decide candidates",
        "not_assessed": "assess points",
        "not_confirmed": "confirm points",
    }.get(blocker.kind, "")
    return [(blocker.subject or step, blocker.what, [frozenset({step})] if step else [])]


def _of_point(point: str, word: str, situation: Situation) -> list[Option]:
    """Every nonconformity on the point has to go; an action that names the point or its blocker does without."""
    covering = [
        one
        for one in situation.findings
        if point in one.points and one.state in OPEN_STATES and one.grade in ("major", "minor")
    ]
    together = product(*(_of_finding(one, situation, proven=True) for one in covering)) if covering else ()
    options = [frozenset[str]().union(*parts) for parts in together]
    return [*options, *_said(point, situation), *_said(word, situation)]


def _of_blocking(finding: Finding, effect: bool, situation: Situation) -> list[Option]:
    """A minor waits for an accepted plan alone; a major for its actions and the proof of their effect besides."""
    steps = {f"accept {finding.id}"} if finding.state in ("raised", "reopened", "answered") else set()
    steps |= {f"answer {finding.id}"} if finding.state in ("raised", "reopened") else set()
    if not effect:
        return [frozenset(steps), *_said(finding.id, situation)] if steps else []
    return [one | steps for one in _of_finding(finding, situation, proven=True)]


def _of_finding(finding: Finding, situation: Situation, proven: bool) -> list[Option]:
    """Return the sets of actions that deal with a finding, with the look at their effect where it has to be proven."""
    actions = situation.answers(finding.id)
    ids = {one.id for one in actions}
    prepare = {before for one in actions for before in one.predecessors}
    slots = [
        [one.id, *(other.id for other in situation.actions if other.alternative_to == one.id)]
        for one in actions
        if one.alternative_to not in ids and one.id not in prepare
    ]
    if not slots:
        slots = [[f"P-{finding.id}"]] if finding.state in ANSWERED_STATES and finding.answer.owner else []
    proof = {f"verify {finding.id}"} if proven else set()
    options = [frozenset({*parts, *proof}) for parts in product(*slots)] if slots else []
    return [*options, *(one | proof for one in _said(finding.id, situation))]


def _said(word: str, situation: Situation) -> list[Option]:
    """Return the actions that say they clear something, each with the look at its effect."""
    return [
        frozenset({one.id, f"verify {situation.finding_of(one)}"})
        for one in _stating(word, situation.actions)
    ]


def _stating(word: str, actions: Iterable[ActionFile]) -> list[ActionFile]:
    return [one for one in actions if word in one.clears]
