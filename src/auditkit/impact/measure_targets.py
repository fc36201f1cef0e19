"""Measures of what was set and promised (pure): objectives against needs, suppliers against agreements."""

from collections.abc import Iterable
from decimal import Decimal

from auditkit.base.language import say
from auditkit.impact.analysis import Analysis
from auditkit.impact.graph import Node
from auditkit.impact.needs import Deadline, NeedOf
from auditkit.impact.tally import Seen, Tally, either, worse
from auditkit.impact.words import asked_by, hours, limit, percent


def target_within_tolerable(analysis: Analysis) -> Seen:
    """Recovery time objectives lie within the tolerable period, and that within the impact over time."""
    tally = Tally(analysis.evidence)
    for node in analysis.graph.nodes.values():
        if node.kind not in ("activity", "service"):
            continue
        beyond = None if node.rto is None or node.mtpd is None else node.rto > node.mtpd
        said = say(
            "objective {objective}, tolerable {tolerable}",
            objective=hours(node.rto),
            tolerable=hours(node.mtpd),
        )
        declared, derived = node.declared_mtpd, node.derived_mtpd
        if declared is not None and derived is not None and declared > derived:
            beyond = True
            more = say(
                "declared as tolerable {declared}, but intolerable after {derived}",
                declared=hours(declared),
                derived=hours(derived),
            )
            said = f"{said}; {more}"
        tally.case(node.id, beyond, f"{node.label}: {said}.")
    return tally.seen()


def service_target_serves_the_business(analysis: Analysis) -> Seen:
    """The figures of services are as strict as those who lean on the services need."""
    return _targets(analysis, ("service",))


def part_target_serves_the_services(analysis: Analysis) -> Seen:
    """Objectives of components, resources and suppliers are as strict as what leans on them needs."""
    return _targets(analysis, ("component", "resource", "supplier"))


def _targets(analysis: Analysis, kinds: tuple[str, ...]) -> Seen:
    tally = Tally(analysis.evidence)
    for node in analysis.graph.nodes.values():
        need = analysis.needs[node.id]
        if node.kind not in kinds or not (need.activities or need.services):
            continue
        compared: list[tuple[str, Decimal | None, Deadline]] = [
            (say("objective"), node.rto, need.asked_rto),
            (say("age of data"), node.rpo, need.asked_rpo),
        ]
        if node.kind == "service":
            compared.insert(1, (say("tolerable period"), node.mtpd, need.asked_mtpd))
        found = [(name, value, asked, worse(value, asked)) for name, value, asked in compared]
        fails = either(*(late for *_, late in found))
        said = [
            say(
                "{figure} {value}, asked for {limit}",
                figure=name,
                value=hours(value),
                limit=f"{limit(asked)}{asked_by(asked)}",
            )
            for name, value, asked, late in found
            if late is fails
        ]
        tally.case(node.id, fails, f"{node.label}: {'; '.join(said)}.")
    return tally.seen()


def supplier_carries_agreements(analysis: Analysis) -> Seen:
    """Suppliers promise what the agreements of the services they carry promise, or the risk is accepted."""
    tally = Tally(analysis.evidence)
    for node in analysis.graph.nodes.values():
        need = analysis.needs[node.id]
        carried = [analysis.graph.nodes[one] for one in need.services if analysis.graph.nodes[one].promises]
        if node.kind != "supplier" or not carried:
            continue
        slow, said = _restoration(node, need, carried)
        thin, more = _availability(node, carried)
        accepted = bool(node.promises) and all(one.risk for one in node.promises)
        fails = False if accepted else either(slow, thin)
        if not analysis.graph.complete and fails is False:
            fails = None
        named = {one.evidence for each in (node, *carried) for one in each.promises}
        parts = [text for late, text in ((slow, said), (thin, more)) if late is fails]
        tally.case(node.id, fails, f"{node.label}: {'; '.join(parts)}.", named)
    return tally.seen()


def _restoration(node: Node, need: NeedOf, carried: Iterable[Node]) -> tuple[bool | None, str]:
    given = node.promised("restore_hours")
    if not any(one.promised("restore_hours") for one in carried):
        return False, ""
    known = [one for one in given if one is not None]
    weakest = max(known, default=None)
    late = worse(weakest, need.restore)
    if late is False and None in given:
        late = None
    return late, say(
        "restoration promised within {hours}, carried agreements need {limit}",
        hours=hours(weakest),
        limit=f"{limit(need.restore)}{asked_by(need.restore)}",
    )


def _availability(node: Node, carried: Iterable[Node]) -> tuple[bool | None, str]:
    asked = [(value, each.id) for each in carried for value in each.promised("availability_percent")]
    if not asked:
        return False, ""
    given = node.promised("availability_percent")
    known = [one for one in given if one is not None]
    wanted, service = max(((value, each) for value, each in asked if value is not None), default=(None, ""))
    said = say(
        "availability {availability}, {service} promises {promised}",
        availability=percent(min(known, default=None)),
        service=service or say("a service"),
        promised=percent(wanted),
    )
    if wanted is not None and any(one < wanted for one in known):
        return True, said
    sure = bool(given) and None not in given and all(value is not None for value, _ in asked)
    return (False if sure else None), said
