"""A gate asks for what was shown; what is unknown blocks it, and says what is missing."""

import sys
from datetime import date
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "assessment"))
from verdict_samples import catalog, one_point, result

from auditkit.assessment.measures import measure
from auditkit.assessment.model import Assessment, Gate
from auditkit.assessment.verdicts import Decided, conclude_clauses, conclude_points, conclude_requirements
from auditkit.catalog.model import DocumentExpectation, DocumentType, Procedures
from auditkit.evidence.model import TableReading
from auditkit.findings.gates import decide_gates
from auditkit.findings.model import Finding, FindingState, Statement

AS_OF = date(2026, 10, 15)
POLICY = DocumentType(id="policy", title="Policy", clauses=("8",), basis="standard", names=("policy",))
DOCUMENTED = one_point(
    "8.5-1",
    documented=True,
    procedures=Procedures(documents=(DocumentExpectation(type="policy"),)),
    suffices=(("document.policy",),),
)
WHOLE = catalog(DOCUMENTED)


def gates(
    *findings: Finding,
    readings: tuple[TableReading, ...] = (),
    needed: dict[str, str] | None = None,
    met: bool = True,
) -> dict[str, Gate]:
    seen = result("document.policy", point="8.5-1", population=1, examined=1)
    points = conclude_points(WHOLE, {"8.5-1": (seen,)} if met else {}, Decided({}, {}), {})
    requirements = conclude_requirements(WHOLE, points)
    assessment = Assessment(
        points=points,
        requirements=requirements,
        clauses=conclude_clauses(WHOLE, requirements),
        measures=measure(points, requirements),
    )
    found = decide_gates(WHOLE, assessment, findings, (POLICY,), readings, needed or {}, 3, AS_OF)
    return {one.id: one for one in found}


def reading(**changes: object) -> TableReading:
    values: dict[str, object] = {
        "evidence": "EV-001",
        "dataset": "incident",
        "profile": "incident",
        "rows_in_file": 9,
        "rows_kept": 9,
        "first_at": date(2026, 7, 15),
    }
    return TableReading(**(values | changes))  # type: ignore[arg-type]


def finding(grade: str, state: FindingState = "raised", standing: str = "confirmed") -> Finding:
    statement = Statement(requirement="r", failure="f", objective_evidence="e")
    return Finding(
        id="NC-001",
        standing=standing,  # type: ignore[arg-type]
        grade=grade,  # type: ignore[arg-type]
        rule="given",
        points=("8.5-1",),
        procedure=None,
        area="",
        statement=statement,
        state=state,
    )


def test_documentation_names_the_type_that_was_not_shown() -> None:
    assert gates()["documentation"].passed
    blocked = gates(met=False)["documentation"]
    assert [(one.what, one.points) for one in blocked.blockers] == [
        ("Policy: not shown for 1 point", ("8.5-1",))
    ]


@pytest.mark.parametrize(
    ("readings", "what"),
    [
        ((), "Incidents: no export was received"),
        ((reading(readable=False, first_at=None),), "Incidents: an export could not be read"),
        ((reading(), reading(evidence="EV-002", readable=False)), "Incidents: an export could not be read"),
        ((reading(first_at=None),), "Incidents: no dated record"),
        ((reading(first_at=date(2026, 7, 16)),), "Incidents: records only since 2026-07-16"),
    ],
)
def test_operation_needs_records_of_the_stated_months(readings: tuple[TableReading, ...], what: str) -> None:
    gate = gates(readings=readings, needed={"incident": "Incidents"})["operation"]
    assert [one.what for one in gate.blockers] == [what]


def test_operation_passes_on_the_day_the_months_are_full() -> None:
    assert gates(readings=(reading(),), needed={"incident": "Incidents"})["operation"].passed


@pytest.mark.parametrize(
    ("found", "passed"),
    [
        (finding("major"), False),
        (finding("major", "plan_accepted"), False),
        (finding("major", "verified_effective"), True),
        (finding("minor"), False),
        (finding("minor", "plan_accepted"), True),
        (finding("minor", standing="candidate"), False),
        (finding("observation"), True),
        (finding("opportunity"), True),
    ],
)
def test_nonconformities_by_grade_and_state(found: Finding, passed: bool) -> None:
    assert gates(found)["nonconformities"].passed is passed


def test_what_is_not_assessed_keeps_the_nonconformities_gate_closed() -> None:
    assert gates()["nonconformities"].passed
    assert not gates(met=False)["nonconformities"].passed
