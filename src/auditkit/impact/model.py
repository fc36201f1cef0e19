"""The nouns of business impact: activities, what they lean on, what stopping costs over time, and what was achieved.

Hours are exact decimals as written. None always means not known, and what is not known is never a pass.
"""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from auditkit.base.model import Record

Kind = Literal["activity", "service", "component", "resource", "supplier"]
Metric = Literal["restore_hours", "availability_percent"]
Hours = Annotated[Decimal, Field(ge=0, le=100_000)]
Percent = Annotated[Decimal, Field(ge=0, le=100)]
Share = Annotated[Decimal, Field(gt=0, le=1)]
KINDS: tuple[Kind, ...] = ("activity", "service", "component", "resource", "supplier")


class Scale(Record):
    """How bad an impact is: levels from harmless to worst, and the one that cannot be borne."""

    levels: tuple[str, ...] = Field(min_length=2)
    intolerable: str
    """The first level that cannot be borne."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if len(set(self.levels)) != len(self.levels):
            raise ValueError("a level stands twice")
        if self.intolerable not in self.levels[1:]:
            raise ValueError("intolerable must be one of the levels, and not the first")
        return self

    def rank(self, level: str) -> int:
        """Return the place of a level, 0 the most harmless."""
        return self.levels.index(level)


class ImpactStep(Record):
    """From so many hours of standstill on, an impact of one type has reached a level."""

    type: str = Field(min_length=1)
    """Such as financial, reputation, legal, safety."""
    after_hours: Hours
    level: str


class Need(Record):
    """What an element leans on: one provider, or a group of which some must work."""

    of: tuple[str, ...] = Field(min_length=1)
    """Ids of the providers; more than one is a redundancy group."""
    at_least: int | None = Field(default=None, ge=1)
    """How many of them must work (k of n); None: all of them."""
    lag_hours: Hours | None = None
    """Time to be back after the providers are back; 0: at once."""
    buffer_hours: Hours | None = None
    """Time it carries on without them; not credited to any need, only shown."""
    share: Share = Decimal(1)
    """Share of the work that depends on it; used for the ranking only."""

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if len(set(self.of)) != len(self.of):
            raise ValueError("a provider stands twice in one need")
        if self.at_least is not None and self.at_least > len(self.of):
            raise ValueError(f"at_least is {self.at_least}, but only {len(self.of)} are named")
        return self

    @property
    def required(self) -> int:
        """Return how many of the providers must work."""
        return len(self.of) if self.at_least is None else self.at_least


class Recovery(Record):
    """A recovery that really took place, in a test or in earnest."""

    id: str = Field(min_length=1)
    """Id of the test or incident it comes from."""
    at: date
    recovered_hours: Hours | None = None
    """Time until it worked again; None: not known, or it did not come back."""
    data_loss_hours: Hours | None = None
    """Age of the data that came back."""
    evidence: str
    """Evidence id of the report or record."""
    action: str = ""
    """Action raised for what fell short."""


class Promise(Record):
    """What an agreement or contract promises: a service to its customers, a supplier to us."""

    id: str = Field(min_length=1)
    """Id of the agreement or contract."""
    metric: Metric
    value: Hours | None = None
    """Hours until it works again, or per cent of the time; None: not known."""
    evidence: str
    """Evidence id of the agreement, contract or list of targets."""
    risk: str = ""
    """Accepted risk, where a supplier promises less than what it carries."""

    @model_validator(mode="after")
    def _is_a_share(self) -> Self:
        if self.metric == "availability_percent" and self.value is not None and self.value > 100:
            raise ValueError("an availability is at most 100 per cent")
        return self


class Element(Record):
    """What every element has: an id, figures of its own, and what it leans on.

    Activities and services need all three times, or nothing that rests on them is sure; for other parts they are targets.
    """

    id: str = Field(min_length=1)
    name: str = ""
    owner: str = ""
    mtpd_hours: Hours | None = None
    """Maximum tolerable period of disruption, as declared."""
    rto_hours: Hours | None = None
    """Recovery time objective, as declared."""
    rpo_hours: Hours | None = None
    """Recovery point objective: how old the data that come back may be."""
    mbco_percent: Percent | None = None
    """Minimum business continuity objective: the level of work that is acceptable in a disruption."""
    needs: tuple[Need, ...] = ()


class Activity(Element):
    """Something the business does."""

    weight: Decimal = Field(default=Decimal(1), gt=0, le=1000)
    """How much it counts in the ranking."""
    impact: tuple[ImpactStep, ...] = ()
    """Impact over time; the tolerable period follows from it."""


class Part(Element):
    """A service, component, resource or supplier."""

    recoveries: tuple[Recovery, ...] = ()
    promises: tuple[Promise, ...] = ()
    risk: str = ""
    """Risk under which it stands as a single point of failure."""


class ImpactFile(Record):
    """impact.yaml: what the business does, what it leans on, and how long it can do without."""

    scale: Scale
    evidence: tuple[str, ...] = ()
    """Evidence ids of the analysis the figures come from."""
    critical_within_hours: Hours = Decimal(24)
    """A service is critical when its disruption cannot be borne for longer than this. House default: a day."""
    horizons_hours: tuple[Hours, ...] = Field(default=(Decimal(4), Decimal(24), Decimal(72)), min_length=1)
    """Points in time at which impacts are added up for the ranking."""
    activities: tuple[Activity, ...] = ()
    services: tuple[Part, ...] = ()
    components: tuple[Part, ...] = ()
    resources: tuple[Part, ...] = ()
    suppliers: tuple[Part, ...] = ()

    @model_validator(mode="after")
    def _levels_are_on_the_scale(self) -> Self:
        for activity in self.activities:
            for step in activity.impact:
                if step.level not in self.scale.levels:
                    raise ValueError(f"{activity.id}: {step.level!r} is no level of the scale")
        return self

    def elements(self) -> tuple[tuple[Kind, Element], ...]:
        """Return every element with its kind, in the order of the file."""
        return (
            *(("activity", one) for one in self.activities),
            *(("service", one) for one in self.services),
            *(("component", one) for one in self.components),
            *(("resource", one) for one in self.resources),
            *(("supplier", one) for one in self.suppliers),
        )
