"""Rules of an engagement applied to what people decided: independence, and the clauses of a visit (pure)."""

from collections.abc import Iterable, Mapping

from auditkit.assessment.engagement import Engagement, Person
from auditkit.assessment.model import Judgement, PointVerdict
from auditkit.catalog.model import Catalog, Lens

OUTSIDE = "Not in this visit: clause {clause} was not part of it, so nothing is concluded."


def areas_of(catalog: Catalog, processes: Lens | None) -> dict[str, frozenset[str]]:
    """Return by point the processes it belongs to, by the groups of the process lens; ids and titles, folded."""
    if processes is None:
        return {}
    lineage = catalog.lineage()
    found: dict[str, set[str]] = {}
    for group in processes.groups:
        names = {group.id.casefold(), group.title.casefold()}
        for point in catalog.points:
            inside = any(clause in lineage.get(point.clause, ()) for clause in group.clauses)
            if inside or point.id in group.points or point.requirement in group.points:
                found.setdefault(point.id, set()).update(names)
    return {point: frozenset(names) for point, names in found.items()}


def own_area_judgements(
    judgements: Iterable[Judgement], people: Mapping[str, Person], areas: Mapping[str, frozenset[str]]
) -> dict[str, str]:
    """Return by judgement the own area that it lies in, where no safeguard is recorded."""
    found: dict[str, str] = {}
    for one in judgements:
        person = people.get(one.by)
        if person is None or (one.safeguard or "").strip():
            continue
        own = [area for area in person.areas if area.casefold() in areas.get(one.point, ())]
        if own:
            found[one.id] = own[0]
    return found


def in_visit(clause: str, engagement: Engagement, lineage: Mapping[str, tuple[str, ...]]) -> bool:
    """Tell whether a clause is part of this visit; without a list of clauses every one is."""
    wanted = engagement.visit_clauses
    return not wanted or any(one in lineage.get(clause, (clause,)) for one in wanted)


def keep_to_visit(
    verdicts: tuple[PointVerdict, ...], catalog: Catalog, engagement: Engagement
) -> tuple[PointVerdict, ...]:
    """Keep what is not in this visit from conforming. A nonconformity that was seen there stays: less never helps."""
    lineage = catalog.lineage()
    return tuple(one if in_visit(one.clause, engagement, lineage) else _outside(one) for one in verdicts)


def _outside(verdict: PointVerdict) -> PointVerdict:
    if verdict.value not in ("conforms", "not_assessed"):
        return verdict
    reason = OUTSIDE.format(clause=verdict.clause)
    return verdict.model_copy(
        update={
            "value": "not_assessed",
            "standing": "candidate",
            "basis": None,
            "reasons": (reason, *verdict.reasons),
            "outside_visit": True,
        }
    )
