"""The pipeline as one readable function: examine, conclude, derive findings, decide gates, plan."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from auditkit.assessment.capability import conclude_capability
from auditkit.assessment.conduct_rules import keep_to_visit
from auditkit.assessment.evidence_links import rate_evidence, vanished
from auditkit.assessment.guidance import align
from auditkit.assessment.interviews import held
from auditkit.assessment.measures import measure
from auditkit.assessment.model import Assessment
from auditkit.assessment.verdicts import Decided, conclude_clauses, conclude_points, conclude_requirements
from auditkit.base.issue import InputIssue
from auditkit.catalog.crosswalk import infer
from auditkit.catalog.model import Catalog
from auditkit.engagement.conduct_check import barred_judgements
from auditkit.engagement.earlier import LookedBack, look_back
from auditkit.engagement.examine import Examined, RunOptions, examine
from auditkit.engagement.layout import Layout
from auditkit.engagement.lenses import fill_lens
from auditkit.engagement.open import OpenEngagement, open_engagement
from auditkit.engagement.overlays import as_told, in_language, retitled
from auditkit.engagement.plan import work_plan
from auditkit.engagement.programme_seen import coverage_rows, seen_by
from auditkit.engagement.proof import prove_actions
from auditkit.engagement.readiness import forecast_readiness
from auditkit.engagement.records import Counted
from auditkit.engagement.release import released
from auditkit.engagement.signatures import with_signatures
from auditkit.engagement.trace import trace
from auditkit.findings.derive import derive_findings, without_advice
from auditkit.findings.gates import decide_gates
from auditkit.improvement.derive import derive_plan, plan_opportunities
from auditkit.improvement.earlier import EarlierRun, summarise
from auditkit.improvement.follow_up import follow_up
from auditkit.improvement.starts import hold_starts
from auditkit.improvement.work_out import Workshop
from auditkit.reporting.elements import with_report_issues
from auditkit.reporting.model import FileReading, FurtherResult, ImpactSummary, RecordTestSummary, Run

__all__ = ["RunOptions", "RunOutcome", "assess"]


class RunOutcome(NamedTuple):
    """What a run knows, and whether its gates are open."""

    layout: Layout
    run: Run
    bad_evidence: tuple[InputIssue, ...]
    shop: Workshop
    """What the plan was worked out from, for further questions to it."""
    counted: Counted = Counted()
    evidence_of: Mapping[str, Mapping[str, str]] = MappingProxyType({})
    """Point to the evidence that bears on it, with its digest."""

    @property
    def ready(self) -> bool:
        """Tell whether every gate is passed."""
        return all(gate.passed for gate in self.run.gates)


def assess(opened: OpenEngagement, options: RunOptions) -> RunOutcome:
    """Run the whole pipeline on an open engagement. Writes nothing but the cache."""
    opened = with_signatures(opened)
    library, engagement = opened.library, opened.engagement
    examined = examine(opened, options)
    assessment = conclude(opened, examined, library.catalog)
    further = tuple(_further(opened, examined, assessment, catalog) for catalog in library.further)
    shown, advice = in_language(library, opened.statements_in)
    told, assessment = as_told(library.whole, shown), retitled(assessment, shown)
    found = derive_findings(
        told,
        tuple(
            point for one in (assessment, *(result.assessment for result in further)) for point in one.points
        ),
        opened.raised.files,
        library.grading,
        {f"record.{test.id}": test.grade.major for test in library.tests},
        {item.id: item for item in opened.register.items},
        examined.digests,
        opened.raised.lives,
        opened.previous,
    )
    findings = found if opened.conduct.rules.advice == "allowed" else without_advice(found)
    gates = decide_gates(
        library.catalog,
        assessment,
        findings,
        library.document_types,
        examined.readings,
        _operating_datasets(opened),
        int(opened.parameters["operation_months"].value),
        engagement.as_of,
        vanished(opened.lock.entries, opened.register.items)[0],
    )
    process_lens = next((lens for lens in library.lenses if lens.id == "process"), None)
    alignment = align(
        library.guidance, examined.results, {one.item: one for one in opened.workpapers.guidance}
    )
    actions, start_issues = hold_starts(opened.actions, findings, opened.action_places, engagement.as_of)
    held_back = opened._replace(actions=actions)
    readiness = forecast_readiness(held_back, examined, assessment, findings, gates)
    items = derive_plan(told, findings, actions, process_lens, engagement.as_of)
    plan, work, shop = work_plan(held_back, items, findings, gates, readiness, examined.impact)
    looked = look_back(opened, _in_figures) if options.look_back else LookedBack()
    proven = prove_actions(
        opened, {one.procedure: one for one in examined.tests}, examined.courses, looked.runs
    )
    plan = follow_up(plan, proven.proofs, opened.actions)
    wanted = {*engagement.lenses, engagement.group_by}
    seen = seen_by(opened, (assessment, *(one.assessment for one in further)), findings)
    made_from = trace(opened, examined, looked.runs)
    signed, sign_issues = released(
        opened, made_from, {f"evidence/{file}": one.sha256 for file, one in examined.documents.items()}
    )
    run = Run(
        engagement=engagement.model_copy(update={"sign_off": signed}),
        conduct=opened.conduct,
        grading=library.grading,
        catalog=shown,
        document_types=library.document_types,
        lenses=tuple(
            fill_lens(lens, opened, examined, assessment) for lens in library.lenses if lens.id in wanted
        ),
        assessment=assessment,
        gates=gates,
        readiness=readiness,
        findings=findings,
        plan=plan_opportunities(plan, advice, alignment, process_lens),
        plan_work=work,
        record_tests=_test_summaries(opened, examined),
        items=opened.register.items,
        requests=opened.requests,
        lock=opened.lock.entries,
        files=_file_readings(opened, examined),
        readings=examined.readings,
        interviews=held(opened.workpapers.interviews),
        parameters=opened.parameters,
        logo=opened.logo,
        issues=(
            *opened.issues,
            *examined.issues,
            *start_issues,
            *sign_issues,
            *looked.issues,
            *proven.issues,
        ),
        trace=made_from,
        further=further,
        guidance=advice,
        alignment=alignment,
        overlay=opened.overlay,
        previous=opened.previous,
        programme=opened.programme.programme,
        audit_plan=opened.audit_plan.plan,
        coverage=coverage_rows(opened, seen),
        quality=examined.quality,
        purged=opened.purged,
        proofs=proven.proofs,
        charts=proven.charts,
        earlier=looked.runs,
        actions=opened.actions,
        impact=ImpactSummary(
            source=opened.impact.source,
            analysis=examined.impact,
            results=tuple(examined.impact_results.values()),
        )
        if opened.impact.given
        else None,
        capability=conclude_capability(
            opened.workpapers.capability,
            {group.id: group.title for group in (process_lens.groups if process_lens else ())},
        ),
    )
    return RunOutcome(
        opened.layout, with_report_issues(run), examined.issues, shop, examined.counted, examined.evidence_of
    )


def _in_figures(layout: Layout) -> EarlierRun:
    """Run an earlier engagement by itself; those before it are not looked at."""
    run = assess(open_engagement(layout), RunOptions(look_back=False)).run
    return summarise(
        run.engagement.id,
        run.engagement.period,
        run.engagement.as_of,
        run.trace.run_id,
        run.catalog.head.id,
        run.assessment,
        tuple(one.result for one in run.record_tests),
    )


def conclude(opened: OpenEngagement, examined: Examined, catalog: Catalog) -> Assessment:
    """Give every point, requirement and clause of a catalog its verdict, and compute the measures."""
    items = {item.id: item for item in opened.register.items}
    decided = Decided(
        judgements={one.point: one for one in opened.workpapers.judgements},
        bindings=opened.workpapers.bindings,
        purged={one.id: opened.purged[one.file] for one in items.values() if one.file in opened.purged},
        barred=barred_judgements(opened.independence, opened.workpapers),
        distrusted=opened.distrust_told,
    )
    reached = conclude_points(catalog, examined.results, decided, examined.evidence_of)
    unverified = frozenset(one.evidence for one in examined.quality if not one.verified)
    points = tuple(
        rate_evidence(
            verdict,
            examined.evidence_of.get(verdict.point, {}),
            items,
            opened.engagement.period,
            unverified,
        )
        for verdict in keep_to_visit(reached, catalog, opened.engagement)
    )
    requirements = conclude_requirements(catalog, points)
    weights = {point: one.weight for point, one in opened.overlay.items() if one.weight != 1}
    return Assessment(
        points=points,
        requirements=requirements,
        clauses=conclude_clauses(catalog, requirements),
        measures=measure(points, requirements, weights if catalog == opened.library.catalog else None),
    )


def _further(
    opened: OpenEngagement, examined: Examined, first: Assessment, catalog: Catalog
) -> FurtherResult:
    """Conclude about a further catalog, and say what the crosswalk from the first one lets one suppose."""
    crosswalk = next((one for one in opened.library.crosswalks if one.target == catalog.head.id), None)
    verdicts = {one.requirement: one.value for one in first.requirements}
    verdicts |= {one.point: one.value for one in first.points}
    return FurtherResult(
        catalog=catalog,
        assessment=conclude(opened, examined, catalog),
        inferences=infer(crosswalk, verdicts) if crosswalk else (),
        crosswalk=crosswalk.title if crosswalk else "",
    )


def _operating_datasets(opened: OpenEngagement) -> dict[str, str]:
    """Return the dated datasets that deciding tests of operating clauses look at: operation must show records of them."""
    catalog = opened.library.catalog
    operating = set(catalog.head.operation)
    lineage = catalog.lineage()
    named = {
        test
        for point in catalog.points
        if operating & set(lineage.get(point.clause, ()))
        for test in point.procedures.records
    }
    tested = {test.dataset for test in opened.library.tests if test.test_class == "hard" and test.id in named}
    return {
        one.id: one.title for one in opened.library.datasets.values() if one.id in tested and one.dated_by
    }


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
