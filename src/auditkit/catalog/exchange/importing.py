"""The face of imports: recognise a file by its content, and read it as a foreign catalog or as crosswalks."""

from pathlib import Path
from typing import Any, Literal, NamedTuple

from auditkit.base.issue import InputIssue
from auditkit.catalog.crosswalk import Crosswalk
from auditkit.catalog.exchange.ciso_count import frameworks_of
from auditkit.catalog.exchange.ciso_read import read_ciso
from auditkit.catalog.exchange.issues import Notes
from auditkit.catalog.exchange.model import ForeignCatalog
from auditkit.catalog.exchange.oscal_mapping import read_oscal_mapping
from auditkit.catalog.exchange.oscal_read import read_oscal
from auditkit.catalog.exchange.sheet_read import is_header, read_csv, read_workbook
from auditkit.catalog.exchange.source import Source, read_bytes, read_structured

Kind = Literal["oscal-catalog", "oscal-mapping", "ciso-library", "workbook", "csv"]

_OTHER_MODELS = (
    "profile", "component-definition", "system-security-plan", "assessment-plan", "assessment-results",
    "plan-of-action-and-milestones",
)  # fmt: skip
_HEAD_BYTES = 4096


class _Opened(NamedTuple):
    """What a file is, with its bytes and, where it has a structure, its data."""

    kind: Kind
    data: bytes
    source: Source | None = None


def recognise(path: Path, file: str) -> tuple[Kind | None, tuple[InputIssue, ...]]:
    """Tell what a file is, by its content; None, with the reason, for what cannot be imported."""
    notes = Notes(file)
    opened = _open(path, notes)
    return (opened.kind if opened is not None else None), notes.close()


def read_foreign(
    path: Path, file: str, framework: str = ""
) -> tuple[ForeignCatalog | None, tuple[InputIssue, ...]]:
    """Read a catalog of any kind. ``file``: its name in places; ``framework``: the one wanted of several in a library."""
    notes = Notes(file)
    opened = _open(path, notes)
    found: ForeignCatalog | None = None
    if opened is None:
        pass
    elif opened.kind == "workbook":
        found = read_workbook(path, notes)
    elif opened.kind == "csv":
        found = read_csv(opened.data, notes)
    elif opened.source is not None and opened.kind == "oscal-catalog":
        found = read_oscal(opened.source, notes)
    elif opened.source is not None and opened.kind == "ciso-library":
        found = read_ciso(opened.source, notes, framework)
    else:
        notes.add("import-format", "This is a mapping between catalogs, not a catalog.")
    return found, notes.close()


def read_mappings(path: Path, file: str) -> tuple[tuple[Crosswalk, ...], tuple[InputIssue, ...]]:
    """Read the crosswalks of an OSCAL mapping collection."""
    notes = Notes(file)
    opened = _open(path, notes)
    found: tuple[Crosswalk, ...] = ()
    if opened is not None and opened.source is not None and opened.kind == "oscal-mapping":
        found = read_oscal_mapping(opened.source, notes)
    elif opened is not None:
        notes.add("import-format", "This is no mapping between catalogs.")
    return found, notes.close()


def _open(path: Path, notes: Notes) -> _Opened | None:
    data = read_bytes(path, notes)
    if data is None:
        return None
    if data.startswith(b"PK\x03\x04"):
        return _Opened("workbook", data)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        notes.add(
            "import-format", "This is an old or encrypted Office file; save it as .xlsx without a password."
        )
        return None
    if not data.strip(b"\xef\xbb\xbf \t\r\n"):
        notes.add("import-empty", "The file is empty.")
        return None
    if _is_csv(path, data):
        return _Opened("csv", data)
    source = read_structured(data, notes)
    if source is None:
        return None
    kind = _kind(source.data, notes)
    return None if kind is None else _Opened(kind, data, source)


def _is_csv(path: Path, data: bytes) -> bool:
    """Tell by the first line that holds anything; a name that ends in .csv is believed where the line is unclear."""
    head = data[:_HEAD_BYTES]
    text = head.decode("utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig", errors="replace")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("sep=")]
    return bool(lines) and (is_header(lines[0]) or path.suffix.lower() in (".csv", ".tsv"))


def _kind(data: Any, notes: Notes) -> Kind | None:
    if not isinstance(data, dict):
        notes.add("import-format", "The file holds neither a catalog nor a sheet with the column id.")
        return None
    if "catalog" in data or ("metadata" in data and ("groups" in data or "controls" in data)):
        return "oscal-catalog"
    if "mapping-collection" in data:
        return "oscal-mapping"
    other = next((name for name in _OTHER_MODELS if name in data), None)
    if other is not None:
        notes.add(
            "import-format", f"This is an OSCAL {other}, not a catalog; resolve profiles to a catalog first."
        )
        return None
    if frameworks_of(data):
        return "ciso-library"
    if "objects" in data:
        notes.add("import-empty", "The library holds no framework.")
        return None
    notes.add("import-format", "The file is neither an OSCAL catalog nor a CISO Assistant library.")
    return None
