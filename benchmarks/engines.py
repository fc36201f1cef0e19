"""The same record tests on polars, DuckDB and Spark, on the same typed rows: seconds, CPU seconds, memory, ratios.

``python benchmarks/engines.py [ROWS ...] [--without spark]`` (default 100000 1000000) prints a table for each number of
rows. Every run is a process of its own and includes the start of the engine, which is also printed alone. Results and
lists of the engines are compared; a difference ends the benchmark. The yardstick is polars decoding the same columns.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from datetime import date, datetime
from pathlib import Path

import polars as pl

from auditkit.assessment.recordtests.load import load_parameters, load_record_tests
from auditkit.assessment.recordtests.model import RecordTest
from auditkit.base.digest import digest_value
from auditkit.base.period import Period
from auditkit.evidence.datasets import load_datasets
from auditkit.evidence.model import Dataset, FieldQuality, TableReading
from auditkit.evidence.tables import Table

CHECKLISTS = Path(__file__).resolve().parents[1] / "checklists"
ENGINES = ("polars", "duckdb", "spark")
RUNS_BELOW = 2_000_000
"""Fewer rows are run twice, and the faster run counts."""
PERIOD = Period(start=date(2025, 10, 1), end=date(2026, 9, 30))
AS_OF = date(2026, 10, 15)
SEED = 20_000


def main() -> None:
    """Compare the engines at each number of rows."""
    words = sys.argv[1:]
    left_out = words.pop() if "--without" in words else ""
    engines = [one for one in ENGINES if one != left_out]
    for rows in [int(one) for one in words if one != "--without"] or [100_000, 1_000_000]:
        runs = 2 if rows < RUNS_BELOW else 1
        with tempfile.TemporaryDirectory(prefix="engines-") as scratch:
            parquet = Path(scratch) / "incident.parquet"
            write_incidents(parquet, rows)
            size_mib = parquet.stat().st_size / 2**20
            print(f"\n{rows:,} incidents, {size_mib:.0f} MiB of Parquet, {len(incident_tests())} tests")
            print(
                "                     wall s   CPU s   peak MiB   start s   wall / polars   CPU / polars   wall / decoding"
            )
            decoding = measure("decoding", parquet, runs)
            seen = {engine: measure(engine, parquet, runs) for engine in engines}
            starts = {engine: measure(f"start {engine}", parquet, runs)["wall"] for engine in engines}
            for name, one in {"decoding": decoding, **seen}.items():
                wall, cpu = (one[kind] / seen["polars"][kind] for kind in ("wall", "cpu"))
                ratios = f"{wall:10.2f}   {cpu:12.2f}   {one['wall'] / decoding['wall']:14.2f}"
                figures = (
                    f"{one['wall']:8.2f}{one['cpu']:8.2f}{one['peak_mib']:11.0f}{starts.get(name, 0):10.2f}"
                )
                print(f"{name:18s}{figures}   {ratios}")
            digests = {one["digest"] for one in seen.values()}
            assert len(digests) == 1, "the engines differ"
            print(f"identical results and lists, {seen['polars']['named']:,} listed rows")


def measure(what: str, parquet: Path, times: int) -> dict[str, float]:
    """Return the run of least wall time."""
    runs = []
    for _ in range(times):
        done = subprocess.run(
            [sys.executable, __file__, "--one", what, str(parquet)], capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
        runs.append(json.loads(done.stdout))
    return min(runs, key=lambda one: one["wall"])


def run_one(what: str, parquet: Path) -> None:
    """Run in this process and print what it took as JSON."""
    tests, table = incident_tests(), incident_table(parquet)
    parameters = load_parameters(CHECKLISTS / "parameters.yaml", "parameters.yaml")[0]
    digest, named = "", 0
    before = time.perf_counter()
    if what == "decoding":
        from auditkit.assessment.recordtests.predicates import columns, parse_predicate

        texts = [text for test in tests for text in (test.population, test.exception)]
        fields = sorted({field for text in texts for field in columns(parse_predicate(text))})
        pl.scan_parquet(parquet).select(pl.col(fields).hash().sum()).collect(engine="streaming")
    elif what.startswith("start "):
        _start(what.removeprefix("start "))
    else:
        from auditkit.assessment.records_engines import run_record_tests_on

        lists = parquet.parent / what
        found = run_record_tests_on(what, tests, {"incident": [table]}, {}, parameters, PERIOD, AS_OF, lists)
        texts = sorted((path.name, path.read_bytes().decode()) for path in lists.iterdir())
        named = sum(text.count("\r\n") - 1 for _, text in texts)
        digest = digest_value([[one.model_dump(mode="json") for one in found], texts])
        assert not any(one.outcome == "error" for one in found), [one.reasons for one in found]
    wall = time.perf_counter() - before
    cpu, peak_mib = _usage()
    print(json.dumps({"wall": wall, "cpu": cpu, "peak_mib": peak_mib, "digest": digest, "named": named}))


def _start(engine: str) -> None:
    """Start an engine and end it again."""
    if engine == "spark":
        from auditkit.assessment.records_spark import open_spark

        with open_spark():
            pass
    if engine == "duckdb":
        from auditkit.assessment.records_duckdb import open_duckdb

        with open_duckdb():
            pass


def _usage() -> tuple[float, float]:
    """Return CPU seconds and the peak resident MiB of this process and those it started."""
    cpu = peak = 0.0
    waiting = [os.getpid()]
    while waiting:
        folder = Path(f"/proc/{waiting.pop()}")
        fields = (folder / "stat").read_text().rpartition(")")[2].split()
        cpu += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
        status = (folder / "status").read_text()
        peak += int(status.partition("VmHWM:")[2].split()[0]) / 1024 if "VmHWM:" in status else 0
        waiting += [
            int(one)
            for task in (folder / "task").iterdir()
            for one in (task / "children").read_text().split()
        ]
    return cpu, peak


def incident_tests() -> list[RecordTest]:
    """Return the shipped tests on incidents, and one that needs all rows together: numbers stand once."""
    shipped = load_record_tests(CHECKLISTS / "record-tests", "record-tests")[0]
    tests = [one for one in shipped if one.dataset == "incident"]
    unique = {
        "id": "incident_number_unique",
        "exception": "COUNT(*) OVER (PARTITION BY id) > 1",
        "population": "TRUE",
    }
    return [*tests, tests[0].model_copy(update=unique)]


def incident_dataset() -> Dataset:
    """Return the shipped dataset of incidents."""
    found = load_datasets(CHECKLISTS / "datasets.yaml", "datasets.yaml")[0]
    return next(one for one in found if one.id == "incident")


def incident_table(parquet: Path) -> Table:
    """Return the table that reading an export would have given."""
    dataset = incident_dataset()
    fields = tuple(
        FieldQuality(field=one.name, header=one.name, nulls=0, unparseable=1) for one in dataset.fields
    )
    reading = TableReading(
        evidence="EV-001", dataset="incident", profile="template", rows_in_file=0, rows_kept=0, fields=fields
    )
    columns = tuple(one.name for one in dataset.fields)
    return Table(
        reading, parquet, "EV-001", "evidence/incidents.csv", "0" * 64, columns, "id", (), "benchmark"
    )


def write_incidents(parquet: Path, rows: int) -> None:
    """Write seeded typed rows: about one in a hundred contradicts each hard claim, one in twenty misses its target."""
    n = pl.col("n")
    opened = pl.lit(datetime.fromisoformat("2025-10-01")) + pl.duration(seconds=n * (330 * 86_400) // rows)
    resolved = opened + pl.duration(seconds=_draw(n, 200_000, 1) - 1_000)
    closed = resolved + pl.duration(seconds=_draw(n, 300_000, 2) - 1_500)
    settled = ["closed"] * 16 + ["resolved"] * 3 + ["cancelled"]
    unsettled = ["in_progress", "new", "pending", "resolved"] * 5
    sentence = pl.lit("restarted the relay, user confirmed ") + _draw(n, 10_000, 5).cast(pl.String)
    made = {
        "id": pl.lit("INC")
        + pl.when(n % 5_000 == 4_999).then(n - 1).otherwise(n).cast(pl.String).str.zfill(9),
        "title": pl.lit("no connection to printer ") + _draw(n, 500, 3).cast(pl.String),
        "status": pl.when(n < rows * 0.99).then(_pick(settled, n)).otherwise(_pick(unsettled, n)),
        "category": pl.when(_draw(n, 100, 6) > 0).then(pl.lit("network")),
        "priority": pl.when(_draw(n, 200, 7) > 0).then(
            5 - _draw(n, 8, 8).log(2).floor().clip(0).cast(pl.Int64)
        ),
        "service": pl.lit("S") + _draw(n, 300, 9).cast(pl.String),
        "opened_at": opened,
        "due_at": opened + pl.duration(seconds=190_000),
        "resolved_at": resolved,
        "closed_at": closed,
        "updated_at": closed,
        "breached": _draw(n, 20, 10) == 0,
        "is_major": _draw(n, 200, 11) == 0,
        "problem_id": pl.when(_draw(n, 50, 19) > 0).then(pl.lit("P-1")),
        "escalated_at": pl.when(_draw(n, 2, 20) > 0).then(opened),
        "major_manager": pl.when(_draw(n, 50, 12) > 0).then(pl.lit("Ann")),
        "management_notified_at": pl.when(_draw(n, 50, 13) > 0).then(opened),
        "review_ref": pl.when(_draw(n, 50, 14) > 0).then(pl.lit("R-1")),
        "reopened_count": (_draw(n, 50, 15) == 0).cast(pl.Int64),
        "work_notes": pl.when(_draw(n, 100, 16) > 0).then(sentence),
        "resolution_notes": pl.when(_draw(n, 100, 17) > 0).then(sentence),
    }
    kinds = {
        "text": pl.String,
        "integer": pl.Int64,
        "boolean": pl.Boolean,
        "date": pl.Date,
        "datetime": pl.Datetime("us"),
    }
    columns = [
        (made[one.name] if one.name in made else pl.lit(None)).cast(kinds[one.type]).alias(one.name)
        for one in incident_dataset().fields
    ]
    hidden = {
        "_evidence": pl.lit("EV-001"),
        "_file": pl.lit("evidence/incidents.csv"),
        "_sheet": pl.lit(None, pl.String),
        "_row": (n + 2).cast(pl.UInt32),
        "_unsure": pl.when(_draw(n, 10_000, 18) == 0).then(8).otherwise(0).cast(pl.Int64),
    }
    frame = pl.LazyFrame({"n": pl.int_range(0, rows, eager=True)})
    frame.select(*columns, **hidden).sink_parquet(parquet, compression="zstd")


def _pick(words: list[str], n: pl.Expr) -> pl.Expr:
    return _draw(n, len(words), 4).replace_strict(dict(enumerate(words)), return_dtype=pl.String)


def _draw(n: pl.Expr, below: int, salt: int) -> pl.Expr:
    """Return an even draw from 0 to below - 1 that depends on the row and the salt alone."""
    return (n.hash(SEED + salt) % below).cast(pl.Int64)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        run_one(sys.argv[2], Path(sys.argv[3]))
    else:
        main()
