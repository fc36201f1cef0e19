"""Record tests on DuckDB: one process, all cores, larger than memory where it has to be."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

import polars as pl

from auditkit.assessment import records_sql as sql
from auditkit.assessment.records_pass import CountRows, QueryFault, Take
from auditkit.assessment.records_plan import Plan
from auditkit.base.errors import EnvironmentFault
from auditkit.evidence.tables import Table

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_OFFLINE: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}


@contextmanager
def open_duckdb() -> Iterator[CountRows]:
    """Open DuckDB in memory, without its downloads, and give the function that runs the tests of one dataset.

    EnvironmentFault: it is not installed.
    """
    try:
        import duckdb
    except ImportError as error:
        raise EnvironmentFault("DuckDB is not installed: pip install 'auditkit[duckdb]'.") from error
    with duckdb.connect(config=_OFFLINE) as connection:
        yield partial(_count_rows, connection)


def _count_rows(
    connection: "DuckDBPyConnection", plans: Sequence[Plan], tables: Sequence[Table], take: Take
) -> Mapping[str, int]:
    import duckdb

    types = sql.stored_types(plans, tables)
    steps = sql.select(plans, tables, types, "duckdb")
    judged = _judged([_scan(table, at, types) for at, table in enumerate(tables)], steps)
    count, named = ", ".join(steps.counts), ", ".join(steps.listed)
    try:  # in these texts names are quoted, and predicates were parsed and checked
        counted = connection.sql(f"{judged} SELECT {count} FROM flagged")  # noqa: S608
        counts = dict(zip(counted.columns, counted.fetchall()[0], strict=True))
        listed = connection.sql(f"{judged} SELECT {named} FROM flagged WHERE {steps.named}")  # noqa: S608
        rows = pl.DataFrame(listed)
    except duckdb.Error as error:
        raise QueryFault(sql.first_line(error)) from error
    take(rows.sort(sql.ORDER), counts)
    return counts


def _scan(table: Table, at: int, types: Mapping[str, str]) -> str:
    """Read a table's needed columns; a field it lacks is in doubt in every row of it."""
    files = ", ".join(_literal_path(str(path)) for path in sql.parquet_files(table))
    present = [sql.quote(field, "duckdb") for field in types if field in table.columns]
    columns = [
        *present,
        *sql.HIDDEN,
        f"_unsure | {sql.missing_bits(table)} AS _unsure",
        f"{at} AS _table",
        "filename AS _part",
        "file_row_number AS _at",
    ]
    options = "filename = true, file_row_number = true, hive_partitioning = false"
    return f"SELECT {', '.join(columns)} FROM read_parquet([{files}], {options})"  # noqa: S608 - quoted


def _judged(scans: Sequence[str], steps: sql.Selection) -> str:
    stages = [f"scanned AS ({' UNION ALL BY NAME '.join(scans)})"]
    before = "scanned"
    for name, expressions in (("marked", steps.marks), ("valued", steps.values), ("flagged", steps.flags)):
        columns = ", ".join(("*", *expressions))
        stages.append(f"{name} AS (SELECT {columns} FROM {before})")  # noqa: S608 - see _count_rows
        before = name
    return f"WITH {', '.join(stages)}"


def _literal_path(path: str) -> str:
    """Return a path as a literal in which DuckDB sees no pattern."""
    exact = "".join(f"[{one}]" if one in "*?[" else one for one in path)
    return "'" + exact.replace("'", "''") + "'"
