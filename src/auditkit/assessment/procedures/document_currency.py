"""Why a document that says something is still not met: approval, review, version, owner (pure).

Each is a reason to leave the point to judgement, never a breach by itself.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations
from typing import NamedTuple

from auditkit.assessment.procedures.document_evidence import REPEATED_TYPES, Candidate, DocumentEvidence
from auditkit.base.language import say, short_day
from auditkit.evidence.document_people import names_nobody, same_names
from auditkit.evidence.document_references import is_same_version, is_version_number
from auditkit.evidence.document_titles import is_same_title, plain_title
from auditkit.evidence.model import EvidenceItem, ReadDocument


class _Approval(NamedTuple):
    by: str
    at: date | None


def shortcomings(candidate: Candidate, evidence: DocumentEvidence) -> tuple[str, ...]:
    """Return what a document lacks besides its content, each as the end of a sentence that begins with its id."""
    found = (
        _approval(candidate),
        _review(candidate, evidence.as_of),
        _version(candidate),
        _owner(candidate, evidence),
    )
    return tuple(one for one in found if one is not None)


def duplicates(items: Sequence[EvidenceItem], documents: Mapping[str, ReadDocument]) -> tuple[str, ...]:
    """Return a sentence for every two current items of one type that are versions of one document."""
    alike: dict[object, list[EvidenceItem]] = {}
    for item in sorted(items, key=lambda item: item.id):
        for key in _keys(item, documents.get(item.file)):
            alike.setdefault(key, []).append(item)
    pairs = {
        (one.id, other.id): (one, other)
        for group in alike.values()
        for one, other in combinations({item.id: item for item in group}.values(), 2)
    }
    return tuple(
        say("{one} and {other} are both marked current, though {why}.", one=one.id, other=other.id, why=why)
        for _, (one, other) in sorted(pairs.items())
        if (why := _same_document(one, other, documents)) is not None
    )


def _approval(candidate: Candidate) -> str | None:
    item, meta = candidate.item, candidate.document.meta
    said = [_Approval(one.by, one.at) for one in item.approvals]
    if meta.approver is not None:
        said.append(_Approval(meta.approver, meta.approved_at))
    if not said:
        return say("shows no approval")
    named = [one for one in said if not names_nobody(one.by)]
    if not named:
        return say("shows an approval by nobody who is named")
    authors = same_names(meta.author) if meta.author else frozenset()
    others = [one for one in named if authors.isdisjoint(same_names(one.by))]
    if not others:
        return say(
            "was approved by its author alone ({person}); good practice asks for a second person",
            person=meta.author,
        )
    days = sorted(one.at for one in others if one.at is not None)
    if not days:
        return say(
            "does not say when it was approved, so whether that was before it took effect is not known"
        )
    effective = item.effective_at or meta.effective_at
    if effective is not None and days[0] > effective:
        return say(
            "was approved on {day}, after it had taken effect on {effective}",
            day=short_day(days[0]),
            effective=short_day(effective),
        )
    return None


def _review(candidate: Candidate, as_of: date) -> str | None:
    """The day of the register and the day of the document must both lie ahead."""
    item, meta = candidate.item, candidate.document.meta
    if item.next_review_at is not None and item.next_review_at < as_of:
        return say("is past its own review date of {day}", day=short_day(item.next_review_at))
    if meta.next_review_at is not None and meta.next_review_at < as_of:
        stated = short_day(meta.next_review_at)
        if item.next_review_at is None:
            return say("is past the review date of {day} that it states itself", day=stated)
        return say(
            "is past the review date of {day} that it states itself; the register says {registered}",
            day=stated,
            registered=short_day(item.next_review_at),
        )
    return None


def _version(candidate: Candidate) -> str | None:
    registered, stated = candidate.item.version, candidate.document.meta.version
    if registered is None or stated is None:
        return None
    if not (is_version_number(registered) and is_version_number(stated)):
        return None
    if is_same_version(registered, stated):
        return None
    return say(
        "is version {registered} in the register and version {stated} by its own words",
        registered=registered,
        stated=stated,
    )


def _owner(candidate: Candidate, evidence: DocumentEvidence) -> str | None:
    named = [
        owner
        for owner in (candidate.item.owner, candidate.document.meta.owner)
        if owner is not None and not names_nobody(owner)
    ]
    if evidence.owners_unsure:
        return say("has an owner who is not known to be in post: {why}", why=evidence.owners_unsure)
    if evidence.left_at is None:
        return None
    if not named:
        return say("names no owner, so nobody is known to be in post for it")
    return next(_owners_gone(named, evidence), None)


def _owners_gone(named: list[str], evidence: DocumentEvidence) -> Iterator[str]:
    gone = {
        spelled: (name, day)
        for name, day in sorted((evidence.left_at or {}).items())
        if day is not None and day < evidence.as_of
        for spelled in same_names(name)
    }
    for owner in named:
        for spelled in sorted(same_names(owner)):
            if spelled in gone:
                day = short_day(gone[spelled][1])
                yield say("is owned by {person}, who left on {day}", person=owner, day=day)


def _keys(item: EvidenceItem, document: ReadDocument | None) -> Iterator[object]:
    """Yield what two versions of one document may have in common, so that not every pair is compared."""
    yield "title", plain_title(item.title)
    if document is not None and document.meta.title is not None:
        yield "own title", plain_title(document.meta.title)
    yield "replaced", item.id
    if item.replaces is not None:
        yield "replaced", item.replaces
    if item.services or item.sites:
        yield "scope", tuple(sorted(item.services)), tuple(sorted(item.sites))


def _same_document(
    one: EvidenceItem, other: EvidenceItem, documents: Mapping[str, ReadDocument]
) -> str | None:
    if other.replaces == one.id or one.replaces == other.id:
        newer, older = (other, one) if other.replaces == one.id else (one, other)
        return say("{newer} replaces {older}", newer=newer.id, older=older.id)
    if one.period is not None and other.period is not None and one.period != other.period:
        return None
    repeated = one.document_type in REPEATED_TYPES
    if is_same_title(one.title, other.title):
        if (
            repeated
            and one.effective_at != other.effective_at
            and None not in (one.effective_at, other.effective_at)
        ):
            return None
        return _same_title(one, other)
    scope = (sorted(one.services), sorted(one.sites))
    if repeated or scope != (sorted(other.services), sorted(other.sites)):
        return None
    if any(scope):
        return say("they cover the same scope ({scope})", scope=", ".join((*scope[0], *scope[1])))
    return _same_own_title(documents.get(one.file), documents.get(other.file))


def _same_title(one: EvidenceItem, other: EvidenceItem) -> str:
    if one.version == other.version:
        return say("they have the same title {title!r}", title=one.title)
    return say(
        "they have the same title {title!r}, versions {version} and {other_version}",
        title=one.title,
        version=one.version,
        other_version=other.version,
    )


def _same_own_title(one: ReadDocument | None, other: ReadDocument | None) -> str | None:
    """Compare the titles the documents give themselves; two copies of the same bytes are one version."""
    if one is None or other is None or one.sha256 == other.sha256:
        return None
    if (
        one.meta.title is None
        or other.meta.title is None
        or not is_same_title(one.meta.title, other.meta.title)
    ):
        return None
    return say("both call themselves {title!r}", title=one.meta.title)
