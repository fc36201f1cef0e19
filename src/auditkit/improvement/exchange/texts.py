"""Rows as the text of a file: CSV or JSON lines (pure)."""

import csv
import io
import json
from collections.abc import Sequence

from auditkit.improvement.exchange.model import Row, Tracker


def csv_text(tracker: Tracker, rows: Sequence[Row]) -> str:
    """Return a header and one record an item; several lines in a cell stand between quotation marks."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=tracker.delimiter, lineterminator="\r\n")
    writer.writerow([one.header for one in tracker.columns])
    writer.writerows(row.cells for row in rows)
    return text.getvalue()


def json_lines(tracker: Tracker, rows: Sequence[Row]) -> str:
    """Return one JSON object a line; empty texts and lists are left out."""
    lines = []
    for row in rows:
        record: dict[str, object] = {}
        for column, cell in zip(tracker.columns, row.cells, strict=True):
            if column.kind == "list":
                record[column.header] = [line for line in cell.split("\n") if line.strip()]
            elif cell and column.kind == "number":
                record[column.header] = json.loads(cell)
            elif cell:
                record[column.header] = cell
        lines.append(json.dumps(record, ensure_ascii=False))
    return "".join(f"{line}\n" for line in lines)
