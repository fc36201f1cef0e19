"""The nouns of the workbook: pages of rows, totals that are counted twice, and what comes back."""

from typing import Literal, NamedTuple

from auditkit.base.issue import InputIssue
from auditkit.base.language import message
from auditkit.base.model import Record

FORM = "auditkit workbook 1"
"""The number grows when a workbook of before can no longer be read."""
STATE = "auditkit"
"""Name of the hidden sheet that keeps what every cell showed."""
METHOD, TOTALS = message("Method"), message("Totals")
LANGUAGE = "language"
"""First word of the line of the hidden sheet that says in which language the others are; none: in English."""
KEY = "Key"
"""Header of the hidden first column, which tells what a row is about."""


class Column(Record):
    """One column of a page."""

    header: str
    kind: Literal["text", "date", "number"] = "text"
    width: int = 16
    fills: str = ""
    """The part of a judgement that auditors write here; empty: the column is computed and locked."""
    choices: tuple[str, ...] = ()


class Row(Record):
    """One row; a cell is text, a day as 2026-12-14, or a whole number in digits."""

    key: str
    cells: tuple[str, ...]


class Page(Record):
    """One sheet."""

    name: str
    rows: tuple[Row, ...]
    left_out: int = 0
    """Rows that were not written, because a sheet holds no more or a run keeps no more."""
    where: str = ""
    """Where the rows that were left out stand."""


class Total(Record):
    """A figure of the run beside the same figure counted from the rows of a page."""

    what: str
    said: int
    """What the run says."""
    formula: str
    counted: int
    """What the formula gives, so that a reader who does not recalculate sees it too."""
    left_out: int = 0
    """Of it, what stands in no row."""


class Basis(Record):
    """What an auditor who fills a row in was shown: a judgement there was, and everything it would rest on."""

    judgement: str
    """Id; empty: there was none."""
    digest: str
    """Of the point's text and procedures, of what these saw, and of the evidence."""


class Book(Record):
    """Everything the workbook shows."""

    engagement: str
    title: str
    status: str
    """``DRAFT: ...`` until the release; printed on every page."""
    as_of: str
    redacted: bool
    """Written without names: nothing can be filled in, and nothing comes back."""
    pages: tuple[Page, ...]
    totals: tuple[Total, ...]
    bases: dict[str, Basis]
    """By point; empty when redacted."""
    auditors: tuple[str, ...]
    """Person ids that can be chosen."""


class Cell(NamedTuple):
    """A cell somebody filled in."""

    where: str
    """Such as ``Points!O12``."""
    text: str


class Filled(NamedTuple):
    """A row with a verdict of an auditor."""

    point: str
    row: int
    cells: dict[str, Cell]
    """By part of the judgement, empty ones as well."""
    basis: Basis
    sound: bool
    """Every cell holds what its column takes."""


class ReadBook(NamedTuple):
    """What came back."""

    filled: tuple[Filled, ...]
    issues: tuple[InputIssue, ...]
    evidence: dict[str, str]
    """Evidence id to the digest of the cell that showed the digest of its file."""
