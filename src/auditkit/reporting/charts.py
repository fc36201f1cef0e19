"""Charts as inline SVG: the same bytes every time, a title and a description in each, legible without colour."""

from collections.abc import Iterable

from markupsafe import Markup, escape

from auditkit.reporting.view_parts import Counts, GateView, MeasureRow
from auditkit.reporting.view_records import ClauseRow, LensView
from auditkit.reporting.words import printable

WIDTH = 660
ACCENT, INK, QUIET, LINE, PALE = "#1d4b5c", "#1c1f22", "#5b6166", "#b9bfc4", "#eef1f2"
_FONT = "Report Sans, Segoe UI, Helvetica Neue, Arial, sans-serif"
_HEAT = ("#ffffff", "#e8eef0", "#cfdde2", "#a9c3cc", "#7fa6b3")


def gates_strip(gates: tuple[GateView, ...]) -> Markup:
    """Draw one box a gate: outlined when passed, filled when blocked; the word stands in it."""
    if not gates:
        return Markup("")
    gap, height = 8, 58
    width = (WIDTH - gap * (len(gates) - 1)) / len(gates)
    parts = []
    for place, gate in enumerate(gates):
        left = place * (width + gap)
        fill, ink = ("#ffffff", INK) if gate.passed else (ACCENT, "#ffffff")
        number = len(gate.blockers)
        below = "nothing blocks it" if gate.passed else f"{number} blocker{'s' if number != 1 else ''}"
        parts.append(_rect(left + 0.5, 0.5, width - 1, height - 1, fill, ACCENT))
        parts.append(_text(left + 10, 19, gate.title, 11, ink, weight=600))
        parts.append(_text(left + 10, 35, f"{gate.mark.symbol} {gate.mark.word}", 11, ink))
        parts.append(_text(left + 10, 49, below, 9.5, ink))
    stated = "; ".join(f"{gate.title}: {gate.mark.word}" for gate in gates)
    return _svg("Readiness gates", stated, height, parts)


def interval_bars(measures: tuple[MeasureRow, ...]) -> Markup:
    """Draw each share from 0 to 100 %: filled what conforms, empty what is not assessed, hatched what does not."""
    row, left, right = 30, 0, 500
    parts = [_hatch("interval")]
    for place, measure in enumerate(measures):
        top = place * row
        wide = float(right - left - 1)
        low, high = float(measure.low) * wide, float(measure.high) * wide
        parts.append(_text(left, top + 11, measure.name, 10, INK))
        for start, end, fill in (
            (0.0, low, ACCENT),
            (low, high, "#ffffff"),
            (high, wide, "url(#interval-hatch)"),
        ):
            if end > start:
                parts.append(_rect(left + start + 0.5, top + 16.5, end - start, 9, fill, ACCENT))
        parts.append(_text(right + 12, top + 25, measure.figure, 12, INK, weight=600))
    height = len(measures) * row + 16
    for tick in (0, 25, 50, 75, 100):
        anchor = {0: "start", 100: "end"}.get(tick, "middle")
        x = left + (right - left) * tick / 100
        parts.append(_text(x, height - 3, f"{tick} %", 9.5, QUIET, anchor=anchor))
    stated = "; ".join(f"{one.name}: {one.figure}" for one in measures)
    return _svg("Conformity as intervals", stated, height, parts)


def clause_bars(rows: Iterable[ClauseRow]) -> Markup:
    """Draw the requirements of each clause of the first two levels as one bar: filled, hatched, empty."""
    chosen = [row for row in rows if row.counts.total and _is_charted(row)]
    if not chosen:
        return Markup("")
    row_height, left, right = 19, 276, 572
    split = {
        row.clause.split(".")[0] for row in chosen if row.depth
    }  # shown by its parts, so the others stay readable
    most = max(row.counts.total for row in chosen if row.clause not in split)
    parts = [_hatch("clause"), *_legend("clause")]
    for place, row in enumerate(chosen):
        top = 24 + place * row_height
        name = f"{row.clause} {row.title}"
        indent = 0 if row.depth == 0 else 14
        parts.append(
            _text(indent, top + 11, _fitted(name, 46 - indent // 5), 10, INK, weight=400 if indent else 600)
        )
        if row.clause not in split:
            parts += _stack(left, top + 1, (right - left) * row.counts.total / most, 12, row.counts, "clause")
        figures = f"{row.counts.conforming} · {row.counts.nonconforming} · {row.counts.not_assessed}"
        parts.append(_text(right + 12, top + 11, figures, 10, INK))
    stated = "; ".join(f"{row.clause}: {_spoken(row.counts)}" for row in chosen)
    return _svg("Requirements by clause", stated, 24 + len(chosen) * row_height + 2, parts)


def lens_heat(lens: LensView) -> Markup:
    """Draw a table whose cells are the darker the larger the share of the group's points; each prints its number."""
    row_height, left, cell = 21, 300, 90
    columns = ("conform", "nonconforming", "not assessed", "confirmed")
    parts = [_text(left + cell * place + 6, 11, name, 9, QUIET) for place, name in enumerate(columns)]
    for place, row in enumerate(lens.rows):
        top = 17 + place * row_height
        total = row.counts.total
        parts.append(_text(0, top + 14, _fitted(row.title, 52), 10, INK))
        parts.append(_text(left - 10, top + 14, str(total), 10, QUIET, anchor="end"))
        numbers = (
            row.counts.conforming,
            row.counts.nonconforming,
            row.counts.not_assessed,
            row.counts.confirmed,
        )
        for column, number in enumerate(numbers):
            step = -(-number * 4 // total) if total else 0
            x = left + cell * column
            parts.append(_rect(x + 0.5, top + 0.5, cell - 3, row_height - 3, _HEAT[step], LINE))
            parts.append(_text(x + 6, top + 14, str(number), 10, INK, weight=600 if number else 400))
    stated = "; ".join(f"{row.title}: {_spoken(row.counts)}" for row in lens.rows)
    return _svg(f"{lens.title}, points by verdict", stated, 17 + len(lens.rows) * row_height + 2, parts)


def _is_charted(row: ClauseRow) -> bool:
    """Tell whether a clause has a bar: every main clause, and the parts of clause 8, where most requirements lie."""
    return row.depth == 0 or (row.depth == 1 and row.clause.startswith("8."))


def _stack(left: float, top: float, width: float, height: float, counts: Counts, prefix: str) -> list[Markup]:
    shares = (
        (counts.conforming, ACCENT),
        (counts.nonconforming, f"url(#{prefix}-hatch)"),
        (counts.not_assessed, "#ffffff"),
        (counts.not_applicable, PALE),
    )
    parts, x = [], left
    for number, fill in shares:
        if number:
            wide = width * number / counts.total
            parts.append(_rect(x, top, wide, height, fill, ACCENT))
            x += wide
    return parts


def _legend(prefix: str) -> list[Markup]:
    entries = (("conform", ACCENT), ("nonconforming", f"url(#{prefix}-hatch)"), ("not assessed", "#ffffff"))
    parts = []
    for place, (word, fill) in enumerate(entries):
        x = 276 + place * 105
        parts.append(_rect(x, 3.5, 14, 9, fill, ACCENT))
        parts.append(_text(x + 20, 12, word, 9.5, QUIET))
    return parts


def _spoken(counts: Counts) -> str:
    return (
        f"{counts.conforming} conform, {counts.nonconforming} nonconforming, {counts.not_assessed} not assessed "
        f"of {counts.total}"
    )


def _svg(title: str, description: str, height: float, parts: Iterable[Markup]) -> Markup:
    body = Markup("").join(parts)
    return Markup(
        '<svg class="chart" xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {w} {h}" width="{w}" '
        'height="{h}"><title>{title}</title><desc>{desc}</desc>{body}</svg>'
    ).format(w=WIDTH, h=_number(height), title=printable(title), desc=printable(description), body=body)


def _hatch(prefix: str) -> Markup:
    return Markup(
        '<defs><pattern id="{p}-hatch" width="5" height="5" patternUnits="userSpaceOnUse">'
        '<rect width="5" height="5" fill="#ffffff"/><path d="M-1 1 L1 -1 M0 5 L5 0 M4 6 L6 4" stroke="{c}" '
        'stroke-width="1.3"/></pattern></defs>'
    ).format(p=prefix, c=ACCENT)


def _rect(x: float, y: float, width: float, height: float, fill: str, stroke: str) -> Markup:
    return Markup(
        '<rect x="{}" y="{}" width="{}" height="{}" fill="{}" stroke="{}" stroke-width="0.8"/>'
    ).format(_number(x), _number(y), _number(width), _number(height), fill, stroke)


def _text(
    x: float, y: float, text: str, size: float, fill: str, *, weight: int = 400, anchor: str = "start"
) -> Markup:
    return Markup(
        '<text x="{}" y="{}" font-family="{}" font-size="{}" font-weight="{}" fill="{}" text-anchor="{}">{}</text>'
    ).format(_number(x), _number(y), _FONT, size, weight, fill, anchor, escape(printable(text)))


def _fitted(text: str, characters: int) -> str:
    return text if len(text) <= characters else f"{text[: characters - 1].rstrip()}…"


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
