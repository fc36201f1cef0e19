"""Read what a tracker's CSV export says about actions: by row, and nothing guessed."""

import csv
import io
import re
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

from auditkit.base.issue import InputIssue, Severity
from auditkit.base.place import Place
from auditkit.improvement.exchange.items import key_prefix
from auditkit.improvement.exchange.model import Reads, Tracker

MOST_BYTES = 50_000_000
_DELIMITERS = (",", ";", "\t")


class Reported(NamedTuple):
    """What one row of an export says about an action."""

    row: int
    action: str
    status: str
    """A status of ours, or ``keep``."""
    said: str
    """What the tool calls it."""
    resolved: date | None


class ReadStates(NamedTuple):
    """What an export says, what is wrong with it, and which keys it holds."""

    reported: tuple[Reported, ...]
    issues: tuple[InputIssue, ...]
    rows: int
    keys: frozenset[str]
    """Keys of ours in it, in small letters, known or not."""


def read_states(
    path: Path,
    file: str,
    tracker: Tracker,
    engagement: str,
    actions: Mapping[str, str],
    dates: str | None = None,
) -> ReadStates:
    """Read an export. ``actions``: our key in small letters to the id of the action; ``dates``: the format to use."""
    reader = _Reader(file, tracker, engagement, actions)
    table = reader.table(path)
    if table is None or tracker.reads is None:
        return ReadStates((), tuple(reader.issues), 0, frozenset())
    header, rows = table
    days = reader.days(header, rows, (dates,) if dates else tracker.reads.dates)
    found = reader.reported(header, rows, days)
    return ReadStates(tuple(found), tuple(reader.issues), len(rows), frozenset(reader.keys))


Table = tuple[list[str], list[tuple[int, list[str]]]]


class _Reader:
    def __init__(self, file: str, tracker: Tracker, engagement: str, actions: Mapping[str, str]) -> None:
        self.file = file
        self.tracker = tracker
        self.reads: Reads = tracker.reads or Reads(key=(), status=(), states={})
        self.prefix = key_prefix(engagement)
        self.actions = actions
        self.issues: list[InputIssue] = []
        self.keys: set[str] = set()
        self.states = {name.casefold(): status for name, status in self.reads.states.items()}

    def table(self, path: Path) -> Table | None:
        """Return the header and the rows that hold something, numbered as a spreadsheet numbers records."""
        if self.tracker.reads is None:
            self.report(
                "tracker-file", None, f"{self.tracker.title} gives nothing back.", "Name another tracker."
            )
            return None
        try:
            if path.stat().st_size > MOST_BYTES:
                raise ValueError(f"it is larger than {MOST_BYTES // 1_000_000} MB")
            text = path.read_bytes().decode("utf-8-sig")
            first = text.partition("\n")[0]
            delimiter = max(_DELIMITERS, key=first.count)
            read = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
        except (OSError, ValueError, csv.Error) as error:
            hint = "Export it as CSV in UTF-8 again."
            self.report("tracker-file", None, f"The export cannot be read ({error}).", hint)
            return None
        header = [one.strip() for one in read[0]] if read else []
        for names, what in ((self.reads.key, "our key"), (self.reads.status, "the state")):
            if not any(name in header for name in names):
                said = f"There is no column for {what}: none of {', '.join(names)}."
                self.report(
                    "tracker-file",
                    1,
                    said,
                    f"Export it with that column, or describe it in {self.tracker.id}.yaml.",
                )
        if self.issues:
            return None
        rows = [
            (number, cells) for number, cells in enumerate(read[1:], 2) if any(one.strip() for one in cells)
        ]
        return header, rows

    def days(
        self, header: list[str], rows: list[tuple[int, list[str]]], formats: tuple[str, ...]
    ) -> dict[int, date]:
        """Return the day of completion by row; a format counts when it alone reads the whole column."""
        at = next((header.index(name) for name in self.reads.resolved if name in header), None)
        if at is None:
            return {}
        texts = {
            row: cells[at].strip() for row, cells in rows if self.key(header, cells) and _cell(cells, at)
        }
        if not texts:
            return {}
        fits = [found for one in formats if (found := _all_days(texts, one)) is not None]
        if len({tuple(one.items()) for one in fits}) == 1:
            return fits[0]
        row, text = next(iter(texts.items()))
        why = "no format reads all of" if not fits else "more than one format reads"
        said = f"{header[at]}: {why} the days, such as {text[:40]!r}; the days are left out."
        hint = "Name the format with --dates, such as '%d/%m/%Y %H:%M'."
        self.report("tracker-date", row, said, hint, "error" if not fits else "warning")
        return {}

    def reported(
        self, header: list[str], rows: list[tuple[int, list[str]]], days: Mapping[int, date]
    ) -> list[Reported]:
        found: dict[str, Reported] = {}
        at = next(header.index(name) for name in self.reads.status if name in header)
        for row, cells in rows:
            key = self.key(header, cells)
            if key is None:
                continue
            self.keys.add(key)
            action = self.actions.get(key)
            if action is None:
                hint = "Nothing was taken of it; perhaps its file was renamed, or it was never taken up."
                self.report("tracker-row", row, f"{key} is no action of this engagement.", hint, "warning")
            elif action in found:
                said = f"{action} stands already in row {found[action].row}."
                self.report("tracker-row", row, said, "Close the double in the tool, or take the row away.")
            elif (status := self.status(header, cells, at, row, action)) is not None:
                found[action] = Reported(row, action, status, _cell(cells, at), days.get(row))
        return list(found.values())

    def key(self, header: list[str], cells: list[str]) -> str | None:
        """Return our key in a row, in small letters; None when it holds none."""
        for at, name in enumerate(header):
            if name in self.reads.key and at < len(cells):
                for word in re.split(r"[\s,;|\"'\[\]]+", cells[at].casefold()):
                    if word.startswith(self.prefix.casefold()):
                        return word
        return None

    def status(self, header: list[str], cells: list[str], at: int, row: int, action: str) -> str | None:
        said = _cell(cells, at)
        status: str | None = self.states.get(said.casefold())
        for name, values in self.reads.overrides.items():
            value = _cell(cells, header.index(name)) if name in header else ""
            status = {one.casefold(): to for one, to in values.items()}.get(value.casefold(), status)
        if status is None:
            known = ", ".join(self.reads.states)
            hint = (
                f"Known are: {known}. Add it to checklists/trackers/{self.tracker.id}.yaml of the engagement."
            )
            self.report("tracker-state", row, f"{action}: the state {said[:40]!r} is not known.", hint)
        return status

    def report(
        self, code: str, row: int | None, message: str, hint: str, severity: Severity = "error"
    ) -> None:
        place = Place(file=self.file, row=row)
        self.issues.append(InputIssue(code=code, severity=severity, place=place, message=message, hint=hint))


def _cell(cells: list[str], at: int) -> str:
    return cells[at].strip() if at < len(cells) else ""


def _all_days(texts: Mapping[int, str], form: str) -> dict[int, date] | None:
    """Return all texts as days of one format; None when one of them is none."""
    found: dict[int, date] = {}
    for row, text in texts.items():
        try:
            found[row] = datetime.strptime(text, form).date()  # noqa: DTZ007 - a day as the tool showed it
        except ValueError:
            return None
    return found
