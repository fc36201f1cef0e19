"""Exports of records: read once into typed Parquet, found again by digest.

Hidden columns: ``_evidence``, ``_file``, ``_sheet``, ``_row`` (as a spreadsheet shows it, the header counted) and
``_unsure``, a sum of 2**n for each field n, in the order of the dataset, whose cell could not be understood.
Times are wall-clock times of the engagement's zone. This module imports no polars: a warm run needs none.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from auditkit.base.atomic import write_whole
from auditkit.base.digest import digest_value
from auditkit.base.issue import InputIssue
from auditkit.base.language import ENGLISH, say, speaking
from auditkit.base.place import Place
from auditkit.evidence.model import Dataset, EvidenceItem, Profile, TableReading
from auditkit.evidence.tables_rows import NO_RECORDS

_READER = 7
"""Raise when reading changes, so that cached tables are read anew."""

IN_PLACE = "in-place"
"""What stands for the profile where Parquet files of the canonical form are used where they lie."""


class Table(NamedTuple):
    """One export as it was read."""

    reading: TableReading
    parquet: Path | None
    """Typed rows, in one file or a folder of parts; None: the export could not be read."""
    evidence: str
    file: str
    """Path relative to the engagement folder."""
    sha256: str
    columns: tuple[str, ...]
    """Fields the export has, in the order of the dataset."""
    key: str
    """The dataset's key field."""
    limits: tuple[str, ...]
    """Why tests on this table cannot be met, such as rows missing against the control total."""
    digest: str
    """Digest of everything that decides the rows."""


def read_table(
    evidence_dir: Path,
    item: EvidenceItem,
    dataset: Dataset,
    profiles: Sequence[Profile],
    time_zone: str,
    cache_dir: Path,
    sha256: str,
) -> Table:
    """Read one registered export, or find it in the cache; what is wrong comes back in ``reading.issues``."""
    relevant = [one for one in profiles if one.dataset == dataset.id]
    digest = digest_value(
        [
            _READER,
            sha256,
            [item.id, item.file, item.sheet, item.profile],
            dataset.model_dump(mode="json"),
            [one.model_dump(mode="json") for one in relevant],
            time_zone,
        ]
    )
    folder = cache_dir / "tables"
    parquet, saved = folder / f"{digest}.parquet", folder / f"{digest}.json"
    reading = _saved(saved, parquet)
    if reading is None:
        from auditkit.evidence.tables_convert import convert

        folder.mkdir(parents=True, exist_ok=True)
        reading = convert(evidence_dir, item, dataset, relevant, time_zone, parquet)
        write_whole(saved, reading.model_dump_json())
    with speaking(ENGLISH):  # the digest over them is the same in every language
        told = _with_total(reading, item)[1]
    reading, limits = _with_total(reading, item)
    rows = evidence_dir / item.file if reading.profile == IN_PLACE else parquet
    return Table(
        reading=reading,
        parquet=rows if reading.readable else None,
        evidence=item.id,
        file=f"evidence/{item.file}",
        sha256=sha256,
        columns=tuple(one.field for one in reading.fields if one.header is not None),
        key=dataset.key,
        limits=limits,
        digest=digest_value([digest, told]),
    )


def _saved(saved: Path, parquet: Path) -> TableReading | None:
    """Return the cached reading when it and its rows are there and whole."""
    try:
        reading = TableReading.model_validate_json(saved.read_bytes())
    except (OSError, ValueError):
        return None
    own = reading.readable and reading.profile != IN_PLACE
    return reading if parquet.exists() or not own else None


def _with_total(reading: TableReading, item: EvidenceItem) -> tuple[TableReading, tuple[str, ...]]:
    """Compare with the number of rows the source system reported."""
    if item.control_total is None or not reading.readable:
        return reading, ()
    rows = reading.rows_in_file - sum(reading.dropped.get(reason, 0) for reason in NO_RECORDS)
    issues = reading.issues
    limits: tuple[str, ...] = ()
    if rows != item.control_total:
        message = f"The file has {rows:,} rows, the source reported {item.control_total:,}."
        issue = InputIssue(
            code="table-control-total",
            severity="warning",
            place=Place(file=f"evidence/{item.file}"),
            message=message,
            hint="Ask for a complete export, or correct control_total in the register.",
        )
        issues = (*issues, issue)
        limits = (
            say(
                "population unverified: {file} has {n} of {total} rows",
                file=item.file,
                n=rows,
                total=item.control_total,
            ),
        )
    return reading.model_copy(update={"control_total": item.control_total, "issues": issues}), limits
