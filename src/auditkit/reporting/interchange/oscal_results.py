"""A run as OSCAL assessment results (pure)."""

from auditkit.catalog.exchange.oscal_terms import OWN, Json, own_prop, own_props, without_empty
from auditkit.reporting.interchange.material import Material
from auditkit.reporting.interchange.oscal_observed import findings, observations, reviewed
from auditkit.reporting.interchange.oscal_parts import (
    PLAN,
    assets,
    at,
    document,
    line,
    linked,
    party_id,
    prose,
    resources,
    uid,
)
from auditkit.reporting.interchange.oscal_risks import risks


def assessment_results(material: Material) -> str:
    """Return the run as JSON text; the same run gives the same bytes."""
    plan = linked(material, "plan", "Assessment plan", PLAN)
    body: Json = {
        "import-ap": {"href": f"#{plan['uuid']}"},
        "results": [_result(material)],
        "back-matter": {"resources": [plan, *resources(material)]},
    }
    return document(material, "assessment-results", "assessment results", body)


def _result(material: Material) -> Json:
    run, headline = material.run, material.view.summary.headline
    engagement = run.engagement
    start = min((engagement.as_of, *(one.at for one in engagement.visits)))
    return without_empty(
        {
            "uuid": uid(material, "result"),
            "title": line(material.view.cover.title),
            "description": prose(headline.text, *headline.because),
            "start": at(start),
            "end": at(engagement.as_of),
            "props": _props(material),
            "local-definitions": {"assessment-assets": assets(material)},
            "reviewed-controls": reviewed(material),
            "attestations": _attestations(material),
            "observations": observations(material),
            "risks": risks(material),
            "findings": findings(material),
        }
    )


def _props(material: Material) -> list[Json]:
    """Return the conclusion, the gates and the figures as the report prints them; shares are intervals."""
    summary, conclusion = material.view.summary, material.view.conclusion
    counts = summary.requirements
    said = (
        ("ready", "yes" if summary.headline.ready else "no"),
        ("period-start", material.run.engagement.period.start.isoformat()),
        ("period-end", material.run.engagement.period.end.isoformat()),
        *((f"gate-{one.id}", one.mark.word) for one in conclusion.gates),
        *(
            (f"requirements-{name.replace('_', '-')}", str(value))
            for name, value in counts.model_dump().items()
        ),
    )
    figures = (
        own_prop("measure", one.figure, remarks=prose(one.name, one.method)) for one in summary.measures
    )
    return [*own_props(said), *figures]


def _attestations(material: Material) -> list[Json]:
    """Return the conclusion of the lead auditor once it is released; a draft attests nothing."""
    signed, conclusion = material.run.engagement.sign_off, material.view.conclusion
    if signed is None or material.view.cover.draft:
        return []
    part = {
        "name": "conclusion",
        "ns": OWN,
        "title": line(conclusion.headline.text),
        "prose": prose(conclusion.own_words, *conclusion.sentences),
        "props": own_props((("signed-at", signed.at.isoformat()), ("status", material.view.cover.status))),
    }
    who = {"role-id": "lead-auditor", "party-uuids": [party_id(material, signed.by)]}
    return [{"responsible-parties": [who], "parts": [part]}]
