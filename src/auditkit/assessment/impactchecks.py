"""Impact checks (checklists/impact-checks.yaml): what the business impact analysis has to show, on which points."""

from pathlib import Path

from pydantic import ConfigDict, Field, field_validator

from auditkit.assessment.model import TestClass
from auditkit.base.digest import digest_value
from auditkit.base.issue import InputIssue
from auditkit.base.model import Record
from auditkit.base.yamltext import load_model
from auditkit.catalog.model import Basis
from auditkit.impact.measures import MEASURES


class ImpactCheck(Record):
    """One claim about the business impact analysis."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    """The claim, true or false: ``services_in_use_are_catalogued``."""
    title: str = Field(min_length=15)
    """The claim as a sentence for reports."""
    measure: str
    """How it is measured: a name in ``impact/measures.py``."""
    points: tuple[str, ...] = Field(min_length=1)
    basis: Basis
    test_class: TestClass = Field(alias="class")
    why: str = Field(min_length=15)
    remedy: str = Field(min_length=15)

    @field_validator("measure")
    @classmethod
    def _is_known(cls, measure: str) -> str:
        if measure not in MEASURES:
            raise ValueError(f"{measure!r} is none of {', '.join(MEASURES)}")
        return measure

    @property
    def digest(self) -> str:
        """Return the digest of what decides the outcome; wording is left out."""
        return digest_value([self.id, self.measure, self.basis, self.test_class])


class ImpactCheckFile(Record):
    """checklists/impact-checks.yaml."""

    impact_checks: tuple[ImpactCheck, ...]


def load_impact_checks(path: Path, file: str) -> tuple[tuple[ImpactCheck, ...], tuple[InputIssue, ...]]:
    """Load impact-checks.yaml."""
    loaded = load_model(path, file, ImpactCheckFile)
    return (loaded.model.impact_checks if loaded.model else ()), loaded.issues
