"""How far an export may be trusted as a population, before any test runs on it (record tests EVD-01 to EVD-07).

What is unverified caps the strength of evidence, never a verdict: rows that are there can still contradict a claim.
"""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from auditkit.base.atomic import write_whole
from auditkit.base.digest import digest_value
from auditkit.base.language import message, say, translated, whole_text
from auditkit.base.model import Record
from auditkit.base.period import Period
from auditkit.evidence.model import Dataset, EvidenceItem, LockEntry
from auditkit.evidence.tables import Table

GAP_SHARE = 0.01
UNREADABLE_SHARE = 0.005
DUPLICATE_SHARE = 0.005
CONTINUOUS_ROWS = 50
MONTHS_OF_A_GAP = 3
"""Records that come in all the time: at least so many rows, and not more months without one."""
BULK_ROWS = 20

_STATED = {"source": message("source"), "filter": message("filter"), "period": message("period")}
"""What the register has to state of an export, by field of its entry."""


class Measured(Record):
    """What the rows of an export say of themselves."""

    months_without: tuple[str, ...] = ()
    """Months of the audit period without a record, ``2026-03``; empty also for records without a date."""
    number_gaps: int | None = None
    """Numbers missing in the sequence of keys; None: the keys are no sequence."""
    gap_example: str = ""
    future_dates: int = 0
    """Dates after the as-of date in the field that dates a row."""
    same_moment: int = 0
    """Most rows that were closed in one and the same moment; 0: there is no such field."""
    instant: int = 0
    """Rows closed or resolved within a minute of being opened."""


class ExportQuality(Record):
    """One export as a population: what was found, and what that means for the strength of evidence."""

    evidence: str
    dataset: str
    measured: Measured
    verified: bool
    """False: the strength of evidence on it is capped at a document's."""
    reasons: tuple[str, ...] = ()
    """What keeps it from being verified, or deserves a look."""


def judge_quality(
    table: Table, item: EvidenceItem, measured: Measured, lock: Mapping[str, LockEntry], period: Period
) -> ExportQuality:
    """Judge one export by what was measured, what the register says of it, and what was accepted."""
    unverified = [*_about_rows(table, item, measured), *_about_register(table, item, lock, period)]
    return ExportQuality(
        evidence=item.id,
        dataset=table.reading.dataset,
        measured=measured,
        verified=not unverified,
        reasons=(*unverified, *_notes(table, measured)),
    )


def _about_rows(table: Table, item: EvidenceItem, measured: Measured) -> list[str]:
    found = []
    if item.control_total is None:
        found.append(say("The source system's number of rows is not known, so the population is unverified."))
    found += [f"{limit[:1].upper()}{limit[1:]}." for limit in table.limits]
    if measured.number_gaps and measured.number_gaps > GAP_SHARE * table.reading.rows_kept:
        found.append(_gap_text(measured))
    return found


def _about_register(
    table: Table, item: EvidenceItem, lock: Mapping[str, LockEntry], period: Period
) -> list[str]:
    found = []
    lacking = [translated(word) for name, word in _STATED.items() if getattr(item, name) is None]
    if lacking:
        found.append(say("The register does not state its {fields}.", fields=", ".join(lacking)))
    if item.period is not None and not item.period.overlaps(period):
        found.append(say("Its period lies outside the audit period."))
    entry = lock.get(item.id)
    if entry is not None and entry.sha256 != table.sha256:
        found.append(say("It is not the file that was accepted."))
    return found


def _notes(table: Table, measured: Measured) -> list[str]:
    """Return what deserves a look and keeps nothing from being verified."""
    rows = max(table.reading.rows_kept, 1)
    unreadable = sum(one.unparseable for one in table.reading.fields)
    continuous = rows >= CONTINUOUS_ROWS and len(measured.months_without) <= MONTHS_OF_A_GAP
    few_gaps = 0 < (measured.number_gaps or 0) <= GAP_SHARE * rows
    notes = (
        (few_gaps, _gap_text(measured)),
        (
            unreadable > UNREADABLE_SHARE * rows,
            say("{n} cells could not be understood.", n=whole_text(unreadable)),
        ),
        (
            table.reading.duplicates > DUPLICATE_SHARE * rows,
            say("{n} keys stand more than once.", n=whole_text(table.reading.duplicates)),
        ),
        (
            bool(measured.months_without) and continuous,
            say("No record in {months}.", months=", ".join(measured.months_without)),
        ),
        (
            measured.future_dates > 0,
            say("{n} dates lie after the as-of date.", n=whole_text(measured.future_dates)),
        ),
        (
            measured.same_moment >= BULK_ROWS,
            say("{n} records were closed in one and the same moment.", n=whole_text(measured.same_moment)),
        ),
        (
            measured.instant > 0,
            say("{n} records were closed within a minute of being opened.", n=whole_text(measured.instant)),
        ),
    )
    return [text for holds, text in notes if holds]


def _gap_text(measured: Measured) -> str:
    return say(
        "{n} numbers are missing in the sequence, such as {example}.",
        n=whole_text(measured.number_gaps or 0),
        example=measured.gap_example,
    )


def measure_export(table: Table, dataset: Dataset, period: Period, as_of: date, cache_dir: Path) -> Measured:
    """Measure one readable export, or find it in the cache."""
    folder = cache_dir / "quality"
    path = folder / f"{digest_value([1, table.digest, str(period), str(as_of)])}.json"
    try:
        return Measured.model_validate_json(path.read_bytes())
    except (OSError, ValueError):
        pass
    from auditkit.evidence.tables_quality import measure_rows

    measured = measure_rows(table, dataset, period, as_of)
    write_whole(path, measured.model_dump_json())
    return measured
