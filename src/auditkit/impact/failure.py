"""What a failure does (pure): whom it takes down, when each begins to suffer, and when each is back.

An element works while each of its needs has enough providers that work (k of n). When a failed element is back,
what leans on it is back after its lag; a group is back when enough of its members are. Inside a knot of rings no
order of restart exists, so lags there count nothing: what is computed for it is a bound and is never sure.
"""

from collections import deque
from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from auditkit.impact.graph import ZERO, Graph, Link


class Effect(NamedTuple):
    """What follows when some elements fail together at hour 0."""

    failed: tuple[str, ...]
    restart: dict[str, Decimal]
    """Every element that is down, with the hours it needs after the failed ones are back."""
    by: dict[str, str]
    """For each that is dragged down: the provider that brings it back last."""
    broken: tuple[Link, ...]
    """Needs that are not fulfilled any more, by consumer."""
    sure: bool
    """No lag among them is unknown, no ring is among them, and the inputs are complete."""

    def path(self, identifier: str) -> tuple[str, ...]:
        """Return the path from a failed element to the one that is down, by the provider that is back last."""
        path = [identifier]
        while path[-1] in self.by and self.by[path[-1]] not in path:
            path.append(self.by[path[-1]])
        return tuple(reversed(path))


def fail(graph: Graph, failed: Iterable[str]) -> Effect:
    """Compute what follows when the elements fail."""
    causes = tuple(sorted(failed))
    restart, by = _spread(graph, causes)
    down = restart.keys()
    broken = tuple(
        link
        for one in sorted(down)
        for link in graph.needs.get(one, ())
        if one not in causes and _is_broken(link, restart)
    )
    return Effect(
        failed=causes,
        restart=restart,
        by=by,
        broken=broken,
        sure=graph.complete
        and all(link.lag_known for link in broken)
        and not any(one in graph.knot for one in down),
    )


def onset(effect: Effect) -> dict[str, Decimal]:
    """Return for every element that is down the hours until it suffers.

    A need breaks when one provider too many suffers; then its buffer runs.
    """
    found = dict.fromkeys(effect.failed, ZERO)
    changed = True
    while changed:
        changed = False
        for link in effect.broken:
            suffering = sorted(found[one] for one in link.of if one in found)
            too_many = len(link.of) - link.required
            if len(suffering) <= too_many:
                continue
            hours = suffering[too_many] + link.buffer
            if link.consumer not in found or hours < found[link.consumer]:
                found[link.consumer] = hours
                changed = True
    return found


def shares(effect: Effect) -> dict[str, Decimal]:
    """Return for every element that is down the largest share of its work that depends on the failed ones."""
    found = dict.fromkeys(effect.failed, Decimal(1))
    changed = True
    while changed:
        changed = False
        for link in effect.broken:
            part = max((found[one] for one in link.of if one in found), default=ZERO) * link.share
            if part > found.get(link.consumer, ZERO):
                found[link.consumer] = part
                changed = True
    return found


def _is_broken(link: Link, down: dict[str, Decimal]) -> bool:
    return sum(one not in down for one in link.of) < link.required


def _spread(graph: Graph, causes: tuple[str, ...]) -> tuple[dict[str, Decimal], dict[str, str]]:
    """Return the least times of restart: a provider that is up counts as back before any that is down."""
    restart = dict.fromkeys(causes, ZERO)
    by: dict[str, str] = {}
    waiting = deque(causes)
    while waiting:
        for link in graph.consumers.get(waiting.popleft(), ()):
            consumer = link.consumer
            if consumer in causes:
                continue
            up = sum(one not in restart for one in link.of)
            if up >= link.required:
                continue
            back = sorted((restart[one], one) for one in link.of if one in restart)
            hours, last = back[link.required - up - 1]
            hours += ZERO if _in_knot(graph, link) else link.lag
            if consumer not in restart or hours > restart[consumer]:
                restart[consumer], by[consumer] = hours, last
                waiting.append(consumer)
    return restart, by


def _in_knot(graph: Graph, link: Link) -> bool:
    number = graph.knot.get(link.consumer)
    return number is not None and any(graph.knot.get(one) == number for one in link.of)
