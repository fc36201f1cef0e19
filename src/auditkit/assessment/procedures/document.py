"""The document procedure: is the documented information there, current, approved, and does it say what it must?

Finding nothing is ``no_evidence``. It becomes ``not_met`` only when the auditee answered that the thing does
not exist, or declared the documents complete (law 1). What a document lacks besides its content (approval,
review, owner, one version only, agreement with the master plan) keeps it from ``met`` and is left to judgement.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from auditkit.assessment.model import EvidenceRef, ProcedureResult
from auditkit.assessment.procedures.document_alignment import misalignments
from auditkit.assessment.procedures.document_currency import duplicates, shortcomings
from auditkit.assessment.procedures.document_evidence import (
    Candidate,
    DocumentEvidence,
    current_items,
    items_of,
)
from auditkit.assessment.procedures.document_faults import fault
from auditkit.assessment.procedures.document_topics import Coverage, cover
from auditkit.base.digest import digest_value
from auditkit.base.language import inside, say, short_day, translated
from auditkit.catalog.model import DocumentExpectation, DocumentType, Point, Topic
from auditkit.evidence.model import EvidenceItem, EvidenceRequest, ReadDocument
from auditkit.evidence.reasons import told_reason
from auditkit.evidence.words import status_word

__all__ = ["DocumentEvidence", "examine_document"]


class _Sorted(NamedTuple):
    """The current documents of a type, by what they can show."""

    usable: tuple[Candidate, ...]
    """They state something and count."""
    useless: tuple[Candidate, ...]
    """They were read and earn nothing."""
    unread: int
    """Registered documents that were not read whole."""
    reasons: tuple[str, ...]
    """What keeps the documents from being met, a sentence each."""


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
    items = items_of(evidence, kind.id)
    if not items:
        return _absent(result, kind, evidence)
    current = current_items(evidence, kind.id)
    if not current:
        return _lacking(result, evidence, _none_current(kind, items))
    found = _sort(current, evidence)
    result = result.model_copy(
        update={
            "population": len(current),
            "examined": len(found.usable),
            "unknown": found.unread,
            "evidence": _references(current, evidence),
        }
    )
    return _conclude(result, cover(topics, found.usable, found.useless), found, evidence)


def _sort(current: Sequence[EvidenceItem], evidence: DocumentEvidence) -> _Sorted:
    usable: list[Candidate] = []
    useless: list[Candidate] = []
    reasons = list(duplicates(current, evidence.documents))
    if current[0].document_type in evidence.vanished_types:
        reasons.append(say("An accepted document of this type is no longer registered."))
    unread = 0
    for item in current:
        document = evidence.documents.get(item.file)
        if document is None or document.status != "read":
            unread += 1
            reasons.append(_unread(item, document))
        if document is None or document.status == "skipped":
            continue
        candidate = Candidate(item, document)
        useless_because = fault(candidate, evidence)
        if useless_because is not None:
            useless.append(candidate)
            reasons.append(f"{item.id} {useless_because}.")
            continue
        usable.append(candidate)
        lacks = (*shortcomings(candidate, evidence), *misalignments(candidate, evidence))
        reasons.extend(f"{item.id} {one}." for one in lacks)
    return _Sorted(tuple(usable), tuple(useless), unread, tuple(dict.fromkeys(reasons)))


def _conclude(
    result: ProcedureResult, coverage: Coverage, found: _Sorted, evidence: DocumentEvidence
) -> ProcedureResult:
    """Decide: met with nothing against it, not met where a topic is known to stand nowhere, else no evidence."""
    looked = ", ".join(one.item.id for one in (found.usable or found.useless))
    result = result.model_copy(update={"quotes": coverage.best})
    said = list(found.reasons)
    for topic in coverage.missing:
        if topic.id in coverage.elsewhere and found.usable:
            where = ", ".join(coverage.elsewhere[topic.id])
            said.append(
                say(
                    "No one document that counts covers all topics: {topic} stands in {evidence}.",
                    topic=translated(topic.name),
                    evidence=where,
                )
            )
    absent = coverage.absent
    if absent and looked:
        topics = ", ".join(translated(topic.name) for topic in absent)
        reason = say("Not found in {evidence}: {topics}.", evidence=looked, topics=topics)
        if not found.unread:  # it may stand in a document that could not be read
            lacking = _lacking(result, evidence, reason, absent[0].basis)
            return lacking.model_copy(update={"reasons": (*said, *lacking.reasons)})
        said.append(reason)
    if said or not found.usable or coverage.missing:
        return result.model_copy(update={"reasons": tuple(said)})
    return result.model_copy(update={"outcome": "met"})


def _references(current: Sequence[EvidenceItem], evidence: DocumentEvidence) -> tuple[EvidenceRef, ...]:
    return tuple(
        EvidenceRef(id=item.id, file=f"evidence/{item.file}", sha256=evidence.documents[item.file].sha256)
        for item in current
        if item.file in evidence.documents
    )


def _absent(result: ProcedureResult, kind: DocumentType, evidence: DocumentEvidence) -> ProcedureResult:
    for request in evidence.requests:
        if request.document_type != kind.id:
            continue
        if request.answer == "does_not_exist" and request.answered_by and request.answered_at:
            reason = say(
                "{request}: {person} answered on {day} that it does not exist.",
                request=request.id,
                person=request.answered_by,
                day=short_day(request.answered_at),
            )
            return _not_met(result, reason)
        if request.answer in ("refused", "open"):
            return _lacking(result, evidence, _unanswered(request))
    return _lacking(result, evidence, say("No {document} was received.", document=inside(kind.title)))


def _none_current(kind: DocumentType, items: Iterable[EvidenceItem]) -> str:
    states = ", ".join(
        say("{evidence} is {status}", evidence=item.id, status=status_word(item.status))
        for item in sorted(items, key=lambda one: one.id)
    )
    return say("No current {document}: {states}.", document=inside(kind.title), states=states)


def _unread(item: EvidenceItem, document: ReadDocument | None) -> str:
    why = say("the file is not there")
    if document is not None:
        why = told_reason(document.why) or document.status
    return say("{evidence} could not be read whole: {why}.", evidence=item.id, why=why)


def _unanswered(request: EvidenceRequest) -> str:
    day = short_day(request.asked_at)
    if request.answer == "refused":
        return say("{request} of {day} was refused.", request=request.id, day=day)
    return say("{request} of {day} is not answered yet.", request=request.id, day=day)


def _lacking(
    result: ProcedureResult, evidence: DocumentEvidence, reason: str, basis: str | None = None
) -> ProcedureResult:
    """Turn a lack into not_met where the documents were declared complete, else leave it at no_evidence."""
    register = evidence.register
    if basis is not None:
        result = result.model_copy(update={"basis": basis})
    if register.documents_complete and register.declared_by and register.declared_at:
        declared = say(
            "The documents were declared complete by {person} on {day}.",
            person=register.declared_by,
            day=short_day(register.declared_at),
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
        return say("A current, approved {document} exists.", document=inside(kind.title))
    names = ", ".join(inside(topic.name) for topic in topics)
    return say("A current, approved {document} covers: {topics}.", document=inside(kind.title), topics=names)
