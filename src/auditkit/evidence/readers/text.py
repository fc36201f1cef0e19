"""Plain text and Markdown."""

import re
from pathlib import Path

from auditkit.evidence.metadata import filled, from_front_matter, from_passages
from auditkit.evidence.model import DocumentMeta
from auditkit.evidence.readers.common import Collector, Extract, decode

_FRONT_MATTER = re.compile(r"\A(---|\+\+\+)[ \t]*\n(.*?)\n\1[ \t]*(?:\n|\Z)", re.DOTALL)
_HEADING = re.compile(r"#{1,6}\s+(.*?)\s*#*\Z")
_UNDERLINE = re.compile(r"(?:={3,}|-{3,})")
_TABLE_RULE = re.compile(r"\|?[\s:|-]+\|?")
_ITEM = re.compile(r"(?:[-*+]\s+|(?=\d+[.)]\s))")
_FENCE = re.compile(r"(`{3,}|~{3,})")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_LINK = re.compile(r"!?\[([^\[\]]*)\]\((?:[^()\s]|\([^()\s]*\))*(?:\s+[\"'][^\"']*[\"'])?\)")


def read_markdown(path: Path, file: str) -> Extract:
    """Read Markdown: paragraphs and list items with their first line, headings, one passage a table row.

    What a reader of the page does not see is left out: comments, addresses of links, marks of emphasis.
    """
    text, _ = decode(path.read_bytes())
    text = re.sub(r"\r\n?", "\n", text)
    front = _FRONT_MATTER.match(text)
    meta: DocumentMeta | None = None
    if front is not None:
        meta = from_front_matter(front.group(2))
        text = "\n" * front.group(0).count("\n") + text[front.end() :]
    text = _COMMENT.sub(lambda found: "\n" * found.group(0).count("\n"), text)
    found = Collector(file)
    _Markdown(found).read(text.split("\n"))
    cover = from_passages(found.passages)
    return found.extract(filled(meta, cover) if meta else cover)


def read_plain(path: Path, file: str) -> Extract:
    """Read plain text: one passage a paragraph, with its first line."""
    text, _ = decode(path.read_bytes())
    found = Collector(file)
    paragraph: list[str] = []
    for number, line in enumerate([*re.split(r"\r\n|\n|\r", text), ""], start=1):
        if line.strip():
            paragraph.append(line)
        else:
            found.add(" ".join(paragraph), line=number - len(paragraph))
            paragraph = []
    return found.extract(from_passages(found.passages))


class _Markdown:
    """Takes Markdown line by line and hands passages to a collector."""

    def __init__(self, found: Collector) -> None:
        self._found = found
        self._paragraph: list[str] = []
        self._start = 0
        self._under: str | None = None
        self._fence = ""

    def read(self, lines: list[str]) -> None:
        """Take all lines."""
        for number, raw in enumerate(lines, start=1):
            line = raw.strip().lstrip(">").strip()
            fence = _FENCE.match(line)
            if self._fence:
                if fence is not None and fence[1].startswith(self._fence):
                    self._flush()
                    self._fence = ""
                else:
                    self._keep(raw.strip(), number)
            elif fence is not None:
                self._flush()
                self._fence = fence[1]
            else:
                self._line(line, number)
        self._flush()

    def _line(self, line: str, number: int) -> None:
        heading = _HEADING.fullmatch(line)
        if heading is not None:
            self._flush()
            self._head(heading[1], number)
        elif not line:
            self._flush()
        elif _UNDERLINE.fullmatch(line):
            if len(self._paragraph) == 1:
                title = self._paragraph.pop()
                self._head(title, self._start)
            self._flush()
        elif line.startswith("|"):
            self._flush()
            if not _TABLE_RULE.fullmatch(line):
                cells = (_plain(cell).strip() for cell in re.split(r"(?<!\\)\|", line.strip("|")))
                self._found.add(" | ".join(cell for cell in cells if cell), line=number, under=self._under)
        else:
            item = _ITEM.match(line)
            if item is not None:
                self._flush()
                line = line[item.end() :]
            self._keep(line, number)

    def _head(self, text: str, number: int) -> None:
        self._under = _plain(text)
        self._found.add(self._under, line=number, heading=True)

    def _keep(self, line: str, number: int) -> None:
        if not self._paragraph:
            self._start = number
        self._paragraph.append(line)

    def _flush(self) -> None:
        if self._paragraph:
            self._found.add(_plain(" ".join(self._paragraph)), line=self._start, under=self._under)
            self._paragraph.clear()


def _plain(text: str) -> str:
    """Return a line without the addresses of its links and the marks of strong emphasis."""
    return _LINK.sub(r"\1", text).replace("**", "").replace("__", "")
