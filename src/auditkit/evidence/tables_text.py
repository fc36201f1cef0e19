"""The bytes of an export: what it is, how it is encoded and separated, and its rows without polars.

Nothing is guessed silently: an encoding that had to be assumed, NUL bytes and rows of another length are
reported. ``rows`` is the patient way through a file; ``tables_convert`` uses it when the quick one is unsafe.
"""

import codecs
import csv
import gzip
import io
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from auditkit.evidence.tables_encoding import Encoding, find_encoding

LARGEST_BYTES = 4 << 30
"""Largest export, unpacked; what is larger is refused."""
_LONGEST_CELL_CHARACTERS = 16 << 20
_CHUNK_BYTES = 1 << 20
_SAMPLE_BYTES = 1 << 18
_DELIMITERS = (",", ";", "\t", "|", "^")
_SEPARATOR_LINE = re.compile(r'"?sep=([^\r\n"])"?\1*[ ]*(?:\r\n|\r|\n|\Z)', re.IGNORECASE)
_SIGNATURES = {
    b"%PDF": "a PDF",
    b"\xd0\xcf\x11\xe0": "a workbook of the old Excel format (.xls)",
    b"{": "JSON",
    b"[": "JSON",
    b"<": "HTML or XML",
}


class TableFault(ValueError):
    """An export that cannot be read, with the reason as its text."""


class TextShape(NamedTuple):
    """How the text of an export is written."""

    path: Path
    found: Encoding
    plain: bool
    """UTF-8 without damage, NUL bytes and lone carriage returns: fit for the quick way."""
    delimiter: str
    separator_line: bool
    """The first line is ``sep=...`` and no row."""
    sample: tuple[tuple[str, ...], ...]
    """The first rows, blank ones included."""
    rivals: tuple[str, ...] = ()
    """Other delimiters, the likeliest first; none where one is stated."""

    @property
    def encoding(self) -> str:
        """Return the codec."""
        return self.found.codec

    def split_by(self, delimiter: str) -> "TextShape":
        """Return the shape of the same file with another delimiter."""
        text, whole = _head(self.path, self.encoding)
        sample = tuple(tuple(row) for row in _parse(text, delimiter, whole))
        return self._replace(delimiter=delimiter, sample=sample, rivals=())


def signature(path: Path) -> str:
    """Return ``gzip``, ``zip`` or ``text``; TableFault for what is neither a table nor packed."""
    if not path.is_file():
        raise TableFault("there is no such file")
    with path.open("rb") as stream:
        head = stream.read(64)
    if not head:
        raise TableFault("the file is empty")
    if head.startswith(b"\x1f\x8b"):
        return "gzip"
    if head.startswith(b"PK\x03\x04"):
        return "zip"
    start = head.removeprefix(codecs.BOM_UTF8).lstrip()
    for mark, what in _SIGNATURES.items():
        if start.startswith(mark):
            raise TableFault(f"the file is {what}, not a table")
    return "text"


def unpack(path: Path, target: Path) -> None:
    """Unpack a gzip file to ``target``; TableFault when it is damaged or larger than LARGEST_BYTES."""
    size = 0
    try:
        with gzip.open(path) as source, target.open("wb") as sink:
            while chunk := source.read(_CHUNK_BYTES):
                size += len(chunk)
                if size > LARGEST_BYTES:
                    raise TableFault(f"unpacked it is larger than {LARGEST_BYTES >> 30} GiB")
                sink.write(chunk)
    except (EOFError, gzip.BadGzipFile, OSError) as error:
        raise TableFault(f"the gzip file is damaged ({error})") from error


def shape(path: Path) -> TextShape:
    """Find encoding, delimiter and first rows of a text file."""
    if path.stat().st_size > LARGEST_BYTES:
        raise TableFault(f"it is larger than {LARGEST_BYTES >> 30} GiB")
    found = find_encoding(path)
    text, whole = _head(path, found.codec)
    stated = _SEPARATOR_LINE.match(text)
    if stated:
        text, ranked = text[stated.end() :], [stated[1]]
    else:
        fits = {one: _fit(_parse(text, one, whole)) for one in _DELIMITERS}
        ranked = sorted(_DELIMITERS, key=lambda one: fits[one], reverse=True)
    sound = not (found.nul_bytes or found.lone_returns or found.broken)
    return TextShape(
        path=path,
        found=found,
        plain=found.codec.startswith("utf-8") and sound,
        delimiter=ranked[0],
        separator_line=bool(stated),
        sample=tuple(tuple(row) for row in _parse(text, ranked[0], whole)),
        rivals=tuple(ranked[1:]),
    )


def rows(text: TextShape) -> Iterator[list[str]]:
    """Yield every row of the file, a blank line as an empty list; TableFault when quotes never close."""
    csv.field_size_limit(_LONGEST_CELL_CHARACTERS)
    if _unclosed_quote(text):
        raise TableFault("a quotation mark is opened and never closed, so rows run into one another")
    with text.path.open(encoding=text.encoding, errors="replace", newline="") as stream:
        lines = _lines(stream)
        if text.separator_line:
            next(lines, None)
        try:
            yield from csv.reader(lines, delimiter=text.delimiter)
        except csv.Error as error:
            raise TableFault(f"it is not readable as a table ({error})") from error


def _head(path: Path, codec: str) -> tuple[str, bool]:
    """Return the first characters of a file, and whether they are all of it."""
    with path.open("rb") as stream:
        head = stream.read(_SAMPLE_BYTES)
    text = head.decode(codec, errors="replace").replace("\x00", "").removeprefix("\ufeff")
    return text, len(head) < _SAMPLE_BYTES


def _parse(text: str, delimiter: str, whole: bool) -> list[list[str]]:
    csv.field_size_limit(_LONGEST_CELL_CHARACTERS)
    try:
        found = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:
        return []
    return found if whole or len(found) < 2 else found[:-1]


def _fit(found: list[list[str]]) -> tuple[float, int]:
    """Rate a delimiter: the share of rows as wide as the widest early one, then that width."""
    filled = [row for row in found[:200] if any(row)]
    width = max((len(row) for row in filled[:15]), default=0)
    if width < 2:
        return 0.0, 0
    return sum(len(row) == width for row in filled) / len(filled), width


def _unclosed_quote(text: TextShape) -> bool:
    """Tell whether the file ends inside quotes; looked at only when the number of quotes is odd."""
    with text.path.open(encoding=text.encoding, errors="replace", newline="") as stream:
        if sum(line.count('"') for line in stream) % 2 == 0:
            return False
        stream.seek(0)
        try:
            for _ in csv.reader(_lines(stream), delimiter=text.delimiter, strict=True):
                pass
        except csv.Error as error:
            return "unexpected end" in str(error)
    return False


def _lines(stream: Iterable[str]) -> Iterator[str]:
    for line in stream:
        yield line.replace("\x00", "") if "\x00" in line else line
