"""The nouns of what is counted apart: guidance, further criteria, earlier engagements, capability."""

from auditkit.base.model import Record
from auditkit.reporting.view_records import ClauseBlock, ClauseRow
from auditkit.reporting.words import Mark


class GuidanceRow(Record):
    """How much of the advice for one clause is followed."""

    clause: str
    title: str
    total: int
    followed: int
    partly: int
    not_followed: int
    not_assessed: int
    confirmed: int


class GuidanceItemRow(Record):
    """One advice that is followed in part or not."""

    id: str
    advice: str
    why: str
    mark: Mark
    standing: str
    notes: tuple[str, ...]


class GuidanceView(Record):
    """Alignment with guidance, apart from conformity."""

    share: str
    confirmed: str
    """The share when only what auditors confirmed counts as assessed."""
    sentence: str
    rows: tuple[GuidanceRow, ...]
    items: tuple[GuidanceItemRow, ...]
    """Confirmed as followed in part or not."""
    candidates: tuple[GuidanceItemRow, ...]
    """Computed and not confirmed; for the annex of candidates alone."""
    followed: str
    """Ids of the items confirmed as followed, in one line."""


class InferenceRow(Record):
    """What the crosswalk lets one suppose about a clause that nobody assessed."""

    target: str
    title: str
    mark: Mark
    rests_on: str
    says: str
    assessed: str


class FurtherView(Record):
    """The results of a further catalog of an integrated audit."""

    id: str
    title: str
    about: str
    note: str
    sentence: str
    share: str
    clauses: tuple[ClauseRow, ...]
    blocks: tuple[ClauseBlock, ...]
    crosswalk: str
    inferences: tuple[InferenceRow, ...]


class PreviousRow(Record):
    """What an earlier engagement said, where it leads today."""

    id: str
    where: str
    said: str
    text: str
    leads_to: str
    state: str
    why: str


class CycleRow(Record):
    """One engagement of the cycle, as far as its conclusions were carried over."""

    engagement: str
    judged: int
    nonconforming: int
    majors: int
    minors: int
    open: int


class CapabilityRow(Record):
    """The level of one process."""

    process: str
    level: str
    target: str
    reached: bool
    ratings: tuple[str, ...]
    """One letter an attribute, in their order; ``-``: not rated."""
    next_needs: tuple[str, ...]
    why: tuple[str, ...]
    rated: str


class CapabilityView(Record):
    """Capability of processes."""

    attributes: tuple[str, ...]
    legend: str
    rows: tuple[CapabilityRow, ...]
