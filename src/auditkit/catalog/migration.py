"""Where an id of an older edition leads in a newer one, by the crosswalk between the two (pure).

What leads to requirements becomes *previous* there. What is known only by its clause, has no counterpart any
more, or is not spoken of stays *unresolved* and is listed; nothing is lost.
"""

from collections.abc import Iterable

from auditkit.base.ids import clause_of, is_point_id, is_within, requirement_of
from auditkit.base.model import Record
from auditkit.catalog.crosswalk import Crosswalk, CrosswalkMap


class Landing(Record):
    """Where an id of the older edition leads."""

    source: str
    targets: tuple[str, ...] = ()
    """Requirements or points; for what is unresolved, the clauses in which to look."""
    relation: str = ""
    resolved: bool
    why: str


def land(crosswalk: Crosswalk, identifier: str) -> Landing:
    """Return where a point, requirement or clause of the older edition leads; what is unclear says why."""
    by_source = {source: one for one in crosswalk.maps for source in one.sources}
    if not is_point_id(identifier):
        return _by_clause(crosswalk, identifier, identifier)
    found = by_source.get(identifier) or by_source.get(requirement_of(identifier))
    if found is None:
        return _by_parts(crosswalk, identifier) or _by_clause(crosswalk, identifier, clause_of(identifier))
    if not found.targets:
        return Landing(
            source=identifier,
            relation=found.relation,
            resolved=False,
            why=f"No counterpart in the newer edition. {found.rationale}",
        )
    if not all(is_point_id(target) for target in found.targets):
        return _unresolved(identifier, found.targets, "Mapped by clause only.")
    return Landing(
        source=identifier,
        targets=found.targets,
        relation=found.relation,
        resolved=True,
        why=found.rationale,
    )


def _by_parts(crosswalk: Crosswalk, requirement: str) -> Landing | None:
    """Return where the points of a requirement lead together; None when the crosswalk knows none of them."""
    parts = [
        one
        for one in crosswalk.maps
        if any(is_point_id(source) and requirement_of(source) == requirement for source in one.sources)
    ]
    targets = tuple(dict.fromkeys(target for one in parts for target in one.targets))
    if not targets or not all(is_point_id(target) for target in targets):
        return None
    points = ", ".join(source for one in parts for source in one.sources)
    return Landing(
        source=requirement,
        targets=targets,
        relation="intersects",
        resolved=True,
        why=f"Cited as a whole; its points {points} lead there together.",
    )


def _by_clause(crosswalk: Crosswalk, identifier: str, clause: str) -> Landing:
    """Leave an id that is known only by its clause unresolved, with the clauses in which to look."""
    near = [one for one in crosswalk.maps if any(_lies_in(source, clause) for source in one.sources)]
    if not near and is_point_id(identifier):
        near = [one for one in crosswalk.maps if clause in one.sources]
    if not near:
        return _unresolved(identifier, (), "The crosswalk between the editions does not speak of it.")
    return _unresolved(identifier, _clauses(near), "Known by its clause only.")


def _lies_in(source: str, clause: str) -> bool:
    return is_within(clause_of(source) if is_point_id(source) else source, clause)


def _clauses(maps: Iterable[CrosswalkMap]) -> tuple[str, ...]:
    targets = (target for one in maps for target in one.targets)
    return tuple(dict.fromkeys(clause_of(one) if is_point_id(one) else one for one in targets))


def _unresolved(identifier: str, clauses: tuple[str, ...], why: str) -> Landing:
    where = f" Look in {', '.join(clauses)}." if clauses else ""
    return Landing(source=identifier, targets=clauses, resolved=False, why=f"{why}{where}")
