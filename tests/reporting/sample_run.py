"""A small run as the pipeline would hand it over: three clauses, seven points, hostile texts, draft or signed."""

from datetime import date

from auditkit.assessment.engagement import (
    Disagreement,
    Engagement,
    Organisation,
    Parameter,
    Person,
    SignOff,
    Visit,
)
from auditkit.assessment.measures import measure
from auditkit.assessment.model import (
    Assessment,
    EvidenceRef,
    ExceptionRow,
    Gate,
    GateBlocker,
    Interview,
    InterviewAnswer,
    Judgement,
    PointVerdict,
    ProcedureResult,
)
from auditkit.assessment.verdicts import conclude_clauses, conclude_requirements
from auditkit.base.issue import InputIssue
from auditkit.base.period import Period
from auditkit.base.place import Place
from auditkit.catalog.model import Catalog, CatalogHead, Clause, Lens, LensGroup, Point, Procedures
from auditkit.evidence.model import EvidenceItem, EvidenceRequest, FieldQuality, LockEntry, TableReading
from auditkit.findings.model import AuditeePart, Finding, Statement
from auditkit.improvement.model import Baseline, PlanItem
from auditkit.reporting.model import FileReading, RecordTestSummary, Run, Trace

HOSTILE = '<script>alert("x")</script> {{ 7*7 }} {% raw %} & \x1b[31m \u202e'
GERMAN = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
PERIOD = Period(start=date(2025, 10, 1), end=date(2026, 9, 30))
CANDIDATE_ID = "C-1a2b3c4d"
CANDIDATE_FAILURE = "Problems were closed without a recorded root cause."
SHA_CHANGES, SHA_POLICY = "c4" * 32, "9a" * 32


def point(identifier: str, statement: str, **more: object) -> Point:
    """One point of the sample catalog."""
    values: dict[str, object] = {"kind": "activity", "certainty": "exact"}
    return Point.model_validate(
        {"id": identifier, "statement": statement, "procedures": Procedures(), **values, **more}
    )


def catalog() -> Catalog:
    """Three clauses with requirements below two headings."""
    return Catalog(
        head=CatalogHead(
            id="iso-iec-20000-1-2018",
            standard="ISO/IEC 20000-1",
            edition="2018",
            amendments=("Amd 1:2024",),
            title="Service management system requirements",
            allows_exclusions=False,
            source_note="The statements are our own words and no part of the standard's text",
            files=("clauses.yaml",),
        ),
        clauses=(
            Clause(clause="4", title="Context of the organization"),
            Clause(
                clause="4.1",
                title="Organization and context",
                points=(
                    point("4.1-1", "The issues that bear on the purpose of the organisation are determined."),
                    point(
                        "4.1-A1",
                        "Whether climate change is a relevant issue has been determined.",
                        certainty="estimate",
                        amendment="Amd 1:2024",
                    ),
                ),
            ),
            Clause(clause="8", title="Operation"),
            Clause(
                clause="8.5.1.3",
                title="Change management activities",
                points=(
                    point("8.5.1.3-1", f"Changes are approved before they are implemented. {GERMAN}"),
                    point("8.5.1.3-2a", "The risk of every change is assessed and recorded."),
                    point("8.5.1.3-2b", "The effect of every change on services is assessed."),
                ),
            ),
            Clause(
                clause="8.6.3",
                title="Problem management",
                points=(
                    point("8.6.3-1", "Problems are identified from data and trends on incidents."),
                    point("8.6.3-2", "The cause of each problem is determined and recorded."),
                ),
            ),
        ),
    )


def engagement(signed: bool) -> Engagement:
    """The engagement; ``signed``: released by the lead auditor."""
    return Engagement(
        id="IA-2026",
        title="Internal audit of the service management system 2026",
        kind="internal-audit",
        organisation=Organisation(
            name="Nordwerk Managed Services GmbH", unit="Services", client="Management board"
        ),
        objectives=("Determine whether the system conforms to the standard.", "Prepare for surveillance."),
        scope="All managed services at Hamburg, Leipzig and Kraków.",
        services=("Workplace", "Hosting"),
        sites=("Hamburg", "Leipzig", "Kraków"),
        processes=("Change", "Problem"),
        criteria=("Service management policy 3.1",),
        period=PERIOD,
        as_of=date(2026, 10, 15),
        people=(
            Person(id="P-001", name="Anna Lindqvist", role="lead auditor", side="auditor"),
            Person(id="P-002", name="Jonas Weber", role="auditor", side="auditor"),
            Person(id="P-101", name="Ewa Nowak", role="change manager", side="auditee", areas=("change",)),
            Person(id="P-201", name="Dr. Karl Petersen", role="managing director", side="client"),
        ),
        lead_auditor="P-001",
        visits=(
            Visit(at=date(2026, 10, 5), place="Hamburg", what="Opening meeting", auditees=("P-101",)),
            Visit(at=date(2026, 10, 7), place="Leipzig", what="Change and release", auditees=("P-101",)),
        ),
        distribution=("Management board", "Process owners"),
        confidentiality="Confidential",
        disagreements=(
            Disagreement(
                finding="NC-002",
                auditee_view="Standard changes need no assessment.",
                auditor_view="These were normal.",
            ),
        ),
        areas_not_covered=("Data centre Kraków: access was not possible in the week of the audit.",),
        obstacles=("The configuration export came two days late.",),
        good_practices=("Every change record links to the services it touches.",),
        follow_up="Answers within 30 days; re-test with the records of the next quarter.",
        conclusion=f"The system works, with one serious gap in change control. {HOSTILE}",
        sign_off=SignOff(by="P-001", at=date(2026, 10, 30)) if signed else None,
    )


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
                    what=f"{CANDIDATE_ID}: candidate major nonconformity, to be confirmed or rejected"
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


def lenses() -> tuple[Lens, ...]:
    """Two small lenses; the second leaves points outside."""
    return (
        Lens(
            id="pdca",
            title="Plan, do, check, act",
            about="Where in the cycle a point lies.",
            source="Our assignment by clause.",
            groups=(
                LensGroup(id="plan", title="Plan", about="Context and planning.", clauses=("4",)),
                LensGroup(id="do", title="Do", about="Operation.", clauses=("8",)),
            ),
        ),
        Lens(
            id="process",
            title="Process",
            about="Who has to act.",
            source="Our assignment by clause.",
            groups=(LensGroup(id="change", title="Change management", clauses=("8.5.1",)),),
        ),
    )


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


def sample_run(*, signed: bool = False, all_assessed: bool = False, **more: object) -> Run:
    """The whole run; keyword arguments replace its fields."""
    points = verdicts(all_assessed)
    requirements = conclude_requirements(catalog(), points)
    values: dict[str, object] = {
        "engagement": engagement(signed),
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
            workpapers_digest="4" * 64,
            run_id="5f5f5f5f5f5f",
        ),
    }
    return Run.model_validate({**values, **more})


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
