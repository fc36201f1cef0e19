"""The audit as OSCAL assessment plan: scope, criteria, rules, activities and the timetable (pure)."""

from collections.abc import Iterator

from auditkit.assessment.programme.plan import Session
from auditkit.catalog.exchange.oscal_terms import OWN, Json, own_props, without_empty
from auditkit.reporting.interchange.material import Material
from auditkit.reporting.interchange.oscal_observed import METHODS
from auditkit.reporting.interchange.oscal_parts import (
    assets,
    at,
    at_hour,
    control_id,
    document,
    line,
    party_id,
    person_of,
    prose,
    resources,
    uid,
)


def assessment_plan(material: Material) -> str:
    """Return the plan as JSON text; the same run gives the same bytes. An SMS has no SSP: it imports the scope."""
    scope = {
        "uuid": uid(material, "resource", "scope"),
        "title": "Scope of the audit",
        "description": prose(material.run.engagement.scope),
        "props": [{"name": "type", "value": "plan"}],
    }
    body: Json = {
        "import-ssp": {"href": f"#{scope['uuid']}"},
        "local-definitions": without_empty({"activities": list(_activities(material))}),
        "terms-and-conditions": {"parts": list(_terms(material))},
        "reviewed-controls": _selections(material),
        "assessment-assets": assets(material),
        "tasks": list(_tasks(material)),
        "back-matter": {"resources": [scope, *resources(material)]},
    }
    return document(material, "assessment-plan", "assessment plan", body)


def _selections(material: Material) -> Json:
    """Return every requirement of every catalog; what a visit leaves out is told by the results."""
    return {
        "control-selections": [
            {
                "description": line(catalog.head.name),
                "props": own_props((("catalog-id", catalog.head.id), ("edition", catalog.head.edition))),
                "include-controls": [
                    {"control-id": control_id(one)}
                    for one in material.concluded
                    if one.catalog.head.id == catalog.head.id
                ],
            }
            for catalog in material.catalogs
        ]
    }


def _activities(material: Material) -> Iterator[Json]:
    """Yield every procedure that was applied, once, with the requirements it bears on."""
    bears: dict[str, list[Json]] = {}
    claims: dict[str, tuple[str, str]] = {}
    for one in material.concluded:
        results = [result for point in one.points for result in point.results]
        for result in results:
            claims.setdefault(result.procedure, (result.title, METHODS[result.kind]))
        for name in dict.fromkeys(result.procedure for result in results):
            bears.setdefault(name, []).append({"control-id": control_id(one)})
    for name in sorted(claims):
        claim, method = claims[name]
        yield {
            "uuid": uid(material, "activity", name),
            "title": line(name),
            "description": prose(claim if name.startswith(("record.", "impact.")) else name),
            "props": [{"name": "method", "value": method}, *own_props((("procedure", name),))],
            "related-controls": {"control-selections": [{"include-controls": bears[name]}]},
        }


def _terms(material: Material) -> Iterator[Json]:
    run = material.run
    engagement, method, plan = run.engagement, run.conduct.method, run.audit_plan
    said = (
        ("objectives", OWN, "Objectives", prose(*engagement.objectives)),
        ("assessment-inclusions", "", "Scope", prose(engagement.scope)),
        ("assessment-exclusions", "", "Not covered", prose(*engagement.areas_not_covered)),
        ("criteria", OWN, "Criteria", prose(*(one.head.name for one in material.catalogs), *engagement.criteria)),
        ("methodology", "", "Method", prose(method.name, plan.methods if plan else "", plan.sampling if plan else "")),
        ("disclosures", "", "Confidentiality", prose(engagement.confidentiality, plan.confidentiality if plan else "")),
        ("results-delivery", "", "Distribution", prose(*engagement.distribution)),
    )  # fmt: skip
    for name, space, title, text in said:
        if text != "-":
            yield without_empty({"name": name, "ns": space, "title": title, "prose": text})


def _tasks(material: Material) -> Iterator[Json]:
    """Yield the sessions of the audit plan; where there is no plan, the visits."""
    plan = material.run.audit_plan
    for session in plan.sessions if plan else ():
        yield _session(material, session)
    for number, visit in enumerate(() if plan else material.run.engagement.visits, start=1):
        yield without_empty(
            {
                "uuid": uid(material, "visit", str(number)),
                "type": "action",
                "title": line(visit.what),
                "props": own_props(
                    (("place", line(visit.place)), ("remote", "yes" if visit.remote else "no"))
                ),
                "timing": {"on-date": {"date": at(visit.at)}},
                "responsible-roles": _roles(material, "auditee", visit.auditees),
            }
        )


def _session(material: Material, one: Session) -> Json:
    said = (
        ("session-id", one.id),
        ("kind", one.kind),
        ("place", line(one.place) if one.place else ""),
        ("site", one.site or ""),
        ("remote", "yes" if one.remote else "no"),
        *(("clause", clause) for clause in one.clauses),
        *(("process", process) for process in one.processes),
    )
    start, end = (at_hour(material, one.at, hour) for hour in (one.start, one.end))
    return without_empty(
        {
            "uuid": uid(material, "session", one.id),
            "type": "action",
            "title": line(f"{one.id} {one.what}"),
            "description": prose(one.method) if one.method else "",
            "props": own_props(said),
            "timing": {"within-date-range": {"start": start, "end": end}},
            "responsible-roles": [
                *_roles(material, "auditor", one.auditors),
                *_roles(material, "auditee", one.auditees),
            ],
        }
    )


def _roles(material: Material, role: str, people: tuple[str, ...]) -> list[Json]:
    known = [one.id for person in people if (one := person_of(material, person))]
    return [{"role-id": role, "party-uuids": [party_id(material, one) for one in known]}] if known else []
