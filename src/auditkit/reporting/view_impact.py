"""Section 13: business impact. Services ranked, what parts must achieve, checks with their gaps, and the picture."""

from auditkit.assessment.model import ProcedureResult
from auditkit.assessment.procedures.impact import REASONS_SHOWN
from auditkit.base.language import say, say_as, say_count, short_day, translated
from auditkit.impact.analysis import Analysis
from auditkit.impact.graph import Link
from auditkit.impact.needs import Deadline
from auditkit.impact.ranking import METHOD, Ranked
from auditkit.impact.tally import latest
from auditkit.impact.words import hours, percent, plain
from auditkit.reporting.numbers import how_many
from auditkit.reporting.view_impact_model import (
    GraphEdge,
    GraphNode,
    ImpactCheckRow,
    ImpactGraph,
    ImpactNeedRow,
    ImpactServiceRow,
    ImpactView,
)
from auditkit.reporting.view_index import Index
from auditkit.reporting.words import BASES, OUTCOMES

MOST_DRAWN = 70
"""Boxes of the picture; beyond it only parts that matter alone are drawn."""


def build_impact(index: Index) -> ImpactView:
    """Word the section; a run without an analysis gives an empty one."""
    impact = index.run.impact
    if impact is None:
        return ImpactView()
    checks = tuple(_check(index, one) for one in impact.results)
    analysis = impact.analysis
    if analysis is None:
        fault = say(
            "{file} was handed over and cannot be read; nothing of it counts as shown.", file=impact.source
        )
        return ImpactView(source=impact.source, fault=fault, checks=checks)
    return ImpactView(
        source=impact.source,
        method=translated(METHOD),
        horizons="/".join(plain(one) for one in analysis.horizons),
        services=tuple(_service(analysis, one) for one in analysis.ranking),
        needs=(*_parts(analysis), *_groups(analysis)),
        checks=checks,
        graph=build_graph_view(analysis, {row.key for one in impact.results for row in one.exception_rows}),
    )


def _service(analysis: Analysis, one: Ranked) -> ImpactServiceRow:
    need = analysis.needs[one.service]
    return ImpactServiceRow(
        rank=one.rank,
        service=analysis.graph.nodes[one.service].label,
        critical=_critical(one),
        tolerable=_bound(need.mtpd),
        back_within=_bound(need.rto),
        data=_bound(need.rpo),
        minimum=percent(need.mbco_percent) if need.mbco_percent is not None else say("none stated"),
        impacts=" / ".join(plain(value) for value in one.impacts),
        takes_down=", ".join(need.activities) or say("no activity known"),
    )


def _critical(one: Ranked) -> str:
    if one.critical is None:
        return say("not known")
    return say_as("answer", "yes") if one.critical else say_as("answer", "no")


def _parts(analysis: Analysis) -> list[ImpactNeedRow]:
    rows = []
    for node in analysis.graph.nodes.values():
        need, last = analysis.needs[node.id], latest(node)
        if node.kind in ("activity", "service") or not (need.services or need.activities):
            continue
        shown = (
            f"{hours(last.recovered_hours)} ({last.id}, {short_day(last.at)})" if last else say("not shown")
        )
        rows.append(
            ImpactNeedRow(
                element=node.label,
                back_within=_bound(need.rto),
                asked_by=" → ".join(need.rto.path),
                shown=shown,
                data=_bound(need.rpo),
            )
        )
    return rows


def _groups(analysis: Analysis) -> list[ImpactNeedRow]:
    return [
        ImpactNeedRow(
            element=say("{number} of {members}", number=link.required, members=", ".join(link.of)),
            back_within=_bound(need.asked_rto),
            asked_by=say("{consumer}, when all of them fail", consumer=link.consumer),
            shown=", ".join(_shown(analysis, one) for one in need.members),
            data=_bound(need.asked_rpo),
        )
        for link, need in analysis.groups.items()
    ]


def _shown(analysis: Analysis, identifier: str) -> str:
    last = latest(analysis.graph.nodes[identifier])
    shown = hours(last.recovered_hours) if last else say("not shown")
    return f"{identifier} {shown}"


def _bound(deadline: Deadline) -> str:
    if deadline.hours is None:
        return say("not known")
    return hours(deadline.hours) if deadline.sure else f"≤ {hours(deadline.hours)}"


def _check(index: Index, result: ProcedureResult) -> ImpactCheckRow:
    gaps = tuple(row.values["what"] or "" for row in result.exception_rows)
    more = result.exceptions - len(gaps)
    return ImpactCheckRow(
        title=translated(result.title),
        basis=BASES[result.basis],
        points=", ".join(
            one.point
            for one in index.verdicts.values()
            if any(seen.procedure == result.procedure for seen in one.results)
        ),
        mark=OUTCOMES[result.outcome],
        counts=say_count(
            "{number} gap, {unknown} not known, of {total}",
            "{number} gaps, {unknown} not known, of {total}",
            result.exceptions,
            number=how_many(result.exceptions),
            unknown=result.unknown,
            total=result.population or 0,
        ),
        gaps=(*gaps, *([say("And {number} more.", number=more)] if more > 0 else [])),
        reasons=() if gaps else _reasons(result),
    )


def _reasons(result: ProcedureResult) -> tuple[str, ...]:
    """Return why a check without gaps was not met; of the cases that are not known only the first.

    The cases stand last, and where there are too many of them, the number of the others stands behind.
    """
    cases = min(result.unknown, REASONS_SHOWN) + (result.unknown > REASONS_SHOWN)
    said = len(result.reasons) - cases
    more = []
    if result.unknown > 1:
        more.append(say("And {number} more that are not known.", number=result.unknown - 1))
    return (*result.reasons[: said + 1], *more)


def build_graph_view(analysis: Analysis, with_gap: set[str]) -> ImpactGraph:
    """Choose what the picture shows: everything, or without the parts whose loss alone hurts nobody."""
    graph = analysis.graph
    drawn = list(graph.nodes)
    note = say("Needs that follow from others are not drawn.")
    if len(drawn) > MOST_DRAWN:
        drawn = [
            one
            for one in drawn
            if graph.nodes[one].kind in ("activity", "service")
            or one in with_gap
            or analysis.needs[one].services
        ]
        note = f"{_left_out(len(graph.nodes) - len(drawn))} {note}"
    if len(drawn) > 2 * MOST_DRAWN:
        return ImpactGraph(
            note=say(
                "There are {number} elements, too many for a picture; the tables have them.",
                number=len(graph.nodes),
            )
        )
    critical = {one.service for one in analysis.ranking if one.critical}
    kept = set(drawn)
    links = [link for needs in graph.needs.values() for link in needs]
    edges = [
        GraphEdge(
            consumer=link.consumer,
            provider=one,
            group=link.is_group,
            ring=link.consumer in graph.knot and graph.knot[link.consumer] == graph.knot.get(one),
        )
        for link in links
        for one in link.of
        if link.consumer in kept and one in kept and not _follows(analysis, link, one)
    ]
    return ImpactGraph(
        nodes=tuple(
            GraphNode(id=one, kind=graph.nodes[one].kind, critical=one in critical, gap=one in with_gap)
            for one in drawn
        ),
        edges=tuple(edges),
        note=note,
    )


def _left_out(parts: int) -> str:
    return say_count(
        "{number} part whose loss alone takes nothing down is not drawn.",
        "{number} parts whose loss alone takes nothing down are not drawn.",
        parts,
        number=how_many(parts),
    )


def _follows(analysis: Analysis, link: Link, provider: str) -> bool:
    """Tell whether a single need follows from another need of the same consumer."""
    graph = analysis.graph
    if link.is_group or link.consumer in graph.knot or provider in graph.knot:
        return False
    down = analysis.needs[provider].effect.restart
    return any(
        other in down and other != provider
        for each in graph.needs[link.consumer]
        if not each.is_group
        for other in each.of
    )
