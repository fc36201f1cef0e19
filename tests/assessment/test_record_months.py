"""Months of a record test: they add up to its totals, three answers included, and what cannot be dated is not lost."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from record_samples import AS_OF, PERIOD, Row, datasets, run, shipped_parameters, shipped_tests, table

from auditkit.assessment.recordtests.model import RecordTest
from auditkit.assessment.recordtests.months import Asked, MonthCount, monthly_counts
from auditkit.evidence.tables import Table

DATED = {name: one.dated_by for name, one in datasets().items() if one.dated_by}


def change(
    number: int, opened: object, *, way_back: str | None = "restore", status: object = "closed"
) -> Row:
    return {
        "id": f"CHG{number:04d}", "title": f"Change {number}", "type": "normal", "status": status,
        "opened_at": opened, "actual_start": "2026-01-10 09:00:00", "actual_end": "2026-01-10 11:00:00",
        "closed_at": "2026-02-01 09:00:00", "backout_plan": way_back,
    }  # fmt: skip


TEST = RecordTest.model_validate(
    {
        "id": "change_has_way_back", "title": "Changes have a way back", "points": ["8.5.1.3-1"],
        "basis": "standard", "class": "hard", "dataset": "change", "population": "status = 'closed'",
        "exception": "backout_plan IS NULL", "why": "It may have to be undone.", "remedy": "Plan the way back.",
    }
)  # fmt: skip


def counted(folder: Path, rows: list[Row], test: RecordTest = TEST) -> dict[str, MonthCount]:
    made = table(folder, test.dataset, rows)
    return {one.month: one for one in monthly_counts([test], asked(made), folder / "cache")[test.id]}


def asked(made: Table, as_of: date = AS_OF) -> Asked:
    return Asked(DATED, {made.reading.dataset: [made]}, shipped_parameters(), PERIOD, as_of)


def test_each_row_counts_in_its_month_and_undated_ones_stand_apart(tmp_path: Path) -> None:
    rows = [
        change(1, "2025-12-31 23:59:00"),
        change(2, "2026-01-01 00:00:00", way_back=None),
        change(3, "2026-01-31 23:59:00"),
        change(4, "2026-02-02 00:00:00", status=None),
        change(5, "2026-02-03 00:00:00", status="cancelled"),
        change(6, None, way_back=None),
    ]
    assert list(counted(tmp_path, rows).values()) == [
        MonthCount(month="", population=1, unknown=0, exceptions=1),
        MonthCount(month="2025-12", population=1, unknown=0, exceptions=0),
        MonthCount(month="2026-01", population=2, unknown=0, exceptions=1),
        MonthCount(month="2026-02", population=1, unknown=1, exceptions=0),
    ]


def test_a_date_that_cannot_be_understood_leaves_its_row_without_a_month(tmp_path: Path) -> None:
    rows = [change(number, f"2026-01-{number:02d} 09:00:00") for number in range(1, 9)]
    months = counted(tmp_path, [*rows, change(9, "soon", way_back=None)])
    assert (months[""].population, months[""].exceptions, months["2026-01"].population) == (1, 1, 8)


def test_a_dataset_that_no_date_puts_in_time_has_no_months(tmp_path: Path) -> None:
    undated = next(test for test in shipped_tests().values() if test.dataset == "request_type")
    made = table(tmp_path, "request_type", [{"id": "RT-1", "title": "Account", "instruction_ref": "D-1"}])
    assert monthly_counts([undated], asked(made), tmp_path / "cache") == {}
    lacking = table(tmp_path / "lacking", "change", [change(1, None)], without=("opened_at",))
    assert monthly_counts([TEST], asked(lacking), tmp_path / "cache") == {}


def test_months_add_up_to_what_the_tests_counted(tmp_path: Path) -> None:
    """Every shipped test of changes, windows over all rows included, on rows with empty and doubtful cells."""
    start = datetime.fromisoformat("2025-09-20 08:00")
    rows = [
        {
            **change(number, start + timedelta(days=3 * number), way_back=None if number % 7 == 0 else "restore"),
            "type": ("normal", "standard", "emergency")[number % 3],
            "status": ("closed", "implemented", "cancelled", None)[number % 4],
            "outcome": ("successful", "failed", None)[number % 3],
            "actual_start": start + timedelta(days=3 * number + 1) if number % 5 else None,
            "actual_end": start + timedelta(days=3 * number + 2),
            "approved_at": "soon" if number % 11 == 0 else start + timedelta(days=3 * number + number % 3),
            "approver": f"P{number % 4}", "requester": f"P{number % 5}", "ci": f"CI{number % 9}",
        }
        for number in range(120)
    ]  # fmt: skip
    made = table(tmp_path, "change", rows)
    tests = [one for one in shipped_tests().values() if one.dataset == "change"]
    together = monthly_counts(tests, asked(made), tmp_path / "cache")
    assert len(together) >= 10
    for test in tests:
        alone = monthly_counts([test], asked(made), tmp_path / "other" / test.id)
        assert alone == ({test.id: together[test.id]} if test.id in together else {})
        result = run(test, [made])
        if result.population is None:
            assert test.id not in together
            continue
        months = together[test.id]
        assert sum(one.population for one in months) == result.population
        assert sum(one.unknown for one in months) == result.unknown
        assert sum(one.exceptions for one in months) == result.exceptions
        assert sum(one.examined for one in months) == result.examined


def test_a_second_run_counts_nothing_and_another_as_of_date_counts_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [change(1, "2026-01-05 00:00:00", way_back=None)]
    first = counted(tmp_path, rows)
    monkeypatch.setattr("auditkit.assessment.recordtests.months._counted", lambda *_: {})
    assert counted(tmp_path, rows) == first
    made = table(tmp_path, "change", rows)
    assert monthly_counts([TEST], asked(made, date(2026, 11, 1)), tmp_path / "cache") == {}
