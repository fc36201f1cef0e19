"""Lines for a terminal that hang below their label."""

from textwrap import wrap

from auditkit.reporting.words import printable


def hanging(label: str, text: str, width: int = 80) -> str:
    """Return a text of at most ``width`` columns, its further lines set in as far as the label is long."""
    flat = " ".join(printable(text).split())
    lines = wrap(flat, width - len(label), break_on_hyphens=False) or [""]
    return "\n".join([f"{label}{lines[0]}", *(f"{' ' * len(label)}{line}" for line in lines[1:])])
