"""What a document says of itself: front matter, core properties, and a cover of "Key: value" lines or rows.

A date that can be read two ways is not read. The dates of file properties are never the effective date.
"""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from lxml import etree

from auditkit.evidence.model import DocumentMeta, Passage

COVER_PASSAGES = 40
_LABELS = {
    "title": r"(document )?title|titel|dokumenttitel",
    "version": r"(document )?version|revision|rev\.?|fassung",
    "owner": r"((document|process|policy) )?owner|dokument(en)?eigner|verantwortlich(er)?|responsible",
    "author": r"authors?|prepared by|written by|created by|verfasser|erstellt von|autor",
    "approver": r"approver|approved by|approval by|authori[sz]ed by|freigegeben von|genehmigt von|signed off by",
    "approved_at": r"approved( on| at)?|approval date|date of approval|date approved|freigegeben am|genehmigt am",
    "effective_at": r"effective( from| date| as of)?|valid from|in force (from|since)|gültig ab|date effective",
    "next_review_at": r"next review( date| due| on)?|review (due|date|by)|due for review|nächste prüfung|nächste überprüfung",
    "status": r"(document )?status",
}
_FIELDS = tuple((field, re.compile(rf"(?:{pattern})", re.IGNORECASE)) for field, pattern in _LABELS.items())
_DATES = ("approved_at", "effective_at", "next_review_at")
_PAIR = re.compile(r"\W*([^:|]{3,30}?)\s*\**\s*(?::|\|)\**\s*(.+?)\W*\Z")
_MONTHS = {
    name: number
    for names in (
        "january february march april may june july august september october november december",
        "januar februar märz april mai juni juli august september oktober november dezember",
        "jan feb mar apr may jun jul aug sep oct nov dec",
    )
    for number, name in enumerate(names.split(), start=1)
}
_NOBODY = re.compile(r"(?i)(tbd|tbc|n/?a|none|pending|not (yet )?approved|open|offen|-|–|—|<.*>|\[.*\])\.?")


def read_date(text: str) -> date | None:
    """Read 2026-09-30, 30 September 2026, September 30, 2026 or 30.09.2026; None for anything ambiguous."""
    text = text.strip().rstrip(".")
    try:
        if found := re.match(r"(\d{4})-(\d{2})-(\d{2})\b", text):
            return date(*(int(part) for part in found.groups()))
        if found := re.match(r"(\d{1,2})\.(\d{1,2})\.(\d{4})\b", text):
            return date(int(found[3]), int(found[2]), int(found[1]))
        if found := re.match(r"(\d{1,2})(?:st|nd|rd|th|\.)? ([A-Za-zäÄ]+)\.?,? (\d{4})\b", text):
            return date(int(found[3]), _MONTHS[found[2].lower()], int(found[1]))
        if found := re.match(r"([A-Za-zäÄ]+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})\b", text):
            return date(int(found[3]), _MONTHS[found[1].lower()], int(found[2]))
    except (ValueError, KeyError):
        return None
    return None


def from_passages(passages: Iterable[Passage], known: DocumentMeta | None = None) -> DocumentMeta:
    """Read a cover: the first passages of the form "Key: value" or "Key | value". ``known`` values win."""
    values = (known or DocumentMeta()).model_dump()
    for number, passage in enumerate(passages):
        if number >= COVER_PASSAGES:
            break
        if passage.heading and values["title"] is None:
            values["title"] = passage.text
        for label, value in _pairs(passage.text):
            _note(values, label, value)
    return DocumentMeta.model_validate(values)


def from_front_matter(text: str) -> DocumentMeta:
    """Read ``key: value`` or ``key = value`` lines of a front matter; nothing nested."""
    values: dict[str, Any] = DocumentMeta().model_dump()
    for line in text.splitlines():
        key, mark, value = line.partition(":") if ":" in line else line.partition("=")
        if mark:
            _note(values, key.strip().replace("_", " ").replace("-", " "), value.strip().strip("\"'"))
    return DocumentMeta.model_validate(values)


def from_core_properties(data: bytes | None) -> DocumentMeta:
    """Read title and author of docProps/core.xml or meta.xml; its dates say when it was saved, no more."""
    if data is None:
        return DocumentMeta()
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        return DocumentMeta()
    found = {
        etree.QName(one).localname: (one.text or "").strip()
        for one in root.iter()
        if isinstance(one.tag, str)
    }
    return DocumentMeta(title=found.get("title") or None, author=found.get("creator") or None)


def _pairs(text: str) -> Iterable[tuple[str, str]]:
    cells = [cell.strip(" *") for cell in text.split(" | ")]
    if len(cells) >= 2:
        yield from zip(cells[::2], cells[1::2], strict=False)
    if found := _PAIR.match(text):
        yield found[1], found[2]


def _note(values: dict[str, Any], label: str, value: str) -> None:
    label = label.strip(" *:#_").replace("_", " ")
    value = value.strip(" *:")
    if not value or _NOBODY.fullmatch(value):
        return
    for field, pattern in _FIELDS:
        if values[field] is not None or not pattern.fullmatch(label):
            continue
        if field not in _DATES:
            values[field] = value[:200]
        elif (day := read_date(value)) is not None:
            values[field] = day
        return
