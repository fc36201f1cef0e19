"""Workbooks: looked over before they are opened, then read cell by cell as text.

A workbook is a ZIP that can unpack to anything, and a single far cell makes a reader build a grid of billions.
Both are measured first, from the ZIP's directory and the references in the sheet, and refused.
"""

import html
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import NamedTuple

from auditkit.evidence.tables_text import TableFault

LARGEST_UNPACKED_BYTES = 1 << 30
_LARGEST_RATIO = 300
_RATIO_FROM_BYTES = 20 << 20
MOST_CELLS = 40_000_000
_CHUNK_BYTES = 1 << 20
_CELL = re.compile(rb'<c (?=[^>]*[^/>]>)[^>]*?\br="([A-Z]{1,3})(\d{1,7})"')
_ERROR_CELL = re.compile(rb'<c (?=[^>]*\bt="e")[^>]*?\br="([A-Z]{1,3})(\d{1,7})"')
ERROR_VALUES = ("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!")
"""What a spreadsheet shows for a formula that failed; never a value."""


class Sheet(NamedTuple):
    """One sheet as text; row 1 of the list is row 1 of the sheet."""

    name: str
    rows: list[list[str]]


def read_sheets(path: Path, wanted: str | None) -> Iterator[Sheet]:
    """Yield the wanted sheet, or every visible one in order; TableFault when it cannot be done safely."""
    failed = _failed_formulas(path, _look_over(path))
    import python_calamine

    try:
        book = python_calamine.CalamineWorkbook.from_path(str(path))
        visible = python_calamine.SheetVisibleEnum.Visible
        names = [meta.name for meta in book.sheets_metadata if meta.visible == visible]
        if wanted is not None:
            if wanted not in book.sheet_names:
                raise TableFault(f"it has no sheet {wanted!r}")
            names = [wanted]
        for name in names:
            sheet = book.get_sheet_by_name(name)
            if sheet.total_height * sheet.total_width > MOST_CELLS:
                raise TableFault(f"sheet {name!r} has more than {MOST_CELLS:,} cells")
            found = [_texts(row) for row in sheet.to_python(skip_empty_area=False)]
            for row, column in failed.get(name, ()):
                if row <= len(found) and column <= len(found[row - 1]):
                    found[row - 1][column - 1] = ERROR_VALUES[0]
            yield Sheet(name, found)
    except python_calamine.PasswordError as error:
        raise TableFault("the workbook is protected by a password") from error
    except (python_calamine.CalamineError, OSError, KeyError) as error:
        raise TableFault(f"the workbook is damaged ({error})") from error


def _look_over(path: Path) -> dict[str, set[tuple[int, int]]]:
    """Measure a workbook without unpacking it to memory; returns cells of failed formulas by part."""
    failed: dict[str, set[tuple[int, int]]] = {}
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            if not any(entry.filename.startswith("xl/") for entry in entries):
                raise TableFault("the file is a ZIP, not an Excel workbook")
            unpacked = sum(entry.file_size for entry in entries)
            packed = max(1, sum(entry.compress_size for entry in entries))
            if unpacked > LARGEST_UNPACKED_BYTES:
                raise TableFault(f"unpacked it is larger than {LARGEST_UNPACKED_BYTES >> 20} MiB")
            if unpacked > _RATIO_FROM_BYTES and unpacked / packed > _LARGEST_RATIO:
                raise TableFault("it unpacks to hundreds of times its size")
            for entry in entries:
                if re.fullmatch(r"xl/worksheets/[^/]+\.xml", entry.filename):
                    failed[entry.filename] = _measure(archive, entry)
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError, zlib.error) as error:
        raise TableFault(f"the workbook is damaged ({error})") from error
    return {part: cells for part, cells in failed.items() if cells}


def _failed_formulas(path: Path, failed: dict[str, set[tuple[int, int]]]) -> dict[str, set[tuple[int, int]]]:
    """Return the cells of failed formulas by sheet name; the reader shows such cells as empty."""
    if not failed:
        return {}
    with zipfile.ZipFile(path) as archive:
        book = archive.read("xl/workbook.xml").decode("utf-8", errors="replace")
        links = archive.read("xl/_rels/workbook.xml.rels").decode("utf-8", errors="replace")
    parts = {}
    for link in re.findall(r"<Relationship\b[^>]*>", links):
        parts[_attribute(link, "Id")] = "xl/" + _attribute(link, "Target").removeprefix("/").removeprefix(
            "xl/"
        )
    return {
        html.unescape(_attribute(sheet, "name")): failed.get(parts.get(_attribute(sheet, "r:id"), ""), set())
        for sheet in re.findall(r"<sheet\b[^>]*>", book)
    }


def _attribute(tag: str, name: str) -> str:
    found = re.search(rf'\b{name}="([^"]*)"', tag)
    return found[1] if found else ""


def _measure(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> set[tuple[int, int]]:
    """Refuse a sheet whose used range is too large, going by its cells' references, not by what it declares.

    Returns row and column of cells that hold the error of a failed formula.
    """
    wide = deep = size = 0
    failed: set[tuple[int, int]] = set()
    rest = b""
    with archive.open(entry) as stream:
        while chunk := stream.read(_CHUNK_BYTES):
            size += len(chunk)
            if size > LARGEST_UNPACKED_BYTES:
                raise TableFault(f"unpacked it is larger than {LARGEST_UNPACKED_BYTES >> 20} MiB")
            text = rest + chunk
            found = _CELL.findall(text)
            if found:
                wide = max(wide, *(_number(letters) for letters in {cell[0] for cell in found}))
                deep = max(deep, int(found[-1][1]), max(int(cell[1]) for cell in found[:1]))
            failed.update((int(row), _number(letters)) for letters, row in _ERROR_CELL.findall(text))
            rest = text[-200:]
    if wide * deep > MOST_CELLS:
        raise TableFault(f"a sheet spans {deep:,} rows by {wide:,} columns")
    return failed


def _number(letters: bytes) -> int:
    value = 0
    for letter in letters:
        value = value * 26 + letter - 64
    return value


def _texts(row: Sequence[object]) -> list[str]:
    return [_text(cell) for cell in row]


def _text(cell: object) -> str:
    """Return a cell as text: true dates as ISO with a ``T``, whole numbers without a fraction."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%dT%H:%M:%S")
    if isinstance(cell, date):
        return f"{cell.isoformat()}T00:00:00"
    if isinstance(cell, (time, timedelta)):
        return str(cell)
    return "" if cell is None else str(cell)
