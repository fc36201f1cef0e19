"""From which day a finding no longer stands in the way: the dates given, then the time its proof takes (pure).

No date is taken for granted: a finding that is not answered, an action without a date and a date that has passed
leave the day unknown.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import NamedTuple

from auditkit.base.language import say, short_day
from auditkit.findings.gates import months_full_on
from auditkit.findings.model import Finding
from auditkit.findings.readiness_model import DateStep


class Commitment(NamedTuple):
    """An action of the plan that answers a finding."""

    id: str
    owner: str
    due: date | None
    done: bool


class Clock(NamedTuple):
    """What days are reckoned with."""

    as_of: date
    wait_days: int
    """Parameter ``verification_wait_days``."""
    record_months: int
    """Months of new records that prove the effect where records showed the failure."""
    commitments: Mapping[str, tuple[Commitment, ...]]
    """By finding."""
    on_records: frozenset[str]
    """Findings that confirm what a record test saw, whether or not the records are still there."""


class Reckoning(NamedTuple):
    """From which day something can be gone."""

    not_before: date
    steps: tuple[DateStep, ...] = ()
    without_date: str = ""
    """Why there is no day; empty: ``not_before`` is the day."""
    due: date | None = None
    needs_records: bool = False
    records_until: date | None = None


def reckon_finding(finding: Finding, clock: Clock, effect: bool) -> Reckoning:
    """Reckon from the dates of a finding. ``effect``: the effect of its action has to be shown, not the action alone."""
    done = finding.answer.implemented_at if finding.state == "implemented" else None
    if done is not None:
        start, due, missing = done, finding.answer.due, ""
        steps = [DateStep(what=say("{finding} implemented", finding=finding.id), at=done)]
    else:
        dues = _dues(finding, clock)
        missing = _missing(finding, dues, clock.as_of)
        due = max((day for _, day in dues if day is not None), default=None)
        start = max(clock.as_of, due or clock.as_of)
        steps = [DateStep(what=say("{what} due", what=who), at=day) for who, day in dues if day is not None]
        missing = missing and f"{finding.id} {missing}"
        steps += [DateStep(what=missing)] if missing else []
    if not effect:
        return Reckoning(max(clock.as_of, start), tuple(steps), missing, due)
    until, waits = _proof(finding, clock, start, known=not missing)
    return Reckoning(
        not_before=max(clock.as_of, until),
        steps=(*steps, *waits),
        without_date=missing,
        due=due,
        needs_records=True,
        records_until=None if missing else until,
    )


def together(parts: list[Reckoning], as_of: date) -> Reckoning:
    """Reckon what is gone only when every part is: the last day counts, and one unknown part leaves it unknown."""
    dues = [one.due for one in parts if one.due is not None]
    waiting = [one for one in parts if one.needs_records]
    untils = [one.records_until for one in waiting if one.records_until is not None]
    return Reckoning(
        not_before=max((as_of, *(one.not_before for one in parts))),
        steps=tuple(dict.fromkeys(step for one in parts for step in one.steps)),
        without_date="; ".join(dict.fromkeys(one.without_date for one in parts if one.without_date)),
        due=max(dues, default=None),
        needs_records=bool(waiting),
        records_until=max(untils) if untils and len(untils) == len(waiting) else None,
    )


def _proof(finding: Finding, clock: Clock, start: date, known: bool) -> tuple[date, list[DateStep]]:
    """Return from when the effect can be shown, and the waits; their days are told only when the start is known."""
    waited = start + timedelta(days=clock.wait_days)
    until = waited
    said = say("{n} days of operation (parameter verification_wait_days)", n=clock.wait_days)
    steps = [DateStep(what=said, at=waited if known else None)]
    if finding.id in clock.on_records and clock.record_months:
        accrued = months_full_on(start, clock.record_months)
        said = say("{n} months of new records, for the measure is a record test", n=clock.record_months)
        steps.append(DateStep(what=said, at=accrued if known else None))
        until = max(waited, accrued)
    return until, steps


def _dues(finding: Finding, clock: Clock) -> list[tuple[str, date | None]]:
    """Return the date of the answer and of every action that is not done."""
    actions = [(one.id, one.due) for one in clock.commitments.get(finding.id, ()) if not one.done]
    return [(say("answer of {finding}", finding=finding.id), finding.answer.due), *actions]


def _missing(finding: Finding, dues: list[tuple[str, date | None]], as_of: date) -> str:
    """Say what keeps the day of the action from being known; empty when it is known."""
    if finding.state == "raised":
        return say("is not answered")
    if finding.state == "reopened":
        return say("was opened again and needs a new answer")
    without = [who for who, day in dues if day is None]
    if without:
        return say("has no date ({names})", names=", ".join(without))
    past = [f"{who}, {short_day(day)}" for who, day in dues if day is not None and day < as_of]
    return say("is past its date ({dates})", dates=", ".join(past)) if past else ""
