"""Tell a run: everything that was examined, concluded and planned, put together for reports."""

from typing import NamedTuple

from auditkit.assessment.capability import ProcessCapability, conclude_capability
from auditkit.assessment.engagement import SignOff
from auditkit.assessment.interviews import held
from auditkit.assessment.model import Gate
from auditkit.base.issue import InputIssue
from auditkit.catalog.lens import Lens
from auditkit.engagement.conclude import Concluded
from auditkit.engagement.earlier import LookedBack
from auditkit.engagement.examine import Examined
from auditkit.engagement.lenses import fill_lens
from auditkit.engagement.open import OpenEngagement
from auditkit.engagement.plan import PlanAhead
from auditkit.engagement.programme_seen import coverage_rows, seen_by
from auditkit.engagement.proof import Proven
from auditkit.findings.model import Finding
from auditkit.improvement.model import PlanItem
from auditkit.reporting.model import FileReading, ImpactSummary, RecordTestSummary, Run, Trace


class Results(NamedTuple):
    """What a run came to."""

    concluded: Concluded
    findings: tuple[Finding, ...]
    gates: tuple[Gate, ...]
    ahead: PlanAhead
    looked: LookedBack
    proven: Proven
    plan: tuple[PlanItem, ...]
    """That of ``ahead``, with what follows from proofs and from guidance."""
    trace: Trace
    signed: SignOff | None
    """The release that holds."""
    sign_issues: tuple[InputIssue, ...]


def tell_run(opened: OpenEngagement, examined: Examined, results: Results) -> Run:
    """Put together everything a run knows."""
    library, concluded, proven = opened.library, results.concluded, results.proven
    return Run(
        engagement=opened.engagement.model_copy(update={"sign_off": results.signed}),
        conduct=opened.conduct,
        grading=library.grading,
        catalog=concluded.shown,
        document_types=library.document_types,
        lenses=_lenses(opened, examined, concluded),
        assessment=concluded.assessment,
        gates=results.gates,
        readiness=results.ahead.readiness,
        findings=results.findings,
        plan=results.plan,
        plan_work=results.ahead.work,
        record_tests=_test_summaries(opened, examined),
        items=opened.register.items,
        requests=opened.requests,
        lock=opened.lock.entries,
        files=_file_readings(opened, examined),
        readings=examined.readings,
        interviews=held(opened.workpapers.interviews),
        parameters=opened.parameters,
        logo=opened.logo,
        issues=_issues(opened, examined, results),
        trace=results.trace,
        further=concluded.further,
        guidance=concluded.advice,
        alignment=concluded.alignment,
        overlay=opened.overlay,
        previous=opened.previous,
        programme=opened.programme.programme,
        audit_plan=opened.audit_plan.plan,
        coverage=coverage_rows(opened, seen_by(opened, concluded.assessments, results.findings)),
        quality=examined.quality,
        purged=opened.purged,
        proofs=proven.proofs,
        charts=proven.charts,
        earlier=results.looked.runs,
        actions=opened.actions,
        impact=_impact(opened, examined),
        capability=_capability(opened),
    )


def _lenses(opened: OpenEngagement, examined: Examined, concluded: Concluded) -> tuple[Lens, ...]:
    """Return the lenses that the engagement asks for, with their groups."""
    wanted = {*opened.engagement.lenses, opened.engagement.group_by}
    return tuple(
        fill_lens(lens, opened, examined, concluded.assessment)
        for lens in opened.library.lenses
        if lens.id in wanted
    )


def _issues(opened: OpenEngagement, examined: Examined, results: Results) -> tuple[InputIssue, ...]:
    return (
        *opened.issues,
        *examined.issues,
        *results.ahead.issues,
        *results.sign_issues,
        *results.looked.issues,
        *results.proven.issues,
    )


def _impact(opened: OpenEngagement, examined: Examined) -> ImpactSummary | None:
    if not opened.impact.given:
        return None
    return ImpactSummary(
        source=opened.impact.source,
        analysis=examined.impact,
        results=tuple(examined.impact_results.values()),
    )


def _capability(opened: OpenEngagement) -> tuple[ProcessCapability, ...]:
    lens = opened.library.process_lens
    titles = {group.id: group.title for group in (lens.groups if lens else ())}
    return conclude_capability(opened.workpapers.capability, titles)


def _test_summaries(opened: OpenEngagement, examined: Examined) -> tuple[RecordTestSummary, ...]:
    by_procedure = {one.procedure: one for one in examined.tests}
    named: dict[str, tuple[str, ...]] = {}
    for point in opened.library.whole.points:
        for test in point.procedures.records:
            named[test] = (*named.get(test, ()), point.id)
    return tuple(
        RecordTestSummary(
            id=test.id,
            reference=test.reference,
            title=test.title,
            why=test.why,
            remedy=test.remedy,
            points=points,
            result=by_procedure[f"record.{test.id}"],
        )
        for test in opened.library.tests
        if (points := named.get(test.id, ()))
    )


def _file_readings(opened: OpenEngagement, examined: Examined) -> tuple[FileReading, ...]:
    items = {item.file: item.id for item in opened.register.items}
    return tuple(
        FileReading(
            file=file,
            evidence=items.get(file),
            status=document.status,
            why=document.why,
            format=document.format,
            sha256=document.sha256,
            size_bytes=document.size_bytes,
            passages=len(document.passages),
        )
        for file, document in sorted(examined.documents.items())
    )
