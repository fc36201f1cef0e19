"""What document procedures look at, and the documents of one type that are in use."""

from collections.abc import Mapping
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


class Candidate(NamedTuple):
    """A registered document that was read, at least in part."""

    item: EvidenceItem
    document: ReadDocument


def current_items(evidence: DocumentEvidence, document_type: str) -> tuple[EvidenceItem, ...]:
    """Return the items of a type that the register calls current, by id."""
    return tuple(
        sorted(
            (
                item
                for item in evidence.register.items
                if item.document_type == document_type and item.status == "current"
            ),
            key=lambda item: item.id,
        )
    )
