"""Process plans refer to the master plan in force and do not contradict it, as far as figures show."""

import pytest
from document_samples import DECLARED, GOOD, POLICY, examine, item, reasons, written

from auditkit.assessment.model import ProcedureResult
from auditkit.evidence.model import EvidenceItem, ReadDocument

CAPACITY = POLICY.model_copy(update={"id": "capacity_plan", "title": "Capacity plan"})
MASTER = GOOD.replace("# Change management policy", "# Service management plan").replace(
    "Version: 2.0", "Version: 2.2"
)
TARGET = "\nThe availability target for e-mail is 99.9 percent.\n"
REFERENCE = "\nThis plan is part of the service management plan, version 2.2.\n"
PLAN = GOOD.replace("# Change management policy", "# Capacity plan")


def plans(plan: str, master: str | None = MASTER, **changes: object) -> dict[EvidenceItem, ReadDocument]:
    found = {
        item(1, "plan.md", title="Capacity plan", document_type="capacity_plan"): written(plan, "plan.md")
    }
    if master is not None:
        values: dict[str, object] = {
            "title": "Service management plan",
            "document_type": "service_management_plan",
        }
        found[item(2, "master.md", **(values | changes))] = written(master, "master.md")
    return found


def examined(plan: str, master: str | None = MASTER, **changes: object) -> ProcedureResult:
    return examine(plans(plan, master, **changes), CAPACITY, register=DECLARED)


@pytest.mark.parametrize(
    "reference",
    [
        REFERENCE,
        "\nSee the service management plan (v2.2).\n",
        "\n| Service Management Plan | version 2.2 |\n",
        "\nIt belongs to the service management plan.\n",
    ],
)
def test_a_plan_that_refers_to_the_master_plan_in_force_is_met(reference: str) -> None:
    assert examined(PLAN + reference).outcome == "met"


@pytest.mark.parametrize(
    "reference",
    [
        "",
        "\n## Service management plan\n",
        "\nThis plan does not follow the service management plan of the group.\n",
        "\nThere is no service management plan yet.\n",
        "\nThis plan belongs to the service management system of Kleinwerk.\n",
    ],
)
def test_a_plan_that_does_not_refer_to_it_is_left_to_judgement(reference: str) -> None:
    found = examined(PLAN + reference)
    assert (found.outcome, len(found.quotes)) == ("no_evidence", 2)
    assert reasons(found) == "EV-001 does not refer to the service management plan."


def test_a_reference_to_a_version_that_is_not_in_force() -> None:
    found = examined(PLAN + REFERENCE.replace("2.2", "1.9"))
    assert found.outcome == "no_evidence"
    assert "refers to version 1.9 of the service management plan (evidence/plan.md:22)" in reasons(found)
    assert "while version 2.2 is in force" in reasons(found)


def test_the_master_plan_may_have_another_name() -> None:
    own = MASTER.replace("# Service management plan", "# Betriebshandbuch")
    found = examined(PLAN + "\nThis plan belongs to the Betriebshandbuch.\n", own, title="Betriebshandbuch")
    assert found.outcome == "met"


@pytest.mark.parametrize(
    ("said", "unit"),
    [
        ("The availability target for e-mail is 99.5 %.", "99.9 percent"),
        ("Availability target of e-mail | 99.0 percent", "99.9 percent"),
    ],
)
def test_a_figure_that_differs_is_shown_with_both_sentences(said: str, unit: str) -> None:
    found = examined(f"{PLAN}{REFERENCE}\n{said}\n", MASTER + TARGET)
    assert (found.outcome, found.beyond_tolerance) == ("no_evidence", False)
    assert f"EV-001 may contradict EV-002: “{said}” (evidence/plan.md:24)" in reasons(found)
    assert "against “The availability target for e-mail is 99.9 percent.” (evidence/master.md:22)" in reasons(
        found
    )


@pytest.mark.parametrize(
    ("master", "plan"),
    [
        ("Capacity is reviewed every six months.", "Capacity is reviewed yearly by the board."),
        ("Forecasts of storage are made within 5 days.", "Forecasts of storage are made within 10 days."),
        ("Our own rule contacts review days is 183.", "Our own rule contacts review days is 365."),
    ],
)
def test_intervals_and_review_days_that_differ(master: str, plan: str) -> None:
    assert "may contradict" in reasons(examined(f"{PLAN}{REFERENCE}\n{plan}\n", f"{MASTER}\n{master}\n"))


@pytest.mark.parametrize(
    ("master", "plan"),
    [
        (
            "The availability target for e-mail is 99.9 percent.",
            "The availability target for ERP is 99.5 percent.",
        ),
        (
            "The availability target for e-mail is 99.9 percent.",
            "The availability target for e-mail is 99.90 %.",
        ),
        ("Capacity is reviewed every six months.", "Capacity is reviewed twice a year."),
        ("The storage forecast covers 3 years.", "The storage forecast covers 40 percent growth."),
        (
            "Storage targets are 80 percent for warning and 90 percent for alarm.",
            "Storage targets are 90 percent.",
        ),
    ],
)
def test_figures_about_other_things_or_equal_ones_contradict_nothing(master: str, plan: str) -> None:
    assert examined(f"{PLAN}{REFERENCE}\n{plan}\n", f"{MASTER}\n{master}\n").outcome == "met"


def test_without_a_master_plan_that_counts_nothing_is_known() -> None:
    for found in (
        examined(PLAN + REFERENCE, None),
        examined(PLAN + REFERENCE, MASTER, status="superseded"),
        examined(PLAN + REFERENCE, MASTER.replace("released", "draft")),
    ):
        assert found.outcome == "no_evidence"
        assert "no current service management plan could be read" in reasons(found)


def test_taking_a_second_master_plan_away_does_not_help() -> None:
    gone = frozenset({"service_management_plan"})
    found = examine(plans(PLAN + REFERENCE), CAPACITY, vanished_types=gone)
    assert (found.outcome, "not every one could be read" in reasons(found)) == ("no_evidence", True)


def test_other_documents_need_no_master_plan() -> None:
    assert examine(GOOD).outcome == "met"
