"""The list for stage 1 as CSV and as Markdown: what was asked for, what was received, and its state."""

import csv
import io

from auditkit.base.language import message, say_as, translated
from auditkit.reporting.view_parts import StageRow
from auditkit.reporting.words import printable

_COLUMNS = (
    message("document"),
    message("asked by"),
    message("clauses"),
    message("asked"),
    message("received"),
    message("state"),
    message("what is lacking"),
    message("owner"),
)


def stage_csv(rows: tuple[StageRow, ...]) -> str:
    """Return the list as CSV; no cell is taken for a formula."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(_heads())
    writer.writerows([_harmless(cell) for cell in _cells(row)] for row in rows)
    return text.getvalue()


def stage_markdown(rows: tuple[StageRow, ...], title: str) -> str:
    """Return the list as a Markdown page."""
    lines = [
        f"# {_inline(title)}",
        "",
        f"| {' | '.join(_heads())} |",
        f"|{'---|' * len(_COLUMNS)}",
        *(f"| {' | '.join(_inline(cell) for cell in _cells(row))} |" for row in rows),
    ]
    return "\n".join(lines) + "\n"


def _heads() -> list[str]:
    return [translated(one) for one in _COLUMNS]


def _cells(row: StageRow) -> tuple[str, ...]:
    lacking = " ".join(row.faults)
    received = "; ".join(row.received)
    asked_by = say_as("asked by", "standard") if row.asked_by == "standard" else say_as("asked by", "auditor")
    return (row.title, asked_by, row.clauses, row.asked, received, row.state, lacking, row.owner)


def _harmless(text: str) -> str:
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def _inline(text: str) -> str:
    """Keep a cell in its row and its signs from being taken for a table or for a tag."""
    flat = " ".join(printable(text).split())
    return flat.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;")
