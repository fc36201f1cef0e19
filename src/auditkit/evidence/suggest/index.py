"""An index of passages in memory, made with the full-text search of SQLite: which passages hold a wording."""

import re
import sqlite3
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Mapping

from auditkit.base.errors import EnvironmentFault
from auditkit.evidence.document_text import is_contents_line
from auditkit.evidence.model import ReadDocument

NAME = -1
"""Place of what a file is called; headings have places below it, body passages from 0 up."""
_TABLE = (
    "CREATE VIRTUAL TABLE passage USING fts5"
    "(text, content='', tokenize='porter unicode61 remove_diacritics 2')"
)
_BRITISH = re.compile(r"(?<=\w\w)is(e|ed|es|er|ing|ation|ations|ational)\b")
_BATCH = 20_000


class PassageIndex:
    """Passages of many documents by number; files stand in the order of their names, whatever order they came in."""

    def __init__(self, documents: Mapping[str, ReadDocument], names: Mapping[str, str]) -> None:
        """Index all passages; ``names`` holds what else a file is called, such as its title. EnvironmentFault without FTS5."""
        self.files = tuple(sorted(documents))
        self.file_of = array("l")
        """Passage number to the position of its file in ``files``."""
        self.place_of = array("l")
        """Passage number to its position in the document, or to NAME, or to a number below it for a heading."""
        self.sizes = [0] * len(self.files)
        """Number of body passages by position of the file."""
        self._starts = array("l")
        """Position of a file to the number of its first passage; one more than there are files."""
        self._found: dict[str, array[int]] = {}
        self._database = _open()
        self._fill(documents, names)

    def find(self, wordings: Iterable[str]) -> "array[int]":
        """Return the numbers of the passages that hold any of the wordings, ascending; looked up once and kept."""
        expression = " OR ".join(dict.fromkeys(filter(None, map(expressed, wordings))))
        if expression not in self._found:
            question = "SELECT rowid FROM passage WHERE passage MATCH ? ORDER BY rowid"
            rows = self._database.execute(question, (expression,)) if expression else ()
            self._found[expression] = array("l", (row[0] for row in rows))
        return self._found[expression]

    def find_in(self, wordings: Iterable[str], position: int) -> tuple[int, ...]:
        """Return the numbers of the passages of one file that hold any of the wordings."""
        found = self.find(wordings)
        first = bisect_left(found, self._starts[position])
        last = bisect_left(found, self._starts[position + 1], first)
        return tuple(found[first:last])

    def _fill(self, documents: Mapping[str, ReadDocument], names: Mapping[str, str]) -> None:
        rows: list[tuple[int, str]] = []
        for position, file in enumerate(self.files):
            self._starts.append(len(self.file_of))
            texts = [(NAME, names.get(file, ""))]
            for number, passage in enumerate(documents[file].passages):
                if passage.heading:
                    texts.append((NAME - 1 - number, passage.text))
                elif not is_contents_line(passage.text, passage.place.heading):
                    texts.append((number, passage.text))
                    self.sizes[position] += 1
            for place, text in texts:
                rows.append((len(self.file_of), text))
                self.file_of.append(position)
                self.place_of.append(place)
            if len(rows) >= _BATCH:
                self._write(rows)
                rows.clear()
        self._write(rows)
        self._starts.append(len(self.file_of))

    def _write(self, rows: list[tuple[int, str]]) -> None:
        self._database.executemany("INSERT INTO passage(rowid, text) VALUES (?, ?)", rows)


def expressed(wording: str) -> str:
    """Return a wording as an FTS5 expression: a phrase in British and American spelling, any ending after ``*``."""
    words = re.sub(r"[^\w\s]", " ", wording.casefold()).split()
    if not words:
        return ""
    phrase = " ".join(words)
    star = " *" if wording.endswith("*") else ""
    spellings = dict.fromkeys((phrase, _BRITISH.sub(r"iz\1", phrase)))
    return " OR ".join(f'"{one}"{star}' for one in spellings)


def _open() -> sqlite3.Connection:
    database = sqlite3.connect(":memory:")
    try:
        database.execute(_TABLE)
    except sqlite3.OperationalError as error:
        raise EnvironmentFault(
            f"The SQLite of this Python has no full-text search with FTS5 ({error}), which evidence suggest needs. "
            "Use a Python whose SQLite has it, such as one from python.org."
        ) from error
    return database
