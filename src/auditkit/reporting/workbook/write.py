"""Write the workbook: text is never a formula, computed cells are locked, what every cell showed is kept beside them."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from math import ceil
from pathlib import Path
from typing import Any

from auditkit.base.atomic import new_file
from auditkit.base.digest import digest_value
from auditkit.base.language import ENGLISH, message, say, say_as, short_day, spoken, translated
from auditkit.catalog.exchange.workbook import unescaped
from auditkit.improvement.exchange.cells import shown
from auditkit.reporting.workbook.columns import COLUMNS, POINTS
from auditkit.reporting.workbook.model import FORM, KEY, LANGUAGE, METHOD, STATE, TOTALS, Book, Column, Page
from auditkit.reporting.workbook.said import answer_text, choice_text, header_text, sheet_text

MODES = {False: "to fill in", True: "without names"}
"""By whether it is redacted: what the hidden sheet calls it."""
_DIGITS = 12
"""Hexadecimal digits kept of the digest of one cell; a whole digest stands over all of them."""
_ESCAPED_ESCAPE = "x005F_"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_EARLIEST = date(2000, 1, 1)
_LINE, _TALLEST = 15.0, 405.0
"""Height of one line and of the tallest row that spreadsheets allow, in points."""
_LETTERS_A_UNIT = 1.1
"""Letters that fit into a unit of a column's width."""
_HINTS = {
    "verdict": message("conforms, nonconforming or not_applicable"),
    "because": message("What was seen; at least 15 characters."),
    "on": message("Evidence ids, such as EV-014 EV-015."),
    "by": message("Your person id; auditors judge."),
    "at": message("Such as 2026-10-15; empty: the day the engagement speaks of."),
    "basis": message("evidence, or no_occurrence with how that was checked."),
    "how_checked": message("For no_occurrence: how it was checked that nothing occurred."),
    "safeguard": message("In an area of your own: what keeps the judgement impartial."),
}
_ALLOWED = (
    "autofilter",
    "sort",
    "format_columns",
    "format_rows",
    "select_locked_cells",
    "select_unlocked_cells",
)


def write_book(book: Book, path: Path) -> None:
    """Write the workbook whole or not at all; equal books give equal bytes."""
    import xlsxwriter

    options = {
        "in_memory": True,
        "strings_to_urls": False,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
    }
    with new_file(path) as unfinished, xlsxwriter.Workbook(str(unfinished), options) as file:
        file.set_properties({"title": book.title, "comments": book.status, "created": datetime(2000, 1, 1)})  # noqa: DTZ001
        formats = _formats(file)
        sheets = {name: file.add_worksheet(sheet_text(name)) for name in _names(book)}
        for page in book.pages:
            _write_page(sheets[page.name], page, book, formats)
        _write_totals(sheets[TOTALS], book, formats)
        _write_state(sheets[STATE], book)


def cell_digest(engagement: str, key: str, header: str, text: str) -> str:
    """Return the first digits of the digest of what one cell showed.

    Texts that spell an escape of the format, such as ``_x0041_``, count as what they spell: programs that write every
    other text as they read it undo the escape of the escape when they save.
    """
    plain = shown(unescaped(text.replace(_ESCAPED_ESCAPE, "")))
    return digest_value([engagement, key, header, plain])[:_DIGITS]


def state_digest(lines: Sequence[Sequence[str]]) -> str:
    """Return the digest over all lines of the hidden sheet, so that a changed one is noticed."""
    return digest_value([FORM, [list(one) for one in lines]])


def _names(book: Book) -> Iterator[str]:
    for page in book.pages:
        yield page.name
        if page.name == METHOD:
            yield TOTALS
    yield STATE


def _formats(file: Any) -> dict[str, Any]:
    day = say_as("number format of a workbook", "yyyy-mm-dd")
    base = {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#B0B0B0"}
    locked = {**base, "bg_color": "#F2F2F2"}
    open_ = {**base, "locked": False}
    kinds = {"text": {"num_format": "@"}, "date": {"num_format": day}, "number": {"num_format": "0"}}
    found = {"head": file.add_format({**base, "bold": True, "bg_color": "#D9E2EC"})}
    for kind, look in kinds.items():
        found[f"locked {kind}"] = file.add_format({**locked, **look})
        found[f"open {kind}"] = file.add_format({**open_, **look})
    found["locked guarded"] = file.add_format({**locked, "num_format": "@", "quote_prefix": True})
    found["wrong"] = file.add_format({"bold": True, "bg_color": "#F4B8B0"})
    return found


def _write_page(sheet: Any, page: Page, book: Book, formats: dict[str, Any]) -> None:
    columns = COLUMNS[page.name]
    headers = [header_text(column) for column in columns]
    longest = [max(map(len, header.split())) + 3 for header in headers]
    widths = [max(column.width, least) for column, least in zip(columns, longest, strict=True)]
    sheet.set_row(0, _height([f"{header}   " for header in headers], widths))
    sheet.write_string(0, 0, KEY, formats["head"])
    sheet.set_column(0, 0, 10, None, {"hidden": True})
    for at, header in enumerate(headers, 1):
        sheet.write_string(0, at, header, formats["head"])
        sheet.set_column(at, at, widths[at - 1])
    for number, row in enumerate(page.rows, 1):
        sheet.set_row(number, _height(row.cells, widths))
        sheet.write_string(number, 0, row.key, formats["locked text"])
        for at, (column, text) in enumerate(zip(columns, row.cells, strict=True), 1):
            _write_cell(sheet, number, at, column, text, formats, may_fill=bool(book.bases))
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, max(1, len(page.rows)), len(columns))
    if book.bases and page.rows:
        _validate(sheet, len(page.rows), columns, book.auditors)
    _finish(sheet, book)


def _height(texts: Iterable[str], widths: Iterable[float]) -> float:
    """Return the height in points that shows the longest text whole; not every program finds it by itself."""
    lines = (
        sum(max(1, ceil(len(line) / (width * _LETTERS_A_UNIT))) for line in text.split("\n"))
        for text, width in zip(texts, widths, strict=True)
    )
    return min(_TALLEST, _LINE * max(lines, default=1))


def _finish(sheet: Any, book: Book) -> None:
    """Set how a page prints, and lock what is computed."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    status = book.status.replace("&", "&&")
    sheet.set_header(f"&L{status[:120]}&R&A")
    sheet.set_footer(f"&L{book.engagement.replace('&', '&&')[:60]}&R&P / &N")
    sheet.protect("", dict.fromkeys(_ALLOWED, True))


def _write_cell(
    sheet: Any, row: int, at: int, column: Column, text: str, formats: dict[str, Any], *, may_fill: bool
) -> None:
    """Write a text as text, never as a formula; days and numbers as what they are."""
    look = formats[f"{'open' if column.fills and may_fill else 'locked'} {column.kind}"]
    if not text:
        sheet.write_blank(row, at, None, look)
    elif column.kind == "date":
        sheet.write_datetime(row, at, date.fromisoformat(text), look)
    elif column.kind == "number":
        sheet.write_number(row, at, int(text), look)
    else:
        guarded = text.startswith(_FORMULA)
        sheet.write_string(row, at, text, formats["locked guarded"] if guarded else look)


def _validate(sheet: Any, rows: int, columns: Sequence[Column], auditors: Sequence[str]) -> None:
    for at, column in enumerate(columns, 1):
        if column.fills:
            rule = {
                **_rule(column, auditors),
                "input_title": header_text(column),
                "input_message": translated(_HINTS[column.fills]),
            }
            sheet.data_validation(1, at, rows, at, rule)


def _rule(column: Column, auditors: Sequence[str]) -> dict[str, Any]:
    """Return what a spreadsheet lets people type into a column."""
    if column.choices:
        return {"validate": "list", "source": [choice_text(one) for one in column.choices]}
    if column.fills == "by" and auditors:
        return {"validate": "list", "source": f"={STATE}!$E$1:$E${len(auditors)}"}
    if column.kind == "date":
        error = say("Type a date, such as {day}.", day=short_day(date(2026, 10, 15)))
        return {"validate": "date", "criteria": ">=", "value": _EARLIEST, "error_message": error}
    return {"validate": "any"}


def _write_totals(sheet: Any, book: Book, formats: dict[str, Any]) -> None:
    """Set each figure of the run beside the same counted by a formula; the values stand there without recalculation."""
    widths = {
        say("What"): 44,
        say("The run says"): 14,
        say("Counted here"): 14,
        say("Left out"): 12,
        say("Agrees"): 10,
    }
    for at, (header, width) in enumerate(widths.items()):
        sheet.write_string(0, at, header, formats["head"])
        sheet.set_column(at, at, width)
    text, number = formats["locked text"], formats["locked number"]
    yes, no = answer_text(True), answer_text(False).upper()
    for row, one in enumerate(book.totals, 1):
        sheet.write_string(row, 0, one.what, text)
        sheet.write_number(row, 1, one.said, number)
        sheet.write_formula(row, 2, one.formula, number, one.counted)
        sheet.write_number(row, 3, one.left_out, number)
        agrees = yes if one.said == one.counted + one.left_out else no
        formula = f'=IF(B{row + 1}=C{row + 1}+D{row + 1},"{yes}","{no}")'
        sheet.write_formula(row, 4, formula, formats["locked number"], agrees)
    last = max(1, len(book.totals))
    rule = {"type": "cell", "criteria": "==", "value": f'"{no}"', "format": formats["wrong"]}
    sheet.conditional_format(1, 4, last, 4, rule)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, last, len(widths) - 1)
    _finish(sheet, book)


def _write_state(sheet: Any, book: Book) -> None:
    """Keep what every cell showed and what every judgement would rest on, and the ids of the list of auditors."""
    lines = list(_state(book))
    first = [(FORM, book.engagement, MODES[book.redacted]), ("whole", book.as_of, state_digest(lines))]
    for number, line in enumerate([*first, *lines]):
        for at, text in enumerate(line):
            sheet.write_string(number, at, text)
    for number, name in enumerate(book.auditors):
        sheet.write_string(number, 4, name)
    sheet.very_hidden()


def _state(book: Book) -> Iterator[tuple[str, str, str]]:
    if spoken() != ENGLISH:
        yield LANGUAGE, spoken(), ""
    for page in book.pages:
        columns = COLUMNS[page.name]
        for row in page.rows:
            shown = [
                cell_digest(book.engagement, row.key, column.header, text)
                for column, text in zip(columns, row.cells, strict=True)
            ]
            yield page.name, row.key, " ".join(shown)
            if page.name == POINTS and row.key in book.bases:
                basis = book.bases[row.key]
                yield "basis", row.key, f"{basis.digest} {basis.judgement}".strip()
