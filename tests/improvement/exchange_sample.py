"""Two actions, an opportunity and what they answer, for tests of the exchange."""

from datetime import date
from pathlib import Path

from auditkit.findings.model import Finding, Statement
from auditkit.improvement.exchange.items import build_items
from auditkit.improvement.exchange.load import load_trackers
from auditkit.improvement.exchange.model import Item, Tracker
from auditkit.improvement.model import ActionFile, Baseline, PlanItem

ROOT = Path(__file__).resolve().parents[2]
AS_OF = date(2026, 10, 15)
HEAD = {"engagement": "Small 2026", "organisation": "Kleinwerk", "as_of": str(AS_OF)}
FIRST = ActionFile(
    id="CA-001",
    finding="NC-001",
    title="Refuse changes without approval",
    owner="Jan Otte",
    due=date(2026, 12, 14),
    target='0 of all changes; "none"\n/close is no command here',
    effort_days=6,
    status="agreed",
)
SECOND = ActionFile(id="CA-002", finding="NC-002", title='=HYPERLINK("x")', owner="-1+1", status="done")


def finding(identifier: str, grade: str) -> Finding:
    return Finding(
        id=identifier,
        standing="confirmed",
        grade=grade,  # type: ignore[arg-type]
        rule="",
        points=("8.5.1.3-1",),
        procedure=None,
        area="",
        statement=Statement(
            requirement="Changes are approved.", failure="Some were not, ü & <b>.", objective_evidence="x"
        ),
        population=40,
        examined=40,
        exceptions=3,
        state="plan_accepted",
    )


def planned(identifier: str, found: str, priority: int) -> PlanItem:
    return PlanItem(
        id=identifier,
        title="Follow the advice",
        findings=(found,),
        points=("8.5.1.3-1",),
        processes=("Change management",),
        route="process_owner",
        route_reason="",
        phase="do",
        blocks_certification=False,
        baseline=Baseline(measure="record.x", value="3 of 40", at=date(2026, 10, 1)),
        target="All of it",
        owner=None,
        due=None,
        effort_days=None,
        needs_record_months=3,
        status="proposed",
        priority=priority,
    )


def items(*actions: ActionFile, everything: bool = False) -> tuple[Item, ...]:
    plan = (planned("CA-001", "NC-001", 1), planned("O-20000-2:8.5/1", "20000-2:8.5/1", 2))
    found = (finding("NC-001", "major"), finding("NC-002", "minor"))
    return build_items(actions or (FIRST, SECOND), plan, found, HEAD, everything=everything)


def shipped() -> dict[str, Tracker]:
    found, issues = load_trackers((ROOT / "checklists/trackers",))
    assert not issues, issues
    return found
