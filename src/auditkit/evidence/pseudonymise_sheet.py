"""Write one sheet of a workbook anew, every cell as the text the reader sees; nothing else of the workbook comes along."""

import datetime
from collections.abc import Callable, Sequence
from pathlib import Path

from auditkit.evidence.tables_header import Header
from auditkit.evidence.tables_sheet import Sheet
from auditkit.evidence.tables_source import fill_down
from auditkit.evidence.tables_text import TableFault

_LONGEST_CELL_CHARACTERS = 32_767
"""What a workbook can hold in a cell."""


def write_sheet(
    sheet: Sheet, header: Header, target: Path, change: Callable[[int, Sequence[str]], list[str]]
) -> list[list[str]]:
    """Write the sheet with every row below the header put through ``change``; return the rows written.

    Names that stand over several columns and hidden rows and columns stay; values merged over rows are written in each.
    """
    import xlsxwriter
    from xlsxwriter.exceptions import OverlappingRange

    fill_down(sheet.rows, sheet.merged)
    rows = [
        change(number, row) if number > header.row else list(row) for number, row in enumerate(sheet.rows, 1)
    ]
    longest = max((len(cell) for row in rows for cell in row), default=0)
    if longest > _LONGEST_CELL_CHARACTERS:
        raise TableFault(f"a cell has {longest:,} characters, more than a workbook can hold; ask for a CSV")
    with xlsxwriter.Workbook(str(target), {"in_memory": True}) as book:
        book.set_properties({"created": datetime.datetime(2000, 1, 1)})  # noqa: DTZ001 - a fixed moment, so equal bytes
        written = book.add_worksheet(sheet.name)
        for top, left, bottom, right in sheet.merged:
            if bottom < header.row and (right > left or bottom > top):
                try:
                    written.merge_range(top, left, bottom, right, "")
                except OverlappingRange as error:
                    raise TableFault("its merged cells overlap, so the workbook is damaged") from error
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                if cell:
                    written.write_string(at, column, cell)
        if sheet.facts is not None:
            for hidden in sheet.facts.hidden_rows:
                written.set_row(hidden - 1, None, None, {"hidden": True})
            for first, last in sheet.facts.hidden_columns:
                written.set_column(first - 1, last - 1, None, None, {"hidden": True})
    return rows
