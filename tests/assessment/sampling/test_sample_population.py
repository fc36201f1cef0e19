"""Populations out of real exports: places, unknown rows, missing fields, keys that are not their own."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from record_samples import AS_OF, PERIOD, datasets, shipped_parameters, table

from auditkit.assessment.records_sample import cell_digests, fetch_population
from auditkit.assessment.sampling.population import Population, population_digest
from auditkit.evidence.tables import Table

ROWS = [
    {"id": "C-1", "type": "normal", "risk": "high", "opened_at": "2025-11-01 09:00"},
    {"id": "C-2", "type": "emergency", "risk": "low", "opened_at": "2026-01-02 09:00"},
    {"id": "C-3", "type": "normal", "risk": None, "opened_at": "2027-01-02 09:00"},
    {"id": "C-4", "type": None, "risk": "low", "opened_at": "2026-01-02 09:00"},
]


def fetch(
    tables: Sequence[Table],
    where: str = "TRUE",
    by: str | None = None,
    unreadable: Sequence[str] = (),
    **more: Any,
) -> Population:
    """Fetch from the changes of the audit year."""
    return fetch_population(
        datasets()["change"], where, by, tables, unreadable, shipped_parameters(), PERIOD, AS_OF, **more
    )


def test_each_row_says_where_it_stands(tmp_path: Path) -> None:
    found = fetch([table(tmp_path, "change", ROWS)], "type = 'normal'", "risk")
    assert [(one.key, one.file, one.row, one.by) for one in found.rows] == [
        ("C-1", "evidence/records.csv", 2, "high"),
        ("C-3", "evidence/records.csv", 4, None),
    ]
    assert [one.id for one in found.evidence] == ["EV-001"]


def test_a_row_that_may_belong_is_counted_and_not_drawn(tmp_path: Path) -> None:
    found = fetch([table(tmp_path, "change", ROWS)], "type = 'normal'")
    assert found.unknown == 1
    assert fetch([table(tmp_path, "change", ROWS)], "type = 'normal' OR type IS NULL").unknown == 0


def test_an_unreadable_cell_is_not_an_empty_one(tmp_path: Path) -> None:
    spoiled = [{**ROWS[0], "opened_at": "some day"}, *ROWS[1:]]
    found = fetch([table(tmp_path, "change", spoiled)], "opened_at IS NULL")
    assert (found.rows, found.unknown) == ((), 1)


def test_the_period_is_a_parameter(tmp_path: Path) -> None:
    found = fetch([table(tmp_path, "change", ROWS)], "opened_at BETWEEN :period_start AND :period_end")
    assert [one.key for one in found.rows] == ["C-1", "C-2", "C-4"]


def test_keys_that_are_empty_or_shared_are_told_apart_by_row(tmp_path: Path) -> None:
    rows = [
        {"id": "C-1", "type": "normal"},
        {"id": "C-1", "type": "normal"},
        {"type": "normal"},
        {"id": "C-2"},
    ]
    found = fetch([table(tmp_path, "change", rows)])
    assert [one.key for one in found.rows] == [
        "C-1 (evidence/records.csv, row 2)",
        "C-1 (evidence/records.csv, row 3)",
        "(no key) (evidence/records.csv, row 4)",
        "C-2",
    ]
    assert found.told_apart == 3


def test_a_field_that_one_export_lacks_leaves_its_rows_unknown(tmp_path: Path) -> None:
    whole = table(tmp_path / "a", "change", ROWS[:2])
    less = table(tmp_path / "b", "change", ROWS[2:], without=["type"], name="more.csv")
    found = fetch([whole, less], "type = 'normal'")
    assert ([one.key for one in found.rows], found.unknown) == (["C-1"], 2)


@pytest.mark.parametrize(
    ("where", "by", "without", "why"),
    [
        ("typ = 'normal'", None, (), "no field 'typ'"),
        ("type", None, (), "not true or false"),
        ("type = :kind", None, (), "parameter kind"),
        ("TRUE", "colour", (), "no field 'colour'"),
        ("TRUE", "risk", ("risk",), "field risk is not in the export (evidence/records.csv)"),
    ],
)
def test_what_cannot_be_fetched_says_why(
    where: str, by: str | None, without: Sequence[str], why: str, tmp_path: Path
) -> None:
    found = fetch([table(tmp_path, "change", ROWS, without=without)], where, by)
    assert found.rows == ()
    assert why in found.why[0]


def test_without_an_export_there_is_nothing_to_draw_from() -> None:
    assert fetch([]).why == ("no records of dataset change were received",)


def test_what_was_not_read_is_a_limit(tmp_path: Path) -> None:
    short = table(tmp_path, "change", ROWS, control_total=9)
    found = fetch([short], unreadable=["EV-009 lost.csv"])
    assert found.limits[0] == "EV-009 lost.csv cannot be read"
    assert "population unverified" in found.limits[1]


def test_the_digest_follows_the_rows_not_their_order(tmp_path: Path) -> None:
    digests = [
        population_digest(fetch([table(tmp_path / str(at), "change", rows)], by="risk"))
        for at, rows in enumerate((ROWS, ROWS[::-1], ROWS[:3], [{**ROWS[0], "risk": "low"}, *ROWS[1:]]))
    ]
    assert digests[0] == digests[1]
    assert len(set(digests)) == 3


def test_the_cells_of_a_row_keep_their_digest_wherever_it_moves(tmp_path: Path) -> None:
    first, moved = table(tmp_path / "a", "change", ROWS), table(tmp_path / "b", "change", ROWS[::-1])
    before, after = (cell_digests([one], fetch([one]).rows) for one in (first, moved))
    assert before == after
    assert len(set(before.values())) == 4
    changed = table(tmp_path / "c", "change", [{**ROWS[0], "risk": "low"}, *ROWS[1:]])
    new = cell_digests([changed], fetch([changed]).rows)
    assert [key for key in before if before[key] != new[key]] == ["C-1"]
