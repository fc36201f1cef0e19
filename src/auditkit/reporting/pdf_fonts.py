"""The fonts that come with auditkit: which a text needs, and that nothing is read but these and the logo in the page."""

from base64 import b64decode
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from auditkit.reporting.logo import PREFIX

FONTS = Path(__file__).parent / "fonts"


class Script(NamedTuple):
    """Fonts for what the Source families cannot write."""

    family: str
    """One a script: WeasyPrint takes fonts of one name and weight for one font."""
    faces: tuple[tuple[str, int], ...]
    """File and weight."""
    blocks: tuple[tuple[int, int], ...]
    """First and last character of each block that calls for them."""


SCRIPTS = (
    Script(
        "Report Arabic",
        (("NotoNaskhArabic-Regular.ttf", 400), ("NotoNaskhArabic-Bold.ttf", 600)),
        ((0x600, 0x6FF), (0x750, 0x77F), (0x8A0, 0x8FF), (0xFB50, 0xFDFF), (0xFE70, 0xFEFE)),
    ),
    Script(
        "Report Hebrew",
        (("NotoSansHebrew-Regular.ttf", 400), ("NotoSansHebrew-Bold.ttf", 600)),
        ((0x590, 0x5FF), (0xFB1D, 0xFB4F)),
    ),
    Script(
        "Report Han",
        (("WenQuanYiMicroHei.ttf", 400),),
        (
            (0x1100, 0x11FF),
            (0x25D0, 0x25D1),
            (0x2E80, 0x9FFF),
            (0xAC00, 0xD7AF),
            (0xF900, 0xFAFF),
            (0xFE30, 0xFE4F),
            (0xFF00, 0xFFEF),
        ),
    ),
)
"""The last: Chinese, Japanese and Korean, and the half-filled circle. page.css names the families."""


def further_faces(markup: str) -> str:
    """Return the font rules for the scripts that a text has: the largest font is only read where it is needed."""
    signs = {ord(sign) for sign in set(markup)}
    return "\n".join(
        f'@font-face {{ font-family: "{script.family}"; src: url("{file}"); font-weight: {weight}; }}'
        for script in SCRIPTS
        if any(first <= sign <= last for first, last in script.blocks for sign in signs)
        for file, weight in script.faces
    )


def fetcher() -> Any:
    """Give WeasyPrint the shipped fonts and pictures that the page holds itself; any other address ends the rendering."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class FontsOnly(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, *_: Any, **__: Any) -> Any:
            if url.startswith(PREFIX):
                return URLFetcherResponse(url, b64decode(url[len(PREFIX) :]), {"Content-Type": "image/png"})
            return URLFetcherResponse(url, read_font(url), {"Content-Type": "font/ttf"})

    return FontsOnly(fail_on_errors=True)


def read_font(url: str) -> bytes:
    """Return the bytes of a shipped font; ValueError for any other address."""
    parts = urlsplit(url)
    file = Path(unquote(parts.path))
    if parts.scheme != "file" or file.parent != FONTS or file.suffix != ".ttf":
        raise ValueError(f"{url} is not one of the fonts that come with auditkit")
    return file.read_bytes()
