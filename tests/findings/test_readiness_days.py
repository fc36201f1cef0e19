"""From which day a finding no longer stands in the way; every day is reckoned by hand. As-of is 15 October 2026."""

import sys
from datetime import date
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from readiness_samples import clock, finding

from auditkit.findings.gates import months_full_on
from auditkit.findings.readiness_days import Commitment, reckon_finding

NOV_24, NOV_29 = date(2026, 11, 24), date(2026, 11, 29)


def test_a_major_waits_thirty_days_after_its_date() -> None:
    found = reckon_finding(finding(due=NOV_29), clock(), effect=True)
    assert (found.not_before, found.records_until, found.due) == (
        date(2026, 12, 29),
        date(2026, 12, 29),
        NOV_29,
    )
    assert found.without_date == ""
    assert [(one.what, one.at) for one in found.steps] == [
        ("answer of NC-001 due", NOV_29),
        ("30 days of operation (parameter verification_wait_days)", date(2026, 12, 29)),
    ]


def test_what_records_showed_needs_three_months_of_new_ones() -> None:
    found = reckon_finding(finding(due=NOV_29), clock("NC-001"), effect=True)
    assert found.records_until == date(2027, 3, 1)  # there is no 29 February 2027
    assert found.steps[-1].at == date(2027, 3, 1)


def test_an_implemented_finding_counts_from_the_day_it_was_implemented() -> None:
    done = finding(state="implemented", due=NOV_29, done=date(2026, 10, 1))
    assert reckon_finding(done, clock(), effect=True).not_before == date(2026, 10, 31)
    assert reckon_finding(done, clock("NC-001"), effect=True).not_before == date(2027, 1, 1)


def test_a_proof_that_is_possible_already_is_not_put_into_the_past() -> None:
    done = finding(state="implemented", done=date(2026, 7, 1))
    found = reckon_finding(done, clock(), effect=True)
    assert (found.not_before, found.records_until) == (date(2026, 10, 15), date(2026, 7, 31))


def test_without_proof_the_date_of_the_action_is_the_day() -> None:
    found = reckon_finding(finding(due=NOV_24), clock(), effect=False)
    assert (found.not_before, found.needs_records, found.records_until) == (NOV_24, False, None)


def test_the_latest_of_answer_and_open_actions_counts() -> None:
    actions = {
        "NC-001": (
            Commitment("CA-001", "Jan Otte", date(2026, 12, 20), done=False),
            Commitment("CA-002", "Jan Otte", date(2027, 5, 1), done=True),
        )
    }
    found = reckon_finding(finding(due=NOV_29), clock(actions=actions), effect=False)
    assert found.not_before == date(2026, 12, 20)


@pytest.mark.parametrize(
    ("given", "actions", "why"),
    [
        (finding(state="raised"), (), "NC-001 is not answered"),
        (finding(state="reopened", due=NOV_29), (), "NC-001 was opened again and needs a new answer"),
        (finding(due=None), (), "NC-001 has no date (answer of NC-001)"),
        (
            finding(due=NOV_29),
            (Commitment("CA-001", "Jan Otte", None, done=False),),
            "NC-001 has no date (CA-001)",
        ),
        (
            finding(due=date(2026, 10, 14)),
            (),
            "NC-001 is past its date (answer of NC-001, 2026-10-14)",
        ),
        (finding(state="implemented", due=None, done=None), (), "NC-001 has no date (answer of NC-001)"),
    ],
)
def test_no_date_is_taken_for_granted(given: object, actions: tuple[Commitment, ...], why: str) -> None:
    found = reckon_finding(given, clock(actions={"NC-001": actions}), effect=True)  # type: ignore[arg-type]
    assert found.without_date == why
    assert found.records_until is None
    assert found.needs_records
    assert found.not_before >= date(2026, 11, 14)  # thirty days from the as-of date at the earliest


@pytest.mark.parametrize(
    ("first", "months", "full"),
    [
        (date(2026, 9, 15), 3, date(2026, 12, 15)),
        (date(2026, 11, 30), 3, date(2027, 3, 1)),
        (date(2026, 10, 31), 1, date(2026, 12, 1)),
        (date(2027, 11, 30), 3, date(2028, 3, 1)),
        (date(2026, 9, 30), 3, date(2026, 12, 30)),
        (date(2026, 10, 31), 2, date(2026, 12, 31)),
        (date(2026, 12, 31), 12, date(2027, 12, 31)),
        (date(2026, 5, 5), 0, date(2026, 5, 5)),
    ],
)
def test_months_are_full(first: date, months: int, full: date) -> None:
    assert months_full_on(first, months) == full
