"""What an audit method asks a report to contain, and what this engagement has to say to it (pure)."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from auditkit.assessment.conduct import ReportElement
from auditkit.base.issue import InputIssue
from auditkit.base.language import message, say, say_count, translated
from auditkit.base.place import Place
from auditkit.reporting import element_setup as setup
from auditkit.reporting import words
from auditkit.reporting.model import Run
from auditkit.reporting.numbers import how_many, listing, whole
from auditkit.reporting.view_cover import criteria
from auditkit.reporting.view_index import Index
from auditkit.reporting.view_summary import build_headline, requirement_counts

NONE_RECORDED = message("None recorded.")
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


def _findings(index: Index) -> Lines:
    by_grade = [
        f"{whole(number)} {index.words.plural(grade, number)}"
        for grade in index.words.grades
        if (number := sum(one.grade == grade for one in index.confirmed))
    ]
    if not by_grade:
        return (say("No finding confirmed."),)
    return (say("{findings} confirmed.", findings=listing(by_grade)),)


def _degree(index: Index) -> Lines:
    counts = requirement_counts(index)
    return (
        say_count(
            "Of {total} requirements {conforming} conform, {nonconforming} do not, {open} is not assessed and "
            "{not_applicable} do not apply; {confirmed} verdicts are confirmed.",
            "Of {total} requirements {conforming} conform, {nonconforming} do not, {open} are not assessed and "
            "{not_applicable} do not apply; {confirmed} verdicts are confirmed.",
            counts.not_assessed,
            total=whole(counts.total),
            conforming=whole(counts.conforming),
            nonconforming=whole(counts.nonconforming),
            open=whole(counts.not_assessed),
            not_applicable=whole(counts.not_applicable),
            confirmed=whole(counts.confirmed),
        ),
    )


def _governance(index: Index) -> Lines:
    verdicts = {one.clause: one for one in index.run.assessment.clauses}
    if not index.run.catalog.head.governance:
        return (say("The criteria name no clauses on these."),)
    return tuple(
        say_count(
            "{title} ({clause}): {verdict}; {confirmed} of {number} requirement confirmed.",
            "{title} ({clause}): {verdict}; {confirmed} of {number} requirements confirmed.",
            verdicts[clause].requirements,
            title=translated(title),
            clause=clause,
            verdict=words.VALUES[verdicts[clause].value],
            confirmed=whole(verdicts[clause].confirmed),
            number=how_many(verdicts[clause].requirements),
        )
        for clause, title in index.run.catalog.head.governance.items()
        if clause in verdicts
    )


def _disagreements(index: Index) -> Lines:
    number = len(index.run.engagement.disagreements)
    if not number:
        return (translated(NONE_RECORDED),)
    return (
        say_count(
            "{number} difference stayed open; both views stand below.",
            "{number} differences stayed open; both views stand below.",
            number,
            number=whole(number),
        ),
    )


def _sampling(index: Index) -> Lines:
    said = say(
        "An audit looks at part of what exists, on the days on which it takes place. Nonconformities may exist that it "
        "did not meet, and a requirement without a finding is not thereby proven to be fulfilled."
    )
    if not index.shows("tests"):
        return (said,)
    populations = say(
        "Where a whole population of records was examined instead of a sample, {place} gives its size.",
        place=index.place("tests"),
    )
    return (f"{said} {populations}",)


def _good_practices(index: Index) -> Lines:
    found = tuple(
        f"{one.id}: {one.statement.failure}" for one in index.confirmed if one.grade == "good_practice"
    )
    return (*index.run.engagement.good_practices, *found)


def _earlier(index: Index) -> Lines:
    found = {one.id: one for one in index.run.previous if one.kind == "finding"}
    if not found:
        return ()
    return (
        say_count(
            "{number} finding of earlier engagements carried over: {findings}.",
            "{number} findings of earlier engagements carried over: {findings}.",
            len(found),
            number=whole(len(found)),
            findings=listing(found),
        ),
    )


def _confidentiality(index: Index) -> Lines:
    stated = index.run.engagement.confidentiality
    return (say("{confidentiality}. See document control.", confidentiality=stated),)


FACTS: Mapping[str, Fact] = {
    "objectives": Fact(lambda index: index.run.engagement.objectives, "objectives"),
    "scope": Fact(setup.scope, ""),
    "client": Fact(setup.client, ""),
    "type": Fact(setup.kind, ""),
    "team": Fact(setup.team, "people", "persons"),
    "dates": Fact(setup.dates, "visits", "dates"),
    "methods": Fact(setup.methods, ""),
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
    "confidentiality": Fact(_confidentiality, "confidentiality"),
    "earlier_findings": Fact(_earlier, "", "previous"),
}
"""What ``shows`` of an element of a method may name."""
