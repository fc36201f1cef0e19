"""The nouns of record tests (checklists/record-tests/*.yaml) and of parameters (checklists/parameters.yaml)."""

from typing import Literal

from pydantic import ConfigDict, Field, model_validator

from auditkit.assessment.engagement import Parameter
from auditkit.assessment.model import TestClass
from auditkit.base.digest import digest_value
from auditkit.base.model import Record
from auditkit.catalog.model import Basis

Engine = Literal["polars", "duckdb", "spark"]
"""What counts the rows; the figures are the same."""


class GradeShares(Record):
    """Shares of exceptions above which a finding gets a grade; None: not stated."""

    minor: float | None = Field(default=None, ge=0, le=1)
    major: float | None = Field(default=None, ge=0, le=1)


class RecordTest(Record):
    """One claim about the rows of a dataset, as two SQL predicates."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    """The claim, true or false: ``change_has_backout_plan``."""
    reference: str = ""
    title: str = Field(min_length=15)
    """The claim as a sentence for reports."""
    points: tuple[str, ...] = Field(min_length=1)
    basis: Basis
    test_class: TestClass = Field(alias="class")
    dataset: str
    population: str
    """SQL predicate: the rows the claim is about; ``TRUE`` for all."""
    exception: str
    """SQL predicate: the rows that contradict the claim."""
    tolerance: float = Field(default=0, ge=0, le=1)
    """Share of examined rows; above it the candidate is nonconforming."""
    target: str | None = None
    """For rate (and indicator): parameter that holds the share of rows to conform."""
    grade: GradeShares = GradeShares()
    why: str = Field(min_length=15)
    remedy: str = Field(min_length=15)

    @model_validator(mode="after")
    def _rate_has_target(self) -> "RecordTest":
        if self.test_class == "rate" and self.target is None:
            raise ValueError("a test of class rate needs a target parameter")
        return self

    @property
    def digest(self) -> str:
        """Return the digest of what decides the outcome; wording is left out."""
        return digest_value(
            [
                self.id, self.dataset, self.population, self.exception,
                self.test_class, self.basis, self.tolerance, self.target,
            ]
        )  # fmt: skip


class RecordTestFile(Record):
    """One file of record tests."""

    record_tests: tuple[RecordTest, ...]


class ParameterFile(Record):
    """checklists/parameters.yaml."""

    parameters: dict[str, Parameter]
