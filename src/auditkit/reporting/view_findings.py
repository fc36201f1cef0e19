"""Sections 6 and 7 and Annex A: findings in full, the improvement plan, and what nobody confirmed yet."""

from auditkit.assessment.model import ExceptionRow
from auditkit.findings.model import Event, Finding
from auditkit.improvement.model import PlanItem
from auditkit.reporting import words
from auditkit.reporting.numbers import count, long_date, whole
from auditkit.reporting.view_index import Index, is_open, points_text, short_digest
from auditkit.reporting.view_parts import Fact
from auditkit.reporting.view_records import Criterion, EvidenceRow, FindingView, PlanRow
from auditkit.reporting.view_summary import finding_extent

_ROWS_OF_A_FINDING = 25
_ROWS_OF_A_CANDIDATE = 5


def build_findings(index: Index) -> tuple[FindingView, ...]:
    """Word every confirmed finding, worst first."""
    found = sorted(index.confirmed, key=lambda one: index.group_rank(one.points))
    return tuple(_finding(index, one, _ROWS_OF_A_FINDING) for one in found)


def build_candidates(index: Index) -> tuple[FindingView, ...]:
    """Word every candidate, for the annex alone."""
    return tuple(_finding(index, one, _ROWS_OF_A_CANDIDATE) for one in index.candidates)


def _finding(index: Index, finding: Finding, rows_shown: int) -> FindingView:
    rows = finding.exception_rows[:rows_shown]
    candidate = finding.standing == "candidate"  # its statement is made of the criteria and rows shown anyway
    return FindingView(
        id=finding.id,
        mark=_mark(index, finding),
        rule=words.sentence(index.named(finding.rule)),
        area=finding.area,
        criteria=tuple(_criterion(index, point) for point in finding.points),
        requirement="" if candidate else finding.statement.requirement,
        failure=finding.statement.failure,
        objective="" if candidate and rows else finding.statement.objective_evidence,
        extent=_extent(finding),
        rows=tuple(_row(one) for one in rows),
        rows_note=_rows_note(finding, len(rows)),
        sources=tuple(f"{one.id} {one.file} ({short_digest(one.sha256)})" for one in finding.evidence),
        raised=_raised(index, finding),
        state="not confirmed" if candidate else words.STATES[finding.state],
        open=is_open(finding),
        repeat_of=finding.repeat_of or "",
        procedure=finding.procedure or "",
        answer=_answer(index, finding),
        group=index.group_of(finding.points),
        advice=_advice(index, finding),
    )


def _advice(index: Index, finding: Finding) -> tuple[Fact, ...]:
    """Word what the auditors recommend and what it takes, where the kind lets them."""
    effort = f"{finding.effort_days:g} days, estimated" if finding.effort_days is not None else ""
    stated = ((index.words["recommendation"], finding.recommendation), ("Effort", effort))
    return tuple(Fact(label=label, lines=(text,)) for label, text in stated if text)


def _mark(index: Index, finding: Finding) -> words.Mark:
    if finding.standing == "candidate":
        return index.words.candidate(finding.grade)
    return index.words.grades[finding.grade]


def _criterion(index: Index, point: str) -> Criterion:
    catalogs = (index.run.catalog, *(one.catalog for one in index.run.further))
    for catalog in catalogs if point not in index.points else (index.run.catalog,):
        for clause in catalog.clauses:
            for known in clause.points:
                if known.id == point:
                    return Criterion(point=point, title=clause.title, statement=known.statement)
    return Criterion(point=point, title="not in the catalog", statement="")


def _extent(finding: Finding) -> str:
    counted = finding_extent(finding)
    if not counted:
        return "Not counted."
    kind = (finding.procedure or "").partition(".")[0]
    noun = {"document": "document", "impact": "case"}.get(kind, "record")
    text = f"{counted} {noun}s examined"
    if finding.population is not None and finding.population != finding.examined:
        text += f", of a population of {whole(finding.population)}"
    return f"{text}."


def _row(row: ExceptionRow) -> EvidenceRow:
    shows = "; ".join(
        f"{words.spaced(field)}: {'empty' if value is None or value == '' else value}"
        for field, value in row.values.items()
    )
    return EvidenceRow(
        key=row.key, where=", ".join(filter(None, (row.evidence, str(row.place)))), shows=shows
    )


def _rows_note(finding: Finding, shown: int) -> str:
    total = finding.exceptions or len(finding.exception_rows)
    if not shown or shown >= total:
        return ""
    return (
        f"The first {whole(shown)} of {whole(total)}; the whole list is in exceptions/, beside this report."
    )


def _raised(index: Index, finding: Finding) -> str:
    if finding.raised_by is None or finding.raised_at is None:
        return ""
    return f"{index.person(finding.raised_by)}, {long_date(finding.raised_at)}"


def _answer(index: Index, finding: Finding) -> tuple[Fact, ...]:
    """Word what the auditee answered; a nonconformity without an answer says so."""
    answer = finding.answer
    dates = (
        ("Plan accepted", answer.plan_accepted_at),
        ("Implemented", answer.implemented_at),
        ("Verified", answer.verified_at),
    )
    verified = f"by {index.person(answer.verified_by)}" if answer.verified_by else ""
    stated = (
        ("Correction", answer.correction),
        ("Cause", answer.cause),
        ("Corrective action", answer.corrective_action),
        ("Owner", index.person(answer.owner) if answer.owner else ""),
        ("Due", long_date(answer.due) if answer.due else ""),
        *((label, long_date(day)) for label, day in dates if day),
        ("Effectiveness", " ".join(part for part in (answer.effectiveness, verified) if part)),
    )
    facts = tuple(Fact(label=label, lines=(text,)) for label, text in stated if text)
    if finding.takes_in:
        facts = (*facts, Fact(label="Takes in", lines=(", ".join(finding.takes_in),)))
    if finding.history:
        lines = tuple(_event(index, one) for one in finding.history)
        return (*facts, Fact(label="History", lines=lines))
    if not facts and finding.standing == "confirmed" and finding.grade in ("major", "minor"):
        return (Fact(label="Answer", lines=("The auditee has not answered yet.",)),)
    return facts


def _event(index: Index, event: Event) -> str:
    said = f"{long_date(event.at)}, {index.person(event.by)}: {words.STEPS[event.step]}"
    if event.step == "verify" and not event.effective:
        said = f"{long_date(event.at)}, {index.person(event.by)}: verified, not effective"
    more = [f"to {event.grade}" if event.grade else "", f"into {', '.join(event.into)}" if event.into else ""]
    said = " ".join((said, *(one for one in more if one)))
    shown = f" ({', '.join(event.evidence)})" if event.evidence else ""
    return f"{said}{shown}{f': {event.note}' if event.note else ''}".rstrip(".") + "."


def build_plan(index: Index) -> tuple[PlanRow, ...]:
    """Word the plan for confirmed findings, in order of priority."""
    found = [one for one in _sorted(index) if not index.rests_on_candidates(one.findings)]
    found.sort(key=lambda one: index.group_rank(one.points))
    return tuple(_plan_row(index, one) for one in found)


def build_candidate_plan(index: Index) -> tuple[PlanRow, ...]:
    """Word what would be planned for candidates, should they be confirmed; for Annex A alone."""
    return tuple(_plan_row(index, one) for one in _sorted(index) if index.rests_on_candidates(one.findings))


def _sorted(index: Index) -> list[PlanItem]:
    return sorted(index.run.plan, key=lambda item: (item.priority, item.id))


def _plan_row(index: Index, item: PlanItem) -> PlanRow:
    baseline = ""
    if item.baseline is not None:
        baseline = f"{item.baseline.value}, {item.baseline.at}"
    return PlanRow(
        priority=item.priority,
        id=item.id,
        title=item.title,
        findings=item.findings,
        points=points_text(item.points, 4),
        processes=", ".join(item.processes),
        route=words.ROUTES[item.route],
        route_reason=item.route_reason,
        phase=item.phase.capitalize(),
        blocks=item.blocks_certification,
        baseline=baseline or "none measured",
        target=item.target,
        owner=index.person(item.owner) if item.owner else "no owner",
        due=str(item.due) if item.due else "no date",
        effort=f"{item.effort_days:g} days" if item.effort_days is not None else "not estimated",
        records=_records(item),
        status=words.spaced(item.status),
        group=index.group_of(item.points),
    )


def _records(item: PlanItem) -> str:
    if not item.needs_record_months:
        return "Needs no new records"
    return f"Needs {count(item.needs_record_months, 'month')} of new records"
