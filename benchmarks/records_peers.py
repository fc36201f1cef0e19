"""The same 15 checks by another tool, on the same typed rows in memory: prints CPU seconds of reading and checking, and counts.

Run by ``records.py`` in a process of its own; needs polars and the tool, not auditkit. Exit 3: the tool is not installed.
"""

import argparse
import json
import resource
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import polars as pl

C = pl.col
CLOSED = C("status").is_in(["resolved", "closed"])
OPEN = C("status").is_in(["new", "in_progress", "pending"])
OLD = datetime(2026, 10, 15) - timedelta(days=350)
LATE = (
    ((C("priority") == 1) & (C("resolved_at") > C("opened_at") + timedelta(days=2)))
    | ((C("priority") == 2) & (C("resolved_at") > C("opened_at") + timedelta(days=3)))
    | ((C("priority") > 2) & (C("resolved_at") > C("opened_at") + timedelta(days=4)))
)
FAILS = {
    "category_filled": C("category").is_null(),
    "service_filled": C("service").is_null(),
    "assignee_filled": C("assignee").is_null(),
    "priority_allowed": ~C("priority").is_in([1, 2, 3, 4]),
    "impact_allowed": ~C("impact").is_in([1, 2, 3]),
    "urgency_allowed": ~C("urgency").is_in([1, 2, 3]),
    "id_well_formed": ~C("id").str.contains("^INC[0-9]{8}$"),
    "id_unique": C("id").is_duplicated(),
    "resolved_after_opened": C("resolved_at") < C("opened_at"),
    "closed_after_resolved": C("closed_at") < C("resolved_at"),
    "due_after_opened": C("due_at") <= C("opened_at"),
    "closed_has_notes": (C("status") == "closed") & C("resolution_notes").is_null(),
    "resolved_in_time": CLOSED & LATE,
    "open_not_old": OPEN & (C("opened_at") < OLD),
    "not_reopened": CLOSED & (C("reopened_count") > 0),
}
"""A row fails where this is true; empty is no failure, as in the tools' own checks."""
HOLDS = {name: ~fails.fill_null(False) for name, fails in FAILS.items()}
ROWS = (
    "resolved_after_opened",
    "closed_after_resolved",
    "due_after_opened",
    "closed_has_notes",
    "resolved_in_time",
)
OWN = (*ROWS, "open_not_old", "not_reopened")
"""Checks no tool has ready-made; each gets them as an expression."""
Prepared = Callable[[], dict[str, int]]


def bare_polars(frame: pl.DataFrame) -> Prepared:
    """One fused select, without any tool."""
    sums = [fails.sum().alias(name) for name, fails in FAILS.items()]
    return lambda: frame.select(sums).row(0, named=True)


def pandera(frame: pl.DataFrame) -> Prepared:
    """pandera[polars], lazy, as its users write it."""
    import pandera.polars as pa

    filled = {name: pa.Column(nullable=False) for name in ("category", "service", "assignee")}
    allowed = {
        name: pa.Column(checks=pa.Check.isin(values), nullable=True)
        for name, values in (("priority", [1, 2, 3, 4]), ("impact", [1, 2, 3]), ("urgency", [1, 2, 3]))
    }
    key = {"id": pa.Column(checks=pa.Check.str_matches("^INC[0-9]{8}$"), unique=True, nullable=True)}
    own = [pa.Check(_pandera_check(HOLDS[name]), name=name) for name in OWN]
    schema = pa.DataFrameSchema({**filled, **allowed, **key}, checks=own)

    def work() -> dict[str, int]:
        try:
            schema.validate(frame, lazy=True)
        except pa.errors.SchemaErrors as error:
            cases = error.failure_cases.group_by("column", "check").len().rows()
            return {_pandera_name(str(column), str(check)): count for column, check, count in cases}
        return {}

    return work


def _pandera_check(holds: pl.Expr) -> Any:
    return lambda data: data.lazyframe.select(holds)


def _pandera_name(column: str, check: str) -> str:
    if check in OWN:
        return check
    for part, ending in (
        ("nullable", "filled"),
        ("isin", "allowed"),
        ("str_matches", "well_formed"),
        ("unique", "unique"),
    ):
        if part in check:
            return f"{column}_{ending}"
    return f"{column}_{check}"


def great_expectations(frame: pl.DataFrame) -> Prepared:
    """great_expectations on pandas, result format BASIC; what it has no expectation for is a precomputed column."""
    import great_expectations as gx
    import great_expectations.expectations as gxe

    own = ("closed_has_notes", "resolved_in_time", "open_not_old", "not_reopened")
    rows = frame.with_columns(HOLDS[name].alias(name) for name in own).to_pandas(
        use_pyarrow_extension_array=False
    )
    context = gx.get_context(mode="ephemeral")
    asset = context.data_sources.add_pandas("frames").add_dataframe_asset("incidents")
    batch = asset.add_batch_definition_whole_dataframe("all").get_batch({"dataframe": rows})
    checks = {
        **{
            f"{name}_filled": gxe.ExpectColumnValuesToNotBeNull(column=name)
            for name in ("category", "service", "assignee")
        },
        "priority_allowed": gxe.ExpectColumnValuesToBeInSet(column="priority", value_set=[1, 2, 3, 4]),
        "impact_allowed": gxe.ExpectColumnValuesToBeInSet(column="impact", value_set=[1, 2, 3]),
        "urgency_allowed": gxe.ExpectColumnValuesToBeInSet(column="urgency", value_set=[1, 2, 3]),
        "id_well_formed": gxe.ExpectColumnValuesToMatchRegex(column="id", regex="^INC[0-9]{8}$"),
        "id_unique": gxe.ExpectColumnValuesToBeUnique(column="id"),
        "resolved_after_opened": _pair(gxe, "resolved_at", "opened_at", True),
        "closed_after_resolved": _pair(gxe, "closed_at", "resolved_at", True),
        "due_after_opened": _pair(gxe, "due_at", "opened_at", False),
        **{name: gxe.ExpectColumnValuesToBeInSet(column=name, value_set=[True]) for name in own},
    }
    suite = gx.ExpectationSuite("incidents", expectations=list(checks.values()))

    def work() -> dict[str, int]:
        found = batch.validate(suite, result_format="BASIC")
        counts = [one.result.get("unexpected_count", 0) for one in found.results]
        kinds = [(one.expectation_config.type, one.expectation_config.kwargs) for one in found.results]
        order = {_expected(check): name for name, check in checks.items()}
        return {
            order[_said(kind, kwargs)]: count for (kind, kwargs), count in zip(kinds, counts, strict=True)
        }

    return work


def _pair(gxe: Any, later: str, earlier: str, equal: bool) -> Any:
    return gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A=later, column_B=earlier, or_equal=equal, ignore_row_if="either_value_is_missing"
    )


def _expected(check: Any) -> tuple[Any, ...]:
    config = check.configuration
    return _said(config.type, config.kwargs)


def _said(kind: str, kwargs: Any) -> tuple[Any, ...]:
    return kind, kwargs.get("column"), kwargs.get("column_A"), kwargs.get("column_B")


def pointblank(frame: pl.DataFrame) -> Prepared:
    """pointblank, without extracts of failing rows."""
    import pointblank as pb

    names = list(FAILS)

    def work() -> dict[str, int]:
        plan = pb.Validate(frame)
        for name in ("category", "service", "assignee"):
            plan = plan.col_vals_not_null(columns=name)
        for name, values in (("priority", [1, 2, 3, 4]), ("impact", [1, 2, 3]), ("urgency", [1, 2, 3])):
            plan = plan.col_vals_in_set(columns=name, set=values)
        plan = plan.col_vals_regex(columns="id", pattern="^INC[0-9]{8}$").rows_distinct(columns_subset="id")
        for name in OWN:
            plan = plan.col_vals_expr(expr=HOLDS[name])
        failed = plan.interrogate(collect_extracts=False).n_failed()
        return {name: failed[at] for at, name in enumerate(names, start=1)}

    return work


def dataframely(frame: pl.DataFrame) -> Prepared:
    """dataframely, rules of a schema, failures counted."""
    import dataframely as dy

    columns = {
        **{name: dy.Any() for name in frame.columns},
        "category": dy.String(nullable=False), "service": dy.String(nullable=False), "assignee": dy.String(nullable=False),
        "id": dy.String(nullable=False, regex="^INC[0-9]{8}$"),
    }  # fmt: skip
    own = [
        name
        for name in FAILS
        if name not in ("category_filled", "service_filled", "assignee_filled", "id_well_formed")
    ]
    rules = {name: dy.rule()(_dataframely_rule(HOLDS[name], name)) for name in own}
    schema = type("Incidents", (dy.Schema,), {**columns, **rules})

    def work() -> dict[str, int]:
        _, failure = schema.filter(frame)
        counts = failure.counts()
        named = {
            f"{name}_filled": counts.get(f"{name}|nullability", 0)
            for name in ("category", "service", "assignee")
        }
        return {
            **named,
            "id_well_formed": counts.get("id|regex", 0),
            **{name: counts.get(name, 0) for name in own},
        }

    return work


def _dataframely_rule(holds: pl.Expr, name: str) -> Any:
    def rule(cls: Any) -> pl.Expr:
        del cls
        return holds

    rule.__name__ = name
    return rule


TOOLS: dict[str, Callable[[pl.DataFrame], Prepared]] = {
    tool.__name__: tool for tool in (bare_polars, pandera, great_expectations, pointblank, dataframely)
}


def main() -> None:
    """Measure one tool and print it as JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("tool", choices=TOOLS)
    parser.add_argument("parquet", type=Path)
    parser.add_argument("--there", action="store_true", help="only tell whether the tool is installed")
    options = parser.parse_args()
    if options.tool != "bare_polars" and find_spec(options.tool) is None:
        raise SystemExit(3)
    if options.there:
        print("{}")
        return
    names = sorted({name for fails in FAILS.values() for name in fails.meta.root_names()})
    begun = time.process_time()
    frame = pl.read_parquet(options.parquet, columns=names, glob=False)
    read = time.process_time() - begun
    work = TOOLS[options.tool](frame)
    wall, cpu = time.perf_counter(), time.process_time()
    counts = work()
    checks = time.process_time() - cpu
    found = {
        "wall": time.perf_counter() - wall,
        "cpu": read + checks,
        "checks_cpu": checks,
        "kib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss,
        "counts": {name: int(counts.get(name, 0)) for name in FAILS},
    }
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
