"""From the text of a column to the typed values of a field, and which cells could not be understood."""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

import polars as pl

from auditkit.evidence.model import DatasetField, Profile, ProfileField
from auditkit.evidence.profiles import unit_of
from auditkit.evidence.tables_dates import ISO, UNIT_SECONDS, later, parse, seconds, states_offset, to_zone
from auditkit.evidence.tables_sheet import ERROR_VALUES

_PLAIN = r"^[+-]?\d+(?:\.\d+)?$"
_POINT_GROUPS = r"^[+-]?\d{1,3}(?:\.\d{3})+(?:,\d+)?$"
_ONE_GROUP = r"^[+-]?[1-9]\d{0,2}\.\d{3}$"
_COMMA_GROUPS = r"^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?$"
_COMMA = r"^[+-]?\d+,\d+$"


LONGEST_TEXT_BYTES = 32_767
"""Longest text of a cell that is kept, which is also the most a cell of a spreadsheet holds; a longer one is in doubt."""
_LONG_TEXT_BYTES = 2_048
"""Above it a text is long: rows with such texts are held a few at a time."""


class Column(NamedTuple):
    """A field's column in an export and what it takes to read it."""

    field: DatasetField
    entry: ProfileField
    position: int
    header: str
    format: str | None = None
    """For dates: the format chosen; None: refused."""
    joined: tuple[int, ...] = ()
    """All columns of a field that joins several."""
    start: "Column | None" = None
    """For dates given as a length of time: the column it counts from, with its format."""


def cell_text(position: int, profile: Profile) -> pl.Expr:
    """Return the cells of a column as text, null where the profile says the cell means nothing."""
    text = pl.col(f"c{position}")
    words = {"", *profile.null_values}
    spellings = sorted({form for word in words for form in (word, word.lower(), word.upper(), word.title())})
    return pl.when(~text.is_in(spellings)).then(text)


def column_text(column: Column, profile: Profile) -> pl.Expr:
    """Return the ``cell_text`` of a field, joined where the profile says so."""
    if column.entry.join is None or len(column.joined) < 2:
        return cell_text(column.position, profile)
    parts = [cell_text(position, profile) for position in column.joined]
    whole = pl.concat_str(parts, separator=column.entry.join, ignore_nulls=True)
    return pl.when(whole != "").then(whole)


def value(column: Column, profile: Profile, zones: tuple[str, str], text: pl.Expr, sheet: bool) -> pl.Expr:
    """Return a field's typed values from its ``column_text``; null where a cell is empty or not understood.

    ``zones`` are those of the export and of the engagement.
    """
    found = _by_type(column, profile, without_errors(text), zones, sheet)
    empty = column.entry.values.get("")
    if empty is None:
        return found
    blank = pl.col(f"c{column.position}").fill_null("") == ""
    return (
        pl.when(blank & (pl.col("_cells") > column.position))
        .then(_constant(empty, column.field))
        .otherwise(found)
    )


def without_errors(text: pl.Expr) -> pl.Expr:
    """Return cells without what a spreadsheet shows for a formula that failed."""
    return pl.when(~text.is_in(list(ERROR_VALUES))).then(text)


def date_text(column: Column, profile: Profile) -> pl.Expr:
    """Return the cells of a date column that have to be read."""
    return without_errors(cell_text(column.position, profile))


def read_date(text: pl.Expr, layout: str, profile: Profile, sheet: bool) -> pl.Expr:
    """Return times for cells in a format; true date cells of a workbook are read beside it."""
    found = parse(text, layout, profile.pivot_year)
    if not sheet or layout == ISO or states_offset(layout):
        return found
    return pl.coalesce(found, pl.when(text.str.contains(r"^\d{4}-\d{2}-\d{2}T")).then(parse(text, ISO, None)))


def _by_type(column: Column, profile: Profile, text: pl.Expr, zones: tuple[str, str], sheet: bool) -> pl.Expr:
    kind, entry = column.field.type, column.entry
    if entry.without_blanks:
        text = text.str.replace_all(r"[\s\u{a0}\u{202f}]", "")
    if column.start is not None and entry.unit is not None:
        begun = _dates(column.start, profile, date_text(column.start, profile), zones, sheet)
        return later(begun, _leading(text, entry), entry.unit, zones[1])
    if kind in ("date", "datetime"):
        return _dates(column, profile, text, zones, sheet)
    mapped = _mapped(text, entry)
    if kind == "boolean":
        return _booleans(mapped, profile, entry.invert)
    if entry.unit is not None and kind in ("integer", "number"):
        whole = seconds(_leading(mapped, entry), entry.unit) / UNIT_SECONDS[unit_of(column.field) or "hours"]
        return whole.round().cast(pl.Int64) if kind == "integer" else whole
    if kind == "integer":
        return _integers(mapped, entry.leading_digits)
    if kind == "number":
        return _numbers(mapped)
    if column.field.values:
        return _closed(mapped, column.field.values)
    return pl.when(mapped.str.len_bytes() <= LONGEST_TEXT_BYTES).then(mapped)


def longest_text(seen: Mapping[str, Any]) -> int:
    """Return the length of the longest text, where it is so long that few rows are to be held at once; else 0."""
    longest = max((one or 0 for name, one in seen.items() if name.startswith("bytes|")), default=0)
    return int(longest) if longest > _LONG_TEXT_BYTES else 0


def _leading(text: pl.Expr, entry: ProfileField) -> pl.Expr:
    return text.str.extract(r"^([+-]?\d+)", 1) if entry.leading_digits else text


def _mapped(text: pl.Expr, entry: ProfileField) -> pl.Expr:
    values = {key.strip().casefold(): value for key, value in entry.values.items() if key.strip()}
    low = text.str.to_lowercase()
    if not entry.patterns:
        return _meaning(low, values, text) if values else text
    known = [_meaning(low, values, pl.lit(None, pl.String))] if values else []
    fitting = [
        pl.when(text.str.contains(f"(?i)^(?:{pattern})$")).then(pl.lit(value))
        for pattern, value in entry.patterns.items()
    ]
    return pl.coalesce(*known, *fitting, text)


def _closed(text: pl.Expr, values: tuple[str, ...]) -> pl.Expr:
    plain = text.str.to_lowercase().str.replace_all(r"[\s-]+", "_")
    return pl.when(plain.is_in(list(values))).then(plain)


def _booleans(text: pl.Expr, profile: Profile, invert: bool) -> pl.Expr:
    meaning = {one.casefold(): not invert for one in ("true", *profile.true_values)}
    meaning |= {one.casefold(): invert for one in ("false", *profile.false_values)}
    return _meaning(text.str.to_lowercase(), meaning, pl.lit(None, pl.Boolean))


def _meaning(text: pl.Expr, values: Mapping[str, str | bool], default: pl.Expr) -> pl.Expr:
    """Return what cells mean; unlike ``replace_strict`` this is done slab by slab, in flat memory."""
    words: dict[str | bool, list[str]] = {}
    for word, value in values.items():
        words.setdefault(value, []).append(word)
    found = default
    for value, spelled in words.items():
        found = pl.when(text.is_in(spelled)).then(pl.lit(value)).otherwise(found)
    return found


def _integers(text: pl.Expr, leading_digits: bool) -> pl.Expr:
    leading = r"^([+-]?\d+)(?:\s*|[^\d.,].*|[.,](?:\D.*)?)$"  # 1.234 and 2,5 begin with digits and are no number of them
    pattern = leading if leading_digits else r"^([+-]?\d+)(?:\.0+)?$"
    return text.str.extract(pattern, 1).cast(pl.Int64, strict=False)


def _numbers(text: pl.Expr) -> pl.Expr:
    """Read numbers; ``1,234`` could be either and stays in doubt, as does ``1.234`` among cells with a decimal comma."""
    bare = text.str.replace(r"\s*%$", "").str.replace_all(r"[\s'\u{a0}]", "")
    german = bare.str.replace_all(".", "", literal=True).str.replace(",", ".", literal=True)
    comma_only = bare.str.contains(_COMMA) & ~bare.str.contains(r"^[+-]?[1-9]\d{0,2},\d{3}$")
    with_comma = comma_only | (bare.str.contains(_POINT_GROUPS) & bare.str.contains(r",|\..*\."))
    either = bare.str.contains(_ONE_GROUP) & with_comma.fill_null(False).any()
    spelled = (
        pl.when(either)
        .then(None)
        .when(bare.str.contains(_PLAIN))
        .then(bare)
        .when(with_comma)
        .then(german)
        .when(bare.str.contains(_COMMA_GROUPS) & bare.str.contains(r"\.|,.*,"))
        .then(bare.str.replace_all(",", "", literal=True))
    )
    return spelled.cast(pl.Float64, strict=False)


def _dates(column: Column, profile: Profile, text: pl.Expr, zones: tuple[str, str], sheet: bool) -> pl.Expr:
    layout = column.format or ISO
    found = read_date(text, layout, profile, sheet)
    is_date = column.field.type == "date"
    aware = states_offset(layout)
    source, target = zones
    has_clock = layout == ISO or aware or re.search(r"%[HI]", layout) is not None
    if has_clock and not (is_date and not aware and (layout == ISO or source == target)):
        found = to_zone(found, aware, source, target)
    return found.dt.date() if is_date else found


def _constant(value: str, field: DatasetField) -> pl.Expr:
    if field.type == "boolean":
        return pl.lit(value.casefold() == "true")
    if field.type == "integer":
        return pl.lit(value).cast(pl.Int64, strict=False)
    return pl.lit(value).cast(pl.Float64, strict=False) if field.type == "number" else pl.lit(value)
