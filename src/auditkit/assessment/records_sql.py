"""What engines other than polars compute for record tests, as SQL texts; the same rows count as in ``records_pass``.

A query goes in steps, each on what the one before gave: ``marks`` (cells in doubt, counts of keys), ``values`` (the
predicates of each test), ``flags`` (what a row means for each test), then ``counts`` over all rows and the rows
``named``.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import polars as pl
from sqlglot import exp

from auditkit.assessment.records_pass import QueryFault
from auditkit.assessment.records_plan import Plan, count_column
from auditkit.assessment.recordtests.dialects import translate
from auditkit.assessment.recordtests.regexps import Dialect
from auditkit.evidence.tables import Table

HIDDEN = ("_evidence", "_file", "_sheet", "_row")
ORDER = ("_table", "_part", "_at")
"""Tables in the order given, the files of each by name, rows as they stand in them."""
STORED: Mapping[pl.DataType, str] = {
    pl.String(): "text",
    pl.Int64(): "integer",
    pl.Int32(): "integer",
    pl.Float64(): "number",
    pl.Boolean(): "boolean",
    pl.Date(): "date",
    pl.Datetime("us"): "datetime",
}
"""The type of the fields that are stored so."""


class Selection(NamedTuple):
    """The steps of a query, each a list of SQL expressions."""

    marks: tuple[str, ...]
    values: tuple[str, ...]
    flags: tuple[str, ...]
    counts: tuple[str, ...]
    named: str
    """Predicate: the row is an exception or unknown for some test."""
    listed: tuple[str, ...]
    """What is fetched of the named rows."""


def select(
    plans: Sequence[Plan], tables: Sequence[Table], types: Mapping[str, str], dialect: Dialect
) -> Selection:
    """Return the query of tests on one dataset; PredicateFault where an engine would count differently.

    ``types`` maps the fields needed to their types as they are stored.
    """
    doubtful = sorted({field for plan in plans for field in plan.doubtful})
    counted = sorted({keys for plan in plans for keys in plan.counted})
    known = {**types, **{f"_unsure_{field}": "boolean" for field in doubtful}}
    known |= {count_column(keys): "integer" for keys in counted}
    bits = {field.field: 1 << at for at, field in enumerate(tables[0].reading.fields)}
    marks = [f"(_unsure & {bits[one]}) <> 0 AS {quote(f'_unsure_{one}', dialect)}" for one in doubtful]
    for keys in counted:
        partition = ", ".join(quote(key, dialect) for key in keys)
        marks.append(f"COUNT(*) OVER (PARTITION BY {partition}) AS {quote(count_column(keys), dialect)}")
    values: list[str] = []
    flags: list[str] = []
    for number, plan in enumerate(plans):
        for kind, text in zip("abc", plan.predicates, strict=True):
            values.append(f"{translate(text, known, dialect)} AS _{kind}{number}")
        blank = " OR ".join(f"{quote(field, dialect)} IS NULL" for field in plan.compared) or "FALSE"
        values.append(f"({blank}) AS _d{number}")
        flags += _flags(number)
    kinds = [f"{kind}{number}" for number in range(len(plans)) for kind in "pueg"]
    shown = [f"_{name}" for name in kinds if name[0] in "ue"]
    return Selection(
        marks=tuple(marks),
        values=tuple(values),
        flags=tuple(flags),
        counts=tuple(f"COUNT(CASE WHEN _{name} THEN 1 END) AS {name}" for name in kinds),
        named=" OR ".join(shown),
        listed=(*(quote(field, dialect) for field in types), *HIDDEN, *ORDER, *shown),
    )


def _flags(number: int) -> list[str]:
    """Count a row as unknown where the population, the exception or a compared cell of it is not known."""
    population, exception, grounded, blank = (f"_{kind}{number}" for kind in "abcd")
    doubt = f"{population} AND ({exception} IS NULL OR (NOT {exception} AND {blank}))"
    return [
        f"COALESCE({population}, TRUE) AS _p{number}",
        f"COALESCE({population} IS NULL OR ({doubt}), TRUE) AS _u{number}",
        f"COALESCE({population} AND {exception}, FALSE) AS _e{number}",
        f"COALESCE({population} AND {grounded}, FALSE) AS _g{number}",
    ]


def stored_types(plans: Sequence[Plan], tables: Sequence[Table]) -> dict[str, str]:
    """Return the fields that the tests read and the key, sorted, with their types as they are stored.

    A field that no table has is left out. QueryFault: the files of a table cannot be read.
    """
    needed = sorted({field for plan in plans for field in plan.fields} | {tables[0].key})
    stored: dict[str, pl.DataType] = {}
    for table in tables:
        try:
            schema = pl.scan_parquet(parquet_files(table)[:1], glob=False).collect_schema()
        except (OSError, pl.exceptions.PolarsError) as error:
            raise QueryFault(f"{table.file}: {first_line(error)}") from error
        stored |= {field: schema[field] for field in table.columns if field in schema}
    return {field: STORED.get(stored[field], str(stored[field])) for field in needed if field in stored}


def missing_bits(table: Table) -> int:
    """Return the doubt of every row of a table: the fields it lacks."""
    return sum(1 << at for at, field in enumerate(table.reading.fields) if field.header is None)


def parquet_files(table: Table) -> list[Path]:
    """Return the Parquet files of a table: one, or those of its folder in the order of their names."""
    assert table.parquet is not None  # noqa: S101 - unreadable tables are left out before
    if not table.parquet.is_dir():
        return [table.parquet]
    entries = sorted(one for one in table.parquet.iterdir() if not one.name.startswith(("_", ".")))
    if nested := [one.name for one in entries if one.is_dir()]:
        raise QueryFault(f"{table.file}: folders inside a folder of Parquet files are not read ({nested[0]})")
    return entries


def first_line(error: Exception) -> str:
    """Return the first line of what an engine said."""
    return str(error).partition("\n")[0]


def quote(field: str, dialect: Dialect) -> str:
    """Return a field's name as a dialect quotes it."""
    return exp.to_identifier(field, quoted=True).sql(dialect)
