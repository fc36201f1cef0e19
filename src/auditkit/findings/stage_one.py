"""The list for stage 1: every document the standard asks for and what auditors want beside it, with its state (pure)."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from auditkit.assessment.model import PointVerdict, ProcedureResult
from auditkit.base.ids import natural_key
from auditkit.base.language import say, short_day
from auditkit.catalog.model import Catalog, DocumentType, Point
from auditkit.catalog.preparation import StageItem
from auditkit.evidence.model import (
    DocumentMeta,
    EvidenceItem,
    EvidenceRequest,
    Register,
    TableReading,
)
from auditkit.evidence.words import answer_word
from auditkit.findings.readiness_model import Received, StageDocument, StageState
from auditkit.findings.readiness_owners import Owners

_BEST: tuple[StageState, ...] = ("ready", "confirmed", "defects", "refused", "does_not_exist", "missing")


class Shown(NamedTuple):
    """What was handed over, and what was seen in it."""

    catalog: Catalog
    verdicts: Mapping[str, PointVerdict]
    """By point."""
    register: Register
    requests: tuple[EvidenceRequest, ...]
    metas: Mapping[str, DocumentMeta]
    """By file: what a document says of itself."""
    readings: tuple[TableReading, ...]
    owners: Owners
    as_of: date


class _Seen(NamedTuple):
    """One document type or dataset."""

    state: StageState
    asked: tuple[str, ...]
    received: tuple[Received, ...]
    faults: tuple[str, ...]
    owner: str | None


def list_for_stage_one(
    types: Iterable[DocumentType], items: Iterable[StageItem], shown: Shown
) -> tuple[StageDocument, ...]:
    """List the documents that the standard asks for in the order of clauses, then what auditors want beside them."""
    known = {one.id: one for one in types}
    named = [_named(kind, shown) for kind in known.values() if _asks(kind, _points(kind.id, shown))]
    named.sort(key=lambda one: [natural_key(clause) for clause in one.clauses])
    return (*named, *(_further(item, known, shown) for item in items))


def _asks(kind: DocumentType, points: list[Point]) -> bool:
    """Tell whether the standard asks for a document: it names the type, or the type serves what must be documented."""
    return bool(points) and (kind.basis == "standard" or any(point.documented for point in points))


def _points(kind: str, shown: Shown) -> list[Point]:
    return [
        point for point in shown.catalog.points if any(one.type == kind for one in point.procedures.documents)
    ]


def _named(kind: DocumentType, shown: Shown) -> StageDocument:
    points = _points(kind.id, shown)
    points = [point for point in points if point.documented] or points
    seen = _document(kind, shown)
    return StageDocument(
        id=kind.id,
        title=kind.title,
        asked_by="standard",
        clauses=tuple(dict.fromkeys(point.clause for point in points)),
        why="",
        **seen._asdict(),
    )


def _further(item: StageItem, types: Mapping[str, DocumentType], shown: Shown) -> StageDocument:
    """One of the documents and exports is enough; the best of them gives the state."""
    parts = [_document(types[one], shown) for one in item.documents]
    parts += [_export(one, shown) for one in item.datasets]
    best = min(parts, key=lambda one: _BEST.index(one.state))
    enough = best.state in ("ready", "confirmed")
    return StageDocument(
        id=item.id,
        title=item.title,
        asked_by="auditor",
        clauses=item.clauses,
        why=item.why,
        asked=tuple(one for part in parts for one in part.asked),
        received=tuple(one for part in parts for one in part.received),
        state=best.state,
        faults=best.faults if enough else tuple(one for part in parts for one in part.faults),
        owner=best.owner,
    )


def _document(kind: DocumentType, shown: Shown) -> _Seen:
    items = [one for one in shown.register.items if one.document_type == kind.id]
    requests = [one for one in shown.requests if one.document_type == kind.id]
    points = _points(kind.id, shown)
    results = [_result(point.id, kind.id, shown) for point in points]
    met = bool(results) and all(one is not None and one.outcome == "met" for one in results)
    faults = tuple(
        dict.fromkeys(reason for one in results if one and one.outcome != "met" for reason in one.reasons)
    )
    unmet = [point for point, one in zip(points, results, strict=True) if one is None or one.outcome != "met"]
    confirmed = bool(points) and all(_is_confirmed(shown.verdicts.get(point.id)) for point in unmet)
    state: StageState = "ready" if met else "confirmed" if confirmed else "defects"
    if not items and state == "defects":
        state = _absent(requests, shown.register)
    owner = shown.owners.of_document(kind.id, [point.id for point in points])
    received = tuple(_received(one, shown) for one in items if one.status == "current")
    return _Seen(state, _asked(requests), received, faults, owner.name)


def _export(dataset: str, shown: Shown) -> _Seen:
    items = [one for one in shown.register.items if one.dataset == dataset and one.status == "current"]
    requests = [one for one in shown.requests if one.dataset == dataset]
    read = {one.evidence: one for one in shown.readings if one.readable and one.rows_kept}
    bad = [one.id for one in items if one.id not in read]
    faults = tuple(say("{evidence} could not be read, or holds no record.", evidence=one) for one in bad)
    state: StageState = "defects" if bad else "ready" if items else _absent(requests, None)
    if not items and dataset in shown.register.complete_datasets:
        state = "does_not_exist"
    owner = shown.owners.of_dataset(dataset, ())
    return _Seen(state, _asked(requests), tuple(_received(one, shown) for one in items), faults, owner.name)


def _absent(requests: list[EvidenceRequest], register: Register | None) -> StageState:
    """Return what was said of something that was not received; nothing said leaves it missing."""
    if any(one.answer == "does_not_exist" and one.answered_by and one.answered_at for one in requests):
        return "does_not_exist"
    if requests and requests[-1].answer == "refused":
        return "refused"
    declared = register and register.documents_complete and register.declared_by and register.declared_at
    return "does_not_exist" if declared else "missing"


def _result(point: str, kind: str, shown: Shown) -> ProcedureResult | None:
    verdict = shown.verdicts.get(point)
    results = verdict.results if verdict else ()
    return next((one for one in results if one.procedure == f"document.{kind}"), None)


def _is_confirmed(verdict: PointVerdict | None) -> bool:
    return verdict is not None and verdict.standing == "confirmed" and verdict.value == "conforms"


def _asked(requests: list[EvidenceRequest]) -> tuple[str, ...]:
    return tuple(
        say(
            "{request}, {day}, of {person}: {answer}",
            request=one.id,
            day=short_day(one.asked_at),
            person=one.asked_of,
            answer=answer_word(one.answer),
        )
        for one in requests
    )


def _received(item: EvidenceItem, shown: Shown) -> Received:
    meta = shown.metas.get(item.file, DocumentMeta())
    said = [(one.by, one.at) for one in item.approvals]
    if not said and meta.approver:
        said.append((meta.approver, meta.approved_at))
    reviews = [day for day in (item.next_review_at, meta.next_review_at) if day is not None]
    review = min(reviews, default=None)
    undated = say("undated")
    return Received(
        evidence=item.id,
        title=item.title,
        version=item.version or meta.version,
        approved="; ".join(f"{by}, {short_day(at) if at else undated}" for by, at in said),
        in_date=None if review is None else review >= shown.as_of,
        next_review_at=review,
    )
