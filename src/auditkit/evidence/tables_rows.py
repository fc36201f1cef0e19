"""Which rows below a header are no records: blank rows, totals, headers and titles that come again, footers.

What is left out is counted with its reason; a header with other columns than the first is refused, because the
rows below it would be read under the wrong names.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from auditkit.evidence.profiles import normal_header
from auditkit.evidence.tables_sheet import ERROR_VALUES
from auditkit.evidence.tables_text import TableFault

BLANK = "blank row"
TOTAL = "total row"
HEADER = "repeated header row"
TITLE = "title row"
FOOTER = "footer row"
NO_RECORDS = (BLANK, TOTAL, HEADER, TITLE, FOOTER)
"""Why a row of a file is left out before anybody asks what it holds."""
_TOTAL_WORDS = (
    r"(?:(?:grand|sub|over\s?all|zwischen|gesamt|end)[\s-]?)?"
    r"(?:totals?|sums?|summen?|gesamt|insgesamt|ergebnis|zahl|averages?|avg|mean|mittelwert|durchschnitt|"
    r"anzahl|counts?|totale|totaux|somme|suma|totaal|moyenne)"
)
TOTAL_START = rf"^\W*{_TOTAL_WORDS}\b"
"""How the line of a total row begins, whatever its quotes and delimiters."""
_NUMBER = r"[+-]?[€$£]?\s?\d[\d.,'\s\u00a0]*(?::\d\d){0,2}\s?(?:%|€|\$|£|[A-Z]{3}|h|d|min)?"
_NUMERIC = re.compile(rf"\(?{_NUMBER}\)?")
_TOTAL_LABEL = re.compile(
    rf"\W*{_TOTAL_WORDS}\b(?:[\s:]+[^\W\d]+){{0,2}}[\s:=(]*(?:{_NUMBER})?\W*", re.IGNORECASE
)
_DATE = re.compile(r"\d{1,4}([./-])\d{1,2}\1\d{1,4}")
_FOOTER = re.compile(
    r"\W*(?:\d[\d.,]*\s+(?:rows?|records?|lines?|entries|results?|zeilen?|datens[aä]tze?|eintr[aä]ge?|treffer)\b"
    r"|(?:generated|created|exported|printed|erstellt|erzeugt|exportiert|gedruckt|stand)\b.{0,20}\d"
    r"|end of\b|ende de[rs]\b|page \d|seite \d|copyright\b|©|confidential\b|vertraulich\b)",
    re.IGNORECASE,
)
_LEAST_HEADER_SHARE = 0.6
_MOST_ROWS_AT_AN_END = 50


class Sieve:
    """Lets the records of one table through and counts the rest by reason."""

    def __init__(self, header: Sequence[str], above: Sequence[Sequence[str]], key: int | None) -> None:
        """Take the header, the rows above it and the position of the key, if there is one."""
        self._header = tuple(normal_header(cell) for cell in header)
        self._names = frozenset(self._header) - {""}
        self._above = {_bare(row) for row in above} - {()}
        self._key = key
        self.dropped: dict[str, int] = {}
        """Reason to number of rows."""
        self.first: dict[str, int] = {}
        """Reason to the first such row."""

    def records(self, rows: Iterable[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
        """Yield number and cells of the records among the numbered rows below a header.

        Rows that are no records only at the end of a table are held back until it is known what follows.
        """
        held: list[tuple[int, list[str], str]] = []
        for number, row in rows:
            reason = self.reason(number, row)
            if reason is not None:
                self._drop(reason, number)
            if reason == HEADER:
                self._drop_all(held)
            elif reason is None:
                doubt = self._doubt(row)
                if doubt is not None and len(held) < _MOST_ROWS_AT_AN_END:
                    held.append((number, row, doubt))
                    continue
                yield from ((before, cells) for before, cells, _ in held)
                held.clear()
                yield number, row
        self._drop_all(held)

    def reason(self, number: int, row: Sequence[str]) -> str | None:
        """Return why a row is no record wherever it stands; None for what may be one."""
        cells = [cell.strip() for cell in row]
        filled = [cell for cell in cells if cell]
        if not filled:
            return BLANK
        if normal_header(filled[0]) in self._names and self._is_header(number, cells):
            return HEADER
        if not is_total_label(filled[0]) or not self._without_key(cells):
            return None
        counted = any(letter.isdigit() for letter in filled[0]) or len(filled) > 1
        return TOTAL if counted and _all_numeric(filled[1:]) else None

    def _doubt(self, row: Sequence[str]) -> str | None:
        """Return why a row is no record when only such rows follow to the end or to the next header."""
        cells = [cell.strip() for cell in row]
        filled = [cell for cell in cells if cell]
        if tuple(filled) in self._above or (filled[0].casefold() == "sep=" and len(filled) == 1):
            return TITLE
        if len(filled) == 1 and _FOOTER.match(filled[0]):
            return FOOTER
        if not self._without_key(cells) or not _all_numeric(filled):
            return None
        labelled = any(is_total_label(cell) for cell in filled)
        unkeyed = self._key is not None and not self._key_of(cells) and all(map(is_number, filled))
        return TOTAL if labelled or (unkeyed and len(filled) * 2 <= len(self._header)) else None

    def _without_key(self, cells: Sequence[str]) -> bool:
        """Tell whether nothing in the row identifies a record: its key is empty or the label of a total."""
        key = self._key_of(cells)
        return not key or is_total_label(key)

    def _key_of(self, cells: Sequence[str]) -> str:
        return cells[self._key] if self._key is not None and self._key < len(cells) else ""

    def _is_header(self, number: int, cells: Sequence[str]) -> bool:
        """Tell whether a row is the header again; TableFault when it is one with other columns."""
        names = [normal_header(cell) for cell in cells]
        while not names[-1]:
            names.pop()
        if tuple(names) == self._header:
            return True
        known = {name for name in names if name in self._names}
        filled = sum(bool(name) for name in names)
        if known == self._names or (len(known) >= 3 and len(known) >= filled * _LEAST_HEADER_SHARE):
            raise TableFault(
                f"row {number} is a second header with other columns than the first, so several exports were "
                "pasted together; ask for each as a file of its own"
            )
        return False

    def _drop_all(self, held: list[tuple[int, list[str], str]]) -> None:
        for number, _, reason in held:
            self._drop(reason, number)
        held.clear()

    def _drop(self, reason: str, number: int) -> None:
        self.dropped[reason] = self.dropped.get(reason, 0) + 1
        self.first.setdefault(reason, number)


def is_total_label(cell: str) -> bool:
    """Tell whether a cell says ``Total``, ``Summe:``, ``Gesamt 120`` and the like, and hardly more."""
    return bool(_TOTAL_LABEL.fullmatch(cell))


def is_number(cell: str) -> bool:
    """Tell whether a cell is a number, an amount, a share or a duration, and no date."""
    return bool(_NUMERIC.fullmatch(cell)) and not _DATE.match(cell)


def _all_numeric(cells: Sequence[str]) -> bool:
    """Tell whether cells hold numbers, labels of totals and sums that failed, and nothing else."""
    return all(is_number(cell) or is_total_label(cell) or cell in ERROR_VALUES for cell in cells)


def _bare(row: Sequence[str]) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in row if cell.strip())
