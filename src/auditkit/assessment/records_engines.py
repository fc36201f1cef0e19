"""Run record tests on the engine of choice: polars, DuckDB or Spark, with the same results.

All compute the same plans from the same Parquet tables, a table being one file or a folder of files; derived datasets
are tables like any other. What an engine cannot compute as polars would gives the outcome ``error`` with the reason,
never another figure.
"""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from pathlib import Path

from auditkit.assessment.engagement import Parameter
from auditkit.assessment.model import ProcedureResult
from auditkit.assessment.records import run_record_tests
from auditkit.assessment.records_pass import CountRows, count_rows
from auditkit.assessment.recordtests.model import Engine, RecordTest
from auditkit.base.period import Period
from auditkit.evidence.tables import Table


def run_record_tests_on(
    engine: Engine,
    tests: Sequence[RecordTest],
    tables: Mapping[str, Sequence[Table]],
    unreadable: Mapping[str, Sequence[str]],
    parameters: Mapping[str, Parameter],
    period: Period,
    as_of: date,
    exceptions_dir: Path | None = None,
) -> tuple[ProcedureResult, ...]:
    """Run every test on the tables of its dataset; one result a test, in order, as ``run_record_tests`` gives.

    EnvironmentFault: the engine, or the Java that Spark needs, is not there.
    """
    with _open(engine) as counting:
        return run_record_tests(
            tests, tables, unreadable, parameters, period, as_of, exceptions_dir, counting
        )


def _open(engine: Engine) -> AbstractContextManager[CountRows]:
    """Import an engine only when it is asked for."""
    if engine == "duckdb":
        from auditkit.assessment.records_duckdb import open_duckdb

        return open_duckdb()
    if engine == "spark":
        from auditkit.assessment.records_spark import open_spark

        return open_spark()
    return nullcontext(count_rows)
