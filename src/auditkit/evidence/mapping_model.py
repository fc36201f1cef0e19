"""The nouns of a proposed mapping: what was seen in an export, and what it may be in the canonical model."""

from typing import Any, Literal

from auditkit.base.model import Record
from auditkit.evidence.model import FieldType

Sure = Literal["certain", "likely", "possible", "tie", "none"]
"""``possible`` is shown and not used; ``tie``: several columns fit alike, and none is used."""


class DateFacts(Record):
    """How the cells of a column read as dates."""

    format: str | None = None
    """The one format that alone reads every cell; None: none or several do."""
    rivals: tuple[str, ...] = ()
    """Several formats that read every cell, to different days."""
    nearest: str | None = None
    """Where none reads every cell: the one that reads most."""
    read: int = 0
    """Cells the format, a rival or the nearest reads."""
    serial: bool = False
    """Every cell is a number such as spreadsheets keep days as."""


class ColumnFacts(Record):
    """What was seen in one column; cells that stand for nothing are not counted."""

    position: int
    """Counted from 0."""
    header: str
    filled: int = 0
    distinct: int = 0
    values: tuple[tuple[str, int], ...] = ()
    """The most frequent values with their number of cells."""
    whole_numbers: int = 0
    leading_numbers: int = 0
    """Cells such as ``3 - Moderate``."""
    numbers: int = 0
    mean_characters: float = 0.0
    dates: DateFacts = DateFacts()


class TableFacts(Record):
    """What was seen in one export."""

    file: str
    sheet: str | None = None
    rows: int = 0
    header_row: int = 1
    columns: tuple[ColumnFacts, ...] = ()
    null_values: tuple[str, ...] = ()
    """Words that stand for nothing, as far as they occur."""
    notes: tuple[str, ...] = ()
    """What was odd about the file, in words."""


class ValueProposal(Record):
    """One value of a column and what it may mean."""

    value: str
    cells: int
    meanings: tuple[str, ...]
    """Canonical values: one is proposed, several are a tie, none is unknown."""


class FieldProposal(Record):
    """The column proposed for one field."""

    field: str
    type: FieldType
    sure: Sure
    header: str | None = None
    position: int | None = None
    """Counted from 0; None: no column is used."""
    points: int = 0
    reasons: tuple[str, ...] = ()
    rivals: tuple[str, ...] = ()
    """For a tie: the headers that fit alike."""
    values: tuple[ValueProposal, ...] = ()
    """Values that need a value map."""
    settings: dict[str, Any] = {}
    """Further settings of the profile's field, such as ``invert``."""
    dates: DateFacts | None = None
    """For date fields with a column."""
    warnings: tuple[str, ...] = ()
    """What to check about it."""


class DatasetRank(Record):
    """How well an export fits one kind of record."""

    dataset: str
    title: str
    score: float
    fields: int
    """Fields that found a column for certain or likely."""
    why: tuple[str, ...] = ()


class Proposal(Record):
    """A mapping from an export to a dataset, for people to check."""

    table: TableFacts
    ranking: tuple[DatasetRank, ...]
    """The kinds of record that fit best, the best first."""
    tied: bool = False
    """Several kinds of record fit alike, and none was chosen."""
    dataset: str | None = None
    key: str | None = None
    closest_profile: str | None = None
    """Shipped profile that finds most columns."""
    closest_columns: int = 0
    fields: tuple[FieldProposal, ...] = ()
    """In the order of the dataset."""
    unmapped: tuple[str, ...] = ()
    """Headers that no field uses."""
    warnings: tuple[str, ...] = ()
    """What to check about the whole."""
    true_values: tuple[str, ...] = ()
    """Words for true in the columns used, beyond those every profile has."""
    false_values: tuple[str, ...] = ()
    """The same for false."""
