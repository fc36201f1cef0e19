"""From a run to everything a report shows (pure): `build_view`."""

from auditkit.base.language import translated
from auditkit.reporting.glossary import build_glossary
from auditkit.reporting.model import Run
from auditkit.reporting.view_audit import build_audit
from auditkit.reporting.view_capability import build_capability
from auditkit.reporting.view_cover import build_control, build_cover
from auditkit.reporting.view_evidence import build_register, build_requests, build_tests, build_unregistered
from auditkit.reporting.view_findings import (
    build_candidate_plan,
    build_candidates,
    build_findings,
    build_plan,
)
from auditkit.reporting.view_further import build_further
from auditkit.reporting.view_guidance import build_guidance
from auditkit.reporting.view_impact import build_impact
from auditkit.reporting.view_index import Index
from auditkit.reporting.view_method import build_method, build_trace
from auditkit.reporting.view_model import View
from auditkit.reporting.view_open import build_not_assessed
from auditkit.reporting.view_parts import Entry
from auditkit.reporting.view_plan import build_plan_work
from auditkit.reporting.view_previous import build_cycle, build_previous
from auditkit.reporting.view_progress import build_progress
from auditkit.reporting.view_records import FindingView
from auditkit.reporting.view_results import build_blocks, build_clauses, build_lenses, build_verdicts
from auditkit.reporting.view_summary import build_conclusion, build_summary
from auditkit.reporting.words import lifted

_FINDINGS_IN_CONTENTS = 18


def build_view(run: Run) -> View:
    """Word, sort and count everything a report shows. The same run gives the same view."""
    return view_of(Index(run))


def view_of(index: Index) -> View:
    """Word, sort and count what a report or a document of its own shows; the index knows its sections."""
    run = index.run
    findings = build_findings(index)
    return View(
        contents=_contents(index, findings),
        cover=build_cover(index),
        control=build_control(index),
        summary=build_summary(index),
        audit=build_audit(index),
        conclusion=build_conclusion(index),
        clauses=build_clauses(index),
        blocks=build_blocks(index),
        lenses=build_lenses(index),
        findings=findings,
        findings_note=index.words["findings_note"],
        plan=build_plan(index),
        plan_work=build_plan_work(index),
        progress=build_progress(index),
        not_assessed=build_not_assessed(index),
        guidance=build_guidance(index),
        capability=build_capability(index),
        impact=build_impact(index),
        further=build_further(index),
        previous=build_previous(index),
        cycle=build_cycle(index),
        grouped_by=translated(index.grouped_by.title) if index.grouped_by else "",
        gates_conclude=run.conduct.rules.gates == "conclusion",
        tests_inform=run.conduct.rules.record_tests == "inform",
        lead_title=index.words["lead_auditor"],
        candidates=build_candidates(index),
        candidate_plan=build_candidate_plan(index),
        tests=build_tests(index),
        evidence_register=build_register(index),
        unregistered=build_unregistered(index),
        requests=build_requests(index),
        verdicts=build_verdicts(index),
        method=build_method(index),
        trace=build_trace(index),
        glossary=build_glossary(index),
    )


def _contents(index: Index, findings: tuple[FindingView, ...]) -> tuple[Entry, ...]:
    majors = [one for one in findings if one.mark.key == "major"]
    named = findings if len(findings) <= _FINDINGS_IN_CONTENTS else majors[:_FINDINGS_IN_CONTENTS]
    children = tuple(
        Entry(id=f"finding-{one.id}", number=one.id, title=lifted(one.mark.word)) for one in named
    )
    return tuple(
        Entry(
            id=one.id,
            number=one.number,
            title=one.title,
            place=one.place,
            children=children if one.id == "findings" else (),
        )
        for one in index.sections
    )
