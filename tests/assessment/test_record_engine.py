"""The engine on small tables: three-valued rows, missing and unreadable evidence, named rows, the cache."""

import csv
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from record_samples import AS_OF, PERIOD, run, shipped_parameters, shipped_tests, table
from test_record_decide import claim

from auditkit.assessment.engagement import Parameter
from auditkit.assessment.records_rows import safe_cell
from auditkit.assessment.recordtests.results import cached_results

APPROVED = {
    "dataset": "change",
    "population": "type = 'normal' AND status = 'closed'",
    "exception": "approved_at IS NULL OR approved_at > actual_start",
}
DAY = "2026-01-05"


def change(number: int, **fields: Any) -> dict[str, Any]:
    """Return a closed normal change that was approved before it started; fields override."""
    start = {"actual_start": f"{DAY} 22:00", "approved_at": f"{DAY} 12:00"}
    return {"id": f"C{number}", "type": "normal", "status": "closed", **start, **fields}


@pytest.mark.parametrize(
    ("row", "population", "unknown", "exceptions"),
    [
        ({}, 1, 0, 0),
        ({"approved_at": None}, 1, 0, 1),
        ({"approved_at": f"{DAY} 23:00"}, 1, 0, 1),
        ({"actual_start": None}, 1, 1, 0),
        ({"type": None}, 1, 1, 0),
        ({"type": None, "status": "draft"}, 0, 0, 0),
        ({"type": "standard"}, 0, 0, 0),
        ({"type": "exotic"}, 1, 1, 0),
        ({"approved_at": "soon"}, 1, 1, 0),
        ({"approved_at": None, "actual_start": None}, 1, 0, 1),
    ],
    ids=[
        "conforms",
        "the predicate tests this null itself",
        "contradicts",
        "a compared field is empty",
        "not known whether in the population",
        "surely outside whatever the type",
        "outside",
        "a value outside the closed list",
        "a date not understood is not a missing date",
        "contradicts whatever the empty field holds",
    ],
)
def test_three_values(
    row: dict[str, Any], population: int, unknown: int, exceptions: int, tmp_path: Path
) -> None:
    rows = [change(1, **row), change(2, type="standard"), change(3, type="standard")]
    result = run(claim(**APPROVED), [table(tmp_path, "change", rows)])
    assert (result.population, result.unknown, result.exceptions) == (population, unknown, exceptions)
    assert result.examined == population - unknown


def test_a_false_exception_that_compares_an_empty_field_is_unknown(tmp_path: Path) -> None:
    test = claim(dataset="change", exception="approver = requester AND type = 'normal'")
    rows = [{"id": "C1", "type": "standard", "requester": "Ann"}]
    result = run(test, [table(tmp_path, "change", rows)])
    assert (result.exceptions, result.unknown, result.outcome) == (0, 1, "no_evidence")


def test_rows_of_several_exports_are_counted_together_and_named_in_file_order(tmp_path: Path) -> None:
    first = table(tmp_path, "change", [change(1), change(2, approved_at=None)], name="a.csv")
    second = table(tmp_path, "change", [change(3, approved_at=None)], name="b.csv")
    result = run(claim(**APPROVED), [first, second])
    assert (result.population, result.exceptions) == (3, 2)
    assert [(row.place.file, row.place.row, row.key) for row in result.exception_rows] == [
        ("evidence/a.csv", 3, "C2"),
        ("evidence/b.csv", 2, "C3"),
    ]
    assert [one.file for one in result.evidence] == ["evidence/a.csv", "evidence/b.csv"]


def test_a_column_one_export_lacks_leaves_its_rows_unknown(tmp_path: Path) -> None:
    first = table(tmp_path, "change", [change(1)], name="a.csv")
    second = table(tmp_path, "change", [change(2)], name="b.csv", without=["approved_at"])
    result = run(claim(**APPROVED), [first, second])
    assert (result.outcome, result.unknown) == ("no_evidence", 1)
    assert "field approved_at is not in evidence/b.csv" in result.reasons


def test_no_records_no_rows_and_unreadable_records_are_no_evidence(tmp_path: Path) -> None:
    test = claim(**APPROVED)
    assert run(test, []).outcome == "no_evidence"
    assert run(test, []).population is None
    empty = run(test, [table(tmp_path, "change", [change(1, type="standard")])])
    assert (empty.outcome, empty.population, empty.reasons) == ("no_evidence", 0, ("population empty",))
    fine = table(tmp_path / "fine", "change", [change(1)])
    assert run(test, [fine]).outcome == "met"
    capped = run(test, [fine], unreadable=["EV-002 q4.xlsx"])
    assert (capped.outcome, capped.reasons) == ("no_evidence", ("EV-002 q4.xlsx cannot be read",))


def test_rows_missing_against_the_control_total_keep_it_below_met(tmp_path: Path) -> None:
    result = run(claim(**APPROVED), [table(tmp_path, "change", [change(1)], control_total=2)])
    assert result.outcome == "no_evidence"
    assert "population unverified" in result.reasons[0]


def test_a_missing_column_names_the_field_and_the_file(tmp_path: Path) -> None:
    result = run(claim(**APPROVED), [table(tmp_path, "change", [change(1)], without=["approved_at"])])
    assert result.outcome == "not_testable"
    assert result.reasons == ("field approved_at is not in the export (evidence/records.csv)",)


def test_a_predicate_that_cannot_be_computed_spoils_only_its_own_test(tmp_path: Path) -> None:
    from auditkit.assessment.records import run_record_tests

    good = claim(id="good", **APPROVED)
    bad = claim(id="bad", dataset="change", exception="approved_at > approver")
    tables = {"change": [table(tmp_path, "change", [change(1)])]}
    results = run_record_tests([bad, good], tables, {}, {}, PERIOD, AS_OF)
    assert [one.outcome for one in results] == ["error", "met"]


def test_an_undefined_parameter_is_an_error_not_a_pass(tmp_path: Path) -> None:
    test = claim(dataset="change", exception="approved_at > :never_defined")
    result = run(test, [table(tmp_path, "change", [change(1)])])
    assert (result.outcome, result.reasons) == ("error", ("nothing defines the parameter never_defined",))


def test_parameters_and_their_sources_are_disclosed_and_change_the_digest(tmp_path: Path) -> None:
    test = shipped_tests()["risks_complete_and_in_date"]
    risk = {"id": "K1", "owner": "Ann", "likelihood": 1, "impact": 1, "treatment": "reduce"}
    tables = [table(tmp_path, "risk", [{**risk, "assessed_at": "2026-01-01"}])]
    own = Parameter(value=90, source="own_rule", evidence="EV-007")
    default = run(test, tables)
    stricter = run(test, tables, parameters={**shipped_parameters(), "risk_review_days": own})
    assert default.parameters == {"as_of": "2026-10-15", "risk_review_days": "365 (house default)"}
    assert stricter.parameters["risk_review_days"] == "90 (own rule)"
    assert (default.outcome, stricter.outcome) == ("met", "not_met")
    assert default.digest != stricter.digest


def test_a_row_that_is_only_older_than_a_house_default_grounds_no_nonconformity(tmp_path: Path) -> None:
    test = shipped_tests()["risks_complete_and_in_date"]
    row = {
        "id": "K1",
        "owner": "Ann",
        "likelihood": 1,
        "impact": 1,
        "treatment": "reduce",
        "assessed_at": "2020-01-01",
    }
    old = run(test, [table(tmp_path / "old", "risk", [row])])
    assert (old.outcome, old.basis) == ("not_met", "good_practice")
    ownerless = run(test, [table(tmp_path / "ownerless", "risk", [{**row, "owner": None}])])
    assert (ownerless.outcome, ownerless.basis) == ("not_met", "standard")


def test_identifiers_that_stand_twice_are_exceptions_each(tmp_path: Path) -> None:
    rows = [{"id": "CI1"}, {"id": "CI2"}, {"id": "CI1"}]
    result = run(shipped_tests()["ci_identifier_unique"], [table(tmp_path, "ci", rows)])
    assert (result.population, result.exceptions) == (3, 2)


def test_the_result_holds_25_rows_and_the_file_all_of_them(tmp_path: Path) -> None:
    rows = [change(number, approved_at=None) for number in range(40)]
    rows.append(change(40, type=None, approved_at=f"{DAY} 12:00"))
    target = tmp_path / "exceptions"
    result = run(claim(**APPROVED), [table(tmp_path, "change", rows)], exceptions_dir=target)
    assert (len(result.exception_rows), result.exceptions) == (25, 40)
    assert result.exception_rows[0].values == {
        "actual_start": f"{DAY} 22:00:00",
        "approved_at": None,
        "status": "closed",
        "type": "normal",
    }
    with (target / "claim.csv").open(encoding="utf-8-sig", newline="") as stream:
        lines = list(csv.DictReader(stream))
    assert [line["computed"] for line in lines] == ["exception"] * 40 + ["unknown"]
    assert (lines[0]["row"], lines[0]["id"], lines[-1]["id"]) == ("2", "C0", "C40")


@pytest.mark.parametrize("text", ["=HYPERLINK(1)", "+1", "-1", "@sum", "\tx", "\r=1"])
def test_no_cell_becomes_a_formula(text: str, tmp_path: Path) -> None:
    assert safe_cell(text) == f"'{text}"
    test = claim(dataset="change", exception="test_result = test_result")
    target = tmp_path / "exceptions"
    rows = [{"id": f"x{text}", "test_result": text}]
    run(test, [table(tmp_path, "change", rows)], exceptions_dir=target)
    with (target / "claim.csv").open(encoding="utf-8-sig", newline="") as stream:
        (line,) = csv.DictReader(stream)
    assert not line["test_result"].startswith(("=", "+", "-", "@", "\t", "\r"))


def test_a_second_run_takes_results_and_lists_from_the_cache(tmp_path: Path) -> None:
    tests = [claim(**APPROVED)]
    tables = {"change": [table(tmp_path, "change", [change(1, approved_at=None)])]}
    arguments = (tests, tables, {}, {}, PERIOD, AS_OF, tmp_path / "cache")
    first = cached_results(*arguments, tmp_path / "one")
    second = cached_results(*arguments, tmp_path / "two")
    assert first.results == second.results
    assert (first.computed, second.computed) == (1, 0)
    assert (tmp_path / "one/claim.csv").read_bytes() == (tmp_path / "two/claim.csv").read_bytes()
    assert len(list((tmp_path / "cache/results").glob("*.json"))) == 1


def test_what_another_engine_refused_is_not_kept_and_what_it_counted_is(tmp_path: Path) -> None:
    pytest.importorskip("duckdb")
    tests = [claim(**APPROVED), claim(id="capitals", dataset="change", exception="UPPER(id) = 'X'")]
    tables = {"change": [table(tmp_path, "change", [change(1, approved_at=None)])]}
    arguments = (tests, tables, {}, {}, PERIOD, AS_OF, tmp_path / "cache", None)
    first, second = cached_results(*arguments, "duckdb"), cached_results(*arguments, "polars")
    assert [one.outcome for one in first.results] == ["not_met", "error"]
    assert "use LOWER" in first.results[1].reasons[0]
    assert [one.outcome for one in second.results] == ["not_met", "met"]
    assert (first.computed, second.computed) == (2, 1)


def test_the_cache_is_not_used_when_test_parameter_table_or_date_differ(tmp_path: Path) -> None:
    before = tmp_path / "cache"
    test = claim(dataset="change", exception="approved_at < :as_of - INTERVAL :days DAY")
    days = Parameter(value=30, source="house_default")
    one = {"change": [table(tmp_path / "a", "change", [change(1)])]}
    two = {"change": [table(tmp_path / "b", "change", [change(2)])]}
    for tests, tables, unreadable, value in (
        ([test], one, {}, days),
        ([test.model_copy(update={"tolerance": 0.5})], one, {}, days),
        ([test], two, {}, days),
        ([test], one, {"change": ["x.csv"]}, days),
        ([test], one, {}, days.model_copy(update={"value": 31})),
    ):
        cached_results(tests, tables, unreadable, {"days": value, "other": days}, PERIOD, AS_OF, before)
    assert len(list((before / "results").glob("*.json"))) == 5


def test_a_warm_run_of_all_shipped_tests_imports_neither_polars_nor_sqlglot(tmp_path: Path) -> None:
    script = f"""
import sys
sys.path.insert(0, {str(Path(__file__).parent)!r})
from pathlib import Path
from auditkit.assessment.recordtests.load import load_parameters, load_record_tests
from auditkit.assessment.recordtests.results import cached_results
from auditkit.base.period import Period
from datetime import date
checklists = Path({str(Path(__file__).resolve().parents[2] / "checklists")!r})
tests, issues = load_record_tests(checklists / "record-tests", "record-tests", cache_dir=Path({str(tmp_path)!r}))
parameters, _ = load_parameters(checklists / "parameters.yaml", "parameters.yaml")
period = Period(start=date(2025, 10, 1), end=date(2026, 9, 30))
results = cached_results(tests, {{}}, {{}}, parameters, period, date(2026, 10, 15), Path({str(tmp_path)!r}))
assert len(results.results) == len(tests) >= 120
if "warm" in sys.argv:
    assert not {{"polars", "sqlglot"}} & set(sys.modules), "an engine was imported"
"""
    for argument in ("cold", "warm"):
        done = subprocess.run(
            [sys.executable, "-c", script, argument], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
