"""Which row of a table is its header, written in one row or in two with merged cells."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from auditkit.evidence.profiles import Mapping
from auditkit.evidence.tables_text import TableFault

WITHIN_ROWS = 30
"""How far down a header is looked for."""
Chooser = Callable[[list[str]], Mapping | None]
Merged = Sequence[tuple[int, int, int, int]]


class Header(NamedTuple):
    """The header of a table and what it maps to."""

    names: list[str]
    row: int
    """Row of the header, of its lower one where it has two; counted from 1."""
    mapping: Mapping
    rows: int = 1
    """Rows the header takes up."""


def find_header(sample: Sequence[Sequence[str]], choose: Chooser, merged: Merged = ()) -> Header:
    """Return the first header that fits, or the one right below it that finds more; TableFault when none fits.

    Two rows are taken together where a name stands over several columns, or where one fills the gaps of the other.
    """
    for number in range(1, min(len(sample), WITHIN_ROWS) + 1):
        first = _best_at(sample, number, choose, merged)
        if first is not None:
            below = _best_at(sample, number + 1, choose, merged)
            return max((one for one in (first, below) if one), key=lambda one: (_found(one), -one.rows))
    first_row = next((", ".join(cell for cell in row if cell)[:120] for row in sample if any(row)), "nothing")
    shown = "".join(letter if letter.isprintable() else "?" for letter in first_row)
    raise TableFault(f"no header row fits the dataset or one of its profiles (the first row reads: {shown})")


def _best_at(sample: Sequence[Sequence[str]], number: int, choose: Chooser, merged: Merged) -> Header | None:
    """Return the header that starts in a row and finds most fields, one row rather than two."""
    if number > len(sample):
        return None
    names = _names(sample[number - 1])
    double = _names(sample[number]) if number < len(sample) else []
    tries = [(names, number, 1)]
    if names and double and (not all(names) or len(names) < len(double)):
        spans = _spans(merged, number - 1)
        tries += [(one, number + 1, 2) for one in _together(names, double, spans)]
    found = [
        Header(header, at, mapping, rows)
        for header, at, rows in tries
        if header and (mapping := choose(list(header))) is not None
    ]
    return max(found, key=lambda one: (_found(one), -one.rows)) if found else None


def _found(header: Header) -> int:
    return len(header.mapping.columns)


def _names(row: Sequence[str]) -> list[str]:
    names = [cell.strip().removeprefix("\ufeff") for cell in row]
    while names and not names[-1]:
        names.pop()
    return names


def _spans(merged: Merged, row: int) -> dict[int, int]:
    """Return for each column under a name merged over several columns of a row the column of that name."""
    return {
        column: left
        for top, left, bottom, right in merged
        if top <= row <= bottom and right > left
        for column in range(left, right + 1)
    }


def _together(upper: list[str], lower: list[str], spans: dict[int, int]) -> list[list[str]]:
    """Return the ways two rows make one header: the lower name or else the upper, and both one after the other."""
    width = max(len(upper), len(lower))
    above = upper + [""] * (width - len(upper))
    below = lower + [""] * (width - len(lower))
    groups, last = [], ""
    for column, name in enumerate(above):
        carried = last if not spans and below[column] else ""
        last = above[spans[column]] if column in spans else name or carried
        groups.append(last)
    either = [low or high for high, low in zip(above, below, strict=True)]
    both = [
        f"{group} {low}" if low and group and group != low else low or high
        for group, low, high in zip(groups, below, above, strict=True)
    ]
    return [either, both]
