"""The audit programme as a document: objectives, risks of areas, audits, and what of the cycle is covered."""

from auditkit.assessment.programme.coverage import STATES, Axis, CoverageRow
from auditkit.assessment.programme.model import AreaResult, Programme, ProgrammeAudit
from auditkit.base.language import message, say, short_day, translated
from auditkit.base.model import Record
from auditkit.base.period import Period
from auditkit.reporting.documents.index import DocumentIndex
from auditkit.reporting.numbers import long_date, whole
from auditkit.reporting.view_model import View
from auditkit.reporting.view_parts import Fact
from auditkit.reporting.words import STAGES, Table

_NO_STAGE = "-"
AUDIT_STATES = Table(
    {"planned": message("planned"), "done": message("held"), "cancelled": message("cancelled")}
)
RISKS = Table({"high": message("high"), "medium": message("medium"), "low": message("low")})
COVERAGE_STATES = Table(
    {
        "overdue": message("overdue"),
        "never": message("never audited"),
        "due": message("due"),
        "planned": message("planned"),
        "covered": message("covered"),
    }
)
_STATES_SAID = Table(
    {
        "overdue": message("its day has passed"),
        "never": message("no audit has covered it, and none is planned"),
        "due": message("its day comes, and no audit before it is planned"),
        "planned": message("an audit before its day is planned"),
        "covered": message("audited in this cycle, and not due soon"),
    }
)
_MARKS = Table(
    {
        "planned": message("planned"),
        "part": message("a part of it"),
        "remote": message("from afar"),
        "done": message("all of it"),
    }
)
_AXES: dict[Axis, str] = {
    "clause": message("Clauses"),
    "process": message("Processes"),
    "site": message("Sites"),
}


class AreaRow(Record):
    """The risk of an area."""

    name: str
    risk: str
    because: str
    change: str


class AuditRow(Record):
    """One audit of the programme."""

    id: str
    title: str
    kind: str
    state: str
    period: str
    covers: tuple[str, ...]
    team: str
    days: str
    notes: tuple[str, ...]


class ProgrammeView(Record):
    """The programme; ``missing`` says that there is none."""

    missing: str
    facts: tuple[Fact, ...] = ()
    areas: tuple[AreaRow, ...] = ()
    audits: tuple[AuditRow, ...] = ()


class CoveredRow(Record):
    """One area over the cycle."""

    area: str
    risk: str
    audits: str
    last: str
    due: str
    state: str
    seen: str
    why: str


class CoveredAxis(Record):
    """Clauses, processes or sites."""

    title: str
    counts: str
    rows: tuple[CoveredRow, ...]


class CoverageView(Record):
    """What of the cycle is audited, planned, due and overdue."""

    missing: str
    legend: str
    axes: tuple[CoveredAxis, ...]


def build_programme(index: DocumentIndex, _: View) -> ProgrammeView:
    """Word the programme."""
    programme = index.run.programme
    if programme is None:
        return ProgrammeView(missing=_missing())
    return ProgrammeView(
        missing="",
        facts=_facts(index, programme),
        areas=tuple(
            AreaRow(
                name=one.name,
                risk=RISKS[one.risk],
                because=one.because,
                change=say("Changed on {day}: {change}", day=short_day(one.changed_at), change=one.change)
                if one.changed_at
                else "",
            )
            for one in programme.areas
        ),
        audits=tuple(_audit(index, one) for one in programme.audits),
    )


def _missing() -> str:
    return say("No audit programme is recorded with this engagement.")


def _facts(index: DocumentIndex, programme: Programme) -> tuple[Fact, ...]:
    approved = programme.approved
    who = (
        say(
            "{name}, {role}, on {day}",
            name=index.person(approved.by),
            role=approved.role or say("role not stated"),
            day=long_date(approved.at),
        )
        if approved
        else say("not approved")
    )
    risks = tuple(
        say("{risk} What is done: {treatment}", risk=one.risk, treatment=one.treatment)
        for one in programme.risks
    )
    stated = (
        (say("Programme"), (" ".join(filter(None, (programme.title, programme.version))),)),
        (say("Cycle"), (days_text(programme.cycle),)),
        (say("Managed by"), (index.person(programme.managed_by),)),
        (say("Approved by"), (who,)),
        (say("Objectives"), programme.objectives),
        (say("Criteria"), programme.criteria),
        (say("Methods"), (programme.methods,)),
        (say("Resources"), (programme.resources,)),
        (say("Risks of the programme"), risks),
        (say("Review"), (programme.review,)),
    )
    return tuple(Fact(label=label, lines=lines) for label, lines in stated if any(lines))


def days_text(period: Period) -> str:
    """Word the first and the last day of a period."""
    return say("{start} to {end}", start=long_date(period.start), end=long_date(period.end))


def _audit(index: DocumentIndex, audit: ProgrammeAudit) -> AuditRow:
    team = [say("{name} (lead)", name=index.person(audit.lead)), *(index.person(one) for one in audit.team)]
    stage = "" if audit.stage == _NO_STAGE else STAGES[audit.stage]
    return AuditRow(
        id=audit.id,
        title=audit.title,
        kind=", ".join(filter(None, (audit.kind, stage))),
        state=AUDIT_STATES[audit.state],
        period=say("{start} to {end}", start=short_day(audit.period.start), end=short_day(audit.period.end)),
        covers=_covers(audit),
        team=", ".join(team),
        days=f"{audit.days:f}" if audit.days is not None else say("not set"),
        notes=tuple(
            one for one in (audit.scope, audit.resources, audit.because, *map(_result, audit.results)) if one
        ),
    )


def _covers(audit: ProgrammeAudit) -> tuple[str, ...]:
    remote = ", ".join(audit.remote_sites)
    stated = (
        (say("Clauses"), ", ".join(audit.clauses)),
        (say("Processes"), ", ".join(audit.processes)),
        (say("Sites"), ", ".join(audit.sites)),
        (say("From afar"), remote),
    )
    return tuple(say("{label}: {text}", label=label, text=text) for label, text in stated if text)


def _result(result: AreaResult) -> str:
    counts = say(
        "{area}: {majors} major, {minors} minor",
        area=result.name,
        majors=whole(result.majors),
        minors=whole(result.minors),
    )
    return f"{counts}. {result.note}".strip()


def build_coverage(index: DocumentIndex, _: View) -> CoverageView:
    """Word the coverage of the cycle; no area is left out."""
    if index.run.programme is None:
        return CoverageView(missing=_missing(), legend="", axes=())
    by_axis = [
        (title, [one for one in index.run.coverage if one.axis == axis]) for axis, title in _AXES.items()
    ]
    return CoverageView(
        missing="" if index.run.coverage else say("Coverage was not reckoned."),
        legend="; ".join(
            say("{state}: {meaning}", state=COVERAGE_STATES[one], meaning=_STATES_SAID[one]) for one in STATES
        ),
        axes=tuple(
            CoveredAxis(title=translated(title), counts=_counts(rows), rows=tuple(map(_covered, rows)))
            for title, rows in by_axis
            if rows
        ),
    )  # fmt: skip


def _counts(rows: list[CoverageRow]) -> str:
    states = [one.state for one in rows]
    told = ", ".join(
        say("{number} {state}", number=whole(states.count(one)), state=COVERAGE_STATES[one]) for one in STATES
    )
    return say("Of {number}: {counts}.", number=whole(len(rows)), counts=told)


def _covered(row: CoverageRow) -> CoveredRow:
    marks = "; ".join(
        say("{audit}: {share}", audit=audit, share=_MARKS[mark]) for audit, mark in row.marks.items() if mark
    )
    seen = say("{seen} of {points}", seen=whole(row.examined), points=whole(row.points)) if (
        row.points is not None and row.examined is not None
    ) else ""  # fmt: skip
    return CoveredRow(
        area=row.title if row.title == row.id or row.axis == "process" else f"{row.id} {row.title}",
        risk=RISKS[row.risk] if row.risk else say("not rated"),
        audits=marks,
        last=short_day(row.last) if row.last else say("never"),
        due=short_day(row.due),
        state=COVERAGE_STATES[row.state],
        seen=seen,
        why=translated(row.why) if row.state in ("overdue", "never", "due") else "",
    )
