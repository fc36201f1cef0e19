"""Actions and items of the plan as texts by field (pure)."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from pydantic import BaseModel

from auditkit.base.ids import clause_of
from auditkit.findings.model import Finding
from auditkit.improvement.exchange.model import FIELDS, Item
from auditkit.improvement.model import ActionFile, PlanItem

_OF_ACTION = ("title", "status", "owner", "due", "started_at", "target", "effort_days", "route")
"""Fields where what the action says goes before what the plan worked out."""


def build_items(
    actions: Iterable[ActionFile],
    plan: Iterable[PlanItem],
    findings: Iterable[Finding],
    head: Mapping[str, str],
    *,
    everything: bool = False,
) -> tuple[Item, ...]:
    """Return every action, in the order of the plan, then by id; with ``everything`` also what nobody took up.

    ``head``: the fields that are the same for all: engagement, organisation, as_of.
    """
    items, by_finding = list(plan), {one.id: one for one in findings}
    planned = {finding: one for one in reversed(items) for finding in one.findings}
    taken = list(actions)
    order = {action.id: _rank(planned.get(action.finding)) for action in taken}
    taken.sort(key=lambda one: (order[one.id], one.id))
    found = [
        _item(action.id, planned.get(action.finding), by_finding.get(action.finding), head, action)
        for action in taken
    ]
    if everything:
        known = {one.id for one in taken}
        found += [
            _item(one.id, one, by_finding.get(one.findings[0]) if one.findings else None, head)
            for one in items
            if one.id not in known
        ]
    return tuple(found)


def key_of(engagement: str, identifier: str) -> str:
    """Return the key an item has in every tool, always: one word of letters, digits, dots and hyphens."""
    return f"{key_prefix(engagement)}{_word(identifier)}"


def key_prefix(engagement: str) -> str:
    """Return what the keys of one engagement begin with."""
    return f"auditkit-{_word(engagement).lower()}-"


def _word(text: str) -> str:
    return "".join(one if one.isascii() and (one.isalnum() or one in ".-") else "-" for one in text)


def own_fields(action: ActionFile) -> dict[str, str]:
    """Return what an action file says, as texts by field."""
    return {name: text_of(getattr(action, name)) for name in ActionFile.model_fields}


def text_of(value: object) -> str:
    """Return a field of an action as text: dates as 2026-10-15, numbers without needless zeros."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return format(Decimal(repr(value)).normalize() + 0, "f")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, BaseModel):
        return text_of(value.model_dump(mode="json", exclude_none=True))
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {text_of(one)}" for name, one in value.items())
    if isinstance(value, (list, tuple)):
        return ", ".join(map(text_of, value))
    return str(value)


def _rank(item: PlanItem | None) -> int:
    return item.priority if item is not None else 1_000_000


def _item(
    identifier: str,
    item: PlanItem | None,
    finding: Finding | None,
    head: Mapping[str, str],
    action: ActionFile | None = None,
) -> Item:
    fields = dict.fromkeys(FIELDS, "")
    fields |= {**head, "id": identifier, "key": key_of(head["engagement"], identifier)}
    if item is not None:
        fields |= _planned(item)
    if finding is not None:
        fields |= _raised(finding)
    elif item is not None and item.id.startswith("O-"):
        fields |= {"grade": "opportunity", "failure": item.title}
    own: dict[str, str] = {}
    if action is not None:
        own = own_fields(action)
        fields |= {name: own[name] for name in _OF_ACTION if own[name]}
    return Item(id=identifier, taken_up=action is not None, fields=fields, own=own)


def _planned(item: PlanItem) -> dict[str, str]:
    baseline = f"{item.baseline.value}, {item.baseline.at}" if item.baseline is not None else ""
    return {
        "title": item.title,
        "status": item.status,
        "owner": item.owner or "",
        "due": text_of(item.due),
        "target": item.target,
        "effort_days": text_of(item.effort_days),
        "finding": ", ".join(item.findings),
        "points": ", ".join(item.points),
        "clauses": ", ".join(dict.fromkeys(map(clause_of, item.points))),
        "processes": ", ".join(item.processes),
        "route": item.route,
        "phase": item.phase,
        "priority": str(item.priority),
        "blocks": "yes" if item.blocks_certification else "",
        "baseline": baseline,
        "record_months": str(item.needs_record_months) if item.needs_record_months else "",
    }


def _raised(finding: Finding) -> dict[str, str]:
    actual = ""
    if finding.examined:
        actual = f"{finding.exceptions or 0:,} of {finding.examined:,} examined do not comply"
    return {
        "finding": finding.id,
        "finding_state": finding.state.replace("_", " ") if finding.standing == "confirmed" else "candidate",
        "grade": finding.grade,
        "requirement": finding.statement.requirement,
        "failure": finding.statement.failure,
        "points": ", ".join(finding.points),
        "clauses": ", ".join(dict.fromkeys(map(clause_of, finding.points))),
        "actual": actual,
    }
