"""Names in other scripts: every letter is set from a shipped font, comes back as text, and moves nothing around it."""

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from fontTools.ttLib import TTFont
from pdf_inside import drawn, fonts
from world import LONG, NAMES, world_run

from auditkit.reporting.direction import isolated
from auditkit.reporting.html import render_html
from auditkit.reporting.pdf import render_pdf, write_pdf
from auditkit.reporting.pdf_fonts import FONTS, SCRIPTS, further_faces
from auditkit.reporting.view import build_view

RIGHT_TO_LEFT = ("Arabic", "Hebrew")


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("world") / "world.pdf"
    render_pdf(build_view(world_run()), path)
    return path


@pytest.fixture
def opened(printed: Path) -> Iterator[pypdfium2.PdfDocument]:
    document = pypdfium2.PdfDocument(printed)
    yield document
    document.close()


def text(page: pypdfium2.PdfPage) -> str:
    return " ".join(page.get_textpage().get_text_bounded().split())


@pytest.mark.parametrize("script", [one for one in NAMES if one not in RIGHT_TO_LEFT])
def test_names_come_back_as_text(opened: pypdfium2.PdfDocument, script: str) -> None:
    assert any(NAMES[script] in text(page) for page in opened)


@pytest.mark.parametrize("script", RIGHT_TO_LEFT)
def test_every_letter_of_names_from_right_to_left_comes_back(
    opened: pypdfium2.PdfDocument, script: str
) -> None:
    """A reader of PDF gives them in one order or the other."""
    words = NAMES[script].split()
    whole = " ".join(text(page) for page in opened)
    assert all(word in whole or word[::-1] in whole for word in words)


def test_every_glyph_is_drawn_from_a_shipped_font_that_has_it(printed: Path) -> None:
    with pikepdf.open(printed) as pdf:
        known = fonts(pdf)
        names = {str(font.BaseFont).partition("+")[2] for font in known.values()}
        used: dict[str, set[int]] = {}
        for one in drawn(pdf):
            used.setdefault(one.font, set()).update(one.glyphs)
        empty = {name: _empty(known[name], glyphs) for name, glyphs in used.items()}
        spaces = {name: _spaces(known[name]) for name in used}
    assert {"Report-Arabic", "Report-Hebrew", "Report-Han"} <= names
    assert all(name.startswith("Report-") for name in names), names
    assert {name: glyphs - spaces[name] for name, glyphs in empty.items() if glyphs - spaces[name]} == {}


def _empty(font: pikepdf.Dictionary, glyphs: set[int]) -> set[int]:
    """Return the glyphs that leave no trace: of a font that has not what is asked of it, or of a space."""
    file = TTFont(io.BytesIO(font.DescendantFonts[0].FontDescriptor.FontFile2.read_bytes()))
    shapes, order = file["glyf"], file.getGlyphOrder()
    return {one for one in glyphs if one >= len(order) or not shapes[order[one]].numberOfContours}


def _spaces(font: pikepdf.Dictionary) -> set[int]:
    pairs = re.findall(r"^<(\w{4})> <(\w*)>$", font.ToUnicode.read_bytes().decode(), re.MULTILINE)
    said = {int(glyph, 16): bytes.fromhex(signs).decode("utf-16-be") for glyph, signs in pairs}
    return {glyph for glyph, sign in said.items() if sign.isspace()}


def test_figures_after_an_arabic_name_stay_after_it(opened: pypdfium2.PdfDocument) -> None:
    page = opened[1].get_textpage()  # its head carries the title: name, then the year in brackets
    signs = [(page.get_text_range(at, 1), page.get_charbox(at)) for at in range(page.count_chars())]
    top = max(box[3] for _, box in signs)
    head = [(sign, box[0]) for sign, box in signs if box[1] > top - 20]
    arabic = [x for sign, x in head if "\u0600" <= sign <= "\u06ff"]
    figures = [x for sign, x in head if sign.isdigit()]
    assert len(arabic) > 20
    assert len(figures) == 4
    assert min(figures) > max(arabic)


def test_the_screen_sets_such_names_apart_too() -> None:
    page = render_html(build_view(world_run()))
    for script in RIGHT_TO_LEFT:
        assert f"\u2068{NAMES[script]}\u2069" in page
        assert NAMES[script] not in re.sub("\u2068[^\u2069]*\u2069", "", page)
    assert page.count(LONG) >= len(NAMES)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Kim and 김, 2026", "Kim and 김, 2026"),
        ("שלום", "\u2068שלום\u2069"),
        ("(שלום) 12", "(\u2068שלום\u2069) 12"),
        ("א", "\u2068א\u2069"),
        ("א, ב and ג", "\u2068א, ב\u2069 and \u2068ג\u2069"),
        ("حساب 12 جديد.", "\u2068حساب 12 جديد\u2069."),
    ],
)
def test_a_stretch_reaches_from_its_first_letter_to_its_last(before: str, after: str) -> None:
    assert isolated(before) == after


def test_a_font_is_read_only_for_a_text_that_needs_it() -> None:
    assert further_faces("plain, Größe, Щукин, Αθήνα ● ■") == ""
    assert "NotoNaskhArabic-Bold" in further_faces(NAMES["Arabic"])
    assert "WenQuanYi" not in further_faces(NAMES["Arabic"] + NAMES["Hebrew"])
    for script in ("Chinese", "Japanese", "Korean"):
        assert "WenQuanYi" in further_faces(NAMES[script])


def test_every_font_file_has_its_licence_beside_it() -> None:
    readme = (FONTS / "README.md").read_text(encoding="utf-8")
    rows = {line.split("`")[1]: line.split("`")[3] for line in readme.splitlines() if ".ttf` |" in line}
    assert set(rows) == {path.name for path in FONTS.glob("*.ttf")}
    assert all((FONTS / licence).is_file() for licence in rows.values())
    assert {file for script in SCRIPTS for file, _ in script.faces} <= set(rows)


def test_long_german_words_are_divided_where_german_divides_them(tmp_path: Path) -> None:
    """The report in German: between syllables, with a hyphen; a word that fits, or a short one, stays whole."""
    markup = f'<html lang="de"><title>t</title><table><tr><td style="width:30mm">{LONG} Beauftragter</table>'
    styles = [(FONTS.parent / "templates" / name).read_text() for name in ("common.css", "page.css")]
    width = "table { width: 30mm }"
    write_pdf(markup, {"plain": tmp_path / "a.pdf"}, world_run().engagement.as_of, [*styles, width])
    document = pypdfium2.PdfDocument(tmp_path / "a.pdf")
    said = document[0].get_textpage().get_text_bounded().replace("\x02", "-").replace("\ufffe", "-")
    document.close()
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    assert "Beauftragter" in lines
    assert "".join(line.rstrip("-‐") for line in lines).startswith(LONG)
    assert all(line[-1] in "-‐" for line in lines[: lines.index("Beauftragter") - 1])
