"""Look-ups that every part of the view shares, built once from a run."""

import re
from collections.abc import Iterable, Mapping
from functools import cached_property

from auditkit.assessment.model import PointVerdict, RequirementVerdict, VerdictValue
from auditkit.base.language import ENGLISH, message, say, say_count, spoken, translated
from auditkit.catalog.lens import Lens, LensGroup
from auditkit.catalog.model import Clause, Point
from auditkit.findings.gates import OPEN_STATES
from auditkit.findings.model import Finding
from auditkit.reporting import words
from auditkit.reporting.model import FileReading, Run
from auditkit.reporting.numbers import whole
from auditkit.reporting.sections import Section, arrange
from auditkit.reporting.view_parts import Counts
from auditkit.reporting.wording import Wording
from auditkit.reporting.words import Mark

_PERSON = re.compile(r"\bP-\d{3,}\b(?!-)")
_GRADE_ORDER = tuple(words.GRADES)
OUTSIDE = message("In no group")


class Index:
    """A run with the look-ups that wording needs. Nothing here is counted twice elsewhere."""

    def __init__(self, run: Run) -> None:
        """Keep the run; the look-ups are built on first use."""
        self.run = run

    @cached_property
    def words(self) -> Wording:
        """Return what this report calls things."""
        return Wording(self.run.conduct.words)

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """Return the sections of this report in their order."""
        return arrange(self.run)

    def shows(self, section: str) -> bool:
        """Tell whether this report has a section."""
        return any(one.id == section for one in self.sections)

    def place(self, section: str) -> str:
        """Return how a sentence refers to a section: ``section 8`` or ``Annex A``."""
        return next((one.place for one in self.sections if one.id == section), say("no part of this report"))

    @cached_property
    def points(self) -> Mapping[str, Point]:
        """Return every point of the catalog by id."""
        return {point.id: point for point in self.run.catalog.points}

    @cached_property
    def clauses(self) -> Mapping[str, Clause]:
        """Return every clause of the catalog by number."""
        return {clause.clause: clause for clause in self.run.catalog.clauses}

    @cached_property
    def verdicts(self) -> Mapping[str, PointVerdict]:
        """Return a verdict for every point of the catalog: whatever the run left out is not assessed."""
        known = {verdict.point: verdict for verdict in self.run.assessment.points}
        return {
            point.id: known.get(point.id)
            or PointVerdict(
                point=point.id,
                requirement=point.requirement,
                clause=point.clause,
                reasons=(say("The run gave no verdict for this point."),),
            )
            for point in self.run.catalog.points
        }

    @cached_property
    def requirement_verdicts(self) -> Mapping[str, RequirementVerdict]:
        """Return the run's verdict by requirement."""
        return {verdict.requirement: verdict for verdict in self.run.assessment.requirements}

    @cached_property
    def confirmed(self) -> tuple[Finding, ...]:
        """Return confirmed findings that were not rejected, worst grade first, then by id."""
        found = [one for one in self.run.findings if one.standing == "confirmed" and one.state != "rejected"]
        return tuple(sorted(found, key=finding_order))

    @cached_property
    def candidates(self) -> tuple[Finding, ...]:
        """Return what no person has confirmed or rejected yet, worst grade first, then by place in the catalog."""
        order = {point: place for place, point in enumerate(self.points)}
        found = [one for one in self.run.findings if one.standing == "candidate" and one.state != "rejected"]

        def key(finding: Finding) -> tuple[int, int, str]:
            first = min((order.get(point, len(order)) for point in finding.points), default=len(order))
            return _GRADE_ORDER.index(finding.grade), first, finding.id

        return tuple(sorted(found, key=key))

    @cached_property
    def findings_at(self) -> Mapping[str, tuple[Finding, ...]]:
        """Return the confirmed findings raised against each point, worst first."""
        found: dict[str, tuple[Finding, ...]] = {}
        for finding in self.confirmed:
            for point in finding.points:
                found[point] = (*found.get(point, ()), finding)
        return found

    @cached_property
    def readings(self) -> Mapping[str, FileReading]:
        """Return what became of each registered file, by evidence id."""
        return {one.evidence: one for one in self.run.files if one.evidence is not None}

    def person(self, identifier: str | None) -> str:
        """Return a person's name, or the identifier where engagement.yaml knows none."""
        for one in self.run.engagement.people:
            if one.id == identifier:
                return one.name
        return identifier or say("nobody named")

    def named(self, text: str) -> str:
        """Put names in place of person ids in a text of the models."""
        return _PERSON.sub(lambda match: self.person(match[0]), text)

    def type_name(self, document_type: str) -> str:
        """Name a document type: its identifier in English, its title in other languages."""
        titles = {one.id: one.title for one in self.run.document_types}
        if spoken() == ENGLISH or document_type not in titles:
            return words.spaced(document_type)
        return translated(titles[document_type])

    def rests_on_candidates(self, findings: Iterable[str]) -> bool:
        """Tell whether a plan item answers nothing but findings that nobody confirmed."""
        named = set(findings)
        unconfirmed = {one.item for one in self.run.alignment.verdicts if one.standing == "candidate"}
        return bool(named) and named <= {one.id for one in self.candidates} | unconfirmed

    def mark(self, value: VerdictValue | str, standing: str, points: Iterable[str]) -> Mark:
        """Return the mark of a verdict; the grade of a nonconformity comes from open confirmed findings alone."""
        if value == "not_assessed" and self._outside(points):
            return words.NOT_IN_VISIT
        if value != "nonconforming":
            return {
                "conforms": words.CONFORMS,
                "not_assessed": words.NOT_ASSESSED,
                "not_applicable": words.NOT_APPLICABLE,
                "no_requirement": words.NO_REQUIREMENT,
            }[value]
        grades = {
            one.grade_at(point) for point in points for one in self.findings_at.get(point, ()) if is_open(one)
        }
        for grade in ("major", "minor"):
            if grade in grades:
                return self.words.grades[grade]
        return self.words.nonconforming if standing == "confirmed" else self.words.unconfirmed

    def _outside(self, points: Iterable[str]) -> bool:
        """Tell whether none of the points is part of this visit."""
        if not self.run.engagement.visit_clauses:
            return False
        found = [self.verdicts[one] for one in points if one in self.verdicts]
        return bool(found) and all(one.outside_visit for one in found)

    def points_within(self, clause: str) -> tuple[str, ...]:
        """Return the points of a clause and of all below it."""
        return tuple(one.id for one in self.points.values() if clause in self.lineage.get(one.clause, ()))

    @cached_property
    def grouped_by(self) -> Lens | None:
        """Return the lens that groups the report; None: by clause."""
        wanted = self.run.engagement.group_by
        return next((lens for lens in self.run.lenses if lens.id == wanted), None)

    @cached_property
    def groups(self) -> Mapping[str, frozenset[str]]:
        """Return the groups of that lens: title to points, in the order of the lens."""
        lens = self.grouped_by
        return (
            {translated(group.title): frozenset(self.members(group)) for group in lens.groups} if lens else {}
        )

    def group_of(self, points: Iterable[str]) -> str:
        """Return the first group that one of the points belongs to; empty without grouping."""
        named = set(points)
        if not self.groups:
            return ""
        return next((title for title, members in self.groups.items() if named & members), translated(OUTSIDE))

    def group_rank(self, points: Iterable[str]) -> int:
        """Return the place of that group in the lens."""
        title = self.group_of(points)
        return [*self.groups, translated(OUTSIDE), ""].index(title)

    def members(self, group: LensGroup) -> tuple[str, ...]:
        """Return the points that belong to a group of a lens, in the order of the catalog."""
        named = set(group.points)
        return tuple(
            point.id
            for point in self.points.values()
            if point.id in named
            or point.requirement in named
            or any(clause in self.lineage.get(point.clause, ()) for clause in group.clauses)
        )

    @cached_property
    def lineage(self) -> Mapping[str, tuple[str, ...]]:
        """Return each clause with itself and every clause above it."""
        return self.run.catalog.lineage()

    def counts(self, points: Iterable[str]) -> Counts:
        """Count the verdicts of points."""
        found = [self.verdicts[point] for point in points]
        values = [one.value for one in found]
        return Counts(
            total=len(found),
            conforming=values.count("conforms"),
            nonconforming=values.count("nonconforming"),
            not_assessed=values.count("not_assessed"),
            not_applicable=values.count("not_applicable"),
            confirmed=sum(one.standing == "confirmed" for one in found),
        )


def is_open(finding: Finding) -> bool:
    """Tell whether a finding still stands, by the same states as the readiness gates."""
    return finding.state in OPEN_STATES


def finding_order(finding: Finding) -> tuple[int, str]:
    """Return the sort key of findings: worst grade first, then id."""
    return _GRADE_ORDER.index(finding.grade), finding.id


def short_digest(digest: str) -> str:
    """Return the first twelve digits of a digest, enough to compare by eye."""
    return digest[:12] if digest else say("none")


def points_text(points: tuple[str, ...], shown: int = 8) -> str:
    """Name points, the first few where there are many."""
    if len(points) <= shown:
        return ", ".join(points)
    rest = len(points) - shown
    return say_count(
        "{points} and {number} more",
        "{points} and {number} more",
        rest,
        points=", ".join(points[:shown]),
        number=whole(rest),
    )
