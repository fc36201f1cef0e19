"""The nouns of a page: what a report shows, worded, sorted and counted. Faces print it and compute nothing."""

from fractions import Fraction

from auditkit.base.model import Record
from auditkit.reporting.words import Mark


class Options(Record):
    """What the reader of a report may choose."""

    scores: bool = True
    """False: no percentage of conformity is printed, only verdicts and counts."""


class Fact(Record):
    """A label and what stands beside it, one line or several."""

    label: str
    lines: tuple[str, ...]


class Counts(Record):
    """How many of what is counted have which verdict; they add up to ``total``."""

    total: int
    conforming: int
    nonconforming: int
    not_assessed: int
    not_applicable: int
    confirmed: int


class Entry(Record):
    """One line of the contents; also the heading of the section it names."""

    id: str
    number: str
    title: str
    children: tuple["Entry", ...] = ()


class Cover(Record):
    """The first page."""

    kind: str
    title: str
    short_title: str
    """For running headers: at most 60 characters."""
    auditee: str
    facts: tuple[Fact, ...]
    classification: str
    draft: bool
    status: str
    """``DRAFT: ...`` until the lead auditor released the report, then who signed it and when."""
    as_of: str
    run_id: str


class Control(Record):
    """Document control and distribution."""

    facts: tuple[Fact, ...]
    distribution: tuple[str, ...]
    note: str


class MeasureRow(Record):
    """A figure with everything it needs to stand: counts, method, and both ends while not all is assessed."""

    name: str
    figure: str
    exact: bool
    conforming: int
    nonconforming: int
    not_assessed: int
    denominator: int
    low: Fraction
    high: Fraction
    method: str


class BlockerView(Record):
    """One thing that keeps a gate closed."""

    what: str
    points: str
    owner: str
    due: str


class GateView(Record):
    """One readiness gate."""

    id: str
    mark: Mark
    title: str
    rule: str
    passed: bool
    blockers: tuple[BlockerView, ...]


class GradeCount(Record):
    """How many confirmed findings of one grade there are, and how many of them are open."""

    mark: Mark
    name: str
    total: int
    open: int


class Headline(Record):
    """The verdict, in the one wording that every face uses."""

    ready: bool
    text: str
    because: tuple[str, ...]
    """Sentences that support it; none rests on a candidate."""


class Brief(Record):
    """A finding in one line."""

    id: str
    mark: Mark
    what: str
    points: str
    extent: str
    owner: str
    due: str


class Summary(Record):
    """Section 1."""

    headline: Headline
    grades: tuple[GradeCount, ...]
    gates: tuple[GateView, ...]
    measures: tuple[MeasureRow, ...]
    """First the one by requirement, then confirmed only, then the clause average."""
    requirements: Counts
    coverage: str
    top: tuple[Brief, ...]
    decisions: tuple[str, ...]
    unconfirmed: str
    """How many candidates wait for a person, and where they stand; never what they say."""


class Element(Record):
    """One element that ISO 19011 recommends for a report, with what this report says of it."""

    number: int
    title: str
    lines: tuple[str, ...]
    where: str
    """The section that says more; empty: all is said here."""
    section: str
    """Its id, for a link."""


class PersonRow(Record):
    """One person of the audit."""

    name: str
    side: str
    role: str
    areas: str


class VisitRow(Record):
    """One line of when and where."""

    at: str
    place: str
    what: str
    auditees: str


class Disputed(Record):
    """A difference that stayed open, with both views."""

    finding: str
    auditee: str
    auditor: str


class AuditFacts(Record):
    """Section 2: the eleven elements, and what may be added."""

    elements: tuple[Element, ...]
    people: tuple[PersonRow, ...]
    visits: tuple[VisitRow, ...]
    disagreements: tuple[Disputed, ...]
    more: tuple[Fact, ...]
    """Areas not covered, obstacles, good practices, follow-up, confidentiality."""


class Conclusion(Record):
    """Section 3."""

    headline: Headline
    sentences: tuple[str, ...]
    own_words: str
    own_words_by: str
    gates: tuple[GateView, ...]


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


class PlanRow(Record):
    """One item of the improvement plan."""

    priority: int
    id: str
    title: str
    findings: tuple[str, ...]
    points: str
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
    """Section 8."""

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


class Method(Record):
    """Annex E."""

    paragraphs: tuple[Fact, ...]
    certainty: tuple[Fact, ...]
    strength: tuple[Fact, ...]
    limits: tuple[str, ...]
    parameters: tuple[ParameterRow, ...]
    interviews: tuple[InterviewRow, ...]
    quality: tuple[QualityRow, ...]
    issues: tuple[IssueRow, ...]


class View(Record):
    """Everything a report shows, in the order in which it shows it."""

    contents: tuple[Entry, ...]
    cover: Cover
    control: Control
    summary: Summary
    audit: AuditFacts
    conclusion: Conclusion
    clauses: tuple[ClauseRow, ...]
    blocks: tuple[ClauseBlock, ...]
    lenses: tuple[LensView, ...]
    findings: tuple[FindingView, ...]
    plan: tuple[PlanRow, ...]
    not_assessed: NotAssessed
    candidates: tuple[FindingView, ...]
    tests: tuple[RecordTestRow, ...]
    register: tuple[RegisterRow, ...]
    unregistered: tuple[RegisterRow, ...]
    requests: tuple[RequestRow, ...]
    verdicts: tuple[VerdictClause, ...]
    method: Method
    trace: tuple[Fact, ...]
    glossary: tuple[Fact, ...]
