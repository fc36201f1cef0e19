"""Who left, by the records of persons and roles: owners of documents are compared with it."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from auditkit.base.atomic import write_whole
from auditkit.base.digest import digest_value
from auditkit.base.language import say
from auditkit.evidence.persons import PSEUDONYM
from auditkit.evidence.tables import Table

_FIELDS = {"person": ("name", "left_at"), "role": ("object", "holder_left_at")}
"""By dataset: the field that names a person or post, and the one with the day of leaving it."""


class Posts(NamedTuple):
    """Who is in post."""

    left_at: dict[str, date | None] | None
    """Name of a person, or of a post, to the day of leaving (None: still there); None: no such records."""
    unsure: str
    """Why the records cannot be relied on; empty: nothing of the kind."""


def posts_of(tables: Mapping[str, Sequence[Table]], unreadable: Sequence[str], cache_dir: Path) -> Posts:
    """Return who left; a second run finds it in the cache and imports no engine."""
    used = [
        (name, table)
        for name in _FIELDS
        for table in tables.get(name, ())
        if _FIELDS[name][0] in table.columns
    ]
    lost = ", ".join(unreadable)
    unsure = say("records of persons cannot be read ({names})", names=lost) if unreadable else ""
    if not used:
        return Posts(None, unsure)
    path = cache_dir / "posts" / f"{digest_value([1, [table.digest for _, table in used]])}.json"
    rows = _saved(path)
    if rows is None:
        rows = [row for name, table in used for row in _read(table, *_FIELDS[name])]
        write_whole(path, json.dumps(rows))
    doubtful = sum(1 for _, _, doubt in rows if doubt)
    if doubtful and not unsure:
        unsure = say("{n} days of leaving in the records of persons cannot be read", n=doubtful)
    if not unsure and any(PSEUDONYM.fullmatch(name) for name, _, _ in rows):
        unsure = say("the records of persons hold pseudonyms, which no document names")
    left: dict[str, date | None] = {}
    for name, day, _ in rows:
        given = date.fromisoformat(day) if day else None
        left[name] = given if name not in left else _later(left[name], given)
    return Posts(left, unsure)


def _later(one: date | None, other: date | None) -> date | None:
    """Two rows of one name: whoever is still there in either is there."""
    return None if one is None or other is None else max(one, other)


def _read(table: Table, name: str, day: str) -> list[tuple[str, str | None, bool]]:
    import polars as pl

    if table.parquet is None:
        return []
    at = next((number for number, one in enumerate(table.reading.fields) if one.field == day), None)
    there = day in table.columns and at is not None
    shown = pl.col(day).cast(pl.Date).dt.to_string("%Y-%m-%d") if there else pl.lit(None, pl.String)
    doubt = (pl.col("_unsure") & (1 << at)) != 0 if there and at is not None else pl.lit(False)
    frame = pl.scan_parquet(table.parquet, glob=False).filter(pl.col(name).is_not_null())
    return frame.select(pl.col(name).cast(pl.String), day=shown, doubt=doubt).collect().rows()


def _saved(path: Path) -> list[tuple[str, str | None, bool]] | None:
    try:
        return [(str(name), day, bool(doubt)) for name, day, doubt in json.loads(path.read_bytes())]
    except (OSError, ValueError, TypeError):
        return None
