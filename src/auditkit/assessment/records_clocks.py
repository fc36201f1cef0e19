"""Working time between two columns, in polars."""

from collections.abc import Mapping
from functools import partial
from typing import NamedTuple

import polars as pl

from auditkit.assessment.calendars import ALWAYS, WorkedTime

_MINUTE = 60_000_000


class Clocks(NamedTuple):
    """The calendars that were declared, laid out, and the zone in which the columns stand."""

    laid_out: Mapping[str, WorkedTime]
    zone: str


def working_minutes(start: pl.Expr, end: pl.Expr, calendar: pl.Expr | str, clocks: Clocks) -> pl.Expr:
    """Return the minutes in which the clock ran between two wall-clock columns, as Float64.

    Null where a side is null, where the calendar is not declared, or where a time lies outside its layout.
    """
    begin, until = _instant(start, clocks.zone), _instant(end, clocks.zone)
    if isinstance(calendar, str):
        return _between(begin, until, calendar, clocks)
    found = pl.lit(None, pl.Float64)
    for name in (ALWAYS, *clocks.laid_out):
        found = pl.when(calendar == name).then(_between(begin, until, name, clocks)).otherwise(found)
    return found


def _instant(column: pl.Expr, zone: str) -> pl.Expr:
    aware = column.cast(pl.Datetime("us")).dt.replace_time_zone(zone, ambiguous="null", non_existent="null")
    return aware.dt.epoch("us")


def _between(begin: pl.Expr, until: pl.Expr, calendar: str, clocks: Clocks) -> pl.Expr:
    if calendar == ALWAYS:
        return (until - begin) / _MINUTE
    layout = clocks.laid_out.get(calendar)
    if layout is None:
        return pl.lit(None, pl.Float64)
    shown = partial(_shown, layout)
    clock = [one.map_batches(shown, return_dtype=pl.Int64, is_elementwise=True) for one in (begin, until)]
    return (clock[1] - clock[0]) / _MINUTE


def _shown(layout: WorkedTime, instants: pl.Series) -> pl.Series:
    """Return what the clock shows at each instant."""
    starts = pl.Series(layout.starts, dtype=pl.Int64)
    at = starts.search_sorted(instants.fill_null(0), side="right").cast(pl.Int64) - 1
    index = at.clip(0)
    since = instants - starts.gather(index)
    ran = pl.select(
        pl.min_horizontal(since, pl.Series(layout.lengths, dtype=pl.Int64).gather(index))
    ).to_series()
    shown = pl.Series(layout.before, dtype=pl.Int64).gather(index) + ran
    inside = (instants >= layout.first) & (instants <= layout.last)
    return pl.select(
        pl.when(inside).then(pl.when(at < 0).then(0).otherwise(shown)).otherwise(None)
    ).to_series()
