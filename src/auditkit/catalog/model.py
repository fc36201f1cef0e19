"""The nouns of the catalog: clauses, requirements, points, guidance, document types and lenses.

Statements are in our own words (never the standard's text) and say how sure we are of them.
"""

import hashlib
from typing import Literal

from pydantic import Field, model_validator

from auditkit.base.digest import digest_value
from auditkit.base.ids import clause_of, parent_clause, requirement_of
from auditkit.base.model import Record
from auditkit.catalog.lens import Lens, LensGroup  # noqa: F401 - all nouns of the catalog can be had from here

Certainty = Literal["exact", "estimate", "licensed-checked"]
Basis = Literal["standard", "own_rule", "good_practice"]
PointKind = Literal[
    "activity", "record", "policy", "plan", "procedure", "measure", "review", "responsibility", "interface"
]
Phase = Literal["plan", "do", "check", "act"]

STATEMENT_LIMIT_CHARACTERS = 300


def text_digest(text: str) -> str:
    """Return the first twelve hexadecimal digits of the SHA-256 of a text."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]


class DocumentExpectation(Record):
    """A document that should show a point: its type and the topics that bear on this point."""

    type: str
    """Id in checklists/document-types.yaml."""
    topics: tuple[str, ...] = ()
    """Ids of topics of that type; every one must be found in one current document. Empty: the document itself."""


class Procedures(Record):
    """How a point is examined. Each part may be empty; the whole never is."""

    documents: tuple[DocumentExpectation, ...] = ()
    records: tuple[str, ...] = ()
    """Ids of record tests."""
    impact: tuple[str, ...] = ()
    """Ids of impact checks; examined where a business impact analysis was handed over."""
    interview: tuple[str, ...] = ()
    """Questions an auditor asks, open ones, in the words of the trade."""
    observe: tuple[str, ...] = ()
    """What to look at on site or on screen."""

    def ids(self) -> tuple[str, ...]:
        """Return the ids that ``suffices`` may name: document.TYPE, record.TEST, interview, observe."""
        found = [f"document.{one.type}" for one in self.documents]
        found += [f"record.{test}" for test in self.records]
        found += ["interview"] if self.interview else []
        found += ["observe"] if self.observe else []
        return tuple(found)


class Point(Record):
    """One auditable part of a requirement."""

    id: str
    statement: str = Field(min_length=20)
    """A full sentence in our own words that a reader understands without the standard."""
    kind: PointKind
    documented: bool = False
    """The standard demands documented information here."""
    planned_intervals: bool = False
    """The standard demands this at planned intervals."""
    certainty: Certainty
    amendment: str | None = None
    """The amendment that added it, such as ``Amd 1:2024``."""
    procedures: Procedures
    suffices: tuple[tuple[str, ...], ...] = ()
    """Alternatives; each is a set of procedure ids that together suffice for a candidate ``conforms``."""
    usual_evidence: tuple[str, ...] = ()
    usual_trap: str = ""

    @property
    def text_digest(self) -> str:
        """Return the first twelve digits of the SHA-256 of the statement: what translations and checks bind to."""
        return text_digest(self.statement)

    @property
    def requirement(self) -> str:
        """Return the id of the requirement this point belongs to."""
        return requirement_of(self.id)

    @property
    def clause(self) -> str:
        """Return the clause this point belongs to."""
        return clause_of(self.id)

    @property
    def digest(self) -> str:
        """Return the digest of the point's text and procedures, which judgements bind to; marks are left out.

        So are impact checks: what they saw is bound with the results, where there is an analysis at all.
        """
        kept = ("id", "statement", "kind", "documented", "planned_intervals", "procedures", "suffices")
        data = self.model_dump(mode="json", include=set(kept))
        del data["procedures"]["impact"]
        return digest_value(data)


class Clause(Record):
    """A numbered heading; ``points`` is empty for a heading without requirements."""

    clause: str
    title: str
    summary: str = ""
    """What the clause is about, one or two sentences of ours."""
    parent: str | None = None
    """The clause above it, where the number does not say so (catalogs from elsewhere)."""
    points: tuple[Point, ...] = ()
    """In the order of the edition."""

    @property
    def above(self) -> str | None:
        """Return the clause above this one; None at the top."""
        return self.parent or parent_clause(self.clause)


class ClauseFile(Record):
    """One YAML file of a catalog: a group of clauses in order."""

    clauses: tuple[Clause, ...]


class Requirement(Record):
    """One obligation of a clause, with its points in order."""

    id: str
    clause: str
    points: tuple[Point, ...]


class CatalogHead(Record):
    """catalog.yaml: what edition this is and which files make it."""

    id: str
    standard: str
    """Such as ``ISO/IEC 20000-1``."""
    edition: str
    amendments: tuple[str, ...] = ()
    title: str
    allows_exclusions: bool
    """False for ISO/IEC 20000-1: no clause from 4 to 10 may be excluded."""
    source_note: str
    """What the statements are, and what they are not (the standard's text)."""
    files: tuple[str, ...]
    language: str = "en"
    guidance: str | None = None
    """Folder of the guidance that goes with it, below ``checklists/``."""
    organisation_wide: tuple[str, ...] = ()
    """Clauses whose gaps concern the whole organisation; actions on them are projects."""
    phases: dict[Phase, tuple[str, ...]] = {}
    """Plan, do, check and act by clause; what is in none of them counts as do."""
    governance: dict[str, str] = {}
    """Clauses of the governance gate with their titles; empty: the catalog has no such gate."""
    operation: tuple[str, ...] = ()
    """Clauses whose processes must show records; empty: the catalog has no such gate."""
    tree_only: bool = False
    """Clauses without requirements: for reading older findings, not for assessment."""
    origin: str = ""
    """For an imported catalog: where it came from and under which licence."""

    @property
    def name(self) -> str:
        """Return ``ISO/IEC 20000-1:2018``."""
        return f"{self.standard}:{self.edition}" if self.edition else self.standard


class Catalog(Record):
    """One edition of one standard, in our own words."""

    head: CatalogHead
    clauses: tuple[Clause, ...]

    def lineage(self) -> dict[str, tuple[str, ...]]:
        """Return each clause with itself and every clause above it, nearest first."""
        above = {clause.clause: clause.above for clause in self.clauses}
        return {clause: _line(clause, above) for clause in above}

    @property
    def points(self) -> tuple[Point, ...]:
        """Return every point in the order of the edition."""
        return tuple(point for clause in self.clauses for point in clause.points)

    def select(self, identifier: str) -> tuple[Point, ...]:
        """Return the points of a point, requirement or clause (with all below it); empty for an unknown id."""
        lineage = self.lineage()
        known = identifier in lineage
        return tuple(
            point
            for point in self.points
            if identifier in (point.id, point.requirement)
            or (known and identifier in lineage.get(point.clause, ()))
        )

    @property
    def requirements(self) -> tuple[Requirement, ...]:
        """Return every requirement in the order in which its first point stands."""
        grouped: dict[str, list[Point]] = {}
        for point in self.points:
            grouped.setdefault(point.requirement, []).append(point)
        return tuple(
            Requirement(id=requirement, clause=clause_of(requirement), points=tuple(points))
            for requirement, points in grouped.items()
        )


def _line(clause: str, above: dict[str, str | None]) -> tuple[str, ...]:
    line: list[str] = []
    current: str | None = clause
    while current is not None and current not in line:
        line.append(current)
        current = above[current] if current in above else parent_clause(current)
    return tuple(line)


class GuidanceItem(Record):
    """One recommendation of Part 2 for a clause of Part 1; never a ground for a nonconformity."""

    id: str
    """``20000-2:8.6.1/3``: keyed by the Part 1 clause, never by Part 2's own numbers."""
    clause: str
    """The Part 1 clause."""
    advice: str
    """What to do, our own words."""
    why: str
    other: str = ""
    """Other information: links to other clauses, usual documented information."""
    usual_evidence: tuple[str, ...] = ()
    usual_roles: tuple[str, ...] = ()
    good_looks_like: tuple[str, str, str]
    """Three levels: beginning, established, leading."""
    procedures: Procedures = Procedures()
    certainty: Certainty = "estimate"

    def as_point(self) -> Point:
        """Return the item in the form that procedures examine."""
        return Point(
            id=self.id,
            statement=self.advice,
            kind="activity",
            certainty=self.certainty,
            procedures=self.procedures,
        )


class GuidanceFile(Record):
    """One YAML file of guidance items."""

    guidance: tuple[GuidanceItem, ...]


class Topic(Record):
    """A topic a document of a type must cover."""

    id: str
    name: str
    """How a report names it."""
    basis: Basis
    cues: tuple[str, ...]
    """Regular expressions (case-insensitive); a passage that matches one covers the topic."""


class DocumentType(Record):
    """A kind of documented information that the standard names or practice expects."""

    id: str
    title: str
    clauses: tuple[str, ...]
    basis: Basis
    """standard: the standard demands it; good_practice: it is customary."""
    names: tuple[str, ...]
    """Regular expressions that recognise a file of this type by title or name (for ``evidence scan``)."""
    topics: tuple[Topic, ...] = ()


class DocumentTypeFile(Record):
    """checklists/document-types.yaml."""

    document_types: tuple[DocumentType, ...]

    @model_validator(mode="after")
    def _unique(self) -> "DocumentTypeFile":
        seen: set[str] = set()
        for one in self.document_types:
            if one.id in seen:
                raise ValueError(f"the document type {one.id} stands twice")
            seen.add(one.id)
            topics = [topic.id for topic in one.topics]
            if len(topics) != len(set(topics)):
                raise ValueError(f"a topic of {one.id} stands twice")
        return self
