"""Charts as images for programs that know no SVG: drawn once by the PDF door, then rastered."""

import io
import re
from datetime import date
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from auditkit.base.errors import EnvironmentFault

_SIZE = re.compile(r'width="([0-9.]+)" height="([0-9.]+)"')
_SCALE = 3.0
"""Pixels a point: about 215 to the inch at the width of a page."""
_COLOURS = 64


class Image(NamedTuple):
    """A PNG, and its height as a share of its width."""

    png: bytes
    proportion: float


def draw(pictures: tuple[str, ...]) -> tuple[Image, ...]:
    """Return each SVG as an image; none at all where WeasyPrint is missing, so that words take their place."""
    if not pictures:
        return ()
    try:
        return _drawn(pictures)
    except EnvironmentFault:
        return ()


@lru_cache(maxsize=4)
def _drawn(pictures: tuple[str, ...]) -> tuple[Image, ...]:
    import pypdfium2

    from auditkit.reporting.pdf import write_pdf

    sizes = [tuple(float(one) for one in found.groups()) for one in pictures if (found := _SIZE.search(one))]
    rules = [f"@page p{at} {{ size: {w}px {h}px; margin: 0 }}" for at, (w, h) in enumerate(sizes)]
    pages = "".join(f'<div style="page: p{at}">{one}</div>' for at, one in enumerate(pictures))
    markup = f'<!DOCTYPE html><html lang="en"><head><title>Charts</title></head><body>{pages}</body></html>'
    style = "body { margin: 0 } div { font-size: 0; line-height: 0 } svg { display: block }"
    with TemporaryDirectory() as folder:
        path = Path(folder) / "charts.pdf"
        write_pdf(markup, {"plain": path}, date(2000, 1, 1), [_faces(), style, *rules])
        document = pypdfium2.PdfDocument(path)
        try:
            if len(document) != len(pictures):
                raise RuntimeError(f"{len(pictures)} pictures were laid out on {len(document)} pages")
            return tuple(
                Image(_png(page), height / width)
                for page, (width, height) in zip(document, sizes, strict=True)
            )
        finally:
            document.close()


def _faces() -> str:
    """Return the rules of the printed pages that name the shipped fonts."""
    from auditkit.reporting.templating import TEMPLATES

    text = (TEMPLATES / "page.css").read_text(encoding="utf-8")
    return "\n".join(line for line in text.splitlines() if line.startswith("@font-face"))


def _png(page: object) -> bytes:
    picture = page.render(scale=_SCALE).to_pil()  # type: ignore[attr-defined]
    made = io.BytesIO()
    picture.convert("RGB").quantize(_COLOURS).save(made, "PNG", optimize=True)
    return made.getvalue()
