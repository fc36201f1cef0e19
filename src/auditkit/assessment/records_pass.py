"""One pass over the rows of a dataset, a slab at a time: what every test counts, and the rows it names.

Counting row by row needs no more memory for many rows than for few. Only the number of times a key stands needs
all rows at once; it is found beforehand, from hashes of the keys alone (8 bytes a row).
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

import polars as pl

from auditkit.assessment.records_plan import Plan, count_column
from auditkit.evidence.tables import Table

SLAB_ROWS = 500_000
"""Rows looked at together: enough to keep all cores busy, little enough to stay below half a gibibyte."""
SLAB_ROWS_OF_LONG_TEXTS = 16_384
Take = Callable[[pl.DataFrame, Mapping[str, int]], None]
CountRows = Callable[[Sequence[Plan], Sequence[Table], Take], Mapping[str, int]]
"""As ``count_rows``, which other engines do too; QueryFault or PredicateFault where one cannot count as polars would."""


class QueryFault(Exception):
    """An engine could not compute a query; the first line of what it said."""


def count_rows(plans: Sequence[Plan], tables: Sequence[Table], take: Take) -> Mapping[str, int]:
    """Return ``p``, ``u``, ``e`` and ``g`` with the number of each plan: population, unknown, exceptions, grounded.

    ``take`` is given the rows that some test names, in the order of tables and rows, with the columns ``_u0``
    and ``_e0``, ``_u1`` ... that say which, and the counts of the slab they are from.
    """
    names = {
        text: f"_{at}"
        for at, text in enumerate(dict.fromkeys(text for one in plans for text in one.predicates))
    }
    held = [pl.sql_expr(text).cast(pl.Boolean).alias(name) for text, name in names.items()]
    flags: list[pl.Expr] = []
    sums: list[pl.Expr] = []
    for number, plan in enumerate(plans):
        for expression in _flags(plan, names):
            kind = expression.meta.output_name()
            sums.append(expression.sum().alias(f"{kind}{number}"))
            if kind in "ue":
                flags.append(expression.alias(f"_{kind}{number}"))
    named = pl.any_horizontal([flag.meta.output_name() for flag in flags])
    total: Counter[str] = Counter()
    for frame in _frames(plans, tables):
        judged = frame.with_columns(held)
        counting = judged.select(sums)
        naming = judged.with_columns(flags).filter(named).drop(names.values())
        counts, rows = pl.collect_all([counting, naming], engine="streaming")
        seen = {name: int(count or 0) for name, count in counts.row(0, named=True).items()}
        total.update(seen)
        if not rows.is_empty():
            take(rows, seen)
    return total


def count_months(
    plans: Sequence[Plan], tables: Sequence[Table], dated_by: str
) -> Mapping[str, Mapping[str, int]]:
    """Return by month what ``count_rows`` returns for all: the months add up to it, row by row.

    The month is that of ``dated_by``, as ``2026-03``; rows without a date stand under an empty text.
    """
    dated = [plan._replace(fields=(*plan.fields, dated_by)) for plan in plans]
    names = {
        text: f"_{at}"
        for at, text in enumerate(dict.fromkeys(text for one in plans for text in one.predicates))
    }
    held = [pl.sql_expr(text).cast(pl.Boolean).alias(name) for text, name in names.items()]
    month = pl.col(dated_by).cast(pl.Date).dt.strftime("%Y-%m").fill_null("").alias("_month")
    sums = [
        flag.sum().alias(f"{flag.meta.output_name()}{number}")
        for number, plan in enumerate(plans)
        for flag in _flags(plan, names)
    ]
    total: dict[str, Counter[str]] = {}
    for frame in _frames(dated, tables):
        grouped = frame.with_columns(*held, month).group_by("_month").agg(sums)
        for row in grouped.collect(engine="streaming").iter_rows(named=True):
            found = total.setdefault(row.pop("_month"), Counter())
            found.update({name: int(count or 0) for name, count in row.items()})
    return total


def _flags(plan: Plan, names: Mapping[str, str]) -> tuple[pl.Expr, ...]:
    """Return the four flags of a test, never null, from the columns that hold its predicates."""
    population, exception, grounded = (pl.col(names[text]) for text in plan.predicates)
    blank = pl.any_horizontal([pl.col(one).is_null() for one in plan.compared] or [pl.lit(False)])
    doubt = population.is_null() | (population & (exception.is_null() | (~exception & blank)))
    return (
        population.fill_null(True).alias("p"),
        doubt.fill_null(True).alias("u"),
        (population & exception).fill_null(False).alias("e"),
        (population & grounded).fill_null(False).alias("g"),
    )


def _frames(plans: Sequence[Plan], tables: Sequence[Table]) -> Iterator[pl.LazyFrame]:
    """Yield the rows of the tables in slabs, with the needed fields, their doubts and the counts of keys."""
    needed = sorted({field for plan in plans for field in plan.fields} | {tables[0].key})
    types = _types(tables, needed)
    doubtful = sorted({field for plan in plans for field in plan.doubtful})
    bits = {field.field: 1 << at for at, field in enumerate(tables[0].reading.fields)}
    marks = [((pl.col("_unsure") & bits[one]) != 0).alias(f"_unsure_{one}") for one in doubtful]
    frames = [_frame(table, at, needed, types).with_columns(marks) for at, table in enumerate(tables)]
    if any(" OVER " in text for plan in plans for text in plan.predicates):
        yield pl.concat(frames)  # a window of another kind has to see every row
        return
    repeated = {
        keys: _repeated(frames, keys) for keys in sorted({keys for plan in plans for keys in plan.counted})
    }
    slab = SLAB_ROWS_OF_LONG_TEXTS if any(one.reading.longest_text_bytes for one in tables) else SLAB_ROWS
    for frame in frames:
        rows = int(frame.select(pl.len()).collect().item())
        for start in range(0, rows, slab):
            yield _with_counts(frame.slice(start, slab), repeated)


def _frame(table: Table, at: int, needed: Sequence[str], types: Mapping[str, pl.DataType]) -> pl.LazyFrame:
    """Scan a table's needed columns; a field it lacks is empty and in doubt in every row of it."""
    assert table.parquet is not None  # noqa: S101 - unreadable tables are left out before
    missing = 0
    for index, quality in enumerate(table.reading.fields):
        missing |= (1 << index) if quality.header is None else 0
    fields = [
        pl.col(one) if one in table.columns else pl.lit(None, types[one]).alias(one)
        for one in needed
        if one in types
    ]
    return pl.scan_parquet(table.parquet, glob=False).select(
        *fields,
        *("_evidence", "_file", "_sheet", "_row"),
        _unsure=pl.col("_unsure") | pl.lit(missing, pl.Int64),
        _table=pl.lit(at, pl.Int32),
    )


def _types(tables: Sequence[Table], needed: Sequence[str]) -> dict[str, pl.DataType]:
    """Return the types of the needed fields that some table has."""
    found: dict[str, pl.DataType] = {}
    for table in tables:
        assert table.parquet is not None  # noqa: S101 - unreadable tables are left out before
        schema = pl.scan_parquet(table.parquet, glob=False).collect_schema()
        found |= {one: schema[one] for one in needed if one in table.columns and one not in found}
    return found


def _repeated(frames: Sequence[pl.LazyFrame], keys: tuple[str, ...]) -> pl.DataFrame:
    """Return the keys that stand more than once in all tables, and how often.

    Hashes are sorted to find candidates; the keys themselves decide.
    """
    rows = pl.concat([frame.select(keys) for frame in frames])
    mark = pl.struct(keys).hash()
    hashes = rows.select(mark.alias("hash")).collect(engine="streaming")["hash"].sort()
    twice = hashes.filter(hashes == hashes.shift(1)).unique()
    candidates = rows.filter(mark.is_in(twice.implode()))
    counted = candidates.group_by(keys).agg(pl.len().cast(pl.Int64).alias(count_column(keys)))
    return counted.filter(pl.col(count_column(keys)) > 1).collect(engine="streaming")


def _with_counts(frame: pl.LazyFrame, repeated: Mapping[tuple[str, ...], pl.DataFrame]) -> pl.LazyFrame:
    """Add how often the keys of each row stand; empty keys are counted together, as SQL does."""
    for keys, counts in repeated.items():
        column = count_column(keys)
        if len(keys) == 1:  # twice as fast as joining
            (key,) = keys
            known = pl.col(key).replace_strict(counts[key], counts[column], default=1, return_dtype=pl.Int64)
            frame = frame.with_columns(known.alias(column))
            continue
        joined = frame.join(counts.lazy(), on=keys, how="left", nulls_equal=True, maintain_order="left")
        frame = joined.with_columns(pl.col(column).fill_null(1))
    return frame
