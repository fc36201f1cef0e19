"""What a document that was read can and cannot show: templates, keyword lists, denials, and topics (pure)."""

import re
from collections.abc import Sequence
from functools import lru_cache

from auditkit.evidence.model import Passage, ReadDocument

MINIMUM_WORDS = 8
_PLACEHOLDER = re.compile(
    r"\b(?:TBD|TBC|TODO|lorem ipsum)\b|<(?:insert|enter|your|company|name|date|organi[sz]ation)[^<>\n]{0,60}>"
    r"|\[(?:insert|enter|your|company|organi[sz]ation|name|date)[^\[\]\n]{0,60}\]|\bxx/xx/xxxx\b|\{\{[^{}\n]{1,60}\}\}",
    re.IGNORECASE,
)
_DENIAL = re.compile(
    r"\b(?:there (?:is|are) (?:currently |as yet |still )?no\b|do(?:es)? not (?:yet )?exist|"
    r"(?:has|have) not (?:yet )?been (?:written|defined|documented|established|set up|drawn up|agreed|tested)|"
    r"(?:is|are) not (?:yet )?(?:defined|documented|established|available|in place|written)|"
    r"(?:no|not a) (?:formal |documented |written )?(?:procedure|process|plan|policy|criteria|definition)s? (?:exists?|is|are)\b|"
    r"to be (?:defined|written|decided|completed|documented))",
    re.IGNORECASE,
)
_SENTENCE_WORDS = frozenset(
    "is are was were be been has have shall must should will may can the a an and or of to in for by with that this "
    "der die das ist sind wird werden und oder von zu mit für bei muss müssen soll".split()
)
_CONTENTS_LINE = re.compile(r"(?:\.{4,}|…{2,}|\s{3,})\s*\d{1,4}\s*$")


def is_placeholder(document: ReadDocument) -> str | None:
    """Return why a document is an unfilled template, or None: placeholders in a tenth of its text, or three."""
    marked = [passage for passage in document.passages if _PLACEHOLDER.search(passage.text)]
    if not marked:
        return None
    if len(marked) >= 3 or len(marked) * 10 >= len(document.passages):
        first = _PLACEHOLDER.search(marked[0].text)
        return f"{len(marked)} passages with placeholders such as {first.group(0) if first else ''!r}"
    return None


def is_keyword_list(document: ReadDocument) -> bool:
    """Tell whether a document is words without sentences."""
    passages = [passage.text for passage in document.passages if not passage.heading]
    sentences = [text for text in passages if _is_prose(text)]
    return bool(passages) and not sentences


def says_does_not_exist(text: str) -> bool:
    """Tell whether a passage says that the thing is missing."""
    return _DENIAL.search(text) is not None


def find_topic(document: ReadDocument, cues: Sequence[str]) -> Passage | None:
    """Return the first passage that covers a topic.

    It is no heading, no line of the contents, has at least eight words that make a sentence, matches a cue
    and does not say that the thing is missing.
    """
    patterns = _compiled(tuple(cues))
    for passage in document.passages:
        text = passage.text
        if passage.heading or _CONTENTS_LINE.search(text) or not _is_prose(text):
            continue
        if says_does_not_exist(text):
            continue
        if any(pattern.search(text) for pattern in patterns):
            return passage
    return None


def _is_prose(text: str) -> bool:
    words = [word.strip(".,;:()|").lower() for word in text.split()]
    return len(words) >= MINIMUM_WORDS and sum(word in _SENTENCE_WORDS for word in words) >= 2


@lru_cache(maxsize=2048)
def _compiled(cues: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(cue, re.IGNORECASE) for cue in cues)
