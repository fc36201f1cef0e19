"""The nouns of readiness: from which day a gate can open, how that was reckoned, and what stage 1 asks for."""

from datetime import date
from typing import Literal

from auditkit.assessment.model import BlockerKind
from auditkit.base.model import Record

StageState = Literal["ready", "confirmed", "defects", "missing", "refused", "does_not_exist"]


class DateStep(Record):
    """One step of reckoning a day."""

    what: str
    """Such as ``30 days of operation (parameter verification_wait_days)``."""
    at: date | None = None
    """The day reached by this step; None: it is not known."""


class BlockerForecast(Record):
    """A blocker, whose it is, and from which day it can be gone."""

    what: str
    kind: BlockerKind
    subject: str
    points: tuple[str, ...]
    owner: str | None
    """Name or person id; None: nobody is known to own it."""
    owner_by: str
    """Where the owner is stated."""
    due: date | None
    needs_records: bool
    """It goes away only when records have accrued."""
    needs_records_until: date | None
    """The day up to which they have to; None with ``needs_records``: not known yet."""
    not_before: date
    """The earliest day by what was shown and by the dates given; never before the as-of date."""
    without_date: str
    """Why no day can be named; empty: ``not_before`` is the day."""
    chain: tuple[DateStep, ...]
    """How the day was reckoned, first step first."""


class GateForecast(Record):
    """A gate, and from which day it can open."""

    gate: str
    title: str
    rule: str
    passed: bool
    day: date | None
    """None: some blocker has no date. Of a gate that is passed: the as-of date."""
    not_before: date
    without_date: int
    """Number of blockers that have no date."""
    decided_by: str
    """The blocker that sets ``not_before``; empty: nothing moves it beyond the as-of date."""
    blockers: tuple[BlockerForecast, ...]


class Received(Record):
    """A document or export as it was handed over."""

    evidence: str
    title: str
    version: str | None = None
    approved: str = ""
    """By whom and when; empty: no approval is shown."""
    in_date: bool | None = None
    """Whether its review date still lies ahead; None: it states none."""
    next_review_at: date | None = None


class StageDocument(Record):
    """One line of the list for stage 1."""

    id: str
    title: str
    asked_by: Literal["standard", "auditor"]
    """Whether the standard names it, or auditors usually ask for it."""
    clauses: tuple[str, ...]
    why: str
    asked: tuple[str, ...]
    """Requests for it: id, day, of whom, answer."""
    received: tuple[Received, ...]
    state: StageState
    faults: tuple[str, ...]
    """What keeps it from being ready."""
    owner: str | None


class Readiness(Record):
    """How far the organisation is from every gate, and by when it can be ready."""

    as_of: date
    gates: tuple[GateForecast, ...]
    day: date | None
    """The day on which every gate can be open; None: some blocker has no date."""
    not_before: date
    without_date: int
    decided_by: str
    """The gate and blocker that set ``not_before``."""
    stage_1: tuple[StageDocument, ...] = ()
