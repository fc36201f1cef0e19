"""What clears what: findings, points, alternatives, and the work of auditors beside actions."""

from datetime import date

from plan_samples import action, blocker, finding, gate, situation, worked

from auditkit.findings.model import AuditeePart
from auditkit.improvement.clearing import derive_to_clear
from auditkit.improvement.tasks import derive_tasks
from auditkit.improvement.work_out import smallest_set

MAJOR = gate("nonconformities", blocker("major_open", "NC-001", "8.5.1.3-1"))
MINOR = gate("nonconformities", blocker("minor_without_plan", "NC-001", "8.5.1.3-1"))


def alternatives(*given: object) -> list[set[tuple[str, ...]]]:
    made = situation(*given)  # type: ignore[arg-type]
    return [set(one.alternatives) for one in derive_to_clear(made, derive_tasks(made))]


def test_a_major_needs_its_plan_accepted_every_action_done_and_the_effect_seen() -> None:
    actions = (action("CA-001"), action("CA-002"))
    assert alternatives((finding(),), actions, (MAJOR,)) == [
        {("CA-001", "CA-002", "accept NC-001", "verify NC-001")}
    ]


def test_an_alternative_takes_the_place_of_one_action() -> None:
    actions = (action("CA-001"), action("CA-002"), action("CA-003", alternative_to="CA-002"))
    assert alternatives((finding(state="plan_accepted"),), actions, (MAJOR,)) == [
        {("CA-001", "CA-002", "verify NC-001"), ("CA-001", "CA-003", "verify NC-001")}
    ]


def test_an_alternative_may_answer_another_finding() -> None:
    actions = (action("CA-001"), action("CA-002", "NC-002", alternative_to="CA-001"))
    both = (finding(state="plan_accepted"), finding("NC-002", ("8.6.1-1",), "minor"))
    assert alternatives(both, actions, (MAJOR,)) == [
        {("CA-001", "verify NC-001"), ("CA-002", "verify NC-001")}
    ]


def test_an_action_that_only_prepares_another_comes_along_and_is_not_asked_of_the_alternative() -> None:
    actions = (
        action("CA-001", predecessors=("CA-002",)),
        action("CA-002"),
        action("CA-003", alternative_to="CA-001"),
    )
    shop = worked((finding(state="plan_accepted"),), actions, (MAJOR,))
    assert set(smallest_set(shop, "effort", ["nonconformities"]).tasks) == {"CA-003", "verify NC-001"}


def test_a_minor_waits_only_for_its_plan() -> None:
    minor = finding(grade="minor")
    assert alternatives((minor,), (action(),), (MINOR,)) == [{("accept NC-001",)}]
    raised = finding(grade="minor", state="raised")
    assert alternatives((raised,), (action(),), (MINOR,)) == [{("accept NC-001", "answer NC-001")}]


def test_a_major_nobody_works_on_is_cleared_by_nothing() -> None:
    assert alternatives((finding(state="raised"),), (), (MAJOR,)) == [set()]
    assert alternatives((finding(),), (action(status="cancelled", answers="NC-009"),), (MAJOR,)) == [set()]


def test_an_answer_with_an_owner_is_a_task_of_unknown_effort() -> None:
    promised = finding(
        answer=AuditeePart(owner="P-010", corrective_action="Refuse it", due=date(2026, 11, 1))
    )
    made = situation((promised,), (), (MAJOR,))
    task = next(one for one in derive_tasks(made) if one.kind == "action")
    assert (task.id, task.owner, task.title, task.effort.likely, task.effort_assumed) == (
        "P-NC-001",
        "Ann",
        "Refuse it",
        20,
        True,
    )
    assert alternatives((promised,), (), (MAJOR,)) == [{("P-NC-001", "accept NC-001", "verify NC-001")}]


def test_an_effort_nobody_estimated_is_the_worst_case() -> None:
    actions = (action(effort_days=None), action("CA-002", effort_days={"low": 1, "likely": 2, "high": 33}))
    task = derive_tasks(situation((finding(),), actions))[0]
    assert (task.effort.likely, task.effort_assumed) == (33, True)


POINT = gate("governance", blocker("clause_not_conforming", "9.2", "9.2.1-1"))


def test_a_point_waits_for_every_nonconformity_on_it() -> None:
    both = (
        finding("NC-001", ("9.2.1-1",), "minor"),
        finding("C-11111111", ("9.2.1-1",), "minor", "raised"),
        finding("OBS-001", ("9.2.1-1",), "observation"),
        finding("NC-090", ("9.2.1-1",), "minor", "closed"),
    )
    actions = (action("CA-001"), action("CA-002", "C-11111111"))
    assert alternatives(both, actions, (POINT,)) == [
        {("CA-001", "CA-002", "verify C-11111111", "verify NC-001")}
    ]
    assert alternatives(both, actions[:1], (POINT,)) == [set()]


def test_an_action_that_names_a_point_or_its_blocker_clears_it_alone() -> None:
    findings = (finding("C-11111111", ("9.2.1-1",), "minor", "raised"),)
    for word in ("9.2.1-1", "clause:9.2"):
        assert alternatives(findings, (action(clears=(word,)),), (POINT,)) == [{("CA-001", "verify NC-001")}]


def test_a_finding_that_confirmed_a_candidate_takes_over_its_actions() -> None:
    confirmed = finding("NC-001", ("9.2.1-1",), "minor", confirms=("C-11111111",))
    assert alternatives((confirmed,), (action(answers="C-11111111"),), (POINT,)) == [
        {("CA-001", "verify NC-001")}
    ]


def test_what_only_auditors_can_clear_is_their_work() -> None:
    closed = (
        gate(
            "nonconformities",
            blocker("candidate", "C-11111111"),
            blocker("candidate", "C-22222222"),
            blocker("not_assessed", "", "8.1-1", "8.1-2"),
        ),
        gate("confirmation", blocker("not_confirmed", "", "8.1-1", "8.1-2", "8.1-3")),
    )
    made = situation(gates=closed)
    tasks = {one.id: one for one in derive_tasks(made)}
    assert {name: one.effort.likely for name, one in tasks.items()} == {
        "decide candidates": 0.2,
        "assess points": 0.5,
        "confirm points": 0.15,
    }
    assert {one.resources for one in tasks.values()} == {("auditors",)}
    assert tasks["decide candidates"].title == "Decide on 2 candidates"
    assert all(one.alternatives for one in derive_to_clear(made, tasks.values()))


def test_young_records_are_cleared_by_waiting_and_missing_ones_by_an_action_that_says_so() -> None:
    closed = gate(
        "operation", blocker("records_too_young", "change"), blocker("records_not_shown", "incident")
    )
    assert alternatives((), (), (closed,)) == [set(), set()]
    made = situation((), (action(clears=("records:incident",)),), (closed,))._replace(
        record_days={"change": date(2026, 12, 1)}
    )
    tasks = derive_tasks(made)
    assert [one.not_before for one in tasks if one.kind == "records"] == [date(2026, 12, 1)]
    assert [set(one.alternatives) for one in derive_to_clear(made, tasks)] == [
        {("records change",)},
        {("CA-001", "verify NC-001")},
    ]


def test_no_set_opens_a_gate_that_something_keeps_closed() -> None:
    closed = gate("nonconformities", blocker("major_open", "NC-001"), blocker("major_open", "NC-002"))
    findings = (finding(state="plan_accepted"), finding("NC-002", state="raised"))
    found = smallest_set(worked(findings, (action(),), (closed,)), "effort", ["nonconformities"])
    assert found.not_cleared == ("nonconformities: NC-002",)
    assert found.tasks == ("CA-001", "verify NC-001")
    assert found.proven


def test_the_effort_of_a_set_has_its_range_and_names_what_is_assumed() -> None:
    actions = (action(effort_days={"low": 1, "likely": 2, "high": 4}), action("CA-002", effort_days=None))
    found = smallest_set(
        worked((finding(state="plan_accepted"),), actions, (MAJOR,)), "effort", ["nonconformities"]
    )
    assert (found.effort.low, found.effort.likely, found.effort.high) == (21.5, 22.5, 24.5)
    assert found.effort_assumed == ("CA-002",)


def test_by_date_another_set_can_be_the_smallest() -> None:
    findings = (finding("C-11111111", ("9.2.1-1",), "minor", "raised", procedure="document.x"),)
    actions = (
        action("CA-001", "C-11111111", effort_days=6, owner="Ann"),
        action("CA-002", "C-11111111", effort_days=8, resources=("Ben", "Cem"), alternative_to="CA-001"),
    )
    shop = worked(findings, actions, (POINT,))
    by_effort, by_date = (smallest_set(shop, by, ["governance"]) for by in ("effort", "date"))
    assert by_effort.tasks == ("CA-001", "verify C-11111111")
    assert by_date.tasks == ("CA-002", "verify C-11111111")
    assert by_date.dependencies_day < by_effort.dependencies_day
