"""Whose document it is: the organisation's own, or one that names only another organisation (pure)."""

import re
from collections.abc import Iterator
from functools import lru_cache

from auditkit.evidence.model import ReadDocument

COVER_PASSAGES, COVER_CHARACTERS, META_CHARACTERS = 15, 100, 200
_LEGAL = (
    r"(?:GmbH(?: & Co\.? KG)?|AG|SE|KG|KGaA|OHG|UG|e\.\s?V\.|Ltd\b\.?|Limited|LLC|L\.L\.C\.|LLP|Inc\b\.?|Incorporated|Corp\b\.?"
    r"|Corporation|plc|PLC|S\.A\.S?\.?|S\.r\.l\.|S\.p\.A\.|B\.V\.|BV|N\.V\.|NV|A/S|AB|Oy|Sp\. z o\.\s?o\.|Pty)"
)
_WORD = r"[A-ZÄÖÜŁŚŻÉ0-9][\w&'’.-]*"
_COMPANY = re.compile(rf"((?:{_WORD}\s+(?:(?:&|and|und|of|de|for)\s+)?){{1,5}}{_LEGAL})(?![\w-])")
_PUBLIC_BODY = re.compile(
    rf"\b((?:University|City|Ministry|State|County|Government|Bank|Institute|Department) of (?:the )?{_WORD}(?: {_WORD}){{0,3}})"
)
_BY_ITSELF = re.compile(
    rf"\W*((?:{_WORD} ){{1,4}}(?:Solutions|Technologies|Holdings?|Foundation|University|Bank|Consulting|Hospital|Insurance"
    r"|Industries|Laboratories|Airlines))\W*"
)
_TITLE_START = re.compile(
    rf"\W*((?:{_WORD} ){{1,3}}(?:Solutions|Technologies|Holdings?|Foundation|University|Bank|Consulting|Government))\b"
)
_LABELLED = re.compile(
    r"\W*(?i:company|organi[sz]ation|issued by|published by|firma|unternehmen|organi[sz]ation name|company name)\s*[:|]\s*"
    rf"({_WORD}(?: (?:(?:&|and|of|for) )?{_WORD}){{0,5}})\W*"
)
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)(?= ?\d{4})|\b[Cc]opyright|\b[Pp]roperty of)\s*(?:©\s*)?(?:\d{4}(?:\s?[–-]\s?\d{4})?)?[,\s]*(?:by |the )?"
    r"((?:(?!\d{4}|All [Rr]ights)[A-ZÄÖÜŁŚŻÉ0-9][\w&'’.-]*\s?){1,6})"
)
_GENERIC = frozenset(
    word
    for words in (
        "the of and for und der die das de service services managed management group holding holdings it ict solutions",
        "solution systems system technologies technology tech consulting digital data cloud network networks software",
        "international global national company university city state county ministry department institute foundation",
        "bank agency office council board public health hospital information operations operation support hosting",
        "business enterprise partners center centre government insurance industries",
    )
    for word in words.split(" ")
)
_LEGAL_WORD = re.compile(rf"{_LEGAL}|GmbH|Co\.?|KG|&", re.IGNORECASE)


def names_another(document: ReadDocument, organisation: str) -> str | None:
    """Return the organisation that a document names in title, cover or approval while it never names ours.

    None when ours occurs anywhere, when no other name stands there, or when ``organisation`` is empty: then it
    cannot be told.
    """
    own = _own_name(organisation)
    if own is None:
        return None
    meta = document.meta
    said = [text for text in (meta.title, meta.owner, meta.author, meta.approver) if text]
    said = [text[:META_CHARACTERS] for text in said]
    if any(own.search(text) for text in said) or any(own.search(one.text) for one in document.passages):
        return None
    return next(_others(document, said), None)


def _others(document: ReadDocument, said: list[str]) -> Iterator[str]:
    if document.meta.title and (found := _TITLE_START.match(document.meta.title)) is not None:
        yield found[1]
    cover = [passage.text for passage in document.passages[:COVER_PASSAGES]]
    for text in (*said, *(one for one in cover if len(one) <= COVER_CHARACTERS)):
        for pattern in (_COMPANY, _PUBLIC_BODY, _COPYRIGHT):
            if (found := pattern.search(text)) is not None:
                yield found[1].strip(" .,")
        for pattern in (_BY_ITSELF, _LABELLED):
            if (found := pattern.fullmatch(text)) is not None:
                yield found[1].strip(" .,")


@lru_cache(maxsize=64)
def _own_name(organisation: str) -> re.Pattern[str] | None:
    """Return what counts as naming the organisation: a distinctive word of its name, its initials, or all of it."""
    words = [
        word.strip(".,()") for word in organisation.split() if not _LEGAL_WORD.fullmatch(word.strip(",()"))
    ]
    words = [word for word in words if word]
    if not words:
        return None
    distinctive = [word for word in words if len(word) >= 3 and word.lower() not in _GENERIC]
    alternatives = [re.escape(word) for word in distinctive] or [r"\s+".join(map(re.escape, words))]
    initials = "".join(word[0] for word in words if word[0].isupper())
    if len(initials) >= 3:
        alternatives.append(rf"(?-i:{re.escape(initials)})")
    return re.compile(rf"(?<!\w)(?:{'|'.join(alternatives)})(?!\w)", re.IGNORECASE)
