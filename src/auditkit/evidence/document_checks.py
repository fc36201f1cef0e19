"""What a document that was read can and cannot show: templates, keyword lists, denials, and topics (pure)."""

import re
from collections.abc import Sequence
from functools import lru_cache

from auditkit.evidence.model import Passage, ReadDocument

MINIMUM_WORDS = 8
_PLACEHOLDER = re.compile(
    r"\b(?:TBD|TBC|(?-i:TODO)|lorem ipsum)\b|<(?:insert|enter|your|company|name|date|organi[sz]ation)[^<>\n]{0,60}>"
    r"|\[(?:insert|enter|your|company|organi[sz]ation|name|date)[^\[\]\n]{0,60}\]|\bxx/xx/xxxx\b"
    r"|\{\{(?![<%])[^{}\n]{1,60}\}\}|\bclick (?:or tap )?here to enter\b",
    re.IGNORECASE,
)
_THING = (
    r"(?:procedure|process|plan|policy|polic(?:y|ie)|criteria|criterion|definition|register|list|record|agreement|document|"
    r"catalogue|schedule|programme|review|audit|test|method|approach|owner|target|objective)(?:s|es)?"
)
_DONE = (
    r"(?:written|defined|documented|established|set up|drawn up|agreed|tested|approved|implemented|developed|created|"
    r"prepared|introduced|carried out|performed|held|determined|identified|assigned|appointed)"
)
_DENIAL = re.compile(
    rf"\b(?:there(?:'s| is| are) (?:currently |as yet |still )?no\b|(?:do(?:es)? not|don't|doesn't) (?:yet |currently )?exist"
    rf"|(?:ha(?:s|ve) not|hasn't|haven't) (?:yet |so far )?been {_DONE}|ha(?:s|ve) (?:yet to|never) be(?:en)? \w+"
    rf"|(?:is|are|was|were) not (?:yet |currently )?(?:in place|{_DONE})|(?:is|are)n't (?:yet )?(?:in place|{_DONE})"
    rf"|not yet (?:been |in place|available|started|{_DONE})"
    rf"|(?:no|not a) (?:[\w-]+ ){{0,4}}{_THING} (?:yet |currently )?(?:exists?\b|is\b|are\b|was\b|were\b|has been\b|have been\b)"
    rf"|(?:do(?:es)? not|don't|doesn't) (?:yet |currently )?have (?:an?|any) (?:[\w-]+ ){{0,4}}{_THING}"
    rf"|(?:is|are|remains?|still|yet) to be (?:decided|completed|{_DONE})"
    r"|existier(?:t|en) (?:noch |derzeit )?nicht|gibt es (?:noch |derzeit |bisher )?kein|lieg(?:t|en) (?:noch )?nicht vor"
    r"|noch nicht (?:definiert|dokumentiert|erstellt|festgelegt|geschrieben|umgesetzt|geprüft|vorhanden))"
    r"|(?:^|[:(–-]\s*)to be (?:defined|written|decided|completed|documented)\b",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    r"\b(?:if|when|whenever|where|wherever|unless|until|in case|whether|falls|wenn|sofern|solange)\b[^,.;:]*$"
    r"|\b(?:that|which|who|whose|should)\s*$",
    re.IGNORECASE,
)
"""What stands before words that deny something in a mere condition: "if there is no answer"."""
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
_OUT_OF_FORCE = re.compile(
    r"\b(?:draft|obsolete|superseded|withdrawn|replaced|archived|retired|expired|deprecated|entwurf|ungültig|zurückgezogen"
    r"|abgelöst|for (?:review|comment|approval)|(?:in|under) review|not (?:yet )?(?:approved|released|in force))\b",
    re.IGNORECASE,
)
_CONTENTS_LINE = re.compile(r"(?:\.\s?){4,}\d{1,4}\s*$|(?:(?:\.\s?){4,}\d{1,4}\b.*){2}|…{2,}\s*\d{1,4}\s*$")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_CJK_SENTENCE_CHARACTERS = 16
_TABLE_FORMATS = frozenset({"xlsx", "xls", "ods", "csv"})


def is_placeholder(document: ReadDocument) -> str | None:
    """Return why a document is an unfilled template, or None.

    It is one when a tenth of its passages hold placeholders, or ten of them, or three that are a twentieth.
    """
    marked = [found for passage in document.passages if (found := _PLACEHOLDER.search(passage.text))]
    count, total = len(marked), len(document.passages)
    if marked and (count * 10 >= total or count >= 10 or (count >= 3 and count * 20 >= total)):
        return f"{count} passages with placeholders such as {marked[0].group(0)!r}"
    return None


def is_keyword_list(document: ReadDocument) -> bool:
    """Tell whether a document is words without sentences; a sheet with rows of several cells is a table instead."""
    passages = [passage.text for passage in document.passages if not passage.heading]
    if document.format in _TABLE_FORMATS and sum(text.count(" | ") >= 2 for text in passages) >= 2:
        return False
    return bool(passages) and not any(_is_prose(text) for text in passages)


def is_out_of_force(document: ReadDocument) -> str | None:
    """Return why a document does not count as it stands, by the status it gives itself, or None."""
    status = document.meta.status
    return f"calls itself {status!r}" if status is not None and _OUT_OF_FORCE.search(status) else None


def says_does_not_exist(text: str) -> bool:
    """Tell whether a passage says that a thing is missing, other than as a condition ("if there is no answer")."""
    return any(_CONDITION.search(text, 0, found.start()) is None for found in _DENIAL.finditer(text))


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
    if len(_CJK.findall(text)) >= _CJK_SENTENCE_CHARACTERS:
        return True
    words = [word.strip(".,;:()|").lower() for word in text.split()]
    return len(words) >= MINIMUM_WORDS and sum(word in _SENTENCE_WORDS for word in words) >= 2


@lru_cache(maxsize=2048)
def _compiled(cues: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(cue, re.IGNORECASE) for cue in cues)
