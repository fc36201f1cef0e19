"""Section 2: the eleven elements that ISO 19011 recommends for an audit report, and what may be added."""

from auditkit.reporting import words
from auditkit.reporting.numbers import be, count, listing, long_date, long_period, whole
from auditkit.reporting.view_cover import criteria
from auditkit.reporting.view_index import Index
from auditkit.reporting.view_parts import AuditFacts, Disputed, Element, Fact, PersonRow, VisitRow
from auditkit.reporting.view_summary import build_headline, requirement_counts

NONE_RECORDED = "None recorded."
SAMPLING = (
    "An audit looks at part of what exists, on the days on which it takes place. Nonconformities may exist that it "
    "did not meet, and a requirement without a finding is not thereby proven to be fulfilled. Where a whole "
    "population of records was examined instead of a sample, Annex B gives its size."
)


def build_audit(index: Index) -> AuditFacts:
    """Word section 2."""
    engagement = index.run.engagement
    order = list(words.SIDES)
    people = sorted(engagement.people, key=lambda one: (order.index(one.side), one.id))
    return AuditFacts(
        elements=_elements(index),
        people=tuple(
            PersonRow(name=one.name, side=words.SIDES[one.side], role=one.role, areas=", ".join(one.areas))
            for one in people
        ),
        visits=tuple(
            VisitRow(
                at=str(one.at),
                place=one.place,
                what=one.what,
                auditees=", ".join(index.person(auditee) for auditee in one.auditees),
            )
            for one in sorted(engagement.visits, key=lambda one: (one.at, one.place))
        ),
        disagreements=tuple(
            Disputed(finding=one.finding, auditee=one.auditee_view, auditor=one.auditor_view)
            for one in engagement.disagreements
        ),
        more=(
            Fact(label="Areas not covered", lines=engagement.areas_not_covered or (NONE_RECORDED,)),
            Fact(label="Obstacles", lines=engagement.obstacles or (NONE_RECORDED,)),
            Fact(label="Good practices seen", lines=_good_practices(index)),
            Fact(label="Agreed follow-up", lines=(engagement.follow_up or NONE_RECORDED,)),
            Fact(label="Confidentiality", lines=(f"{engagement.confidentiality}. See document control.",)),
        ),
    )


def _elements(index: Index) -> tuple[Element, ...]:
    engagement = index.run.engagement
    organisation = engagement.organisation
    stated = (
        ("Objectives", engagement.objectives or (NONE_RECORDED,), "", ""),
        ("Scope", _scope(index), "", ""),
        ("Audit client", (organisation.client or organisation.name,), "", ""),
        ("Audit team and participants", _team(index), "Persons, below", "persons"),
        ("Dates and places", _dates(index), "Dates and places, below", "dates"),
        ("Criteria", criteria(index), "", ""),
        ("Findings and their evidence", _findings(index), "Section 6", "findings"),
        ("Conclusions", (f"{build_headline(index).text}.",), "Section 3", "conclusion"),
        ("Degree to which the criteria are met", _degree(index), "Section 4 and Annex D", "clauses"),
        ("Unresolved disagreements", _disagreements(index), "", ""),
        ("Audit by sample", (SAMPLING,), "", ""),
    )
    return tuple(
        Element(number=number, title=title, lines=lines, where=where, section=section)
        for number, (title, lines, where, section) in enumerate(stated, start=1)
    )


def _scope(index: Index) -> tuple[str, ...]:
    engagement = index.run.engagement
    organisation = engagement.organisation
    auditee = f"{organisation.name}, {organisation.unit}" if organisation.unit else organisation.name
    lines = [f"Auditee: {auditee}.", engagement.scope]
    for label, values in (
        ("Services", engagement.services),
        ("Processes", engagement.processes),
        ("Sites", engagement.sites),
    ):
        if values:
            lines.append(f"{label}: {listing(values)}.")
    lines.append(f"Period: {long_period(engagement.period)}, as known on {long_date(engagement.as_of)}.")
    return tuple(lines)


def _team(index: Index) -> tuple[str, ...]:
    people = index.run.engagement.people
    team = listing(f"{one.name} ({one.role})" for one in people if one.side == "auditor")
    auditees = sum(one.side == "auditee" for one in people)
    return (
        f"Team: {team}." if team else "No auditor is named.",
        f"{count(auditees, 'participant')} of the auditee; {count(len(index.run.interviews), 'interview')} on record.".capitalize(),
    )


def _dates(index: Index) -> tuple[str, ...]:
    visits = index.run.engagement.visits
    if not visits:
        return (NONE_RECORDED,)
    first, last = min(one.at for one in visits), max(one.at for one in visits)
    places = listing(dict.fromkeys(one.place for one in sorted(visits, key=lambda one: one.at)))
    span = long_date(first) if first == last else f"{long_date(first)} to {long_date(last)}"
    return (f"{span}: {places}.",)


def _findings(index: Index) -> tuple[str, ...]:
    by_grade = [
        count(number, mark.word, words.GRADES_PLURAL[grade])
        for grade, mark in words.GRADES.items()
        if (number := sum(one.grade == grade for one in index.confirmed))
    ]
    return (f"{listing(by_grade) or 'No finding'} confirmed.".replace("no ", "No "),)


def _degree(index: Index) -> tuple[str, ...]:
    counts = requirement_counts(index)
    return (
        f"Of {whole(counts.total)} requirements {whole(counts.conforming)} conform, "
        f"{whole(counts.nonconforming)} do not, {whole(counts.not_assessed)} {be(counts.not_assessed)} not assessed and "
        f"{whole(counts.not_applicable)} do not apply; {whole(counts.confirmed)} verdicts are confirmed.",
    )


def _disagreements(index: Index) -> tuple[str, ...]:
    number = len(index.run.engagement.disagreements)
    return (
        (f"{count(number, 'difference')} stayed open; both views stand below.",)
        if number
        else (NONE_RECORDED,)
    )


def _good_practices(index: Index) -> tuple[str, ...]:
    found = tuple(
        f"{one.id}: {one.statement.failure}" for one in index.confirmed if one.grade == "good_practice"
    )
    return (*index.run.engagement.good_practices, *found) or (NONE_RECORDED,)
