"""The management summary as PDF, on two pages: where texts need more room, fewer and shorter ones are shown."""

from pathlib import Path

from auditkit import __version__
from auditkit.reporting.management import Room, build_management
from auditkit.reporting.pdf import stylesheets, write_pdf
from auditkit.reporting.templating import render_page
from auditkit.reporting.view_model import Options, View

PAGES = 2
_ROOMS = (Room(6, 400), Room(5, 220), Room(4, 140), Room(2, 90), Room(1, 60))
"""From much to little; the first with which two pages suffice is taken."""


def render_summary_pdf(view: View, target: Path, options: Options) -> int:
    """Write the summary and return its number of pages. Same view, same bytes in one environment."""
    styles, pages = stylesheets(view, "management.css"), 0
    for room in _ROOMS:
        said = build_management(view, options, room)
        markup = render_page("management.pdf.j2", s=said, pdf=True, trace_version=__version__)
        pages = write_pdf(markup, {"plain": target}, view.cover.as_of_date, styles)
        if pages <= PAGES:
            break
    return pages
