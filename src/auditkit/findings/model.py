"""The nouns of findings."""

from datetime import date
from typing import Literal

from pydantic import Field

from auditkit.assessment.model import EvidenceRef, ExceptionRow, Grade, Standing
from auditkit.base.ids import unqualify
from auditkit.base.language import translated
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
    "merged",
]
Step = Literal[
    "answer",
    "return",
    "accept_plan",
    "implement",
    "verify",
    "close",
    "reopen",
    "reject",
    "regrade",
    "merge",
    "split",
    "note",
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
    recommendation: str = ""
    """What the auditors advise; only where the kind of the engagement allows advice."""
    effort_days: float | None = None
    """What they think it takes; advice as well."""


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


class Event(Record):
    """One step in the life of a finding; the list only grows. What a step needs is in ``findings.lifecycle``."""

    step: Step
    at: date
    by: str
    """Person id of engagement.yaml."""
    note: str = ""
    """What was seen or decided; the reason of a step back."""
    correction: str = ""
    cause: str = ""
    corrective_action: str = ""
    owner: str = ""
    due: date | None = None
    evidence: tuple[str, ...] = ()
    effective: bool | None = None
    """For verify: whether the action had the effect it was meant to have."""
    grade: Grade | None = None
    """For regrade."""
    into: tuple[str, ...] = ()
    """For merge: the finding that takes this one in. For split: the findings it became."""


class HistoryEntry(Record):
    """What workpapers/findings.lock.json keeps of one history."""

    steps: int
    digest: str


class FindingFile(Record):
    """workpapers/findings/NC-001.yaml."""

    finding: AuditorPart
    answer: AuditeePart = AuditeePart()
    events: tuple[Event, ...] = ()
    """The history, oldest first; it is only added to."""


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

    @property
    def printed(self) -> str:
        """Return the rule as it stands beside every grade that it gave."""
        return f"{translated(self.says)} ({translated(self.source)})"


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
    history: tuple[Event, ...] = ()
    """The steps that counted, oldest first."""
    takes_in: tuple[str, ...] = ()
    """Findings that were merged into this one."""
    recommendation: str = ""
    """What the auditors advise, where they may."""
    effort_days: float | None = None
    """What they think it takes."""

    def grade_at(self, point: str) -> Grade:
        """Return the grade at one of the points: its own, that of its catalog, or that of the finding."""
        catalog, _ = unqualify(point)
        return self.grades.get(point) or self.grades.get(catalog or "") or self.grade
