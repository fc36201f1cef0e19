"""Workbooks, read cell by cell as text once they were looked over; what the sheet hides is told, not obeyed."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import NamedTuple

from auditkit.evidence.tables_text import TableFault
from auditkit.evidence.tables_workbook import LARGEST_UNPACKED_BYTES, MOST_CELLS, SheetFacts, look_over

__all__ = ["ERROR_VALUES", "LARGEST_UNPACKED_BYTES", "MOST_CELLS", "Sheet", "read_sheets"]
ERROR_VALUES = ("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!")
"""What a spreadsheet shows for a formula that failed; never a value."""
Merged = tuple[int, int, int, int]
"""First row, first column, last row, last column, counted from 0."""


class Sheet(NamedTuple):
    """One sheet as text; row 1 of the list is row 1 of the sheet."""

    name: str
    rows: list[list[str]]
    merged: tuple[Merged, ...] = ()
    facts: SheetFacts | None = None
    """What the sheet says beside its values; None: it was not looked at."""
    hidden: tuple[str, ...] = ()
    """Names of the sheets the workbook does not show."""


def read_sheets(path: Path, wanted: str | None) -> Iterator[Sheet]:
    """Yield the wanted sheet, or every visible one in order; TableFault when it cannot be done safely."""
    for sheet, rows in walk_sheets(path, wanted):
        yield sheet._replace(rows=list(rows))


def walk_sheets(path: Path, wanted: str | None) -> Iterator[tuple[Sheet, Iterator[list[str]]]]:
    """Yield sheets as ``read_sheets`` does, without rows, and beside each its rows one after another."""
    facts = look_over(path)
    import python_calamine

    try:
        book = python_calamine.CalamineWorkbook.from_path(str(path))
        visible = python_calamine.SheetVisibleEnum.Visible
        hidden = tuple(meta.name for meta in book.sheets_metadata if meta.visible != visible)
        names = [name for name in book.sheet_names if name not in hidden]
        if wanted is not None:
            if wanted not in book.sheet_names:
                raise TableFault(f"it has no sheet {wanted!r}")
            names = [wanted]
        elif not names:
            raise TableFault(
                f"every sheet is hidden ({', '.join(hidden)}); register the one that holds records"
            )
        for name in names:
            sheet = book.get_sheet_by_name(name)
            if sheet.total_height * sheet.total_width > MOST_CELLS:
                raise TableFault(f"sheet {name!r} has more than {MOST_CELLS:,} cells")
            seen = facts.get(name, SheetFacts())
            found = Sheet(name, [], _merged(sheet.merged_cell_ranges), seen, hidden)
            before = sheet.start[1] if sheet.start else 0
            yield found, _rows(sheet.iter_rows(), before, seen)
    except python_calamine.PasswordError as error:
        raise TableFault("the workbook is protected by a password") from error
    except (python_calamine.CalamineError, OSError, KeyError) as error:
        raise TableFault(f"the workbook is damaged ({error})") from error


def _rows(found: Iterable[Sequence[object]], before: int, facts: SheetFacts) -> Iterator[list[str]]:
    """Yield rows as text, with ``before`` empty columns; a formula without a sound result shows an error value."""
    void: dict[int, list[int]] = {}
    for row, column in facts.failed | facts.uncomputed:
        void.setdefault(row, []).append(column)
    for number, cells in enumerate(found, 1):
        texts = [""] * before + [_text(cell) for cell in cells]
        for column in void.get(number, ()):
            if column <= len(texts):
                texts[column - 1] = ERROR_VALUES[0]
        yield texts


def _merged(ranges: Sequence[tuple[tuple[int, int], tuple[int, int]]] | None) -> tuple[Merged, ...]:
    return tuple((first[0], first[1], last[0], last[1]) for first, last in ranges or ())


def _text(cell: object) -> str:
    """Return a cell as text: true dates as ISO with a ``T`` to the nearest second, whole numbers without a fraction."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        late = cell.microsecond >= 500_000 and cell.year < 9999
        return (cell + timedelta(seconds=late)).strftime("%Y-%m-%dT%H:%M:%S")
    if isinstance(cell, date):
        return f"{cell.isoformat()}T00:00:00"
    if isinstance(cell, (time, timedelta)):
        return str(cell)
    return "" if cell is None else str(cell)
