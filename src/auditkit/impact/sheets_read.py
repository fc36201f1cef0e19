"""Read the sheets of a business impact analysis; a row that cannot be used is named, and the whole is then incomplete."""

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import BaseModel, ValidationError

from auditkit.base.issue import InputIssue
from auditkit.base.place import Place
from auditkit.catalog.exchange.workbook import WorkbookFault, column_letters, read_sheets
from auditkit.impact.model import Activity, ImpactFile, ImpactStep, Need, Part, Promise, Recovery
from auditkit.impact.sheets import SHEETS

_SHEET_DAY_ZERO = date(1899, 12, 30)
_PLURALS = {
    "activity": "activities",
    "service": "services",
    "component": "components",
    "resource": "resources",
    "supplier": "suppliers",
}
_YES = ("yes", "y", "true", "x", "1")


class SheetRow(NamedTuple):
    """One row: its place, its filled cells by column name, and the letter of each column."""

    place: Place
    cells: dict[str, str]
    letters: dict[str, str]


class SheetsRead(NamedTuple):
    """What the sheets say."""

    file: ImpactFile | None
    places: dict[str, Place]
    issues: tuple[InputIssue, ...]


def read_impact_sheets(path: Path, name: str) -> SheetsRead:
    """Read a workbook, or a folder of CSV files. ``name``: how places call it."""
    return _Reader(path, name).read()


class _Reader:
    def __init__(self, path: Path, name: str) -> None:
        self.path = path
        self.name = name
        self.issues: list[InputIssue] = []
        self.places: dict[str, Place] = {}
        self.elements: dict[str, dict[str, Any]] = {}
        self.kinds: dict[str, str] = {}

    def read(self) -> SheetsRead:
        pages = self.read_folder() if self.path.is_dir() else self.read_workbook()
        if not self.issues and not pages.get("elements"):
            self.report("impact-sheet", Place(file=self.name), "The sheet elements is missing or empty.")
        for row in pages.get("elements", ()):
            self.take_element(row)
        for row in pages.get("impacts", ()):
            self.take(row, "activity", "impact", ImpactStep)
        for row in pages.get("recoveries", ()):
            self.take(row, "element", "recoveries", Recovery)
        for row in pages.get("promises", ()):
            self.take(row, "element", "promises", Promise)
        self.take_needs(pages.get("needs", ()))
        return SheetsRead(self.assemble(pages), self.places, tuple(self.issues))

    def read_workbook(self) -> dict[str, list[SheetRow]]:
        try:
            sheets = read_sheets(self.path)
        except (WorkbookFault, OSError) as fault:
            self.report("impact-sheet", Place(file=self.name), f"The workbook cannot be read: {fault}.")
            return {}
        return {
            sheet.name: self.rows(
                sheet.name, [(at, dict(cells)) for at, cells in sheet.rows], self.name, sheet.name
            )
            for sheet in sheets
            if sheet.name != "About"
        }

    def read_folder(self) -> dict[str, list[SheetRow]]:
        pages = {}
        for path in sorted(self.path.glob("*.csv")):
            file = f"{self.name}/{path.name}"
            try:
                text = path.read_text(encoding="utf-8-sig")
                first = text.partition("\n")[0]
                reader = csv.reader(
                    io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count), strict=True
                )
                numbered = [(at, dict(enumerate(cells))) for at, cells in enumerate(reader, 1)]
            except (OSError, UnicodeDecodeError, csv.Error) as fault:
                self.report("impact-sheet", Place(file=file), f"The sheet cannot be read: {fault}.")
                continue
            pages[path.stem] = self.rows(path.stem, numbered, file, None)
        return pages

    def rows(
        self, page: str, numbered: list[tuple[int, dict[int, str]]], file: str, sheet: str | None
    ) -> list[SheetRow]:
        """Return the rows below the header; a sheet or column that nobody knows is named."""
        if page not in SHEETS:
            self.report(
                "impact-sheet", Place(file=file, sheet=sheet), f"{page!r} is none of {', '.join(SHEETS)}."
            )
            return []
        if not numbered:
            return []
        header = {at: cell.strip() for at, cell in numbered[0][1].items() if cell.strip()}
        place = Place(file=file, sheet=sheet, row=numbered[0][0])
        known = {column.name for column in SHEETS[page]}
        for at, column in header.items():
            if column not in known or list(header.values()).count(column) > 1:
                self.report(
                    "impact-sheet", place, f"{column_letters(at)}: {column!r} is no column, or stands twice."
                )
        for one in SHEETS[page]:
            if one.compulsory and one.name not in header.values():
                self.report("impact-sheet", place, f"The column {one.name} is missing.")
        letters = {column: column_letters(at) for at, column in header.items()}
        found = []
        for number, cells in numbered[1:]:
            filled = {header[at]: cell.strip() for at, cell in cells.items() if at in header and cell.strip()}
            row = SheetRow(Place(file=file, sheet=sheet, row=number), filled, letters)
            absent = [one.name for one in SHEETS[page] if one.compulsory and one.name not in filled]
            if filled and absent:
                self.report(
                    "impact-cell", row.place, f"{' and '.join(absent)} is empty; the row was left out."
                )
            elif filled:
                found.append(row)
        return found

    def take_element(self, row: SheetRow) -> None:
        cells = dict(row.cells)
        identifier, kind = cells["id"], cells.pop("kind")
        if kind not in _PLURALS:
            self.report(
                "impact-cell", row.place, f"{kind!r} is none of {', '.join(_PLURALS)}; the row was left out."
            )
            return
        if identifier in self.elements:
            self.report("impact-duplicate", row.place, f"{identifier} stands twice; the row was left out.")
            return
        model: type[BaseModel] = Activity if kind == "activity" else Part
        if self.validated(row, cells, model) is not None:
            self.elements[identifier], self.kinds[identifier] = cells, _PLURALS[kind]
            self.places[identifier] = row.place

    def take(self, row: SheetRow, key: str, part: str, model: type[BaseModel]) -> None:
        """Add a row to a list of its element."""
        cells = dict(row.cells)
        owner = cells.pop(key)
        fits = owner in self.elements and (self.kinds[owner] == "activities") is (key == "activity")
        if not fits:
            wanted = "an activity" if key == "activity" else "a service, component, resource or supplier"
            self.report("impact-dangling", row.place, f"{owner} is not {wanted} of the sheet elements.")
            return
        if cells.get("at", "").isdigit() and len(cells["at"]) < 7:
            cells["at"] = str(_SHEET_DAY_ZERO + timedelta(days=int(cells["at"])))
        if self.validated(row, cells, model) is not None:
            self.elements[owner].setdefault(part, []).append(cells)

    def take_needs(self, rows: Iterable[SheetRow]) -> None:
        """Put the rows of a group together; what they say of the group must agree."""
        groups: dict[tuple[str, str], list[SheetRow]] = {}
        for number, row in enumerate(rows):
            if row.cells["consumer"] not in self.elements:
                self.report(
                    "impact-dangling", row.place, f"{row.cells['consumer']} is not in the sheet elements."
                )
                continue
            group = row.cells.get("group") or f"\0{number}"
            groups.setdefault((row.cells["consumer"], group), []).append(row)
        for (consumer, _), members in groups.items():
            said: dict[str, Any] = {}
            for row in members:
                for name in ("at_least", "lag_hours", "buffer_hours", "share"):
                    value = row.cells.get(name)
                    if value is not None and said.setdefault(name, value) != value:
                        self.report(
                            "impact-cell", row.place, f"{name} is not the same in all rows of the group."
                        )
            need = {"of": [row.cells["provider"] for row in members], **said}
            if self.validated(members[0], need, Need) is not None:
                self.elements[consumer].setdefault("needs", []).append(need)

    def assemble(self, pages: Mapping[str, list[SheetRow]]) -> ImpactFile | None:
        data: dict[str, Any] = {name: [] for name in _PLURALS.values()}
        for identifier, element in self.elements.items():
            data[self.kinds[identifier]].append(element)
        levels = pages.get("scale", [])
        marked = [row.cells["level"] for row in levels if row.cells.get("intolerable", "").lower() in _YES]
        data["scale"] = {"levels": [row.cells["level"] for row in levels], "intolerable": (marked or [""])[0]}
        for row in pages.get("settings", ()):
            name, parts = (
                row.cells["setting"],
                [one.strip() for one in row.cells["value"].split(";") if one.strip()],
            )
            if name in ("evidence", "horizons_hours"):
                data[name] = parts
            elif name == "critical_within_hours":
                data[name] = row.cells["value"]
            else:
                self.report("impact-cell", row.place, f"{name!r} is no setting.")
        if not self.elements:
            return None
        whole = SheetRow(Place(file=self.name), {}, {})
        file: ImpactFile | None = self.validated(whole, data, ImpactFile)
        return file

    def validated(self, row: SheetRow, cells: dict[str, Any], model: type[BaseModel]) -> Any:
        """Return the model, or None and an issue for each cell that it does not take."""
        try:
            return model.model_validate(cells)
        except ValidationError as error:
            for detail in error.errors():
                name = str(detail["loc"][0]) if detail["loc"] else ""
                cell = f"{row.letters[name]}{row.place.row}: " if name in row.letters else ""
                said = f"{name}: {detail['msg']}" if name else detail["msg"]
                self.report("impact-cell", row.place, f"{cell}{said}; the row was left out.")
            return None

    def report(self, code: str, place: Place, message: str) -> None:
        hint = "Correct the sheet; until then nothing that rests on the analysis can be met."
        self.issues.append(InputIssue(code=code, severity="error", place=place, message=message, hint=hint))
