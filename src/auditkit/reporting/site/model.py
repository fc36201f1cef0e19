"""What the catalog book shows, worded: one page for each requirement, clause, lens and crosswalk."""

from auditkit.base.model import Record


class Link(Record):
    """A link within the book; ``href`` empty: there is no page."""

    href: str
    text: str
    note: str = ""


class DocumentView(Record):
    """A document that should show a point."""

    title: str
    topics: tuple[str, ...]
    basis: str


class TestView(Record):
    """A record test of a point."""

    id: str
    title: str
    basis: str
    test_class: str
    dataset: str
    population: str
    exception: str
    why: str
    remedy: str


class PointView(Record):
    """One point of a requirement with everything an auditor needs for it."""

    id: str
    statement: str
    original: str
    """The English statement beneath a translation; empty without one."""
    marks: tuple[str, ...]
    documents: tuple[DocumentView, ...]
    tests: tuple[TestView, ...]
    questions: tuple[str, ...]
    sights: tuple[str, ...]
    suffices: tuple[str, ...]
    evidence: tuple[str, ...]
    trap: str
    official: str


class AdviceView(Record):
    """One item of guidance."""

    id: str
    advice: str
    why: str
    other: str
    evidence: tuple[str, ...]
    roles: tuple[str, ...]
    levels: tuple[str, ...]
    questions: tuple[str, ...]
    sights: tuple[str, ...]


class RelationView(Record):
    """What a crosswalk says of a requirement."""

    relation: str
    targets: tuple[Link, ...]
    rationale: str


class CrosswalkView(Record):
    """What one crosswalk says of a requirement."""

    title: str
    relations: tuple[RelationView, ...]


class Page(Record):
    """What every page has."""

    file: str
    title: str
    kicker: str
    trail: tuple[Link, ...]
    before: Link | None = None
    after: Link | None = None


class RequirementPage(Page):
    """A requirement with all that belongs to it."""

    points: tuple[PointView, ...]
    guidance: tuple[AdviceView, ...]
    lenses: tuple[Link, ...]
    crosswalks: tuple[CrosswalkView, ...]
    history: tuple[CrosswalkView, ...]


class ClausePage(Page):
    """A clause: what it is about, its requirements, the clauses below it."""

    number: str
    summary: str
    requirements: tuple[Link, ...]
    below: tuple[Link, ...]
    guidance: tuple[AdviceView, ...]


class GroupView(Record):
    """One group of a lens."""

    title: str
    about: str
    requirements: tuple[Link, ...]


class LensPage(Page):
    """A lens with its groups."""

    about: str
    source: str
    groups: tuple[GroupView, ...]


class MapPage(Page):
    """A whole crosswalk."""

    about: str
    source: str
    rows: tuple[tuple[tuple[Link, ...], RelationView], ...]


class ContentsLine(Record):
    """One line of the tree of clauses."""

    depth: int
    href: str
    number: str
    title: str
    count: str


class Book(Record):
    """Everything the book shows."""

    title: str
    standard: str
    language: str
    note: str
    certainty: tuple[str, ...]
    contents: tuple[ContentsLine, ...]
    requirements: tuple[RequirementPage, ...]
    clauses: tuple[ClausePage, ...]
    lenses: tuple[LensPage, ...]
    maps: tuple[MapPage, ...]
    search: tuple[tuple[str, str, str, str], ...]
    """File, id, text shown, text searched (lower case)."""
