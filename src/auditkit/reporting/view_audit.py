"""The section on the audit: what the audit method asks of a report, persons, dates, disagreements."""

from auditkit.assessment.conduct import AuditMethod, ReportElement
from auditkit.base.language import message, say, short_day, translated
from auditkit.reporting.elements import FACTS, NONE_RECORDED, element_lines
from auditkit.reporting.numbers import listing
from auditkit.reporting.view_index import Index
from auditkit.reporting.view_parts import AuditFacts, Disputed, Element, Fact, PersonRow, VisitRow
from auditkit.reporting.words import Table, lifted

_HERE = Table({"persons": message("Persons, below"), "dates": message("Dates and places, below")})
_AND_IN = {"clauses": "verdicts"}
"""A second section that says more."""


def build_audit(index: Index) -> AuditFacts:
    """Word the section."""
    engagement, method = index.run.engagement, index.run.conduct.method
    sides = index.words.sides
    people = sorted(engagement.people, key=lambda one: (list(sides).index(one.side), one.id))
    return AuditFacts(
        intro=_intro(method),
        elements=tuple(
            _element(index, number, one)
            for number, one in enumerate((one for one in method.elements if one.compulsory), start=1)
        ),
        people=tuple(
            PersonRow(name=one.name, side=sides[one.side], role=one.role, areas=", ".join(one.areas))
            for one in people
        ),
        visits=tuple(
            VisitRow(
                at=short_day(one.at),
                place=say("{place}, at a distance", place=one.place) if one.remote else one.place,
                what=one.what,
                auditees=", ".join(index.person(auditee) for auditee in one.auditees),
            )
            for one in sorted(engagement.visits, key=lambda one: (one.at, one.place))
        ),
        disagreements=tuple(
            Disputed(finding=one.finding, auditee=one.auditee_view, auditor=one.auditor_view)
            for one in engagement.disagreements
        ),
        more=tuple(
            Fact(label=translated(one.title), lines=_lines(index, one))
            for one in method.elements
            if not one.compulsory
        ),
    )


def _intro(method: AuditMethod) -> str:
    if method.verb == "requires":
        return say(
            "What {method} requires for an audit report stands here, or names the section that holds it.",
            method=method.name,
        )
    return say(
        "What {method} recommends for an audit report stands here, or names the section that holds it.",
        method=method.name,
    )


def _lines(index: Index, element: ReportElement) -> tuple[str, ...]:
    return element_lines(index, element) or (translated(NONE_RECORDED),)


def _element(index: Index, number: int, element: ReportElement) -> Element:
    section = FACTS[element.shows].section if element.shows in FACTS else ""
    where = _HERE.get(section, "")
    if section and not where and index.shows(section):
        named = [index.place(one) for one in (section, _AND_IN.get(section, "")) if index.shows(one)]
        where = lifted(listing(named))
    return Element(
        number=number,
        title=translated(element.title),
        clause=element.clause,
        lines=_lines(index, element),
        where=where,
        section=section if where else "",
    )
