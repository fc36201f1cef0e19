"""Count what an OSCAL catalog holds, so that a reader can be checked against counts made elsewhere (pure)."""

from collections import Counter
from collections.abc import Iterator
from typing import Any


def count_oscal(data: Any) -> dict[str, int | str]:
    """Return groups, controls, parameters, parts by name and the like of ``{"catalog": {...}}``; zeros for no catalog.

    ``top_controls`` stand in a group or at the root, ``nested_controls`` in another control; ``control_props`` and
    ``control_links`` are those of controls, not of their parts.
    """
    root = _dict(_dict(data).get("catalog", data))
    meta = _dict(root.get("metadata"))
    found: Counter[str] = Counter()
    names: Counter[str] = Counter()
    depth = 0
    pending = [(root, "root", 0)]
    while pending:
        node, kind, level = pending.pop()
        found["params"] += len(_dicts(node, "params"))
        for part in _parts(node):
            found["parts"] += 1
            names[f"part_{part.get('name')}"] += 1
        if kind == "group":
            found["groups"] += 1
            depth = max(depth, level)
        elif kind != "root":
            found["controls"] += 1
            found[kind] += 1
            found["control_props"] += len(_dicts(node, "props"))
            found["control_links"] += len(_dicts(node, "links"))
            found["withdrawn_controls"] += _is_withdrawn(node)
        pending += [(one, "group", level + 1) for one in _dicts(node, "groups")]
        inner = "top_controls" if kind in ("root", "group") else "nested_controls"
        pending += [(one, inner, level) for one in _dicts(node, "controls")]
    keys = ("groups", "controls", "top_controls", "nested_controls", "params", "parts", "withdrawn_controls")
    return {
        "model": "catalog",
        "title": str(meta.get("title", "")),
        "version": str(meta.get("version", "")),
        "oscal_version": str(meta.get("oscal-version", "")),
        **{key: found[key] for key in keys},
        "max_group_depth": depth,
        "control_props": found["control_props"],
        "control_links": found["control_links"],
        **dict(sorted(names.items())),
        "back_matter_resources": len(_dicts(_dict(root.get("back-matter")), "resources")),
    }


def _parts(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    pending = _dicts(node, "parts")
    while pending:
        part = pending.pop()
        yield part
        pending += _dicts(part, "parts")


def _is_withdrawn(node: dict[str, Any]) -> bool:
    return any(
        one.get("name") == "status" and str(one.get("value")).lower() == "withdrawn"
        for one in _dicts(node, "props")
    )


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _dicts(node: dict[str, Any], key: str) -> list[dict[str, Any]]:
    value = node.get(key)
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
