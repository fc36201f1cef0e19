"""OpenDocument texts and presentations, straight from their XML."""

from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from auditkit.evidence.metadata import filled, from_core_properties, from_passages
from auditkit.evidence.readers.common import Collector, Extract, Skipped, member, open_zip, parse_xml

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_PAGE = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}page"
_HEADING, _PARAGRAPH, _ROW, _CELL = f"{_TEXT}h", f"{_TEXT}p", f"{_TABLE}table-row", f"{_TABLE}table-cell"
_TRACKED = f"{_TEXT}tracked-changes"
_UNSEEN = frozenset({_TRACKED, f"{_OFFICE}annotation", f"{_TEXT}table-of-content"})
_GAPS = frozenset({f"{_TEXT}s", f"{_TEXT}tab", f"{_TEXT}line-break", _PARAGRAPH})


def read_odt(path: Path, file: str) -> Extract:
    """Read an OpenDocument text or presentation: headings, paragraphs, one passage a table row.

    Deleted text, comments and the table of contents are left out.
    """
    with open_zip(path) as archive:
        data = member(archive, "content.xml")
        core = from_core_properties(member(archive, "meta.xml"))
    if data is None:
        raise Skipped("it is called an OpenDocument file but holds no content part")
    root = parse_xml(data)
    found = Collector(file)
    under: str | None = None
    page = 0
    for number, element in enumerate(_blocks(root), start=1):
        if element.tag == _PAGE:
            page += 1
            continue
        text = _row(element) if element.tag == _ROW else " ".join(_visible(element).split())
        heading = element.tag == _HEADING
        found.add(
            text, page=page or None, under=None if heading else under, paragraph=number, heading=heading
        )
        under = text if heading else under
    tracked = root.find(f".//{_TRACKED}") is not None
    notes = (
        ("it holds tracked changes; deleted text was left out, inserted text was read",) if tracked else ()
    )
    return found.extract(filled(from_passages(found.passages), core), notes)


def _blocks(element: etree._Element) -> Iterator[etree._Element]:
    """Yield pages, headings, paragraphs and table rows in order, each piece of text in one of them only."""
    for child in element:
        if child.tag in _UNSEEN or not isinstance(child.tag, str):
            continue
        if child.tag in (_HEADING, _PARAGRAPH, _ROW):
            yield child
            continue
        if child.tag == _PAGE:
            yield child
        yield from _blocks(child)


def _row(row: etree._Element) -> str:
    cells = (" ".join(_visible(cell).split()) for cell in row.iterchildren(_CELL))
    return " | ".join(cell for cell in cells if cell)


def _visible(element: etree._Element) -> str:
    parts = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str) and child.tag not in _UNSEEN:
            parts.append(" " if child.tag in _GAPS else "")
            parts.append(_visible(child))
        parts.append(child.tail or "")
    return "".join(parts)
