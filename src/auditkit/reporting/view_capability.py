"""Section 12: capability of processes, a scale of its own, apart from conformity."""

from auditkit.assessment.capability import ATTRIBUTES, LEVELS, ProcessCapability
from auditkit.base.language import say, translated
from auditkit.reporting.numbers import long_date
from auditkit.reporting.view_index import Index
from auditkit.reporting.view_scales import CapabilityRow, CapabilityView


def build_capability(index: Index) -> CapabilityView:
    """Word the level of each process that was rated, and what stands before the next level."""
    rows = tuple(_row(index, one) for one in index.run.capability)
    names = ", ".join(f"{number} {translated(name)}" for number, name in ATTRIBUTES.items())
    return CapabilityView(attributes=tuple(ATTRIBUTES), legend=f"{names}.", rows=rows)


def _row(index: Index, one: ProcessCapability) -> CapabilityRow:
    level = f"{one.level} {translated(LEVELS[one.level])}"
    target = f"{one.target} {translated(LEVELS[one.target])}" if one.target is not None else say("none set")
    return CapabilityRow(
        process=translated(one.title),
        level=level if one.known else say("at least {level}", level=level),
        target=target,
        reached=one.target is None or one.level >= one.target,
        ratings=tuple(rated.rating or "-" for rated in one.attributes),
        next_needs=one.next_needs,
        why=tuple(f"PA {rated.attribute}: {rated.rationale}" for rated in one.attributes if rated.rationale),
        rated=f"{index.person(one.assessed_by)}, {long_date(one.assessed_at)}",
    )
