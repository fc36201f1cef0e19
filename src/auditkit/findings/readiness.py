"""Readiness: whose each blocker is, up to when records have to accrue, and from which day gates can open (pure).

Only what was shown and the dates given count. Unknown stays unknown: one blocker without a date leaves its gate, and
the whole, without a day; then the other blockers say before which day it cannot be. So less evidence never helps.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import NamedTuple

from auditkit.assessment.model import BlockerKind, Gate, GateBlocker
from auditkit.assessment.records_planned import Planned
from auditkit.base.ids import clause_of
from auditkit.base.language import say
from auditkit.evidence.model import TableReading
from auditkit.findings.gates import OPEN_STATES, months_full_on
from auditkit.findings.model import Finding
from auditkit.findings.readiness_days import Clock, Reckoning, reckon_finding, together
from auditkit.findings.readiness_model import BlockerForecast, DateStep, GateForecast, Readiness
from auditkit.findings.readiness_owners import NOBODY, Owner, Owners


class Facts(NamedTuple):
    """What a forecast rests on."""

    clock: Clock
    months: int
    """Parameter ``operation_months``."""
    findings: Mapping[str, Finding]
    """Confirmed findings by id."""
    readings: tuple[TableReading, ...]
    planned: tuple[Planned, ...]
    owners: Owners
    dataset_clauses: Mapping[str, tuple[str, ...]]
    lead_auditor: str

    @property
    def as_of(self) -> date:
        """Return the day the assessment speaks of."""
        return self.clock.as_of


def forecast(gates: Iterable[Gate], facts: Facts) -> Readiness:
    """Forecast every gate, and the day on which all of them can be open."""
    found = tuple(_gate(gate, facts) for gate in gates)
    without = sum(one.without_date for one in found)
    not_before = max((facts.as_of, *(one.not_before for one in found)))
    deciding = next((one for one in found if one.decided_by and one.not_before == not_before), None)
    return Readiness(
        as_of=facts.as_of,
        gates=found,
        day=not_before if found and not without else None,
        not_before=not_before,
        without_date=without,
        decided_by=f"{deciding.title}: {deciding.decided_by}" if deciding else "",
    )


def _gate(gate: Gate, facts: Facts) -> GateForecast:
    blockers = tuple(_blocker(one, facts) for one in gate.blockers)
    without = sum(bool(one.without_date) for one in blockers)
    not_before = max((facts.as_of, *(one.not_before for one in blockers)))
    deciding = [one.what for one in blockers if one.not_before == not_before > facts.as_of]
    return GateForecast(
        gate=gate.id,
        title=gate.title,
        rule=gate.rule,
        passed=gate.passed,
        day=None if without else not_before,
        not_before=not_before,
        without_date=without,
        decided_by=deciding[0] if deciding else "",
        blockers=blockers,
    )


def _blocker(blocker: GateBlocker, facts: Facts) -> BlockerForecast:
    reckoned, owner = _RECKONED.get(blocker.kind, _unknown)(blocker, facts)
    return BlockerForecast(
        what=blocker.what,
        kind=blocker.kind,
        subject=blocker.subject,
        points=blocker.points,
        owner=owner.name,
        owner_by=owner.by,
        due=reckoned.due,
        needs_records=reckoned.needs_records,
        needs_records_until=reckoned.records_until,
        not_before=reckoned.not_before,
        without_date=reckoned.without_date,
        chain=reckoned.steps,
    )


def _document(blocker: GateBlocker, facts: Facts) -> tuple[Reckoning, Owner]:
    """A document needs no waiting: it is there on the day on which the last finding about it is due."""
    findings, uncovered = _covering(blocker.points, facts)
    parts = [reckon_finding(one, facts.clock, effect=False) for one in findings]
    if uncovered:
        parts.append(
            _open_end(say("no finding with a date covers {points}", points=_names(uncovered)), facts)
        )
    owner = _of_findings(findings, facts) or facts.owners.of_document(blocker.subject, blocker.points)
    return together(parts, facts.as_of), owner


def _records(blocker: GateBlocker, facts: Facts) -> tuple[Reckoning, Owner]:
    """Records accrue from the first one shown; where none is shown, from the as-of date, since nothing else was seen."""
    owner = facts.owners.of_dataset(blocker.subject, facts.dataset_clauses.get(blocker.subject, ()))
    firsts = [
        one.first_at
        for one in facts.readings
        if one.dataset == blocker.subject and one.readable and one.first_at is not None
    ]
    first = min(firsts, default=facts.as_of)
    full = max(facts.as_of, months_full_on(first, facts.months))
    wait = say("{n} months of records (parameter operation_months)", n=facts.months)
    if blocker.kind == "records_too_young":
        steps = (DateStep(what=say("first record"), at=first), DateStep(what=wait, at=full))
        return Reckoning(full, steps, needs_records=True, records_until=full), owner
    said = (
        say("first record shown") if firsts else say("no record is shown, so they count from the as-of date")
    )
    steps = (
        DateStep(what=said, at=first),
        DateStep(what=say("{wait}, fewer where an export goes further back", wait=wait), at=full),
    )
    unknown = say("no day is known on which the records will be shown")
    return Reckoning(full, steps, unknown, needs_records=True), owner


def _clause(blocker: GateBlocker, facts: Facts) -> tuple[Reckoning, Owner]:
    """Points with an open finding wait for its proof, the others for the next audit or review that is planned."""
    findings, uncovered = _covering(blocker.points, facts)
    parts = [reckon_finding(one, facts.clock, effect=True) for one in findings]
    if uncovered:
        parts.append(_planned(blocker.subject, uncovered, facts))
    owner = _of_findings(findings, facts) or facts.owners.of_clauses((blocker.subject,))
    return together(parts, facts.as_of), owner


def _planned(clause: str, points: list[str], facts: Facts) -> Reckoning:
    here = next((one for one in facts.planned if one.clause == clause), None)
    ahead = [day for day in here.days if day >= facts.as_of] if here and not here.unsure else []
    if here is None or not ahead:
        doubt = f" ({here.unsure})" if here and here.unsure else ""
        nothing = say("nothing with a date is planned for {points}", points=_names(points))
        return _open_end(f"{nothing}{doubt}", facts)
    next_planned = say("next planned by the records of dataset {dataset}", dataset=here.dataset)
    step = DateStep(what=next_planned, at=ahead[0])
    return Reckoning(ahead[0], (step,), due=ahead[0])


def _major(blocker: GateBlocker, facts: Facts) -> tuple[Reckoning, Owner]:
    return _finding(blocker, facts, effect=True)


def _minor(blocker: GateBlocker, facts: Facts) -> tuple[Reckoning, Owner]:
    """A minor waits for an accepted plan alone, which has to come before the action it plans is due."""
    return _finding(blocker, facts, effect=False)


def _finding(blocker: GateBlocker, facts: Facts, effect: bool) -> tuple[Reckoning, Owner]:
    finding = facts.findings.get(blocker.subject)
    if finding is None:
        return _unknown(blocker, facts)
    owner = _of_findings([finding], facts)
    clauses = (clause_of(point) for point in finding.points)
    return reckon_finding(finding, facts.clock, effect), owner or facts.owners.of_clauses(clauses)


def _auditors(blocker: GateBlocker, facts: Facts) -> tuple[Reckoning, Owner]:
    said = {
        "candidate": say("nobody has decided on the candidate"),
        "not_assessed": say("what the points will show is not known"),
        "not_confirmed": say("no day is set for the judgements"),
    }[blocker.kind]
    return _open_end(said, facts), Owner(facts.lead_auditor, say("lead auditor"))


def _unknown(blocker: GateBlocker, facts: Facts) -> tuple[Reckoning, Owner]:
    return _open_end(say("nothing tells a date"), facts), Owner(
        blocker.owner, ""
    ) if blocker.owner else NOBODY


_RECKONED: dict[BlockerKind, Callable[[GateBlocker, Facts], tuple[Reckoning, Owner]]] = {
    "document_not_shown": _document,
    "records_not_shown": _records,
    "records_too_young": _records,
    "clause_not_conforming": _clause,
    "major_open": _major,
    "minor_without_plan": _minor,
    "candidate": _auditors,
    "not_assessed": _auditors,
    "not_confirmed": _auditors,
}


def _open_end(why: str, facts: Facts) -> Reckoning:
    return Reckoning(facts.as_of, (DateStep(what=why),), why)


def _covering(points: Iterable[str], facts: Facts) -> tuple[list[Finding], list[str]]:
    """Return the open nonconformities raised on points, and the points that none of them covers."""
    wanted = list(points)
    found = [
        one
        for one in facts.findings.values()
        if one.state in OPEN_STATES and one.grade in ("major", "minor") and set(one.points) & set(wanted)
    ]
    covered = {point for one in found for point in one.points}
    return found, [point for point in wanted if point not in covered]


def _of_findings(findings: list[Finding], facts: Facts) -> Owner | None:
    """Return the one owner of all findings, by their answers, else by their actions; None: none or several."""
    named = []
    for one in findings:
        actions = facts.clock.commitments.get(one.id, ())
        by = [Owner(one.answer.owner, say("answer of {finding}", finding=one.id))] if one.answer.owner else []
        named += by or [
            Owner(action.owner, say("action {action}", action=action.id)) for action in actions[:1]
        ]
    return named[0] if len({one.name for one in named}) == 1 else None


def _names(points: list[str], shown: int = 4) -> str:
    named = ", ".join(points[:shown])
    if len(points) <= shown:
        return named
    return say("{names} and {n} more", names=named, n=len(points) - shown)
