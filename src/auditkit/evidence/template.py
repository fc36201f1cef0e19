"""Templates for auditees whose tool has no profile: an empty table of a dataset, as CSV or XLSX."""

import csv
from pathlib import Path
from typing import Any

from auditkit.evidence.model import Dataset, DatasetField

_ROWS_WITH_LISTS = 10_000
_SHAPES = {
    "text": "text",
    "integer": "whole number",
    "number": "number, such as 99.95",
    "boolean": "true or false",
    "date": "2026-03-31",
    "datetime": "2026-03-31 14:05, local time",
}


def write_template(dataset: Dataset, path: Path) -> None:
    """Write the template of a dataset; the ending, .csv or .xlsx, decides the form.

    The header row holds the field names. The workbook has a second sheet, About, with type, meaning and
    allowed values, and offers the allowed values as lists. ValueError for another ending.
    """
    if path.suffix.lower() == ".csv":
        with path.open("w", encoding="utf-8-sig", newline="") as stream:
            csv.writer(stream).writerow([field.name for field in dataset.fields])
    elif path.suffix.lower() == ".xlsx":
        _write_workbook(dataset, path)
    else:
        raise ValueError(f"{path.name}: a template is .csv or .xlsx")


def _write_workbook(dataset: Dataset, path: Path) -> None:
    import datetime

    import xlsxwriter

    with xlsxwriter.Workbook(str(path), {"in_memory": True}) as book:
        book.set_properties({"title": dataset.title, "created": datetime.datetime(2000, 1, 1)})  # noqa: DTZ001
        bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        records = book.add_worksheet("Records")
        records.freeze_panes(1, 1)
        for at, field in enumerate(dataset.fields):
            records.write_string(0, at, field.name, bold)
            records.set_column(at, at, max(12, len(field.name) + 2), _format(book, field))
            allowed = _allowed(field)
            if allowed:
                rule = {"validate": "list", "source": list(allowed), "ignore_blank": True}
                records.data_validation(1, at, _ROWS_WITH_LISTS, at, rule)
        _write_about(book, dataset, bold)


def _write_about(book: Any, dataset: Dataset, bold: Any) -> None:
    about = book.add_worksheet("About")
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    about.write_string(
        0, 0, f"{dataset.title}. {dataset.about} One row a record; an empty cell means not known."
    )
    about.write_row(2, 0, ["Field", "Type", "Meaning", "Allowed values"], bold)
    for row, field in enumerate(dataset.fields, 3):
        key = " (identifies the record)" if field.name == dataset.key else ""
        cells = [field.name, _SHAPES[field.type], f"{field.about}{key}", ", ".join(_allowed(field))]
        about.write_row(row, 0, cells, wrap)
    about.set_column(0, 0, 26)
    about.set_column(1, 1, 30)
    about.set_column(2, 3, 60)


def _allowed(field: DatasetField) -> tuple[str, ...]:
    return ("true", "false") if field.type == "boolean" else field.values


def _format(book: Any, field: DatasetField) -> Any:
    shapes = {"date": "yyyy-mm-dd", "datetime": "yyyy-mm-dd hh:mm", "text": "@"}
    shape = shapes.get(field.type)
    return book.add_format({"num_format": shape}) if shape else None
