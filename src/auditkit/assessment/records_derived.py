"""Compute derived datasets in polars: one function a step, each keeping provenance and doubt.

In a frame every field ``f`` stands beside ``?f``: true where its cell could not be understood. ``_evidence``, ``_file``,
``_sheet`` and ``_row`` say where a row came from; a group points to the first of its rows.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

import polars as pl

from auditkit.assessment.records_expressions import Bound, expression, predicate
from auditkit.assessment.recordtests.derived import (
    Compute,
    DerivedDataset,
    Follow,
    Group,
    Join,
    Split,
    Step,
    Take,
    Where,
    Windows,
)
from auditkit.base.period import Period
from auditkit.evidence.tables import Table

PLACES = ("_evidence", "_file", "_sheet", "_row")
KEYS = {"month": 1, "quarter": 3, "period": 0}


class Given(NamedTuple):
    """What the steps work on."""

    tables: Mapping[str, Sequence[Table]]
    """By dataset, derived ones that were made before included."""
    bound: Bound
    period: Period


def derive_frame(definition: DerivedDataset, given: Given) -> pl.LazyFrame:
    """Return the rows of a derived dataset with fields, doubts and places; polars errors are the caller's."""
    parts: list[pl.LazyFrame] = []
    frame: pl.LazyFrame | None = None
    for step in definition.steps:
        if isinstance(step, Take):
            parts.append(_take(step, given))
            continue
        frame = _stacked(parts) if frame is None else frame
        frame = _step(frame, step, given)
    return _stacked(parts) if frame is None else frame


def source(dataset: str, fields: Mapping[str, str], given: Given, where: str | None) -> pl.LazyFrame:
    """Return rows of a dataset under new names; a field an export lacks is empty and in doubt."""
    frames = []
    for table in given.tables.get(dataset, ()):
        if table.parquet is None:
            continue
        columns: list[pl.Expr] = []
        for at, quality in enumerate(table.reading.fields):
            there = quality.header is not None and quality.field in table.columns
            value = pl.col(quality.field) if there else pl.lit(None)
            doubt = (pl.col("_unsure") & (1 << at)) != 0 if there else pl.lit(True)
            columns += [value.alias(quality.field), doubt.alias(f"?{quality.field}")]
        frames.append(pl.scan_parquet(table.parquet, glob=False).select(*PLACES, *columns))
    whole = pl.concat(frames, how="diagonal_relaxed")
    if where is not None:
        whole = whole.filter(predicate(where, given.bound, whole).fill_null(True))
    named = [pl.col(old).alias(new) for new, old in fields.items()]
    doubts = [pl.col(f"?{old}").alias(f"?{new}") for new, old in fields.items()]
    return whole.select(*PLACES, *named, *doubts)


def _take(step: Take, given: Given) -> pl.LazyFrame:
    frame = source(step.dataset, step.fields, given, step.where)
    marks = [pl.lit(text).alias(name) for name, text in step.mark.items()]
    sure = [pl.lit(False).alias(f"?{name}") for name in step.mark]
    return frame.with_columns(*marks, *sure)


def _stacked(parts: Sequence[pl.LazyFrame]) -> pl.LazyFrame:
    return pl.concat(parts, how="diagonal_relaxed") if len(parts) > 1 else parts[0]


def _step(frame: pl.LazyFrame, step: Step, given: Given) -> pl.LazyFrame:
    if isinstance(step, Split):
        return _split(frame, step)
    if isinstance(step, Join):
        return _join(frame, step, given)
    if isinstance(step, Group):
        return _group(frame, step, given)
    if isinstance(step, Windows):
        return _windows(frame, step, given.period)
    if isinstance(step, Follow):
        return _follow(frame, step)
    if isinstance(step, Compute):
        return _compute(frame, step, given)
    assert isinstance(step, Where)  # noqa: S101 - the union has no other member here
    return frame.filter(predicate(step.keep, given.bound, frame).fill_null(True))


def _split(frame: pl.LazyFrame, step: Split) -> pl.LazyFrame:
    entries = pl.col(step.field).str.split(step.by)
    trimmed = (
        frame.with_columns(entries).explode(step.field).with_columns(pl.col(step.field).str.strip_chars())
    )
    return trimmed.filter(pl.col(step.field).is_null() | (pl.col(step.field) != ""))


def _join(frame: pl.LazyFrame, step: Join, given: Given) -> pl.LazyFrame:
    order = step.last_by or step.first_by
    wanted = {f"@{there}": there for there in step.on.values()} | dict(step.fields)
    if order is not None:
        wanted["@order"] = order
    other = source(step.dataset, wanted, given, step.where).drop(PLACES)
    keys = [f"@{there}" for there in step.on.values()]
    other = other.filter(pl.all_horizontal([pl.col(key).is_not_null() for key in keys]))
    if order is not None:
        other = other.sort("@order", descending=step.last_by is not None, nulls_last=True)
    other = other.unique(subset=keys, keep="first", maintain_order=True).with_columns(
        pl.lit(True).alias("@found")
    )
    dropped = [f"?{key}" for key in keys] + (["@order", "?@order"] if order is not None else [])
    joined = frame.join(
        other.drop(dropped), left_on=list(step.on), right_on=keys, how="left", maintain_order="left"
    )
    missed = pl.any_horizontal([pl.col(f"?{here}") for here in step.on])
    added = [pl.col(f"?{new}").fill_null(False) | missed for new in step.fields]
    joined = joined.with_columns(added)
    if step.found is not None:
        found = pl.col("@found").fill_null(False)
        joined = joined.with_columns(
            pl.when(missed).then(None).otherwise(found).alias(step.found), missed.alias(f"?{step.found}")
        )
    return joined.drop("@found")


def _group(frame: pl.LazyFrame, step: Group, given: Given) -> pl.LazyFrame:
    figures: list[pl.Expr] = []
    for name, text in step.figures.items():
        figures += _figure(name, text, frame, given)
    places = [pl.col(name).first() for name in PLACES]
    doubts = [pl.col(f"?{name}").any() for name in step.by]
    return frame.sort("_file", "_row").group_by(*step.by, maintain_order=True).agg(*places, *doubts, *figures)


def _figure(name: str, text: str, frame: pl.LazyFrame, given: Given) -> list[pl.Expr]:
    """Return the figure and its doubt."""
    kind, _, rest = text.partition(" ")
    if kind in ("count", "share"):
        if not rest:
            return [pl.len().cast(pl.Int64).alias(name), pl.lit(False).alias(f"?{name}")]
        held = predicate(rest, given.bound, frame)
        doubt = held.is_null().any().alias(f"?{name}")
        if kind == "count":
            return [held.fill_null(False).sum().cast(pl.Int64).alias(name), doubt]
        share = held.fill_null(False).sum() * 100.0 / pl.len()
        return [share.cast(pl.Float64).alias(name), doubt]
    column, doubt = pl.col(rest), pl.col(f"?{rest}").any().alias(f"?{name}")
    figure = {
        "max": column.max(),
        "min": column.min(),
        "sum": column.sum(),
        "distinct": column.drop_nulls().n_unique(),
    }[kind]
    return [figure.alias(name), doubt]


def _windows(frame: pl.LazyFrame, step: Windows, period: Period) -> pl.LazyFrame:
    rows = [{"window_start": start, "window_end": end} for start, end in windows(step.every, period)]
    grid = pl.LazyFrame(rows, schema={"window_start": pl.Date, "window_end": pl.Date})
    sure = [pl.lit(False).alias("?window_start"), pl.lit(False).alias("?window_end")]
    return frame.join(grid.with_columns(sure), how="cross")


def windows(every: str, period: Period) -> list[tuple[date, date]]:
    """Return first and last day of each calendar window that lies wholly inside the period; of it all for ``period``."""
    months = KEYS[every]
    if not months:
        return [(period.start, period.end)]
    found: list[tuple[date, date]] = []
    year, month = period.start.year, period.start.month
    if months == 3:
        month = (month - 1) // 3 * 3 + 1
    while True:
        start = date(year, month, 1)
        month += months
        year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
        end = date(year, month, 1) - timedelta(days=1)
        if end > period.end:
            return found
        if start >= period.start:
            found.append((start, end))


def _follow(frame: pl.LazyFrame, step: Follow) -> pl.LazyFrame:
    ordered = frame.sort(step.order, nulls_last=True, maintain_order=True)
    columns = []
    for new, old in step.fields.items():
        for name, made in ((old, new), (f"?{old}", f"?{new}")):
            shifted = pl.col(name).shift(1)
            columns.append((shifted.over(*step.by) if step.by else shifted).alias(made))
    doubts = [pl.col(f"?{new}").fill_null(False) for new in step.fields]
    return ordered.with_columns(columns).with_columns(doubts)


def _compute(frame: pl.LazyFrame, step: Compute, given: Given) -> pl.LazyFrame:
    for new, text in step.fields.items():
        value, used = expression(text, given.bound)
        doubt = pl.any_horizontal([pl.col(f"?{name}") for name in used] or [pl.lit(False)])
        if (
            "_MINUTES(" in text
        ):  # what a clock cannot say though all it reads is there: no such calendar, hour, or day
            full = pl.all_horizontal([pl.col(name).is_not_null() for name in used])
            doubt = doubt | (value.is_null() & full)
        frame = frame.with_columns(value.alias(new), doubt.alias(f"?{new}"))
    return frame
