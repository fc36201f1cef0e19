"""The nouns of lenses: other groupings of the requirements of a catalog."""

from typing import Literal

from auditkit.base.model import Record


class LensGroup(Record):
    """One group of a lens: the clauses (with all below them) and single points that belong to it."""

    id: str
    title: str
    about: str = ""
    clauses: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    secondary_clauses: tuple[str, ...] = ()
    """Clauses that bear on the group without being counted in it."""


class Lens(Record):
    """Another grouping of the same requirements; never a second score."""

    id: str
    title: str
    about: str
    source: str
    catalog: str = "iso-iec-20000-1-2018"
    """The catalog whose clauses it groups; a lens of the same id may exist for each catalog."""
    by: Literal["clause", "service", "site"] = "clause"
    """``service`` and ``site``: the groups are those of the engagement, and evidence says what belongs to them."""
    groups: tuple[LensGroup, ...] = ()
