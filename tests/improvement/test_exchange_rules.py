"""Which new values of an action count: owners, days, and states that the life of the finding allows."""

from datetime import date

import pytest
from exchange_sample import AS_OF, FIRST

from auditkit.assessment.engagement import Person
from auditkit.findings.lifecycle import Life, Rules
from auditkit.findings.model import AuditeePart, FindingState
from auditkit.improvement.exchange.items import own_fields
from auditkit.improvement.exchange.rules import Case, judge_change
from auditkit.improvement.model import ActionFile

PEOPLE = {
    "P-010": Person(id="P-010", name="Jan Otte", role="Manager", side="auditee"),
    "P-011": Person(id="P-011", name="Ines Falk", role="Lead", side="auditee"),
    "P-012": Person(id="P-012", name="Ines Falk", role="Another", side="auditee"),
}


def judged(
    state: FindingState | None = "plan_accepted",
    before: ActionFile = FIRST,
    baseline_at: date | None = date(2026, 10, 15),
    **new: str,
) -> list[tuple[str, str]]:
    """Return field and message of what is wrong with new values."""
    answer = AuditeePart(owner="Jan Otte", plan_accepted_at=date(2026, 10, 10))
    life = Life(state, "minor", answer, (), ()) if state else None
    case = Case("NC-001", life, date(2026, 10, 8) if state else None, Rules(PEOPLE, 30), baseline_at, AS_OF)
    found = judge_change(before, {**own_fields(before), **new}, case)
    return [(one.field, f"{one.message} {one.hint}") for one in found]


@pytest.mark.parametrize(
    "new",
    [
        {"owner": "P-010"},
        {"owner": "jan otte "},
        {"started_at": "2026-10-15"},
        {"started_at": "2026-11-01", "due": "2026-11-01"},
        {"status": "started"},
        {"status": "done"},
        {"status": "cancelled"},
    ],
)
def test_what_may_be(new: dict[str, str]) -> None:
    assert judged(**new) == []


@pytest.mark.parametrize(
    ("new", "field", "said"),
    [
        ({"owner": "Nobody"}, "owner", "Add the person to engagement.yaml"),
        ({"owner": "Ines Falk"}, "owner", "is not among the people"),
        ({"started_at": "2026-10-14"}, "started_at", "The baseline is of 2026-10-15, after the start on 2026-10-14."),
        ({"started_at": "2026-12-15"}, "started_at", "It is due on 2026-12-14, before it starts on 2026-12-15."),
        ({"due": "2026-11-01", "started_at": "2026-11-02"}, "due", "before it starts"),
        ({"status": "effective"}, "status", "auditkit finding verify NC-001"),
        ({"status": "Plan accepted"}, "status", "auditkit finding accept NC-001"),
        ({"status": ""}, "status", "Choose from the list."),
    ],
)  # fmt: skip
def test_what_may_not_be(new: dict[str, str], field: str, said: str) -> None:
    ((where, message),) = judged(**new)
    assert where == field
    assert said in message


def test_without_a_measured_baseline_any_start_may_be() -> None:
    assert judged(baseline_at=None, started_at="2026-01-01") == []


@pytest.mark.parametrize("state", ["raised", "answered", "reopened", None])
def test_done_needs_an_accepted_plan(state: FindingState | None) -> None:
    ((field, message),) = judged(state, status="done")
    assert field == "status"
    assert message.startswith("It cannot be done yet: ")


@pytest.mark.parametrize("state", ["implemented", "verified_effective", "closed"])
def test_what_the_finding_counts_as_done_stays_done(state: FindingState) -> None:
    done = FIRST.model_copy(update={"status": "done"})
    ((_, message),) = judged(state, done, status="started")
    assert "Open it again first: auditkit finding reopen NC-001" in message
    assert judged(state, status="done") == []


def test_old_values_are_not_judged_again() -> None:
    old = FIRST.model_copy(
        update={"owner": "Who Left", "started_at": date(2026, 1, 1), "due": date(2025, 1, 1)}
    )
    assert judged(before=old, title="New") == []
