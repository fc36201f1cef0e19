"""From a run to the pages of the workbook (pure): typed cells, real days, and what no row holds."""

from collections.abc import Iterable, Iterator
from datetime import date

from auditkit.assessment.model import PointVerdict, ProcedureResult, RequirementVerdict
from auditkit.base.language import say, translated, written
from auditkit.catalog.model import Catalog, Point
from auditkit.evidence.model import EvidenceItem
from auditkit.evidence.reasons import told_reason
from auditkit.findings.model import Finding
from auditkit.improvement.exchange.cells import shown
from auditkit.improvement.exchange.sheet import holdable
from auditkit.improvement.model import ActionFile, PlanItem
from auditkit.reporting import words
from auditkit.reporting.model import RecordTestSummary, Run
from auditkit.reporting.view_index import Index, is_open
from auditkit.reporting.workbook.columns import COLUMNS, POINTS
from auditkit.reporting.workbook.model import METHOD, Page, Row
from auditkit.reporting.workbook.said import answer_text, value_text

MOST_ROWS = 20_000
"""Rows of one page; a workbook has to open on any desk."""

Value = str | int | date | bool | None
Line = tuple[str, tuple[Value, ...]]


def build_pages(run: Run) -> tuple[Page, ...]:
    """Return every page but the method, in order; each walks what the run knows and drops nothing in silence."""
    index = Index(run)
    further = [(one.catalog, one.assessment.points, one.assessment.requirements) for one in run.further]
    catalogs = [
        (run.catalog, tuple(index.verdicts.values()), tuple(index.requirement_verdicts.values())),
        *further,
    ]
    requirements = [line for catalog, _, found in catalogs for line in _requirements(catalog, found)]
    points = [line for catalog, found, _ in catalogs for line in _points(index, catalog, found)]
    rows = list(_exceptions(run))
    seen = sum(one.result.exceptions + one.result.unknown for one in run.record_tests)
    return (
        page("Requirements", requirements),
        page(POINTS, points),
        page("Findings", [_finding(index, one) for one in index.confirmed]),
        page("Candidates", [_candidate(one) for one in index.candidates]),
        page("Actions", _actions(index)),
        page("Candidate actions", _proposed(index)),
        page("Evidence", [_item(index, one) for one in sorted(run.items, key=lambda one: one.id)]),
        page("Record tests", [_test(one) for one in run.record_tests]),
        page("Exceptions", rows, max(0, seen - len(rows)), _exceptions_beside(run)),
    )


def page(name: str, lines: Iterable[Line], left_out: int = 0, where: str = "") -> Page:
    """Make a page of lines; those beyond what a page holds are counted as left out."""
    found = list(lines)
    columns = COLUMNS[name]
    rows = tuple(
        Row(key=key, cells=tuple(_held(value) for value in (*values, *[None] * (len(columns) - len(values)))))
        for key, values in found[: len(found) if name == METHOD else MOST_ROWS]
    )
    beyond = len(found) - len(rows)
    return Page(name=name, rows=rows, left_out=left_out + beyond, where=where or "reports/assessment.json")


def _held(value: Value) -> str:
    """Return a value as its cell holds it; what turns the direction of reading is taken out."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return answer_text(value)
    return holdable(words.printable(shown(value))) if isinstance(value, str) else str(value)


def _requirements(catalog: Catalog, found: Iterable[RequirementVerdict]) -> Iterator[Line]:
    titles = {clause.clause: clause.title for clause in catalog.clauses}
    verdicts = {one.requirement: one for one in found}
    for requirement in catalog.requirements:
        one = verdicts.get(requirement.id)
        counts: tuple[Value, ...] = (len(requirement.points), 0, 0, len(requirement.points), 0, 0)
        if one is not None:
            counts = (
                one.points,
                one.conforming,
                one.nonconforming,
                one.not_assessed,
                one.not_applicable,
                one.confirmed,
            )
        value = value_text(one.value if one is not None else "not_assessed")
        standing = value_text(one.standing if one is not None else "candidate")
        title = titles.get(requirement.clause, "")
        yield (
            requirement.id,
            (requirement.id, catalog.head.id, requirement.clause, title, value, standing, *counts),
        )


def _points(index: Index, catalog: Catalog, found: Iterable[PointVerdict]) -> Iterator[Line]:
    verdicts = {one.point: one for one in found}
    for point in catalog.points:
        yield point.id, _point(index, catalog, point, verdicts.get(point.id))


def _point(index: Index, catalog: Catalog, point: Point, one: PointVerdict | None) -> tuple[Value, ...]:
    first: tuple[Value, ...] = (point.id, catalog.head.id, point.clause, point.statement)
    if one is None:
        why = say("The run gave no verdict for this point.")
        return (*first, value_text("not_assessed"), value_text("candidate"), why)
    judgement = one.judgement
    used = (ref.id for result in one.results for ref in result.evidence)
    evidence = dict.fromkeys((*(judgement.on if judgement else ()), *used))
    state = (
        say("suspect: {reasons}", reasons=" ".join(one.suspect))
        if one.suspect
        else say("conflict: {reasons}", reasons=" ".join(one.conflict))
        if one.conflict
        else say("decides")
        if judgement
        else ""
    )
    findings = tuple(each.id for each in index.confirmed if point.id in each.points)
    return (
        *first, value_text(one.value), value_text(one.standing), " ".join(one.reasons), words.STRENGTHS[one.strength],
        " ".join(evidence), judgement.id if judgement else "", index.person(judgement.by) if judgement else "",
        judgement.at if judgement else None, judgement.rationale if judgement else "", state, ", ".join(findings),
    )  # fmt: skip


def _finding(index: Index, one: Finding) -> Line:
    answer, statement = one.answer, one.statement
    return one.id, (
        one.id, value_text(one.grade), value_text(one.state), is_open(one), ", ".join(one.points), one.area,
        statement.requirement, statement.failure, statement.objective_evidence, one.exceptions, one.examined, one.raised_at,
        index.person(one.raised_by) if one.raised_by else "", one.repeat_of, answer.correction, answer.cause,
        answer.corrective_action, answer.owner, answer.due, answer.plan_accepted_at, answer.implemented_at,
        answer.verified_at, answer.effectiveness,
    )  # fmt: skip


def _candidate(one: Finding) -> Line:
    said = one.statement
    return one.id, (
        one.id, value_text(one.grade), ", ".join(one.points), one.area, one.rule, said.requirement, said.failure,
        said.objective_evidence, one.exceptions, one.examined,
    )  # fmt: skip


def _actions(index: Index) -> list[Line]:
    """Return the plan in its order, then the actions that are no longer part of it, such as those that are done."""
    plan = [item for item in _plan(index) if not index.rests_on_candidates(item.findings)]
    known = {item.id for item in index.run.plan}
    others = sorted((one for one in index.run.actions if one.id not in known), key=lambda one: one.id)
    return [*(_item_of_plan(item) for item in plan), *(_action(one) for one in others)]


def _proposed(index: Index) -> list[Line]:
    """Return what would be planned for candidates, should a person confirm them; it stands apart."""
    return [_item_of_plan(item) for item in _plan(index) if index.rests_on_candidates(item.findings)]


def _plan(index: Index) -> list[PlanItem]:
    return sorted(index.run.plan, key=lambda item: (item.priority, item.id))


def _item_of_plan(item: PlanItem) -> Line:
    base = item.baseline
    return item.id, (
        item.id, item.priority, item.title, ", ".join(item.findings),
        ", ".join(item.points), ", ".join(translated(one) for one in item.processes), words.ROUTES[item.route], item.phase, item.blocks_certification,
        base.value if base else "", base.at if base else None, item.target, item.owner, item.due,
        written(f"{item.effort_days:g}") if item.effort_days is not None else "", item.needs_record_months, value_text(item.status),
    )  # fmt: skip


def _action(one: ActionFile) -> Line:
    base = one.baseline
    effort = written(f"{one.estimate.likely:g}") if one.estimate else ""
    return one.id, (
        one.id, None, one.title, one.finding, "", "", words.ROUTES[one.route] if one.route else "", "", "",
        base.value if base else "", base.at if base else None, one.target, one.owner, one.due, effort, one.waiting_months,
        value_text(one.status),
    )  # fmt: skip


def _item(index: Index, item: EvidenceItem) -> Line:
    reading = index.readings.get(item.id)
    remark = " ".join(
        words.sentence(one) for one in (told_reason(reading.why) if reading else "", item.note) if one
    )
    return item.id, (
        item.id, item.title, item.file, words.EVIDENCE_KINDS[item.kind], words.spaced(item.document_type or item.dataset or ""),
        item.owner, item.version, value_text(item.status), item.effective_at, item.period.start if item.period else None,
        item.period.end if item.period else None, item.received_at, item.control_total, reading.sha256 if reading else "",
        words.READINGS[reading.status] if reading else say("file not there"), remark,
    )  # fmt: skip


def _test(one: RecordTestSummary) -> Line:
    seen: ProcedureResult = one.result
    counted = seen.population is not None
    return one.id, (
        one.id, one.reference, one.title, ", ".join(one.points), value_text(seen.outcome), value_text(seen.test_class or "") or None,
        words.BASES[seen.basis], seen.population, seen.examined if counted else None, seen.exceptions if counted else None,
        seen.unknown if counted else None, " ".join(ref.id for ref in seen.evidence), " ".join(seen.reasons),
    )  # fmt: skip


def _exceptions_beside(run: Run) -> str:
    folder = "reports/redacted/exceptions" if run.redacted else "reports/exceptions"
    return say("{folder}, one list a record test", folder=folder)


def _exceptions(run: Run) -> Iterator[Line]:
    empty = say("empty")
    for test in run.record_tests:
        for number, row in enumerate(test.result.exception_rows, 1):
            shows = "; ".join(f"{name}: {value or empty}" for name, value in row.values.items())
            place = row.place
            yield (
                f"{test.id}#{number}",
                (test.id, row.evidence, place.file, place.sheet, place.row, row.key, shows),
            )
