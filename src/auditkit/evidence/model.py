"""The nouns of evidence: received files, the register, requests, what was read in them, and datasets."""

from datetime import date
from typing import Literal

from pydantic import Field

from auditkit.base.issue import InputIssue
from auditkit.base.model import Record
from auditkit.base.period import Period
from auditkit.base.place import Place

EvidenceKind = Literal["document", "record_export", "statement", "observation"]
EvidenceStatus = Literal["current", "superseded", "draft"]
RequestAnswer = Literal["open", "received", "refused", "does_not_exist"]
ReadStatus = Literal["read", "partly_read", "skipped"]
FieldType = Literal["text", "integer", "number", "boolean", "date", "datetime"]
DurationUnit = Literal["seconds", "minutes", "hours", "days", "months", "clock"]
"""``clock`` is H:MM or H:MM:SS."""


class Approval(Record):
    """Who approved a document, and when."""

    by: str
    """Name or role as the document or the register states it."""
    at: date | None = None


class EvidenceItem(Record):
    """One received file as the register (evidence/register.yaml) describes it."""

    id: str = Field(pattern=r"^EV-\d{3,}$")
    title: str
    file: str
    """Path below evidence/."""
    kind: EvidenceKind
    document_type: str | None = None
    """For documents: id in checklists/document-types.yaml."""
    dataset: str | None = None
    """For record exports: id in checklists/datasets.yaml."""
    profile: str | None = None
    """Profile of the export; None: detected from the headers, or the dataset's own template."""
    sheet: str | None = None
    owner: str | None = None
    status: EvidenceStatus = "current"
    version: str | None = None
    effective_at: date | None = None
    """The day from which it is true, never the day it was uploaded."""
    next_review_at: date | None = None
    period: Period | None = None
    """For records: the period covered."""
    source: str | None = None
    """System it came from."""
    filter: str | None = None
    """Query or filter of the export."""
    control_total: int | None = None
    """Number of rows the source system reported."""
    received_at: date | None = None
    received_from: str | None = None
    classification: str | None = None
    approvals: tuple[Approval, ...] = ()
    links: tuple[str, ...] = ()
    """Points it bears on beyond what its type says."""
    services: tuple[str, ...] = ()
    """Services of engagement.yaml it speaks of; the lens by service groups by them."""
    sites: tuple[str, ...] = ()
    """Sites of engagement.yaml it speaks of; the lens by site groups by them."""
    replaces: str | None = None
    note: str = ""


class Register(Record):
    """evidence/register.yaml."""

    items: tuple[EvidenceItem, ...] = ()
    documents_complete: bool = False
    """The auditee declares that every document that exists was handed over."""
    declared_by: str | None = None
    declared_at: date | None = None
    complete_datasets: tuple[str, ...] = ()
    """Datasets the auditee declares complete."""


class EvidenceRequest(Record):
    """What was asked for, when, of whom, and the answer."""

    id: str = Field(pattern=r"^RQ-\d{3,}$")
    asked_for: str
    document_type: str | None = None
    dataset: str | None = None
    points: tuple[str, ...] = ()
    asked_at: date
    asked_of: str
    answer: RequestAnswer = "open"
    answered_by: str | None = None
    answered_at: date | None = None
    evidence: tuple[str, ...] = ()
    note: str = ""


class RequestList(Record):
    """evidence/requests.yaml."""

    requests: tuple[EvidenceRequest, ...] = ()


class LockEntry(Record):
    """What a file was when it was accepted."""

    sha256: str
    size_bytes: int
    dataset: str | None = None
    """What it was accepted as, so that its disappearance is noticed and caps that dataset."""
    document_type: str | None = None


class Lock(Record):
    """evidence/register.lock.json, written only by ``auditkit evidence accept``."""

    computed: Literal["written by auditkit evidence accept; do not edit"] = (
        "written by auditkit evidence accept; do not edit"
    )
    entries: dict[str, LockEntry] = {}
    """Keyed by evidence id."""


class Passage(Record):
    """A piece of text read in a file, with its place."""

    place: Place
    text: str
    heading: bool = False


class DocumentMeta(Record):
    """What a document says of itself: front matter, properties, cover table. None: it does not say."""

    title: str | None = None
    version: str | None = None
    owner: str | None = None
    author: str | None = None
    approver: str | None = None
    approved_at: date | None = None
    effective_at: date | None = None
    next_review_at: date | None = None
    status: str | None = None


class ReadDocument(Record):
    """What was read in one file. A file that could not be read has no passages and says why."""

    file: str
    sha256: str
    size_bytes: int
    format: str
    """Sniffed from the bytes, not the name: md, txt, html, docx, pdf, xlsx, pptx, odt, csv, json, eml, ..."""
    status: ReadStatus
    why: str = ""
    """For partly_read and skipped: the reason."""
    meta: DocumentMeta = DocumentMeta()
    passages: tuple[Passage, ...] = ()
    issues: tuple[InputIssue, ...] = ()


class DatasetField(Record):
    """One field of a dataset of the canonical model."""

    name: str
    type: FieldType
    about: str
    """What it holds: unit, what empty means."""
    values: tuple[str, ...] = ()
    """Closed list of canonical values; empty: free."""
    example: str = ""
    person: bool = False
    """The cells name persons: by name, account or number. Pseudonyms and redacted reports go by it."""


class Dataset(Record):
    """One kind of record in the canonical model (checklists/datasets.yaml)."""

    id: str
    title: str
    about: str
    key: str
    """The field that identifies a row."""
    dated_by: str | None = None
    """The field that puts a row in time, for coverage of the period."""
    clauses: tuple[str, ...]
    fields: tuple[DatasetField, ...]

    def field(self, name: str) -> DatasetField | None:
        """Return the field of that name, or None."""
        return next((one for one in self.fields if one.name == name), None)


class DatasetFile(Record):
    """checklists/datasets.yaml."""

    datasets: tuple[Dataset, ...]


class ProfileField(Record):
    """How a canonical field is found in an export."""

    headers: tuple[str, ...]
    """Candidate column headers, first match wins, compared without case and outer blanks."""
    join: str | None = None
    """Text put between the cells of all columns that carry one of the headers; None: one column is used."""
    values: dict[str, str] = {}
    """Export value to canonical value, compared without case."""
    patterns: dict[str, str] = {}
    """Regular expression of a whole cell, without case, to canonical value; for cells ``values`` leaves.

    The first that fits decides; it cannot look around or back.
    """
    leading_digits: bool = False
    """Take the leading number of values such as ``3 - Moderate``."""
    without_blanks: bool = False
    """Take blanks out of cells such as ``12 345``, where they group thousands."""
    invert: bool = False
    """For booleans: the export states the opposite (``made_sla`` for ``breached``)."""
    unit: DurationUnit | None = None
    """The cell is a length of time; number fields get it in the unit their own name ends with."""
    after: str | None = None
    """For dates given as a length of time: the date field from which the cell counts."""


class RowRule(Record):
    """Rows of an export that are no records of the dataset."""

    headers: tuple[str, ...]
    """Candidate headers of the column that tells; without it all rows stay."""
    values: tuple[str, ...]
    """Cells, compared without case, whose rows are set aside; all other rows stay."""
    reason: str
    """What the rows are, under which they are counted: ``another kind of ticket``."""


class Profile(Record):
    """How the export of one tool maps to a dataset (checklists/profiles/*.yaml)."""

    id: str
    title: str
    tool: str
    dataset: str
    date_formats: tuple[str, ...]
    """strptime formats; the one that parses the whole column is used."""
    declared_date_format: bool = False
    """True: the first format is used as declared; cells that fail become unknown and are counted."""
    pivot_year: int | None = None
    """For two-digit years: years from this one on belong to the 1900s."""
    time_zone: str | None = None
    """IANA name; None: the engagement's."""
    null_values: tuple[str, ...] = ("",)
    true_values: tuple[str, ...] = ("true", "yes", "1", "y")
    false_values: tuple[str, ...] = ("false", "no", "0", "n")
    collapse_to_last_by: str | None = None
    """Event logs: canonical field by which rows collapse to the last one in file order."""
    set_aside: tuple[RowRule, ...] = ()
    """Rows that are left out and counted; the first rule that speaks of a row decides."""
    fields: dict[str, ProfileField]
    """Keyed by canonical field name."""


class FieldQuality(Record):
    """What became of one field when an export was read."""

    field: str
    header: str | None
    """Column it came from; None: not in the export."""
    nulls: int
    unparseable: int


class TableReading(Record):
    """What became of one export: the counts that say whether nothing was lost."""

    evidence: str
    dataset: str
    profile: str
    rows_in_file: int
    rows_kept: int
    dropped: dict[str, int] = {}
    """Reason to number of rows."""
    duplicates: int = 0
    fields: tuple[FieldQuality, ...] = ()
    unmapped_headers: tuple[str, ...] = ()
    control_total: int | None = None
    first_at: date | None = None
    last_at: date | None = None
    issues: tuple[InputIssue, ...] = ()
    readable: bool = True
    longest_text_bytes: int = Field(default=0, exclude_if=lambda bytes_: not bytes_)
    """Length of the longest text, where there are long ones."""
