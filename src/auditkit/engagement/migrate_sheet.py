"""Read a list of old findings or verdicts from a sheet, so that audits kept in a workbook are carried over too."""

import csv
import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from auditkit.assessment.previous import PreviousVerdict, carry
from auditkit.base.issue import InputIssue
from auditkit.base.place import Place
from auditkit.catalog.crosswalk import Crosswalk
from auditkit.catalog.exchange.workbook import WorkbookFault, column_letters, read_sheets

COLUMNS = ("id", "criterion", "said", "text", "by", "at")
"""``criterion``: points, requirements or clauses, several apart by spaces, commas or semicolons."""
Row = dict[str, tuple[str, str]]
"""Column to cell name and text."""


def read_findings(
    path: Path, crosswalk: Crosswalk
) -> tuple[tuple[PreviousVerdict, ...], tuple[InputIssue, ...]]:
    """Carry every row of a sheet over; a row that cannot be used is an issue that names the cell."""
    found: list[PreviousVerdict] = []
    issues: list[InputIssue] = []
    try:
        rows = list(_rows(path))
    except (OSError, UnicodeDecodeError, csv.Error, WorkbookFault) as error:
        return (), (_issue(path, None, f"The sheet cannot be read ({error})."),)
    if not rows or not {"id", "criterion", "said"} <= rows[0][1].keys():
        return (), (_issue(path, 1, f"The first row has to name the columns {', '.join(COLUMNS)}."),)
    for number, row in rows:
        lacking = [cell for name, (cell, text) in row.items() if name in COLUMNS[:3] and not text]
        for cell in lacking:
            issues.append(_issue(path, number, f"{cell} is empty; the row was left out."))
        if lacking:
            continue
        cell, text = row.get("at", ("", ""))
        at = _day(text)
        if text and at is None:
            issues.append(
                _issue(path, number, f"{cell}: {text!r} is no date such as 2009-05-31; it was left out.")
            )
        found += carry(
            crosswalk,
            path.stem,
            row["id"][1],
            tuple(row["criterion"][1].replace(",", " ").replace(";", " ").split()),
            row["said"][1],
            row.get("text", ("", ""))[1],
            row.get("by", ("", ""))[1],
            at,
        )
    return tuple(found), tuple(issues)


def _rows(path: Path) -> Iterator[tuple[int, Row]]:
    """Yield number and cells of each row below the header."""
    header: dict[int, str] = {}
    for number, cells in _cells(path):
        if not header:
            header = {column: text.strip().casefold() for column, text in cells.items()}
            continue
        yield (
            number,
            {
                name: (f"{column_letters(column)}{number}", cells.get(column, "").strip())
                for column, name in header.items()
                if name in COLUMNS
            },
        )


def _cells(path: Path) -> Iterator[tuple[int, dict[int, str]]]:
    if path.suffix.lower() == ".xlsx":
        sheets = [sheet for sheet in read_sheets(path) if sheet.rows]
        yield from (sheets[0].rows if sheets else [])
        return
    text = path.read_text(encoding="utf-8-sig")
    delimiter = max(",;\t", key=text.partition("\n")[0].count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    for number, row in enumerate(reader, start=1):
        cells = {column: cell for column, cell in enumerate(row) if cell.strip()}
        if cells:
            yield number, cells


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _issue(path: Path, row: int | None, message: str) -> InputIssue:
    return InputIssue(
        code="previous-sheet",
        severity="warning",
        place=Place(file=path.name, row=row),
        message=message,
        hint="Correct the cell and migrate again.",
    )
