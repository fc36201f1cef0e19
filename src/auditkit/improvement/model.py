"""The nouns of improvement: what a finding becomes when somebody works on it."""

from datetime import date
from typing import Literal

from pydantic import Field

from auditkit.base.model import Record
from auditkit.improvement.proof_model import ProofTerms

Route = Literal["process_owner", "project"]
Phase = Literal["plan", "do", "check", "act"]


class Baseline(Record):
    """A value before the work starts, so that the change can be proven afterwards."""

    measure: str
    """``record.TEST`` or words."""
    value: str
    """Such as ``18 of 214 (8.4 %)``."""
    at: date
    evidence: tuple[str, ...] = ()


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
    effort_days: float | None = None
    status: Literal["proposed", "agreed", "started", "done", "cancelled"] = "proposed"
    proof: ProofTerms | None = None
    """How its effect is proven by records; None: by other evidence."""


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
    """1 is first; certification blockers, then records-need-time, then grade and extent."""
