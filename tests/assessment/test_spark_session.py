"""Spark starts by itself, says nothing, leaves nothing behind; where it cannot start, the message says what to do."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from auditkit.assessment.records_duckdb import open_duckdb
from auditkit.assessment.records_spark import open_spark
from auditkit.base.errors import EnvironmentFault

SCRIPT = """
import sys
from pathlib import Path
sys.path.insert(0, {tests!r})
from record_samples import AS_OF, PERIOD, shipped_parameters, shipped_tests, table
from auditkit.assessment.records_engines import run_record_tests_on
read = table(Path({folder!r}), "ci", [{{"id": "C1"}}, {{"id": "C1"}}, {{"id": "C2"}}])
test = shipped_tests()["ci_identifier_unique"]
for _ in range(2):
    (result,) = run_record_tests_on("spark", [test], {{"ci": [read]}}, {{}}, shipped_parameters(), PERIOD, AS_OF)
    print(result.outcome, result.population, result.exceptions)
"""


@pytest.mark.slow
def test_runs_on_this_machine_are_quiet(tmp_path: Path) -> None:
    pytest.importorskip("pyspark")
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        pytest.skip("Spark needs Java")
    script = SCRIPT.format(tests=str(Path(__file__).parent), folder=str(tmp_path / "rows"))
    run = subprocess.run(
        [sys.executable, "-W", "error", "-c", script], capture_output=True, text=True, cwd=tmp_path
    )
    assert (run.stdout, run.stderr, run.returncode) == ("not_met 3 2\n" * 2, "", 0)
    assert [one.name for one in tmp_path.iterdir()] == ["rows"]


def test_without_java_the_message_says_so(tmp_path: Path) -> None:
    pytest.importorskip("pyspark")
    script = (
        "from auditkit.assessment.records_spark import open_spark\n"
        "from auditkit.base.errors import EnvironmentFault\n"
        "try:\n    open_spark().__enter__()\n"
        "except EnvironmentFault as fault:\n    print(fault)"
    )
    nowhere = {**os.environ, "JAVA_HOME": str(tmp_path / "no-java")}
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, env=nowhere)
    assert run.stdout.startswith("Spark does not start (")
    assert run.stdout.endswith("): install Java 17 or 21, or set JAVA_HOME.\n")


@pytest.mark.parametrize("name", ["duckdb", "pyspark.sql"])
def test_without_the_engine_the_message_says_what_to_install(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, name, None)
    opened, extra = (open_duckdb, "duckdb") if name == "duckdb" else (open_spark, "spark")
    with pytest.raises(EnvironmentFault, match=rf"pip install 'auditkit\[{extra}\]'"), opened():
        pass


def test_polars_and_the_plans_need_neither_engine(tmp_path: Path) -> None:
    script = (
        "import sys, auditkit.assessment.records_engines as engines;"
        "print(sorted({'duckdb', 'pyspark', 'py4j'} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout == "[]\n"
