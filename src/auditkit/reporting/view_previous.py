"""Section 11: what an earlier engagement concluded, and where it leads in the catalog of today."""

from auditkit.reporting import words
from auditkit.reporting.view_index import Index
from auditkit.reporting.view_records import PreviousRow


def build_previous(index: Index) -> tuple[PreviousRow, ...]:
    """Word what was carried over, unresolved ones first."""
    found = sorted(index.run.previous, key=lambda one: one.state == "previous")
    return tuple(
        PreviousRow(
            id=one.id,
            where=f"{one.source} of {one.catalog}, {one.engagement}",
            said=f"{words.spaced(one.said)}"
            + (f", {one.by}" if one.by else "")
            + (f", {one.at}" if one.at else ""),
            text=one.text,
            leads_to=", ".join(one.targets) or "nothing",
            state=one.state,
            why=f"{one.relation}: {one.why}" if one.relation else one.why,
        )
        for one in found
    )
