"""Look at the columns of an export whose tool is not known: how many cells, which values, which dates."""

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl

from auditkit.evidence.mapping_model import ColumnFacts, DateFacts, TableFacts
from auditkit.evidence.model import Profile
from auditkit.evidence.profiles import Mapping, normal_header
from auditkit.evidence.tables_dates import COMMON, ISO, fitting, parse
from auditkit.evidence.tables_rows import is_number
from auditkit.evidence.tables_sheet import ERROR_VALUES
from auditkit.evidence.tables_source import Source, open_source
from auditkit.evidence.tables_text import TableFault

_CELLS_AT_ONCE = 20_000_000
_MOST_VALUES = 60
_SAMPLE_VALUES = 2_000
_LONGEST_VALUE_CHARACTERS = 80
PIVOT_YEAR = 1970
_SERIAL_DAYS = (20_000, 80_000)
_TWO_DIGIT_YEARS = tuple(
    f"{day}{clock}"
    for day in (
        "%d.%m.%y",
        "%d/%m/%y",
        "%m/%d/%y",
        "%d-%m-%y",
        "%m-%d-%y",
        "%y-%m-%d",
        "%y/%m/%d",
        "%d-%b-%y",
        "%d/%b/%y",
    )
    for clock in ("", " %H:%M", " %H:%M:%S", " %I:%M %p")
)
_IN_WORDS = tuple(
    f"{day}{clock}"
    for day in ("%d %B %Y", "%B %d, %Y", "%b %d, %Y", "%d. %B %Y")
    for clock in ("", " %H:%M", " %H:%M:%S", " %I:%M %p")
)
Knows = Callable[[str], bool]


def look_at_columns(
    path: Path, file: str, sheet: str | None, knows: Knows, nulls: Sequence[str], profiles: Sequence[Profile]
) -> TableFacts:
    """Look at an export; TableFault says why it cannot be read.

    ``knows`` tells headers that are known to some profile; ``nulls`` are the words that stand for nothing.
    """
    with TemporaryDirectory(prefix="auditkit-") as scratch:
        try:
            source = _open(path, sheet, knows, Path(scratch))
            return _facts(source, file, frozenset(map(str.casefold, nulls)), _layouts(profiles))
        except TableFault:
            raise
        except (OSError, UnicodeError, pl.exceptions.PolarsError) as error:
            raise TableFault(str(error).partition("\n")[0]) from error
        except BaseException as error:  # a panic of a native reader is no Exception
            if type(error).__name__ != "PanicException":
                raise
            raise TableFault("the reader gave up on it") from error


def _open(path: Path, sheet: str | None, knows: Knows, scratch: Path) -> Source:
    """Open at the first row with two known headers, else at the first that could be a header at all."""

    def known(header: list[str]) -> Mapping | None:
        return _plausible(header, [one for one in header if one and knows(one)], least=2)

    def possible(header: list[str]) -> Mapping | None:
        return _plausible(header, header[:2], least=2)

    try:
        return open_source(path, sheet, known, scratch, key="")
    except TableFault as fault:
        if "header" not in str(fault):
            raise
    return open_source(path, sheet, possible, scratch, key="")


def _plausible(header: list[str], known: Sequence[str], least: int) -> Mapping | None:
    """Return a mapping that stands for the known names, if the row can be a header: hardly a number or date in it."""
    names = [one for one in header if one]
    values = sum(is_number(one) or bool(re.match(r"\d{1,4}[./-]\d{1,2}[./-]\d", one)) for one in names)
    distinct = len({normal_header(one) for one in names})
    if len(known) < least or values * 4 > len(names) or distinct < least:
        return None
    profile = Profile(id="unknown", title="", tool="", dataset="", date_formats=(), fields={})
    return Mapping(profile, {name: at for at, name in enumerate(header) if name in known}, {})


def _layouts(profiles: Sequence[Profile]) -> tuple[str, ...]:
    """Return every date format that is tried: the common ones, those of all profiles, two-digit years."""
    own = sorted({one for profile in profiles for one in profile.date_formats if one != "%s"})
    own = [one for one in own if not (one.startswith("%Y-%m-%d") and "%z" not in one)]
    return tuple(dict.fromkeys([*COMMON, *own, *_TWO_DIGIT_YEARS, *_IN_WORDS]))


def _facts(source: Source, file: str, nulls: frozenset[str], layouts: tuple[str, ...]) -> TableFacts:
    width = len(source.header)
    step = max(1, _CELLS_AT_ONCE // max(1, source.rows))
    columns: list[ColumnFacts] = []
    seen: set[str] = set()
    for start in range(0, width, step):
        names = [f"c{at}" for at in range(start, min(width, start + step))]
        cells = source.frame.select(names).collect(engine="streaming")
        for at, name in enumerate(names, start):
            column = cells[name].drop_nulls()
            columns.append(
                _column(at, source.header[at], column, nulls, layouts, source.sheet is not None, seen)
            )
    return TableFacts(
        file=file,
        sheet=source.sheet,
        rows=source.rows,
        header_row=source.header_row,
        columns=tuple(columns),
        null_values=tuple(sorted(seen)),
        notes=_notes(source),
    )


def _column(
    position: int,
    header: str,
    cells: pl.Series,
    nulls: frozenset[str],
    layouts: tuple[str, ...],
    is_sheet: bool,
    seen: set[str],
) -> ColumnFacts:
    """Count a column by its different values."""
    counts = cells.rename("value").value_counts(sort=False).sort(["count", "value"], descending=[True, False])
    low = counts["value"].str.to_lowercase()
    empty = low.is_in(["", *sorted(nulls), *(one.casefold() for one in ERROR_VALUES)])
    seen.update(one for one in low.filter(empty).to_list() if one in nulls and one)
    counts = counts.filter(~empty)
    filled = int(counts["count"].sum())
    shown = [
        (value[:_LONGEST_VALUE_CHARACTERS], int(count))
        for value, count in counts.head(_MOST_VALUES).iter_rows()
    ]
    return ColumnFacts(
        position=position,
        header=header,
        filled=filled,
        distinct=len(counts),
        values=tuple(shown),
        whole_numbers=_cells_like(counts, r"^[+-]?\d+(?:\.0+)?$"),
        leading_numbers=_cells_like(counts, r"^\d{1,2}\s*[-–:.)]\s*\D"),
        numbers=_cells_like(counts, r"^[+-]?[\d.,'\s\u{a0}]*\d\s*%?$"),
        mean_characters=round(
            float((counts["value"].str.len_chars() * counts["count"]).sum()) / max(1, filled), 1
        ),
        dates=_dates(counts, filled, layouts, is_sheet),
    )


def _cells_like(counts: pl.DataFrame, pattern: str) -> int:
    return int(counts.filter(pl.col("value").str.contains(pattern))["count"].sum())


def _dates(counts: pl.DataFrame, filled: int, layouts: tuple[str, ...], is_sheet: bool) -> DateFacts:
    """Find the formats that read every cell, and whether they read the same days."""
    if not filled:
        return DateFacts()
    sample = counts["value"].head(_SAMPLE_VALUES).to_list()
    tried = fitting(sample, layouts, is_sheet, None)
    read = {layout: _read(counts, layout, is_sheet) for layout in tried}
    cells = {layout: int(counts["count"].filter(found.is_not_null()).sum()) for layout, found in read.items()}
    whole = [layout for layout, count in cells.items() if count == filled]
    ways: list[str] = []
    for layout in whole:
        if not any(read[layout].equals(read[other]) for other in ways):
            ways.append(layout)
    if len(ways) == 1:
        return DateFacts(format=_named(ways[0], sample), read=filled)
    if ways:
        return DateFacts(rivals=tuple(_named(one, sample) for one in ways), read=filled)
    nearest = max(cells, key=lambda one: (cells[one], one))
    serial = pl.col("value").cast(pl.Float64, strict=False).is_between(*_SERIAL_DAYS)
    if counts.select(serial.fill_null(False).all()).item():
        return DateFacts(serial=True)
    return DateFacts(nearest=_named(nearest, sample), read=cells[nearest]) if cells[nearest] else DateFacts()


def _read(counts: pl.DataFrame, layout: str, is_sheet: bool) -> pl.Series:
    """Return what a format makes of each different value; true date cells of a sheet read in every format."""
    text = pl.col("value")
    found = parse(text, layout, PIVOT_YEAR)
    if "%z" in layout:
        found = found.dt.replace_time_zone(None)
    if is_sheet and layout != ISO:
        found = pl.coalesce(
            found, pl.when(text.str.contains(r"^\d{4}-\d{2}-\d{2}T")).then(parse(text, ISO, None))
        )
    return counts.select(found.alias("read"))["read"]


def _named(layout: str, sample: Sequence[str]) -> str:
    """Return a format as a profile writes it."""
    if layout != ISO:
        return layout
    longest = max(map(len, sample), default=10)
    return "%Y-%m-%d" if longest <= 10 else "%Y-%m-%d %H:%M" if longest <= 16 else "%Y-%m-%d %H:%M:%S"


def _notes(source: Source) -> tuple[str, ...]:
    notes = [one.message for one in source.oddities]
    if source.assumed_encoding:
        notes.insert(0, "The file is not UTF-8; it was read as Windows-1252.")
    if source.nul_bytes:
        notes.append(f"NUL bytes taken out: {source.nul_bytes}.")
    ragged = source.short_rows + source.long_rows
    if ragged:
        notes.append(f"Rows with more or fewer cells than the header: {ragged}.")
    if source.other_sheets:
        notes.append(f"Sheets not read: {', '.join(source.other_sheets)}.")
    return tuple(notes)
