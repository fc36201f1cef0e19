"""Which evidence bears on which point, how strong it is, and how fresh: pure."""

from collections.abc import Iterable, Mapping

from auditkit.assessment.model import PointVerdict, ProcedureResult
from auditkit.base.period import Period
from auditkit.catalog.model import Point
from auditkit.evidence.model import EvidenceItem, LockEntry

KIND_STRENGTH = {"statement": 1, "observation": 1, "document": 2, "record_export": 3}


def evidence_by_point(
    points: Iterable[Point],
    items: tuple[EvidenceItem, ...],
    digests: Mapping[str, str],
    datasets_of_tests: Mapping[str, frozenset[str]],
    judged_on: Mapping[str, tuple[str, ...]],
) -> dict[str, dict[str, str]]:
    """Return point to evidence id to digest: by document type, by dataset of its tests, by link, by judgement.

    ``digests``: file below evidence/ to SHA-256 of what is there now; unreadable files are left out, so a
    judgement that rests on one turns suspect.
    """
    there = [item for item in items if item.file in digests]
    places: dict[tuple[str, str], list[int]] = {}
    for at, item in enumerate(there):
        for key in (
            ("type", item.document_type),
            ("dataset", item.dataset),
            ("id", item.id),
            *(("point", one) for one in item.links),
        ):
            places.setdefault((key[0], key[1] or ""), []).append(at)
    linked: dict[str, dict[str, str]] = {}
    for point in points:
        keys = [("point", point.id)]
        keys += [("type", one.type) for one in point.procedures.documents]
        keys += [
            ("dataset", name) for test in point.procedures.records for name in datasets_of_tests.get(test, ())
        ]
        keys += [("id", one) for one in judged_on.get(point.id, ())]
        found = sorted({at for key in keys for at in places.get(key, ())})
        linked[point.id] = {there[at].id: digests[there[at].file] for at in found}
    return linked


def rate_evidence(
    verdict: PointVerdict,
    linked: Mapping[str, str],
    items: Mapping[str, EvidenceItem],
    period: Period,
    unverified: frozenset[str] = frozenset(),
) -> PointVerdict:
    """Add strength (0 to 3) and freshness to a verdict; records of an unverified population count as a document."""
    used = {reference.id for result in verdict.results for reference in result.evidence}
    used |= set(verdict.judgement.on if verdict.judgement and not verdict.suspect else ())
    strength = max((_strength(result, unverified) for result in verdict.results), default=0)
    if verdict.judgement is not None and not verdict.suspect:
        rests = [items[one] for one in verdict.judgement.on if one in items and one in linked]
        weights = [min(KIND_STRENGTH[one.kind], 2 if one.id in unverified else 3) for one in rests]
        strength = max(strength, max(weights, default=0))
    known = [items[one] for one in sorted(used) if one in items]
    stale = bool(known) and not any(is_fresh(item, period) for item in known)
    return verdict.model_copy(update={"strength": strength, "stale": stale})


def is_fresh(item: EvidenceItem, period: Period) -> bool:
    """Tell whether evidence speaks of the audit period, by its effective date or period, never its upload."""
    if item.period is not None:
        return item.period.overlaps(period)
    if item.effective_at is None or item.effective_at > period.end:
        return False
    return item.kind == "document" or item.effective_at >= period.start


def vanished(
    lock: Mapping[str, LockEntry], items: Iterable[EvidenceItem]
) -> tuple[frozenset[str], frozenset[str], tuple[str, ...]]:
    """Return datasets and document types of accepted evidence no longer registered, and the ids."""
    registered = {item.id for item in items}
    gone = {key: entry for key, entry in lock.items() if key not in registered}
    datasets = frozenset(entry.dataset for entry in gone.values() if entry.dataset)
    types = frozenset(entry.document_type for entry in gone.values() if entry.document_type)
    return datasets, types, tuple(sorted(gone))


def _strength(result: ProcedureResult, unverified: frozenset[str]) -> int:
    if not result.examined or result.test_class == "meta":
        return 0
    if result.kind == "record" and any(ref.id in unverified for ref in result.evidence):
        return 2
    return {"record": 3, "document": 2, "impact": 2, "interview": 1, "observe": 1}[result.kind]
