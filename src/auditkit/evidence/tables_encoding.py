"""How the bytes of an export are encoded: stated by a mark, proven by the bytes, or assumed aloud."""

import codecs
from pathlib import Path
from typing import NamedTuple

_CHUNK_BYTES = 1 << 20
_HEAD_BYTES = 1 << 16
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_UNDEFINED_IN_CP1252 = b"\x81\x8d\x8f\x90\x9d"
_REPLACEMENT = "\ufffd"
_LEAST_SHARE_OF_NULS = 0.3
_MOST_STRAY_SHARE = 0.05


class Encoding(NamedTuple):
    """What is known of the encoding of a file."""

    codec: str
    assumed: bool = False
    """A guess (Windows-1252): neither stated nor proven by the bytes."""
    unmarked: bool = False
    """UTF-16 that no byte order mark states; every second byte of its head is NUL."""
    nul_bytes: int = 0
    lone_returns: bool = False
    """Carriage returns without a line feed occur."""
    broken: int = 0
    """Places the codec cannot read; they show as U+FFFD."""
    longest_line_bytes: int = 0
    """Longest line, exact above a mebibyte; 0: not looked at."""


class _Bytes:
    """What one pass over a file counts."""

    def __init__(self) -> None:
        self.nul_bytes = self.undefined = self.longest_line_bytes = self._line_bytes = 0
        self._returns = self._pairs = 0
        self._last = b""
        self._strict = codecs.getincrementaldecoder("utf-8")()
        self.is_utf8 = True

    def see(self, chunk: bytes) -> None:
        """Count the bytes of the next chunk."""
        self.nul_bytes += chunk.count(b"\x00")
        self._pairs += self._last == b"\r" and chunk[:1] == b"\n"
        self._last = chunk[-1:]
        self._measure(chunk)
        returns = chunk.count(b"\r")
        if returns:
            self._returns += returns
            self._pairs += chunk.count(b"\r\n")
        if self.is_utf8 and not (chunk.isascii() and self._between_letters):
            self.decode(chunk)
        if not self.is_utf8:
            self.undefined += sum(chunk.count(bytes([one])) for one in _UNDEFINED_IN_CP1252)

    def decode(self, chunk: bytes, final: bool = False) -> None:
        """Try the next bytes as UTF-8."""
        try:
            self._strict.decode(chunk, final)
        except UnicodeDecodeError:
            self.is_utf8 = False

    def _measure(self, chunk: bytes) -> None:
        """Measure lines that reach over a chunk; what lies within one is shorter than it."""
        first = chunk.find(b"\n")
        self._line_bytes += len(chunk) if first < 0 else first
        self.longest_line_bytes = max(self.longest_line_bytes, self._line_bytes)
        if first >= 0:
            self._line_bytes = len(chunk) - chunk.rfind(b"\n") - 1

    @property
    def _between_letters(self) -> bool:
        """Tell whether no letter of several bytes is still open at the end of what was decoded."""
        return not self._strict.getstate()[0]

    @property
    def lone_returns(self) -> bool:
        """Tell whether a carriage return stood without a line feed."""
        return self._returns > self._pairs


def find_encoding(path: Path) -> Encoding:
    """Find the encoding of a text file in one pass, or two where it is neither marked nor UTF-8."""
    with path.open("rb") as stream:
        head = stream.read(_HEAD_BYTES)
        for mark, codec in _MARKS:
            if head.startswith(mark):
                return Encoding(codec)
        wide = _unmarked_utf16(head)
        if wide is not None:
            return Encoding(wide, unmarked=True)
        stream.seek(0)
        seen = _Bytes()
        while chunk := stream.read(_CHUNK_BYTES):
            seen.see(chunk)
        if seen.is_utf8:
            seen.decode(b"", final=True)
    if seen.is_utf8:
        codec = "utf-8-sig" if head.startswith(codecs.BOM_UTF8) else "utf-8"
        longest = seen.longest_line_bytes
        return Encoding(
            codec, nul_bytes=seen.nul_bytes, lone_returns=seen.lone_returns, longest_line_bytes=longest
        )
    broken = _damage(path)
    if broken is not None:
        return Encoding("utf-8-sig", False, False, seen.nul_bytes, seen.lone_returns, broken)
    return Encoding("cp1252", True, False, seen.nul_bytes, seen.lone_returns, seen.undefined)


def _unmarked_utf16(head: bytes) -> str | None:
    """Recognise UTF-16 without a mark: NUL bytes at every second place, and hardly any at the others."""
    units = len(head) // 2
    if units < 4:
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    for many, few, codec in ((odd, even, "utf-16-le"), (even, odd, "utf-16-be")):
        if many >= units * _LEAST_SHARE_OF_NULS and few <= units * _MOST_STRAY_SHARE:
            return codec
    return None


def _damage(path: Path) -> int | None:
    """Return the number of broken places of a file that is UTF-8 but for them; None when it is not UTF-8.

    A text in a single-byte code reads as UTF-8 hardly anywhere outside ASCII; a damaged one nearly everywhere.
    """
    decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
    whole = broken = genuine = 0
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK_BYTES):
            text = decoder.decode(chunk)
            broken += text.count(_REPLACEMENT)
            genuine += chunk.count(_REPLACEMENT.encode())
            whole += len(text) - len(text.encode("ascii", "ignore"))
        broken += decoder.decode(b"", final=True).count(_REPLACEMENT)
    broken = max(1, broken - genuine)
    return broken if whole - broken > broken else None
