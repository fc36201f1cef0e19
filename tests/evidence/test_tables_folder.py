"""Parquet files in the canonical form: used where they lie as one table, or refused whole with the reason."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from auditkit.evidence.model import Dataset, DatasetField, EvidenceItem
from auditkit.evidence.tables import IN_PLACE, Table, read_table

DATASET = Dataset(
    id="ticket",
    title="Tickets",
    about="One row a ticket.",
    key="id",
    dated_by="opened_at",
    clauses=("8.6.1",),
    fields=(
        DatasetField(name="id", type="text", about="Number"),
        DatasetField(name="status", type="text", about="State", values=("open", "closed")),
        DatasetField(name="opened_at", type="datetime", about="Opened"),
        DatasetField(name="size", type="integer", about="Size"),
        DatasetField(name="hours", type="number", about="Effort"),
    ),
)
ITEM = EvidenceItem(id="EV-007", title="Tickets", file="tickets", kind="record_export", dataset="ticket")

EARLY, LATE = datetime.fromisoformat("2026-03-01 10:00"), datetime.fromisoformat("2026-04-01 00:00")
TWICE = datetime.fromisoformat("2025-10-26 02:30")


def part(**changes: Any) -> pl.DataFrame:
    columns: dict[str, Any] = {
        "id": ["T1", "T2"],
        "status": ["open", None],
        "opened_at": [LATE, EARLY],
        "extra": [1, 2],
        "_evidence": ["EV-007"] * 2,
        "_file": ["tickets/a.parquet"] * 2,
        "_sheet": pl.Series([None, None], dtype=pl.String),
        "_row": [1, 2],
        "_unsure": [0, 2],
    }
    return pl.DataFrame(
        {name: values for name, values in {**columns, **changes}.items() if values is not None}
    )


def write(evidence: Path, **parts: pl.DataFrame) -> Path:
    (evidence / "tickets").mkdir(parents=True)
    for name, frame in parts.items():
        frame.write_parquet(evidence / "tickets" / f"{name}.parquet")
    return evidence


def read(evidence: Path, item: EvidenceItem = ITEM, sha256: str = "0" * 64) -> Table:
    """Read what is registered as a run would, without the cache of an earlier reading."""
    return read_table(evidence, item, DATASET, (), "Europe/Berlin", evidence / f"cache-{sha256}", sha256)


def refused(evidence: Path, sha256: str = "0" * 64) -> str:
    table = read(evidence, sha256=sha256)
    assert (table.parquet, table.columns, table.reading.readable) == (None, (), False)
    (issue,) = table.reading.issues
    assert issue.code == "table-unreadable"
    return issue.message


def test_files_are_counted_together_and_not_copied(tmp_path: Path) -> None:
    write(tmp_path, a=part(), b=part(id=["T2", None]))
    (tmp_path / "tickets/_SUCCESS").touch()
    table = read(tmp_path)
    reading = table.reading
    assert (table.parquet, table.file, table.key) == (tmp_path / "tickets", "evidence/tickets", "id")
    assert table.columns == ("id", "status", "opened_at")
    assert (reading.profile, reading.rows_kept, reading.duplicates) == (IN_PLACE, 4, 1)
    assert reading.unmapped_headers == ("extra",)
    quality = {one.field: (one.header, one.nulls, one.unparseable) for one in reading.fields}
    assert quality["id"] == ("id", 1, 0)
    assert quality["status"] == ("status", 2, 2)
    assert quality["size"] == (None, 0, 0)
    assert (reading.first_at, reading.last_at) == (date(2026, 3, 1), date(2026, 4, 1))
    assert {one.code for one in reading.issues} == {"table-unparseable", "table-duplicate-keys"}
    assert list(tmp_path.rglob("cache-*/**/*.parquet")) == []


def test_a_second_reading_opens_nothing(tmp_path: Path) -> None:
    before = read(write(tmp_path, a=part()))
    (tmp_path / "tickets/a.parquet").write_bytes(b"")
    assert read(tmp_path) == before
    assert refused(tmp_path, sha256="1" * 64)


def test_the_control_total_counts_here_too(tmp_path: Path) -> None:
    table = read(write(tmp_path, a=part()), ITEM.model_copy(update={"control_total": 3}))
    assert table.limits == ("population unverified: tickets has 2 of 3 rows",)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"id": None}, "it lacks the key id"),
        ({"_row": None}, "it lacks the column _row"),
        ({"_unsure": None}, "it lacks the column _unsure"),
        ({"opened_at": ["2026-03-01"] * 2}, "column opened_at is stored as String"),
        (
            {"opened_at": pl.Series([EARLY] * 2, dtype=pl.Datetime("us", "UTC"))},
            "column opened_at is stored as Datetime",
        ),
        ({"_unsure": ["0", "0"]}, "column _unsure is stored as String"),
        ({"status": ["open", "asleep"]}, "1 cells of status are none of open, closed"),
        ({"hours": [1.5, float("nan")]}, "1 cells of hours are no finite numbers"),
        ({"opened_at": [TWICE, None]}, "1 cells of opened_at occur twice or never in Europe/Berlin"),
        ({"_evidence": ["EV-007", "EV-008"]}, "1 rows do not say that they are from EV-007"),
        ({"_row": [1, 0]}, "1 rows do not say"),
        ({"_file": ["a", None]}, "1 rows do not say"),
        ({"_unsure": [0, None]}, "1 rows do not say"),
    ],
)
def test_what_breaks_the_form_makes_it_unreadable(
    changes: dict[str, Any], reason: str, tmp_path: Path
) -> None:
    assert reason in refused(write(tmp_path, a=part(**changes)))


def test_files_that_differ_foreign_files_and_damaged_files_make_it_unreadable(tmp_path: Path) -> None:
    write(tmp_path, a=part(), b=part(status=None))
    folder = tmp_path / "tickets"
    states = iter("0123456789abcdef")

    def reason() -> str:
        return refused(tmp_path, sha256=next(states) * 64)

    assert "b.parquet and a.parquet differ in their columns" in reason()
    (folder / "b.parquet").write_bytes((folder / "a.parquet").read_bytes()[:200])
    assert "The export cannot be used" in reason()
    (folder / "b.parquet").unlink()
    for name in (".a.parquet.crc", "_late.parquet", "_note", "notes.txt"):
        (folder / name).write_bytes(b"crc")
        assert f"{name} " in reason()
        (folder / name).unlink()
    (folder / "year=2026").mkdir()
    assert "it has a folder inside (year=2026)" in reason()
    (folder / "year=2026").rmdir()
    (folder / "a.parquet").unlink()
    assert "it has no Parquet files" in reason()
    folder.rmdir()
    assert "there is no such file" in reason()


def test_a_folder_outside_the_evidence_is_not_read(tmp_path: Path) -> None:
    write(tmp_path, a=part())
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence/tickets").symlink_to(tmp_path / "tickets")
    assert "outside the evidence folder" in refused(tmp_path / "evidence")
