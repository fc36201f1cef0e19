"""From results and judgements to verdicts, as tables of literals."""

import pytest
from verdict_samples import catalog, judged, one_point, result, verdict

from auditkit.assessment.model import PointVerdict, ProcedureResult
from auditkit.assessment.verdicts import (
    Decided,
    bind,
    conclude_clauses,
    conclude_points,
    conclude_requirements,
    worst,
)

DOCUMENT_MET = result("document.change_management_policy", population=1, examined=1)
NOT_MET = result(outcome="not_met", exceptions=3, beyond_tolerance=True)


@pytest.mark.parametrize(
    ("results", "value"),
    [
        ((), "not_assessed"),
        ((result(), DOCUMENT_MET), "conforms"),
        ((result(),), "conforms"),
        ((result(outcome="no_evidence", population=0, examined=0), DOCUMENT_MET), "not_assessed"),
        ((result(outcome="not_testable"), DOCUMENT_MET), "not_assessed"),
        ((result(outcome="error"), DOCUMENT_MET), "not_assessed"),
        ((NOT_MET, DOCUMENT_MET), "nonconforming"),
        ((NOT_MET.model_copy(update={"basis": "own_rule"}),), "nonconforming"),
        ((NOT_MET.model_copy(update={"basis": "good_practice"}), DOCUMENT_MET), "not_assessed"),
        ((NOT_MET.model_copy(update={"beyond_tolerance": False}), DOCUMENT_MET), "not_assessed"),
        ((result(), result("document.change_management_policy", outcome="no_evidence")), "not_assessed"),
        ((result(), DOCUMENT_MET, result("interview", kind="interview", outcome="not_met")), "not_assessed"),
        ((result(), DOCUMENT_MET, result("interview", kind="interview", outcome="no_evidence")), "conforms"),
    ],
)
def test_candidates(results: tuple[ProcedureResult, ...], value: str) -> None:
    assert verdict(one_point(), *results).value == value


def test_an_indicator_never_makes_or_unmakes_a_verdict() -> None:
    bad = result("record.share", test_class="indicator", outcome="not_met", exceptions=50)
    assert verdict(one_point(), result(), DOCUMENT_MET, bad).value == "conforms"


def test_a_point_without_suffices_needs_a_judgement() -> None:
    found = verdict(one_point(suffices=()), result(), DOCUMENT_MET)
    assert found.value == "not_assessed"
    assert "Only a person can judge this point." in found.reasons


def test_an_isolated_exception_is_left_to_judgement_with_n_of_n() -> None:
    isolated = result(outcome="not_met", exceptions=1, beyond_tolerance=False)
    found = verdict(one_point(), isolated, DOCUMENT_MET)
    assert any("Isolated, 1 of 100" in reason for reason in found.reasons)


def _judged_verdict(
    judgement_verdict: str, seen: tuple[ProcedureResult, ...], **binding_changes: object
) -> PointVerdict:
    point, judgement = one_point(), judged(judgement_verdict)
    evidence = {"EV-001": "aa"}
    binding = bind(judgement, point, seen, evidence).model_copy(update=binding_changes)
    decided = Decided({point.id: judgement}, {"J-001": binding})
    return conclude_points(catalog(point), {point.id: seen}, decided, {point.id: evidence})[0]


def test_a_bound_judgement_decides_and_is_confirmed() -> None:
    found = _judged_verdict("nonconforming", (result(), DOCUMENT_MET))
    assert (found.value, found.standing, found.suspect) == ("nonconforming", "confirmed", ())


def test_a_judgement_against_a_result_is_a_conflict_shown_with_both() -> None:
    found = _judged_verdict("conforms", (NOT_MET, DOCUMENT_MET))
    assert found.value == "conforms"
    assert found.conflict == (
        "Normal changes were approved before they were implemented. Not so for 3 of 100 examined.",
    )


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"judgement": "x"}, "its text was changed"),
        ({"point": "x"}, "the point's text or procedures changed"),
        ({"results": "x"}, "what the procedures saw changed"),
        ({"evidence": {"EV-001": "bb"}}, "EV-001 changed"),
        ({"evidence": {}}, "EV-001 was linked since"),
        ({"evidence": {"EV-001": "aa", "EV-002": "cc"}}, "EV-002 is no longer there"),
    ],
)
def test_a_judgement_whose_ground_changed_is_suspect_and_decides_nothing(
    change: dict[str, object], says: str
) -> None:
    found = _judged_verdict("conforms", (result(), DOCUMENT_MET), **change)
    assert says in " ".join(found.suspect)
    assert (found.value, found.standing) == ("not_assessed", "candidate")
    assert found.judgement is not None


def test_an_unbound_judgement_is_suspect() -> None:
    point = one_point()
    found = conclude_points(catalog(point), {}, Decided({point.id: judged()}, {}), {})[0]
    assert "never bound" in found.suspect[0]


def test_not_applicable_is_refused_where_the_standard_allows_no_exclusion() -> None:
    point, judgement = one_point(), judged("not_applicable")
    decided = Decided({point.id: judgement}, {"J-001": bind(judgement, point, (), {})})
    refused = conclude_points(catalog(point), {}, decided, {})[0]
    allowed = conclude_points(catalog(point, allows_exclusions=True), {}, decided, {})[0]
    assert (refused.value, allowed.value) == ("not_assessed", "not_applicable")
    assert "allows no exclusion" in refused.suspect[0]


def test_every_point_of_the_catalog_has_a_verdict_whatever_the_results() -> None:
    points = (one_point("8.5.1.3-1"), one_point("8.5.1.3-2"), one_point("8.10-1"))
    found = conclude_points(catalog(*points), {"9.9-9": (result(),)}, Decided({}, {}), {})
    assert [one.point for one in found] == [point.id for point in points]


def test_the_worst_point_decides_a_requirement_and_the_worst_requirement_a_clause() -> None:
    points = (one_point("8.5-1a"), one_point("8.5-1b"), one_point("8.5-2"))
    results = {"8.5-1a": (result(),), "8.5-1b": (NOT_MET,), "8.5-2": (result(),)}
    whole = catalog(*points)
    verdicts = conclude_points(whole, results, Decided({}, {}), {})
    requirements = conclude_requirements(whole, verdicts)
    assert [(one.requirement, one.value, one.conforming, one.nonconforming) for one in requirements] == [
        ("8.5-1", "nonconforming", 1, 1),
        ("8.5-2", "conforms", 1, 0),
    ]
    assert conclude_clauses(whole, requirements)[0].value == "nonconforming"


def test_a_heading_without_requirements_says_so() -> None:
    whole = catalog(one_point("8.5-1"))
    heading = whole.clauses[0].model_copy(update={"clause": "9", "points": ()})
    whole = whole.model_copy(update={"clauses": (*whole.clauses, heading)})
    requirements = conclude_requirements(whole, conclude_points(whole, {}, Decided({}, {}), {}))
    assert conclude_clauses(whole, requirements)[1].value == "no_requirement"


def test_the_order_of_badness() -> None:
    assert worst(("conforms", "not_assessed", "nonconforming")) == "nonconforming"
    assert worst(("conforms", "not_assessed")) == "not_assessed"
    assert worst(("conforms", "not_applicable")) == "conforms"
    assert worst(()) == "not_assessed"
