"""What of the cycle is audited, planned, due and overdue: clauses, processes and sites by audit (pure).

An area counts as audited on a day when an audit that took place covered all of it. For the audit that this
engagement is, that follows from what its run examined, whatever the programme says of its state.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Literal, NamedTuple

from auditkit.assessment.programme.areas import Known
from auditkit.assessment.programme.dates import months_after
from auditkit.assessment.programme.model import Programme, ProgrammeAudit, Risk
from auditkit.assessment.programme.rules import FrequencyRule, ProgrammeRules
from auditkit.base.language import message
from auditkit.base.model import Record

Axis = Literal["clause", "process", "site"]
Mark = Literal["", "planned", "part", "remote", "done"]
"""part: not all of it; remote: a site that was only seen from afar, and has to be visited."""
State = Literal["covered", "planned", "due", "overdue", "never"]
STATES: dict[State, str] = {
    "overdue": message("its day has passed"),
    "never": message("no audit has covered it, and none is planned"),
    "due": message("its day comes, and no audit before it is planned"),
    "planned": message("an audit before its day is planned"),
    "covered": message("audited in this cycle, and not due soon"),
}
"""In the order of urgency."""
_RISKS: tuple[Risk, ...] = ("high", "medium", "low")


class Seen(NamedTuple):
    """What this engagement's own audit has looked at."""

    points: Mapping[str, tuple[int, int, int]]
    """Clause to points, points with a verdict, points with a confirmed verdict."""
    visited: frozenset[str]
    """Sites where a session took place."""
    remote: frozenset[str]
    """Sites with a remote session only."""
    open_majors: Mapping[str, date]
    """Clauses of confirmed majors that are not closed, with the day on which the latest was raised."""


class CoverageRow(Record):
    """One area over the cycle."""

    axis: Axis
    id: str
    title: str
    risk: Risk | None
    """None: nobody rated it."""
    marks: dict[str, Mark]
    """Audit id to what it covers of the area."""
    points: int | None = None
    examined: int | None = None
    """Points with a verdict in the run of this engagement; None for sites and without a run."""
    confirmed: int | None = None
    last: date | None
    """The last day on which an audit had covered it; None: never."""
    planned: date | None
    """The end of the next planned audit that covers it."""
    due: date
    rule: str
    """Id of the frequency rule that set the day."""
    why: str
    amount: str
    state: State


def coverage(
    programme: Programme,
    rules: ProgrammeRules,
    known: Known,
    seen: Seen | None,
    engagement: str,
    as_of: date,
) -> tuple[CoverageRow, ...]:
    """Return a row for every clause, process and site; ``seen`` None: nothing has been run."""
    grid = _Grid(programme, rules, known, seen, engagement, as_of)
    clauses = [grid.row("clause", one, title) for one, title in known.clauses.items()]
    processes = [
        grid.row("process", one, known.process_titles[one]) for one, has in known.processes.items() if has
    ]
    return (*clauses, *processes, *(grid.row("site", one, one) for one in known.sites))


class _Grid(NamedTuple):
    programme: Programme
    rules: ProgrammeRules
    known: Known
    seen: Seen | None
    engagement: str
    as_of: date

    def row(self, axis: Axis, area: str, title: str) -> CoverageRow:
        marks = {one.id: self.mark(axis, area, one) for one in self.programme.audits}
        last = max(
            (self.held(one) for one in self.programme.audits if self.covers(marks[one.id])), default=None
        )
        coming = [
            one.period.end
            for one in self.programme.audits
            if marks[one.id] == "planned" and one.period.end >= self.as_of
        ]
        planned = min(coming, default=None)
        risk = self.risk(axis, area)
        due, rule = self.next_day(axis, area, risk, last)
        counts = self.counted(axis, area)
        return CoverageRow(
            axis=axis,
            id=area,
            title=title,
            risk=risk,
            marks=marks,
            points=counts[0] if counts else None,
            examined=counts[1] if counts else None,
            confirmed=counts[2] if counts else None,
            last=last,
            planned=planned,
            due=due,
            rule=rule.id,
            why=rule.says,
            amount=rule.amount,
            state=self.state(last, planned, due),
        )

    def mark(self, axis: Axis, area: str, audit: ProgrammeAudit) -> Mark:
        if audit.state == "cancelled":
            return ""
        if axis == "site":
            return self.site_mark(area, audit)
        wanted = self.known.all_leaves((*audit.clauses, *audit.processes))
        leaves = {area} if axis == "clause" else set(self.known.processes[area])
        found = {self.clause_mark(one, audit) if one in wanted else "" for one in leaves}
        if len(found) == 1:
            return found.pop()
        return "planned" if found <= {"planned", "done"} else "part"

    def clause_mark(self, clause: str, audit: ProgrammeAudit) -> Mark:
        if audit.engagement != self.engagement:
            return self.stated(audit)
        points, examined, confirmed = self.seen.points.get(clause, (0, 0, 0)) if self.seen else (0, 0, 0)
        count = confirmed if self.rules.counts_when.value == "confirmed" else examined
        if not count:
            return "planned"
        return "done" if count == points else "part"

    def site_mark(self, site: str, audit: ProgrammeAudit) -> Mark:
        if site not in audit.sites:
            return ""
        if audit.engagement == self.engagement:
            if self.seen is None or site not in self.seen.visited | self.seen.remote:
                return "planned"
            return "done" if site in self.seen.visited else "remote"
        stated = self.stated(audit)
        return "remote" if stated == "done" and site in audit.remote_sites else stated

    def stated(self, audit: ProgrammeAudit) -> Mark:
        return "done" if audit.state == "done" and audit.period.end <= self.as_of else "planned"

    def covers(self, mark: Mark) -> bool:
        return mark == "done" or (mark == "remote" and not self.rules.site_needs_visit.value)

    def held(self, audit: ProgrammeAudit) -> date:
        return min(audit.period.end, self.as_of)

    def risk(self, axis: Axis, area: str) -> Risk | None:
        """Return the highest risk that somebody gave to the area or, for a clause, to what answers for it."""
        found = {
            one.risk
            for one in self.programme.areas
            if self.concerns(axis, area, one.process, one.clause, one.site)
        }
        return next((risk for risk in _RISKS if risk in found), None)

    def concerns(
        self, axis: Axis, area: str, process: str | None, clause: str | None, site: str | None
    ) -> bool:
        """Tell whether what is said of a process, clause or site holds for an area."""
        if axis == "site":
            return site == area
        leaves = {area} if axis == "clause" else set(self.known.processes[area])
        if process is not None:
            return bool(leaves & set(self.known.processes.get(process, ())))
        return clause is not None and bool(leaves & self.known.below(clause))

    def next_day(
        self, axis: Axis, area: str, risk: Risk | None, last: date | None
    ) -> tuple[date, FrequencyRule]:
        """Return the earliest day that a rule sets, and the rule; ValueError when no rule fires."""
        cycle = self.programme.cycle
        days: list[tuple[date, FrequencyRule]] = []
        for rule in self.rules.frequency:
            months = rule.months or 0
            if rule.when == (risk or "unrated"):
                days.append((months_after(last or cycle.start, months), rule))
            elif rule.when == "once_a_cycle" and (last is None or last < cycle.start):
                days.append((cycle.end, rule))
            elif rule.when == "open_major":
                raised = self.open_majors(axis, area)
                days += [(months_after(max(day, last or day), months), rule) for day in raised]
            elif rule.when == "changed":
                days += [(months_after(day, months), rule) for day in self.changes(axis, area, last)]
        if not days:
            raise ValueError(
                f"the rules {self.rules.id} say nothing about an area of the risk {risk or 'unrated'}"
            )
        return min(days, key=lambda one: one[0])

    def open_majors(self, axis: Axis, area: str) -> list[date]:
        """Return the days on which majors were raised that are still open."""
        days = [
            self.held(audit)
            for audit in self.programme.audits
            for one in audit.results
            if one.open_majors and self.concerns(axis, area, one.process, one.clause, one.site)
        ]
        if axis == "site" or self.seen is None:
            return days
        leaves = {area} if axis == "clause" else set(self.known.processes[area])
        return [*days, *(day for clause, day in self.seen.open_majors.items() if clause in leaves)]

    def changes(self, axis: Axis, area: str, last: date | None) -> Iterable[date]:
        """Return the days of changes that no audit has seen."""
        for one in self.programme.areas:
            day = one.changed_at
            if day is None or day > self.as_of or (last is not None and day <= last):
                continue
            if self.concerns(axis, area, one.process, one.clause, one.site):
                yield day

    def counted(self, axis: Axis, area: str) -> tuple[int, int, int] | None:
        if self.seen is None or axis == "site":
            return None
        leaves = (area,) if axis == "clause" else self.known.processes[area]
        rows = [self.seen.points.get(one, (0, 0, 0)) for one in leaves]
        return sum(one[0] for one in rows), sum(one[1] for one in rows), sum(one[2] for one in rows)

    def state(self, last: date | None, planned: date | None, due: date) -> State:
        if due < self.as_of:
            return "overdue"
        soon = months_after(self.as_of, int(self.rules.notice_months.value))
        if last is not None and last >= self.programme.cycle_start and due > soon:
            return "covered"
        if planned is not None and planned <= due:
            return "planned"
        return "never" if last is None and planned is None else "due"


def missed(programme: Programme, engagement: str, as_of: date) -> tuple[str, ...]:
    """Return the ids of audits that were planned for days that have passed, and that nobody called done."""
    return tuple(
        one.id
        for one in programme.audits
        if one.state == "planned" and one.period.end < as_of and one.engagement != engagement
    )
