"""Several catalogs in one engagement: own criteria beside the standard, one finding with a grade for each."""

from pathlib import Path

import pytest
from small import engagement, ran

from auditkit.engagement.open import open_engagement
from auditkit.reporting.jsonout import assessment
from auditkit.reporting.view import build_view

OVERLAY = """\
catalog: iso-iec-20000-1-2018
points:
  - {id: 8.6.1-2, weight: 5, official_text: What the licensed copy says., of: "000000000000"}
clauses:
  - clause: N1
    title: Promises
    points:
      - id: N1-1
        statement: Every customer hears from a person within fifteen minutes of a major incident.
        kind: activity
        certainty: exact
        procedures: {interview: [Who rang the customers last?]}
"""
JUDGEMENTS = """\
judgements:
  - {id: J-001, point: "own-criteria:N1-1", verdict: nonconforming, rationale: Five calls came too late., by: P-001, at: 2026-10-10, on: [EV-001]}
  - {id: J-002, point: 8.6.1-2, verdict: conforms, rationale: Forty records were read by two people., by: P-001, at: 2026-10-10, on: [EV-001]}
"""
FINDING = """\
finding:
  id: NC-001
  points: [8.6.1-7, "own-criteria:N1-1"]
  grade: minor
  grades: {own-criteria: observation}
  statement: {requirement: Reviews are held., failure: None was held., objective_evidence: Call log.}
  raised_at: 2026-10-10
  raised_by: P-001
  evidence: [EV-001]
"""
FILES = {
    "overlays/own.yaml": OVERLAY,
    "workpapers/judgements/all.yaml": JUDGEMENTS,
    "workpapers/findings/NC-001.yaml": FINDING,
    "evidence/register.yaml": "items:\n  - {id: EV-001, title: Call log, file: log.md, kind: document}\n",
    "evidence/log.md": "# Call log\n\nFive calls were made after twenty minutes.\n",
}


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory):  # type: ignore[no-untyped-def]
    from auditkit.engagement.bind import bind_judgements
    from auditkit.engagement.evidence import accept_evidence

    layout = engagement(tmp_path_factory.mktemp("own"), files=FILES)
    accept_evidence(open_engagement(layout))
    bind_judgements(open_engagement(layout))
    return ran(layout).run


def test_own_criteria_are_counted_apart_from_the_standard(run) -> None:  # type: ignore[no-untyped-def]
    assert len(run.assessment.points) == 384
    (further,) = run.further
    assert further.catalog.head.standard == "Own criteria of Kleinwerk"
    assert [(one.point, one.value, one.standing) for one in further.assessment.points] == [
        ("own-criteria:N1-1", "nonconforming", "confirmed")
    ]
    assert run.assessment.measures.by_requirement.nonconforming == 0


def test_one_evidence_item_serves_both_catalogs(run) -> None:  # type: ignore[no-untyped-def]
    own = run.further[0].assessment.points[0]
    theirs = next(one for one in run.assessment.points if one.point == "8.6.1-2")
    assert own.judgement.on == theirs.judgement.on == ("EV-001",)
    assert (own.strength, theirs.strength) == (2, 2)


def test_one_finding_cites_both_with_a_grade_for_each(run) -> None:  # type: ignore[no-untyped-def]
    (finding,) = run.findings
    assert finding.grade_at("8.6.1-7") == "minor"
    assert finding.grade_at("own-criteria:N1-1") == "observation"
    view = build_view(run)
    assert [one.title for one in view.findings[0].criteria] == ["Incident management", "Promises"]
    assert view.further[0].blocks[0].rows[0].findings == ("NC-001",)


def test_weights_make_one_more_measure_and_change_no_other(run) -> None:  # type: ignore[no-untyped-def]
    measures = run.assessment.measures
    assert measures.by_requirement.denominator == 215
    assert measures.by_weight.denominator == 219
    assert measures.by_weight.conforming == 5


def test_the_official_text_stands_beneath_our_own_and_drift_is_said(run) -> None:  # type: ignore[no-untyped-def]
    rows = [
        row for clause in build_view(run).verdicts for block in clause.requirements for row in block.points
    ]
    assert [row.official for row in rows if row.point == "8.6.1-2"] == ["What the licensed copy says."]
    assert [one.code for one in run.issues if one.code.startswith("overlay")] == ["overlay-stale"]


def test_json_holds_both(run) -> None:  # type: ignore[no-untyped-def]
    data = assessment(run, build_view(run))
    assert data["further"][0]["catalog"] == "own-criteria"
    assert data["overlay"]["8.6.1-2"]["weight"] == 5


def test_an_unknown_further_catalog_ends_the_run_with_the_known_ones(tmp_path: Path) -> None:
    from auditkit.base.errors import InputsUnreadable

    layout = engagement(tmp_path / "a", more="catalogs: [iso-9001-2015]")
    with pytest.raises(InputsUnreadable, match="There is no catalog iso-9001-2015"):
        open_engagement(layout)


def test_a_grade_for_a_criterion_that_is_not_cited_is_refused(tmp_path: Path) -> None:
    text = FINDING.replace("own-criteria: observation", "iso-9001-2015: minor")
    layout = engagement(tmp_path / "a", files={**FILES, "workpapers/findings/NC-001.yaml": text})
    issues = open_engagement(layout).issues
    assert any("grades iso-9001-2015, which it does not cite" in one.message for one in issues)


@pytest.mark.parametrize("lens", ["process", "pdca", "service"])
def test_any_lens_groups_findings_plan_and_verdicts(tmp_path: Path, lens: str) -> None:
    register = FILES["evidence/register.yaml"].replace(
        "kind: document}", "kind: document, services: [Mail], links: [8.6.1-7]}"
    )
    layout = engagement(
        tmp_path / "a", more=f"group_by: {lens}", files={**FILES, "evidence/register.yaml": register}
    )
    view = build_view(ran(layout).run)
    title = {"process": "Incident management", "pdca": "Do", "service": "Mail"}[lens]
    assert view.grouped_by
    assert view.findings[0].group == title
    assert view.plan[0].group == title
    groups = [clause.title for clause in view.verdicts]
    assert title in groups
    shown = {block.requirement for clause in view.verdicts for block in clause.requirements}
    assert len(shown) == 215


def test_statements_can_be_german(tmp_path: Path) -> None:
    layout = engagement(tmp_path / "a", more="catalog_language: de")
    view = build_view(ran(layout).run)
    row = next(
        row
        for clause in view.verdicts
        for block in clause.requirements
        for row in block.points
        if row.point == "8.6.1-1a"
    )
    assert "Incident" in row.statement
    assert " und " in row.statement
