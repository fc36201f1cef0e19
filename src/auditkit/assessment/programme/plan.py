"""The nouns of the plan of one audit (workpapers/audit-plan.yaml): team, sessions, safeguards."""

from datetime import date, time
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from auditkit.base.model import Record
from auditkit.base.period import Period

TeamRole = Literal["lead", "auditor", "technical_expert", "observer", "trainee", "interpreter", "guide"]
JUDGING: tuple[TeamRole, ...] = ("lead", "auditor")
"""Roles that may conduct a session."""
KNOWING: tuple[TeamRole, ...] = ("lead", "auditor", "technical_expert")
"""Roles whose competence counts."""


def _of_the_day(value: time) -> time:
    if value.tzinfo is not None or value.second or value.microsecond:
        raise ValueError("write hours and minutes only, such as 09:30; the zone is that of the engagement")
    return value


ClockTime = Annotated[time, AfterValidator(_of_the_day)]


class TeamMember(Record):
    """A person of the audit team, or one who goes with it."""

    person: str
    """Person id."""
    role: TeamRole


class DayHours(Record):
    """The hours in which sessions may lie, in the time zone of the engagement."""

    start: ClockTime
    end: ClockTime

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.end <= self.start:
            raise ValueError("the day ends after it starts")
        return self


class Safeguard(Record):
    """What was done where independence, competence or language is in doubt."""

    person: str
    """Person id of the auditor it is about."""
    about: Literal["independence", "competence", "language"]
    areas: tuple[str, ...] = ()
    """Processes or clauses; empty: all of the person's."""
    sessions: tuple[str, ...] = ()
    """Ids of sessions; empty: all of the person's."""
    because: str = Field(min_length=15)
    """What the doubt is."""
    safeguard: str = Field(min_length=15)
    """What was done about it: a co-auditor, a second look, work performed again."""
    agreed_by: str
    """Person id, not the auditor's own."""
    at: date

    @model_validator(mode="after")
    def _not_agreed_by_oneself(self) -> Self:
        if self.agreed_by == self.person:
            raise ValueError("a safeguard is agreed by somebody other than the person it is about")
        return self


class Session(Record):
    """One line of the timetable."""

    id: str = Field(pattern=r"^S-\d{2,}$")
    at: date
    start: ClockTime
    """``09:00``, in the time zone of the engagement."""
    end: ClockTime
    what: str
    kind: Literal["opening", "audit", "team", "closing"] = "audit"
    site: str | None = None
    """A site of engagement.yaml; None: none, such as a meeting of the team."""
    place: str = ""
    """Room, or the address of a remote session."""
    remote: bool = False
    method: str = ""
    """Interview, observation, records read, work performed again."""
    language: str = ""
    """Empty: that of the plan."""
    clauses: tuple[str, ...] = ()
    processes: tuple[str, ...] = ()
    auditors: tuple[str, ...] = ()
    """Person ids."""
    auditees: tuple[str, ...] = ()
    """Person ids."""
    with_them: tuple[str, ...] = ()
    """Person ids of experts, observers, interpreters and guides; the team says which."""

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> Self:
        if self.end <= self.start:
            raise ValueError(
                "a session ends after it starts, on the same day; split one that crosses midnight"
            )
        return self

    @property
    def minutes(self) -> int:
        """Return how long it lasts."""
        return (self.end.hour - self.start.hour) * 60 + self.end.minute - self.start.minute


class RemoteArrangements(Record):
    """How remote sessions are held."""

    platform: str
    recording: str
    """Whether sound, pictures or screens are kept, and who permitted it."""
    outage: str
    """What happens when the connection fails."""


class PlanChange(Record):
    """A change of the plan after it was agreed."""

    at: date
    by: str
    """Person id."""
    what: str


class AuditPlan(Record):
    """workpapers/audit-plan.yaml."""

    prepared_by: str
    """Person id."""
    prepared_at: date
    audit: str | None = None
    """Id of the audit in the programme."""
    days: Period
    """First and last day of the audit."""
    hours: DayHours
    language: str
    """Language of the audit, such as German."""
    clauses: tuple[str, ...] = ()
    """What has to be seen; empty: every clause of the catalog."""
    team: tuple[TeamMember, ...] = Field(min_length=1)
    sessions: tuple[Session, ...] = Field(min_length=1)
    safeguards: tuple[Safeguard, ...] = ()
    methods: str = ""
    sampling: str = ""
    """How samples are chosen."""
    remote: RemoteArrangements | None = None
    logistics: str = ""
    confidentiality: str = ""
    """What is kept confidential, and how."""
    follow_up: str = ""
    changes: tuple[PlanChange, ...] = ()
    """Oldest first."""

    @model_validator(mode="after")
    def _remote_sessions_are_arranged(self) -> Self:
        if self.remote is None and any(one.remote for one in self.sessions):
            raise ValueError(
                "there are remote sessions, so the plan needs remote: platform, recording, outage"
            )
        return self

    @property
    def stands_since(self) -> date:
        """Return the day of the last change, or of the plan."""
        return max((self.prepared_at, *(one.at for one in self.changes)))
