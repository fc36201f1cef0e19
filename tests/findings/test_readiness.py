"""Every kind of blocker has an owner, a waiting and a day, or says why it has none. As-of is 15 October 2026."""

import sys
from datetime import date
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from readiness_samples import AS_OF, clock, facts, finding, gate, one, reading

from auditkit.assessment.model import GateBlocker
from auditkit.assessment.records_planned import Planned
from auditkit.evidence.model import EvidenceItem, EvidenceRequest
from auditkit.findings.readiness import forecast
from auditkit.findings.readiness_days import Commitment

NOV_29 = date(2026, 11, 29)
REQUEST = EvidenceRequest(
    id="RQ-001",
    asked_for="Policy",
    document_type="policy",
    dataset="change",
    asked_at=date(2026, 9, 1),
    asked_of="Lena Hoffmann",
)
POLICY = EvidenceItem(
    id="EV-010", title="Policy", file="p.md", kind="document", document_type="policy", owner="Anna Berg"
)


def test_records_that_are_too_young_only_need_time() -> None:
    found = one("records_too_young", facts(readings=(reading(date(2026, 9, 20)),)), "change")
    assert (found.needs_records_until, found.not_before) == (date(2026, 12, 20), date(2026, 12, 20))
    assert found.without_date == ""
    assert (found.owner, found.owner_by) == ("P-012", "process Change management")
    assert [(step.what, step.at) for step in found.chain] == [
        ("first record", date(2026, 9, 20)),
        ("3 months of records (parameter operation_months)", date(2026, 12, 20)),
    ]


@pytest.mark.parametrize(
    ("readings", "not_before"),
    [
        ((), date(2027, 1, 15)),
        ((reading(None),), date(2027, 1, 15)),
        ((reading(date(2026, 1, 1), readable=False),), date(2027, 1, 15)),
        ((reading(date(2026, 9, 20)), reading(None, readable=False)), date(2026, 12, 20)),
    ],
)
def test_records_that_are_not_shown_have_no_date(readings: tuple, not_before: date) -> None:
    found = one("records_not_shown", facts(readings=readings, requests=(REQUEST,)), "change")
    assert (found.needs_records, found.needs_records_until, found.not_before) == (True, None, not_before)
    assert found.without_date == "no day is known on which the records will be shown"
    assert (found.owner, found.owner_by) == ("Lena Hoffmann", "request RQ-001")


def test_a_document_needs_no_waiting() -> None:
    given = facts(finding(due=NOV_29))
    found = one("document_not_shown", given, "policy", ("8.5.1.3-1",))
    assert (found.due, found.not_before, found.needs_records, found.without_date) == (
        NOV_29,
        NOV_29,
        False,
        "",
    )
    assert (found.owner, found.owner_by) == ("Jan Otte", "answer of NC-001")


def test_a_document_without_a_finding_on_every_point_has_no_date() -> None:
    found = one("document_not_shown", facts(finding(due=NOV_29)), "policy", ("8.5.1.3-1", "7.5.4-1j"))
    assert found.without_date == "no finding with a date covers 7.5.4-1j"
    assert (found.not_before, found.due) == (NOV_29, NOV_29)


@pytest.mark.parametrize(
    ("requests", "items", "owner", "by"),
    [
        ((REQUEST,), (POLICY,), "Lena Hoffmann", "request RQ-001"),
        ((REQUEST.model_copy(update={"answer": "received"}),), (POLICY,), "Anna Berg", "owner of EV-010"),
        ((), (POLICY,), "Anna Berg", "owner of EV-010"),
        ((), (), "P-012", "process Change management"),
    ],
)
def test_who_owes_a_document(requests: tuple, items: tuple, owner: str, by: str) -> None:
    given = facts(requests=requests, items=items)
    found = one("document_not_shown", given, "policy", ("8.5.1.3-1",))
    assert (found.owner, found.owner_by) == (owner, by)


def test_points_of_two_processes_have_no_one_owner() -> None:
    found = one("document_not_shown", facts(), "policy", ("8.5.1.3-1", "8.6.1-1a"))
    assert found.owner is None


def test_an_auditor_does_not_own_the_process_he_knows() -> None:
    assert one("document_not_shown", facts(), "policy", ("8.5.1.3-1",)).owner == "P-012"


def test_an_incomplete_audit_waits_for_the_next_one_planned() -> None:
    days = (date(2026, 9, 1), date(2026, 10, 15), date(2026, 12, 1))
    given = facts(planned=(Planned("9.2", "audit", days),))
    found = one("clause_not_conforming", given, "9.2", ("9.2.1-1b",))
    assert (found.due, found.not_before, found.without_date) == (AS_OF, AS_OF, "")
    given = facts(planned=(Planned("9.2", "audit", (days[0], days[2])),))
    found = one("clause_not_conforming", given, "9.2", ("9.2.1-1b",))
    assert (found.due, found.not_before) == (date(2026, 12, 1), date(2026, 12, 1))
    assert found.chain[0].what == "next planned by the records of dataset audit"


@pytest.mark.parametrize(
    ("planned", "why"),
    [
        ((), "nothing with a date is planned for 9.2.1-1b"),
        ((Planned("9.3", "management_review", (NOV_29,)),), "nothing with a date is planned for 9.2.1-1b"),
        ((Planned("9.2", "audit", (date(2026, 10, 14),)),), "nothing with a date is planned for 9.2.1-1b"),
        (
            (Planned("9.2", "audit", (), "EV-098 audit.csv cannot be read"),),
            "nothing with a date is planned for 9.2.1-1b (EV-098 audit.csv cannot be read)",
        ),
    ],
)
def test_an_audit_that_nobody_planned_has_no_date(planned: tuple[Planned, ...], why: str) -> None:
    assert one("clause_not_conforming", facts(planned=planned), "9.2", ("9.2.1-1b",)).without_date == why


def test_a_finding_on_an_audit_has_to_be_proven_and_the_rest_to_be_planned() -> None:
    raised = finding("NC-005", due=NOV_29, grade="minor", points=("9.2.1-1b",))
    planned = (Planned("9.2", "audit", (date(2026, 11, 1),)),)
    both = ("9.2.1-1b", "9.2.2-1d")
    found = one("clause_not_conforming", facts(raised, planned=planned), "9.2", both)
    assert (found.not_before, found.without_date) == (date(2026, 12, 29), "")
    assert one("clause_not_conforming", facts(raised), "9.2", both).without_date == (
        "nothing with a date is planned for 9.2.2-1d"
    )


def test_a_major_needs_the_proof_and_a_minor_the_plan() -> None:
    major = one("major_open", facts(finding(due=NOV_29)), "NC-001")
    assert (major.needs_records_until, major.not_before) == (date(2026, 12, 29), date(2026, 12, 29))
    minor = one("minor_without_plan", facts(finding(due=NOV_29, grade="minor")), "NC-001")
    assert (minor.needs_records, minor.not_before) == (False, NOV_29)


def test_the_owner_of_a_finding_is_in_its_answer_else_in_its_action_else_runs_the_process() -> None:
    actions = {"NC-001": (Commitment("CA-001", "Sabine Krüger", NOV_29, done=False),)}
    unanswered = finding(state="raised", owner="")
    assert one("major_open", facts(finding()), "NC-001").owner == "Jan Otte"
    acted = one("major_open", facts(unanswered, with_clock=clock(actions=actions)), "NC-001")
    assert (acted.owner, acted.owner_by, acted.due) == ("Sabine Krüger", "action CA-001", NOV_29)
    assert one("major_open", facts(unanswered), "NC-001").owner == "P-012"


@pytest.mark.parametrize("kind", ["candidate", "not_assessed", "not_confirmed"])
def test_what_auditors_have_to_do_is_theirs_and_has_no_date(kind: str) -> None:
    found = one(kind, facts(), "C-1")
    assert (found.owner, found.owner_by, found.not_before) == ("P-001", "lead auditor", AS_OF)
    assert found.without_date


def test_a_blocker_of_no_known_kind_has_no_date() -> None:
    assert one("other", facts()).without_date == "nothing tells a date"


YOUNG = GateBlocker(what="Changes: young", kind="records_too_young", subject="change")
MAJOR = GateBlocker(what="NC-001: open", kind="major_open", subject="NC-001")
UNKNOWN = GateBlocker(what="9 points", kind="not_assessed")


def test_the_last_gate_decides_and_is_named() -> None:
    given = facts(finding(due=NOV_29), readings=(reading(date(2026, 9, 20)),))
    found = forecast([gate(YOUNG), gate(MAJOR, identifier="nonconformities")], given)
    assert [(gate.day, gate.decided_by) for gate in found.gates] == [
        (date(2026, 12, 20), "Changes: young"),
        (date(2026, 12, 29), "NC-001: open"),
    ]
    assert (found.day, found.decided_by) == (date(2026, 12, 29), "Nonconformities: NC-001: open")


def test_one_blocker_without_a_date_leaves_the_whole_without_a_day() -> None:
    given = facts(readings=(reading(date(2026, 9, 20)),))
    found = forecast([gate(YOUNG), gate(UNKNOWN, identifier="confirmation")], given)
    assert [gate.day for gate in found.gates] == [date(2026, 12, 20), None]
    assert (found.day, found.not_before, found.without_date) == (None, date(2026, 12, 20), 1)


def test_open_gates_are_open_today_and_no_gate_is_no_forecast() -> None:
    found = forecast([gate()], facts())
    assert (found.day, found.gates[0].day, found.decided_by) == (AS_OF, AS_OF, "")
    assert forecast([], facts()).day is None
