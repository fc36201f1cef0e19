"""What a document says of itself: front matter, core properties, and a cover of "Key: value" lines or rows.

A date that can be read two ways is not read. The dates of file properties are never the effective date.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
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
_LABEL = {field: re.compile(rf"(?:{pattern})", re.IGNORECASE) for field, pattern in _LABELS.items()}
_HEAD = re.compile(
    rf"(?:{'|'.join(_LABELS.values())}|date|datum|changes?|change description|description|reason|comments?|remarks?|"
    r"summary|name|role|signature|section|page|änderung(en)?|beschreibung|rolle|unterschrift)",
    re.IGNORECASE,
)
"""A cell of the head of a cover or history table; such a cell is never a value."""
_DATES = ("approved_at", "effective_at", "next_review_at")
_PAIR = re.compile(r"\W*([^:|]{3,30}?)\s*\**\s*(?::|\|)\**\s*(.+?)[\s.,;*]*\Z")
_MONTHS = {
    name: number
    for names in (
        "january february march april may june july august september october november december",
        "januar februar märz april mai juni juli august september oktober november dezember",
        "jan feb mar apr may jun jul aug sep oct nov dec",
    )
    for number, name in enumerate(names.split(), start=1)
}
_NOBODY = re.compile(
    r"(?i)(tbd|tbc|todo|n/?a|none|nobody|unknown|open|offen|name|xx+|[-–—_.\s]+|<.*>|\[.*\]|\{.*\}"
    r"|(pending|awaiting|outstanding|not|to be|yet to|ausstehend|noch)\b.*)\.?"
)
_NAME_AND_DAY = re.compile(r"(.{2,}?)\s*(?:,|\(|\bon\b|\bam\b|;|–|\|)\s*([^,()]{8,20},?[^,()]*)\)?")


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


def from_passages(passages: Iterable[Passage]) -> DocumentMeta:
    """Read a cover: the first passages of the form "Key: value" or "Key | value"; the title else is the first heading."""
    values = DocumentMeta().model_dump()
    cover = list(islice(passages, COVER_PASSAGES))
    for label, value in _pairs(cover):
        _note(values, label, value)
    if values["title"] is None:
        values["title"] = next((passage.text for passage in cover if passage.heading), None)
    return DocumentMeta.model_validate(values)


def is_cover_line(text: str) -> bool:
    """Tell whether a line is "Version: 2.1" or the like, which stands for itself whatever follows."""
    label, mark, value = text.partition(":")
    return bool(mark and value.strip()) and any(one.fullmatch(label.strip(" *")) for one in _LABEL.values())


def filled(meta: DocumentMeta, other: DocumentMeta) -> DocumentMeta:
    """Return ``meta`` with its gaps filled from ``other``."""
    return DocumentMeta.model_validate(
        {
            name: other_value if (value := getattr(meta, name)) is None else value
            for name, other_value in other
        }
    )


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


def _pairs(passages: Sequence[Passage]) -> Iterator[tuple[str, str]]:
    """Yield label and value of cover lines, of rows "Key | value", and of a table with one row below its head."""
    at = 0
    while at < len(passages):
        cells = _cells(passages[at])
        at += 1
        if len(cells) < 2:
            if found := _PAIR.match(passages[at - 1].text):
                yield found[1], found[2]
        elif all(_HEAD.fullmatch(cell) for cell in cells):
            rows: list[list[str]] = []
            while at < len(passages) and len(row := _cells(passages[at])) == len(cells):
                rows.append(row)
                at += 1
            if len(rows) == 1:  # with more rows it is a history, and which of them holds today is not said
                yield from zip(cells, rows[0], strict=True)
        else:
            yield from zip(cells[::2], cells[1::2], strict=False)
            if len(cells) == 3 and _LABEL["approver"].fullmatch(cells[0]):
                yield "approved on", cells[2]


def _cells(passage: Passage) -> list[str]:
    return [cell.strip(" *:") for cell in passage.text.split(" | ")]


def _note(values: dict[str, Any], label: str, value: str) -> None:
    label = label.strip(" *:#_").replace("_", " ")
    value = value.strip(" *:")
    if not value or _NOBODY.fullmatch(value):
        return
    for field, pattern in _LABEL.items():
        if values[field] is not None or not pattern.fullmatch(label):
            continue
        if field in _DATES:
            values[field] = read_date(value)
            if values[field] is not None:
                return
            continue
        if field == "approver":
            value, day = _name_and_day(value)
            values["approved_at"] = values["approved_at"] or day
        values[field] = value[:200]
        return


def _name_and_day(value: str) -> tuple[str, date | None]:
    """Part "Anna Berg, 12 March 2026" and "Anna Berg (2026-03-12)"; without a date the value stays whole."""
    found = _NAME_AND_DAY.fullmatch(value)
    day = read_date(found[2]) if found is not None else None
    return (found[1], day) if found is not None and day is not None else (value, None)
