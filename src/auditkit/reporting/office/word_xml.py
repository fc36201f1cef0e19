"""Blocks as elements of WordprocessingML: text only ever becomes text, never markup or a field."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from lxml import etree

from auditkit.reporting.office.blocks import (
    Block,
    Cell,
    Heading,
    Part,
    Picture,
    Piece,
    Row,
    Table,
    Text,
    plain,
)
from auditkit.reporting.office.word_picture import Images, picture_run

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_FIRST_MARK = 100_000
"""Bookmarks of a template have small numbers."""
_CONTENTS = ' TOC \\o "1-2" \\h \\z '


class Writer:
    """Turns blocks into elements, with the style ids of one document and bookmarks that links can find."""

    def __init__(
        self, styles: Mapping[str, str], width: int, parts: Iterable[Part], images: Images | None = None
    ) -> None:
        """Know the styles by role, the width of the text in twentieths of a point, all anchors, and drawn pictures."""
        self._styles, self._width, self._images = styles, width, images or {}
        self._drawn = 0
        self._marks: dict[str, int] = {}
        for part in parts:
            for block in part.blocks:
                if isinstance(block, Heading) and block.anchor:
                    self._marks.setdefault(block.anchor, len(self._marks) + 1)
        self._set: set[str] = set()

    def blocks(self, blocks: Iterable[Block]) -> Iterator[Any]:
        """Return the elements of blocks in order."""
        for block in blocks:
            if isinstance(block, Heading):
                yield self._heading(block)
            elif isinstance(block, Picture):
                yield self._picture(block)
            elif isinstance(block, Text):
                yield self._paragraph(block.pieces, block.style)
            else:
                yield from self._table(block)

    def contents(self, headings: Iterable[Heading]) -> Iterator[Any]:
        """Return a field that lists the headings; the lines stand already, Word adds the pages when it opens."""
        made = list(headings)
        for at, one in enumerate(made):
            line = self._paragraph((Piece(plain(one.pieces), link=one.anchor),), f"contents {one.level}")
            if at == 0:
                begin = [_field("begin", dirty=True), _instruction(_CONTENTS), _field("separate")]
                for place, run in enumerate(begin, 1):
                    line.insert(place, run)
            if at == len(made) - 1:
                line.append(_field("end"))
            yield line

    def _heading(self, block: Heading) -> Any:
        role = f"heading {block.level}" if block.listed or block.level == 0 else "heading apart"
        element = self._paragraph(block.pieces, role)
        mark = self._marks.get(block.anchor)
        if mark is not None and block.anchor not in self._set:
            self._set.add(block.anchor)
            number = str(_FIRST_MARK + mark)
            element.insert(1, _element("bookmarkStart", id=number, name=f"_auditkit{mark}"))
            element.append(_element("bookmarkEnd", id=number))
        return element

    def _paragraph(self, pieces: Iterable[Piece], role: str, *, right: bool = False) -> Any:
        properties = _element("pPr", _element("pStyle", val=self._styles[role]))
        if right:
            properties.append(_element("jc", val="right"))
        element = _element("p", properties)
        for piece in pieces:
            run = _run(piece.text, strong=piece.strong)
            mark = self._marks.get(piece.link) if piece.link else None
            element.append(_element("hyperlink", run, anchor=f"_auditkit{mark}") if mark else run)
        return element

    def _picture(self, block: Picture) -> Any:
        """Return a picture with its words as description; the words alone where it is not drawn."""
        found = self._images.get(block.svg)
        if found is None:
            return self._paragraph(block.words.pieces, block.words.style)
        self._drawn += 1
        element = self._paragraph((), "text")
        words = clean(f"{block.title}: {block.shows}")
        element.append(picture_run(found, self._width, self._drawn, clean(block.title), words))
        return element

    def _table(self, table: Table) -> Iterator[Any]:
        if table.caption:
            caption = self._paragraph((Piece(table.caption),), "caption")
            caption[0].append(_element("keepNext"))
            yield caption
        total = sum(table.shares) or 1.0
        widths = [round(self._width * share / total) for share in table.shares]
        properties = _element(
            "tblPr",
            _element("tblStyle", val=self._styles["table"]),
            _element("tblW", w="5000", type="pct"),
            _element("tblLayout", type="fixed"),
            _element(
                "tblLook", val="0420", firstRow="1", lastRow="0", firstColumn="0", noHBand="0", noVBand="1"
            ),
        )
        if table.caption:
            properties.append(_element("tblCaption", val=clean(table.caption)))
        grid = _element("tblGrid", *(_element("gridCol", w=str(one)) for one in widths))
        yield _element("tbl", properties, grid, *(self._row(row, widths) for row in table.rows))
        yield self._paragraph((), "after table")

    def _row(self, row: Row, widths: list[int]) -> Any:
        properties = _element("trPr", _element("cantSplit"))
        if row.header:
            properties.append(_element("tblHeader"))
        element, at = _element("tr", properties), 0
        for cell in row.cells:
            element.append(self._cell(cell, sum(widths[at : at + cell.span]), row.header))
            at += cell.span
        return element

    def _cell(self, cell: Cell, width: int, header: bool) -> Any:
        properties = _element("tcPr", _element("tcW", w=str(width), type="dxa"))
        if cell.span > 1:
            properties.append(_element("gridSpan", val=str(cell.span)))
        pieces = [one._replace(strong=True) for one in cell.pieces] if header or cell.header else cell.pieces
        return _element("tc", properties, self._paragraph(pieces, "cell", right=cell.numeric))


def page_field(name: str) -> tuple[Any, ...]:
    """Return the runs of a field that the program fills, such as PAGE."""
    return _field("begin"), _instruction(f" {name} "), _field("separate"), _run("1"), _field("end")


def text_run(text: str) -> Any:
    """Return a run of text."""
    return _run(text)


def _run(text: str, *, strong: bool = False) -> Any:
    run = _element("r")
    if strong:
        run.append(_element("rPr", _element("b")))
    for at, line in enumerate(clean(text).split("\n")):
        if at:
            run.append(_element("br"))
        for place, words in enumerate(line.split("\t")):
            if place:
                run.append(_element("tab"))
            if words:
                run.append(_words(words))
    return run


def _words(words: str) -> Any:
    element = _element("t")
    element.text = words
    element.set(_XML_SPACE, "preserve")
    return element


def _field(kind: str, *, dirty: bool = False) -> Any:
    mark = _element("fldChar", fldCharType=kind)
    if dirty:
        mark.set(f"{{{NAMESPACE}}}dirty", "true")
    return _element("r", mark)


def _instruction(text: str) -> Any:
    element = _element("instrText")
    element.text = text
    element.set(_XML_SPACE, "preserve")
    return _element("r", element)


def _element(tag: str, *children: Any, **attributes: str) -> Any:
    element = etree.Element(f"{{{NAMESPACE}}}{tag}", nsmap={"w": NAMESPACE})
    for name, value in attributes.items():
        element.set(f"{{{NAMESPACE}}}{name}", value)
    element.extend(children)
    return element


def clean(text: str) -> str:
    """Put a question mark where XML allows no character."""
    return _NOT_XML.sub("?", text)
