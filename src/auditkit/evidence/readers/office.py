"""Word, PowerPoint and OpenDocument texts, straight from their XML."""

import re
from pathlib import Path

from lxml import etree

from auditkit.evidence.metadata import from_core_properties, from_passages
from auditkit.evidence.readers.common import Collector, Extract, Skipped, member, open_zip, parse_xml

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"


def read_docx(path: Path, file: str) -> Extract:
    """Read a Word document: paragraphs under headings, one passage a table row; deleted text is left out."""
    with open_zip(path) as archive:
        data = member(archive, "word/document.xml")
        core = member(archive, "docProps/core.xml")
    if data is None:
        raise Skipped("it is called a Word document but holds no text part")
    root = parse_xml(data)
    found = Collector(file)
    under: str | None = None
    count = 0
    for element in root.iter(f"{_W}p", f"{_W}tr"):
        if element.tag == f"{_W}p" and any(parent.tag == f"{_W}tr" for parent in element.iterancestors()):
            continue
        count += 1
        if element.tag == f"{_W}tr":
            cells = [_word_text(cell) for cell in element.iterchildren(f"{_W}tc")]
            found.add(
                " | ".join(cell.strip() for cell in cells if cell.strip()), under=under, paragraph=count
            )
            continue
        text = _word_text(element)
        heading = _is_heading(element)
        found.add(text, under=None if heading else under, paragraph=count, heading=heading)
        under = " ".join(text.split()) if heading and text.strip() else under
    tracked = next(root.iter(f"{_W}del", f"{_W}ins"), None) is not None
    notes = (
        ("it holds tracked changes; deleted text was left out, inserted text was read",) if tracked else ()
    )
    return found.extract(from_passages(found.passages, from_core_properties(core)), notes)


def read_pptx(path: Path, file: str) -> Extract:
    """Read a presentation: one passage a paragraph or table row, with the number of the slide."""
    found = Collector(file)
    with open_zip(path) as archive:
        names = [name for name in archive.namelist() if re.fullmatch(r"ppt/slides/slide\d+\.xml", name)]
        core = member(archive, "docProps/core.xml")
        for name in sorted(names, key=lambda one: int(re.findall(r"\d+", one)[-1])):
            root = parse_xml(member(archive, name) or b"<x/>")
            number = int(re.findall(r"\d+", name)[-1])
            for element in root.iter(f"{_A}p", f"{_A}tr"):
                if element.tag == f"{_A}p" and any(
                    parent.tag == f"{_A}tr" for parent in element.iterancestors()
                ):
                    continue
                separator = " | " if element.tag == f"{_A}tr" else ""
                found.add(separator.join(one.text or "" for one in element.iter(f"{_A}t")), page=number)
    return found.extract(from_passages(found.passages, from_core_properties(core)))


def read_odt(path: Path, file: str) -> Extract:
    """Read an OpenDocument text or presentation: headings, paragraphs, one passage a table row."""
    with open_zip(path) as archive:
        data = member(archive, "content.xml")
        core = member(archive, "meta.xml")
    if data is None:
        raise Skipped("it is called an OpenDocument file but holds no content part")
    found = Collector(file)
    under: str | None = None
    root = parse_xml(data)
    rows = f"{_TABLE}table-row"
    for count, element in enumerate(root.iter(f"{_TEXT}h", f"{_TEXT}p", rows), start=1):
        if element.tag != rows and any(parent.tag == rows for parent in element.iterancestors()):
            continue
        if element.tag == rows:
            cells = (_odf_text(cell) for cell in element.iter(f"{_TABLE}table-cell"))
            found.add(" | ".join(cell for cell in cells if cell.strip()), under=under, paragraph=count)
            continue
        text = _odf_text(element)
        heading = element.tag == f"{_TEXT}h"
        found.add(text, under=None if heading else under, paragraph=count, heading=heading)
        under = text if heading else under
    return found.extract(from_passages(found.passages, from_core_properties(core)))


def _word_text(element: etree._Element) -> str:
    """Return the visible text of an element; tabs and breaks become blanks, deletions are left out."""
    parts: list[str] = []
    for node in element.iter(f"{_W}t", f"{_W}tab", f"{_W}br", f"{_W}p"):
        if node.tag == f"{_W}t":
            parts.append(node.text or "")
        else:
            parts.append(" ")
    return "".join(parts)


def _odf_text(element: etree._Element) -> str:
    return "".join(str(part) for part in element.itertext())


def _is_heading(paragraph: etree._Element) -> bool:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    level = paragraph.find(f"{_W}pPr/{_W}outlineLvl")
    name = (style.get(f"{_W}val") or "") if style is not None else ""
    return level is not None or bool(re.match(r"(?i)heading|berschrift|überschrift|title|titel", name))
