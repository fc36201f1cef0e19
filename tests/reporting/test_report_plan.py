"""Section 7, second part: the order with its arithmetic, what opens the gates; candidates and names stay out."""

from datetime import date
from pathlib import Path
from typing import Any

from sample_engagement import CANDIDATE_ID
from sample_run import sample_run

from auditkit.evidence.privacy_words import PrivacyWords
from auditkit.findings.readiness_model import Readiness
from auditkit.improvement.model import Estimate
from auditkit.improvement.planning_load import load_rules
from auditkit.improvement.planning_model import (
    Load,
    MilestoneDay,
    PlanningRules,
    PlanWork,
    Schedule,
    ScheduledTask,
    SmallestSet,
    Task,
    ToClear,
)
from auditkit.improvement.priority_model import InputShown, Moved, Priority, Sensitivity
from auditkit.reporting.html import render_html
from auditkit.reporting.jsonout import assessment
from auditkit.reporting.model import Run
from auditkit.reporting.redaction import Redaction, redact_run
from auditkit.reporting.view import build_view

ROOT = Path(__file__).resolve().parents[2]
DAY = date(2026, 11, 2)
TWO = Estimate(low=1, likely=2, high=4)


def rules() -> PlanningRules:
    found, issues = load_rules(ROOT / "checklists/planning/house.yaml", "house.yaml")
    assert found is not None, issues
    return found


def task(name: str, about: str, **more: Any) -> Task:
    values = {
        "kind": "action",
        "title": f"Do {name}",
        "owner": "Rosa Stein",
        "resources": ("Rosa Stein",),
        **more,
    }
    return Task(id=name, effort=TWO, finding=about, **values)


def smallest(by: str, *tasks: str, **more: Any) -> SmallestSet:
    values = {"not_cleared": (), "proven": True, "dependencies_day": DAY, **more}
    return SmallestSet(
        by=by,  # type: ignore[arg-type]
        gates=("governance",),
        tasks=tasks,
        effort=TWO,
        effort_assumed=(),
        solver="Optimal",
        programs=3,
        **values,
    )


def work(**more: Any) -> PlanWork:
    tasks = (
        task("CA-001", "NC-001"),
        task("CA-002", CANDIDATE_ID),
        task(f"verify {CANDIDATE_ID}", "", kind="auditors", proves=("CA-002",)),
    )
    names = [one.id for one in tasks]
    item = sample_run().plan[0].id
    first = Priority(
        item=item,
        rank=1,
        values=("2.5",),
        arithmetic=("grade 10 / effort 4 = 2.5",),
        inputs=(InputShown(name="effort", given="", number="4", assumed=True),),
    )
    hidden = first.model_copy(update={"item": "P-X", "rank": 2, "arithmetic": ("hidden 1 = 1",)})
    values = {
        "owner": "Rosa Stein",
        "scheme": "mine",
        "scheme_title": "Short work first",
        "priorities": (first, hidden),
        "sensitivity": Sensitivity(
            scheme="mine",
            share_percent=20,
            items=1,
            top=5,
            moves=(Moved(weight="grade", was="1", becomes="0.8", changed=("a 1 -> 2",), top_stays=False),),
        ),
        "tasks": tasks,
        "to_clear": (
            ToClear(id="g", gate="governance", kind="other", what="w", alternatives=(("CA-001",),)),
        ),
        "smallest": (smallest("effort", *names), smallest("date", *names)),
        "schedule": Schedule(
            tasks=tuple(
                ScheduledTask(task=one, start=DAY, finish=DAY, effect=date(2026, 12, 2), slack_days=0)
                for one in names
            ),
            end=DAY,
            bound=DAY,
            exact=True,
            critical=(),
            loads=(Load(who="Rosa Stein", effort_days=2, capacity=1, assumed=False),),
            milestones=(
                MilestoneDay(id="stage-1", title="Ready for stage 1", day=DAY),
                MilestoneDay(id="stage-2", title="Ready for stage 2", day=None, lacking=("x",)),
            ),
            notes=("No calendar is named.",),
        ),
        "quick_wins": (),
        **more,
    }
    return PlanWork(**values)


def with_work(**more: Any) -> Run:
    return sample_run().model_copy(update={"plan_work": work(**more)})


def test_a_run_that_did_not_work_the_plan_out_shows_nothing_of_it() -> None:
    view = build_view(sample_run())
    assert view.plan_work is None
    assert "What opens the gates" not in render_html(view)


def test_the_order_stands_with_its_arithmetic_and_what_was_assumed() -> None:
    page = render_html(build_view(with_work()))
    assert "grade 10 / effort 4 = 2.5" in page
    assert "Owner of the service improvement plan and of the register of improvements: Rosa Stein." in page
    assert "The order is that of the scheme mine (Short work first)" in page
    assert "1 of 1 moves change a place, and the first 1 items do not stay the same" in page
    assert "Ready for stage 1: 2 November 2026" in page
    assert "Ready for stage 2: no day, for nothing in the plan clears 1 blocker." in page
    assert "No calendar is named." in page


def test_what_rests_on_candidates_is_counted_and_named_nowhere() -> None:
    shown = build_view(with_work()).plan_work
    assert shown is not None
    assert [one.task for one in shown.tasks] == ["CA-001"]
    assert [one.arithmetic for one in shown.order] == [("grade 10 / effort 4 = 2.5",)]
    assert "2 tasks of the set are not shown: they rest on candidates of Annex A." in shown.sentences
    assert CANDIDATE_ID not in shown.model_dump_json()


def test_a_set_that_opens_nothing_says_so_first() -> None:
    stuck = smallest("effort", "CA-001", not_cleared=("g",), proven=False)
    shown = build_view(with_work(smallest=(stuck, stuck))).plan_work
    assert shown is not None
    assert shown.sentences[0] == (
        "No set of tasks in the plan opens every gate: nothing clears 1 of 1 blockers. The smallest set for the "
        "others takes 1 task and 2 days (1 to 4) of work; not proven smallest: the search was cut short."
    )


def test_a_set_that_is_done_earlier_is_told_with_its_price() -> None:
    earlier = smallest("date", "CA-001", dependencies_day=date(2026, 10, 20))
    shown = build_view(with_work(smallest=(smallest("effort", "CA-002"), earlier))).plan_work
    assert shown is not None
    assert "the set that is done first, by 20 October 2026, takes 2 days (1 to 4)" in " ".join(
        shown.sentences
    )


def test_assessment_json_holds_all_of_it() -> None:
    run = with_work()
    data = assessment(run, build_view(run))["plan_work"]
    assert data["smallest"][0]["tasks"][0] == "CA-001"
    assert data["priorities"][0]["arithmetic"] == ["grade 10 / effort 4 = 2.5"]


def test_redaction_takes_the_names_out_of_tasks_and_work() -> None:
    run = with_work()
    planned = redact_run(
        run, Redaction(run.engagement.people, ["Rosa Stein"], PrivacyWords(), "all"), {}
    ).plan_work
    assert "Rosa Stein" in work().model_dump_json()
    assert planned is not None
    assert "Rosa Stein" not in planned.model_dump_json()
    assert planned.tasks[0].resources == (planned.owner,)
    assert planned.schedule.loads[0].who == planned.owner


def promised(day: date) -> tuple[str, ...]:
    """Return the milestones of a plan that is done on DAY, where the dates owners gave allow another."""
    values = {"gates": (), "day": None, "without_date": 1, "decided_by": "x"}
    readiness = Readiness(as_of=date(2026, 10, 15), not_before=day, **values)
    view = build_view(with_work().model_copy(update={"readiness": readiness}))
    assert view.plan_work is not None
    return view.plan_work.milestones


def test_dates_that_are_promised_later_than_the_work_takes_are_told() -> None:
    assert promised(date(2026, 12, 29))[-1].startswith(
        "That is what the work takes when it begins now. By the dates promised so far it is not before 29 December 2026 ("
    )
    assert not any("promised" in one for one in promised(DAY))


def test_the_numbers_nobody_stated_are_disclosed_with_their_source() -> None:
    view = build_view(with_work(rules=rules()))
    assert view.plan_work is not None
    assert view.plan_work.notes[-1] == (
        "Where nobody said otherwise: 0.5 person days a working day of a person or role; days for each: an answer 1, "
        "a decision on a plan 0.25, a check of an effect 0.5, a candidate 0.1, a point to assess 0.25, a point to confirm "
        "0.05; an action that nobody estimated counts 20, or as the highest estimate of the plan. House defaults; no "
        "standard sets such numbers."
    )
