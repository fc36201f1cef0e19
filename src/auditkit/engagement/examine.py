"""Examine: read the evidence and run every procedure. Computing only; nothing but the cache is written (law 6)."""

import shutil
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from auditkit.assessment.evidence_links import evidence_by_point, vanished
from auditkit.assessment.model import ProcedureResult
from auditkit.assessment.procedures.document import DocumentEvidence, examine_document
from auditkit.assessment.procedures.interview import examine_interviews
from auditkit.assessment.records_planned import Planned
from auditkit.base.issue import InputIssue
from auditkit.base.place import Place
from auditkit.engagement.courses import Course
from auditkit.engagement.open import OpenEngagement
from auditkit.engagement.records import examine_records
from auditkit.engagement.sample_state import examine_samples
from auditkit.evidence.lock import compare
from auditkit.evidence.model import ReadDocument, TableReading
from auditkit.evidence.quality import ExportQuality
from auditkit.evidence.read import list_files, read_files

Progress = Callable[[int, int, str], None]


class RunOptions(NamedTuple):
    """How to run."""

    use_cache: bool = True
    progress: Progress | None = None
    look_back: bool = True
    """Also run the earlier engagements that engagement.yaml names."""


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


def examine(opened: OpenEngagement, options: RunOptions) -> Examined:
    """Read every file, run every procedure of every point."""
    layout, library = opened.layout, opened.library
    if not options.use_cache:
        shutil.rmtree(layout.cache, ignore_errors=True)
    files = list_files(layout.evidence)
    exports = {item.file for item in opened.register.items if item.kind == "record_export"}
    documents = read_files(layout.evidence, files, layout.cache, options.progress, digest_only=exports)
    gone_datasets, gone_types, gone = vanished(opened.lock.entries, opened.register.items)
    records = examine_records(opened, documents, gone_datasets, options.progress)
    tests = {one.procedure: one for one in records.results}
    shelf = DocumentEvidence(
        register=opened.register,
        requests=opened.requests,
        documents=documents,
        vanished_types=gone_types,
        as_of=opened.engagement.as_of,
        period_end=opened.engagement.period.end,
        organisation=opened.engagement.organisation.name,
        left_at=records.posts.left_at,
        owners_unsure=records.posts.unsure,
    )
    received = {file: document.sha256 for file, document in documents.items() if document.sha256}
    sampled = examine_samples(opened, opened.samples, received)
    types = {one.id: one for one in library.document_types}
    results: dict[str, tuple[ProcedureResult, ...]] = {}
    for point in (*library.whole.points, *(item.as_point() for item in library.guidance)):
        seen = [examine_document(point, one, types[one.type], shelf) for one in point.procedures.documents]
        for test in point.procedures.records:
            seen.append(tests[f"record.{test}"].model_copy(update={"point": point.id}))
        asked = examine_interviews(point, opened.workpapers.interviews)
        results[point.id] = (*seen, *sampled.get(point.id, ()), *asked)
    unreadable = {reading.evidence for reading in records.readings if not reading.readable}
    digests = {
        item.file: documents[item.file].sha256
        for item in opened.register.items
        if item.file in documents and documents[item.file].status != "skipped" and item.id not in unreadable
    }
    linked = evidence_by_point(
        library.whole.points,
        opened.register.items,
        digests,
        {test.id: library.datasets_of(test) for test in library.tests},
        _named(opened),
    )
    issues = (*_file_issues(opened, documents, gone), *records.issues)
    return Examined(
        documents,
        records.readings,
        records.results,
        results,
        linked,
        digests,
        issues,
        records.quality,
        records.planned,
        records.courses,
    )


def _named(opened: OpenEngagement) -> dict[str, tuple[str, ...]]:
    """Return by point the evidence that judgements rest on and that samples were drawn from."""
    named = {one.point: one.on for one in opened.workpapers.judgements}
    for sample in opened.samples:
        drawn_from = tuple(ref.id for ref in sample.population.evidence)
        for attribute in sample.attributes:
            named[attribute.point] = (*named.get(attribute.point, ()), *drawn_from)
    return named


def _file_issues(
    opened: OpenEngagement, documents: Mapping[str, ReadDocument], gone: tuple[str, ...]
) -> tuple[InputIssue, ...]:
    """Say what is missing, changed, unregistered or unreadable; nothing is passed over in silence."""
    issues: list[InputIssue] = []
    registered = {item.file: item for item in opened.register.items}
    digests = {file: document.sha256 for file, document in documents.items() if document.sha256}
    for difference in compare(opened.register, opened.lock, digests, tuple(documents)):
        code, message, hint = _DIFFERENCES[difference.kind]
        if difference.kind == "missing" and difference.file in opened.purged:
            message = f"{difference.evidence} was {opened.purged[difference.file]}."
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
