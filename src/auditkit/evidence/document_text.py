"""Sentences, contents lines and lists of words: which text of a document can state anything (pure)."""

import re
from functools import lru_cache
from typing import NamedTuple

MINIMUM_WORDS = 8
_MINIMUM_DIFFERENT_WORDS = 6
_SENTENCE_WORDS = frozenset(
    word
    for words in (
        "is are was were be been has have shall must should will may can the a an and or of to in for by with that this",
        "der die das ist sind wird werden und oder von zu mit für bei muss müssen soll dem den ein eine im auf nach",
        "de het een van en wordt zijn voor met moet le la les des du est sont une pour dans par doit et",
        "el los las del es son una para por con debe w z na do jest są się oraz przez dla",
    )
    for word in words.split(" ")
)
_VERBS = frozenset(
    word
    for words in (
        "is are was were be been being has have had shall must should will would may might can could do does did",
        "ist sind war waren wird werden wurde wurden hat haben muss müssen soll sollen kann können darf dürfen",
        "wordt worden zijn heeft hebben moet moeten est sont doit doivent sera seront es son debe deben jest są",
    )
    for word in words.split(" ")
)
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"”'’)\]]*\s+(?=[\"“'‘(\[]?[^\W_a-zäöüß])|(?<=[。！？])")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\[])(?:e\.g|i\.e|etc|approx|cf|vs|no|nos|vol|fig|sec|art|para|dr|mr|mrs|ms|prof|st|inc|ltd|co|corp"
    r"|ca|z\.\s?b|d\.\s?h|u\.\s?a|bzw|ggf|nr|abs|[a-z])\.[\"”'’)\]]*\s+\Z",
    re.IGNORECASE,
)
_CONTENTS_LINE = re.compile(
    r"(?:\.\s?){4,}\d{1,4}\s*$|(?:(?:\.\s?){4,}\d{1,4}\b.*){2}|…{2,}\s*\d{1,4}\s*$"
    r"|^(?:\d{1,2}(?:\.\d{1,2}){0,3}\.?|annex [a-z]|appendix [a-z])\s+[^.:;!?]{3,120}[^\W\d]\s+\d{1,3}\s*$",
    re.IGNORECASE,
)
_CONTENTS_CHARACTERS = 5_000
_CONTENTS_HEADING = re.compile(
    r"\W*(?:\d+(?:\.\d+)*\.?\s+)?(?:(?:table|list) of (?:contents|figures|tables)|contents|index|key ?words|tags"
    r"|inhaltsverzeichnis|stichwörter|schlagwörter)\W*",
    re.IGNORECASE,
)
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_CJK_SENTENCE_CHARACTERS = 16
_LIST_MARKS = re.compile(r"[,;|•·/]|\s[–—-]\s|\.\s")
_LIST_PIECES, _LIST_WORDS = 4, 3


class Sentence(NamedTuple):
    """A sentence of a passage."""

    start: int
    """Offset of its first character in the passage."""
    end: int
    """Offset behind its last character."""
    text: str


@lru_cache(maxsize=65_536)
def split_sentences(text: str) -> tuple[Sentence, ...]:
    """Split a passage into sentences; abbreviations such as "e.g." and initials end none."""
    found: list[Sentence] = []
    start = 0
    for mark in _SENTENCE_END.finditer(text):
        if _ABBREVIATION.search(text[max(0, mark.start() - 12) : mark.end()]):
            continue
        found.append(Sentence(start, mark.end(), text[start : mark.end()].strip()))
        start = mark.end()
    if text[start:].strip():
        found.append(Sentence(start, len(text), text[start:].strip()))
    return tuple(found)


@lru_cache(maxsize=65_536)
def is_prose(text: str) -> bool:
    """Tell whether a passage holds a sentence: eight words or more with words that join, and no mere list.

    Repetition of a few words and pieces of two or three words without a verb are no sentence.
    """
    if len(_CJK.findall(text)) >= _CJK_SENTENCE_CHARACTERS:
        return True
    words = words_of(text)
    if len(words) < MINIMUM_WORDS or len(set(words)) < _MINIMUM_DIFFERENT_WORDS:
        return False
    return sum(word in _SENTENCE_WORDS for word in words) >= 2 and not _is_list(text, words)


def is_clause(text: str) -> bool:
    """Tell whether a sentence within prose says anything by itself: four words with one that joins, or a CJK text."""
    words = words_of(text)
    return bool(_CJK.search(text)) or (len(words) >= 4 and any(word in _SENTENCE_WORDS for word in words))


def is_contents_line(text: str, heading: str | None = None) -> bool:
    """Tell whether a passage is an entry of a table of contents or of an index, by itself or by its heading."""
    if _has_leaders(text):
        return True
    listed = heading is not None and _CONTENTS_HEADING.fullmatch(heading) is not None
    return listed and not text.rstrip("\"”'’) ").endswith((".", "!", "?"))


def words_of(text: str) -> list[str]:
    """Return the words of a text in lower case, without the marks around them."""
    return [word for raw in text.split() if (word := raw.strip(".,;:()[]|\"'“”‘’*_").lower())]


@lru_cache(maxsize=65_536)
def _has_leaders(text: str) -> bool:
    return _CONTENTS_LINE.search(text[:_CONTENTS_CHARACTERS]) is not None


def _is_list(text: str, words: list[str]) -> bool:
    """Tell whether a text is pieces of a few words without a verb: "emergency change, the approval of changes, ..."."""
    pieces = [piece for piece in _LIST_MARKS.split(text) if piece.strip()]
    if len(pieces) < _LIST_PIECES or not _VERBS.isdisjoint(words):
        return False
    longest = max(sum(word not in _SENTENCE_WORDS for word in words_of(piece)) for piece in pieces)
    return longest <= _LIST_WORDS - 1 or (longest == _LIST_WORDS and len(words) < _LIST_WORDS * len(pieces))
