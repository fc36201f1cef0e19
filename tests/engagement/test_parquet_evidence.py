"""A folder of Parquet parts as evidence, from the register to the report: accepted, verified, tested on every engine."""

import json
import shutil
import sys
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from small import engagement

from auditkit.assessment.engagement import Retention
from auditkit.base.errors import EnvironmentFault
from auditkit.cli.main import cli
from auditkit.engagement.evidence import accept_evidence, propose_entries, verify_evidence
from auditkit.engagement.layout import Layout
from auditkit.engagement.open import open_engagement
from auditkit.engagement.reports import write_reports
from auditkit.engagement.retention import what_is_due
from auditkit.engagement.run import RunOptions, RunOutcome, assess

REGISTER = """\
items:
  - {id: EV-001, title: Incidents, file: lake/incidents, kind: record_export, dataset: incident}
"""
ROWS: dict[str, list[Any]] = {
    "id": [f"INC{number:04d}" for number in range(1, 9)],
    "priority": [1, 2, None, 4, 1, 2, 3, 4],
    "status": ["closed"] * 7 + ["resolved"],
    "category": ["network", None, "printer", "network", "mail", None, "mail", "mail"],
    "opened_at": [f"2026-0{month}-03T09:00:00" for month in range(1, 9)],
    "resolved_at": [f"2026-0{month}-04T09:00:00" for month in range(1, 9)],
    "closed_at": [f"2026-0{month}-05T09:00:00" for month in range(1, 8)] + [None],
}


def frame() -> pl.DataFrame:
    times = [
        pl.col(name).str.to_datetime("%Y-%m-%dT%H:%M:%S", time_unit="us")
        for name in ("opened_at", "resolved_at", "closed_at")
    ]
    return pl.DataFrame(ROWS).with_columns(times)


def lake(folder: Path, *, in_place: bool) -> Layout:
    layout = engagement(folder, files={"evidence/register.yaml": REGISTER})
    parts = layout.evidence / "lake/incidents"
    parts.mkdir(parents=True)
    for number in range(2):
        part = frame().slice(number * 4, 4)
        if in_place:
            part = part.with_columns(
                pl.lit("EV-001").alias("_evidence"),
                pl.lit(f"evidence/lake/incidents/part-{number}.parquet").alias("_file"),
                pl.lit(None, pl.String).alias("_sheet"),
                pl.int_range(1, 5, dtype=pl.Int64).alias("_row"),
                pl.lit(0, pl.Int64).alias("_unsure"),
            )
        part.write_parquet(parts / f"part-{number}.parquet")
    return layout


def run(layout: Layout, **options: Any) -> RunOutcome:
    return assess(open_engagement(layout), RunOptions(**options))


def figures(outcome: RunOutcome) -> list[tuple[Any, ...]]:
    return [
        (one.id, one.result.outcome, one.result.population, one.result.exceptions, one.result.unknown)
        for one in outcome.run.record_tests
    ]


@pytest.mark.parametrize("in_place", [False, True], ids=["converted", "in place"])
def test_a_folder_gives_the_figures_of_the_same_rows_as_csv(tmp_path: Path, in_place: bool) -> None:
    by_parts = run(lake(tmp_path / "lake", in_place=in_place))
    text = frame().write_csv(datetime_format="%Y-%m-%dT%H:%M:%S")
    plain = engagement(
        tmp_path / "csv",
        files={"evidence/register.yaml": REGISTER.replace("lake/incidents", "incidents.csv"), "evidence/incidents.csv": text},
    )  # fmt: skip
    assert figures(by_parts) == figures(run(plain))
    (incomplete,) = (one for one in by_parts.run.record_tests if one.id == "incident_lifecycle_complete")
    places = [str(row.place) for row in incomplete.result.exception_rows]
    assert places == [
        "evidence/lake/incidents/part-0.parquet, row 2",
        "evidence/lake/incidents/part-0.parquet, row 3",
        "evidence/lake/incidents/part-1.parquet, row 2",
    ]
    assert [one.code for one in by_parts.bad_evidence] == ["evidence-not-accepted"]
    assert [one.file for one in by_parts.run.files] == ["lake/incidents"]
    copies = list((tmp_path / "lake/.auditkit-cache/tables").glob("*.parquet"))
    assert len(copies) == (0 if in_place else 1)


def test_a_changed_added_or_missing_part_is_another_item(tmp_path: Path) -> None:
    layout = lake(tmp_path, in_place=True)
    assert accept_evidence(open_engagement(layout)) == 1
    (entry,) = json.loads(layout.lock.read_text())["entries"].values()
    parts = layout.evidence / "lake/incidents"
    assert entry["size_bytes"] == sum(path.stat().st_size for path in parts.iterdir())
    assert verify_evidence(open_engagement(layout)) == []
    assert run(layout).bad_evidence == ()
    first = parts / "part-0.parquet"
    whole = first.read_bytes()

    def kinds() -> list[str]:
        return [one["kind"] for one in verify_evidence(open_engagement(layout))]

    shutil.copyfile(first, parts / "part-2.parquet")
    assert kinds() == ["changed"]
    (parts / "part-2.parquet").unlink()
    first.unlink()
    assert kinds() == ["changed"]
    pl.read_parquet(parts / "part-1.parquet").write_parquet(first)
    assert kinds() == ["changed"]
    assert {one.code for one in run(layout).bad_evidence} == {"evidence-changed", "table-duplicate-keys"}
    first.write_bytes(whole)
    assert kinds() == []
    shutil.rmtree(parts)
    assert kinds() == ["missing"]
    assert {one.code for one in run(layout).bad_evidence} == {"evidence-missing", "export-missing"}


def test_a_part_that_leads_elsewhere_makes_the_folder_unreadable(tmp_path: Path) -> None:
    layout = lake(tmp_path / "one", in_place=True)
    parts = layout.evidence / "lake/incidents"
    (parts / "part-0.parquet").rename(tmp_path / "part-0.parquet")
    (parts / "part-0.parquet").symlink_to(tmp_path / "part-0.parquet")
    outcome = run(layout)
    unreadable = next(one for one in outcome.bad_evidence if one.code == "export-unreadable")
    assert "part-0.parquet was not read, the link leads out of the evidence folder" in unreadable.message
    assert {one.result.outcome for one in outcome.run.record_tests} <= {"no_evidence"}


def test_parts_of_a_folder_that_is_to_be_kept_are_not_deleted(tmp_path: Path) -> None:
    layout = lake(tmp_path, in_place=True)
    register = open_engagement(layout).register
    keeping = Retention(until=date(2026, 1, 1), reason="Contract", keep=("EV-001",))
    due = what_is_due(layout, register, keeping, date(2026, 2, 1))
    assert [one.file for one in due.goes if one.file.endswith(".parquet")] == []
    everything = what_is_due(layout, register, keeping.model_copy(update={"keep": ()}), date(2026, 2, 1))
    assert [one.evidence for one in everything.goes if one.file.endswith(".parquet")] == ["EV-001"] * 2


def test_scan_proposes_the_folder_and_not_its_parts(tmp_path: Path) -> None:
    layout = lake(tmp_path, in_place=False)
    assert propose_entries(open_engagement(layout)) == "# Every file below evidence/ is registered.\n"
    layout.register.write_text("items: []\n", encoding="utf-8")
    proposed = propose_entries(open_engagement(layout))
    assert 'file: "lake/incidents"\n    kind: record_export' in proposed
    assert "part-0" not in proposed


def test_reports_are_the_same_whichever_engine_counted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("duckdb")
    layout = lake(tmp_path, in_place=True)
    made: dict[str, dict[str, bytes]] = {}
    for engine in ("polars", "duckdb"):
        arguments = ["run", "-e", str(tmp_path), "--no-pdf", "--no-cache", "--engine", engine]
        assert cli.main(arguments, standalone_mode=False) == 0
        said = capsys.readouterr().err
        assert ("DuckDB counted the rows for " in said) == (engine == "duckdb")
        made[engine] = {
            str(path.relative_to(layout.reports)): path.read_bytes()
            for path in sorted(layout.reports.rglob("*"))
            if path.is_file()
        }
    assert made["polars"] == made["duckdb"]
    assert "exceptions/incident_lifecycle_complete.csv" in made["duckdb"]


@pytest.mark.parametrize(("engine", "module"), [("duckdb", "duckdb"), ("spark", "pyspark.sql")])
def test_without_the_engine_a_run_says_what_to_install(
    engine: str, module: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(EnvironmentFault, match=rf"pip install 'auditkit\[{engine}\]'"):
        run(lake(tmp_path, in_place=True), engine=engine)


def test_what_another_engine_counted_is_used_afterwards_and_said(tmp_path: Path) -> None:
    pytest.importorskip("duckdb")
    layout = lake(tmp_path, in_place=True)
    first, second, third = (run(layout, engine=one) for one in ("duckdb", "polars", "duckdb"))
    tests = len(open_engagement(layout).library.tests)
    assert (first.counted.engine, first.counted.computed, first.counted.cached) == ("duckdb", tests, 0)
    assert (second.counted.engine, second.counted.computed) == ("polars", 0)
    assert figures(first) == figures(second)
    (note,) = write_reports(third, pdf=False).notes
    assert (
        note
        == f"DuckDB counted the rows for 0 record tests; {tests} results were in the cache (--no-cache counts anew)."
    )
