"""The picture of dependencies as inline SVG: kinds by shape, redundancy by dashes, rings by double lines, no colour needed."""

from collections.abc import Iterable, Mapping

from markupsafe import Markup

from auditkit.base.language import message, say, translated
from auditkit.reporting.drawing import ACCENT, INK, QUIET, WIDTH, fitted, number, svg, text
from auditkit.reporting.impact_layout import layers_of
from auditkit.reporting.view_impact_model import GraphEdge, GraphNode, ImpactGraph

_BOX_HEIGHT, _ROW, _TOP = 18.0, 25.0, 44.0
_WIDEST_BOX = 110.0
_KINDS = {
    "activity": message("activity"),
    "service": message("service"),
    "component": message("component"),
    "resource": message("resource"),
    "supplier": message("supplier"),
}
_Place = tuple[float, float]


def impact_graph(graph: ImpactGraph) -> Markup:
    """Draw who leans on whom, from left to right; an empty graph gives nothing."""
    layers = layers_of(graph)
    if not layers:
        return Markup("")
    step = WIDTH / len(layers)
    width = min(_WIDEST_BOX, step * 0.68)
    tallest = max(len(layer) for layer in layers)
    height = _TOP + tallest * _ROW + 6
    places: dict[str, _Place] = {}
    for at, layer in enumerate(layers):
        offset = _TOP + (tallest - len(layer)) * _ROW / 2
        for row, one in enumerate(layer):
            places[one] = (at * step + 1, offset + row * _ROW)
    parts = _legend()
    parts += [_line(edge, places, width) for edge in graph.edges]
    parts += [_box(node, places[node.id], width) for node in graph.nodes]
    return svg(say("What the business leans on"), _spoken(graph), height, parts)


def _line(edge: GraphEdge, places: Mapping[str, _Place], width: float) -> Markup:
    (left, top), (right, bottom) = places[edge.consumer], places[edge.provider]
    x1, y1, x2, y2 = left + width, top + _BOX_HEIGHT / 2, right, bottom + _BOX_HEIGHT / 2
    if left == right:  # within a ring: an arc beside the two boxes
        x2 = x1
        bend, back = 16.0, -16.0
    else:
        bend = back = max(18.0, (x2 - x1) / 2)
    path = f"M{number(x1)} {number(y1)} C{number(x1 + bend)} {number(y1)} {number(x2 - back)} {number(y2)} {number(x2)} {number(y2)}"
    if edge.ring:
        return _path(path, 3.2, INK) + _path(path, 1.4, "#ffffff")
    return _path(path, 0.9, QUIET, "4 3" if edge.group else "")


def _box(node: GraphNode, place: _Place, width: float) -> Markup:
    x, y = place
    outline = Markup('<path d="{}" fill="#ffffff" stroke="{}" stroke-width="{}"{}/>').format(
        _shape(node.kind, x, y, width),
        ACCENT,
        "2.4" if node.critical else "0.9",
        Markup(' stroke-dasharray="1.5 2"') if node.kind == "resource" else "",
    )
    label = f"{'! ' if node.gap else ''}{node.id}"
    label_drawn = text(
        x + width / 2,
        y + 12.5,
        fitted(label, int(width / 5.4)),
        9,
        INK,
        weight=600 if node.gap else 400,
        anchor="middle",
    )
    return outline + label_drawn


def _shape(kind: str, x: float, y: float, width: float) -> str:
    """Return the outline: round for an activity, six corners for a service, slanted for a supplier, else a box."""
    left, right, top, bottom, middle = x, x + width, y, y + _BOX_HEIGHT, y + _BOX_HEIGHT / 2
    if kind == "activity":
        r = _BOX_HEIGHT / 2
        return (
            f"M{number(left + r)} {number(top)} H{number(right - r)} A{r:g} {r:g} 0 0 1 {number(right - r)} {number(bottom)} "
            f"H{number(left + r)} A{r:g} {r:g} 0 0 1 {number(left + r)} {number(top)} Z"
        )
    corners = {
        "service": ((left + 6, top), (right - 6, top), (right, middle), (right - 6, bottom), (left + 6, bottom), (left, middle)),
        "supplier": ((left + 8, top), (right, top), (right - 8, bottom), (left, bottom)),
    }.get(kind, ((left, top), (right, top), (right, bottom), (left, bottom)))  # fmt: skip
    return "M" + " L".join(f"{number(a)} {number(b)}" for a, b in corners) + " Z"


def _legend() -> list[Markup]:
    parts: list[Markup] = []
    for at, (kind, name) in enumerate(_KINDS.items()):
        node = GraphNode(id="", kind=kind, critical=False, gap=False)
        parts += [_box(node, (at * 88 + 1, 2), 26), text(at * 88 + 32, 14.5, translated(name), 9.5, QUIET)]
    parts.append(_box(GraphNode(id="", kind="service", critical=True, gap=False), (443, 2), 26))
    parts.append(text(474, 14.5, say("critical service"), 9.5, QUIET))
    parts.append(text(560, 14.5, say("! falls short"), 9.5, INK, weight=600))
    for at, (word, dashes) in enumerate(((say("cannot do without it"), ""), (say("one of a group"), "4 3"))):
        parts.append(_path(f"M{at * 176 + 1} 31 h26", 0.9, QUIET, dashes))
        parts.append(text(at * 176 + 32, 34, word, 9.5, QUIET))
    parts += [_path("M353 31 h26", 3.2, INK), _path("M353 31 h26", 1.4, "#ffffff")]
    parts.append(text(384, 34, say("ring: no order of restart"), 9.5, QUIET))
    return parts


def _path(path: str, width: float, stroke: str, dashes: str = "") -> Markup:
    return Markup('<path d="{}" fill="none" stroke="{}" stroke-width="{}"{}/>').format(
        path, stroke, number(width), Markup(' stroke-dasharray="{}"').format(dashes) if dashes else ""
    )


def _spoken(graph: ImpactGraph) -> str:
    """Say in words what the picture shows."""
    return "; ".join(said for node in graph.nodes if (said := _spoken_node(node, graph.edges)))


def _spoken_node(node: GraphNode, edges: Iterable[GraphEdge]) -> str:
    """Say what one element leans on; nothing where it leans on nothing and is not marked."""
    needs = [edge for edge in edges if edge.consumer == node.id]
    single = ", ".join(edge.provider for edge in needs if not edge.group)
    group = ", ".join(edge.provider for edge in needs if edge.group)
    marks = ((say("critical"), node.critical), (say("falls short"), node.gap))
    marked = ", ".join(word for word, wanted in marks if wanted)
    element = f"{translated(_KINDS[node.kind])} {node.id}" + (f" ({marked})" if marked else "")
    if single and group:
        return say(
            "{element} leans on {needs} and on some of {group}", element=element, needs=single, group=group
        )
    if single:
        return say("{element} leans on {needs}", element=element, needs=single)
    if group:
        return say("{element} leans on some of {group}", element=element, group=group)
    return element if marked else ""
