"""The worked engagement's plan opens its gates in the smallest set, proven, and another set is done earlier."""

import pytest

from auditkit.engagement.open import open_engagement
from auditkit.engagement.run import RunOptions, RunOutcome, assess
from auditkit.improvement.planning_model import PlanWork, SmallestSet
from auditkit.improvement.smallest import Choice, Demand, fulfils
from auditkit.improvement.work_out import smallest_set

pytestmark = pytest.mark.worked


@pytest.fixture(scope="module")
def work(worked: RunOutcome) -> PlanWork:
    assert worked.run.plan_work is not None
    return worked.run.plan_work


def meets(found: SmallestSet, work: PlanWork) -> bool:
    """Whether a set really clears everything, by another way than the program."""
    choices = [Choice(one.id, 0, 0, one.predecessors) for one in work.tasks]
    demands = [Demand(one.id, tuple(map(frozenset, one.alternatives))) for one in work.to_clear]
    return fulfils(found.tasks, choices, demands)


def test_the_smallest_set_opens_every_gate(work: PlanWork) -> None:
    by_effort, by_date = work.smallest
    for found in work.smallest:
        assert found.not_cleared == ()
        assert found.proven
        assert meets(found, work)
    assert by_effort.effort.likely < by_date.effort.likely
    assert by_date.dependencies_day < by_effort.dependencies_day


def test_no_task_of_the_set_can_be_left_out(work: PlanWork) -> None:
    for found in work.smallest:
        for one in found.tasks:
            rest = found.model_copy(update={"tasks": tuple(name for name in found.tasks if name != one)})
            assert not meets(rest, work), one


def test_one_audit_from_outside_clears_what_two_actions_would_and_minors_can_wait(work: PlanWork) -> None:
    by_effort, by_date = (set(one.tasks) for one in work.smallest)
    assert {"CA-002", "CA-005", "CA-008"} <= by_effort
    assert not by_effort & {"CA-001", "CA-003", "CA-006", "CA-007"}
    assert {"CA-006", "CA-007"} <= by_date
    assert not by_date & {"CA-005", "CA-008"}


def test_both_milestones_have_a_day_and_nobody_is_behind(work: PlanWork) -> None:
    assert all(one.day for one in work.schedule.milestones)
    assert work.schedule.left_out == ("CA-006",)
    assert not [one.task for one in work.schedule.tasks if one.late_days]


def test_without_the_action_on_the_agreements_no_set_opens_the_gate(worked: RunOutcome) -> None:
    shop = worked.shop
    tasks = tuple(one for one in shop.tasks if one.id != "CA-002")
    to_clear = tuple(
        one.model_copy(
            update={"alternatives": tuple(option for option in one.alternatives if "CA-002" not in option)}
        )
        for one in shop.to_clear
    )
    found = smallest_set(
        shop._replace(tasks=tasks, to_clear=to_clear), "effort", ["documentation", "nonconformities"]
    )
    assert set(found.not_cleared) == {
        "documentation: document:internal_supplier_agreement 7.5.4-1j",
        "documentation: document:internal_supplier_agreement 8.3.4.2-1",
        "nonconformities: NC-003",
    }


def test_its_actions_raise_no_issue(worked: RunOutcome) -> None:
    assert not [
        one for one in worked.run.issues if one.code.startswith(("action-", "priority-", "planning-"))
    ]


def test_criticality_comes_from_the_business_impact_analysis(worked: RunOutcome) -> None:
    """Services that an action names have their weight from the analysis; where none is named, the worst is assumed."""
    opened = open_engagement(worked.layout)
    assert worked.run.impact is not None
    scheme = opened.planning.schemes["bia-weighted"]
    tried = opened._replace(planning=opened.planning._replace(scheme=scheme))
    work = assess(tried, RunOptions()).run.plan_work
    assert work is not None
    shown = {one.item: {given.name: given for given in one.inputs} for one in work.priorities}
    assert not shown["CA-002"]["criticality"].assumed
    assert shown["P-NC-002"]["criticality"].assumed
