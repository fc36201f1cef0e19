"""The programme, its coverage, the days and the plan as lines for a terminal of 80 columns (pure)."""

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from auditkit.assessment.programme.coverage import STATES, Axis, CoverageRow, Mark
from auditkit.assessment.programme.days import Estimate
from auditkit.assessment.programme.model import Programme, ProgrammeAudit
from auditkit.assessment.programme.plan import AuditPlan, Session
from auditkit.assessment.programme.rules import ProgrammeRules
from auditkit.reporting.words import printable

_WIDTH = 79
_LEAST_TITLE = 8
_MARKS: dict[Mark, str] = {"": ".", "planned": "p", "part": "/", "remote": "r", "done": "x"}
LEGEND = "x all of it, / part of it, r seen from afar, p planned, . not in it"
AXES: tuple[Axis, ...] = ("clause", "process", "site")
Names = Mapping[str, str]


def programme_lines(programme: Programme, rules: ProgrammeRules, names: Names) -> list[str]:
    """Return the programme in words: objectives, rules, risks of areas, audits."""
    lines = [
        *_wrapped(programme.title),
        f"Cycle {programme.cycle}; managed by {_name(programme.managed_by, names)}",
    ]
    if programme.approved is not None:
        lines.append(f"Approved by {_name(programme.approved.by, names)} on {programme.approved.at}")
    lines += [line for one in programme.objectives for line in _wrapped(one, "  - ", "    ")]
    lines.append("\nRisk of areas")
    for area in programme.areas:
        lines += _wrapped(f"{area.name}: {area.risk}. {area.because}", "  ", "    ")
        if area.changed_at is not None:
            lines += _wrapped(f"Changed on {area.changed_at}: {area.change}", "    ", "    ")
    lines.append("\nAudits")
    for audit in programme.audits:
        lines += _audit_lines(audit, names)
    lines.append(f"\n{rules.title}")
    for rule in rules.frequency:
        lines += _wrapped(f"{rule.says} {rule.amount}. ({rule.source.rstrip('.')})", "  ", "    ")
    return lines


def coverage_lines(
    programme: Programme, rows: Sequence[CoverageRow], axes: Sequence[Axis], open_only: bool, engagement: str
) -> list[str]:
    """Return the matrix of areas and audits; ``open_only`` leaves out what is covered."""
    audits = [one for one in programme.audits if one.state != "cancelled"]
    letters = {one.id: _letter(number) for number, one in enumerate(audits)}
    lines = [*_wrapped(programme.title), f"Cycle {programme.cycle}"]
    for one in audits:
        own = ", this engagement" if one.engagement == engagement else ""
        lines += _wrapped(
            f"{letters[one.id]} = {one.id} {one.title} ({one.state}{own}, {one.period.end})", "  ", "      "
        )
    lines += _wrapped(LEGEND, "  ", "  ")
    for axis in axes:
        of_axis = [row for row in rows if row.axis == axis]
        shown = [row for row in of_axis if not open_only or row.state != "covered"]
        lines += ["", *_matrix(axis, shown, letters)] if shown else []
        lines.append(_counts(axis, of_axis))
    return lines


def estimate_lines(found: Estimate) -> list[str]:
    """Return the estimate, step by step."""
    lines: list[str] = []
    for one in found.lines:
        lines += [
            f"{one.days:>6}  {one.id}, {one.amount}",
            *_wrapped(f"{one.says} {_cited(one.source)}", " " * 10, " " * 10),
        ]
    lines.append(f"{found.whole_days:>6}  together")
    share = found.share
    stage = "" if share.stage == "-" else f", stage {share.stage}"
    lines.append(f"{found.share_days:>6}  {share.percent} % for {share.kind}{stage}")
    lines += _wrapped(f"{share.says} {_cited(share.source)}", " " * 10, " " * 10)
    for one in found.adjustments:
        lines.append(f"{one.days:>+6}  {one.id}")
        lines += _wrapped(f"{one.amount} {one.says} {_cited(one.source)}", " " * 10, " " * 10)
    lines += _wrapped(found.limited, " " * 8, " " * 8) if found.limited else []
    lines.append(f"{found.days:>6}  auditor-days, rounded up")
    lines.append(f"{found.session_days:>6}  of them in sessions")
    lines += _wrapped(found.session_says, " " * 10, " " * 10)
    if found.planned_days is not None:
        short = found.session_days - found.planned_days
        said = f"{short} fewer than estimated" if short > 0 else "as many as estimated, or more"
        lines.append(f"{found.planned_days:>6}  in the sessions of the plan: {said}")
    return [*lines, *_wrapped(found.notice)]


def plan_lines(plan: AuditPlan, zone: str, names: Names) -> list[str]:
    """Return the plan: team, timetable by day, safeguards, and what else was agreed."""
    lines = [f"Plan of {plan.stands_since}, by {_name(plan.prepared_by, names)}"]
    lines.append(
        f"{plan.days}, {plan.hours.start:%H:%M} to {plan.hours.end:%H:%M} ({zone}), in {plan.language}"
    )
    lines.append("\nTeam")
    lines += [f"  {_name(one.person, names)}, {one.role.replace('_', ' ')}" for one in plan.team]
    for day in sorted({one.at for one in plan.sessions}):
        lines.append(f"\n{day:%A} {day}")
        of_day = sorted((one for one in plan.sessions if one.at == day), key=lambda one: (one.start, one.id))
        lines += [line for one in of_day for line in _session_lines(one, names)]
    if plan.safeguards:
        lines.append("\nSafeguards")
    for guard in plan.safeguards:
        about = ", ".join((*guard.areas, *guard.sessions)) or "all"
        lines += _wrapped(
            f"{_name(guard.person, names)}, {guard.about} ({about}): {guard.because}", "  ", "    "
        )
        lines += _wrapped(
            f"{guard.safeguard} Agreed by {_name(guard.agreed_by, names)}, {guard.at}.", "    ", "    "
        )
    remote = plan.remote
    arranged = f"{remote.platform} Recording: {remote.recording} Outage: {remote.outage}" if remote else ""
    rest = (
        ("Methods", plan.methods), ("Sampling", plan.sampling), ("Remote", arranged), ("Logistics", plan.logistics),
        ("Confidentiality", plan.confidentiality), ("Follow-up", plan.follow_up),
    )  # fmt: skip
    for label, text in rest:
        lines += ["", *_wrapped(f"{label}: {text}", "", "  ")] if text else []
    for change in plan.changes:
        lines += _wrapped(f"Changed {change.at} by {_name(change.by, names)}: {change.what}", "", "  ")
    return lines


def request_lines(rows: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return what to ask for, stage 1 first, with what was received."""
    lines: list[str] = []
    stage = 0
    for row in rows:
        if row["stage"] != stage:
            stage = row["stage"]
            says = (
                "documents that the standard demands"
                if stage == 1
                else "other documents, and exports of records"
            )
            lines.append(f"{'' if not lines else chr(10)}Stage {stage}: {says}")
        there = f"received: {', '.join(row['received'])}" if row["received"] else row["state"]
        when = f"; needed {row['needed_at']} for {row['session']}" if row["needed_at"] else ""
        mark = "x" if row["received"] else " "
        lines += _wrapped(f"[{mark}] {row['id']}: {row['title']}", "  ", "      ")
        lines += _wrapped(f"{there}{when}; bears on {', '.join(row['clauses'])}", "      ", "      ")
    return lines


def _audit_lines(audit: ProgrammeAudit, names: Names) -> list[str]:
    lines = _wrapped(f"{audit.id} {audit.title}: {audit.state}, {audit.period}", "  ", "    ")
    covers = [("clauses", audit.clauses), ("processes", audit.processes), ("sites", audit.sites)]
    said = "; ".join(f"{label} {', '.join(each)}" for label, each in covers if each)
    lines += _wrapped(said, "    ", "    ")
    team = ", ".join(_name(one, names) for one in (audit.lead, *audit.team))
    lines += _wrapped(f"Team: {team}{f'; {audit.days} auditor-days' if audit.days else ''}", "    ", "    ")
    for one in audit.results:
        still = f", {one.open_majors} open" if one.open_majors else ""
        note = f". {one.note}" if one.note else ""
        lines += _wrapped(
            f"{one.name}: {one.majors} major{still}, {one.minors} minor{note}", "    ", "      "
        )
    return [*lines, *(_wrapped(audit.because, "    ", "    ") if audit.because else [])]


def _session_lines(one: Session, names: Names) -> list[str]:
    where = ", ".join(part for part in (one.site or "", one.place, "remote" if one.remote else "") if part)
    lines = _wrapped(
        f"{one.start:%H:%M}-{one.end:%H:%M} {one.id} {one.what}{f' ({where})' if where else ''}",
        "  ",
        " " * 14,
    )
    about = ", ".join((*one.processes, *one.clauses))
    auditors = ", ".join(_name(each, names) for each in (*one.auditors, *one.with_them))
    auditees = ", ".join(_name(each, names) for each in one.auditees)
    for text in (about, f"{auditors or '-'} with {auditees or '-'}", one.method):
        lines += _wrapped(text, " " * 14, " " * 14) if text else []
    return lines


def _matrix(axis: Axis, rows: Sequence[CoverageRow], letters: Mapping[str, str]) -> list[str]:
    """Return the rows of one axis; days are months here, and stand in full in JSON."""
    width = max(len(axis), *(len(row.id) for row in rows))
    room = _WIDTH - width - 2 * len(letters) - len("  unrated 2026-10 2026-10 overdue  12/12")
    title = room if axis == "clause" and room > _LEAST_TITLE else 0
    heads = "risk    last    due     state    seen"
    lines = [f"{axis:<{width}} {_cut('title', title)}{' '.join(letters.values())} {heads}"]
    for row in rows:
        marks = " ".join(_MARKS[row.marks.get(audit, "")] for audit in letters)
        seen = f"{row.examined}/{row.points}" if row.points is not None else ""
        last = f"{row.last:%Y-%m}" if row.last else "never"
        days = f"{last:<7} {row.due:%Y-%m}"
        line = f"{row.id:<{width}} {_cut(row.title, title)}{marks} {row.risk or 'unrated':<7} {days} {row.state:<8} {seen}"
        lines.append(printable(line).rstrip())
        if row.state in ("overdue", "due", "never"):
            late = f" Planned for {row.planned}." if row.planned else ""
            lines += _wrapped(f"By {row.due}: {row.why}{_left(row)}{late}", "    ", "    ")
    return lines


def _left(row: CoverageRow) -> str:
    """Say how many points this engagement has not come to, where it has come to some."""
    if not row.points or not row.examined or row.examined == row.points:
        return ""
    return f" {row.points - row.examined} of {row.points} points without a verdict in this engagement."


def _cut(text: str, width: int) -> str:
    """Return a text in a column of so many characters with a blank after it; nothing without a column."""
    return f"{text if len(text) <= width else text[: width - 1] + '…':<{width}} " if width else ""


def _counts(axis: Axis, rows: Sequence[CoverageRow]) -> str:
    states = [row.state for row in rows]
    plural = {"clause": "clauses", "process": "processes", "site": "sites"}[axis]
    said = ", ".join(f"{states.count(state)} {state}" for state in STATES)
    return f"{len(rows)} {axis if len(rows) == 1 else plural}: {said}."


def _letter(number: int) -> str:
    return "abcdefghijklmnopqrstuvwxyz"[number] if number < 26 else "?"


def _name(person: str, names: Names) -> str:
    return f"{names[person]} ({person})" if person in names else person


def _cited(source: str) -> str:
    return f"({source.rstrip('.')})"


def _wrapped(text: str, first: str = "", then: str = "") -> list[str]:
    return textwrap.wrap(
        printable(text),
        _WIDTH,
        initial_indent=first,
        subsequent_indent=then,
        break_on_hyphens=False,
        break_long_words=False,
    )
