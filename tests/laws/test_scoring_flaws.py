"""The known flaws of scoring tools, F1 to F19: each one a test named after it.

F2, F6 and F8 as a page shows them are tested with the reports; F15 belongs to comparisons, which do not exist yet.
"""

from datetime import date
from fractions import Fraction

import pytest
from pydantic import ValidationError
from verdict_samples import catalog, judged, one_point, result, verdict

from auditkit.assessment.evidence_links import is_fresh, rate_evidence
from auditkit.assessment.measures import by_clause_average, by_requirement, measure
from auditkit.assessment.model import Assessment, RequirementVerdict, VerdictValue
from auditkit.assessment.verdicts import (
    Decided,
    bind,
    conclude_clauses,
    conclude_points,
    conclude_requirements,
)
from auditkit.assessment.workpapers import load_workpapers
from auditkit.base.period import Period
from auditkit.catalog.model import Catalog
from auditkit.evidence.model import EvidenceItem
from auditkit.findings.gates import decide_gates
from auditkit.findings.model import Finding, Statement

PERIOD = Period(start=date(2025, 10, 1), end=date(2026, 9, 30))
NOT_MET = result(outcome="not_met", exceptions=3, beyond_tolerance=True)


def requirement(identifier: str, value: VerdictValue, points: int = 1) -> RequirementVerdict:
    return RequirementVerdict(
        requirement=identifier,
        clause=identifier.partition("-")[0],
        value=value,
        standing="confirmed",
        points=points,
        conforming=points if value == "conforms" else 0,
        nonconforming=points if value == "nonconforming" else 0,
        not_assessed=points if value == "not_assessed" else 0,
        not_applicable=points if value == "not_applicable" else 0,
        confirmed=points,
    )


def assessed(whole: Catalog, decided: Decided, results: dict[str, tuple]) -> Assessment:  # type: ignore[type-arg]
    points = conclude_points(whole, results, decided, {})
    requirements = conclude_requirements(whole, points)
    clauses = conclude_clauses(whole, requirements)
    return Assessment(
        points=points, requirements=requirements, clauses=clauses, measures=measure(points, requirements)
    )


def test_f01_an_open_major_closes_the_gate_whatever_the_percentage() -> None:
    points = tuple(one_point(f"8.5-{number}") for number in range(1, 201))
    judgements = {
        point.id: judged(point=point.id, id=f"J-{index:03d}") for index, point in enumerate(points, 1)
    }
    bindings = {
        one.id: bind(one, point, (), {}) for point, one in zip(points, judgements.values(), strict=True)
    }
    whole = catalog(*points)
    conclusion = assessed(whole, Decided(judgements, bindings), {})
    assert conclusion.measures.by_requirement.low == 1
    major = Finding(
        id="NC-001",
        standing="confirmed",
        grade="major",
        rule="given",
        points=("8.5-1",),
        procedure=None,
        area="",
        statement=Statement(requirement="r", failure="f", objective_evidence="e"),
    )
    gates = {
        one.id: one for one in decide_gates(whole, conclusion, (major,), (), (), {}, 3, date(2026, 10, 15))
    }
    assert not gates["nonconformities"].passed
    closed = major.model_copy(update={"state": "closed"})
    gates = {
        one.id: one for one in decide_gates(whole, conclusion, (closed,), (), (), {}, 3, date(2026, 10, 15))
    }
    assert gates["nonconformities"].passed


def test_f03_two_methods_give_two_numbers_and_each_says_which_it_is() -> None:
    found = tuple(
        requirement(f"8.{clause}-{number}", "conforms" if clause > 1 or number == 1 else "nonconforming")
        for clause, count in ((1, 8), (2, 1), (3, 1))
        for number in range(1, count + 1)
    )
    flat, average = by_requirement(found), by_clause_average(found)
    assert (flat.low, average.low) == (Fraction(3, 10), Fraction(17, 24))
    assert flat.method != average.method


def test_f04_not_applicable_is_neither_zero_nor_pass_nor_in_the_denominator() -> None:
    found = (
        requirement("8.1-1", "conforms"),
        requirement("8.1-2", "not_applicable"),
        requirement("8.1-3", "nonconforming"),
        requirement("8.1-4", "not_assessed"),
    )
    interval = by_requirement(found)
    assert (interval.denominator, interval.conforming, interval.not_assessed) == (3, 1, 1)
    assert (interval.low, interval.high) == (Fraction(1, 3), Fraction(2, 3))


@pytest.mark.parametrize("outcome", ["no_evidence", "not_testable", "error", "not_applicable"])
def test_f05_whatever_is_missing_is_not_assessed_by_one_rule(outcome: str) -> None:
    assert verdict(one_point(), result(outcome=outcome, population=None, examined=0)).value == "not_assessed"


def test_f06_a_partial_assessment_has_bounds_and_no_single_value() -> None:
    interval = by_requirement((requirement("8.1-1", "conforms"), requirement("8.1-2", "not_assessed")))
    assert not interval.exact
    assert (interval.low, interval.high) == (Fraction(1, 2), Fraction(1))


def test_f07_progress_and_conformity_are_two_measures() -> None:
    whole = catalog(one_point("8.5-1"), one_point("8.5-2"))
    conclusion = assessed(whole, Decided({}, {}), {"8.5-1": (NOT_MET,)})
    assert (conclusion.measures.coverage_assessed, conclusion.measures.coverage_total) == (1, 2)
    assert conclusion.measures.by_requirement.low == 0


def test_f08_shares_are_exact_fractions_so_nothing_is_rounded_up_on_the_way() -> None:
    found = tuple(
        requirement(f"8.1-{n}", "conforms" if n < 2000 else "nonconforming") for n in range(1, 2001)
    )
    assert by_requirement(found).low == Fraction(1999, 2000)


def test_f09_a_number_stands_with_its_counts() -> None:
    found = (
        requirement("8.1-1", "conforms"),
        requirement("8.1-2", "nonconforming"),
        requirement("8.1-3", "nonconforming"),
    )
    interval = by_requirement(found)
    assert (interval.low, interval.conforming, interval.nonconforming, interval.denominator) == (
        Fraction(1, 3),
        1,
        2,
        3,
    )


def test_f10_nothing_conforming_is_zero() -> None:
    assert by_requirement((requirement("8.1-1", "nonconforming"),)).low == 0


def test_f11_a_tolerance_of_zero_stays_zero() -> None:
    zero = NOT_MET.model_copy(update={"exceptions": 1})
    assert verdict(one_point(), zero).value == "nonconforming"


def test_f12_a_fixed_point_is_rated_anew() -> None:
    assert verdict(one_point(), NOT_MET).value == "nonconforming"
    assert verdict(one_point(), result()).value == "conforms"


def test_f13_freshness_is_the_effective_date_not_the_upload_date() -> None:
    old = EvidenceItem.model_validate(
        {
            "id": "EV-001",
            "title": "Changes of 2023",
            "file": "a.csv",
            "kind": "record_export",
            "dataset": "change",
            "period": {"start": "2023-01-01", "end": "2023-12-31"},
            "received_at": "2026-10-01",
        }
    )
    assert not is_fresh(old, PERIOD)
    seen = result(evidence=({"id": "EV-001", "file": "a.csv", "sha256": "aa"},))
    rated = rate_evidence(verdict(one_point(), seen), {"EV-001": "aa"}, {"EV-001": old}, PERIOD)
    assert rated.stale


def test_f13_a_rating_without_evidence_has_no_strength() -> None:
    assert rate_evidence(verdict(one_point()), {}, {}, PERIOD).strength == 0


def test_f14_a_judgement_copied_from_another_year_decides_nothing() -> None:
    point, judgement = one_point(), judged()
    last_year = bind(judgement, point, (result(),), {"EV-001": "digest of last year's export"})
    found = conclude_points(
        catalog(point),
        {point.id: (result(population=120, examined=120),)},
        Decided({point.id: judgement}, {"J-001": last_year}),
        {point.id: {"EV-001": "digest of this year's export"}},
    )[0]
    assert (found.standing, found.value) == ("candidate", "not_assessed")


def test_f17_a_requirement_counts_once_however_many_letters_it_has() -> None:
    found = (requirement("8.1-1", "conforms", points=12), requirement("8.1-2", "nonconforming", points=1))
    assert by_requirement(found).low == Fraction(1, 2)


def test_f18_an_id_of_another_edition_is_refused_not_matched(tmp_path) -> None:  # type: ignore[no-untyped-def]
    folder = tmp_path / "judgements"
    folder.mkdir()
    (folder / "old.yaml").write_text(
        "judgements:\n  - {id: J-001, point: 4.1.1-1a, verdict: conforms, by: P-001, at: 2026-10-01,"
        " rationale: carried over from the 2011 workbook}\n"
    )
    found = load_workpapers(tmp_path, frozenset({"P-001"}), frozenset({"8.5.1.3-1"}))
    assert found.judgements == ()
    assert "4.1.1-1a, which is not in the catalog" in found.issues[0].message


def test_f19_nothing_is_met_without_a_stated_population() -> None:
    with pytest.raises(ValidationError, match="stated number"):
        result(population=None, examined=0)
