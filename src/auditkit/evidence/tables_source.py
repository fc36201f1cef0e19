"""From a received file to plain columns of text ``c0, c1, ...`` with their row numbers, whatever it came as.

The quick way lets polars scan the file itself and is taken when a first look proves it safe: UTF-8, no NUL
bytes, every line as many cells as the header, no blank lines, no line breaks in quotes. Otherwise the rows go
through the patient reader into a clean file, where short, long and blank rows are seen and counted.
"""

import csv
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

import polars as pl

from auditkit.evidence.profiles import Mapping
from auditkit.evidence.tables_sheet import read_sheets
from auditkit.evidence.tables_text import TableFault, TextShape, rows, shape, signature, unpack

_HEADER_WITHIN_ROWS = 15
Chooser = Callable[[list[str]], Mapping | None]


class Source(NamedTuple):
    """An export as columns of text."""

    frame: pl.LazyFrame
    """Columns ``c0`` ..., ``_row``, ``_cells`` (number of cells the row had; -1: more than the header)."""
    mapping: Mapping
    header: list[str]
    header_row: int
    sheet: str | None
    rows: int
    """Rows of the frame: blank ones are left out."""
    blank_rows: int = 0
    short_rows: int = 0
    long_rows: int = 0
    first_ragged: int | None = None
    encoding: str = "utf-8"
    assumed_encoding: bool = False
    nul_bytes: int = 0
    other_sheets: tuple[str, ...] = ()


def open_source(path: Path, sheet: str | None, choose: Chooser, scratch: Path) -> Source:
    """Open an export; TableFault says why it cannot be used. Temporary files go to ``scratch``."""
    kind = signature(path)
    if kind == "zip":
        return _from_workbook(path, sheet, choose, scratch)
    if kind == "gzip":
        unpacked = scratch / "unpacked"
        unpack(path, unpacked)
        path = unpacked
        signature(path)
    text = shape(path)
    header_row, mapping = _find_header([list(row) for row in text.sample], choose)
    source = _quickly(text, header_row, mapping)
    if source is None:
        source = _patiently(rows(text), header_row, mapping, None, scratch / "clean.csv")
    return source._replace(encoding=text.encoding, assumed_encoding=text.assumed, nul_bytes=text.nul_bytes)


def _from_workbook(path: Path, wanted: str | None, choose: Chooser, scratch: Path) -> Source:
    """Take the wanted sheet, or the first whose header fits."""
    found: Source | None = None
    others: list[str] = []
    for sheet in read_sheets(path, wanted):
        if found is not None:
            others.extend([sheet.name] if any(map(any, sheet.rows)) else [])
            continue
        try:
            header_row, mapping = _find_header(sheet.rows[:_HEADER_WITHIN_ROWS], choose)
        except TableFault:
            others.append(sheet.name)
            continue
        found = _patiently(sheet.rows, header_row, mapping, sheet.name, scratch / "clean.csv")
    if found is None:
        raise TableFault("no sheet has a header row that fits the dataset")
    return found._replace(other_sheets=tuple(others))


def _find_header(sample: list[list[str]], choose: Chooser) -> tuple[int, "_Header"]:
    """Return the 1-based row of the header and what it maps to."""
    for number, row in enumerate(sample[:_HEADER_WITHIN_ROWS], 1):
        header = [cell.strip().removeprefix("\ufeff") for cell in row]
        while header and not header[-1]:
            header.pop()
        mapping = choose(header) if header else None
        if mapping is not None:
            return number, _Header(header, mapping)
    first = next((", ".join(cell for cell in row if cell)[:120] for row in sample if any(row)), "nothing")
    shown = "".join(letter if letter.isprintable() else "?" for letter in first)
    raise TableFault(f"no header row fits the dataset or one of its profiles (the first row reads: {shown})")


class _Header(NamedTuple):
    names: list[str]
    mapping: Mapping


def _quickly(text: TextShape, header_row: int, header: "_Header") -> Source | None:
    """Let polars scan the file; None when a first look cannot prove that this loses nothing."""
    above = text.sample[:header_row]
    if not text.plain or any("\n" in cell for row in above for cell in row):
        return None
    width = len(header.names)
    skip = header_row + text.separator_line
    try:
        count = _regular_lines(text.path, text.delimiter, width, skip)
    except pl.exceptions.PolarsError:
        return None
    if count is None:
        return None
    frame = _scan(text.path, {f"c{index}": pl.String for index in range(width)}, text.delimiter, skip)
    numbered = frame.with_row_index("_row", header_row + 1).with_columns(
        pl.col("_row").cast(pl.Int64), _cells=pl.lit(width, pl.Int64)
    )
    return Source(numbered, header.mapping, header.names, header_row, None, count)


def _regular_lines(path: Path, delimiter: str, width: int, skip: int) -> int | None:
    """Return the number of data lines when each is one row of ``width`` cells, else None."""
    lines = _scan(path, {"line": pl.String}, "\x01", skip, quote=None)
    line = pl.col("line").fill_null("")
    quoted = line.str.contains('"', literal=True)
    bare = pl.when(quoted).then(line.str.replace_all(r'"[^"]*"', "q")).otherwise(line)
    filled = bare.str.strip_chars(delimiter + " \t\r")
    seen = (
        lines.select(
            lines=pl.len(),
            few=bare.str.count_matches(delimiter, literal=True).min(),
            many=bare.str.count_matches(delimiter, literal=True).max(),
            blank=(filled == "").any(),
            open=bare.str.contains('"', literal=True).any(),
        )
        .collect(engine="streaming")
        .row(0, named=True)
    )
    if not seen["lines"]:
        return 0
    regular = seen["few"] == seen["many"] == width - 1 and not seen["blank"] and not seen["open"]
    return int(seen["lines"]) if regular else None


def _scan(
    path: Path, schema: dict[str, type[pl.DataType]], delimiter: str, skip: int, quote: str | None = '"'
) -> pl.LazyFrame:
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


def _patiently(
    found: Iterable[list[str]], header_row: int, header: "_Header", sheet: str | None, clean: Path
) -> Source:
    """Write the rows to a clean file, each as wide as the header, and count what did not fit."""
    width = len(header.names)
    kept = blank = short = long = 0
    first: int | None = None
    with clean.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)  # ends lines with CR LF, so that a lone CR in a cell is quoted too
        for number, row in enumerate(found, 1):
            if number <= header_row:
                continue
            while len(row) > width and not row[-1].strip():
                row.pop()
            cells = len(row)
            if not any(cell.strip() for cell in row):
                blank += 1
                continue
            if cells > width:
                long, cells, row = long + 1, -1, [""] * width
            elif cells < width and sheet is None:
                short += 1
                row = row + [""] * (width - cells)
            elif cells < width:
                row, cells = row + [""] * (width - cells), width
            if cells != width and first is None:
                first = number
            kept += 1
            writer.writerow([*row, number, cells])
    schema: dict[str, type[pl.DataType]] = {f"c{index}": pl.String for index in range(width)}
    frame = _scan(clean, {**schema, "_row": pl.Int64, "_cells": pl.Int64}, ",", 0)
    return Source(frame, header.mapping, header.names, header_row, sheet, kept, blank, short, long, first)
