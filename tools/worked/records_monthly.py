"""Monthly series: service levels, workload, suppliers, money, demand, capacity, availability and outages."""

import random
from datetime import date, timedelta

from worked.services import SERVICES
from worked.world import Row, World, at, hours, outside_clock_change, workday


def make_service_levels(world: World) -> None:
    """Fill service level results, one row an agreement, metric and month, and workload by service."""
    rng = world.rng("sla_measure")
    rows: list[Row] = []
    agreed = [row for row in world.tables["sla"] if row["status"] == "agreed"]
    targets = {one.id: one.availability_target for one in SERVICES}
    for sla in agreed:
        for month in world.year.months():
            for metric, target in (("availability %", targets[sla["service"]]), ("response in time %", 95.0)):
                low = rng.random() < 0.07
                spread = 100 - target
                actual = round(target - spread * rng.uniform(0.05, 0.6) if low else target + spread * rng.uniform(0.1, 0.95), 2)
                met = actual >= target
                rows.append(
                    {
                        "id": f"SLR-{len(rows) + 1:04d}", "sla": sla["id"], "service": sla["service"], "period": month,
                        "metric": metric, "target": target, "actual": actual, "met": met,
                        "action_ref": None if met else f"IMP-{rng.randint(1, 24):02d}",
                        "reported_at": month + timedelta(days=rng.randint(36, 40)),
                    }
                )  # fmt: skip
    world.tables["sla_measure"] = rows
    rng = world.rng("workload")
    loads: list[Row] = []
    for service in SERVICES:
        limit = rng.choice((120, 250, 400, 900))
        for month in world.year.months():
            loads.append(
                {
                    "id": f"WL-{len(loads) + 1:03d}", "service": service.id, "period": month,
                    "actual": int(limit * rng.uniform(0.55, 1.04)), "limit": limit,
                    "reported_at": month + timedelta(days=rng.randint(36, 40)),
                }
            )  # fmt: skip
    above = next(row for row in loads if row["actual"] > row["limit"])
    world.trap("workload_compared_with_limit", above["id"], "Workload was above the limit, but it was compared and reported.")
    world.tables["workload"] = loads


def make_supplier_measures(world: World) -> None:
    """Fill supplier performance: one target a month for each of the six external suppliers."""
    rng = world.rng("supplier_measure")
    rows: list[Row] = []
    for number, target in enumerate((99.98, 99.9, 95.0, 99.9, 98.0, 100.0), start=1):
        for month in world.year.months():
            low = rng.random() < 0.12
            actual = round(target - rng.uniform(0.05, 1.5), 2) if low else min(100.0, round(target + rng.uniform(0, 0.02), 2))
            met = actual >= target
            action = None if met else f"IMP-{rng.randint(1, 24):02d}"
            row: Row = {"id": f"SM-{len(rows) + 1:02d}", "supplier": f"S-{number:02d}", "period": month}
            rows.append(row | {"target": target, "actual": actual, "met": met, "action_ref": action})
    world.tables["supplier_measure"] = rows


def make_money_and_demand(world: World) -> None:
    """Fill budget, demand and capacity."""
    rng = world.rng("budget")
    budgets: list[Row] = []
    demands: list[Row] = []
    for service in SERVICES:
        monthly, volume = rng.randint(18, 140) * 1000.0, rng.randint(200, 4000)
        for month in world.year.months():
            actual = round(monthly * rng.uniform(0.9, 1.09), 2)
            far = abs(actual / monthly - 1) > 0.05
            budgets.append(
                {
                    "id": f"BU-{len(budgets) + 1:03d}", "service": service.id, "period": month, "budgeted": monthly,
                    "actual": actual, "forecast": round(monthly * 12 * rng.uniform(0.97, 1.04), 2),
                    "explanation": "More on-call work than planned" if far else None,
                    "reviewed_at": month + timedelta(days=rng.randint(38, 44)),
                }
            )  # fmt: skip
            load = int(volume * rng.uniform(0.85, 1.15))
            row: Row = {"id": f"DM-{len(demands) + 1:03d}", "service": service.id, "period": month, "actual": load}
            demands.append(row | {"forecast": int(volume * 1.02), "reported_at": month + timedelta(days=40)})
    world.tables["budget"], world.tables["demand"] = budgets, demands
    _capacity(world)


def _capacity(world: World) -> None:
    rng = world.rng("capacity")
    rows: list[Row] = []
    for resource, base in (("Cluster Hamburg CPU", 62), ("Cluster Leipzig CPU", 55), ("Storage Hamburg", 76),
                           ("Storage Leipzig", 68), ("Line Kraków", 58), ("Line Leipzig", 49), ("Backup library", 74),
                           ("Mail platform", 60), ("Desk staff", 78), ("Database cluster", 66)):  # fmt: skip
        for number, month in enumerate(world.year.months()):
            use = round(base + number * 0.5 + rng.uniform(-6, 9), 1)
            threshold = 85.0 if resource == "Desk staff" else 80.0
            action = f"ACT-{rng.randint(100, 180)}" if use > threshold else None
            row: Row = {"id": f"CA-{len(rows) + 1:03d}", "resource": resource, "period": month, "utilisation": use}
            rows.append(row | {"threshold": threshold, "action_ref": action})
    edge = next(row for row in rows if row["utilisation"] < row["threshold"])
    edge["utilisation"] = edge["threshold"]
    world.trap("capacity_breach_acted_on", edge["id"], "Use is exactly at the threshold, not above it.")
    world.tables["capacity"] = rows


def make_availability(world: World) -> None:
    """Fill availability by service and month, and the outages behind it."""
    rng = world.rng("availability")
    year = world.year
    rows: list[Row] = []
    outages: list[Row] = []
    for service in SERVICES:
        for month in year.months():
            low = rng.random() < 0.06
            spread = 100 - service.availability_target
            actual = service.availability_target + spread * (-rng.uniform(0.1, 0.7) if low else rng.uniform(0.1, 0.95))
            row: Row = {"id": f"AV-{len(rows) + 1:03d}", "service": service.id, "period": month}
            row |= {"target": service.availability_target, "actual": round(actual, 3)}
            rows.append(row | {"action_ref": f"IMP-{rng.randint(1, 24):02d}" if low else None})
            if low or rng.random() < 0.22:
                outages.append(_outage(world, rng, len(outages) + 1, service.id, month))
    world.tables["availability"], world.tables["outage"] = rows, outages


def _outage(world: World, rng: random.Random, number: int, service: str, month: date) -> Row:
    start = outside_clock_change(at(rng, workday(rng, month, month + timedelta(days=26)), 0, 23))
    planned = rng.random() < 0.35
    return {
        "id": f"OUT-{world.year.end.year % 100}{number:02d}", "service": service, "started_at": start,
        "ended_at": outside_clock_change(start + hours(rng.uniform(0.2, 3))), "planned": planned,
        "investigation_ref": None if planned else f"INV-{700 + number}",
        "action_ref": f"ACT-{200 + number}" if not planned and rng.random() < 0.6 else None,
    }  # fmt: skip
