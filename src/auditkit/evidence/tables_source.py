"""From a received file to plain columns of text ``c0, c1, ...`` with their row numbers, whatever it came as.

The quick way (``tables_quick``) lets polars scan the file itself and is taken when a first look proves it safe:
UTF-8, no NUL bytes, every line as many cells as the header, no blank lines, no line breaks in quotes. Otherwise the
rows go through the patient reader into a clean file, where short, long and blank rows, totals and repeated headers
are seen and counted.
"""

import csv
from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import polars as pl

from auditkit.evidence import tables_oddities as odd
from auditkit.evidence.profiles import Mapping
from auditkit.evidence.tables_header import Chooser, Header, find_header
from auditkit.evidence.tables_oddities import Oddity
from auditkit.evidence.tables_parquet import is_parquet, open_parts
from auditkit.evidence.tables_quick import read_quickly, scan
from auditkit.evidence.tables_rows import BLANK, Sieve
from auditkit.evidence.tables_sheet import Merged, Sheet
from auditkit.evidence.tables_sheet_apart import MOST_BYTES, read_sheets_apart
from auditkit.evidence.tables_text import TableFault, TextShape, rows, shape, signature, unpack

KEY = "id"
"""The key field of a dataset, unless the caller says otherwise."""


class Source(NamedTuple):
    """An export as columns of text."""

    frame: pl.LazyFrame
    """Columns ``c0`` ... without blanks around, ``_row``, ``_cells`` (number of cells the row had; -1: more than the header)."""
    mapping: Mapping
    header: list[str]
    header_row: int
    sheet: str | None
    rows: int
    """Rows of the frame: what is no record is left out."""
    blank_rows: int = 0
    short_rows: int = 0
    long_rows: int = 0
    first_ragged: int | None = None
    encoding: str = "utf-8"
    assumed_encoding: bool = False
    nul_bytes: int = 0
    other_sheets: tuple[str, ...] = ()
    dropped: dict[str, int] = {}
    """Rows that are no records by reason, blank ones among them."""
    oddities: tuple[Oddity, ...] = ()
    parts: bool = False
    """A column ``_part`` says which part of the item a row is from, as the end of a path."""


def open_source(path: Path, sheet: str | None, choose: Chooser, scratch: Path, key: str = KEY) -> Source:
    """Open an export; TableFault says why it cannot be used. Temporary files go to ``scratch``.

    ``key`` is the field that identifies a record; a row in which it is empty can be a total.
    """
    if is_parquet(path):
        frame, names, mapping, count = open_parts(path, choose)
        return Source(frame, mapping, names, header_row=0, sheet=None, rows=count, parts=True)
    kind = signature(path)
    if kind == "zip":
        return _from_workbook(path, sheet, choose, scratch, key)
    if kind == "gzip":
        unpacked = scratch / "unpacked"
        unpack(path, unpacked)
        path = unpacked
        signature(path)
    text, header = find_shape(shape(path), choose)
    sieve = Sieve(header.names, text.sample[: header.row - 1], header.mapping.columns.get(key))
    source = _quickly(text, header, sieve)
    if source is None:
        source = _patiently(rows(text), header, sieve, None, scratch / "clean.csv")
    return source._replace(
        encoding=text.encoding,
        assumed_encoding=text.found.assumed,
        nul_bytes=text.found.nul_bytes,
        oddities=(*odd.about_text(text.found), *source.oddities),
    )


def find_shape(text: TextShape, choose: Chooser) -> tuple[TextShape, Header]:
    """Find the header, by the likeliest delimiter under which one fits; TableFault when none does."""
    try:
        return text, find_header(text.sample, choose)
    except TableFault as fault:
        for delimiter in text.rivals:
            other = text.split_by(delimiter)
            try:
                return other, find_header(other.sample, choose)
            except TableFault:
                continue
        raise fault from None


def _from_workbook(path: Path, wanted: str | None, choose: Chooser, scratch: Path, key: str) -> Source:
    """Take the wanted sheet, or the first whose header fits."""
    found: Source | None = None
    others: list[str] = []
    hidden: tuple[str, ...] = ()
    for sheet in read_sheets_apart(path, wanted):
        hidden = sheet.hidden
        if found is not None:
            others.extend([sheet.name] if any(map(any, sheet.rows)) else [])
            continue
        try:
            found = _from_sheet(sheet, choose, scratch, key)
        except _NoHeader:
            others.append(sheet.name)
    if found is None:
        unseen = f" (not looked at, because hidden: {', '.join(hidden)})" if hidden and wanted is None else ""
        raise TableFault(f"no sheet has a header row that fits the dataset{unseen}")
    oddities = (*found.oddities, *odd.about_hidden_sheets(hidden, found.sheet))
    return found._replace(other_sheets=tuple(others), oddities=oddities)


class _NoHeader(Exception):
    """A sheet has no header that fits."""


def _from_sheet(sheet: Sheet, choose: Chooser, scratch: Path, key: str) -> Source:
    fill_down(sheet.rows, sheet.merged)
    try:
        header = find_header(sheet.rows, choose, sheet.merged)
    except TableFault as fault:
        raise _NoHeader from fault
    above = sheet.rows[: header.row - 1]
    sieve = Sieve(header.names, above, header.mapping.columns.get(key))
    source = _patiently(sheet.rows, header, sieve, sheet.name, scratch / "clean.csv")
    used = sorted(header.mapping.positions)
    return source._replace(oddities=(*source.oddities, *odd.about_sheet(sheet, header, used)))


def fill_down(cells: list[list[str]], merged: Sequence[Merged]) -> None:
    """Write the value of a cell that is merged over several rows into each of them, in place.

    TableFault when merged cells overlap, which no spreadsheet writes, or would repeat more text than there may be.
    """
    left = sum(map(len, cells))
    room = MOST_BYTES
    for top, column, bottom, _ in merged:
        end = min(bottom + 1, len(cells))
        left -= max(0, end - top)
        if left < 0:
            raise TableFault("its merged cells overlap, so the workbook is damaged")
        if top >= len(cells) or column >= len(cells[top]):
            continue
        room -= len(cells[top][column]) * max(0, end - top)
        if room < 0:
            raise TableFault("its merged cells repeat more text than fits into memory")
        for row in cells[top + 1 : end]:
            if column < len(row) and not row[column]:
                row[column] = cells[top][column]


def _quickly(text: TextShape, header: Header, sieve: Sieve) -> Source | None:
    """Let polars scan the file; None when a first look cannot prove that this loses nothing."""
    found = read_quickly(text, header, sieve)
    if found is None:
        return None
    return _source(found[0], header, None, found[1], sieve)


def _patiently(
    found: Iterable[list[str]], header: Header, sieve: Sieve, sheet: str | None, clean: Path
) -> Source:
    """Write the records to a clean file, each as wide as the header, and count what did not fit."""
    width = len(header.names)
    kept = short = long = 0
    first: int | None = None
    below = islice(enumerate(found, 1), header.row, None)
    with clean.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)  # ends lines with CR LF, so that a lone CR in a cell is quoted too
        for number, row in sieve.records(below):
            while len(row) > width and not row[-1].strip():
                row.pop()
            cells = len(row)
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
    frame = scan(clean, {**schema, "_row": pl.Int64, "_cells": pl.Int64}, ",", 0)
    source = _source(frame, header, sheet, kept, sieve)
    return source._replace(short_rows=short, long_rows=long, first_ragged=first)


def _source(frame: pl.LazyFrame, header: Header, sheet: str | None, kept: int, sieve: Sieve) -> Source:
    return Source(
        # here, because what an expression asks for twice is computed twice
        frame=frame.with_columns(pl.col(f"c{at}").str.strip_chars() for at in range(len(header.names))),
        mapping=header.mapping,
        header=header.names,
        header_row=header.row,
        sheet=sheet,
        rows=kept,
        blank_rows=sieve.dropped.get(BLANK, 0),
        dropped=dict(sieve.dropped),
        oddities=(*odd.about_header(header), *odd.about_dropped(sieve)),
    )
