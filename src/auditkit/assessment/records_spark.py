"""Record tests on Spark, where the records lie on more than one machine holds; needs Java and ``auditkit[spark]``.

Counts and named rows are two actions over the same plan: figures taken on the way (observed metrics) may be taken
twice where a cluster repeats a task.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial, reduce
from typing import TYPE_CHECKING

import polars as pl

from auditkit.assessment import records_sql as sql
from auditkit.assessment.records_pass import CountRows, QueryFault, Take
from auditkit.assessment.records_plan import Plan
from auditkit.assessment.records_spark_session import open_session
from auditkit.evidence.tables import Table

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

_TYPES: Mapping[str, str] = {
    "text": "STRING",
    "integer": "BIGINT",
    "number": "DOUBLE",
    "boolean": "BOOLEAN",
    "date": "DATE",
    "datetime": "TIMESTAMP_NTZ",
}
_HIDDEN = "_evidence STRING, _file STRING, _sheet STRING, _row BIGINT, _unsure BIGINT"
ROWS_AT_ONCE = 500_000
"""Named rows that the driver holds at a time."""
_PATTERN_CHARACTERS = "\\*?[]{}"


@contextmanager
def open_spark() -> Iterator[CountRows]:
    """Open Spark and give the function that runs the tests of one dataset; EnvironmentFault: it does not start."""
    with open_session() as session:
        yield partial(_count_rows, session)


def _count_rows(
    session: "SparkSession", plans: Sequence[Plan], tables: Sequence[Table], take: Take
) -> Mapping[str, int]:
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    types = sql.stored_types(plans, tables)
    steps = sql.select(plans, tables, types, "spark")
    try:
        frames = [_frame(session, table, at, types) for at, table in enumerate(tables)]
        frame = reduce(lambda above, below: above.unionByName(below, allowMissingColumns=True), frames)
        for expressions in (steps.marks, steps.values, steps.flags):
            frame = frame.selectExpr("*", *expressions)
        counts: dict[str, int] = frame.selectExpr(*steps.counts).collect()[0].asDict()
        for rows in _slabs(frame.where(steps.named).selectExpr(*steps.listed), counts):
            take(rows, counts)
    except (PySparkException, Py4JError) as error:
        raise QueryFault(sql.first_line(error)) from error
    return counts


def _frame(session: "SparkSession", table: Table, at: int, types: Mapping[str, str]) -> "DataFrame":
    """Read a table's needed columns; a field it lacks is in doubt in every row of it."""
    files = ["file://" + _literal_path(path.resolve().as_posix()) for path in sql.parquet_files(table)]
    present = {
        sql.quote(field, "spark"): _TYPES[kind] for field, kind in types.items() if field in table.columns
    }
    schema = ", ".join([*(f"{name} {kind}" for name, kind in present.items()), _HIDDEN])
    return (
        session.read.schema(schema)
        .parquet(*files)
        .selectExpr(
            *present,
            *sql.HIDDEN,
            f"_unsure | {sql.missing_bits(table)}L AS _unsure",
            f"{at} AS _table",
            "_metadata.file_name AS _part",
            "_metadata.row_index AS _at",
        )
    )


def _slabs(frame: "DataFrame", counts: Mapping[str, int]) -> Iterator[pl.DataFrame]:
    """Bring the named rows to the driver in order, as many at a time as it is sure to hold."""
    most = sum(count for name, count in counts.items() if name[0] in "ue")
    slabs = -(-most // ROWS_AT_ONCE)
    if slabs < 2:
        yield from [_fetched(frame)] * slabs
        return
    from pyspark import StorageLevel

    ranged = frame.repartitionByRange(slabs, *sql.ORDER).selectExpr("*", "SPARK_PARTITION_ID() AS _slab")
    kept = ranged.persist(StorageLevel.DISK_ONLY)
    try:
        for slab in range(slabs):
            yield _fetched(kept.where(f"_slab = {slab}").drop("_slab"))
    finally:
        kept.unpersist()


def _fetched(frame: "DataFrame") -> pl.DataFrame:
    return pl.DataFrame(frame.toArrow()).sort(sql.ORDER)


def _literal_path(path: str) -> str:
    """Return a path in which Hadoop sees no pattern."""
    return "".join(f"\\{one}" if one in _PATTERN_CHARACTERS else one for one in path)
