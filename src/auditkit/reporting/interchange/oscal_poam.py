"""The improvement plan of a run as an OSCAL plan of action and milestones (pure).

It holds what rests on confirmed findings; what would be planned for candidates stays out, as in the report.
"""

from auditkit.catalog.exchange.oscal_terms import Json, own_prop, own_props, without_empty
from auditkit.improvement.model import PlanItem
from auditkit.reporting.interchange.material import Material
from auditkit.reporting.interchange.oscal_observed import is_risk, observations, related, shown_findings
from auditkit.reporting.interchange.oscal_parts import (
    RESULTS,
    assets,
    at,
    document,
    line,
    linked,
    party_id,
    person_of,
    prose,
    resources,
    uid,
)
from auditkit.reporting.interchange.oscal_risks import risk

LIFECYCLES = {"agreed": "planned", "started": "planned", "done": "completed"}
"""Status of an item to what OSCAL says of a response; what is only proposed is a recommendation."""


def poam(material: Material) -> str:
    """Return the plan as JSON text; the same run gives the same bytes."""
    shown = {one.id for one in material.view.plan}
    items = sorted(
        (one for one in material.run.plan if one.id in shown), key=lambda one: (one.priority, one.id)
    )
    risks = [
        risk(material, one, (_response(material, item) for item in items if one.id in item.findings))
        for one in shown_findings(material)
        if is_risk(one)
    ]
    written = [_item(material, one) for one in items] or [_nothing(material)]
    body: Json = {
        "system-id": {"identifier-type": "http://ietf.org/rfc/rfc4122", "id": uid(material, "system")},
        "local-definitions": {"assessment-assets": assets(material)},
        "observations": _needed(material, risks, written),
        "risks": risks,
        "poam-items": written,
        "back-matter": {
            "resources": [
                linked(material, "report", "Assessment results", RESULTS),
                *resources(material),
            ]
        },
    }
    return document(material, "plan-of-action-and-milestones", "plan of action and milestones", body)


def _item(material: Material, item: PlanItem) -> Json:
    known = {one.id: one for one in material.run.findings if one.id in material.worded}
    refers = [related(material, known[one]) for one in item.findings if one in known]
    baseline = (
        f"Before: {item.baseline.value}, {item.baseline.at}." if item.baseline else "Not measured before."
    )
    return without_empty(
        {
            "uuid": uid(material, "plan-item", item.id),
            "title": line(f"{item.id} {item.title}"),
            "description": prose(item.title, baseline, f"Target: {item.target}" if item.target else ""),
            "props": _props(material, item),
            "related-observations": [one for one in refers if "observation-uuid" in one],
            "related-risks": [one for one in refers if "risk-uuid" in one],
        }
    )


def _nothing(material: Material) -> Json:
    """Return the one item that says that there is none, because OSCAL does not allow an empty plan."""
    return {
        "uuid": uid(material, "plan-item", "none"),
        "title": "No action is planned",
        "description": "The improvement plan of this run has no item.",
        "props": [own_prop("kind", "empty-plan")],
    }


def _response(material: Material, item: PlanItem) -> Json:
    owner = person_of(material, item.owner)
    role = {"role-id": "action-owner", "party-uuids": [party_id(material, owner.id)]} if owner else None
    task = {
        "uuid": uid(material, "task", item.id),
        "type": "milestone",
        "title": line(f"{item.id} is done"),
        "timing": {"on-date": {"date": at(item.due)}} if item.due else {},
        "responsible-roles": [role] if role else [],
    }
    return without_empty(
        {
            "uuid": uid(material, "response", item.id),
            "lifecycle": LIFECYCLES.get(item.status, "recommendation"),
            "title": line(f"{item.id} {item.title}"),
            "description": prose(item.title, f"Target: {item.target}" if item.target else ""),
            "props": _props(material, item),
            "tasks": [without_empty(task)] if item.due or role else [],
        }
    )


def _props(material: Material, item: PlanItem) -> list[Json]:
    owner = person_of(material, item.owner)
    return own_props(
        (
            ("plan-item-id", item.id),
            ("priority", str(item.priority)),
            ("status", item.status),
            ("route", item.route),
            ("phase", item.phase),
            ("blocks-certification", "yes" if item.blocks_certification else "no"),
            ("owner", line(owner.name if owner else item.owner) if item.owner else ""),
            ("due", item.due.isoformat() if item.due else ""),
            ("effort-days", f"{item.effort_days:g}" if item.effort_days is not None else ""),
            ("needs-record-months", str(item.needs_record_months)),
        )
    )


def _needed(material: Material, risks: list[Json], items: list[Json]) -> list[Json]:
    """Return the observations that risks and items refer to; the others stand in the assessment results."""
    wanted = {
        one["observation-uuid"] for each in (*risks, *items) for one in each.get("related-observations", ())
    }
    return [one for one in observations(material) if one["uuid"] in wanted]
