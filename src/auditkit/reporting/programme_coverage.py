"""The coverage of a programme as a matrix for a terminal of 80 columns: areas by audits (pure)."""

from collections.abc import Mapping, Sequence

from auditkit.assessment.programme.coverage import STATES, Axis, CoverageRow, Mark
from auditkit.assessment.programme.model import Programme
from auditkit.base.language import message, say, say_as, say_count, short_day, translated
from auditkit.reporting.numbers import month_text, short_period
from auditkit.reporting.programme_words import AUDIT_STATES, RISKS, WIDTH, wrapped
from auditkit.reporting.words import Table, printable

_LEAST_TITLE = 8
_MARKS: dict[Mark, str] = {"": ".", "planned": "p", "part": "/", "remote": "r", "done": "x"}
LEGEND = message("x all of it, / part of it, r seen from afar, p planned, . not in it")
_STATES = Table(
    {
        "overdue": message("overdue"),
        "never": message("never"),
        "due": message("due"),
        "planned": message("planned"),
        "covered": message("covered"),
    }
)
_AXES = Table({"clause": message("clause"), "process": message("process"), "site": message("site")})
AXES: tuple[Axis, ...] = ("clause", "process", "site")


def coverage_lines(
    programme: Programme, rows: Sequence[CoverageRow], axes: Sequence[Axis], open_only: bool, engagement: str
) -> list[str]:
    """Return the matrix of areas and audits; ``open_only`` leaves out what is covered."""
    audits = [one for one in programme.audits if one.state != "cancelled"]
    letters = {one.id: _letter(number) for number, one in enumerate(audits)}
    cycle = say("Cycle {period}", period=short_period(programme.cycle))
    lines = [*wrapped(programme.title), cycle]
    for one in audits:
        own = say("this engagement") if one.engagement == engagement else ""
        state = ", ".join(part for part in (AUDIT_STATES[one.state], own, short_day(one.period.end)) if part)
        lines += wrapped(f"{letters[one.id]} = {one.id} {one.title} ({state})", "  ", "      ")
    lines += wrapped(translated(LEGEND), "  ", "  ")
    for axis in axes:
        of_axis = [row for row in rows if row.axis == axis]
        shown = [row for row in of_axis if not open_only or row.state != "covered"]
        lines += ["", *_matrix(axis, shown, letters)] if shown else []
        lines.append(_counts(axis, of_axis))
    return lines


def _matrix(axis: Axis, rows: Sequence[CoverageRow], letters: Mapping[str, str]) -> list[str]:
    """Return the rows of one axis; days are months here, and stand in full in JSON."""
    named = _AXES[axis]
    width = max(len(named), *(len(row.id) for row in rows))
    heads = [
        say_as("column", "risk"),
        say_as("column", "last"),
        say_as("column", "due"),
        say_as("column", "state"),
    ]
    least = (7, 7, 7, 8)
    cells = [_dated(row) for row in rows]
    widths = [max(least[at], len(heads[at]), *(len(one[at]) for one in cells)) for at in range(len(heads))]
    seen = say_as("column", "seen")
    room = WIDTH - width - 2 * len(letters) - sum(widths) - len("      ") - max(len("12/12"), len(seen))
    title = room if axis == "clause" and room > _LEAST_TITLE else 0
    head = _cut(say_as("column", "title"), title)
    lines = [f"{named:<{width}} {head}{' '.join(letters.values())} {_row(heads, widths)} {seen}"]
    for row, dated in zip(rows, cells, strict=True):
        marks = " ".join(_MARKS[row.marks.get(audit, "")] for audit in letters)
        seen = f"{row.examined}/{row.points}" if row.points is not None else ""
        line = f"{row.id:<{width}} {_cut(row.title, title)}{marks} {_row(dated, widths)} {seen}"
        lines.append(printable(line).rstrip())
        if row.state in ("overdue", "due", "never"):
            lines += wrapped(_why(row), "    ", "    ")
    return lines


def _row(cells: Sequence[str], widths: Sequence[int]) -> str:
    return " ".join(f"{cell:<{width}}" for cell, width in zip(cells, widths, strict=True))


def _dated(row: CoverageRow) -> tuple[str, str, str, str]:
    """Return risk, last audit, day it is due, and state, as the matrix shows them."""
    last = month_text(f"{row.last:%Y-%m}") if row.last else say_as("last audit", "never")
    return RISKS[row.risk or ""], last, month_text(f"{row.due:%Y-%m}"), _STATES[row.state]


def _why(row: CoverageRow) -> str:
    """Say by when a row is to be audited and why, what is left of it, and what is planned."""
    parts = [say("By {day}: {reason}", day=short_day(row.due), reason=translated(row.why)), _left(row)]
    if row.planned:
        parts.append(say("Planned for {day}.", day=short_day(row.planned)))
    return " ".join(part for part in parts if part)


def _left(row: CoverageRow) -> str:
    """Say how many points this engagement has not come to, where it has come to some."""
    if not row.points or not row.examined or row.examined == row.points:
        return ""
    return say(
        "{number} of {total} points without a verdict in this engagement.",
        number=row.points - row.examined,
        total=row.points,
    )


def _cut(text: str, width: int) -> str:
    """Return a text in a column of so many characters with a blank after it; nothing without a column."""
    return f"{text if len(text) <= width else text[: width - 1] + '…':<{width}} " if width else ""


def _counts(axis: Axis, rows: Sequence[CoverageRow]) -> str:
    states = [row.state for row in rows]
    number = len(rows)
    areas = {
        "clause": say_count("{number} clause", "{number} clauses", number, number=number),
        "process": say_count("{number} process", "{number} processes", number, number=number),
        "site": say_count("{number} site", "{number} sites", number, number=number),
    }[axis]
    return f"{areas}: {', '.join(f'{states.count(state)} {_STATES[state]}' for state in STATES)}."


def _letter(number: int) -> str:
    return "abcdefghijklmnopqrstuvwxyz"[number] if number < 26 else "?"
