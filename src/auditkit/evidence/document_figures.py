"""Figures in sentences, and figures about the same thing that differ between two documents (pure)."""

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from auditkit.base.place import Place
from auditkit.evidence.document_denials import says_does_not_exist
from auditkit.evidence.document_placeholders import placeholder_in
from auditkit.evidence.document_text import is_contents_line, split_sentences
from auditkit.evidence.model import Passage, ReadDocument

WORDS_BEFORE, WORDS_BEHIND = 10, 6
SHARED_WORDS = 2
_NUMBER_WORDS = {
    word: Decimal(number)
    for words in ("one two three four five six seven eight nine ten eleven twelve",)
    for number, word in enumerate(words.split(" "), start=1)
}
_NUMBER = (
    rf"(?P<number>\d{{1,3}}(?:[,']\d{{3}})+(?![,.]?\d)|\d{{1,9}}(?:[.,]\d{{1,6}})?|{'|'.join(_NUMBER_WORDS)})"
)
_UNIT_WORDS = {
    "percent": r"%|percent|per cent|prozent",
    "minute": r"minutes?|min\b|minuten?",
    "hour": r"hours?|hrs?\b|h\b|stunden?",
    "working day": r"(?:working|business|work)[ -]days?|arbeitstagen?|werktagen?",
    "day": r"(?:calendar )?days?|tagen?|tage",
    "week": r"weeks?|wochen?",
    "month": r"months?|monaten?|monate",
    "quarter": r"quarters?|quartale?",
    "year": r"years?|jahren?|jahre",
    "gigabyte": r"gb|gib|gigabytes?",
    "terabyte": r"tb|tib|terabytes?",
    "euro": r"euros?|eur|€",
}
_SCALE: dict[str, tuple[str, int]] = {
    "hour": ("minute", 60),
    "week": ("day", 7),
    "quarter": ("month", 3),
    "year": ("month", 12),
    "terabyte": ("gigabyte", 1000),
}
"""Units that are another one several times over; days and months are not converted into each other."""
_INTERVALS = {
    "daily|every day|each day|täglich": ("day", 1),
    "weekly|every week|each week|once a week|wöchentlich": ("day", 7),
    "monthly|every month|each month|once a month|monatlich": ("month", 1),
    "quarterly|every quarter|each quarter|once a quarter|vierteljährlich|quartalsweise": ("month", 3),
    "half[- ]yearly|semi[- ]annually|twice a year|twice yearly|every half year|halbjährlich": ("month", 6),
    "yearly|annually|every year|each year|once a year|once every year|jährlich": ("month", 12),
}
_UNIT = "|".join(f"(?P<u{index}>{words})" for index, words in enumerate(_UNIT_WORDS.values()))
_VALUE = re.compile(rf"(?<![\w.,-]){_NUMBER}[\s-]*(?:{_UNIT})(?!\w)", re.IGNORECASE)
_UNIT_FIRST = re.compile(
    rf"\b(?:{_UNIT})\s*(?:is|are|=|:|\||ist|sind)\s*{_NUMBER}(?![\w,.]?\d)(?!\s*%)", re.IGNORECASE
)
_INTERVAL = re.compile(
    "|".join(rf"(?P<i{index}>\b(?:{words})\b)" for index, words in enumerate(_INTERVALS)), re.IGNORECASE
)
_UNITS, _INTERVAL_VALUES = tuple(_UNIT_WORDS), tuple(_INTERVALS.values())
_WORD = re.compile(r"[^\W\d_][\w'’&/-]*")
_STOP = frozenset(
    word
    for words in (
        "the and for with that this these those from into than then its their our own each every all any per not are was",
        "were has have had been being will shall must should can may which who when where while at by in of on to as is it",
        "be or an a no least most more less within after before during until once twice under over about up out least",
        "maximum minimum average approximately agreed rule plan plans document policy procedure version section service",
        "services system management organisation organization company value number unit percent hours days die der das",
        "und für mit von den dem ein eine wird werden ist sind auf bei im zu",
    )
    for word in words.split(" ")
)
_SUFFIX = re.compile(r"(?:ing|ed|es|(?<!s)s|en|e)$")
_CLAUSE_END = re.compile(r"[;:]|,\s(?:and|but|with|while|which|so|und|mit)\b|\s[–—]\s", re.IGNORECASE)


class Figure(NamedTuple):
    """A number with its unit, and the words it stands among."""

    value: Decimal
    unit: str
    words: frozenset[str]
    place: Place
    text: str
    """The sentence."""


class Difference(NamedTuple):
    """Two figures about the same thing that differ."""

    here: Figure
    there: Figure


def figures_of(document: ReadDocument) -> tuple[Figure, ...]:
    """Return the figures of a document in the order of its text; denials, placeholders and contents hold none."""
    return tuple(
        figure
        for passage in document.passages
        if not passage.heading and not is_contents_line(passage.text, passage.place.heading)
        for figure in _figures(passage)
    )


def differences(here: Iterable[Figure], there: Iterable[Figure]) -> tuple[Difference, ...]:
    """Compare each figure here with the figures there of the same unit among the same words.

    The words of the one must all stand among those of the other, two at least. A figure that there stands as
    well is no difference, whatever else stands beside it.
    """
    others = tuple(there)
    found = []
    for figure in here:
        alike = [other for other in others if _are_alike(figure, other)]
        if alike and all(other.value != figure.value for other in alike):
            found.append(Difference(figure, max(alike, key=lambda other: len(figure.words & other.words))))
    return tuple(found)


def _are_alike(one: Figure, other: Figure) -> bool:
    if one.unit != other.unit:
        return False
    shared = one.words & other.words
    return len(shared) >= SHARED_WORDS and len(shared) == min(len(one.words), len(other.words))


def _figures(passage: Passage) -> list[Figure]:
    return [
        Figure(value, unit, words, passage.place, text)
        for text, value, unit, words in _figures_of_text(passage.text)
    ]


@lru_cache(maxsize=16_384)
def _figures_of_text(passage: str) -> tuple[tuple[str, Decimal, str, frozenset[str]], ...]:
    """Return sentence, value, unit and key words of every figure of a passage."""
    found: list[tuple[str, Decimal, str, frozenset[str]]] = []
    for sentence in split_sentences(passage):
        text = sentence.text
        if says_does_not_exist(text) or placeholder_in(text) is not None:
            continue
        spans = sorted({(one.start(), one.end(), *_value(one)) for one in _matches(text)})
        taken = [span[:2] for span in spans]
        for start, end, value, unit in spans:
            words = _key_words(text, start, end, taken)
            found.append((text, value, unit, words))
    return tuple(found)


def _matches(text: str) -> list[re.Match[str]]:
    found = list(_VALUE.finditer(text))
    for pattern in (_UNIT_FIRST, _INTERVAL):
        for one in pattern.finditer(text):
            if not any(one.start() < other.end() and other.start() < one.end() for other in found):
                found.append(one)
    return found


def _value(match: re.Match[str]) -> tuple[Decimal, str]:
    groups = match.groupdict()
    if "number" not in groups:
        return next(
            (Decimal(times), unit)
            for index, (unit, times) in enumerate(_INTERVAL_VALUES)
            if groups[f"i{index}"] is not None
        )
    unit = next(_UNITS[index] for index in range(len(_UNITS)) if groups[f"u{index}"] is not None)
    base, times = _SCALE.get(unit, (unit, 1))
    return _read_number(groups["number"].lower()) * times, base


def _read_number(text: str) -> Decimal:
    if text in _NUMBER_WORDS:
        return _NUMBER_WORDS[text]
    if re.fullmatch(r"\d{1,3}(?:[,']\d{3})+", text):
        return Decimal(re.sub(r"[,']", "", text))
    return Decimal(text.replace(",", ".")).normalize()


def _key_words(text: str, start: int, end: int, taken: list[tuple[int, int]]) -> frozenset[str]:
    """Return the stems of the words around a figure: of its clause, or of the sentence where the clause says too little."""
    left = max((one.end() for one in _CLAUSE_END.finditer(text, 0, start)), default=0)
    behind = _CLAUSE_END.search(text, end)
    clause = _stems(text, left, behind.start() if behind is not None else len(text), (start, end), taken)
    return clause if len(clause) >= SHARED_WORDS else _stems(text, 0, len(text), (start, end), taken)


def _stems(
    text: str, left: int, right: int, figure: tuple[int, int], taken: list[tuple[int, int]]
) -> frozenset[str]:
    before: list[str] = []
    behind: list[str] = []
    for one in _WORD.finditer(text, left, right):
        if any(start <= one.start() < end for start, end in taken):
            continue
        word = one[0].lower()
        if len(word) >= 3 and word not in _STOP:
            (before if one.start() < figure[0] else behind).append(_stem(word))
    return frozenset((*before[-WORDS_BEFORE:], *behind[:WORDS_BEHIND]))


def _stem(word: str) -> str:
    shorter = _SUFFIX.sub("", word)
    return shorter if len(shorter) >= 4 else word
