"""Run record tests: all tests of a dataset together, in one pass over its typed tables.

How rows are counted is the engine's affair (``records_engines``); what counts mean is settled here.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import polars as pl

from auditkit.assessment.engagement import Parameter
from auditkit.assessment.model import EvidenceRef, ExceptionRow, ProcedureResult
from auditkit.assessment.records_pass import CountRows, QueryFault, count_rows
from auditkit.assessment.records_plan import Plan, plan_test
from auditkit.assessment.records_rows import named_rows
from auditkit.assessment.recordtests.decide import Counts, decide
from auditkit.assessment.recordtests.model import RecordTest
from auditkit.assessment.recordtests.predicates import PredicateFault
from auditkit.base.language import say
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
    count_rows: CountRows = count_rows,
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
        limits = tuple(say("{name} cannot be read", name=name) for name in dict.fromkeys(lost))
        limits += tuple(limit for table in usable for limit in table.limits)
        plans: list[Plan] = []
        for test in group:
            planned = plan_test(test, usable, limits, parameters, period, as_of)
            if isinstance(planned, Plan):
                plans.append(planned)
            else:
                results[test.id] = planned
        results.update(_run_dataset(plans, usable, limits, exceptions_dir, count_rows))
    return tuple(results[test.id] for test in tests)


def _run_dataset(
    plans: Sequence[Plan],
    tables: Sequence[Table],
    limits: tuple[str, ...],
    exceptions_dir: Path | None,
    count_rows: CountRows,
) -> dict[str, ProcedureResult]:
    """Run the planned tests of one dataset together; if one breaks the query, each by itself."""
    if not plans:
        return {}
    try:
        with named_rows(plans, tables[0].key, exceptions_dir) as named:
            counts = count_rows(plans, tables, named.take)
    except (pl.exceptions.PolarsError, QueryFault, PredicateFault) as error:
        if len(plans) == 1:
            reason = say("the predicate cannot be computed: {why}", why=str(error).partition("\n")[0])
            return {
                plans[0].test.id: plans[0].blank.model_copy(update={"outcome": "error", "reasons": (reason,)})
            }
        found: dict[str, ProcedureResult] = {}
        for plan in plans:
            found.update(_run_dataset([plan], tables, limits, exceptions_dir, count_rows))
        return found
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
    population, unknown, exceptions, grounded = (counts[f"{kind}{number}"] for kind in "pueg")
    decision = decide(
        plan.test,
        Counts(population, unknown, exceptions, grounded),
        plan.parameters,
        (*plan.limits, *limits),
    )
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
            "evidence": tuple(
                EvidenceRef(id=one.evidence, file=one.file, sha256=one.sha256) for one in tables
            ),
            "reasons": decision.reasons,
        }
    )
