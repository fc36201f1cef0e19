"""The passage that shows a suggestion best, the part of it to print, and the words that were found."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from auditkit.evidence.document_checks import find_topic
from auditkit.evidence.model import Passage, ReadDocument
from auditkit.evidence.suggest.index import NAME
from auditkit.evidence.suggest.model import Query, QueryTerm
from auditkit.evidence.suggest.rank import Ranker
from auditkit.evidence.suggest.strengths import NOTHING

EXCERPT_CHARACTERS = 240
_FEW_WORDS, _MANY_WORDS = 8, 60
"""A shorter passage may be a label, a longer one holds something of everything; both count for less."""
_UNNAMED_SHARE = 0.25
"""What a passage counts for that holds no named idea, only words of a statement."""
_STEM_CHARACTERS = 5


class Topic(NamedTuple):
    """What a point wants to be covered, and the regular expressions that recognise it."""

    name: str
    cues: tuple[str, ...]


class Quote(NamedTuple):
    """A passage, and why it was chosen."""

    passage: Passage
    excerpt: str
    matched: tuple[str, ...]
    """The wordings found anywhere in the file, those of the strongest ideas first."""


class _Held(NamedTuple):
    """An idea that a passage holds, and what it is worth in the choice of passages."""

    worth: float
    term: QueryTerm


def quote(ranker: Ranker, query: Query, document: ReadDocument, topics: Sequence[Topic] = ()) -> Quote | None:
    """Return the passage of a document that covers a topic, or else holds most of a query; None when none holds anything.

    Cues are tried only on passages that hold something of the query.
    """
    held = _held(ranker, query, document)
    if not held:
        return None
    passages = document.passages
    ranked = sorted(held, key=lambda place: (-_worth(held[place], passages[place].text), place))
    matched = _matched(ranker, query, document)
    candidates = document.model_copy(update={"passages": tuple(passages[place] for place in ranked)})
    for topic in topics:
        passage = find_topic(candidates, topic.cues)
        if passage is not None:
            labels = tuple(dict.fromkeys((topic.name.lower(), *matched)))
            return Quote(passage, _excerpt(passage.text, ()), labels)
    best = passages[ranked[0]]
    strongest = sorted(held[ranked[0]], key=lambda one: -one.worth)
    return Quote(best, _excerpt(best.text, [one.term.wordings for one in strongest]), matched)


def _held(ranker: Ranker, query: Query, document: ReadDocument) -> Mapping[int, list[_Held]]:
    """Return what each body passage holds."""
    index, position = ranker.strengths.index, ranker.position(document.file)
    held: dict[int, list[_Held]] = {}
    for term in query.terms:
        if term.weight > 0:
            worth = term.weight * ranker.strengths.rarity(term.wordings)
            for number in index.find_in(term.wordings, position):
                place = index.place_of[number]
                if place > NAME:
                    held.setdefault(place, []).append(_Held(worth, term))
    return held


def _matched(ranker: Ranker, query: Query, document: ReadDocument) -> tuple[str, ...]:
    """Return the wordings of named ideas that the file really uses, the strongest idea first."""
    index, position = ranker.strengths.index, ranker.position(document.file)
    found: list[tuple[float, str]] = []
    for term in query.terms:
        strength = ranker.strengths.of(term.wordings).get(position, NOTHING)
        if term.weight > 0 and term.label and strength is not NOTHING:
            used = (one for one in term.wordings if index.find_in((one,), position))
            found.append((-term.weight * strength.value, next(used, term.label).rstrip("*")))
    bonus = ranker.bonus(document.file, query.key)
    return tuple(dict.fromkeys([*([bonus.label] if bonus else []), *(label for _, label in sorted(found))]))


def _worth(held: Sequence[_Held], text: str) -> float:
    words = text.count(" ") + 1
    length = min(1.0, words / _FEW_WORDS) / max(1.0, words / _MANY_WORDS)
    named = 1.0 if any(one.term.label for one in held) else _UNNAMED_SHARE
    return round(sum(one.worth for one in held) * length * named, 6)


def _excerpt(text: str, wordings: Sequence[tuple[str, ...]]) -> str:
    """Return at most EXCERPT_CHARACTERS of a passage, from the sentence that holds the strongest idea."""
    text = " ".join(text.split())
    if len(text) <= EXCERPT_CHARACTERS:
        return text
    start = next((at for one in wordings if (at := _find(text, one)) is not None), 0)
    start = max((found.end() for found in re.finditer(r"[.!?;:|] ", text[:start])), default=0)
    end = start + EXCERPT_CHARACTERS
    if end < len(text):
        end = max(text.rfind(" ", start, end), start + EXCERPT_CHARACTERS // 2)
    return f"{'… ' if start else ''}{text[start:end].strip()}{' …' if end < len(text) else ''}"


def _find(text: str, wordings: tuple[str, ...]) -> int | None:
    """Return where the first of some wordings begins, its words compared by their beginnings."""
    found: list[int] = []
    for wording in wordings:
        words = [rf"\b{word[:_STEM_CHARACTERS]}\w*" for word in re.findall(r"\w+", wording)]
        hit = re.search(r"\W+".join(words), text, re.IGNORECASE) if words else None
        found += [hit.start()] if hit else []
    return min(found, default=None)
