"""The services of the service catalogue, out of the records: the business impact analysis is compared with them."""

import json
from collections.abc import Sequence
from pathlib import Path

from auditkit.base.digest import digest_value
from auditkit.evidence.tables import Table
from auditkit.impact.analysis import Catalogue

_FIELDS = ("id", "name", "status")


def catalogue_of(tables: Sequence[Table], unreadable: Sequence[str], cache_dir: Path) -> Catalogue | None:
    """Return ids and names of services that are not retired; None when there is no catalogue, or not all can be read."""
    usable = [table for table in tables if table.parquet is not None and "id" in table.columns]
    if unreadable or not usable or len(usable) < len(tables):
        return None
    path = cache_dir / "services" / f"{digest_value([1, [table.digest for table in usable]])}.json"
    names = _saved(path)
    if names is None:
        names = sorted({name for table in usable for name in _read(table)})
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(names), encoding="utf-8")
    return Catalogue(frozenset(names), tuple(sorted({table.evidence for table in usable})))


def _read(table: Table) -> list[str]:
    import polars as pl

    assert table.parquet is not None  # noqa: S101 - unreadable tables are left out before
    there = [field for field in _FIELDS if field in table.columns]
    rows = pl.scan_parquet(table.parquet, glob=False).select(pl.col(*there).cast(pl.String)).collect()
    return [
        row[field]
        for row in rows.iter_rows(named=True)
        if row.get("status") != "retired"
        for field in ("id", "name")
        if row.get(field)
    ]


def _saved(path: Path) -> list[str] | None:
    try:
        return [str(name) for name in json.loads(path.read_bytes())]
    except (OSError, ValueError, TypeError):
        return None
