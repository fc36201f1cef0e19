"""Titles of documents without what tells their versions apart (pure)."""

import re
from functools import lru_cache

_VERSION = re.compile(
    r"\b(?:v|ver|version|rev|revision|fassung|issue|edition|stand)\.?\s*\d+(?:[._]\d+)*\b|\b(?:final|finale|neu|new|copy|kopie|signed"
    r"|approved|released|clean|latest|current)\b|\(\d{1,2}\)",
    re.IGNORECASE,
)


def is_same_title(one: str, other: str) -> bool:
    """Tell whether two titles name one document: case, punctuation and words such as "v2.1" or "final" aside.

    Years, months and places stay: minutes of two years are two documents.
    """
    plain = plain_title(one)
    return bool(plain) and plain == plain_title(other)


@lru_cache(maxsize=16_384)
def plain_title(title: str) -> str:
    """Return a title in one spelling, without what tells its versions apart."""
    without = _VERSION.sub(" ", title.replace("_", " "))
    return " ".join(re.findall(r"\w+", without.casefold()))
