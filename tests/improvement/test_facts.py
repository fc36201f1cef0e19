"""What a scheme knows of a plan item: what is not known stays unknown."""

from datetime import date
from fractions import Fraction

from plan_samples import action, finding

from auditkit.improvement.facts import facts_of
from auditkit.improvement.model import ActionFile, PlanItem
from auditkit.improvement.planning_model import ToClear
from auditkit.improvement.priority import Known

WEIGHTS = {"ERP": Fraction(10), "Mail": Fraction(4)}


def item(identifier: str = "CA-001") -> PlanItem:
    return PlanItem(
        id=identifier,
        title="t",
        findings=("NC-001",),
        points=(),
        processes=(),
        route="project",
        route_reason="r",
        phase="do",
        blocks_certification=True,
        baseline=None,
        target="t",
        owner=None,
        due=date(2026, 12, 1),
        effort_days=None,
        needs_record_months=3,
        status="agreed",
        priority=0,
    )


def known(*actions: ActionFile, of: str = "CA-001", **about: object) -> dict[str, Known]:
    (found,) = facts_of([item(of)], actions, [finding(**about)], CLOSED, WEIGHTS)  # type: ignore[arg-type]
    return dict(found.known)


CLOSED = (
    ToClear(
        id="a", gate="governance", kind="other", what="w", alternatives=(("CA-001", "CA-002"), ("CA-003",))
    ),
    ToClear(id="b", gate="governance", kind="other", what="w", alternatives=(("CA-003",),)),
)


def test_the_most_critical_service_counts_and_one_without_a_weight_leaves_it_unknown() -> None:
    assert known(action(services=("Mail", "ERP")))["criticality"] == 10
    assert known(action(services=("Mail", "Print")))["criticality"] is None
    assert known(action())["criticality"] is None


def test_an_item_nobody_took_up_has_no_effort_and_no_cost() -> None:
    facts = known(of="P-NC-001")
    assert (facts["effort_days"], facts["cost"], facts["criticality"]) == (None, None, None)
    assert known(action(effort_days=0.1, cost=0))["effort_days"] == Fraction(1, 10)
    assert known(action(effort_days=0.1, cost=0))["cost"] == 0


def test_what_was_not_examined_has_no_share() -> None:
    assert known(action())["exception_share"] is None
    assert known(action(), examined=12, exceptions=3)["exception_share"] == Fraction(1, 4)


def test_blockers_and_what_waits_for_it_are_counted() -> None:
    facts = known(action(), action("CA-002", predecessors=("CA-001",)))
    assert (facts["blockers"], facts["enables"], facts["record_months"]) == (1, 1, 3)
    assert (facts["grade"], facts["blocks_certification"], facts["route"]) == ("major", "yes", "project")
