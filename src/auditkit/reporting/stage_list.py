"""The list for stage 1 as CSV and as Markdown: what was asked for, what was received, and its state."""

import csv
import io

from auditkit.reporting.view_parts import StageRow
from auditkit.reporting.words import printable

_COLUMNS = ("document", "asked by", "clauses", "asked", "received", "state", "what is lacking", "owner")


def stage_csv(rows: tuple[StageRow, ...]) -> str:
    """Return the list as CSV; no cell is taken for a formula."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    writer.writerows([_harmless(cell) for cell in _cells(row)] for row in rows)
    return text.getvalue()


def stage_markdown(rows: tuple[StageRow, ...], title: str) -> str:
    """Return the list as a Markdown page."""
    lines = [
        f"# {_inline(title)}",
        "",
        f"| {' | '.join(_COLUMNS)} |",
        f"|{'---|' * len(_COLUMNS)}",
        *(f"| {' | '.join(_inline(cell) for cell in _cells(row))} |" for row in rows),
    ]
    return "\n".join(lines) + "\n"


def _cells(row: StageRow) -> tuple[str, ...]:
    lacking = " ".join(row.faults)
    received = "; ".join(row.received)
    return (row.title, row.asked_by, row.clauses, row.asked, received, row.state, lacking, row.owner)


def _harmless(text: str) -> str:
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def _inline(text: str) -> str:
    """Keep a cell in its row and its signs from being taken for a table or for a tag."""
    flat = " ".join(printable(text).split())
    return flat.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;")
