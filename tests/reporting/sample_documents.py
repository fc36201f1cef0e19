"""The sample run with what only documents show: a programme, a plan of the audit, coverage, a list for stage 1, actions."""

from datetime import date

from sample_run import items, sample_run
from test_report_forecast import CANDIDATE, MAJOR, run

from auditkit.assessment.programme.coverage import CoverageRow
from auditkit.assessment.programme.model import Programme
from auditkit.assessment.programme.plan import AuditPlan
from auditkit.evidence.model import EvidenceItem
from auditkit.findings.readiness_model import Received, StageDocument
from auditkit.improvement.model import ActionFile, Estimate
from auditkit.reporting.model import Run

PROGRAMME = Programme.model_validate(
    {
        "title": "Internal audits 2025 to 2028",
        "version": "2.0",
        "managed_by": "P-002",
        "approved": {"by": "P-201", "at": "2025-08-01", "role": "Managing director"},
        "objectives": ["Every clause is audited once a cycle."],
        "cycle_start": "2025-10-01",
        "risks": [{"risk": "One auditor once worked in change.", "treatment": "Another one audits it."}],
        "areas": [
            {"clause": "8.5.1.3", "risk": "high", "because": "Changes cause a third of all incidents."},
            {"site": "Kraków", "risk": "low", "because": "Only four persons work on this site.",
             "changed_at": "2026-03-01", "change": "The site moved."},
        ],
        "audits": [
            {"id": "AU-001", "title": "Whole system", "state": "done", "period": {"start": "2026-10-05", "end": "2026-10-07"},
             "engagement": "IA-2026", "clauses": ["4", "8"], "sites": ["Hamburg"], "remote_sites": ["Leipzig"],
             "lead": "P-001", "team": ["P-002"], "days": 3, "results": [{"clause": "8.5.1.3", "majors": 1}]},
            {"id": "AU-002", "title": "Supplier", "kind": "supplier-audit", "state": "cancelled",
             "period": {"start": "2026-11-01", "end": "2026-11-02"}, "sites": ["Kraków"], "lead": "P-002",
             "because": "The contract ended."},
        ],
    }
)  # fmt: skip
PLAN = AuditPlan.model_validate(
    {
        "prepared_by": "P-001",
        "prepared_at": date(2026, 9, 1),
        "audit": "AU-001",
        "days": {"start": date(2026, 10, 5), "end": date(2026, 10, 7)},
        "hours": {"start": "08:30", "end": "17:00"},
        "language": "German",
        "team": [{"person": "P-001", "role": "lead"}, {"person": "P-002", "role": "technical_expert"}],
        "sessions": [
            {"id": "S-02", "at": date(2026, 10, 7), "start": "09:00", "end": "11:30", "what": "Change and release",
             "site": "Leipzig", "remote": True, "clauses": ["8.5.1.3"], "auditors": ["P-001"], "auditees": ["P-101"],
             "method": "Records read together"},
            {"id": "S-01", "at": date(2026, 10, 5), "start": "09:00", "end": "09:30", "what": "Opening meeting",
             "kind": "opening", "site": "Hamburg", "place": "Room 1", "auditors": ["P-001", "P-002"]},
        ],
        "safeguards": [
            {"person": "P-002", "about": "independence", "areas": ["change"], "because": "Worked there until spring.",
             "safeguard": "The lead auditor takes part in it.", "agreed_by": "P-201", "at": date(2026, 9, 2)}
        ],
        "remote": {"platform": "The organisation's own.", "recording": "None.", "outage": "By telephone."},
        "changes": [{"at": date(2026, 9, 20), "by": "P-001", "what": "Leipzig is seen from afar."}],
    }
)  # fmt: skip
COVERAGE = (
    CoverageRow(axis="clause", id="4.1", title="Organization and context", risk=None, marks={"AU-001": "done", "AU-002": ""},
                points=2, examined=1, confirmed=1, last=date(2026, 10, 7), planned=None, due=date(2028, 9, 30),
                rule="once", why="Every area once a cycle.", amount="", state="covered"),
    CoverageRow(axis="clause", id="8.5.1.3", title="Change management activities", risk="high",
                marks={"AU-001": "part", "AU-002": ""}, points=3, examined=3, confirmed=3, last=None, planned=None,
                due=date(2026, 9, 30), rule="high", why="An area of high risk is audited every 12 months.", amount="",
                state="overdue"),
    CoverageRow(axis="site", id="Kraków", title="Kraków", risk="low", marks={"AU-001": ""}, last=None, planned=None,
                due=date(2028, 9, 30), rule="low", why="Once a cycle.", amount="", state="never"),
)  # fmt: skip
STAGE_1 = (
    StageDocument(id="service_management_policy", title="Service management policy", asked_by="standard", clauses=("5.2.1",),
                  why="", asked=(), state="defects", faults=("No approval is shown.",), owner="P-101",
                  received=(Received(evidence="EV-001", title="Policy", version="3.1"),)),
    StageDocument(id="risk_register", title="Risk register", asked_by="standard", clauses=("6.1.2",), why="", asked=(),
                  state="missing", faults=(), owner=None, received=()),
)  # fmt: skip


def documents_run(**more: object) -> Run:
    """The whole run; keyword arguments replace its fields."""
    values: dict[str, object] = {
        "readiness": run(MAJOR, CANDIDATE, documents=STAGE_1).readiness,
        "programme": PROGRAMME,
        "audit_plan": PLAN,
        "coverage": COVERAGE,
        "actions": (
            ActionFile(
                id="CA-001",
                finding="NC-001",
                title="Approve before implementing",
                owner="P-101",
                effort_days=Estimate(low=2, likely=3.5, high=6),
                cost=1200,
            ),
        ),
        "items": (
            *items(),
            EvidenceItem(id="EV-003", title="Scope", file="gone.md", kind="document", document_type="scope_statement",
                         links=("4.1-1", "8.6.3-1")),
        ),
    }  # fmt: skip
    return sample_run(**{**values, **more})  # type: ignore[arg-type]
