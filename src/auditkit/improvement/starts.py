"""No work starts before its baseline: a start without one does not count (design section 8; pure)."""

from collections.abc import Iterable, Mapping
from datetime import date

from auditkit.base.issue import InputIssue
from auditkit.base.place import Place
from auditkit.findings.model import Finding
from auditkit.improvement.model import ActionFile


def hold_starts(
    actions: Iterable[ActionFile], findings: Iterable[Finding], places: Mapping[str, Place], as_of: date
) -> tuple[tuple[ActionFile, ...], tuple[InputIssue, ...]]:
    """Return the actions with every start that has no earlier baseline taken back, and what to do about each."""
    measured = {
        name
        for one in findings
        if one.procedure is not None and one.examined
        for name in (one.id, *one.confirms)
    }
    kept, issues = [], []
    for action in actions:
        why = _refusal(action, action.finding in measured, as_of)
        if why:
            action = action.model_copy(update={"status": "agreed", "started_at": None})
            issues.append(
                InputIssue(
                    code="action-without-baseline",
                    severity="error",
                    place=places.get(action.id, Place(file=f"workpapers/actions/{action.id}.yaml", line=1)),
                    message=f"{action.id}: {why} It counts as agreed, not started.",
                    hint="Add baseline with measure, value and the day it was taken, not later than started_at.",
                )
            )
        kept.append(action)
    return tuple(kept), tuple(issues)


def _refusal(action: ActionFile, measured: bool, as_of: date) -> str:
    """Say why a start does not count; empty when it does, or when nothing has started."""
    if action.started_at is None and action.status not in ("started", "done"):
        return ""
    if action.started_at is None:
        return f"It is called {action.status}, but no day is given on which work began (started_at)."
    if action.started_at > as_of:
        return f"It starts on {action.started_at}, after the as-of date."
    taken = [one.at for one in (action.baseline, action.proof and action.proof.before) if one]
    if taken and min(taken) > action.started_at:
        return f"Its baseline is of {min(taken)}, after work began on {action.started_at}."
    if not taken and not (measured and as_of <= action.started_at):
        return f"No baseline was taken before work began on {action.started_at}."
    return ""
