"""Typed Parquet files used where they lie: records that a data platform wrote in the canonical form.

That is one file or a flat folder of parts, however large; nothing is copied. Every file has the same columns: fields
of the dataset under their names and in their types (a datetime is a wall-clock time of the engagement's zone, to the
microsecond, without a zone), and the hidden columns of ``tables``. What does not fit makes the whole item unreadable; nothing is converted and nothing passed over.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import polars as pl

from auditkit.evidence import tables_report as report
from auditkit.evidence.model import Dataset, DatasetField, EvidenceItem, FieldQuality, TableReading
from auditkit.evidence.tables import IN_PLACE
from auditkit.evidence.tables_parquet import is_parquet, list_parts
from auditkit.evidence.tables_text import TableFault
from auditkit.evidence.tables_types import LONGEST_TEXT_BYTES, longest_text

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


def read_in_place(path: Path, item: EvidenceItem, dataset: Dataset, zone: str) -> TableReading | None:
    """Return the reading of files that have the hidden columns; None: there are none, so it is an export to convert.

    TableFault or what polars raises: they break the form.
    """
    if not is_parquet(path):
        return None
    files = list_parts(path)
    if not any(name in pl.scan_parquet(files[0], glob=False).collect_schema() for name in _HIDDEN):
        return None
    if path.is_dir() and (beside := _beside(path)):
        raise TableFault(f"{beside} lies between the parts; leave only the parts in the folder")
    return _read(files, item, dataset, zone)


def _beside(folder: Path) -> str | None:
    """Return what engines would trip over: all but parts and the empty files that say a folder is complete."""
    for one in sorted(folder.iterdir()):
        part = one.suffix == ".parquet" and not one.name.startswith((".", "_"))
        marker = one.suffix != ".parquet" and one.name.startswith("_") and one.stat().st_size == 0
        if not (part or marker):
            return one.name
    return None


def _read(files: Sequence[Path], item: EvidenceItem, dataset: Dataset, zone: str) -> TableReading:
    schema = _schema(files, dataset)
    key = pl.col(dataset.key).drop_nulls()
    counts = [
        pl.len().alias("rows"),
        (key.len() - key.n_unique()).alias("twice"),
        _misplaced(item).sum().alias("misplaced"),
    ]
    for at, field in enumerate(dataset.fields):
        if field.name not in schema:
            continue
        column = pl.col(field.name)
        counts.append(column.null_count().alias(f"null|{field.name}"))
        counts.append(((pl.col("_unsure") & (1 << at)) != 0).sum().alias(f"doubt|{field.name}"))
        counts.append(_strange(field, zone).sum().alias(f"strange|{field.name}"))
        if field.type == "text":
            counts.append(column.str.len_bytes().max().alias(f"bytes|{field.name}"))
    if dataset.dated_by in schema:
        dated = pl.col(dataset.dated_by or "")
        counts += [dated.min().alias("first"), dated.max().alias("last")]
    scan = pl.scan_parquet(list(files), glob=False)
    seen = scan.select(counts).collect(engine="streaming").row(0, named=True)
    if seen["misplaced"]:
        raise TableFault(
            f"{seen['misplaced']} rows do not say that they are from {item.id}, and from which row"
        )
    for field in dataset.fields:
        if strange := seen.get(f"strange|{field.name}"):
            raise TableFault(f"{strange} cells of {field.name} {_why_strange(field, zone)}")
    return _reading(item, dataset, schema, seen)


def _strange(field: DatasetField, zone: str) -> pl.Expr:
    """Tell cells that an export would have left in doubt."""
    column = pl.col(field.name)
    if field.values:
        return ~column.is_in(list(field.values))
    if field.type == "number":
        return ~column.is_finite()
    if field.type == "text":
        return column.str.len_bytes() > LONGEST_TEXT_BYTES
    if field.type == "datetime" and zone != "UTC":
        once = column.dt.replace_time_zone(zone, ambiguous="null", non_existent="null")
        return column.is_not_null() & once.is_null()
    return pl.lit(False)


def _why_strange(field: DatasetField, zone: str) -> str:
    if field.values:
        return f"are none of {', '.join(field.values)}"
    if field.type == "number":
        return "are no finite numbers"
    if field.type == "text":
        return f"are longer than {LONGEST_TEXT_BYTES:,} bytes"
    return f"occur twice or never in {zone}, where the clock changes; leave them empty and say so in _unsure"


def _misplaced(item: EvidenceItem) -> pl.Expr:
    """Tell rows whose place or doubt is not stated, or that claim to be from another item."""
    stated = (pl.col("_evidence") == item.id) & (pl.col("_row") > 0) & (pl.col("_unsure") >= 0)
    return ~(stated & pl.col("_file").is_not_null()).fill_null(False)


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
        profile=IN_PLACE,
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
        longest_text_bytes=longest_text(seen),
    )
    return reading.model_copy(update={"issues": report.about_reading(item, dataset, reading)})


def _day(when: datetime | date | None) -> date | None:
    return when.date() if isinstance(when, datetime) else when
