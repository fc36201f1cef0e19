"""What a document says of itself: front matter, core properties, and a cover of "Key: value" lines or rows.

A date that can be read two ways is not read. The dates of file properties are never the effective date. A
review interval ("every 12 months") makes a review date where the document says from when it counts.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from typing import Any

from lxml import etree

from auditkit.evidence.document_dates import day_after, read_date
from auditkit.evidence.document_people import names_nobody
from auditkit.evidence.model import DocumentMeta, Passage

__all__ = [
    "filled",
    "from_core_properties",
    "from_front_matter",
    "from_passages",
    "is_cover_line",
    "read_date",
]

COVER_PASSAGES, COVER_CHARACTERS = 40, 600
_VALUE_CHARACTERS, _VALUE_WORDS = 60, 6
_LABELS = {
    "title": r"(document )?title|titel|dokumenttitel",
    "version": r"(document )?version( (number|no\.?))?|revision|rev\.?|fassung",
    "owner": r"((document|process|policy|plan|content) )?owner|dokument(en)?eigner|verantwortlich(er)?|responsible",
    "author": r"authors?|(document )?(prepared|written|created) by|verfasser|erstellt von|autor",
    "approver": r"approvers?|approved by|approval by|authori[sz]ed by|freigegeben von|genehmigt von|signed off by",
    "approved_at": r"approved( on| at)?|approval( date)?|date of approval|date approved|freigegeben( am)?|genehmigt( am)?",
    "effective_at": r"effective( from| date| as of)?|valid from|in force (from|since)|gültig ab|date effective",
    "next_review_at": r"(date of )?next review( date| due| on)?|review (due|date|by)|due for review"
    r"|nächste prüfung|nächste überprüfung|valid (until|to)|expir(es|y)( on| date)?|gültig bis",
    "status": r"(document )?status",
}
_INTERVAL_LABELS = {
    "reviewed_at": r"last review(ed)?( on| date)?|date of last review|reviewed on|letzte (über)?prüfung",
    "review_interval": r"review (in|every|cycle|interval|frequency|period)|prüf(intervall|zyklus)",
}
_LABEL = {
    field: re.compile(rf"(?:{pattern})", re.IGNORECASE)
    for field, pattern in (_LABELS | _INTERVAL_LABELS).items()
}
_HEAD = re.compile(
    rf"(?:{'|'.join((*_LABELS.values(), *_INTERVAL_LABELS.values()))}|date|datum|changes?|(change )?descriptions?"
    r"|reasons?|comments?|remarks?|summary|names?|roles?|signatures?|sections?|pages?|issued|version history|notes?"
    r"|änderung(en)?|beschreibung|rolle|unterschrift)",
    re.IGNORECASE,
)
"""A cell of the head of a cover or history table; such a cell is never a value."""
_DATES = ("approved_at", "effective_at", "next_review_at", "reviewed_at")
_PEOPLE = ("owner", "author", "approver")
_BELOW = (*_PEOPLE, *_DATES, "version", "status")
"""What may stand in the line below its label."""
_PAIR = re.compile(r"\W*([^:|]{3,30}?)\s*\**\s*(?::|\|)\**\s*(.+?)[\s.,;*]*\Z")
_APPROVED_BY = re.compile(
    r"\W*(approved by|authori[sz]ed by|freigegeben von|genehmigt von) ([^:|]{4,80})\Z", re.IGNORECASE
)
_NAME_AND_DAY = re.compile(r"(.{2,}?)\s*(?:,|\(|\bon\b|\bam\b|;|–|\|)\s*([^,()]{8,20},?[^,()]*)\)?")
_NO_TITLE = re.compile(
    r"\W*(?:\d+(?:\.\d+)*\.?\s+)?(?:(?:table of )?contents|purpose( and scope)?|scope|introduction|overview|background"
    r"|definitions?|agenda|appendi(x|ces)|(revision|version|document) (history|control).*|examples?|inhaltsverzeichnis"
    r"|einleitung|zweck|geltungsbereich)\W*",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"\d+(\.\d+)*\.?\s")


def from_passages(passages: Iterable[Passage]) -> DocumentMeta:
    """Read a cover: the first passages of the form "Key: value" or "Key | value"; the title else is the first heading.

    A heading such as "Purpose" or "Table of contents" is no title, and a numbered one only where it comes first.
    """
    values: dict[str, Any] = DocumentMeta().model_dump()
    cover = list(islice(passages, COVER_PASSAGES))
    for label, value in _pairs(cover):
        _note(values, label, value)
    if values["title"] is None:
        first = next(((at, one.text) for at, one in enumerate(cover) if one.heading), None)
        if first is not None and _is_title(*first):
            values["title"] = first[1]
    return _finished(values)


def is_cover_line(text: str) -> bool:
    """Tell whether a line is "Version: 2.1" or the like, which stands for itself whatever follows."""
    if ":" not in text:  # nearly every line of a document
        return False
    label, _, value = text.partition(":")
    return bool(value.strip()) and any(one.fullmatch(label.strip(" *")) for one in _LABEL.values())


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
    return _finished(values)


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
    author = found.get("creator", "")
    return DocumentMeta(title=found.get("title") or None, author=None if names_nobody(author) else author)


def _pairs(passages: Sequence[Passage]) -> Iterator[tuple[str, str]]:
    """Yield label and value of cover lines, of rows "Key | value", and of a table with one row below its head."""
    at = 0
    while at < len(passages):
        cells = _cells(passages[at])
        at += 1
        if len(passages[at - 1].text) > COVER_CHARACTERS:
            continue
        if len(cells) < 2:
            yield from _of_line(passages, at - 1)
        elif all(_HEAD.fullmatch(cell) for cell in cells):
            rows: list[list[str]] = []
            while at < len(passages) and len(row := _cells(passages[at])) == len(cells):
                rows.append(row)
                at += 1
            if len(rows) == 1:  # with more rows it is a history, and which of them holds today is not said
                yield from zip(cells, rows[0], strict=True)
        elif len(cells) == 2 or all(_HEAD.fullmatch(cell) for cell in cells[::2][: len(cells) // 2]):
            yield from zip(cells[::2], cells[1::2], strict=False)
            if len(cells) == 3 and _LABEL["approver"].fullmatch(cells[0]):
                yield "approved on", cells[2]


def _of_line(passages: Sequence[Passage], at: int) -> Iterator[tuple[str, str]]:
    """Yield what one line of a cover says: "Key: value", "Approved by NAME on DAY", or a label above its value."""
    text = passages[at].text
    if found := _PAIR.match(text):
        yield found[1], found[2]
    elif found := _APPROVED_BY.match(text):
        name, day = _name_and_day(found[2])
        if day is not None:
            yield found[1], name
            yield "approved on", day.isoformat()
    elif any(_LABEL[field].fullmatch(text.strip(" *:#")) for field in _BELOW) and at + 1 < len(passages):
        value = passages[at + 1].text.strip(" *")
        short = len(value) <= _VALUE_CHARACTERS and len(value.split()) <= _VALUE_WORDS
        if short and not passages[at + 1].heading and ":" not in value and not _HEAD.fullmatch(value):
            yield text.strip(" *:#"), value


def _cells(passage: Passage) -> list[str]:
    return [cell.strip(" *:") for cell in passage.text.split(" | ")]


def _note(values: dict[str, Any], label: str, value: str) -> None:
    label = label.strip(" *:#_").replace("_", " ")
    value = value.strip(" *:")
    if names_nobody(value):
        return
    for field, pattern in _LABEL.items():
        if values.get(field) is not None or not pattern.fullmatch(label):
            continue
        if field not in _DATES:
            _note_text(values, field, value)
            return
        values[field] = read_date(value)
        if values[field] is not None:
            return
        if field == "approved_at" and values["approver"] is None and _name_and_day(value)[1] is not None:
            _note_text(values, "approver", value)
            return


def _note_text(values: dict[str, Any], field: str, value: str) -> None:
    if field == "approver":
        value, day = _name_and_day(value)
        values["approved_at"] = values["approved_at"] or day
    values[field] = value[:200]


def _finished(values: dict[str, Any]) -> DocumentMeta:
    """Make the record; a review interval counts from the last review, else from the latest day the document names."""
    reviewed, interval = values.pop("reviewed_at", None), values.pop("review_interval", None)
    days = [day for day in (values["approved_at"], values["effective_at"]) if day is not None]
    start = reviewed or max(days, default=None)
    if values["next_review_at"] is None and interval is not None and start is not None:
        values["next_review_at"] = day_after(start, interval)
    return DocumentMeta.model_validate(values)


def _is_title(at: int, heading: str) -> bool:
    return _NO_TITLE.fullmatch(heading) is None and (at == 0 or _NUMBERED.match(heading) is None)


def _name_and_day(value: str) -> tuple[str, date | None]:
    """Part "Anna Berg, 12 March 2026" and "Anna Berg (2026-03-12)"; without a date the value stays whole."""
    found = _NAME_AND_DAY.fullmatch(value)
    day = read_date(found[2]) if found is not None else None
    return (found[1], day) if found is not None and day is not None else (value, None)
