"""Identifiers of clauses, requirements and points.

Grammar of a point: ``clause '-' ['A'] number [letter [digit]]``; without the letter it is a requirement
(and, where the requirement has no letters, its own single point). ``4.1-A1`` is the first requirement that
an amendment added to clause 4.1. A clause is a number
(``8.6.1``) or, in catalogs from elsewhere, a token (``A.5.1``, ``ac-2``). Numbers compare as tuples, so ``8.2``
precedes ``8.10`` and is not its parent. In an engagement with several catalogs an id of a further
catalog is qualified: ``iso-9001-2015:9.2-1``.
"""

import re
from functools import lru_cache

CLAUSE_PATTERN = re.compile(r"\d+(?:\.\d+)*")
TOKEN_PATTERN = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.\-]*[A-Za-z0-9_])?")
POINT_PATTERN = re.compile(
    r"(?P<requirement>(?P<clause>(?:[A-Za-z0-9_][A-Za-z0-9_.\-]*:)?"
    r"(?:\d+(?:\.\d+)*|[A-Za-z_](?:[A-Za-z0-9_.\-]*[A-Za-z0-9_])?))"
    r"-(?P<amendment>A?)(?P<number>\d+))(?P<letter>[a-z]\d?)?"
)

ClauseKey = tuple[int, ...]


def clause_key(clause: str) -> ClauseKey:
    """Return ``(8, 6, 1)`` for ``"8.6.1"``; ValueError for anything that is not a clause number."""
    if not CLAUSE_PATTERN.fullmatch(clause):
        raise ValueError(f"{clause!r} is not a clause number such as 8.6.1")
    return tuple(int(part) for part in clause.split("."))


def natural_key(text: str) -> tuple[tuple[int, str], ...]:
    """Return a key that sorts clause numbers as numbers and other tokens as text: ``A.5.2`` before ``A.5.10``."""
    return tuple(
        (int(part), "") if part.isdigit() else (-1, part)
        for part in re.split(r"[.\-_:/]|(?<=\D)(?=\d)", text)
    )


def is_clause_id(text: str) -> bool:
    """Tell whether ``text`` can name a clause: a number, or a token of letters, digits, ``.``, ``-`` and ``_``."""
    return TOKEN_PATTERN.fullmatch(text) is not None


def is_within(clause: str, ancestor: str) -> bool:
    """Tell whether ``clause`` is ``ancestor`` itself or lies below it by its parts between dots."""
    (catalog, inner), (other, outer) = unqualify(clause), unqualify(ancestor)
    parts, above = inner.split("."), outer.split(".")
    return catalog == other and parts[: len(above)] == above


def parent_clause(clause: str) -> str | None:
    """Return the clause one level up, or None for a top-level clause."""
    catalog, inner = unqualify(clause)
    head, _, _ = inner.rpartition(".")
    return (f"{catalog}:{head}" if catalog else head) if head else None


def is_point_id(text: str) -> bool:
    """Tell whether ``text`` has the form of a requirement or point id."""
    return POINT_PATTERN.fullmatch(text) is not None


@lru_cache(maxsize=8192)
def requirement_of(point_id: str) -> str:
    """Return the requirement of a point: ``8.6.1-1`` for ``8.6.1-1c``."""
    return _match(point_id)["requirement"]


@lru_cache(maxsize=8192)
def clause_of(identifier: str) -> str:
    """Return the clause of a requirement or point: ``8.6.1`` for ``8.6.1-1c``."""
    return _match(identifier)["clause"]


def qualify(catalog: str, identifier: str) -> str:
    """Return ``iso-9001-2015:9.2-1``, the name of an id of a further catalog."""
    return f"{catalog}:{identifier}"


def unqualify(identifier: str) -> tuple[str | None, str]:
    """Return the catalog a qualified id names (None: the engagement's own) and the id within it."""
    catalog, colon, inner = identifier.rpartition(":")
    return (catalog if colon else None), inner


def _match(identifier: str) -> re.Match[str]:
    match = POINT_PATTERN.fullmatch(identifier)
    if match is None:
        raise ValueError(f"{identifier!r} is not a requirement or point such as 8.6.1-1c")
    return match
