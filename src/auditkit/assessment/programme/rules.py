"""The rules of a programme as data (checklists/programme/*.yaml): how often, how much, how many days."""

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from auditkit.assessment.sampling.multisite import Visit as SiteVisit
from auditkit.base.model import Record

When = Literal["high", "medium", "low", "unrated", "open_major", "changed", "once_a_cycle"]
Amount = Literal["one", "persons", "sites", "services", "processes"]


def _as_written(value: Any) -> Any:
    """Take a number of the file by its digits."""
    return str(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else value


Number = Annotated[Decimal, BeforeValidator(_as_written)]


class _Sourced(Record):
    """A rule that says itself and where it comes from."""

    says: str
    """The rule in words, printed with what follows from it."""
    source: str


class FrequencyRule(_Sourced):
    """When an area has to be audited again; of all that fire the earliest day counts."""

    id: str
    when: When
    months: int | None = Field(default=None, ge=1)
    """Months to the next audit; None only for once_a_cycle, which is due at the end of the cycle."""
    amount: str = ""
    """How much of the area is looked at."""


class RuleNumber(_Sourced):
    """A number a rule uses."""

    value: Number = Field(ge=0)


class RuleChoice(_Sourced):
    """Yes or no."""

    value: bool


class CountsWhen(_Sourced):
    """What makes a clause of this engagement count as audited."""

    value: Literal["examined", "confirmed"]
    """examined: every point has a verdict; confirmed: a person has confirmed every verdict."""


class EffortTerm(_Sourced):
    """One part of the days: so many days for each, or for the square root of, an amount."""

    id: str
    of: Amount
    form: Literal["each", "root"] = "each"
    days: Number = Field(ge=0)


class EffortShare(_Sourced):
    """The share of the whole that an audit of a kind and stage takes."""

    kind: str
    stage: Literal["1", "2", "surveillance", "recertification", "-"] = "-"
    percent: Number = Field(gt=0)
    sites: SiteVisit
    """Which square-root rule says how many sites are visited."""


class AdjustmentRule(_Sourced):
    """A reason for more (above 0) or less time."""

    id: str
    percent: Number


class EffortRules(Record):
    """The formula of audit days."""

    hours_per_day: RuleNumber
    rounding_days: RuleNumber
    """Days are rounded up to a multiple of this."""
    session_percent: RuleNumber
    """The share of the days that is spent in sessions."""
    most_reduction_percent: RuleNumber
    terms: tuple[EffortTerm, ...] = Field(min_length=1)
    shares: tuple[EffortShare, ...] = Field(min_length=1)
    adjustments: tuple[AdjustmentRule, ...] = ()


class ProgrammeRules(Record):
    """checklists/programme/*.yaml."""

    id: str
    title: str
    frequency: tuple[FrequencyRule, ...] = Field(min_length=1)
    notice_months: RuleNumber
    """An area is called due so many months before its day, when no audit is planned."""
    counts_when: CountsWhen
    site_needs_visit: RuleChoice
    """True: a site that was only seen from afar does not count as visited."""
    independence_months: RuleNumber
    """So long after leaving an area a person is not independent of it."""
    effort: EffortRules
