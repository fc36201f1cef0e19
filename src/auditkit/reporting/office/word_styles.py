"""The styles of a Word report: those of a template where it has them, ours where it has none."""

from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm, Pt, RGBColor

from auditkit.base.language import say

ACCENT, QUIET = RGBColor(0x1D, 0x4B, 0x5C), RGBColor(0x56, 0x5C, 0x61)
ROLES = {
    "heading 0": "Title",
    "heading 1": "Heading 1",
    "heading 2": "Heading 2",
    "heading apart": "Report Heading",
    "contents 1": "toc 1",
    "contents 2": "toc 2",
    "text": "Normal",
    "verdict": "Report Verdict",
    "note": "Report Note",
    "picture": "Report Note",
    "status": "Report Status",
    "kicker": "Subtitle",
    "item": "List Bullet",
    "number": "Report Number",
    "quote": "Quote",
    "caption": "Caption",
    "cell": "Report Cell",
    "after table": "Report Gap",
}
"""By what a paragraph is: the name of its style."""
TABLE = "Report Table"


def ensure_styles(document: Any) -> dict[str, str]:
    """Return the style ids by role; a style that a template lacks is added in our manner."""
    styles = document.styles
    ids = {}
    for role, name in ROLES.items():
        if name not in styles:
            _shape(
                styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=not name.startswith("Report")), role
            )
        ids[role] = styles[name].style_id
    if TABLE not in styles:
        styles.element.append(parse_xml(_TABLE_STYLE))
    ids["table"] = styles[TABLE].style_id
    return ids


def dress(document: Any) -> None:
    """Make our own template of an empty document: A4, plain styles, header, footer, placeholders in order."""
    styles = document.styles
    for role, name in ROLES.items():
        if name not in styles:
            styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=not name.startswith("Report"))
        _shape(styles[name], role)
    styles.element.append(parse_xml(_TABLE_STYLE))
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(25), Mm(20)
    section.top_margin, section.bottom_margin = Mm(25), Mm(22)
    _line(section.header.paragraphs[0], ("{{ short_title }}", "{{ draft }}", "{{ classification }}"))
    foot = (
        say("{auditee}, as of {day}", auditee="{{ auditee }}", day="{{ as_of }}"),
        "{{ draft }}",
        say("Page {page} of {pages}", page="{{ page }}", pages="{{ pages }}"),
    )
    _line(section.footer.paragraphs[0], foot)
    for name in ("cover", "control", "contents", "sections"):
        if name == "contents":
            paragraph = document.add_paragraph(say("Contents"), style="Report Verdict")
            paragraph.paragraph_format.page_break_before = True
        document.add_paragraph(f"{{{{ {name} }}}}")


def _line(paragraph: Any, texts: tuple[str, str, str]) -> None:
    """Write left, middle and right text on one line."""
    stops = paragraph.paragraph_format.tab_stops
    stops.add_tab_stop(Mm(82.5), WD_TAB_ALIGNMENT.CENTER)
    stops.add_tab_stop(Mm(165), WD_TAB_ALIGNMENT.RIGHT)
    paragraph.style = "Normal"
    for at, text in enumerate(texts):
        run = paragraph.add_run(("\t" if at else "") + text)
        run.font.size, run.font.color.rgb, run.bold = Pt(8), QUIET, at == 1


def _shape(style: Any, role: str) -> None:
    """Give a style our sizes, weights and distances."""
    size, bold, before, after, colour = _SHAPES[role]
    font, form = style.font, style.paragraph_format
    font.name, font.size, font.bold, font.italic = "Calibri", Pt(size), bold, role == "quote"
    font.color.rgb = colour
    _plain_fonts(style)
    form.space_before, form.space_after = Pt(before), Pt(after)
    form.line_spacing = 1.0 if role in ("cell", "after table") else 1.15
    if role.startswith("heading"):
        form.keep_with_next = True
        form.page_break_before = role == "heading 1"
        if role != "heading 0":
            _outline(style, 1 if role == "heading apart" else int(role[-1]) - 1)
    if role == "number":
        form.left_indent, form.first_line_indent = Mm(7), -Mm(7)
        form.tab_stops.add_tab_stop(Mm(7))
    if role == "contents 2":
        form.left_indent = Mm(8)


_SHAPES: dict[str, tuple[float, bool, float, float, Any]] = {
    "heading 0": (28, True, 120, 24, ACCENT),
    "heading 1": (18, True, 0, 12, ACCENT),
    "heading 2": (12, True, 14, 4, ACCENT),
    "heading apart": (12, True, 14, 4, ACCENT),
    "contents 1": (10.5, False, 3, 2, RGBColor(0, 0, 0)),
    "contents 2": (9, False, 0, 1, RGBColor(0, 0, 0)),
    "text": (10.5, False, 0, 6, RGBColor(0, 0, 0)),
    "verdict": (15, True, 4, 8, RGBColor(0, 0, 0)),
    "note": (9, False, 0, 6, QUIET),
    "picture": (9, False, 0, 6, QUIET),
    "status": (10.5, True, 0, 24, RGBColor(0, 0, 0)),
    "kicker": (12, True, 0, 0, ACCENT),
    "item": (10.5, False, 0, 3, RGBColor(0, 0, 0)),
    "number": (10.5, False, 0, 4, RGBColor(0, 0, 0)),
    "quote": (10.5, False, 6, 6, RGBColor(0, 0, 0)),
    "caption": (9, True, 6, 3, QUIET),
    "cell": (8.5, False, 1, 1, RGBColor(0, 0, 0)),
    "after table": (5, False, 0, 2, RGBColor(0, 0, 0)),
}
"""By role: size in points, bold, distance before and after in points, colour."""


def _outline(style: Any, level: int) -> None:
    """Set the level that contents and screen readers go by."""
    properties = style.element.get_or_add_pPr()
    for old in properties.findall(f"{_W}outlineLvl"):
        properties.remove(old)
    properties.append(parse_xml(f'<w:outlineLvl {nsdecls("w")} w:val="{level}"/>'))


def _plain_fonts(style: Any) -> None:
    """Take away the fonts of a theme, which would win over the name of the font."""
    fonts = style.element.get_or_add_rPr().find(f"{_W}rFonts")
    for name in [one for one in fonts.attrib if one.endswith("Theme")]:
        del fonts.attrib[name]


_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TABLE_STYLE = f"""<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="ReportTable">
<w:name w:val="{TABLE}"/><w:uiPriority w:val="99"/><w:qFormat/>
<w:tblPr><w:tblBorders><w:top w:val="single" w:sz="8" w:space="0" w:color="1C1F22"/>
<w:bottom w:val="single" w:sz="4" w:space="0" w:color="C3C9CD"/>
<w:insideH w:val="single" w:sz="4" w:space="0" w:color="C3C9CD"/></w:tblBorders>
<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="90" w:type="dxa"/></w:tblCellMar></w:tblPr>
<w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr><w:tcPr><w:tcBorders>
<w:bottom w:val="single" w:sz="8" w:space="0" w:color="1C1F22"/></w:tcBorders></w:tcPr></w:tblStylePr>
</w:style>"""
