"""Where kinds of engagement, audit methods and grading schemes lie: the engagement's own come before the shipped ones."""

from pathlib import Path

KINDS, METHODS, GRADING = "engagement-kinds", "audit-methods", "grading"
Shelves = tuple[Path, ...]
"""Folders of checklists; what an earlier one holds comes first."""


def find_file(folder: str, identifier: str, shelves: Shelves) -> tuple[Path, str] | None:
    """Return the file of a kind, method or scheme, and its name in places; None when there is none."""
    for base in shelves:
        if identifier in {path.stem for path in (base / folder).glob("*.yaml")}:
            return base / folder / f"{identifier}.yaml", f"checklists/{folder}/{identifier}.yaml"
    return None


def known_ids(folder: str, shelves: Shelves) -> tuple[str, ...]:
    """Return the ids of every kind, method or scheme that is there."""
    return tuple(sorted({path.stem for one in shelves for path in (one / folder).glob("*.yaml")}))
