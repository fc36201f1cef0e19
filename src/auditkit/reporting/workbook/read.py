"""Read a workbook that auditors filled in: every judgement and every fault by sheet and cell; the file is only read."""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from auditkit.base.issue import InputIssue, Severity
from auditkit.base.language import ENGLISH, languages, speaking
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
from auditkit.reporting.workbook.columns import COLUMNS, EVIDENCE, POINTS, SHA
from auditkit.reporting.workbook.fill import holds_words, understood, unfit
from auditkit.reporting.workbook.model import (
    FORM,
    KEY,
    LANGUAGE,
    STATE,
    Basis,
    Cell,
    Column,
    Filled,
    ReadBook,
)
from auditkit.reporting.workbook.said import header_text, headers_by_text, pages_by_sheet, sheet_text
from auditkit.reporting.workbook.write import MODES, cell_digest, state_digest

_ANEW = "Write the workbook anew with auditkit workbook out, and fill that one in."


def read_book(path: Path, file: str, engagement: str) -> ReadBook:
    """Return the rows with a verdict, and what is wrong in the workbook. ``file``: how messages call it."""
    reader = _Reader(file, engagement)
    try:
        sheets = {one.name: one for one in read_sheets(path, frozenset({STATE}))}
    except (WorkbookFault, OSError) as error:
        reader.report(
            "workbook-file", "", f"The workbook cannot be read: {error}.", "Save it as .xlsx again."
        )
        return ReadBook((), tuple(reader.issues), {})
    if counts_from_1904(path):
        hint = "Switch the 1904 date system off in the options of the workbook, and look at every date."
        reader.report("workbook-file", "", "The workbook counts its days from 1904.", hint)
    elif reader.read_state(sheets.get(STATE)):
        with speaking(reader.language):
            reader.read(sheets)
    at = [one.header for one in COLUMNS[EVIDENCE]].index(SHA)
    evidence = {key: digests[at] for (name, key), digests in reader.shown.items() if name == EVIDENCE}
    return ReadBook(tuple(reader.filled), tuple(reader.issues), evidence)


class _Reader:
    def __init__(self, file: str, engagement: str) -> None:
        self.file = file
        self.engagement = engagement
        self.language = ENGLISH
        """What its sheets, headers and choices are written in."""
        self.filled: list[Filled] = []
        self.issues: list[InputIssue] = []
        self.shown: dict[tuple[str, str], tuple[str, ...]] = {}
        """Sheet and key to the digest of what each cell showed."""
        self.bases: dict[str, Basis] = {}

    def read_state(self, sheet: Sheet | None) -> bool:
        """Read what every cell showed when the workbook was written."""
        lines = [tuple(cells.get(at, "") for at in range(3)) for _, cells in sheet.rows] if sheet else []
        lines = [line for line in lines if any(line)]
        if len(lines) < 2 or lines[0][0] != FORM or lines[1][2] != state_digest(lines[2:]):
            self.report("workbook-file", "", "This is no whole workbook of auditkit.", _ANEW)
            return False
        _, engagement, mode = lines[0]
        if engagement != self.engagement:
            said = f"The workbook belongs to {engagement}, not to {self.engagement}."
            self.report(
                "workbook-file", "", said, "Name the engagement it was written from with --engagement."
            )
            return False
        if mode != MODES[False]:
            said = "The workbook was written without names, so nothing comes back from it."
            self.report("workbook-file", "", said, "Fill in one that was written without --redacted.")
            return False
        for sheet_name, key, text in lines[2:]:
            if sheet_name == LANGUAGE:
                self.language = key
            elif sheet_name == "basis":
                digest, _, judgement = text.partition(" ")
                self.bases[key] = Basis(judgement=judgement, digest=digest)
            else:
                self.shown[sheet_name, key] = tuple(text.split(" "))
        if self.language not in languages():
            said = f"The workbook is written in the language {self.language!r}, which is not known here."
            self.report("workbook-file", "", said, _ANEW)
            return False
        return True

    def read(self, sheets: Mapping[str, Sheet]) -> None:
        """Read every sheet there is; what is not ours is named, and stays where it is."""
        ours = pages_by_sheet()
        for page in COLUMNS:
            name = sheet_text(page)
            if name in sheets:
                self.read_sheet(page, sheets[name])
            else:
                severity: Severity = "error" if page == POINTS else "warning"
                self.report("workbook-rows-gone", "", f"The sheet {name} is gone or hidden.", _ANEW, severity)
        for name in sheets:
            if name not in ours and name != STATE:
                hint = "It stays in the workbook; write as a judgement what shall count."
                self.report(
                    "workbook-not-taken",
                    name,
                    "The sheet is none of auditkit and was not read.",
                    hint,
                    "warning",
                )

    def read_sheet(self, page: str, sheet: Sheet) -> None:
        columns = self.read_header(page, sheet)
        if columns is None:
            return
        seen: dict[str, int] = {}
        foreign: Counter[int] = Counter()
        for number, cells in sheet.rows[1:]:
            foreign.update(at for at in cells if at not in columns.values())
            if any(cells.get(at) for at in columns.values()):
                self.read_row(page, sheet, (number, cells), columns, seen)
        for at, count in sorted(foreign.items()):
            said = f"The column {column_letters(at)} is none of auditkit; {count} filled cells were not taken over."
            hint = "They stay in the workbook; write as a rationale what shall count."
            self.report("workbook-not-taken", sheet.name, said, hint, "warning")
        gone = sum(name == page and key not in seen for name, key in self.shown)
        if gone:
            said = f"{gone} rows are gone; nothing follows from that."
            self.report(
                "workbook-rows-gone",
                sheet.name,
                said,
                "Write the workbook anew to have them back.",
                "warning",
            )

    def read_header(self, page: str, sheet: Sheet) -> dict[str, int] | None:
        """Return where each column stands, by its header in English; None when one is missing or stands twice."""
        row, cells = sheet.rows[0] if sheet.rows else (1, {})
        wanted = headers_by_text(page)
        found = Counter(cells.values())
        wrong = [header for header in wanted if found[header] != 1]
        for header in wrong:
            said = f"The column {header} {'is missing' if not found[header] else 'stands twice'}."
            self.report(
                "workbook-file", f"{sheet.name}!A{row}", said, "Put the header back as it was, or write anew."
            )
        return None if wrong else {wanted[header]: at for at, header in cells.items() if header in wanted}

    def read_row(
        self, page: str, sheet: Sheet, row: SheetRow, columns: Mapping[str, int], seen: dict[str, int]
    ) -> None:
        number, cells = row
        key = shown(cells.get(columns[KEY], ""))
        first = f"{sheet.name}!{column_letters(columns[KEY])}{number}"
        digests = self.shown.get((page, key))
        if digests is None:
            said = f"The row has the key {key[:40]!r}, which is none of this workbook."
            self.report(
                "workbook-row",
                first,
                said,
                "Restore the hidden key, or take the row away; rows cannot be added.",
            )
            return
        if key in seen:
            said = f"{key} stands already in row {seen[key]}."
            self.report("workbook-row", first, said, "Take one of the rows away.")
            return
        seen[key] = number
        found: dict[str, Cell] = {}
        sound = True
        for column, digest in zip(COLUMNS[page], digests, strict=True):
            at = columns[column.header]
            where = f"{sheet.name}!{column_letters(at)}{number}"
            text, formula = understood(column, cells.get(at, "")), (number, at) in sheet.formulas
            if column.fills:
                found[column.fills] = Cell(where, text)
                sound &= self.check_fill(key, column, found[column.fills], formula=formula)
            elif formula or cell_digest(self.engagement, key, column.header, text) != digest:
                hint = "Restore the cell (a row may have been sorted in part), or write anew; nothing typed there is taken."
                self.report(
                    "workbook-row", where, f"{key}: {header_text(column)} is computed and was changed.", hint
                )
        if found:
            self.take(key, number, found, sound=sound)

    def check_fill(self, key: str, column: Column, cell: Cell, *, formula: bool) -> bool:
        """Tell whether a filled cell holds what its column takes."""
        why = (
            ("A formula made this value.", "Write the value itself.") if formula else unfit(column, cell.text)
        )
        if why is not None:
            self.report("workbook-cell", cell.where, f"{key}, {header_text(column)}: {why[0]}", why[1])
        return why is None

    def take(self, key: str, number: int, found: dict[str, Cell], *, sound: bool) -> None:
        """Keep a row with a verdict; words without one are named, and stay in the workbook."""
        if found["verdict"].text:
            if not found["by"].text:
                said = f"{key}: the verdict names nobody who gives it."
                self.report("workbook-cell", found["by"].where, said, "Write your person id.")
            whole = sound and bool(found["by"].text)
            self.filled.append(Filled(key, number, found, self.bases[key], whole))
            return
        words = next((found[part] for part in holds_words() if found[part].text), None)
        if words is not None:
            said = f"{key}: it is filled in without a verdict, so it was not taken over."
            hint = "Choose a verdict; until then it stays in the workbook alone."
            self.report("workbook-not-taken", words.where, said, hint, "warning")

    def report(self, code: str, where: str, message: str, hint: str, severity: Severity = "error") -> None:
        self.issues.append(issue_at(self.file, code, where, message, hint, severity))


def issue_at(
    file: str, code: str, where: str, message: str, hint: str, severity: Severity = "error"
) -> InputIssue:
    """Return what is wrong, at a cell such as ``Points!O12``, in a sheet, or in the file (empty)."""
    sheet, mark, cell = where.partition("!")
    row = int("".join(one for one in cell if one.isdigit())) if mark else None
    place = Place(file=file, sheet=sheet or None, row=row)
    said = f"{cell}: {message}" if mark else message
    return InputIssue(code=code, severity=severity, place=place, message=said, hint=hint)
