"""What is suggested: files for requirements, requirements for files. Never a verdict."""

from auditkit.base.issue import InputIssue
from auditkit.base.model import Record
from auditkit.base.place import Place


class Suggestion(Record):
    """One file that may bear on one requirement, with the passage that says so."""

    file: str
    evidence: str | None
    """Its id in the register; None: not registered."""
    clause: str
    requirement: str
    point: str
    """The point of the requirement that the file comes closest to."""
    statement: str
    """What the point asks, in our words."""
    score: float
    """Comparable within one run only."""
    matched: tuple[str, ...]
    """The ideas of the vocabulary found in the file, the strongest first."""
    place: Place
    quote: str
    remark: str
    """What speaks against taking the passage at its word; empty: nothing seen."""
    known: bool
    """The register says so already, by the document type or the links of its entry."""


class FileSuggestions(Record):
    """One file and the clauses it may bear on, the nearest first, each by its nearest requirement."""

    file: str
    evidence: str | None
    title: str
    remarks: tuple[str, ...]
    suggestions: tuple[Suggestion, ...]
    links: tuple[str, ...]
    """Points that could be added to ``links`` of its entry in the register."""


class RequirementSuggestions(Record):
    """One requirement (or point) and the files that may bear on it, the nearest first."""

    requirement: str
    statement: str
    suggestions: tuple[Suggestion, ...]


class Unranked(Record):
    """A file that nothing was suggested for, and why."""

    file: str
    evidence: str | None
    why: str


class Suggested(Record):
    """Everything that is suggested, and what was left out."""

    catalog: str
    files: tuple[FileSuggestions, ...] = ()
    requirements: tuple[RequirementSuggestions, ...] = ()
    unreadable: tuple[Unranked, ...] = ()
    silent: tuple[Unranked, ...] = ()
    """Read, but nothing in them says what they bear on."""
    issues: tuple[InputIssue, ...] = ()
