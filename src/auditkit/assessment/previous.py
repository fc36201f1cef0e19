"""What an earlier engagement concluded, carried over as *previous* with its state reset (pure)."""

from collections.abc import Iterable
from datetime import date
from typing import Literal

from auditkit.assessment.model import Judgement, VerdictValue
from auditkit.base.model import Record
from auditkit.catalog.crosswalk import Crosswalk
from auditkit.catalog.migration import Landing, land

Previous = Literal["previous", "unresolved"]


class PreviousVerdict(Record):
    """An earlier judgement or finding, and where it leads in the catalog of today. It decides nothing."""

    id: str
    """Its id in the earlier engagement."""
    kind: Literal["judgement", "finding"]
    engagement: str
    catalog: str
    """The earlier catalog."""
    source: str
    """Point, requirement or clause of the earlier catalog."""
    said: str
    """The verdict, or the grade and state of the finding, as it stood."""
    text: str = ""
    by: str = ""
    at: date | None = None
    targets: tuple[str, ...] = ()
    """Requirements or points of today's catalog; for unresolved ones, clauses to look in."""
    relation: str = ""
    """Relation of the crosswalk that was followed."""
    state: Previous
    why: str


class PreviousFile(Record):
    """workpapers/previous.json, written by ``auditkit catalog migrate``."""

    computed: Literal["written by auditkit catalog migrate; do not edit"] = (
        "written by auditkit catalog migrate; do not edit"
    )
    verdicts: tuple[PreviousVerdict, ...]


def carry_judgement(judgement: Judgement, crosswalk: Crosswalk, engagement: str) -> PreviousVerdict:
    """Carry a judgement over; its verdict becomes a remark, and today's point stays to be judged."""
    verdict: VerdictValue = judgement.verdict
    return _carried(
        land(crosswalk, judgement.point),
        crosswalk,
        engagement,
        id=judgement.id,
        kind="judgement",
        said=verdict,
        text=judgement.rationale,
        by=judgement.by,
        at=judgement.at,
    )


def carry(
    crosswalk: Crosswalk,
    engagement: str,
    identifier: str,
    points: Iterable[str],
    said: str,
    text: str,
    by: str = "",
    at: date | None = None,
) -> tuple[PreviousVerdict, ...]:
    """Carry a finding over, once for each criterion it cites."""
    return tuple(
        _carried(
            land(crosswalk, point),
            crosswalk,
            engagement,
            id=identifier,
            kind="finding",
            said=said,
            text=text,
            by=by,
            at=at,
        )
        for point in points
    )


def _carried(landing: Landing, crosswalk: Crosswalk, engagement: str, **facts: object) -> PreviousVerdict:
    return PreviousVerdict(
        engagement=engagement,
        catalog=crosswalk.source,
        source=landing.source,
        targets=landing.targets,
        relation=landing.relation,
        state="previous" if landing.resolved else "unresolved",
        why=landing.why,
        **facts,
    )
