"""SQL texts of derived datasets as polars expressions, with parameters bound and doubtful cells shielded."""

from collections.abc import Mapping
from typing import NamedTuple

import polars as pl
from sqlglot import exp

from auditkit.assessment.recordtests import predicates as sql


class Bound(NamedTuple):
    """Parameters as literals, the built-in ones included."""

    literals: Mapping[str, exp.Expr]


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
    """Return an expression and the fields it reads: SQL, ``MONTH_OF(field)`` or ``MINUTES(from, to)``."""
    name, _, inside = text.partition("(")
    arguments = [part.strip() for part in inside.rstrip(")").split(",")]
    if name == "MONTH_OF":
        return pl.col(arguments[0]).cast(pl.Date).dt.truncate("1mo"), (arguments[0],)
    if name == "MINUTES":
        start, end = arguments
        minutes = (pl.col(end).cast(pl.Datetime) - pl.col(start).cast(pl.Datetime)).dt.total_minutes()
        return minutes.cast(pl.Float64), (start, end)
    parsed = sql.parse_expression(text)
    bound_text = sql.to_polars(sql.bind(parsed, bound.literals))
    return pl.sql_expr(bound_text), sql.columns(parsed)
