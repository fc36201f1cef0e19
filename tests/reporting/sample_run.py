"""A small run as the pipeline would hand it over: three clauses, seven points, hostile texts, draft or signed."""

from datetime import date
from pathlib import Path

from sample_engagement import (
    CANDIDATE_FAILURE,
    CANDIDATE_ID,
    PERIOD,
    SHA_CHANGES,
    SHA_POLICY,
    catalog,
    engagement,
    lenses,
)
from sample_results import findings, gates, plan, record_tests, verdicts

from auditkit.assessment.conduct import Conduct, conduct_of
from auditkit.assessment.conduct_load import load_kind, load_method
from auditkit.assessment.engagement import Parameter
from auditkit.assessment.measures import measure
from auditkit.assessment.model import Assessment, Interview, InterviewAnswer
from auditkit.assessment.verdicts import conclude_clauses, conclude_requirements
from auditkit.base.issue import InputIssue
from auditkit.base.place import Place
from auditkit.evidence.model import EvidenceItem, EvidenceRequest, FieldQuality, LockEntry, TableReading
from auditkit.findings.load import load_grading
from auditkit.reporting.model import FileReading, Run, Trace

CHECKLISTS = Path(__file__).resolve().parents[2] / "checklists"

__all__ = ["CANDIDATE_FAILURE", "CANDIDATE_ID", "catalog", "conduct", "findings", "gates", "sample_run"]


def sample_run(*, signed: bool = False, all_assessed: bool = False, **more: object) -> Run:
    """The whole run; keyword arguments replace its fields."""
    points = verdicts(all_assessed)
    requirements = conclude_requirements(catalog(), points)
    values: dict[str, object] = {
        "engagement": engagement(signed),
        "conduct": conduct(),
        "grading": load_grading(CHECKLISTS / "grading/house.yaml", "house.yaml")[0],
        "catalog": catalog(),
        "document_types": (),
        "lenses": lenses(),
        "assessment": Assessment(
            points=points,
            requirements=requirements,
            clauses=conclude_clauses(catalog(), requirements),
            measures=measure(points, requirements),
        ),
        "gates": gates(),
        "findings": findings(),
        "plan": plan(),
        "record_tests": record_tests(),
        "items": items(),
        "requests": requests(),
        "lock": {"EV-002": LockEntry(sha256=SHA_CHANGES, size_bytes=1000)},
        "files": files(),
        "readings": (reading(),),
        "interviews": (interview(),),
        "parameters": {
            "review_days": Parameter(value=365, source="house_default", about="Days between reviews."),
            "p1_target": Parameter(
                value=0.95, source="own_rule", evidence="EV-001", place="section 4", about="Share."
            ),
        },
        "issues": (issue(),),
        "trace": Trace(
            tool_version="0.1.0",
            catalog_digest="1" * 64,
            tests_digest="2" * 64,
            evidence_digest="3" * 64,
            rules_digest="5" * 64,
            workpapers_digest="4" * 64,
            run_id="5f5f5f5f5f5f",
        ),
    }
    return Run.model_validate({**values, **more})


def conduct(kind: str = "internal-audit", stage: str = "-", method: str | None = None) -> Conduct:
    """A shipped kind at a stage, with its default method or another."""
    found, issues = load_kind(CHECKLISTS / f"engagement-kinds/{kind}.yaml", kind)
    assert found is not None, issues
    name = method or found.stages[stage].method or found.method
    followed, issues = load_method(CHECKLISTS / f"audit-methods/{name}.yaml", name)
    assert followed is not None, issues
    return conduct_of(found, stage, followed, chosen=method is not None)


def items() -> tuple[EvidenceItem, ...]:
    """A policy whose bytes changed and an export."""
    return (
        EvidenceItem(id="EV-001", title="Service management policy", file="policy.md", kind="document",
                     document_type="service_management_policy", version="3.1", effective_at=date(2026, 1, 10)),
        EvidenceItem(id="EV-002", title="Change export", file="records/changes.csv", kind="record_export",
                     dataset="change", owner="Ewa Nowak", period=PERIOD, control_total=2150),
    )  # fmt: skip


def files() -> tuple[FileReading, ...]:
    """Two registered files and one that nobody registered."""
    return (
        FileReading(file="policy.md", evidence="EV-001", status="read", format="md", sha256=SHA_POLICY, size_bytes=900),
        FileReading(file="records/changes.csv", evidence="EV-002", status="read", format="csv", sha256=SHA_CHANGES, size_bytes=1000),
        FileReading(file="stray.doc", evidence=None, status="skipped", why="the format is not read", format="doc", sha256="e" * 64, size_bytes=5),
    )  # fmt: skip


def requests() -> tuple[EvidenceRequest, ...]:
    """One request refused."""
    return (
        EvidenceRequest(id="RQ-001", asked_for="Minutes of problem reviews", asked_at=date(2026, 9, 20), asked_of="P-101",
                        answer="refused", answered_by="P-101", answered_at=date(2026, 9, 25)),
    )  # fmt: skip


def reading() -> TableReading:
    """An export that lost rows and lacks a field."""
    return TableReading(
        evidence="EV-002", dataset="change", profile="servicenow-change", rows_in_file=2160, rows_kept=2150,
        dropped={"no_key": 10}, control_total=2150, first_at=date(2025, 10, 1), last_at=date(2026, 9, 29),
        fields=(FieldQuality(field="backout_plan", header=None, nulls=0, unparseable=0),
                FieldQuality(field="approved_at", header="Approved", nulls=18, unparseable=7)),
    )  # fmt: skip


def interview() -> Interview:
    """One interview."""
    return Interview(
        id="IV-001", at=date(2026, 10, 7), interviewee="P-101", role="change manager", interviewer="P-002",
        answers=(InterviewAnswer(point="8.5.1.3-1", question="How?", answer="By the board.", outcome="met"),),
    )  # fmt: skip


def issue() -> InputIssue:
    """One thing wrong with an input."""
    return InputIssue(
        code="export-cells-unreadable", severity="warning", place=Place(file="records/changes.csv", row=77),
        message="Seven dates could not be read.", hint="Export dates as ISO 8601.",
    )  # fmt: skip
