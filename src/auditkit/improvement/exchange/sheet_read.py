"""Take an edited register back: every change and every fault by cell; what changed underneath is refused."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

from auditkit.base.issue import InputIssue, Severity
from auditkit.base.place import Place
from auditkit.catalog.exchange.workbook import Row as SheetRow
from auditkit.catalog.exchange.workbook import (
    Sheet,
    WorkbookFault,
    column_letters,
    counts_from_1904,
    read_sheets,
)
from auditkit.improvement.exchange.cells import shown
from auditkit.improvement.exchange.items import own_fields
from auditkit.improvement.exchange.model import Change, Column, Item, Tracker
from auditkit.improvement.exchange.sheet import (
    ACTIONS,
    FORM,
    LONGEST,
    STATE,
    as_day,
    cell_digest,
    cell_text,
    choices,
    number_text,
    state_digest,
)
from auditkit.improvement.model import ActionFile


class ReadRegister(NamedTuple):
    """What an edited register wants changed, and what is wrong with it."""

    changes: tuple[Change, ...]
    issues: tuple[InputIssue, ...]


def read_register(
    path: Path,
    file: str,
    tracker: Tracker,
    engagement: str,
    actions: Mapping[str, ActionFile],
    take: frozenset[str] = frozenset(),
) -> ReadRegister:
    """Read a register against the actions as they are now.

    ``take``: cells, such as ``Actions!F3``, whose text counts although the action was changed since the export.
    """
    reader = _Reader(file, tracker, engagement, actions, take)
    try:
        pages = {one.name: one for one in read_sheets(path, frozenset({STATE}))}
    except (WorkbookFault, OSError) as error:
        reader.report(
            "actions-file", None, None, f"The workbook cannot be read: {error}.", "Save it as .xlsx again."
        )
        return ReadRegister((), tuple(reader.issues))
    if counts_from_1904(path):
        hint = "Switch the 1904 date system off in the options of the workbook, and look at every date."
        reader.report("actions-file", None, None, "The workbook counts its days from 1904.", hint)
        return ReadRegister((), tuple(reader.issues))
    reader.read(pages)
    return ReadRegister(tuple(reader.changes), tuple(reader.issues))


class _Reader:
    def __init__(
        self,
        file: str,
        tracker: Tracker,
        engagement: str,
        actions: Mapping[str, ActionFile],
        take: frozenset[str],
    ) -> None:
        self.file = file
        self.tracker = tracker
        self.engagement = engagement
        self.actions = actions
        self.take = take
        self.changes: list[Change] = []
        self.issues: list[InputIssue] = []
        self.columns: dict[str, int] = {}
        self.base: dict[tuple[str, str], str] = {}
        """Action and header to the digest of what the cell showed."""
        self.seen: dict[str, int] = {}
        self.used: set[str] = set()

    def read(self, pages: Mapping[str, Sheet]) -> None:
        if not self.read_state(pages.get(STATE)) or not self.read_header(pages.get(ACTIONS)):
            return
        page = pages[ACTIONS]
        for row in page.rows[1:]:
            self.read_row(row, page.formulas)
        for identifier in sorted({one for one, _ in self.base} - self.seen.keys()):
            message = f"{identifier} has no row any more; it stays as it is."
            self.report(
                "actions-row", None, None, message, "Export the register anew to have it back.", "warning"
            )
        for cell in sorted(self.take - self.used):
            hint = "Name cells of a conflict, such as Actions!F3."
            self.report(
                "actions-conflict", None, None, f"{cell} is not in conflict; it cannot be taken.", hint
            )

    def read_state(self, page: Sheet | None) -> bool:
        """Read what every cell showed when the register was written."""
        lines = [tuple(cells.get(at, "") for at in range(3)) for _, cells in page.rows] if page else []
        lines = [line for line in lines if any(line)]
        whole = len(lines) >= 2 and lines[0][0] == FORM and lines[1][2] == state_digest(lines[2:])
        hint = "Export the register anew with auditkit actions export, and edit that file."
        if not whole:
            self.report("actions-file", None, None, "The workbook is no whole register of actions.", hint)
            return False
        if lines[0][1:] != (self.engagement, self.tracker.id):
            said = f"The register belongs to {lines[0][1]} ({lines[0][2]}), not to {self.engagement} ({self.tracker.id})."
            self.report("actions-file", None, None, said, hint)
            return False
        self.base = {(item, header): digest for item, header, digest in lines[2:]}
        return True

    def read_header(self, page: Sheet | None) -> bool:
        row, cells = page.rows[0] if page and page.rows else (1, {})
        for at, header in sorted(cells.items()):
            if header in self.columns:
                self.report(
                    "actions-file", at, row, f"The column {header} stands twice.", "Take one of them away."
                )
            self.columns.setdefault(header, at)
        for column in self.tracker.columns:
            if column.header not in self.columns:
                hint = "Put the header back as it was, or export anew."
                self.report("actions-file", None, row, f"The column {column.header} is missing.", hint)
        return not self.issues

    def read_row(self, row: SheetRow, formulas: frozenset[tuple[int, int]]) -> None:
        number, cells = row
        if not any(cells.values()):
            return
        first = self.columns[self.tracker.columns[0].header]
        identifier = shown(cells.get(first, ""))
        action = self.actions.get(identifier)
        if identifier in self.seen:
            said, hint = (
                f"{identifier} stands already in row {self.seen[identifier]}.",
                "Take one of the rows away.",
            )
            self.report("actions-row", first, number, said, hint)
            return
        if action is None or (identifier, self.tracker.columns[0].header) not in self.base:
            said = f"{identifier[:40]!r} is no action of this register."
            hint = "Restore the id; a new action begins as a file in workpapers/actions."
            self.report("actions-row", first, number, said, hint)
            return
        self.seen[identifier] = number
        for column in self.tracker.columns:
            at = self.columns[column.header]
            self.read_cell(number, at, column, action, cells.get(at, ""), (number, at) in formulas)

    def read_cell(
        self, row: int, at: int, column: Column, action: ActionFile, raw: str, formula: bool
    ) -> None:
        text, fault = _understood(column, raw)
        base = self.base.get((action.id, column.header), "")
        if fault is None and not formula and self.digest(action.id, column, text) == base:
            return
        if not column.edits:
            said = f"{action.id}: {column.header} is computed and was changed."
            hint = "Restore the cell (a row may have been sorted in part), or export anew; nothing typed there is taken."
            self.report("actions-row", at, row, said, hint)
            return
        if formula:
            hint = "Write the value itself."
            self.report("actions-cell", at, row, f"{action.id}: a formula made this value.", hint)
            return
        own = own_fields(action)[column.edits]
        now = cell_text(column, Item(id=action.id, taken_up=True, fields={}, own=own_fields(action)), "")
        if text == now:
            return
        fault = fault or _unfit(action, column, own, text)
        if fault is not None:
            self.report("actions-cell", at, row, f"{action.id}, {column.header}: {fault[0]}", fault[1])
            return
        self.compare(row, at, column, action, now, text)

    def compare(self, row: int, at: int, column: Column, action: ActionFile, now: str, text: str) -> None:
        """Note a change; where the action is not what the cell showed any more, it is a conflict."""
        where = f"{ACTIONS}!{column_letters(at)}{row}"
        moved = self.digest(action.id, column, now) != self.base[action.id, column.header]
        if moved and where not in self.take:
            said = f"{action.id}: the sheet says {text[:80]!r}, the action meanwhile {now[:80]!r}."
            hint = f"Take the sheet's with --take '{where}', or put the action's value into the cell."
            self.report("actions-conflict", at, row, said, hint)
            return
        if moved:
            self.used.add(where)
        self.changes.append(Change(where, action.id, column.edits, now, text))

    def digest(self, identifier: str, column: Column, text: str) -> str:
        return cell_digest(self.engagement, identifier, column.header, text)

    def report(
        self,
        code: str,
        at: int | None,
        row: int | None,
        message: str,
        hint: str,
        severity: Severity = "error",
    ) -> None:
        cell = f"{column_letters(at)}{row}: " if at is not None and row is not None else ""
        place = Place(file=self.file, sheet=ACTIONS if row is not None else None, row=row)
        self.issues.append(
            InputIssue(code=code, severity=severity, place=place, message=f"{cell}{message}", hint=hint)
        )


def _understood(column: Column, raw: str) -> tuple[str, tuple[str, str] | None]:
    """Return the text of a cell as the register would write it, and what is wrong with it."""
    text = shown(raw)
    if column.kind == "date" and text:
        day = as_day(text)
        return (str(day), None) if day else (text, (f"{text[:40]!r} is no date.", "Write it as 2026-12-14."))
    if column.kind == "number" and text:
        number = number_text(text)
        return (
            (text, (f"{text[:40]!r} is no number.", "Write it as 6 or 6.5."))
            if number is None
            else (number, None)
        )
    if column.edits and (words := choices(column.edits)) and text:
        word = "_".join(text.casefold().replace("_", " ").split())
        return (word, None) if word in words else (text, None)
    return text, None


def _unfit(action: ActionFile, column: Column, own: str, text: str) -> tuple[str, str] | None:
    """Say why a changed cell cannot become the value of its field."""
    words = choices(column.edits)
    if words and text and text not in words and column.edits != "status":
        return f"{text[:40]!r} is not one of {', '.join(words)}.", "Choose from the list."
    if len(own) > LONGEST or not isinstance(
        getattr(action, column.edits), (str, int, float, date, type(None))
    ):
        return "the value has parts that a cell does not show.", f"Change it in the file of {action.id}."
    if not text and ActionFile.model_fields[column.edits].is_required():
        return "it is empty.", "An action needs it; write it again."
    return None
