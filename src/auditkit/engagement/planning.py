"""The checklists a plan is made by: priority schemes and planning rules, the engagement's own before the shipped ones."""

from pathlib import Path
from typing import NamedTuple

from auditkit.assessment.calendars import WorkingCalendar
from auditkit.assessment.engagement import Engagement
from auditkit.base.errors import InputsUnreadable
from auditkit.base.issue import InputIssue
from auditkit.base.place import Place
from auditkit.improvement.model import ActionFile
from auditkit.improvement.planning_load import load_rules
from auditkit.improvement.planning_model import PlanningRules
from auditkit.improvement.priority_load import load_schemes
from auditkit.improvement.priority_model import PriorityScheme
from auditkit.improvement.tasks import AUDITORS

Issues = tuple[InputIssue, ...]
FIRST_SCHEME = "blocker-first"


class Planning(NamedTuple):
    """What a plan is made by."""

    schemes: dict[str, PriorityScheme]
    scheme: PriorityScheme
    """The one of the engagement."""
    rules: PlanningRules
    calendar: WorkingCalendar | None


def load_planning(
    engagement: Engagement, shipped: Path, own: Path | None, actions: tuple[ActionFile, ...]
) -> tuple[Planning, Issues]:
    """Load schemes and rules; what the engagement names and is not there is replaced by the default, with an issue."""
    schemes, issues = load_all_schemes(shipped, own)
    settings = engagement.planning
    if FIRST_SCHEME not in schemes:
        raise InputsUnreadable(
            "\n".join(map(str, issues)) or f"{shipped}: the scheme {FIRST_SCHEME} is missing."
        )
    scheme = schemes.get(engagement.priority)
    if scheme is None:
        message = f"There is no priority scheme {engagement.priority}; {FIRST_SCHEME} is used."
        issues = (*issues, _issue("priority-unknown", message, f"Name one of {', '.join(sorted(schemes))}."))
    rules, more = _rules(settings.rules, shipped, own)
    calendar = engagement.calendars.get(settings.calendar or "")
    if settings.calendar is not None and calendar is None:
        message = (
            f"The calendar {settings.calendar} of planning is not declared; Monday to Friday are worked."
        )
        more = (*more, _issue("planning-unknown", message, "Declare it under calendars."))
    people = {name for one in engagement.people for name in (one.id, one.name)}
    known = {AUDITORS, *people, *(name for one in actions for name in (one.owner, *one.resources))}
    for name in settings.capacity:
        if actions and name not in known:
            message = f"A capacity is stated for {name}, who has nothing to do in the plan."
            more = (*more, _issue("planning-unknown", message, "Correct the name."))
    return Planning(schemes, scheme or schemes[FIRST_SCHEME], rules, calendar), (*issues, *more)


def load_all_schemes(shipped: Path, own: Path | None) -> tuple[dict[str, PriorityScheme], Issues]:
    """Load the shipped schemes, then the engagement's own, which take the place of those of the same id."""
    schemes, issues = load_schemes(shipped / "priority", "checklists/priority")
    if own is not None:
        mine, more = load_schemes(own / "priority", "checklists/priority")
        schemes, issues = {**schemes, **mine}, (*issues, *more)
    return schemes, issues


def lint_planning(shipped: Path, own: Path | None) -> Issues:
    """Return what is wrong with any of the planning rules."""
    files = [
        path
        for base in (shipped, own)
        if base is not None
        for path in sorted((base / "planning").glob("*.yaml"))
    ]
    return tuple(issue for path in files for issue in load_rules(path, f"checklists/planning/{path.name}")[1])


def _rules(name: str, shipped: Path, own: Path | None) -> tuple[PlanningRules, Issues]:
    for base in (own, shipped):
        path = base / "planning" / f"{name}.yaml" if base is not None else None
        if path is not None and path.is_file():
            rules, issues = load_rules(path, f"checklists/planning/{name}.yaml")
            if rules is None:
                raise InputsUnreadable("\n".join(map(str, issues)))
            return rules, issues
    raise InputsUnreadable(
        f"engagement.yaml: there are no planning rules {name}. Name house, or add the file."
    )


def _issue(code: str, message: str, hint: str) -> InputIssue:
    return InputIssue(
        code=code,
        severity="warning",
        place=Place(file="engagement.yaml", line=1),
        message=message,
        hint=hint,
    )
