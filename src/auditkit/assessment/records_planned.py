"""For which days something is planned that has not taken place yet, by the records: audits and reviews."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from auditkit.base.digest import digest_value
from auditkit.base.language import say
from auditkit.catalog.preparation import PlannedEvent
from auditkit.evidence.tables import Table


class Planned(NamedTuple):
    """What the records say about what is still to come under one clause."""

    clause: str
    dataset: str
    days: tuple[date, ...]
    """Planned days of what has not taken place, in order; past ones too. A row with a doubtful day counts for nothing."""
    unsure: str = ""
    """Why the records cannot be relied on; then no day counts."""


def planned_of(
    events: Sequence[PlannedEvent],
    tables: Mapping[str, Sequence[Table]],
    unreadable: Mapping[str, Sequence[str]],
    cache_dir: Path,
) -> tuple[Planned, ...]:
    """Return what is planned, one entry an event; a second run finds it in the cache and imports no engine."""
    found = []
    for event in events:
        lost = unreadable.get(event.dataset, ())
        used = [one for one in tables.get(event.dataset, ()) if {event.planned, event.done} <= {*one.columns}]
        if lost:
            unsure = say("{name} cannot be read", name=", ".join(lost))
            found.append(Planned(event.clause, event.dataset, (), unsure))
            continue
        days = {day for table in used for day in _days(event, table, cache_dir)}
        found.append(Planned(event.clause, event.dataset, tuple(sorted(days))))
    return tuple(found)


def _days(event: PlannedEvent, table: Table, cache_dir: Path) -> tuple[date, ...]:
    key = digest_value([1, event.planned, event.done, table.digest])
    path = cache_dir / "planned" / f"{key}.json"
    try:
        return tuple(date.fromisoformat(day) for day in json.loads(path.read_bytes()))
    except (OSError, ValueError, TypeError):
        days = _read(event, table)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps([str(day) for day in days]), encoding="utf-8")
    return days


def _read(event: PlannedEvent, table: Table) -> tuple[date, ...]:
    import polars as pl

    if table.parquet is None:
        return ()
    names = [one.field for one in table.reading.fields]
    doubtful = sum(1 << names.index(name) for name in (event.planned, event.done))
    rows = pl.scan_parquet(table.parquet, glob=False).filter(
        pl.col(event.planned).is_not_null()
        & pl.col(event.done).is_null()
        & ((pl.col("_unsure") & doubtful) == 0)
    )
    days = rows.select(pl.col(event.planned).cast(pl.Date)).unique().collect().to_series().to_list()
    return tuple(sorted(days))
