"""Read a plain sheet with the columns id, title, text and parent into the neutral tree; errors name the cell.

A row with a text, or with nothing below it, is a requirement; a row with a title alone and rows below it is a heading.
"""

import csv
import io
import re
from collections.abc import Sequence
from pathlib import Path

from auditkit.base.ids import is_clause_id
from auditkit.base.issue import Severity
from auditkit.base.place import Place
from auditkit.catalog.exchange.issues import Notes
from auditkit.catalog.exchange.model import ForeignCatalog, ForeignNode, NodeKind
from auditkit.catalog.exchange.names import clause_token
from auditkit.catalog.exchange.source import DEEPEST_NODE, clean, one_line, shortened
from auditkit.catalog.exchange.tree import arrange
from auditkit.catalog.exchange.workbook import Row, Sheet, WorkbookFault, column_letters, read_sheets

COLUMNS = ("id", "title", "text", "parent")
_DELIMITERS = ",;\t|"
LONGEST_CELL_CHARACTERS = 131_072
"""A quote that is never closed makes one cell of the rest of the file."""


def read_csv(data: bytes, notes: Notes) -> ForeignCatalog | None:
    """Read CSV with a comma, semicolon, tab or bar between cells; None when there is no column id."""
    text = _decode(data, notes)
    declared = re.match(r"sep=([^\"\r\n])\r?\n", text)
    if declared is not None:
        text = text[declared.end() :]
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = declared[1] if declared is not None else max(_DELIMITERS, key=first.count)
    rows: list[Row] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for number, cells in enumerate(reader, start=2 if declared is not None else 1):
            if max(map(len, cells), default=0) > LONGEST_CELL_CHARACTERS:
                raise csv.Error(f"a cell has more than {LONGEST_CELL_CHARACTERS} characters")
            found = {column: clean(cell) for column, cell in enumerate(cells) if clean(cell)}
            if found:
                rows.append((number, found))
    except csv.Error as error:
        notes.add(
            "import-syntax",
            f"The rows cannot be told apart ({error}).",
            Place(file=notes.file, line=reader.line_num),
        )
        return None
    return read_rows(Sheet("", rows), notes)


def read_workbook(path: Path, notes: Notes) -> ForeignCatalog | None:
    """Read the first visible sheet with a column id; None when there is none, or the file cannot be read."""
    try:
        sheets = [sheet for sheet in read_sheets(path) if sheet.rows]
    except WorkbookFault as fault:
        notes.add("import-syntax", f"{str(fault)[0].upper()}{str(fault)[1:]}.")
        return None
    named = [sheet for sheet in sheets if "id" in _header(sheet.rows[0][1])]
    chosen = (named or sheets or [Sheet("", [])])[0]
    return read_rows(
        Sheet(chosen.name, [(at, {k: clean(v) for k, v in cells.items()}) for at, cells in chosen.rows]),
        notes,
    )


def is_header(line: str) -> bool:
    """Tell whether a line of text is the first row of such a sheet."""
    for delimiter in _DELIMITERS:
        cells = {cell.strip().strip('"').lower() for cell in line.split(delimiter)}
        if "id" in cells and cells & {"title", "text", "parent"}:
            return True
    return False


def read_rows(sheet: Sheet, notes: Notes) -> ForeignCatalog | None:
    """Read rows of which the first names the columns."""
    return _Reader(sheet, notes).catalog()


class _Reader:
    def __init__(self, sheet: Sheet, notes: Notes) -> None:
        self.sheet = sheet
        self.notes = notes
        self.columns: dict[str, int] = {}
        self.nodes: dict[str, ForeignNode] = {}
        self.cells: dict[str, tuple[int, str]] = {}
        """Row and written parent of each node."""
        self.written: dict[str, str] = {}
        """Id as written to id here."""

    def catalog(self) -> ForeignCatalog | None:
        if not self.sheet.rows:
            self.notes.add("import-empty", "The sheet is empty.", self.place(None))
            return None
        if not self.read_header():
            return None
        for row, cells in self.sheet.rows[1:]:
            self.read_row(row, {name: cells.get(column, "") for name, column in self.columns.items()})
        if not self.nodes:
            self.notes.add("import-empty", "The sheet has no row that could be read.", self.place(None))
            return None
        nodes = self.arranged()
        if nodes is None:
            return None
        name = Path(self.notes.file).stem
        return ForeignCatalog(format="sheet", title=name or "Sheet", nodes=nodes, file=self.notes.file)

    def read_header(self) -> bool:
        row, header = self.sheet.rows[0]
        for column, written in sorted(header.items()):
            name = one_line(written).lower()
            if name not in COLUMNS:
                self.report("import-extra-column", column, row, f"the column {written!r} is not used.")
            elif name in self.columns:
                self.report("import-column", column, row, f"the column {name} stands twice.", "warning")
            else:
                self.columns[name] = column
        missing = [] if "id" in self.columns else ["id"]
        if not self.columns.keys() & {"title", "text"}:
            missing.append("title or text")
        if missing:
            self.notes.add(
                "import-column", f"The column {' and '.join(missing)} is missing.", self.place(row)
            )
        return not missing

    def read_row(self, row: int, cells: dict[str, str]) -> None:
        if not any(cells.values()):
            return
        written = one_line(cells["id"])
        if not written:
            self.report("import-no-id-cell", self.columns["id"], row, "the id is missing.")
            return
        name = written if is_clause_id(written) else clause_token(written)
        if name != written:
            here = f"here it is {name}." if name else "the row was left out."
            self.report(
                "import-bad-id", self.columns["id"], row, f"{written!r} cannot be an id; {here}", "error"
            )
        if not name:
            return
        if name in self.nodes:
            message = f"{written} stands already in row {self.cells[name][0]}; the row was left out."
            self.report("import-duplicate-id", self.columns["id"], row, message, "error")
            return
        title, text = one_line(cells.get("title", "")), cells.get("text", "")
        if not title and not text:
            column = self.columns.get("text", self.columns.get("title", 0))
            self.report("import-no-text-cell", column, row, f"{written} has neither title nor text.")
        self.written[written] = name
        self.cells[name] = (row, one_line(cells.get("parent", "")))
        self.nodes[name] = ForeignNode(
            id=name,
            kind="control" if text else "group",
            title=title or (shortened(text) if text else written),
            label=written,
            prose=text,
            place=self.place(row),
        )

    def arranged(self) -> tuple[ForeignNode, ...] | None:
        """Return the nodes as a tree, with an issue for each parent cell that leads nowhere or in a ring."""
        above = {name: self.written.get(parent, parent) or None for name, (_, parent) in self.cells.items()}
        tree = arrange(tuple(self.nodes), above)
        for name, parent in tree.lost:
            self.report_parent("import-no-parent", name, f"the parent {parent} does not exist.")
        for name in tree.rings:
            self.report_parent("import-cycle", name, f"{name} stands below itself.")
        if tree.deepest > DEEPEST_NODE:
            self.notes.add("import-too-deep", f"Rows stand more than {DEEPEST_NODE} deep in one another.")
            return None
        parents = set(tree.parents.values())
        return tuple(
            self.placed(self.nodes[name], tree.parents[name], name in parents) for name in tree.order
        )

    def placed(self, node: ForeignNode, parent: str | None, above_others: bool) -> ForeignNode:
        """Give a node its parent; a title with nothing below it is a requirement, if it says anything."""
        says_something = node.title != node.label
        kind: NodeKind = (
            "control" if node.kind == "control" or (says_something and not above_others) else "group"
        )
        return node.model_copy(update={"parent": parent, "kind": kind})

    def report_parent(self, code: str, name: str, message: str) -> None:
        self.report(code, self.columns.get("parent", 0), self.cells[name][0], message, "error")

    def report(
        self, code: str, column: int, row: int, message: str, severity: Severity | None = None
    ) -> None:
        self.notes.add(code, f"{column_letters(column)}{row}: {message}", self.place(row), severity)

    def place(self, row: int | None) -> Place:
        return Place(file=self.notes.file, sheet=self.sheet.name or None, row=row)


def _header(cells: dict[int, str]) -> Sequence[str]:
    return [one_line(cell).lower() for cell in cells.values()]


def _decode(data: bytes, notes: Notes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        notes.add("import-encoding", "The file is not UTF-8 and was read as Windows-1252.")
        return data.decode("cp1252", errors="replace")
