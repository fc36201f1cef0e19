"""The clauses of a visit: what is not part of it is not concluded upon (pure)."""

from collections.abc import Mapping

from auditkit.assessment.engagement import Engagement
from auditkit.assessment.model import PointVerdict
from auditkit.base.language import say
from auditkit.catalog.model import Catalog


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
    reason = say(
        "Not in this visit: clause {clause} was not part of it, so nothing is concluded.",
        clause=verdict.clause,
    )
    return verdict.model_copy(
        update={
            "value": "not_assessed",
            "standing": "candidate",
            "basis": None,
            "reasons": (reason, *verdict.reasons),
            "outside_visit": True,
        }
    )
