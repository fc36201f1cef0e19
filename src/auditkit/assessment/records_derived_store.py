"""Write a derived dataset as typed Parquet, in the form of any table: fields, places, and doubt as bits."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path

import polars as pl

from auditkit.assessment.calendars import ALWAYS, lay_out
from auditkit.assessment.records_clocks import Clocks
from auditkit.assessment.records_derived import PLACES, Given, derive_frame
from auditkit.assessment.records_expressions import Bound
from auditkit.assessment.recordtests import predicates as sql
from auditkit.assessment.recordtests.derive import Circumstances
from auditkit.assessment.recordtests.derived import DerivedDataset
from auditkit.base.atomic import new_file
from auditkit.evidence.tables import Table

_TYPES: dict[str, pl.DataType | type[pl.DataType]] = {
    "text": pl.String,
    "integer": pl.Int64,
    "number": pl.Float64,
    "boolean": pl.Boolean,
    "date": pl.Date,
    "datetime": pl.Datetime("us"),
}


def store(
    definition: DerivedDataset,
    tables: Mapping[str, Sequence[Table]],
    circumstances: Circumstances,
    parquet: Path,
) -> dict[str, int]:
    """Compute and write the rows; return their number, and empty and doubtful cells by field."""
    built_in = sql.built_in_literals(circumstances.period, circumstances.as_of)
    own = {name: sql.literal(one.value) for name, one in circumstances.parameters.items()}
    given = Given(tables, Bound({**own, **built_in}, _clocks(circumstances)), circumstances.period)
    frame = derive_frame(definition, given)
    doubt = pl.sum_horizontal(
        [
            pl.when(pl.col(f"?{field.name}").fill_null(False)).then(1 << at).otherwise(0).cast(pl.Int64)
            for at, field in enumerate(definition.fields)
        ]
    ).alias("_unsure")
    columns = [pl.col(field.name).cast(_TYPES[field.type]) for field in definition.fields]
    rows = frame.select(*columns, *PLACES, doubt).collect(engine="streaming")
    with new_file(parquet) as path:
        rows.write_parquet(path)
    counts = {"rows": rows.height}
    for at, field in enumerate(definition.fields):
        counts[f"null|{field.name}"] = rows[field.name].null_count()
        counts[f"doubt|{field.name}"] = int(((rows["_unsure"] & (1 << at)) != 0).sum())
    for name in _undeclared(definition, rows, circumstances):
        counts[f"calendar|{name}"] = 1
    return counts


def _undeclared(definition: DerivedDataset, rows: pl.DataFrame, circumstances: Circumstances) -> list[str]:
    """Return the calendars that rows name and engagement.yaml does not declare."""
    if "calendar" not in rows.columns or not any("_MINUTES(" in text for text in definition.expressions()):
        return []
    named = rows["calendar"].drop_nulls().unique().sort().to_list()
    return [name for name in named if name != ALWAYS and name not in circumstances.calendars]


def _clocks(circumstances: Circumstances) -> Clocks:
    """Lay the calendars out from two years before the period to a year after it; times outside count as unknown."""
    first = circumstances.period.start - timedelta(days=2 * 365)
    last = max(circumstances.period.end, circumstances.as_of) + timedelta(days=365)
    zone = circumstances.time_zone
    return Clocks(
        {name: lay_out(one, zone, first, last) for name, one in circumstances.calendars.items()}, zone
    )
