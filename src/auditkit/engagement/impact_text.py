"""The business impact analysis and a failure as text for a terminal of 80 columns."""

import textwrap
from collections.abc import Iterable

from auditkit.assessment.model import ProcedureResult
from auditkit.engagement.impact_findings import Touching
from auditkit.impact.analysis import Analysis
from auditkit.impact.model import KINDS
from auditkit.impact.needs import Deadline
from auditkit.impact.outage import Outage
from auditkit.impact.tally import Seen, latest
from auditkit.impact.words import asked_by, hours, limit, plain
from auditkit.reporting.numbers import count

WIDTH = 80


def analysis_text(source: str, analysis: Analysis, checks: Iterable[tuple[ProcedureResult, Seen]]) -> str:
    """Render services ranked, what parts must achieve, and the checks with every gap."""
    lines = [_head(source, analysis), "", "Services by criticality", *_ranking(analysis)]
    lines += ["", "What parts must achieve when they fail alone", *_needs(analysis)]
    lines += _groups(analysis)
    lines += ["", "Checks"]
    for result, seen in checks:
        lines += _check(result, seen)
    return "\n".join(lines)


def _head(source: str, analysis: Analysis) -> str:
    kinds = [node.kind for node in analysis.graph.nodes.values()]
    words = {"activity": "activities"}
    counts = [count(kinds.count(kind), kind, words.get(kind, f"{kind}s")) for kind in KINDS if kind in kinds]
    return textwrap.fill(f"{source}: {', '.join(counts)}.", WIDTH)


def _ranking(analysis: Analysis) -> list[str]:
    horizons = "/".join(plain(one) for one in analysis.horizons)
    lines = [f"{'rank':>4}  {'service':<30}{'tolerable':>9}{'back in':>9}{'data':>7}  impact {horizons} h"]
    for one in analysis.ranking:
        need = analysis.needs[one.service]
        impacts = "/".join(plain(value) for value in one.impacts)
        label = _fitted(analysis.graph.nodes[one.service].label, 29)
        lines.append(
            f"{one.rank:>4}  {label:<30}{_cell(need.mtpd):>9}{_cell(need.rto):>9}{_cell(need.rpo):>7}  {impacts}"
        )
    return lines


def _needs(analysis: Analysis) -> list[str]:
    lines = [f"{'part':<36}{'back in':>8}{'achieved':>10}{'data':>7}  takes down"]
    for node in analysis.graph.nodes.values():
        need, last = analysis.needs[node.id], latest(node)
        if node.kind in ("activity", "service") or not (need.services or need.activities):
            continue
        achieved = hours(last.recovered_hours) if last else "not shown"
        down = ", ".join(
            count(len(found), word)
            for found, word in (
                (need.services, "service"),
                (() if need.services else need.activities, "act."),
            )
            if found
        )
        lines.append(
            f"{_fitted(node.label, 35):<36}{_cell(need.rto):>8}{achieved:>10}{_cell(need.rpo):>7}  {down}"
        )
    return lines


def _groups(analysis: Analysis) -> list[str]:
    lines = ["", "Redundancy"] if analysis.groups else []
    for link, need in analysis.groups.items():
        said = f"{link.consumer} needs {link.required} of {', '.join(link.of)}; when all fail, within {limit(need.asked_rto)}."
        lines += _wrap(said, 0, 2)
    return lines


def _cell(deadline: Deadline) -> str:
    if deadline.hours is None:
        return "?"
    return hours(deadline.hours) if deadline.sure else f"<={hours(deadline.hours)}"


def _fitted(text: str, characters: int) -> str:
    return text if len(text) <= characters else f"{text[: characters - 1].rstrip()}…"


def _check(result: ProcedureResult, seen: Seen) -> list[str]:
    lines = _wrap(f"{result.outcome.replace('_', ' '):<12} {result.title}", 0, 13)
    counted = f"{count(len(seen.gaps), 'gap')} and {len(seen.unknown)} not known of {seen.population}"
    lines += _wrap(f"{counted}; basis {result.basis.replace('_', ' ')}", 13, 13)
    for gap in seen.gaps:
        lines += _wrap(gap.what, 13, 15)
    if seen.unknown:
        named = ", ".join(gap.element for gap in seen.unknown)
        lines += _wrap(f"Not known: {named}. First: {seen.unknown[0].what}", 13, 15)
    return lines


def outage_text(outage: Outage, found: tuple[Touching, ...]) -> str:
    """Render who suffers when an element fails now, and which findings touch it."""
    lines = _wrap(f"If {outage.node.label} ({outage.node.kind}) fails now:", 0, 2)
    if not outage.sufferers:
        lines += _wrap("no service or activity suffers.", 2, 2)
    for group in outage.groups:
        lines += _wrap(f"Redundancy bears it: {group}.", 2, 4)
    if outage.sufferers:
        lines += ["", f"{'suffers':<40}{'after':>8}{'intolerable':>14}{'back after':>13}"]
    for one in outage.sufferers:
        label = _fitted(f"{one.node.kind} {one.node.label}", 39)
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
        shown = outage.last_recovered
        said = (
            f"Its last recovery took {hours(shown)}."
            if shown is not None
            else "How soon it comes back was never shown."
        )
        lines += _wrap(said, 0, 2)
    if not outage.need.effect.sure:
        lines += _wrap("Something on the way is not known or runs in a ring, so it may be worse.", 0, 2)
    lines += ["", "Open findings that touch it:" if found else "No open finding touches it."]
    for touch in found:
        raised = touch.finding
        lines += _wrap(f"{raised.id} {raised.grade}, {raised.standing}: {raised.statement.failure}", 2, 4)
        lines += _wrap(f"({touch.why})", 4, 4)
    return "\n".join(lines)


def _wrap(text: str, first: int, rest: int) -> list[str]:
    return textwrap.wrap(
        text, WIDTH, initial_indent=" " * first, subsequent_indent=" " * rest, break_on_hyphens=False
    )
