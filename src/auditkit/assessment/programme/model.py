"""The nouns of the audit programme (workpapers/programme.yaml): cycle, risks of areas, audits held and planned."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Literal, Self

from pydantic import Field, model_validator

from auditkit.assessment.programme.dates import months_after
from auditkit.base.model import Record
from auditkit.base.period import Period

Risk = Literal["high", "medium", "low"]
AuditState = Literal["planned", "done", "cancelled"]


class _Area(Record):
    """A clause, a process or a site; exactly one of them."""

    process: str | None = None
    """Id of a group of the lens ``process``."""
    clause: str | None = None
    """A clause with all below it."""
    site: str | None = None
    """A site of engagement.yaml."""

    @model_validator(mode="after")
    def _exactly_one(self) -> Self:
        if sum(one is not None for one in (self.process, self.clause, self.site)) != 1:
            raise ValueError("name one process, or one clause, or one site; exactly one of them")
        return self

    @property
    def name(self) -> str:
        """Return the id of the area."""
        return self.process or self.clause or self.site or ""


class AreaRisk(_Area):
    """How much rides on an area, and why; the risk sets how often it is audited."""

    risk: Risk
    because: str = Field(min_length=15)
    changed_at: date | None = None
    """The last day on which the area changed so much that an earlier audit no longer speaks of it."""
    change: str = ""
    """What changed."""

    @model_validator(mode="after")
    def _a_change_is_named(self) -> Self:
        if (self.changed_at is None) != (not self.change.strip()):
            raise ValueError("a change has both a day (changed_at) and words (change)")
        return self


class AreaResult(_Area):
    """What an audit found in an area."""

    majors: int = Field(default=0, ge=0)
    minors: int = Field(default=0, ge=0)
    open_majors: int = Field(default=0, ge=0)
    """Majors that are not closed today; they shorten the time to the next audit."""
    note: str = ""

    @model_validator(mode="after")
    def _no_more_open_than_found(self) -> Self:
        if self.open_majors > self.majors:
            raise ValueError("there are more open majors than majors")
        return self


class ProgrammeAudit(Record):
    """One audit of the programme, held or planned."""

    id: str = Field(pattern=r"^AU-\d{3,}$")
    title: str
    kind: str = "internal-audit"
    stage: Literal["1", "2", "surveillance", "recertification", "-"] = "-"
    state: AuditState
    period: Period
    """The days on which it takes, or took, place."""
    engagement: str | None = None
    """Id of the engagement; with the id of this one, coverage comes from its run and not from the state."""
    scope: str = ""
    clauses: tuple[str, ...] = ()
    """Clauses with all below them."""
    processes: tuple[str, ...] = ()
    """Processes, for the clauses they answer for."""
    sites: tuple[str, ...] = ()
    remote_sites: tuple[str, ...] = ()
    """Sites that are, or were, only seen from afar."""
    criteria: tuple[str, ...] = ()
    lead: str
    """Person id."""
    team: tuple[str, ...] = ()
    """Person ids, besides the lead."""
    days: Decimal | None = Field(default=None, gt=0)
    """Auditor-days set aside."""
    resources: str = ""
    """Travel, tools, experts."""
    results: tuple[AreaResult, ...] = ()
    because: str = ""
    """For a cancelled audit: why."""

    @model_validator(mode="after")
    def _a_cancelled_one_says_why(self) -> Self:
        if self.state == "cancelled" and not self.because.strip():
            raise ValueError("an audit that is cancelled says why (because)")
        if not (self.clauses or self.processes or self.sites):
            raise ValueError("an audit names clauses, processes or sites")
        return self


class ProgrammeRisk(Record):
    """Something that could keep the programme from its objectives, and what is done about it."""

    risk: str
    treatment: str


class ProgrammeApproval(Record):
    """Who approved the programme, in which role, and when."""

    by: str
    """Person id."""
    at: date
    role: str = ""


class EffortAdjustment(Record):
    """A reason to take more or less time, from the list of the rules."""

    id: str
    because: str = Field(min_length=15)
    """What is so here; the rule says only what it is about."""


class EffortFacts(Record):
    """What the estimate of audit days goes by, besides the engagement."""

    persons: int = Field(ge=1)
    """Effective persons: those who work in the scope, part-time and shifts counted in full-time equivalents."""
    central_site: str
    """The site of the central function, which is always visited."""
    sampled: bool = True
    """False: the organisation is of a kind whose sites may not be sampled."""
    adjustments: tuple[EffortAdjustment, ...] = ()


class Programme(Record):
    """workpapers/programme.yaml."""

    title: str
    managed_by: str
    """Person id of who manages the programme."""
    version: str = ""
    approved: ProgrammeApproval | None = None
    objectives: tuple[str, ...] = Field(min_length=1)
    cycle_start: date
    cycle_years: int = Field(default=3, ge=1, le=6)
    rules: str = "house"
    """Id of a file of checklists/programme."""
    criteria: tuple[str, ...] = ()
    methods: str = ""
    """On site, remote, and when which."""
    resources: str = ""
    risks: tuple[ProgrammeRisk, ...] = ()
    areas: tuple[AreaRisk, ...] = ()
    audits: tuple[ProgrammeAudit, ...] = ()
    effort: EffortFacts | None = None
    review: str = ""
    """How it is reviewed whether the programme reached its objectives."""

    @property
    def cycle(self) -> Period:
        """Return the cycle, both days included."""
        end = months_after(self.cycle_start, 12 * self.cycle_years) - timedelta(days=1)
        return Period(start=self.cycle_start, end=end)
