"""The business impact analysis for a terminal of 80 columns, and as data for programs."""

import textwrap
from typing import Any

from auditkit.assessment.model import ProcedureResult
from auditkit.base.errors import UsageFault
from auditkit.engagement.examine import Examined, RunOptions, examine
from auditkit.engagement.impact_findings import Touching, touching
from auditkit.engagement.open import OpenEngagement
from auditkit.engagement.run import assess
from auditkit.impact.analysis import Analysis, find_element
from auditkit.impact.graph import Node
from auditkit.impact.needs import Deadline
from auditkit.impact.outage import Outage, outage_of
from auditkit.impact.ranking import METHOD
from auditkit.impact.tally import latest
from auditkit.impact.words import asked_by, hours, limit, plain

WIDTH = 80
_NONE = (
    "There is no business impact analysis. Write impact.yaml, or fill in the sheets of "
    "auditkit impact template impact.xlsx"
)


def show(opened: OpenEngagement, options: RunOptions) -> tuple[str, dict[str, Any]]:
    """Return services ranked, needs and gaps, as text and as data; UsageFault when there is no analysis."""
    examined = _examined(opened, options)
    analysis = examined.impact
    results = tuple(examined.impact_results.values())
    if analysis is None:
        raise UsageFault("\n".join(str(issue) for issue in opened.impact.issues))
    lines = [_head(opened, analysis), "", "Services by criticality", *_ranking(analysis)]
    lines += ["", "What the parts must achieve", *_needs(analysis)]
    lines += ["", "Checks", *(line for result in results for line in _check(result))]
    return "\n".join(lines), {
        "source": opened.impact.source,
        "complete": analysis.graph.complete,
        "grounded": analysis.grounded,
        "method": METHOD,
        "services": [_ranked_data(analysis, one.service) for one in analysis.ranking],
        "needs": [_need_data(analysis, node) for node in analysis.graph.nodes.values()],
        "rings": [list(ring) for ring in analysis.graph.rings],
        "checks": [one.model_dump(mode="json", exclude={"point"}) for one in results],
    }


def show_outage(opened: OpenEngagement, name: str, options: RunOptions) -> tuple[str, dict[str, Any]]:
    """Return what happens when an element fails now, as text and as data; UsageFault for one that is not there."""
    element = find_element(opened.impact.file, name) if opened.impact.file is not None else None
    if element is None and opened.impact.file is not None:
        raise UsageFault(f"{name}: no element of {opened.impact.source}. See: auditkit impact show")
    analysis = _examined(opened, options).impact
    if analysis is None or element is None:
        raise UsageFault("\n".join(str(issue) for issue in opened.impact.issues))
    outage = outage_of(analysis, element.id)
    run = assess(opened, options).run
    process = next((lens for lens in run.lenses if lens.id == "process"), None) or next(
        (lens for lens in opened.library.lenses if lens.id == "process"), None
    )
    found = touching(outage, run.findings, opened.register.items, process)
    return "\n".join(_outage(outage, found)), _outage_data(outage, found)


def _examined(opened: OpenEngagement, options: RunOptions) -> Examined:
    if not opened.impact.given:
        raise UsageFault(_NONE)
    return examine(opened, options)


def _head(opened: OpenEngagement, analysis: Analysis) -> str:
    kinds = [node.kind for node in analysis.graph.nodes.values()]
    counts = [
        f"{kinds.count(kind)} {plural if kinds.count(kind) != 1 else kind}"
        for kind, plural in (("activity", "activities"), ("service", "services"), ("component", "components"),
                             ("resource", "resources"), ("supplier", "suppliers"))
        if kind in kinds
    ]  # fmt: skip
    return textwrap.fill(f"{opened.impact.source}: {', '.join(counts)}.", WIDTH)


def _ranking(analysis: Analysis) -> list[str]:
    horizons = "/".join(plain(one) for one in analysis.horizons)
    lines = [
        f"{'rank':>4}  {'service':<30}{'tolerable':>10}{'back in':>9}{'data':>8}  impact at {horizons} h"
    ]
    for one in analysis.ranking:
        need = analysis.needs[one.service]
        impacts = " / ".join(plain(value) for value in one.impacts)
        label = textwrap.shorten(analysis.graph.nodes[one.service].label, 29, placeholder="…")
        lines.append(
            f"{one.rank:>4}  {label:<30}{_cell(need.mtpd):>10}{_cell(need.rto):>9}{_cell(need.rpo):>8}  {impacts}"
        )
    return lines


def _needs(analysis: Analysis) -> list[str]:
    lines = [f"{'part':<38}{'back in':>9}{'achieved':>10}{'data':>8}  takes down alone"]
    for node in analysis.graph.nodes.values():
        if node.kind in ("activity", "service"):
            continue
        need, last = analysis.needs[node.id], latest(node)
        label = textwrap.shorten(node.label, 37, placeholder="…")
        down = f"{len(need.services)} services, {len(need.activities)} act."
        carried = "nothing" if not need.services and not need.activities else down
        lines.append(
            f"{label:<38}{_cell(need.rto):>9}{hours(last.recovered_hours) if last else '-':>10}"
            f"{_cell(need.rpo):>8}  {carried}"
        )
    return lines


def _cell(deadline: Deadline) -> str:
    if deadline.hours is None:
        return "?"
    return hours(deadline.hours) if deadline.sure else f"<={hours(deadline.hours)}"


def _check(result: ProcedureResult) -> list[str]:
    basis = result.basis.replace("_", " ")
    lines = _wrap(f"{result.outcome.replace('_', ' '):<12} {result.title}", 0, 13)
    lines += _wrap(
        f"{result.exceptions} gaps and {result.unknown} not known of {result.population or 0}; basis {basis}",
        13,
        13,
    )
    for reason in result.reasons:
        lines += _wrap(reason, 15, 17)
    return lines


def _outage(outage: Outage, found: tuple[Touching, ...]) -> list[str]:
    lines = _wrap(f"If {outage.node.label} ({outage.node.kind}) fails now:", 0, 2)
    if not outage.sufferers:
        lines += _wrap("no service or activity suffers.", 2, 2)
    for group in outage.groups:
        lines += _wrap(f"Redundancy bears it: {group}.", 2, 4)
    if outage.sufferers:
        lines += ["", f"{'suffers':<40}{'after':>8}{'intolerable':>14}{'back after':>13}"]
    for one in outage.sufferers:
        label = textwrap.shorten(f"{one.node.kind} {one.node.label}", 39, placeholder="…")
        lines.append(
            f"{label:<40}{hours(one.after):>8}{hours(one.intolerable) if one.intolerable is not None else '?':>14}"
            f"{hours(one.back_after):>13}"
        )
        if len(one.path) > 2:
            lines += _wrap(f"by way of {' -> '.join(one.path)}", 4, 6)
    lines += [""] if outage.sufferers else []
    if outage.first is not None and outage.first.intolerable is not None:
        lines += _wrap(
            f"First intolerable: {outage.first.node.label}, after {hours(outage.first.intolerable)}.", 0, 2
        )
    need = outage.need.rto
    if need.hours is not None:
        lines += _wrap(f"It must be back within {limit(need)}{asked_by(need)}.", 0, 2)
        lines += _wrap(f"Last shown: {hours(outage.last_recovered)}.", 0, 2)
    if not outage.need.effect.sure:
        lines += _wrap("Something on the way is not known or runs in a ring, so it may be worse.", 0, 2)
    lines += ["", "Open findings that touch it:" if found else "No open finding touches it."]
    for touch in found:
        raised = touch.finding
        lines += _wrap(f"{raised.id} {raised.grade}, {raised.standing}: {raised.statement.failure}", 2, 4)
        lines += _wrap(f"({touch.why})", 4, 4)
    return lines


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


def _wrap(text: str, first: int, rest: int) -> list[str]:
    return textwrap.wrap(
        text, WIDTH, initial_indent=" " * first, subsequent_indent=" " * rest, break_on_hyphens=False
    )
