"""The programme and the plan of an engagement: coverage, days, what to ask for, the timetable as a calendar."""

from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from auditkit.assessment.programme.checks import needed
from auditkit.assessment.programme.coverage import CoverageRow, missed
from auditkit.assessment.programme.days import Estimate, estimate
from auditkit.assessment.programme.ics import calendar_text
from auditkit.assessment.programme.load import PLAN, PROGRAMME
from auditkit.assessment.programme.model import Programme
from auditkit.assessment.programme.plan import AuditPlan
from auditkit.assessment.programme.rules import ProgrammeRules
from auditkit.base.atomic import write_whole
from auditkit.base.errors import InputsUnreadable, UsageFault
from auditkit.base.ids import natural_key
from auditkit.base.issue import InputIssue
from auditkit.engagement.evidence import wanted_evidence
from auditkit.engagement.open import OpenEngagement, areas_of
from auditkit.engagement.programme_seen import coverage_rows
from auditkit.engagement.run import RunOptions, assess


class Cover(NamedTuple):
    """The coverage of a cycle, and what to know about it."""

    programme: Programme
    rows: tuple[CoverageRow, ...]
    notes: tuple[str, ...]


def programme_of(opened: OpenEngagement) -> tuple[Programme, ProgrammeRules]:
    """Return the programme with its rules; UsageFault where there is none, InputsUnreadable without its rules."""
    programme, rules = opened.programme.programme, opened.programme.rules
    if programme is None:
        raise UsageFault(
            f"workpapers/{PROGRAMME}: there is no such file. docs/formats.md shows one to start from."
        )
    if rules is None:
        raise InputsUnreadable("\n".join(str(one) for one in opened.programme.issues))
    return programme, rules


def plan_of(opened: OpenEngagement) -> AuditPlan:
    """Return the plan; UsageFault where there is none."""
    plan = opened.audit_plan.plan
    if plan is None:
        raise UsageFault(
            f"workpapers/{PLAN}: there is no such file. docs/formats.md shows one to start from."
        )
    return plan


def cover(opened: OpenEngagement, run: bool = True) -> Cover:
    """Return the coverage of the cycle; with ``run`` the engagement is assessed to see what was examined."""
    programme, _ = programme_of(opened)
    rows = assess(opened, RunOptions()).run.coverage if run else coverage_rows(opened, None)
    return Cover(programme, rows, _notes(opened, programme))


def days(opened: OpenEngagement) -> Estimate:
    """Estimate the auditor-days; UsageFault when the programme does not say what the estimate goes by."""
    programme, rules = programme_of(opened)
    if programme.effort is None:
        raise UsageFault(
            f"workpapers/{PROGRAMME}: the estimate goes by effort (persons, central_site). Add it."
        )
    areas = areas_of(opened.engagement, opened.library)
    scope = opened.engagement.processes or tuple(name for name, clauses in areas.processes.items() if clauses)
    try:
        return estimate(programme.effort, rules.effort, opened.engagement, len(scope), opened.audit_plan.plan)
    except ValueError as error:
        raise UsageFault(f"workpapers/{PROGRAMME}: {error}.") from error


def plan_issues(opened: OpenEngagement) -> tuple[InputIssue, ...]:
    """Return what is wrong with the programme and the plan; UsageFault when there is neither."""
    if opened.programme.programme is None and opened.audit_plan.plan is None:
        raise UsageFault(
            f"There is neither workpapers/{PROGRAMME} nor workpapers/{PLAN}; nothing can be checked."
        )
    files = (f"workpapers/{PROGRAMME}", f"workpapers/{PLAN}")
    return tuple(one for one in opened.issues if one.place.file in files)


def requests_by_clause(opened: OpenEngagement) -> list[dict[str, Any]]:
    """Return all that the catalog wants shown: stage 1 first, then by clause, with what is received and when it is needed.

    Stage 1 are the documents that the standard itself demands; stage 2 are other documents and exports of records.
    """
    demanded = {one.id for one in opened.library.document_types if one.basis == "standard"}
    areas = areas_of(opened.engagement, opened.library)
    sessions = opened.audit_plan.plan.sessions if opened.audit_plan.plan else ()
    about = [
        (one, needed(one, areas)) for one in sorted(sessions, key=lambda one: (one.at, one.start, one.id))
    ]
    rows = []
    for row in wanted_evidence(opened):
        stage = 1 if row["kind"] == "document" and row["id"] in demanded else 2
        first = next((one for one, clauses in about if clauses & set(row["clauses"])), None)
        needed_at = (first.at.isoformat(), first.id) if first else (None, None)
        rows.append({"stage": stage, **row, "needed_at": needed_at[0], "session": needed_at[1]})
    return sorted(
        rows, key=lambda row: (row["stage"], natural_key(row["clauses"][0]), row["kind"], row["id"])
    )


def calendar(opened: OpenEngagement, people: tuple[str, ...] = ()) -> tuple[str, int]:
    """Return the timetable as iCalendar text and the number of its sessions; UsageFault for an unknown person."""
    plan = plan_of(opened)
    known = {one.id for one in opened.engagement.people}
    for name in people:
        if name not in known:
            raise UsageFault(f"{name}: there is no such person in engagement.yaml.")
    sessions = [
        one
        for one in plan.sessions
        if not people or {*one.auditors, *one.auditees, *one.with_them} & set(people)
    ]
    if not sessions:
        raise UsageFault(f"{', '.join(people)}: no session of the plan names them.")
    try:
        return calendar_text(plan, opened.engagement, sessions), len(sessions)
    except ValueError as error:
        raise UsageFault(f"workpapers/{PLAN}: {error}.") from error


def write_calendar(target: Path, text: str) -> None:
    """Write a calendar; UsageFault for a file that is something else, or a folder that is not there."""
    if target.exists() and not target.read_bytes().startswith(b"BEGIN:VCALENDAR"):
        raise UsageFault(
            f"{target}: the file exists already, is no calendar and was not touched. Name another."
        )
    if not target.parent.is_dir():
        raise UsageFault(f"{target}: there is no such folder. Make it, or name another.")
    write_whole(target, text)


def _notes(opened: OpenEngagement, programme: Programme) -> tuple[str, ...]:
    engagement = opened.engagement
    notes = []
    own = [one.id for one in programme.audits if one.engagement == engagement.id]
    if not own:
        notes.append(
            f"No audit of the programme names this engagement ({engagement.id}), so its run counts nowhere."
        )
    late = missed(programme, engagement.id, engagement.as_of)
    if late:
        notes.append(
            f"Planned for days that have passed, and not called done: {', '.join(late)}; they do not count."
        )
    ahead = [one.id for one in programme.audits if one.state == "done" and one.period.end > engagement.as_of]
    if ahead:
        notes.append(
            f"Called done, but end after {engagement.as_of}: {', '.join(ahead)}; they do not count as held."
        )
    if not _in_cycle(programme, engagement.as_of):
        notes.append(f"The engagement speaks of {engagement.as_of}, which lies outside the cycle.")
    return tuple(notes)


def _in_cycle(programme: Programme, day: date) -> bool:
    return programme.cycle.contains(day)
