"""Charts as inline SVG: the same bytes every time, a title and a description in each, legible without colour."""

from collections.abc import Iterable

from markupsafe import Markup

from auditkit.base.language import say, say_as, say_count
from auditkit.reporting.drawing import ACCENT, INK, LINE, PALE, QUIET, WIDTH, fitted, hatch, rect, svg, text
from auditkit.reporting.view_parts import Counts, GateView, MeasureRow
from auditkit.reporting.view_records import ClauseRow, LensView

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
        blockers = say_count("{number} blocker", "{number} blockers", number, number=number)
        below = say("nothing blocks it") if gate.passed else blockers
        parts.append(rect(left + 0.5, 0.5, width - 1, height - 1, fill, ACCENT))
        parts.append(text(left + 10, 19, fitted(gate.title, int(width / 6)), 11, ink, weight=600))
        parts.append(text(left + 10, 35, f"{gate.mark.symbol} {gate.mark.word}", 11, ink))
        parts.append(text(left + 10, 49, below, 9.5, ink))
    stated = "; ".join(f"{gate.title}: {gate.mark.word}" for gate in gates)
    return svg(say("Readiness gates"), stated, height, parts)


def interval_bars(measures: tuple[MeasureRow, ...]) -> Markup:
    """Draw each share from 0 to 100 %: filled what conforms, empty what is not assessed, hatched what does not."""
    row, left, right = 30, 0, 500
    parts = [hatch("interval")]
    for place, measure in enumerate(measures):
        top = place * row
        wide = float(right - left - 1)
        low, high = float(measure.low) * wide, float(measure.high) * wide
        parts.append(text(left, top + 11, measure.name, 10, INK))
        for start, end, fill in (
            (0.0, low, ACCENT),
            (low, high, "#ffffff"),
            (high, wide, "url(#interval-hatch)"),
        ):
            if end > start:
                parts.append(rect(left + start + 0.5, top + 16.5, end - start, 9, fill, ACCENT))
        parts.append(text(right + 12, top + 25, measure.figure, 12, INK, weight=600))
    height = len(measures) * row + 16
    for tick in (0, 25, 50, 75, 100):
        anchor = {0: "start", 100: "end"}.get(tick, "middle")
        x = left + (right - left) * tick / 100
        parts.append(text(x, height - 3, say("{number} %", number=tick), 9.5, QUIET, anchor=anchor))
    stated = "; ".join(f"{one.name}: {one.figure}" for one in measures)
    return svg(say("Conformity as intervals"), stated, height, parts)


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
    parts = [hatch("clause"), *_legend("clause")]
    for place, row in enumerate(chosen):
        top = 24 + place * row_height
        name = f"{row.clause} {row.title}"
        indent = 0 if row.depth == 0 else 14
        parts.append(
            text(indent, top + 11, fitted(name, 46 - indent // 5), 10, INK, weight=400 if indent else 600)
        )
        if row.clause not in split:
            parts += _stack(left, top + 1, (right - left) * row.counts.total / most, 12, row.counts, "clause")
        figures = f"{row.counts.conforming} · {row.counts.nonconforming} · {row.counts.not_assessed}"
        parts.append(text(right + 12, top + 11, figures, 10, INK))
    stated = "; ".join(f"{row.clause}: {_spoken(row.counts)}" for row in chosen)
    return svg(say("Requirements by clause"), stated, 24 + len(chosen) * row_height + 2, parts)


def lens_heat(lens: LensView) -> Markup:
    """Draw a table whose cells are the darker the larger the share of the group's points; each prints its number."""
    row_height, left, cell = 21, 300, 90
    columns = (*_verdicts(), say("confirmed"))
    parts = [text(left + cell * place + 6, 11, name, 9, QUIET) for place, name in enumerate(columns)]
    for place, row in enumerate(lens.rows):
        top = 17 + place * row_height
        total = row.counts.total
        parts.append(text(0, top + 14, fitted(row.title, 52), 10, INK))
        parts.append(text(left - 10, top + 14, str(total), 10, QUIET, anchor="end"))
        numbers = (
            row.counts.conforming,
            row.counts.nonconforming,
            row.counts.not_assessed,
            row.counts.confirmed,
        )
        for column, number in enumerate(numbers):
            step = -(-number * 4 // total) if total else 0
            x = left + cell * column
            parts.append(rect(x + 0.5, top + 0.5, cell - 3, row_height - 3, _HEAT[step], LINE))
            parts.append(text(x + 6, top + 14, str(number), 10, INK, weight=600 if number else 400))
    stated = "; ".join(f"{row.title}: {_spoken(row.counts)}" for row in lens.rows)
    return svg(
        say("{lens}, points by verdict", lens=lens.title), stated, 17 + len(lens.rows) * row_height + 2, parts
    )


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
            parts.append(rect(x, top, wide, height, fill, ACCENT))
            x += wide
    return parts


def _legend(prefix: str) -> list[Markup]:
    fills = (ACCENT, f"url(#{prefix}-hatch)", "#ffffff")
    parts = []
    for place, (word, fill) in enumerate(zip(_verdicts(), fills, strict=True)):
        x = 276 + place * 105
        parts.append(rect(x, 3.5, 14, 9, fill, ACCENT))
        parts.append(text(x + 20, 12, word, 9.5, QUIET))
    return parts


def _spoken(counts: Counts) -> str:
    return say(
        "{conforming} conform, {nonconforming} nonconforming, {open} not assessed of {total}",
        conforming=counts.conforming,
        nonconforming=counts.nonconforming,
        open=counts.not_assessed,
        total=counts.total,
    )


def _verdicts() -> tuple[str, str, str]:
    """Return how the three kinds of verdict are called beside figures."""
    return say_as("figures", "conform"), say_as("figures", "nonconforming"), say_as("figures", "not assessed")
