"""What priority schemes know of a plan item (pure)."""

from collections.abc import Iterable, Mapping
from fractions import Fraction

from auditkit.findings.model import Finding
from auditkit.improvement.model import ActionFile, PlanItem
from auditkit.improvement.planning_model import ToClear
from auditkit.improvement.priority import ItemFacts, Known
from auditkit.improvement.priority_model import exact


def facts_of(
    plan: Iterable[PlanItem],
    actions: Iterable[ActionFile],
    findings: Iterable[Finding],
    to_clear: Iterable[ToClear],
    criticality: Mapping[str, Fraction],
) -> tuple[ItemFacts, ...]:
    """Gather the facts of every plan item. ``criticality``: service to its weight, as far as it is known."""
    by_action = {one.id: one for one in actions}
    by_finding = {one.id: one for one in findings}
    blockers = tuple(to_clear)
    return tuple(_facts(one, by_action, by_finding[one.findings[0]], blockers, criticality) for one in plan)


def _facts(
    item: PlanItem,
    actions: Mapping[str, ActionFile],
    finding: Finding,
    to_clear: tuple[ToClear, ...],
    criticality: Mapping[str, Fraction],
) -> ItemFacts:
    action = actions.get(item.id)
    estimate = action.estimate if action else None
    known: dict[str, Known] = {
        "grade": finding.grade,
        "blocks_certification": "yes" if item.blocks_certification else "no",
        "route": item.route,
        "blockers": Fraction(sum(any(item.id in option for option in one.alternatives) for one in to_clear)),
        "record_months": Fraction(item.needs_record_months),
        "exception_share": Fraction(finding.exceptions or 0, finding.examined) if finding.examined else None,
        "effort_days": exact(estimate.likely) if estimate else None,
        "cost": exact(action.cost) if action and action.cost is not None else None,
        "criticality": _most_critical(action.services if action else (), criticality),
        "enables": Fraction(sum(item.id in one.predecessors for one in actions.values())),
    }
    scores = {name: exact(value) for name, value in action.scores.items()} if action else {}
    return ItemFacts(item.id, known, scores)


def _most_critical(services: tuple[str, ...], criticality: Mapping[str, Fraction]) -> Fraction | None:
    """Return the greatest weight; one service without a weight leaves it unknown, for it might be the greatest."""
    weights = [criticality.get(one) for one in services]
    known = [one for one in weights if one is not None]
    return max(known) if known and len(known) == len(weights) else None


def weigh_ranks(ranking: Iterable[tuple[str, int]]) -> dict[str, Fraction]:
    """Return a weight from 10 (first) down to 1 (last) for services with their ranks, as an impact analysis gives them."""
    ranked = tuple(ranking)
    last = max((rank for _, rank in ranked), default=1)
    return {
        service: Fraction(10) if last == 1 else 10 - Fraction(9 * (rank - 1), last - 1)
        for service, rank in ranked
    }
