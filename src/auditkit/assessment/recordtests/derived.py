"""The nouns of derived datasets (checklists/derived.yaml): what rows alone cannot say, computed from other datasets.

A derived dataset is a list of steps from a small fixed set; the test on it is again a predicate. Every step keeps
where its row came from, and a cell that could not be understood stays in doubt in whatever is made of it.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from auditkit.base.issue import InputIssue
from auditkit.base.model import Record
from auditkit.base.yamltext import load_model
from auditkit.evidence.model import Dataset, DatasetField

Issues = tuple[InputIssue, ...]


class Take(Record):
    """Start with rows of a dataset; several such steps at the start lay their rows under one another."""

    do: Literal["take"]
    dataset: str
    fields: dict[str, str]
    """New name to the field of the dataset."""
    where: str | None = None
    """SQL predicate on the dataset; rows of which it is unknown are kept."""
    mark: dict[str, str] = {}
    """Fields with a constant text, to tell the sources apart."""


class Split(Record):
    """Make one row for each entry of a list in a text cell; an empty cell gives one row with no entry."""

    do: Literal["split"]
    field: str
    by: str = ";"


class Join(Record):
    """Add fields of another dataset where its key fits; where several rows fit, the last or first by a field."""

    do: Literal["join"]
    dataset: str
    on: dict[str, str]
    """Field here to field there."""
    fields: dict[str, str] = {}
    """New name to the field there."""
    where: str | None = None
    """SQL predicate on the other dataset."""
    last_by: str | None = None
    first_by: str | None = None
    found: str | None = None
    """New boolean field: something fitted."""


class Group(Record):
    """One row for each combination of fields, with figures over the rows of each."""

    do: Literal["group"]
    by: tuple[str, ...]
    figures: dict[str, str]
    """New name to ``count``, ``count PREDICATE``, ``share PREDICATE``, ``max FIELD``, ``min FIELD``, ``sum FIELD``
    or ``distinct FIELD``. A share is in per cent; rows of which its predicate is unknown put it in doubt."""


class Windows(Record):
    """One row for each row and each calendar window of the audit period: ``window_start`` and ``window_end``."""

    do: Literal["windows"]
    every: Literal["month", "quarter", "period"]


class Follow(Record):
    """Add fields of the row before, in the order of a field, among rows that agree in others; empty for the first."""

    do: Literal["follow"]
    by: tuple[str, ...] = ()
    order: str
    fields: dict[str, str]
    """New name to the field of the row before."""


class Compute(Record):
    """Add fields from expressions over the fields there are; an empty or doubtful part makes the whole empty."""

    do: Literal["compute"]
    fields: dict[str, str]
    """New name to a SQL expression: comparison, arithmetic, CASE; or to ``MONTH_OF(field)``, ``MINUTES(from, to)``,
    ``WORKING_MINUTES(from, to, calendar)`` or ``MONTH_MINUTES(month, calendar)``, where ``calendar`` is a parameter
    (``:support_calendar``) or a field that names one."""


class Where(Record):
    """Keep the rows for which a predicate holds or is unknown."""

    do: Literal["where"]
    keep: str


Step = Annotated[Take | Split | Join | Group | Windows | Follow | Compute | Where, Field(discriminator="do")]


class DerivedDataset(Record):
    """One derived dataset with its steps."""

    id: str
    title: str
    about: str
    key: str
    clauses: tuple[str, ...]
    steps: tuple[Step, ...] = Field(min_length=1)
    fields: tuple[DatasetField, ...]
    """The fields tests may name, of what the steps made."""

    @property
    def sources(self) -> tuple[str, ...]:
        """Return the datasets it is made of, each once, in the order of the steps."""
        named = (step.dataset for step in self.steps if isinstance(step, (Take, Join)))
        return tuple(dict.fromkeys(named))

    @property
    def dataset(self) -> Dataset:
        """Return it in the form of any dataset, so that tests can be checked against it."""
        return Dataset(
            id=self.id,
            title=self.title,
            about=self.about,
            key=self.key,
            clauses=self.clauses,
            fields=self.fields,
        )

    def expressions(self) -> Iterator[str]:
        """Yield every SQL text of the steps, for their parameters."""
        for step in self.steps:
            if isinstance(step, (Take, Join)) and step.where is not None:
                yield step.where
            elif isinstance(step, Where):
                yield step.keep
            elif isinstance(step, Compute):
                yield from step.fields.values()
            elif isinstance(step, Group):
                yield from (text.partition(" ")[2] for text in step.figures.values() if " " in text)


class DerivedFile(Record):
    """checklists/derived.yaml."""

    derived: tuple[DerivedDataset, ...]


def load_derived(path: Path, file: str) -> tuple[tuple[DerivedDataset, ...], Issues]:
    """Load the derived datasets; a missing file is empty."""
    if not path.exists():
        return (), ()
    loaded = load_model(path, file, DerivedFile)
    return (loaded.model.derived if loaded.model else ()), loaded.issues
