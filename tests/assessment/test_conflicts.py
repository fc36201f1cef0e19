"""What stands against a judgement, and by which name its rationale has to answer it."""

import pytest
from verdict_samples import catalog, judged, one_point, result

from auditkit.assessment.conflicts import opposed, to_name
from auditkit.assessment.model import Interview, InterviewAnswer, PointVerdict, ProcedureResult
from auditkit.assessment.procedures.interview import examine_interviews
from auditkit.assessment.verdicts import Decided, bind, conclude_points
from auditkit.catalog.model import Point, Procedures

BREACH = result(outcome="not_met", exceptions=3, beyond_tolerance=True)
ISOLATED = result(outcome="not_met", exceptions=1)


def note(
    outcome: str, kind: str = "observe", answer: str = "Nine of ten had no approval.", **more: str
) -> Interview:
    return Interview.model_validate(
        {
            "id": "IV-010",
            "at": "2026-10-06",
            "interviewer": "P-001",
            "answers": [
                {
                    "point": "8.5.1.3-1",
                    "question": "Look at ten.",
                    "answer": answer,
                    "outcome": outcome,
                    "kind": kind,
                }
            ],
            **more,
        }
    )


def seen(outcome: str, kind: str = "observe") -> ProcedureResult:
    """What the procedure makes of one note."""
    (found,) = (one for one in examine_interviews(one_point(), (note(outcome, kind),)) if one.kind == kind)
    return found


@pytest.mark.parametrize(
    ("verdict", "results", "named"),
    [
        ("conforms", (result(), seen("not_met")), [("observe", "IV-010")]),
        ("conforms", (result(), seen("not_met", "interview")), [("interview", "IV-010")]),
        ("conforms", (BREACH, seen("met")), [("record.approved", "approved")]),
        ("conforms", (ISOLATED, seen("met")), []),
        ("conforms", (result(), seen("met")), []),
        ("nonconforming", (result(), seen("not_met")), [("record.approved", "IV-010")]),
        ("nonconforming", (result(), seen("not_met", "interview")), []),
        ("nonconforming", (BREACH, seen("not_met")), []),
        ("nonconforming", (result(test_class="indicator"), seen("not_met")), []),
        ("nonconforming", (BREACH, seen("met")), []),
    ],
)
def test_what_a_rationale_has_to_name(
    verdict: str, results: tuple[ProcedureResult, ...], named: list[tuple[str, str]]
) -> None:
    assert list(to_name(verdict, results)) == named  # type: ignore[arg-type]
    assert bool(opposed(verdict, results)) == bool(named)  # type: ignore[arg-type]


def concluded(point: Point, verdict: str, results: tuple[ProcedureResult, ...]) -> PointVerdict:
    one = judged(verdict)
    decided = Decided({point.id: one}, {one.id: bind(one, point, results, {})})
    return conclude_points(catalog(point), {point.id: results}, decided, {})[0]


def test_a_conflict_is_shown_with_both() -> None:
    found = concluded(one_point(), "conforms", (result(), seen("not_met")))
    assert found.conflict == (
        "Observation: Look at ten. What was said or seen in IV-010 does not support it.",
    )
    assert (found.value, found.standing) == ("conforms", "confirmed")
    other = concluded(one_point(), "nonconforming", (result(), seen("not_met")))
    assert "So for all 100 examined, though not for what was seen on site." in other.conflict[0]


def test_what_was_seen_counts_where_the_catalog_asks_for_no_observation() -> None:
    assert one_point().procedures.observe == ()
    (found,) = (one for one in examine_interviews(one_point(), (note("not_met"),)) if one.kind == "observe")
    assert (found.outcome, found.quotes[0].text) == ("not_met", "Nine of ten had no approval.")


@pytest.mark.parametrize("outcome", ["met", "not_met", "no_evidence"])
def test_a_question_nobody_asked_yet_changes_nothing(outcome: str) -> None:
    point = one_point(procedures=Procedures(observe=("Look at ten.",)))
    assert examine_interviews(point, (note(outcome, answer=" "),)) == examine_interviews(point, ())


def test_answers_may_not_say_an_outcome_that_nobody_knows() -> None:
    with pytest.raises(ValueError, match="outcome"):
        InterviewAnswer(point="8.5.1.3-1", question="Look.", answer="Seen.", outcome="perhaps")  # type: ignore[arg-type]
