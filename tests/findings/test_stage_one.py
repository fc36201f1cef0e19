"""The list for stage 1 says of every document what was asked, what came, and what it lacks."""

import sys
from datetime import date
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "assessment"))
from readiness_samples import AS_OF, CHANGE, OTTE, reading
from verdict_samples import catalog, one_point, result

from auditkit.assessment.model import PointVerdict
from auditkit.catalog.model import DocumentExpectation, DocumentType, Procedures
from auditkit.catalog.preparation import StageItem
from auditkit.evidence.model import (
    Approval,
    DocumentMeta,
    EvidenceItem,
    EvidenceRequest,
    Register,
    TableReading,
)
from auditkit.findings.readiness_model import StageDocument
from auditkit.findings.readiness_owners import Owners
from auditkit.findings.stage_one import Shown, list_for_stage_one

POLICY = DocumentType(id="policy", title="Policy", clauses=("8.5.1",), basis="standard", names=("p",))
HABIT = DocumentType(id="habit", title="Habit", clauses=("8.5.1",), basis="good_practice", names=("h",))
EXPECTED = {
    "procedures": Procedures(
        documents=(DocumentExpectation(type="policy"), DocumentExpectation(type="habit"))
    ),
    "suffices": (),
}
CATALOG = catalog(
    one_point("8.5.1.3-1", **EXPECTED),
    one_point("8.5.1.3-2", documented=True, procedures=Procedures(documents=(DocumentExpectation(type="policy"),)), suffices=()),
)  # fmt: skip
ITEM = EvidenceItem(
    id="EV-010",
    title="Change policy",
    file="p.md",
    kind="document",
    document_type="policy",
    version="2.2",
    owner="Anna Berg",
    next_review_at=date(2026, 12, 24),
    approvals=(Approval(by="Piotr Nowak", at=date(2025, 9, 1)),),
)


def request(answer: str, **more: object) -> EvidenceRequest:
    values = {
        "id": "RQ-001",
        "asked_for": "Policy",
        "document_type": "policy",
        "asked_at": date(2026, 9, 15),
        "asked_of": "Lena Hoffmann",
        "answer": answer,
    }
    return EvidenceRequest(**(values | more))  # type: ignore[arg-type]


def listed(
    *items: EvidenceItem,
    outcomes: tuple[str, str] = ("no_evidence", "no_evidence"),
    reason: str = "EV-010 shows no approval.",
    confirmed: tuple[str, ...] = (),
    requests: tuple[EvidenceRequest, ...] = (),
    complete: bool = False,
    further: tuple[StageItem, ...] = (),
    readings: tuple[TableReading, ...] = (),
    meta: DocumentMeta | None = None,
) -> dict[str, StageDocument]:
    """List the policy, with what its procedure saw on both points."""
    verdicts = {
        point: PointVerdict(
            point=point,
            requirement=point,
            clause="8.5.1.3",
            value="conforms" if point in confirmed else "not_assessed",
            standing="confirmed" if point in confirmed else "candidate",
            results=(
                result(
                    "document.policy",
                    point=point,
                    outcome=outcome,
                    population=1,
                    examined=1,
                    reasons=() if outcome == "met" else (reason,),
                ),
            ),
        )
        for point, outcome in zip(("8.5.1.3-1", "8.5.1.3-2"), outcomes, strict=True)
    }
    declared = {"documents_complete": True, "declared_by": "L", "declared_at": AS_OF} if complete else {}
    shown = Shown(
        catalog=CATALOG,
        verdicts=verdicts,
        register=Register(items=items, **declared),  # type: ignore[arg-type]
        requests=requests,
        metas={"p.md": meta} if meta else {},
        readings=readings,
        owners=Owners((OTTE,), (CHANGE,), requests, items),
        as_of=AS_OF,
    )
    return {one.id: one for one in list_for_stage_one((POLICY, HABIT), further, shown)}


def test_what_is_wholly_met_is_ready_with_version_approval_and_review() -> None:
    found = listed(ITEM, outcomes=("met", "met"), requests=(request("received"),))["policy"]
    assert (found.state, found.faults, found.owner) == ("ready", (), "Anna Berg")
    assert found.clauses == ("8.5.1.3",)
    assert found.asked == ("RQ-001, 2026-09-15, of Lena Hoffmann: received",)
    received = found.received[0]
    assert (received.evidence, received.version, received.approved, received.in_date) == (
        "EV-010",
        "2.2",
        "Piotr Nowak, 2025-09-01",
        True,
    )


def test_a_document_that_one_point_does_not_accept_has_defects() -> None:
    found = listed(ITEM, outcomes=("met", "no_evidence"))["policy"]
    assert (found.state, found.faults) == ("defects", ("EV-010 shows no approval.",))


def test_an_auditor_may_confirm_what_the_procedure_did_not_accept() -> None:
    found = listed(ITEM, outcomes=("met", "no_evidence"), confirmed=("8.5.1.3-2",))["policy"]
    assert (found.state, found.faults) == ("confirmed", ("EV-010 shows no approval.",))
    other = listed(ITEM, outcomes=("met", "no_evidence"), confirmed=("8.5.1.3-1",))["policy"]
    assert other.state == "defects"


@pytest.mark.parametrize(
    ("requests", "complete", "state"),
    [
        ((), False, "missing"),
        ((request("open"),), False, "missing"),
        ((request("refused"),), False, "refused"),
        ((request("refused"), request("open")), False, "missing"),
        ((request("does_not_exist"),), False, "missing"),  # nobody said it
        ((request("does_not_exist", answered_by="L", answered_at=AS_OF),), False, "does_not_exist"),
        ((), True, "does_not_exist"),
    ],
)
def test_what_did_not_come_says_why(
    requests: tuple[EvidenceRequest, ...], complete: bool, state: str
) -> None:
    assert listed(requests=requests, complete=complete)["policy"].state == state


def test_a_draft_alone_is_a_defect_and_not_received_as_current() -> None:
    found = listed(ITEM.model_copy(update={"status": "draft"}), reason="EV-010 is draft.")["policy"]
    assert (found.state, found.received, found.faults) == ("defects", (), ("EV-010 is draft.",))


def test_the_document_speaks_where_the_register_is_silent() -> None:
    bare = ITEM.model_copy(update={"version": None, "approvals": (), "next_review_at": None})
    meta = DocumentMeta(version="3", approver="Anna Berg", next_review_at=date(2026, 10, 14))
    received = listed(bare, meta=meta)["policy"].received[0]
    assert (received.version, received.approved, received.in_date) == ("3", "Anna Berg, undated", False)
    assert listed(bare)["policy"].received[0].in_date is None


def test_what_the_standard_does_not_ask_for_is_not_on_the_list() -> None:
    assert set(listed()) == {"policy"}


LISTS = StageItem(id="services", title="Services", why="w", documents=("policy",), datasets=("change",))
EXPORT = EvidenceItem(id="EV-001", title="Changes", file="c.csv", kind="record_export", dataset="change")


@pytest.mark.parametrize(
    ("items", "readings", "state"),
    [
        ((EXPORT,), (reading(None),), "ready"),
        ((EXPORT,), (reading(None, readable=False),), "defects"),
        ((EXPORT,), (), "defects"),
        ((), (), "missing"),
    ],
)
def test_one_of_document_and_export_is_enough(
    items: tuple[EvidenceItem, ...], readings: tuple[TableReading, ...], state: str
) -> None:
    found = listed(*items, further=(LISTS,), readings=readings)["services"]
    assert (found.state, found.asked_by) == (state, "auditor")
