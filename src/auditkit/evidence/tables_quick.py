"""The quick way into a text file: polars scans it as it is, once a first look proves that this loses nothing."""

import csv
import re
from pathlib import Path

import polars as pl

from auditkit.evidence.tables_header import Header
from auditkit.evidence.tables_rows import HEADER, TOTAL, TOTAL_START, Sieve
from auditkit.evidence.tables_text import TextShape

_MOST_SUSPECTS = 200
_TAIL_LINES = 60
_TAIL_BYTES = 1 << 18


def read_quickly(text: TextShape, header: Header, sieve: Sieve) -> tuple[pl.LazyFrame, int] | None:
    """Return the records and their number; None when the file has to be read row by row."""
    above = text.sample[: header.row]
    if not text.plain or any("\n" in cell for row in above for cell in row):
        return None
    width = len(header.names)
    skip = header.row + text.separator_line
    try:
        count = _regular_lines(text, header, skip, sieve)
    except (pl.exceptions.PolarsError, csv.Error):
        return None
    if count is None:
        return None
    left_out = _trailing(text, header.row + count, min(count, _TAIL_LINES), sieve)
    schema: dict[str, type[pl.DataType]] = {f"c{index}": pl.String for index in range(width)}
    frame = scan(text.path, schema, text.delimiter, skip)
    if left_out:
        frame = frame.head(count - left_out)
    numbered = frame.with_row_index("_row", header.row + 1).with_columns(
        pl.col("_row").cast(pl.Int64), _cells=pl.lit(width, pl.Int64)
    )
    return numbered, count - left_out


def _regular_lines(text: TextShape, header: Header, skip: int, sieve: Sieve) -> int | None:
    """Return the number of data lines when each is one row of the header's width and none a header or total."""
    delimiter, width = text.delimiter, len(header.names)
    lines = scan(text.path, {"line": pl.String}, "\x01", skip, quote=None)
    line = pl.col("line").fill_null("")
    quoted = line.str.contains('"', literal=True)
    bare = pl.when(quoted).then(line.str.replace_all(r'"[^"]*"', "q")).otherwise(line)
    filled = bare.str.strip_chars(delimiter + " \t\r")
    strange = line.str.contains(_suspicion(header, delimiter))
    seen = (
        lines.with_columns(delimiters=bare.str.count_matches(delimiter, literal=True))
        .select(
            lines=pl.len(),
            few=pl.col("delimiters").min(),
            many=pl.col("delimiters").max(),
            blank=(filled == "").any(),
            open=bare.str.contains('"', literal=True).any(),
            strange=strange.sum(),
        )
        .collect(engine="streaming")
        .row(0, named=True)
    )
    if not seen["lines"]:
        return 0
    regular = seen["few"] == seen["many"] == width - 1 and not seen["blank"] and not seen["open"]
    if not regular or seen["strange"] > _MOST_SUSPECTS:
        return None
    if seen["strange"]:
        suspects = lines.with_row_index("at", header.row + 1).filter(strange).collect(engine="streaming")
        for at, found in suspects.select("at", "line").iter_rows():
            if sieve.reason(at, cells(found, delimiter)) in (TOTAL, HEADER):
                return None
    return int(seen["lines"])


def _suspicion(header: Header, delimiter: str) -> str:
    """Return a regular expression for the start of lines that may be a header or a total."""
    names = "|".join(sorted({re.escape(name.strip()) for name in header.names if name.strip()}))
    between = re.escape(delimiter)
    return rf'(?i)^["\s\u{{feff}}{between}]*(?:{names})\s*[*+]*["\s]*(?:{between}|$)|{TOTAL_START}'


def _trailing(text: TextShape, last: int, count: int, sieve: Sieve) -> int:
    """Return how many of the last rows are no records; they are counted in the sieve."""
    with text.path.open("rb") as stream:
        stream.seek(0, 2)
        start = max(0, stream.tell() - _TAIL_BYTES)
        stream.seek(start)
        tail = stream.read().decode("utf-8", errors="replace")
    lines = [line for line in re.split(r"\r?\n", tail)[1 if start else 0 :] if line]
    lines = lines[len(lines) - min(count, len(lines)) :]
    numbered = [(last - len(lines) + at, cells(line, text.delimiter)) for at, line in enumerate(lines, 1)]
    kept = sum(1 for _ in sieve.records(iter(numbered)))
    return len(numbered) - kept


def cells(line: str, delimiter: str) -> list[str]:
    """Return the cells of a line that is one row."""
    return next(csv.reader([line], delimiter=delimiter), [])


def scan(
    path: Path, schema: dict[str, type[pl.DataType]], delimiter: str, skip: int, quote: str | None = '"'
) -> pl.LazyFrame:
    """Return the lazy rows of a text file, every cell as the schema says."""
    return pl.scan_csv(
        path,
        has_header=False,
        schema=schema,
        separator=delimiter,
        quote_char=quote,
        skip_lines=skip,
        infer_schema=False,
        raise_if_empty=False,
        glob=False,
    )
