"""Seeded rows for engines to agree on: nulls, duplicates, cells that say nothing, clock changes, boundary dates, unicode."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

import polars as pl
from record_samples import AS_OF, PERIOD, datasets, shipped_tests, table

from auditkit.evidence.model import DatasetField
from auditkit.evidence.tables import Table

DAYS = (
    date(1969, 12, 31),
    date(2024, 2, 29),
    *(PERIOD.start + timedelta(days=days) for days in (-1, 0, 1, 40)),
    *(PERIOD.end + timedelta(days=days) for days in (-1, 0, 1)),
    *(AS_OF - timedelta(days=days) for days in (-1, 0, 1, 15, 30, 31, 90, 91, 364, 365, 366, 367)),
)
CLOCK_CHANGES = tuple(
    f"{day} {clock}"
    for day in ("2025-10-26", "2026-03-29")
    for clock in ("01:59:59", "02:00", "02:30", "02:59:59", "03:00")
)
TIMES = (*(f"{day} {clock}" for day in DAYS for clock in ("00:00", "12:00:01", "23:59:59")), *CLOCK_CHANGES)
WORDS = (
    "Ann", "Bob", "ann", "Ann ", "service", "Improvement manager", "İMPROVEMENT", "accepted", "ACCEPT the rest",
    "Akzeptieren", "reduce", "Straße", "ΟΔΟΣ", "Ångström", "Ångström", "日本語の説明をここに書いた", "🤷🏽‍♀️ unknown",
    "100 % of a_b", "back\\slash", "O'Neil said \"no\"", "x", "restarted the relay, user confirmed", "process_owner",
    "effective", "missed", "v2", "1", "continuity", "security", "availability",
)  # fmt: skip
INTEGERS = (-1, 0, 1, 2, 3, 5, 12, 30, 90, 365, 366, 1000)
NUMBERS = (-1, 0, 0.1, 0.3, 0.30000000000000004, 0.25, 1, 4, 79.99, 80, 99.5, 1000000)
MANY_READERS = 4
NONSENSE = {
    "integer": "many",
    "number": "much",
    "boolean": "perhaps",
    "date": "2026-99-99",
    "datetime": "soon",
}


def shipped_tables(folder: Path, rows: int, only: str | None = None) -> dict[str, list[Table]]:
    """An export of every dataset that a shipped test reads; of those that many read also one with a column less
    and one without rows.
    """
    tables: dict[str, list[Table]] = {}
    for dataset, readers in Counter(test.dataset for test in shipped_tests().values()).items():
        if only not in (None, dataset):
            continue
        random = Random(dataset)  # noqa: S311 - seeded on purpose
        fields = datasets()[dataset].fields
        key = datasets()[dataset].key
        whole = [_row(fields, key, random) for _ in range(rows)]
        whole += random.sample(whole, rows // 20)
        tables[dataset] = [table(folder / dataset, dataset, whole, name="a.csv")]
        if readers >= MANY_READERS:
            lost = random.choice([one.name for one in fields if one.name != key])
            some = whole[: rows // 5]
            tables[dataset].append(table(folder / dataset, dataset, some, name="b.csv", without=[lost]))
            tables[dataset].append(table(folder / dataset, dataset, [], name="c.csv"))
    return tables


def typed_table(folder: Path, dataset: str, columns: Mapping[str, Sequence[object]]) -> Table:
    """A table with these very values in it, which no export could hold: white space around text, microseconds."""
    read = table(folder, dataset, [{datasets()[dataset].key: "1"}])
    assert read.parquet is not None
    before = pl.read_parquet(read.parquet)
    height = max(len(values) for values in columns.values())
    frame = pl.concat([before] * height).with_columns(
        pl.Series(name, values, dtype=before.schema[name]) for name, values in columns.items()
    )
    frame.with_columns(_row=pl.int_range(2, height + 2).cast(before.schema["_row"])).write_parquet(
        read.parquet
    )
    return read


def _row(fields: Sequence[DatasetField], key: str, random: Random) -> dict[str, object]:
    return {one.name: _cell(one, one.name == key, random) for one in fields}


def _cell(field: DatasetField, is_key: bool, random: Random) -> object:
    if random.random() < (0.02 if is_key else 0.15):
        return None
    if is_key:
        return f"K{random.randrange(10_000)}"
    if field.values:
        return random.choice((*field.values * 3, "no such value"))
    if field.type != "text" and random.random() < 0.02:
        return NONSENSE[field.type]
    pools: dict[str, Sequence[object]] = {
        "text": WORDS,
        "integer": INTEGERS,
        "number": NUMBERS,
        "boolean": (True, False),
        "date": DAYS,
        "datetime": TIMES,
    }
    return random.choice(pools[field.type])


def moments(random: Random, count: int) -> list[datetime | None]:
    """Times to the microsecond around the bounds of the period and the clock changes, some missing."""
    around = [datetime.combine(day, datetime.min.time()) for day in DAYS]
    steps = [
        timedelta(),
        timedelta(microseconds=-1),
        timedelta(microseconds=1),
        timedelta(hours=2, minutes=30),
    ]
    return [
        None if random.random() < 0.1 else random.choice(around) + random.choice(steps) for _ in range(count)
    ]
