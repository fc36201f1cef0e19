"""The pipeline as one readable function: examine, conclude, derive findings, decide gates, plan."""

from typing import NamedTuple

from auditkit import __version__
from auditkit.assessment.evidence_links import rate_evidence
from auditkit.assessment.measures import measure
from auditkit.assessment.model import Assessment
from auditkit.assessment.verdicts import Decided, conclude_clauses, conclude_points, conclude_requirements
from auditkit.base.digest import digest_value
from auditkit.base.issue import InputIssue
from auditkit.engagement.examine import Examined, RunOptions, examine
from auditkit.engagement.layout import Layout
from auditkit.engagement.open import OpenEngagement
from auditkit.findings.derive import derive_findings
from auditkit.findings.gates import decide_gates
from auditkit.improvement.derive import derive_plan
from auditkit.reporting.model import FileReading, RecordTestSummary, Run, Trace

__all__ = ["RunOptions", "RunOutcome", "assess"]


class RunOutcome(NamedTuple):
    """What a run knows, and whether its gates are open."""

    layout: Layout
    run: Run
    bad_evidence: tuple[InputIssue, ...]

    @property
    def ready(self) -> bool:
        """Tell whether every gate is passed."""
        return all(gate.passed for gate in self.run.gates)


def assess(opened: OpenEngagement, options: RunOptions) -> RunOutcome:
    """Run the whole pipeline on an open engagement. Writes nothing but the cache."""
    examined = examine(opened, options)
    assessment = conclude(opened, examined)
    findings = derive_findings(
        opened.library.catalog,
        assessment,
        opened.raised.files,
        opened.library.grading,
        {f"record.{test.id}": test.grade.major for test in opened.library.tests},
        {item.id: item for item in opened.register.items},
        examined.digests,
    )
    gates = decide_gates(
        opened.library.catalog,
        assessment,
        findings,
        opened.library.document_types,
        examined.readings,
        _operating_datasets(opened),
        int(opened.parameters["operation_months"].value),
        opened.engagement.as_of,
    )
    process_lens = next((lens for lens in opened.library.lenses if lens.id == "process"), None)
    plan = derive_plan(
        opened.library.catalog, findings, opened.actions, process_lens, opened.engagement.as_of
    )
    run = Run(
        engagement=opened.engagement,
        catalog=opened.library.catalog,
        document_types=opened.library.document_types,
        lenses=tuple(lens for lens in opened.library.lenses if lens.id in opened.engagement.lenses),
        assessment=assessment,
        gates=gates,
        findings=findings,
        plan=plan,
        record_tests=_test_summaries(opened, examined),
        items=opened.register.items,
        requests=opened.requests,
        lock=opened.lock.entries,
        files=_file_readings(opened, examined),
        readings=examined.readings,
        interviews=opened.workpapers.interviews,
        parameters=opened.parameters,
        issues=(*opened.issues, *examined.issues),
        trace=_trace(opened, examined),
    )
    return RunOutcome(opened.layout, run, examined.issues)


def conclude(opened: OpenEngagement, examined: Examined) -> Assessment:
    """Give every point, requirement and clause its verdict, and compute the measures."""
    catalog = opened.library.catalog
    decided = Decided({one.point: one for one in opened.workpapers.judgements}, opened.workpapers.bindings)
    items = {item.id: item for item in opened.register.items}
    points = tuple(
        rate_evidence(verdict, examined.evidence_of.get(verdict.point, {}), items, opened.engagement.period)
        for verdict in conclude_points(catalog, examined.results, decided, examined.evidence_of)
    )
    requirements = conclude_requirements(catalog, points)
    return Assessment(
        points=points,
        requirements=requirements,
        clauses=conclude_clauses(catalog, requirements),
        measures=measure(points, requirements),
    )


def _operating_datasets(opened: OpenEngagement) -> dict[str, str]:
    """Datasets of clause 8 that are dated and that a deciding test looks at: operation must show records of them."""
    tested = {test.dataset for test in opened.library.tests if test.test_class == "hard"}
    return {
        one.id: one.title
        for one in opened.library.datasets.values()
        if one.id in tested and one.dated_by and any(clause.split(".")[0] == "8" for clause in one.clauses)
    }


def _test_summaries(opened: OpenEngagement, examined: Examined) -> tuple[RecordTestSummary, ...]:
    by_procedure = {one.procedure: one for one in examined.tests}
    return tuple(
        RecordTestSummary(
            id=test.id,
            reference=test.reference,
            title=test.title,
            why=test.why,
            remedy=test.remedy,
            points=test.points,
            result=by_procedure[f"record.{test.id}"],
        )
        for test in opened.library.tests
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


def _trace(opened: OpenEngagement, examined: Examined) -> Trace:
    """Digest everything the run was made from; nothing of when or where it ran."""
    catalog = digest_value(opened.library.catalog.model_dump(mode="json"))
    tests = digest_value([test.model_dump(mode="json") for test in opened.library.tests])
    evidence = digest_value({file: document.sha256 for file, document in examined.documents.items()})
    workpapers = digest_value(
        [
            opened.engagement.model_dump(mode="json"),
            opened.register.model_dump(mode="json"),
            [one.model_dump(mode="json") for one in opened.requests],
            [one.model_dump(mode="json") for one in opened.workpapers.judgements],
            [one.model_dump(mode="json") for one in opened.workpapers.interviews],
            [one.model_dump(mode="json") for one in opened.raised.files],
            [one.model_dump(mode="json") for one in opened.actions],
        ]
    )
    whole = digest_value([__version__, catalog, tests, evidence, workpapers])
    return Trace(
        tool_version=__version__,
        catalog_digest=catalog,
        tests_digest=tests,
        evidence_digest=evidence,
        workpapers_digest=workpapers,
        run_id=whole[:12],
    )
