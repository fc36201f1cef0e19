"""Configuration items, their verification, and assets, without any defect."""

import random
from datetime import timedelta

from worked.people import ENGINEERS
from worked.services import SERVICES, WEIGHTS
from worked.world import Row, World, at, workday

_TYPES = (("server", "srv", 30), ("network device", "net", 22), ("notebook", "nbk", 26), ("database", "dbs", 8),
          ("application", "app", 8), ("storage", "sto", 4), ("certificate", "crt", 2))  # fmt: skip
_PLACES = (("Hamburg", "ham"), ("Leipzig", "lej"), ("Kraków", "krk"))


def make_cis(world: World) -> None:
    """Fill the table of configuration items; traces to changes are added later."""
    rng = world.rng("ci")
    year, count = world.year, world.year.sizes["ci"]
    rows: list[Row] = []
    for service in SERVICES:
        rows.append(_ci(rng, world, f"CI-{len(rows) + 10001}", service.id, ("service", "svc")))
        rows[-1] |= {"name": service.name, "description": service.description, "controlled": True}
        rows[-1] |= {"status": "installed", "relations": "CI-10013; CI-10014"}
    while len(rows) < count:
        service = rng.choices(SERVICES, WEIGHTS)[0]
        kind, short, _ = rng.choices(_TYPES, [one[2] for one in _TYPES])[0]
        row = _ci(rng, world, f"CI-{len(rows) + 10001}", service.id, (kind, short))
        if len(rows) < 72:
            row |= {"status": "installed", "service": SERVICES[len(rows) % 12].id}
        rows.append(row)
    for row in rows:
        if row["status"] == "retired":
            row["owner"], row["relations"], row["last_verified_at"] = None, None, year.start - timedelta(days=400)
    retired = next(row for row in rows if row["status"] == "retired")
    for test in ("ci_minimum_information_recorded", "ci_verified_within_interval", "ci_has_owner"):
        world.trap(test, retired["id"], "The item is retired, so owner, relations and verification are not needed.")
    world.tables["ci"] = rows


def _ci(rng: random.Random, world: World, number: str, service: str, kind: tuple[str, str]) -> Row:
    place, short = rng.choice(_PLACES)
    related = f"CI-{rng.randint(10001, 10000 + world.year.sizes['ci'])}"
    return {
        "id": number, "name": f"{kind[1]}-{short}-{number[-4:]}", "type": kind[0],
        "description": f"{kind[0].capitalize()} in {place}",
        "relations": f"{related}; CI-{rng.randint(10001, 10012)}",
        "status": rng.choices(("installed", "in_maintenance", "in_stock", "pending_install", "retired"), (85, 3, 4, 2, 6))[0],
        "service": service, "owner": rng.choice(ENGINEERS).name, "controlled": rng.random() < 0.6,
        "last_verified_at": world.year.as_of - timedelta(days=rng.randint(8, 350)),
        "last_changed_at": None, "last_change_id": None,
    }  # fmt: skip


def trace_cis(world: World) -> None:
    """Tie configuration items to the change that altered them last."""
    rng = world.rng("ci-trace")
    done = [row for row in world.tables["change"] if row["actual_end"] is not None]
    latest: dict[str, Row] = {}
    for row in done:
        known = latest.get(row["ci"])
        if known is None or row["actual_end"] > known["actual_end"]:
            latest[row["ci"]] = row
    for ci in world.tables["ci"]:
        change = latest.get(ci["id"])
        if change is not None:
            ci["last_changed_at"], ci["last_change_id"] = change["actual_end"], change["id"]
        elif rng.random() < 0.5:
            day = workday(rng, world.year.start - timedelta(days=700), world.year.start - timedelta(days=20))
            ci["last_changed_at"] = at(rng, day)
            ci["last_change_id"] = None
    old = next(row for row in world.tables["ci"] if row["controlled"] and row["last_changed_at"] and not row["last_change_id"])
    world.trap("controlled_ci_change_traceable", old["id"], "Changed before the audit period, so the row is outside the population.")


def make_verifications(world: World) -> None:
    """Fill the table of checks of configuration information, one each two months."""
    rng = world.rng("verification")
    scopes = ("Servers Hamburg", "Network devices Leipzig", "Notebooks", "Databases", "Servers Leipzig", "Network devices Kraków")
    rows: list[Row] = []
    for number, (month, scope) in enumerate(zip(world.year.months()[1::2], scopes, strict=True), start=1):
        sampled, wrong = rng.randint(40, 90), rng.randint(2, 9) if number != 4 else 0
        rows.append(
            {
                "id": f"CV-{world.year.end.year % 100}{number:02d}", "scope": scope,
                "performed_at": month + timedelta(days=rng.randint(4, 20)), "sampled": sampled,
                "matched": sampled - wrong, "deficiencies": wrong, "actions": max(1, wrong // 2) if wrong else 0,
            }
        )  # fmt: skip
    clean = next(row for row in rows if row["deficiencies"] == 0)
    world.trap("verification_deficiencies_acted_on", clean["id"], "Nothing was found, so no action was needed.")
    world.tables["verification"] = rows


def make_assets(world: World) -> None:
    """Fill the table of assets and licences."""
    rng = world.rng("asset")
    year, count = world.year, world.year.sizes["asset"]
    rows: list[Row] = []
    licences = ("Office suite", "Database", "Antivirus", "Remote support", "Backup agent", "Design software")
    for number in range(1, count + 1):
        licence = number <= 30
        status = rng.choices(("in_use", "in_stock", "disposed"), (84, 9, 7))[0] if not licence else "in_use"
        entitled = rng.choice((25, 50, 100, 250, 500)) if licence else None
        row: Row = {
            "id": f"AS-{70000 + number}", "type": f"Licence {rng.choice(licences)}" if licence else rng.choice(("Notebook", "Server", "Switch", "Telephone")),
            "owner": rng.choice(ENGINEERS).name, "status": status, "disposed_at": None, "disposal_ref": None,
            "entitled": entitled, "used": int((entitled or 0) * rng.uniform(0.5, 1.0)) if licence else None,
            "support_end": year.end + timedelta(days=rng.randint(20, 900)),
        }  # fmt: skip
        if status == "disposed":
            row["disposed_at"] = workday(rng, year.start, year.end)
            row["disposal_ref"] = f"DSP-{year.end.year % 100}{number:03d}"
        rows.append(row)
    world.tables["asset"] = rows
