"""PowerPoint presentations, straight from their XML."""

import posixpath
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from auditkit.evidence.metadata import filled, from_core_properties, from_passages
from auditkit.evidence.readers.common import Collector, Extract, member, open_zip, parse_xml

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_TITLES = frozenset({"title", "ctrTitle"})


def read_pptx(path: Path, file: str) -> Extract:
    """Read a presentation in the order it is shown: one passage a paragraph or table row, with its slide.

    Titles are headings; speaker notes stand under "speaker notes".
    """
    found = Collector(file)
    with open_zip(path) as archive:
        core = from_core_properties(member(archive, "docProps/core.xml"))
        for number, name in enumerate(_slides(archive), start=1):
            under: str | None = None
            for text, placed in _texts(parse_xml(member(archive, name) or b"<x/>")):
                title = placed and not text.endswith((".", "!"))  # a title that is a sentence says something
                found.add(text, page=number, under=None if title else under, heading=title)
                under = text if title else under
            for notes in _targets(archive, name, "notesSlide").values():
                for text, _ in _texts(parse_xml(member(archive, notes) or b"<x/>")):
                    if not re.fullmatch(r"\d+", text):  # the number of the page
                        found.add(text, page=number, under="speaker notes")
    return found.extract(filled(from_passages(found.passages), core))


def _slides(archive: zipfile.ZipFile) -> list[str]:
    """Return the parts of the slides in the order of the presentation, which their names need not follow."""
    root = parse_xml(member(archive, "ppt/presentation.xml") or b"<x/>")
    targets = _targets(archive, "ppt/presentation.xml", "slide")
    return [targets[key] for one in root.iter(f"{_P}sldId") if (key := one.get(f"{_R}id") or "") in targets]


def _targets(archive: zipfile.ZipFile, part: str, kind: str) -> dict[str, str]:
    """Return the parts that a part refers to, by the id of the relation."""
    folder, name = posixpath.split(part)
    links = member(archive, f"{folder}/_rels/{name}.rels")
    if links is None:
        return {}
    return {
        one.get("Id") or "": posixpath.normpath(posixpath.join("/", folder, one.get("Target") or "")).lstrip(
            "/"
        )
        for one in parse_xml(links)
        if isinstance(one.tag, str)
        and (one.get("Type") or "").endswith(f"/{kind}")
        and one.get("TargetMode") != "External"
    }


def _texts(root: etree._Element) -> Iterator[tuple[str, bool]]:
    """Yield the text of paragraphs and table rows, and whether it is the slide's title."""
    for element in root.iter(f"{_A}p", f"{_A}tr"):
        if element.tag == f"{_A}tr":
            cells = (" ".join(_text(cell).split()) for cell in element.iterchildren(f"{_A}tc"))
            yield " | ".join(cell for cell in cells if cell), False
        elif next(element.iterancestors(f"{_A}tr"), None) is None:
            shape = next(element.iterancestors(f"{_P}sp"), None)
            place = shape.find(f"{_P}nvSpPr/{_P}nvPr/{_P}ph") if shape is not None else None
            yield " ".join(_text(element).split()), place is not None and place.get("type") in _TITLES


def _text(element: etree._Element) -> str:
    """Return the text of runs; line breaks and ends of paragraphs become blanks."""
    gaps = (f"{_A}br", f"{_A}p")
    return "".join((one.text or "") if one.tag == f"{_A}t" else " " for one in element.iter(f"{_A}t", *gaps))
