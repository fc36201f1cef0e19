"""Word documents, straight from their XML."""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from auditkit.evidence.metadata import filled, from_core_properties, from_passages
from auditkit.evidence.model import DocumentMeta
from auditkit.evidence.readers.common import Collector, Extract, Skipped, member, open_zip, parse_xml

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_P, _TR, _TC, _BOX = f"{_W}p", f"{_W}tr", f"{_W}tc", f"{_W}txbxContent"
_GONE = frozenset({f"{_W}del", f"{_W}moveFrom", _FALLBACK})
"""Text that was deleted, moved away, or stands a second time for older programs."""
_GAPS = frozenset({f"{_W}tab", f"{_W}br", f"{_W}cr", _P})
_TRACKED = tuple(f"{_W}{name}" for name in ("del", "ins", "moveFrom", "moveTo"))
_HEADING_NAME = re.compile(r"(?i)(heading|berschrift|überschrift|title|titel|subtitle|toc( heading)?\b)")


def read_docx(path: Path, file: str) -> Extract:
    """Read a Word document: paragraphs under headings, one passage a table row; deleted text is left out.

    Page headers and footers are read for what they say of the document (version, owner), not as its text.
    """
    with open_zip(path) as archive:
        data = member(archive, "word/document.xml")
        if data is None:
            raise Skipped("it is called a Word document but holds no text part")
        root = parse_xml(data)
        styles = _heading_styles(member(archive, "word/styles.xml"))
        notes = member(archive, "word/footnotes.xml")
        margins = _margins(archive, file)
        core = from_core_properties(member(archive, "docProps/core.xml"))
    found = Collector(file)
    under: str | None = None
    for number, element in enumerate(_blocks(root), start=1):
        text = " ".join(_row(element) if element.tag == _TR else _visible(element).split())
        heading = element.tag == _P and _is_heading(element, styles)
        found.add(text, under=None if heading else under, paragraph=number, heading=heading)
        under = text if heading and text else under
    if notes is not None:
        for number, element in enumerate(_blocks(parse_xml(notes)), start=1):
            found.add(_visible(element), under="footnotes", paragraph=number)
    tracked = next(root.iter(*_TRACKED), None) is not None
    said = ("it holds tracked changes; deleted text was left out, inserted text was read",) if tracked else ()
    return found.extract(filled(filled(from_passages(found.passages), margins), core), said)


def _blocks(element: etree._Element) -> Iterator[etree._Element]:
    """Yield paragraphs and table rows in order, each piece of text in one of them only."""
    for child in element:
        if child.tag in _GONE or not isinstance(child.tag, str):
            continue
        if child.tag == _P:
            yield child
            for box in child.iter(_BOX):
                if not any(above.tag in (_FALLBACK, _BOX) for above in box.iterancestors()):
                    yield from _blocks(box)
        elif child.tag == _TR:
            if child.find(f"{_W}trPr/{_W}del") is None:
                yield child
        else:
            yield from _blocks(child)


def _row(row: etree._Element) -> list[str]:
    """Return the words of a row, its cells parted by bars; tables within a cell belong to the cell."""
    cells = [cell for cell in row.iter(_TC) if next(cell.iterancestors(_TR)) is row]
    texts = (" ".join(_visible(cell, boxes=True).split()) for cell in cells)
    return " | ".join(text for text in texts if text).split()


def _visible(element: etree._Element, boxes: bool = False) -> str:
    """Return the visible text of an element; tabs, breaks and paragraphs become blanks."""
    parts: list[str] = []
    for child in element:
        if child.tag == f"{_W}t":
            parts.append(child.text or "")
        elif child.tag == f"{_W}noBreakHyphen":
            parts.append("-")
        elif child.tag in _GONE or (child.tag == _BOX and not boxes) or _is_hidden(child):
            continue
        else:
            parts.append(_visible(child, boxes))
            parts.append(" " if child.tag in _GAPS else "")
    return "".join(parts)


def _is_hidden(run: etree._Element) -> bool:
    mark = run.find(f"{_W}rPr/{_W}vanish") if run.tag == f"{_W}r" else None
    return mark is not None and mark.get(f"{_W}val") not in ("0", "false")


def _is_heading(paragraph: etree._Element, styles: frozenset[str]) -> bool:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    name = (style.get(f"{_W}val") or "") if style is not None else ""
    level = paragraph.find(f"{_W}pPr/{_W}outlineLvl")
    return (
        (level is not None and level.get(f"{_W}val") != "9")
        or name in styles
        or _HEADING_NAME.match(name) is not None
    )


def _heading_styles(data: bytes | None) -> frozenset[str]:
    """Return the ids of heading styles: Word keeps their English name whatever the language of the program."""
    if data is None:
        return frozenset()
    found: set[str] = set()
    for style in parse_xml(data).iter(f"{_W}style"):
        name = style.find(f"{_W}name")
        base = style.find(f"{_W}basedOn")
        identifier = style.get(f"{_W}styleId") or ""
        named = name is not None and _HEADING_NAME.match(name.get(f"{_W}val") or "")
        if named or (base is not None and base.get(f"{_W}val") in found):
            found.add(identifier)
    return frozenset(found)


def _margins(archive: zipfile.ZipFile, file: str) -> DocumentMeta:
    """Read what page headers and footers say of the document."""
    found = Collector(file)
    for name in sorted(archive.namelist()):
        if re.fullmatch(r"word/(header|footer)\d*\.xml", name):
            for element in _blocks(parse_xml(member(archive, name) or b"<x/>")):
                text = " ".join(_row(element)) if element.tag == _TR else _visible(element)
                found.add(text)
    return from_passages(found.passages)
