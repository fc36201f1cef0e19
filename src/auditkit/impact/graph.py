"""The graph of dependencies (pure): elements in the order of their ids, who leans on whom, and rings."""

from collections import deque
from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from auditkit.impact.model import (
    Activity,
    ImpactFile,
    ImpactStep,
    Kind,
    Metric,
    Need,
    Part,
    Promise,
    Recovery,
    Scale,
)

ZERO = Decimal(0)


class Node(NamedTuple):
    """An element as the computations need it."""

    id: str
    kind: Kind
    name: str
    owner: str
    mtpd: Decimal | None
    """The shorter of the period declared and the period derived from the impact over time."""
    declared_mtpd: Decimal | None
    derived_mtpd: Decimal | None
    rto: Decimal | None
    rpo: Decimal | None
    mbco: Decimal | None
    weight: Decimal
    impact: tuple[ImpactStep, ...]
    recoveries: tuple[Recovery, ...]
    promises: tuple[Promise, ...]
    risk: str

    @property
    def label(self) -> str:
        """Return id and name as a report shows them."""
        return f"{self.id} {self.name}".strip()

    def promised(self, metric: Metric) -> tuple[Decimal | None, ...]:
        """Return what is promised on a measure; None stands for what is not known."""
        return tuple(one.value for one in self.promises if one.metric == metric)


class Link(NamedTuple):
    """A need with its consumer; ``number`` tells the needs of one consumer apart."""

    consumer: str
    number: int
    of: tuple[str, ...]
    required: int
    lag: Decimal
    """Hours; 0 where it is not known, and then ``lag_known`` is False."""
    lag_known: bool
    buffer: Decimal
    share: Decimal

    @property
    def is_group(self) -> bool:
        """Tell whether it bears the loss of a provider."""
        return self.required < len(self.of)


class Graph(NamedTuple):
    """Elements and needs, with the rings found among them."""

    scale: Scale
    nodes: dict[str, Node]
    """By id, in the order of ids."""
    needs: dict[str, tuple[Link, ...]]
    """By consumer."""
    consumers: dict[str, tuple[Link, ...]]
    """By provider."""
    rings: tuple[tuple[str, ...], ...]
    """Closed paths: each element leans on the next, and the last is the first. One for each knot of rings."""
    knot: dict[str, int]
    """Element to the number of the knot it is part of; elements in no ring are left out."""
    dangling: tuple[tuple[str, str], ...]
    """Consumer and the provider it names, which is no element."""
    complete: bool
    """False: something of the inputs could not be used, so nothing computed from it is sure."""


def build_graph(file: ImpactFile, complete: bool = True) -> Graph:
    """Build the graph; the order of the file plays no part. ``complete``: all of the inputs could be read."""
    nodes: dict[str, Node] = {}
    written: dict[str, tuple[Need, ...]] = {}
    for kind, element in sorted(file.elements(), key=lambda one: (one[1].id, one[0])):
        complete = complete and element.id not in nodes
        nodes.setdefault(element.id, _node(file.scale, kind, element))
        written.setdefault(element.id, element.needs)
    dangling = tuple(
        (consumer, provider)
        for consumer, needs in written.items()
        for provider in sorted({provider for need in needs for provider in need.of})
        if provider not in nodes
    )
    links = {
        consumer: tuple(
            _link(consumer, number, need) for number, need in enumerate(sorted(needs, key=_need_key), 1)
        )
        for consumer, needs in written.items()
    }
    consumers: dict[str, list[Link]] = {identifier: [] for identifier in nodes}
    for needed in links.values():
        for link in needed:
            for provider in link.of:
                consumers.setdefault(provider, []).append(link)
    knots = find_knots({one: _providers(links, one) for one in nodes})
    knot = {member: number for number, members in enumerate(knots) for member in members}
    return Graph(
        scale=file.scale,
        nodes=nodes,
        needs=links,
        consumers={provider: tuple(found) for provider, found in consumers.items()},
        rings=tuple(_shortest_ring(members, links) for members in knots),
        knot=knot,
        dangling=dangling,
        complete=complete and not dangling,
    )


def derive_mtpd(scale: Scale, impact: tuple[ImpactStep, ...]) -> Decimal | None:
    """Return the first hour at which any type of impact is intolerable; None when the curves never get there."""
    worst = scale.rank(scale.intolerable)
    return min((step.after_hours for step in impact if scale.rank(step.level) >= worst), default=None)


def find_knots(providers: Mapping[str, tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    """Return the sets of elements that lean on one another in rings (Tarjan's method, without recursion)."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    on_stack: set[str] = set()
    found: list[tuple[str, ...]] = []
    for start in sorted(providers):
        if start in index:
            continue
        work = [(start, iter(providers[start]))]
        index[start] = low[start] = len(index)
        stack.append(start)
        on_stack.add(start)
        while work:
            node, rest = work[-1]
            following = next(rest, None)
            if following is not None:
                if following not in index:
                    index[following] = low[following] = len(index)
                    stack.append(following)
                    on_stack.add(following)
                    work.append((following, iter(providers[following])))
                elif following in on_stack:
                    low[node] = min(low[node], index[following])
                continue
            work.pop()
            if work:
                low[work[-1][0]] = min(low[work[-1][0]], low[node])
            if low[node] == index[node]:
                members: list[str] = []
                while not members or members[-1] != node:
                    members.append(stack.pop())
                    on_stack.discard(members[-1])
                if len(members) > 1 or node in providers[node]:
                    found.append(tuple(sorted(members)))
    return tuple(sorted(found))


def _shortest_ring(members: tuple[str, ...], links: Mapping[str, tuple[Link, ...]]) -> tuple[str, ...]:
    """Return the shortest closed path among the members of a knot; of equals the first."""
    found = (_ring_through(start, frozenset(members), links) for start in members)
    return min((ring for ring in found if ring), key=lambda ring: (len(ring), ring))


def _ring_through(
    start: str, inside: frozenset[str], links: Mapping[str, tuple[Link, ...]]
) -> tuple[str, ...]:
    came: dict[str, str | None] = {start: None}
    waiting = deque([start])
    while waiting:
        node = waiting.popleft()
        for provider in _providers(links, node):
            if provider == start:
                path: list[str] = [start]
                current: str | None = node
                while current is not None:
                    path.append(current)
                    current = came[current]
                return tuple(reversed(path))
            if provider in inside and provider not in came:
                came[provider] = node
                waiting.append(provider)
    return ()


def _providers(links: Mapping[str, tuple[Link, ...]], consumer: str) -> tuple[str, ...]:
    return tuple(sorted({provider for link in links[consumer] for provider in link.of if provider in links}))


def _need_key(need: Need) -> tuple[object, ...]:
    lag, buffer = need.lag_hours, need.buffer_hours
    return (
        sorted(need.of),
        need.required,
        lag is None,
        lag or ZERO,
        buffer is None,
        buffer or ZERO,
        need.share,
    )


def _link(consumer: str, number: int, need: Need) -> Link:
    return Link(
        consumer,
        number,
        tuple(sorted(need.of)),
        need.required,
        need.lag_hours if need.lag_hours is not None else ZERO,
        need.lag_hours is not None,
        need.buffer_hours or ZERO,
        need.share,
    )


def _node(scale: Scale, kind: Kind, element: object) -> Node:
    assert isinstance(element, Activity | Part)  # noqa: S101 - the two kinds of element there are
    impact = element.impact if isinstance(element, Activity) else ()
    derived = derive_mtpd(scale, impact)
    known = [one for one in (element.mtpd_hours, derived) if one is not None]
    return Node(
        id=element.id,
        kind=kind,
        name=element.name,
        owner=element.owner,
        mtpd=min(known, default=None),
        declared_mtpd=element.mtpd_hours,
        derived_mtpd=derived,
        rto=element.rto_hours,
        rpo=element.rpo_hours,
        mbco=element.mbco_percent,
        weight=element.weight if isinstance(element, Activity) else Decimal(1),
        impact=impact,
        recoveries=element.recoveries if isinstance(element, Part) else (),
        promises=element.promises if isinstance(element, Part) else (),
        risk=element.risk if isinstance(element, Part) else "",
    )
