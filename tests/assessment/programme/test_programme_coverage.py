"""Coverage says what was audited, what is planned and what is late; what is not known never helps."""

from datetime import date

import pytest
from programme_samples import KNOWN, covered, programme, rules

from auditkit.assessment.programme.coverage import Seen, coverage, missed
from auditkit.assessment.programme.dates import months_after

RISKS = """\
areas:
  - {process: change, risk: high, because: Changes break services.}
  - {process: control, risk: low, because: Little changes here.}
  - {clause: "5", risk: medium, because: Management matters a bit.}
"""
DONE = """\
audits:
  - {id: AU-001, title: All, state: done, period: {start: 2026-03-02, end: 2026-03-06}, clauses: ["5", "8"], sites: [Kiel], lead: P-001}
"""
OWN = """\
audits:
  - {id: AU-002, title: Own, state: done, engagement: own, period: {start: 2026-10-01, end: 2026-10-05}, processes: [change], clauses: ["5"], sites: [Kiel, Ulm], lead: P-001}
"""


def seen(
    points: dict[str, tuple[int, int, int]],
    visited: tuple[str, ...] = (),
    remote: tuple[str, ...] = (),
    major: date | None = None,
) -> Seen:
    """``major``: when an open major on 8.5.1 was raised."""
    return Seen(points, frozenset(visited), frozenset(remote), {"8.5.1": major} if major else {})


def test_an_audit_that_was_held_covers_its_clauses_and_the_risk_sets_the_next_day() -> None:
    rows = covered(RISKS + DONE)
    assert [(rows[one].state, rows[one].due) for one in ("8.5.1", "5", "8.1")] == [
        ("covered", date(2027, 3, 6)),
        ("covered", date(2028, 3, 6)),
        ("covered", date(2029, 3, 6)),
    ]
    assert (rows["change"].state, rows["change"].last, rows["change"].rule) == (
        "covered",
        date(2026, 3, 6),
        "high-risk",
    )


def test_a_number_that_begins_alike_is_another_clause() -> None:
    rows = covered(RISKS + DONE.replace('["5", "8"]', '["8.1"]'))
    assert (rows["8.1"].last, rows["8.10"].last) == (date(2026, 3, 6), None)
    assert rows["control"].marks == {"AU-001": "part"}
    assert rows["control"].last is None


def test_what_nobody_rated_is_treated_as_high() -> None:
    row = covered(DONE)["8.1"]
    assert (row.risk, row.rule, row.due) == (None, "unrated", date(2027, 3, 6))


def test_what_was_never_audited_and_is_not_planned_is_never_and_later_overdue() -> None:
    assert covered(RISKS, as_of=date(2025, 6, 1))["8.5.1"].state == "never"
    late = covered(RISKS, as_of=date(2026, 6, 1))["8.5.1"]
    assert (late.state, late.due, late.last) == ("overdue", date(2026, 1, 1), None)


def test_every_area_is_due_once_a_cycle_whatever_its_risk() -> None:
    old = DONE.replace("2026-03-02", "2024-11-01").replace("2026-03-06", "2024-12-20")
    row = covered(RISKS + old)["8.1"]
    assert (row.rule, row.due, row.state) == ("low-risk", date(2027, 12, 20), "due")
    row = covered(
        RISKS + old, frequency=tuple(one for one in rules().frequency if one.when == "once_a_cycle")
    )["8.1"]
    assert (row.rule, row.due) == ("once-a-cycle", date(2027, 12, 31))


@pytest.mark.parametrize(
    ("end", "state"), [("2027-01-31", "planned"), ("2027-03-06", "planned"), ("2027-03-07", "due")]
)
def test_an_audit_planned_after_the_day_does_not_help(end: str, state: str) -> None:
    later = f"  - {{id: AU-003, title: Next, state: planned, period: {{start: 2027-01-20, end: {end}}}, processes: [change], lead: P-001}}\n"
    row = covered(RISKS + DONE + later, as_of=date(2027, 1, 15))["8.5.1"]
    assert (row.state, row.due, row.planned) == (state, date(2027, 3, 6), date.fromisoformat(end))


def test_an_audit_whose_days_passed_counts_only_when_somebody_called_it_done() -> None:
    planned = DONE.replace("state: done", "state: planned")
    row = covered(RISKS + planned)["8.5.1"]
    assert (row.last, row.planned, row.state) == (None, None, "overdue")
    assert missed(programme(planned), "own", date(2026, 10, 15)) == ("AU-001",)
    ahead = DONE.replace("2026-03-06", "2026-12-31")
    assert covered(RISKS + ahead)["8.5.1"].last is None


def test_a_cancelled_audit_covers_nothing() -> None:
    gone = DONE.replace("state: done", "state: cancelled, because: Nobody came.")
    assert covered(RISKS + gone)["8.5.1"].marks == {"AU-001": ""}


def test_this_engagement_counts_by_what_it_examined_and_not_by_its_state() -> None:
    assert covered(RISKS + OWN)["8.5.1"].marks == {"AU-002": "planned"}
    part = covered(RISKS + OWN, seen({"8.5.1": (2, 1, 1), "5": (1, 1, 0)}))
    assert (part["8.5.1"].marks, part["8.5.1"].last) == ({"AU-002": "part"}, None)
    assert (part["8.5.1"].points, part["8.5.1"].examined, part["8.5.1"].confirmed) == (2, 1, 1)
    assert (part["5"].state, part["5"].last) == ("covered", date(2026, 10, 5))
    whole = covered(RISKS + OWN, seen({"8.5.1": (2, 2, 0), "5": (1, 1, 0)}))
    assert whole["8.5.1"].last == date(2026, 10, 5)


def test_rules_can_ask_for_confirmed_verdicts() -> None:
    strict = rules().counts_when.model_copy(update={"value": "confirmed"})
    rows = covered(RISKS + OWN, seen({"8.5.1": (2, 2, 1), "5": (1, 1, 1)}), counts_when=strict)
    assert (rows["8.5.1"].last, rows["5"].last) == (None, date(2026, 10, 5))


def test_less_examined_never_covers_more() -> None:
    urgency = {"covered": 0, "planned": 1, "due": 2, "never": 3, "overdue": 4}
    before = None
    for examined in (2, 1, 0):
        row = covered(RISKS + OWN, seen({"8.5.1": (2, examined, 0)}))["change"]
        assert before is None or urgency[row.state] >= urgency[before.state]
        assert before is None or row.due <= before.due
        before = row


def test_a_site_seen_from_afar_is_not_visited_unless_the_rules_say_so() -> None:
    looked = seen({}, ("Kiel",), ("Ulm",))
    rows = covered(RISKS + OWN, looked)
    assert (rows["Kiel"].last, rows["Ulm"].last) == (date(2026, 10, 5), None)
    assert (rows["Ulm"].marks, rows["Ulm"].state) == ({"AU-002": "remote"}, "overdue")
    lenient = rules().site_needs_visit.model_copy(update={"value": False})
    assert covered(RISKS + OWN, looked, site_needs_visit=lenient)["Ulm"].last == date(2026, 10, 5)


def test_an_open_major_brings_the_day_forward_from_when_it_was_raised() -> None:
    looked = seen({"8.5.1": (2, 2, 2), "5": (1, 1, 1)}, major=date(2026, 10, 9))
    rows = covered(RISKS + OWN, looked)
    assert (rows["8.5.1"].rule, rows["8.5.1"].due) == ("open-major", date(2027, 4, 9))
    assert rows["change"].due == date(2027, 4, 9)
    assert rows["5"].rule == "medium-risk"
    told = DONE.replace(
        "lead: P-001", "lead: P-001, results: [{process: control, majors: 1, open_majors: 1}]"
    )
    assert covered(RISKS + told)["8.10"].due == date(2026, 9, 6)


def test_a_change_after_the_last_audit_brings_the_day_forward() -> None:
    changed = RISKS.replace(
        "Changes break services.", "Changes break services., changed_at: 2026-06-01, change: New tool."
    )
    row = covered(changed + DONE)["8.5.1"]
    assert (row.rule, row.due) == ("changed", date(2026, 12, 1))
    before = changed.replace("2026-06-01", "2026-01-01")
    assert covered(before + DONE)["8.5.1"].rule == "high-risk"


def test_rules_that_say_nothing_about_an_area_are_refused() -> None:
    few = tuple(one for one in rules().frequency if one.when == "changed")
    with pytest.raises(ValueError, match="say nothing about an area of the risk unrated"):
        coverage(
            programme(""), rules().model_copy(update={"frequency": few}), KNOWN, None, "own", date(2026, 1, 1)
        )


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2026, 3, 15), 24, date(2028, 3, 15)),
    ],
)
def test_months_on_the_calendar(day: date, months: int, then: date) -> None:
    assert months_after(day, months) == then
