"""The sheet of a sample to fill in: one row an item, two columns an attribute, and a page that says how."""

import re
from datetime import datetime
from pathlib import Path
from typing import Any

from auditkit.assessment.sampling.model import ANSWERS, Sample, plain

ITEMS, ABOUT = "Sample", "About"
EXAMINED_BY, EXAMINED_AT, DRAWING = "Examined by (person id)", "Examined on (YYYY-MM-DD)", "Drawing"
NUMBER, KEY = "no", "key"
_LONGEST_TEXT = 300
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


def note_header(attribute: str) -> str:
    """Return the header of the notes on an attribute."""
    return f"{attribute} note"


def shown(text: str) -> str:
    """Return a text as a cell can show it: on one line, without control characters, not endless."""
    return _CONTROL.sub(" ", text)[:_LONGEST_TEXT].strip()


def write_sheet(sample: Sample, path: Path) -> None:
    """Write the workbook of a sample, answers known so far filled in; the same sample gives the same bytes."""
    import xlsxwriter

    with xlsxwriter.Workbook(str(path), {"in_memory": True, "strings_to_urls": False}) as book:
        book.set_properties({"title": sample.id, "created": datetime(2000, 1, 1)})  # noqa: DTZ001
        bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        _write_items(book.add_worksheet(ITEMS), sample, bold, text)
        _write_about(book.add_worksheet(ABOUT), sample, bold, text)


def _write_items(page: Any, sample: Sample, bold: Any, text: Any) -> None:
    stratified = sample.design.method == "stratified"
    given = [NUMBER, KEY, "evidence", "file", "sheet", "row", *(["stratum"] if stratified else [])]
    headers = list(given)
    for one in sample.attributes:
        headers += [f"{one.id}: {shown(one.text)}", note_header(one.id)]
    for column, header in enumerate(headers):
        page.write_string(0, column, header, bold)
        page.set_column(column, column, 8 if header in (NUMBER, "row") else 24)
    page.freeze_panes(1, 2)
    for row, item in enumerate(sample.items, 1):
        page.write_number(row, 0, row)
        page.write_number(row, 5, item.row)
        cells = {1: item.key, 2: item.evidence, 3: item.file, 4: item.sheet or ""}
        if stratified:
            cells[6] = item.stratum or "(empty)"
        for at, one in enumerate(sample.attributes):
            found = item.results[one.id]
            cells[len(given) + 2 * at] = found.answer or ""
            cells[len(given) + 2 * at + 1] = found.note
        for column, value in cells.items():
            _write_text(page, row, column, value if column >= len(given) else shown(value), text)
    for at in range(len(sample.attributes)):
        column = len(given) + 2 * at
        rule = {"validate": "list", "source": list(ANSWERS), "ignore_blank": True}
        page.data_validation(1, column, len(sample.items), column, rule)


def _write_about(page: Any, sample: Sample, bold: Any, text: Any) -> None:
    design = sample.design
    page.set_column(0, 0, 30)
    page.set_column(1, 1, 90)
    rows = [
        ("Sample", f"{sample.id} {sample.title}".strip()),
        (EXAMINED_BY, sample.examined_by or ""),
        (EXAMINED_AT, str(sample.examined_at or "")),
        ("How to fill in", "On the first page choose an answer for each item: yes (it is so), no (a deviation), "
         "not_determinable. Beside every no and not_determinable write what was seen. Do not add or remove rows."),
        ("Then", f"auditkit sample read {sample.id}"),
        ("Records", f"{sample.dataset}, where {sample.where}"),
        ("Population", f"{sample.population.count:,} rows, {sample.population.unknown:,} more could not be drawn"),
        ("Method", f"{design.method}{f' by {design.by}' if design.by else ''}, seed {design.seed}"),
        ("Size", f"{len(sample.items):,}, for {plain(design.confidence_percent)} % confidence, "
         f"{plain(design.tolerable_percent)} % tolerable, {plain(design.expected_percent)} % expected"),
        (DRAWING, sample.drawing),
    ]  # fmt: skip
    rows += [
        (one.id, f"{one.text} ({one.point}, {one.basis.replace('_', ' ')})") for one in sample.attributes
    ]
    for row, (label, value) in enumerate(rows):
        page.write_string(row, 0, label, bold)
        _write_text(page, row, 1, shown(value), text)


def _write_text(page: Any, row: int, column: int, value: str, text: Any) -> None:
    """Write a text as text, never as a formula or link; an empty one leaves the cell empty."""
    if value:
        page.write_string(row, column, value, text)
    else:
        page.write_blank(row, column, None, text)
