"""The 2005 edition can be assessed like today's: its Plan-Do-Check-Act demands on plans, reviews and improvements."""

import pytest
from small import engagement, ran

from auditkit.engagement.run import RunOutcome
from auditkit.reporting.jsonout import assessment_json
from auditkit.reporting.view import build_view

PLANS = """\
id,title,kind,version,reviewer,approver,communicator,implementer,maintainer,approved_at,next_review_at,refers_to_version,master_version,contradictions,last_progress_report_at
PL1,Service management plan,service_management,4,Ann,Eva,Tom,Jan,Ann,2026-01-10,2027-01-10,,,,2026-07-01
PL2,Capacity plan,process,2,Ann,Eva,,Jan,Ann,2026-01-20,2027-01-10,4,4,0,2026-07-01
PL3,Continuity plan,process,1,Ann,Eva,Tom,Jan,Ann,2025-11-20,2026-12-10,3,4,0,2026-07-01
"""
IMPROVEMENTS = """\
id,title,status,raised_at,decision,decided_by,decided_at,metric,baseline,target,actual,owner,due,started_at,finished_at,measured_at,reported_at,priority,plan_ref,processes_touched,route,process_owner,unit,baseline_at,result,follow_up_ref
I1,Shorter restore,finished,2025-10-05,approved,Eva,2025-11-01,restore time,9,5,4,Ann,2026-03-01,2025-12-01,2026-03-01,2026-03-10,2026-03-12,1,SIP-1,1,process_owner,Ann,h,2025-11-20,achieved,
I2,One desk,started,2025-10-09,approved,Eva,2025-11-01,calls lost,12,3,,Tom,2026-12-01,2026-02-01,,,,2,SIP-2,3,process_owner,,%,2026-02-10,,
"""
REGISTER = """\
items:
  - {id: EV-001, title: Plans, file: plans.csv, kind: record_export, dataset: plan, status: current}
  - {id: EV-002, title: Improvements, file: improvements.csv, kind: record_export, dataset: improvement, status: current}
"""


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> RunOutcome:
    layout = engagement(
        tmp_path_factory.mktemp("old"),
        "iso-iec-20000-1-2005",
        files={
            "evidence/register.yaml": REGISTER,
            "evidence/plans.csv": PLANS,
            "evidence/improvements.csv": IMPROVEMENTS,
        },
    )
    return ran(layout)


def test_the_whole_edition_is_walked(outcome: RunOutcome) -> None:
    assert len(outcome.run.assessment.points) == 224
    assert len(outcome.run.assessment.requirements) == 168
    assert {gate.id for gate in outcome.run.gates} == {
        "documentation", "operation", "governance", "nonconformities", "confirmation",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("test", "outcome_of", "exceptions", "basis"),
    [
        ("plan_duties_all_assigned", "not_met", 1, "standard"),
        ("process_plan_conforms_to_master_plan", "not_met", 1, "standard"),
        ("master_plan_approved_and_current", "met", 0, "standard"),
        ("plan_progress_reported", "met", 0, "standard"),
        ("improvement_baseline_collected", "met", 0, "standard"),
        ("improvement_baseline_before_start", "not_met", 1, "good_practice"),
        ("wide_improvement_run_as_project", "not_met", 1, "good_practice"),
        ("single_process_improvement_led_by_process_owner", "met", 0, "standard"),
        ("improvement_compared_with_baseline", "met", 0, "standard"),
    ],
)
def test_plan_do_check_act_is_tested_on_records(
    outcome: RunOutcome, test: str, outcome_of: str, exceptions: int, basis: str
) -> None:
    result = next(one.result for one in outcome.run.record_tests if one.id == test)
    assert (result.outcome, result.exceptions, result.basis) == (outcome_of, exceptions, basis)


def test_what_the_text_asks_makes_a_candidate_and_what_practice_asks_makes_none(outcome: RunOutcome) -> None:
    found = {one.procedure for one in outcome.run.findings}
    assert "record.plan_duties_all_assigned" in found
    assert "record.process_plan_conforms_to_master_plan" in found
    assert "record.improvement_baseline_before_start" not in found
    assert "record.wide_improvement_run_as_project" not in found


def test_the_plan_follows_the_phases_of_the_edition(outcome: RunOutcome) -> None:
    (item,) = [one for one in outcome.run.plan if "4.1-3" in one.points]
    assert (item.phase, item.route) == ("plan", "project")


def test_the_code_of_practice_is_scored_apart(outcome: RunOutcome) -> None:
    verdicts = {one.item: one for one in outcome.run.alignment.verdicts}
    assert verdicts["20000-2-2005:4.4.2/2"].value == "partly"
    assert verdicts["20000-2-2005:4.1/5"].value == "not_followed"
    assert any(one.id == "O-20000-2-2005:4.1/5" for one in outcome.run.plan)


def test_reports_are_made(outcome: RunOutcome) -> None:
    view = build_view(outcome.run)
    assert "iso-iec-20000-1-2005" in assessment_json(outcome.run, view)
    assert [clause.clause for clause in view.blocks][:3] == ["3.1", "3.2", "3.3"]
