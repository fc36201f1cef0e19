"""Charts in a Word document: an image part each, shown as wide as the text, described in words."""

import io
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from lxml import etree

from auditkit.reporting.office.blocks import Part, Picture
from auditkit.reporting.office.pictures import draw

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TWIPS = 635
_FIRST = 5_000
"""Drawings of a template have small numbers."""


class Placed(NamedTuple):
    """An image in a document: how the document calls it, and its height as a share of its width."""

    relation: str
    proportion: float


Images = Mapping[str, Placed]


def images_in(document: Any, parts: Iterable[Part]) -> Images:
    """Put every chart of the parts into a document as an image; by SVG. Empty where nothing can draw."""
    wanted = tuple(
        dict.fromkeys(one.svg for part in parts for one in part.blocks if isinstance(one, Picture))
    )
    drawn = draw(wanted)
    return {
        svg: Placed(document.part.get_or_add_image(io.BytesIO(image.png))[0], image.proportion)
        for svg, image in zip(wanted, drawn, strict=bool(drawn))
    }


def picture_run(image: Placed, width_twips: int, number: int, title: str, words: str) -> Any:
    """Return a run that shows an image over the width of the text; ``words`` are what a screen reader says."""
    wide = width_twips * _TWIPS
    size = {"cx": str(wide), "cy": str(round(wide * image.proportion))}
    run = etree.Element(f"{{{_W}}}r", nsmap={"w": _W, "wp": _WP, "a": _A, "pic": _PIC, "r": _R})
    inline = _below(_below(run, _W, "drawing"), _WP, "inline", distT="0", distB="0", distL="0", distR="0")
    _below(inline, _WP, "extent", **size)
    _below(inline, _WP, "docPr", id=str(_FIRST + number), name=title[:120], descr=words)
    graphic = _below(_below(inline, _A, "graphic"), _A, "graphicData", uri=_PIC)
    picture = _below(graphic, _PIC, "pic")
    about = _below(picture, _PIC, "nvPicPr")
    _below(about, _PIC, "cNvPr", id=str(_FIRST + number), name=title[:120])
    _below(about, _PIC, "cNvPicPr")
    fill = _below(picture, _PIC, "blipFill")
    _below(fill, _A, "blip").set(f"{{{_R}}}embed", image.relation)
    _below(_below(fill, _A, "stretch"), _A, "fillRect")
    shape = _below(picture, _PIC, "spPr")
    frame = _below(shape, _A, "xfrm")
    _below(frame, _A, "off", x="0", y="0")
    _below(frame, _A, "ext", **size)
    _below(_below(shape, _A, "prstGeom", prst="rect"), _A, "avLst")
    return run


def _below(parent: Any, space: str, tag: str, **attributes: str) -> Any:
    return etree.SubElement(parent, f"{{{space}}}{tag}", attributes)
