"""The strokes that every picture is made of: plain SVG, the same bytes every time, every text escaped."""

from collections.abc import Iterable, Sequence

from markupsafe import Markup, escape

from auditkit.reporting.direction import isolated
from auditkit.reporting.words import printable

WIDTH = 660
ACCENT, INK, QUIET, LINE, PALE = "#1d4b5c", "#1c1f22", "#5b6166", "#b9bfc4", "#eef1f2"
FONT = "Report Sans, Segoe UI, Helvetica Neue, Arial, sans-serif"


def svg(title: str, description: str, height: float, parts: Iterable[Markup]) -> Markup:
    """Return a picture as wide as the page, with a title and a description for those who do not see it."""
    body = Markup("").join(parts)
    return Markup(
        '<svg class="chart" xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {w} {h}" width="{w}" '
        'height="{h}"><title>{title}</title><desc>{desc}</desc>{body}</svg>'
    ).format(
        w=WIDTH,
        h=number(height),
        title=isolated(printable(title)),
        desc=isolated(printable(description)),
        body=body,
    )


def hatch(prefix: str) -> Markup:
    """Return a hatching to fill with: ``url(#<prefix>-hatch)``."""
    return Markup(
        '<defs><pattern id="{p}-hatch" width="5" height="5" patternUnits="userSpaceOnUse">'
        '<rect width="5" height="5" fill="#ffffff"/><path d="M-1 1 L1 -1 M0 5 L5 0 M4 6 L6 4" stroke="{c}" '
        'stroke-width="1.3"/></pattern></defs>'
    ).format(p=prefix, c=ACCENT)


def rect(x: float, y: float, width: float, height: float, fill: str, stroke: str) -> Markup:
    """Draw a rectangle."""
    return Markup(
        '<rect x="{}" y="{}" width="{}" height="{}" fill="{}" stroke="{}" stroke-width="0.8"/>'
    ).format(number(x), number(y), number(width), number(height), fill, stroke)


def text(
    x: float, y: float, words: str, size: float, fill: str, *, weight: int = 400, anchor: str = "start"
) -> Markup:
    """Write text; ``anchor`` says which part of it stands at x."""
    return Markup(
        '<text x="{}" y="{}" font-family="{}" font-size="{}" font-weight="{}" fill="{}" text-anchor="{}">{}</text>'
    ).format(number(x), number(y), FONT, size, weight, fill, anchor, escape(isolated(printable(words))))


def fitted(words: str, characters: int) -> str:
    """Return text cut to so many characters, with an ellipsis where something was cut."""
    return words if len(words) <= characters else f"{words[: characters - 1].rstrip()}…"


def number(value: float) -> str:
    """Return a coordinate without needless digits."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def line(
    x1: float, y1: float, x2: float, y2: float, stroke: str, *, width: float = 0.8, dash: str = ""
) -> Markup:
    """Draw a straight line, dashed where ``dash`` says how."""
    return path(((x1, y1), (x2, y2)), stroke, width=width, dash=dash)


def path(
    points: Sequence[tuple[float, float]],
    stroke: str,
    *,
    width: float = 1.4,
    dash: str = "",
    closed: bool = False,
    fill: str = "none",
) -> Markup:
    """Draw straight lines from point to point."""
    drawn = " L".join(f"{number(x)} {number(y)}" for x, y in points)
    dashed = Markup(' stroke-dasharray="{}"').format(dash) if dash else ""
    return Markup('<path d="M{}{}" fill="{}" stroke="{}" stroke-width="{}"{}/>').format(
        drawn, " Z" if closed else "", fill, stroke, number(width), dashed
    )


def circle(x: float, y: float, radius: float, fill: str, stroke: str) -> Markup:
    """Draw a circle."""
    return Markup('<circle cx="{}" cy="{}" r="{}" fill="{}" stroke="{}" stroke-width="1.2"/>').format(
        number(x), number(y), number(radius), fill, stroke
    )


def square(x: float, y: float, half: float, fill: str, stroke: str) -> Markup:
    """Draw a square around a point."""
    return rect(x - half, y - half, 2 * half, 2 * half, fill, stroke)


def diamond(x: float, y: float, half: float, fill: str, stroke: str) -> Markup:
    """Draw a square that stands on its corner."""
    corners = ((x, y - half), (x + half, y), (x, y + half), (x - half, y))
    return path(corners, stroke, width=1.2, closed=True, fill=fill)


def triangle(x: float, y: float, half: float, fill: str, stroke: str) -> Markup:
    """Draw a triangle that points up."""
    corners = ((x, y - half), (x + half, y + half), (x - half, y + half))
    return path(corners, stroke, width=1.2, closed=True, fill=fill)
