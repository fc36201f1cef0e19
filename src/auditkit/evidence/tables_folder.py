"""A flat folder of typed Parquet files as one table: records that a data platform wrote in the canonical form.

Every file has the same columns: fields of the dataset under their names and in their types (a datetime is a
wall-clock time of the engagement's zone, to the microsecond, without a zone), and the hidden columns of
``tables``. What does not fit makes the whole folder unreadable; nothing is converted and nothing passed over.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import polars as pl

from auditkit.base.digest import digest_file, digest_value
from auditkit.evidence import tables_report as report
from auditkit.evidence.model import Dataset, EvidenceItem, FieldQuality, TableReading
from auditkit.evidence.tables import Table
from auditkit.evidence.tables_text import TableFault

_TYPES: Mapping[str, tuple[pl.DataType, ...]] = {
    "text": (pl.String(),),
    "integer": (pl.Int64(), pl.Int32()),
    "number": (pl.Float64(),),
    "boolean": (pl.Boolean(),),
    "date": (pl.Date(),),
    "datetime": (pl.Datetime("us"),),
}
_HIDDEN: Mapping[str, tuple[pl.DataType, ...]] = {
    "_evidence": (pl.String(),),
    "_file": (pl.String(),),
    "_sheet": (pl.String(),),
    "_row": (pl.Int64(), pl.Int32(), pl.UInt32()),
    "_unsure": (pl.Int64(),),
}


def read_parquet_folder(evidence_dir: Path, item: EvidenceItem, dataset: Dataset) -> Table:
    """Return the folder ``item.file`` as a table; one that breaks the form comes back without rows and says why."""
    folder = evidence_dir / item.file
    digest = ""
    try:
        if not folder.resolve().is_relative_to(evidence_dir.resolve()):
            raise TableFault("it lies outside the evidence folder")
        files = _files(folder)
        digest = digest_value([[path.name, digest_file(path)] for path in files])
        reading = _read(files, item, dataset)
    except TableFault as fault:
        reading = report.unreadable(item, dataset, str(fault))
    except (OSError, pl.exceptions.PolarsError) as error:
        reading = report.unreadable(item, dataset, str(error).partition("\n")[0])
    return Table(
        reading=reading,
        parquet=folder if reading.readable else None,
        evidence=item.id,
        file=f"evidence/{item.file}",
        sha256=digest,
        columns=tuple(one.field for one in reading.fields if one.header is not None),
        key=dataset.key,
        limits=(),
        digest=digest_value([digest, item.id, item.file, dataset.model_dump(mode="json")]),
    )


def _files(folder: Path) -> list[Path]:
    """Return the files in the order of their names, which is the order of their rows."""
    entries = sorted(one for one in folder.iterdir() if not _is_marker(one))
    foreign = [one.name for one in entries if one.is_dir() or one.suffix != ".parquet"]
    if foreign or not entries:
        raise TableFault(f"{foreign[0]} is no Parquet file" if foreign else "it has no Parquet files")
    return entries


def _is_marker(path: Path) -> bool:
    """Tell the empty files by which a platform says that a folder is complete."""
    return path.name.startswith("_") and path.is_file() and path.stat().st_size == 0


def _read(files: Sequence[Path], item: EvidenceItem, dataset: Dataset) -> TableReading:
    schema = _schema(files, dataset)
    key = pl.col(dataset.key).drop_nulls()
    counts = [pl.len().alias("rows"), (key.len() - key.n_unique()).alias("twice")]
    for at, field in enumerate(dataset.fields):
        if field.name not in schema:
            continue
        column = pl.col(field.name)
        counts.append(column.null_count().alias(f"null|{field.name}"))
        counts.append(((pl.col("_unsure") & (1 << at)) != 0).sum().alias(f"doubt|{field.name}"))
        if field.values:
            counts.append((~column.is_in(list(field.values))).sum().alias(f"strange|{field.name}"))
    if dataset.dated_by in schema:
        dated = pl.col(dataset.dated_by or "")
        counts += [dated.min().alias("first"), dated.max().alias("last")]
    scan = pl.scan_parquet(list(files), glob=False)
    seen = scan.select(counts).collect(engine="streaming").row(0, named=True)
    for field in dataset.fields:
        if strange := seen.get(f"strange|{field.name}"):
            raise TableFault(f"{strange} cells of {field.name} are none of {', '.join(field.values)}")
    return _reading(item, dataset, schema, seen)


def _schema(files: Sequence[Path], dataset: Dataset) -> pl.Schema:
    """Return the columns of all files, from their footers."""
    first = pl.scan_parquet(files[0], glob=False).collect_schema()
    for path in files[1:]:
        if pl.scan_parquet(path, glob=False).collect_schema() != first:
            raise TableFault(f"{path.name} and {files[0].name} differ in their columns")
    wanted = {field.name: _TYPES[field.type] for field in dataset.fields if field.name in first}
    if dataset.key not in wanted:
        raise TableFault(f"it lacks the key {dataset.key}")
    for name, kinds in {**wanted, **_HIDDEN}.items():
        if name not in first:
            raise TableFault(
                f"it lacks the column {name}, which says where a row comes from or what is in doubt"
            )
        if first[name] not in kinds:
            raise TableFault(f"column {name} is stored as {first[name]}, expected is {kinds[0]}")
    return first


def _reading(
    item: EvidenceItem, dataset: Dataset, schema: pl.Schema, seen: Mapping[str, Any]
) -> TableReading:
    reading = TableReading(
        evidence=item.id,
        dataset=dataset.id,
        profile="parquet",
        rows_in_file=seen["rows"],
        rows_kept=seen["rows"],
        duplicates=seen["twice"],
        fields=tuple(
            FieldQuality(
                field=field.name,
                header=field.name if field.name in schema else None,
                nulls=seen.get(f"null|{field.name}", 0),
                unparseable=seen.get(f"doubt|{field.name}", 0),
            )
            for field in dataset.fields
        ),
        unmapped_headers=tuple(
            name for name in schema if dataset.field(name) is None and name not in _HIDDEN
        ),
        first_at=_day(seen.get("first")),
        last_at=_day(seen.get("last")),
    )
    return reading.model_copy(update={"issues": report.about_reading(item, dataset, reading)})


def _day(when: datetime | date | None) -> date | None:
    return when.date() if isinstance(when, datetime) else when
