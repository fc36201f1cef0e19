"""Run record tests: all tests of a dataset in one streaming polars query over its typed tables."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from auditkit.assessment.engagement import Parameter
from auditkit.assessment.model import EvidenceRef, ProcedureResult
from auditkit.assessment.records_plan import Plan, plan_test
from auditkit.assessment.records_rows import exception_rows, write_rows
from auditkit.assessment.recordtests.decide import Counts, decide
from auditkit.assessment.recordtests.model import RecordTest
from auditkit.base.period import Period
from auditkit.evidence.tables import Table


def run_record_tests(
    tests: Sequence[RecordTest],
    tables: Mapping[str, Sequence[Table]],
    unreadable: Mapping[str, Sequence[str]],
    parameters: Mapping[str, Parameter],
    period: Period,
    as_of: date,
    exceptions_dir: Path | None = None,
) -> tuple[ProcedureResult, ...]:
    """Run every test on the tables of its dataset; one result a test, in order, for its first point.

    ``tables`` and ``unreadable`` (names of registered exports that cannot be read) are keyed by dataset.
    With ``exceptions_dir`` all exceptions and unknown rows of a test are written to ``<test id>.csv`` there.
    """
    results: dict[str, ProcedureResult] = {}
    by_dataset: dict[str, list[RecordTest]] = defaultdict(list)
    for test in tests:
        by_dataset[test.dataset].append(test)
    for dataset, group in by_dataset.items():
        usable = [table for table in tables.get(dataset, ()) if table.parquet is not None]
        lost = [
            *unreadable.get(dataset, ()),
            *(one.file for one in tables.get(dataset, ()) if not one.parquet),
        ]
        limits = tuple(f"{name} cannot be read" for name in dict.fromkeys(lost))
        limits += tuple(limit for table in usable for limit in table.limits)
        plans: list[Plan] = []
        for test in group:
            planned = plan_test(test, usable, limits, parameters, period, as_of)
            if isinstance(planned, Plan):
                plans.append(planned)
            else:
                results[test.id] = planned
        results.update(_run_dataset(plans, usable, limits, exceptions_dir))
    return tuple(results[test.id] for test in tests)


def _run_dataset(
    plans: Sequence[Plan], tables: Sequence[Table], limits: tuple[str, ...], exceptions_dir: Path | None
) -> dict[str, ProcedureResult]:
    """Run the planned tests of one dataset together; if one breaks the query, each by itself."""
    if not plans:
        return {}
    try:
        counts, rows = _query(plans, tables)
    except pl.exceptions.PolarsError as error:
        if len(plans) == 1:
            reason = f"the predicate cannot be computed: {str(error).partition(chr(10))[0]}"
            return {
                plans[0].test.id: plans[0].blank.model_copy(update={"outcome": "error", "reasons": (reason,)})
            }
        found: dict[str, ProcedureResult] = {}
        for plan in plans:
            found.update(_run_dataset([plan], tables, limits, exceptions_dir))
        return found
    return {
        plan.test.id: _result(plan, number, counts, rows, tables, limits, exceptions_dir)
        for number, plan in enumerate(plans)
    }


def _query(plans: Sequence[Plan], tables: Sequence[Table]) -> tuple[dict[str, Any], pl.DataFrame]:
    """Count every test and fetch the rows it is about to name, in one pass over the tables."""
    needed = sorted({field for plan in plans for field in plan.fields} | {tables[0].key})
    frame = pl.concat([_frame(table, at, needed) for at, table in enumerate(tables)], how="diagonal")
    doubtful = sorted({field for plan in plans for field in plan.doubtful})
    bits = {field.field: 1 << at for at, field in enumerate(tables[0].reading.fields)}
    marks = [((pl.col("_unsure") & bits[one]) != 0).alias(f"_unsure_{one}") for one in doubtful]
    frame = frame.with_columns(marks)
    flags: list[pl.Expr] = []
    counts: list[pl.Expr] = []
    for number, plan in enumerate(plans):
        population, exception, grounded = (pl.sql_expr(text) for text in plan.predicates)
        blank = pl.any_horizontal([pl.col(one).is_null() for one in plan.compared] or [pl.lit(False)])
        doubt = population.is_null() | (population & (exception.is_null() | (~exception & blank)))
        flags += [
            (population.is_null() | population).alias(f"_p{number}"),
            doubt.fill_null(True).alias(f"_u{number}"),
            (population & exception).fill_null(False).alias(f"_e{number}"),
            (population & grounded).fill_null(False).alias(f"_g{number}"),
        ]
        counts += [pl.col(f"_{kind}{number}").sum() for kind in "pueg"]
    judged = frame.with_columns(flags)
    named = pl.any_horizontal([pl.col(f"_{kind}{number}") for number in range(len(plans)) for kind in "ue"])
    total, rows = pl.collect_all([judged.select(counts), judged.filter(named)], engine="streaming")
    return total.row(0, named=True), rows.sort("_table", "_row")


def _frame(table: Table, at: int, needed: Sequence[str]) -> pl.LazyFrame:
    """Scan a table's needed columns; a field it lacks is in doubt in every row of it."""
    assert table.parquet is not None  # noqa: S101 - unreadable tables are left out before
    present = [field for field in needed if field in table.columns]
    missing = 0
    for index, quality in enumerate(table.reading.fields):
        missing |= (1 << index) if quality.header is None else 0
    hidden = ["_evidence", "_file", "_sheet", "_row"]
    return pl.scan_parquet(table.parquet, glob=False).select(
        *present,
        *hidden,
        _unsure=pl.col("_unsure") | pl.lit(missing, pl.Int64),
        _table=pl.lit(at, pl.Int32),
    )


def _result(
    plan: Plan,
    number: int,
    counts: Mapping[str, Any],
    rows: pl.DataFrame,
    tables: Sequence[Table],
    limits: tuple[str, ...],
    exceptions_dir: Path | None,
) -> ProcedureResult:
    population, unknown, exceptions, grounded = (int(counts[f"_{kind}{number}"] or 0) for kind in "pueg")
    decision = decide(
        plan.test,
        Counts(population, unknown, exceptions, grounded),
        plan.parameters,
        (*plan.limits, *limits),
    )
    contradicting = rows.filter(pl.col(f"_e{number}"))
    if exceptions_dir is not None:
        write_rows(plan, contradicting, rows.filter(pl.col(f"_u{number}")), tables[0].key, exceptions_dir)
    return plan.blank.model_copy(
        update={
            "outcome": decision.outcome,
            "basis": decision.basis,
            "beyond_tolerance": decision.beyond_tolerance,
            "population": population,
            "examined": population - unknown,
            "exceptions": exceptions,
            "unknown": unknown,
            "exception_rows": exception_rows(plan, contradicting, tables[0].key),
            "evidence": tuple(
                EvidenceRef(id=one.evidence, file=one.file, sha256=one.sha256) for one in tables
            ),
            "reasons": decision.reasons,
        }
    )
