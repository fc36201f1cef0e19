"""One measurement of ``records.py``, in a process of its own: prints wall and CPU seconds, the most memory held, and counts."""

import argparse
import json
import resource
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import data_record_tests as cases
import polars as pl

from auditkit.assessment.records import run_record_tests
from auditkit.assessment.recordtests.derive import Circumstances, derive_datasets
from auditkit.assessment.recordtests.model import RecordTest
from auditkit.base.digest import digest_file
from auditkit.base.period import Period
from auditkit.evidence.datasets import load_datasets
from auditkit.evidence.model import EvidenceItem
from auditkit.evidence.tables import Table, read_table

CHECKLISTS = Path(__file__).resolve().parents[1] / "checklists"
PERIOD = Period(start=date(2025, 10, 1), end=date(2026, 9, 30))
AS_OF = date(2026, 10, 15)
NEEDED = {
    "incident": (
        "id", "status", "category", "priority", "impact", "urgency", "service", "assignee", "opened_at", "due_at",
        "resolved_at", "closed_at", "breached", "reopened_count", "change_id", "resolution_notes",
    ),
    "change": ("id", "type", "ci", "requester", "implementer", "approver", "approved_at", "actual_start"),
    "ci": ("id",),
}  # fmt: skip
"""What the 20 tests look at."""
Work = Callable[[Path, Path], dict[str, Any]]


def decode_csv(folder: Path, cache: Path) -> dict[str, Any]:
    """Decode the needed columns of the files, dates parsed, keeping nothing: the yardstick."""
    del cache
    for dataset, names in NEEDED.items():
        frame = pl.scan_csv(folder / f"{dataset}s.csv", infer_schema=False)
        typed = frame.select(_typed(name) for name in names)
        typed.select(pl.all().null_count()).collect(engine="streaming")
    return {}


def read_strings(folder: Path, cache: Path) -> dict[str, Any]:
    """Read the same files whole, as strings."""
    del cache
    frames = [pl.read_csv(folder / f"{dataset}s.csv", infer_schema=False) for dataset in NEEDED]
    return {"rows": sum(frame.height for frame in frames)}


def decode_parquet(folder: Path, cache: Path) -> dict[str, Any]:
    """Decode the needed columns of the typed tables."""
    tables = _tables(folder, cache)
    started = _now()
    for dataset, names in NEEDED.items():
        frame = pl.scan_parquet(_parquet(tables[dataset]), glob=False)
        frame.select(pl.col(names).hash().sum()).collect(engine="streaming")
    return {"since": started}


def convert(folder: Path, cache: Path) -> dict[str, Any]:
    """Read the exports into the cache."""
    return {"rows": sum(one.reading.rows_kept for one in _tables(folder, cache).values())}


def first_run(folder: Path, cache: Path) -> dict[str, Any]:
    """Read the exports and run the 20 tests: what a first run does."""
    return _run(_tables(folder, cache), cases.twenty(), cache)


def first_run_40(folder: Path, cache: Path) -> dict[str, Any]:
    """The same with 20 further row tests."""
    return _run(_tables(folder, cache), [*cases.twenty(), *cases.record_tests("incident", cases.MORE)], cache)


def run_20(folder: Path, cache: Path) -> dict[str, Any]:
    """Run the 20 tests on tables that were read before, derived datasets made anew."""
    tables = _tables(folder, cache)
    started = _now()
    return {**_run(tables, cases.twenty(), cache), "since": started}


def row_tests(folder: Path, cache: Path) -> dict[str, Any]:
    """Run the 14 tests that look at one row at a time."""
    alone = [claim for claim in cases.INCIDENT if " OVER " not in claim[2]]
    return _only(folder, cache, alone)


def checks_15(folder: Path, cache: Path) -> dict[str, Any]:
    """Run the 15 tests that peers can express."""
    return _only(folder, cache, cases.INCIDENT)


WORK: dict[str, Work] = {
    work.__name__: work
    for work in (
        decode_csv, read_strings, decode_parquet, convert, first_run, first_run_40, run_20, row_tests, checks_15,
    )
}  # fmt: skip


def _only(folder: Path, cache: Path, claims: Any) -> dict[str, Any]:
    tables = {"incident": _tables(folder, cache)["incident"]}
    started = _now()
    found = _counts(run_record_tests(
        cases.record_tests("incident", claims), {"incident": [tables["incident"]]}, {}, cases.PARAMETERS, PERIOD, AS_OF
    ))  # fmt: skip
    return {"since": started, "counts": found, "parquet": str(_parquet(tables["incident"]))}


def _run(tables: dict[str, Table], tests: list[RecordTest], cache: Path) -> dict[str, Any]:
    derived = derive_datasets(
        cases.DERIVED,
        frozenset(test.dataset for test in tests),
        {dataset: [table] for dataset, table in tables.items()},
        {},
        Circumstances(cases.PARAMETERS, PERIOD, AS_OF, cache),
    )
    rows = cache / "lists"
    return {
        "counts": _counts(run_record_tests(tests, derived.tables, {}, cases.PARAMETERS, PERIOD, AS_OF, rows))
    }


def _counts(results: Any) -> dict[str, int]:
    for one in results:
        if one.outcome in ("error", "not_testable"):
            raise SystemExit(f"{one.procedure}: {one.reasons}")
    return {one.procedure.removeprefix("record."): one.exceptions for one in results}


def _tables(folder: Path, cache: Path) -> dict[str, Table]:
    datasets = {one.id: one for one in load_datasets(CHECKLISTS / "datasets.yaml", "datasets.yaml")[0]}
    tables = {}
    for number, dataset in enumerate(NEEDED, start=1):
        file = f"{dataset}s.csv"
        item = EvidenceItem(
            id=f"EV-{number:03d}", title=file, file=file, kind="record_export", dataset=dataset
        )
        sha256 = _digest(folder / file)
        tables[dataset] = read_table(folder, item, datasets[dataset], (), "UTC", cache, sha256)
    return tables


def _digest(path: Path) -> str:
    """Return the digest, kept beside the file: digests are measured elsewhere."""
    kept = path.with_suffix(".sha256")
    if not kept.exists():
        kept.write_text(digest_file(path))
    return kept.read_text()


def _parquet(table: Table) -> Path:
    assert table.parquet is not None
    return table.parquet


def _typed(name: str) -> pl.Expr:
    column = pl.col(name)
    if name.endswith("_at") or name.startswith("actual"):
        return column.str.to_datetime("%Y-%m-%dT%H:%M:%S", cache=False, time_unit="us")
    return column


def _now() -> tuple[float, float]:
    return time.perf_counter(), time.process_time()


def main() -> None:
    """Measure one thing and print it as JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("work", choices=WORK)
    parser.add_argument("folder", type=Path)
    parser.add_argument("cache", type=Path)
    options = parser.parse_args()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = _now()
    found = WORK[options.work](options.folder, options.cache)
    wall, cpu = _now()
    since = found.pop("since", started)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found |= {"wall": wall - since[0], "cpu": cpu - since[1], "kib": most, "kib_before": before}
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
