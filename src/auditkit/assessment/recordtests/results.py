"""Results of record tests: what they all state, and finding them again without running anything.

A result is kept as JSON under the digest of the test, the parameters it uses, the period, the as-of date, the
tables of its dataset, the version and the language of its reasons; the list of its rows is kept beside it. A run in which nothing changed
reads these and never imports polars. Every file appears whole, so that two runs can share the folder.

The engine is not part of the digest, because figures do not depend on it: what Spark counted once need not be counted
again on one machine. What an engine could not compute is kept for polars alone, for another may be able to.
"""

import os
import shutil
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from auditkit import __version__
from auditkit.assessment.engagement import Parameter
from auditkit.assessment.model import ProcedureResult
from auditkit.assessment.recordtests.model import Engine, RecordTest
from auditkit.base.atomic import new_file, write_whole
from auditkit.base.digest import digest_value
from auditkit.base.language import ENGLISH, spoken
from auditkit.base.period import Period
from auditkit.evidence.tables import Table

_ENGINE = 2
"""Raise when the way tests are computed changes, so that cached results are computed anew."""


class Ran(NamedTuple):
    """One result a test, in order."""

    results: tuple[ProcedureResult, ...]
    computed: int = 0
    """How many of them were computed now; the others were in the cache."""


def cached_results(
    tests: Sequence[RecordTest],
    tables: Mapping[str, Sequence[Table]],
    unreadable: Mapping[str, Sequence[str]],
    parameters: Mapping[str, Parameter],
    period: Period,
    as_of: date,
    cache_dir: Path,
    exceptions_dir: Path | None = None,
    engine: Engine = "polars",
) -> Ran:
    """Return one result a test from the cache where it is there, and computed on an engine where it is not.

    ``exceptions_dir`` is filled with ``<test id>.csv`` as ``run_record_tests`` would.
    """
    folder = cache_dir / "results"
    keys = {
        test.id: _key(test, tables.get(test.dataset, ()), unreadable, parameters, period, as_of)
        for test in tests
    }
    results = {test.id: _saved(folder, keys[test.id]) for test in tests}
    absent = [test for test in tests if results[test.id] is None]
    if absent:
        results |= _computed(engine, absent, tables, unreadable, parameters, period, as_of, folder, keys)
    if exceptions_dir is not None:
        _copy_rows(folder, keys, exceptions_dir)
    return Ran(tuple(found for test in tests if (found := results[test.id]) is not None), len(absent))


def _computed(
    engine: Engine,
    tests: Sequence[RecordTest],
    tables: Mapping[str, Sequence[Table]],
    unreadable: Mapping[str, Sequence[str]],
    parameters: Mapping[str, Parameter],
    period: Period,
    as_of: date,
    folder: Path,
    keys: Mapping[str, str],
) -> dict[str, ProcedureResult]:
    """Run tests and keep their results; a list is there before the result that speaks of it."""
    from auditkit.assessment.records_engines import run_record_tests_on

    results: dict[str, ProcedureResult] = {}
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder, prefix=".rows-") as scratch:
        rows = Path(scratch)
        for result in run_record_tests_on(engine, tests, tables, unreadable, parameters, period, as_of, rows):
            test_id = result.procedure.removeprefix("record.")
            listed = rows / f"{test_id}.csv"
            if listed.exists():
                listed.replace(folder / f"{keys[test_id]}.csv")
            if engine == "polars" or result.outcome != "error":
                write_whole(folder / f"{keys[test_id]}.json", result.model_dump_json())
            results[test_id] = result
    return results


def blank_result(test: RecordTest, used: Mapping[str, str], digest: str) -> ProcedureResult:
    """Return the result of a test that has not looked at anything."""
    return ProcedureResult(
        point=test.points[0],
        procedure=f"record.{test.id}",
        kind="record",
        title=test.title,
        basis=test.basis,
        test_class=test.test_class,
        parameters=dict(used),
        digest=digest,
    )


def _key(
    test: RecordTest,
    tables: Sequence[Table],
    unreadable: Mapping[str, Sequence[str]],
    parameters: Mapping[str, Parameter],
    period: Period,
    as_of: date,
) -> str:
    predicates = f"{test.population} {test.exception} :{test.target}"
    used = {name: one.model_dump(mode="json") for name, one in parameters.items() if f":{name}" in predicates}
    return digest_value(
        [
            __version__,
            _ENGINE,
            test.model_dump(mode="json"),
            used,
            [str(period), str(as_of)],
            [[table.evidence, table.file, table.digest] for table in tables],
            list(unreadable.get(test.dataset, ())),
            *([] if spoken() == ENGLISH else [spoken()]),
        ]
    )


def _saved(folder: Path, key: str) -> ProcedureResult | None:
    """Return a kept result, unless it is damaged or the list it speaks of is gone."""
    try:
        result = ProcedureResult.model_validate_json((folder / f"{key}.json").read_bytes())
    except (OSError, ValueError):
        return None
    listed = result.exceptions or result.unknown
    return result if not listed or (folder / f"{key}.csv").exists() else None


def _copy_rows(folder: Path, keys: Mapping[str, str], exceptions_dir: Path) -> None:
    """Put the lists of this run into ``exceptions_dir`` and take those of earlier runs out."""
    exceptions_dir.mkdir(parents=True, exist_ok=True)
    for old in exceptions_dir.glob("*.csv"):
        if old.stem not in keys:
            old.unlink(missing_ok=True)
    for test_id, key in keys.items():
        target, source = exceptions_dir / f"{test_id}.csv", folder / f"{key}.csv"
        if not source.exists():
            target.unlink(missing_ok=True)
        elif not (target.exists() and target.samefile(source)):
            _share(source, target)


def _share(source: Path, target: Path) -> None:
    """Let a list stand in a second place without copying it, where the disk can do that."""
    with new_file(target, source.parent) as path:
        try:
            os.link(source, path)
        except OSError:
            shutil.copyfile(source, path)
