"""The business impact analysis of Nordwerk: impact.yaml, in agreement with the exports it cites, and what is planted in it.

Figures of services, tests, suppliers and agreements are those of the exports. Activities and dependencies are what the
owners said; each planted gap is a dependency, a figure or a name that is wrong in the year with defects.
"""

from pathlib import Path
from typing import Any, NamedTuple

from nordwerk.world import SERVICES, SUPPLIERS, Row, World
from nordwerk.write import block, flow


class ImpactPlant(NamedTuple):
    """One gap in the analysis, with the elements it must be reported for."""

    check: str
    keys: tuple[str, ...]
    note: str


PLANTED = (
    ImpactPlant("recovery_objective_within_tolerable_period", ("ACT-05",),
                "the shop aims at 28 h, its impact is intolerable after 24 h"),
    ImpactPlant("service_objective_serves_the_business", ("SVC-04", "SVC-06", "SVC-09", "SVC-10"),
                "ERP leans on the database service, an hour later, and network and identity lie below both; the portal lies below the shop"),
    ImpactPlant("recovery_shortfall_has_action", ("SVC-04", "SVC-06", "SVC-10"),
                "their last tests took 3.5 h, which kept the plan's target and not the 3 h of ERP"),
    ImpactPlant("suppliers_carry_agreements", ("SUP-02",),
                "e-mail starts half an hour after the data centre is back, which the contract leaves no room for"),
    ImpactPlant("services_in_use_are_catalogued", ("SVC-13",), "file transfer is used and in no catalogue"),
    ImpactPlant("single_points_stand_as_risks", ("CI-00042",), "the one management server of the network"),
    ImpactPlant("dependencies_have_no_ring", ("CI-00072",), "two print servers wait for each other"),
)  # fmt: skip

_CRITICAL = ((2, "noticeable"), (4, "serious"), (10, "intolerable"))
_SLOW = ((8, "noticeable"), (28, "serious"), (76, "intolerable"))
_ACTIVITIES = (
    ("ACT-01", "Dispatch of consignments", "Hansekai Logistik", 3, "financial", _CRITICAL, 6, ("SVC-08", "SVC-01")),
    ("ACT-02", "Patient administration", "Ostsee Klinikum", 3, "safety", _CRITICAL, 6, ("SVC-05", "SVC-10")),
    ("ACT-03", "Correspondence with customers", "Weser Versicherung", 2, "legal", _CRITICAL, 6, ("SVC-02",)),
    ("ACT-04", "Month-end reporting", "Kröger Lebensmittel", 1, "legal", _SLOW, 28, ("SVC-06", "SVC-07")),
    ("ACT-05", "Online shop", "Leipziger Verlagshaus", 2, "reputation", _SLOW, 28, ("SVC-09",)),
    ("ACT-06", "Help for users", "Nordwerk", 1, "reputation", _SLOW, 28, ("SVC-03", "SVC-11", "SVC-12")),
)  # fmt: skip
_GROUPS = {
    "SVC-04": (("CI-00038", "CI-00056"),),
    "SVC-05": (("CI-00102", "CI-00138", "CI-00210"), ("RES-01", "RES-02")),
    "SVC-06": (("CI-00024", "CI-00030"),),
    "SVC-08": (("CI-00006", "CI-00078"),),
    "SVC-10": (("CI-00012", "CI-00018"),),
}
"""Redundancy groups of the services; one member may be lost in each."""
_SINGLE = {"SVC-04": ("CI-00042",), "SVC-08": ("CI-00063",), "SVC-11": ("CI-00072",)}
_RISKS = {
    "CI-00042": "RSK-003",
    "CI-00063": "RSK-009",
    "SUP-01": "RSK-005",
    "SUP-02": "RSK-011",
    "SUP-04": "RSK-005",
}
_RESOURCES = (("RES-01", "Data centre Hamburg"), ("RES-02", "Data centre Leipzig"))


def write_impact(out: Path, world: World, numbered: list[dict[str, Any]], clean: bool) -> None:
    """Write impact.yaml; ``clean``: without the planted gaps."""
    evidence = {entry["dataset"]: entry["id"] for entry in numbered if entry.get("dataset")}
    sections = {
        "activities": _activities(clean),
        "services": _services(world, evidence, clean),
        "components": _components(world, clean),
        "resources": [{"id": key, "name": name} for key, name in _RESOURCES],
        "suppliers": _suppliers(world, evidence),
    }
    lines = [
        "# Written by people: what the business does, what it leans on, and how long it can do without.",
        'scale: {"levels": ["none", "noticeable", "serious", "intolerable"], "intolerable": "intolerable"}',
        f"evidence: {flow([evidence['bia'], evidence['continuity_test']])}",
        "critical_within_hours: 8",
        "horizons_hours: [4, 24, 72]",
    ]
    for name, rows in sections.items():
        lines.append(f"{name}:")
        lines += [block(row).rstrip("\n") for row in rows]
    (out / "impact.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _need(*of: str, lag: float = 0, **more: Any) -> dict[str, Any]:
    return {"of": list(of), **more, "lag_hours": lag}


def _activities(clean: bool) -> list[dict[str, Any]]:
    rows = []
    for key, name, owner, weight, kind, curve, rto, services in _ACTIVITIES:
        impact = [{"type": kind, "after_hours": at, "level": level} for at, level in curve]
        if key == "ACT-05" and not clean:
            impact[1]["after_hours"], impact[2]["after_hours"] = 16, 24
        needs = [_need(one, lag=1 if rto < 24 else 2, buffer_hours=0.5) for one in services]
        if key == "ACT-04" and not clean:
            needs.append(_need("SVC-13", lag=0))
        rows.append({"id": key, "name": name, "owner": owner, "weight": weight, "impact": impact,
                     "rto_hours": rto, "rpo_hours": 1, **({"mbco_percent": 50} if rto < 24 else {}), "needs": needs})  # fmt: skip
    return rows


def _services(world: World, evidence: dict[str, str], clean: bool) -> list[dict[str, Any]]:
    plans = {row["id"]: row["service"] for row in world.rows["continuity_plan"]}
    figures = {row["service"]: row for row in world.rows["bia"]}
    metrics = {"availability": "availability_percent", "restore_hours": "restore_hours"}
    rows = []
    for key, name, _ in SERVICES:
        bia = figures[key]
        rows.append({
            "id": key, "name": name, "mtpd_hours": bia["mtpd_hours"], "rto_hours": bia["rto_hours"], "rpo_hours": bia["rpo_hours"],
            "needs": _needs(key, clean),
            "recoveries": [_recovery(row, evidence) for row in world.rows["continuity_test"] if plans[row["plan_id"]] == key],
            "promises": [{"id": row["id"], "metric": metrics[row["metric"]], "value": row["value"], "evidence": evidence["sla_target"]}
                         for row in world.rows["sla_target"] if row["service"] == key],
        })  # fmt: skip
    if not clean:
        rows.append({"id": "SVC-13", "name": "File Transfer", "mtpd_hours": 72, "rto_hours": 24, "rpo_hours": 1,
                     "needs": [_need("SVC-05")]})  # fmt: skip
    return rows


def _needs(service: str, clean: bool) -> list[dict[str, Any]]:
    needs = [_need(one) for one in ("SVC-04", "SVC-10") if service not in ("SVC-04", one)]
    if service == "SVC-08" and not clean:
        needs.append(_need("SVC-06", lag=1))
    needs += [_need(*group, at_least=len(group) - 1) for group in _GROUPS.get(service, ())]
    needs += [_need(one) for one in _SINGLE.get(service, ())]
    supplier = {"SVC-01": "SUP-01", "SVC-02": "SUP-02", "SVC-03": "SUP-03", "SVC-04": "SUP-04"}.get(service)
    if supplier:
        needs.append(_need(supplier, lag=0.5 if supplier == "SUP-02" and not clean else 0))
    return needs


def _recovery(row: Row, evidence: dict[str, str]) -> dict[str, Any]:
    """Return a test as the export has it; nobody measured the loss of data."""
    done = {"action": f"{row['actions']} actions recorded with {row['id']}"} if row["actions"] else {}
    return {"id": row["id"], "at": str(row["performed_at"]), "recovered_hours": row["achieved_rto_hours"],
            "evidence": evidence["continuity_test"], **done}  # fmt: skip


def _components(world: World, clean: bool) -> list[dict[str, Any]]:
    items = {row["id"]: row for row in world.rows["ci"]}
    named = {one for groups in _GROUPS.values() for group in groups for one in group if one.startswith("CI-")}
    named |= {one for singles in _SINGLE.values() for one in singles} | {"CI-00120"}
    rows = []
    for key in sorted(named):
        row: dict[str, Any] = {"id": key, "name": f"{items[key]['name']} ({items[key]['type']})"}
        if key in _RISKS and (clean or key != "CI-00042"):
            row["risk"] = _RISKS[key]
        if key == "CI-00072":
            row["needs"] = [_need("CI-00120")]
        if key == "CI-00120" and not clean:
            row["needs"] = [_need("CI-00072")]
        rows.append(row)
    return rows


def _suppliers(world: World, evidence: dict[str, str]) -> list[dict[str, Any]]:
    metrics = {"availability": "availability_percent", "restore_hours": "restore_hours"}
    accepted = {row["supplier"]: row["risk_ref"] for row in world.rows["service_dependency"]}
    rows = []
    for key, name, _ in SUPPLIERS:
        promises = [
            {"id": row["id"], "metric": metrics[row["metric"]], "value": row["value"], "evidence": evidence["supplier_target"],
             **({"risk": accepted[key]} if accepted.get(key) else {})}
            for row in world.rows["supplier_target"] if row["supplier"] == key
        ]  # fmt: skip
        if promises:
            rows.append({"id": key, "name": name, "risk": _RISKS.get(key, ""), "promises": promises})
    return rows
