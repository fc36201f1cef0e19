"""What the sample run audits: an engagement, a catalog of three clauses, two lenses, hostile texts."""

from datetime import date

from auditkit.assessment.engagement import Disagreement, Engagement, Organisation, Person, SignOff, Visit
from auditkit.base.period import Period
from auditkit.catalog.model import Catalog, CatalogHead, Clause, Lens, LensGroup, Point, Procedures

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
