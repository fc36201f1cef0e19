"""Identifiers of clauses, requirements and points.

Grammar of a point: ``clause '-' ['A'] number [letter [digit]]``; without the letter it is a requirement
(and, where the requirement has no letters, its own single point). ``4.1-A1`` is the first requirement that
an amendment added to clause 4.1. Clauses compare as tuples of numbers, so ``8.2`` precedes ``8.10`` and is
not its parent.
"""

import re

CLAUSE_PATTERN = re.compile(r"\d+(?:\.\d+)*")
POINT_PATTERN = re.compile(
    r"(?P<requirement>(?P<clause>\d+(?:\.\d+)*)-(?P<amendment>A?)(?P<number>\d+))(?P<letter>[a-z]\d?)?"
)

ClauseKey = tuple[int, ...]


def clause_key(clause: str) -> ClauseKey:
    """Return ``(8, 6, 1)`` for ``"8.6.1"``; ValueError for anything that is not a clause number."""
    if not CLAUSE_PATTERN.fullmatch(clause):
        raise ValueError(f"{clause!r} is not a clause number such as 8.6.1")
    return tuple(int(part) for part in clause.split("."))


def is_within(clause: str, ancestor: str) -> bool:
    """Tell whether ``clause`` is ``ancestor`` itself or lies below it in the tree of clauses."""
    key, above = clause_key(clause), clause_key(ancestor)
    return key[: len(above)] == above


def parent_clause(clause: str) -> str | None:
    """Return the clause one level up, or None for a top-level clause."""
    head, _, _ = clause.rpartition(".")
    return head or None


def is_point_id(text: str) -> bool:
    """Tell whether ``text`` has the form of a requirement or point id."""
    return POINT_PATTERN.fullmatch(text) is not None


def requirement_of(point_id: str) -> str:
    """Return the requirement of a point: ``8.6.1-1`` for ``8.6.1-1c``."""
    return _match(point_id)["requirement"]


def clause_of(identifier: str) -> str:
    """Return the clause of a requirement or point: ``8.6.1`` for ``8.6.1-1c``."""
    return _match(identifier)["clause"]


def _match(identifier: str) -> re.Match[str]:
    match = POINT_PATTERN.fullmatch(identifier)
    if match is None:
        raise ValueError(f"{identifier!r} is not a requirement or point such as 8.6.1-1c")
    return match
