"""A Parquet file, or a flat folder of them, as columns of text: profiles then work as on any other export.

Rows are counted from 1 in each part, for there is no header row. Names that begin with a dot or an underscore are
markers and checksums, no parts. Values become the texts that a template would hold: ISO dates, ``true``, plain numbers.
"""

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from auditkit.evidence.profiles import Mapping
from auditkit.evidence.tables_header import Chooser
from auditkit.evidence.tables_text import TableFault

MAGIC = b"PAR1"
_ROWS_PER_BYTE = 100
"""More cannot be: in no real table do so many rows, each with its own key, go into a byte."""
_LARGEST_WHOLE = 1e15


def is_parquet(path: Path) -> bool:
    """Tell a Parquet file from its first bytes, and a folder."""
    if path.is_dir():
        return True
    if not path.is_file():
        return False
    with path.open("rb") as stream:
        return stream.read(len(MAGIC)) == MAGIC


def list_parts(path: Path) -> list[Path]:
    """Return the file, or those of the folder in the order of their names; TableFault for anything else in it."""
    if not path.is_dir():
        return [path]
    entries = sorted(one for one in path.iterdir() if one.is_dir() or not one.name.startswith((".", "_")))
    for one in entries:
        if one.is_dir():
            raise TableFault(f"it has a folder inside ({one.name}); lay all parts into one folder")
        if one.is_symlink() or one.suffix != ".parquet":
            raise TableFault(f"{one.name} is no Parquet file; leave only the parts in the folder")
    if not entries:
        raise TableFault("it has no Parquet files")
    return entries


def open_parts(path: Path, choose: Chooser) -> tuple[pl.LazyFrame, list[str], Mapping, int]:
    """Return the rows as ``c0`` ..., ``_part``, ``_row`` and ``_cells``, the names, what they map to, and their number."""
    parts = list_parts(path)
    schemas = [pl.scan_parquet(part, glob=False).collect_schema() for part in parts]
    names = schemas[0].names()
    for part, schema in zip(parts, schemas, strict=True):
        if set(schema.names()) != set(names):
            raise TableFault(f"{part.name} and {parts[0].name} differ in their columns")
    mapping = choose(names)
    if mapping is None:
        shown = ", ".join(names)[:120]
        raise TableFault(f"its columns fit neither the dataset nor one of its profiles (they are: {shown})")
    if mapping.profile.collapse_to_last_by is not None and len(parts) > 1:
        raise TableFault("a log of events has to come as one file, because the order of its rows counts")
    used = {names[at] for at in mapping.positions}
    frames = [
        _texts(part, schema, names, used, folder=path.is_dir())
        for part, schema in zip(parts, schemas, strict=True)
    ]
    return pl.concat(frames), names, mapping, sum(map(_count_rows, parts))


def _texts(part: Path, schema: pl.Schema, names: Sequence[str], used: set[str], folder: bool) -> pl.LazyFrame:
    for name in used:
        if schema[name].is_nested() or schema[name] in (pl.Binary, pl.Object, pl.Duration, pl.Time):
            raise TableFault(f"column {name} holds {schema[name]}, which is no cell of a table")
    cells = [
        (_text(name, schema[name]) if name in used else pl.lit(None, pl.String)).alias(f"c{at}")
        for at, name in enumerate(names)
    ]
    return (
        pl.scan_parquet(part, glob=False)
        .with_row_index("_row", 1)
        .select(
            *cells,
            pl.lit(f"/{part.name}" if folder else "").alias("_part"),
            pl.col("_row").cast(pl.Int64),
            pl.lit(len(names), pl.Int64).alias("_cells"),
        )
    )


def _text(name: str, kind: pl.DataType) -> pl.Expr:
    """Return a column as the texts of a template; a time with a zone states its offset, which is that of UTC."""
    value = pl.col(name)
    if kind == pl.Date:
        return value.dt.to_string("%Y-%m-%d")
    if isinstance(kind, pl.Datetime):
        if kind.time_zone is None:
            return value.dt.to_string("%Y-%m-%dT%H:%M:%S")
        return value.dt.convert_time_zone("UTC").dt.to_string("%Y-%m-%dT%H:%M:%S+00:00")
    if kind.is_float():
        whole = (value == value.floor()) & (value.abs() < _LARGEST_WHOLE)
        number = value.cast(pl.Int64, strict=False).cast(pl.String)
        return pl.when(whole).then(number).otherwise(value.cast(pl.String))
    return value.cast(pl.String)


def _count_rows(part: Path) -> int:
    """Return the number of rows, which the end of the file states; nothing else is read."""
    rows = int(pl.scan_parquet(part, glob=False).select(pl.len()).collect().item())
    if rows > _ROWS_PER_BYTE * part.stat().st_size:
        raise TableFault(f"{part.name} claims {rows:,} rows in {part.stat().st_size:,} bytes")
    return rows
