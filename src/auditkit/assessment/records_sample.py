"""The rows samples are drawn from, out of the typed tables of the engagement's exports."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from math import isfinite
from typing import Any

import polars as pl
from sqlglot import exp

from auditkit.assessment.engagement import Parameter
from auditkit.assessment.model import EvidenceRef
from auditkit.assessment.recordtests import predicates as sql
from auditkit.assessment.sampling.population import Population, PopulationRow
from auditkit.base.digest import digest_value
from auditkit.base.language import say
from auditkit.base.period import Period
from auditkit.evidence.model import Dataset
from auditkit.evidence.tables import Table

CELL_DIGITS = 16
_HIDDEN = ("_evidence", "_file", "_sheet", "_row", "_unsure")


def fetch_population(
    dataset: Dataset,
    where: str,
    by: str | None,
    tables: Sequence[Table],
    unreadable: Sequence[str],
    parameters: Mapping[str, Parameter],
    period: Period,
    as_of: date,
) -> Population:
    """Return the rows a predicate holds for; ``why`` says what is wrong where there is nothing to draw from.

    A row for which the predicate is unknown is counted and not returned. ``unreadable``: names of registered exports
    of the dataset that cannot be read.
    """
    types = {field.name: field.type for field in dataset.fields}
    usable = [table for table in tables if table.parquet is not None]
    lost = [*unreadable, *(table.file for table in tables if table.parquet is None)]
    limits = tuple(say("{name} cannot be read", name=name) for name in dict.fromkeys(lost))
    limits += tuple(limit for table in usable for limit in table.limits)
    try:
        predicate = sql.parse_predicate(where, types)
    except sql.PredicateFault as fault:
        return Population(limits=limits, why=(say("the predicate cannot be used: {why}", why=fault),))
    why = _why_not(dataset, predicate, by, usable, parameters)
    if why:
        return Population(limits=limits, why=why)
    literals = sql.built_in_literals(period, as_of)
    literals |= {name: sql.literal(one.value) for name, one in parameters.items()}
    try:
        rows, unknown = _select(predicate, literals, by, usable)
    except pl.exceptions.PolarsError as error:
        return Population(
            limits=limits,
            why=(say("the predicate cannot be computed: {why}", why=str(error).partition("\n")[0]),),
        )
    found, told_apart = _named(rows)
    return Population(
        rows=found,
        unknown=unknown,
        told_apart=told_apart,
        numeric=by is not None and types[by] in ("integer", "number"),
        evidence=tuple(EvidenceRef(id=one.evidence, file=one.file, sha256=one.sha256) for one in usable),
        limits=limits,
    )


def cell_digests(tables: Sequence[Table], rows: Sequence[PopulationRow]) -> dict[str, str]:
    """Return key to a digest of the row's cells; empty cells and fields the export lacks count for nothing."""
    wanted: dict[tuple[str, str | None], dict[int, str]] = defaultdict(dict)
    for one in rows:
        wanted[one.file, one.sheet][one.row] = one.key
    found: dict[str, str] = {}
    for table in tables:
        if table.parquet is None:
            continue
        numbers = [row for (file, _), keys in wanted.items() if file == table.file for row in keys]
        if not numbers:
            continue
        frame = pl.scan_parquet(table.parquet, glob=False).filter(pl.col("_row").is_in(numbers))
        for row in frame.select(*table.columns, *_HIDDEN).collect().iter_rows(named=True):
            key = wanted[row["_file"], row["_sheet"]].get(row["_row"])
            if key is not None:
                found[key] = _cells(row, table)
    return found


def _why_not(
    dataset: Dataset,
    predicate: exp.Expr,
    by: str | None,
    tables: Sequence[Table],
    parameters: Mapping[str, Parameter],
) -> tuple[str, ...]:
    """Say what is missing for the rows to be selected."""
    if by is not None and dataset.field(by) is None:
        return (say("dataset {dataset} has no field {field!r}", dataset=dataset.id, field=by),)
    undefined = set(sql.parameter_names(predicate)) - set(parameters) - set(sql.BUILT_IN)
    if undefined:
        return tuple(say("nothing defines the parameter {name}", name=name) for name in sorted(undefined))
    if not tables:
        return (say("no records of dataset {dataset} were received", dataset=dataset.id),)
    needed = {*sql.columns(predicate), dataset.key, *([by] if by else [])}
    files = ", ".join(table.file for table in tables)
    return tuple(
        say("field {field} is not in the export ({files})", field=field, files=files)
        for field in sorted(needed)
        if not any(field in table.columns for table in tables)
    )


def _select(
    predicate: exp.Expr, literals: Mapping[str, exp.Expr], by: str | None, tables: Sequence[Table]
) -> tuple[pl.DataFrame, int]:
    """Return the rows the predicate holds for, and how many it is unknown for."""
    key = tables[0].key
    fields = sorted({*sql.columns(predicate), key, *([by] if by else [])})
    doubtful = [field for field in fields if any(_doubtful(table, field) for table in tables)]
    bits = {one.field: 1 << at for at, one in enumerate(tables[0].reading.fields)}
    frame = pl.concat([_frame(table, fields) for table in tables], how="diagonal")
    marks = [((pl.col("_unsure") & bits[one]) != 0).alias(f"_unsure_{one}") for one in doubtful]
    bound = sql.shield(sql.bind(predicate, literals), {one: f"_unsure_{one}" for one in doubtful})
    judged = frame.with_columns(marks).with_columns(_belongs=pl.sql_expr(sql.to_polars(bound)))
    chosen = [
        pl.col("_evidence", "_file", "_sheet", "_row"),
        pl.col(key).cast(pl.String).alias("_key"),
        (pl.col(by) if by else pl.lit(None, pl.String)).alias("_by"),
    ]
    rows, unknown = pl.collect_all(
        [
            judged.filter(pl.col("_belongs")).select(chosen),
            judged.select(pl.col("_belongs").is_null().sum()),
        ],
        engine="streaming",
    )
    return rows, int(unknown.item())


def _frame(table: Table, fields: Sequence[str]) -> pl.LazyFrame:
    """Scan a table's needed columns; a field it lacks is in doubt in every row of it."""
    assert table.parquet is not None  # noqa: S101 - unreadable tables are left out before
    missing = 0
    for index, quality in enumerate(table.reading.fields):
        missing |= (1 << index) if quality.header is None else 0
    present = [field for field in fields if field in table.columns]
    return pl.scan_parquet(table.parquet, glob=False).select(
        *present, *_HIDDEN[:-1], _unsure=pl.col("_unsure") | pl.lit(missing, pl.Int64)
    )


def _doubtful(table: Table, field: str) -> bool:
    return field not in table.columns or any(
        one.field == field and one.unparseable for one in table.reading.fields
    )


def _named(rows: pl.DataFrame) -> tuple[tuple[PopulationRow, ...], int]:
    """Give every row a name of its own; returns also how many had none by their key."""
    counts = dict(rows.group_by("_key").len().iter_rows())
    found: list[PopulationRow] = []
    told_apart = 0
    for row in rows.iter_rows(named=True):
        key = row["_key"]
        if key is None or counts[key] > 1:
            told_apart += 1
            sheet = f", sheet {row['_sheet']}" if row["_sheet"] else ""
            key = f"{key or '(no key)'} ({row['_file']}{sheet}, row {row['_row']})"
        found.append(
            PopulationRow(key, row["_evidence"], row["_file"], row["_sheet"], row["_row"], _text(row["_by"]))
        )
    return tuple(found), told_apart


def _cells(row: Mapping[str, Any], table: Table) -> str:
    filled = [[name, _text(row[name])] for name in sorted(table.columns) if row[name] is not None]
    unsure = [one.field for at, one in enumerate(table.reading.fields) if row["_unsure"] >> at & 1]
    return digest_value([filled, sorted(unsure)])[:CELL_DIGITS]


def _text(value: object) -> str | None:
    """Return a cell as text that is the same everywhere; what is no finite number is no value."""
    if value is None or (isinstance(value, float) and not isfinite(value)):
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    return value.isoformat(sep=" ") if isinstance(value, datetime) else str(value)
