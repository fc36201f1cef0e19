"""Workbooks: one passage a row, with sheet and row."""

from collections.abc import Iterator
from pathlib import Path

from auditkit.evidence.metadata import from_passages
from auditkit.evidence.readers.common import Collector, Extract, Skipped, open_zip
from auditkit.evidence.tables_sheet import MOST_CELLS, Sheet, read_sheets
from auditkit.evidence.tables_text import TableFault


def read_workbook(path: Path, file: str) -> Extract:
    """Read an Excel workbook through the guarded sheet reader; hidden sheets are named, not read."""
    open_zip(path).close()
    found = Collector(file)
    try:
        _collect(found, read_sheets(path, None))
    except TableFault as error:
        raise Skipped(str(error)) from error
    return found.extract(from_passages(found.passages), _hidden(path))


def read_other_workbook(path: Path, file: str) -> Extract:
    """Read an OpenDocument or old Excel workbook; the caps of the reading process are its guard."""
    import python_calamine

    with path.open("rb") as stream:
        if stream.read(2) == b"PK":
            open_zip(path).close()
    found = Collector(file)
    try:
        _collect(found, _sheets(path))
    except python_calamine.PasswordError as error:
        raise Skipped("the workbook is protected by a password") from error
    except (python_calamine.CalamineError, OSError, KeyError) as error:
        raise Skipped(f"the workbook is damaged ({error})") from error
    return found.extract(from_passages(found.passages), _hidden(path))


def _sheets(path: Path) -> Iterator[Sheet]:
    import python_calamine

    book = python_calamine.CalamineWorkbook.from_path(str(path))
    for meta in book.sheets_metadata:
        if meta.visible != python_calamine.SheetVisibleEnum.Visible:
            continue
        sheet = book.get_sheet_by_name(meta.name)
        if sheet.total_height * sheet.total_width > MOST_CELLS:
            raise Skipped(f"sheet {meta.name!r} has more than {MOST_CELLS:,} cells")
        rows = sheet.to_python(skip_empty_area=False)
        yield Sheet(meta.name, [[_cell(value) for value in row] for row in rows])


def _collect(found: Collector, sheets: Iterator[Sheet]) -> None:
    for sheet in sheets:
        for number, row in enumerate(sheet.rows, start=1):
            cells = [cell.strip() for cell in row if cell.strip()]
            found.add(" | ".join(cells), sheet=sheet.name, row=number)


def _cell(value: object) -> str:
    """Return a cell as a spreadsheet shows it: whole numbers without a fraction, dates as ISO."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _hidden(path: Path) -> tuple[str, ...]:
    import python_calamine

    book = python_calamine.CalamineWorkbook.from_path(str(path))
    visible = python_calamine.SheetVisibleEnum.Visible
    names = [meta.name for meta in book.sheets_metadata if meta.visible != visible]
    return (f"hidden sheets were not read: {', '.join(names)}",) if names else ()
