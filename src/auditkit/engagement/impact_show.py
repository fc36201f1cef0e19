"""The business impact analysis for a terminal of 80 columns, and as data for programs."""

from typing import Any

from auditkit.base.errors import UsageFault
from auditkit.engagement.examine import RunOptions, examine
from auditkit.engagement.impact_findings import Touching, touching
from auditkit.engagement.impact_text import analysis_text, outage_text
from auditkit.engagement.open import OpenEngagement
from auditkit.engagement.run import assess
from auditkit.impact.analysis import Analysis, find_element
from auditkit.impact.graph import Node
from auditkit.impact.measures import MEASURES
from auditkit.impact.outage import Outage, outage_of
from auditkit.impact.ranking import METHOD
from auditkit.impact.words import plain

WIDTH = 80
_NONE = (
    "There is no business impact analysis. Write impact.yaml, or fill in the sheets of "
    "auditkit impact template impact.xlsx"
)


def show(opened: OpenEngagement, options: RunOptions) -> tuple[str, dict[str, Any]]:
    """Return services ranked, needs and gaps, as text and as data; UsageFault when there is no analysis."""
    if not opened.impact.given:
        raise UsageFault(_NONE)
    examined = examine(opened, options)
    analysis = examined.impact
    results = examined.impact_results
    if analysis is None:
        raise UsageFault("\n".join(str(issue) for issue in opened.impact.issues))
    checks = {
        one.id: (results[one.id], MEASURES[one.measure](analysis)) for one in opened.library.impact_checks
    }
    return analysis_text(opened.impact.source, analysis, checks.values()), {
        "source": opened.impact.source,
        "complete": analysis.graph.complete,
        "grounded": analysis.grounded,
        "method": METHOD,
        "services": [_ranked_data(analysis, one.service) for one in analysis.ranking],
        "needs": [_need_data(analysis, node) for node in analysis.graph.nodes.values()],
        "rings": [list(ring) for ring in analysis.graph.rings],
        "checks": [
            {
                "check": check,
                "outcome": result.outcome,
                "basis": result.basis,
                "title": result.title,
                "population": seen.population,
                "gaps": [gap._asdict() for gap in seen.gaps],
                "unknown": [gap._asdict() for gap in seen.unknown],
            }
            for check, (result, seen) in checks.items()
        ],
    }


def show_outage(opened: OpenEngagement, name: str, options: RunOptions) -> tuple[str, dict[str, Any]]:
    """Return what happens when an element fails now, as text and as data; UsageFault for one that is not there."""
    element = find_element(opened.impact.file, name) if opened.impact.file is not None else None
    if element is None and opened.impact.file is not None:
        raise UsageFault(f"{name}: no element of {opened.impact.source}. See: auditkit impact show")
    if not opened.impact.given:
        raise UsageFault(_NONE)
    run = assess(opened, options).run
    analysis = run.impact.analysis if run.impact is not None else None
    if analysis is None or element is None:
        raise UsageFault("\n".join(str(issue) for issue in opened.impact.issues))
    outage = outage_of(analysis, element.id)
    process = next((lens for lens in run.lenses if lens.id == "process"), None) or next(
        (lens for lens in opened.library.lenses if lens.id == "process"), None
    )
    found = touching(outage, run.findings, opened.register.items, process)
    return outage_text(outage, found), _outage_data(outage, found)


def _outage_data(outage: Outage, found: tuple[Touching, ...]) -> dict[str, Any]:
    return {
        "element": outage.node.id,
        "kind": outage.node.kind,
        "name": outage.node.name,
        "sure": outage.need.effect.sure,
        "back_within_hours": outage.need.rto.hours,
        "last_recovered_hours": outage.last_recovered,
        "redundancy": list(outage.groups),
        "suffer": [
            {
                "id": one.node.id,
                "kind": one.node.kind,
                "name": one.node.name,
                "after_hours": one.after,
                "intolerable_hours": one.intolerable,
                "back_after_hours": one.back_after,
                "path": list(one.path),
            }
            for one in outage.sufferers
        ],
        "findings": [
            {
                "id": one.finding.id,
                "grade": one.finding.grade,
                "standing": one.finding.standing,
                "why": one.why,
            }
            for one in found
        ],
    }


def _ranked_data(analysis: Analysis, service: str) -> dict[str, Any]:
    one = next(one for one in analysis.ranking if one.service == service)
    return {
        "rank": one.rank,
        "service": service,
        "name": analysis.graph.nodes[service].name,
        "critical": one.critical,
        "mtpd_hours": one.mtpd.hours,
        "impact": dict(zip(map(plain, analysis.horizons), one.impacts, strict=True)),
        "rpo_hours": one.rpo.hours,
        "dependants": one.dependants,
        "sure": one.mtpd.sure,
    }


def _need_data(analysis: Analysis, node: Node) -> dict[str, Any]:
    need = analysis.needs[node.id]
    figures = {name: getattr(need, name) for name in ("rto", "mtpd", "rpo", "restore")}
    return {
        "id": node.id,
        "kind": node.kind,
        **{f"{name}_hours": one.hours for name, one in figures.items()},
        **{f"{name}_sure": one.sure for name, one in figures.items()},
        "mbco_percent": need.mbco_percent,
        "path": list(need.rto.path),
        "services": list(need.services),
        "activities": list(need.activities),
    }
