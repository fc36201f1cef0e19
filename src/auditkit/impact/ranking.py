"""Which services matter most (pure): by how soon their loss cannot be borne, then by how much is lost.

Order: shortest tolerable disruption; then the larger sum of impacts at each horizon; then the smaller tolerable loss
of data; then the more elements that go down with it. Equals share a rank. What is not known comes last and says so.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from auditkit.base.language import message
from auditkit.impact.failure import shares
from auditkit.impact.graph import ZERO, Graph, Node
from auditkit.impact.model import Scale
from auditkit.impact.needs import Deadline, NeedOf

METHOD = message(
    "Services stand in the order of the shortest tolerable disruption among all they take down, restart lags taken off; "
    "then of the sum, over those activities, of weight x level of impact x share that depends on the service, at each "
    "horizon; then of the smallest tolerable loss of data; then of how many elements go down. Equals share a rank."
)


class Ranked(NamedTuple):
    """A service with its rank and what the rank was made from."""

    rank: int
    service: str
    mtpd: Deadline
    impacts: tuple[Decimal, ...]
    """Sum at each horizon."""
    rpo: Deadline
    dependants: int
    critical: bool | None
    """None: not known, because its tolerable disruption is not."""


def rank_services(
    graph: Graph,
    needs: Mapping[str, NeedOf],
    horizons: tuple[Decimal, ...],
    critical_within: Decimal,
) -> tuple[Ranked, ...]:
    """Return the services in the order of their criticality."""
    keyed = []
    for node in graph.nodes.values():
        if node.kind == "service":
            keyed.append((_key(graph, needs[node.id], horizons), node.id))
    keyed.sort()
    ranks: list[Ranked] = []
    for place, (key, identifier) in enumerate(keyed, 1):
        need = needs[identifier]
        equal = place > 1 and keyed[place - 2][0] == key
        ranks.append(
            Ranked(
                rank=ranks[-1].rank if equal else place,
                service=identifier,
                mtpd=need.mtpd,
                impacts=tuple(-one for one in key[1]),
                rpo=need.rpo,
                dependants=-key[3],
                critical=is_critical(need.mtpd, critical_within),
            )
        )
    return tuple(ranks)


def is_critical(mtpd: Deadline, critical_within: Decimal) -> bool | None:
    """Tell whether a service is critical: yes by a bound already, no only when the period is sure."""
    if mtpd.hours is not None and mtpd.hours <= critical_within:
        return True
    return False if mtpd.sure else None


def level_at(scale: Scale, node: Node, hours: Decimal) -> int:
    """Return the worst level, as a number, that any type of impact has reached by then."""
    return max((scale.rank(step.level) for step in node.impact if step.after_hours <= hours), default=0)


_Key = tuple[tuple[bool, Decimal], tuple[Decimal, ...], tuple[bool, Decimal], int]


def _key(graph: Graph, need: NeedOf, horizons: tuple[Decimal, ...]) -> _Key:
    activities = [graph.nodes[one] for one in need.activities]
    depends = shares(need.effect)
    impacts = tuple(
        -sum(
            (node.weight * level_at(graph.scale, node, at) * depends[node.id] for node in activities),
            ZERO,
        )
        for at in horizons
    )
    return _last(need.mtpd), impacts, _last(need.rpo), -(len(need.effect.restart) - 1)


def _last(deadline: Deadline) -> tuple[bool, Decimal]:
    return (deadline.hours is None, deadline.hours or ZERO)
