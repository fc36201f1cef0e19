"""What is wrong with a plan: independence, competence, time, and what nobody is going to look at (pure).

Nothing here stops an audit. A doubt about a person is said until a safeguard is recorded for it.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from typing import Literal, NamedTuple

from auditkit.assessment.engagement import Engagement, Person, Visit
from auditkit.assessment.programme.areas import Known
from auditkit.assessment.programme.dates import months_after
from auditkit.assessment.programme.ics import moment
from auditkit.assessment.programme.model import Programme
from auditkit.assessment.programme.plan import JUDGING, KNOWING, AuditPlan, Session
from auditkit.assessment.programme.rules import ProgrammeRules
from auditkit.base.issue import InputIssue
from auditkit.base.place import Place

Doubt = Literal["independence", "competence", "language"]
FILE = "workpapers/audit-plan.yaml"
_INDEPENDENCE_MONTHS = 12
"""Without rules of a programme."""


def check_plan(
    plan: AuditPlan,
    places: Mapping[str, Place],
    known: Known,
    engagement: Engagement,
    programme: Programme | None,
    rules: ProgrammeRules | None,
) -> tuple[InputIssue, ...]:
    """Return what is wrong with a plan, session by session and then as a whole; a plan without a fault gives none.

    ``places``: where each session stands in its file.
    """
    months = int(rules.independence_months.value) if rules else _INDEPENDENCE_MONTHS
    check = _Check(plan, places, known, engagement, months)
    return (
        *(one for session in plan.sessions for one in check.session(session)),
        *check.overlaps(),
        *check.gaps(),
        *check.visits(),
        *check.agreement(programme),
    )


def needed(session: Session, known: Known) -> frozenset[str]:
    """Return the clauses with points that a session is about."""
    return known.all_leaves((*session.clauses, *session.processes))


class _Check(NamedTuple):
    plan: AuditPlan
    places: Mapping[str, Place]
    known: Known
    engagement: Engagement
    months: int

    def session(self, one: Session) -> Iterator[InputIssue]:
        yield from self.times(one)
        yield from self.roles(one)
        for person in one.auditors:
            yield from self.independence(one, self.known.people[person])
        yield from self.competence(one)
        yield from self.languages(one)

    def times(self, one: Session) -> Iterator[InputIssue]:
        hours, days = self.plan.hours, self.plan.days
        if not days.contains(one.at):
            message = f"{one.id} is on {one.at}, outside the days of the audit, {days}."
            yield self.doubt("session-outside-hours", one, message, "Move the session, or correct days.")
        if one.start < hours.start or one.end > hours.end:
            message = (
                f"{one.id} runs from {one.start:%H:%M} to {one.end:%H:%M}; the hours of the audit are "
                f"{hours.start:%H:%M} to {hours.end:%H:%M}."
            )
            yield self.doubt("session-outside-hours", one, message, "Move the session, or agree other hours.")
        zone = self.engagement.time_zone
        if any(moment(one.at, clock, zone) is None for clock in (one.start, one.end)):
            message = (
                f"{one.id} starts or ends while the clocks of {zone} change, so its time is not one moment."
            )
            yield self.doubt(
                "session-time-unclear", one, message, "Choose a time before or after the change."
            )

    def roles(self, one: Session) -> Iterator[InputIssue]:
        roles = {member.person: member.role for member in self.plan.team}
        for person in dict.fromkeys((*one.auditors, *one.with_them)):
            if person not in roles:
                message = f"{one.id} has {person}, who is not in the team."
                yield self.doubt(
                    "session-outside-team", one, message, "Add the person to the team, with a role."
                )
        for person in sorted(set(one.auditors) & set(one.auditees)):
            message = f"In {one.id} {person} is auditor and auditee at the same time."
            yield self.doubt("auditor-is-auditee", one, message, "Name another auditor, or another auditee.")
        if one.kind == "audit" and not any(roles.get(person) in JUDGING for person in one.auditors):
            message = (
                f"{one.id} has no auditor; observers, trainees and experts do not conduct a session alone."
            )
            yield self.doubt("session-without-auditor", one, message, "Add an auditor of the team.")

    def independence(self, one: Session, person: Person) -> Iterator[InputIssue]:
        areas = list(person.areas)
        areas += [
            area for area, left in person.earlier_areas.items() if one.at < months_after(left, self.months)
        ]
        for area in areas:
            leaves = self.known.leaves(area)
            if leaves is None and needed(one, self.known):
                message = f"{person.id} works in {area}, which is no process or clause, so independence in {one.id} is not known."
                yield self.doubt(
                    "independence-unknown",
                    one,
                    message,
                    "Name the area by the id of a process or by a clause.",
                )
            own = needed(one, self.known) & (leaves or frozenset())
            if own and not self.guarded(one, person.id, "independence", own):
                clauses = ", ".join(self.known.shortest(own))
                message = f"{person.id} audits {area} (clause {clauses}) in {one.id}, and works there or did so lately."
                yield self.doubt(
                    "auditor-own-area",
                    one,
                    message,
                    "Name another auditor, or record a safeguard for independence.",
                )

    def competence(self, one: Session) -> Iterator[InputIssue]:
        knowing = {member.person for member in self.plan.team if member.role in KNOWING}
        present = [self.known.people[name] for name in (*one.auditors, *one.with_them) if name in knowing]
        wanted = needed(one, self.known)
        lacking = wanted - self.known.all_leaves(area for person in present for area in person.competence)
        if not lacking or not present:
            return
        if any(self.guarded(one, person.id, "competence", lacking) for person in present):
            return
        names = ", ".join(person.id for person in present)
        clauses = ", ".join(self.known.shortest(lacking))
        message = f"{one.id} looks at clause {clauses}, and no competence for it is recorded for {names}."
        hint = "Record it under competence in engagement.yaml, add an expert, or record a safeguard for competence."
        yield self.doubt("auditor-competence", one, message, hint)

    def languages(self, one: Session) -> Iterator[InputIssue]:
        language = one.language or self.plan.language
        interpreting = {member.person for member in self.plan.team if member.role == "interpreter"}
        if interpreting & {*one.with_them, *one.auditors}:
            return
        for name in one.auditors:
            spoken = {each.casefold() for each in self.known.people[name].languages}
            if language.casefold() in spoken or self.guarded(one, name, "language", frozenset()):
                continue
            message = f"{one.id} is held in {language}, which is not among the languages recorded for {name}."
            hint = "Record it under languages in engagement.yaml, add an interpreter, or record a safeguard for language."
            yield self.doubt("auditor-language", one, message, hint)

    def guarded(self, one: Session, person: str, about: Doubt, clauses: frozenset[str]) -> bool:
        """Tell whether a safeguard covers a doubt about a person in a session, for all the clauses."""
        return any(
            guard.person == person
            and guard.about == about
            and (not guard.sessions or one.id in guard.sessions)
            and (not guard.areas or clauses <= self.known.all_leaves(guard.areas))
            for guard in self.plan.safeguards
        )

    def overlaps(self) -> Iterator[InputIssue]:
        for first, second in combinations(self.plan.sessions, 2):
            if first.at != second.at or first.end <= second.start or second.end <= first.start:
                continue
            both = _people(first) & _people(second)
            if both:
                message = f"{first.id} and {second.id} overlap on {first.at}, and both need {', '.join(sorted(both))}."
                yield self.doubt(
                    "session-overlap", second, message, "Move one of them, or name somebody else."
                )

    def gaps(self) -> Iterator[InputIssue]:
        """Say which clauses and sites of the scope no session looks at."""
        scope = (
            self.known.all_leaves(self.plan.clauses) if self.plan.clauses else frozenset(self.known.clauses)
        )
        seen = frozenset(clause for one in self.plan.sessions for clause in needed(one, self.known))
        if missing := scope - seen:
            message = f"No session looks at clause {', '.join(self.known.shortest(missing))}."
            yield self.doubt(
                "clause-without-session",
                None,
                message,
                "Plan a session, or say in clauses what this audit has to see.",
            )
        visited = {one.site for one in self.plan.sessions}
        for site in self.known.sites:
            if site not in visited:
                message = f"No session is held for the site {site}."
                yield self.doubt("site-without-session", None, message, "Plan a session, on site or remote.")

    def visits(self) -> Iterator[InputIssue]:
        """Say where the visits of engagement.yaml and the sessions of the days that have passed do not agree."""
        for visit in self.engagement.visits:
            if not any(_same(one, visit) for one in self.plan.sessions):
                message = f"engagement.yaml has a visit on {visit.at}, {visit.place}, and the plan has no session there then."
                yield self.doubt(
                    "plan-visit-differs",
                    None,
                    message,
                    "Correct the visit, or write the session and the change into the plan.",
                )
        for one in self.plan.sessions if self.engagement.visits else ():
            passed = one.at <= self.engagement.as_of and one.kind != "team"
            if passed and not any(_same(one, visit) for visit in self.engagement.visits):
                message = f"{one.id} was planned for {one.at}, and engagement.yaml has no visit there then."
                yield self.doubt(
                    "plan-visit-differs", one, message, "Add the visit, or write the change into the plan."
                )

    def agreement(self, programme: Programme | None) -> Iterator[InputIssue]:
        """Say where the plan and the audit of the programme it belongs to do not agree."""
        if self.plan.audit is None:
            return
        audit = (
            next((one for one in programme.audits if one.id == self.plan.audit), None) if programme else None
        )
        faults = []
        if audit is None:
            faults.append(f"The plan is for {self.plan.audit}, which is not in the programme.")
        else:
            if audit.engagement != self.engagement.id:
                faults.append(
                    f"The plan is for {audit.id}, which the programme does not give to {self.engagement.id}."
                )
            if not (
                audit.period.contains(self.plan.days.start) and audit.period.contains(self.plan.days.end)
            ):
                faults.append(
                    f"The days of the plan, {self.plan.days}, lie outside those of {audit.id}, {audit.period}."
                )
        for message in faults:
            yield self.doubt("plan-programme-differs", None, message, "Correct the plan or the programme.")

    def doubt(self, code: str, one: Session | None, message: str, hint: str) -> InputIssue:
        place = self.places.get(one.id) if one else None
        place = place or Place(file=FILE, line=1)
        return InputIssue(code=code, severity="warning", place=place, message=message, hint=hint)


def _people(one: Session) -> frozenset[str]:
    return frozenset((*one.auditors, *one.auditees, *one.with_them))


def _same(one: Session, visit: Visit) -> bool:
    """Tell whether a session and a visit can be the same: one day, and the site or both remote."""
    remote = visit.place.casefold() == "remote"
    return one.at == visit.at and (one.remote if remote else not one.remote and one.site == visit.place)


def visited_sites(plan: AuditPlan, visits: Iterable[Visit]) -> tuple[frozenset[str], frozenset[str]]:
    """Return the sites that were visited by plan and visits, and those that were only seen from afar."""
    held = [
        one for one in plan.sessions if one.site is not None and any(_same(one, visit) for visit in visits)
    ]
    there = frozenset(one.site for one in held if one.site is not None and not one.remote)
    return there, frozenset(one.site for one in held if one.site is not None) - there
