"""Confirmed nonconformities as OSCAL risks, with their history (pure)."""

from collections.abc import Iterable, Iterator

from auditkit.catalog.exchange.oscal_terms import Json, own_prop, own_props, without_empty
from auditkit.findings.model import Finding, FindingState
from auditkit.reporting.interchange.material import Material
from auditkit.reporting.interchange.oscal_observed import finding_props, is_risk, shown_findings
from auditkit.reporting.interchange.oscal_parts import at, by_person, line, party_id, person_of, prose, uid

STATUSES: dict[FindingState, str] = {
    "raised": "open",
    "answered": "investigating",
    "plan_accepted": "remediating",
    "implemented": "remediating",
    "reopened": "open",
    "verified_effective": "closed",
    "closed": "closed",
}


def risks(material: Material) -> list[Json]:
    """Return every confirmed nonconformity as a risk, worst first."""
    return [risk(material, one) for one in shown_findings(material) if is_risk(one)]


def risk(material: Material, finding: Finding, remediations: Iterable[Json] = ()) -> Json:
    """Return a confirmed nonconformity as a risk, with its history."""
    shown, answer = material.worded[finding.id], finding.answer
    correction = {
        "uuid": uid(material, "correction", finding.id),
        "description": prose(answer.correction),
        "props": [own_prop("kind", "correction")],
    }
    return without_empty(
        {
            "uuid": uid(material, "risk", finding.id),
            "title": line(f"{finding.id}, {shown.mark.word}"),
            "description": prose(finding.statement.failure, shown.extent),
            "statement": prose(finding.statement.requirement, finding.statement.objective_evidence),
            "props": [
                *finding_props(finding),
                *own_props((("state", shown.state), ("cause", line(answer.cause) if answer.cause else ""))),
            ],
            "status": STATUSES.get(finding.state, "open"),
            "origins": by_person(material, finding.raised_by),
            "mitigating-factors": [correction] if answer.correction else [],
            "deadline": at(answer.due) if answer.due else "",
            "remediations": list(remediations),
            "risk-log": without_empty({"entries": list(_log(material, finding))}),
            "related-observations": _observed(material, finding),
        }
    )


def _observed(material: Material, finding: Finding) -> list[Json]:
    """Return the observations of the procedure that saw a finding."""
    return [
        {"observation-uuid": uid(material, "observation", point.point, result.procedure)}
        for concluded in material.concluded
        for point in concluded.points
        if point.point in finding.points
        for result in point.results
        if result.procedure == finding.procedure
    ]


def _log(material: Material, finding: Finding) -> Iterator[Json]:
    """Yield the steps in the life of a finding, oldest first."""
    for number, event in enumerate(finding.history, start=1):
        known = person_of(material, event.by)
        yield without_empty(
            {
                "uuid": uid(material, "step", finding.id, str(number)),
                "title": event.step.replace("_", " "),
                "description": prose(event.note) if event.note else "",
                "start": at(event.at),
                "logged-by": [{"party-uuid": party_id(material, known.id)}] if known else [],
            }
        )
