"""Where a document refers to another one by name, and to which version of it (pure)."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from auditkit.evidence.document_denials import says_does_not_exist
from auditkit.evidence.document_placeholders import placeholder_in
from auditkit.evidence.document_text import is_contents_line, split_sentences
from auditkit.evidence.model import Passage, ReadDocument

_VERSION = re.compile(
    r"^[^.;|]{0,30}?[\s(,]*(?:\|\s*)?\b(?:version|rev(?:ision|\.)?|fassung|v\.?|ver\.)\s*(\d+(?:\.\d+)*)"
    r"|^\s*[(,|]?\s*(\d{1,2}(?:\.\d{1,2}){1,2})(?![.\d])",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"\b(?:not|no|never|without|instead of|independent(?:ly)? (?:of|from)|unlike|nor|kein\w*|nicht|ohne)\b[^.;]{0,60}$",
    re.IGNORECASE,
)
_NUMBERS = re.compile(r"\W*(?:version|v\.?|rev\.?)?\s*(\d+(?:\.\d+)*)\W*", re.IGNORECASE)


class Reference(NamedTuple):
    """A sentence that names another document."""

    passage: Passage
    text: str
    version: str | None
    """The version it names; None: none."""


def find_references(document: ReadDocument, names: Sequence[str]) -> tuple[Reference, ...]:
    """Return every place where a document names another one by any of its names, in the order of its text.

    A heading, a line of the contents, a denial ("does not follow the plan") and a placeholder refer to nothing.
    """
    pattern = _compiled(tuple(names))
    found: list[Reference] = []
    for passage in document.passages:
        if passage.heading or is_contents_line(passage.text, passage.place.heading):
            continue
        for sentence in split_sentences(passage.text):
            text = sentence.text
            if says_does_not_exist(text) or placeholder_in(text) is not None:
                continue
            for one in pattern.finditer(text):
                if _DENIED.search(text, 0, one.start()) is None:
                    found.append(Reference(passage, text, _version_behind(text[one.end() :])))
    return tuple(found)


def is_same_version(one: str, other: str) -> bool:
    """Compare versions as numbers: "v2.0", "2" and "Version 2.0" are the same; other words compare as they are."""
    return _parts(one) == _parts(other)


def is_version_number(text: str) -> bool:
    """Tell whether a text is a version number and nothing else."""
    return _NUMBERS.fullmatch(text) is not None


def _parts(version: str) -> tuple[int, ...] | str:
    found = _NUMBERS.fullmatch(version)
    if found is None:
        return " ".join(version.casefold().split())
    parts = [int(part) for part in found[1].split(".")]
    while len(parts) > 1 and parts[-1] == 0:
        parts.pop()
    return tuple(parts)


def _version_behind(text: str) -> str | None:
    found = _VERSION.match(text)
    return (found[1] or found[2]) if found is not None else None


@lru_cache(maxsize=256)
def _compiled(names: tuple[str, ...]) -> re.Pattern[str]:
    alternatives = (
        r"[\s-]+".join(re.escape(word) for word in name.split()) for name in names if name.strip()
    )
    longest_first = sorted(set(alternatives), key=lambda one: (-len(one), one))
    return re.compile(rf"(?<!\w)(?:{'|'.join(longest_first) or '(?!)'})(?!\w)", re.IGNORECASE)
