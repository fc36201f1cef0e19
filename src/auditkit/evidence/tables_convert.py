"""One export into typed Parquet: open, choose date formats, type, collapse, write, count."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl

from auditkit.base.atomic import new_file
from auditkit.base.issue import InputIssue
from auditkit.evidence import tables_report as report
from auditkit.evidence.model import Dataset, EvidenceItem, FieldQuality, Profile, TableReading
from auditkit.evidence.profiles import Mapping, choose_profile, find_column, map_headers
from auditkit.evidence.tables_folder import read_in_place
from auditkit.evidence.tables_formats import Dated, decide_formats, prove
from auditkit.evidence.tables_source import Source, open_source
from auditkit.evidence.tables_text import TableFault
from auditkit.evidence.tables_types import Column, column_text, longest_text, value

ROW_GROUP_ROWS = 16_384
"""Rows held while they are written: with texts of the greatest length, half a gibibyte."""


def convert(
    evidence_dir: Path,
    item: EvidenceItem,
    dataset: Dataset,
    profiles: Sequence[Profile],
    zone: str,
    target: Path,
) -> TableReading:
    """Read an export into ``target``; an export that cannot be read comes back with ``readable`` false."""
    with TemporaryDirectory(prefix="auditkit-") as scratch:
        try:
            path = evidence_dir / item.file
            if not path.resolve().is_relative_to(evidence_dir.resolve()):
                raise TableFault("it lies outside the evidence folder")
            if (placed := read_in_place(path, item, dataset, zone)) is not None:
                return placed
            chooser = partial(_choose, item, dataset, profiles)
            source = open_source(path, item.sheet, chooser, Path(scratch), dataset.key)
            return _read(source, item, dataset, zone, target)
        except TableFault as fault:
            return report.unreadable(item, dataset, str(fault))
        except (OSError, UnicodeError, pl.exceptions.PolarsError) as error:
            return report.unreadable(item, dataset, str(error).partition("\n")[0])
        except BaseException as error:  # a panic of a native reader is no Exception
            if type(error).__name__ != "PanicException":
                raise
            return report.unreadable(item, dataset, "the reader gave up on it")


def _choose(
    item: EvidenceItem, dataset: Dataset, profiles: Sequence[Profile], header: list[str]
) -> Mapping | None:
    """Lay the profile the register names on a header, or the best that fits."""
    if item.profile is None:
        return choose_profile(header, dataset, profiles)
    named = next((one for one in profiles if one.id == item.profile), None)
    if named is None:
        raise TableFault(f"there is no profile {item.profile!r} for {dataset.id}")
    mapping = map_headers(header, named)
    fits = dataset.key in mapping.columns or dataset.key in mapping.doubled
    return mapping if fits else None


def _read(source: Source, item: EvidenceItem, dataset: Dataset, zone: str, target: Path) -> TableReading:
    source, aside = _set_aside(source)
    columns = _columns(source, dataset)
    dated = decide_formats(source, [one for one in columns if one.entry.after is None], item)
    usable = _usable(columns, dated)
    seen = _write(source, item, dataset, usable, zone, target)
    doubted = [one for one in usable if one.field.name in dated.unproven and seen[f"doubt|{one.field.name}"]]
    if doubted:
        proven = prove(source, doubted, dated.unproven, item, target)
        dated = Dated({**dated.formats, **proven.formats}, {**dated.refused, **proven.refused}, {})
        if _usable(columns, dated) != usable:
            usable = _usable(columns, dated)
            seen = _write(source, item, dataset, usable, zone, target)
    return _reading(source, item, dataset, usable, seen, aside, tuple(dated.refused.values()))


def _set_aside(source: Source) -> tuple[Source, dict[str, int]]:
    """Leave out the rows that are no records of the dataset; return how many there were of which kind."""
    reasons = [
        pl.when(pl.col(f"c{position}").str.to_lowercase().is_in(spelled)).then(pl.lit(rule.reason))
        for rule in source.mapping.profile.set_aside
        if (position := find_column(source.header, rule.headers)) is not None
        and (spelled := [one.strip().lower() for one in rule.values])
    ]
    if not reasons:
        return source, {}
    told = source.frame.with_columns(_reason=pl.coalesce(*reasons))
    counts = told.group_by("_reason").len().drop_nulls("_reason").sort("_reason").collect(engine="streaming")
    aside = dict(zip(counts["_reason"], counts["len"], strict=True))
    frame = told.filter(pl.col("_reason").is_null()).drop("_reason")
    return source._replace(frame=frame, rows=source.rows - sum(aside.values())), aside


def _columns(source: Source, dataset: Dataset) -> list[Column]:
    """Return the columns that the profile finds, in the order of the dataset's fields."""
    mapping = source.mapping
    return [
        Column(
            field,
            mapping.profile.fields[field.name],
            position,
            source.header[position],
            joined=mapping.joined.get(field.name, ()),
        )
        for field in dataset.fields
        if (position := mapping.columns.get(field.name)) is not None
    ]


def _usable(columns: Sequence[Column], dated: Dated) -> list[Column]:
    """Return the columns that are used: dates with their format, lengths of time with what they count from."""
    kept = {
        one.field.name: one._replace(format=dated.formats.get(one.field.name))
        for one in columns
        if one.field.name not in dated.refused
    }
    starts = {name: one for name, one in kept.items() if one.entry.after is None}
    return [
        one if one.entry.after is None else one._replace(start=starts[one.entry.after])
        for one in kept.values()
        if one.entry.after is None or one.entry.after in starts
    ]


def _write(
    source: Source, item: EvidenceItem, dataset: Dataset, usable: Sequence[Column], zone: str, target: Path
) -> dict[str, Any]:
    """Write the typed rows and count what was written."""
    profile = source.mapping.profile
    frame = _typed_frame(source, item, dataset, usable, (profile.time_zone or zone, zone))
    key = profile.collapse_to_last_by
    if key is not None and key in {one.field.name for one in usable}:
        frame = _last_by(frame, key)
    with new_file(target) as unfinished:
        frame.sink_parquet(unfinished, compression="zstd", statistics=True, row_group_size=ROW_GROUP_ROWS)
        return _counted(unfinished, dataset, usable)


def _typed_frame(
    source: Source, item: EvidenceItem, dataset: Dataset, usable: Sequence[Column], zones: tuple[str, str]
) -> pl.LazyFrame:
    """Read the cells as text, type them, and mark those that hold something and gave nothing."""
    profile = source.mapping.profile
    order = {field.name: index for index, field in enumerate(dataset.fields)}
    ragged = source.short_rows + source.long_rows > 0
    texts = [column_text(one, profile).alias(f"_text_{one.field.name}") for one in usable]
    values = [
        value(one, profile, zones, pl.col(f"_text_{one.field.name}"), source.sheet is not None).alias(
            one.field.name
        )
        for one in usable
    ]
    unsure = [pl.lit(0, pl.Int64)]
    for one in usable:
        name = one.field.name
        doubt = pl.col(f"_text_{name}").is_not_null() & pl.col(name).is_null()
        if ragged:
            doubt = doubt | (pl.col("_cells") <= max((one.position, *one.joined)))
        unsure.append(doubt.cast(pl.Int64) * (1 << order[name]))
    named = pl.lit(f"evidence/{item.file}")
    return (
        source.frame.with_columns(texts)
        .with_columns(values)
        .select(
            *(one.field.name for one in usable),
            _evidence=pl.lit(item.id),
            _file=pl.concat_str(named, pl.col("_part")) if source.parts else named,
            _sheet=pl.lit(source.sheet, pl.String),
            _row=pl.col("_row"),
            _unsure=pl.sum_horizontal(unsure),
        )
    )


def _last_by(frame: pl.LazyFrame, key: str) -> pl.LazyFrame:
    """Keep the last row of each key in file order; rows without a key are kept as they are."""
    own = pl.coalesce(pl.col(key).cast(pl.String), pl.format("\x00{}", pl.col("_row")))
    kept = frame.with_columns(_own=own).unique(subset="_own", keep="last", maintain_order=True)
    return kept.sort("_row").drop("_own")


def _reading(
    source: Source,
    item: EvidenceItem,
    dataset: Dataset,
    usable: Sequence[Column],
    seen: dict[str, Any],
    aside: dict[str, int],
    refused: tuple[InputIssue, ...],
) -> TableReading:
    """Report what became of the export."""
    headers = {one.field.name: one.header for one in usable}
    kept = int(seen["rows"])
    dropped = {**source.dropped, **aside}
    if source.rows > kept:
        dropped["earlier event of the same record"] = source.rows - kept
    quality = tuple(
        FieldQuality(
            field=field.name,
            header=headers.get(field.name),
            nulls=int(seen.get(f"null|{field.name}", 0)),
            unparseable=int(seen.get(f"doubt|{field.name}", 0)),
        )
        for field in dataset.fields
    )
    used = {at for one in usable for at in (one.position, *one.joined)}
    rules = source.mapping.profile.set_aside
    told = {find_column(source.header, rule.headers) for rule in rules}
    reading = TableReading(
        evidence=item.id,
        dataset=dataset.id,
        profile=source.mapping.profile.id,
        rows_in_file=source.rows + sum(source.dropped.values()) + sum(aside.values()),
        rows_kept=kept,
        dropped=dropped,
        duplicates=int(seen["duplicates"]),
        fields=quality,
        unmapped_headers=tuple(
            one for at, one in enumerate(source.header) if one and at not in used and at not in told
        ),
        first_at=_day(seen.get("first")),
        last_at=_day(seen.get("last")),
        longest_text_bytes=longest_text(seen),
    )
    issues = (*refused, *report.about_source(item, source), *report.about_reading(item, dataset, reading))
    return reading.model_copy(update={"issues": issues})


def _counted(target: Path, dataset: Dataset, usable: Sequence[Column]) -> dict[str, Any]:
    names = {one.field.name for one in usable}
    key = pl.col(dataset.key).drop_nulls() if dataset.key in names else pl.lit(None).drop_nulls()
    counts = [pl.len().alias("rows"), (key.len() - key.n_unique()).alias("duplicates")]
    for index, field in enumerate(dataset.fields):
        if field.name in names:
            counts.append(pl.col(field.name).null_count().alias(f"null|{field.name}"))
            doubt = (pl.col("_unsure") & (1 << index)) != 0
            counts.append(doubt.sum().alias(f"doubt|{field.name}"))
            if field.type == "text":
                counts.append(pl.col(field.name).str.len_bytes().max().alias(f"bytes|{field.name}"))
    if dataset.dated_by in names:
        dated = pl.col(dataset.dated_by or "")
        counts += [dated.min().alias("first"), dated.max().alias("last")]
    return pl.scan_parquet(target, glob=False).select(counts).collect(engine="streaming").row(0, named=True)


def _day(when: datetime | date | None) -> date | None:
    return when.date() if isinstance(when, datetime) else when
