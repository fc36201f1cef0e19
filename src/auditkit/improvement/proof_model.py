"""The nouns of proof: what an action promised to move, what was counted before and after, and what that says."""

from datetime import date
from fractions import Fraction
from typing import Literal, NamedTuple, Self

from pydantic import Field, model_validator

from auditkit.base.model import Record

Verdict = Literal["improved", "not_improved", "worse", "not_enough_records"]


class Before(Record):
    """What was counted before the work began; written down once and never computed anew."""

    exceptions: int = Field(ge=0)
    examined: int = Field(ge=1)
    at: date
    """The day the figure speaks of."""
    evidence: tuple[str, ...] = ()
    """Evidence ids, or where the figure stands, such as an earlier engagement."""
    sampled_from: int | None = Field(default=None, ge=1)
    """Rows of which the examined ones are a simple random sample; None: all rows were examined."""

    @model_validator(mode="after")
    def _counts_agree(self) -> Self:
        if self.exceptions > self.examined:
            raise ValueError(f"{self.exceptions} exceptions cannot be among {self.examined} examined rows")
        if self.sampled_from is not None and self.sampled_from < self.examined:
            raise ValueError("the sample is larger than the rows it was drawn from")
        return self

    @property
    def rate(self) -> Fraction:
        """Return exceptions over examined, exact."""
        return Fraction(self.exceptions, self.examined)


class ProofTerms(Record):
    """By which record test an action is proven, from where and to where."""

    measure: str = Field(pattern=r"^record\.[a-z][a-z0-9_]*$")
    before: Before
    implemented_at: date | None = None
    """Day from which work is done in the new way; only whole months after it count."""
    target_share: float = Field(default=0, ge=0, le=1)
    """Largest share of exceptions that counts as reached."""

    @model_validator(mode="after")
    def _baseline_comes_first(self) -> Self:
        if self.implemented_at is not None and self.before.at > self.implemented_at:
            raise ValueError(
                f"the figure before is of {self.before.at}, after the implementation on {self.implemented_at}; "
                "state the figure that was known before the work"
            )
        return self


class ProofRules(NamedTuple):
    """How much a proof asks for; each is a parameter with its source."""

    records: int
    """Fewest records examined after implementation (``proof_records``)."""
    months: int
    """Fewest whole months after implementation (``proof_months``)."""
    change_share: Fraction
    """Part of the rate before by which it must have moved (``proof_change_share``)."""
    confidence_share: Fraction
    """Confidence of the bounds of a figure that rests on a sample (``proof_confidence_share``)."""


class After(Record):
    """What the record test counted in the whole months after implementation: every row, so exact and without a bound."""

    exceptions: int
    examined: int
    unknown: int
    months: tuple[str, ...]


class Proof(Record):
    """Whether an action moved its measure."""

    action: str
    title: str
    finding: str
    measure: str
    claim: str
    """The record test as a sentence."""
    verdict: Verdict
    reached: bool
    """The target is reached, whatever unknown rows may hold."""
    target_share: float
    implemented_at: date | None
    before: Before
    bounds: tuple[float, float] | None
    """Of the figure before, where it rests on a sample; None: it is exact."""
    after: After | None
    """None: nothing could be counted."""
    reasons: tuple[str, ...]
    """Why the verdict is what it is, in words for the report."""

    @property
    def asks_for_more(self) -> bool:
        """Tell whether records show that the target was not reached, so that something has to follow."""
        return self.verdict != "not_enough_records" and not self.reached
