"""What the formats are made of, and a requirement with everything concluded about it (pure)."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from auditkit.assessment.model import PointVerdict, RequirementVerdict
from auditkit.base.model import Record
from auditkit.catalog.model import Catalog
from auditkit.findings.model import Finding
from auditkit.reporting.model import Run
from auditkit.reporting.view_model import View
from auditkit.reporting.view_records import FindingView

NOTHING_EXAMINED = "Nothing was examined."


class Criterion(NamedTuple):
    """A point or requirement in our words."""

    id: str
    clause: str
    title: str
    """Title of its clause."""
    standard: str
    statement: str


class Concluded(NamedTuple):
    """A requirement, its verdict, and what the verdict rests on."""

    criterion: Criterion
    catalog: Catalog
    verdict: RequirementVerdict
    points: tuple[PointVerdict, ...]
    findings: tuple[Finding, ...]
    """Confirmed and candidate ones that cite one of its points."""

    @property
    def standing(self) -> str:
        """Return ``confirmed`` or ``candidate`` of the verdict: for a nonconformity, of what made it one."""
        if self.verdict.value != "nonconforming":
            return self.verdict.standing
        made = {one.standing for one in self.points if one.value == "nonconforming"}
        return "confirmed" if "confirmed" in made else "candidate"

    @property
    def reasons(self) -> tuple[str, ...]:
        """Return why the requirement has its verdict, each reason with the point it speaks of; never empty."""
        said = [
            f"{one.point}: {reason}"
            for one in self.points
            if one.value == self.verdict.value
            for reason in (one.reasons or _of_judgement(one) or (NOTHING_EXAMINED,))
        ]
        return tuple(dict.fromkeys(said)) or (NOTHING_EXAMINED,)


class Material(Record):
    """A run, what its reports show, and the files that go with it."""

    run: Run
    view: View
    evidence_folder: str = "evidence"
    """Name of the folder that places in evidence are below."""
    reports: Mapping[str, str] = {}
    """Report files that were made from this run, name to SHA-256."""

    @cached_property
    def criteria(self) -> dict[str, Criterion]:
        """Return every point and requirement of all catalogs by id."""
        return {one.id: one for catalog in self.catalogs for one in _criteria(catalog)}

    @property
    def catalogs(self) -> tuple[Catalog, ...]:
        """Return the catalog of the engagement, then the further ones."""
        return (self.run.catalog, *(one.catalog for one in self.run.further))

    @cached_property
    def worded(self) -> dict[str, FindingView]:
        """Return every finding and candidate as reports word it, by id."""
        return {one.id: one for one in (*self.view.findings, *self.view.candidates)}

    def criterion(self, identifier: str) -> Criterion:
        """Return a criterion; one that is in no catalog says so."""
        return self.criteria.get(identifier) or Criterion(
            identifier, "", "not in the catalog", "", identifier
        )

    @cached_property
    def concluded(self) -> tuple[Concluded, ...]:
        """Return every requirement of all catalogs, in the order of the catalogs; none is dropped."""
        return tuple(self._concluded())

    def _concluded(self) -> Iterator[Concluded]:
        assessments = (self.run.assessment, *(one.assessment for one in self.run.further))
        citing: dict[str, list[Finding]] = {}
        for finding in self.run.findings:
            for point in finding.points if finding.id in self.worded else ():
                citing.setdefault(point, []).append(finding)
        for catalog, assessment in zip(self.catalogs, assessments, strict=True):
            points: dict[str, list[PointVerdict]] = {}
            for one in assessment.points:
                points.setdefault(one.requirement, []).append(one)
            for verdict in assessment.requirements:
                own = tuple(points.get(verdict.requirement, ()))
                cited = {one.id: one for point in own for one in citing.get(point.point, ())}
                criterion = self.criterion(verdict.requirement)
                yield Concluded(criterion, catalog, verdict, own, tuple(cited.values()))


def _criteria(catalog: Catalog) -> Iterator[Criterion]:
    titles = {clause.clause: clause.title for clause in catalog.clauses}
    for requirement in catalog.requirements:
        title, standard = titles.get(requirement.clause, ""), catalog.head.name
        whole = " ".join(point.statement for point in requirement.points)
        yield Criterion(requirement.id, requirement.clause, title, standard, whole)
        for point in requirement.points:
            if point.id != requirement.id:
                yield Criterion(point.id, requirement.clause, title, standard, point.statement)


def _of_judgement(verdict: PointVerdict) -> tuple[str, ...]:
    return (verdict.judgement.rationale,) if verdict.judgement else ()
