"""Measures of what was achieved (pure): recoveries against needs, and what was done about shortfalls."""

from auditkit.base.language import message, say, translated
from auditkit.impact.analysis import Analysis
from auditkit.impact.graph import Node
from auditkit.impact.model import Recovery
from auditkit.impact.needs import Deadline, NeedOf
from auditkit.impact.tally import Seen, Tally, either, group_worse, latest, worse
from auditkit.impact.words import asked_by, hours, limit

_NOT_SHOWN = message("no recovery of it was shown.")


def service_recovered_within_need(analysis: Analysis) -> Seen:
    """Every service came back as soon, and with data as fresh, as those who lean on it need."""
    tally = Tally(analysis.evidence)
    for node in analysis.graph.nodes.values():
        if node.kind == "service":
            _compare(tally, node, analysis.needs[node.id])
    return tally.seen()


def part_recovered_within_need(analysis: Analysis) -> Seen:
    """Every component, resource and supplier that is leant on came back in time; a group as a whole."""
    tally = Tally(analysis.evidence)
    for node in analysis.graph.nodes.values():
        need = analysis.needs[node.id]
        if node.kind not in ("activity", "service") and (need.activities or need.services):
            _compare(tally, node, need)
    for link, need in analysis.groups.items():
        found = [latest(analysis.graph.nodes[one]) for one in need.members]
        if all(analysis.graph.nodes[one].kind == "service" for one in need.members):
            continue
        times = [one.recovered_hours if one else None for one in found]
        tally.case(
            link.consumer,
            group_worse(times, link.required, need.asked_rto),
            say(
                "{element} needs {n} of {parts} back within {limit}; they took {times}.",
                element=link.consumer,
                n=link.required,
                parts=", ".join(link.of),
                limit=limit(need.asked_rto),
                times=", ".join(map(hours, times)),
            ),
            (one.evidence for one in found if one),
        )
    return tally.seen()


def shortfall_has_action(analysis: Analysis) -> Seen:
    """Every recovery of a service that fell short of its need has an action."""
    tally = Tally(analysis.evidence)
    for node in analysis.graph.nodes.values():
        last, need = latest(node), analysis.needs[node.id]
        if node.kind != "service":
            continue
        if last is None:
            tally.case(node.id, None, f"{node.label}: {translated(_NOT_SHOWN)}")
            continue
        short = False if last.action else _short(last, need)
        no_action = say("No action is named for it.")
        said = f"{_said(node, last, need)} {no_action}"
        tally.case(node.id, short, said, (last.evidence,))
    return tally.seen()


def _compare(tally: Tally, node: Node, need: NeedOf) -> None:
    last = latest(node)
    if last is None:
        tally.case(node.id, None, f"{node.label}: {translated(_NOT_SHOWN)}")
    else:
        tally.case(node.id, _short(last, need), _said(node, last, need), (last.evidence,))


def _short(last: Recovery, need: NeedOf) -> bool | None:
    return either(worse(last.recovered_hours, need.rto), worse(last.data_loss_hours, need.rpo))


def _said(node: Node, last: Recovery, need: NeedOf) -> str:
    """Word what fell short; where nothing did, what is not known."""
    compared = (
        (last.recovered_hours, need.rto, _recovered(last, need.rto)),
        (last.data_loss_hours, need.rpo, _lost(last, need.rpo)),
    )
    late = [worse(value, deadline) for value, deadline, _ in compared]
    wanted = True if True in late else None
    parts = [said for one, (_, _, said) in zip(late, compared, strict=True) if one is wanted]
    return f"{node.label}: {'; '.join(parts)}."


def _recovered(last: Recovery, deadline: Deadline) -> str:
    asked = f"{limit(deadline)}{asked_by(deadline)}"
    if last.recovered_hours is None:
        return say("{recovery}: time not known, needed within {limit}", recovery=last.id, limit=asked)
    return say(
        "{recovery} took {hours}, needed within {limit}",
        recovery=last.id,
        hours=hours(last.recovered_hours),
        limit=asked,
    )


def _lost(last: Recovery, deadline: Deadline) -> str:
    asked = f"{limit(deadline)}{asked_by(deadline)}"
    if last.data_loss_hours is None:
        return say("{recovery}: loss of data not known, bearable {limit}", recovery=last.id, limit=asked)
    return say(
        "{recovery} lost data of {hours}, bearable {limit}",
        recovery=last.id,
        hours=hours(last.data_loss_hours),
        limit=asked,
    )
