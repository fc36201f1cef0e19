"""The chain of one point: requirement, procedures, evidence, result, judgement, verdict, finding, action."""

import textwrap

from auditkit.assessment.model import PointVerdict, ProcedureResult
from auditkit.base.errors import UsageFault
from auditkit.base.model import Record
from auditkit.catalog.model import Point
from auditkit.findings.model import Finding
from auditkit.improvement.model import PlanItem
from auditkit.reporting.model import Run

WIDTH = 80
ROWS_SHOWN = 5


class PointTrace(Record):
    """Everything known about one point."""

    edition: str
    point: Point
    verdict: PointVerdict
    findings: tuple[Finding, ...]
    plan: tuple[PlanItem, ...]


def explain_points(run: Run, identifier: str) -> tuple[PointTrace, ...]:
    """Return the traces of a point, of all points of a requirement, or of a clause; UsageFault when unknown."""
    head = run.catalog.head
    edition = f"{head.standard}:{head.edition}"
    points = run.catalog.select(identifier)
    if not points:
        raise UsageFault(
            f"{identifier}: no clause, requirement or point of {edition}. Try: auditkit catalog search WORD"
        )
    verdicts = {one.point: one for one in run.assessment.points}
    return tuple(
        PointTrace(
            edition=f"{edition} with {point.amendment}" if point.amendment else edition,
            point=point,
            verdict=verdicts[point.id],
            findings=tuple(one for one in run.findings if point.id in one.points),
            plan=tuple(one for one in run.plan if point.id in one.points),
        )
        for point in points
    )


def explain_text(trace: PointTrace) -> str:
    """Render a trace for a terminal of 80 columns."""
    point, verdict = trace.point, trace.verdict
    lines = [f"{point.id}  {trace.edition} ({point.certainty})", *_wrap(point.statement, 2)]
    lines += ["", f"Verdict: {verdict.value.replace('_', ' ')} ({verdict.standing})"]
    for reason in verdict.reasons:
        lines += _wrap(reason, 2)
    lines += [*_judgement(verdict), "", "Procedures:"]
    for result in verdict.results:
        lines += _result(result)
    for finding in trace.findings:
        state = finding.state.replace("_", " ")
        lines += ["", *_wrap(f"Finding {finding.id}: {finding.grade}, {finding.standing}, {state}", 0)]
        lines += _wrap(finding.statement.failure, 2) + _wrap(finding.rule, 2)
    for item in trace.plan:
        lines += ["", *_wrap(f"Action {item.id} (priority {item.priority}): {item.title}", 0)]
        lines += _wrap(f"route {item.route.replace('_', ' ')}: {item.route_reason}", 2)
        if item.baseline is not None:
            lines += _wrap(f"baseline {item.baseline.value} at {item.baseline.at}; target: {item.target}", 2)
    return "\n".join(lines)


def _judgement(verdict: PointVerdict) -> list[str]:
    judgement = verdict.judgement
    if judgement is None:
        return []
    lines = ["", f"Judgement {judgement.id} by {judgement.by} on {judgement.at}: {judgement.verdict}"]
    lines += _wrap(judgement.rationale, 2)
    for fault in verdict.suspect:
        lines += _wrap(f"suspect: {fault}", 2)
    for conflict in verdict.conflict:
        lines += _wrap(f"in conflict with: {conflict}", 2)
    return lines


def _result(result: ProcedureResult) -> list[str]:
    lines = _wrap(f"{result.procedure}: {result.outcome.replace('_', ' ')}", 2) + _wrap(result.title, 4)
    if result.population is not None:
        counts = f"population {result.population}, examined {result.examined}, exceptions {result.exceptions}"
        lines += _wrap(f"{counts}, unknown {result.unknown}; basis {result.basis.replace('_', ' ')}", 4)
    if result.parameters:
        lines += _wrap("with " + ", ".join(f"{key} = {value}" for key, value in result.parameters.items()), 4)
    for reason in result.reasons:
        lines += _wrap(reason, 4)
    for reference in result.evidence:
        lines += _wrap(f"evidence {reference.id} {reference.file} sha256 {reference.sha256[:16]}…", 4)
    for quote in result.quotes:
        lines += _wrap(f"{quote.topic}: {quote.place}: “{quote.text}”", 4)
    for row in result.exception_rows[:ROWS_SHOWN]:
        lines += _wrap(f"exception {row.key} at {row.place}", 4)
    if result.exception_rows and result.exceptions > ROWS_SHOWN:
        lines += _wrap(f"and {result.exceptions - ROWS_SHOWN} more, in reports/exceptions", 4)
    return lines


def _wrap(text: str, indent: int) -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent=" " * indent, subsequent_indent=" " * (indent + 2))
