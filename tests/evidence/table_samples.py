"""Small datasets and a reader for tests of exports: the file's bytes are written in the test."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import polars as pl

from auditkit.base.digest import digest_file
from auditkit.evidence.model import Dataset, DatasetField, EvidenceItem, Profile
from auditkit.evidence.tables import Table, read_table

TICKET = Dataset(
    id="ticket",
    title="Tickets",
    about="One row a ticket.",
    key="id",
    dated_by="opened_at",
    clauses=("8.6.1",),
    fields=(
        DatasetField(name="id", type="text", about="Number"),
        DatasetField(name="status", type="text", about="State", values=("new", "in_progress", "closed")),
        DatasetField(name="priority", type="integer", about="1 is the most urgent"),
        DatasetField(name="hours", type="number", about="Effort"),
        DatasetField(name="late", type="boolean", about="Target missed"),
        DatasetField(name="opened_at", type="datetime", about="Recorded"),
        DatasetField(name="due", type="date", about="Due"),
        DatasetField(name="note", type="text", about="Free text"),
    ),
)


def read(
    folder: Path,
    content: str | bytes | None,
    *,
    name: str = "tickets.csv",
    profiles: Sequence[Profile] = (),
    zone: str = "Europe/Berlin",
    **item: Any,
) -> Table:
    """Write an export (None: it is there already) and read it as tickets."""
    if content is not None:
        data = content.encode() if isinstance(content, str) else content
        (folder / name).write_bytes(data)
    registered = EvidenceItem(
        id="EV-001", title="Tickets", file=name, kind="record_export", dataset="ticket", **item
    )
    sha256 = digest_file(folder / name)
    return read_table(folder, registered, TICKET, profiles, zone, folder / "cache", sha256)


def values(table: Table, field: str) -> list[Any]:
    """Return the typed values of a field, or of a hidden column, in row order."""
    assert table.parquet is not None, table.reading.issues
    return pl.read_parquet(table.parquet)[field].to_list()


def codes(table: Table) -> list[str]:
    """Return the codes of what was reported."""
    return [issue.code for issue in table.reading.issues]


def doubts(table: Table) -> dict[str, int]:
    """Return fields and the number of their cells that were not understood, where there are any."""
    return {one.field: one.unparseable for one in table.reading.fields if one.unparseable}
