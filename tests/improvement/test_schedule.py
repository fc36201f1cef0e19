"""Tasks laid into working days: capacity, predecessors, waiting, the longest chain, and what is known of the end."""

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from plan_samples import AS_OF, shop

from auditkit.assessment.calendars import WorkingCalendar
from auditkit.improvement.critical_path import duration, in_order
from auditkit.improvement.model import Estimate
from auditkit.improvement.planning_model import Schedule, Task, ToClear
from auditkit.improvement.schedule import Capacities, lay_out
from auditkit.improvement.work_days import WorkDays, from_calendar
from auditkit.improvement.work_out import quick_wins, schedule


def task(name: str, days: float = 1, who: str | tuple[str, ...] = "Ann", **more: Any) -> Task:
    """A task of one person."""
    resources = (who,) if isinstance(who, str) else who
    effort = Estimate(low=days, likely=days, high=days)
    return Task(id=name, kind="action", title=name, owner="Ann", resources=resources, effort=effort, **more)


def laid(*tasks: Task, capacity: float = 1, **stated: float) -> Schedule:
    return lay_out(tasks, Capacities(stated, capacity), WorkDays(AS_OF, from_calendar(None)), {})


def days(found: Schedule) -> dict[str, tuple[str, str]]:
    return {one.task: (f"{one.start:%m-%d}", f"{one.finish:%m-%d}") for one in found.tasks}


def test_work_begins_after_the_as_of_date_and_leaves_out_the_weekend() -> None:
    assert days(laid(task("A", 2))) == {"A": ("10-16", "10-19")}  # Friday, Monday


def test_nobody_does_more_than_he_has_time_for() -> None:
    found = laid(task("A", 1), task("B", 1), task("C", 1, "Ben"))
    assert days(found) == {"A": ("10-16", "10-16"), "B": ("10-19", "10-19"), "C": ("10-16", "10-16")}
    assert found.exact


def test_half_a_day_a_day_takes_twice_as_long_and_two_share_evenly() -> None:
    assert days(laid(task("A", 2), capacity=0.5)) == {"A": ("10-16", "10-21")}
    assert days(laid(task("A", 4, ("Ann", "Ben")))) == {"A": ("10-16", "10-19")}
    assert days(laid(task("A", 4, ("Ann", "Ben")), Ben=0.5)) == {"A": ("10-16", "10-21")}


def test_a_role_of_three_does_three_things_at_once_but_none_faster() -> None:
    found = laid(*(task(name, 2, "auditors") for name in "ABCD"), auditors=3)
    assert list(days(found).values()).count(("10-16", "10-19")) == 3
    assert found.end == date(2026, 10, 21)


def test_a_predecessor_is_finished_first_and_waiting_holds_the_look_not_the_successor() -> None:
    found = laid(
        task("A", 1, wait_days=30),
        task("B", 1, "Ben", predecessors=("A",)),
        task("V", 1, "Cem", proves=("A",)),
    )
    assert days(found) == {
        "A": ("10-16", "10-16"),
        "B": ("10-19", "10-19"),
        "V": ("11-16", "11-16"),  # 30 days after the 16th is a Sunday
    }
    assert found.critical == ("A", "V")
    assert {one.task: one.slack_days for one in found.tasks} == {"A": 0, "B": 20, "V": 0}


def test_months_of_records_are_counted_in_whole_months() -> None:
    found = laid(task("A", 1, wait_months=3))
    assert found.tasks[0].effect == date(2027, 1, 18)  # 16 January is a Saturday


def test_records_that_are_too_young_have_their_day() -> None:
    records = task("R", 0, (), not_before=date(2026, 12, 1))
    assert laid(records).tasks[0].effect == date(2026, 12, 1)


def test_holidays_of_a_calendar_are_free() -> None:
    calendar = WorkingCalendar(hours={"mon-thu": ("08:00-16:00",)}, holidays=(date(2026, 10, 19),))
    found = lay_out([task("A", 2)], Capacities({}, 1), WorkDays(AS_OF, from_calendar(calendar)), {})
    assert days(found) == {"A": ("10-20", "10-21")}


def test_a_task_behind_its_date_says_how_far() -> None:
    assert laid(task("A", 2, due=date(2026, 10, 16))).tasks[0].late_days == 3
    assert laid(task("A", 2, due=date(2026, 10, 19))).tasks[0].late_days == 0


def test_what_waits_for_nothing_that_is_there_is_named() -> None:
    found = laid(task("A", 1, predecessors=("Z",)), task("B", 1))
    assert list(days(found)) == ["B"]
    assert found.notes == ("A waits for what is not in the plan or for itself, and is not laid out.",)


def test_the_end_is_called_exact_only_when_no_schedule_can_beat_it() -> None:
    assert laid(task("A", 3), task("B", 2)).exact
    one, two = laid(task("A", 1)), laid(task("A", 1), task("B", 1, "Ben", predecessors=("A",)))
    assert one.exact
    assert two.end == two.bound


def test_quick_wins_are_known_small_single_and_free() -> None:
    tasks = (
        task("A", 5),
        task("B", 6),
        task("C", 1, ("Ann", "Ben")),
        task("D", 1, cost=10),
        task("E", 1, predecessors=("A",)),
        task("F", 1, effort_assumed=True),
        task("G", 1, processes=("x", "y")),
        task("H", 0, done=True),
    )
    assert quick_wins(tasks, shop(()).rules) == ("A",)


def test_of_alternatives_the_one_in_the_smallest_set_is_laid_out() -> None:
    tasks = (task("A", predecessors=("P",)), task("P"), task("B", replaces="A"), task("C"))
    assert schedule(shop(tasks), ["B"]).left_out == ("A", "P")
    assert schedule(shop(tasks), []).left_out == ("B",)


def test_a_milestone_has_a_day_only_when_everything_on_the_way_is_cleared() -> None:
    closed = ToClear(id="g", gate="governance", kind="other", what="w", alternatives=(("A",), ("B",)))
    found = schedule(shop((task("A", 3), task("B", 1, "Ben")), (closed,)), [])
    assert {one.id: one.day for one in found.milestones}["stage-1"] == date(2026, 10, 16)
    stuck = closed.model_copy(update={"id": "h", "alternatives": ()})
    lacking = schedule(shop((task("A", 3),), (closed, stuck)), []).milestones[0]
    assert (lacking.day, lacking.lacking) == (None, ("h",))


def test_a_milestone_that_actions_name_is_the_last_of_their_days() -> None:
    found = schedule(shop((task("A", 1, milestone="go"), task("B", 3, "Ben", milestone="go"))), [])
    assert {one.id: one.day for one in found.milestones}["go"] == date(2026, 10, 20)


@st.composite
def plans(draw: st.DrawFn) -> tuple[Task, ...]:
    names = [f"T{at}" for at in range(draw(st.integers(1, 8)))]
    return tuple(
        task(
            name,
            draw(st.sampled_from([0, 0.25, 0.5, 1, 2.5, 4])),
            draw(st.sampled_from(["Ann", "Ben", ("Ann", "Ben")])),
            predecessors=tuple(
                draw(st.lists(st.sampled_from(names[:at]), max_size=2, unique=True)) if at else ()
            ),
            wait_days=draw(st.sampled_from([0, 0, 10])),
        )
        for at, name in enumerate(names)
    )


@settings(max_examples=60, deadline=None)
@given(plans(), st.sampled_from([0.5, 1.0]))
def test_every_schedule_keeps_order_and_capacity_and_never_beats_the_bound(
    tasks: tuple[Task, ...], capacity: float
) -> None:
    found = laid(*tasks, capacity=capacity)
    at = {one.task: one for one in found.tasks}
    assert at.keys() == {one.id for one in tasks}
    pace = dict.fromkeys((one.id for one in tasks), Fraction(str(capacity)))
    used: dict[tuple[str, date], Fraction] = {}
    for one in tasks:
        length = duration(one, dict.fromkeys(one.resources, pace[one.id]))
        worked = [
            day
            for offset in range((at[one.id].finish - at[one.id].start).days + 1)
            if (day := at[one.id].start + timedelta(days=offset)).weekday() < 5
        ]
        assert len(worked) == max(length, 1)
        for before in one.predecessors:
            if length and duration(
                next(x for x in tasks if x.id == before), {"Ann": pace[before], "Ben": pace[before]}
            ):
                assert at[before].finish < at[one.id].start
        for day in worked if length else ():
            for who in one.resources:
                share = Fraction(str(one.effort.likely)) / len(one.resources) / length
                used[who, day] = used.get((who, day), Fraction(0)) + share
    assert all(one <= Fraction(str(capacity)) for one in used.values())
    assert found.bound <= found.end
    assert found.exact == (found.bound == found.end)
    assert laid(*reversed(tasks), capacity=capacity) == found


def test_order_has_everything_ahead_and_names_rings() -> None:
    ordered, stuck = in_order([task("B", predecessors=("A",)), task("A"), task("X", predecessors=("X",))])
    assert [one.id for one in ordered] == ["A", "B"]
    assert stuck == ("X",)
