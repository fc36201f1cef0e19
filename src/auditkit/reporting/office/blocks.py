"""The printed report as a row of plain blocks (pure): `report_parts`.

They are read from the markup that the PDF is made of, so no figure is counted or worded a second time, and what
stands in one stands in the other. Texts are cleaned there: no control characters, and nothing is markup any more.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any, Literal, NamedTuple

from lxml import html

from auditkit.reporting.templating import render
from auditkit.reporting.view_model import Options, View

Style = Literal["text", "verdict", "note", "status", "kicker", "item", "number", "quote", "picture"]
_BOLD = ("b", "strong", "dt")
_HEADINGS = {"h1": 0, "h2": 1, "h3": 2}
_NOT_LISTED = ("clause-", "candidate-")
_CONTAINERS = ("section", "article", "div", "header", "nav", "dl", "main", "blockquote")
_CLASSES: dict[str, Style] = {
    "verdict": "verdict",
    "note": "note",
    "small": "note",
    "source": "note",
    "status": "status",
    "kicker": "kicker",
}
_SVG = re.compile("<svg.*?</svg>", re.DOTALL)
_SPACE = re.compile(r"[ \t\r\f\v\n]+")


class Piece(NamedTuple):
    """Text in one manner; a line break stands as a newline."""

    text: str
    strong: bool = False
    link: str = ""
    """Anchor in the report; empty: no link."""


Pieces = tuple[Piece, ...]


class Heading(NamedTuple):
    """A heading; level 0 is the title of the report."""

    level: int
    pieces: Pieces
    anchor: str

    @property
    def listed(self) -> bool:
        """Tell whether contents list it; clauses and candidates are too many and stand in order."""
        return self.level in (1, 2) and not self.anchor.startswith(_NOT_LISTED)


class Text(NamedTuple):
    """A paragraph or an item of a list."""

    pieces: Pieces
    style: Style = "text"


class Cell(NamedTuple):
    """A cell; ``span`` is the number of columns it takes."""

    pieces: Pieces
    header: bool
    numeric: bool
    span: int


class Row(NamedTuple):
    """A row; ``header``: it is repeated on every page."""

    cells: tuple[Cell, ...]
    header: bool


class Table(NamedTuple):
    """A table; ``shares`` are the widths of its columns in per cent."""

    caption: str
    shares: tuple[float, ...]
    rows: tuple[Row, ...]


class Picture(NamedTuple):
    """A chart: its SVG as it stands in the markup, and the words for those who do not see it."""

    svg: str
    title: str
    shows: str

    @property
    def words(self) -> "Text":
        """Return what stands in its place where it cannot be drawn."""
        return Text((Piece(f"{self.title}: ", strong=True), Piece(self.shows)), "picture")


Block = Heading | Text | Table | Picture


class Part(NamedTuple):
    """What stands under one name: ``cover``, ``control``, or the id of a section."""

    id: str
    blocks: tuple[Block, ...]


def report_parts(view: View, options: Options) -> tuple[Part, ...]:
    """Return the parts of a report in their order; the contents are left to the program that counts the pages."""
    return parts_of(render("report.pdf.j2", view, options, pdf=True))


def parts_of(markup: str) -> tuple[Part, ...]:
    """Return the parts of a printed page in their order."""
    page: Any = html.document_fromstring(markup)
    parts: list[Part] = []
    for element in page.body:
        classes = element.get("class", "").split()
        if "contents" in classes:
            continue
        blocks = tuple(_blocks(element))
        named = next((one.anchor for one in blocks if isinstance(one, Heading) and one.level == 1), "")
        if "cover" in classes:
            parts.append(Part("cover", blocks))
        elif named or not parts:
            parts.append(Part(named, blocks))
        else:
            parts[-1] = Part(parts[-1].id, (*parts[-1].blocks, *blocks))
    strokes = iter(_SVG.findall(markup))
    return tuple(
        Part(part.id, tuple(_with_strokes(block, strokes) for block in part.blocks)) for part in parts
    )


def _with_strokes(block: Block, strokes: Iterator[str]) -> Block:
    return block._replace(svg=next(strokes)) if isinstance(block, Picture) else block


def plain(pieces: Iterable[Piece]) -> str:
    """Return the text of pieces."""
    return "".join(one.text for one in pieces)


def _blocks(element: Any, anchor: str = "") -> Iterator[Block]:
    """Walk one element; what has no shape of its own becomes a paragraph, so that no text is lost."""
    tag = element.tag
    if not isinstance(tag, str):
        return
    if tag in _HEADINGS:
        yield Heading(_HEADINGS[tag], _pieces(element), element.get("id", "") or anchor)
    elif tag == "table":
        yield _table(element)
    elif tag == "figure":
        yield from _pictures(element)
    elif tag in ("ul", "ol"):
        yield from _items(element)
    elif tag in _CONTAINERS:
        inner = element.get("id", "") if tag == "article" else ""
        for child in element:
            for block in _blocks(child, inner):
                yield _quoted(block) if tag == "blockquote" else block
                inner = ""
    else:
        yield from _paragraph(_pieces(element), _style(element))


def _quoted(block: Block) -> Block:
    return Text(block.pieces, "quote") if isinstance(block, Text) else block


def _style(element: Any) -> Style:
    return next((_CLASSES[one] for one in element.get("class", "").split() if one in _CLASSES), "text")


def _paragraph(pieces: Pieces, style: Style) -> Iterator[Block]:
    if pieces:
        yield Text(pieces, style)


def _items(element: Any) -> Iterator[Block]:
    for number, item in enumerate(element, 1):
        if element.tag == "ol":
            yield Text((Piece(f"{number}.\t"), *_pieces(item)), "number")
        else:
            yield Text(_pieces(item), "item")


def _pictures(element: Any) -> Iterator[Block]:
    """Return the pictures with title and description; their strokes are put in from the markup, letter for letter."""
    for drawn in element.iter("svg"):
        title, shows = (drawn.findtext(name, "").strip() for name in ("title", "desc"))
        yield Picture("", title, shows)


def _table(element: Any) -> Table:
    rows = tuple(
        Row(
            tuple(
                Cell(
                    _pieces(cell),
                    header=cell.tag == "th",
                    numeric="n" in cell.get("class", "").split(),
                    span=int(cell.get("colspan", "1")),
                )
                for cell in row
            ),
            header=row.getparent().tag == "thead",
        )
        for row in element.iter("tr")
    )
    shares = tuple(
        float(match[1]) if (match := re.search(r"width:([0-9.]+)%", one.get("style", ""))) else 10.0
        for one in element.iter("col")
    )
    return Table(" ".join(element.findtext("caption", "").split()), shares, rows)


def _pieces(element: Any) -> Pieces:
    """Return the texts of an element in order, white space as a browser shows it."""
    found: list[Piece] = []
    for piece in _inside(element, strong=False, link=""):
        text = _SPACE.sub(" ", piece.text) if piece.text != "\n" else "\n"
        if text.startswith(" ") and (not found or found[-1].text.endswith((" ", "\n"))):
            text = text[1:]
        if text == "\n" and found:
            found[-1] = found[-1]._replace(text=found[-1].text.rstrip(" "))
        if text:
            found.append(piece._replace(text=text))
    while found and not found[-1].text.strip():
        found.pop()
    if found:
        found[-1] = found[-1]._replace(text=found[-1].text.rstrip())
    return tuple(one for one in found if one.text)


def _inside(element: Any, *, strong: bool, link: str) -> Iterator[Piece]:
    if element.text:
        yield Piece(element.text, strong, link)
    for child in element:
        if child.tag == "br":
            yield Piece("\n")
        elif isinstance(child.tag, str):
            target = child.get("href", "") if child.tag == "a" else ""
            bold = strong or child.tag in _BOLD
            yield from _inside(child, strong=bold, link=target.removeprefix("#") or link)
        if child.tail:
            yield Piece(child.tail, strong, link)
