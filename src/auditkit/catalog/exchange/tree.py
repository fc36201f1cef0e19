"""Trees given as a parent for each entry: rings opened, lost parents found, parents put before children (pure)."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple


class Tree(NamedTuple):
    """A forest in reading order."""

    order: tuple[str, ...]
    """Every name, parents before children, children in the order in which they came."""
    parents: dict[str, str | None]
    lost: tuple[tuple[str, str], ...]
    """Names whose parent is not there, with that parent; they stand at the top."""
    rings: tuple[str, ...]
    """Names at which a ring was opened; they stand at the top."""
    deepest: int
    """Levels; 0 for an empty tree."""


def arrange(names: Sequence[str], above: Mapping[str, str | None]) -> Tree:
    """Return the tree of unique names; ``above`` gives the parent of each, None or missing at the top."""
    known = set(names)
    parents: dict[str, str | None] = {}
    lost: list[tuple[str, str]] = []
    for name in names:
        parent = above.get(name)
        if parent is not None and parent not in known:
            lost.append((name, parent))
            parent = None
        parents[name] = parent
    rings = _open_rings(names, parents)
    children: dict[str | None, list[str]] = {}
    for name in names:
        children.setdefault(parents[name], []).append(name)
    order: list[str] = []
    deepest = 0
    pending = [(name, 1) for name in reversed(children.get(None, ()))]
    while pending:
        name, depth = pending.pop()
        order.append(name)
        deepest = max(deepest, depth)
        pending += [(child, depth + 1) for child in reversed(children.get(name, ()))]
    return Tree(tuple(order), parents, tuple(lost), rings, deepest)


def _open_rings(names: Sequence[str], parents: dict[str, str | None]) -> tuple[str, ...]:
    """Put the first name of each ring at the top; changes ``parents``."""
    rings: list[str] = []
    settled: set[str] = set()
    for name in names:
        line: list[str] = []
        on_line: set[str] = set()
        current: str | None = name
        while current is not None and current not in settled and current not in on_line:
            line.append(current)
            on_line.add(current)
            current = parents[current]
        if current is not None and current in on_line:
            rings.append(current)
            parents[current] = None
        settled |= on_line
    return tuple(rings)
