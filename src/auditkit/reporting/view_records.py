"""The nouns of results, findings and plan as tables show them: worded and counted."""

from auditkit.base.model import Record
from auditkit.reporting.view_parts import Counts, Fact
from auditkit.reporting.words import Mark


class ClauseRow(Record):
    """One line of the results by clause."""

    clause: str
    title: str
    depth: int
    mark: Mark
    counts: Counts
    """Of requirements, those of all clauses below included."""
    figure: str


class PointRow(Record):
    """A point that a reader should look at."""

    point: str
    statement: str
    mark: Mark
    standing: str
    why: tuple[str, ...]
    findings: tuple[str, ...]
    """Confirmed findings only."""


class ClauseBlock(Record):
    """The results of one clause that has requirements of its own."""

    clause: str
    title: str
    mark: Mark
    sentence: str
    rows: tuple[PointRow, ...]
    conforming: str
    """Ids of conforming points, in one line."""
    not_assessed: str


class LensRow(Record):
    """One group of a lens."""

    title: str
    about: str
    clauses: str
    mark: Mark
    counts: Counts
    """Of points."""
    figure: str
    findings: tuple[str, ...]


class LensView(Record):
    """Another grouping of the same points."""

    id: str
    title: str
    about: str
    source: str
    rows: tuple[LensRow, ...]
    outside: str


class Criterion(Record):
    """A point a finding is raised against, in our words."""

    point: str
    title: str
    statement: str


class EvidenceRow(Record):
    """One row of objective evidence."""

    key: str
    where: str
    shows: str


class FindingView(Record):
    """A finding in full."""

    id: str
    mark: Mark
    rule: str
    area: str
    criteria: tuple[Criterion, ...]
    requirement: str
    failure: str
    objective: str
    extent: str
    rows: tuple[EvidenceRow, ...]
    rows_note: str
    sources: tuple[str, ...]
    """The files it rests on: id, file, first digits of the digest."""
    raised: str
    state: str
    open: bool
    repeat_of: str
    procedure: str
    answer: tuple[Fact, ...]
    group: str = ""
    """Title of the group of the lens that groups the report; empty: the report is grouped by clause."""
    advice: tuple[Fact, ...] = ()
    """What the auditors recommend and what it takes, where the kind lets them."""


class PlanRow(Record):
    """One item of the improvement plan."""

    priority: int
    id: str
    title: str
    findings: tuple[str, ...]
    points: str
    processes: str
    route: str
    route_reason: str
    phase: str
    blocks: bool
    baseline: str
    target: str
    owner: str
    due: str
    effort: str
    records: str
    status: str
    group: str = ""


class OpenRow(Record):
    """A requirement with points that nobody could assess for one kind of reason."""

    requirement: str
    clause_title: str
    points: str
    why: tuple[str, ...]


class OpenGroup(Record):
    """Everything that is not assessed for one kind of reason."""

    title: str
    about: str
    rows: tuple[OpenRow, ...]
    points: int


class NotAssessed(Record):
    """What is not assessed."""

    sentence: str
    groups: tuple[OpenGroup, ...]


class PointVerdictRow(Record):
    """The verdict on a point, in the annex that drops nothing."""

    point: str
    statement: str
    mark: Mark
    standing: str
    strength: str
    rests_on: str
    official: str = ""
    """The standard's text, where an overlay of the user gives it."""


class RequirementBlock(Record):
    """The verdict on a requirement, with its points."""

    requirement: str
    clause: str
    mark: Mark
    standing: str
    points: tuple[PointVerdictRow, ...]


class VerdictClause(Record):
    """One clause of the annex of verdicts."""

    clause: str
    title: str
    requirements: tuple[RequirementBlock, ...]
