"""The improvement register as a workbook: owners edit the open cells; what they were shown is kept beside them."""

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, get_args

from auditkit.base.digest import digest_value
from auditkit.improvement.exchange.cells import CUT, shown
from auditkit.improvement.exchange.items import text_of
from auditkit.improvement.exchange.model import Column, Item, Row, Tracker
from auditkit.improvement.model import ActionFile

ACTIONS, PROPOSED, ABOUT, STATE = "Actions", "Not taken up", "How to", "auditkit"
FORM = "auditkit improvement register 1"
LONGEST = 30_000
"""Characters of a text in a cell; workbooks take 32,767."""
_OVERLAPPING = re.compile("_x[0-9A-Fa-f]{4}_(?=x[0-9A-Fa-f]{4}_)")
"""What the writer of workbooks escapes only in part, so that it would be read as something else."""
_EARLIEST = date(2000, 1, 1)
_DAY_ZERO = date(1899, 12, 30)
_MOST_DAYS = 100_000
_HOW_TO = (
    ("What to do", "Edit the white cells of the sheet Actions. Grey cells are computed: what is typed there is refused."),
    ("Rows", "Sort and filter as you like; the id tells which action a row is. A row that is deleted stays as it was."),
    ("New actions", "A new row is refused. An action begins as a file in workpapers/actions, with the finding it answers."),
    ("Dates", "Type dates as dates, or as 2026-12-14."),
    ("Owner", "One person of the engagement, by name or id."),
    ("Status", "proposed, agreed, started, done or cancelled. Whether an action had its effect is checked and recorded by "
     "the auditors, with auditkit finding verify and close."),
    ("Give it back", "auditkit actions import FILE --dry-run shows every change and every fault; without --dry-run it is "
     "taken over. Where the action was changed since, the cell is refused until somebody decides."),
)  # fmt: skip


def cell_text(column: Column, item: Item, computed: str) -> str:
    """Return what a cell of the register shows: the action's own value where it can be edited."""
    text = item.own.get(column.edits, "") if column.edits else computed
    if column.kind == "number" and (number := number_text(shown(text))) is not None:
        return number
    return holdable(text)


def holdable(text: str) -> str:
    """Return a text as a cell holds it and gives it back: nothing it cannot hold, nothing that reads otherwise."""
    text = _OVERLAPPING.sub(r"\g<0> ", shown(text))
    return text if len(text) <= LONGEST else text[: LONGEST - len(CUT)] + CUT


def number_text(text: str) -> str | None:
    """Return a number that is not negative with the digits a workbook keeps; None when the text is none."""
    try:
        number = float(text)
    except ValueError:
        return None
    return text_of(float(f"{number:.15g}")) if 0 <= number < 1e9 and "_" not in text else None


def as_day(text: str) -> date | None:
    """Read a day in ISO form, or as a workbook counts it."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        pass
    try:
        number = float(text)
    except ValueError:
        return None
    return (
        _DAY_ZERO + timedelta(days=int(number)) if 1 <= number < _MOST_DAYS and number.is_integer() else None
    )


def cell_digest(engagement: str, item: str, header: str, text: str) -> str:
    """Return the digest of what one cell showed."""
    return digest_value([engagement, item, header, text])


def state_digest(lines: Sequence[Sequence[str]]) -> str:
    """Return the digest over all lines of the hidden sheet, so that a changed one is noticed."""
    return digest_value([FORM, [list(one) for one in lines]])


def choices(field: str) -> tuple[str, ...]:
    """Return the words a field of an action takes; empty when it is free."""
    annotation = ActionFile.model_fields[field].annotation
    parts = [annotation, *get_args(annotation)]
    words = [one for part in parts for one in get_args(part) if isinstance(one, str)]
    return tuple(dict.fromkeys([*(one for one in get_args(annotation) if isinstance(one, str)), *words]))


def write_register(
    tracker: Tracker, rows: Sequence[Row], head: dict[str, str], people: Sequence[str], path: Path
) -> None:
    """Write the workbook; equal rows give equal bytes. ``head``: engagement, title and as_of."""
    import xlsxwriter

    options = {"in_memory": True, "strings_to_urls": False, "strings_to_formulas": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        title = f"Improvement register {head['engagement']}"
        book.set_properties({"title": title, "created": datetime(2000, 1, 1)})  # noqa: DTZ001
        pages = {name: book.add_worksheet(name) for name in (ACTIONS, PROPOSED, ABOUT, STATE)}
        formats = _formats(book)
        taken = [row for row in rows if row.item.taken_up]
        _write_rows(pages[ACTIONS], tracker, taken, formats, len(people))
        _write_rows(pages[PROPOSED], tracker, [row for row in rows if not row.item.taken_up], formats, 0)
        _write_about(pages[ABOUT], head, formats)
        _write_state(pages[STATE], tracker, taken, head, people)


def _formats(book: Any) -> dict[str, Any]:
    base = {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#B0B0B0"}
    locked, open_ = {**base, "bg_color": "#EDEDED"}, {**base, "locked": False}
    return {
        "head": book.add_format({**base, "bold": True, "bg_color": "#D9E2EC"}),
        "plain": book.add_format({"text_wrap": True, "valign": "top"}),
        "locked text": book.add_format({**locked, "num_format": "@"}),
        "locked date": book.add_format({**locked, "num_format": "yyyy-mm-dd"}),
        "locked number": book.add_format(locked),
        "open text": book.add_format({**open_, "num_format": "@"}),
        "open date": book.add_format({**open_, "num_format": "yyyy-mm-dd"}),
        "open number": book.add_format(open_),
    }


def _write_rows(
    page: Any, tracker: Tracker, rows: Sequence[Row], formats: dict[str, Any], people: int
) -> None:
    for at, column in enumerate(tracker.columns):
        page.write_string(0, at, column.header, formats["head"])
        page.set_column(at, at, column.width)
    for number, row in enumerate(rows, 1):
        for at, (column, computed) in enumerate(zip(tracker.columns, row.cells, strict=True)):
            look = formats[f"{'open' if column.edits and row.item.taken_up else 'locked'} {column.kind}"]
            text = cell_text(column, row.item, computed) if row.item.taken_up else computed
            _write_cell(page, number, at, column.kind, text, look)
    page.freeze_panes(1, 1)
    page.autofilter(0, 0, max(1, len(rows)), len(tracker.columns) - 1)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    allowed = (
        "autofilter",
        "sort",
        "format_columns",
        "format_rows",
        "select_locked_cells",
        "select_unlocked_cells",
    )
    page.protect("", dict.fromkeys(allowed, True))
    for at, column in enumerate(tracker.columns):
        rule = _rule(column, people)
        if rule is not None and rows:
            page.data_validation(1, at, len(rows), at, rule)


def _rule(column: Column, people: int) -> dict[str, Any] | None:
    """Return what a spreadsheet lets people type into a column."""
    if not column.edits:
        return None
    words = choices(column.edits)
    if words:
        return {"validate": "list", "source": list(words)}
    if column.edits == "owner" and people:
        return {"validate": "list", "source": f"={STATE}!$E$1:$E${people}"}
    if column.kind == "date":
        message = "Type a date, such as 2026-12-14."
        return {"validate": "date", "criteria": ">=", "value": _EARLIEST, "error_message": message}
    if column.kind == "number":
        return {"validate": "decimal", "criteria": ">=", "value": 0, "error_message": "Type a number."}
    return None


def _write_cell(page: Any, row: int, at: int, kind: str, text: str, look: Any) -> None:
    """Write a text as text, never as a formula; dates and numbers as what they are."""
    if not text:
        page.write_blank(row, at, None, look)
    elif kind == "date":
        page.write_datetime(row, at, date.fromisoformat(text), look)
    elif kind == "number" and number_text(text) is not None:
        page.write_number(row, at, float(text), look)
    else:
        page.write_string(row, at, text, look)


def _write_about(page: Any, head: dict[str, str], formats: dict[str, Any]) -> None:
    page.set_column(0, 0, 16)
    page.set_column(1, 1, 90)
    lines = [
        ("Engagement", f"{head['engagement']} {shown(head['title'])}"),
        ("As of", head["as_of"]),
        *_HOW_TO,
    ]
    for row, (label, text) in enumerate(lines):
        page.write_string(row, 0, label, formats["head"])
        page.write_string(row, 1, text, formats["plain"])
    page.protect("")


def _write_state(
    page: Any, tracker: Tracker, rows: Sequence[Row], head: dict[str, str], people: Sequence[str]
) -> None:
    """Keep what every cell showed, by digest, and the names that the list of owners offers."""
    engagement = head["engagement"]
    lines = [
        (row.item.id, column.header, cell_digest(engagement, row.item.id, column.header, text))
        for row in rows
        for column, computed in zip(tracker.columns, row.cells, strict=True)
        for text in (cell_text(column, row.item, computed),)
    ]
    first = [(FORM, engagement, tracker.id), ("whole", head["as_of"], state_digest(lines))]
    for number, line in enumerate([*first, *lines]):
        for at, text in enumerate(line):
            page.write_string(number, at, text)
    for number, name in enumerate(people):
        page.write_string(number, 4, shown(name))
    page.very_hidden()
