"""Pictures of progress: actions by quarter, and their age. Shapes and hatching carry what colour would."""

from datetime import date
from itertools import pairwise

from markupsafe import Markup

from auditkit.base.language import message, say, short_day, translated
from auditkit.reporting.drawing import (
    ACCENT,
    INK,
    LINE,
    QUIET,
    WIDTH,
    diamond,
    fitted,
    hatch,
    line,
    rect,
    svg,
    text,
)
from auditkit.reporting.view_progress_model import Ageing, Bar, TimeLine

_FILLS = {"done": ACCENT, "under_way": "url(#time-hatch)", "planned": "#ffffff"}
_STATES = (("done", message("done")), ("under_way", message("under way")), ("planned", message("planned")))


def time_line(plan: TimeLine) -> Markup:
    """Draw a bar an action from its start to the day it is due, over quarters; only a diamond where no start is known."""
    if not plan.bars:
        return Markup("")
    quarters = _quarters(plan)
    first, last = quarters[0], quarters[-1]
    left, top, row = 236.0, 44.0, 24.0
    days = (last - first).days
    bottom = top + row * len(plan.bars)

    def x(day: date) -> float:
        return left + (WIDTH - left - 14) * (day - first).days / days

    parts = [hatch("time"), *_legend()]
    for start, end in pairwise(quarters):
        parts.append(line(x(start), top - 16, x(start), bottom, LINE))
        name = f"Q{(start.month + 2) // 3} {start.year}"
        if x(end) - x(start) > 42:
            parts.append(text(x(start) + 3, top - 6, name, 9, QUIET))
    parts.append(line(x(last), top - 16, x(last), bottom, LINE))
    if first <= plan.as_of <= last:
        parts.append(line(x(plan.as_of), top - 4, x(plan.as_of), bottom + 2, INK, width=1.2, dash="4 2"))
        said = say("as of {day}", day=short_day(plan.as_of))
        parts.append(text(x(plan.as_of), bottom + 13, said, 9, INK, anchor="middle"))
    for number, bar in enumerate(plan.bars):
        y = top + row * number
        parts.append(text(0, y + 10, fitted(f"{bar.id} {bar.title}", 42), 10, INK))
        parts.append(text(0, y + 20, fitted(bar.owner, 42), 8.5, QUIET))
        begun = None if bar.start is None else x(bar.start)
        parts += _bar(bar, begun, x(bar.end), y + 5)
        if bar.overdue:
            parts.append(_overdue(begun, x(bar.end), x(plan.as_of), y + 14))
    return svg(say("Actions by quarter"), plan.spoken, bottom + 18, parts)


def _quarters(plan: TimeLine) -> list[date]:
    """Return the first days of the quarters that hold every bar, and of the one after."""
    days = [day for bar in plan.bars for day in (bar.start, bar.end) if day is not None] + [plan.as_of]
    low, high = min(days), max(days)
    quarter = low.year * 4 + (low.month - 1) // 3
    end = high.year * 4 + (high.month - 1) // 3 + 1
    return [date(one // 4, one % 4 * 3 + 1, 1) for one in range(quarter, end + 1)]


def _bar(bar: Bar, begun: float | None, end: float, y: float) -> list[Markup]:
    if begun is None:
        return [diamond(end, y + 5, 5, _FILLS[bar.state], ACCENT)]
    return [rect(begun, y, max(end - begun, 2), 10, _FILLS[bar.state], ACCENT)]


def _overdue(begun: float | None, end: float, today: float, y: float) -> Markup:
    """Write the word beside its bar, clear of the line of the as-of day and of the edge."""
    wide, said = 58.0, say("! overdue")
    at = end + 8 if today - end > wide else today + 6
    if at + wide <= WIDTH:
        return text(at, y, said, 9, INK, weight=600)
    return text((end if begun is None else begun) - 9, y, said, 9, INK, weight=600, anchor="end")


def _legend() -> list[Markup]:
    parts: list[Markup] = []
    for place, (state, word) in enumerate(_STATES):
        parts.append(rect(236 + place * 82, 2, 14, 9, _FILLS[state], ACCENT))
        parts.append(text(255 + place * 82, 10, translated(word), 9, QUIET))
    parts.append(diamond(489, 6.5, 5, "#ffffff", ACCENT))
    parts.append(text(499, 10, say("due, start not stated"), 9, QUIET))
    return parts


def ageing(ages: Ageing) -> Markup:
    """Draw open actions by class of age: filled what is overdue, empty what is in time, hatched what has no day."""
    if not ages.total:
        return Markup("")
    left, row, top = 150.0, 21.0, 22.0
    most = max(one.overdue + one.in_time + one.undated for one in ages.rows)
    step = min(60.0, (WIDTH - left - 40) / most)
    parts = [hatch("age")]
    fills = ((ACCENT, say("overdue")), ("#ffffff", say("in time")), ("url(#age-hatch)", say("without a day")))
    for place, (fill, word) in enumerate(fills):
        parts.append(rect(left + place * 90, 2, 14, 9, fill, ACCENT))
        parts.append(text(left + 19 + place * 90, 10, word, 9, QUIET))
    for place, one in enumerate(ages.rows):
        y, x = top + place * row, left
        parts.append(text(0, y + 12, one.name, 10, INK))
        for number, (fill, _) in zip((one.overdue, one.in_time, one.undated), fills, strict=True):
            if number:
                parts.append(rect(x, y + 2, step * number, 13, fill, ACCENT))
                x += step * number
        number = one.overdue + one.in_time + one.undated
        late = (
            say("{number}, {late} overdue", number=number, late=one.overdue) if one.overdue else str(number)
        )
        parts.append(text(x + 7, y + 12, late, 10, INK, weight=600 if one.overdue else 400))
    return svg(say("Age of open actions"), ages.spoken, top + row * len(ages.rows) + 2, parts)
