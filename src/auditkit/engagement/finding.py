"""Findings from being raised to being closed: every step is refused or added to the history of its file."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from auditkit.assessment.model import Grade, ProcedureResult
from auditkit.base.atomic import write_whole
from auditkit.base.errors import UsageFault
from auditkit.base.yamltext import parse, quoted, validate
from auditkit.engagement.open import OpenEngagement
from auditkit.engagement.run import RunOptions, assess
from auditkit.findings.derive import candidate_id
from auditkit.findings.lifecycle import Life, next_steps, refuse, take
from auditkit.findings.load import against_kind, write_history_lock
from auditkit.findings.model import Event, Finding, FindingFile, FindingState, Statement
from auditkit.reporting.model import Run

_PREFIX: dict[Grade, str] = {
    "major": "NC",
    "minor": "NC",
    "observation": "OBS",
    "opportunity": "OFI",
    "good_practice": "GP",
}


class Stepped(NamedTuple):
    """What a step did."""

    finding: str
    state: FindingState
    path: Path
    line: str
    """What was added to the file, or would be."""


class ToRaise(NamedTuple):
    """A finding to be raised."""

    by: str
    at: date | None = None
    grade: Grade | None = None
    """None: as the candidate was graded."""
    points: tuple[str, ...] = ()
    area: str = ""
    evidence: tuple[str, ...] = ()
    statement: Statement | None = None
    """None: as the candidate words it."""
    id: str | None = None
    """None: the next that is free."""
    recommendation: str = ""
    """Only where the kind of the engagement allows advice."""
    effort_days: float | None = None


def take_step(opened: OpenEngagement, identifier: str, event: Event, *, dry_run: bool = False) -> Stepped:
    """Add a step to the history of a finding; UsageFault says why it may not be taken and what to do."""
    file, life = _file(opened, identifier)
    why = refuse(life, event, opened.raised.rules, file.finding.raised_at)
    if why is None and event.step == "verify" and event.effective:
        why = _not_shown(opened, file, life)
    if why is not None:
        raise UsageFault(f"{identifier}: {why}")
    line = f"  - {_flow(event)}"
    path = opened.layout.root / opened.raised.places[identifier].file
    text, after = _appended(path, opened.raised.places[identifier].file, file, line, event)
    if not dry_run:
        write_whole(path, text)
        others = (one for one in opened.raised.files if one.finding.id != identifier)
        write_history_lock(opened.layout.workpapers / "findings.lock.json", (*others, after))
    return Stepped(identifier, take(life, event).state, path, line.strip())


def raise_finding(
    opened: OpenEngagement, candidate: str | None, given: ToRaise, *, dry_run: bool = False
) -> tuple[str, Path, str]:
    """Raise a finding, from a candidate or anew; return its id, its file and the text of it."""
    if given.by not in opened.raised.rules.people:
        raise UsageFault(
            f"{given.by} is not among the people of engagement.yaml. Add the person there first."
        )
    if opened.raised.rules.people[given.by].side != "auditor":
        raise UsageFault(f"{given.by} is not of the audit team; auditors raise findings.")
    seen = _candidate(opened, candidate) if candidate is not None else None
    points = given.points or (seen.points if seen else ())
    statement = given.statement or (seen.statement if seen else None)
    grade = given.grade or (seen.grade if seen else None)
    if not points or statement is None or grade is None:
        raise UsageFault(
            "A finding needs points, a grade and a statement; name them, or a candidate that has them."
        )
    fault = against_kind(opened.conduct, grade, given.recommendation, given.effort_days)
    if fault is not None:
        raise UsageFault(fault)
    strangers = sorted(set(points) - {one.id for one in opened.library.whole.points})
    if strangers:
        raise UsageFault(f"{', '.join(strangers)}: no such point of the catalog.")
    strangers = sorted(set(given.evidence) - (opened.raised.rules.evidence or frozenset()))
    if strangers:
        raise UsageFault(f"{', '.join(strangers)} is not in the evidence register. Register it first.")
    identifier = given.id or _next_id(opened, _PREFIX[grade])
    path = opened.layout.workpapers / "findings" / f"{identifier}.yaml"
    if path.exists() or identifier in opened.raised.places:
        raise UsageFault(f"{identifier} exists already. Take another id, or a step of it.")
    text = _text(identifier, given, points, grade, statement, candidate, opened.engagement.as_of)
    document, issues = parse(text, path.name)
    if document is None or validate(document, (), FindingFile)[0] is None:
        raise UsageFault("\n".join(str(one) for one in issues) or f"{identifier} is no id such as NC-004.")
    if not dry_run:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, text)
    return identifier, path, text


def list_findings(opened: OpenEngagement) -> list[dict[str, Any]]:
    """Return one row a finding, with where it stands and what may be done next; those merged or rejected included."""
    rows = []
    for file in opened.raised.files:
        part, life = file.finding, opened.raised.lives[file.finding.id]
        rows.append(
            {
                "id": part.id,
                "grade": life.grade,
                "state": life.state,
                "points": list(part.points),
                "area": part.area,
                "owner": life.answer.owner or None,
                "due": str(life.answer.due) if life.answer.due else None,
                "overdue": _overdue(life, opened.engagement.as_of),
                "failure": part.statement.failure,
                "steps": len(life.history),
                "refused": [f"step {one.number} ({one.step}): {one.why}" for one in life.refusals],
                "next": list(next_steps(life)),
            }
        )
    return rows


def show_finding(opened: OpenEngagement, identifier: str) -> dict[str, Any]:
    """Return one finding with its statement, answer and history."""
    file, life = _file(opened, identifier)
    row = next(one for one in list_findings(opened) if one["id"] == identifier)
    raised = {"step": "raised", "at": str(file.finding.raised_at), "by": file.finding.raised_by}
    return {
        **row,
        "statement": file.finding.statement.model_dump(),
        "answer": life.answer.model_dump(mode="json"),
        "history": [raised, *(one.model_dump(mode="json", exclude_defaults=True) for one in life.history)],
    }


def _file(opened: OpenEngagement, identifier: str) -> tuple[FindingFile, Life]:
    for file in opened.raised.files:
        if file.finding.id == identifier:
            return file, opened.raised.lives[identifier]
    known = ", ".join(opened.raised.places) or "none"
    raise UsageFault(f"{identifier}: there is no such finding. Raised are: {known}.")


def _candidate(opened: OpenEngagement, identifier: str) -> Finding:
    run = assess(opened, RunOptions()).run
    found = [one for one in run.findings if one.standing == "candidate"]
    for one in found:
        if one.id == identifier:
            return one
    raise UsageFault(
        f"{identifier}: the latest run has no such undecided candidate. It has {len(found)}; see the annex of candidates."
    )


def _overdue(life: Life, as_of: date) -> bool:
    waits = life.state in ("answered", "plan_accepted")
    return waits and life.answer.due is not None and life.answer.due < as_of


def _not_shown(opened: OpenEngagement, file: FindingFile, life: Life) -> str | None:
    """Say why the latest run does not bear out that an action was effective; None when it does, or measures nothing."""
    run = assess(opened, RunOptions()).run
    found = next(one for one in run.findings if one.id == file.finding.id)
    if found.procedure is not None:
        extent = f"{found.exceptions:,} of {found.examined:,}" if found.exceptions else "it"
        return (
            f"The latest run still sees {extent} ({found.procedure}). Put in the records from after the action, set the "
            "period in engagement.yaml, and run again; or record that it was not effective."
        )
    done = life.answer.implemented_at
    for result in _measures(opened, run, found.confirms):
        if result.outcome != "met":
            said = "; ".join(result.reasons) or result.outcome.replace("_", " ")
            return (
                f"The latest run does not show the effect: {result.procedure}: {said}. Hand in what it needs."
            )
        until = _records_until(run, result)
        wait = timedelta(days=opened.raised.rules.wait_days)
        if done is not None and until is not None and until < done + wait:
            return (
                f"The records of {result.procedure} end on {until}; the action was implemented on {done}. "
                f"Export records until {done + wait} or later, and run again."
            )
    return None


def _measures(opened: OpenEngagement, run: Run, confirms: tuple[str, ...]) -> list[ProcedureResult]:
    """Return the results of the procedures behind the candidates that were confirmed, one each."""
    found: dict[str, ProcedureResult] = {}
    catalog = opened.library.whole.head.id
    for verdict in run.assessment.points:
        for result in verdict.results:
            if candidate_id(catalog, result.procedure, "") in confirms:
                found.setdefault(result.procedure, result)
    return list(found.values())


def _records_until(run: Run, result: ProcedureResult) -> date | None:
    named = {ref.id for ref in result.evidence}
    ends = [one.last_at for one in run.readings if one.evidence in named and one.last_at is not None]
    return min(ends, default=None)


def _appended(path: Path, name: str, file: FindingFile, line: str, event: Event) -> tuple[str, FindingFile]:
    """Return the text with the step at its end, and what it reads as; UsageFault where that is not possible."""
    text = path.read_text(encoding="utf-8")
    text = text if text.endswith("\n") else text + "\n"
    text += f"{line}\n" if file.events else f"events:\n{line}\n"
    document, _ = parse(text, name)
    after = validate(document, (), FindingFile)[0] if document is not None else None
    if after is None or after.events != (*file.events, event) or after.finding != file.finding:
        raise UsageFault(
            f"{name}: the history cannot be added to. Move the block `events:` to the end of the file, one step a line."
        )
    return text, after


def _text(
    identifier: str,
    given: ToRaise,
    points: tuple[str, ...],
    grade: Grade,
    statement: Statement,
    candidate: str | None,
    as_of: date,
) -> str:
    lines = [
        "# Written by people: a finding, and the steps of its life. Steps are added at the end and never changed.",
        "finding:",
        f"  id: {identifier}",
        f"  points: [{', '.join(quoted(one) for one in points)}]",
        f"  grade: {grade}",
        "  statement:",
        f"    requirement: {quoted(statement.requirement)}",
        f"    failure: {quoted(statement.failure)}",
        f"    objective_evidence: {quoted(statement.objective_evidence)}",
        f"  raised_at: {given.at or as_of}",
        f"  raised_by: {given.by}",
    ]
    if given.area:
        lines.append(f"  area: {quoted(given.area)}")
    if given.evidence:
        lines.append(f"  evidence: [{', '.join(given.evidence)}]")
    if given.recommendation:
        lines.append(f"  recommendation: {quoted(given.recommendation)}")
    if given.effort_days is not None:
        lines.append(f"  effort_days: {given.effort_days:g}")
    if candidate is not None:
        lines.append(f"  confirms: [{candidate}]")
    return "\n".join(lines) + "\n"


def _flow(event: Event) -> str:
    fields = []
    for name, value in event.model_dump(mode="json", exclude_defaults=True).items():
        if name in ("step", "at", "by", "due", "grade"):
            fields.append(f"{name}: {value}")
        elif isinstance(value, bool):
            fields.append(f"{name}: {'true' if value else 'false'}")
        elif isinstance(value, list):
            fields.append(f"{name}: [{', '.join(value)}]")
        else:
            fields.append(f"{name}: {quoted(value)}")
    return "{" + ", ".join(fields) + "}"


def _next_id(opened: OpenEngagement, prefix: str) -> str:
    folder = opened.layout.workpapers / "findings"
    names = (*(path.stem for path in folder.glob(f"{prefix}-*.yaml")), *opened.raised.places)
    numbers = [
        int(name.partition("-")[2])
        for name in names
        if name.startswith(f"{prefix}-") and name[len(prefix) + 1 :].isdecimal()
    ]
    return f"{prefix}-{max(numbers, default=0) + 1:03d}"
