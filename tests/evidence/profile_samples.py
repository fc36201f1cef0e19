"""The shipped profiles and datasets, and a reader for small exports that are written in the test."""

from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl

from auditkit.base.digest import digest_file
from auditkit.evidence.datasets import load_datasets
from auditkit.evidence.model import Dataset, EvidenceItem, Profile, TableReading
from auditkit.evidence.profiles import load_profiles
from auditkit.evidence.tables import read_table

CHECKLISTS = Path(__file__).resolve().parents[2] / "checklists"


class Export(NamedTuple):
    """What came out of an export."""

    reading: TableReading
    rows: dict[str, list[Any]]
    """Field to its values in row order."""

    @property
    def unknown(self) -> dict[str, int]:
        """Return fields and the number of their cells that were not understood, where there are any."""
        return {one.field: one.unparseable for one in self.reading.fields if one.unparseable}


@cache
def shipped_profiles() -> tuple[Profile, ...]:
    """Return the profiles of the repository."""
    profiles, issues = load_profiles(CHECKLISTS / "profiles", "profiles")
    assert issues == ()
    return profiles


@cache
def shipped_datasets() -> dict[str, Dataset]:
    """Return the datasets of the repository."""
    datasets, issues = load_datasets(CHECKLISTS / "datasets.yaml", "datasets.yaml")
    assert issues == ()
    return {one.id: one for one in datasets}


def read_export(
    folder: Path, dataset: str, text: str, profile: str | None = None, zone: str = "Europe/Berlin"
) -> Export:
    """Write an export and read it with the profile that is named, or the one that is detected."""
    file = folder / "export.csv"
    file.write_text(text, encoding="utf-8")
    item = EvidenceItem(
        id="EV-001", title="Export", file=file.name, kind="record_export", dataset=dataset, profile=profile
    )
    table = read_table(
        folder,
        item,
        shipped_datasets()[dataset],
        shipped_profiles(),
        zone,
        folder / "cache",
        digest_file(file),
    )
    rows = {} if table.parquet is None else pl.read_parquet(table.parquet).to_dict(as_series=False)
    return Export(table.reading, rows)
