"""The points of an imported control: one for each sub-statement that has none below it (pure)."""

from typing import NamedTuple

from auditkit.catalog.exchange.issues import Notes
from auditkit.catalog.exchange.model import ForeignItem, ForeignNode
from auditkit.catalog.exchange.source import one_line
from auditkit.catalog.model import Point, Procedures

SHORTEST_STATEMENT_CHARACTERS = 20
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_SUFFIXES = tuple(_LETTERS) + tuple(f"{letter}{digit}" for letter in _LETTERS for digit in "123456789")
"""a to z, then a1 to z9: 260 points in one requirement."""


class Statement(NamedTuple):
    """What one point says, and its place in the control."""

    ending: str
    """``-1``, ``-1a``, ``-1a1``; ``-2a`` in a second requirement."""
    text: str


def statements_of(node: ForeignNode) -> tuple[Statement, ...]:
    """Return a statement for each leaf of a control's items, led by what stands above it; one without items."""
    texts = _leaves(node.items, node.prose)
    if not node.items or not texts:
        return (Statement("-1", node.prose),)
    size = len(_SUFFIXES)
    return tuple(
        Statement(f"-{index // size + 1}{_SUFFIXES[index % size]}", text) for index, text in enumerate(texts)
    )


def point_endings(statements: tuple[Statement, ...]) -> tuple[str, ...]:
    """Return the endings of every requirement and point of a clause."""
    found = [one.ending for one in statements]
    found += [f"-{number + 1}" for number in range(-(-len(statements) // len(_SUFFIXES)))]
    return tuple(dict.fromkeys(found))


def points_of(
    node: ForeignNode, clause: str, title: str, statements: tuple[Statement, ...], notes: Notes
) -> tuple[Point, ...]:
    """Return the points of a control; what is too short or missing is led by the title, with an issue."""
    if len(statements) > len(_SUFFIXES):
        notes.add("import-many-items", f"{clause} has {len(statements)} items.", node.place)
    return tuple(
        Point(
            id=f"{clause}{one.ending}",
            statement=_statement(node, clause, title, one.text, notes),
            kind="activity",
            certainty="estimate",
            procedures=Procedures(
                interview=(f"How is «{title}» met here, and what shows it?", *node.questions)
            ),
            usual_evidence=node.evidence,
        )
        for one in statements
    )


def _leaves(items: tuple[ForeignItem, ...], lead: str) -> list[str]:
    """Return the text of every leaf with what stands above it before it, in reading order."""
    found: list[str] = []
    pending = [(item, lead) for item in reversed(items)]
    while pending:
        item, above = pending.pop()
        text = " ".join(part for part in (above, item.prose) if part)
        if item.items:
            pending += [(child, text) for child in reversed(item.items)]
        elif item.prose:
            found.append(text)
    return found


def _statement(node: ForeignNode, clause: str, title: str, text: str, notes: Notes) -> str:
    if not text:
        notes.add("import-no-text", f"{clause} has no text of its own.", node.place)
        text = title
    if len(text) >= SHORTEST_STATEMENT_CHARACTERS:
        return text
    notes.add("import-short-text", f"{clause}: {text!r} is too short to stand alone.", node.place)
    led = text if text == title else f"{title}: {one_line(text)}"
    return led if len(led) >= SHORTEST_STATEMENT_CHARACTERS else f"The requirement {clause} says: {led}"
