"""Bound predicates in the SQL of other engines, with the figures polars would give.

sqlglot writes the dialect; what it leaves to each engine is settled here: division, white space, times without a
zone, patterns, arithmetic on dates. What cannot be made the same is refused (see ``kinds``), never approximated,
with one exception: DuckDB's LOWER does not know letters that Unicode added after version 15, nor a final sigma.
"""

from collections.abc import Callable, Mapping

import sqlglot
from sqlglot import exp

from auditkit.assessment.recordtests.kinds import NUMERIC, TEMPORAL, Kind, find_kinds
from auditkit.assessment.recordtests.predicates import PredicateFault
from auditkit.assessment.recordtests.regexps import Dialect, write_pattern

_WHITE_SPACE = (
    "\t\n\v\f\r \x85\xa0\u1680" + "".join(map(chr, range(0x2000, 0x200B))) + "\u2028\u2029\u202f\u205f\u3000"
)
"""What polars trims: the White_Space of Unicode."""
_TIMES = {"spark": exp.DataType.Type.TIMESTAMPNTZ, "duckdb": exp.DataType.Type.TIMESTAMP}


def translate(text: str, types: Mapping[str, str], dialect: Dialect) -> str:
    """Return the text that ``predicates.to_polars`` gave as SQL of a dialect.

    ``types`` maps columns to the types of fields. PredicateFault says what engines would not agree on.
    """
    tree: exp.Expr = sqlglot.parse_one(text)
    kinds = find_kinds(tree, types)
    before = list(tree.walk(bfs=False))  # kept alive, for kinds are found by id

    def of(node: exp.Expr) -> Kind:
        return kinds[id(node)]

    for node in reversed(before):
        change = next((change for classes, change in _CHANGES if isinstance(node, classes)), None)
        changed = node if change is None else change(node, of, dialect)
        if changed is node:
            continue
        kinds[id(changed)] = of(node)
        before.append(changed)
        if node is tree:
            tree = changed
        else:
            node.replace(changed)
    return tree.sql(dialect, identify=True)


Of = Callable[[exp.Expr], Kind]


def _write_quotient(node: exp.Expr, _: Of, dialect: Dialect) -> exp.Expr:
    """Divide floats as IEEE 754 does; Spark fails or gives NULL where the divisor is zero."""
    over, under = (exp.cast(_held(part), "DOUBLE") for part in (node.this, node.expression))
    quotient = exp.Div(this=over, expression=under)
    if dialect == "duckdb":
        return exp.paren(quotient, copy=False)
    zero = exp.Literal.number(0)
    signs = ((exp.GT, "Infinity"), (exp.LT, "-Infinity"), (exp.EQ, "NaN"))
    by_zero = exp.Case(
        ifs=[
            exp.If(
                this=sign(this=over.copy(), expression=zero.copy()),
                true=exp.cast(exp.Literal.string(name), "DOUBLE"),
            )
            for sign, name in signs
        ]
    )
    divides = exp.EQ(this=under.copy(), expression=zero)
    return exp.Case(ifs=[exp.If(this=divides, true=by_zero)], default=quotient)


def _write_sum(node: exp.Expr, of: Of, dialect: Dialect) -> exp.Expr:
    """Give dates minus dates as durations, and dates plus computed durations as dates."""
    left, right = node.this, node.expression
    if of(left) in TEMPORAL and of(right) in TEMPORAL:
        return type(node)(this=_as_time(left, of, dialect), expression=_as_time(right, of, dialect))
    computed = right if of(right) == "duration" else left
    if of(node) == "date" and not isinstance(computed.unnest(), exp.Interval):
        total = type(node)(this=_as_time(left, of, dialect), expression=_as_time(right, of, dialect))
        return exp.cast(total, "DATE")
    return node


def _as_time(node: exp.Expr, of: Of, dialect: Dialect) -> exp.Expr:
    return exp.cast(_held(node), _TIMES[dialect]) if of(node) == "date" else node.copy()


def _held(node: exp.Expr) -> exp.Expr:
    return node.copy() if isinstance(node, (exp.Paren, exp.Column, exp.Literal)) else exp.paren(node)


def _write_cast(node: exp.Expr, of: Of, dialect: Dialect) -> exp.Expr:
    return exp.cast(node.this.copy(), _TIMES[dialect]) if of(node) == "datetime" else node


def _write_trim(node: exp.Expr, _: Of, _dialect: Dialect) -> exp.Expr:
    if node.args.get("expression") is not None:
        return node
    position = node.args.get("position") or "BOTH"
    return exp.Trim(this=node.this.copy(), expression=exp.Literal.string(_WHITE_SPACE), position=position)


def _write_lower(node: exp.Expr, _: Of, dialect: Dialect) -> exp.Expr:
    if dialect == "spark":
        return node
    dotted = [exp.Literal.string(text) for text in ("\u0130", "i\u0307")]
    return exp.Lower(this=exp.Anonymous(this="REPLACE", expressions=[node.this.copy(), *dotted]))


def _write_upper(node: exp.Expr, _: Of, dialect: Dialect) -> exp.Expr:
    if dialect == "duckdb":
        raise PredicateFault(
            "UPPER cannot be used on DuckDB, which leaves letters such as ß alone; use LOWER"
        )
    return node


def _write_like(node: exp.Expr, _: Of, dialect: Dialect) -> exp.Expr:
    """Let a backslash stand for itself, which Spark takes for an escape."""
    if dialect == "duckdb":
        return node
    return _with_pattern(node, node.expression.name.replace("\\", "\\\\"))


def _write_regexp(node: exp.Expr, _: Of, dialect: Dialect) -> exp.Expr:
    flags = node.args["flag"].name if node.args.get("flag") is not None else ""
    changed = _with_pattern(node, write_pattern(node.expression.name, flags, dialect))
    changed.set("flag", None)
    return changed


def _with_pattern(node: exp.Expr, pattern: str) -> exp.Expr:
    """Exchange the pattern alone: whether it is negated stays."""
    changed = node.copy()
    changed.set("expression", exp.Literal.string(pattern))
    return changed


def _write_interval(node: exp.Expr, _: Of, _dialect: Dialect) -> exp.Expr:
    return exp.Interval(this=exp.Literal.string(node.this.name), unit=exp.var("DAY"))


def _write_product(node: exp.Expr, of: Of, dialect: Dialect) -> exp.Expr:
    """Put the number first, as not every engine multiplies an interval from the left."""
    if dialect == "duckdb" and of(node.this) == "duration" and of(node.expression) in NUMERIC:
        return exp.Mul(this=_held(node.expression), expression=_held(node.this))
    return node


_CHANGES: tuple[tuple[type[exp.Expr], Callable[[exp.Expr, Of, Dialect], exp.Expr]], ...] = (
    (exp.Div, _write_quotient),
    (exp.Mul, _write_product),
    (exp.Add, _write_sum),
    (exp.Sub, _write_sum),
    (exp.Cast, _write_cast),
    (exp.Trim, _write_trim),
    (exp.Lower, _write_lower),
    (exp.Upper, _write_upper),
    (exp.Like, _write_like),
    (exp.RegexpLike, _write_regexp),
    (exp.Interval, _write_interval),
)
