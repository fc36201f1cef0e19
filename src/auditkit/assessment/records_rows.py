"""The rows a record test names: a few in the result, all of them in a file a spreadsheet can open safely."""

import csv
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import polars as pl

from auditkit.assessment.model import ExceptionRow
from auditkit.assessment.records_plan import Plan
from auditkit.base.place import Place

ROWS_IN_RESULT = 25
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def exception_rows(plan: Plan, rows: pl.DataFrame, key: str) -> tuple[ExceptionRow, ...]:
    """Return the first rows that contradict a test, in the order of files and rows."""
    return tuple(
        ExceptionRow(
            evidence=row["_evidence"],
            place=Place(file=row["_file"], sheet=row["_sheet"], row=row["_row"]),
            key=_text(row.get(key)) or "",
            values={field: _text(row[field]) for field in plan.fields},
        )
        for row in rows.head(ROWS_IN_RESULT).iter_rows(named=True)
    )


def write_rows(
    plan: Plan, contradicting: pl.DataFrame, unknown: pl.DataFrame, key: str, folder: Path
) -> None:
    """Write every exception and every unknown row to ``<test id>.csv``; without any, no file stays there."""
    target = folder / f"{plan.test.id}.csv"
    if contradicting.is_empty() and unknown.is_empty():
        target.unlink(missing_ok=True)
        return
    folder.mkdir(parents=True, exist_ok=True)
    fields = [field for field in plan.fields if field != key]
    with target.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)  # ends lines with CR LF, so that a lone CR in a cell is quoted too
        writer.writerow(["computed", "evidence", "file", "sheet", "row", key, *fields])
        for what, rows in (("exception", contradicting), ("unknown", unknown)):
            writer.writerows(_line(what, row, [key, *fields]) for row in rows.iter_rows(named=True))


def safe_cell(text: str) -> str:
    """Return text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def _line(what: str, row: Mapping[str, Any], fields: list[str]) -> list[str]:
    places = [
        what,
        row["_evidence"],
        safe_cell(row["_file"]),
        safe_cell(row["_sheet"] or ""),
        str(row["_row"]),
    ]
    return [*places, *(_cell(row.get(field)) for field in fields)]


def _cell(value: object) -> str:
    text = _text(value) or ""
    return safe_cell(text) if isinstance(value, str) else text


def _text(value: object) -> str | None:
    """Return a value as text: booleans in lower case, times without needless seconds' fractions."""
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    return str(value)
