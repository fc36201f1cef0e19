"""What a report shows, worded, sorted and counted once. Faces print it and compute nothing."""

from auditkit.base.model import Record
from auditkit.reporting.view_annexes import Method, RecordTestRow, RegisterRow, RequestRow
from auditkit.reporting.view_impact_model import ImpactView
from auditkit.reporting.view_parts import AuditFacts, Conclusion, Control, Cover, Entry, Fact, Summary
from auditkit.reporting.view_plan import PlanWorkView
from auditkit.reporting.view_progress_model import Progress
from auditkit.reporting.view_records import (
    ClauseBlock,
    ClauseRow,
    FindingView,
    LensView,
    NotAssessed,
    PlanRow,
    VerdictClause,
)
from auditkit.reporting.view_scales import CapabilityView, CycleRow, FurtherView, GuidanceView, PreviousRow


class Options(Record):
    """What the reader of a report may choose."""

    scores: bool = True
    """False: no percentage of conformity is printed, only verdicts and counts."""


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
    findings_note: str
    """What a finding says in this kind of engagement, and what it does not."""
    plan: tuple[PlanRow, ...]
    plan_work: PlanWorkView | None
    """None: the plan was not worked out."""
    progress: Progress
    not_assessed: NotAssessed
    guidance: GuidanceView
    capability: CapabilityView
    impact: ImpactView
    further: tuple[FurtherView, ...]
    previous: tuple[PreviousRow, ...]
    cycle: tuple[CycleRow, ...]
    grouped_by: str
    """Title of the lens that groups findings, plan and verdicts; empty: by clause."""
    gates_conclude: bool
    """Whether the readiness gates are part of the conclusion."""
    tests_inform: bool
    """Whether what record tests find is an early warning only."""
    lead_title: str
    candidates: tuple[FindingView, ...]
    candidate_plan: tuple[PlanRow, ...]
    tests: tuple[RecordTestRow, ...]
    evidence_register: tuple[RegisterRow, ...]
    unregistered: tuple[RegisterRow, ...]
    requests: tuple[RequestRow, ...]
    verdicts: tuple[VerdictClause, ...]
    method: Method
    trace: tuple[Fact, ...]
    glossary: tuple[Fact, ...]
