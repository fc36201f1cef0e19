"""Due dates as an iCalendar file (RFC 5545): a task and a day an action; nothing reads the clock (pure)."""

from collections.abc import Sequence
from datetime import date, timedelta

from auditkit.base.icstext import escaped, folded
from auditkit.improvement.exchange.model import Row, Tracker

_DAY_ZERO = date(2000, 1, 1)
_HOST = "auditkit.invalid"
_REMIND_DAYS = 7


def calendar_text(tracker: Tracker, rows: Sequence[Row], title: str, as_of: date) -> str:
    """Return a VTODO an action, and an all-day VEVENT for each that has a due date and is still to be done.

    Outlook and Google take no VTODO. The stamp is the as-of date, and the sequence counts days up to it, so that a
    later file takes the place of an earlier one.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//auditkit//actions//EN", "CALSCALE:GREGORIAN"]
    lines.append(f"X-WR-CALNAME:{escaped(title)}")
    for row in rows:
        due = row.item.fields["due"]
        lines += _component("VTODO", tracker, row, as_of, [f"DUE;VALUE=DATE:{_day(due)}"] if due else [])
        if due and row.item.fields["status"] not in ("done", "cancelled"):
            day = date.fromisoformat(due)
            days = [
                f"DTSTART;VALUE=DATE:{_day(due)}",
                f"DTEND;VALUE=DATE:{_day(str(day + timedelta(days=1)))}",
            ]
            lines += _component("VEVENT", tracker, row, as_of, [*days, "TRANSP:TRANSPARENT"])
    lines.append("END:VCALENDAR")
    return "".join(f"{folded(line)}\r\n" for line in lines)


def _component(kind: str, tracker: Tracker, row: Row, as_of: date, days: list[str]) -> list[str]:
    cells = {one.header: cell for one, cell in zip(tracker.columns, row.cells, strict=True) if cell}
    if kind == "VEVENT":
        cells = {name: cell for name, cell in cells.items() if name != "STATUS"}
    categories = [escaped(line) for line in cells.pop("CATEGORIES", "").split("\n") if line.strip()]
    lines = [
        f"BEGIN:{kind}",
        f"UID:{row.item.fields['key'].lower()}.{'due' if kind == 'VEVENT' else 'task'}@{_HOST}",
        f"DTSTAMP:{as_of:%Y%m%d}T000000Z",
        f"SEQUENCE:{(as_of - _DAY_ZERO).days}",
        *days,
        *(f"{name}:{escaped(cell)}" for name, cell in cells.items()),
        *([f"CATEGORIES:{','.join(categories)}"] if categories else []),
        "CLASS:CONFIDENTIAL",
    ]
    if kind == "VEVENT":
        alarm = ["BEGIN:VALARM", "ACTION:DISPLAY", f"TRIGGER:-P{_REMIND_DAYS}D"]
        lines += [*alarm, f"DESCRIPTION:{escaped(cells.get('SUMMARY', row.item.id))}", "END:VALARM"]
    return [*lines, f"END:{kind}"]


def _day(text: str) -> str:
    return text.replace("-", "")
