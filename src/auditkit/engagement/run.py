"""The pipeline as one readable function: examine, conclude, derive findings, decide gates, plan."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from auditkit.assessment.evidence_links import vanished
from auditkit.assessment.model import Assessment, Gate
from auditkit.base.issue import InputIssue
from auditkit.engagement.conclude import Concluded, conclude
from auditkit.engagement.earlier import LookedBack, look_back
from auditkit.engagement.examine import Examined, RunOptions, examine
from auditkit.engagement.layout import Layout
from auditkit.engagement.open import OpenEngagement, open_engagement
from auditkit.engagement.plan import plan_ahead
from auditkit.engagement.proof import prove_actions
from auditkit.engagement.records import Counted
from auditkit.engagement.release import released
from auditkit.engagement.run_told import Results, tell_run
from auditkit.engagement.signatures import with_signatures
from auditkit.engagement.trace import trace
from auditkit.findings.derive import derive_findings, without_advice
from auditkit.findings.gates import decide_gates
from auditkit.findings.model import Finding
from auditkit.improvement.derive import plan_opportunities
from auditkit.improvement.earlier import EarlierRun, summarise
from auditkit.improvement.follow_up import follow_up
from auditkit.improvement.work_out import Workshop
from auditkit.reporting.elements import with_report_issues
from auditkit.reporting.model import Run

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
    examined = examine(opened, options)
    concluded = conclude(opened, examined)
    findings = _derive(opened, examined, concluded)
    gates = _decide(opened, examined, concluded.assessment, findings)
    ahead = plan_ahead(opened, examined, concluded, findings, gates)
    looked = look_back(opened, _in_figures) if options.look_back else LookedBack()
    tests = {one.procedure: one for one in examined.tests}
    proven = prove_actions(opened, tests, examined.courses, looked.runs)
    plan = follow_up(ahead.plan, proven.proofs, opened.actions)
    made_from = trace(opened, examined, looked.runs)
    received = {f"evidence/{file}": one.sha256 for file, one in examined.documents.items()}
    signed, sign_issues = released(opened, made_from, received)
    results = Results(
        concluded=concluded,
        findings=findings,
        gates=gates,
        ahead=ahead,
        looked=looked,
        proven=proven,
        plan=plan_opportunities(plan, concluded.advice, concluded.alignment, opened.library.process_lens),
        trace=made_from,
        signed=signed,
        sign_issues=sign_issues,
    )
    run = with_report_issues(tell_run(opened, examined, results))
    return RunOutcome(opened.layout, run, examined.issues, ahead.shop, examined.counted, examined.evidence_of)


def _derive(opened: OpenEngagement, examined: Examined, concluded: Concluded) -> tuple[Finding, ...]:
    """Derive the findings of all catalogs; without advice where the engagement may give none."""
    found = derive_findings(
        concluded.told,
        concluded.points,
        opened.raised.files,
        opened.library.grading,
        {f"record.{test.id}": test.grade.major for test in opened.library.tests},
        {item.id: item for item in opened.register.items},
        examined.digests,
        opened.raised.lives,
        opened.previous,
    )
    return found if opened.conduct.rules.advice == "allowed" else without_advice(found)


def _decide(
    opened: OpenEngagement, examined: Examined, assessment: Assessment, findings: tuple[Finding, ...]
) -> tuple[Gate, ...]:
    """Decide the gates of the catalog."""
    return decide_gates(
        opened.library.catalog,
        assessment,
        findings,
        opened.library.document_types,
        examined.readings,
        _operating_datasets(opened),
        int(opened.parameters["operation_months"].value),
        opened.engagement.as_of,
        vanished(opened.lock.entries, opened.register.items)[0],
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
