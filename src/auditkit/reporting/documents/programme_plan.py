"""The plan of the audit as a document: team, timetable by day, safeguards, and what else was agreed."""

from auditkit.assessment.programme.plan import AuditPlan, Safeguard, Session
from auditkit.base.language import message, say, short_day
from auditkit.base.model import Record
from auditkit.reporting.documents.index import DocumentIndex
from auditkit.reporting.documents.programme import days_text
from auditkit.reporting.numbers import long_date
from auditkit.reporting.programme_words import DOUBTS
from auditkit.reporting.view_model import View
from auditkit.reporting.view_parts import Fact
from auditkit.reporting.words import Table

ROLES = Table(
    {
        "lead": message("lead auditor"),
        "auditor": message("auditor"),
        "technical_expert": message("technical expert"),
        "observer": message("observer"),
        "trainee": message("trainee"),
        "interpreter": message("interpreter"),
        "guide": message("guide"),
    }
)


class SessionRow(Record):
    """One line of the timetable."""

    time: str
    id: str
    what: str
    about: str
    where: str
    auditors: str
    auditees: str
    method: str


class DayView(Record):
    """The sessions of one day."""

    title: str
    rows: tuple[SessionRow, ...]


class AuditPlanView(Record):
    """The plan; ``missing`` says that there is none."""

    missing: str
    facts: tuple[Fact, ...] = ()
    days: tuple[DayView, ...] = ()
    safeguards: tuple[Fact, ...] = ()
    more: tuple[Fact, ...] = ()


def build_audit_plan(index: DocumentIndex, _: View) -> AuditPlanView:
    """Word the plan."""
    plan = index.run.audit_plan
    if plan is None:
        return AuditPlanView(missing=say("No audit plan is recorded with this engagement."))
    days = sorted({one.at for one in plan.sessions})
    return AuditPlanView(
        missing="",
        facts=_facts(index, plan),
        days=tuple(
            DayView(
                title=long_date(day),
                rows=tuple(
                    _session(index, one)
                    for one in sorted(plan.sessions, key=lambda one: (one.start, one.id))
                    if one.at == day
                ),
            )
            for day in days
        ),
        safeguards=tuple(_safeguard(index, one) for one in plan.safeguards),
        more=_more(index, plan),
    )


def _facts(index: DocumentIndex, plan: AuditPlan) -> tuple[Fact, ...]:
    engagement = index.run.engagement
    hours = say(
        "{start} to {end} ({zone})",
        start=f"{plan.hours.start:%H:%M}",
        end=f"{plan.hours.end:%H:%M}",
        zone=engagement.time_zone,
    )
    team = tuple(
        say("{name}, {role}", name=index.person(one.person), role=ROLES[one.role]) for one in plan.team
    )
    stated = (
        (say("Audit"), (plan.audit or say("of no programme"),)),
        (say("Objectives"), engagement.objectives),
        (say("Days"), (days_text(plan.days),)),
        (say("Hours"), (hours,)),
        (say("Language"), (plan.language,)),
        (say("Clauses"), (", ".join(plan.clauses) or say("all of the catalog"),)),
        (say("Team"), team),
        (
            say("Prepared by"),
            (say("{name}, {day}", name=index.person(plan.prepared_by), day=long_date(plan.prepared_at)),),
        ),
    )
    return tuple(Fact(label=label, lines=lines) for label, lines in stated if any(lines))


def _session(index: DocumentIndex, one: Session) -> SessionRow:
    def people(persons: tuple[str, ...]) -> str:
        return ", ".join(index.person(each) for each in persons)

    return SessionRow(
        time=f"{one.start:%H:%M}–{one.end:%H:%M}",
        id=one.id,
        what=one.what,
        about=", ".join((*one.processes, *one.clauses)),
        where=", ".join(filter(None, (one.site, one.place, say("at a distance") if one.remote else ""))),
        auditors=people((*one.auditors, *one.with_them)),
        auditees=people(one.auditees),
        method=one.method,
    )


def _safeguard(index: DocumentIndex, one: Safeguard) -> Fact:
    about = ", ".join((*one.areas, *one.sessions)) or say("everything")
    agreed = say("Agreed by {name}, {day}.", name=index.person(one.agreed_by), day=long_date(one.at))
    return Fact(
        label=say("{name}: {doubt} ({about})", name=index.person(one.person), doubt=DOUBTS[one.about], about=about),
        lines=(one.because, one.safeguard, agreed),
    )  # fmt: skip


def _more(index: DocumentIndex, plan: AuditPlan) -> tuple[Fact, ...]:
    remote = plan.remote
    changes = tuple(
        say("{day}, {name}: {what}", day=short_day(one.at), name=index.person(one.by), what=one.what)
        for one in plan.changes
    )
    stated = (
        (say("Methods"), (plan.methods,)),
        (say("Sampling"), (plan.sampling,)),
        (say("Remote sessions"), (remote.platform,) if remote else ()),
        (say("Recording"), (remote.recording,) if remote else ()),
        (say("When the connection fails"), (remote.outage,) if remote else ()),
        (say("Logistics"), (plan.logistics,)),
        (say("Confidentiality"), (plan.confidentiality,)),
        (say("Follow-up"), (plan.follow_up,)),
        (say("Changes of the plan"), changes),
    )
    return tuple(Fact(label=label, lines=lines) for label, lines in stated if any(lines))
