"""Independence: who would judge, review or ask about work in an area of their own (pure).

Nobody assesses own work unless a safeguard is on record (ISO/IEC 20000-1:2018, 9.2.2: objectivity and impartiality;
ISO 19011: independence where practicable). What a safeguard is, people say; that one is needed, the engagement's
``areas`` say.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from auditkit.assessment.engagement import Person
from auditkit.assessment.model import Judgement
from auditkit.catalog.lens import Lens, LensGroup
from auditkit.catalog.model import Catalog

SAFEGUARD_CHARACTERS = 15
"""A safeguard in fewer says nothing, as a rationale does not."""
_SHOWN = 3


class OwnArea(NamedTuple):
    """A point that lies in an area somebody works in."""

    point: str
    area: str
    """The process, as the lens names it."""


class Independence(NamedTuple):
    """Who works where, and which processes points belong to."""

    people: Mapping[str, Person]
    """By person id."""
    processes: Mapping[str, tuple[LensGroup, ...]]
    """By point; a point without a process is nobody's own."""
    required: bool = True
    """Whether the kind of engagement asks for independence; where it is only advised, nothing is refused."""

    def conflicts(self, person: str, points: Iterable[str]) -> tuple[OwnArea, ...]:
        """Return the points that lie in an area of the person's own, in the order given."""
        known = self.people.get(person)
        return own_areas(known.areas, points, self.processes) if known is not None else ()

    def fault(self, person: str, points: Iterable[str], safeguard: str) -> str | None:
        """Say why a person may not assess the points without a safeguard; None when nothing stands against it."""
        found = self.conflicts(person, points)
        if not self.required or not found or _guarded(safeguard):
            return None
        areas = ", ".join(dict.fromkeys(one.area for one in found))
        own = tuple(dict.fromkeys(one.point for one in found))
        more = f" and {len(own) - _SHOWN} more" if len(own) > _SHOWN else ""
        named = f"{', '.join(own[:_SHOWN])}{more}"
        return f"{self.people[person].name} works in {areas} and would assess own work ({named})"

    def unguarded(self, judgements: Iterable[Judgement]) -> dict[str, OwnArea]:
        """Return by judgement the area of the judge's own that it lies in, where no safeguard is on record."""
        found = {
            one.id: self.conflicts(one.by, (one.point,)) for one in judgements if not _guarded(one.safeguard)
        }
        return {identifier: own[0] for identifier, own in found.items() if own}


def own_areas(
    areas: Iterable[str], points: Iterable[str], processes: Mapping[str, tuple[LensGroup, ...]]
) -> tuple[OwnArea, ...]:
    """Return which points belong to a process that is among the areas, named by id or title."""
    own = {_plain(area) for area in areas}
    return tuple(
        OwnArea(point, group.title)
        for point in points
        for group in processes.get(point, ())
        if own & {_plain(group.id), _plain(group.title)}
    )


def processes_by_point(catalog: Catalog, lens: Lens | None) -> dict[str, tuple[LensGroup, ...]]:
    """Return each point of the catalog with the groups of the lens it belongs to."""
    lineage = catalog.lineage()
    groups = lens.groups if lens is not None else ()
    named = [(group, frozenset(group.points), frozenset(group.clauses)) for group in groups]
    return {
        point.id: tuple(
            group
            for group, points, clauses in named
            if not points.isdisjoint((point.id, point.requirement))
            or not clauses.isdisjoint(lineage.get(point.clause, ()))
        )
        for point in catalog.points
    }


def _guarded(safeguard: str) -> bool:
    return len(safeguard.strip()) >= SAFEGUARD_CHARACTERS


def _plain(text: str) -> str:
    """Return a name as it compares: ``Change management`` as ``change-management``."""
    return "-".join(text.casefold().replace("_", " ").replace("-", " ").split())
