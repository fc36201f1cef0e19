"""What a cell of the workbook says, and what its column takes (pure)."""

import re
from datetime import date

from auditkit.base.language import ENGLISH, spoken
from auditkit.improvement.exchange.cells import shown
from auditkit.improvement.exchange.sheet import as_day, holdable, number_text
from auditkit.reporting.workbook.model import Column
from auditkit.reporting.workbook.said import choices_said

_DAY = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})")
"""How people type a day where a point stands behind an ordinal."""


def understood(column: Column, raw: str) -> str:
    """Return the text of a cell as the workbook would write it; what its column does not take stays as it is."""
    text = shown(raw)
    if column.kind == "date":
        day = as_day(text) or _spoken_day(text)
        return str(day) if day else text
    if column.kind == "number":
        return number_text(text) or text
    if column.choices:
        return _chosen(column, "_".join(text.casefold().replace("_", " ").split()))
    return text if column.fills else holdable(text)


def _chosen(column: Column, text: str) -> str:
    """Return what a judgement keeps for a choice, whichever language it is typed in."""
    said = {"_".join(words.casefold().split()): kept for kept, words in choices_said().items()}
    return said.get(text, text) if text not in column.choices else text


def _spoken_day(text: str) -> date | None:
    found = _DAY.fullmatch(text) if spoken() != ENGLISH else None
    try:
        return date(int(found[3]), int(found[2]), int(found[1])) if found else None
    except ValueError:
        return None


def unfit(column: Column, text: str) -> tuple[str, str] | None:
    """Say what is wrong with a filled cell, and what to do; None: its column takes it."""
    if not text:
        return None
    if column.choices and text not in column.choices:
        return (
            f"{text[:40]!r} is none of {', '.join(choices_said()[one] for one in column.choices)}.",
            "Choose from the list, or empty the cell.",
        )
    if column.kind == "date" and as_day(text) is None:
        return f"{text[:40]!r} is no date.", "Write it as 2026-10-15, or empty the cell."
    return None


def holds_words() -> tuple[str, ...]:
    """Return the parts of a judgement that somebody thought about, unlike a column filled down."""
    return "because", "how_checked", "safeguard", "on"
