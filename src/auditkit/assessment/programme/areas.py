"""Clauses, processes and sites that a programme or plan may name, and the clauses with points below each."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from auditkit.assessment.engagement import Person
from auditkit.base.ids import unqualify
from auditkit.catalog.lens import Lens
from auditkit.catalog.model import Catalog


class Known(NamedTuple):
    """What ids of a programme or plan may lead to."""

    people: dict[str, Person]
    sites: tuple[str, ...]
    clauses: dict[str, str]
    """Clause with points to title, in the order of the catalog."""
    lineage: Mapping[str, tuple[str, ...]]
    """Every clause to itself and those above it."""
    processes: dict[str, tuple[str, ...]]
    """Process to the clauses with points it answers for."""
    process_titles: dict[str, str]
    catalogs: dict[str, tuple[str, ...]]
    """Catalog to its clauses with points; a competence may name a whole catalog."""

    def below(self, clause: str) -> frozenset[str]:
        """Return the clauses with points of a clause and all below it."""
        return frozenset(one for one in self.clauses if clause in self.lineage[one])

    def leaves(self, area: str) -> frozenset[str] | None:
        """Return the clauses with points of a process, a clause or a whole catalog; None: it is none of them."""
        if area in self.processes:
            return frozenset(self.processes[area])
        if area in self.lineage:
            return self.below(area)
        return frozenset(self.catalogs[area]) if area in self.catalogs else None

    def all_leaves(self, areas: Iterable[str]) -> frozenset[str]:
        """Return the clauses with points of several areas; an unknown one adds none."""
        return frozenset(one for area in areas for one in self.leaves(area) or ())

    def shortest(self, leaves: Iterable[str]) -> tuple[str, ...]:
        """Name clauses by the highest headings that hold nothing else: ``8.5`` instead of all below it."""
        wanted = set(leaves)
        named: list[str] = []
        for clause in self.clauses:
            if clause in wanted:
                whole = [one for one in self.lineage[clause] if self.below(one) <= wanted]
                named.append(whole[-1])
        return tuple(dict.fromkeys(named))

    def process_of(self, clause: str) -> tuple[str, ...]:
        """Return the processes that answer for a clause with points."""
        return tuple(name for name, clauses in self.processes.items() if clause in clauses)


def known_areas(catalog: Catalog, lens: Lens | None, people: Iterable[Person], sites: Iterable[str]) -> Known:
    """Gather what a programme may name; ``lens`` is the one of processes."""
    lineage = catalog.lineage()
    clauses = {one.clause: one.title for one in catalog.clauses if one.points}
    processes = {
        group.id: tuple(
            clause for clause in clauses if any(above in group.clauses for above in lineage[clause])
        )
        for group in (lens.groups if lens else ())
    }
    catalogs: dict[str, tuple[str, ...]] = {}
    for clause in clauses:
        name = unqualify(clause)[0] or catalog.head.id
        catalogs[name] = (*catalogs.get(name, ()), clause)
    return Known(
        {one.id: one for one in people},
        tuple(sites),
        clauses,
        lineage,
        processes,
        {group.id: group.title for group in (lens.groups if lens else ())},
        catalogs,
    )
