"""Dates and times written as text: which format a column is in, and what its cells say.

A format is accepted by detection only if it alone reads every cell of the column; one that a profile declares
is used as declared and the cells it cannot read become unknown. ISO dates read one way only and are one format.
"""

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import polars as pl

from auditkit.evidence.model import DurationUnit

ISO = "iso"
EPOCH = "%s"
"""Seconds since 1970 in UTC, as databases hold times."""
_ISO_CELL = r"^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?$"
_ISO_WITHOUT_OFFSET = r"^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?$"
_ISO_TIME = re.compile(r"\d{4}-\d{2}-\d{2}T")
_DIGIT = re.compile(r"\d")
UNIT_SECONDS = {"days": 86_400, "hours": 3600, "minutes": 60, "seconds": 1}
_IN_WORDS = r"(?i)^(?:(\d+)\s*d(?:ays?)?)?,?\s*(?:(\d+)\s*h(?:ours?)?)?,?\s*(?:(\d+)\s*m(?:in(?:utes?)?)?)?,?\s*(?:(\d+)\s*s(?:ec(?:onds?)?)?)?$"
_DAY_MONTH = [f"{day}{sep}{month}{sep}%Y" for sep in "/-" for day, month in (("%d", "%m"), ("%m", "%d"))]
COMMON = (
    ISO,
    "%Y-%m-%dT%H:%M:%S%.f%z",
    *(
        f"{day}{clock}"
        for day in ("%d.%m.%Y", *_DAY_MONTH, "%Y/%m/%d", "%d-%b-%Y", "%d %b %Y", "%d/%b/%Y")
        for clock in ("", " %H:%M", " %H:%M:%S", " %I:%M %p", " %I:%M:%S %p")
    ),
)
"""What is tried where a profile names no format."""
_TOKENS = {
    "%Y": r"\d{4}", "%y": r"\d{2}", "%m": r"\d{1,2}", "%d": r"\d{1,2}", "%H": r"\d{1,2}", "%I": r"\d{1,2}",
    "%M": r"\d{2}", "%S": r"\d{2}", "%b": r"[A-Za-z]{3}", "%B": r"[A-Za-z]{3,9}", "%p": r"[AaPp][Mm]",
    "%z": r"(?:Z|[+-]\d{2}:?\d{2})", "%.f": r"(?:\.\d+)?", EPOCH: r"\d{9,10}",
}  # fmt: skip


class DateChoice(NamedTuple):
    """The format of a column, or why there is none."""

    format: str | None
    declared: bool
    """Cells that fail are unknown; otherwise there are none."""
    code: str = ""
    """For no format: ``table-date-ambiguous`` or ``table-date-unreadable``."""
    rivals: tuple[str, ...] = ()


def choose(readable: dict[str, int], cells: int, fallback: str | None) -> DateChoice:
    """Choose a format from the number of cells each candidate reads, of all filled cells.

    ``fallback`` is a format that is taken as declared when none reads the whole column but it reads most.
    """
    whole = tuple(one for one, count in readable.items() if count == cells)
    if cells == 0 or len(whole) == 1:
        return DateChoice(whole[0] if whole else ISO, False)
    if whole:
        return DateChoice(None, False, "table-date-ambiguous", whole)
    if fallback is not None and readable.get(fallback, 0) * 2 > cells:
        return DateChoice(fallback, True)
    best = tuple(sorted(readable, key=lambda one: -readable[one])[:1]) if any(readable.values()) else ()
    return DateChoice(None, False, "table-date-unreadable", best)


def parse(text: pl.Expr, layout: str, pivot_year: int | None) -> pl.Expr:
    """Return naive wall-clock times for cells in a format, or UTC-based ones where it states an offset."""
    if layout == ISO:
        return _parse_iso(text)
    if layout == EPOCH:
        inside = pl.when(text.str.contains(shape(EPOCH))).then(text).cast(pl.Int64, strict=False)
        return pl.from_epoch(inside, time_unit="s").dt.cast_time_unit("us").dt.replace_time_zone("UTC")
    clean = text.str.replace(r"Z$", "+0000") if layout.endswith("%z") else text
    inside = pl.when(text.str.contains(shape(layout))).then(clean)
    found = inside.str.to_datetime(layout, strict=False, cache=False, time_unit="us")
    if "%z" in layout:
        return found.dt.convert_time_zone("UTC")
    if "%y" in layout and pivot_year is not None:
        short = found.dt.year() % 100
        century = pl.when(short >= pivot_year % 100).then(1900).otherwise(2000)
        return found.dt.replace(year=century + short)
    return found


def states_offset(layout: str) -> bool:
    """Tell whether a format states the offset from UTC in each cell, or is always in UTC."""
    return "%z" in layout or layout == EPOCH


def shape(layout: str) -> str:
    """Return a regular expression for what a format looks like; chrono alone would read year 16 for 2016."""
    parts = re.split(r"(%\.f|%[A-Za-z])", layout)
    return "^" + "".join(_TOKENS.get(part, re.escape(part)) for part in parts) + "$"


def unknown_tokens(layout: str) -> tuple[str, ...]:
    """Return the parts of a format that are not understood."""
    return tuple(one for one in re.findall(r"%\.f|%[A-Za-z]", layout) if one not in _TOKENS)


def to_zone(found: pl.Expr, aware: bool, source: str, target: str) -> pl.Expr:
    """Return wall-clock times of the target zone.

    Times that occur twice or never because the clock changed, in either zone, are null.
    """
    if aware:
        moved = found.dt.convert_time_zone(target).dt.replace_time_zone(None)
    elif source == target:
        moved = found
    else:
        local = found.dt.replace_time_zone(source, ambiguous="null", non_existent="null")
        moved = local.dt.convert_time_zone(target).dt.replace_time_zone(None)
    if target == "UTC":
        return moved
    checked = moved.dt.replace_time_zone(target, ambiguous="null", non_existent="null")
    return checked.dt.replace_time_zone(None)


def seconds(text: pl.Expr, unit: DurationUnit) -> pl.Expr:
    """Return lengths of time as seconds, negative where a minus stands before them.

    The unit is that of a bare number. Cells may also say their units (``1 Day 2 Hours``, ``3 d 4 h``) or be an
    offset from the start of 1970 (``1970-01-20 05:38:50``), as databases hold lengths of time.
    """
    words = text.str.extract_groups(_IN_WORDS)
    spoken = pl.sum_horizontal(
        words.struct[str(at)].cast(pl.Float64, strict=False) * size
        for at, size in enumerate(UNIT_SECONDS.values(), 1)
    )
    said = pl.when(text.str.contains(_IN_WORDS) & text.str.contains(r"\d")).then(spoken)
    offset = (
        parse(pl.when(text.str.starts_with("1970-")).then(text), ISO, None).dt.epoch("s").cast(pl.Float64)
    )
    return pl.coalesce(_bare(text, unit), said, offset)


def _bare(text: pl.Expr, unit: DurationUnit) -> pl.Expr:
    if unit == "months":  # of no one length
        return pl.lit(None, pl.Float64)
    if unit != "clock":
        number = text.str.extract(r"^([+-]?\d+(?:\.\d+)?)$", 1).cast(pl.Float64, strict=False)
        return number * UNIT_SECONDS[unit]
    parts = text.str.extract_groups(r"^([+-]?)\s*(\d+):([0-5]\d)(?::([0-5]\d))?$")
    hours, minutes, rest = (parts.struct[one].cast(pl.Float64, strict=False) for one in ("2", "3", "4"))
    total = hours * 3600 + minutes * 60 + rest.fill_null(0)
    return pl.when(parts.struct["1"] == "-").then(-total).otherwise(total)


def later(start: pl.Expr, text: pl.Expr, unit: DurationUnit, zone: str) -> pl.Expr:
    """Return the times that lie a length of time after others; days and months are those of the calendar.

    Elapsed time is reckoned through clock changes of the zone; a time that then occurs twice is null.
    """
    if unit in ("days", "months"):
        count = text.str.extract(r"^(\d+)$", 1)
        return start.dt.offset_by(pl.format("{}" + ("d" if unit == "days" else "mo"), count))
    elapsed = pl.duration(microseconds=(seconds(text, unit) * 1_000_000).cast(pl.Int64), time_unit="us")
    begun = start.dt.replace_time_zone(zone, ambiguous="null", non_existent="null")
    return to_zone(begun + elapsed, True, zone, zone)


def candidates(formats: Sequence[str]) -> tuple[str, ...]:
    """Return the formats to try: ISO, which is never ambiguous, and a profile's own or the common ones."""
    if not formats:
        return COMMON
    return (ISO, *(one for one in formats if states_offset(one) or not one.startswith("%Y-%m-%d")))


def fitting(
    cells: Sequence[str], layouts: Sequence[str], is_sheet: bool, fallback: str | None
) -> tuple[str, ...]:
    """Return the formats whose shape fits every cell of a sample; without any, the one that fits most of them.

    True date cells of a sheet (ISO with a ``T``) fit every format. ``fallback`` is always among the formats.
    """
    # no pattern asks which digit it is, so that cells that differ in digits only are looked at once
    left = Counter(_DIGIT.sub("0", cell) for cell in cells if not (is_sheet and _ISO_TIME.match(cell)))
    patterns = {layout: re.compile(_ISO_CELL if layout == ISO else shape(layout)) for layout in layouts}
    hits = {
        layout: sum(count for cell, count in left.items() if pattern.match(cell))
        for layout, pattern in patterns.items()
    }
    if not left:
        return (ISO,)
    whole = left.total()
    kept = [layout for layout in layouts if hits[layout] == whole] or [max(layouts, key=hits.__getitem__)]
    return tuple(dict.fromkeys([*kept, *([fallback] if fallback else [])]))


def _parse_iso(text: pl.Expr) -> pl.Expr:
    """Read ISO cells of any length; an offset is refused here, because the rest of the column has none."""
    length = text.str.len_bytes()
    day = pl.when(length == 10).then(text + "T00:00:00")
    padded = day.when(length == 16).then(text + ":00").otherwise(text.str.slice(0, 19))
    inside = pl.when(text.str.contains(_ISO_WITHOUT_OFFSET)).then(padded.str.replace(" ", "T", literal=True))
    return inside.str.to_datetime("%Y-%m-%dT%H:%M:%S", strict=False, cache=False, time_unit="us")
