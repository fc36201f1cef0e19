"""Where the boxes of the picture of dependencies stand (pure): layers by the longest path, rows by barycentre."""

from collections.abc import Mapping, Sequence

from auditkit.reporting.view_impact_model import ImpactGraph

_SWEEPS = 8


def layers_of(graph: ImpactGraph) -> tuple[tuple[str, ...], ...]:
    """Return the ids layer by layer: each stands to the right of what leans on it, a ring in one layer."""
    nodes = [node.id for node in graph.nodes]
    edges = [(edge.consumer, edge.provider) for edge in graph.edges]
    steps = [(edge.consumer, edge.provider, 0 if edge.ring else 1) for edge in graph.edges]
    depth = dict.fromkeys(nodes, 0)
    moved = True
    while moved:  # ends, for a way round a ring has no steps
        moved = False
        for consumer, provider, step in steps:
            if depth[provider] < depth[consumer] + step:
                depth[provider] = depth[consumer] + step
                moved = True
    layers = [[one for one in nodes if depth[one] == at] for at in range(max(depth.values(), default=-1) + 1)]
    above = _neighbours(nodes, [(provider, consumer) for consumer, provider in edges])
    below = _neighbours(nodes, edges)
    for sweep in range(_SWEEPS):
        down = sweep % 2 == 0
        for layer in layers if down else layers[::-1]:
            _sort(layer, above if down else below, _places(layers))
    return tuple(tuple(layer) for layer in layers)


def _places(layers: Sequence[Sequence[str]]) -> dict[str, float]:
    """Return where each stands in its layer, from 0 to 1."""
    return {one: (at + 0.5) / len(layer) for layer in layers for at, one in enumerate(layer)}


def _sort(layer: list[str], neighbours: Mapping[str, Sequence[str]], places: Mapping[str, float]) -> None:
    def centre(one: str) -> tuple[float, str]:
        found = [places[each] for each in neighbours[one]]
        return (round(sum(found) / len(found), 9) if found else places[one], one)

    layer.sort(key=centre)


def _neighbours(nodes: Sequence[str], edges: Sequence[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {one: [] for one in nodes}
    for one, other in edges:
        found[one].append(other)
    return found
