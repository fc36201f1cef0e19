"""The logo on the cover: a PNG or JPEG, never anything else, and nothing travels with it."""

import base64
from io import BytesIO
from pathlib import Path

import pptx
import pypdfium2
import pytest
from lxml import html as lxml_html
from PIL import Image, PngImagePlugin
from pptx.util import Mm
from sample_run import sample_run

from auditkit.reporting.html import render_html
from auditkit.reporting.logo import PREFIX, LogoFault, read_logo
from auditkit.reporting.office.slides import render_slides
from auditkit.reporting.office.word import render_docx
from auditkit.reporting.pdf import render_pdf
from auditkit.reporting.view import build_view
from auditkit.reporting.view_model import Options

TEAL = (29, 75, 92)


def picture(path: Path, kind: str = "PNG", size: tuple[int, int] = (40, 20)) -> Path:
    Image.new("RGB", size, TEAL).save(path, kind)
    return path


def pixels(address: str) -> Image.Image:
    return Image.open(BytesIO(base64.b64decode(address.removeprefix(PREFIX))))


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_picture_keeps_its_pixels(tmp_path: Path, kind: str) -> None:
    drawn = pixels(read_logo(picture(tmp_path / "logo", kind)))
    assert (drawn.format, drawn.size) == ("PNG", (40, 20))
    assert all(abs(one - wanted) < 4 for one, wanted in zip(drawn.getpixel((3, 3)), TEAL, strict=False))


def test_what_else_is_in_the_file_does_not_travel(tmp_path: Path) -> None:
    told = PngImagePlugin.PngInfo()
    told.add_text("Comment", "written at home")
    path = tmp_path / "logo.png"
    Image.new("RGB", (8, 8), TEAL).save(path, pnginfo=told)
    path.write_bytes(path.read_bytes() + b"<script>alert(1)</script>")
    made = base64.b64decode(read_logo(path).removeprefix(PREFIX))
    assert b"written at home" not in made
    assert b"script" not in made


def test_a_small_png_keeps_its_bytes_so_that_pages_are_the_same_everywhere(tmp_path: Path) -> None:
    path = picture(tmp_path / "logo.png")
    assert base64.b64decode(read_logo(path).removeprefix(PREFIX)) == path.read_bytes()


def test_a_large_picture_is_made_smaller_with_its_proportions(tmp_path: Path) -> None:
    assert pixels(read_logo(picture(tmp_path / "logo.png", size=(2_000, 500)))).size == (800, 200)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "no PNG or JPEG"),
        (b"GIF89a\x01\x00\x01\x00\x00\x00\x00;", "no PNG or JPEG"),
        (b"\x89PNG\r\n\x1a\n but no more", "no PNG or JPEG"),
        (b"\x89PNG" + bytes(2_000_001), "larger than 2 MB"),
    ],
)
def test_what_is_no_small_picture_is_refused(tmp_path: Path, content: bytes, why: str) -> None:
    path = tmp_path / "logo.png"
    path.write_bytes(content)
    with pytest.raises(LogoFault, match=why):
        read_logo(path)


def test_a_picture_that_unpacks_without_end_is_refused_by_its_size(tmp_path: Path) -> None:
    path = tmp_path / "logo.png"
    Image.new("1", (7_000, 10)).save(path)
    with pytest.raises(LogoFault, match="6000 pixels"):
        read_logo(path)


def test_it_stands_on_the_cover_of_screen_and_paper_and_word_goes_without(tmp_path: Path) -> None:
    logo = read_logo(picture(tmp_path / "logo.png"))
    view = build_view(sample_run(logo=logo))
    page = lxml_html.document_fromstring(render_html(view))
    (shown,) = page.xpath("//header[contains(@class, 'cover')]//img")
    assert (shown.get("src"), shown.get("alt")) == (logo, "Logo")
    render_pdf(view, tmp_path / "report.pdf")
    document = pypdfium2.PdfDocument(tmp_path / "report.pdf")
    try:
        kinds = [len([one for one in sheet.get_objects() if one.type == 3]) for sheet in document]
    finally:
        document.close()
    assert (kinds[0], sum(kinds)) == (1, 1)
    render_slides(view, tmp_path / "slides.pptx", Options())
    shapes = [
        one for slide in pptx.Presentation(str(tmp_path / "slides.pptx")).slides for one in slide.shapes
    ]
    (drawn,) = [one for one in shapes if one.name == "Logo"]
    assert (drawn.width, drawn.height) == (Mm(36), Mm(18))
    assert render_docx(view, tmp_path / "report.docx", Options()) == ()
