"""A workbook looked over before it is opened: sizes from its own text, formulas, hidden rows, merged cells.

A workbook is a ZIP that can unpack to anything, and a single far cell makes a reader build a grid of billions.
Both are measured here, from the ZIP's directory and the references in the sheets, and refused. Nothing is
unpacked to memory as a whole.
"""

import html
import re
import zipfile
import zlib
from dataclasses import dataclass, field
from pathlib import Path

from auditkit.evidence.tables_text import TableFault

LARGEST_UNPACKED_BYTES = 1 << 30
_LARGEST_RATIO = 300
_RATIO_FROM_BYTES = 20 << 20
MOST_CELLS = 40_000_000
_CHUNK_BYTES = 1 << 20
_LONGEST_CELL_BYTES = 1 << 16
_CELL = re.compile(rb'<(?:\w+:)?c (?=[^>]*[^/>]>)[^>]*?\br="([A-Z]{1,3})(\d{1,7})"')
_ERROR_CELL = re.compile(rb'<(?:\w+:)?c (?=[^>]*\bt="e")[^>]*?\br="([A-Z]{1,3})(\d{1,7})"')
_FORMULA = re.compile(
    rb"<(?:\w+:)?c ([^>]*)>\s*<(?:\w+:)?f\b[^>]*?(?:/>|>[^<]*</(?:\w+:)?f>)\s*(<(?:\w+:)?v>[^<])?"
)
_HIDDEN_ROW = re.compile(rb'<(?:\w+:)?row (?=[^>]*\bhidden="(?:1|true)")[^>]*?\br="(\d{1,7})"')
_HIDDEN_COLUMNS = re.compile(rb'<(?:\w+:)?col (?=[^>]*\bhidden="(?:1|true)")[^>]*>')
_BETWEEN = re.compile(rb"<(?:\w+:)?(?:c|row|col) ")
"""Where a sheet's text can be cut: before a cell, a row or a column."""


@dataclass
class SheetFacts:
    """What the text of one sheet says beside its values; rows and columns are counted from 1."""

    failed: set[tuple[int, int]] = field(default_factory=set)
    """Cells of formulas that ended in an error."""
    uncomputed: set[tuple[int, int]] = field(default_factory=set)
    """Cells of formulas whose result was never saved."""
    formulas: int = 0
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    """First and last column of each hidden range."""
    wide: int = 0
    deep: int = 0

    def see(self, text: bytes) -> None:
        """Take in a piece of the sheet that ends between cells."""
        found = _CELL.findall(text)
        if found:
            self.wide = max(self.wide, *(_number(letters) for letters in {cell[0] for cell in found}))
            self.deep = max(self.deep, int(found[-1][1]), int(found[0][1]))
        self.failed.update((int(row), _number(letters)) for letters, row in _ERROR_CELL.findall(text))
        self.hidden_rows += [int(row) for row in _HIDDEN_ROW.findall(text)]
        for tag in _HIDDEN_COLUMNS.findall(text):
            ends = [re.search(rb"\b" + name + rb'="(\d{1,5})"', tag) for name in (b"min", b"max")]
            if ends[0] and ends[1]:
                self.hidden_columns.append((int(ends[0][1]), int(ends[1][1])))
        if b"f>" in text or b"<f " in text or b":f " in text:
            self._see_formulas(text)

    def _see_formulas(self, text: bytes) -> None:
        for attributes, value in _FORMULA.findall(text):
            self.formulas += 1
            place = re.search(rb'\br="([A-Z]{1,3})(\d{1,7})"', attributes)
            if not value and place and not re.search(rb'\bt="(?:str|e)"', attributes):
                self.uncomputed.add((int(place[2]), _number(place[1])))


def look_over(path: Path) -> dict[str, SheetFacts]:
    """Measure a workbook and return what was seen by sheet name; TableFault when it is not safe to open."""
    parts: dict[str, SheetFacts] = {}
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            _check(entries)
            for entry in entries:
                if re.fullmatch(r"xl/worksheets/[^/]+\.xml", entry.filename):
                    parts[entry.filename] = _measure(archive, entry)
            return _by_name(archive, parts)
    except (zipfile.BadZipFile, OSError, KeyError, NotImplementedError, RuntimeError, zlib.error) as error:
        raise TableFault(f"the workbook is damaged ({error})") from error


def _check(entries: list[zipfile.ZipInfo]) -> None:
    if not any(entry.filename.startswith("xl/") for entry in entries):
        raise TableFault("the file is a ZIP, not an Excel workbook")
    if any(entry.filename == "xl/workbook.bin" for entry in entries):
        raise TableFault("it is a binary workbook (.xlsb), whose failed formulas cannot be told from values")
    unpacked = sum(entry.file_size for entry in entries)
    packed = max(1, sum(entry.compress_size for entry in entries))
    if unpacked > LARGEST_UNPACKED_BYTES:
        raise TableFault(f"unpacked it is larger than {LARGEST_UNPACKED_BYTES >> 20} MiB")
    if unpacked > _RATIO_FROM_BYTES and unpacked / packed > _LARGEST_RATIO:
        raise TableFault("it unpacks to hundreds of times its size")


def _measure(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> SheetFacts:
    """Refuse a sheet whose used range is too large, going by its cells' references, not by what it declares."""
    facts = SheetFacts()
    size = 0
    rest = b""
    with archive.open(entry) as stream:
        while chunk := stream.read(_CHUNK_BYTES):
            size += len(chunk)
            if size > LARGEST_UNPACKED_BYTES:
                raise TableFault(f"unpacked it is larger than {LARGEST_UNPACKED_BYTES >> 20} MiB")
            text = rest + chunk
            tags = list(_BETWEEN.finditer(text, max(0, len(text) - _LONGEST_CELL_BYTES)))
            cut = tags[-1].start() if tags else max(0, len(text) - 200)
            facts.see(text[:cut])
            rest = text[cut:]
    facts.see(rest)
    if facts.wide * facts.deep > MOST_CELLS:
        raise TableFault(f"a sheet spans {facts.deep:,} rows by {facts.wide:,} columns")
    return facts


def _by_name(archive: zipfile.ZipFile, parts: dict[str, SheetFacts]) -> dict[str, SheetFacts]:
    """Return the facts by sheet name; a part that no sheet leads to is nobody's."""
    if not parts:
        return {}
    book = archive.read("xl/workbook.xml").decode("utf-8", errors="replace")
    links = archive.read("xl/_rels/workbook.xml.rels").decode("utf-8", errors="replace")
    targets = {}
    for link in re.findall(r"<(?:\w+:)?Relationship\b[^>]*>", links):
        target = _attribute(link, "Target").removeprefix("/").removeprefix("xl/")
        targets[_attribute(link, "Id")] = f"xl/{target}"
    return {
        html.unescape(_attribute(sheet, "name")): parts.get(
            targets.get(_attribute(sheet, "r:id"), ""), SheetFacts()
        )
        for sheet in re.findall(r"<(?:\w+:)?sheet\b[^>]*>", book)
    }


def _attribute(tag: str, name: str) -> str:
    found = re.search(rf'\b{name}="([^"]*)"', tag)
    return found[1] if found else ""


def _number(letters: bytes) -> int:
    value = 0
    for letter in letters:
        value = value * 26 + letter - 64
    return value
