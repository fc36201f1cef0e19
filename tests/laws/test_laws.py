"""The laws of the design as properties, on generated results."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st
from verdict_samples import catalog, judged, one_point, result

from auditkit.assessment.measures import measure
from auditkit.assessment.model import Assessment, ProcedureResult
from auditkit.assessment.verdicts import (
    Decided,
    bind,
    conclude_clauses,
    conclude_points,
    conclude_requirements,
)
from auditkit.findings.gates import decide_gates

POINTS = (
    *tuple(one_point(f"8.5-{number}") for number in range(1, 5)),
    one_point("9.2-1"),
    one_point("10.1-1"),
)
CATALOG = catalog(*POINTS)
PROCEDURES = ("record.approved", "document.change_management_policy", "interview")
TAKEN_AWAY = {
    "outcome": "no_evidence",
    "population": None,
    "examined": 0,
    "exceptions": 0,
    "beyond_tolerance": False,
}

outcomes = st.sampled_from(["met", "not_met", "no_evidence", "not_testable", "error"])


@st.composite
def results_of_a_point(draw: st.DrawFn) -> tuple[ProcedureResult, ...]:
    found = []
    for procedure in PROCEDURES:
        outcome = draw(outcomes)
        beyond = outcome == "not_met" and draw(st.booleans())
        kind = procedure.partition(".")[0]
        found.append(
            result(
                procedure,
                kind=kind,
                outcome=outcome,
                exceptions=3 if outcome == "not_met" else 0,
                beyond_tolerance=beyond and kind != "interview",
                basis=draw(st.sampled_from(["standard", "own_rule", "good_practice"])),
            )
        )
    return tuple(found)


everything = st.fixed_dictionaries({point.id: results_of_a_point() for point in POINTS})


def concluded(
    results: dict[str, tuple[ProcedureResult, ...]], judged_points: frozenset[str] = frozenset()
) -> Assessment:
    judgements = {
        point: judged(point=point, id=f"J-{index:03d}")
        for index, point in enumerate(sorted(judged_points), 1)
    }
    by_id = {point.id: point for point in POINTS}
    bindings = {one.id: bind(one, by_id[one.point], FULL[one.point], {}) for one in judgements.values()}
    points = conclude_points(CATALOG, results, Decided(judgements, bindings), {})
    requirements = conclude_requirements(CATALOG, points)
    return Assessment(
        points=points,
        requirements=requirements,
        clauses=conclude_clauses(CATALOG, requirements),
        measures=measure(points, requirements),
    )


FULL: dict[str, tuple[ProcedureResult, ...]] = {
    point.id: (result(), result("document.change_management_policy")) for point in POINTS
}


@given(everything)
def test_law_1_every_point_stands_in_the_assessment_and_only_what_was_met_conforms(
    results: dict[str, tuple[ProcedureResult, ...]],
) -> None:
    found = concluded(results)
    assert [one.point for one in found.points] == [point.id for point in POINTS]
    for one in found.points:
        if one.value == "conforms":
            seen = {each.procedure: each.outcome for each in one.results}
            assert seen["record.approved"] == "met"
            assert seen["document.change_management_policy"] == "met"


@given(
    everything, st.sets(st.tuples(st.sampled_from([p.id for p in POINTS]), st.sampled_from(PROCEDURES[:2])))
)
@settings(max_examples=200)
def test_law_2_taking_evidence_away_never_helps(
    results: dict[str, tuple[ProcedureResult, ...]], taken: set[tuple[str, str]]
) -> None:
    less = {
        point: tuple(
            one.model_copy(update=TAKEN_AWAY) if (point, one.procedure) in taken else one for one in seen
        )
        for point, seen in results.items()
    }
    before, after = concluded(results), concluded(less)
    conforming = {one.point for one in before.points if one.value == "conforms"}
    assert {one.point for one in after.points if one.value == "conforms"} <= conforming
    for name in ("by_requirement", "by_clause_average", "confirmed_by_requirement"):
        assert getattr(after.measures, name).low <= getattr(before.measures, name).low
    assert open_gates(after) <= open_gates(before)


@given(st.sets(st.sampled_from([p.id for p in POINTS]), min_size=1), st.sampled_from(PROCEDURES[:2]))
def test_law_2_holds_for_judged_points_too(points: set[str], procedure: str) -> None:
    everyone = frozenset(point.id for point in POINTS)
    less = {
        point: tuple(
            one.model_copy(update=TAKEN_AWAY) if point in points and one.procedure == procedure else one
            for one in seen
        )
        for point, seen in FULL.items()
    }
    before, after = concluded(FULL, everyone), concluded(less, everyone)
    assert before.measures.confirmed_by_requirement.low == 1
    assert after.measures.confirmed_by_requirement.low < 1
    assert open_gates(after) < open_gates(before)


@given(everything)
def test_law_3_the_interval_holds_the_share_whatever_the_unassessed_turn_out_to_be(
    results: dict[str, tuple[ProcedureResult, ...]],
) -> None:
    interval = concluded(results).measures.by_requirement
    assert 0 <= interval.low <= interval.high <= 1
    assert interval.denominator == interval.conforming + interval.nonconforming + interval.not_assessed
    assert (interval.high - interval.low) * interval.denominator == interval.not_assessed


@given(everything)
def test_law_5_nothing_is_confirmed_without_a_judgement(
    results: dict[str, tuple[ProcedureResult, ...]],
) -> None:
    found = concluded(results)
    assert all(one.standing == "candidate" for one in found.points)
    assert found.measures.confirmed_by_requirement.conforming == 0


def open_gates(assessment: Assessment) -> set[str]:
    gates = decide_gates(CATALOG, assessment, (), (), (), {}, 3, date(2026, 10, 15))
    return {
        gate.id for gate in gates if gate.passed and gate.id != "operation" and gate.id != "documentation"
    }
