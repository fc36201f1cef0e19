"""Workbooks: looked over before they are opened, then read cell by cell as text.

A workbook is a ZIP that can unpack to anything, and a single far cell makes a reader build a grid of billions.
Both are measured first, from the ZIP's directory and the references in the sheet, and refused.
"""

import re
import zipfile
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
_CELL = re.compile(rb'<c [^>]*?\br="([A-Z]{1,3})(\d{1,7})"')
ERROR_VALUES = ("#n/a", "#ref!", "#value!", "#div/0!", "#name?", "#num!", "#null!")
"""What a spreadsheet shows for a formula that failed; never a value."""


class Sheet(NamedTuple):
    """One sheet as text; row 1 of the list is row 1 of the sheet."""

    name: str
    rows: list[list[str]]


def read_sheets(path: Path, wanted: str | None) -> Iterator[Sheet]:
    """Yield the wanted sheet, or every visible one in order; TableFault when it cannot be done safely."""
    _look_over(path)
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
            yield Sheet(name, [_texts(row) for row in sheet.to_python(skip_empty_area=False)])
    except python_calamine.PasswordError as error:
        raise TableFault("the workbook is protected by a password") from error
    except (python_calamine.CalamineError, OSError) as error:
        raise TableFault(f"the workbook is damaged ({error})") from error


def _look_over(path: Path) -> None:
    """Measure a workbook without unpacking it to memory."""
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
                    _measure(archive, entry)
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError) as error:
        raise TableFault(f"the workbook is damaged ({error})") from error


def _measure(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """Refuse a sheet whose used range is too large, going by its cells' references, not by what it declares."""
    wide = deep = size = 0
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
            rest = text[-200:]
    if wide * deep > MOST_CELLS:
        raise TableFault(f"a sheet spans {deep:,} rows by {wide:,} columns")


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
