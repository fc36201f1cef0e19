"""The estimate of days shows each step; a hand calculation gives the same."""

from decimal import Decimal

import pytest
from programme_samples import engagement, read, rules
from test_programme_checks import PLAN

from auditkit.assessment.programme.days import Estimate, estimate
from auditkit.assessment.programme.model import EffortFacts
from auditkit.assessment.programme.plan import AuditPlan

FACTS = {"persons": 100, "central_site": "Kiel"}


def made(
    adjustments: tuple[str, ...] = (), plan: AuditPlan | None = None, processes: int = 10, **more: object
) -> Estimate:
    given = [{"id": one, "because": "It is so in this organisation."} for one in adjustments]
    facts = EffortFacts.model_validate({**FACTS, "adjustments": given})
    return estimate(facts, rules().effort, engagement(**more), processes, plan)


def test_each_line_can_be_computed_by_hand() -> None:
    found = made()
    # 1.5 + 0.2 x 10 + 0.1 x 10 + 0.2 x 2 + 0.5 x (1 + 1): Kiel as the centre, and the one other site
    assert [(one.id, one.days) for one in found.lines] == [
        ("base", Decimal("1.50")),
        ("persons", Decimal("2.00")),
        ("processes", Decimal("1.00")),
        ("services", Decimal("0.40")),
        ("sites", Decimal("1.00")),
    ]
    assert (found.whole_days, found.share_days, found.days) == (
        Decimal("5.90"),
        Decimal("5.90"),
        Decimal("6.0"),
    )
    assert found.session_days == Decimal("4.20")
    assert found.lines[1].amount == "100 persons, square root 10.00"
    assert "not the table of ISO/IEC 20000-6" in found.notice
    assert all(one.source and one.says for one in found.lines)


@pytest.mark.parametrize(
    ("kind", "stage", "days"),
    [
        ("internal-audit", "-", "5.90"),
        ("certification-readiness", "1", "1.77"),
        ("certification-readiness", "2", "4.13"),
        ("certification-readiness", "surveillance", "1.95"),
        ("certification-readiness", "recertification", "3.95"),
        ("certification-readiness", "-", "5.90"),
        ("gap-analysis", "-", "4.13"),
        ("supplier-audit", "2", "2.95"),
    ],
)
def test_kind_and_stage_set_the_share(kind: str, stage: str, days: str) -> None:
    assert made(kind=kind, stage=stage).share_days == Decimal(days)


def test_sites_follow_the_square_root_of_the_others() -> None:
    many = ("Kiel", *(f"Site {number}" for number in range(1, 26)))
    assert made(sites=many).lines[-1].amount == "6 sites"
    assert (
        made(sites=many, kind="certification-readiness", stage="surveillance").lines[-1].amount == "4 sites"
    )
    facts = EffortFacts.model_validate({**FACTS, "sampled": False})
    assert estimate(facts, rules().effort, engagement(sites=many), 1, None).lines[-1].amount == "26 sites"


def test_adjustments_stand_with_their_reasons() -> None:
    found = made(("records-tested", "interpreters"))
    assert [(one.id, one.days) for one in found.adjustments] == [
        ("records-tested", Decimal("-0.30")),
        ("interpreters", Decimal("0.89")),
    ]
    assert found.adjustments[0].amount == "It is so in this organisation."
    assert (found.days, found.limited) == (Decimal("6.5"), "")


def test_reductions_are_cut_at_the_limit_and_say_so() -> None:
    found = made(("combined", "certified-before", "identical-shifts"))
    assert found.days == Decimal("4.5")
    assert found.limited.startswith("Reductions of 35 % were cut to 30 %.")
    assert made(("combined", "certified-before")).limited == ""


@pytest.mark.parametrize(
    ("adjustments", "more", "says"),
    [
        (("cheaper",), {}, "no adjustment cheaper; there are: combined"),
        (("combined", "combined"), {}, "stands twice"),
        ((), {"sites": ("Ulm",)}, "central site Kiel is none of engagement.yaml"),
    ],
)
def test_what_the_rules_do_not_know_is_refused(
    adjustments: tuple[str, ...], more: dict[str, object], says: str
) -> None:
    with pytest.raises(ValueError, match=says):
        made(adjustments, **more)


def test_the_sessions_of_the_plan_are_counted_beside_it() -> None:
    plan = read(PLAN, AuditPlan)
    assert isinstance(plan, AuditPlan)
    assert made(plan=plan).planned_days == Decimal("0.88")  # 3 + 3 + 1 hours of 8
    shared = PLAN.replace("auditors: [P-002]", "auditors: [P-002, P-001]")
    more = read(shared, AuditPlan)
    assert isinstance(more, AuditPlan)
    assert made(plan=more).planned_days == Decimal("1.25")
    trainee = read(shared.replace("role: auditor", "role: trainee"), AuditPlan)
    assert isinstance(trainee, AuditPlan)
    assert made(plan=trainee).planned_days == Decimal("0.88")
