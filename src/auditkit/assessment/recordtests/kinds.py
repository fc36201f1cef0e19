"""Kinds of values in a predicate: what may meet what, so that every engine computes the same.

Engines convert values that do not fit each other in ways of their own: one compares a text with a date by reading
the text, another fails. Such a predicate is refused aloud here, before any engine sees it.
"""

import re
from collections.abc import Callable, Mapping
from typing import Literal

from sqlglot import exp

from auditkit.assessment.recordtests.predicates import PredicateFault

Kind = Literal[
    "text", "integer", "decimal", "number", "boolean", "date", "datetime", "duration", "null", "none"
]
"""``decimal`` is a literal with a decimal point or exact arithmetic on it, ``number`` a float; ``none`` has no value."""
Of = Callable[[exp.Expr], Kind]

NUMERIC: tuple[Kind, ...] = ("integer", "decimal", "number")
TEMPORAL: tuple[Kind, ...] = ("date", "datetime")
_GROUPS: dict[Kind, str] = {**dict.fromkeys(NUMERIC, "number"), **dict.fromkeys(TEMPORAL, "date")}
_LITERAL_TIME = re.compile(r"\d{4}-\d{2}-\d{2}(?:[ T]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?)?")


def find_kinds(tree: exp.Expr, types: Mapping[str, str]) -> dict[int, Kind]:
    """Return the kind of every node by its ``id``; PredicateFault names what engines would not agree on.

    ``types`` maps columns to the types of fields: text, integer, number, boolean, date, datetime.
    """
    kinds: dict[int, Kind] = {}

    def of(node: exp.Expr) -> Kind:
        return kinds[id(node)]

    for node in reversed(list(tree.walk(bfs=False))):
        if isinstance(node, exp.Column):
            kinds[id(node)] = _column(node, types)
            continue
        rule = next((rule for classes, rule in _RULES if isinstance(node, classes)), None)
        if rule is None:
            raise PredicateFault(f"{node.sql()!r} cannot be used on every engine")
        kinds[id(node)] = rule(node, of)
    return kinds


def common(node: exp.Expr, kinds: list[Kind]) -> Kind:
    """Return the kind that values of several kinds share; empty ones fit everything."""
    known = [kind for kind in kinds if kind != "null"]
    if len({_GROUPS.get(kind, kind) for kind in known}) > 1:
        raise PredicateFault(f"{node.sql()!r} brings together {' and '.join(dict.fromkeys(known))}")
    for scale in (NUMERIC, TEMPORAL):
        if known and known[0] in scale:
            return max(known, key=scale.index)
    return known[0] if known else "null"


def _column(node: exp.Column, types: Mapping[str, str]) -> Kind:
    kind = types.get(node.name)
    for known in ("text", "integer", "number", "boolean", "date", "datetime", "null"):
        if kind == known:
            return known
    raise PredicateFault(f"field {node.name} is stored as {kind or 'nothing'}, which is not a type of fields")


def _literal(node: exp.Expr, _: Of) -> Kind:
    if node.is_string:
        return "text"
    return "integer" if node.is_int else "decimal" if re.fullmatch(r"[\d.]+", node.name) else "number"


def _logic(node: exp.Expr, of: Of) -> Kind:
    for part in node.iter_expressions():
        _need(part, of(part), ("boolean",))
    return "boolean"


def _comparison(node: exp.Expr, of: Of) -> Kind:
    common(node, [of(part) for part in node.iter_expressions()])
    return "boolean"


def _pattern(node: exp.Expr, of: Of) -> Kind:
    _need(node.this, of(node.this), ("text",))
    if not node.expression.is_string:
        raise PredicateFault(f"{node.sql()!r}: the pattern has to be written out")
    return "boolean"


def _text(node: exp.Expr, of: Of) -> Kind:
    _need(node.this, of(node.this), ("text",))
    return "text"


def _trimmed(node: exp.Expr, of: Of) -> Kind:
    position = str(node.args.get("position") or "BOTH").upper()
    if node.args.get("expression") is not None and position == "BOTH":
        raise PredicateFault(
            f"{node.sql()!r}: TRIM takes off white space, with LEADING or TRAILING also others"
        )
    return _text(node, of)


def _length(node: exp.Expr, of: Of) -> Kind:
    _need(node.this, of(node.this), ("text",))
    return "integer"


def _sum(node: exp.Expr, of: Of) -> Kind:
    left, right = of(node.this), of(node.expression)
    if left in NUMERIC and right in NUMERIC:
        return common(node, [left, right])
    if left in (*TEMPORAL, "duration") and right == "duration":
        return left
    if isinstance(node, exp.Add) and left == "duration" and right in TEMPORAL:
        return right
    if isinstance(node, exp.Sub) and left in TEMPORAL and right in TEMPORAL:
        return "duration"
    raise PredicateFault(f"{node.sql()!r} is arithmetic on {left} and {right}")


def _product(node: exp.Expr, of: Of) -> Kind:
    left, right = of(node.this), of(node.expression)
    if left in NUMERIC and right in NUMERIC:
        return common(node, [left, right])
    if {left, right} in ({"integer", "duration"}, {"number", "duration"}):
        return "duration"
    raise PredicateFault(f"{node.sql()!r} is arithmetic on {left} and {right}")


def _quotient(node: exp.Expr, of: Of) -> Kind:
    kinds = (of(node.this), of(node.expression))
    if any(kind not in NUMERIC for kind in kinds):
        raise PredicateFault(f"{node.sql()!r} is arithmetic on {kinds[0]} and {kinds[1]}")
    if "decimal" in kinds and "number" not in kinds:
        raise PredicateFault(f"{node.sql()!r}: divide by a whole number, engines round decimals apart")
    return "number"


def _same_number(node: exp.Expr, of: Of) -> Kind:
    return _need(node.this, of(node.this), NUMERIC)


def _case(node: exp.Expr, of: Of) -> Kind:
    branches = node.args["ifs"]
    tested = [of(branch.this) for branch in branches]
    if node.this is not None:
        common(node, [of(node.this), *tested])
    else:
        common(node, ["boolean", *tested])
    otherwise = node.args.get("default")
    values = [branch.args["true"] for branch in branches] + ([otherwise] if otherwise is not None else [])
    return common(node, [of(value) for value in values])


def _cast(node: exp.Expr, of: Of) -> Kind:
    target: Kind = "date" if node.args["to"].is_type("date") else "datetime"
    written = node.this.is_string and _LITERAL_TIME.fullmatch(node.this.name)
    if node.args["to"].expressions or not (written or of(node.this) in (*TEMPORAL, "null")):
        raise PredicateFault(f"{node.sql()!r}: only dates, times and ISO literals are cast")
    return target


def _interval(node: exp.Expr, _: Of) -> Kind:
    days = node.this.name if isinstance(node.this, exp.Literal) else ""
    if not days.isdecimal():
        raise PredicateFault(f"{node.sql()!r}: an interval is a whole number of days")
    return "duration"


def _count(node: exp.Expr, _: Of) -> Kind:
    if not isinstance(node.parent, exp.Window) or node.expressions:
        raise PredicateFault(f"{node.sql()!r} needs OVER, and one argument")
    return "integer"


def _inside(node: exp.Expr, of: Of) -> Kind:
    return of(node.this)


def _need(node: exp.Expr, kind: Kind, wanted: tuple[Kind, ...]) -> Kind:
    if kind not in (*wanted, "null"):
        raise PredicateFault(f"{node.sql()!r} is {kind}, needed is {wanted[0]}")
    return kind


_RULES: tuple[tuple[tuple[type[exp.Expr], ...], Callable[[exp.Expr, Of], Kind]], ...] = (
    ((exp.Literal,), _literal),
    ((exp.Boolean, exp.Is), lambda _node, _of: "boolean"),
    ((exp.Null,), lambda _node, _of: "null"),
    ((exp.And, exp.Or, exp.Not), _logic),
    ((exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.Between, exp.In), _comparison),
    ((exp.Like, exp.RegexpLike), _pattern),
    ((exp.Trim,), _trimmed),
    ((exp.Lower, exp.Upper), _text),
    ((exp.Length,), _length),
    ((exp.Add, exp.Sub), _sum),
    ((exp.Mul,), _product),
    ((exp.Div,), _quotient),
    ((exp.Neg, exp.Abs), _same_number),
    ((exp.Case,), _case),
    ((exp.Cast,), _cast),
    ((exp.Interval,), _interval),
    ((exp.Count,), _count),
    ((exp.Paren, exp.Window), _inside),
    ((exp.Identifier, exp.Var, exp.DataType, exp.Star, exp.If), lambda _node, _of: "none"),
)
