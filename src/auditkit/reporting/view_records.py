"""The nouns of a report's tables: clauses, lenses, findings, plan and annexes, worded and counted."""

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


class GuidanceRow(Record):
    """How much of the advice for one clause is followed."""

    clause: str
    title: str
    total: int
    followed: int
    partly: int
    not_followed: int
    not_assessed: int
    confirmed: int


class GuidanceItemRow(Record):
    """One advice that is followed in part or not."""

    id: str
    advice: str
    why: str
    mark: Mark
    standing: str
    notes: tuple[str, ...]


class GuidanceView(Record):
    """Alignment with guidance, apart from conformity."""

    share: str
    confirmed: str
    """The share when only what auditors confirmed counts as assessed."""
    sentence: str
    rows: tuple[GuidanceRow, ...]
    items: tuple[GuidanceItemRow, ...]
    """Confirmed as followed in part or not."""
    candidates: tuple[GuidanceItemRow, ...]
    """Computed and not confirmed; for the annex of candidates alone."""
    followed: str
    """Ids of the items confirmed as followed, in one line."""


class InferenceRow(Record):
    """What the crosswalk lets one suppose about a clause that nobody assessed."""

    target: str
    title: str
    mark: Mark
    rests_on: str
    says: str
    assessed: str


class FurtherView(Record):
    """The results of a further catalog of an integrated audit."""

    id: str
    title: str
    about: str
    note: str
    sentence: str
    share: str
    clauses: tuple[ClauseRow, ...]
    blocks: tuple[ClauseBlock, ...]
    crosswalk: str
    inferences: tuple[InferenceRow, ...]


class PreviousRow(Record):
    """What an earlier engagement said, where it leads today."""

    id: str
    where: str
    said: str
    text: str
    leads_to: str
    state: str
    why: str


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


class RecordTestRow(Record):
    """One record test as it ran."""

    id: str
    reference: str
    title: str
    points: str
    population: str
    examined: str
    exceptions: str
    unknown: str
    rate: str
    mark: Mark
    basis: str
    test_class: str
    note: str


class RegisterRow(Record):
    """One received file."""

    id: str
    title: str
    file: str
    kind: str
    origin: str
    """Source system, filter and control total, as far as the register states them."""
    version: str
    effective: str
    owner: str
    digest: str
    reading: str
    remark: str


class RequestRow(Record):
    """One request and its answer."""

    id: str
    asked_for: str
    asked: str
    answer: str
    answered: str
    evidence: str


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


class ParameterRow(Record):
    """A parameter in force and where it comes from."""

    name: str
    value: str
    source: str
    where: str
    about: str


class QualityRow(Record):
    """What became of one export."""

    evidence: str
    dataset: str
    profile: str
    rows: str
    kept: str
    dropped: str
    duplicates: str
    control: str
    span: str
    gaps: str
    population: str = ""
    """Whether it may stand for the source system, and what speaks against it."""


class InterviewRow(Record):
    """One interview, with the points it bore on."""

    id: str
    at: str
    interviewee: str
    interviewer: str
    points: str


class IssueRow(Record):
    """One thing wrong with an input."""

    mark: Mark
    code: str
    place: str
    message: str
    hint: str


class GradeRow(Record):
    """One rule of the grading scheme."""

    rule: str
    grade: str
    says: str
    source: str
    fired: int
    """How many candidates of this run it graded."""


class CycleRow(Record):
    """One engagement of the cycle, as far as its conclusions were carried over."""

    engagement: str
    judged: int
    nonconforming: int
    majors: int
    minors: int
    open: int


class Method(Record):
    """The annex on the method."""

    paragraphs: tuple[Fact, ...]
    rules: tuple[Fact, ...]
    """Kind, stage, audit method and what they ask."""
    grading: tuple[GradeRow, ...]
    certainty: tuple[Fact, ...]
    strength: tuple[Fact, ...]
    limits: tuple[str, ...]
    parameters: tuple[ParameterRow, ...]
    interviews: tuple[InterviewRow, ...]
    quality: tuple[QualityRow, ...]
    issues: tuple[IssueRow, ...]


class CapabilityRow(Record):
    """The level of one process."""

    process: str
    level: str
    target: str
    reached: bool
    ratings: tuple[str, ...]
    """One letter an attribute, in their order; ``-``: not rated."""
    next_needs: tuple[str, ...]
    why: tuple[str, ...]
    rated: str


class CapabilityView(Record):
    """Capability of processes."""

    attributes: tuple[str, ...]
    legend: str
    rows: tuple[CapabilityRow, ...]
