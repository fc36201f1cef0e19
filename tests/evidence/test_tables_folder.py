"""Folders of Parquet files: read as one table, or refused whole with the reason."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from auditkit.evidence.model import Dataset, EvidenceItem, Field_
from auditkit.evidence.tables_folder import read_parquet_folder

DATASET = Dataset(
    id="ticket",
    title="Tickets",
    about="One row a ticket.",
    key="id",
    dated_by="opened_at",
    clauses=("8.6.1",),
    fields=(
        Field_(name="id", type="text", about="Number"),
        Field_(name="status", type="text", about="State", values=("open", "closed")),
        Field_(name="opened_at", type="datetime", about="Opened"),
        Field_(name="size", type="integer", about="Size"),
    ),
)
ITEM = EvidenceItem(id="EV-007", title="Tickets", file="tickets", kind="record_export", dataset="ticket")

EARLY, LATE = datetime.fromisoformat("2026-03-01 10:00"), datetime.fromisoformat("2026-04-01 00:00")


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


def write(folder: Path, **parts: pl.DataFrame) -> Path:
    (folder / "tickets").mkdir()
    for name, frame in parts.items():
        frame.write_parquet(folder / "tickets" / f"{name}.parquet")
    return folder


def test_files_are_counted_together(tmp_path: Path) -> None:
    write(tmp_path, a=part(), b=part(id=["T2", None]))
    (tmp_path / "tickets/_SUCCESS").touch()
    table = read_parquet_folder(tmp_path, ITEM, DATASET)
    reading = table.reading
    assert (table.parquet, table.file, table.key) == (tmp_path / "tickets", "evidence/tickets", "id")
    assert table.columns == ("id", "status", "opened_at")
    assert (reading.rows_kept, reading.duplicates, reading.unmapped_headers) == (4, 1, ("extra",))
    quality = {one.field: (one.header, one.nulls, one.unparseable) for one in reading.fields}
    assert quality["id"] == ("id", 1, 0)
    assert quality["status"] == ("status", 2, 2)
    assert quality["size"] == (None, 0, 0)
    assert (reading.first_at, reading.last_at) == (date(2026, 3, 1), date(2026, 4, 1))
    assert {one.code for one in reading.issues} == {"table-unparseable", "table-duplicate-keys"}


def test_the_digest_follows_content_and_names(tmp_path: Path) -> None:
    folders = [tmp_path / name for name in ("one", "same", "renamed", "changed")]
    for folder in folders:
        folder.mkdir()
    write(folders[0], a=part())
    write(folders[1], a=part())
    write(folders[2], b=part())
    write(folders[3], a=part(id=["T1", "T3"]))
    digests = [read_parquet_folder(folder, ITEM, DATASET).digest for folder in folders]
    assert digests[0] == digests[1]
    assert len(set(digests)) == 3


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
    ],
)
def test_what_breaks_the_form_makes_it_unreadable(
    changes: dict[str, Any], reason: str, tmp_path: Path
) -> None:
    write(tmp_path, a=part(**changes))
    table = read_parquet_folder(tmp_path, ITEM, DATASET)
    assert (table.parquet, table.columns, table.reading.readable) == (None, (), False)
    (issue,) = table.reading.issues
    assert issue.code == "table-unreadable"
    assert reason in issue.message


def test_files_that_differ_foreign_files_and_damaged_files_make_it_unreadable(tmp_path: Path) -> None:
    write(tmp_path, a=part(), b=part(status=None))
    folder = tmp_path / "tickets"

    def reason() -> str:
        (issue,) = read_parquet_folder(tmp_path, ITEM, DATASET).reading.issues
        return issue.message

    assert "b.parquet and a.parquet differ in their columns" in reason()
    (folder / "b.parquet").write_bytes((folder / "a.parquet").read_bytes()[:200])
    assert "The export cannot be used" in reason()
    (folder / "b.parquet").unlink()
    (folder / ".a.parquet.crc").write_bytes(b"crc")
    assert ".a.parquet.crc is no Parquet file" in reason()
    (folder / ".a.parquet.crc").unlink()
    (folder / "year=2026").mkdir()
    assert "year=2026 is no Parquet file" in reason()
    (folder / "year=2026").rmdir()
    (folder / "a.parquet").unlink()
    assert "it has no Parquet files" in reason()
    folder.rmdir()
    assert "No such file" in reason()


def test_a_folder_outside_the_evidence_is_not_read(tmp_path: Path) -> None:
    write(tmp_path, a=part())
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence/tickets").symlink_to(tmp_path / "tickets")
    table = read_parquet_folder(tmp_path / "evidence", ITEM, DATASET)
    assert "outside the evidence folder" in table.reading.issues[0].message
