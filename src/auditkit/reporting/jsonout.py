"""The assessment for programs: every verdict, result, finding, gate and figure, in a stable order."""

import json
from typing import Any

from auditkit.assessment.model import Interval, PointVerdict
from auditkit.base.language import spoken
from auditkit.reporting.model import FurtherResult, RecordTestSummary, Run
from auditkit.reporting.numbers import interval_text
from auditkit.reporting.view_model import View

SCHEMA = "auditkit/assessment/1"
"""The number grows when a field changes its meaning or goes away; new fields do not change it."""


def assessment_json(run: Run, view: View) -> str:
    """Return the assessment as JSON text; the same run gives the same bytes. Shares are exact fractions."""
    return json.dumps(assessment(run, view), ensure_ascii=False, indent=1) + "\n"


def assessment(run: Run, view: View) -> dict[str, Any]:
    """Return the assessment as plain data, in the order in which it is written."""
    return {
        "computed": True,
        "schema": SCHEMA,
        "language": spoken(),
        **({"redacted": run.redacted} if run.redacted else {}),
        "trace": _plain(run.trace),
        "engagement": _engagement(run, view),
        "catalog": _catalog(run),
        "conclusion": _conclusion(view),
        "measures": _measures(run),
        "gates": [_plain(one) for one in run.gates],
        "readiness": _plain(run.readiness) if run.readiness else None,
        "findings": [_plain(one) for one in run.findings if one.standing == "confirmed"],
        "candidates": [_plain(one) for one in run.findings if one.standing == "candidate"],
        "plan": [_plain(one) for one in run.plan],
        "plan_work": _plain(run.plan_work) if run.plan_work else None,
        "proofs": [_plain(one) for one in run.proofs],
        "control_charts": [_plain(one) for one in run.charts],
        "earlier": [_plain(one) for one in run.earlier],
        "clauses": [_plain(one) for one in run.assessment.clauses],
        "requirements": [_plain(one) for one in run.assessment.requirements],
        "points": [_point(one) for one in run.assessment.points],
        "results": [_plain(result) for one in run.assessment.points for result in one.results],
        "record_tests": [_test(one) for one in run.record_tests],
        "lenses": [_plain(one) for one in view.lenses],
        "guidance": _guidance(run),
        "further": [_further(one) for one in run.further],
        "previous": [_plain(one) for one in run.previous],
        "overlay": {point: _plain(one) for point, one in sorted(run.overlay.items())},
        "evidence": [_plain(one) for one in run.items],
        "files": [_plain(one) for one in run.files],
        "requests": [_plain(one) for one in run.requests],
        "quality": [_plain(one) for one in run.quality],
        "exports": [_plain(one) for one in run.readings],
        "interviews": [_plain(one) for one in run.interviews],
        "capability": [_plain(one) for one in run.capability],
        **_programme(run),
        "calendars": {name: _plain(one) for name, one in sorted(run.engagement.calendars.items())},
        "parameters": {name: _plain(one) for name, one in sorted(run.parameters.items())},
        "issues": [_plain(one) for one in run.issues],
        **({"purged": dict(sorted(run.purged.items()))} if run.purged else {}),
    }


def _conclusion(view: View) -> dict[str, Any]:
    return {
        "ready": view.summary.headline.ready,
        "headline": view.summary.headline.text,
        "because": list(view.summary.headline.because),
        "draft": view.cover.draft,
        "status": view.cover.status,
        "lead_auditor_words": view.conclusion.own_words,
    }


def _engagement(run: Run, view: View) -> dict[str, Any]:
    engagement = run.engagement
    return {
        "id": engagement.id,
        "title": engagement.title,
        "kind": engagement.kind,
        "stage": engagement.stage,
        "audit_method": run.conduct.method.id,
        "grading": run.grading.id,
        "rules": _plain(run.conduct.rules),
        "visit_clauses": list(engagement.visit_clauses),
        "auditee": view.cover.auditee,
        "scope": engagement.scope,
        "period": _plain(engagement.period),
        "as_of": engagement.as_of.isoformat(),
        "time_zone": engagement.time_zone,
        "lead_auditor": engagement.lead_auditor,
        "sign_off": _plain(engagement.sign_off) if engagement.sign_off else None,
        **({"retention": _plain(engagement.retention)} if engagement.retention else {}),
    }


def _catalog(run: Run) -> dict[str, Any]:
    head = run.catalog.head
    points = run.catalog.points
    certainty = [point.certainty for point in points]
    return {
        "id": head.id,
        "standard": head.standard,
        "edition": head.edition,
        "amendments": list(head.amendments),
        "requirements": len(run.catalog.requirements),
        "points": len(points),
        "certainty": {name: certainty.count(name) for name in dict.fromkeys(sorted(certainty))},
    }


def _programme(run: Run) -> dict[str, Any]:
    """Return the programme with its coverage, and the plan of this audit; nothing where there is none."""
    found: dict[str, Any] = {}
    if run.programme is not None:
        found["programme"] = {**_plain(run.programme), "coverage": [_plain(one) for one in run.coverage]}
    if run.audit_plan is not None:
        found["audit_plan"] = _plain(run.audit_plan)
    return found


def _measures(run: Run) -> dict[str, Any]:
    measures = run.assessment.measures
    named = ("by_requirement", "confirmed_by_requirement", "by_clause_average")
    return {
        **{name: _interval(getattr(measures, name)) for name in named},
        **({"by_weight": _interval(measures.by_weight)} if measures.by_weight else {}),
        "coverage": {"assessed": measures.coverage_assessed, "of": measures.coverage_total},
        "confirmed_points": measures.confirmed_points,
        "strength": {str(level): number for level, number in sorted(measures.strength.items())},
        "fresh": measures.fresh,
        "stale": measures.stale,
        "no_occurrence": measures.no_occurrence,
    }


def _interval(interval: Interval) -> dict[str, Any]:
    """Return an interval with its text; the text is the only form that may be quoted."""
    return {**_plain(interval), "exact": interval.exact, "text": interval_text(interval)}


def _guidance(run: Run) -> dict[str, Any]:
    """Return the alignment with guidance; results stand by the names of their procedures."""
    share = run.alignment.share
    return {
        "share": _interval(share) if share else None,
        "confirmed_share": _interval(confirmed) if (confirmed := run.alignment.confirmed) else None,
        "items": [
            {**_plain(one), "results": [f"{result.procedure}: {result.outcome}" for result in one.results]}
            for one in run.alignment.verdicts
        ],
    }


def _further(result: FurtherResult) -> dict[str, Any]:
    head, assessment = result.catalog.head, result.assessment
    return {
        "catalog": head.id,
        "standard": head.standard,
        "edition": head.edition,
        "by_requirement": _interval(assessment.measures.by_requirement),
        "confirmed_by_requirement": _interval(assessment.measures.confirmed_by_requirement),
        "clauses": [_plain(one) for one in assessment.clauses],
        "requirements": [_plain(one) for one in assessment.requirements],
        "points": [_point(one) for one in assessment.points],
        "crosswalk": result.crosswalk,
        "suppositions": [_plain(one) for one in result.inferences],
    }


def _point(verdict: PointVerdict) -> dict[str, Any]:
    """Return a verdict with the names of its results, which stand in full under ``results``."""
    data = _plain(verdict)
    data["results"] = [result.procedure for result in verdict.results]
    return data


def _test(test: RecordTestSummary) -> dict[str, Any]:
    data = _plain(test)
    rate = test.result.rate
    data["result"]["rate"] = str(rate) if rate is not None else None
    return data


def _plain(record: Any) -> dict[str, Any]:
    data: dict[str, Any] = record.model_dump(mode="json")
    return data
