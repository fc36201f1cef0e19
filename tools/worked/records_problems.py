"""Problems and known errors, without any defect."""

import random
from datetime import datetime, timedelta

from worked.people import ENGINEERS
from worked.records_incidents import workdays
from worked.services import SERVICES, WEIGHTS
from worked.world import Row, World, hours, outside_clock_change

_TITLES = ("Repeated loss of the remote access", "Mail delays on Monday mornings", "Order entry slow at month end",
           "Backup jobs end without data", "Notebooks of one model restart", "Accounts locked by an old telephone",
           "Edge servers lose their time", "Print jobs stay in the queue", "Database sessions pile up")  # fmt: skip
_CAUSES = ("Firmware of the access points loses its table after 40 days.", "A scheduled job locks the same table.",
           "The certificate chain on the proxy is incomplete.", "A memory leak in the agent of version 7.2.",
           "Two systems write the same attribute and overwrite one another.")  # fmt: skip
_FIXES = ("New firmware installed on all devices of the type.", "Job moved to the night and split into parts.",
          "Certificate chain completed and monitored.", "Agent updated on all servers.")  # fmt: skip
_AROUND = ("Restart the service by script KE-12, takes two minutes.", "Use the web client until the fix is there.",
           "Clear the queue and print again.", "Log on by the second factor of the help desk.")  # fmt: skip


def make_problems(world: World) -> None:
    """Fill the table of problems."""
    rng = world.rng("problem")
    year, total = world.year, world.year.sizes["problem"]
    times = workdays(rng, year.first - timedelta(days=90), year.as_of_start - timedelta(days=3), total)
    base = 4100 if year.name == "previous" else 4300
    rows = [_problem(rng, world, f"PRB000{base + n}", when) for n, when in enumerate(sorted(times))]
    for row in rows:
        for field, value in row.items():
            if isinstance(value, datetime):
                row[field] = outside_clock_change(value)
    stopped = [row for row in rows if row["status"] == "closed" and not row["known_error"]]
    for row in rng.sample(stopped, 7):
        row |= {"root_cause": None, "resolution": None, "needs_change": False, "change_id": None}
        row["stop_reason"] = "Cause stayed unknown after three attempts; effect too small to go on, decided by the owner."
        world.trap("closed_problem_has_cause_or_reason", row["id"], "No cause, but the reason for stopping is recorded.")
    _link(rng, world, rows)
    world.tables["problem"] = rows


def _problem(rng: random.Random, world: World, number: str, opened: datetime) -> Row:
    service = rng.choices(SERVICES, WEIGHTS)[0]
    needs = rng.random() < 0.45
    row: Row = {
        "id": number, "title": rng.choice(_TITLES), "status": "closed", "category": service.unit.lower(),
        "priority": rng.choices((1, 2, 3, 4), (5, 25, 50, 20))[0], "service": service.name,
        "ci": rng.choice(world.tables["ci"])["id"], "owner": rng.choice(ENGINEERS).name,
        "root_cause": rng.choice(_CAUSES), "resolution": rng.choice(_FIXES), "stop_reason": None,
        "known_error": False, "workaround": None, "published_at": None, "needs_change": needs, "change_id": None,
        "opened_at": opened, "resolved_at": opened + hours(24 * rng.triangular(4, 110, 25)),
        "closed_at": None, "updated_at": None, "reviewed_at": None,
    }  # fmt: skip
    export = world.year.as_of_start - timedelta(hours=6)
    if row["resolved_at"] > export:
        known = rng.random() < 0.55
        row["status"] = "fix_in_progress" if known else rng.choice(("assessment", "root_cause_analysis"))
        row["resolved_at"], row["resolution"] = None, None
        if not known:
            row["root_cause"] = None
        row["known_error"] = known
    else:
        row["closed_at"] = row["resolved_at"] + hours(24 * rng.uniform(3, 20))
        if row["closed_at"] > export:
            row["status"], row["closed_at"] = "resolved", None
        else:
            reviewed = row["closed_at"] + hours(24 * rng.uniform(20, 80))
            row["reviewed_at"] = reviewed if reviewed <= export else None
    if row["known_error"] or rng.random() < 0.08:
        row["known_error"], row["workaround"] = True, rng.choice(_AROUND)
        row["published_at"] = min(opened + hours(24 * rng.uniform(2, 12)), export)
    row["updated_at"] = row["closed_at"] or row["resolved_at"] or min(opened + timedelta(days=9), export)
    return row


def _link(rng: random.Random, world: World, problems: list[Row]) -> None:
    """Tie problems to the changes that carry their fix and to the incidents they stand behind."""
    changes = [row["id"] for row in world.tables["change"] if row["type"] == "normal" and row["status"] == "closed"]
    for row in problems:
        if row["needs_change"] and row["status"] in ("resolved", "closed"):
            row["change_id"] = rng.choice(changes)
    for incident in rng.sample(world.tables["incident"], len(world.tables["incident"]) // 40):
        incident["problem_id"] = rng.choice(problems)["id"]
    failed = [row for row in world.tables["change"] if row["outcome"] in ("failed", "backed_out")]
    for change in failed[::3]:
        incident = rng.choice(world.tables["incident"])
        incident["change_id"] = change["id"]
    for release in world.tables["release"][:: 9]:
        if release["status"] == "deployed":
            rng.choice(world.tables["incident"])["release_id"] = release["id"]
