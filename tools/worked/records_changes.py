"""Changes, releases and plans for new or changed services, without any defect."""

import random
from datetime import datetime, timedelta

from worked.people import APPROVERS, ENGINEERS
from worked.records_incidents import workdays
from worked.services import SERVICES, WEIGHTS
from worked.world import Row, World, hours, outside_clock_change

_WORK = {
    "standard": ("Monthly server patches", "Replace a switch by the spare", "Renew a certificate",
                 "Add a disk to a file server", "Update of the antivirus pattern engine"),
    "normal": ("New firmware on the site router", "Move virtual machines to the new cluster",
               "Change the mail routing", "Upgrade of the database version", "New release of the ERP interface",
               "Change the backup window", "Introduce a new firewall policy", "Extend the storage pool"),
    "emergency": ("Close a security gap", "Replace a failed controller", "Roll back a faulty setting",
                  "Restart the cluster with a changed parameter"),
}  # fmt: skip
_IMPACT = (
    "Users of one site lose the service for some minutes; no effect on other services.",
    "No interruption expected; capacity and backup window checked, customers informed.",
    "Short interruption in the maintenance window; continuity plan unaffected.",
    "Dependent services named and their owners consulted; no conflict with other changes.",
)
_BENEFIT = ("Removes a known error", "Keeps the component in support", "Meets a new requirement", "More capacity")
_TESTS = ("Tested on the staging system, no deviation.", "Pilot with five users passed.", "Checked by a second person.")
_BACKOUT = ("Snapshot before the start, return within 20 minutes.", "Old version stays installed, switch back.",
            "Restore of the configuration from the repository.")  # fmt: skip


def make_changes(world: World) -> None:
    """Fill the table of changes."""
    rng = world.rng("change")
    year, total = world.year, world.year.sizes["change"]
    before = workdays(rng, year.first - timedelta(days=40), year.first - timedelta(days=1), total // 60)
    inside = workdays(rng, year.first, year.last, total - len(before) - total // 70)
    after = workdays(rng, year.last + timedelta(days=1), year.as_of_start - timedelta(days=2), total // 70)
    opened = sorted([*before, *inside, *after])
    base = 30000 if year.name == "previous" else 34000
    rows = [_change(rng, world, f"CHG00{base + n}", when) for n, when in enumerate(opened)]
    plans = world.tables["transition_plan"]
    eligible = [row for row in rows if row["type"] == "normal" and row["status"] == "closed"]
    for number, row in enumerate(rng.sample(eligible, 13 if year.name == "current" else 7)):
        row["major_impact"], row["transition_plan_id"] = True, plans[number % len(plans)]["id"]
        row["risk"] = "High"
    for row in rows:
        for field, value in row.items():
            if isinstance(value, datetime):
                row[field] = outside_clock_change(value)
    world.tables["change"] = rows


def _change(rng: random.Random, world: World, number: str, opened: datetime) -> Row:
    kind = rng.choices(("standard", "normal", "emergency"), (48, 47, 5))[0]
    service = rng.choices(SERVICES, WEIGHTS)[0]
    requester, implementer = rng.choice(ENGINEERS).name, rng.choice(ENGINEERS).name
    approver = rng.choice([one.name for one in APPROVERS if one.name not in (requester, implementer)])
    waived = rng.random() < 0.05
    row: Row = dict.fromkeys(_FIELDS)
    row |= {
        "id": number, "title": rng.choice(_WORK[kind]), "type": kind, "status": "closed",
        "category": service.unit, "service": service.name,
        "ci": rng.choice(world.tables["ci"])["id"], "requester": requester, "implementer": implementer,
        "benefit": rng.choice(_BENEFIT), "opened_at": opened, "major_impact": False,
        "backout_plan": rng.choice(_BACKOUT), "outcome": rng.choices(_OUTCOMES, (945, 25, 18, 12))[0],
    }  # fmt: skip
    if kind != "standard":
        row["approver"] = approver if kind == "emergency" or rng.random() < 0.7 else "Change advisory board"
        row["risk"] = rng.choices(("Low", "Moderate", "High"), (60, 32, 8))[0]
        row["impact_assessment"] = rng.choice(_IMPACT)
        row["test_result"] = None if waived else rng.choice(_TESTS)
        row["test_waiver"] = "Cannot be tested without the customer's production data." if waived else None
    _times(rng, row, kind)
    _finish(rng, world, row, kind)
    if row["outcome"] in ("failed", "backed_out"):
        row["investigation"] = f"INV-{number[-5:]}"
    return row


def _times(rng: random.Random, row: Row, kind: str) -> None:
    """Give a change its times in order; emergencies may be approved after the work began."""
    opened: datetime = row["opened_at"]
    if kind == "emergency":
        start = opened + timedelta(minutes=rng.randint(10, 180))
        row["planned_start"], row["planned_end"] = start, start + timedelta(hours=2)
        row["actual_start"], row["actual_end"] = start, start + timedelta(minutes=rng.randint(15, 110))
        after = rng.random() < 0.3
        row["approved_at"] = start + timedelta(minutes=rng.randint(20, 600)) if after else start - timedelta(minutes=5)
        row["assessed_at"] = row["approved_at"] - timedelta(minutes=3)
        row["communicated_at"] = start
        return
    lead = rng.uniform(1, 5) if kind == "standard" else rng.uniform(4, 24)
    planned = (opened + timedelta(days=lead)).replace(hour=rng.choice((19, 20, 21, 22, 5, 6)), minute=rng.choice((0, 30)), second=0)
    length = timedelta(minutes=rng.choice((60, 90, 120, 180)))
    row["planned_start"], row["planned_end"] = planned, planned + length
    overrun = rng.random() < 0.045
    row["actual_start"] = planned + timedelta(seconds=rng.randint(0, 600))
    row["actual_end"] = row["actual_start"] + length * (1.3 if overrun else rng.uniform(0.25, 0.8))
    row["actual_end"] = row["actual_end"].replace(microsecond=0)
    if kind == "normal":
        span = planned - opened
        row["assessed_at"] = opened + span * rng.uniform(0.1, 0.3)
        row["approved_at"] = opened + span * rng.uniform(0.4, 0.6)
        row["communicated_at"] = opened + span * rng.uniform(0.65, 0.9)
        for field in ("assessed_at", "approved_at", "communicated_at"):
            row[field] = row[field].replace(microsecond=0)


def _finish(rng: random.Random, world: World, row: Row, kind: str) -> None:
    """Let a change be as far as it can be on the day of the export."""
    export = world.year.as_of_start - timedelta(hours=6)
    chance = rng.random()
    if chance < 0.03 or (chance < 0.04 and kind == "normal"):
        row["status"] = "cancelled" if chance < 0.03 else "rejected"
        for field in (*_WORK_TIMES, "approved_at", "communicated_at", "outcome", "test_result", "test_waiver"):
            row[field] = None
        row["closed_at"] = min(row["opened_at"] + timedelta(days=3), export)
    elif row["actual_end"] > export:
        row["status"] = "scheduled" if row["approved_at"] and row["approved_at"] < export else "assessment"
        late = [one for one in _LATE if isinstance(row[one], datetime) and row[one] > export]
        for field in (*_WORK_TIMES, *late, "outcome"):
            row[field] = None
    else:
        days = rng.uniform(0.5, 4) if kind == "emergency" else rng.uniform(1, 8)
        reviewed = row["actual_end"] + hours(days * 24)
        closed = reviewed + hours(rng.uniform(0.1, 30))
        if closed > export:
            row["status"] = "implemented"
            row["reviewed_at"] = reviewed if reviewed <= export else None
        else:
            row["closed_at"] = closed
            row["reviewed_at"] = reviewed if kind != "standard" else None


_OUTCOMES = ("successful", "partial", "failed", "backed_out")
_WORK_TIMES = ("actual_start", "actual_end")
_LATE = ("assessed_at", "approved_at", "communicated_at")
_FIELDS = (
    "id", "title", "type", "status", "category", "service", "ci", "requester", "implementer", "approver", "risk",
    "impact_assessment", "benefit", "opened_at", "assessed_at", "approved_at", "planned_start", "planned_end",
    "actual_start", "actual_end", "communicated_at", "closed_at", "test_result", "test_waiver", "backout_plan",
    "outcome", "investigation", "reviewed_at", "major_impact", "transition_plan_id", "release_id",
)  # fmt: skip


def make_releases(world: World) -> None:
    """Fill the table of releases."""
    rng = world.rng("release")
    year, count = world.year, world.year.sizes["release"]
    rows: list[Row] = []
    for number, when in enumerate(sorted(workdays(rng, year.first - timedelta(days=20), year.last, count)), start=1):
        deployed = when.replace(hour=20, minute=rng.choice((0, 30)), second=0)
        rows.append(
            {
                "id": f"REL-{year.end.year % 100}{number:03d}",
                "title": f"{rng.choice(SERVICES).name} {number // 10 + 3}.{number % 10}",
                "type": rng.choices(("major", "minor", "emergency"), (14, 78, 8))[0], "status": "deployed",
                "planned_at": deployed, "acceptance_criteria": f"AC-{year.end.year % 100}{number:03d}",
                "accepted_by": rng.choice(APPROVERS).name, "accepted_at": deployed - hours(rng.uniform(20, 90)),
                "baseline_at": deployed - hours(rng.uniform(1, 10)), "deployed_at": deployed,
                "outcome": rng.choices(("successful", "partial", "failed"), (90, 7, 3))[0],
                "reviewed_at": deployed + hours(rng.uniform(48, 400)),
                "communicated_at": deployed + hours(rng.uniform(1, 20)),
            }
        )  # fmt: skip
    for row in rows:
        if row["reviewed_at"] > year.as_of_start:
            row["reviewed_at"] = None
        for field, value in row.items():
            if isinstance(value, datetime):
                row[field] = outside_clock_change(value)
    for row in rng.sample(rows, 3):
        row |= dict.fromkeys(("accepted_by", "accepted_at", "baseline_at", "deployed_at", "outcome", "reviewed_at", "communicated_at"))
        row["status"] = "withdrawn"
        for test in ("release_accepted_before_deployment", "release_baseline_before_deployment"):
            world.trap(test, row["id"], "The release was withdrawn before deployment, so nothing had to be accepted.")
    world.tables["release"] = rows


def make_transition_plans(world: World) -> None:
    """Fill the table of plans for new or changed services."""
    year = world.year
    cases = (("SV-12", "new", 11), ("SV-08", "changed", 1), ("SV-05", "changed", 2), ("SV-11", "changed", 4),
             ("SV-13", "removed", 5), ("SV-06", "changed", 6), ("SV-02", "changed", 9), ("SV-03", "changed", 12))  # fmt: skip
    rows: list[Row] = []
    for number, (service, kind, month) in enumerate(cases[: 8 if year.name == "current" else 5], start=1):
        planned = year.day(month, 12)
        rows.append(
            {
                "id": f"TP-{year.end.year % 100}{number:02d}", "service": service, "kind": kind,
                "responsibilities": "Section 2: project lead, service owner, customer",
                "activities": "Section 3: phases with dates", "resources": "Section 4: people, money, licences",
                "dependencies": "Section 5: services and suppliers", "testing": "Section 6: test plan",
                "acceptance_criteria": "Section 7: criteria", "outcomes": "Section 8: measurable outcomes",
                "planned_live_at": planned, "accepted_at": planned - timedelta(days=4), "live_at": planned,
                "outcome_reported_at": planned + timedelta(days=62) if month != 9 else None,
            }
        )  # fmt: skip
    for row in rows:
        if row["live_at"] and row["live_at"].month == 9:
            world.trap("transition_outcome_reported", row["id"], "Live for less than the 90 days in which to report.")
    world.tables["transition_plan"] = rows
