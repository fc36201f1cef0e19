"""Ids from elsewhere made into ids of ours, and kept unique."""

import re
import unicodedata
from collections.abc import Iterable

from auditkit.base.ids import CLAUSE_PATTERN

_SLUG_LIMIT_CHARACTERS = 60
_TOKEN_LIMIT_CHARACTERS = 120


def clause_token(text: str) -> str:
    """Return the id as a token that can name a clause, or an empty text when nothing of it can stay.

    Letters lose their accents, what does not fit becomes ``_``, and an id that begins with a digit without being
    a plain number (``1.A``) gets a ``_`` before it, so that points can be named after it: ``_1.A-1a``. What is very
    long is cut.
    """
    plain = unicodedata.normalize("NFKD", text.strip()[: 2 * _TOKEN_LIMIT_CHARACTERS])
    kept = "".join(char for char in plain if not unicodedata.combining(char))
    token = re.sub(r"[.\-]+\.", ".", re.sub(r"[^A-Za-z0-9_.\-]+", "_", kept)).strip(".-")
    if token != kept:
        token = token.strip("._-")
    if token and not CLAUSE_PATTERN.fullmatch(token) and not re.match(r"[A-Za-z_]", token):
        token = f"_{token}"
    return token[:_TOKEN_LIMIT_CHARACTERS].rstrip(".-")


def slug(text: str) -> str:
    """Return a text as a short lower-case id such as ``information-security-manual``; may be empty."""
    plain = unicodedata.normalize("NFKD", text.lower())
    kept = "".join(char for char in plain if not unicodedata.combining(char))
    return re.sub(r"[^a-z0-9]+", "-", kept)[:_SLUG_LIMIT_CHARACTERS].strip("-")


class Names:
    """Hands out names that are used once."""

    def __init__(self) -> None:
        """Start with nothing taken."""
        self._taken: set[str] = set()
        self._next: dict[str, int] = {}

    def take(self, wanted: str, ending: Iterable[str] = ()) -> str:
        """Take ``wanted``, or the first of ``wanted_2``, ``wanted_3``, ... that is free, with each of its endings.

        A number that is taken becomes ``_8.1_2``, since only a name can have points.
        """
        endings = ("", *ending)
        mark = "_" if CLAUSE_PATTERN.fullmatch(wanted) else ""
        name, number = wanted, self._next.get(wanted, 2)
        while any(name + end in self._taken for end in endings):
            name, number = f"{mark}{wanted}_{number}", number + 1
        self._next[wanted] = number
        self._taken.update(name + end for end in endings)
        return name
