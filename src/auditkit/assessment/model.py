"""The nouns of assessment: results of procedures, judgements, verdicts, measures and gates."""

from datetime import date
from fractions import Fraction
from typing import Literal, Self

from pydantic import Field, model_validator

from auditkit.base.digest import digest_value
from auditkit.base.model import Record, is_unset
from auditkit.base.place import Place
from auditkit.catalog.model import Basis

ProcedureKind = Literal["document", "record", "impact", "interview", "observe"]
Outcome = Literal["met", "not_met", "no_evidence", "not_testable", "not_applicable", "error"]
TestClass = Literal["hard", "rate", "currency", "indicator", "meta"]
VerdictValue = Literal["conforms", "nonconforming", "not_assessed", "not_applicable"]
Standing = Literal["candidate", "confirmed"]
JudgementBasis = Literal["evidence", "no_occurrence"]
Grade = Literal["major", "minor", "observation", "opportunity", "good_practice"]


class EvidenceRef(Record):
    """An evidence item as it was used: its id and the digest of the file's bytes."""

    id: str
    file: str
    sha256: str


class ExceptionRow(Record):
    """One row that contradicts a record test, or one unknown row."""

    evidence: str
    place: Place
    key: str
    """Value of the dataset's key field."""
    values: dict[str, str | None] = {}
    """The fields the test looks at, as text; None: empty."""


class Quote(Record):
    """A passage that shows a topic, with its place."""

    topic: str
    evidence: str
    place: Place
    text: str


class ProcedureResult(Record):
    """What one procedure saw in named evidence. It is not a verdict."""

    point: str
    procedure: str
    """``record.TEST``, ``document.TYPE``, ``impact.CHECK``, ``interview`` or ``observe``."""
    kind: ProcedureKind
    title: str
    """The claim that was examined, one sentence."""
    outcome: Outcome = "no_evidence"
    basis: Basis
    test_class: TestClass | None = None
    population: int | None = None
    """Rows or documents the claim is about; None: nothing was counted."""
    examined: int = 0
    """Rows or documents really looked at and decided: population less unknown rows."""
    exceptions: int = 0
    unknown: int = 0
    beyond_tolerance: bool = False
    """The exceptions exceed the tolerance, so the candidate is nonconforming."""
    exception_rows: tuple[ExceptionRow, ...] = ()
    """The first 25; the whole list is written beside the report."""
    quotes: tuple[Quote, ...] = ()
    evidence: tuple[EvidenceRef, ...] = ()
    parameters: dict[str, str] = {}
    reasons: tuple[str, ...] = ()
    """Why the outcome is not ``met``, in words for the report."""
    digest: str = ""
    """Digest of the definition (test, topics) that was applied."""

    @model_validator(mode="after")
    def _met_needs_a_number(self) -> Self:
        if self.outcome == "met" and self.examined < 1:
            raise ValueError("an outcome `met` needs a stated number of rows or documents really looked at")
        return self

    @property
    def rate(self) -> Fraction | None:
        """Return exceptions over examined, exact; None when nothing was examined."""
        return Fraction(self.exceptions, self.examined) if self.examined else None


class Judgement(Record):
    """A named person's decision on a point (workpapers/judgements/*.yaml)."""

    id: str = Field(pattern=r"^J-\d{3,}$")
    point: str
    verdict: VerdictValue
    basis: JudgementBasis = "evidence"
    rationale: str = Field(min_length=15)
    by: str
    """Person id of engagement.yaml."""
    at: date
    on: tuple[str, ...] = ()
    """Evidence ids it rests on."""
    how_checked: str = ""
    """For ``no_occurrence``: how it was checked that nothing of the kind happened."""
    replaces: str | None = None
    """The earlier judgement on the same point that this one takes the place of; it stays in its file."""
    safeguard: str = Field(default="", exclude_if=is_unset)
    """What keeps the judgement impartial where the point lies in an area the person works in."""

    @property
    def digest(self) -> str:
        """Return the digest of what was signed."""
        return digest_value(self.model_dump(mode="json", exclude_none=True))


class JudgementFile(Record):
    """One file of judgements."""

    judgements: tuple[Judgement, ...]


class Binding(Record):
    """What a judgement rested on when it was signed (workpapers/judgements.lock.json)."""

    judgement: str
    """Digest of the judgement itself."""
    point: str
    """Digest of the point's text and procedures."""
    results: str
    """Digest of the outcomes, counts, parameters and definitions seen for the point."""
    evidence: dict[str, str]
    """Evidence id to SHA-256, for every item that bore on the point."""


class InterviewAnswer(Record):
    """One question and its answer."""

    point: str
    question: str
    answer: str
    """What was said or seen; empty: not asked yet, and the answer counts for nothing."""
    shown: tuple[str, ...] = ()
    """Evidence ids of the records shown."""
    outcome: Literal["met", "not_met", "no_evidence"] = "no_evidence"
    kind: Literal["interview", "observe"] = "interview"


class Interview(Record):
    """Notes of an interview or an observation on site (workpapers/interviews/*.yaml)."""

    id: str = Field(pattern=r"^IV-\d{3,}$")
    at: date
    interviewee: str = ""
    """Who was asked, or showed what was seen; empty only for what the auditor saw alone."""
    role: str = ""
    interviewer: str
    """Person id of engagement.yaml."""
    answers: tuple[InterviewAnswer, ...]
    place: str = Field(default="", exclude_if=is_unset)
    safeguard: str = Field(default="", exclude_if=is_unset)


class PointVerdict(Record):
    """The verdict on one point, and everything it rests on."""

    point: str
    requirement: str
    clause: str
    value: VerdictValue = "not_assessed"
    standing: Standing = "candidate"
    basis: JudgementBasis | None = None
    """How a confirmed verdict was reached; None for candidates."""
    reasons: tuple[str, ...] = ()
    """Why it is not ``conforms``, or what decided it."""
    judgement: Judgement | None = None
    suspect: tuple[str, ...] = ()
    """What changed since the judgement was signed; not empty: the judgement does not decide."""
    conflict: tuple[str, ...] = ()
    """Results that contradict the judgement; shown with both."""
    results: tuple[ProcedureResult, ...] = ()
    strength: int = 0
    """0 nothing, 1 statement, 2 document, 3 records examined."""
    stale: bool = False
    """Its freshest evidence lies outside the audit period."""
    outside_visit: bool = False
    """Its clause is not part of this visit, so it never conforms."""


class RequirementVerdict(Record):
    """The worst of the points, with the counts."""

    requirement: str
    clause: str
    value: VerdictValue
    standing: Standing
    """confirmed when every point is confirmed."""
    points: int
    conforming: int
    nonconforming: int
    not_assessed: int
    not_applicable: int
    confirmed: int


class ClauseVerdict(Record):
    """The worst of the requirements of a clause and all below it."""

    clause: str
    title: str
    value: VerdictValue | Literal["no_requirement"]
    requirements: int
    conforming: int
    nonconforming: int
    not_assessed: int
    not_applicable: int
    confirmed: int


class Interval(Record):
    """A share that is only known within bounds: all unassessed fail, or all unassessed conform."""

    name: str
    method: str
    """How it is computed, printed beside it."""
    conforming: int
    nonconforming: int
    not_assessed: int
    denominator: int
    low: Fraction
    high: Fraction

    @property
    def exact(self) -> bool:
        """Tell whether everything in the denominator is assessed."""
        return self.not_assessed == 0 and self.denominator > 0


class Measures(Record):
    """The numbers of an assessment; each stands with its method."""

    by_requirement: Interval
    by_clause_average: Interval
    confirmed_by_requirement: Interval
    """Only confirmed verdicts count as assessed."""
    coverage_assessed: int
    coverage_total: int
    """Points with a verdict other than not_assessed, of all points."""
    confirmed_points: int
    strength: dict[int, int]
    """Strength 0 to 3 to number of points."""
    fresh: int
    stale: int
    no_occurrence: int
    by_weight: Interval | None = None
    """None: no overlay sets a weight."""


BlockerKind = Literal[
    "document_not_shown", "records_not_shown", "records_too_young", "clause_not_conforming", "candidate",
    "major_open", "minor_without_plan", "not_assessed", "not_confirmed", "other",
]  # fmt: skip


class GateBlocker(Record):
    """One thing that keeps a gate closed."""

    what: str
    points: tuple[str, ...] = ()
    owner: str | None = None
    due: date | None = None
    kind: BlockerKind = "other"
    subject: str = ""
    """What it is about: a document type, a dataset, a clause or a finding, by ``kind``."""
    title: str = Field(default="", exclude=True)
    """Of a blocker that consists of points: what these belong to, in words."""


class Gate(Record):
    """One readiness gate, passed or blocked."""

    id: Literal["documentation", "operation", "governance", "nonconformities", "confirmation"]
    title: str
    rule: str
    """What it asks, with its parameters."""
    passed: bool
    blockers: tuple[GateBlocker, ...] = ()


class Assessment(Record):
    """Everything concluded about one engagement and one catalog."""

    points: tuple[PointVerdict, ...]
    requirements: tuple[RequirementVerdict, ...]
    clauses: tuple[ClauseVerdict, ...]
    measures: Measures
