"""Make the derived datasets that tests need, or find them in the cache; a warm run imports no engine.

A derived table is kept as Parquet under the digest of its definition, the tables it is made of, the parameters it
names, the period and the as-of date. What is missing or unreadable below it stays missing or unreadable in it.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from auditkit.assessment.calendars import ALWAYS, WorkingCalendar
from auditkit.assessment.engagement import Parameter
from auditkit.assessment.model import EvidenceRef
from auditkit.assessment.recordtests.derived import DerivedDataset
from auditkit.base.atomic import write_whole
from auditkit.base.digest import digest_value
from auditkit.base.issue import InputIssue
from auditkit.base.period import Period
from auditkit.base.place import Place
from auditkit.evidence.model import FieldQuality, TableReading
from auditkit.evidence.tables import Table

_ENGINE = 1
"""Raise when the way datasets are derived changes."""


class Derivation(NamedTuple):
    """What derived datasets were made, and what they rest on."""

    tables: dict[str, tuple[Table, ...]]
    """Given tables and derived ones, by dataset."""
    unreadable: dict[str, tuple[str, ...]]
    missing: dict[str, tuple[str, ...]]
    """Derived dataset to the datasets below it that were not received."""
    evidence: dict[str, tuple[EvidenceRef, ...]]
    """Derived dataset to the exports it rests on."""


class Circumstances(NamedTuple):
    """What a derivation depends on besides tables."""

    parameters: Mapping[str, Parameter]
    period: Period
    as_of: date
    cache_dir: Path
    calendars: Mapping[str, WorkingCalendar] = {}
    time_zone: str = "UTC"


def derive_datasets(
    definitions: Sequence[DerivedDataset],
    wanted: frozenset[str],
    tables: Mapping[str, Sequence[Table]],
    unreadable: Mapping[str, Sequence[str]],
    circumstances: Circumstances,
) -> Derivation:
    """Return the tables with the wanted derived datasets and those below them, in the order of the definitions."""
    made = Derivation(
        {name: tuple(found) for name, found in tables.items()},
        {name: tuple(found) for name, found in unreadable.items()},
        {},
        {
            name: tuple(EvidenceRef(id=one.evidence, file=one.file, sha256=one.sha256) for one in found)
            for name, found in tables.items()
        },
    )
    needed = _needed(definitions, wanted)
    for definition in definitions:
        if definition.id in needed:
            _derive(definition, made, circumstances)
    return made


def _needed(definitions: Sequence[DerivedDataset], wanted: frozenset[str]) -> set[str]:
    needed = set(wanted)
    for definition in reversed(definitions):
        if definition.id in needed:
            needed |= set(definition.sources)
    return needed


def _derive(definition: DerivedDataset, made: Derivation, circumstances: Circumstances) -> None:
    sources = definition.sources
    lost = tuple(dict.fromkeys(name for source in sources for name in made.unreadable.get(source, ())))
    missing = tuple(
        dict.fromkeys(
            name
            for source in sources
            if not any(table.parquet is not None for table in made.tables.get(source, ()))
            for name in made.missing.get(source, (source,))
        )
    )
    refs = {ref.id: ref for source in sources for ref in made.evidence.get(source, ())}
    made.evidence[definition.id] = tuple(refs.values())
    if lost:
        made.unreadable[definition.id] = lost
    if missing:
        made.missing[definition.id] = missing
        return
    below = [table for source in sources for table in made.tables[source] if table.parquet is not None]
    made.tables[definition.id] = (_table(definition, made.tables, below, circumstances),)


def _table(
    definition: DerivedDataset,
    tables: Mapping[str, Sequence[Table]],
    below: Sequence[Table],
    circumstances: Circumstances,
) -> Table:
    texts = " ".join(definition.expressions())
    used = {
        name: one.model_dump(mode="json")
        for name, one in circumstances.parameters.items()
        if f":{name}" in texts
    }
    digest = digest_value(
        [
            _ENGINE,
            definition.model_dump(mode="json"),
            [table.digest for table in below],
            used,
            [str(circumstances.period), str(circumstances.as_of)],
            _clocks(texts, circumstances),
        ]
    )
    folder = circumstances.cache_dir / "derived"
    parquet, saved = folder / f"{digest}.parquet", folder / f"{digest}.json"
    counts = _saved(saved) if parquet.exists() else None
    if counts is None:
        from auditkit.assessment.records_derived_store import store

        counts = store(definition, tables, circumstances, parquet)
        write_whole(saved, json.dumps(counts))
    return Table(
        reading=_reading(definition, counts),
        parquet=parquet,
        evidence=below[0].evidence,
        file=below[0].file,
        sha256=below[0].sha256,
        columns=tuple(field.name for field in definition.fields),
        key=definition.key,
        limits=tuple(dict.fromkeys(limit for table in below for limit in table.limits)),
        digest=digest,
    )


def _clocks(texts: str, circumstances: Circumstances) -> list[object]:
    """Return what working time depends on, where any is computed."""
    if "WORKING_MINUTES(" not in texts and "MONTH_MINUTES(" not in texts:
        return []
    declared = {name: one.model_dump(mode="json") for name, one in sorted(circumstances.calendars.items())}
    return [circumstances.time_zone, declared]


def _reading(definition: DerivedDataset, counts: Mapping[str, int]) -> TableReading:
    rows = counts["rows"]
    return TableReading(
        evidence="derived",
        dataset=definition.id,
        profile="derived",
        rows_in_file=rows,
        rows_kept=rows,
        fields=tuple(
            FieldQuality(
                field=field.name,
                header=field.name,
                nulls=counts.get(f"null|{field.name}", 0),
                unparseable=counts.get(f"doubt|{field.name}", 0),
            )
            for field in definition.fields
        ),
        issues=tuple(
            _undeclared(definition, name.removeprefix("calendar|"))
            for name in counts
            if name.startswith("calendar|")
        ),
    )


def _undeclared(definition: DerivedDataset, name: str) -> InputIssue:
    return InputIssue(
        code="calendar-unknown",
        severity="warning",
        place=Place(file="engagement.yaml"),
        message=f"Rows name a calendar that is not declared: {name}; their {definition.title.lower()} are unknown.",
        hint=f"Declare it under calendars in engagement.yaml, or name another in the export; {ALWAYS} needs no declaration.",
    )


def _saved(path: Path) -> dict[str, int] | None:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        return {str(name): int(count) for name, count in found.items()}
    except (OSError, ValueError, AttributeError, TypeError):
        return None
