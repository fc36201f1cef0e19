"""The nouns of the exchange: what is handed out, how a tool wants it, and what comes back."""

from typing import Literal, NamedTuple

from pydantic import Field

from auditkit.base.model import Record

ActionStatus = Literal["proposed", "agreed", "started", "done", "cancelled"]

FIELDS: tuple[str, ...] = (
    "id", "key", "title", "status", "owner", "account", "due", "started_at", "target", "effort_days",
    "finding", "finding_state", "grade", "requirement", "failure", "points", "clauses", "processes",
    "route", "phase", "priority", "blocks", "baseline", "actual", "record_months",
    "engagement", "organisation", "as_of",
)  # fmt: skip
"""What the text of a column may name in braces; docs/trackers.md says what each holds."""


class Column(Record):
    """One column of a file, one key of a JSON object, or one property of a calendar entry."""

    header: str
    text: str
    """Words with fields in braces; a line whose last field is empty is left out."""
    map: str = ""
    """Name of the table of ``values`` that the text is looked up in."""
    kind: Literal["text", "date", "number", "list", "html"] = "text"
    """date: written as the tracker wants dates; list: one entry a line; html: every line becomes a paragraph."""
    required: bool = False
    longest: int | None = Field(default=None, ge=20)
    """Characters the tool takes; what is longer is cut, and said so."""
    one_line: bool = False
    edits: str = ""
    """For workbooks: the field of the action that the column sets; empty: the column is locked."""
    width: int = 16
    """For workbooks: the width, in characters."""


class Reads(Record):
    """How a CSV export of the tool says what became of an action."""

    key: tuple[str, ...]
    """Headers of the columns that can hold our key, alone or among other words."""
    status: tuple[str, ...]
    """Headers that the state can stand under; the first that is there."""
    states: dict[str, ActionStatus | Literal["keep"]]
    """State in the tool to ours; keep: it says nothing new."""
    resolved: tuple[str, ...] = ()
    """Headers that the day of completion can stand under."""
    dates: tuple[str, ...] = ("%Y-%m-%d",)
    """Formats that day can be written in."""
    overrides: dict[str, dict[str, ActionStatus]] = {}
    """Header to values that decide before the state does, such as a resolution."""


class Tracker(Record):
    """checklists/trackers/*.yaml: how one tool wants actions, and how it gives them back."""

    id: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    title: str
    about: str
    source: str
    """Where the rules come from, and what of them is not confirmed."""
    format: Literal["csv", "jsonl", "ics", "xlsx"]
    columns: tuple[Column, ...] = Field(min_length=1)
    values: dict[str, dict[str, str]] = {}
    people: dict[str, str] = {}
    """Person id or name to the account in the tool; gives the field ``account``."""
    dates: str = "%Y-%m-%d"
    encoding: Literal["utf-8", "utf-8-sig"] = "utf-8"
    delimiter: Literal[",", ";", "\t"] = ","
    guard: str = ""
    """What is set before a cell that a spreadsheet would take for a formula."""
    line_guard: dict[str, str] = {}
    """Begin of a line of our texts that the tool would obey, to what is set before it."""
    leaves_out: tuple[ActionStatus, ...] = ()
    """Actions that are not handed out, by status."""
    most_items: int | None = None
    """Items the tool takes in one file; more go to further files."""
    reads: Reads | None = None


class Item(Record):
    """One action, or one item of the plan that nobody has taken up, as texts by field."""

    id: str
    taken_up: bool
    """False: there is no action file, so nothing of it can be edited."""
    fields: dict[str, str]
    own: dict[str, str] = {}
    """What the action file itself says, by its fields."""


class Row(NamedTuple):
    """An item as one row of a tracker's columns."""

    item: Item
    cells: tuple[str, ...]


class Change(NamedTuple):
    """A field of an action that a file wants changed."""

    where: str
    """Such as ``Actions!F3`` or ``row 3``."""
    action: str
    field: str
    old: str
    new: str


class Proposal(NamedTuple):
    """A step of a finding that what came back speaks for; a person takes it."""

    action: str
    finding: str
    why: str
    command: str
