"""The nouns of the annexes: record tests, register, requests, and everything that the annex on the method shows."""

from auditkit.base.model import Record
from auditkit.reporting.view_parts import Fact
from auditkit.reporting.words import Mark


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
