"""From which day gates can open, worded; and the list for stage 1."""

from datetime import date

from auditkit.base.language import message, say, say_as, say_count, short_day, translated
from auditkit.findings.readiness_model import BlockerForecast, GateForecast, Readiness, StageDocument
from auditkit.reporting import words
from auditkit.reporting.numbers import long_date, whole
from auditkit.reporting.view_index import Index, points_text
from auditkit.reporting.view_parts import Forecast, GateDay, StageRow, WaitingRow

STAGE_STATES = words.Table(
    {
        "ready": message("ready"),
        "confirmed": message("confirmed by an auditor"),
        "defects": message("received, with defects"),
        "missing": message("missing"),
        "refused": message("refused"),
        "does_not_exist": message("declared as not existing"),
    }
)
_LACKING = ("defects", "missing", "refused", "does_not_exist")
"""States of what still has to be done."""


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
    if all(one.passed for one in readiness.gates):
        return (say("Every gate is open on {day}.", day=day),)
    if readiness.without_date:
        said = say_count(
            "By what was shown and the dates given, not before {day}; {number} blocker has no date.",
            "By what was shown and the dates given, not before {day}; {number} blockers have no date.",
            readiness.without_date,
            day=day,
            number=whole(readiness.without_date),
        )
    else:
        said = say("By what was shown and the dates given, every gate can be open on {day}.", day=day)
    found = _deciding(readiness)
    if found is None:
        return (said,)
    gate, blocker = found
    decided = say(
        "That day is decided by {gate}: {blocker}.", gate=translated(gate.title), blocker=blocker.what
    )
    return (said, f"{decided} {_reckoned(blocker)}")


def _deciding(readiness: Readiness) -> tuple[GateForecast, BlockerForecast] | None:
    """Return the blocker that decides the day, with its gate; None: nothing moves it beyond the as-of date."""
    day = readiness.not_before
    gates = (one for one in readiness.gates if one.decided_by and one.not_before == day)
    gate = next(gates, None)
    if gate is None:
        return None
    return gate, next(one for one in gate.blockers if one.not_before == day)


def _reckoned(blocker: BlockerForecast) -> str:
    """Word how a day was reckoned, step by step."""
    steps = [f"{one.what}: {short_day(one.at)}" if one.at else one.what for one in blocker.chain]
    return f"{words.lifted('; '.join(steps))}." if steps else ""


def _gate(index: Index, gate: GateForecast) -> GateDay:
    rows = [_row(index, one) for one in gate.blockers if one.kind != "candidate"]
    candidates = [one for one in gate.blockers if one.kind == "candidate"]
    if candidates:
        first = _row(index, candidates[0])
        why = say("Nobody has decided on them.")
        rows.append(
            first.model_copy(update={"what": undecided(index, len(candidates)), "points": "", "why": why})
        )
    return GateDay(
        mark=words.PASSED if gate.passed else words.BLOCKED,
        title=translated(gate.title),
        rule=translated(gate.rule),
        earliest=_gate_day(gate),
        blockers=tuple(rows),
    )


def undecided(index: Index, candidates: int) -> str:
    """Count the candidates that block a gate, without a word of what they say."""
    return say_count(
        "{number} candidate finding of {place} to be confirmed or rejected",
        "{number} candidate findings of {place} to be confirmed or rejected",
        candidates,
        number=whole(candidates),
        place=index.place("candidates"),
    )


def _gate_day(gate: GateForecast) -> str:
    if gate.passed:
        return say_as("gate", "open")
    if gate.day is not None:
        return short_day(gate.day)
    return say(
        "not before {day}; {number} without a date",
        day=short_day(gate.not_before),
        number=whole(gate.without_date),
    )


def _row(index: Index, blocker: BlockerForecast) -> WaitingRow:
    return WaitingRow(
        what=blocker.what,
        points=points_text(blocker.points),
        owner=index.person(blocker.owner) if blocker.owner else say("no owner"),
        due=short_day(blocker.due) if blocker.due else say("no date"),
        needs_records=blocker.needs_records or blocker.needs_records_until is not None,
        records=_records(blocker),
        earliest=say("no date") if blocker.without_date else short_day(blocker.not_before),
        why=_reckoned(blocker),
    )


def _records(blocker: BlockerForecast) -> str:
    if blocker.needs_records_until:
        return short_day(blocker.needs_records_until)
    return say("not known") if blocker.needs_records else say("none needed")


def _stage(index: Index, document: StageDocument) -> StageRow:
    received = []
    for one in document.received:
        parts = [one.evidence, say("version {version}", version=one.version) if one.version else ""]
        parts += [_approved(one.approved), _review(one.in_date, one.next_review_at)]
        received.append(", ".join(part for part in parts if part))
    return StageRow(
        id=document.id,
        title=translated(document.title),
        asked_by=document.asked_by,
        clauses=", ".join(document.clauses),
        asked="; ".join(index.named(one) for one in document.asked) or say("not asked for"),
        received=tuple(received),
        state=STAGE_STATES[document.state],
        lacking=document.state in _LACKING,
        faults=tuple(index.named(one) for one in document.faults),
        owner=index.person(document.owner) if document.owner else say("no owner"),
    )


def _approved(approved: str) -> str:
    return say("approved by {approval}", approval=approved) if approved else say("no approval shown")


def _review(in_date: bool | None, day: date | None) -> str:
    if in_date is None or day is None:
        return say("states no review date")
    if in_date:
        return say("to be reviewed by {day}", day=short_day(day))
    return say("review was due {day}", day=short_day(day))
