"""What one run hands to the reports: everything known, nothing worded yet."""

from typing import Literal

from pydantic import SkipValidation

from auditkit.assessment.capability import ProcessCapability
from auditkit.assessment.conduct import Conduct
from auditkit.assessment.engagement import Engagement, Parameter
from auditkit.assessment.guidance import GuidanceAlignment
from auditkit.assessment.model import Assessment, Gate, Interview, ProcedureResult
from auditkit.assessment.previous import PreviousVerdict
from auditkit.assessment.programme.coverage import CoverageRow
from auditkit.assessment.programme.model import Programme
from auditkit.assessment.programme.plan import AuditPlan
from auditkit.base.issue import InputIssue
from auditkit.base.model import Record
from auditkit.catalog.crosswalk import Inference
from auditkit.catalog.lens import Lens
from auditkit.catalog.model import Catalog, DocumentType, GuidanceItem
from auditkit.catalog.overlay import OverlayPoint
from auditkit.evidence.model import EvidenceItem, EvidenceRequest, LockEntry, ReadStatus, TableReading
from auditkit.evidence.quality import ExportQuality
from auditkit.findings.model import Finding, GradingScheme
from auditkit.findings.readiness_model import Readiness
from auditkit.impact.analysis import Analysis
from auditkit.improvement.control_chart import ControlChart, NoChart
from auditkit.improvement.earlier import EarlierRun
from auditkit.improvement.model import ActionFile, PlanItem
from auditkit.improvement.planning_model import PlanWork
from auditkit.improvement.proof_model import Proof


class FileReading(Record):
    """What became of one file below evidence/."""

    file: str
    evidence: str | None
    """Evidence id; None: not registered."""
    status: ReadStatus
    why: str = ""
    format: str
    sha256: str
    size_bytes: int
    passages: int = 0


class RecordTestSummary(Record):
    """One record test as it ran once over its dataset (several points may rest on it)."""

    id: str
    reference: str
    """Id in the published test list, such as CHG-02."""
    title: str
    why: str
    remedy: str
    points: tuple[str, ...]
    result: ProcedureResult
    """With ``point`` set to the first point."""


class Trace(Record):
    """What this report was made from; equal traces give equal reports."""

    tool_version: str
    catalog_digest: str
    tests_digest: str
    evidence_digest: str
    workpapers_digest: str
    rules_digest: str = ""
    """Of the grading scheme, the kind and stage of the engagement, and the audit method."""
    run_id: str
    """First twelve hexadecimal digits of the digest over all of the above."""


class FurtherResult(Record):
    """What was concluded about a further catalog of an integrated audit; its ids are qualified."""

    catalog: Catalog
    assessment: Assessment
    inferences: tuple[Inference, ...] = ()
    """What the crosswalk from the first catalog lets one suppose; never a verdict."""
    crosswalk: str = ""
    """Title of that crosswalk; empty: there is none."""


class ImpactSummary(Record):
    """The business impact analysis and what the checks saw in it."""

    source: str
    """Name of the file, workbook or folder."""
    analysis: SkipValidation[Analysis | None]
    """None: it cannot be read."""
    results: tuple[ProcedureResult, ...]
    """One result a check, in the order of the checks."""


class Run(Record):
    """Everything one run knows."""

    engagement: Engagement
    conduct: Conduct
    """Words, sections and rules of its kind and stage."""
    grading: GradingScheme
    """The scheme that candidates were graded by."""
    catalog: Catalog
    document_types: tuple[DocumentType, ...]
    lenses: tuple[Lens, ...]
    assessment: Assessment
    gates: tuple[Gate, ...]
    findings: tuple[Finding, ...]
    plan: tuple[PlanItem, ...]
    plan_work: PlanWork | None = None
    """The plan worked out against the gates; None: not reckoned."""
    record_tests: tuple[RecordTestSummary, ...]
    items: tuple[EvidenceItem, ...]
    requests: tuple[EvidenceRequest, ...]
    lock: dict[str, LockEntry]
    files: tuple[FileReading, ...]
    readings: tuple[TableReading, ...]
    interviews: tuple[Interview, ...]
    parameters: dict[str, Parameter]
    """The parameters in force, house defaults included."""
    issues: tuple[InputIssue, ...]
    logo: str = ""
    """The logo as an address that holds it whole; empty: none."""
    trace: Trace
    further: tuple[FurtherResult, ...] = ()
    guidance: tuple[GuidanceItem, ...] = ()
    alignment: GuidanceAlignment = GuidanceAlignment()
    overlay: dict[str, OverlayPoint] = {}
    """What overlays add to points of the catalog, by point."""
    previous: tuple[PreviousVerdict, ...] = ()
    """What an earlier engagement concluded; shown, never counted."""
    quality: tuple[ExportQuality, ...] = ()
    """Each readable export as a population."""
    capability: tuple[ProcessCapability, ...] = ()
    """Levels of the processes that were rated; a scale of its own."""
    readiness: Readiness | None = None
    """From which day gates can open, and the list for stage 1; None: not reckoned."""
    programme: Programme | None = None
    """The audit programme; None: there is none."""
    audit_plan: AuditPlan | None = None
    coverage: tuple[CoverageRow, ...] = ()
    """Clauses, processes and sites over the cycle of the programme."""
    redacted: Literal["", "auditee", "all"] = ""
    """Whose names were taken out; empty: nobody's."""
    purged: dict[str, str] = {}
    """Files below evidence/ that were deleted when the time of keeping was over: when, by whom and why."""
    proofs: tuple[Proof, ...] = ()
    """What the records say of actions whose measure is a record test."""
    charts: tuple[ControlChart | NoChart, ...] = ()
    """The measures of actions and findings from month to month."""
    earlier: tuple[EarlierRun, ...] = ()
    """The engagements before this one, in figures."""
    actions: tuple[ActionFile, ...] = ()
    """The actions as their owners state them."""
    impact: ImpactSummary | None = None
    """None: no business impact analysis was handed over."""
