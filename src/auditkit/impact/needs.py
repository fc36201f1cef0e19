"""What each element must achieve (pure): the earliest deadline of all that it takes down with it, less the lags.

Activities and services ask; components, resources and suppliers only serve. A need is the least of many. Where one of the figures is not known the least may be smaller still, so the need is
then a bound that is not ``sure``: it can show that something is too slow, never that it is quick enough.
"""

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import NamedTuple

from auditkit.impact.failure import Effect, fail
from auditkit.impact.graph import Graph, Link, Node


class Deadline(NamedTuple):
    """The least of the targets that bear on an element."""

    hours: Decimal | None = None
    """None: nothing known asks for anything."""
    sure: bool = False
    """False: something that is not known may ask for less."""
    asker: str = ""
    """Element whose target it is."""
    path: tuple[str, ...] = ()
    """From the element to the asker."""


class NeedOf(NamedTuple):
    """What one element, or a group of elements, must achieve when it fails."""

    members: tuple[str, ...]
    required: int
    """How many of the members must be back."""
    effect: Effect
    rto: Deadline
    asked_rto: Deadline
    """By others only, without its own target."""
    mtpd: Deadline
    asked_mtpd: Deadline
    rpo: Deadline
    asked_rpo: Deadline
    restore: Deadline
    """By the agreements of the services it carries."""
    mbco_percent: Decimal | None
    """The highest minimum level that one of those it carries asks for."""
    activities: tuple[str, ...]
    """Activities it takes down."""
    services: tuple[str, ...]
    """Services it takes down, itself not counted."""


def needs_of(graph: Graph) -> dict[str, NeedOf]:
    """Return the need of every element that fails alone."""
    return {identifier: need_of(graph, (identifier,), 1) for identifier in graph.nodes}


def group_needs(graph: Graph) -> dict[Link, NeedOf]:
    """Return the need of every redundancy group whose members fail together."""
    groups = [link for links in graph.needs.values() for link in links if link.is_group]
    return {
        link: need_of(graph, tuple(one for one in link.of if one in graph.nodes), link.required)
        for link in groups
    }


def need_of(graph: Graph, members: tuple[str, ...], required: int) -> NeedOf:
    """Return what the members must achieve when they fail together; ``required`` of them must be back."""
    effect = fail(graph, members)
    down = [graph.nodes[one] for one in sorted(effect.restart)]
    own = [node for node in down if node.kind in ("activity", "service")]
    others = [node for node in own if node.id not in members]
    services = [node for node in others if node.kind == "service"]
    known = effect.sure and any(node.kind == "activity" for node in own)
    sure = {
        name: known and all(getattr(node, name) is not None for node in own)
        for name in ("rto", "mtpd", "rpo")
    }
    times = sure["rto"] and sure["mtpd"]
    promised = effect.sure and not any(
        one.value is None for node in services for one in node.promises if one.metric == "restore_hours"
    )
    return NeedOf(
        members=members,
        required=required,
        effect=effect,
        rto=_least(own, effect, _time_of, times),
        asked_rto=_least(others, effect, _time_of, times),
        mtpd=_least(own, effect, _tolerable, sure["mtpd"]),
        asked_mtpd=_least(others, effect, _tolerable, sure["mtpd"]),
        rpo=_least(own, effect, _point, sure["rpo"], lags=False),
        asked_rpo=_least(others, effect, _point, sure["rpo"], lags=False),
        restore=_least(services, effect, _strictest, promised),
        mbco_percent=max((node.mbco for node in down if node.mbco is not None), default=None),
        activities=tuple(node.id for node in others if node.kind == "activity"),
        services=tuple(node.id for node in services),
    )


def _time_of(node: Node) -> Decimal | None:
    """Return when it must be back by its own figures: a target never excuses a period that is shorter."""
    return min((one for one in (node.rto, node.mtpd) if one is not None), default=None)


def _tolerable(node: Node) -> Decimal | None:
    return node.mtpd


def _point(node: Node) -> Decimal | None:
    return node.rpo


def _strictest(node: Node) -> Decimal | None:
    return min((one for one in node.promised("restore_hours") if one is not None), default=None)


def _least(
    nodes: Iterable[Node],
    effect: Effect,
    target: Callable[[Node], Decimal | None],
    sure: bool,
    lags: bool = True,
) -> Deadline:
    found = []
    for node in nodes:
        hours = target(node)
        if hours is not None:
            found.append((hours - effect.restart[node.id] if lags else hours, node.id))
    if not found:
        return Deadline()
    least = min(hours for hours, _ in found)
    paths = [effect.path(asker) for hours, asker in found if hours == least]
    path = min(paths, key=lambda one: (len(one), one))
    return Deadline(least, sure, path[-1], path)
