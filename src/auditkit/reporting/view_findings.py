"""Sections 6 and 7 and Annex A: findings in full, the improvement plan, and what nobody confirmed yet."""

from auditkit.assessment.model import ExceptionRow
from auditkit.base.language import message, say, say_as, say_count, short_day, translated
from auditkit.findings.model import Event, Finding
from auditkit.improvement.model import Phase, PlanItem
from auditkit.reporting import words
from auditkit.reporting.numbers import long_date, shortest, whole
from auditkit.reporting.view_index import Index, is_open, points_text, short_digest
from auditkit.reporting.view_parts import Fact
from auditkit.reporting.view_records import Criterion, EvidenceRow, FindingView, PlanRow
from auditkit.reporting.view_summary import finding_extent

_ROWS_OF_A_FINDING = 25
_ROWS_OF_A_CANDIDATE = 5
_STATUSES = words.Table(
    {
        "candidate": message("candidate"),
        "proposed": message("proposed"),
        "agreed": message("agreed"),
        "started": message("started"),
        "done": message("done"),
        "cancelled": message("cancelled"),
    }
)
"""How far an item of the plan is."""


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
        area=translated(finding.area),
        criteria=tuple(_criterion(index, point) for point in finding.points),
        requirement="" if candidate else finding.statement.requirement,
        failure=finding.statement.failure,
        objective="" if candidate and rows else finding.statement.objective_evidence,
        extent=_extent(finding),
        rows=tuple(_row(one) for one in rows),
        rows_note=_rows_note(finding, len(rows)),
        sources=tuple(f"{one.id} {one.file} ({short_digest(one.sha256)})" for one in finding.evidence),
        raised=_raised(index, finding),
        state=say("not confirmed") if candidate else words.STATES[finding.state],
        open=is_open(finding),
        repeat_of=finding.repeat_of or "",
        procedure=finding.procedure or "",
        answer=_answer(index, finding),
        group=index.group_of(finding.points),
        advice=_advice(index, finding),
    )


def _advice(index: Index, finding: Finding) -> tuple[Fact, ...]:
    """Word what the auditors recommend and what it takes, where the kind lets them."""
    days = finding.effort_days
    effort = say("{number} days, estimated", number=shortest(days)) if days is not None else ""
    stated = ((index.words["recommendation"], finding.recommendation), (say("Effort"), effort))
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
    return Criterion(point=point, title=say("not in the catalog"), statement="")


def _extent(finding: Finding) -> str:
    counted = finding_extent(finding)
    if not counted:
        return say("Not counted.")
    text = _examined(finding.procedure or "", counted)
    if finding.population is not None and finding.population != finding.examined:
        text = say("{extent}, of a population of {number}", extent=text, number=whole(finding.population))
    return words.sentence(text)


def _examined(procedure: str, extent: str) -> str:
    """Say what was examined: documents, cases of the business impact analysis, or records."""
    kind = procedure.partition(".")[0]
    if kind == "document":
        return say("{extent} documents examined", extent=extent)
    if kind == "impact":
        return say("{extent} cases examined", extent=extent)
    return say("{extent} records examined", extent=extent)


def _row(row: ExceptionRow) -> EvidenceRow:
    nothing = say("empty")
    shows = "; ".join(f"{words.spaced(field)}: {value or nothing}" for field, value in row.values.items())
    return EvidenceRow(
        key=row.key, where=", ".join(filter(None, (row.evidence, row.place.told))), shows=shows
    )


def _rows_note(finding: Finding, shown: int) -> str:
    total = finding.exceptions or len(finding.exception_rows)
    if not shown or shown >= total:
        return ""
    return say(
        "The first {shown} of {total}; the whole list is in exceptions/, beside this report.",
        shown=whole(shown),
        total=whole(total),
    )


def _raised(index: Index, finding: Finding) -> str:
    if finding.raised_by is None or finding.raised_at is None:
        return ""
    return f"{index.person(finding.raised_by)}, {long_date(finding.raised_at)}"


def _answer(index: Index, finding: Finding) -> tuple[Fact, ...]:
    """Word what the auditee answered; a nonconformity without an answer says so."""
    answer = finding.answer
    dates = (
        (say("Plan accepted"), answer.plan_accepted_at),
        (say("Implemented"), answer.implemented_at),
        (say("Verified"), answer.verified_at),
    )
    verified = say("by {person}", person=index.person(answer.verified_by)) if answer.verified_by else ""
    stated = (
        (say("Correction"), answer.correction),
        (say("Cause"), answer.cause),
        (say("Corrective action"), answer.corrective_action),
        (say("Owner"), index.person(answer.owner) if answer.owner else ""),
        (say("Due"), long_date(answer.due) if answer.due else ""),
        *((label, long_date(day)) for label, day in dates if day),
        (say("Effectiveness"), " ".join(part for part in (answer.effectiveness, verified) if part)),
    )
    facts = tuple(Fact(label=label, lines=(text,)) for label, text in stated if text)
    if finding.takes_in:
        facts = (*facts, Fact(label=say("Takes in"), lines=(", ".join(finding.takes_in),)))
    if finding.history:
        lines = tuple(_event(index, one) for one in finding.history)
        return (*facts, Fact(label=say("History"), lines=lines))
    if not facts and finding.standing == "confirmed" and finding.grade in ("major", "minor"):
        return (Fact(label=say("Answer"), lines=(say("The auditee has not answered yet."),)),)
    return facts


def _event(index: Index, event: Event) -> str:
    step = words.STEPS[event.step]
    if event.step == "verify" and not event.effective:
        step = say("verified, not effective")
    if event.grade:
        step = say("{step} to {grade}", step=step, grade=words.SHORT_GRADES[event.grade])
    if event.into:
        step = say("{step} into {findings}", step=step, findings=", ".join(event.into))
    shown = f" ({', '.join(event.evidence)})" if event.evidence else ""
    note = f": {event.note}" if event.note else ""
    return f"{long_date(event.at)}, {index.person(event.by)}: {step}{shown}{note}".rstrip(".") + "."


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
    baseline = say("none measured")
    if item.baseline is not None:
        baseline = f"{item.baseline.value}, {short_day(item.baseline.at)}"
    effort = say("not estimated")
    if item.effort_days is not None:
        effort = say("{number} days", number=shortest(item.effort_days))
    return PlanRow(
        priority=item.priority,
        id=item.id,
        title=item.title,
        findings=item.findings,
        points=points_text(item.points, 4),
        processes=", ".join(translated(one) for one in item.processes),
        route=words.ROUTES[item.route],
        route_reason=item.route_reason,
        phase=_phase(item.phase),
        blocks=item.blocks_certification,
        baseline=baseline,
        target=item.target,
        owner=index.person(item.owner) if item.owner else say("no owner"),
        due=short_day(item.due) if item.due else say("no date"),
        effort=effort,
        records=_records(item),
        status=_STATUSES.get(item.status, words.spaced(item.status)),
        group=index.group_of(item.points),
    )


def _phase(phase: Phase) -> str:
    return {
        "plan": say_as("phase", "Plan"),
        "do": say_as("phase", "Do"),
        "check": say_as("phase", "Check"),
        "act": say_as("phase", "Act"),
    }[phase]


def _records(item: PlanItem) -> str:
    months = item.needs_record_months
    if not months:
        return say("Needs no new records")
    return say_count(
        "Needs {number} month of new records",
        "Needs {number} months of new records",
        months,
        number=whole(months),
    )
