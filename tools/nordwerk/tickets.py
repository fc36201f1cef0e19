"""Incidents, requests, changes, releases, problems and configuration items, free of defects."""

from datetime import datetime, time, timedelta

from nordwerk.world import SITES, Row, World

CATEGORIES = ("network", "server", "workplace", "application", "database", "access", "print", "telephony")
REQUEST_TYPES = (
    "New account", "Password reset", "Software installation", "Hardware order", "Mailbox extension",
    "VPN access", "Database access", "Shared drive", "Mobile device", "Meeting room equipment",
    "Printer setup", "Leaver account", "Licence transfer", "Phone number", "Report subscription",
)  # fmt: skip
APPROVED_TYPES = frozenset({"Hardware order", "VPN access", "Database access", "Licence transfer"})
ACTIONS = (
    "Checked the event log, restarted the service and confirmed with the user.",
    "Replaced the faulty cable and measured the line again.",
    "Cleared the queue, corrected the rights and asked the user to test.",
    "Rolled the driver back to the version before and watched it for an hour.",
    "Extended the file system by ten gigabytes and closed the alarm.",
)


def _awake(moment: datetime) -> datetime:
    """Move a moment out of the hours in which clocks change."""
    return moment - timedelta(hours=3) if moment.hour in (1, 2, 3) else moment


def incidents(world: World) -> list[Row]:
    """Twelve thousand incidents, 40 of them major."""
    rows = []
    total = world.count(12_400)
    for number in range(total):
        opened = world.moment()
        impact, urgency = world.chance.choice((1, 2, 2, 3, 3, 3)), world.chance.choice((1, 2, 2, 3, 3, 3))
        priority = min(5, max(1, impact + urgency - 1))
        responded = world.later(opened, 3, 40)
        resolved = world.later(responded, 20, 60 * 30)
        due = opened + timedelta(hours={1: 4, 2: 8, 3: 24, 4: 48, 5: 72}[priority])
        breached = resolved > due and world.chance.random() < 0.15
        if resolved > due and not breached:
            resolved = due - timedelta(minutes=world.chance.randint(1, 30))
        closed = world.later(resolved, 60, 60 * 72)
        major = number % (total // world.count(40)) == 0
        rows.append({
            "id": f"INC{1000000 + number}", "title": f"{world.chance.choice(CATEGORIES).capitalize()} disturbance reported",
            "status": "closed" if number % 40 else "resolved", "category": world.chance.choice(CATEGORIES),
            "priority": 1 if major else priority, "impact": impact, "urgency": urgency, "service": world.service(),
            "ci": f"CI-{world.chance.randint(1, world.count(1500)):05d}", "site": world.chance.choice(SITES),
            "requester": f"user{world.chance.randint(1, 2400):04d}", "assignee": world.person(),
            "group": world.chance.choice(("Service Desk", "Network", "Server", "Applications")),
            "opened_at": opened, "responded_at": responded, "due_at": due, "resolved_at": resolved,
            "closed_at": closed if number % 40 else None, "updated_at": closed,
            "escalated_at": responded + timedelta(minutes=30) if breached or major else None, "breached": breached,
            "is_major": major, "major_manager": world.person() if major else None,
            "management_notified_at": responded + timedelta(minutes=20) if major else None,
            "review_ref": f"MIR-{number:05d}" if major else None, "review_at": (resolved + timedelta(days=4)).date() if major else None,
            "problem_id": f"PRB{100000 + number % world.count(210)}" if major or number % 30 == 0 else None,
            "change_id": None, "release_id": None, "reopened_count": 1 if number % 50 == 7 else 0,
            "reassigned_count": number % 3, "work_notes": world.chance.choice(ACTIONS), "resolution_notes": world.chance.choice(ACTIONS),
        })  # fmt: skip
    return rows


def requests(world: World) -> list[Row]:
    """Eight thousand service requests."""
    rows = []
    for number in range(world.count(8_300)):
        opened = world.moment()
        kind = world.chance.choice(REQUEST_TYPES)
        needs = kind in APPROVED_TYPES
        approved = world.later(opened, 30, 60 * 10) if needs else None
        fulfilled = world.later(approved or opened, 60, 60 * 60)
        late = number % 25 == 3
        rows.append({
            "id": f"NW-{20000 + number}", "title": f"{kind} for a member of staff", "type": kind,
            "status": "closed" if number % 30 else "fulfilled", "priority": 3 + number % 2, "service": world.service(),
            "requester": f"user{world.chance.randint(1, 2400):04d}", "group": "Service Desk", "opened_at": opened,
            "due_at": _awake(fulfilled - timedelta(hours=2) if late else fulfilled + timedelta(hours=world.chance.randint(1, 40))),
            "fulfilled_at": fulfilled, "closed_at": world.later(fulfilled, 60, 60 * 48) if number % 30 else None,
            "needs_approval": needs, "approved_at": approved, "work_notes": "Fulfilled by the work instruction of this type.",
        })  # fmt: skip
    return rows


def changes(world: World) -> list[Row]:
    """Two thousand five hundred changes; requester, implementer and approver are three people."""
    rows = []
    for number in range(world.count(2_620)):
        kind = (
            "emergency"
            if number % 13 == 6
            else ("standard", "standard", "normal", "normal", "normal", "normal")[number % 6]
        )
        opened = world.moment(30)
        assessed = world.later(opened, 60, 60 * 20)
        approved = world.later(assessed, 60, 60 * 20)
        announced = world.later(approved, 30, 60 * 10)
        start = world.later(announced, 60, 60 * 48)
        end = world.later(start, 20, 60 * 3)
        closed = world.later(end, 60 * 10, 60 * 72)
        requester, implementer, approver = world.chance.sample(range(30), 3)
        failed = number % 37 == 5
        major = number % 60 == 14
        rows.append({
            "id": f"CHG{300000 + number}", "title": f"Change to {world.chance.choice(CATEGORIES)} component", "type": kind,
            "status": "cancelled" if number % 41 == 9 else "closed", "category": world.chance.choice(CATEGORIES),
            "service": world.service(), "ci": f"CI-{world.chance.randint(1, world.count(1500)):05d}",
            "requester": f"P{requester:02d}", "implementer": f"P{implementer:02d}", "approver": f"P{approver:02d}",
            "risk": world.chance.choice(("low", "medium", "high")),
            "impact_assessment": "Service interrupted for minutes in the window; customers told; continuity and security unaffected.",
            "benefit": "Keeps the component supported.", "opened_at": opened, "assessed_at": assessed, "approved_at": approved,
            "planned_start": start - timedelta(minutes=15), "planned_end": end + timedelta(minutes=45), "actual_start": start,
            "actual_end": end, "communicated_at": announced, "closed_at": closed, "test_result": "passed in the test environment",
            "test_waiver": None, "backout_plan": "Restore the snapshot taken before the start and test the service.",
            "outcome": "failed" if failed else "successful", "investigation": f"INV-{number:05d}" if failed else None,
            "reviewed_at": _awake(closed - timedelta(hours=2)), "major_impact": major,
            "transition_plan_id": f"TP-{number % 14 + 1:02d}" if major else None, "release_id": None,
        })  # fmt: skip
    for row in rows:
        if row["type"] == "emergency":  # approved by telephone, recorded afterwards: allowed by the policy
            row["approved_at"] = row["actual_start"] + timedelta(minutes=40)
        if row["status"] == "cancelled":  # never approved and never started: no exception
            for name in (
                "approved_at",
                "actual_start",
                "actual_end",
                "communicated_at",
                "outcome",
                "reviewed_at",
                "investigation",
            ):
                row[name] = None
    return rows


def releases(world: World) -> list[Row]:
    """Eighty releases."""
    rows = []
    for number in range(world.count(86)):
        deployed = world.moment(20).replace(hour=19, minute=0)
        rows.append({
            "id": f"REL-{number:03d}", "title": f"Release {number}", "type": ("minor", "minor", "major", "emergency")[number % 4],
            "status": "deployed", "planned_at": deployed, "acceptance_criteria": f"AC-{number:03d}", "accepted_by": world.person(),
            "accepted_at": deployed - timedelta(hours=26), "baseline_at": deployed - timedelta(hours=3), "deployed_at": deployed,
            "outcome": "successful" if number % 11 else "partial", "reviewed_at": deployed + timedelta(days=6),
            "communicated_at": deployed + timedelta(hours=14),
        })  # fmt: skip
    return rows


def problems(world: World) -> list[Row]:
    """Two hundred problems."""
    rows = []
    for number in range(world.count(214)):
        closed = number % 5 != 0
        opened = world.moment(90) if closed else datetime.combine(world.before(20 + number % 90), time(9, 30))
        resolved = world.later(opened, 60 * 24 * 5, 60 * 24 * 50) if closed else None
        known = number % 4 == 0
        needs = number % 3 == 0
        rows.append({
            "id": f"PRB{100000 + number}", "title": f"Recurring {world.chance.choice(CATEGORIES)} fault",
            "status": "closed" if closed else "root_cause_analysis", "category": world.chance.choice(CATEGORIES),
            "priority": number % 4 + 1, "service": world.service(), "ci": f"CI-{number + 1:05d}", "owner": world.person(),
            "root_cause": "A memory leak in the print driver of version four." if closed or known else None,
            "resolution": "Driver replaced and rollout verified at all sites." if closed else None, "stop_reason": None,
            "known_error": known, "workaround": "Restart the spooler; instruction KB-17." if known else None,
            "published_at": opened + timedelta(days=4) if known else None, "needs_change": needs,
            "change_id": f"CHG{300000 + number}" if needs else None, "opened_at": opened, "resolved_at": resolved,
            "closed_at": resolved + timedelta(days=1) if resolved else None, "updated_at": resolved or opened + timedelta(days=20),
            "reviewed_at": resolved + timedelta(days=30) if resolved else None,
        })  # fmt: skip
    return rows


def items(world: World) -> list[Row]:
    """Fifteen hundred configuration items."""
    kinds = ("Server", "Virtual machine", "Switch", "Database", "Application", "Service")
    total = world.count(1_540)
    rows = []
    for number in range(1, total + 1):
        retired = number % 29 == 0
        rows.append({
            "id": f"CI-{number:05d}", "name": f"nw-{number:05d}", "type": kinds[number % 6],
            "description": f"{kinds[number % 6]} at {SITES[number % 3]} for daily operation",
            "relations": f"CI-{number % total + 1:05d}", "status": "retired" if retired else "installed", "service": world.service(),
            "owner": None if retired else world.person(), "controlled": number % 2 == 0,
            "last_verified_at": None if retired else world.before(20 + number % 300),
            "last_changed_at": world.moment() if number % 3 == 0 else None,
            "last_change_id": f"CHG{300000 + number}" if number % 3 == 0 else None,
        })  # fmt: skip
    return rows
