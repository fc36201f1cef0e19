"""What ``auditkit readiness`` says of the worked engagement; every day is reckoned by hand from its workpapers."""

from datetime import date

import pytest

from auditkit.engagement.run import RunOutcome
from auditkit.findings.readiness_model import Readiness

pytestmark = pytest.mark.worked


@pytest.fixture(scope="module")
def found(worked: RunOutcome) -> Readiness:
    assert worked.run.readiness is not None
    return worked.run.readiness


def test_the_major_decides_and_no_day_is_promised(found: Readiness) -> None:
    """NC-003 is due on 29 November 2026, and thirty days of operation follow (own rule, EV-045)."""
    assert (found.day, found.not_before) == (None, date(2026, 12, 29))
    assert found.decided_by == "Nonconformities: NC-003: major nonconformity open"
    assert {one.gate: one.day for one in found.gates} == {
        "documentation": None,
        "operation": date(2026, 10, 15),
        "governance": None,
        "nonconformities": None,
        "confirmation": None,
    }


def test_findings_have_their_owners_and_dates(found: Readiness) -> None:
    blockers = {one.subject: one for gate in found.gates for one in gate.blockers if one.kind != "candidate"}
    told = {name: (blockers[name].owner, blockers[name].not_before) for name in ("NC-003", "NC-004")}
    assert told == {
        "NC-003": ("Sabine Krüger", date(2026, 12, 29)),
        "NC-004": ("Piotr Nowak", date(2026, 11, 24)),
    }
    assert blockers["NC-002"].without_date == "NC-002 is not answered"
    assert blockers["internal_supplier_agreement"].due == date(2026, 11, 29)


def test_past_audits_are_no_planned_ones(found: Readiness) -> None:
    """AUD-02 and AUD-06 were planned for December and February and not held; nothing lies ahead."""
    audits = next(one for gate in found.gates for one in gate.blockers if one.subject == "9.2")
    assert (audits.due, audits.not_before) == (None, date(2026, 10, 15))


def test_the_list_for_stage_1_names_what_is_not_there(found: Readiness) -> None:
    lacking = {one.id: one.state for one in found.stage_1 if one.state != "ready"}
    assert lacking == {
        "internal_supplier_agreement": "does_not_exist",
        "service_management_plan": "defects",
    }
