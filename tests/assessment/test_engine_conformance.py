"""The same record tests on polars, DuckDB and Spark: identical figures, rows, reasons and lists, on seeded rows."""

import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from random import Random

import polars as pl
import pytest
from engine_samples import CLOCK_CHANGES, DAYS, INTEGERS, NUMBERS, moments, shipped_tables, typed_table
from record_samples import AS_OF, PERIOD, shipped_parameters, shipped_tests, table
from test_record_decide import claim
from test_records_derived import AGREEMENTS, derive

from auditkit.assessment import records_spark
from auditkit.assessment.model import ProcedureResult
from auditkit.assessment.records_engines import run_record_tests_on
from auditkit.assessment.recordtests.model import Engine, RecordTest
from auditkit.evidence.tables import Table

pytestmark = pytest.mark.slow
Tables = Mapping[str, Sequence[Table]]


@pytest.fixture(scope="module", params=["duckdb", "spark"])
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """An engine to compare with polars; Spark starts once, with settings and time zones that must not matter."""
    if request.param == "duckdb":
        pytest.importorskip("duckdb")
        yield "duckdb"
        return
    pyspark = pytest.importorskip("pyspark.sql")
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        pytest.skip("Spark needs Java")
    settings = {
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.extraJavaOptions": "-Duser.timezone=America/Sao_Paulo -XX:TieredStopAtLevel=1",
        "spark.log.level": "ERROR",
        "spark.sql.adaptive.enabled": "false",
        "spark.sql.ansi.enabled": "false",
        "spark.sql.session.timeZone": "America/Sao_Paulo",
        "spark.sql.shuffle.partitions": "2",
        "spark.ui.enabled": "false",
    }
    session = pyspark.SparkSession.builder.master("local[2]").config(map=settings).getOrCreate()
    yield "spark"
    session.stop()


def run_on(
    engine: Engine, tests: Sequence[RecordTest], tables: Tables, lists: Path | None = None
) -> tuple[ProcedureResult, ...]:
    return run_record_tests_on(engine, tests, tables, {}, shipped_parameters(), PERIOD, AS_OF, lists)


def assert_same(
    engine: Engine, tests: Sequence[RecordTest], tables: Tables, folder: Path
) -> Sequence[ProcedureResult]:
    """Compare results and the lists of all rows, byte for byte; return the results."""
    expected = run_on("polars", tests, tables, folder / "polars")
    found = run_on(engine, tests, tables, folder / engine)
    different = [f"{one}\n{other}" for one, other in zip(expected, found, strict=True) if one != other]
    assert not different, f"{len(different)} differ:\n" + "\n\n".join(different[:3])
    lists = sorted(path.name for path in (folder / "polars").iterdir())
    assert lists == sorted(path.name for path in (folder / engine).iterdir())
    for name in lists:
        assert (folder / "polars" / name).read_bytes() == (folder / engine / name).read_bytes(), name
    return expected


def test_all_shipped_tests_give_the_same(engine: Engine, tmp_path: Path) -> None:
    tests = list(shipped_tests().values())
    tables = shipped_tables(tmp_path / "rows", rows=120)
    results = assert_same(engine, tests, tables, tmp_path)
    assert {one.outcome for one in results} <= {"met", "not_met", "no_evidence"}
    telling = [one for one in results if one.exceptions and one.unknown and one.examined > one.exceptions]
    assert len(telling) > 0.8 * len(results), "the rows have to contradict, open and meet nearly every test"


def test_rows_of_a_derived_dataset_that_share_a_number_keep_their_order(
    engine: Engine, tmp_path: Path
) -> None:
    made = derive(tmp_path / "rows", "agreement_month", sla=AGREEMENTS * 9, sla_measure=[])
    test = shipped_tests()["agreements_measured_every_month"]
    (result,) = assert_same(engine, [test], made.tables, tmp_path)
    places = [row.place.row for row in result.exception_rows]
    assert len(places) > len(set(places)), "several rows come from one row of the export"


TEXTS = (
    "a%b", "a_b", "aXb", "a\\b", "a\nb", "a\rb", "a b", "ab\n", "", " ", "\u00a0x\t", "\u2028", "x", "X", "ä", "A\u0308",
    "ß", "İ", "i̇", "K", "\u212a", "ΟΔΟΣ", "٣", "3", "INC0000042", "INC42", "日本", "👩‍🚀", "a'b", 'a"b', "a.b", "a{2}", "Zoë",
)  # fmt: skip
TRAPS = (
    "title = category", "title < category", "title >= 'a'", "title <> 'ä'", "title IN ('a_b', 'ß', '')",
    "title NOT IN ('x', 'X')", "title IN ('x', NULL)", "title LIKE 'a_b'", "title LIKE 'a%b'", "title LIKE 'a\\_b'",
    "title LIKE '%\\%'", "title NOT LIKE 'a%'", "title LIKE '_'", "title LIKE '__'", "title LIKE '%''%'", "title LIKE ''",
    "LENGTH(title) = 1", "LENGTH(TRIM(title)) = 0", "LENGTH(title) > LENGTH(TRIM(title))", "TRIM(LEADING FROM title) = title", "TRIM(TRAILING 'b' FROM title) = 'a'",
    "TRIM(LEADING 'a' FROM title) = 'b'", "LOWER(title) = 'x'", "LOWER(title) = 'k'", "LOWER(title) LIKE '%i%'",
    "LENGTH(LOWER(title)) = 2", "REGEXP_LIKE(title, '^INC[0-9]{7}$')", "REGEXP_LIKE(title, '\\d')",
    "REGEXP_LIKE(title, '^\\w+$')", "REGEXP_LIKE(title, 'a\\sb')", "REGEXP_LIKE(title, 'a.b')", "REGEXP_LIKE(title, 'b$')",
    "REGEXP_LIKE(title, '^[^a-z]$')", "REGEXP_LIKE(title, '(?i)^a.?b')", "REGEXP_LIKE(title, '^\\S$')",
    "REGEXP_LIKE(title, '^[\\w.]+$')", "REGEXP_LIKE(title, '')", "NOT REGEXP_LIKE(title, 'a|x')", "REGEXP_LIKE(title, 'K', 'i')",
    "REGEXP_LIKE(title, '\\.|\\{|''|\"')", "priority / 2 > 1", "priority / impact > 1", "priority / 0 > 1", "impact / 0 = impact / 0",
    "priority * 0.1 = 0.3", "priority * impact - urgency > 2", "-priority < ABS(impact)", "priority > 0.5", "priority IN (1, 2.0)",
    "priority BETWEEN impact AND urgency", "priority BETWEEN NULL AND 5", "priority = NULL", "breached", "NOT breached",
    "breached = is_major", "breached IN (TRUE)", "breached OR priority > 2", "breached AND is_major IS NULL",
    "CASE WHEN priority > 2 THEN 'big' ELSE title END = 'big'", "CASE WHEN breached THEN priority END > impact / 2",
    "CASE priority WHEN 1 THEN 0.5 WHEN 2 THEN impact END >= 0.5", "CASE WHEN priority > 2 THEN opened_at ELSE review_at END > review_at",
    "review_at = CAST(opened_at AS DATE)", "review_at < opened_at", "CAST(review_at AS TIMESTAMP) = opened_at",
    "opened_at BETWEEN :period_start AND :period_end", "review_at BETWEEN :period_start AND :period_end",
    "review_at < :as_of - INTERVAL 365 DAY", "opened_at < :as_of - INTERVAL 365 DAY", "opened_at + INTERVAL 1 DAY > closed_at",
    "review_at + INTERVAL priority DAY >= :as_of", "review_at - INTERVAL reopened_count DAY < opened_at",
    "opened_at - INTERVAL reopened_count DAY < closed_at", "closed_at - opened_at > INTERVAL 30 DAY",
    "review_at - CAST(opened_at AS DATE) > INTERVAL 2 DAY", "closed_at - review_at >= INTERVAL 0 DAY",
    "(closed_at - opened_at) * 2 < INTERVAL priority DAY", "opened_at < CAST('2026-03-29 02:30' AS TIMESTAMP)",
    "opened_at IN (CAST('2025-10-26' AS TIMESTAMP), closed_at)", "COUNT(*) OVER (PARTITION BY title) > 12",
    "COUNT(priority) OVER (PARTITION BY title, breached) > 2", "COUNT(*) OVER () > 3", "COUNT(*) OVER (PARTITION BY LOWER(title)) > 15",
    "COUNT(*) OVER (PARTITION BY CAST(opened_at AS DATE)) = 14", "(priority > 2) IS NULL", "NULL IS NULL AND breached",
)  # fmt: skip
FLOAT_TRAPS = (
    "utilisation > threshold * 0.9", "utilisation = 0.3", "utilisation + 0.2 = 0.3", "utilisation / threshold >= 1",
    "utilisation / 0 > threshold", "utilisation / 3.0 < 0.1", "utilisation = 1", "ABS(utilisation - threshold) <= 0.25 * threshold",
    "period + INTERVAL utilisation DAY > :as_of", "period - INTERVAL threshold DAY < :as_of",
)  # fmt: skip


def test_predicates_on_which_engines_usually_differ_give_the_same(engine: Engine, tmp_path: Path) -> None:
    random, count = Random(4), 400  # noqa: S311 - seeded on purpose
    some = {
        "title": TEXTS,
        "category": TEXTS,
        "priority": INTEGERS,
        "impact": INTEGERS,
        "urgency": INTEGERS,
        "reopened_count": INTEGERS,
        "breached": (True, False),
        "is_major": (True, False),
        "review_at": DAYS,
    }
    columns = {name: [random.choice((*pool, None)) for _ in range(count)] for name, pool in some.items()}
    incidents = {**columns, "opened_at": moments(random, count), "closed_at": moments(random, count)}
    capacity = {
        "utilisation": [random.choice((*NUMBERS[:-1], None)) for _ in range(count)],
        "threshold": [random.choice((*NUMBERS[:-1], None)) for _ in range(count)],
        "period": [random.choice(DAYS) for _ in range(count)],
    }
    tables = {
        "incident": [typed_table(tmp_path / "incident", "incident", incidents)],
        "capacity": [typed_table(tmp_path / "capacity", "capacity", capacity)],
    }
    tests = [
        claim(id=f"{dataset}_{number}", dataset=dataset, title=f"Rows for which {text}"[:200], exception=text)
        for dataset, texts in (("incident", TRAPS), ("capacity", FLOAT_TRAPS))
        for number, text in enumerate(texts)
    ]
    results = assert_same(engine, tests, tables, tmp_path)
    assert [one.reasons for one in results if one.outcome == "error"] == []
    assert sum(1 for one in results if one.exceptions and one.examined > one.exceptions) > 0.8 * len(results)


def test_times_the_clock_skips_or_repeats_are_unknown_everywhere(engine: Engine, tmp_path: Path) -> None:
    rows = [{"id": at, "opened_at": at} for at in CLOCK_CHANGES]
    test = claim(exception="opened_at < :period_start")
    (result,) = assert_same(
        engine, [test], {"incident": [table(tmp_path / "rows", "incident", rows)]}, tmp_path
    )
    assert (result.population, result.unknown, result.exceptions) == (10, 6, 0)


def test_a_folder_of_parquet_files_counts_as_the_one_file_it_was_cut_from(
    engine: Engine, tmp_path: Path
) -> None:
    whole = shipped_tables(tmp_path / "rows", rows=60, only="change")["change"][0]
    tests = [one for one in shipped_tests().values() if one.dataset == "change"]
    folder = tmp_path / "parts [1]"
    folder.mkdir()
    frame = pl.read_parquet(whole.parquet or "").with_columns(pl.col("_row").cast(pl.Int32))
    for number in range(3):
        frame.slice(number * 20, 20 if number < 2 else None).write_parquet(folder / f"part-{number}.parquet")
    (folder / "_SUCCESS").touch()
    cut = {"change": [whole._replace(parquet=folder)]}
    assert_same(engine, tests, cut, tmp_path)
    assert run_on(engine, tests, cut) == run_on("polars", tests, {"change": [whole]})


def test_lists_too_long_for_one_go_are_the_same(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(records_spark, "ROWS_AT_ONCE", 50)
    tables = shipped_tables(tmp_path / "rows", rows=200, only="incident")
    tests = [one for one in shipped_tests().values() if one.dataset == "incident"]
    assert_same(engine, tests, tables, tmp_path)


def test_a_test_that_cannot_be_computed_spoils_only_itself(engine: Engine, tmp_path: Path) -> None:
    good = claim(id="good", exception="category IS NULL")
    bad = claim(id="bad", exception="opened_at > category")
    tables = {"incident": [table(tmp_path, "incident", [{"id": "1", "category": "x"}])]}
    for one in ("polars", engine):
        results = run_on(one, [bad, good], tables)
        assert [result.outcome for result in results] == ["error", "met"]
        assert results[0].reasons[0].startswith("the predicate cannot be computed: ")


def test_a_damaged_or_vanished_file_is_an_error_never_a_pass(engine: Engine, tmp_path: Path) -> None:
    test = claim(exception="category = 'y'")
    read = table(tmp_path, "incident", [{"id": "1", "category": "x"}])
    assert read.parquet is not None
    whole = read.parquet.read_bytes()
    for content in (whole[: len(whole) // 2], b"", None):
        read.parquet.unlink() if content is None else read.parquet.write_bytes(content)
        (result,) = run_on(engine, [test], {"incident": [read]})
        assert (result.outcome, result.population) == ("error", None)


def test_nothing_received_and_nothing_readable_is_no_evidence(engine: Engine, tmp_path: Path) -> None:
    test = claim(exception="category IS NULL")
    read = table(tmp_path, "incident", [{"id": "1", "category": "x"}])
    for tables in ({}, {"incident": []}, {"incident": [read._replace(parquet=None)]}):
        assert run_on(engine, [test], tables) == run_on("polars", [test], tables)
        assert run_on(engine, [test], tables)[0].outcome == "no_evidence"
    (capped,) = run_on(engine, [test], {"incident": [read, read._replace(parquet=None, file="lost.csv")]})
    assert (capped.outcome, capped.reasons) == ("no_evidence", ("lost.csv cannot be read",))
