"""Write a derived dataset as typed Parquet, in the form of any table: fields, places, and doubt as bits."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import polars as pl

from auditkit.assessment.records_derived import PLACES, Given, derive_frame
from auditkit.assessment.records_expressions import Bound
from auditkit.assessment.recordtests import predicates as sql
from auditkit.assessment.recordtests.derive import Circumstances
from auditkit.assessment.recordtests.derived import DerivedDataset
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
    given = Given(tables, Bound({**own, **built_in}), circumstances.period)
    frame = derive_frame(definition, given)
    doubt = pl.sum_horizontal(
        [
            pl.when(pl.col(f"?{field.name}").fill_null(False)).then(1 << at).otherwise(0).cast(pl.Int64)
            for at, field in enumerate(definition.fields)
        ]
    ).alias("_unsure")
    columns = [pl.col(field.name).cast(_TYPES[field.type]) for field in definition.fields]
    rows = frame.select(*columns, *PLACES, doubt).collect(engine="streaming")
    temporary = parquet.with_suffix(".partial")
    rows.write_parquet(temporary)
    temporary.replace(parquet)
    counts = {"rows": rows.height}
    for at, field in enumerate(definition.fields):
        counts[f"null|{field.name}"] = rows[field.name].null_count()
        counts[f"doubt|{field.name}"] = int(((rows["_unsure"] & (1 << at)) != 0).sum())
    return counts
