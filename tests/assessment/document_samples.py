"""Documents written as Markdown in a test, read by the reader itself, and examined by the procedure."""

import tempfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from verdict_samples import one_point

from auditkit.assessment.model import ProcedureResult
from auditkit.assessment.procedures.document import DocumentEvidence, examine_document
from auditkit.base.digest import digest_value
from auditkit.catalog.model import DocumentExpectation, DocumentType, Topic
from auditkit.evidence.model import EvidenceItem, EvidenceRequest, ReadDocument, Register
from auditkit.evidence.readers.common import Skipped
from auditkit.evidence.readers.text import read_markdown

OURS = "Kleinwerk Services GmbH"
AS_OF, PERIOD_END = date(2026, 10, 15), date(2026, 9, 30)
DECLARED = {"documents_complete": True, "declared_by": "Lena Hoffmann", "declared_at": "2026-10-06"}
POLICY = DocumentType(
    id="change_management_policy",
    title="Change management policy",
    clauses=("8.5.1",),
    basis="standard",
    names=("change",),
    topics=(
        Topic(id="emergency", name="Emergency changes", basis="standard", cues=(r"\bemergency changes?\b",)),
        Topic(id="categories", name="Categories of change", basis="standard", cues=(r"\bcategories\b",)),
    ),
)
GOOD = """\
# Change management policy

- Version: 2.0
- Status: released
- Owner: Jan Otte
- Author: Sabine Krüger
- Approved by: Anna Berg
- Approved on: 2025-12-20
- Effective from: 2026-01-01
- Next review: 2027-01-01

## Purpose

This policy of Kleinwerk applies to every change of a service.

## Rules

Changes are sorted into three categories by their risk and their extent.

An emergency change is authorised by the duty manager and is reviewed within two days.
"""


def written(text: str, file: str = "policy.md") -> ReadDocument:
    """Read a Markdown text as the reader of evidence does; a text without any content is skipped."""
    document = ReadDocument(
        file=file, sha256=digest_value(text), size_bytes=len(text), format="md", status="skipped"
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "document.md"
        path.write_text(text, encoding="utf-8")
        try:
            found = read_markdown(path, file)
        except Skipped as reason:
            return document.model_copy(update={"why": str(reason)})
    return document.model_copy(
        update={"status": found.status, "why": found.why, "meta": found.meta, "passages": found.passages}
    )


def item(number: int = 1, file: str = "policy.md", **changes: object) -> EvidenceItem:
    """Return a register entry that says no more than it must."""
    values: dict[str, object] = {
        "id": f"EV-{number:03d}",
        "title": "Change management policy",
        "file": file,
        "kind": "document",
        "document_type": "change_management_policy",
    }
    return EvidenceItem.model_validate(values | changes)


def examine(
    shelf: Mapping[EvidenceItem, ReadDocument] | str,
    kind: DocumentType = POLICY,
    topics: tuple[str, ...] = ("emergency", "categories"),
    requests: tuple[EvidenceRequest, ...] = (),
    register: Mapping[str, object] | None = None,
    **more: object,
) -> ProcedureResult:
    """Examine one document given as text, or several with their entries."""
    if isinstance(shelf, str):
        shelf = {item(): written(shelf)}
    evidence = DocumentEvidence(
        register=Register.model_validate({"items": [one.model_dump() for one in shelf], **(register or {})}),
        requests=requests,
        documents={one.file: document for one, document in shelf.items()},
        vanished_types=frozenset(),
        as_of=AS_OF,
        period_end=PERIOD_END,
        organisation=OURS,
    )._replace(**more)  # type: ignore[arg-type]
    return examine_document(one_point(), DocumentExpectation(type=kind.id, topics=topics), kind, evidence)


def reasons(result: ProcedureResult) -> str:
    """Return all reasons of a result in one text."""
    return " ".join(result.reasons)
