"""No start counts without a baseline that was taken before; names that lead nowhere are said."""

from datetime import date
from typing import Any

import pytest
from plan_samples import AS_OF, action, finding

from auditkit.base.place import Place
from auditkit.improvement.model import ActionFile
from auditkit.improvement.references import check_references
from auditkit.improvement.starts import hold_starts

MEASURED = finding(procedure="record.approved", examined=100, exceptions=8, confirms=("C-1a2b3c4d",))


def taken(day: int) -> dict[str, Any]:
    return {"measure": "record.approved", "value": "8 of 100", "at": date(2026, 10, day)}


def proof(day: int) -> dict[str, Any]:
    before = {"exceptions": 8, "examined": 100, "at": date(2026, 10, day)}
    return {"measure": "record.approved", "before": before}


@pytest.mark.parametrize(
    ("status", "more", "says"),
    [
        ("started", {}, "no day is given on which work began"),
        ("done", {}, "no day is given on which work began"),
        (
            "started",
            {"started_at": date(2026, 10, 1)},
            "No baseline was taken before work began on 2026-10-01",
        ),
        ("done", {"started_at": date(2026, 10, 14)}, "No baseline was taken before"),
        ("agreed", {"started_at": date(2026, 10, 1)}, "No baseline was taken before"),
        (
            "started",
            {"started_at": date(2026, 10, 1), "baseline": taken(2)},
            "after work began on 2026-10-01",
        ),
        ("started", {"started_at": date(2026, 10, 1), "proof": proof(2)}, "after work began on 2026-10-01"),
        ("started", {"started_at": date(2026, 10, 16), "baseline": taken(2)}, "after the as-of date"),
    ],
)
def test_a_start_without_an_earlier_baseline_does_not_count(
    status: str, more: dict[str, Any], says: str
) -> None:
    given = action(status=status, **more)
    place = Place(file="workpapers/actions/mine.yaml", line=2)
    (kept,), (issue,) = hold_starts([given], [MEASURED], {"CA-001": place}, AS_OF)
    assert (kept.status, kept.started_at) == ("agreed", None)
    assert says in issue.message
    assert issue.code == "action-without-baseline"
    assert issue.place == place
    assert "Add baseline" in issue.hint


@pytest.mark.parametrize(
    "given",
    [
        action(status="started", started_at=date(2026, 10, 2), baseline=taken(2)),
        action(status="done", started_at=date(2026, 10, 9), baseline=taken(2)),
        action(status="started", started_at=AS_OF),
        action(status="started", started_at=AS_OF, answers="C-1a2b3c4d"),
        action(status="done", started_at=date(2026, 10, 9), proof=proof(2)),
        action(status="agreed"),
    ],
)
def test_a_start_after_its_baseline_counts(given: ActionFile) -> None:
    assert hold_starts([given], [MEASURED], {}, AS_OF) == ((given,), ())


def test_what_no_run_measured_needs_a_baseline_of_its_own() -> None:
    given = action(status="started", started_at=AS_OF)
    (kept,), issues = hold_starts([given], [finding()], {}, AS_OF)
    assert kept.status == "agreed"
    assert len(issues) == 1


def said(*actions: ActionFile) -> list[str]:
    placed = tuple((Place(file=f"workpapers/actions/{one.id}.yaml", line=1), one) for one in actions)
    return [
        f"{one.code} {one.message}"
        for one in check_references(placed, frozenset({"NC-001"}), frozenset({"8.5.1.3-1"}))
    ]


def test_names_that_lead_somewhere_are_fine() -> None:
    clears = ("NC-001", "8.5.1.3-1", "C-12345678", "document:policy", "records:change", "clause:9.2")
    assert said(action("CA-001", predecessors=("CA-002",), clears=clears), action("CA-002")) == []


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"predecessors": ("CA-009",)}, "CA-001 names CA-009, which is no action."),
        ({"alternative_to": "CA-009"}, "CA-001 names CA-009, which is no action."),
        ({"predecessors": ("CA-003",)}, "CA-001 names CA-003, which is cancelled."),
        ({"clears": ("NC-404",)}, "CA-001 clears NC-404, which is no finding, point or blocker."),
    ],
)
def test_a_name_that_leads_nowhere_is_said(given: dict[str, Any], says: str) -> None:
    assert said(action("CA-001", **given), action("CA-003", status="cancelled")) == [
        f"action-unknown-reference {says}"
    ]


def test_actions_in_a_ring_are_said_with_the_way_round() -> None:
    ring = (
        action("CA-001", predecessors=("CA-002",)),
        action("CA-002", predecessors=("CA-003",)),
        action("CA-003", predecessors=("CA-001",)),
    )
    assert (
        said(*ring)[0]
        == "action-cycle CA-001 waits for itself: CA-001 after CA-002 after CA-003 after CA-001."
    )
    assert len(said(*ring)) == 3


def test_an_id_that_stands_twice_is_said() -> None:
    assert said(action("CA-001"), action("CA-001")) == [
        "action-unknown-reference CA-001 stands twice; the first is used."
    ]


def test_an_estimate_rises_and_a_number_is_one() -> None:
    with pytest.raises(ValueError, match="must not fall"):
        action(effort_days={"low": 3, "likely": 2, "high": 4})
    estimate = action(effort_days=2).estimate
    assert estimate is not None
    assert (estimate.low, estimate.likely, estimate.high) == (2, 2, 2)
    assert action(effort_days=None).estimate is None
