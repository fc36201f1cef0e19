"""What the documents say beyond the main report: forms, scorecard, effort, evidence index, scope."""

import re
from datetime import date
from pathlib import Path

import pytest
from sample_documents import documents_run
from sample_results import findings, plan
from test_documents import BY_ID, pages, text_of

from auditkit.assessment.model import ExceptionRow
from auditkit.base.place import Place
from auditkit.findings.model import AuditeePart, Event, Finding
from auditkit.reporting.documents.build import Document, build_document
from auditkit.reporting.documents.evidence import EvidenceIndex, points_by_clause
from auditkit.reporting.documents.faces import document_html, write_document_pdf
from auditkit.reporting.documents.forms import Form, Forms
from auditkit.reporting.documents.scope import NotInScope, ScopeView
from auditkit.reporting.documents.standing import Scorecard
from auditkit.reporting.documents.work import QuickWins, Resources


def made(name: str, **more: object) -> Document:
    return build_document(documents_run(**more), BY_ID[name])


def forms(**more: object) -> Forms:
    found = made("nonconformities", **more).own["forms"]
    assert isinstance(found, Forms)
    return found


def form(**changes: object) -> Form:
    """The form of NC-002 with changes to the finding."""
    candidate, minor, major = findings()
    changed = Finding.model_validate({**minor.model_dump(), **changes})
    return next(one for one in forms(findings=(candidate, changed, major)).forms if one.id == "NC-002")


def filled(one: Form) -> dict[str, tuple[str, ...]]:
    return {field.label: field.lines for field in (*one.facts, *one.answer, *one.by, *one.check)}


def test_there_is_a_form_for_each_confirmed_nonconformity_worst_first_and_for_no_candidate() -> None:
    assert [one.id for one in forms().forms] == ["NC-001", "NC-002"]


def test_an_observation_has_no_form_and_is_told_of() -> None:
    candidate, minor, major = findings()
    seen = minor.model_copy(update={"id": "OBS-001", "grade": "observation"})
    found = forms(findings=(candidate, major, seen))
    assert [one.id for one in found.forms] == ["NC-001"]
    assert found.others.startswith(
        "1 confirmed finding of another grade needs no such page; it stands in section 6 of"
    )


def test_what_the_file_says_is_filled_in_and_the_rest_is_left_open() -> None:
    said = filled(form())
    assert said["Cause, and how it was found"] == ("The form allows an empty rating.",)
    assert said["Owner"] == ("Ewa Nowak",)
    assert said["Due"] == ("30 November 2026",)
    assert said["Implemented on"] == said["Result, effective or not"] == ()
    signed = {one.what: (one.name, one.day) for one in form().signatures}
    assert signed["Raised by (auditor)"] == ("Anna Lindqvist", "8 October 2026")
    assert signed["Plan accepted by"] == ("", "14 October 2026")
    assert signed["Closed by"] == ("", "")


def test_steps_of_the_life_of_a_finding_sign_their_lines() -> None:
    history = (
        Event(step="accept_plan", at=date(2026, 10, 14), by="P-002"),
        Event(step="verify", at=date(2026, 12, 1), by="P-001", note="None of 40 without.", effective=True, evidence=("EV-002",)),
        Event(step="close", at=date(2026, 12, 2), by="P-001"),
    )  # fmt: skip
    one = form(history=history, answer=AuditeePart(), state="closed")
    signed = {line.what: (line.name, line.day) for line in one.signatures}
    assert signed["Plan accepted by"] == ("Jonas Weber", "14 October 2026")
    assert signed["Effect verified by"] == ("Anna Lindqvist", "1 December 2026")
    assert signed["Closed by"] == ("Anna Lindqvist", "2 December 2026")
    assert filled(one)["Result, effective or not"] == ("None of 40 without.",)
    assert filled(one)["Evidence of the effect"] == ("EV-002",)


LONG = " ".join(f"word{number}" for number in range(900))


def overflowing() -> Document:
    candidate, minor, major = findings()
    rows = tuple(
        ExceptionRow(evidence="EV-002", place=Place(file="records/changes.csv", row=at), key=f"CHG{at}", values={"note": LONG[:200]})
        for at in range(25)
    )  # fmt: skip
    statement = major.statement.model_copy(update={"failure": LONG, "requirement": LONG})
    answer = AuditeePart(correction=LONG, cause=LONG, corrective_action=LONG)
    long = major.model_copy(update={"exception_rows": rows, "statement": statement, "answer": answer})
    return made("nonconformities", findings=(candidate, minor, long))


def test_a_form_takes_one_page_and_says_what_was_cut_and_where_it_stands(tmp_path: Path) -> None:
    write_document_pdf(overflowing(), tmp_path / "made.pdf")
    texts = pages(tmp_path / "made.pdf")
    signed = [text for text in texts if "Closed by" in text]
    assert texts[-2:] == signed
    mine = [" ".join(text.split()) for text in signed if re.search(r"^NC-001 . major", text, re.MULTILINE)]
    assert len(mine) == 1
    cut = re.search(r"Shortened here for want of room: (.*?)\. In full: (.*?)\.", mine[0])
    assert cut
    assert {"Requirement", "Failure", "Corrective action"} <= set(re.split(", | and ", cut[1]))
    assert cut[2] == "section 6 of the main report, finding NC-001"
    assert re.search(r"^NC-002 . minor", texts[-1], re.MULTILINE)
    assert "Shortened" not in texts[-1]


@pytest.mark.parametrize("face", ["html", "md"])
def test_where_there_is_no_page_nothing_is_cut(face: str, tmp_path: Path) -> None:
    text = text_of(overflowing(), face, tmp_path)
    assert "Shortened" not in text
    assert text.count("word899") >= 5


def test_the_scorecard_agrees_with_the_lens_and_drops_no_point() -> None:
    document = made("readiness")
    card = document.own["scorecard"]
    assert isinstance(card, Scorecard)
    lens = next(one for one in document.view.lenses if one.id == "process")
    assert [(one.title, one.mark, one.counts) for one in card.rows[:-1]] == [
        (one.title, one.mark, one.counts) for one in lens.rows
    ]
    assert card.rows[-1].title == "In no process"
    assert sum(one.counts.total for one in card.rows) == 7
    assert all(sum(one.strength) == one.counts.total for one in card.rows)
    assert card.rows[0].findings == ("NC-001", "NC-002")


def test_without_a_lens_of_processes_the_scorecard_goes_by_clause() -> None:
    card = made("readiness", lenses=()).own["scorecard"]
    assert isinstance(card, Scorecard)
    assert [one.title for one in card.rows] == ["4 Context of the organization", "8 Operation"]


def test_effort_and_cost_are_added_up_and_what_is_unknown_is_counted() -> None:
    taken, *rest = plan()
    bare = taken.model_copy(update={"id": "CA-007", "effort_days": None})
    found = made("improvement-plan", plan=(taken, bare, *rest)).own["resources"]
    assert isinstance(found, Resources)
    total = found.rows[-1]
    assert (total.items, total.effort, total.not_estimated, total.cost) == (
        "2",
        "3.5 days (2 to 6)",
        "1 item",
        "1,200, 1 item not stated",
    )


def test_an_item_for_a_candidate_asks_for_nothing_yet() -> None:
    found = made("improvement-plan").own["resources"]
    assert isinstance(found, Resources)
    assert found.rows[-1].items == "1"


@pytest.mark.parametrize(
    ("days", "months", "quick"), [(2, 0, True), (2.5, 0, False), (1, 3, False), (None, 0, False)]
)
def test_quick_is_what_is_small_and_waits_for_no_records(
    days: float | None, months: int, quick: bool
) -> None:
    taken = plan()[0].model_copy(update={"effort_days": days, "needs_record_months": months})
    found = made("gap-analysis", plan=(taken,)).own["quick_wins"]
    assert isinstance(found, QuickWins)
    assert bool(found.rows) == quick


def test_the_index_lists_every_file_with_its_whole_digest_points_and_confirmed_findings() -> None:
    document = made("evidence-index")
    found = document.own["evidence"]
    assert isinstance(found, EvidenceIndex)
    rows = {one.row.id: one for one in found.rows}
    assert rows["EV-001"].digest == "9a" * 32
    assert rows["EV-001"].points == ("4.1-1", "8.5.1.3-1, -2a, -2b")
    assert rows["EV-002"].points == ("8.5.1.3-1", "8.6.3-2")
    assert rows["EV-002"].findings == ("NC-001",)
    assert rows["EV-003"].digest == ""
    assert rows["EV-003"].points == ("4.1-1", "8.6.3-1")
    text = document_html(document)
    assert "e" * 64 in text  # of the file that nobody registered
    assert "1 request: 0 received, 0 open, 1 refused" in text


def test_points_stand_in_a_line_a_clause() -> None:
    assert points_by_clause(("8.6.1-1", "8.6.1-2a", "9.1-1", "own-criteria:N1-1")) == (
        "8.6.1-1, -2a",
        "9.1-1",
        "own-criteria:N1-1",
    )
    assert points_by_clause(()) == ()


def test_the_scope_says_what_is_not_in_it_and_why() -> None:
    document = made("scope")
    scope, outside = document.own["scope"], document.own["not_in_scope"]
    assert isinstance(scope, ScopeView)
    assert isinstance(outside, NotInScope)
    said = {one.label: one.lines for one in (*scope.facts, *scope.parties, *outside.facts)}
    assert said["Exclusions from the criteria"] == (
        "ISO/IEC 20000-1:2018 allows no exclusions.",
        "No requirement is excluded.",
    )
    assert said["The organisation's own statement"] == ("EV-003 Scope",)
    assert said["Areas not covered, as recorded by the auditors"][0].startswith("Data centre Kraków")
    assert said["Not assessed"][-1] == "Each requirement with its reason: section 8 of the main report."
    assert any("4.1-A1" in line for line in said["Not assessed"])


def test_what_is_excluded_stands_with_its_reason_and_name() -> None:
    run = documents_run()
    point = run.assessment.points[0]
    assert point.judgement is not None
    excluded = point.model_copy(update={"value": "not_applicable"})
    assessment = run.assessment.model_copy(update={"points": (excluded, *run.assessment.points[1:])})
    scope = made("scope", assessment=assessment).own["scope"]
    assert isinstance(scope, ScopeView)
    lines = next(one.lines for one in scope.facts if one.label == "Exclusions from the criteria")
    assert lines[-1] == (
        "4.1-1 is not applicable: Seen in the documents and records named, reason 1. (Anna Lindqvist, 12 October 2026)"
    )
