"""Workbooks: one passage a row, with sheet and row."""

from pathlib import Path

from auditkit.evidence.metadata import from_passages
from auditkit.evidence.readers.common import Collector, Extract, Skipped, open_zip
from auditkit.evidence.tables_sheet import read_sheets
from auditkit.evidence.tables_text import TableFault


def read_workbook(path: Path, file: str) -> Extract:
    """Read xlsx, xls or ods through the guarded sheet reader."""
    if path.read_bytes()[:2] == b"PK":
        open_zip(path).close()
    found = Collector(file)
    try:
        for sheet in read_sheets(path, None):
            for number, row in enumerate(sheet.rows, start=1):
                cells = [str(cell).strip() for cell in row if cell is not None and str(cell).strip()]
                found.add(" | ".join(cells), sheet=sheet.name, row=number)
    except TableFault as error:
        raise Skipped(str(error)) from error
    return found.extract(from_passages(found.passages))
