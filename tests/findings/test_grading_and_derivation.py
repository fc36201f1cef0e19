"""Candidates have stable ids, are graded by data, and are taken over by the findings people raise."""

import sys
from datetime import date
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "assessment"))
from verdict_samples import catalog, one_point, result

from auditkit.assessment.measures import measure
from auditkit.assessment.model import Assessment, ProcedureResult
from auditkit.assessment.verdicts import Decided, conclude_clauses, conclude_points, conclude_requirements
from auditkit.catalog.model import Catalog
from auditkit.findings.derive import derive_findings
from auditkit.findings.grading import GradingFacts, grade
from auditkit.findings.lifecycle import Rules, follow
from auditkit.findings.load import load_grading
from auditkit.findings.model import Finding, FindingFile, GradingScheme
from auditkit.improvement.derive import derive_plan
from auditkit.improvement.model import ActionFile, Baseline

ROOT = Path(__file__).resolve().parents[2]
FAILED = result(outcome="not_met", exceptions=30, beyond_tolerance=True)


@pytest.fixture(scope="module")
def scheme() -> GradingScheme:
    loaded, issues = load_grading(ROOT / "checklists/grading/house.yaml", "house.yaml")
    assert loaded is not None
    assert not issues
    return loaded


def assessed(whole: Catalog, results: dict[str, tuple[ProcedureResult, ...]]) -> Assessment:
    points = conclude_points(whole, results, Decided({}, {}), {})
    requirements = conclude_requirements(whole, points)
    return Assessment(
        points=points,
        requirements=requirements,
        clauses=conclude_clauses(whole, requirements),
        measures=measure(points, requirements),
    )


def derived(
    scheme: GradingScheme, *raised: FindingFile, shares: dict[str, float | None] | None = None
) -> tuple[Finding, ...]:
    whole = catalog(one_point())
    points = assessed(whole, {"8.5.1.3-1": (FAILED,)}).points
    lives = {file.finding.id: follow(file, Rules({}, 30)) for file in raised}
    return derive_findings(whole, points, raised, scheme, shares or {}, {}, {}, lives)


def raised(identifier: str, **changes: object) -> FindingFile:
    finding = {
        "id": identifier,
        "points": ["8.5.1.3-1"],
        "grade": "minor",
        "statement": {"requirement": "r", "failure": "f", "objective_evidence": "e"},
        "raised_at": "2026-10-01",
        "raised_by": "P-001",
    }
    return FindingFile.model_validate({"finding": finding | changes})


@pytest.mark.parametrize(
    ("facts", "rule"),
    [
        (GradingFacts(FAILED, 0.1, None, 1), "test-major"),
        (GradingFacts(FAILED, 0.3, None, 1), "otherwise"),
        (GradingFacts(FAILED, None, None, 1), "otherwise"),
        (GradingFacts(FAILED, None, None, 3), "systemic-minors"),
        (GradingFacts(FAILED, None, "NC-001", 1), "repeat"),
        (
            GradingFacts(result("document.policy", outcome="not_met", test_class=None), None, None, 1),
            "absent-requirement",
        ),
    ],
)
def test_the_first_rule_that_fires_decides(scheme: GradingScheme, facts: GradingFacts, rule: str) -> None:
    assert grade(scheme, facts).id == rule


def test_a_candidate_keeps_its_id_whatever_its_extent(scheme: GradingScheme) -> None:
    whole = catalog(one_point())
    fewer = FAILED.model_copy(update={"exceptions": 2})
    first = derive_findings(
        whole, assessed(whole, {"8.5.1.3-1": (FAILED,)}).points, (), scheme, {}, {}, {}, {}
    )
    second = derive_findings(
        whole, assessed(whole, {"8.5.1.3-1": (fewer,)}).points, (), scheme, {}, {}, {}, {}
    )
    assert [one.id for one in first] == [one.id for one in second]
    assert (first[0].exceptions, second[0].exceptions) == (30, 2)


def test_one_procedure_that_fails_several_points_is_one_candidate(scheme: GradingScheme) -> None:
    points = (one_point("8.2.6-5a"), one_point("8.2.6-5b"))
    whole = catalog(*points)
    results = {point.id: (FAILED.model_copy(update={"point": point.id}),) for point in points}
    found = derive_findings(whole, assessed(whole, results).points, (), scheme, {}, {}, {}, {})
    assert [one.points for one in found] == [("8.2.6-5a", "8.2.6-5b")]


def test_a_confirmed_candidate_stands_once_with_the_extent_of_the_latest_run(scheme: GradingScheme) -> None:
    candidate = derived(scheme)[0]
    found = derived(scheme, raised("NC-001", confirms=[candidate.id]))
    assert [(one.id, one.standing, one.exceptions, one.examined) for one in found] == [
        ("NC-001", "confirmed", 30, 100)
    ]


def test_a_rejected_candidate_is_gone_and_its_reason_is_in_the_workpaper(scheme: GradingScheme) -> None:
    candidate = derived(scheme)[0]
    found = derived(
        scheme,
        raised("OBS-001", grade="observation", rejects=[candidate.id], reason="the export was of drafts"),
    )
    assert [one.id for one in found] == ["OBS-001"]


def test_a_repeat_of_a_closed_finding_is_escalated(scheme: GradingScheme) -> None:
    found = derived(scheme, raised("NC-007", state="closed"))
    candidate = next(one for one in found if one.standing == "candidate")
    assert (candidate.grade, candidate.repeat_of) == ("major", "NC-007")


def test_good_practice_alone_makes_no_finding(scheme: GradingScheme) -> None:
    whole = catalog(one_point())
    advice = FAILED.model_copy(update={"basis": "good_practice"})
    assert (
        derive_findings(whole, assessed(whole, {"8.5.1.3-1": (advice,)}).points, (), scheme, {}, {}, {}, {})
        == ()
    )


def test_a_plan_item_has_route_phase_and_the_measure_as_baseline(scheme: GradingScheme) -> None:
    whole = catalog(one_point())
    item = derive_plan(whole, derived(scheme), (), None, date(2026, 10, 15))[0]
    assert (item.route, item.phase, item.needs_record_months) == ("process_owner", "do", 3)
    assert item.baseline is not None
    assert item.baseline.measure == "record.approved"
    assert item.baseline.value == "30 of 100 examined do not comply"


def test_what_concerns_the_whole_organisation_becomes_a_project(scheme: GradingScheme) -> None:
    whole = catalog(one_point("6.2.1-1"))
    results = {"6.2.1-1": (FAILED.model_copy(update={"point": "6.2.1-1"}),)}
    findings = derive_findings(whole, assessed(whole, results).points, (), scheme, {}, {}, {}, {})
    item = derive_plan(whole, findings, (), None, date(2026, 10, 15))[0]
    assert (item.route, item.phase) == ("project", "plan")


def test_an_item_begins_from_the_figure_its_action_states(scheme: GradingScheme) -> None:
    whole = catalog(one_point())
    (finding, *_) = derived(scheme)
    proof = {
        "measure": "record.change_has_backout_plan",
        "before": {"exceptions": 20, "examined": 100, "at": "2025-09-30", "evidence": ["EV-009"]},
    }
    own = {"measure": "words", "value": "twice a week", "at": "2025-08-01"}
    given = {"id": "CA-001", "finding": finding.id, "title": "Plan the way back", "owner": "Jan Otte"}

    def baseline(**more: object) -> Baseline | None:
        action = ActionFile.model_validate({**given, **more})
        items = derive_plan(whole, (finding,), (action,), None, date(2026, 10, 15))
        return next(one for one in items if one.id == "CA-001").baseline

    stated = baseline(proof=proof)
    assert stated is not None
    assert (stated.measure, stated.value) == (
        "record.change_has_backout_plan",
        "20 of 100 examined do not comply",
    )
    assert (stated.at, stated.evidence) == (date(2025, 9, 30), ("EV-009",))
    words = baseline(proof=proof, baseline=own)
    assert words is not None
    assert words.value == "twice a week"
    assert baseline() != stated
