"""What slides are made of: a page with title and foot, paragraphs, tables, a bar. Texts only ever become texts."""

import io
from base64 import b64decode
from collections.abc import Sequence
from typing import Any

from pptx.dml import color
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.util import Mm, Pt

from auditkit.base.language import say
from auditkit.reporting.logo import PREFIX
from auditkit.reporting.office.word_xml import clean
from auditkit.reporting.words import printable

WIDTH, HEIGHT, MARGIN = 338.67, 190.5, 16.0
"""Of a slide, in millimetres; sixteen to nine."""
_COLOUR: Any = color.RGBColor
ACCENT, INK, QUIET = _COLOUR(0x1D, 0x4B, 0x5C), _COLOUR(0x1C, 0x1F, 0x22), _COLOUR(0x56, 0x5C, 0x61)
PALE, GREY, WHITE = _COLOUR(0xEE, 0xF1, 0xF2), _COLOUR(0xB9, 0xBF, 0xC4), _COLOUR(0xFF, 0xFF, 0xFF)
_FONT = "Calibri"
_TITLE_ONLY = 5
_FOOT, _SIDES = (180.0, 30.0, 96.0), (PP_ALIGN.LEFT, PP_ALIGN.CENTER, PP_ALIGN.RIGHT)
Line = tuple[str, float, bool]
"""Text, size in points, bold."""


def add_page(deck: Any, title: str, foot: tuple[str, str, str]) -> Any:
    """Add a slide with a title and a foot of left, middle and right."""
    slide = deck.slides.add_slide(deck.slide_layouts[_TITLE_ONLY])
    heading = slide.shapes.title
    _place(heading, MARGIN, 5, WIDTH - 2 * MARGIN, 21)
    _write(heading.text_frame, [(title, 24, True)], colour=ACCENT, anchor=MSO_ANCHOR.MIDDLE)
    left = MARGIN
    for name, text, width, side in zip(("Foot", "Draft", "Number"), foot, _FOOT, _SIDES, strict=True):
        box = slide.shapes.add_textbox(Mm(left), Mm(HEIGHT - 13), Mm(width), Mm(8))
        box.name = name
        _write(box.text_frame, [(text, 10, name == "Draft")], colour=QUIET, side=side)
        left += width
    return slide


def add_texts(slide: Any, lines: Sequence[Line], top: float, height: float) -> None:
    """Put paragraphs on a slide, as wide as it is."""
    box = slide.shapes.add_textbox(Mm(MARGIN), Mm(top), Mm(WIDTH - 2 * MARGIN), Mm(height))
    _write(box.text_frame, lines)


def add_logo(slide: Any, address: str, top: float) -> None:
    """Put the logo on a slide, at most 18 mm high and 90 mm wide; nothing where there is none."""
    if not address:
        return
    picture = slide.shapes.add_picture(
        io.BytesIO(b64decode(address.removeprefix(PREFIX))), Mm(MARGIN), Mm(top)
    )
    scale = min(Mm(18) / picture.height, Mm(90) / picture.width)
    picture.height, picture.width = round(picture.height * scale), round(picture.width * scale)
    picture.name = "Logo"
    picture._element.nvPicPr.cNvPr.set("descr", say("Logo"))


def add_table(
    slide: Any,
    about: str,
    header: Sequence[str],
    shares: Sequence[float],
    rows: Sequence[Sequence[str]],
    top: float,
) -> None:
    """Put a table on a slide; ``about`` is its description, ``shares`` the widths of its columns in per cent."""
    width = WIDTH - 2 * MARGIN
    size = (Mm(MARGIN), Mm(top), Mm(width), Mm(9 * (len(rows) + 1)))
    frame = slide.shapes.add_table(len(rows) + 1, len(header), *size)
    frame.name = "Table"
    frame._element.nvGraphicFramePr.cNvPr.set("descr", _said(about))
    table = frame.table
    table.first_row, table.horz_banding = True, False
    for at, share in enumerate(shares):
        table.columns[at].width = Mm(width * share / 100)
    for down, row in enumerate([header, *rows]):
        for across, text in enumerate(row):
            cell = table.cell(down, across)
            cell.fill.solid()
            cell.fill.fore_color.rgb = ACCENT if down == 0 else WHITE if down % 2 else PALE
            colour = WHITE if down == 0 else INK
            _write(cell.text_frame, [(text, 12, down == 0 or across == 0)], colour=colour)


def add_bar(slide: Any, parts: Sequence[tuple[str, int]], top: float) -> None:
    """Draw a bar of parts, filled, empty and pale, with a legend that says each number."""
    total, left = sum(number for _, number in parts) or 1, MARGIN
    for at, (words, number) in enumerate(parts):
        width = (WIDTH - 2 * MARGIN) * number / total
        if not number:
            continue
        shape = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, Mm(left), Mm(top), Mm(width), Mm(9))
        shape.name = _said(f"{words}: {number}")
        shape._element.nvSpPr.cNvPr.set(
            "descr", _said(say("{number} of {total} {words}", number=number, total=total, words=words))
        )
        shape.fill.solid()
        shape.fill.fore_color.rgb = (ACCENT, WHITE, GREY)[at]
        shape.line.color.rgb, shape.line.width = ACCENT, Pt(1)
        shape.shadow.inherit = False
        left += width
    legend = "   ".join(
        f"{mark} {number} {words}" for mark, (words, number) in zip("■□▨", parts, strict=True)
    )
    add_texts(slide, [(legend, 12, False)], top + 9, 8)


def _place(shape: Any, left: float, top: float, width: float, height: float) -> None:
    shape.left, shape.top, shape.width, shape.height = Mm(left), Mm(top), Mm(width), Mm(height)


def _write(
    frame: Any,
    lines: Sequence[Line],
    *,
    colour: Any = INK,
    side: Any = PP_ALIGN.LEFT,
    anchor: Any = MSO_ANCHOR.TOP,
) -> None:
    frame.word_wrap, frame.vertical_anchor, frame.auto_size = True, anchor, MSO_AUTO_SIZE.NONE
    for at, (text, size, bold) in enumerate(lines):
        paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
        paragraph.alignment, paragraph.space_after = side, Pt(size / 3 if len(lines) > 1 else 0)
        run = paragraph.add_run()
        run.text = _said(text)
        run.font.size, run.font.bold, run.font.name, run.font.color.rgb = Pt(size), bold, _FONT, colour


def _said(text: str) -> str:
    return clean(printable(" ".join(text.split())))


def add_notes(slide: Any, texts: Sequence[str]) -> None:
    """Write the notes of a slide."""
    slide.notes_slide.notes_text_frame.text = "\n".join(_said(one) for one in texts)
