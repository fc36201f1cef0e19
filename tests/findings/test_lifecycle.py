"""The life of a finding: the whole way, each forbidden step with what to do, and laws of histories."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditkit.assessment.engagement import Person
from auditkit.findings.lifecycle import DONE, OPEN, Life, Rules, follow, supported_state, unsupported
from auditkit.findings.model import Event, FindingFile

PEOPLE = {
    "P-001": Person(id="P-001", name="Ines Albrecht", role="Lead auditor", side="auditor"),
    "P-002": Person(id="P-002", name="Henning Kruse", role="Auditor", side="auditor"),
    "P-010": Person(id="P-010", name="Jan Otte", role="Change manager", side="auditee"),
}
RULES = Rules(PEOPLE, 30, frozenset({"EV-001", "EV-099"}), frozenset({"NC-001", "NC-002", "NC-003"}))
RAISED = {
    "id": "NC-001",
    "points": ("8.5.1.3-1",),
    "grade": "minor",
    "statement": {"requirement": "Decided before.", "failure": "It was not.", "objective_evidence": "CHG1."},
    "raised_at": "2026-10-01",
    "raised_by": "P-002",
}
ANSWER = {
    "step": "answer", "at": "2026-10-05", "by": "P-010", "correction": "Reviewed.", "cause": "The tool allowed it.",
    "corrective_action": "The tool refuses it.", "owner": "Jan Otte", "due": "2026-11-30",
}  # fmt: skip
ACCEPT = {"step": "accept_plan", "at": "2026-10-07", "by": "P-002"}
DO = {
    "step": "implement",
    "at": "2026-11-01",
    "by": "P-010",
    "note": "Shown on site.",
    "evidence": ["EV-001"],
}
VERIFY = {
    "step": "verify",
    "at": "2026-12-05",
    "by": "P-001",
    "effective": True,
    "evidence": ["EV-099"],
    "note": "0 of 214 changes.",
}
CLOSE = {"step": "close", "at": "2026-12-06", "by": "P-001"}
WHOLE = [ANSWER, ACCEPT, DO, VERIFY, CLOSE]


def life(*events: dict[str, Any], **finding: Any) -> Life:
    file = FindingFile.model_validate({"finding": {**RAISED, **finding}, "events": events})
    return follow(file, RULES)


def refused(*events: dict[str, Any]) -> str:
    """Return why the last of the steps is refused; those before it have to count."""
    found = life(*events)
    (one,) = found.refusals
    assert one.number == len(events)
    assert found == life(*events[:-1])._replace(refusals=found.refusals)
    return one.why


def test_the_whole_way() -> None:
    states = [life(*WHOLE[:count]).state for count in range(6)]
    assert states == ["raised", "answered", "plan_accepted", "implemented", "verified_effective", "closed"]
    found = life(*WHOLE)
    assert found.refusals == ()
    assert (found.answer.owner, found.answer.verified_by) == ("Jan Otte", "P-001")
    assert found.answer.effectiveness == "0 of 214 changes."
    assert [str(one) for one in (found.answer.plan_accepted_at, found.answer.implemented_at, found.answer.verified_at)] == [
        "2026-10-07", "2026-11-01", "2026-12-05",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("events", "said"),
    [
        ([CLOSE], "closed after its action was verified effective; verify it first"),
        ([ANSWER, ACCEPT, DO, CLOSE | {"at": "2026-12-01"}], "verify it first"),
        ([ANSWER, DO], "accept the plan first"),
        ([ACCEPT], "record the answer with cause"),
        ([ANSWER, ACCEPT, DO, VERIFY | {"by": "P-010"}], "this step is an auditor's"),
        ([ANSWER | {"owner": "Henning Kruse"}, ACCEPT, DO, VERIFY | {"by": "P-002"}], "owns the action and cannot verify"),
        ([ANSWER | {"owner": "P-002"}, ACCEPT, DO, VERIFY | {"by": "P-002"}], "owns the action and cannot verify"),
        ([ANSWER, ACCEPT, DO, VERIFY | {"at": "2026-11-30"}], "Verify it from 2026-12-01 on"),
        ([ANSWER, ACCEPT, DO, VERIFY | {"evidence": []}], "Name the evidence"),
        ([ANSWER, ACCEPT, DO, VERIFY | {"evidence": ["EV-777"]}], "EV-777 is not in the evidence register"),
        ([ANSWER, ACCEPT, DO, VERIFY | {"effective": None}], "does not say whether"),
        ([ANSWER, ACCEPT, DO, VERIFY | {"note": " "}], "what the check showed"),
        ([ANSWER | {"by": "P-002"}], "names neither cause nor remedy"),
        ([ANSWER | {"by": "P-777"}], "P-777 is not among the people"),
        ([ANSWER | {"cause": "", "due": None}], "has no cause, due"),
        ([ANSWER, ACCEPT | {"at": "2026-10-04"}], "before the step ahead of it (2026-10-05)"),
        ([ANSWER | {"at": "2026-09-30"}], "before the step ahead of it (2026-10-01)"),
        ([ANSWER, ACCEPT, DO | {"note": "", "evidence": []}], "Nothing shows that it was done"),
        ([{"step": "reject", "at": "2026-10-02", "by": "P-002"}], "gives no reason"),
        ([ANSWER, {"step": "reject", "at": "2026-10-06", "by": "P-002", "note": "Wrong."}], "close or merge"),
        ([*WHOLE, ANSWER | {"at": "2026-12-07"}], "The finding is closed"),
        ([{"step": "merge", "at": "2026-10-02", "by": "P-002", "note": "Same cause."}], "name the one finding"),
        ([{"step": "merge", "at": "2026-10-02", "by": "P-002", "note": "Same cause.", "into": ["NC-888"]}], "NC-888 is no finding"),
        ([{"step": "split", "at": "2026-10-02", "by": "P-002", "note": "Two causes.", "into": ["NC-002"]}], "at least two"),
        ([{"step": "regrade", "at": "2026-10-02", "by": "P-002", "note": "Wider."}], "names no grade"),
    ],
)  # fmt: skip
def test_a_forbidden_step_is_refused_and_changes_nothing(events: list[dict[str, Any]], said: str) -> None:
    assert said in refused(*events)


def test_an_action_without_effect_opens_the_finding_again() -> None:
    found = life(ANSWER, ACCEPT, DO, VERIFY | {"effective": False, "at": "2026-11-10"})
    assert (found.state, found.refusals) == ("reopened", ())
    again = life(
        ANSWER, ACCEPT, DO, VERIFY | {"effective": False}, ANSWER | {"at": "2026-12-10", "cause": "Another."}
    )
    assert (again.state, again.answer.cause) == ("answered", "Another.")


def test_what_was_closed_can_be_opened_again_and_nothing_of_the_old_proof_counts() -> None:
    found = life(*WHOLE, {"step": "reopen", "at": "2027-01-10", "by": "P-001", "note": "It happened again."})
    assert (found.state, found.answer.verified_at, found.answer.implemented_at) == ("reopened", None, None)
    assert len(found.history) == 6


def test_a_grade_is_changed_with_a_reason_and_the_old_one_stays_in_the_file() -> None:
    found = life(
        {"step": "regrade", "at": "2026-10-02", "by": "P-001", "note": "Every site.", "grade": "major"}
    )
    assert (found.state, found.grade, found.history[0].note) == ("raised", "major", "Every site.")


@pytest.mark.parametrize(
    ("state", "answer", "lacking", "counts_as"),
    [
        ("closed", {}, "corrective action, owner, verified at, verified by, effectiveness", "raised"),
        ("implemented", {"corrective_action": "X", "owner": "Y"}, "cause, implemented at", "answered"),
        ("raised", {}, None, "raised"),
    ],
)
def test_a_state_written_by_hand_needs_its_ground(
    state: str, answer: dict[str, str], lacking: str | None, counts_as: str
) -> None:
    file = FindingFile.model_validate({"finding": {**RAISED, "state": state}, "answer": answer})
    why = unsupported(file)
    assert why is None if lacking is None else lacking in (why or "")
    assert supported_state(file) == counts_as


EVENTS = st.lists(
    st.builds(
        lambda one, days, by: {**one, "at": str(date(2026, 10, 1) + timedelta(days=days)), "by": by},
        st.sampled_from([*WHOLE, VERIFY | {"effective": False}, {"step": "reopen", "note": "Again."}, {"step": "reject", "note": "No."},
                         {"step": "merge", "note": "Same.", "into": ["NC-002"]}, {"step": "note", "note": "Seen."}]),
        st.integers(0, 200),
        st.sampled_from([*PEOPLE, "P-777"]),
    ),
    max_size=12,
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(EVENTS)
def test_nothing_is_closed_without_a_check_by_another_after_the_wait(events: list[dict[str, Any]]) -> None:
    found = life(*events)
    assert len(found.history) + len(found.refusals) == len(events)
    assert [one.at for one in found.history] == sorted(one.at for one in found.history)
    if found.state in DONE:
        steps = [one.step for one in found.history if one.step != "note"]
        check = max(at for at, one in enumerate(found.history) if one.step == "verify")
        assert found.history[check].effective
        assert found.history[check].by in ("P-001", "P-002")
        done = found.answer.implemented_at
        assert done is not None
        assert found.history[check].at >= done + timedelta(days=30)
        assert steps.index("answer") < steps.index("accept_plan") < steps.index("implement")


@settings(max_examples=200, deadline=None)
@given(EVENTS, EVENTS)
def test_a_history_only_grows(first: list[dict[str, Any]], more: list[dict[str, Any]]) -> None:
    before, after = life(*first), life(*first, *more)
    assert after.history[: len(before.history)] == before.history
    assert after.state in OPEN | DONE | {"rejected", "merged"}


def test_an_event_of_unknown_kind_is_no_event() -> None:
    with pytest.raises(ValueError, match="step"):
        Event.model_validate({"step": "forget", "at": "2026-10-01", "by": "P-001"})
