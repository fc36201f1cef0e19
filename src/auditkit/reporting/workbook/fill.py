"""What a cell of the workbook says, and what its column takes (pure)."""

from auditkit.improvement.exchange.cells import shown
from auditkit.improvement.exchange.sheet import as_day, holdable, number_text
from auditkit.reporting.workbook.model import Column


def understood(column: Column, raw: str) -> str:
    """Return the text of a cell as the workbook would write it; what its column does not take stays as it is."""
    text = shown(raw)
    if column.kind == "date":
        day = as_day(text)
        return str(day) if day else text
    if column.kind == "number":
        return number_text(text) or text
    if column.choices:
        return "_".join(text.casefold().replace("_", " ").split())
    return text if column.fills else holdable(text)


def unfit(column: Column, text: str) -> tuple[str, str] | None:
    """Say what is wrong with a filled cell, and what to do; None: its column takes it."""
    if not text:
        return None
    if column.choices and text not in column.choices:
        return (
            f"{text[:40]!r} is none of {', '.join(column.choices)}.",
            "Choose from the list, or empty the cell.",
        )
    if column.kind == "date" and as_day(text) is None:
        return f"{text[:40]!r} is no date.", "Write it as 2026-10-15, or empty the cell."
    return None


def holds_words() -> tuple[str, ...]:
    """Return the parts of a judgement that somebody thought about, unlike a column filled down."""
    return "because", "how_checked", "safeguard", "on"
