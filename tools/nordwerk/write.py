"""Write an engagement folder: engagement.yaml, register, requests, workpapers made by people."""

import json
import shutil
from pathlib import Path
from typing import Any

from nordwerk.prose import RULES
from nordwerk.world import CUSTOMERS, ORGANISATION, SERVICES, SITES, World

HOLIDAYS = (
    "2024-10-03", "2024-10-31", "2024-12-25", "2024-12-26", "2025-01-01", "2025-04-18", "2025-04-21", "2025-05-01", "2025-05-29", "2025-06-09",
    "2025-10-03", "2025-10-31", "2025-12-25", "2025-12-26", "2026-01-01", "2026-04-03", "2026-04-06", "2026-05-01", "2026-05-14", "2026-05-25",
)  # fmt: skip
"""Public holidays of Hamburg."""


def flow(value: Any) -> str:
    """Write a value as one line of YAML; JSON is YAML."""
    return json.dumps(value, ensure_ascii=False)


def block(record: dict[str, Any]) -> str:
    """Write a record as one entry of a YAML list."""
    lines = [
        f"{'  - ' if number == 0 else '    '}{key}: {flow(value)}"
        for number, (key, value) in enumerate(record.items())
    ]
    return "\n".join(lines) + "\n"


PLANNING: dict[str, Any] = {
    "owner": "P-010", "calendar": "support",
    "capacity": {"auditors": 1.5, "Sabine Krüger": 0.8, "Piotr Nowak": 0.4, "Jan Otte": 0.5, "Stefan Groth": 0.5, "Nina Albers": 0.6, "Auditor from outside": 0.5},
    "criticality": {"ERP Hosting": 10, "Identity and Access": 9, "Database Operation": 8, "Server Hosting": 7, "Backup and Restore": 5},
}  # fmt: skip
"""How the plan of the audited year is made; the year before had none."""
SPEAKS_OF: dict[str, dict[str, list[str]]] = {
    "Transition plan: Web Portal relaunch": {"services": ["Web Portal Hosting"]},
    "Service design: Web Portal relaunch": {"services": ["Web Portal Hosting"]},
    "Availability plan": {
        "services": ["E-mail and Collaboration", "ERP Hosting", "Identity and Access"],
        "sites": ["Leipzig"],
    },
    "Service level agreement with Hansekai Logistik": {
        "services": ["E-mail and Collaboration", "Managed Network"]
    },
    "Service level agreement with Ostsee Klinikum": {"services": ["Server Hosting", "Backup and Restore"]},
    "Contract with Fibernet Carrier AG": {"services": ["Managed Network"], "sites": ["Leipzig"]},
    "Contract with Datacenter Elbe GmbH": {
        "services": ["Server Hosting", "ERP Hosting"],
        "sites": ["Hamburg"],
    },
    "Contract with NightDesk Services": {"services": ["Service Desk"]},
    "Report of the continuity test, ERP hosting": {"services": ["ERP Hosting"]},
    "Service continuity plan, Kraków site": {"sites": ["Kraków"]},
}
"""Which services and sites an item speaks of, where it speaks of some in particular."""


def write_register(folder: Path, entries: list[dict[str, Any]], world: World) -> list[dict[str, Any]]:
    """Number the entries and write evidence/register.yaml."""
    numbered = [
        {"id": f"EV-{number:03d}", **entry, **SPEAKS_OF.get(entry["title"], {})}
        for number, entry in enumerate(entries, start=1)
    ]
    head = (
        "# Written by people: every file received, one entry each.\n"
        f'documents_complete: true\ndeclared_by: "Lena Hoffmann"\ndeclared_at: {world.before(9)}\nitems:\n'
    )
    (folder / "register.yaml").write_text(
        head + "".join(block(entry) for entry in numbered), encoding="utf-8"
    )
    return numbered


def write_requests(folder: Path, world: World, entries: list[dict[str, Any]], clean: bool) -> None:
    """Write evidence/requests.yaml: received, and in the year with defects one that does not exist."""
    types = {entry.get("document_type"): entry["id"] for entry in entries if entry.get("document_type")}
    rows = []
    for number, kind in enumerate(
        (
            "service_management_plan",
            "risk_register",
            "continuity_plan",
            "audit_programme",
            "internal_supplier_agreement",
        ),
        start=1,
    ):
        known = types.get(kind)
        answer = {"answer": "received", "evidence": [known]} if known else {"answer": "does_not_exist"}
        rows.append({
            "id": f"RQ-{number:03d}", "asked_for": kind.replace("_", " ").capitalize(), "document_type": kind, "asked_at": str(world.before(30)),
            "asked_of": "Lena Hoffmann", **answer, "answered_by": "Lena Hoffmann", "answered_at": str(world.before(10)),
        })  # fmt: skip
    rows.append({"id": "RQ-006", "asked_for": "Personnel files of two administrators", "asked_at": str(world.before(30)), "asked_of": "Birgit Lorenz",
                 "answer": "refused", "answered_by": "Birgit Lorenz", "answered_at": str(world.before(20)), "note": "Data protection; certificates were shown instead."})  # fmt: skip
    if not clean:
        rows.append(
            {
                "id": "RQ-007",
                "asked_for": "Log of access to configuration records",
                "asked_at": str(world.before(12)),
                "asked_of": "Tobias Lange",
                "answer": "open",
            }
        )
    text = "# Written by people: what was asked for, and the answer.\nrequests:\n" + "".join(
        block(row) for row in rows
    )
    (folder / "requests.yaml").write_text(text, encoding="utf-8")


def write_engagement(
    root: Path, world: World, entries: list[dict[str, Any]], earlier: tuple[str, ...] = ()
) -> None:
    """Write engagement.yaml, every own rule with the evidence that states it."""
    evidence = {}
    for entry in entries:
        if entry.get("document_type") and entry.get("status", "current") == "current":
            evidence.setdefault(entry["document_type"], entry["id"])
    rules = {
        name: {"value": value, "source": "own_rule", "evidence": evidence[kind], "place": "Rules in numbers"}
        for kind, values in RULES.items()
        for name, value in values.items()
    }
    free = [day for day in HOLIDAYS if world.start.isoformat() <= day <= world.end.isoformat()]
    support = {
        "hours": {"mon-fri": ["07:00-19:00"]}, "holidays": free, "special_days": {f"{world.start.year}-12-{day}": ["07:00-13:00"] for day in (24, 31)},
        "evidence": evidence["incident_procedure"], "place": "Hours of support",
    }  # fmt: skip
    year = f"{world.start.year}/{world.end.year % 100}"
    head: dict[str, Any] = {
        "id": f"nordwerk-{world.end.year}", "title": f"Internal audit of the service management system {year}", "kind": "internal-audit", "stage": "-",
        "organisation": {"name": ORGANISATION, "unit": "Operations", "client": "Management board of Nordwerk"},
        "objectives": ["Determine how far the service management system meets ISO/IEC 20000-1:2018 with Amendment 1:2024.",
                       "Test whether the records of the year bear out what the documents say.", "Judge whether the organisation is ready for recertification."],
        "scope": "All twelve services, all processes of the service management system, the sites Hamburg, Leipzig and Kraków.",
        "services": [name for _, name, _ in SERVICES], "sites": list(SITES), "catalog": "iso-iec-20000-1-2018",
        "criteria": ["The organisation's own policies and procedures in the evidence register", f"Service level agreements with {len(CUSTOMERS)} customers"],
        "period": {"start": str(world.start), "end": str(world.end)}, "as_of": str(world.as_of), "time_zone": "Europe/Berlin", "calendars": {"support": support},
        "lead_auditor": "P-001",
        "visits": [{"at": str(world.before(16)), "place": "Hamburg", "what": "Opening meeting, leadership, planning", "auditees": ["P-010", "P-011"]},
                   {"at": str(world.before(15)), "place": "Hamburg", "what": "Change, release, incident, problem", "auditees": ["P-012", "P-013"]},
                   {"at": str(world.before(13)), "place": "Leipzig", "what": "Configuration, availability, continuity", "auditees": ["P-013"]},
                   {"at": str(world.before(10)), "place": "Remote", "what": "Kraków: platform team; closing meeting", "auditees": ["P-010", "P-014"]}],
        "distribution": ["Management board", "Service management lead", "Process owners"], "confidentiality": "Confidential",
        "disagreements": [{"finding": "NC-002", "auditee_view": "The reviews were held but not recorded.", "auditor_view": "A review without a record cannot be shown; the finding stands."}],
        "areas_not_covered": ["The field service team in Kraków was not visited; its records were read."],
        "obstacles": ["Personnel files were not opened for reasons of data protection."],
        "good_practices": ["The service desk publishes known errors with pictures of the symptom.", "Every change carries a named test environment."],
        "follow_up": "The owners answer the findings within three weeks; effectiveness is checked on the records of the following quarter.",
        **({"earlier": list(earlier)} if earlier else {}),
    }  # fmt: skip
    if world.end.year == 2026:
        head["planning"] = PLANNING
        head["logo"] = "branding/logo.png"
        (root / "branding").mkdir(exist_ok=True)
        shutil.copyfile(Path(__file__).parent / "logo.png", root / head["logo"])
    people = [
        ("P-001", "Sigrid Ahlers", "Lead auditor", "auditor", []), ("P-002", "Henning Kruse", "Auditor", "auditor", []),
        ("P-003", "Zofia Malinowska", "Auditor", "auditor", []), ("P-010", "Lena Hoffmann", "Service management lead", "auditee", ["planning"]),
        ("P-011", "Anna Berg", "Managing director", "auditee", ["leadership"]), ("P-012", "Jan Otte", "Change manager", "auditee", ["change-management"]),
        ("P-013", "Tobias Lange", "Head of operations", "auditee", ["incident-management", "configuration-management"]),
        ("P-014", "Piotr Nowak", "Platform lead Kraków", "auditee", ["service-availability-management"]),
        ("P-015", "Sabine Krüger", "Relationship and supplier manager", "auditee", ["supplier-management", "business-relationship-management"]),
        ("P-016", "Stefan Groth", "Audit and improvement manager", "auditee", ["internal-audit", "improvement"]),
        ("P-017", "Nina Albers", "Document controller", "auditee", ["support"]),
    ]  # fmt: skip
    known: dict[str, dict[str, Any]] = {
        "P-001": {"competence": ["4", "5", "6", "7", "8.1", "8.2", "8.5", "8.7.1", "8.7.2", "9", "10"], "languages": ["German", "English"]},
        "P-002": {"earlier_areas": {"change-management": "2026-01-31"}, "competence": ["8.1", "8.2", "8.5", "8.6", "8.7.1", "own-criteria"], "languages": ["German", "English"]},
        "P-003": {"competence": ["7", "8.3", "8.4"], "languages": ["German", "Polish", "English"]},
    }  # fmt: skip
    if world.as_of.year < 2026:  # the year before nobody had written it down
        known = {}
    lines = ["# Written by people: what is audited, against what, when and by whom."]
    lines += [f"{key}: {flow(value)}" for key, value in head.items()]
    lines += ["people:"] + [
        f"  - {flow(dict(zip(('id', 'name', 'role', 'side', 'areas'), one, strict=True)) | known.get(one[0], {}))}"
        for one in people
    ]
    lines += ["parameters:"] + [f"  {name}: {flow(value)}" for name, value in sorted(rules.items())]
    root.joinpath("engagement.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
