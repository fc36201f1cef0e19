"""Scanning proposes entries that load as they are, and leaves the register to people."""

from pathlib import Path

from auditkit.evidence.model import DocumentMeta, EvidenceItem, ReadDocument, Register
from auditkit.evidence.register import load_register
from auditkit.evidence.scan import propose

NAMES = {"incident_procedure": (r"incident.*(procedure|process)",), "audit_report": (r"audit report",)}


def document(file: str, kind: str = "docx", **changes: object) -> ReadDocument:
    return ReadDocument(file=file, sha256="aa", size_bytes=1, format=kind, status="read").model_copy(
        update=changes
    )


def test_a_proposal_continues_the_ids_and_loads(tmp_path: Path) -> None:
    register = Register(items=(EvidenceItem(id="EV-041", title="Old", file="old.md", kind="document"),))
    meta = DocumentMeta(title='Incident "process": v2', version="2.0", approver="Anna: Berg", owner="Jan")
    files = {
        "old.md": document("old.md"),
        "incident.docx": document("incident.docx", meta=meta),
        "cmdb.csv": document("cmdb.csv", "csv"),
    }
    text = propose(tmp_path, register, files, NAMES)
    (tmp_path / "register.yaml").write_text(f"items:\n{text}")
    loaded = load_register(tmp_path / "register.yaml", "evidence/register.yaml")
    assert loaded.issues == ()
    assert loaded.model is not None
    first, second = loaded.model.items
    assert (first.id, first.file, first.document_type, first.version) == (
        "EV-042",
        "incident.docx",
        "incident_procedure",
        "2.0",
    )
    assert (first.title, first.approvals[0].by) == ('Incident "process": v2', "Anna: Berg")
    assert (second.id, second.kind) == ("EV-043", "record_export")
    assert "guessed from the title" in text
    assert sorted(path.name for path in tmp_path.iterdir()) == ["register.yaml"]


def test_what_could_not_be_read_is_said_and_nothing_new_is_said_too(tmp_path: Path) -> None:
    scan = document("scan.pdf", "pdf", status="skipped", why="it seems to be a scan")
    assert "skipped: it seems to be a scan" in propose(tmp_path, Register(), {"scan.pdf": scan}, NAMES)
    assert "Every file" in propose(tmp_path, Register(), {}, NAMES)
