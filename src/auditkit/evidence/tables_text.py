"""The bytes of an export: what it is, how it is encoded and separated, and its rows without polars.

Nothing is guessed silently: an encoding that had to be assumed, NUL bytes and rows of another length are
reported. ``rows`` is the patient way through a file; ``tables_convert`` uses it when the quick one is unsafe.
"""

import codecs
import csv
import gzip
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, TextIO

from auditkit.evidence.tables_encoding import Encoding, find_encoding

LARGEST_BYTES = 4 << 30
"""Largest export, unpacked; what is larger is refused."""
LONGEST_ROW_CHARACTERS = 16 << 20
"""Longest row, and so the longest cell; a file with a longer one is refused."""
_LONGEST_QUICK_LINE_BYTES = 1 << 20
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
    """UTF-8 without damage, NUL bytes, lone carriage returns and huge lines: fit for the quick way."""
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
    short = found.longest_line_bytes <= _LONGEST_QUICK_LINE_BYTES
    return TextShape(
        path=path,
        found=found,
        plain=found.codec.startswith("utf-8") and sound and short,
        delimiter=ranked[0],
        separator_line=bool(stated),
        sample=tuple(tuple(row) for row in _parse(text, ranked[0], whole)),
        rivals=tuple(ranked[1:]),
    )


def rows(text: TextShape) -> Iterator[list[str]]:
    """Yield every row of the file, a blank line as an empty list; TableFault when quotes never close."""
    csv.field_size_limit(LONGEST_ROW_CHARACTERS)
    if _unclosed_quote(text):
        raise TableFault("a quotation mark is opened and never closed, so rows run into one another")
    with text.path.open(encoding=text.encoding, errors="replace", newline="") as stream:
        lines = _Lines(stream)
        if text.separator_line:
            next(lines, None)
        try:
            for row in csv.reader(lines, delimiter=text.delimiter):
                lines.since_row = 0
                yield row
        except csv.Error as error:
            raise TableFault(f"it is not readable as a table ({error})") from error


def _head(path: Path, codec: str) -> tuple[str, bool]:
    """Return the first characters of a file, and whether they are all of it."""
    with path.open("rb") as stream:
        head = stream.read(_SAMPLE_BYTES)
    text = head.decode(codec, errors="replace").replace("\x00", "").removeprefix("\ufeff")
    return text, len(head) < _SAMPLE_BYTES


def _parse(text: str, delimiter: str, whole: bool) -> list[list[str]]:
    csv.field_size_limit(LONGEST_ROW_CHARACTERS)
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
        if sum(piece.count('"') for piece in iter(lambda: stream.read(_CHUNK_BYTES), "")) % 2 == 0:
            return False
        stream.seek(0)
        lines = _Lines(stream)
        try:
            for _ in csv.reader(lines, delimiter=text.delimiter, strict=True):
                lines.since_row = 0
        except csv.Error as error:
            return "unexpected end" in str(error)
    return False


class _Lines:
    """The lines of a text without NUL characters; TableFault when a row is too long to be one."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self.since_row = 0
        """Characters given out since the reader of rows last finished one."""

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self._stream.readline(LONGEST_ROW_CHARACTERS + 1)
        self.since_row += len(line)
        if self.since_row > LONGEST_ROW_CHARACTERS:
            raise TableFault(f"a row has more than {LONGEST_ROW_CHARACTERS:,} characters")
        if not line:
            raise StopIteration
        return line.replace("\x00", "") if "\x00" in line else line
