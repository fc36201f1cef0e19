"""Incidents as a service desk tool would hold them, without any defect."""

import random
from datetime import datetime, timedelta

from worked.people import DESK, ENGINEERS, GROUP_OF_UNIT
from worked.services import CUSTOMERS, SERVICES, SITES, USERS_OF, WEIGHTS
from worked.world import Row, World, at, hours, outside_clock_change, workday

TARGET_HOURS = {1: 4, 2: 8, 3: 24, 4: 72}
_PRIORITY = {
    (1, 1): 1, (1, 2): 2, (2, 1): 2, (1, 3): 3, (2, 2): 3, (3, 1): 3, (2, 3): 4, (3, 2): 4, (3, 3): 4,
}  # fmt: skip
_FAULTS = {
    "SV-01": (("Notebook does not start", "hardware"), ("Docking station without picture", "hardware"),
              ("Printer queue hangs", "hardware"), ("Update fails with an error", "software")),
    "SV-02": (("Callback was missed", "service"), ("Hotline number unreachable", "telephony")),
    "SV-03": (("Site line is slow", "network"), ("Remote access drops", "network"),
              ("Wireless network not reachable", "network")),
    "SV-04": (("Server room temperature alarm", "facility"), ("Server without power redundancy", "hardware")),
    "SV-05": (("Virtual machine not reachable", "platform"), ("Container deployment fails", "platform")),
    "SV-06": (("Order entry is slow", "application"), ("Interface to warehouse stopped", "application"),
              ("Month-end job cancelled", "application")),
    "SV-07": (("Database connection refused", "database"), ("Tablespace full", "database")),
    "SV-08": (("Mail is delayed", "application"), ("Meeting cannot be joined", "application"),
              ("Shared folder not visible", "application")),
    "SV-09": (("Backup job failed", "backup"), ("Restore takes too long", "backup")),
    "SV-10": (("Account locked", "access"), ("Second factor does not arrive", "access")),
    "SV-11": (("Alert without ticket", "security"), ("Log source silent", "security")),
    "SV-12": (("Edge server sends no data", "platform"), ("Edge server clock drifts", "platform")),
}  # fmt: skip
_NOTES = (
    "Called the user, reproduced the fault and collected the log.",
    "Checked monitoring, restarted the component and watched it for an hour.",
    "Compared with known errors, followed the instruction there.",
    "Passed to second level with all details and times.",
    "Supplier informed, reference noted, user kept up to date.",
)
_ENDS = (
    "Fault removed, user confirmed by telephone that work is possible again.",
    "Component replaced and tested together with the user.",
    "Setting corrected after the last update, no further action needed.",
    "Service restarted, values back to normal, cause passed to problem management.",
    "User guided to the right procedure, article linked in the ticket.",
)
_MAJOR_MANAGERS = ("Miriam Vogt", "Lukas Winter", "Georg Paulsen")


def make_incidents(world: World) -> None:
    """Fill the table of incidents; a few lie outside the period, as in any export."""
    rng = world.rng("incident")
    year, total = world.year, world.year.sizes["incident"]
    before = workdays(rng, year.first - timedelta(days=14), year.first - timedelta(days=1), total // 300)
    after = workdays(rng, year.last + timedelta(days=1), year.as_of_start - timedelta(days=1), total // 110)
    inside = workdays(rng, year.first, year.last, total - len(before) - len(after))
    opened = sorted([*before, *inside, *after])
    cis = [row for row in world.tables["ci"] if row["status"] == "installed"]
    by_service: dict[str, list[str]] = {}
    for row in cis:
        by_service.setdefault(row["service"], []).append(row["id"])
    base = 40000 if year.name == "previous" else 51000
    rows = [_incident(rng, world, f"INC00{base + n}", when, by_service) for n, when in enumerate(opened)]
    _majors(rng, world, rows)
    for row in rows:
        for name, value in row.items():
            if isinstance(value, datetime):
                row[name] = outside_clock_change(value)
    world.tables["incident"] = rows


def workdays(rng: random.Random, first: datetime, last: datetime, count: int) -> list[datetime]:
    """Return times between two days, both included."""
    found = []
    for _ in range(count):
        early, late = (7, 18) if rng.random() < 0.9 else (0, 23)
        found.append(at(rng, workday(rng, first.date(), last.date()), early, late))
    return found


def _incident(
    rng: random.Random, world: World, number: str, opened: datetime, by_service: dict[str, list[str]]
) -> Row:
    service = rng.choices(SERVICES, WEIGHTS)[0]
    title, category = rng.choice(_FAULTS[service.id])
    impact, urgency = rng.choices((1, 2, 3), (4, 26, 70))[0], rng.choices((1, 2, 3), (7, 33, 60))[0]
    priority = _PRIORITY[impact, urgency]
    engineer = rng.random() < 0.4
    person = rng.choice(ENGINEERS if engineer else DESK)
    customer = rng.choices(CUSTOMERS, [USERS_OF[one[0]] for one in CUSTOMERS])[0][0]
    due = opened + timedelta(hours=TARGET_HOURS[priority])
    late = rng.random() < 0.045
    share = rng.uniform(1.05, 1.9) if late else min(0.97, rng.betavariate(1.6, 4.5))
    resolved: datetime | None = opened + hours(TARGET_HOURS[priority] * share)
    row: Row = {
        "id": number, "title": title, "status": "closed", "category": category, "priority": priority,
        "impact": impact, "urgency": urgency, "service": service.name,
        "ci": rng.choice(by_service[service.id]), "site": rng.choice(SITES),
        "requester": f"{customer}-{rng.randint(1, USERS_OF[customer]):04d}", "assignee": person.name,
        "group": GROUP_OF_UNIT[person.unit], "opened_at": opened,
        "responded_at": opened + timedelta(seconds=rng.randint(40, 2400)), "due_at": due,
        "resolved_at": resolved, "closed_at": None, "updated_at": None, "escalated_at": None,
        "breached": late, "is_major": False, "major_manager": None, "management_notified_at": None,
        "review_ref": None, "review_at": None, "problem_id": None, "change_id": None, "release_id": None,
        "reopened_count": 1 if rng.random() < 0.022 else 0, "reassigned_count": rng.choices((0, 1, 2), (70, 24, 6))[0],
        "work_notes": rng.choice(_NOTES), "resolution_notes": rng.choice(_ENDS),
    }  # fmt: skip
    _finish(rng, world, row)
    return row


def _finish(rng: random.Random, world: World, row: Row) -> None:
    """Let a ticket be as far as it can be on the day of the export."""
    export = world.year.as_of_start - timedelta(hours=6)
    opened, resolved = row["opened_at"], row["resolved_at"]
    if rng.random() < 0.014:
        row["status"], row["resolution_notes"] = "cancelled", "Cancelled, the user withdrew the report."
        row["resolved_at"], row["breached"] = None, False
        row["closed_at"] = min(opened + hours(rng.uniform(0.2, 9)), export)
    elif resolved > export:
        row["status"] = rng.choice(("new", "in_progress", "pending"))
        row["resolved_at"], row["resolution_notes"] = None, None
        row["breached"] = row["due_at"] < export
    else:
        closed = resolved + hours(rng.uniform(20, 110))
        if closed > export:
            row["status"] = "resolved"
        else:
            row["closed_at"] = closed
    if row["breached"] and row["priority"] <= 2:
        row["escalated_at"] = row["due_at"] - timedelta(minutes=rng.randint(5, 45))
    row["updated_at"] = row["closed_at"] or row["resolved_at"] or row["responded_at"]


def _majors(rng: random.Random, world: World, rows: list[Row]) -> None:
    """Declare some of the most urgent incidents major, with all that belongs to it."""
    urgent = [row for row in rows if row["priority"] == 1 and row["status"] == "closed"]
    wanted = 27 if world.year.name == "current" else 11
    inside = [row for row in urgent if world.year.first <= row["opened_at"] <= world.year.last]
    for number, row in enumerate(sorted(rng.sample(inside, wanted), key=lambda one: one["id"]), start=1):
        row["is_major"] = True
        row["major_manager"] = rng.choice(_MAJOR_MANAGERS)
        row["management_notified_at"] = row["opened_at"] + timedelta(minutes=rng.randint(12, 55))
        row["review_ref"] = f"MIR-{world.year.end.year % 100}{number:02d}"
        row["review_at"] = (row["resolved_at"] + timedelta(days=rng.randint(2, 9))).date()
