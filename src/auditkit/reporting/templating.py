"""The one way from a view to markup: a sandboxed jinja2 that escapes everything and knows no undefined name."""

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from auditkit import __version__
from auditkit.base.digest import digest_value
from auditkit.base.language import ENGLISH, LOCALE, say, say_as, say_count, spoken, translated
from auditkit.reporting import charts, charts_progress, charts_standing
from auditkit.reporting.charts_control import control_chart
from auditkit.reporting.direction import isolated
from auditkit.reporting.impact_chart import impact_graph
from auditkit.reporting.page_words import HYPHENATION, filter_choices
from auditkit.reporting.view_model import Options, View
from auditkit.reporting.words import printable

TEMPLATES = Path(__file__).parent / "templates"
_SHARE = re.compile(r"(\d) %")
"""A number and its sign, which stay on one line."""


def render(template: str, view: View, options: Options, *, pdf: bool, **more: object) -> str:
    """Render a template; ``more``: what it shows beside the view. The same view gives the same text."""
    drawn = {
        "gates": charts.gates_strip(view.summary.gates),
        "interval": charts.interval_bars(view.summary.measures) if options.scores else "",
        "clauses": charts.clause_bars(view.clauses),
        **_progress(view),
        "impact": impact_graph(view.impact.graph),
        "lenses": {lens.id: charts.lens_heat(lens) for lens in view.lenses},
    }
    return (
        _environment()
        .get_template(template)
        .render(view=view, options=options, charts=drawn, pdf=pdf, trace_version=__version__, **more)
    )


def _progress(view: View) -> dict[str, Any]:
    """Draw the pictures of progress."""
    progress = view.progress
    return {
        "time_line": charts_progress.time_line(progress.time_line),
        "ageing": charts_progress.ageing(progress.ageing),
        "controls": [control_chart(one.chart, one.spoken) for one in progress.controls],
        "growth": charts_standing.growth(progress.growth),
        "radar": charts_standing.radar(progress.radar),
        "heat": charts_standing.heat(progress.heat),
    }


def render_page(template: str, **values: object) -> str:
    """Render a page that is no report. The same values give the same text."""
    return _environment().get_template(template).render(**values)


@lru_cache(maxsize=1)
def _environment() -> SandboxedEnvironment:
    environment = SandboxedEnvironment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_finalized,
    )
    environment.globals.update(
        say=say,
        say_count=say_count,
        say_as=say_as,
        translated=translated,
        spoken=spoken,
        filter_choices=filter_choices,
        hyphenation=HYPHENATION,
    )
    environment.filters["inside"] = inside
    return environment


def inside(heading: str) -> str:
    """Return a heading as it stands inside a sentence: small in English; nouns of other languages keep their capitals."""
    return heading.lower() if spoken() == ENGLISH else heading


def _finalized(value: Any) -> Any:
    if isinstance(value, str) and not isinstance(value, Markup):
        return isolated(_SHARE.sub("\\1\u00a0%", printable(value)))
    return value


def templates_digest() -> str:
    """Return a digest of the language spoken, every template, style sheet and message; a changed page is rendered again."""
    files = (*sorted(TEMPLATES.iterdir()), *sorted((LOCALE / spoken()).glob("*.po")))
    return digest_value([spoken(), {path.name: path.read_text(encoding="utf-8") for path in files}])
