"""The report as PDF, through WeasyPrint with the fonts that come with auditkit and nothing else."""

import gc
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from auditkit.base.errors import EnvironmentFault
from auditkit.reporting.page_words import page_words
from auditkit.reporting.templating import TEMPLATES, render
from auditkit.reporting.view_model import Options, View

FONTS = Path(__file__).parent / "fonts"
SYSTEM_PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
_DEFAULT = Options()


def render_pdf(view: View, path: Path, options: Options = _DEFAULT) -> int:
    """Write the report to ``path`` and return its number of pages. Same view, same bytes in one environment.

    Raises EnvironmentFault when WeasyPrint or its system libraries are missing.
    """
    return write_pdf(
        render("report.pdf.j2", view, options, pdf=True), path, view.cover.as_of_date, stylesheets(view)
    )


def write_pdf(markup: str, path: Path, day: date, styles: Sequence[str]) -> int:
    """Write a page as PDF of a day and return its number of pages; EnvironmentFault as `render_pdf`."""
    weasyprint = _weasyprint()
    with _paused_collector(), _fixed_time(day):
        from weasyprint.text.fonts import FontConfiguration

        shared: dict[str, Any] = {"font_config": FontConfiguration()}
        sources: dict[str, Any] = {"url_fetcher": _fetcher(), "base_url": FONTS.as_uri() + "/"}
        sheets = [weasyprint.CSS(string=text, **sources, **shared) for text in styles]
        document = weasyprint.HTML(string=markup, **sources).render(stylesheets=sheets, **shared)
        document.write_pdf(path, pdf_tags=True)
        return len(document.pages)


def stylesheets(view: View, *further: str) -> list[str]:
    """Return the style sheets of printed pages; ``further``: names of more of them."""
    names = ("common.css", "page.css", *further)
    sheets = [(TEMPLATES / name).read_text(encoding="utf-8") for name in names]
    return [*sheets, page_words(draft=view.cover.draft)]


def _weasyprint() -> Any:
    """Import WeasyPrint, which loads its system libraries at once."""
    try:
        import weasyprint
    except (ImportError, OSError) as error:
        raise EnvironmentFault(
            "The PDF report needs WeasyPrint and the text libraries of the system, and they did not load "
            f"({error}). On Debian or Ubuntu: apt-get install {SYSTEM_PACKAGES}. Or leave the PDF out: "
            "auditkit run --no-pdf."
        ) from error
    return weasyprint


def _fetcher() -> Any:
    """Give WeasyPrint the shipped fonts and refuse every other address; a refusal ends the rendering."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class FontsOnly(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, *_: Any, **__: Any) -> Any:
            return URLFetcherResponse(url, read_font(url), {"Content-Type": "font/ttf"})

    return FontsOnly(fail_on_errors=True)


def read_font(url: str) -> bytes:
    """Return the bytes of a shipped font; ValueError for any other address."""
    parts = urlsplit(url)
    file = Path(unquote(parts.path))
    if parts.scheme != "file" or file.parent != FONTS or file.suffix != ".ttf":
        raise ValueError(f"{url} is not one of the fonts that come with auditkit")
    return file.read_bytes()


@contextmanager
def _paused_collector() -> Iterator[None]:
    """Pause the cyclic collector, which costs a fifth of the rendering time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


@contextmanager
def _fixed_time(day: date) -> Iterator[None]:
    """Let the file speak of the as-of date: font tables and metadata otherwise carry the clock."""
    before = os.environ.get("SOURCE_DATE_EPOCH")
    os.environ["SOURCE_DATE_EPOCH"] = str(int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()))
    try:
        yield
    finally:
        if before is None:
            del os.environ["SOURCE_DATE_EPOCH"]
        else:
            os.environ["SOURCE_DATE_EPOCH"] = before
