"""Pictures of where things stand: growth over engagements, clauses as a radar, processes by attribute."""

from math import cos, pi, sin

from markupsafe import Markup

from auditkit.base.language import say, short_day
from auditkit.reporting.drawing import (
    ACCENT,
    INK,
    LINE,
    QUIET,
    WIDTH,
    circle,
    fitted,
    line,
    path,
    rect,
    square,
    svg,
    text,
)
from auditkit.reporting.view_progress_model import Growth, Heat, HeatCell, Radar

_HEAT = ("#ffffff", "#e8eef0", "#cfdde2", "#a9c3cc", "#7fa6b3")


def growth(found: Growth) -> Markup:
    """Draw conforming requirements from engagement to engagement: a line what is known, a dash what is open, on top the target."""
    if not found.steps:
        return Markup("")
    left, right, top, bottom = 70.0, WIDTH - 130.0, 26.0, 176.0
    most = max(one.total for one in found.steps)
    first, last = found.steps[0].at, found.steps[-1].at
    days = max((last - first).days, 1)

    def y(number: int) -> float:
        return bottom - (bottom - top) * number / most

    xs = [left + (right - left) * (one.at - first).days / days for one in found.steps]
    targets = [(x, y(one.total)) for x, one in zip(xs, found.steps, strict=True)]
    known = [(x, y(one.conforming)) for x, one in zip(xs, found.steps, strict=True)]
    highs = [(x, y(one.conforming + one.not_assessed)) for x, one in zip(xs, found.steps, strict=True)]
    parts = [line(left - 20, bottom, right + 20, bottom, LINE), path(targets, INK, width=1.2, dash="8 3")]
    parts += [path(highs, QUIET, width=1.1, dash="2 3"), path(known, ACCENT, width=2)]
    aim = say("target: all {number}", number=found.steps[-1].total)
    parts.append(text(right + 28, targets[-1][1] + 3, aim, 9.5, INK))
    for x, one, at, high in zip(xs, found.steps, known, highs, strict=True):
        parts.append(line(x, at[1], x, high[1], QUIET, dash="2 3"))
        parts.append(square(x, high[1], 3, "#ffffff", QUIET))
        parts.append(circle(x, at[1], 4, ACCENT, ACCENT))
        conform = say("{number} conform", number=one.conforming)
        parts.append(text(x, at[1] + 16, conform, 10, INK, weight=600, anchor="middle"))
        parts.append(text(x, bottom + 13, fitted(one.name, 30), 9.5, INK, anchor="middle"))
        parts.append(text(x, bottom + 24, short_day(one.at), 9, QUIET, anchor="middle"))
    parts.append(circle(left - 16, 8, 4, ACCENT, ACCENT))
    parts.append(text(left - 6, 11, say("known to conform"), 9, QUIET))
    parts.append(square(left + 100, 8, 3, "#ffffff", QUIET))
    parts.append(text(left + 110, 11, say("if all that is not assessed conformed"), 9, QUIET))
    return svg(say("Conforming requirements over engagements"), found.spoken, bottom + 30, parts)


def radar(found: Radar) -> Markup:
    """Draw a spoke a clause: a line with circles now, a dashed one with squares before, the outer ring as target."""
    if not found.axes:
        return Markup("")
    x0, y0, radius = 210.0, 150.0, 112.0
    number = len(found.axes)

    def at(place: int, share: float) -> tuple[float, float]:
        angle = 2 * pi * place / number - pi / 2
        return x0 + radius * share * cos(angle), y0 + radius * share * sin(angle)

    parts = [path([at(place, 1) for place in range(number)], INK, width=1.4, closed=True)]
    for ring in (0.25, 0.5, 0.75):
        parts.append(path([at(place, ring) for place in range(number)], LINE, width=0.7, closed=True))
        parts.append(
            text(x0 + 3, y0 - radius * ring + 9, say("{number} %", number=f"{ring * 100:g}"), 8, QUIET)
        )
    for place, axis in enumerate(found.axes):
        parts.append(line(x0, y0, *at(place, 1), LINE))
        x, y = at(place, 1.13)
        anchor = "middle" if abs(x - x0) < 12 else "start" if x > x0 else "end"
        parts.append(text(x, y + 3, axis.clause, 10, INK, weight=600, anchor=anchor))
    if found.before and all(axis.before is not None for axis in found.axes):
        then = [at(place, float(axis.before or 0)) for place, axis in enumerate(found.axes)]
        parts.append(path(then, QUIET, width=1.3, dash="4 3", closed=True))
        parts += [square(x, y, 3, "#ffffff", QUIET) for x, y in then]
    now = [at(place, float(axis.now)) for place, axis in enumerate(found.axes)]
    parts.append(path(now, ACCENT, width=2, closed=True))
    parts += [circle(x, y, 3.4, ACCENT, ACCENT) for x, y in now]
    return svg(
        say("Clauses against target and the engagement before"),
        found.spoken,
        2 * y0,
        [*parts, *_key(found)],
    )


def _key(found: Radar) -> list[Markup]:
    """Write what the lines mean, and the clauses in words."""
    left = 396.0
    parts = [line(left, 20, left + 26, 20, ACCENT, width=2), circle(left + 13, 20, 3.4, ACCENT, ACCENT)]
    parts.append(text(left + 34, 23, say("known to conform now"), 9.5, INK))
    parts += [
        line(left, 36, left + 26, 36, INK, width=1.4),
        text(left + 34, 39, say("target: all"), 9.5, INK),
    ]
    if found.before:
        parts += [
            line(left, 52, left + 26, 52, QUIET, width=1.3, dash="4 3"),
            square(left + 13, 52, 3, "#ffffff", QUIET),
        ]
        parts.append(
            text(left + 34, 55, fitted(say("before: {engagement}", engagement=found.before), 38), 9.5, INK)
        )
    for place, axis in enumerate(found.axes):
        y = 84 + place * 16
        parts.append(text(left, y, axis.clause, 9.5, INK, weight=600))
        parts.append(text(left + 24, y, fitted(axis.title, 44), 9.5, QUIET))
    return parts


def heat(found: Heat) -> Markup:
    """Draw a table of processes by attribute: the darker, the larger the share that does not conform; each cell prints its counts."""
    if not found.rows:
        return Markup("")
    left, row, top = 236.0, 21.0, 18.0
    cell = (WIDTH - left) / len(found.columns)
    parts = [
        text(left + cell * place + 5, 11, fitted(name, 16), 9, QUIET)
        for place, name in enumerate(found.columns)
    ]
    for number, (title, cells) in enumerate(found.rows):
        y = top + number * row
        parts.append(text(0, y + 14, fitted(title, 42), 10, INK))
        for place, one in enumerate(cells):
            parts += _cell(one, left + cell * place, y, cell, row)
    return svg(
        say("Processes by attribute of the services"), found.spoken, top + len(found.rows) * row + 2, parts
    )


def _cell(one: HeatCell, x: float, y: float, width: float, height: float) -> list[Markup]:
    if not one.total:
        return [text(x + 5, y + 14, "–", 10, QUIET)]
    step = -(-one.nonconforming * 4 // one.total)
    mark = f"▲ {one.nonconforming}" if one.nonconforming else ""
    return [
        rect(x + 0.5, y + 0.5, width - 3, height - 3, _HEAT[step], LINE),
        text(x + 5, y + 14, say("{number} of {total}", number=one.conforming, total=one.total), 9.5, INK),
        text(x + width - 8, y + 14, mark, 9.5, INK, weight=600, anchor="end"),
    ]
