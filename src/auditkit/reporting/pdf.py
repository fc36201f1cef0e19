"""The report as PDF, through WeasyPrint with the fonts that come with auditkit and nothing else."""

import os
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from auditkit.base.atomic import new_file
from auditkit.base.errors import EnvironmentFault
from auditkit.reporting import pdf_tags
from auditkit.reporting.page_words import page_words
from auditkit.reporting.pdf_fonts import FONTS, fetcher, further_faces
from auditkit.reporting.pdf_speed import quickly
from auditkit.reporting.pdf_variants import VARIANTS, Attached, Variant
from auditkit.reporting.templating import TEMPLATES, render
from auditkit.reporting.view_model import Options, View

SYSTEM_PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
_DEFAULT = Options()


def render_pdf(view: View, path: Path, options: Options = _DEFAULT) -> int:
    """Write the report to ``path`` and return its number of pages. Same view, same bytes in one environment.

    Raises EnvironmentFault when WeasyPrint or its system libraries are missing.
    """
    return render_pdfs(view, {"plain": path}, options)


def render_pdfs(
    view: View, targets: Mapping[Variant, Path], options: Options, attached: Sequence[Attached] = ()
) -> int:
    """Write the report in several variants, laid out once; otherwise as `render_pdf`."""
    markup = render("report.pdf.j2", view, options, pdf=True)
    return write_pdf(markup, targets, view.cover.as_of_date, stylesheets(view), attached)


def write_pdf(
    markup: str,
    targets: Mapping[Variant, Path],
    day: date,
    styles: Sequence[str],
    attached: Sequence[Attached] = (),
) -> int:
    """Write a page as PDF of a day and return its number of pages; EnvironmentFault as `render_pdf`."""
    weasyprint = _weasyprint()
    with quickly(), _fixed_time(day):
        document, words = _laid_out(weasyprint, markup, day, styles)
        for variant, kind in VARIANTS.items():
            if variant not in targets:
                continue
            more = _attachments(weasyprint, attached, day) if variant == "archive" else []
            with new_file(targets[variant]) as path, _open_profile_allowed():
                document.write_pdf(
                    path,
                    finisher=lambda _, pdf: pdf_tags.mend(pdf, words),
                    attachments=more,
                    **kind.settings,
                )
        return len(document.pages)


def _laid_out(weasyprint: Any, markup: str, day: date, styles: Sequence[str]) -> tuple[Any, dict[str, str]]:
    """Return the pages, and the words of every place that links lead to."""
    from weasyprint.text.fonts import FontConfiguration

    shared: dict[str, Any] = {"font_config": FontConfiguration()}
    sources: dict[str, Any] = {"url_fetcher": fetcher(), "base_url": FONTS.as_uri() + "/"}
    sheets = [weasyprint.CSS(string=text, **sources, **shared) for text in (*styles, further_faces(markup))]
    html = weasyprint.HTML(string=markup, **sources)
    pdf_tags.prepare_pictures(html.etree_element)
    words = pdf_tags.link_words(html.etree_element)
    document = html.render(stylesheets=sheets, **shared)
    document.metadata.created = document.metadata.modified = day.isoformat()
    pdf_tags.keep_whole_links(document.pages)
    return document, words


def _attachments(weasyprint: Any, attached: Sequence[Attached], day: date) -> list[Any]:
    """Return files to attach, in the order that a reader of the list expects and the format demands."""
    moment = datetime(day.year, day.month, day.day, tzinfo=UTC)
    return [
        weasyprint.Attachment(
            string=one.text,
            name=one.name,
            description=one.about,
            created=moment,
            modified=moment,
            relationship=one.relationship,
        )
        for one in sorted(attached)
    ]


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


@contextmanager
def _open_profile_allowed() -> Iterator[None]:
    """Keep silent on the colour profile, which WeasyPrint opens and leaves to the garbage."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        yield


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
