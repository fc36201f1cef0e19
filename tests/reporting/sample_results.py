"""What the sample run concludes: verdicts, findings, gates, a plan and record tests."""

from datetime import date

from sample_engagement import CANDIDATE_FAILURE, CANDIDATE_ID, GERMAN, HOSTILE, SHA_CHANGES

from auditkit.assessment.model import (
    EvidenceRef,
    ExceptionRow,
    Gate,
    GateBlocker,
    Judgement,
    PointVerdict,
    ProcedureResult,
)
from auditkit.base.place import Place
from auditkit.findings.model import AuditeePart, Finding, Statement
from auditkit.improvement.model import Baseline, PlanItem
from auditkit.reporting.model import RecordTestSummary


def change_test(**more: object) -> ProcedureResult:
    """The record test that saw unapproved changes."""
    rows = tuple(
        ExceptionRow(
            evidence="EV-002",
            place=Place(file="records/changes.csv", row=number),
            key=f"CHG00{number}",
            values={"approved_at": None, "actual_start": f"2026-03-{number:02d}T10:00:00"},
        )
        for number in range(11, 17)
    )
    values: dict[str, object] = {
        "point": "8.5.1.3-1",
        "procedure": "record.normal_change_approved_before_implementation",
        "kind": "record",
        "title": "Normal changes were approved before they were implemented.",
        "outcome": "not_met",
        "basis": "standard",
        "test_class": "hard",
        "population": 2150,
        "examined": 2143,
        "exceptions": 18,
        "unknown": 7,
        "beyond_tolerance": True,
        "exception_rows": rows,
        "evidence": (EvidenceRef(id="EV-002", file="records/changes.csv", sha256=SHA_CHANGES),),
        "reasons": ("18 of 2143 changes were not approved before.",),
    }
    return ProcedureResult.model_validate({**values, **more})


def problem_test() -> ProcedureResult:
    """The record test behind the candidate that nobody confirmed."""
    return change_test(
        point="8.6.3-2",
        procedure="record.problem_cause_recorded",
        title="Closed problems have a cause.",
        population=40,
        examined=40,
        exceptions=12,
        unknown=0,
        exception_rows=(),
        reasons=("12 of 40 closed problems have no cause.",),
    )


def judgement(number: int, of: str, verdict: str, **more: object) -> Judgement:
    """A signed judgement of the lead auditor."""
    values: dict[str, object] = {
        "id": f"J-{number:03d}",
        "point": of,
        "verdict": verdict,
        "rationale": f"Seen in the documents and records named, reason {number}.",
        "by": "P-001",
        "at": date(2026, 10, 12),
        "on": ("EV-001",),
    }
    return Judgement.model_validate({**values, **more})


def verdicts(all_assessed: bool) -> tuple[PointVerdict, ...]:
    """A verdict for every point; ``all_assessed``: nothing is left open."""
    no_policy = ProcedureResult(
        point="4.1-A1",
        procedure="document.context",
        kind="document",
        title="A context analysis exists.",
        basis="standard",
    )
    stated = [
        _verdict("4.1-1", "conforms", judgement(1, "4.1-1", "conforms"), strength=2),
        _verdict("4.1-A1", "not_assessed", None, reasons=("No context analysis was received.",), results=(no_policy,)),
        _verdict("8.5.1.3-1", "nonconforming", judgement(2, "8.5.1.3-1", "nonconforming"), results=(change_test(),), strength=3),
        _verdict("8.5.1.3-2a", "nonconforming", judgement(3, "8.5.1.3-2a", "nonconforming"), strength=3),
        _verdict(
            "8.5.1.3-2b",
            "conforms",
            judgement(4, "8.5.1.3-2b", "conforms", basis="no_occurrence", how_checked="The log was read whole."),
            strength=1,
        ),
        _verdict("8.6.3-1", "conforms", None, strength=3),
        _verdict("8.6.3-2", "nonconforming", None, results=(problem_test(),), reasons=(CANDIDATE_FAILURE,), strength=3),
    ]  # fmt: skip
    if all_assessed:
        stated[1] = _verdict("4.1-A1", "conforms", judgement(5, "4.1-A1", "conforms"), strength=2)
    return tuple(stated)


def _verdict(identifier: str, value: str, signed: Judgement | None, **more: object) -> PointVerdict:
    requirement = identifier.rstrip("ab")
    values: dict[str, object] = {
        "point": identifier,
        "requirement": requirement,
        "clause": identifier.split("-")[0],
        "value": value,
        "standing": "confirmed" if signed else "candidate",
        "judgement": signed,
        "basis": signed.basis if signed else None,
    }
    return PointVerdict.model_validate({**values, **more})


def findings() -> tuple[Finding, ...]:
    """A minor and a major that people raised, and a candidate that nobody confirmed, in no useful order."""
    change = change_test()
    shared: dict[str, object] = {
        "raised_at": date(2026, 10, 8),
        "raised_by": "P-001",
        "standing": "confirmed",
    }
    candidate = Finding(
        id=CANDIDATE_ID,
        standing="candidate",
        grade="major",
        rule="More than 10 % of the records fail (house default)",
        points=("8.6.3-2",),
        procedure="record.problem_cause_recorded",
        area="",
        statement=Statement(
            requirement="Causes are recorded.", failure=CANDIDATE_FAILURE, objective_evidence="12 problems"
        ),
        population=40,
        examined=40,
        exceptions=12,
    )
    minor = Finding.model_validate(
        {
            **shared,
            "id": "NC-002",
            "grade": "minor",
            "rule": "Given by P-001.",
            "points": ("8.5.1.3-2a",),
            "procedure": None,
            "area": "Change",
            "statement": Statement(
                requirement="The risk of every change is assessed.",
                failure="Four changes carried no risk rating.",
                objective_evidence="CHG0031, CHG0044, CHG0045, CHG0060",
            ),
            "state": "plan_accepted",
            "answer": AuditeePart(
                correction="The four were rated.",
                cause="The form allows an empty rating.",
                corrective_action="The rating became compulsory.",
                owner="P-101",
                due=date(2026, 11, 30),
                plan_accepted_at=date(2026, 10, 14),
            ),
        }
    )
    major = Finding.model_validate(
        {
            **shared,
            "id": "NC-001",
            "grade": "major",
            "rule": "Given by P-001. The computed candidate was graded major.",
            "points": ("8.5.1.3-1",),
            "procedure": change.procedure,
            "area": "Change",
            "statement": Statement(
                requirement="Changes are approved before they are implemented.",
                failure=f"18 normal changes were implemented before approval. {HOSTILE}",
                objective_evidence=f"CHG0011 to CHG0016 and 12 more; owner {GERMAN}",
            ),
            "population": change.population,
            "examined": change.examined,
            "exceptions": change.exceptions,
            "exception_rows": change.exception_rows,
            "evidence": change.evidence,
        }
    )
    return candidate, minor, major


def gates() -> tuple[Gate, ...]:
    """One gate passed, one blocked by a major and by a candidate."""
    return (
        Gate(id="governance", title="Governance", rule="Internal audit and review conform.", passed=True),
        Gate(
            id="nonconformities",
            title="Nonconformities",
            rule="No major is open, no candidate is undecided.",
            passed=False,
            blockers=(
                GateBlocker(what="NC-001: major nonconformity open", points=("8.5.1.3-1",), owner="P-101"),
                GateBlocker(
                    what=f"{CANDIDATE_ID}: candidate major nonconformity, to be confirmed or rejected",
                    kind="candidate",
                    subject=CANDIDATE_ID,
                ),
            ),
        ),
    )


def plan() -> tuple[PlanItem, ...]:
    """One item taken up, one only proposed for the candidate."""
    taken = PlanItem(
        id="CA-001",
        title="Approve before implementing",
        findings=("NC-001",),
        points=("8.5.1.3-1",),
        processes=("Change management",),
        route="process_owner",
        route_reason="It concerns one process.",
        phase="do",
        blocks_certification=True,
        baseline=Baseline(
            measure="record.x", value="18 of 2143 examined do not comply", at=date(2026, 10, 15)
        ),
        target="0 exceptions in new records",
        owner="P-101",
        due=date(2026, 12, 31),
        effort_days=12.5,
        needs_record_months=3,
        status="agreed",
        priority=1,
    )
    proposed = taken.model_copy(
        update={
            "id": f"P-{CANDIDATE_ID}", "title": f"Problem management: eliminate {CANDIDATE_ID}",
            "findings": (CANDIDATE_ID,), "status": "candidate", "owner": None, "due": None, "priority": 2,
        }
    )  # fmt: skip
    return taken, proposed


def record_tests() -> tuple[RecordTestSummary, ...]:
    """One test not met, one without any export."""
    nothing = ProcedureResult(
        point="8.6.3-1",
        procedure="record.trend_reviewed",
        kind="record",
        title="Incident trends are reviewed every month.",
        basis="good_practice",
        test_class="indicator",
        reasons=("No export of problem reviews was received",),
    )
    return tuple(
        RecordTestSummary(
            id=result.procedure.removeprefix("record."),
            reference=reference,
            title=result.title,
            why="Unapproved change is risk.",
            remedy="Approve first.",
            points=(result.point,),
            result=result,
        )
        for reference, result in (("CHG-02", change_test()), ("PRB-09", nothing), ("PRB-02", problem_test()))
    )
