"""Examine: read the evidence and run every procedure. Computing only; nothing but the cache is written (law 6)."""

import shutil
from collections.abc import Callable, Mapping
from contextlib import suppress
from types import MappingProxyType
from typing import NamedTuple

from auditkit.assessment.evidence_links import evidence_by_point, vanished
from auditkit.assessment.model import ProcedureResult
from auditkit.assessment.procedures.document import DocumentEvidence, examine_document
from auditkit.assessment.procedures.document_evidence import by_document_type
from auditkit.assessment.procedures.interview import examine_interviews
from auditkit.assessment.records_planned import Planned
from auditkit.assessment.recordtests.model import Engine
from auditkit.base.errors import InputsUnreadable
from auditkit.base.issue import InputIssue
from auditkit.base.language import ENGLISH, speaking
from auditkit.base.place import Place
from auditkit.engagement.courses import Course
from auditkit.engagement.impact import examine_analysis
from auditkit.engagement.open import OpenEngagement
from auditkit.engagement.records import Counted, RecordsExamined, examine_records
from auditkit.engagement.sample_state import examine_samples
from auditkit.evidence.folders import find_folders, join_parts
from auditkit.evidence.lock import compare
from auditkit.evidence.model import ReadDocument, TableReading
from auditkit.evidence.quality import ExportQuality
from auditkit.evidence.read import list_files, read_files
from auditkit.impact.analysis import Analysis

Progress = Callable[[int, int, str], None]
CACHE_GONE = "it was deleted while the run was using it. Run again."


class RunOptions(NamedTuple):
    """How to run."""

    use_cache: bool = True
    progress: Progress | None = None
    look_back: bool = True
    """Also run the earlier engagements that engagement.yaml names."""
    engine: Engine = "polars"
    """What counts the rows of record tests."""


class Examined(NamedTuple):
    """What was read and what the procedures saw."""

    documents: Mapping[str, ReadDocument]
    """Every file below evidence/, by file."""
    readings: tuple[TableReading, ...]
    tests: tuple[ProcedureResult, ...]
    """One result a record test, in the order of the tests."""
    results: dict[str, tuple[ProcedureResult, ...]]
    """By point and by item of guidance, in the order of their procedures."""
    evidence_of: dict[str, dict[str, str]]
    digests: dict[str, str]
    """File to SHA-256, for files that could be read."""
    issues: tuple[InputIssue, ...]
    quality: tuple[ExportQuality, ...] = ()
    """Of every readable export."""
    planned: tuple[Planned, ...] = ()
    """Audits and reviews still to come, by the records."""
    courses: Mapping[str, Course] = MappingProxyType({})
    """Months of the record tests whose course somebody looks at, by procedure."""
    impact: Analysis | None = None
    """None: no business impact analysis, or one that cannot be read."""
    impact_results: Mapping[str, ProcedureResult] = {}
    """By impact check; empty when no analysis was handed over."""
    counted: Counted = Counted()


def examine(opened: OpenEngagement, options: RunOptions) -> Examined:
    """Read every file, run every procedure of every point."""
    if not options.use_cache:
        shutil.rmtree(opened.layout.cache, ignore_errors=True)
    documents = _documents(opened, options)
    gone_datasets, gone_types, gone = vanished(opened.lock.entries, opened.register.items)
    records = _records(opened, documents, gone_datasets, options)
    received = {file: document.sha256 for file, document in documents.items() if document.sha256}
    sampled = examine_samples(opened, opened.samples, received)
    digests = _digests(opened, documents, records.readings)
    impact = examine_analysis(opened, digests, records.catalogue)
    shelf = _shelf(opened, documents, gone_types, records)
    tests = {one.procedure: one for one in records.results}
    return Examined(
        documents=documents,
        readings=records.readings,
        tests=records.results,
        results=_by_point(opened, shelf, tests, sampled, impact.results),
        evidence_of=evidence_by_point(
            opened.library.whole.points,
            opened.register.items,
            digests,
            {test.id: opened.library.datasets_of(test) for test in opened.library.tests},
            _named(opened, impact.results),
        ),
        digests=digests,
        issues=(*_file_issues(opened, documents, gone), *records.issues, *impact.issues),
        quality=records.quality,
        planned=records.planned,
        courses=records.courses,
        impact=impact.analysis,
        impact_results=impact.results,
        counted=records.counted,
    )


def _documents(opened: OpenEngagement, options: RunOptions) -> Mapping[str, ReadDocument]:
    """Read every file below evidence/; of exports, whose rows are read as tables, only the digest is taken."""
    layout, items = opened.layout, opened.register.items
    files = list_files(layout.evidence)
    exports = {item.file for item in items if item.kind == "record_export"}
    folders = find_folders(items, files)
    unread = exports.union(*folders.values())
    found = read_files(layout.evidence, files, layout.cache, options.progress, digest_only=unread)
    return join_parts(found, folders, {item.file for item in items})


def _shelf(
    opened: OpenEngagement,
    documents: Mapping[str, ReadDocument],
    gone_types: frozenset[str],
    records: RecordsExamined,
) -> DocumentEvidence:
    """Gather what the document procedure looks at."""
    return DocumentEvidence(
        register=opened.register,
        requests=opened.requests,
        documents=documents,
        vanished_types=gone_types,
        as_of=opened.engagement.as_of,
        period_end=opened.engagement.period.end,
        organisation=opened.engagement.organisation.name,
        left_at=records.posts.left_at,
        owners_unsure=records.posts.unsure,
        by_type=by_document_type(opened.register.items),
    )


def _digests(
    opened: OpenEngagement, documents: Mapping[str, ReadDocument], readings: tuple[TableReading, ...]
) -> dict[str, str]:
    """Return the digests of registered files that could be read, as documents or as tables."""
    unreadable = {reading.evidence for reading in readings if not reading.readable}
    return {
        item.file: documents[item.file].sha256
        for item in opened.register.items
        if item.file in documents and documents[item.file].status != "skipped" and item.id not in unreadable
    }


def _by_point(
    opened: OpenEngagement,
    shelf: DocumentEvidence,
    tests: Mapping[str, ProcedureResult],
    sampled: Mapping[str, tuple[ProcedureResult, ...]],
    impact: Mapping[str, ProcedureResult],
) -> dict[str, tuple[ProcedureResult, ...]]:
    """Put together what every procedure of every point and item of guidance saw, in the order of the procedures."""
    library = opened.library
    types = {one.id: one for one in library.document_types}
    results: dict[str, tuple[ProcedureResult, ...]] = {}
    for point in (*library.whole.points, *(item.as_point() for item in library.guidance)):
        seen = [examine_document(point, one, types[one.type], shelf) for one in point.procedures.documents]
        for test in point.procedures.records:
            seen.append(tests[f"record.{test}"].model_copy(update={"point": point.id}))
        for check in point.procedures.impact if impact else ():
            seen.append(impact[check].model_copy(update={"point": point.id}))
        asked = examine_interviews(point, opened.workpapers.interviews)
        results[point.id] = (*seen, *sampled.get(point.id, ()), *asked)
    return results


def _records(
    opened: OpenEngagement,
    documents: Mapping[str, ReadDocument],
    gone: frozenset[str],
    options: RunOptions,
) -> RecordsExamined:
    """Examine the records, once more if the cache is deleted meanwhile; InputsUnreadable if that happens again."""
    with suppress(FileNotFoundError):
        return examine_records(opened, documents, gone, options.progress, options.engine)
    try:
        return examine_records(opened, documents, gone, options.progress, options.engine)
    except FileNotFoundError as error:
        raise InputsUnreadable(f"{opened.layout.cache.name}: {CACHE_GONE}") from error


def _named(opened: OpenEngagement, impact: Mapping[str, ProcedureResult]) -> dict[str, tuple[str, ...]]:
    """Return by point the evidence that judgements and impact checks rest on and that samples were drawn from."""
    named = {one.point: one.on for one in opened.workpapers.judgements}
    for sample in opened.samples:
        drawn_from = tuple(ref.id for ref in sample.population.evidence)
        for attribute in sample.attributes:
            named[attribute.point] = (*named.get(attribute.point, ()), *drawn_from)
    for point in opened.library.whole.points if impact else ():
        for check in point.procedures.impact:
            cited = tuple(ref.id for ref in impact[check].evidence)
            named[point.id] = (*named.get(point.id, ()), *cited)
    return named


def _file_issues(
    opened: OpenEngagement, documents: Mapping[str, ReadDocument], gone: tuple[str, ...]
) -> tuple[InputIssue, ...]:
    """Say what is missing, changed, unregistered or unreadable; nothing is passed over in silence."""
    issues: list[InputIssue] = []
    registered = {item.file: item for item in opened.register.items}
    digests = {file: document.sha256 for file, document in documents.items() if document.sha256}
    with speaking(ENGLISH):
        deleted = opened.purged
    for difference in compare(opened.register, opened.lock, digests, tuple(documents)):
        code, message, hint = _DIFFERENCES[difference.kind]
        if difference.kind == "missing" and difference.file in deleted:
            message = f"{difference.evidence} was {deleted[difference.file]}."
            hint = "What rested on it is no longer assessed; the report signed before then stands."
            issues.append(_issue("evidence-purged", difference.file, message, hint))
            continue
        issues.append(_issue(code, difference.file, message, hint))
    for identifier in gone:
        message = f"{identifier} was accepted once and is no longer in the register; what it was evidence of is capped."
        issues.append(
            _issue("evidence-vanished", "register.yaml", message, "Restore the entry, or accept anew.")
        )
    for file, document in documents.items():
        issues.extend(document.issues)
        if document.status != "read" and file in registered:
            message = f"{registered[file].id} was {document.status.replace('_', ' ')}: {document.why}."
            issues.append(_issue("evidence-unreadable", file, message, "Ask for a readable copy."))
    return tuple(issues)


_DIFFERENCES = {
    "changed": (
        "evidence-changed",
        "The file is not the one that was accepted.",
        "Find out why; then run auditkit evidence accept.",
    ),
    "missing": (
        "evidence-missing",
        "The registered file is not there.",
        "Put it back, or correct the register.",
    ),
    "not_accepted": (
        "evidence-not-accepted",
        "The file is registered but was never accepted.",
        "Run auditkit evidence accept.",
    ),
    "not_registered": (
        "evidence-not-registered",
        "The file is in no register entry, so it is evidence of nothing.",
        "Run auditkit evidence scan.",
    ),
}


def _issue(code: str, file: str, message: str, hint: str) -> InputIssue:
    return InputIssue(
        code=code, severity="warning", place=Place(file=f"evidence/{file}"), message=message, hint=hint
    )
