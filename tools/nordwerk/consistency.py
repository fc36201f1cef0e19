"""What the registers of a real provider agree on: items and changes, releases, customers, reported figures, and the small registers."""

from collections import defaultdict
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from nordwerk.world import PEOPLE, PROCESSES, SERVICES, SUPPLIERS, Row, World

_QUARTER_POINTS = 100


def link(world: World) -> None:
    """Make the generated rows agree with each other, before anything is spoiled."""
    rows = world.rows
    customers = defaultdict(set)
    for row in rows["sla"]:
        customers[row["service"]].add(row["customer"])
    for row in rows["service"]:
        if row["status"] == "live":
            row["customers"] = "; ".join(sorted(customers[row["id"]]))
    for row in rows["incident"]:
        if row["priority"] == 1 and not row["is_major"]:
            row["priority"] = 2
    _recurring(rows["incident"])
    _backlog(world, rows["incident"])
    rows["ci_history"] = _history(rows["change"], rows["ci"])
    _releases(rows["change"], rows["release"])
    _retests(world)
    for number, row in enumerate(rows["nonconformity"]):
        row["area"] = PROCESSES[number % 15]
    for row in rows["budget"]:
        row["forecast_at"] = world.before(30)
    for row in rows["improvement"]:
        row["updated_at"] = world.before(20)
    rows |= _small_registers(world)
    rows |= _clocks(rows["incident"])


def _recurring(incidents: list[Row]) -> None:
    """Let one printer fail six times in a month, with a problem behind it."""
    early = [row for row in incidents if not row["is_major"] and row["opened_at"].day in range(5, 25)]
    month = early[0]["opened_at"].replace(day=1).date()
    same = [row for row in early if row["opened_at"].date().replace(day=1) == month][:6]
    for row in same:
        row |= {"service": "SVC-11", "ci": "CI-00007", "category": "print", "problem_id": "PRB100003"}


def _backlog(world: World, incidents: list[Row]) -> None:
    """Leave a few young incidents open."""
    young = [
        row for row in incidents if (world.as_of - row["opened_at"].date()).days < 29 and not row["is_major"]
    ]
    for row in young[:12]:
        row |= {"status": "in_progress", "resolved_at": None, "closed_at": None, "breached": False}


def _history(changes: list[Row], items: list[Row]) -> list[Row]:
    """Enter each change in the history of its item, and its last one in the item."""
    by_id = {row["id"]: row for row in items}
    found: list[Row] = []
    for row in sorted(
        (one for one in changes if one["actual_end"]), key=lambda one: (one["actual_end"], one["id"])
    ):
        item = by_id.get(row["ci"])
        at = row["actual_end"] + timedelta(hours=5 if row["actual_end"].hour in (20, 21, 22, 23, 0) else 1)
        if item is not None:
            item |= {"last_changed_at": at, "last_change_id": row["id"]}
        found.append({"id": f"CIH-{len(found) + 1:05d}", "ci": row["ci"], "changed_at": at, "change_id": row["id"],
                      "controlled": bool(item and item["controlled"])})  # fmt: skip
    return found


def _releases(changes: list[Row], releases: list[Row]) -> None:
    """Put two changes into each release, approved well before it went live."""
    free = [row for row in changes if row["type"] == "normal" and row["status"] == "closed"]
    free.sort(key=lambda row: (row["actual_end"], row["id"]))
    for release in releases:
        fitting = [row for row in free if row["actual_end"] < release["deployed_at"] - timedelta(days=2)][-2:]
        for row in fitting:
            row["release_id"] = release["id"]
            free.remove(row)


def _retests(world: World) -> None:
    """Test each plan again after the last major change to its service."""
    rows = world.rows
    last: dict[str, datetime] = {}
    for row in rows["change"]:
        if row["major_impact"] and row["actual_end"]:
            last[row["service"]] = max(row["actual_end"], last.get(row["service"], row["actual_end"]))
    for plan in rows["continuity_plan"]:
        after = last.get(plan["service"])
        if after is None or (world.as_of - after.date()).days <= 20:
            continue
        rows["continuity_test"].append({
            "id": f"SCT-R{plan['id'][-2:]}", "plan_id": plan["id"], "performed_at": after.date() + timedelta(days=15), "result": "passed",
            "target_rto_hours": 4, "achieved_rto_hours": 3.5, "deficiencies": 0, "actions": 0, "reviewed_at": after.date() + timedelta(days=19),
        })  # fmt: skip


def _small_registers(world: World) -> dict[str, list[Row]]:
    """The registers that hold a few rows each."""
    subjects = (
        "Service news to customers",
        "Report to the board",
        "Security reminder to staff",
        "Supplier round table",
    )
    plan = [{"id": f"COM-{n:02d}", "subject": name, "audience": name.rpartition(" ")[2], "interval_days": 31 if n < 2 else 92, "owner": PEOPLE[n]}
            for n, name in enumerate(subjects)]  # fmt: skip
    log = [{"id": f"CML-{n:02d}-{k:02d}", "communication": f"COM-{n:02d}", "at": world.start + timedelta(days=5 + k * (30 if n < 2 else 90))}
           for n in range(4) for k in range(12 if n < 2 else 4)]  # fmt: skip
    external = [key for key, _, kind in SUPPLIERS if kind == "external"][:4]
    return {
        "scope_service": [{"id": key, "name": name} for key, name, _ in SERVICES],
        "communication": plan,
        "communication_log": log,
        "service_dependency": [{"id": f"DEP-{n}", "service": SERVICES[n][0], "supplier": key, "risk_ref": "RSK-005" if n == 3 else None} for n, key in enumerate(external)],
        "supplier_target": [{"id": f"SPT-{n}-{metric[:2]}", "supplier": key, "metric": metric, "value": value - (0.4 if n == 3 and metric == "availability" else 0)}
                            for n, key in enumerate(external) for metric, value in (("availability", 99.9), ("restore_hours", 4))],
        "sla_target": [{"id": f"SLT-{key}-{metric[:2]}", "service": key, "metric": metric, "value": value}
                       for key, _, _ in SERVICES for metric, value in (("availability", 99.5 if key != "SVC-04" else 99.8), ("restore_hours", 4))],
        "trend_analysis": [{"id": f"TRA-{n}", "object": "changes", "at": world.start + timedelta(days=80 + 91 * n), "conclusions": "Failures cluster in the database area.", "actions": 2}
                           for n in range(4)] + [{"id": "TRA-9", "object": "changes", "at": world.before(25), "conclusions": "Fewer emergencies than a year ago.", "actions": 1}],
        "priority_matrix": [{"id": f"PM-{i}{u}", "impact": i, "urgency": u, "priority": max(2, min(5, i + u - 1))} for i in (1, 2, 3) for u in (1, 2, 3)],
        "access_review": [{"id": f"ARV-{n:02d}", "system": f"System {n % 12}", "due_at": world.start + timedelta(days=20 + 14 * n), "completed_at": world.start + timedelta(days=15 + 14 * n),
                           "reviewer": PEOPLE[n], "removals": n % 4, "removals_done": n % 4} for n in range(24)],
        "audit_finding": [{"id": f"AFN-{n}", "area": PROCESSES[n * 3], "grade": "major" if n < 2 else "minor", "raised_at": world.as_of - timedelta(days=500 + n),
                           "closed_at": world.as_of - timedelta(days=400 + n)} for n in range(5)],
    }  # fmt: skip


def _clocks(incidents: list[Row]) -> dict[str, list[Row]]:
    """Targets by priority, periods on hold, and the clocks the tool kept on urgent incidents."""
    targets = [{"id": f"TGT-{n}", "priority": n, "response_minutes": 60 if n > 2 else 45, "resolution_minutes": minutes,
                "calendar": "support" if n > 2 else None} for n, minutes in enumerate((240, 480, 720, 1440, 2160), start=1)]  # fmt: skip
    holds: list[Row] = []
    clocks: list[Row] = []
    resolved = [row for row in incidents if row["resolved_at"]]
    for number, row in enumerate(resolved):
        whole = _real_minutes(row["opened_at"], row["resolved_at"])
        paused = 0
        begin = row["responded_at"] + timedelta(minutes=2)
        length = timedelta(minutes=int((row["resolved_at"] - row["responded_at"]).total_seconds() / 60 / 5))
        periods = (
            [(begin, begin + length / 2), (begin + length / 2, begin + length)]
            if number % 20 == 0
            else [(begin, begin + length)]
        )
        periods = [(_minute(one), _minute(other)) for one, other in periods]
        if (
            number % 10 == 0
            and not row["is_major"]
            and not any(moment.hour in (1, 2, 3) for pair in periods for moment in pair)
        ):
            paused = sum(_real_minutes(*pair) for pair in periods)
            for pair in periods:  # the second period begins where the first ends
                holds.append(
                    {
                        "id": f"HLD-{len(holds) + 1:05d}",
                        "ticket": row["id"],
                        "started_at": pair[0],
                        "ended_at": pair[1],
                        "reason": "Waiting for the user",
                    }
                )
        if row["priority"] <= 2 and len(clocks) < 200:
            target = targets[row["priority"] - 1]["resolution_minutes"]
            clocks.append({"id": f"CLK-{len(clocks):03d}", "ticket": row["id"], "priority": row["priority"], "elapsed_minutes": whole - paused, "paused_minutes": paused,
                           "target_minutes": target, "breached": whole - paused > target})  # fmt: skip
    return {"incident_target": targets, "hold": holds, "sla_clock": clocks}


def _minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)


def _real_minutes(begin: datetime, end: datetime) -> int:
    """Minutes that really passed between two wall-clock times."""
    zone = ZoneInfo("Europe/Berlin")
    return int((end.replace(tzinfo=zone).timestamp() - begin.replace(tzinfo=zone).timestamp()) / 60)


def _month_minutes(month: date) -> int:
    """Minutes of a month, the hour of a changed clock included."""
    first = datetime(month.year, month.month, 1)
    return _real_minutes(first, (first + timedelta(days=32)).replace(day=1))


def report_figures(world: World) -> None:
    """Report what the tickets and outages say, after everything was spoiled, and add the audits of the year before."""
    shares: dict[tuple[str, object], list[bool]] = defaultdict(list)
    for row in world.rows["incident"]:
        if row["resolved_at"] and row["due_at"]:
            shares[row["service"], row["resolved_at"].date().replace(day=1)].append(
                row["resolved_at"] <= row["due_at"]
            )
    for (service, month), met in sorted(shares.items(), key=str):
        share = round(100 * sum(met) / len(met), 2)
        world.rows["sla_measure"].append({
            "id": f"SLR-R-{service}-{month:%Y%m}", "sla": f"RES-{service}", "service": service, "period": month, "metric": "resolution", "target": 50.0,
            "actual": share, "met": share >= 50.0, "action_ref": None, "reported_at": month + timedelta(days=36),
        })  # fmt: skip
    down: dict[tuple[str, object], float] = defaultdict(float)
    for row in world.rows["outage"]:
        if not row["planned"]:
            minutes = _real_minutes(row["started_at"], row["ended_at"])
            down[row["service"], row["started_at"].date().replace(day=1)] += minutes
    for row in world.rows["availability"]:
        if row["actual"] is not None:
            row["actual"] = round(
                100 - down[row["service"], row["period"]] * 100 / _month_minutes(row["period"]), 3
            )
    earlier = ("planned_at", "performed_at", "report_issued_at")
    world.rows["audit"] += [
        {
            **row,
            "id": f"{row['id']}-A",
            **{name: (row[name] or row["planned_at"]) - timedelta(days=365) for name in earlier},
        }
        for row in list(world.rows["audit"])
    ]
