"""What the plan asks for in effort and money, and what of it is quickly done."""

from collections.abc import Iterable
from fractions import Fraction

from auditkit.base.language import decimal_text, say, say_count
from auditkit.base.model import Record
from auditkit.improvement.model import ActionFile, Estimate, PlanItem
from auditkit.reporting.documents.index import DocumentIndex
from auditkit.reporting.numbers import whole
from auditkit.reporting.view_model import View
from auditkit.reporting.view_records import FindingView, PlanRow

QUICK_DAYS = 2
"""Effort up to which an item counts as quickly done; the document says so."""
_ENDED = ("done", "cancelled")


class QuickWins(Record):
    """Confirmed opportunities, and what of the plan is quickly done."""

    about: str
    opportunities: tuple[FindingView, ...]
    rows: tuple[PlanRow, ...]


class ResourceRow(Record):
    """What the plan asks of one owner, or of all."""

    owner: str
    items: str
    effort: str
    not_estimated: str
    cost: str
    total: bool = False


class Resources(Record):
    """Effort and cost of what is left to do, by owner; the sum stands last."""

    about: str
    rows: tuple[ResourceRow, ...]
    assumptions: str


def build_quick_wins(index: DocumentIndex, view: View) -> QuickWins:
    """Word what is quickly done: confirmed opportunities, and small items that wait for no records."""
    small = {
        item.id
        for item in _left(index)
        if item.effort_days is not None and item.effort_days <= QUICK_DAYS and not item.needs_record_months
    }
    return QuickWins(
        about=say(
            "Opportunities that persons recorded, and items of the plan that are estimated at {days} person days at most and "
            "need no months of records before their effect can be shown. An item that nobody estimated is not among them.",
            days=whole(QUICK_DAYS),
        ),
        opportunities=tuple(one for one in view.findings if one.mark.key == "opportunity" and one.open),
        rows=tuple(row for row in view.plan if row.id in small),
    )


def build_resources(index: DocumentIndex, _: View) -> Resources:
    """Add up effort and cost of the plan for confirmed findings, what nobody estimated counted apart."""
    items = _left(index)
    actions = {one.id: one for one in index.run.actions}
    by_owner: dict[str, list[PlanItem]] = {}
    for item in items:
        owner = index.person(item.owner) if item.owner else say("no owner")
        by_owner.setdefault(owner, []).append(item)
    rows = [_resource(owner, mine, actions) for owner, mine in sorted(by_owner.items())]
    if rows:
        rows.append(_resource(say("All together"), items, actions).model_copy(update={"total": True}))
    return Resources(
        about=say(
            "Person days that are left to do, from the lowest to the highest estimate, and money beside them in the currency of "
            "the plan, by owner. What nobody estimated is counted and not guessed; it comes on top."
        ),
        rows=tuple(rows),
        assumptions=say(
            "What the order of the plan assumes where something is not known stands beside each item in {plan}; limits of the "
            "method stand in {method}.",
            plan=index.place("plan"),
            method=index.place("method"),
        ),
    )


def _left(index: DocumentIndex) -> list[PlanItem]:
    """Return the items for confirmed findings that are neither done nor cancelled."""
    planned = [one for one in index.run.plan if not index.rests_on_candidates(one.findings)]
    return [one for one in planned if one.status not in _ENDED]


def _resource(owner: str, items: list[PlanItem], actions: dict[str, ActionFile]) -> ResourceRow:
    estimates = [one for one in (_estimate(item, actions) for item in items) if one is not None]
    costs = [actions[item.id].cost for item in items if item.id in actions]
    stated = [one for one in costs if one is not None]
    unknown = len(items) - len(estimates)
    return ResourceRow(
        owner=owner,
        items=whole(len(items)),
        effort=_range(estimates),
        not_estimated=say_count("{number} item", "{number} items", unknown, number=whole(unknown))
        if unknown
        else say("none"),
        cost=_cost(stated, len(items) - len(stated)),
    )


def _estimate(item: PlanItem, actions: dict[str, ActionFile]) -> Estimate | None:
    stated = actions[item.id].estimate if item.id in actions else None
    if stated is not None or item.effort_days is None:
        return stated
    return Estimate(low=item.effort_days, likely=item.effort_days, high=item.effort_days)


def _range(estimates: list[Estimate]) -> str:
    if not estimates:
        return say("not estimated")
    low, likely, high = (_sum(getattr(one, name) for one in estimates) for name in ("low", "likely", "high"))
    if low == high:
        return say("{days} days", days=_number(likely))
    return say("{days} days ({low} to {high})", days=_number(likely), low=_number(low), high=_number(high))


def _cost(stated: list[float], unknown: int) -> str:
    if not stated:
        return say("not stated")
    amount = _number(_sum(stated))
    if not unknown:
        return amount
    return say_count(
        "{amount}, {number} item not stated", "{amount}, {number} items not stated", unknown, amount=amount, number=whole(unknown)
    )  # fmt: skip


def _sum(numbers: Iterable[float]) -> Fraction:
    return sum((Fraction(str(one)) for one in numbers), Fraction(0))


def _number(number: Fraction) -> str:
    """Word a number with as many decimals as it has, two at most."""
    places = next((one for one in (0, 1) if (number * 10**one).denominator == 1), 2)
    return decimal_text(number, places)
