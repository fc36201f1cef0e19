"""Pieces that OSCAL assessment plan, results and plan of action share: parties, resources, times, ids (pure)."""

import json
from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from urllib.parse import quote
from zoneinfo import ZoneInfo

from auditkit import __version__
from auditkit.assessment.engagement import Person
from auditkit.catalog.exchange.oscal_control import statement_id
from auditkit.catalog.exchange.oscal_terms import (
    Json,
    metadata,
    own_prop,
    own_props,
    stable_uuid,
    token,
    without_empty,
)
from auditkit.reporting.interchange.material import Concluded, Material
from auditkit.reporting.words import printable

PLAN, RESULTS, ACTIONS = "assessment-plan.oscal.json", "assessment-results.oscal.json", "poam.oscal.json"
ROLES = {
    "lead-auditor": "Lead auditor",
    "auditor": "Auditor",
    "auditee": "Auditee",
    "client": "Audit client",
    "action-owner": "Owner of an action",
}
_TOOL = "auditkit"


def document(material: Material, name: str, title: str, body: Json) -> str:
    """Return a document as JSON text, with the head and the parties that all of them have."""
    run, cover = material.run, material.view.cover
    props = own_props(
        (
            ("engagement-id", run.engagement.id),
            ("run-id", run.trace.run_id),
            ("status", line(cover.status)),
            ("redacted", run.redacted),
        )
    )
    head = metadata(
        line(f"{cover.title}: {title}"), run.trace.run_id, _stamp(run.engagement.as_of), props, ""
    )
    head |= {
        "roles": [{"id": identifier, "title": said} for identifier, said in ROLES.items()],
        "parties": _parties(material),
        "responsible-parties": [
            {"role-id": "lead-auditor", "party-uuids": [party_id(material, run.engagement.lead_auditor)]}
        ],
    }
    whole = {"uuid": uid(material, name), "metadata": head, **body}
    return json.dumps({name: without_empty(whole)}, ensure_ascii=False, indent=1) + "\n"


def uid(material: Material, kind: str, *name: str) -> str:
    """Return the uuid5 of something of this engagement; it stays the same from run to run."""
    return stable_uuid(kind, material.run.engagement.id, *name)


def party_id(material: Material, person: str) -> str:
    """Return the uuid of a person by the id in engagement.yaml."""
    return uid(material, "party", person)


def person_of(material: Material, owner: str | None) -> Person | None:
    """Return who is meant by an id or a name; None: nobody that engagement.yaml knows."""
    people = material.run.engagement.people
    return next((one for one in people if owner and owner in (one.id, one.name)), None)


def at(day: date) -> str:
    """Return the beginning of a day in UTC; our records know days, not hours."""
    return _written(_stamp(day))


def at_hour(material: Material, day: date, hour: time) -> str:
    """Return an hour in the time zone of the engagement, written in UTC."""
    zone = ZoneInfo(material.run.engagement.time_zone)
    return _written(datetime.combine(day, hour, zone).astimezone(UTC))


def line(text: str) -> str:
    """Return a text on one line that is not empty, as titles and properties want it."""
    return " ".join(printable(text).split()) or "-"


def prose(*texts: str) -> str:
    """Return texts as paragraphs, never empty."""
    return "\n\n".join(shown for text in texts if (shown := printable(text).strip())) or "-"


def count_props(pairs: Iterable[tuple[str, int | None]]) -> list[Json]:
    """Return a property for each figure that is known; an unknown one has none."""
    return [own_prop(name, str(value)) for name, value in pairs if value is not None]


def control_id(one: Concluded) -> str:
    """Return a requirement as the id of a control, as the export of its catalog names it."""
    return token(one.criterion.id)


def target_id(one: Concluded) -> str:
    """Return the id of the statement of a requirement, as the export of its catalog names it."""
    return statement_id(one.criterion.id)


def tool_id(material: Material) -> str:
    """Return the uuid of the tool as a component."""
    return uid(material, "component", _TOOL)


def by_tool(material: Material) -> list[Json]:
    """Return the tool as the origin of what it computed."""
    return [{"actors": [{"type": "tool", "actor-uuid": tool_id(material)}]}]


def by_person(material: Material, person: str | None) -> list[Json]:
    """Return a person of the engagement as an origin; empty for somebody engagement.yaml does not know."""
    known = person_of(material, person)
    return [{"actors": [{"type": "party", "actor-uuid": party_id(material, known.id)}]}] if known else []


def assets(material: Material) -> Json:
    """Return the tool as the asset the assessment is made with."""
    component = {
        "uuid": tool_id(material),
        "type": "software",
        "title": _TOOL,
        "description": "Examines evidence and keeps what auditors decide.",
        "props": [own_prop("version", __version__)],
        "status": {"state": "operational"},
    }
    platform = {
        "uuid": uid(material, "platform", _TOOL),
        "title": _TOOL,
        "uses-components": [{"component-uuid": tool_id(material)}],
    }
    return {"components": [component], "assessment-platforms": [platform]}


def resource_id(material: Material, file: str) -> str:
    """Return the uuid of a file below the folder of evidence."""
    return uid(material, "evidence", file.removeprefix(f"{material.evidence_folder}/"))


def resources(material: Material) -> list[Json]:
    """Return every file of evidence with its digest; a registered one that is not there says so."""
    titles = {one.file: one for one in material.run.items}
    found = []
    for one in material.run.files:
        item = titles.get(one.file)
        said = (
            ("evidence-id", one.evidence or ""),
            ("reading", one.status),
            ("why", line(one.why) if one.why else ""),
            ("size-bytes", str(one.size_bytes)),
        )
        href = quote(f"{material.evidence_folder}/{one.file}", safe="/")
        hashes = [{"algorithm": "SHA-256", "value": one.sha256}] if one.sha256 else []
        found.append(
            {
                "uuid": resource_id(material, one.file),
                "title": line(item.title if item else one.file),
                "props": [{"name": "type", "value": "evidence"}, *own_props(said)],
                "rlinks": [without_empty({"href": href, "hashes": hashes})],
            }
        )
    there = {one.file for one in material.run.files}
    for item in material.run.items:
        if item.file not in there:
            missing = (("evidence-id", item.id), ("reading", "missing"))
            props = [{"name": "type", "value": "evidence"}, *own_props(missing)]
            uuid = resource_id(material, item.file)
            found.append({"uuid": uuid, "title": line(item.title), "props": props})
    return found


def linked(material: Material, kind: str, title: str, href: str) -> Json:
    """Return another of our documents as a resource."""
    return {
        "uuid": uid(material, "resource", href),
        "title": title,
        "props": [{"name": "type", "value": kind}],
        "rlinks": [{"href": href}],
    }


def _parties(material: Material) -> list[Json]:
    engagement = material.run.engagement
    people = [
        {
            "uuid": party_id(material, one.id),
            "type": "person",
            "name": line(one.name),
            "props": own_props((("person-id", one.id), ("role", line(one.role)), ("side", one.side))),
        }
        for one in engagement.people
    ]
    if person_of(material, engagement.lead_auditor) is None:
        lead = engagement.lead_auditor
        people.append({"uuid": party_id(material, lead), "type": "person", "name": line(lead)})
    name = line(material.view.cover.auditee)
    return [{"uuid": uid(material, "organisation"), "type": "organization", "name": name}, *people]


def _stamp(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _written(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
