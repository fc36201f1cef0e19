"""Parquet exports of any tool go through profiles as CSV does: same rows, same doubts, places in the parts."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from auditkit.evidence import tables_parquet
from auditkit.evidence.model import Dataset, DatasetField, EvidenceItem, Profile, ProfileField
from auditkit.evidence.tables import Table, read_table

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
        DatasetField(name="due", type="date", about="Due"),
        DatasetField(name="size", type="integer", about="Size"),
        DatasetField(name="hours", type="number", about="Effort"),
        DatasetField(name="urgent", type="boolean", about="Urgent"),
    ),
)
TOOL = Profile(
    id="tool",
    title="Tool",
    tool="Tool",
    dataset="ticket",
    date_formats=("%d.%m.%Y %H:%M",),
    fields={
        "id": ProfileField(headers=("Number",)),
        "status": ProfileField(headers=("State",), values={"Neu": "open", "Zu": "closed"}),
        "opened_at": ProfileField(headers=("Created",)),
    },
)
SUMMER, WINTER = datetime(2026, 7, 1, 8, 0, 5), datetime(2026, 1, 1, 9)  # noqa: DTZ001 - wall-clock times


def read(evidence: Path, file: str, profiles: tuple[Profile, ...] = (), **more: Any) -> Table:
    item = EvidenceItem(
        id="EV-001", title="Tickets", file=file, kind="record_export", dataset="ticket", **more
    )
    return read_table(evidence, item, DATASET, profiles, "Europe/Berlin", evidence / "cache", file)


def rows(table: Table, *columns: str) -> list[tuple[Any, ...]]:
    assert table.parquet is not None, table.reading.issues
    return pl.read_parquet(table.parquet).select(columns).rows()


def fault(table: Table) -> str:
    assert not table.reading.readable
    return table.reading.issues[0].message


def test_typed_columns_give_what_the_same_rows_give_as_csv(tmp_path: Path) -> None:
    frame = pl.DataFrame(
        {
            "id": ["T1", "T2", "T3"],
            "status": ["Open", "asleep", None],
            "opened_at": [SUMMER, WINTER, datetime(2025, 10, 26, 2, 30)],  # noqa: DTZ001 - occurs twice
            "due": [SUMMER.date(), None, WINTER.date()],
            "size": [3, None, -1],
            "hours": [1.0, 2.5, 1e20],
            "urgent": [True, False, None],
        }
    )
    frame.write_parquet(tmp_path / "t.parquet")
    frame.write_csv(tmp_path / "t.csv", datetime_format="%Y-%m-%dT%H:%M:%S")
    fields = [one.name for one in DATASET.fields]
    found = rows(read(tmp_path, "t.parquet"), *fields, "_unsure")
    assert found == rows(read(tmp_path, "t.csv"), *fields, "_unsure")
    assert found[0] == ("T1", "open", SUMMER, SUMMER.date(), 3, 1.0, True, 0)
    assert [row[-1] for row in found] == [0, 0b10, 0b100100]
    assert rows(read(tmp_path, "t.parquet"), "_file", "_row")[0] == ("evidence/t.parquet", 1)


def test_a_folder_goes_through_the_profile_and_each_row_names_its_part(tmp_path: Path) -> None:
    parts = tmp_path / "lake/tickets"
    parts.mkdir(parents=True)
    head = {"Number": ["T1", "T2"], "State": ["Neu", "?"], "Created": ["01.02.2026 10:00", "soon"]}
    pl.DataFrame({**head, "Tags": [["a"], []]}).write_parquet(parts / "p-0.parquet")
    pl.DataFrame({**head, "Tags": [["a"], []], "Number": ["T3", "T4"]}).write_parquet(parts / "p-1.parquet")
    (parts / "_SUCCESS").touch()
    (parts / ".p-0.parquet.crc").write_bytes(b"crc")
    declared = TOOL.model_copy(update={"declared_date_format": True})
    table = read(tmp_path, "lake/tickets", (declared,), profile="tool", control_total=5)
    assert rows(table, "id", "status", "_file", "_row", "_unsure") == [
        ("T1", "open", "evidence/lake/tickets/p-0.parquet", 1, 0),
        ("T2", None, "evidence/lake/tickets/p-0.parquet", 2, 0b110),
        ("T3", "open", "evidence/lake/tickets/p-1.parquet", 1, 0),
        ("T4", None, "evidence/lake/tickets/p-1.parquet", 2, 0b110),
    ]
    assert (table.reading.rows_in_file, table.reading.rows_kept) == (4, 4)
    assert table.reading.unmapped_headers == ("Tags",)
    assert table.limits == ("population unverified: lake/tickets has 4 of 5 rows",)


def test_times_with_a_zone_become_wall_clock_times_of_the_engagement(tmp_path: Path) -> None:
    frame = pl.DataFrame({"id": ["T1"], "opened_at": [datetime(2026, 7, 1, 6, 0, tzinfo=UTC)]})
    frame.write_parquet(tmp_path / "t.parquet")
    assert rows(read(tmp_path, "t.parquet"), "opened_at") == [(datetime(2026, 7, 1, 8),)]  # noqa: DTZ001


def test_what_is_no_table_of_the_dataset_is_refused(tmp_path: Path) -> None:
    good = pl.DataFrame({"id": ["T1"], "status": ["open"]})
    for name in ("differ", "nested", "log", "foreign"):
        (tmp_path / name).mkdir()
        good.write_parquet(tmp_path / name / "a.parquet")
    pl.DataFrame({"id": ["T2"]}).write_parquet(tmp_path / "differ/b.parquet")
    assert "b.parquet and a.parquet differ in their columns" in fault(read(tmp_path, "differ"))
    (tmp_path / "nested/year=2026").mkdir()
    assert "it has a folder inside (year=2026)" in fault(read(tmp_path, "nested"))
    (tmp_path / "foreign/notes.csv").write_text("id\n", encoding="utf-8")
    assert "notes.csv is no Parquet file" in fault(read(tmp_path, "foreign"))
    good.write_parquet(tmp_path / "log/b.parquet")
    events = TOOL.model_copy(
        update={"collapse_to_last_by": "id", "fields": {"id": ProfileField(headers=("id",))}}
    )
    assert "a log of events has to come as one file" in fault(
        read(tmp_path, "log", (events,), profile="tool")
    )
    pl.DataFrame({"name": ["x"]}).write_parquet(tmp_path / "other.parquet")
    assert "its columns fit neither the dataset nor one of its profiles (they are: name)" in fault(
        read(tmp_path, "other.parquet")
    )
    pl.DataFrame({"id": ["T1"], "status": [["open"]]}).write_parquet(tmp_path / "list.parquet")
    assert "column status holds List(String)" in fault(read(tmp_path, "list.parquet"))
    (tmp_path / "cut.parquet").write_bytes(b"PAR1" + bytes(40))
    assert "The export cannot be used" in fault(read(tmp_path, "cut.parquet"))


def test_a_file_that_claims_more_rows_than_its_bytes_can_hold_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pl.DataFrame({"id": ["T1"] * 300_000, "status": ["open"] * 300_000}).write_parquet(tmp_path / "t.parquet")
    assert "t.parquet claims 300,000 rows in " in fault(read(tmp_path, "t.parquet"))
    monkeypatch.setattr(tables_parquet, "_ROWS_PER_BYTE", 1_000_000)
    (tmp_path / "t.parquet").rename(tmp_path / "u.parquet")
    assert read(tmp_path, "u.parquet").reading.rows_kept == 300_000
