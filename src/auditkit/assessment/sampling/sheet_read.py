"""Take a filled sheet back into its sample: every fault names its cell, and nothing is overwritten unseen."""

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from auditkit.assessment.sampling.model import ANSWERS, Answer, Answered, Sample
from auditkit.assessment.sampling.sheet import (
    ABOUT,
    DRAWING,
    EXAMINED_AT,
    EXAMINED_BY,
    ITEMS,
    KEY,
    NUMBER,
    note_header,
    shown,
)
from auditkit.base.issue import InputIssue, Severity
from auditkit.base.place import Place
from auditkit.catalog.exchange.workbook import Row, WorkbookFault, column_letters, read_sheets

_SHEET_DAY_ZERO = date(1899, 12, 30)
_MOST_DAYS = 100_000


class FilledSheet(NamedTuple):
    """The sample with what the sheet says, and what was wrong with the sheet."""

    sample: Sample
    changes: tuple[str, ...]
    """What is new against the sample, one line each."""
    issues: tuple[InputIssue, ...]

    @property
    def refused(self) -> bool:
        """Tell whether the sheet has a fault, so that nothing of it should be taken over."""
        return any(issue.severity == "error" for issue in self.issues)


def read_sheet(
    sample: Sample, path: Path, file: str, people: frozenset[str], *, replace: bool = False
) -> FilledSheet:
    """Read the sheet of a sample. An empty cell leaves what the sample has.

    A cell that contradicts the sample is a fault, unless ``replace``. ``file``: its name in places.
    """
    try:
        pages = {page.name: page.rows for page in read_sheets(path)}
    except (WorkbookFault, OSError) as error:
        issue = _issue("sample-sheet", Place(file=file), f"The sheet cannot be read: {error}.")
        return FilledSheet(sample, (), (issue,))
    return _Reader(sample, file, people, replace).read(pages)


class _Reader:
    def __init__(self, sample: Sample, file: str, people: frozenset[str], replace: bool) -> None:
        self.sample = sample
        self.file = file
        self.people = people
        self.replace = replace
        self.issues: list[InputIssue] = []
        self.changes: list[str] = []
        self.seen: dict[int, int] = {}
        """Number of an item to its row in the sheet."""
        self.columns: dict[str, int] = {}

    def read(self, pages: Mapping[str, list[Row]]) -> FilledSheet:
        rows, about = pages.get(ITEMS, []), _labels(pages.get(ABOUT, []))
        if not rows or about.get(DRAWING, (0, ""))[1] != self.sample.drawing:
            self.report(
                "sample-sheet", None, None, f"The sheet is not that of {self.sample.id} as it was drawn."
            )
            return FilledSheet(self.sample, (), tuple(self.issues))
        self.read_header(rows[0])
        results = {number: dict(one.results) for number, one in enumerate(self.sample.items, 1)}
        if not self.issues:
            for row, cells in rows[1:]:
                self.read_row(row, cells, results)
            self.report_missing()
        items = tuple(
            one.model_copy(update={"results": results[number]})
            for number, one in enumerate(self.sample.items, 1)
        )
        update: dict[str, object] = {"items": items, **self.read_examiner(about)}
        return FilledSheet(self.sample.model_copy(update=update), tuple(self.changes), tuple(self.issues))

    def read_header(self, header: Row) -> None:
        """Find the columns: by their name, for attributes by the id before the colon."""
        row, cells = header
        for column, written in sorted(cells.items()):
            name = written.partition(":")[0].strip()
            if name in self.columns:
                self.report("sample-sheet", column, row, f"the column {name} stands twice.")
            self.columns.setdefault(name, column)
        wanted = [NUMBER, KEY]
        for one in self.sample.attributes:
            wanted += [one.id, note_header(one.id)]
        for name in wanted:
            if name not in self.columns:
                self.report("sample-sheet", None, row, f"The column {name} is missing.")

    def read_row(self, row: int, cells: dict[int, str], results: dict[int, dict[str, Answered]]) -> None:
        if not any(text.strip() for text in cells.values()):
            return
        number = self.item_number(row, cells)
        if number is None:
            return
        item = self.sample.items[number - 1]
        for one in self.sample.attributes:
            answer, fine = self.answer(row, cells, one.id)
            note = cells.get(self.columns[note_header(one.id)], "").strip()
            before = item.results[one.id]
            said = Answered(answer=answer or before.answer, note=note or before.note)
            if fine and said != before:
                self.compare(row, item.key, one.id, before, said)
            if fine and said.answer in ("no", "not_determinable") and not said.note:
                column = self.columns[note_header(one.id)]
                self.report(
                    "sample-note", column, row, f"{item.key}: {said.answer} without what was seen.", "warning"
                )
            results[number][one.id] = said

    def item_number(self, row: int, cells: dict[int, str]) -> int | None:
        """Return which item a row is; None, with a fault, when it is none."""
        column, text = self.columns[NUMBER], cells.get(self.columns[NUMBER], "").strip()
        number = int(text) if text.isascii() and text.isdigit() and len(text) < 8 else 0
        if not 1 <= number <= len(self.sample.items):
            self.report("sample-row", column, row, f"{text!r} is not the number of an item.")
            return None
        expected, found = shown(self.sample.items[number - 1].key), cells.get(self.columns[KEY], "")
        if shown(found) != expected:
            self.report(
                "sample-row", self.columns[KEY], row, f"item {number} is {expected}, not {shown(found)}."
            )
            return None
        if number in self.seen:
            message = f"item {number} stands already in row {self.seen[number]}."
            self.report("sample-row", column, row, message)
            return None
        self.seen[number] = row
        return number

    def answer(self, row: int, cells: dict[int, str], attribute: str) -> tuple[Answer | None, bool]:
        """Return the answer of a cell, and whether it could be understood."""
        column = self.columns[attribute]
        written = cells.get(column, "").strip()
        word = "_".join(written.casefold().replace("-", " ").replace("_", " ").split())
        if not word:
            return None, True
        found = next((one for one in ANSWERS if one == word), None)
        if found is None:
            self.report("sample-answer", column, row, f"{written[:40]!r} is not one of {', '.join(ANSWERS)}.")
        return found, found is not None

    def compare(self, row: int, key: str, attribute: str, before: Answered, said: Answered) -> None:
        """Note a change; a contradiction is a fault unless replacing was asked for."""
        pairs = (
            (attribute, "answer", before.answer, said.answer),
            (note_header(attribute), "note", before.note, said.note),
        )
        for name, what, old, new in pairs:
            if old == new:
                continue
            if old and not self.replace:
                message = f"{key}: the sheet says {new!r}, the sample {old!r}."
                self.report("sample-conflict", self.columns[name], row, message)
            self.changes.append(f"{key} {attribute} {what}: {old or '-'} -> {new}")

    def report_missing(self) -> None:
        for number, item in enumerate(self.sample.items, 1):
            if number not in self.seen:
                message = f"Item {number} ({item.key}) is not in the sheet; it stays as it is."
                self.report("sample-row", None, None, message, "warning")

    def read_examiner(self, about: Mapping[str, tuple[int, str]]) -> dict[str, object]:
        """Return who examined and when, as far as the sheet says so."""
        update: dict[str, object] = {}
        row, person = about.get(EXAMINED_BY, (0, ""))
        if person and person not in self.people:
            self.report("unknown-person", 1, row, f"{person} is not in engagement.yaml.", page=ABOUT)
        elif person:
            update["examined_by"] = person
        row, text = about.get(EXAMINED_AT, (0, ""))
        day = _day(text)
        if text and day is None:
            self.report("sample-answer", 1, row, f"{text!r} is no date such as 2026-03-31.", page=ABOUT)
        elif day is not None:
            update["examined_at"] = day
        for name, new in update.items():
            old = getattr(self.sample, name)
            if old == new:
                continue
            if old is not None and not self.replace:
                message = f"{name}: the sheet says {new}, the sample {old}."
                label = EXAMINED_BY if name == "examined_by" else EXAMINED_AT
                self.report("sample-conflict", 1, about[label][0], message, page=ABOUT)
            self.changes.append(f"{name}: {old or '-'} -> {new}")
        return update

    def report(
        self,
        code: str,
        column: int | None,
        row: int | None,
        message: str,
        severity: Severity = "error",
        page: str = ITEMS,
    ) -> None:
        where = "" if column is None else f"{column_letters(column)}{row}: "
        self.issues.append(
            _issue(code, Place(file=self.file, sheet=page, row=row), f"{where}{message}", severity)
        )


def _labels(rows: list[Row]) -> dict[str, tuple[int, str]]:
    """Return the cell beside each label of the second page, with its row."""
    return {cells.get(0, "").strip(): (row, cells.get(1, "").strip()) for row, cells in rows}


def _day(text: str) -> date | None:
    """Return a date as written, or as the number a spreadsheet makes of it."""
    if text.isascii() and text.isdigit() and int(text) < _MOST_DAYS:
        return _SHEET_DAY_ZERO + timedelta(days=int(text))
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _issue(code: str, place: Place, message: str, severity: Severity = "error") -> InputIssue:
    return InputIssue(
        code=code,
        severity=severity,
        place=place,
        message=message,
        hint="Correct the cell and read the sheet again.",
    )
