"""What a document that was read can show: nothing at all, or topics with the passage that covers them (pure).

Each passage is judged by its own text and the heading it stands under, so that removing one passage never
adds a topic (law 2).
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from auditkit.base.language import say
from auditkit.evidence.document_denials import is_heading_of_plans, refers_back, says_does_not_exist
from auditkit.evidence.document_placeholders import placeholder_in
from auditkit.evidence.document_text import Sentence, is_clause, is_contents_line, is_prose, split_sentences
from auditkit.evidence.metadata import is_cover_line
from auditkit.evidence.model import Passage, ReadDocument

EXCERPT_CHARACTERS = 280
_TABLE_FORMATS = frozenset({"xlsx", "xls", "ods", "csv"})


def says_nothing(document: ReadDocument) -> str | None:
    """Return why no passage of a document states anything, or None when one does.

    A sheet with rows of several cells is a table, and its rows state something without being sentences.
    """
    passages = [passage for passage in document.passages if not passage.heading]
    if not passages:
        return say("holds headings without content") if document.passages else say("holds no text")
    if _is_table(document, passages) or any(_states(passage) for passage in passages):
        return None
    prose = [passage for passage in passages if is_prose(passage.text)]
    if not prose:
        return say("is a list of keywords without sentences")
    if all(is_contents_line(one.text, one.place.heading) for one in prose):
        return say("is a table of contents")
    if any(_denies(one) for one in prose):
        return say("says only that something is missing or planned ({place})", place=prose[0].place.told)
    return say("holds sentences with placeholders only")


def is_keyword_list(document: ReadDocument) -> bool:
    """Tell whether a document is words without sentences; a sheet with rows of several cells is a table instead."""
    passages = [passage for passage in document.passages if not passage.heading]
    if not passages or _is_table(document, passages):
        return False
    return not any(is_prose(passage.text) for passage in passages)


def find_topic(document: ReadDocument, cues: Sequence[str]) -> Passage | None:
    """Return the first passage that covers a topic, its text cut to the sentences that do so where it is long.

    It is no heading, no line of the contents, holds a sentence of eight words or more, matches a cue in
    sentences that neither hold a placeholder nor say that the thing is missing or planned.
    """
    patterns = _compiled(tuple(cues))
    for passage in document.passages:
        if not _may_state(passage):
            continue
        excerpt = _covering(passage.text, patterns)
        if excerpt is not None:
            return passage.model_copy(update={"text": excerpt})
    return None


def _is_table(document: ReadDocument, passages: list[Passage]) -> bool:
    return (
        document.format in _TABLE_FORMATS
        and sum(
            passage.text.count(" | ") >= 2 and placeholder_in(passage.text) is None for passage in passages
        )
        >= 2
    )


def _states(passage: Passage) -> bool:
    return (
        _may_state(passage)
        and not is_cover_line(passage.text)
        and any(_holds(one) for one in split_sentences(passage.text))
    )


def _may_state(passage: Passage) -> bool:
    under = passage.place.heading
    if passage.heading or not is_prose(passage.text) or is_contents_line(passage.text, under):
        return False
    return under is None or not _is_heading_of_plans(under)


def _denies(passage: Passage) -> bool:
    under = passage.place.heading
    return says_does_not_exist(passage.text) or (under is not None and _is_heading_of_plans(under))


def _covering(text: str, patterns: tuple[re.Pattern[str], ...]) -> str | None:
    """Return the sentences of a passage in which a cue matches and which hold as they stand, or None."""
    sentences = split_sentences(text)
    for one in sentences:
        matched = any(pattern.search(one.text) for pattern in patterns)
        if matched and _holds(one) and not _taken_back(sentences, [one]):
            return _excerpt(text, [one])
    for pattern in patterns:
        for match in pattern.finditer(text):
            touched = [one for one in sentences if one.start < match.end() and match.start() < one.end]
            if touched and all(_holds(one) for one in touched) and not _taken_back(sentences, touched):
                return _excerpt(text, touched)
    return None


def _holds(sentence: Sentence) -> bool:
    text = sentence.text
    return is_clause(text) and not says_does_not_exist(text) and placeholder_in(text) is None


def _taken_back(sentences: tuple[Sentence, ...], touched: list[Sentence]) -> bool:
    """Tell whether a neighbouring sentence denies what was said: "This has not been done yet."."""
    first, last = sentences.index(touched[0]), sentences.index(touched[-1])
    behind = sentences[last + 1 : last + 3]
    before = sentences[max(first - 1, 0) : first]
    return any(says_does_not_exist(one.text) and refers_back(one.text) for one in behind) or any(
        says_does_not_exist(one.text)
        and re.search(r"\b(?:following|below|folgende\w*)\b", one.text, re.IGNORECASE)
        for one in before
    )


def _excerpt(text: str, touched: list[Sentence]) -> str:
    if len(text) <= EXCERPT_CHARACTERS:
        return text
    return text[touched[0].start : touched[-1].end].strip()


@lru_cache(maxsize=4096)
def _is_heading_of_plans(heading: str) -> bool:
    return is_heading_of_plans(heading)


@lru_cache(maxsize=2048)
def _compiled(cues: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(cue, re.IGNORECASE) for cue in cues)
