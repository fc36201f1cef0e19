"""The programme, the plan and what to ask for as lines for a terminal of 80 columns (pure)."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from auditkit.assessment.programme.model import AreaResult, Programme, ProgrammeAudit
from auditkit.assessment.programme.plan import AuditPlan, Session
from auditkit.assessment.programme.rules import ProgrammeRules
from auditkit.base.language import message, say, short_day, translated
from auditkit.reporting.numbers import short_period, written
from auditkit.reporting.programme_words import AUDIT_STATES, DOUBTS, RISKS, Names, cited, person_name, wrapped
from auditkit.reporting.words import Table

_ROLES = Table(
    {
        "lead": message("lead"),
        "auditor": message("auditor"),
        "technical_expert": message("technical expert"),
        "observer": message("observer"),
        "trainee": message("trainee"),
        "interpreter": message("interpreter"),
        "guide": message("guide"),
    }
)
_DAYS = (
    message("Monday"),
    message("Tuesday"),
    message("Wednesday"),
    message("Thursday"),
    message("Friday"),
    message("Saturday"),
    message("Sunday"),
)


def programme_lines(programme: Programme, rules: ProgrammeRules, names: Names) -> list[str]:
    """Return the programme in words: objectives, rules, risks of areas, audits."""
    managed_by = person_name(programme.managed_by, names)
    lines = [
        *wrapped(programme.title),
        say("Cycle {period}; managed by {person}", period=short_period(programme.cycle), person=managed_by),
    ]
    approved = programme.approved
    if approved is not None:
        lines.append(
            say(
                "Approved by {person} on {day}",
                person=person_name(approved.by, names),
                day=short_day(approved.at),
            )
        )
    lines += [line for one in programme.objectives for line in wrapped(one, "  - ", "    ")]
    lines += ["", say("Risk of areas")]
    for area in programme.areas:
        lines += wrapped(f"{area.name}: {RISKS[area.risk]}. {area.because}", "  ", "    ")
        if area.changed_at is not None:
            changed = say("Changed on {day}: {change}", day=short_day(area.changed_at), change=area.change)
            lines += wrapped(changed, "    ", "    ")
    lines += ["", say("Audits")]
    for audit in programme.audits:
        lines += _audit_lines(audit, names)
    lines.append(f"\n{translated(rules.title)}")
    for rule in rules.frequency:
        said = f"{translated(rule.says)} {translated(rule.amount)}. {cited(rule.source)}"
        lines += wrapped(said, "  ", "    ")
    return lines


def plan_lines(plan: AuditPlan, zone: str, names: Names) -> list[str]:
    """Return the plan: team, timetable by day, safeguards, and what else was agreed."""
    hours = f"{plan.hours.start:%H:%M}", f"{plan.hours.end:%H:%M}"
    lines = [
        say(
            "Plan of {day}, by {person}",
            day=short_day(plan.stands_since),
            person=person_name(plan.prepared_by, names),
        ),
        say(
            "{period}, {start} to {end} ({zone}), in {language}",
            period=short_period(plan.days),
            start=hours[0],
            end=hours[1],
            zone=zone,
            language=plan.language,
        ),
        "",
        say("Team"),
    ]
    lines += [f"  {person_name(one.person, names)}, {_ROLES[one.role]}" for one in plan.team]
    for day in sorted({one.at for one in plan.sessions}):
        lines.append(f"\n{translated(_DAYS[day.weekday()])} {short_day(day)}")
        of_day = sorted((one for one in plan.sessions if one.at == day), key=lambda one: (one.start, one.id))
        lines += [line for one in of_day for line in _session_lines(one, names)]
    lines += ["", say("Safeguards")] if plan.safeguards else []
    for guard in plan.safeguards:
        about = ", ".join((*guard.areas, *guard.sessions)) or say("all")
        lines += wrapped(
            f"{person_name(guard.person, names)}, {DOUBTS[guard.about]} ({about}): {guard.because}",
            "  ",
            "    ",
        )
        agreed = say(
            "Agreed by {person}, {day}.", person=person_name(guard.agreed_by, names), day=short_day(guard.at)
        )
        lines += wrapped(f"{guard.safeguard} {agreed}", "    ", "    ")
    for label, text in _arranged(plan):
        lines += ["", *wrapped(f"{label}: {text}", "", "  ")] if text else []
    for change in plan.changes:
        changed = say(
            "Changed {day} by {person}: {what}",
            day=short_day(change.at),
            person=person_name(change.by, names),
            what=change.what,
        )
        lines += wrapped(changed, "", "  ")
    return lines


def _arranged(plan: AuditPlan) -> tuple[tuple[str, str], ...]:
    """Return what else was agreed, each with its label."""
    remote = ""
    if plan.remote:
        remote = say(
            "{platform} Recording: {recording} Outage: {outage}",
            platform=plan.remote.platform,
            recording=plan.remote.recording,
            outage=plan.remote.outage,
        )
    return (
        (say("Methods"), plan.methods), (say("Sampling"), plan.sampling), (say("Remote"), remote),
        (say("Logistics"), plan.logistics), (say("Confidentiality"), plan.confidentiality),
        (say("Follow-up"), plan.follow_up),
    )  # fmt: skip


def request_lines(rows: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return what to ask for, stage 1 first, with what was received."""
    lines: list[str] = []
    stage = 0
    for row in rows:
        if row["stage"] != stage:
            stage = row["stage"]
            said = say("Stage 1: documents that the standard demands")
            if stage != 1:
                said = say("Stage {stage}: other documents, and exports of records", stage=stage)
            lines.append(f"{'' if not lines else chr(10)}{said}")
        mark = "x" if row["received"] else " "
        lines += wrapped(f"[{mark}] {row['id']}: {translated(row['title'])}", "  ", "      ")
        lines += wrapped(_state_of_request(row), "      ", "      ")
    return lines


def _state_of_request(row: Mapping[str, Any]) -> str:
    parts = [row["state"]]
    if row["received"]:
        parts = [say("received: {items}", items=", ".join(row["received"]))]
    if row["needed_at"]:
        parts.append(say("needed {day} for {session}", day=_day(row["needed_at"]), session=row["session"]))
    parts.append(say("bears on {clauses}", clauses=", ".join(row["clauses"])))
    return "; ".join(parts)


def _audit_lines(audit: ProgrammeAudit, names: Names) -> list[str]:
    held = f"{AUDIT_STATES[audit.state]}, {short_period(audit.period)}"
    lines = wrapped(f"{audit.id} {audit.title}: {held}", "  ", "    ")
    covers = (
        say("clauses {names}", names=", ".join(audit.clauses)) if audit.clauses else "",
        say("processes {names}", names=", ".join(audit.processes)) if audit.processes else "",
        say("sites {names}", names=", ".join(audit.sites)) if audit.sites else "",
    )
    lines += wrapped("; ".join(one for one in covers if one), "    ", "    ")
    team = say("Team: {names}", names=", ".join(person_name(one, names) for one in (audit.lead, *audit.team)))
    days = say("{number} auditor-days", number=written(audit.days)) if audit.days else ""
    lines += wrapped("; ".join(one for one in (team, days) if one), "    ", "    ")
    for one in audit.results:
        lines += wrapped(_result(one), "    ", "      ")
    return [*lines, *(wrapped(audit.because, "    ", "    ") if audit.because else [])]


def _result(found: AreaResult) -> str:
    values = {"area": found.name, "majors": found.majors, "minors": found.minors}
    if found.open_majors:
        said = say("{area}: {majors} major, {open} open, {minors} minor", open=found.open_majors, **values)
    else:
        said = say("{area}: {majors} major, {minors} minor", **values)
    return f"{said}. {found.note}" if found.note else said


def _session_lines(one: Session, names: Names) -> list[str]:
    where = ", ".join(
        part for part in (one.site or "", one.place, say("remote") if one.remote else "") if part
    )
    lines = wrapped(
        f"{one.start:%H:%M}-{one.end:%H:%M} {one.id} {one.what}{f' ({where})' if where else ''}",
        "  ",
        " " * 14,
    )
    about = ", ".join((*one.processes, *one.clauses))
    auditors = ", ".join(person_name(each, names) for each in (*one.auditors, *one.with_them))
    auditees = ", ".join(person_name(each, names) for each in one.auditees)
    people = say("{auditors} with {auditees}", auditors=auditors or "-", auditees=auditees or "-")
    for text in (about, people, one.method):
        lines += wrapped(text, " " * 14, " " * 14) if text else []
    return lines


def _day(day: str) -> str:
    return short_day(date.fromisoformat(day))
