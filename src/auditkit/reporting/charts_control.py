"""Control charts drawn: rates with their mean and natural limits, moving ranges below; a gap stays empty."""

from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup

from auditkit.base.language import say, say_as
from auditkit.improvement.control_chart import ControlChart
from auditkit.reporting.drawing import ACCENT, INK, QUIET, WIDTH, circle, line, path, square, svg, text
from auditkit.reporting.numbers import share_text

_LEFT, _RIGHT = 16.0, WIDTH - 84.0
_DASHED = "5 3"


class _Band(NamedTuple):
    """Where a series is drawn, and which value is its top."""

    top: float
    height: float
    peak: float

    def y(self, value: float) -> float:
        """Return the place of a value."""
        return self.top + self.height * (1 - value / self.peak)


def control_chart(chart: ControlChart, spoken: str) -> Markup:
    """Draw an XmR chart: a square and its month mark a signal, a circle every other point."""
    rates = [None if one.rate is None else float(one.rate) for one in chart.points]
    ranges = [None if one.moving_range is None else float(one.moving_range) for one in chart.points]
    upper = _Band(18, 116, _peak(rates, float(chart.upper)))
    lower = _Band(164, 44, _peak(ranges, float(chart.range_limit)))
    parts = [text(0, 9, say("Rate of exceptions"), 9, QUIET), text(0, 156, say("Moving range"), 9, QUIET)]
    parts += [stroke for value, name, dash in _levels(chart) for stroke in _level(upper.y(value), name, dash)]
    parts += _level(lower.y(float(chart.range_limit)), say_as("control chart", "limit"), _DASHED)
    step = (_RIGHT - _LEFT) / max(len(chart.points) - 1, 1)
    xs = [_LEFT + step * place for place in range(len(chart.points))]
    outer = [bool({"outside", "run"} & {*one.signals}) for one in chart.points]
    wide = ["range" in one.signals for one in chart.points]
    parts += _series(xs, rates, outer, upper) + _series(xs, ranges, wide, lower)
    for x, point, rate in zip(xs, chart.points, rates, strict=True):
        parts.append(
            text(
                x,
                224,
                point.month[2:],
                8.5,
                INK if point.signals else QUIET,
                anchor="middle",
                weight=600 if point.signals else 400,
            )
        )
        if rate is None:
            parts.append(text(x, upper.top + upper.height / 2, say("gap"), 8.5, QUIET, anchor="middle"))
    return svg(say("Control chart: {claim}", claim=chart.claim), spoken, 229, parts)


def _levels(chart: ControlChart) -> list[tuple[float, str, str]]:
    """Return the lines of the rates, with name and dashes; where every month is the same, one line says it all."""
    mean = (float(chart.mean), say("mean {share}", share=share_text(chart.mean)), "")
    upper = (float(chart.upper), say("upper {share}", share=share_text(chart.upper)), _DASHED)
    lower = (float(chart.lower), say("lower {share}", share=share_text(chart.lower)), _DASHED)
    return [
        *([upper] if chart.upper != chart.mean else []),
        mean,
        *([lower] if chart.lower != chart.mean else []),
    ]


def _peak(values: Sequence[float | None], limit: float) -> float:
    return max([limit, *(one for one in values if one is not None)]) * 1.06 or 0.01


def _level(y: float, name: str, dash: str) -> list[Markup]:
    return [
        line(_LEFT, y, _RIGHT + 8, y, QUIET, width=0.9, dash=dash),
        text(_RIGHT + 14, y + 3, name, 8.5, QUIET),
    ]


def _series(
    xs: Sequence[float], values: Sequence[float | None], signals: Sequence[bool], band: _Band
) -> list[Markup]:
    """Join the points that follow upon one another, and mark each."""
    parts: list[Markup] = []
    joined: list[tuple[float, float]] = []
    for x, value in [*zip(xs, values, strict=True), (0.0, None)]:
        if value is not None:
            joined.append((x, band.y(value)))
            continue
        if len(joined) > 1:
            parts.append(path(joined, ACCENT))
        joined = []
    for x, value, signal in zip(xs, values, signals, strict=True):
        if value is not None:
            y = band.y(value)
            parts.append(square(x, y, 4.4, ACCENT, INK) if signal else circle(x, y, 2.8, "#ffffff", ACCENT))
    return parts
