"""The nouns of findings."""

from datetime import date
from typing import Literal

from pydantic import Field

from auditkit.assessment.model import EvidenceRef, ExceptionRow, Grade, Standing
from auditkit.base.ids import unqualify
from auditkit.base.model import Record

FindingState = Literal[
    "raised",
    "answered",
    "plan_accepted",
    "implemented",
    "verified_effective",
    "closed",
    "reopened",
    "rejected",
]


class Statement(Record):
    """The three parts of a nonconformity statement."""

    requirement: str
    failure: str
    objective_evidence: str


class AuditorPart(Record):
    """What the auditor records (workpapers/findings/NC-*.yaml, ``finding``)."""

    id: str = Field(pattern=r"^(NC|OBS|OFI|GP)-\d{3,}$")
    points: tuple[str, ...]
    """Criteria: the points concerned; at least one."""
    grade: Grade
    grades: dict[str, Grade] = {}
    """Another grade for a criterion of a further catalog, by point or by catalog id."""
    statement: Statement
    raised_at: date
    raised_by: str
    """Person id of engagement.yaml."""
    area: str = ""
    evidence: tuple[str, ...] = ()
    confirms: tuple[str, ...] = ()
    """Ids of computed candidates (C-...) that this finding confirms."""
    rejects: tuple[str, ...] = ()
    """Ids of computed candidates that a person rejected; ``reason`` says why."""
    reason: str = ""
    repeat_of: str | None = None
    state: FindingState = "raised"


class AuditeePart(Record):
    """What the auditee answers (same file, ``answer``); the auditor names neither cause nor remedy."""

    correction: str = ""
    cause: str = ""
    corrective_action: str = ""
    owner: str = ""
    due: date | None = None
    plan_accepted_at: date | None = None
    implemented_at: date | None = None
    verified_at: date | None = None
    verified_by: str | None = None
    effectiveness: str = ""


class FindingFile(Record):
    """workpapers/findings/NC-001.yaml."""

    finding: AuditorPart
    answer: AuditeePart = AuditeePart()


class GradeRule(Record):
    """One grading rule; the first that fires decides."""

    id: str
    grade: Literal["major", "minor"]
    when: Literal["absent_requirement", "rate_above", "test_grade", "systemic_minors", "repeat", "otherwise"]
    threshold_share: float | None = None
    """For rate_above: share of exceptions among examined."""
    threshold_count: int | None = None
    """For systemic_minors: number of minors on one requirement."""
    says: str
    """The rule in words, printed with the grade."""
    source: str
    """Where the rule comes from: the text of 17021-1 in our words, or a house default."""


class GradingScheme(Record):
    """checklists/grading/*.yaml."""

    id: str
    title: str
    rules: tuple[GradeRule, ...]


class Finding(Record):
    """A finding as reports show it: raised by a person, or a computed candidate."""

    id: str
    """``NC-001`` when raised by a person, ``C-1a2b3c4d`` for a candidate (stable across runs)."""
    standing: Standing
    grade: Grade
    rule: str
    """The grading rule that fired, in words; for confirmed findings, the grade a person gave."""
    points: tuple[str, ...]
    procedure: str | None
    """The procedure that saw it, for candidates."""
    area: str
    statement: Statement
    population: int | None = None
    examined: int | None = None
    exceptions: int | None = None
    exception_rows: tuple[ExceptionRow, ...] = ()
    evidence: tuple[EvidenceRef, ...] = ()
    state: FindingState = "raised"
    raised_at: date | None = None
    raised_by: str | None = None
    repeat_of: str | None = None
    answer: AuditeePart = AuditeePart()
    confirms: tuple[str, ...] = ()
    grades: dict[str, Grade] = {}
    """Another grade for a criterion of a further catalog, by point or by catalog id."""

    def grade_at(self, point: str) -> Grade:
        """Return the grade at one of the points: its own, that of its catalog, or that of the finding."""
        catalog, _ = unqualify(point)
        return self.grades.get(point) or self.grades.get(catalog or "") or self.grade
