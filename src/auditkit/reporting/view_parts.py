"""The nouns of a report's first sections: cover, control, summary, audit, conclusion; all worded already."""

from datetime import date
from fractions import Fraction
from typing import Literal

from auditkit.base.model import Record
from auditkit.reporting.words import Mark


class Fact(Record):
    """A label and what stands beside it, one line or several."""

    label: str
    lines: tuple[str, ...]


class Counts(Record):
    """How many of what is counted have which verdict; they add up to ``total``."""

    total: int
    conforming: int
    nonconforming: int
    not_assessed: int
    not_applicable: int
    confirmed: int


class Entry(Record):
    """One line of the contents; also the heading of the section it names."""

    id: str
    number: str
    title: str
    place: str = ""
    """How a sentence refers to it: ``section 8`` or ``Annex A``."""
    children: tuple["Entry", ...] = ()


class Cover(Record):
    """The first page."""

    kind: str
    title: str
    short_title: str
    """For running headers: at most 60 characters."""
    auditee: str
    facts: tuple[Fact, ...]
    classification: str
    draft: bool
    status: str
    """``DRAFT: ...`` until the lead auditor released the report, then who signed it and when."""
    as_of: str
    as_of_date: date
    run_id: str
    logo: str = ""
    """An address that holds the picture whole; empty: none."""


class Control(Record):
    """Document control and distribution."""

    facts: tuple[Fact, ...]
    distribution: tuple[str, ...]
    note: str


class MeasureRow(Record):
    """A figure with everything it needs to stand: counts, method, and both ends while not all is assessed."""

    name: str
    figure: str
    exact: bool
    conforming: int
    nonconforming: int
    not_assessed: int
    denominator: int
    low: Fraction
    high: Fraction
    method: str


class BlockerView(Record):
    """One thing that keeps a gate closed."""

    what: str
    points: str
    owner: str
    due: str


class GateView(Record):
    """One readiness gate."""

    id: str
    mark: Mark
    title: str
    rule: str
    passed: bool
    blockers: tuple[BlockerView, ...]


class WaitingRow(Record):
    """One thing that keeps a gate closed, with what it waits for."""

    what: str
    points: str
    owner: str
    due: str
    needs_records: bool
    records: str
    """Until when records have to accrue."""
    earliest: str
    """The day from which it can be gone, or that there is none."""
    why: str
    """How the day was reckoned, or why there is none."""


class GateDay(Record):
    """One readiness gate, and from which day it can open."""

    mark: Mark
    title: str
    rule: str
    earliest: str
    blockers: tuple[WaitingRow, ...]


class StageRow(Record):
    """One line of the list for stage 1."""

    id: str
    title: str
    asked_by: Literal["standard", "auditor"]
    clauses: str
    asked: str
    received: tuple[str, ...]
    state: str
    lacking: bool
    """Something of it still has to be done."""
    faults: tuple[str, ...]
    owner: str


class Forecast(Record):
    """From which day the organisation can be ready."""

    sentences: tuple[str, ...]
    """The forecast first, then how it was reckoned."""
    gates: tuple[GateDay, ...]
    stage_1: tuple[StageRow, ...]


class GradeCount(Record):
    """How many confirmed findings of one grade there are, and how many of them are open."""

    mark: Mark
    name: str
    total: int
    open: int
    counts_open: bool
    """Nonconformities count while they are open; the other grades simply exist."""


class Headline(Record):
    """The verdict, in the one wording that every face uses."""

    ready: bool
    text: str
    because: tuple[str, ...]
    """Sentences that support it; none rests on a candidate."""


class Brief(Record):
    """A finding in one line."""

    id: str
    mark: Mark
    what: str
    points: str
    extent: str
    owner: str
    due: str


class Summary(Record):
    """The management summary."""

    headline: Headline
    grades: tuple[GradeCount, ...]
    gates: tuple[GateView, ...]
    """Empty where the kind puts them into an annex."""
    measures: tuple[MeasureRow, ...]
    """First the one by requirement, then confirmed only, then the clause average."""
    requirements: Counts
    coverage: str
    top: tuple[Brief, ...]
    decisions: tuple[str, ...]
    unconfirmed: str
    """How many candidates wait for a person, and where they stand; never what they say."""


class Element(Record):
    """One element that the audit method asks of a report, with what this report says of it."""

    number: int
    title: str
    clause: str
    lines: tuple[str, ...]
    where: str
    """The section that says more; empty: all is said here."""
    section: str
    """Its id, for a link."""


class PersonRow(Record):
    """One person of the audit."""

    name: str
    side: str
    role: str
    areas: str


class VisitRow(Record):
    """One line of when and where."""

    at: str
    place: str
    what: str
    auditees: str


class Disputed(Record):
    """A difference that stayed open, with both views."""

    finding: str
    auditee: str
    auditor: str


class AuditFacts(Record):
    """What the audit method asks of a report, and what may be added."""

    intro: str
    elements: tuple[Element, ...]
    people: tuple[PersonRow, ...]
    visits: tuple[VisitRow, ...]
    disagreements: tuple[Disputed, ...]
    more: tuple[Fact, ...]
    """Areas not covered, obstacles, good practices, follow-up, confidentiality."""


class Conclusion(Record):
    """The conclusion, and the gates wherever the kind puts them."""

    headline: Headline
    sentences: tuple[str, ...]
    own_words: str
    own_words_by: str
    gates: tuple[GateView, ...]
    forecast: Forecast | None = None
    """None: no day was reckoned."""
