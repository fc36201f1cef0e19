"""The registers beside the tickets, free of defects: services, agreements, suppliers, finance, assurance, evaluation."""

from datetime import date, timedelta

from nordwerk.world import CUSTOMERS, PEOPLE, PROCESSES, SERVICES, SUPPLIERS, Row, World

SURNAMES = (
    "Adler", "Bruns", "Cordes", "Dreyer", "Eggers", "Feddersen", "Gerdes", "Hinrichs", "Ihde", "Jürgens",
    "Kruse-Witt", "Lüders", "Mertens", "Nissen", "Ohlsen", "Peters-Holm", "Quast", "Reimers", "Stüben", "Tietjen",
)  # fmt: skip


def _monthly(world: World, names: list[str]) -> list[tuple[str, date, int]]:
    return [(name, month, index) for index, name in enumerate(names) for month in world.months]


def services(world: World) -> dict[str, list[Row]]:
    """Services, customers, agreements and what is measured of them."""
    found: dict[str, list[Row]] = {}
    ids = [one[0] for one in SERVICES]
    found["service"] = [{
        "id": key, "name": name, "status": "live", "owner": PEOPLE[n], "description": f"{name} for customers of Nordwerk.",
        "outcome": f"Staff can rely on {name.lower()} in working hours.", "customers": "; ".join(CUSTOMERS[n % 3 :: 3]),
        "dependencies": "SVC-04; SVC-10", "requirements_ref": f"SRQ-{n + 1:02d}", "criticality": level, "in_scope": True,
        "live_at": world.start + timedelta(days=-900 - n if n < 11 else 120), "catalogued_at": world.start + timedelta(days=-930 - n if n < 11 else 112),
    } for n, (key, name, level) in enumerate(SERVICES)]  # fmt: skip
    found["service"].append({"id": "SVC-90", "name": "Fax Gateway", "status": "retired", "in_scope": False})
    found["customer"] = [{
        "id": f"CUS-{n + 1:02d}", "name": name, "owner": PEOPLE[n + 5], "review_interval_days": 92,
        "last_review_at": world.before(10 + 5 * n), "last_survey_at": world.before(60 + n),
    } for n, name in enumerate(CUSTOMERS)]  # fmt: skip
    found["satisfaction"] = [{
        "id": f"SAT-{n:03d}", "customer": f"CUS-{n % 14 + 1:02d}", "measured_at": world.start + timedelta(days=10 + n * 8),
        "score": 3.1 if n % 9 == 4 else 4.3, "target": 4.0, "reported_at": world.start + timedelta(days=20 + n * 8),
        "action_ref": f"IMP-{n:03d}" if n % 9 == 4 else None,
    } for n in range(42)]  # fmt: skip
    found["complaint"] = [{
        "id": f"CPL-{n:03d}", "customer": f"CUS-{n % 14 + 1:02d}", "opened_at": world.start + timedelta(days=5 + n * 9),
        "due_at": world.start + timedelta(days=19 + n * 9), "closed_at": world.start + timedelta(days=12 + n * 9), "escalated_at": None,
        "reported_at": world.start + timedelta(days=35 + n * 9),
    } for n in range(36)]  # fmt: skip
    found["sla"] = [{
        "id": f"SLA-{n + 1:03d}", "service": ids[n % 12], "customer": f"CUS-{n % 14 + 1:02d}", "status": "agreed",
        "targets": "99.5 % availability; P1 in 4 hours", "workload_limits": "2,000 users; 900 tickets a month",
        "exceptions": "Announced maintenance", "agreed_by_customer": f"Head of IT of CUS-{n % 14 + 1:02d}",
        "agreed_by_provider": PEOPLE[n % 20], "agreed_at": world.start - timedelta(days=100 + n),
        "effective_from": world.start - timedelta(days=90), "expires_at": world.as_of + timedelta(days=500),
        "review_due": world.as_of + timedelta(days=30 + n),
    } for n in range(42)]  # fmt: skip
    found["sla_measure"] = [{
        "id": f"SLR-{index + 1:02d}-{month:%Y%m}", "sla": f"SLA-{index + 1:03d}", "service": ids[index % 12], "period": month,
        "metric": "availability", "target": 99.5, "actual": 99.1 if (index + month.month) % 17 == 0 else 99.8,
        "met": (index + month.month) % 17 != 0, "action_ref": f"IMP-{index:03d}" if (index + month.month) % 17 == 0 else None,
        "reported_at": month + timedelta(days=36),
    } for _, month, index in _monthly(world, [f"SLA-{n:03d}" for n in range(42)])]  # fmt: skip
    found["workload"] = [{
        "id": f"WL-{name}-{month:%Y%m}", "service": name, "period": month, "actual": 700 + 9 * index, "limit": 900,
        "reported_at": month + timedelta(days=36),
    } for name, month, index in _monthly(world, ids)]  # fmt: skip
    found["budget"] = [{
        "id": f"BUD-{name}-{month:%Y%m}", "service": name, "period": month, "budgeted": 41250.5 + index, "actual": 40110.25 + index,
        "forecast": 495000.75, "explanation": None, "reviewed_at": month + timedelta(days=40),
    } for name, month, index in _monthly(world, ids)]  # fmt: skip
    found["demand"] = [{
        "id": f"DEM-{name}-{month:%Y%m}", "service": name, "period": month, "actual": 610 + 3 * index, "forecast": 600 + 3 * index,
        "reported_at": month + timedelta(days=36),
    } for name, month, index in _monthly(world, ids)]  # fmt: skip
    found["availability"] = [{
        "id": f"AVL-{name}-{month:%Y%m}", "service": name, "period": month, "target": 99.5,
        "actual": 99.91 if (index + month.month) % 11 else 99.2, "action_ref": None,
    } for name, month, index in _monthly(world, ids)]  # fmt: skip
    found["capacity"] = [{
        "id": f"CAP-{index:02d}-{month:%Y%m}", "resource": name, "period": month,
        "utilisation": 88 if (index * 3 + month.month) % 7 == 0 else 61, "threshold": 80,
        "action_ref": f"CHG{300000 + index}" if (index * 3 + month.month) % 7 == 0 else None,
    } for name, month, index in _monthly(world, [f"cluster-{n:02d}" for n in range(16)])]  # fmt: skip
    return found


def parties(world: World) -> dict[str, list[Row]]:
    """Suppliers, contracts and other parties."""
    found: dict[str, list[Row]] = {}
    found["supplier"] = [{
        "id": key, "name": name, "type": kind, "owner": PEOPLE[n + 9], "contract_id": f"CON-{n + 1:02d}" if kind == "external" else f"OLA-{n + 1:02d}",
        "criticality": ("critical", "high", "medium")[n % 3], "last_review_at": world.before(30 + n), "has_access": n % 2 == 0,
        "security_clause_ref": f"SEC-ANNEX-{n + 1}" if n % 2 == 0 else None,
    } for n, (key, name, kind) in enumerate(SUPPLIERS)]  # fmt: skip
    found["contract"] = [{
        "id": f"CON-{n + 1:02d}", "supplier": f"SUP-{n % 6 + 1:02d}", "status": "active", "scope": "As annex A", "requirements": "As annex B",
        "targets": "Restoration within 4 hours", "responsibilities": "As annex C", "start_at": world.start - timedelta(days=600 + n),
        "end_at": world.as_of + timedelta(days=400), "reviewed_at": world.before(40 + 9 * n),
    } for n in range(18)]  # fmt: skip
    found["contract"].append(
        {"id": "CON-90", "supplier": "SUP-05", "status": "terminated", "start_at": date(2020, 1, 1)}
    )
    found["supplier_measure"] = [{
        "id": f"SPM-{name}-{month:%Y%m}", "supplier": name, "period": month, "target": 98.0,
        "actual": 96.4 if (index * 5 + month.month) % 13 == 0 else 99.0, "met": (index * 5 + month.month) % 13 != 0,
        "action_ref": f"SIP-{index}{month:%m}" if (index * 5 + month.month) % 13 == 0 else None,
    } for name, month, index in _monthly(world, [one[0] for one in SUPPLIERS])]  # fmt: skip
    found["dispute"] = [{
        "id": f"DSP-{n}", "supplier": f"SUP-{n % 6 + 1:02d}", "opened_at": world.start + timedelta(days=20 * n + 3),
        "closed_at": world.start + timedelta(days=20 * n + 50), "owner": PEOPLE[n],
    } for n in range(8)]  # fmt: skip
    found["involvement"] = [{
        "id": f"INV-{n:02d}", "object": ("Carrier lines", "Night shift of the service desk", "Data centre", "Vulnerability scans")[n % 4] + f" {n}",
        "kind": ("component", "process", "component", "service")[n % 4], "party": SUPPLIERS[n % 6][1], "owner": PEOPLE[n + 2],
        "agreement_id": f"CON-{n % 18 + 1:02d}", "controls": "Monthly report and quarterly review against the targets",
    } for n in range(24)]  # fmt: skip
    found["role"] = [{"id": f"ROL-{n:02d}", "object": name, "kind": "process" if n < 15 else "service", "holder": f"P{n:02d}", "holder_left_at": None}
        for n, name in enumerate((*PROCESSES, *(one[1] for one in SERVICES)))]  # fmt: skip
    found["person"] = [{
        "id": f"P{n:02d}", "name": PEOPLE[n] if n < len(PEOPLE) else f"{PEOPLE[n * 7 % 40].split()[0]} {SURNAMES[n % 20]}", "unit": ("Operations", "Service Desk", "Projects")[n % 3], "joined_at": world.start - timedelta(days=400 + n),
        "left_at": world.start + timedelta(days=n) if n >= 150 else None, "awareness_at": world.before(30 + n),
        "account_disabled_at": world.start + timedelta(days=n) if n >= 150 else None,
    } for n in range(180)]  # fmt: skip
    found["competence"] = [{
        "id": f"CMP-{n:03d}", "person": f"P{n % 40:02d}", "role": PROCESSES[n % 15], "competence": ("ITIL Foundation", "Vendor training", "Audit")[n % 3],
        "evidence_ref": f"CERT-{n:03d}", "obtained_at": world.start - timedelta(days=200 + n),
        "expires_at": world.as_of + timedelta(days=90 + n) if n % 2 else None,
    } for n in range(120)]  # fmt: skip
    return found


def assurance(world: World) -> dict[str, list[Row]]:
    """Assets, outages, continuity, risk and security."""
    found: dict[str, list[Row]] = {}
    found["asset"] = [{
        "id": f"AST-{n:04d}", "type": "Laptop" if n % 4 else "Licence", "owner": f"P{n % 40:02d}", "status": "disposed" if n % 31 == 30 else "in_use",
        "disposed_at": world.before(60) if n % 31 == 30 else None, "disposal_ref": f"DIS-{n:04d}" if n % 31 == 30 else None,
        "entitled": 100 if n % 4 == 0 else None, "used": 93 if n % 4 == 0 else None, "support_end": world.as_of + timedelta(days=300),
    } for n in range(640)]  # fmt: skip
    found["outage"] = []
    for n in range(64):
        start = world.moment(20)
        found["outage"].append({
            "id": f"OUT-{n:03d}", "service": SERVICES[n % 12][0], "started_at": start, "ended_at": world.later(start, 5, 180),
            "planned": n % 3 == 0, "investigation_ref": None if n % 3 == 0 else f"PIR-{n:03d}", "action_ref": None if n % 3 == 0 else f"ACT-{n:03d}",
        })  # fmt: skip
    found["continuity_plan"] = [{
        "id": f"SCP-{n + 1:02d}", "service": key, "criticality": level, "approved_at": world.before(200), "target_rto_hours": 4 if level == "critical" else 24,
        "last_tested_at": world.before(50 + 12 * n), "contacts_reviewed_at": world.before(20 + n), "offline_copy": True,
    } for n, (key, _, level) in enumerate(SERVICES)]  # fmt: skip
    found["continuity_test"] = [{
        "id": f"SCT-{n:02d}", "plan_id": f"SCP-{n % 12 + 1:02d}", "performed_at": world.before(50 + 12 * n) if n < 12 else world.before(230 + n),
        "result": "passed" if n % 4 else "partial", "target_rto_hours": 4, "achieved_rto_hours": 3.5 if n % 4 else 4.5,
        "deficiencies": 0 if n % 4 else 2, "actions": 0 if n % 4 else 2, "reviewed_at": world.before(40),
    } for n in range(20)]  # fmt: skip
    found["bia"] = [{
        "id": f"BIA-{key}", "service": key, "criticality": level, "rto_hours": 4 if level == "critical" else 24, "rpo_hours": 1,
        "mtpd_hours": 8 if level == "critical" else 72, "reviewed_at": world.before(100),
    } for key, _, level in SERVICES]  # fmt: skip
    kinds = ("sms", "service", "availability", "continuity", "security", "supplier")
    found["risk"] = [{
        "id": f"RSK-{n:03d}", "category": kinds[n % 6], "title": f"Risk {n} of kind {kinds[n % 6]}", "owner": PEOPLE[n % 40], "likelihood": n % 5 + 1,
        "impact": n % 4 + 1, "treatment": "Accepted by the management board" if n % 7 == 0 else "Reduce by redundancy and review",
        "assessed_at": world.before(20 + n), "effectiveness_checked_at": None if n % 7 == 0 else world.before(15 + n),
    } for n in range(96)]  # fmt: skip
    found["security_control"] = [{
        "id": f"CTL-{n:02d}", "title": f"Control {n}", "owner": PEOPLE[n % 40], "decision_ref": f"DEC-{n:02d}", "reviewed_at": world.before(30 + 3 * n),
        "result": "partly_effective" if n % 8 == 3 else "effective", "action_ref": f"ACT-C{n}" if n % 8 == 3 else None,
    } for n in range(60)]  # fmt: skip
    found["security_incident"] = []
    for n in range(90):
        opened = world.moment(60)
        found["security_incident"].append({
            "id": f"SIN-{n:03d}", "type": ("phishing", "lost device", "malware", "wrong recipient")[n % 4], "priority": n % 3 + 1, "opened_at": opened,
            "escalated_at": opened + timedelta(minutes=50), "resolved_at": opened + timedelta(days=2), "closed_at": opened + timedelta(days=5),
            "reported_at": opened + timedelta(days=9),
        })  # fmt: skip
    found["verification"] = [{
        "id": f"VER-{n:02d}", "scope": ("Server", "Switch", "Database", "Application")[n % 4], "performed_at": world.start + timedelta(days=15 + 28 * n),
        "sampled": 50, "matched": 48 if n % 2 else 50, "deficiencies": 2 if n % 2 else 0, "actions": 2 if n % 2 else 0,
    } for n in range(12)]  # fmt: skip
    return found


def evaluation(world: World) -> dict[str, list[Row]]:
    """Objectives, indicators, audits, reviews, reports, nonconformities, improvements, documents, knowledge, plans."""
    found: dict[str, list[Row]] = {}
    found["objective"] = [{
        "id": f"OBJ-{n:02d}", "title": f"Objective {n}", "metric": "share of incidents in target", "unit": "percent", "baseline": 88 + n, "target": 95,
        "owner": PEOPLE[n], "due": world.as_of + timedelta(days=70), "resources": "20 person-days", "latest_reading_at": world.before(14),
    } for n in range(14)]  # fmt: skip
    found["kpi"] = [{
        "id": f"KPI-{n:02d}", "object": (*PROCESSES, *(one[1] for one in SERVICES))[n], "metric": "monthly value", "method": "query on the export",
        "frequency_days": 31, "latest_reading_at": world.before(14),
    } for n in range(27)]  # fmt: skip
    found["audit"] = []
    for n, name in enumerate(PROCESSES):
        planned = world.start + timedelta(days=20 + 21 * n)
        found["audit"].append({
            "id": f"AUD-{n:02d}", "process": name, "clauses": "8", "planned_at": planned, "performed_at": planned + timedelta(days=3),
            "auditor": PEOPLE[(n + 7) % 40], "auditor_independent": n % 5 != 4, "safeguard": "Work re-performed by a second auditor" if n % 5 == 4 else None,
            "auditor_qualified_until": world.as_of + timedelta(days=400), "report_issued_at": planned + timedelta(days=11), "risk_score": n % 5 + 1,
        })  # fmt: skip
    found["management_review"] = [{
        "id": f"MRV-{n}", "planned_at": world.start + timedelta(days=70 + 90 * n), "held_at": world.start + timedelta(days=73 + 90 * n),
        "top_management_present": True, "inputs_covered": 14, "decisions": 5, "minutes_ref": f"MIN-{n}",
    } for n in range(4)]  # fmt: skip
    found["service_report"] = [{
        "id": f"RPT-{name}-{month:%Y%m}", "report": f"Monthly report {name}", "audience": "Customer", "due_at": month + timedelta(days=9),
        "issued_at": month + timedelta(days=7), "has_trend": True, "decisions": "See minutes",
    } for name, month, _ in _monthly(world, [f"CUS-{n + 1:02d}" for n in range(14)])]  # fmt: skip
    found["nonconformity"] = []
    for n in range(44):
        raised = world.start + timedelta(days=3 + 6 * n)
        found["nonconformity"].append({
            "id": f"NCO-{n:03d}", "requirement": ("8.5.1.3", "8.6.1", "7.5.3", "8.3.4.1")[n % 4], "statement": "A rule was not followed.",
            "evidence_ref": f"AR-{n:03d}", "correction": "Corrected on the spot.", "root_cause": "The rule was unknown to new staff.",
            "action": "Training and a check in the tool.", "owner": f"P{n % 20:02d}", "raised_at": raised, "due": raised + timedelta(days=45),
            "implemented_at": raised + timedelta(days=30), "verified_at": raised + timedelta(days=70), "verified_by": f"P{n % 20 + 20:02d}",
            "closed_at": raised + timedelta(days=72), "similar_checked_at": raised + timedelta(days=12),
        })  # fmt: skip
    found["improvement"] = []
    for n in range(52):
        raised = world.start + timedelta(days=2 + 5 * n)
        done = n % 3 == 0
        found["improvement"].append({
            "id": f"IMP-{n:03d}", "title": f"Improvement {n}", "source": ("audit", "customer", "staff")[n % 3], "status": "finished" if done else "started",
            "raised_at": raised, "decision": "Approved: serves objective 1 at low cost", "decided_by": PEOPLE[n % 10], "decided_at": raised + timedelta(days=20),
            "metric": "hours", "baseline": 12, "target": 8, "actual": 7 if done else None, "owner": PEOPLE[n % 20], "due": raised + timedelta(days=120),
            "started_at": raised + timedelta(days=30), "finished_at": min(raised + timedelta(days=80), world.end) if done else None,
            "measured_at": min(raised + timedelta(days=85), world.end) if done else None, "reported_at": min(raised + timedelta(days=90), world.end) if done else None,
        })  # fmt: skip
    found["document"] = [{
        "id": f"DOC-{n:03d}", "title": f"Document {n}", "type": ("policy", "procedure", "plan")[n % 3], "version": f"{n % 4 + 1}.0", "status": "withdrawn" if n % 20 == 19 else "published",
        "owner": PEOPLE[n % 40], "author": PEOPLE[(n + 3) % 40], "approver": PEOPLE[(n + 7) % 40], "approved_at": world.before(300 - n),
        "effective_at": world.before(295 - n), "next_review_at": world.before(40) if n % 20 == 19 else world.as_of + timedelta(days=70 + n),
    } for n in range(140)]  # fmt: skip
    found["article"] = [{"id": f"KB-{n:03d}", "title": f"Article {n}", "owner": PEOPLE[n % 40], "reviewed_at": world.before(20 + n), "used_count": n * 7 % 90}
        for n in range(260)]  # fmt: skip
    found["request_type"] = [{"id": name, "title": name, "instruction_ref": f"WI-{n:02d}", "owner": PEOPLE[n]} for n, name in enumerate((
        "New account", "Password reset", "Software installation", "Hardware order", "Mailbox extension", "VPN access", "Database access",
        "Shared drive", "Mobile device", "Meeting room equipment", "Printer setup", "Leaver account", "Licence transfer", "Phone number", "Report subscription",
    ))]  # fmt: skip
    found["transition_plan"] = []
    for n in range(1, 15):
        live = world.start + timedelta(days=18 * n)
        found["transition_plan"].append({
            "id": f"TP-{n:02d}", "service": SERVICES[n % 12][0], "kind": ("new", "changed", "changed", "removed")[n % 4], "responsibilities": "Project lead and service owner",
            "activities": "As schedule", "resources": "60 person-days", "dependencies": "SVC-04", "testing": "Pilot with 20 users", "acceptance_criteria": "AC list",
            "outcomes": "Waiting time down by a third", "planned_live_at": live, "accepted_at": live - timedelta(days=2), "live_at": live,
            "outcome_reported_at": live + timedelta(days=60),
        })  # fmt: skip
    return found
