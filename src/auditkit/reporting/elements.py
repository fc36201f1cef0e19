"""What an audit method asks a report to contain, and what this engagement has to say to it (pure)."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from auditkit.assessment.conduct import ReportElement
from auditkit.base.issue import InputIssue
from auditkit.base.place import Place
from auditkit.reporting import words
from auditkit.reporting.model import Run
from auditkit.reporting.numbers import be, count, listing, long_date, long_period, whole
from auditkit.reporting.view_cover import criteria, kind_title
from auditkit.reporting.view_index import Index
from auditkit.reporting.view_summary import build_headline, requirement_counts

NONE_RECORDED = "None recorded."
SAMPLING = (
    "An audit looks at part of what exists, on the days on which it takes place. Nonconformities may exist that it "
    "did not meet, and a requirement without a finding is not thereby proven to be fulfilled."
)
Lines = tuple[str, ...]


class Fact(NamedTuple):
    """Something that an engagement can say to an element of a report."""

    says: Callable[[Index], Lines]
    """Empty: there is nothing to say."""
    field: str
    """Where in engagement.yaml it is written; empty: it is always there."""
    section: str = ""
    """The section or heading that says more."""


def element_lines(index: Index, element: ReportElement) -> Lines:
    """Return what the engagement says to an element; empty when it says nothing."""
    if element.shows in FACTS:
        return FACTS[element.shows].says(index)
    said = index.run.engagement.statements.get(element.id, "").strip()
    return (said,) if said else ()


def with_report_issues(run: Run) -> Run:
    """Add an issue for every element that the method asks for and the engagement has nothing to say to."""
    index, method = Index(run), run.conduct.method
    found = [
        _empty(one, method.name, method.verb)
        for one in method.elements
        if one.compulsory and not element_lines(index, one)
    ]
    known = {one.id for one in method.elements if not one.shows}
    found += [
        InputIssue(
            code="statement-unknown",
            severity="warning",
            place=Place(file="engagement.yaml"),
            message=f"statements says something to {name}, which {method.name} does not ask for.",
            hint=f"It takes statements on {', '.join(sorted(known))}."
            if known
            else "It takes no statements.",
        )
        for name in run.engagement.statements
        if name not in known
    ]
    return run.model_copy(update={"issues": (*run.issues, *found)}) if found else run


def _empty(element: ReportElement, method: str, verb: str) -> InputIssue:
    field = FACTS[element.shows].field if element.shows in FACTS else f"statements: {{{element.id}: ...}}"
    return InputIssue(
        code="report-element-empty",
        severity="warning" if verb == "requires" else "note",
        place=Place(file="engagement.yaml"),
        message=f"{method} {verb} {element.title[:1].lower()}{element.title[1:]} in the report ({element.clause}); nothing is recorded.",
        hint=f"Write it in engagement.yaml under {field}." if field else "Complete the engagement.",
    )


def _scope(index: Index) -> Lines:
    engagement = index.run.engagement
    organisation = engagement.organisation
    auditee = f"{organisation.name}, {organisation.unit}" if organisation.unit else organisation.name
    lines = [f"{index.words['auditee']}: {auditee}.", engagement.scope]
    for label, values in (
        ("Services", engagement.services),
        ("Processes", engagement.processes),
        ("Sites", engagement.sites),
        ("Clauses of this visit", engagement.visit_clauses),
    ):
        if values:
            lines.append(f"{label}: {listing(values)}.")
    lines.append(f"Period: {long_period(engagement.period)}, as known on {long_date(engagement.as_of)}.")
    return tuple(lines)


def _client(index: Index) -> Lines:
    organisation = index.run.engagement.organisation
    return (organisation.client or organisation.name,)


def _type(index: Index) -> Lines:
    catalogs = len(index.run.engagement.catalogs)
    integrated = f"; integrated, with {count(catalogs, 'further standard')}" if catalogs else ""
    return (f"{kind_title(index)}{integrated}.", index.run.conduct.about)


def _team(index: Index) -> Lines:
    people = index.run.engagement.people
    team = listing(f"{one.name} ({one.role})" for one in people if one.side == "auditor")
    auditees = sum(one.side == "auditee" for one in people)
    if not team:
        return ()
    return (
        f"Team: {team}.",
        f"{count(auditees, 'participant')} of the auditee; {count(len(index.run.interviews), 'interview')} on record.".capitalize(),
    )


def _dates(index: Index) -> Lines:
    visits = index.run.engagement.visits
    if not visits:
        return ()
    first, last = min(one.at for one in visits), max(one.at for one in visits)
    places = listing(dict.fromkeys(one.place for one in sorted(visits, key=lambda one: one.at)))
    span = long_date(first) if first == last else f"{long_date(first)} to {long_date(last)}"
    return (f"{span}: {places}.",)


def _methods(index: Index) -> Lines:
    run = index.run
    asked = [answer.kind for one in run.interviews for answer in one.answers]
    documents = sum(one.kind == "document" for one in run.items)
    exports = sum(one.kind == "record_export" for one in run.items)
    used = (
        f"Examined: {count(documents, 'document')}, {count(exports, 'export')} of records. "
        f"Asked and seen: {count(asked.count('interview'), 'answer')}, {count(asked.count('observe'), 'observation')}."
    )
    visits = run.engagement.visits
    remote = sum(one.remote for one in visits)
    return (used, f"At a distance: {whole(remote)} of {count(len(visits), 'visit')}.") if visits else (used,)


def _findings(index: Index) -> Lines:
    by_grade = [
        count(number, mark.word, index.words.plural(grade, 2))
        for grade, mark in index.words.grades.items()
        if (number := sum(one.grade == grade for one in index.confirmed))
    ]
    return (f"{listing(by_grade) or 'No finding'} confirmed.".replace("no ", "No "),)


def _degree(index: Index) -> Lines:
    counts = requirement_counts(index)
    return (
        f"Of {whole(counts.total)} requirements {whole(counts.conforming)} conform, "
        f"{whole(counts.nonconforming)} do not, {whole(counts.not_assessed)} {be(counts.not_assessed)} not assessed and "
        f"{whole(counts.not_applicable)} do not apply; {whole(counts.confirmed)} verdicts are confirmed.",
    )


def _governance(index: Index) -> Lines:
    verdicts = {one.clause: one for one in index.run.assessment.clauses}
    if not index.run.catalog.head.governance:
        return ("The criteria name no clauses on these.",)
    return tuple(
        f"{title} ({clause}): {words.spaced(verdicts[clause].value)}; {whole(verdicts[clause].confirmed)} of "
        f"{count(verdicts[clause].requirements, 'requirement')} confirmed."
        for clause, title in index.run.catalog.head.governance.items()
        if clause in verdicts
    )


def _disagreements(index: Index) -> Lines:
    number = len(index.run.engagement.disagreements)
    return (
        (f"{count(number, 'difference')} stayed open; both views stand below.",)
        if number
        else (NONE_RECORDED,)
    )


def _sampling(index: Index) -> Lines:
    whole_ones = f" Where a whole population of records was examined instead of a sample, {index.place('tests')} gives its size."
    return (f"{SAMPLING}{whole_ones if index.shows('tests') else ''}",)


def _good_practices(index: Index) -> Lines:
    found = tuple(
        f"{one.id}: {one.statement.failure}" for one in index.confirmed if one.grade == "good_practice"
    )
    return (*index.run.engagement.good_practices, *found)


def _earlier(index: Index) -> Lines:
    found = {one.id: one for one in index.run.previous if one.kind == "finding"}
    if not found:
        return ()
    return (f"{count(len(found), 'finding')} of earlier engagements carried over: {listing(found)}.",)


FACTS: Mapping[str, Fact] = {
    "objectives": Fact(lambda index: index.run.engagement.objectives, "objectives"),
    "scope": Fact(_scope, ""),
    "client": Fact(_client, ""),
    "type": Fact(_type, ""),
    "team": Fact(_team, "people", "persons"),
    "dates": Fact(_dates, "visits", "dates"),
    "methods": Fact(_methods, ""),
    "criteria": Fact(criteria, ""),
    "findings": Fact(_findings, "", "findings"),
    "conclusions": Fact(lambda index: (f"{build_headline(index).text}.",), "", "conclusion"),
    "degree": Fact(_degree, "", "clauses"),
    "governance": Fact(_governance, "", "clauses"),
    "disagreements": Fact(_disagreements, ""),
    "sampling": Fact(_sampling, ""),
    "areas_not_covered": Fact(lambda index: index.run.engagement.areas_not_covered, "areas_not_covered"),
    "obstacles": Fact(lambda index: index.run.engagement.obstacles, "obstacles"),
    "good_practices": Fact(_good_practices, "good_practices"),
    "follow_up": Fact(
        lambda index: (index.run.engagement.follow_up,) if index.run.engagement.follow_up else (), "follow_up"
    ),
    "confidentiality": Fact(
        lambda index: (f"{index.run.engagement.confidentiality}. See document control.",), "confidentiality"
    ),
    "earlier_findings": Fact(_earlier, "", "previous"),
}
"""What ``shows`` of an element of a method may name."""
