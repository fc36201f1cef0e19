"""The profiles know every header that was seen in an export, and put those that were not behind them."""

from pathlib import Path
from typing import Any

import pytest
from profile_samples import shipped_profiles

from auditkit.base.yamltext import load
from auditkit.evidence.model import ProfileField
from auditkit.evidence.profiles import normal_header

DATASETS = {
    "incident": "incident", "service_request": "request", "change": "change", "problem": "problem",
    "release": "release", "sla_record": "sla-clock", "ci": "ci", "supplier": "supplier", "contract": "contract",
    "user": "person", "role_assignment": "role", "improvement": "improvement",
}  # fmt: skip
FIELDS = {
    "incident": {
        "id": "id", "title": "title", "status": "status", "priority": "priority", "impact": "impact",
        "urgency": "urgency", "category": "category", "service": "service", "ci": "ci", "requester": "requester",
        "assignee": "assignee", "group": "group", "opened_at": "opened_at", "first_response_at": "responded_at",
        "due_at": "due_at", "resolved_at": "resolved_at", "closed_at": "closed_at", "updated_at": "updated_at",
        "sla_resolution_breached": "breached", "problem_id": "problem_id", "change_id": "change_id",
        "resolution": "resolution_notes", "major": "is_major", "reopen_count": "reopened_count",
    },
    "service_request": {"id": "id", "item": "type", "fulfilled_at": "fulfilled_at"},
    "change": {
        "id": "id", "title": "title", "type": "type", "status": "status", "risk": "risk",
        "reason": "benefit", "requested_by": "requester", "owner": "implementer", "opened_at": "opened_at",
        "planned_start": "planned_start", "planned_end": "planned_end", "actual_start": "actual_start",
        "actual_end": "actual_end", "closed_at": "closed_at", "backout_plan": "backout_plan",
        "impact_analysis": "impact_assessment", "approved_at": "approved_at",
    },
    "problem": {
        "id": "id", "title": "title", "status": "status", "priority": "priority", "workaround": "workaround",
        "root_cause": "root_cause", "opened_at": "opened_at", "resolved_at": "resolved_at",
        "closed_at": "closed_at", "change_id": "change_id",
    },
    "release": {"id": "id", "title": "title", "type": "type", "status": "status", "actual_end": "deployed_at"},
    "sla_record": {"elapsed": "elapsed_minutes"},
    "ci": {"id": "id", "name": "name", "class": "type", "owner": "owner", "updated_at": "last_changed_at"},
    "supplier": {"id": "id", "name": "name", "criticality": "criticality"},
    "contract": {"id": "id", "supplier": "supplier", "status": "status", "start": "start_at", "sla": "targets"},
    "user": {"id": "id", "department": "unit"},
    "role_assignment": {"user": "holder", "role": "object"},
    "improvement": {"id": "id", "title": "title", "status": "status", "owner": "owner", "planned_end": "due"},
}  # fmt: skip
LEFT_OUT = {
    ("incident", "change_id", "rfc"),  # the change an incident led to, not the one that caused it
}


def candidates(record: str, field: str, tools: dict[str, Any]) -> list[tuple[str, ProfileField, list[str]]]:
    """Return for each tool its profile's field and the reference's headers."""
    profiles = {one.id: one for one in shipped_profiles()}
    return [
        (tool, profiles[f"{tool}-{DATASETS[record]}"].fields[FIELDS[record][field]], headers)
        for tool, headers in tools.items()
    ]


@pytest.mark.shared
@pytest.mark.parametrize("record", DATASETS)
def test_every_header_that_was_seen_is_known(record: str, shared: Path) -> None:
    document, _ = load(shared / "reference/column-mappings.yaml", "column-mappings.yaml")
    assert document is not None
    looked = 0
    for field, tools in document.data["records"][record].items():
        if field not in FIELDS[record]:
            continue
        for tool, entry, headers in candidates(record, field, tools):
            known = [normal_header(one) for one in entry.headers]
            seen = [one for one in headers if not one.startswith("~")]
            missing = [one for one in seen if normal_header(one) not in known]
            assert [one for one in missing if (record, field, one) not in LEFT_OUT] == [], (tool, field)
            places = [known.index(normal_header(one)) for one in seen if one not in missing]
            unsure = {normal_header(one[1:]) for one in headers if one.startswith("~")} - {
                *map(normal_header, seen)
            }
            if entry.join is None and places:
                assert all(known.index(one) > max(places) for one in unsure if one in known), (tool, field)
            looked += 1
    assert looked >= len(FIELDS[record])


@pytest.mark.shared
def test_priorities_and_states_of_the_reference_come_out_as_it_says(shared: Path) -> None:
    document, _ = load(shared / "reference/column-mappings.yaml", "column-mappings.yaml")
    assert document is not None
    maps = document.data["value_maps"]
    profiles = {one.id: one for one in shipped_profiles()}
    for record, field in (
        ("incident", "incident_status"),
        ("change", "change_status"),
        ("problem", "problem_status"),
    ):
        for tool, values in maps[field].items():
            if tool in ("canonical", "jira"):
                continue
            given = {
                key.casefold(): one
                for key, one in profiles[f"{tool}-{record}"].fields["status"].values.items()
            }
            said = {
                key.lstrip("~").casefold(): one for key, one in values.items() if key not in ("note", "~0..6")
            }
            renamed = {key: {"review": "implemented"}.get(one, one) for key, one in said.items()}
            assert {key: given.get(key) for key in renamed} == renamed, (tool, record)
