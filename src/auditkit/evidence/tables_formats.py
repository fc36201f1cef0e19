"""Which format the date columns of an export are in: by the shape of some cells first, by every cell in the end.

Counting what each format reads costs a pass over the file. A column for which the shape of a sample leaves one
format goes without: if typing it then leaves cells in doubt, it is counted after all.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import polars as pl

from auditkit.base.issue import InputIssue
from auditkit.evidence import tables_report as report
from auditkit.evidence.model import EvidenceItem, Profile
from auditkit.evidence.tables_dates import ISO, candidates, choose, fitting, unknown_tokens
from auditkit.evidence.tables_source import Source
from auditkit.evidence.tables_types import Column, date_text, read_date

_SAMPLE_ROWS = 5_000


class Dated(NamedTuple):
    """What was decided about date columns, by field."""

    formats: dict[str, str]
    refused: dict[str, InputIssue]
    unproven: dict[str, tuple[str, ...]]
    """Candidates of fields whose format rests on the sample only."""


def decide_formats(source: Source, columns: Sequence[Column], item: EvidenceItem) -> Dated:
    """Decide the format of each date column as far as needed before the rows are typed."""
    profile = source.mapping.profile
    wanted = [one for one in columns if one.field.type in ("date", "datetime")]
    strange = [token for layout in profile.date_formats for token in unknown_tokens(layout)]
    if strange or (any("%y" in one for one in profile.date_formats) and profile.pivot_year is None):
        reason = f"{strange[0]} is unknown" if strange else "two-digit years need a pivot_year"
        return Dated(
            {}, {one.field.name: report.bad_format(item, one.header, profile, reason) for one in wanted}, {}
        )
    if profile.declared_date_format:
        return Dated({one.field.name: profile.date_formats[0] for one in wanted}, {}, {})
    tried = _shapes(source, wanted)
    single = {
        name: layouts for name, layouts in tried.items() if len(set(layouts) - {_fallback(profile)}) < 2
    }
    several = [one for one in wanted if one.field.name not in single]
    counted = _count(source, several, tried, item)
    return Dated(
        {**{name: layouts[0] for name, layouts in single.items()}, **counted.formats}, counted.refused, single
    )


def prove(
    source: Source,
    columns: Sequence[Column],
    tried: Mapping[str, tuple[str, ...]],
    item: EvidenceItem,
    typed: Path,
) -> Dated:
    """Look at the rows of the typed file that are in doubt, and decide again where a format did not read them.

    A time in a clock change is in doubt and yet read.
    """
    doubtful = pl.scan_parquet(typed, glob=False).filter(pl.col("_unsure") != 0).select("_row").collect()
    few = source._replace(frame=source.frame.filter(pl.col("_row").is_in(doubtful["_row"].implode())))
    counts = _readable(few, columns, tried)
    unread = [
        one
        for one in columns
        if counts[f"{one.field.name}|{tried[one.field.name][0]}"] < counts[f"{one.field.name}|"]
    ]
    formats = {one.field.name: tried[one.field.name][0] for one in columns if one not in unread}
    counted = _count(source, unread, tried, item)
    return Dated({**formats, **counted.formats}, counted.refused, {})


def _count(
    source: Source, columns: Sequence[Column], tried: Mapping[str, tuple[str, ...]], item: EvidenceItem
) -> Dated:
    """Count what each candidate reads in every row and decide by that."""
    if not columns:
        return Dated({}, {}, {})
    profile = source.mapping.profile
    counts = _readable(source, columns, tried)
    formats: dict[str, str] = {}
    refused: dict[str, InputIssue] = {}
    for one in columns:
        name = one.field.name
        readable = {layout: counts[f"{name}|{layout}"] for layout in tried[name]}
        choice = choose(readable, counts[f"{name}|"], _fallback(profile))
        if choice.format is None:
            refused[name] = report.refused_dates(item, one.header, choice)
        else:
            formats[name] = choice.format
    return Dated(formats, refused, {})


def _shapes(source: Source, wanted: Sequence[Column]) -> dict[str, tuple[str, ...]]:
    """Return for each field the formats whose shape fits the first cells."""
    if not wanted:
        return {}
    profile = source.mapping.profile
    texts = [date_text(one, profile).alias(one.field.name) for one in wanted]
    sample = source.frame.head(_SAMPLE_ROWS).select(texts).collect()
    return {
        name: fitting(
            sample[name].drop_nulls().unique().to_list(),
            candidates(profile.date_formats),
            source.sheet is not None,
            _fallback(profile),
        )
        for name in sample.columns
    }


def _readable(
    source: Source, wanted: Sequence[Column], tried: Mapping[str, tuple[str, ...]]
) -> dict[str, int]:
    profile = source.mapping.profile
    counts = []
    for one in wanted:
        text = date_text(one, profile)
        counts.append(text.count().alias(f"{one.field.name}|"))
        for layout in tried[one.field.name]:
            read = read_date(text, layout, profile, source.sheet is not None)
            counts.append(read.count().alias(f"{one.field.name}|{layout}"))
    return source.frame.select(counts).collect(engine="streaming").row(0, named=True)


def _fallback(profile: Profile) -> str | None:
    """Return what a template declares: ISO, for cells that are not otherwise read as a whole."""
    return None if profile.date_formats else ISO
