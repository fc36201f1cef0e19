"""Measure an export as a population: months, gaps in number sequences, dates ahead, closures in bulk."""

from datetime import date

import polars as pl

from auditkit.base.period import Period
from auditkit.evidence.model import Dataset
from auditkit.evidence.quality import Measured
from auditkit.evidence.tables import Table

SEQUENCE_SHARE = 0.9
"""Share of keys with one prefix and a number from which they count as a sequence."""


def measure_rows(table: Table, dataset: Dataset, period: Period, as_of: date) -> Measured:
    """Return what the rows say; fields the export lacks leave their figures at zero or unknown."""
    assert table.parquet is not None  # noqa: S101 - unreadable exports are left out before
    frame = pl.scan_parquet(table.parquet, glob=False)
    gaps, example = _gaps(frame, table.key) if table.key in table.columns else (None, "")
    dated = dataset.dated_by if dataset.dated_by in table.columns else None
    return Measured(
        months_without=_months_without(frame, dated, period) if dated else (),
        number_gaps=gaps,
        gap_example=example,
        future_dates=_count(frame, pl.col(dated).cast(pl.Date) > as_of) if dated else 0,
        same_moment=_same_moment(frame) if "closed_at" in table.columns else 0,
        instant=_instant(frame, table.columns),
    )


def _count(frame: pl.LazyFrame, held: pl.Expr) -> int:
    return int(frame.select(held.fill_null(False).sum()).collect().item() or 0)


def _months_without(frame: pl.LazyFrame, dated: str, period: Period) -> tuple[str, ...]:
    found = set(
        frame.select(pl.col(dated).cast(pl.Date).dt.strftime("%Y-%m"))
        .unique()
        .collect()
        .to_series()
        .to_list()
    )
    months, year, month = [], period.start.year, period.start.month
    while (year, month) <= (period.end.year, period.end.month):
        months.append(f"{year}-{month:02d}")
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return tuple(one for one in months if one not in found)


def _gaps(frame: pl.LazyFrame, key: str) -> tuple[int | None, str]:
    """Count the numbers missing between the first and the last of the commonest prefix; None for no sequence."""
    parts = frame.select(
        prefix=pl.col(key).cast(pl.String).str.extract(r"^(.*?)(\d+)$", 1),
        number=pl.col(key).cast(pl.String).str.extract(r"^(.*?)(\d{3,15})$", 2).cast(pl.Int64, strict=False),
    ).collect()
    counted = parts.drop_nulls().group_by("prefix").len().sort("len", "prefix", descending=[True, False])
    if counted.is_empty() or counted["len"][0] < SEQUENCE_SHARE * parts.height or parts.height < 20:
        return None, ""
    prefix = counted["prefix"][0]
    numbers = parts.filter(pl.col("prefix") == prefix)["number"].drop_nulls().unique().sort()
    missing = int(numbers[-1] - numbers[0] + 1 - numbers.len())
    if not missing:
        return 0, ""
    at = (numbers.diff().fill_null(1) > 1).arg_max() or 0
    return missing, f"{prefix}{numbers[at - 1] + 1}"


def _same_moment(frame: pl.LazyFrame) -> int:
    largest = frame.select(
        pl.col("closed_at").drop_nulls().value_counts().struct.field("count").max()
    ).collect()
    return int(largest.item() or 0)


def _instant(frame: pl.LazyFrame, columns: tuple[str, ...]) -> int:
    end = next((name for name in ("resolved_at", "fulfilled_at") if name in columns), None)
    if end is None or "opened_at" not in columns:
        return 0
    took = pl.col(end).cast(pl.Datetime) - pl.col("opened_at").cast(pl.Datetime)
    return _count(frame, (took >= pl.duration(seconds=0)) & (took < pl.duration(minutes=1)))
