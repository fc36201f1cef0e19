"""Service catalogue, customers, agreements and other parties, without any defect."""

from datetime import date, timedelta

from worked.people import name
from worked.services import CUSTOMERS, SERVICES, SUPPLIERS
from worked.world import Row, World, workday


def make_services(world: World) -> None:
    """Fill the service catalogue: twelve live services, one planned, one retired."""
    rng = world.rng("service")
    rows: list[Row] = []
    for number, service in enumerate(SERVICES, start=1):
        live = date(2016 + number % 7, 1 + number % 12, 1)
        if service.id == "SV-12":
            live = world.year.day(11, 12) if world.year.name == "current" else date(2024, 11, 15)
        customers = sorted(rng.sample([one[0] for one in CUSTOMERS], rng.randint(5, 11)))
        rows.append(
            {
                "id": service.id, "name": service.name, "status": "live", "owner": name(service.owner),
                "description": service.description, "outcome": service.outcome, "customers": "; ".join(customers),
                "dependencies": service.dependencies.replace(";", "; "), "requirements_ref": f"SR-{service.id[-2:]}",
                "criticality": service.criticality, "in_scope": True, "live_at": live,
                "catalogued_at": live - timedelta(days=9),
            }
        )  # fmt: skip
    old = dict.fromkeys(rows[0]) | {"id": "SV-13", "name": "Terminal Services", "status": "retired", "in_scope": False}
    old |= {"live_at": date(2009, 3, 1), "catalogued_at": date(2009, 3, 1)}
    plan = dict.fromkeys(rows[0]) | {"id": "SV-14", "name": "Desk Assistant", "status": "planned", "in_scope": True}
    plan |= {"owner": name("N-123"), "description": "Answers from the knowledge base by chat"}
    for test in ("services_have_documented_requirements", "services_have_criticality", "catalogue_entries_complete"):
        world.trap(test, "SV-13", "The service is retired; it needs neither owner nor requirements any more.")
    world.trap("catalogue_entries_complete", "SV-14", "The service is still planned.")
    world.tables["service"] = [*rows, old, plan]


def make_involvements(world: World) -> None:
    """Fill the table of parts that other parties provide or operate."""
    parts = (
        ("Data centre space", "component", "S-01", "SV-04"), ("Power and cooling", "component", "S-01", "SV-04"),
        ("Wide area lines", "component", "S-02", "SV-03"), ("Internet access", "component", "S-02", "SV-03"),
        ("Line fault handling", "process", "S-02", "SV-03"), ("Device leasing", "service", "S-03", "SV-01"),
        ("Device repair", "service", "S-03", "SV-01"), ("Mail platform", "component", "S-04", "SV-08"),
        ("Meeting platform", "component", "S-04", "SV-08"), ("Night shift monitoring", "service", "S-05", "SV-11"),
        ("First analysis of alerts", "process", "S-05", "SV-11"), ("Media storage", "component", "S-06", "SV-09"),
        ("On-site work", "service", "S-07", "SV-01"), ("On-site network work", "service", "S-07", "SV-03"),
        ("Building access", "service", "S-08", "SV-04"), ("Hands and eyes at edge sites", "service", "S-09", "SV-12"),
    )  # fmt: skip
    owners = {one.id: name(one.owner) for one in SERVICES}
    agreement = {f"S-{n:02d}": f"CT-{n:02d}" if n <= 6 else f"OLA-{n - 6:02d}" for n in range(1, 10)}
    world.tables["involvement"] = [
        {
            "id": f"OP-{number:02d}", "object": what, "kind": kind, "party": party, "owner": owners[service],
            "agreement_id": agreement[party], "controls": "Monthly figures, quarterly review, right to audit",
        }
        for number, (what, kind, party, service) in enumerate(parts, start=1)
    ]  # fmt: skip


def make_customers(world: World) -> None:
    """Fill customers, satisfaction results and complaints."""
    rng = world.rng("customer")
    year = world.year
    rows: list[Row] = []
    for identifier, title, owner, interval in CUSTOMERS:
        days = int(interval)
        rows.append(
            {
                "id": identifier, "name": title, "owner": name(owner), "review_interval_days": days,
                "last_review_at": year.as_of - timedelta(days=rng.randint(6, days - 4)),
                "last_survey_at": year.as_of - timedelta(days=rng.randint(20, 340)),
            }
        )  # fmt: skip
    world.tables["customer"] = rows
    results: list[Row] = []
    for number in range(1, year.sizes["satisfaction"] + 1):
        score = round(rng.gauss(4.15, 0.35), 1)
        measured = workday(rng, year.start - timedelta(days=20), year.end)
        results.append(
            {
                "id": f"SAT-{year.end.year % 100}{number:02d}", "customer": rows[number % 14]["id"], "measured_at": measured,
                "score": min(score, 5.0), "target": 3.8, "reported_at": measured + timedelta(days=rng.randint(5, 20)),
                "action_ref": f"ACT-{number:03d}" if score < 3.8 else None,
            }
        )  # fmt: skip
    world.tables["satisfaction"] = results
    _complaints(world)


def _complaints(world: World) -> None:
    rng, year = world.rng("complaint"), world.year
    rows: list[Row] = []
    for number in range(1, year.sizes["complaint"] + 1):
        opened = workday(rng, year.start - timedelta(days=10), year.end)
        due = opened + timedelta(days=15)
        late = rng.random() < 0.15
        closed = due + timedelta(days=rng.randint(2, 20)) if late else opened + timedelta(days=rng.randint(2, 14))
        if closed >= year.as_of:
            closed = None
        escalated = due if late and due < year.as_of else None
        reported = closed + timedelta(days=5) if closed else None
        row: Row = {"id": f"CMP-{year.end.year % 100}{number:02d}", "customer": rng.choice(CUSTOMERS)[0], "opened_at": opened}
        rows.append(row | {"due_at": due, "closed_at": closed, "escalated_at": escalated, "reported_at": reported})
    late_one = next(row for row in rows if row["escalated_at"] is not None)
    world.trap("complaints_closed_or_escalated", late_one["id"], "Closed after its due date, but escalated on that date.")
    rows[-1] |= {"opened_at": year.end, "due_at": year.as_of, "closed_at": None, "escalated_at": None, "reported_at": None}
    world.trap("complaints_closed_or_escalated", rows[-1]["id"], "Still open, due on the day of the assessment itself.")
    world.tables["complaint"] = rows


def make_slas(world: World) -> None:
    """Fill the table of agreements, with a draft and an expired one."""
    rng, year = world.rng("sla"), world.year
    offers = [(service, customer) for service in SERVICES for customer in CUSTOMERS]
    chosen = sorted(rng.sample(range(len(offers)), 26))
    rows: list[Row] = []
    for number, index in enumerate(chosen, start=1):
        service, customer = offers[index]
        agreed = workday(rng, year.start - timedelta(days=500), year.start - timedelta(days=30))
        rows.append(
            {
                "id": f"SLA-{number:03d}", "service": service.id, "customer": customer[0], "status": "agreed",
                "targets": f"Availability {service.availability_target} %, response 30 minutes",
                "workload_limits": f"{rng.choice((40, 80, 160, 300))} tickets a month", "exceptions": "Planned maintenance, faults of the customer's own systems",
                "agreed_by_customer": f"Head of IT, {customer[1]}", "agreed_by_provider": name(customer[2]),
                "agreed_at": agreed, "effective_from": agreed + timedelta(days=14),
                "expires_at": agreed + timedelta(days=1500), "review_due": year.as_of + timedelta(days=rng.randint(10, 330)),
            }
        )  # fmt: skip
    rows[11] |= {"status": "draft", "agreed_by_customer": None, "agreed_by_provider": None, "agreed_at": None, "workload_limits": None}
    world.trap("sla_agreed_by_both_sides", rows[11]["id"], "The agreement is a draft under negotiation.")
    rows[19] |= {"status": "expired", "review_due": year.start - timedelta(days=60), "exceptions": None}
    world.trap("sla_review_in_date", rows[19]["id"], "The agreement has expired, so its review date no longer binds.")
    world.tables["sla"] = rows


def make_suppliers(world: World) -> None:
    """Fill suppliers, contracts and disputes."""
    rng, year = world.rng("supplier"), world.year
    suppliers: list[Row] = []
    contracts: list[Row] = []
    for number, (identifier, title, kind, criticality, scope) in enumerate(SUPPLIERS, start=1):
        agreement = f"CT-{number:02d}" if kind == "external" else f"OLA-{number - 6:02d}"
        suppliers.append(
            {
                "id": identifier, "name": title, "type": kind, "owner": name("N-120"), "contract_id": agreement,
                "criticality": criticality, "last_review_at": year.as_of - timedelta(days=rng.randint(12, 88)),
                "has_access": identifier not in ("S-03", "S-06"), "security_clause_ref": f"{agreement} annex 3",
            }
        )  # fmt: skip
        if kind == "external":
            start = year.start - timedelta(days=rng.randint(400, 1400))
            contracts.append(_contract(agreement, identifier, scope, start))
            contracts[-1]["reviewed_at"] = year.as_of - timedelta(days=rng.randint(20, 330))
    for row in suppliers:
        if not row["has_access"]:
            row["security_clause_ref"] = None
            world.trap("external_access_has_agreed_controls", row["id"], "The supplier has no access to systems or information.")
    young = _contract("CT-07", "S-02", "Mobile data lines", year.as_of - timedelta(days=200))
    over = _contract("CT-08", "S-10", "Former hosting of terminal services", year.start - timedelta(days=1500))
    over |= {"status": "terminated", "end_at": year.start, "targets": None, "responsibilities": None}
    world.trap("contracts_reviewed_in_interval", "CT-07", "In force for 200 days, so the first review is not due yet.")
    world.trap("contracts_complete", "CT-08", "The contract of this former supplier has been terminated.")
    world.tables["supplier"], world.tables["contract"] = suppliers, [*contracts, young, over]
    world.tables["dispute"] = [
        {"id": f"DIS-{n:02d}", "supplier": supplier, "opened_at": opened, "closed_at": closed, "owner": name("N-120")}
        for n, (supplier, opened, closed) in enumerate(
            (
                ("S-02", year.day(11, 4), year.day(1, 16)), ("S-03", year.day(2, 10), year.day(3, 20)),
                ("S-04", year.day(4, 21), year.day(6, 30)), ("S-01", year.day(9, 8), None),
            ),
            start=1,
        )
    ]  # fmt: skip
    world.trap("contract_disputes_closed", "DIS-04", "Opened less than 90 days ago, the time allowed for settling it.")


def _contract(identifier: str, supplier: str, scope: str, start: date) -> Row:
    return {
        "id": identifier, "supplier": supplier, "status": "active", "scope": scope,
        "requirements": "Section 3, requirements on the supplier", "targets": "Section 4, service levels",
        "responsibilities": "Section 5, authorities and responsibilities", "start_at": start,
        "end_at": start + timedelta(days=2190), "reviewed_at": None,
    }  # fmt: skip
