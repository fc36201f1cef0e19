"""What kind and stage change in a report: its words, its sections and their order, and what the method page says."""

import pytest
from sample_run import CHECKLISTS, catalog, conduct, findings, sample_run

from auditkit.assessment.conduct import Conduct
from auditkit.assessment.conduct_rules import keep_to_visit
from auditkit.assessment.model import PointVerdict
from auditkit.assessment.previous import PreviousVerdict
from auditkit.reporting.elements import with_report_issues
from auditkit.reporting.html import render_html
from auditkit.reporting.model import Run
from auditkit.reporting.sections import TITLES, section_faults
from auditkit.reporting.view import build_view
from auditkit.reporting.view_model import View

KINDS = ("internal-audit", "gap-analysis", "certification-readiness", "supplier-audit")
STAGES = ("1", "2", "surveillance", "recertification")


def run_of(kind: str, stage: str = "-", **more: object) -> Run:
    run = sample_run(conduct=conduct(kind, stage), **more)  # type: ignore[arg-type]
    engagement = run.engagement.model_copy(update={"kind": kind, "stage": stage})
    return run.model_copy(update={"engagement": engagement})


def view_of(kind: str, stage: str = "-", **more: object) -> View:
    return build_view(run_of(kind, stage, **more))


def order(view: View) -> list[str]:
    return [one.id for one in view.contents]


def advised() -> tuple[object, ...]:
    """The findings of the sample, the first with advice."""
    advice = {"recommendation": "Let the tool refuse the step.", "effort_days": 12.5}
    return tuple(one.model_copy(update=advice if one.id == "NC-001" else {}) for one in findings())


def previous(identifier: str, said: str, engagement: str, kind: str = "finding") -> PreviousVerdict:
    return PreviousVerdict(
        id=identifier, kind=kind, engagement=engagement, catalog="iso-iec-20000-1-2018", source="8.6.3-1",
        said=said, targets=("8.6.3-1",), state="previous", why="The same requirement.",
    )  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_every_section_of_every_kind_is_rendered_under_its_number(kind: str) -> None:
    view = view_of(kind)
    page = render_html(view)
    for number, one in enumerate((one for one in view.contents if one.number.isdigit()), 1):
        assert one.number == str(number)
    letters = [one.number for one in view.contents if not one.number.isdigit()]
    assert letters == list("ABCDEFGHIJ"[: len(letters)])
    for one in view.contents:
        heading = (
            f'<h2 id="{one.id}"><span class="no">{one.place.replace("section ", "")}</span> {one.title}</h2>'
        )
        assert heading in page


def test_the_gates_come_first_in_a_readiness_report_and_in_an_annex_elsewhere() -> None:
    ready = view_of("certification-readiness")
    assert order(ready)[:2] == ["gates", "summary"]
    assert 'class="annex"' not in render_html(ready).partition('<h2 id="gates">')[0].rpartition("<section")[2]
    for kind in ("internal-audit", "gap-analysis", "supplier-audit"):
        assert next(one for one in view_of(kind).contents if one.id == "gates").place == "Annex G"


def test_an_internal_audit_prints_no_recommendation_row_and_says_whose_the_remedy_is() -> None:
    view = view_of("internal-audit")
    assert all(one.advice == () for one in view.findings)
    assert "cause and remedy are the auditee" in view.findings_note
    assert "recommendations are refused" in " ".join(view.method.rules[1].lines)


def test_a_gap_analysis_prints_recommendation_and_effort_and_speaks_of_gaps() -> None:
    view = view_of("gap-analysis", findings=advised())
    page = render_html(view)
    first = next(one for one in view.findings if one.id == "NC-001")
    assert [(one.label, one.lines[0]) for one in first.advice] == [
        ("Recommendation", "Let the tool refuse the step."),
        ("Effort", "12.5 days, estimated"),
    ]
    assert "12.5 days" in page
    assert first.mark.word == "severe gap"
    assert view.summary.headline.text == "Gaps left: 1 severe gap open"
    assert [one.name for one in view.summary.grades] == ["severe gap", "gap"]
    titles = {one.id: one.title for one in view.contents}
    assert (titles["findings"], titles["plan"]) == ("Gap register", "Roadmap")
    assert "major nonconformity" not in page.partition('id="candidates"')[0].partition("<main")[2]


def test_words_change_and_verdicts_and_counts_do_not() -> None:
    base = view_of("internal-audit")
    for kind in KINDS[1:]:
        view = view_of(kind)
        assert view.summary.requirements == base.summary.requirements
        assert [one.total for one in view.summary.grades] == [one.total for one in base.summary.grades]
        assert [one.mark.key for one in view.clauses] == [one.mark.key for one in base.clauses]
        assert not view.summary.headline.ready


def test_a_supplier_audit_names_supplier_and_customer_and_plans_nothing_for_the_supplier() -> None:
    view = view_of("supplier-audit")
    labels = [one.label for one in view.cover.facts]
    assert labels[:2] == ["Supplier", "Customer"]
    assert view.cover.kind == "Supplier audit report"
    assert {one.side for one in view.audit.people} == {"Customer's audit team", "Supplier", "Customer"}
    assert not {"plan", "guidance"} & set(order(view))
    assert not any("plan item" in text for text in view.summary.decisions)
    assert view.summary.headline.text.startswith(
        "Requirements not met: 1 major nonconformity of the supplier"
    )


def test_stage_1_speaks_of_areas_of_concern_and_calls_record_tests_an_early_warning() -> None:
    view = view_of("certification-readiness", "1")
    page = render_html(view)
    assert view.cover.kind == "Stage 1 readiness report"
    assert view.summary.headline.text == "Not ready for stage 2: 1 major area of concern open"
    assert "could be classified as nonconformities at stage 2" in view.findings_note
    assert view.candidates[0].mark.word == "candidate, graded major area of concern"
    assert "early warning" in page
    assert "early warning" not in render_html(view_of("certification-readiness", "2"))


def test_each_stage_has_its_own_title_and_verdict() -> None:
    seen = {stage: view_of("certification-readiness", stage) for stage in STAGES}
    assert [one.cover.kind for one in seen.values()] == [
        "Stage 1 readiness report",
        "Stage 2 readiness report",
        "Surveillance readiness report",
        "Recertification readiness report",
    ]
    assert len({one.summary.headline.text for one in seen.values()}) == 4


def test_a_surveillance_report_has_earlier_findings_even_when_none_was_carried_over() -> None:
    view = view_of("certification-readiness", "surveillance")
    assert "previous" in order(view)
    assert "Nothing was carried over." in render_html(view)
    assert "previous" not in order(view_of("certification-readiness", "2"))


def test_recertification_counts_the_whole_cycle() -> None:
    carried = (
        previous("J-001", "nonconforming", "audit-2024", "judgement"),
        previous("NC-001", "major, closed", "audit-2024"),
        previous("NC-001", "major, closed", "audit-2024"),
        previous("NC-002", "minor, raised", "audit-2025"),
    )
    view = view_of("certification-readiness", "recertification", previous=carried)
    assert "cycle" in order(view)
    assert [
        (one.engagement, one.judged, one.nonconforming, one.majors, one.minors, one.open)
        for one in view.cycle
    ] == [("audit-2024", 1, 1, 1, 0, 0), ("audit-2025", 0, 0, 0, 1, 1), ("IA-2026, this one", 4, 2, 1, 1, 2)]
    assert "cycle" not in order(view_of("certification-readiness", "surveillance", previous=carried))


def test_what_is_not_in_the_visit_never_conforms_and_says_so() -> None:
    run = run_of("certification-readiness", "surveillance")
    visit = run.engagement.model_copy(update={"visit_clauses": ("4.1",)})
    kept = keep_to_visit(run.assessment.points, catalog(), visit)
    outside = [one for one in kept if one.clause != "4.1"]
    assert {one.value for one in outside} <= {"not_assessed", "nonconforming"}
    assert [one for one in kept if one.clause == "4.1"] == [
        one for one in run.assessment.points if one.clause == "4.1"
    ]
    lost = [one.point for one in run.assessment.points if one.value == "nonconforming"]
    assert [one.point for one in kept if one.value == "nonconforming"] == lost
    assessment = run.assessment.model_copy(update={"points": kept})
    view = build_view(run.model_copy(update={"engagement": visit, "assessment": assessment}))
    marks = {
        row.point: row.mark.word
        for clause in view.verdicts
        for block in clause.requirements
        for row in block.points
    }
    assert all(marks[one.point] == "not in this visit" for one in outside if one.value == "not_assessed")
    group = view.not_assessed.groups[0]
    assert group.title == "Not in this visit"
    assert group.points == sum(one.value == "not_assessed" for one in outside)


def test_a_clause_number_is_no_prefix() -> None:
    verdict = PointVerdict(point="8.5.1.3-1", requirement="8.5.1.3-1", clause="8.5.1.3", value="conforms")
    engagement = sample_run().engagement
    for clauses, value in (
        (("8.5.1.3",), "conforms"),
        (("8",), "conforms"),
        (("8.5.1.30",), "not_assessed"),
        (("8.50",), "not_assessed"),
    ):
        visit = engagement.model_copy(update={"visit_clauses": clauses})
        (kept,) = keep_to_visit((verdict,), catalog(), visit)
        assert kept.value == value


def test_the_method_page_names_edition_scheme_and_who_chose_them() -> None:
    said = {one.label: " ".join(one.lines) for one in view_of("internal-audit").method.rules}
    assert "ISO 19011:2026" in said["Audit method"]
    assert "the default of this kind" in said["Audit method"]
    assert "withdrawn" not in said["Audit method"]
    run = sample_run(conduct=conduct(method="iso-19011-2018"))
    old = {one.label: " ".join(one.lines) for one in build_view(run).method.rules}
    assert "ISO 19011:2018" in old["Audit method"]
    assert "as engagement.yaml chooses" in old["Audit method"]
    assert "withdrawn on 27 May 2026" in old["Audit method"]
    assert [one.rule for one in build_view(run).method.grading][-1] == "otherwise"


def test_an_element_that_is_asked_for_and_empty_is_an_issue_with_the_field_to_fill_in() -> None:
    run = sample_run()
    assert with_report_issues(run) is run
    bare = run.engagement.model_copy(update={"visits": (), "objectives": ()})
    found = with_report_issues(run.model_copy(update={"engagement": bare})).issues[len(run.issues) :]
    assert [(one.code, one.severity) for one in found] == [("report-element-empty", "note")] * 2
    assert "visits" in found[1].hint
    asked = with_report_issues(run_of("certification-readiness", "2")).issues[len(run.issues) :]
    assert {one.severity for one in asked} == {"warning"}
    assert asked[0].hint == "Write it in engagement.yaml under statements: {deviations: ...}."


def test_statements_answer_elements_and_stray_ones_are_named() -> None:
    run = run_of("certification-readiness", "2")
    said = {
        "deviations": "None; the plan was kept.",
        "changes": "None.",
        "fitness": "It fits.",
        "wether": "x",
    }
    run = run.model_copy(update={"engagement": run.engagement.model_copy(update={"statements": said})})
    (issue,) = with_report_issues(run).issues[len(run.issues) :]
    assert issue.code == "statement-unknown"
    assert "changes, deviations, fitness" in issue.hint.replace("certificate_use, ", "")
    element = next(one for one in build_view(run).audit.elements if one.title == "Deviations from the plan")
    assert element.lines == ("None; the plan was kept.",)


def _sections(kind: str) -> Conduct:
    return conduct(kind)


def test_no_kind_may_leave_out_what_is_not_assessed_or_forget_a_section() -> None:
    sections = _sections("internal-audit").sections
    assert section_faults(sections) == ()
    body = tuple(one for one in sections.body if one != "open")
    hidden = sections.model_copy(update={"body": body, "left_out": ("cycle", "open")})
    assert "The section open cannot be left out." in section_faults(hidden)
    assert any(
        "open stands nowhere" in one for one in section_faults(sections.model_copy(update={"body": body}))
    )
    strange = sections.model_copy(update={"left_out": ("cycle", "colophon", "summary")})
    assert "There is no section colophon." in section_faults(strange)
    assert "The section summary stands twice." in section_faults(strange)


def test_every_section_has_a_template_and_every_shipped_kind_is_tested_here() -> None:
    templates = {path.stem for path in (CHECKLISTS.parent / "src/auditkit/reporting/templates").glob("*.j2")}
    assert all({f"part_{one}", f"annex_{one}"} & templates for one in TITLES)
    assert {path.stem for path in (CHECKLISTS / "engagement-kinds").glob("*.yaml")} == set(KINDS)
