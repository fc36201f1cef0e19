"""What document procedures look at, and the documents of one type that are in use."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from auditkit.evidence.model import EvidenceItem, EvidenceRequest, ReadDocument, Register

MASTER_PLAN = "service_management_plan"
"""Document type of the plan that all process plans belong to."""
PROCESS_PLANS = frozenset(
    (
        "capacity_plan",
        "continuity_plan",
        "availability_plan",
        "communication_plan",
        "monitoring_plan",
        "audit_programme",
    )
)
"""Document types that must refer to the master plan and may not contradict it."""
REPEATED_TYPES = frozenset(
    (
        "service_level_agreement",
        "supplier_contract",
        "internal_supplier_agreement",
        "service_report",
        "change_trend_report",
        "continuity_test_report",
        "audit_report",
        "management_review_minutes",
        "transition_plan",
        "service_design",
        "service_requirements",
        "process_documentation",
    )
)
"""Types of which there are several at a time: one a customer, supplier, month, meeting, process or project."""


class DocumentEvidence(NamedTuple):
    """All that document procedures look at."""

    register: Register
    requests: tuple[EvidenceRequest, ...]
    documents: Mapping[str, ReadDocument]
    """By file below evidence/."""
    vanished_types: frozenset[str]
    """Document types of items that were accepted once and are no longer registered."""
    as_of: date
    period_end: date
    organisation: str = ""
    """Name of the organisation that is audited; empty: whose documents they are is not looked at."""
    left_at: Mapping[str, date | None] | None = None
    """Name of a person or holder of a role to the day of leaving (None: in post); None: no such records were received."""
    owners_unsure: str = ""
    """Why records of persons cannot be relied on (accepted once and gone, unreadable); empty: nothing of the kind."""
    by_type: Mapping[str, Sequence[EvidenceItem]] | None = None
    """``by_document_type`` of the register, made once for all requirements; None: the register is searched."""


class Candidate(NamedTuple):
    """A registered document that was read, at least in part."""

    item: EvidenceItem
    document: ReadDocument


def by_document_type(items: Iterable[EvidenceItem]) -> dict[str, list[EvidenceItem]]:
    """Return the items of each document type, in their order."""
    found: dict[str, list[EvidenceItem]] = {}
    for item in items:
        if item.document_type is not None:
            found.setdefault(item.document_type, []).append(item)
    return found


def items_of(evidence: DocumentEvidence, document_type: str) -> Sequence[EvidenceItem]:
    """Return the registered items of a type, in the order of the register."""
    by_type = evidence.by_type
    if by_type is None:
        by_type = by_document_type(evidence.register.items)
    return by_type.get(document_type, ())


def current_items(evidence: DocumentEvidence, document_type: str) -> tuple[EvidenceItem, ...]:
    """Return the items of a type that the register calls current, by id."""
    return tuple(
        sorted(
            (item for item in items_of(evidence, document_type) if item.status == "current"),
            key=lambda item: item.id,
        )
    )
