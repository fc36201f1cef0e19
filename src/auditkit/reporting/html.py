"""The report as one HTML file that needs nothing from outside."""

from auditkit.reporting.templating import render
from auditkit.reporting.view_model import Options, View

_DEFAULT = Options()


def render_html(view: View, options: Options = _DEFAULT) -> str:
    """Return the whole report as HTML: styles and script inline, no reference to anything outside the file."""
    return render("report.html.j2", view, options, pdf=False)
