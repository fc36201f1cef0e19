"""Who occurs in the fields of persons of an export: every different cell, in the order of the rows."""

from collections.abc import Iterable

import polars as pl

from auditkit.evidence.tables import Table


def persons_in(table: Table, fields: Iterable[str]) -> list[str]:
    """Return the different cells of the given fields that are not empty; none where the export could not be read."""
    wanted = [one for one in table.columns if one in set(fields)]
    if table.parquet is None or not wanted:
        return []
    frame = pl.scan_parquet(table.parquet, glob=False).select(wanted).collect()
    found: dict[str, None] = {}
    for name in wanted:
        found |= dict.fromkeys(frame[name].drop_nulls().unique(maintain_order=True).to_list())
    return list(found)
