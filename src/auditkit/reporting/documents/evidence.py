"""The evidence index: every file that was handed over, its digest, and what it bears on; requests and their answers."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from auditkit.assessment.model import PointVerdict
from auditkit.base.language import say, say_count
from auditkit.base.model import Record
from auditkit.reporting.documents.index import DocumentIndex
from auditkit.reporting.numbers import whole
from auditkit.reporting.view_annexes import RegisterRow, RequestRow
from auditkit.reporting.view_model import View


class IndexRow(Record):
    """One file, with the whole digest of what lies there now."""

    row: RegisterRow
    digest: str
    """SHA-256; empty: there is no file to reckon it from."""
    points: tuple[str, ...]
    """Points it bears on, those of one clause in one line."""
    findings: tuple[str, ...]
    """Confirmed findings that rest on it."""


class EvidenceIndex(Record):
    """Every registered file."""

    about: str
    counts: str
    rows: tuple[IndexRow, ...]


class AskedRow(Record):
    """One request, with the points it was for."""

    row: RequestRow
    points: tuple[str, ...]


class Asked(Record):
    """Every request."""

    counts: str
    rows: tuple[AskedRow, ...]


class Unregistered(Record):
    """Files that nobody registered."""

    rows: tuple[IndexRow, ...]


def build_evidence(index: DocumentIndex, view: View) -> EvidenceIndex:
    """Word every registered file; one that cannot be read stands there as well."""
    bears = _bearing(index)
    cited: dict[str, list[str]] = {}
    for finding in index.confirmed:
        for one in dict.fromkeys(one.id for one in finding.evidence):
            cited.setdefault(one, []).append(finding.id)
    rows = tuple(
        IndexRow(
            row=row,
            digest=index.readings[row.id].sha256 if row.id in index.readings else "",
            points=points_by_clause(bears.get(row.id, ())),
            findings=tuple(cited.get(row.id, ())),
        )
        for row in view.evidence_register
    )
    return EvidenceIndex(
        about=say(
            "A file bears on a point when a procedure looked into it for the point, when a judgement rests on it, or when the "
            "register links it. The digest is SHA-256 of the bytes that lie there now. Findings are confirmed ones alone."
        ),
        counts=_counts(index, rows),
        rows=rows,
    )


def _counts(index: DocumentIndex, rows: tuple[IndexRow, ...]) -> str:
    states = [index.readings[one.row.id].status if one.digest else "" for one in rows]
    return say_count(
        "{number} file is registered: {read} read, {partly} partly read, {skipped} not read, {missing} not there.",
        "{number} files are registered: {read} read, {partly} partly read, {skipped} not read, {missing} not there.",
        len(rows),
        number=whole(len(rows)),
        read=whole(states.count("read")),
        partly=whole(states.count("partly_read")),
        skipped=whole(states.count("skipped")),
        missing=whole(states.count("")),
    )


def _bearing(index: DocumentIndex) -> dict[str, tuple[str, ...]]:
    """Return evidence id to the points it bears on, in the order of the catalogs."""
    found: dict[str, dict[str, None]] = {}
    links = {one.id: one.links for one in index.run.items}
    for verdict in _verdicts(index):
        used = {ref.id for result in verdict.results for ref in result.evidence}
        used |= set(verdict.judgement.on) if verdict.judgement else set()
        used |= {one for one, points in links.items() if verdict.point in points}
        for one in used:
            found.setdefault(one, {})[verdict.point] = None
    return {one: tuple(points) for one, points in found.items()}


def _verdicts(index: DocumentIndex) -> Iterator[PointVerdict]:
    yield from index.verdicts.values()
    for further in index.run.further:
        yield from further.assessment.points


def points_by_clause(points: Iterable[str]) -> tuple[str, ...]:
    """Return points in lines, one a clause: ``8.6.1-1, -2a, -3``."""
    lines = []
    for clause, group in groupby(points, key=lambda one: one.rpartition("-")[0]):
        numbers = [one.rpartition("-")[2] for one in group]
        lines.append(f"{clause}-{', -'.join(numbers)}")
    return tuple(lines)


def build_unregistered_files(index: DocumentIndex, view: View) -> Unregistered:
    """Word every file that nobody registered; nothing rests on one."""
    digests = {one.file: one.sha256 for one in index.run.files if one.evidence is None}
    return Unregistered(
        rows=tuple(
            IndexRow(row=row, digest=digests.get(row.file, ""), points=(), findings=())
            for row in view.unregistered
        )
    )


def build_document_requests(index: DocumentIndex, view: View) -> Asked:
    """Word every request, with how many are not answered by evidence."""
    points = {one.id: one.points for one in index.run.requests}
    answers = [one.answer for one in index.run.requests]
    return Asked(
        counts=say_count(
            "{number} request: {received} received, {open} open, {refused} refused, {none} answered “does not exist”.",
            "{number} requests: {received} received, {open} open, {refused} refused, {none} answered “does not exist”.",
            len(answers),
            number=whole(len(answers)),
            received=whole(answers.count("received")),
            open=whole(answers.count("open")),
            refused=whole(answers.count("refused")),
            none=whole(answers.count("does_not_exist")),
        ),
        rows=tuple(
            AskedRow(row=row, points=points_by_clause(points.get(row.id, ()))) for row in view.requests
        ),
    )
