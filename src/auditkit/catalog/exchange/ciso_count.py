"""Count what a CISO Assistant library holds, so that a reader can be checked against counts made elsewhere (pure)."""

from collections.abc import Mapping
from typing import Any


def count_ciso(data: Any) -> dict[str, Any]:
    """Return nodes, roots, depth, languages and the like of a library; what it has no object for is left out.

    ``questions`` counts single questions; ``score`` is the lowest and highest score, None where not given.
    """
    root = _dict(data)
    objects = _dict(root.get("objects"))
    frameworks = frameworks_of(root)
    nodes = [node for one in frameworks for node in _dicts(one.get("requirement_nodes"))]
    found: dict[str, Any] = {
        **{key: root.get(key) for key in ("urn", "version", "locale", "provider", "copyright")},
        "object_types": sorted(str(key) for key in objects),
        "requirement_nodes": len(nodes),
        "assessable": sum(is_assessable(node) for node in nodes),
        "roots": sum(not node.get("parent_urn") for node in nodes),
        "max_depth": max((_number(node.get("depth")) for node in nodes), default=0),
        "implementation_groups": _names(nodes, "implementation_groups"),
        "languages": _names(nodes, "translations"),
        "score": [frameworks[0].get(key) if frameworks else None for key in ("min_score", "max_score")],
        "questions": sum(len(_dict(node.get("questions"))) for node in nodes),
        "node_keys": sorted({str(key) for node in nodes for key in node}),
    }
    for key in ("description", "name", "ref_id"):
        found[f"with_{key}"] = sum(bool(node.get(key)) for node in nodes)
    for key in ("reference_controls", "threats"):
        if key in objects:
            found[key] = len(_dicts(objects[key]))
    return found


def frameworks_of(root: Any) -> list[dict[str, Any]]:
    """Return the frameworks of a library, whichever of its shapes it has."""
    objects = _dict(_dict(root).get("objects"))
    found: list[dict[str, Any]] = []
    for holder in (objects, _dict(root)):
        for key in ("framework", "frameworks"):
            value = holder.get(key)
            found += [value] if isinstance(value, dict) else _dicts(value)
    if not found and isinstance(_dict(root).get("requirement_nodes"), list):
        found.append(_dict(root))
    return found


def is_assessable(node: Mapping[str, Any]) -> bool:
    """Tell whether a node demands something; ``True`` in a capital, and ``x`` as in the sheets, count too."""
    value = node.get("assessable")
    return value is True or str(value).lower() in ("true", "yes", "x", "1")


def _names(nodes: list[dict[str, Any]], key: str) -> list[str]:
    found: set[str] = set()
    for node in nodes:
        value = node.get(key)
        if isinstance(value, (list, dict)):
            found |= {str(one) for one in value}
    return sorted(found)


def _number(value: Any) -> int:
    return value if isinstance(value, int) else 0


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _dicts(value: Any) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
