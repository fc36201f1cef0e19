"""An element that fails now (pure): who suffers, after how long, and when it cannot be borne any more."""

from decimal import Decimal
from typing import NamedTuple

from auditkit.base.language import say
from auditkit.impact.analysis import Analysis
from auditkit.impact.failure import onset
from auditkit.impact.graph import Node
from auditkit.impact.needs import NeedOf
from auditkit.impact.tally import latest


class Sufferer(NamedTuple):
    """One that goes down with it."""

    node: Node
    after: Decimal
    """Hours until it suffers, buffers on the way used up; those not known count as none."""
    intolerable: Decimal | None
    """Hours until its loss cannot be borne; None: not known, or not asked of its kind."""
    back_after: Decimal
    """Hours it needs once the failed one is back."""
    path: tuple[str, ...]


class Outage(NamedTuple):
    """What follows when one element fails now."""

    node: Node
    need: NeedOf
    sufferers: tuple[Sufferer, ...]
    """Soonest first; of equals, those whose loss is soonest intolerable."""
    first: Sufferer | None
    """The one whose loss is intolerable first; None: nobody's is known to be."""
    last_recovered: Decimal | None
    groups: tuple[str, ...]
    """Redundancy groups that bear its loss, in words."""


def outage_of(analysis: Analysis, identifier: str) -> Outage:
    """Return what follows when the element fails now; KeyError for one that is not there."""
    node, need = analysis.graph.nodes[identifier], analysis.needs[identifier]
    begins = onset(need.effect)
    found = []
    for one, back in need.effect.restart.items():
        hit = analysis.graph.nodes[one]
        if one != identifier and hit.kind in ("activity", "service"):
            intolerable = None if hit.mtpd is None else begins[one] + hit.mtpd
            found.append(Sufferer(hit, begins[one], intolerable, back, need.effect.path(one)))
    far = Decimal("Infinity")
    found.sort(key=lambda one: (one.after, far if one.intolerable is None else one.intolerable, one.node.id))
    dated = [one for one in found if one.intolerable is not None]
    last = latest(node)
    return Outage(
        node=node,
        need=need,
        sufferers=tuple(found),
        first=min(dated, key=lambda one: (one.intolerable or far, one.node.id), default=None),
        last_recovered=last.recovered_hours if last else None,
        groups=tuple(
            say(
                "{element} needs {n} of {parts}",
                element=link.consumer,
                n=link.required,
                parts=", ".join(link.of),
            )
            for link in analysis.graph.consumers.get(identifier, ())
            if link.is_group and link.consumer not in need.effect.restart
        ),
    )
