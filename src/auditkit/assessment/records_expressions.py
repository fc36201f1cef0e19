"""SQL texts of derived datasets as polars expressions, with parameters bound and doubtful cells shielded."""

from collections.abc import Mapping
from typing import NamedTuple

import polars as pl
from sqlglot import exp

from auditkit.assessment.records_clocks import Clocks, working_minutes
from auditkit.assessment.recordtests import predicates as sql


class Bound(NamedTuple):
    """Parameters as literals, the built-in ones included."""

    literals: Mapping[str, exp.Expr]
    clocks: Clocks = Clocks({}, "UTC")


def predicate(text: str, bound: Bound, frame: pl.LazyFrame) -> pl.Expr:
    """Return a predicate; it is null where a cell it tests could not be understood."""
    names = set(frame.collect_schema().names())
    parsed = sql.parse_predicate(text)
    unsure = {name: f"?{name}" for name in sql.columns(parsed) if f"?{name}" in names}
    shielded = sql.shield(sql.bind(parsed, bound.literals), unsure)
    found = pl.sql_expr(sql.to_polars(shielded))
    compared = [f"?{name}" for name in sql.columns(parsed) if f"?{name}" in names]
    doubt = pl.any_horizontal([pl.col(name) for name in compared] or [pl.lit(False)])
    return pl.when(doubt).then(None).otherwise(found)


def expression(text: str, bound: Bound) -> tuple[pl.Expr, tuple[str, ...]]:
    """Return an expression and the fields it reads: SQL, or one of the functions of ``recordtests.derived.Compute``."""
    name, _, inside = text.partition("(")
    arguments = [part.strip() for part in inside.rstrip(")").split(",")]
    if name == "MONTH_OF":
        return pl.col(arguments[0]).cast(pl.Date).dt.truncate("1mo"), (arguments[0],)
    if name == "MINUTES":
        start, end = arguments
        minutes = (pl.col(end).cast(pl.Datetime) - pl.col(start).cast(pl.Datetime)).dt.total_minutes()
        return minutes.cast(pl.Float64), (start, end)
    if name == "WORKING_MINUTES":
        start, end, calendar = arguments
        hours, used = _calendar(calendar, bound)
        return working_minutes(pl.col(start), pl.col(end), hours, bound.clocks), (start, end, *used)
    if name == "MONTH_MINUTES":
        month, calendar = arguments
        hours, used = _calendar(calendar, bound)
        first = pl.col(month).cast(pl.Date).dt.truncate("1mo")
        return working_minutes(first, first.dt.offset_by("1mo"), hours, bound.clocks), (month, *used)
    parsed = sql.parse_expression(text)
    bound_text = sql.to_polars(sql.bind(parsed, bound.literals))
    return pl.sql_expr(bound_text), sql.columns(parsed)


def _calendar(argument: str, bound: Bound) -> tuple[pl.Expr | str, tuple[str, ...]]:
    """Return the calendar an argument names: ``:parameter``, or a field, and the fields read."""
    if argument.startswith(":"):
        return str(bound.literals[argument[1:]].this), ()
    return pl.col(argument), (argument,)
