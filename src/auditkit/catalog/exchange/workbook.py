"""The sheets of an .xlsx file as text, cell by cell: a small reader that no far cell and no bomb can hurt."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, NamedTuple

from lxml import etree

LARGEST_UNPACKED_BYTES = 200_000_000
MOST_CELLS = 2_000_000
_ESCAPED = re.compile("_x((?!D[89A-Fa-f])[0-9A-Fa-f]{4})_")
"""How workbooks write characters that XML cannot hold (ECMA-376, ST_Xstring)."""

Row = tuple[int, dict[int, str]]
"""Number of a row, counted from 1, and its filled cells by column, counted from 0."""


class WorkbookFault(Exception):
    """The workbook cannot be read; the message says why."""


class Sheet(NamedTuple):
    """One visible sheet with the rows that hold something."""

    name: str
    rows: list[Row]
    formulas: frozenset[tuple[int, int]] = frozenset()
    """Row and column of the cells whose value a formula made."""


def read_sheets(path: Path, hidden: frozenset[str] = frozenset()) -> list[Sheet]:
    """Return the visible sheets in order, and the hidden ones named; WorkbookFault when it cannot be done."""
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > LARGEST_UNPACKED_BYTES:
                raise WorkbookFault(f"unpacked it is larger than {LARGEST_UNPACKED_BYTES // 1_000_000} MB")
            shared = _shared_texts(archive)
            return [_sheet(archive, name, part, shared) for name, part in _wanted(archive, hidden)]
    except (zipfile.BadZipFile, zlib.error, OSError, NotImplementedError, RuntimeError, KeyError) as error:
        raise WorkbookFault(f"the workbook is damaged or protected ({error})") from error
    except (etree.XMLSyntaxError, ValueError, IndexError) as error:
        raise WorkbookFault(f"a part of the workbook is broken ({error})") from error


def counts_from_1904(path: Path) -> bool:
    """Tell whether the workbook counts its days from 1904 instead of 1900; False when it cannot be read."""
    try:
        with zipfile.ZipFile(path) as archive, archive.open("xl/workbook.xml") as stream:
            return any(one.get("date1904") in ("1", "true") for one in _elements(stream, "workbookPr"))
    except (
        zipfile.BadZipFile,
        zlib.error,
        OSError,
        NotImplementedError,
        RuntimeError,
        KeyError,
        etree.XMLSyntaxError,
    ):
        return False


def column_letters(index: int) -> str:
    """Return ``A`` for 0, ``AA`` for 26."""
    letters = ""
    number = index + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _sheet(archive: zipfile.ZipFile, name: str, part: str, shared: list[str]) -> Sheet:
    formulas: set[tuple[int, int]] = set()
    return Sheet(name, list(_rows(archive, part, shared, formulas)), frozenset(formulas))


def _wanted(archive: zipfile.ZipFile, hidden: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Yield name and part of each visible sheet, and of the hidden ones named."""
    with archive.open("xl/_rels/workbook.xml.rels") as stream:
        parts = {one.get("Id"): one.get("Target") or "" for one in _elements(stream, "Relationship")}
    with archive.open("xl/workbook.xml") as stream:
        for one in _elements(stream, "sheet"):
            link = next((value for name, value in one.attrib.items() if str(name).endswith("}id")), "")
            target = parts.get(str(link), "")
            unseen = one.get("state") in ("hidden", "veryHidden") and one.get("name") not in hidden
            if unseen or "worksheets/" not in target:
                continue
            yield one.get("name") or "", target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _shared_texts(archive: zipfile.ZipFile) -> list[str]:
    name = "xl/sharedStrings.xml"
    if name not in archive.namelist():
        return []
    with archive.open(name) as stream:
        return [_text(one) for one in _elements(stream, "si")]


def _rows(
    archive: zipfile.ZipFile, part: str, shared: list[str], formulas: set[tuple[int, int]]
) -> Iterator[Row]:
    number = cells = 0
    with archive.open(part) as stream:
        for row in _elements(stream, "row"):
            number = int(row.get("r") or number + 1)
            found: dict[int, str] = {}
            column = -1
            for cell in row:
                column = _column(cell.get("r")) if cell.get("r") else column + 1
                value = _value(cell, shared).strip()
                if any(_name(child) == "f" for child in cell):
                    formulas.add((number, column))
                if value:
                    found[column] = value
            cells += len(found)
            if cells > MOST_CELLS:
                raise WorkbookFault(f"a sheet has more than {MOST_CELLS:,} filled cells")
            if found:
                yield number, found


def _value(cell: etree._Element, shared: list[str]) -> str:
    kind = cell.get("t") or "n"
    if kind == "inlineStr":
        return _text(cell)
    raw = next((child.text or "" for child in cell if _name(child) == "v"), "")
    if kind == "s":
        return shared[int(raw)] if raw else ""
    if kind == "b":
        return "true" if raw == "1" else "false"
    if kind == "n" and raw:
        number = float(raw)
        return str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)
    return "" if kind == "e" else raw


def _text(element: etree._Element) -> str:
    """Return the text of a string or inline cell without its phonetic readings."""
    text = "".join(
        one.text or "" for one in element.iter() if _name(one) == "t" and _name(one.getparent()) != "rPh"
    )
    return unescaped(text)


def unescaped(text: str) -> str:
    """Return a text with the characters that the format spells ``_xHHHH_``."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def _column(reference: str | None) -> int:
    letters = re.match(r"[A-Z]{1,3}", reference or "")
    if letters is None:
        raise ValueError(f"{reference!r} is no cell")
    index = 0
    for letter in letters[0]:
        index = index * 26 + ord(letter) - 64
    return index - 1


def _elements(stream: IO[bytes], name: str) -> Iterator[etree._Element]:
    events = etree.iterparse(
        stream, events=("end",), tag=f"{{*}}{name}", resolve_entities=False, no_network=True, huge_tree=False
    )
    for _, element in events:
        yield element
        element.clear()


def _name(element: etree._Element | None) -> str:
    tag = element.tag if element is not None else ""
    return etree.QName(tag).localname if isinstance(tag, str) and tag else ""
