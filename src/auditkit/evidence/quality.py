"""How far an export may be trusted as a population, before any test runs on it (record tests EVD-01 to EVD-07).

What is unverified caps the strength of evidence, never a verdict: rows that are there can still contradict a claim.
"""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from auditkit.base.atomic import write_whole
from auditkit.base.digest import digest_value
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
        found.append("The source system's number of rows is not known, so the population is unverified.")
    found += [f"{limit[:1].upper()}{limit[1:]}." for limit in table.limits]
    if measured.number_gaps and measured.number_gaps > GAP_SHARE * table.reading.rows_kept:
        found.append(_gap_text(measured))
    return found


def _about_register(
    table: Table, item: EvidenceItem, lock: Mapping[str, LockEntry], period: Period
) -> list[str]:
    found = []
    lacking = [name for name in ("source", "filter", "period") if getattr(item, name) is None]
    if lacking:
        found.append(f"The register does not state its {', '.join(lacking)}.")
    if item.period is not None and not item.period.overlaps(period):
        found.append("Its period lies outside the audit period.")
    entry = lock.get(item.id)
    if entry is not None and entry.sha256 != table.sha256:
        found.append("It is not the file that was accepted.")
    return found


def _notes(table: Table, measured: Measured) -> list[str]:
    """Return what deserves a look and keeps nothing from being verified."""
    rows = max(table.reading.rows_kept, 1)
    unreadable = sum(one.unparseable for one in table.reading.fields)
    continuous = rows >= CONTINUOUS_ROWS and len(measured.months_without) <= MONTHS_OF_A_GAP
    few_gaps = 0 < (measured.number_gaps or 0) <= GAP_SHARE * rows
    notes = (
        (few_gaps, _gap_text(measured)),
        (unreadable > UNREADABLE_SHARE * rows, f"{unreadable:,} cells could not be understood."),
        (
            table.reading.duplicates > DUPLICATE_SHARE * rows,
            f"{table.reading.duplicates:,} keys stand more than once.",
        ),
        (bool(measured.months_without) and continuous, f"No record in {', '.join(measured.months_without)}."),
        (measured.future_dates > 0, f"{measured.future_dates:,} dates lie after the as-of date."),
        (
            measured.same_moment >= BULK_ROWS,
            f"{measured.same_moment:,} records were closed in one and the same moment.",
        ),
        (measured.instant > 0, f"{measured.instant:,} records were closed within a minute of being opened."),
    )
    return [text for holds, text in notes if holds]


def _gap_text(measured: Measured) -> str:
    return (
        f"{measured.number_gaps or 0:,} numbers are missing in the sequence, such as {measured.gap_example}."
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
