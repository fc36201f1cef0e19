"""Predicates of record tests: portable SQL, parsed and checked with sqlglot.

A predicate is one boolean expression over the fields of its dataset. Allowed: comparison, BETWEEN, IN, LIKE,
IS [NOT] NULL, AND, OR, NOT, arithmetic, CASE, ``CAST(x AS DATE)``, LENGTH, TRIM, LOWER, UPPER, ABS,
REGEXP_LIKE, ``COUNT(*) OVER (PARTITION BY ...)`` and day intervals. What hides an empty cell (COALESCE,
IS TRUE, IS DISTINCT FROM) is not allowed, because an empty cell must stay unknown.

Parameters are ``:name``. Built in are ``:period_start`` and ``:period_end`` (first and last instant of the
audit period) and ``:as_of`` (a date). Intervals are written ``:as_of - INTERVAL :risk_review_days DAY``,
``actual_end + INTERVAL :days DAY`` or, by row, ``last_review_at + INTERVAL review_interval_days DAY``; they
are turned into what the engine at hand understands.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from auditkit.base.period import Period

BUILT_IN = ("period_start", "period_end", "as_of")
_PREDICATES = (
    exp.And, exp.Or, exp.Not, exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE,
    exp.Between, exp.In, exp.Is, exp.Like, exp.RegexpLike, exp.Boolean,
)  # fmt: skip
_ALLOWED = (
    *_PREDICATES,
    exp.Paren, exp.Column, exp.Identifier, exp.Literal, exp.Null, exp.Placeholder, exp.Interval, exp.Var,
    exp.Add, exp.Sub, exp.Mul, exp.Div, exp.Neg, exp.Case, exp.If, exp.Cast, exp.DataType,
    exp.Length, exp.Trim, exp.Lower, exp.Upper, exp.Abs, exp.Window, exp.Count, exp.Star,
)  # fmt: skip


class PredicateFault(ValueError):
    """A predicate that cannot be used, with the reason as its text."""


def parse_predicate(text: str, types: Mapping[str, str] | None = None) -> exp.Expr:
    """Parse one boolean expression; PredicateFault says what is wrong.

    ``types`` maps the fields of the dataset to their types; without it fields are not checked.
    """
    try:
        statements = sqlglot.parse(text)
    except SqlglotError as error:
        raise PredicateFault(f"it is not SQL ({str(error).splitlines()[0]})") from error
    root = statements[0] if len(statements) == 1 else None
    if not isinstance(root, exp.Expr):
        raise PredicateFault("it has to be exactly one expression")
    for node in root.walk():
        _check(node, types)
    if not _is_boolean(root, types):
        raise PredicateFault("it is not true or false: a comparison is missing")
    return root


def parse_expression(text: str) -> exp.Expr:
    """Parse one expression of any type, from the same parts as predicates; PredicateFault says what is wrong."""
    try:
        statements = sqlglot.parse(text)
    except SqlglotError as error:
        raise PredicateFault(f"it is not SQL ({str(error).splitlines()[0]})") from error
    root = statements[0] if len(statements) == 1 else None
    if not isinstance(root, exp.Expr):
        raise PredicateFault("it has to be exactly one expression")
    for node in root.walk():
        _check(node, None)
    return root


def columns(predicate: exp.Expr) -> tuple[str, ...]:
    """Return the fields a predicate reads, sorted."""
    return tuple(sorted({column.name for column in predicate.find_all(exp.Column)}))


def null_tested(predicate: exp.Expr) -> tuple[str, ...]:
    """Return the fields whose emptiness the predicate itself tests, sorted."""
    tests = (node.this for node in predicate.find_all(exp.Is))
    return tuple(sorted({node.name for node in tests if isinstance(node, exp.Column)}))


def parameter_names(predicate: exp.Expr) -> tuple[str, ...]:
    """Return the parameters a predicate uses, sorted, built-in ones included."""
    return tuple(sorted({node.name for node in predicate.find_all(exp.Placeholder)}))


def alternatives(predicate: exp.Expr) -> Iterator[exp.Expr]:
    """Yield the branches of the OR at the top of a predicate, or the predicate itself."""
    node = predicate.unnest()
    if isinstance(node, exp.Or):
        yield from alternatives(node.this)
        yield from alternatives(node.expression)
    else:
        yield node


def built_in_literals(period: Period, as_of: date) -> dict[str, exp.Expr]:
    """Return the built-in parameters as typed literals."""
    return {
        "period_start": _cast(f"{period.start} 00:00:00", "TIMESTAMP"),
        "period_end": _cast(f"{period.end} 23:59:59.999999", "TIMESTAMP"),
        "as_of": _cast(str(as_of), "DATE"),
    }


def literal(value: int | float | str) -> exp.Expr:
    """Return a parameter's value as a typed literal."""
    return exp.Literal.string(value) if isinstance(value, str) else exp.Literal.number(value)


def bind(predicate: exp.Expr, literals: Mapping[str, exp.Expr]) -> exp.Expr:
    """Return the predicate with every parameter replaced by its literal; KeyError names a missing one."""
    return _rewrite(
        predicate,
        lambda node: literals[node.name].copy() if isinstance(node, exp.Placeholder) else node,
    )


def shield(predicate: exp.Expr, unsure: Mapping[str, str]) -> exp.Expr:
    """Return the predicate with the null tests of doubtful fields made NULL where their cell is in doubt.

    ``unsure`` maps a field to the boolean column that says so: a cell that could not be read is not empty.
    """

    def guard(node: exp.Expr) -> exp.Expr:
        if isinstance(node, exp.Is) and isinstance(node.this, exp.Column) and node.this.name in unsure:
            doubt = exp.column(unsure[node.this.name], quoted=True)
            return exp.Case(ifs=[exp.If(this=doubt, true=exp.Null())], default=node.copy())
        return node

    return _rewrite(predicate, guard)


def to_polars(predicate: exp.Expr) -> str:
    """Return the text of a bound predicate for ``polars.sql_expr``."""

    def by_row(node: exp.Expr) -> exp.Expr:
        if isinstance(node, exp.Interval) and not isinstance(node.this, exp.Literal):
            one_day = exp.Interval(this=exp.Literal.string("1"), unit=exp.var("DAY"))
            return exp.Paren(this=exp.Mul(this=node.this.copy(), expression=one_day))
        return node

    return _rewrite(predicate, by_row).sql(identify=True)


def _rewrite(predicate: exp.Expr, change: Callable[[exp.Expr], exp.Expr]) -> exp.Expr:
    """Replace nodes bottom up, once each; what a change returns is not visited again."""
    copy = predicate.copy()
    for node in list(copy.walk(bfs=False))[::-1]:
        changed = change(node)
        if changed is node:
            continue
        if node is copy:
            copy = changed
        else:
            node.replace(changed)
    return copy


def _check(node: exp.Expr, types: Mapping[str, str] | None) -> None:
    if not isinstance(node, _ALLOWED):
        raise PredicateFault(f"{node.sql()!r} is not allowed in a predicate")
    if isinstance(node, exp.Column) and (node.table or (types is not None and node.name not in types)):
        raise PredicateFault(f"the dataset has no field {node.sql()!r}")
    if isinstance(node, exp.Is) and not isinstance(node.expression, exp.Null):
        raise PredicateFault(f"{node.sql()!r} hides an empty cell; only IS [NOT] NULL is allowed")
    if isinstance(node, exp.Cast) and not node.to.is_type("date", "timestamp"):
        raise PredicateFault(f"{node.sql()!r}: only a cast to DATE or TIMESTAMP is allowed")
    if isinstance(node, exp.Interval) and str(node.args.get("unit")).upper() not in ("DAY", "DAYS"):
        raise PredicateFault(f"{node.sql()!r}: intervals are in DAY")


def _is_boolean(node: exp.Expr, types: Mapping[str, str] | None) -> bool:
    inner = node.unnest()
    if isinstance(inner, (exp.And, exp.Or)):
        return _is_boolean(inner.this, types) and _is_boolean(inner.expression, types)
    if isinstance(inner, exp.Not):
        return _is_boolean(inner.this, types)
    if isinstance(inner, exp.Column):
        return types is None or types[inner.name] == "boolean"
    return isinstance(inner, _PREDICATES)


def _cast(text: str, kind: str) -> exp.Expr:
    return exp.cast(exp.Literal.string(text), kind)
