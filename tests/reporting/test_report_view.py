"""What a page shows: the verdict first, candidates apart, nothing dropped, every element of ISO 19011."""

import pytest
from sample_run import CANDIDATE_FAILURE, CANDIDATE_ID, catalog, conduct, findings, gates, sample_run

from auditkit.assessment.engagement import SignOff
from auditkit.assessment.model import Assessment
from auditkit.reporting.view import build_view
from auditkit.reporting.view_model import View

ELEMENTS = (
    "Objectives", "Scope", "Audit client", "Audit team and participants", "Dates and places", "Criteria",
    "Findings and their evidence", "Conclusions", "Degree to which the criteria are met",
    "Unresolved disagreements", "Audit by sample",
)  # fmt: skip


def view(**more: object) -> View:
    return build_view(sample_run(**more))  # type: ignore[arg-type]


def without_major() -> tuple[object, ...]:
    return tuple(one for one in findings() if one.id == "NC-002")


def test_f01_an_open_major_means_not_ready_whatever_else() -> None:
    headline = view().summary.headline
    assert headline.text == "Not ready: 1 major nonconformity open"
    assert not headline.ready
    assert "NC-001" in headline.because[0]


def test_a_blocked_gate_means_not_ready() -> None:
    headline = view(findings=without_major()).summary.headline
    assert headline.text == "Not ready: 1 of 2 gates blocked"
    assert not headline.ready


def test_ready_needs_every_gate_and_no_open_major() -> None:
    passed = tuple(one.model_copy(update={"passed": True, "blockers": ()}) for one in gates())
    assert view(findings=without_major(), gates=passed).summary.headline.ready
    assert not view(gates=passed).summary.headline.ready
    assert not view(findings=without_major(), gates=()).summary.headline.ready


def test_a_closed_major_is_no_longer_open() -> None:
    closed = tuple(
        one.model_copy(update={"state": "closed"}) if one.id == "NC-001" else one for one in findings()
    )
    seen = view(findings=closed).summary
    assert seen.headline.text == "Not ready: 1 of 2 gates blocked"
    assert [(one.total, one.open) for one in seen.grades if one.mark.key == "major"] == [(1, 0)]


def test_candidates_stand_in_their_annex_and_nowhere_else() -> None:
    seen = view()
    assert [one.id for one in seen.candidates] == [CANDIDATE_ID]
    assert seen.candidates[0].failure == CANDIDATE_FAILURE
    assert seen.candidates[0].mark.word == "candidate, graded major"
    assert [row.findings for row in seen.candidate_plan] == [(CANDIDATE_ID,)]
    elsewhere = seen.model_copy(update={"candidates": (), "candidate_plan": ()}).model_dump_json()
    assert CANDIDATE_ID not in elsewhere
    assert CANDIDATE_FAILURE not in elsewhere


def test_candidate_majors_do_not_count_in_the_verdict() -> None:
    only_candidate = tuple(one for one in findings() if one.id == CANDIDATE_ID)
    seen = view(findings=only_candidate)
    assert "major" not in seen.summary.headline.text
    assert [one.total for one in seen.summary.grades] == [0, 0]
    assert seen.summary.unconfirmed.startswith("1 candidate finding waits")


def test_a_gate_counts_its_candidates_without_naming_them() -> None:
    blockers = [one.what for one in view().conclusion.gates[1].blockers]
    assert blockers == [
        "NC-001: major nonconformity open",
        "1 candidate finding of Annex A to be confirmed or rejected",
    ]


def test_f06_only_intervals_while_something_is_not_assessed() -> None:
    by_requirement, confirmed, by_clause = view().summary.measures
    assert (by_requirement.figure, by_requirement.exact) == ("33.3 % to 50.0 %", False)
    assert confirmed.figure == "16.6 % to 66.6 %"
    assert " to " in by_clause.figure
    assert view(all_assessed=True).summary.measures[0].figure == "50.0 %"


def test_figures_stand_with_counts_that_add_up_and_a_method() -> None:
    for one in view().summary.measures:
        assert one.conforming + one.nonconforming + one.not_assessed == one.denominator
        assert one.method
    for row in view().clauses:
        counts = row.counts
        parts = counts.conforming + counts.nonconforming + counts.not_assessed + counts.not_applicable
        assert parts == counts.total


def test_every_requirement_and_point_has_a_verdict_even_when_the_run_lost_them() -> None:
    whole = sample_run()
    lost = whole.assessment.model_copy(update={"points": (), "requirements": ()})
    seen = build_view(whole.model_copy(update={"assessment": Assessment.model_validate(lost)}))
    shown = [block.requirement for clause in seen.verdicts for block in clause.requirements]
    assert shown == [one.id for one in catalog().requirements]
    points = [row for clause in seen.verdicts for block in clause.requirements for row in block.points]
    assert {row.mark.word for row in points} == {"not assessed"}
    assert seen.summary.requirements.not_assessed == len(shown)
    assert sum(group.points for group in seen.not_assessed.groups) == len(points)


def test_a_rejected_finding_is_shown_nowhere() -> None:
    rejected = tuple(one.model_copy(update={"state": "rejected"}) for one in findings())
    seen = view(findings=rejected)
    assert seen.findings == ()
    assert seen.candidates == ()


def test_findings_come_worst_first_with_names_for_person_ids() -> None:
    seen = view().findings
    assert [one.id for one in seen] == ["NC-001", "NC-002"]
    assert seen[0].rule == "Given by Anna Lindqvist. The computed candidate was graded major."
    assert seen[0].extent == "18 of 2,143 (0.8 %) records examined, of a population of 2,150."
    assert seen[0].rows[0].where == "EV-002, records/changes.csv, row 11"
    assert "approved at: empty" in seen[0].rows[0].shows
    assert seen[0].rows_note.startswith("The first 6 of 18")
    assert [fact.label for fact in seen[0].answer] == ["Answer"]


def test_all_eleven_elements_of_2018_have_words() -> None:
    elements = view(conduct=conduct(method="iso-19011-2018")).audit.elements
    assert tuple(one.title for one in elements) == ELEMENTS
    assert all(any(line.strip() for line in one.lines) for one in elements)


def test_the_edition_of_2026_also_asks_for_the_methods_at_a_distance() -> None:
    audit = view().audit
    assert audit.intro.startswith("What ISO 19011:2026 recommends")
    assert set(ELEMENTS) < {one.title for one in audit.elements}
    methods = next(one for one in audit.elements if one.title == "Audit methods")
    assert methods.lines[-1] == "At a distance: 0 of 2 visits."


def test_the_criteria_name_edition_and_amendment() -> None:
    criteria = next(one for one in view().cover.facts if one.label == "Criteria")
    assert criteria.lines[0].startswith("ISO/IEC 20000-1:2018 with Amd 1:2024")


@pytest.mark.parametrize("signed_by", ["P-002", "P-999"])
def test_only_the_lead_auditor_releases_a_report(signed_by: str) -> None:
    run = sample_run(signed=True)
    assert not build_view(run).cover.draft
    other = SignOff(by=signed_by, at=run.engagement.as_of)
    engagement = run.engagement.model_copy(update={"sign_off": other})
    cover = build_view(run.model_copy(update={"engagement": engagement})).cover
    assert cover.draft
    assert cover.status.startswith("DRAFT: signed by")


def test_a_verdict_without_occurrence_says_so() -> None:
    rows = {row.point: row for block in view().blocks for row in block.rows}
    assert any("Nothing of the kind happened" in text for text in rows["8.5.1.3-2b"].why)


def test_lenses_say_what_lies_outside_their_groups() -> None:
    pdca, process = view().lenses
    assert pdca.outside == "Every point has a group."
    assert process.outside == "4 points of the catalog belong to no group."
    assert process.rows[0].counts.total == 3
    assert process.rows[0].findings == ("NC-001", "NC-002")


def test_the_register_tells_what_limits_a_file() -> None:
    seen = view()
    remarks = {row.id: row.remark for row in seen.evidence_register}
    assert remarks["EV-001"] == "Not accepted yet, so its digest is not on record."
    assert remarks["EV-002"] == ""
    assert [row.file for row in seen.unregistered] == ["stray.doc"]


def test_lost_rows_and_missing_fields_are_told() -> None:
    row = view().method.quality[0]
    assert row.dropped == "10 no key"
    assert row.control == "2,150, differs by 10"
    assert row.gaps == "No column for backout plan. Unreadable cells: 7 in approved at."


def test_the_same_run_gives_the_same_view() -> None:
    assert view() == view()
