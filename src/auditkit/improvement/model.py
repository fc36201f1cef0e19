"""The nouns of improvement: what a finding becomes when somebody works on it."""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from auditkit.base.model import Record
from auditkit.improvement.proof_model import ProofTerms

Route = Literal["process_owner", "project"]
Phase = Literal["plan", "do", "check", "act"]
Days = Annotated[float, Field(ge=0, le=10_000)]


class Baseline(Record):
    """A value before the work starts, so that the change can be proven afterwards."""

    measure: str
    """``record.TEST`` or words."""
    value: str
    """Such as ``18 of 214 (8.4 %)``."""
    at: date
    evidence: tuple[str, ...] = ()


class Estimate(Record):
    """Effort in person days as a range; the likely value is planned with."""

    low: Days
    likely: Days
    high: Days

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not self.low <= self.likely <= self.high:
            raise ValueError("low, likely and high must not fall")
        return self


class ActionFile(Record):
    """workpapers/actions/CA-001.yaml: an action as its owner states it."""

    id: str = Field(pattern=r"^CA-\d{3,}$")
    finding: str
    """Id of the finding it answers."""
    title: str
    owner: str
    route: Route | None = None
    due: date | None = None
    started_at: date | None = None
    target: str = ""
    effort_days: Days | Estimate | None = None
    """Person days that are left to do."""
    status: Literal["proposed", "agreed", "started", "done", "cancelled"] = "proposed"
    baseline: Baseline | None = None
    """Compulsory before work starts, unless a run measured the finding before."""
    cost: float | None = Field(default=None, ge=0)
    """Money to be spent beside the effort, in one currency for the whole plan."""
    benefit: str = ""
    scores: dict[str, float] = {}
    """Inputs of priority schemes that only people can give, such as ``business_value``."""
    services: tuple[str, ...] = ()
    """Services that gain from it; the most critical one counts."""
    predecessors: tuple[str, ...] = ()
    """Actions whose work is finished first."""
    waiting_months: int | None = Field(default=None, ge=0, le=60)
    """Months of records before its effect can be shown; None: by rule, from its finding."""
    resources: tuple[str, ...] = ()
    """Persons or roles among whom the effort is shared evenly; empty: the owner."""
    milestone: str = ""
    clears: tuple[str, ...] = ()
    """Findings, points and gate blockers (``document:TYPE``, ``records:DATASET``) it clears beside its own finding."""
    alternative_to: str | None = None
    """The action it can take the place of: it clears what that one clears."""
    proof: ProofTerms | None = None
    """How its effect is proven by records; None: by other evidence."""

    @property
    def estimate(self) -> Estimate | None:
        """Return the effort as a range; None: nobody estimated it."""
        if self.effort_days is None or isinstance(self.effort_days, Estimate):
            return self.effort_days
        return Estimate(low=self.effort_days, likely=self.effort_days, high=self.effort_days)


class PlanItem(Record):
    """One item of the service improvement plan."""

    id: str
    """``CA-001``, or ``P-`` + the finding's stable part for items nobody has taken up yet."""
    title: str
    findings: tuple[str, ...]
    points: tuple[str, ...]
    processes: tuple[str, ...]
    route: Route
    route_reason: str
    phase: Phase
    blocks_certification: bool
    baseline: Baseline | None
    target: str
    owner: str | None
    due: date | None
    effort_days: float | None
    needs_record_months: int
    """Months of records that must accrue before effect can be shown; 0: none."""
    status: str
    priority: int
    """1 is first, by the priority scheme of the engagement."""
