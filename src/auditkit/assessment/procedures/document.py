"""The document procedure: is the documented information there, current, approved, and does it say what it must?

Finding nothing is ``no_evidence``. It becomes ``not_met`` only when the auditee answered that the thing does
not exist, or declared the documents complete (law 1).
"""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from auditkit.assessment.model import EvidenceRef, ProcedureResult, Quote
from auditkit.base.digest import digest_value
from auditkit.catalog.model import DocumentExpectation, DocumentType, Point, Topic
from auditkit.evidence.document_checks import find_topic, is_keyword_list, is_out_of_force, is_placeholder
from auditkit.evidence.model import EvidenceItem, EvidenceRequest, ReadDocument, Register

QUOTE_CHARACTERS = 280


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


class _Candidate(NamedTuple):
    item: EvidenceItem
    document: ReadDocument


def examine_document(
    point: Point, expectation: DocumentExpectation, kind: DocumentType, evidence: DocumentEvidence
) -> ProcedureResult:
    """Examine one expected document for one point."""
    topics = tuple(topic for topic in kind.topics if topic.id in expectation.topics)
    result = ProcedureResult(
        point=point.id,
        procedure=f"document.{kind.id}",
        kind="document",
        title=_title(kind, topics),
        basis=kind.basis,
        digest=digest_value([kind.model_dump(mode="json"), list(expectation.topics)]),
    )
    items = tuple(item for item in evidence.register.items if item.document_type == kind.id)
    if not items:
        return _absent(result, kind, evidence)
    current = [item for item in items if item.status == "current"]
    if not current:
        states = ", ".join(f"{item.id} is {item.status}" for item in items)
        return _lacking(result, evidence, f"No current {kind.title.lower()}: {states}.")
    usable, reasons, unread = _usable(current, evidence)
    result = result.model_copy(
        update={
            "population": len(current),
            "examined": len(usable),
            "unknown": unread,
            "evidence": tuple(
                EvidenceRef(
                    id=item.id, file=f"evidence/{item.file}", sha256=evidence.documents[item.file].sha256
                )
                for item in current
                if item.file in evidence.documents
            ),
        }
    )
    if not usable:
        return result.model_copy(update={"reasons": tuple(reasons)})
    return _topics(result, kind, topics, usable, reasons, evidence)


def _usable(
    current: list[EvidenceItem], evidence: DocumentEvidence
) -> tuple[list[_Candidate], list[str], int]:
    """Return the documents that can show something, why others cannot, and how many were not read whole."""
    usable: list[_Candidate] = []
    reasons: list[str] = []
    unread = 0
    for item in current:
        document = evidence.documents.get(item.file)
        if document is None or document.status != "read":
            unread += 1
            why = "the file is not there" if document is None else (document.why or document.status)
            reasons.append(f"{item.id} could not be read whole: {why}.")
        if document is None or document.status == "skipped":
            continue
        fault = _fault(item, document, evidence)
        if fault is None:
            usable.append(_Candidate(item, document))
        else:
            reasons.append(f"{item.id} {fault}.")
    return usable, reasons, unread


def _topics(
    result: ProcedureResult,
    kind: DocumentType,
    topics: tuple[Topic, ...],
    usable: list[_Candidate],
    reasons: list[str],
    evidence: DocumentEvidence,
) -> ProcedureResult:
    """Look for every topic in one document; the document that covers most of them decides."""
    best: tuple[Quote, ...] = ()
    for candidate in usable:
        quotes = tuple(quote for topic in topics if (quote := _quote(candidate, topic)) is not None)
        if len(quotes) > len(best):
            best = quotes
    missing = [topic for topic in topics if topic.id not in {quote.topic for quote in best}]
    result = result.model_copy(update={"quotes": best})
    if missing:
        names = ", ".join(topic.name for topic in missing)
        looked = ", ".join(candidate.item.id for candidate in usable)
        reason = f"Not found in {looked}: {names}."
        if result.unknown:  # it may stand in the document that could not be read
            return result.model_copy(update={"reasons": (*reasons, reason)})
        result = _lacking(result, evidence, reason, missing[0].basis)
        return result.model_copy(update={"reasons": (*reasons, *result.reasons)})
    if reasons or kind.id in evidence.vanished_types:
        if kind.id in evidence.vanished_types:
            reasons.append("An accepted document of this type is no longer registered.")
        return result.model_copy(update={"reasons": tuple(reasons)})
    return result.model_copy(update={"outcome": "met"})


def _fault(item: EvidenceItem, document: ReadDocument, evidence: DocumentEvidence) -> str | None:
    """Say why a document that was read cannot show anything; None when it can."""
    placeholder = is_placeholder(document)
    if placeholder is not None:
        return f"is a template, not a document ({placeholder})"
    out_of_force = is_out_of_force(document)
    if out_of_force is not None:
        return f"says itself that it is not in force ({out_of_force})"
    if is_keyword_list(document):
        return "is a list of keywords without sentences"
    effective = item.effective_at or document.meta.effective_at
    if effective is not None and effective > evidence.period_end:
        return f"takes effect on {effective}, after the audit period"
    if not item.approvals and document.meta.approver is None:
        return "shows no approval"
    review = item.next_review_at or document.meta.next_review_at
    if review is not None and review < evidence.as_of:
        return f"is past its own review date of {review}"
    return None


def _quote(candidate: _Candidate, topic: Topic) -> Quote | None:
    passage = find_topic(candidate.document, topic.cues)
    if passage is None:
        return None
    text = (
        passage.text if len(passage.text) <= QUOTE_CHARACTERS else passage.text[: QUOTE_CHARACTERS - 1] + "…"
    )
    return Quote(topic=topic.id, evidence=candidate.item.id, place=passage.place, text=text)


def _absent(result: ProcedureResult, kind: DocumentType, evidence: DocumentEvidence) -> ProcedureResult:
    for request in evidence.requests:
        if request.document_type != kind.id:
            continue
        if request.answer == "does_not_exist" and request.answered_by and request.answered_at:
            reason = f"{request.id}: {request.answered_by} answered on {request.answered_at} that it does not exist."
            return _not_met(result, reason)
        if request.answer in ("refused", "open"):
            word = "was refused" if request.answer == "refused" else "is not answered yet"
            return _lacking(result, evidence, f"{request.id} of {request.asked_at} {word}.")
    return _lacking(result, evidence, f"No {kind.title.lower()} was received.")


def _lacking(
    result: ProcedureResult, evidence: DocumentEvidence, reason: str, basis: str | None = None
) -> ProcedureResult:
    """Turn a lack into not_met where the documents were declared complete, else leave it at no_evidence."""
    register = evidence.register
    if basis is not None:
        result = result.model_copy(update={"basis": basis})
    if register.documents_complete and register.declared_by and register.declared_at:
        declared = (
            f"The documents were declared complete by {register.declared_by} on {register.declared_at}."
        )
        return _not_met(result, f"{reason} {declared}")
    return result.model_copy(update={"reasons": (reason,)})


def _not_met(result: ProcedureResult, reason: str) -> ProcedureResult:
    population = max(result.population or 0, 1)
    return result.model_copy(
        update={
            "outcome": "not_met",
            "population": population,
            "examined": max(result.examined, 1),
            "exceptions": 1,
            "beyond_tolerance": True,
            "reasons": (reason,),
        }
    )


def _title(kind: DocumentType, topics: tuple[Topic, ...]) -> str:
    if not topics:
        return f"A current, approved {kind.title.lower()} exists."
    names = ", ".join(topic.name.lower() for topic in topics)
    return f"A current, approved {kind.title.lower()} covers: {names}."
