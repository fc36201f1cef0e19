"""From which day gates can open, worded; and the list for stage 1."""

from datetime import date

from auditkit.findings.readiness_model import BlockerForecast, GateForecast, Readiness, StageDocument
from auditkit.reporting import words
from auditkit.reporting.numbers import count, long_date
from auditkit.reporting.view_index import Index, points_text
from auditkit.reporting.view_parts import Forecast, GateDay, StageRow, WaitingRow

STAGE_STATES = {
    "ready": "ready",
    "confirmed": "confirmed by an auditor",
    "defects": "received, with defects",
    "missing": "missing",
    "refused": "refused",
    "does_not_exist": "declared as not existing",
}
LACKING = frozenset(STAGE_STATES[one] for one in ("defects", "missing", "refused", "does_not_exist"))
"""States, in words, of what still has to be done."""


def build_forecast(index: Index) -> Forecast | None:
    """Word the forecast; candidates are counted in one line, since no conclusion may repeat what they say."""
    readiness = index.run.readiness
    if readiness is None:
        return None
    return Forecast(
        sentences=_sentences(readiness),
        gates=tuple(_gate(index, one) for one in readiness.gates),
        stage_1=tuple(_stage(index, one) for one in readiness.stage_1),
    )


def _sentences(readiness: Readiness) -> tuple[str, ...]:
    day = long_date(readiness.not_before)
    without = count(readiness.without_date, "blocker")
    if all(one.passed for one in readiness.gates):
        return (f"Every gate is open on {day}.",)
    if readiness.without_date:
        verb = "has" if readiness.without_date == 1 else "have"
        said = f"By what was shown and the dates given, not before {day}; {without} {verb} no date."
    else:
        said = f"By what was shown and the dates given, every gate can be open on {day}."
    if not readiness.decided_by:
        return (said,)
    return (said, f"That day is decided by {readiness.decided_by}. {_reckoned(_deciding(readiness))}")


def _deciding(readiness: Readiness) -> BlockerForecast:
    return next(
        blocker
        for gate in readiness.gates
        for blocker in gate.blockers
        if f"{gate.title}: {blocker.what}" == readiness.decided_by
        and blocker.not_before == readiness.not_before
    )


def _reckoned(blocker: BlockerForecast) -> str:
    """Word how a day was reckoned, step by step."""
    steps = [f"{one.what}: {one.at}" if one.at else one.what for one in blocker.chain]
    text = "; ".join(steps)
    return f"{text[:1].upper()}{text[1:]}." if text else ""


def _gate(index: Index, gate: GateForecast) -> GateDay:
    rows = [_row(index, one) for one in gate.blockers if one.kind != "candidate"]
    candidates = [one for one in gate.blockers if one.kind == "candidate"]
    if candidates:
        what = f"{count(len(candidates), 'candidate finding')} of Annex A to be confirmed or rejected"
        first = _row(index, candidates[0])
        why = "Nobody has decided on them."
        rows.append(first.model_copy(update={"what": what, "points": "", "why": why}))
    return GateDay(
        mark=words.PASSED if gate.passed else words.BLOCKED,
        title=gate.title,
        rule=gate.rule,
        earliest=_gate_day(gate),
        blockers=tuple(rows),
    )


def _gate_day(gate: GateForecast) -> str:
    if gate.passed:
        return "open"
    if gate.day is not None:
        return str(gate.day)
    return f"not before {gate.not_before}; {gate.without_date} without a date"


def _row(index: Index, blocker: BlockerForecast) -> WaitingRow:
    until = blocker.needs_records_until
    records = str(until) if until else "not known" if blocker.needs_records else "none needed"
    return WaitingRow(
        what=blocker.what,
        points=points_text(blocker.points),
        owner=index.person(blocker.owner) if blocker.owner else "no owner",
        due=str(blocker.due) if blocker.due else "no date",
        records=records,
        earliest="no date" if blocker.without_date else str(blocker.not_before),
        why=_reckoned(blocker),
    )


def _stage(index: Index, document: StageDocument) -> StageRow:
    received = []
    for one in document.received:
        parts = [one.evidence, f"version {one.version}" if one.version else "", _approved(one.approved)]
        parts.append(_review(one.in_date, one.next_review_at))
        received.append(", ".join(part for part in parts if part))
    return StageRow(
        id=document.id,
        title=document.title,
        asked_by=document.asked_by,
        clauses=", ".join(document.clauses),
        asked="; ".join(index.named(one) for one in document.asked) or "not asked for",
        received=tuple(received),
        state=STAGE_STATES[document.state],
        faults=tuple(index.named(one) for one in document.faults),
        owner=index.person(document.owner) if document.owner else "no owner",
    )


def _approved(approved: str) -> str:
    return f"approved by {approved}" if approved else "no approval shown"


def _review(in_date: bool | None, day: date | None) -> str:
    if in_date is None:
        return "states no review date"
    return f"to be reviewed by {day}" if in_date else f"review was due {day}"
