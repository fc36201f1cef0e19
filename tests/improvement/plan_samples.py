"""Small findings, actions and gates that plan tests are written in. As-of is Thursday, 15 October 2026 throughout."""

from datetime import date
from pathlib import Path
from typing import Any

from auditkit.assessment.model import BlockerKind, Gate, GateBlocker
from auditkit.findings.model import AuditeePart, Finding, FindingState, Statement
from auditkit.improvement.clearing import derive_to_clear
from auditkit.improvement.model import ActionFile
from auditkit.improvement.planning_load import load_rules
from auditkit.improvement.planning_model import PlanningRules, Task, ToClear
from auditkit.improvement.schedule import Capacities
from auditkit.improvement.tasks import Situation, derive_tasks
from auditkit.improvement.work_days import WorkDays, from_calendar
from auditkit.improvement.work_out import Workshop

AS_OF = date(2026, 10, 15)
ROOT = Path(__file__).resolve().parents[2]


def rules() -> PlanningRules:
    """The house rules of planning."""
    found, issues = load_rules(ROOT / "checklists/planning/house.yaml", "house.yaml")
    assert found is not None, issues
    return found


def finding(
    identifier: str = "NC-001",
    points: tuple[str, ...] = ("8.5.1.3-1",),
    grade: str = "major",
    state: FindingState = "answered",
    **more: Any,
) -> Finding:
    """A finding; an id that begins with C- is a candidate."""
    return Finding(
        id=identifier,
        standing="candidate" if identifier.startswith("C-") else "confirmed",
        grade=grade,  # type: ignore[arg-type]
        rule="given",
        points=points,
        area="",
        statement=Statement(requirement="r", failure="f", objective_evidence="e"),
        state=state,
        **{"procedure": None, "answer": AuditeePart(), **more},
    )


def action(identifier: str = "CA-001", answers: str = "NC-001", **more: Any) -> ActionFile:
    """An action of one person day, owned by Ann."""
    values = {"title": identifier, "owner": "Ann", "effort_days": 1, "waiting_months": 0, **more}
    return ActionFile(id=identifier, finding=answers, **values)


def gate(name: str, *blockers: GateBlocker) -> Gate:
    """A gate that these blockers close."""
    return Gate(id=name, title=name, rule="r", passed=not blockers, blockers=blockers)  # type: ignore[arg-type]


def blocker(kind: BlockerKind, subject: str = "", *points: str) -> GateBlocker:
    """One blocker."""
    return GateBlocker(what=f"{subject or kind}", kind=kind, subject=subject, points=points)


def situation(
    findings: tuple[Finding, ...] = (), actions: tuple[ActionFile, ...] = (), gates: tuple[Gate, ...] = ()
) -> Situation:
    """What tasks are derived from, with 30 days of waiting."""
    return Situation((), actions, findings, gates, rules(), {"P-010": "Ann"}, 30)


def worked(
    findings: tuple[Finding, ...] = (),
    actions: tuple[ActionFile, ...] = (),
    gates: tuple[Gate, ...] = (),
    capacity: float = 1,
) -> Workshop:
    """Everything a smallest set is sought in; everybody has ``capacity``."""
    given = situation(findings, actions, gates)
    tasks = derive_tasks(given)
    return shop(tasks, derive_to_clear(given, tasks), capacity)


def shop(tasks: tuple[Task, ...], to_clear: tuple[ToClear, ...] = (), capacity: float = 1) -> Workshop:
    """A workshop of tasks; Monday to Friday are worked."""
    days = WorkDays(AS_OF, from_calendar(None))
    return Workshop(tasks, to_clear, Capacities({}, capacity), days, rules(), {})
