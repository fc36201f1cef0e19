"""Small blockers, findings and facts that readiness tests are written in. As-of is 15 October 2026 throughout."""

from datetime import date

from auditkit.assessment.engagement import Person
from auditkit.assessment.model import Gate, GateBlocker
from auditkit.assessment.records_planned import Planned
from auditkit.catalog.model import LensGroup
from auditkit.evidence.model import EvidenceItem, EvidenceRequest, TableReading
from auditkit.findings.model import AuditeePart, Finding, FindingState, Statement
from auditkit.findings.readiness import Facts, forecast
from auditkit.findings.readiness_days import Clock, Commitment
from auditkit.findings.readiness_model import BlockerForecast
from auditkit.findings.readiness_owners import Owners

AS_OF = date(2026, 10, 15)
CHANGE = LensGroup(id="change-management", title="Change management", clauses=("8.5.1",))
INCIDENT = LensGroup(id="incident-management", title="Incident management", clauses=("8.6.1",))
OTTE = Person(
    id="P-012", name="Jan Otte", role="Change manager", side="auditee", areas=("change-management",)
)
LANGE = Person(id="P-013", name="Tobias Lange", role="Head", side="auditee", areas=("Incident management",))
AUDITOR = Person(id="P-002", name="Ole", role="Auditor", side="auditor", areas=("change-management",))


def finding(
    identifier: str = "NC-001",
    state: FindingState = "answered",
    due: date | None = None,
    *,
    grade: str = "major",
    owner: str = "Jan Otte",
    done: date | None = None,
    points: tuple[str, ...] = ("8.5.1.3-1",),
) -> Finding:
    """A finding as people raised it."""
    return Finding(
        id=identifier,
        standing="confirmed",
        grade=grade,  # type: ignore[arg-type]
        rule="given",
        points=points,
        procedure=None,
        area="",
        statement=Statement(requirement="r", failure="f", objective_evidence="e"),
        state=state,
        answer=AuditeePart(owner=owner, due=due, implemented_at=done),
    )


def reading(first: date | None, dataset: str = "change", *, readable: bool = True) -> TableReading:
    """An export that was read, with the day of its first record."""
    return TableReading(
        evidence="EV-001",
        dataset=dataset,
        profile=dataset,
        rows_in_file=9,
        rows_kept=9,
        first_at=first,
        readable=readable,
    )


def clock(*on_records: str, actions: dict[str, tuple[Commitment, ...]] | None = None) -> Clock:
    """30 days of waiting, 3 months of new records."""
    return Clock(AS_OF, 30, 3, actions or {}, frozenset(on_records))


def facts(
    *findings: Finding,
    readings: tuple[TableReading, ...] = (),
    planned: tuple[Planned, ...] = (),
    requests: tuple[EvidenceRequest, ...] = (),
    items: tuple[EvidenceItem, ...] = (),
    with_clock: Clock | None = None,
) -> Facts:
    """Facts with three months of operation, two processes and their owners."""
    return Facts(
        clock=with_clock or clock(),
        months=3,
        findings={one.id: one for one in findings},
        readings=readings,
        planned=planned,
        owners=Owners((OTTE, LANGE, AUDITOR), (CHANGE, INCIDENT), requests, items),
        dataset_clauses={"change": ("8.5.1.3",), "audit": ("9.2.1",)},
        lead_auditor="P-001",
    )


def one(kind: str, given: Facts, subject: str = "", points: tuple[str, ...] = ()) -> BlockerForecast:
    """Forecast a gate with one blocker, and return the blocker."""
    blocker = GateBlocker(what=f"{subject} blocks", kind=kind, subject=subject, points=points)  # type: ignore[arg-type]
    return forecast([gate(blocker)], given).gates[0].blockers[0]


def gate(*blockers: GateBlocker, identifier: str = "operation") -> Gate:
    """A gate, open without blockers."""
    return Gate(
        id=identifier,  # type: ignore[arg-type]
        title=identifier.capitalize(),
        rule="r",
        passed=not blockers,
        blockers=blockers,
    )
