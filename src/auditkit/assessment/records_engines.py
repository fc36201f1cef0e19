"""Run record tests on the engine of choice: polars, DuckDB or Spark, with the same results.

``polars`` is the engine of ``records``. The others compute the same plans from the same Parquet tables, a table
being one file or a folder of files; derived datasets are tables like any other. What an engine cannot compute as
polars would gives the outcome ``error`` with the reason, never another figure.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path
from typing import Literal

from auditkit.assessment.engagement import Parameter
from auditkit.assessment.model import EvidenceRef, ExceptionRow, ProcedureResult
from auditkit.assessment.records import run_record_tests
from auditkit.assessment.records_plan import Plan, plan_test
from auditkit.assessment.records_rows import named_rows
from auditkit.assessment.records_sql import CountRows, QueryFault
from auditkit.assessment.recordtests.decide import Counts, decide
from auditkit.assessment.recordtests.model import RecordTest
from auditkit.assessment.recordtests.predicates import PredicateFault
from auditkit.base.period import Period
from auditkit.evidence.tables import Table

Engine = Literal["polars", "spark", "duckdb"]


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
    if engine == "polars":
        return run_record_tests(tests, tables, unreadable, parameters, period, as_of, exceptions_dir)
    results: dict[str, ProcedureResult] = {}
    by_dataset: dict[str, list[RecordTest]] = defaultdict(list)
    for test in tests:
        by_dataset[test.dataset].append(test)
    with _open(engine) as count_rows:
        for dataset, group in by_dataset.items():
            usable, limits = _usable(tables.get(dataset, ()), unreadable.get(dataset, ()))
            plans: list[Plan] = []
            for test in group:
                planned = plan_test(test, usable, limits, parameters, period, as_of)
                if isinstance(planned, Plan):
                    plans.append(planned)
                else:
                    results[test.id] = planned
            results |= _run_dataset(count_rows, plans, usable, limits, exceptions_dir)
    return tuple(results[test.id] for test in tests)


def _open(engine: Literal["spark", "duckdb"]) -> AbstractContextManager[CountRows]:
    """Import an engine only when it is asked for."""
    if engine == "duckdb":
        from auditkit.assessment.records_duckdb import open_duckdb

        return open_duckdb()
    from auditkit.assessment.records_spark import open_spark

    return open_spark()


def _usable(tables: Sequence[Table], unreadable: Sequence[str]) -> tuple[list[Table], tuple[str, ...]]:
    """Return the tables that can be read, and what keeps results below met."""
    usable = [table for table in tables if table.parquet is not None]
    lost = [*unreadable, *(table.file for table in tables if table.parquet is None)]
    limits = tuple(f"{name} cannot be read" for name in dict.fromkeys(lost))
    return usable, limits + tuple(limit for table in usable for limit in table.limits)


def _run_dataset(
    count_rows: CountRows,
    plans: Sequence[Plan],
    tables: Sequence[Table],
    limits: tuple[str, ...],
    exceptions_dir: Path | None,
) -> dict[str, ProcedureResult]:
    """Run the planned tests of one dataset together; if one breaks the query, each by itself."""
    if not plans:
        return {}
    try:
        with named_rows(plans, tables[0].key, exceptions_dir) as named:
            counts = count_rows(plans, tables, named.take)
    except (QueryFault, PredicateFault) as fault:
        if len(plans) == 1:
            broken = {"outcome": "error", "reasons": (f"the predicate cannot be computed: {fault}",)}
            return {plans[0].test.id: plans[0].blank.model_copy(update=broken)}
        alone = (_run_dataset(count_rows, [plan], tables, limits, exceptions_dir) for plan in plans)
        return {name: result for found in alone for name, result in found.items()}
    return {
        plan.test.id: _result(plan, number, counts, named.first[number], tables, limits)
        for number, plan in enumerate(plans)
    }


def _result(
    plan: Plan,
    number: int,
    counts: Mapping[str, int],
    rows: Sequence[ExceptionRow],
    tables: Sequence[Table],
    limits: tuple[str, ...],
) -> ProcedureResult:
    """Return what ``records`` makes of the same counts."""
    population, unknown, exceptions, grounded = (counts[f"{kind}{number}"] for kind in "pueg")
    counted = Counts(population, unknown, exceptions, grounded)
    decision = decide(plan.test, counted, plan.parameters, (*plan.limits, *limits))
    evidence = tuple(EvidenceRef(id=one.evidence, file=one.file, sha256=one.sha256) for one in tables)
    return plan.blank.model_copy(
        update={
            "outcome": decision.outcome,
            "basis": decision.basis,
            "beyond_tolerance": decision.beyond_tolerance,
            "population": population,
            "examined": population - unknown,
            "exceptions": exceptions,
            "unknown": unknown,
            "exception_rows": tuple(rows),
            "evidence": evidence,
            "reasons": decision.reasons,
        }
    )
