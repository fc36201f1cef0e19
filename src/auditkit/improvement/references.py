"""What actions name: predecessors, alternatives and what they clear; what leads nowhere is said (pure)."""

from collections.abc import Mapping

from auditkit.base.issue import InputIssue
from auditkit.base.place import Place
from auditkit.improvement.model import ActionFile

PREFIXES = ("document:", "records:", "clause:")


def check_references(
    actions: tuple[tuple[Place, ActionFile], ...], findings: frozenset[str], points: frozenset[str]
) -> tuple[InputIssue, ...]:
    """Return an issue for every name that leads nowhere, and for every action that stands twice or waits for itself."""
    known: dict[str, ActionFile] = {}
    issues: list[InputIssue] = []
    for place, action in actions:
        if action.id in known:
            issues.append(_issue(place, f"{action.id} stands twice; the first is used."))
        known.setdefault(action.id, action)
    for place, action in actions:
        for name in (*action.predecessors, *((action.alternative_to,) if action.alternative_to else ())):
            if name not in known:
                issues.append(_issue(place, f"{action.id} names {name}, which is no action."))
            elif known[name].status == "cancelled":
                issues.append(_issue(place, f"{action.id} names {name}, which is cancelled."))
        for name in action.clears:
            if name not in findings and name not in points and not name.startswith(("C-", *PREFIXES)):
                issues.append(
                    _issue(place, f"{action.id} clears {name}, which is no finding, point or blocker.")
                )
        ring = _ring(action.id, known)
        if ring:
            issues.append(
                _issue(place, f"{action.id} waits for itself: {' after '.join(ring)}.", "action-cycle")
            )
    return tuple(issues)


def _ring(start: str, known: Mapping[str, ActionFile]) -> tuple[str, ...]:
    """Return the way from an action back to itself along its predecessors; empty: there is none."""
    paths: list[tuple[str, ...]] = [(start,)]
    seen: set[str] = set()
    while paths:
        path = paths.pop()
        action = known.get(path[-1])
        for name in sorted(action.predecessors) if action else ():
            if name == start:
                return (*path, start)
            if name not in seen:
                seen.add(name)
                paths.append((*path, name))
    return ()


def _issue(place: Place, message: str, code: str = "action-unknown-reference") -> InputIssue:
    return InputIssue(
        code=code,
        severity="error",
        place=place,
        message=message,
        hint="Correct the action; what waits for a name that leads nowhere is not planned.",
    )
