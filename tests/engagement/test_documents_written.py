"""`auditkit report write` for documents: by name and face, apart from the formats, left alone while nothing changed."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from auditkit.cli.main import cli
from auditkit.reporting.documents.outputs import OUTPUTS

ENGAGEMENT = """\
# Written by people.
id: small
title: A small audit
kind: {kind}
organisation: {{name: Kleinwerk}}
objectives: [See whether it works.]
scope: Everything.
period: {{start: 2025-10-01, end: 2026-09-30}}
as_of: 2026-10-15
lead_auditor: P-001
people:
  - {{id: P-001, name: Ines Falk, role: Lead auditor, side: auditor}}
  - {{id: P-010, name: Jan Otte, role: Manager, side: auditee}}
"""
REGISTER = """\
# Written by people.
items:
  - {id: EV-001, title: Policy, file: policy.md, kind: document, document_type: service_management_policy, owner: Jan Otte}
"""


def engagement(folder: Path, kind: str = "internal-audit") -> Path:
    """An engagement with one document."""
    (folder / "evidence").mkdir(parents=True)
    (folder / "engagement.yaml").write_text(ENGAGEMENT.format(kind=kind), encoding="utf-8")
    (folder / "evidence/register.yaml").write_text(REGISTER, encoding="utf-8")
    (folder / "evidence/policy.md").write_text("# Policy\n\nOwner: Jan Otte\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return engagement(tmp_path_factory.mktemp("audit") / "small")


def write(folder: Path, *words: str) -> Result:
    """Run the command on the engagement."""
    return CliRunner().invoke(cli, ["report", "write", *words, "--engagement", str(folder)])


def test_every_document_is_written_in_the_faces_that_are_named(folder: Path, tmp_path: Path) -> None:
    done = write(folder, "documents", "--as", "md", "--as", "html", "--to", str(tmp_path))
    assert done.exit_code == 0, done.output
    assert {path.name for path in tmp_path.iterdir()} == {
        f"{one.id}.{face}" for one in OUTPUTS for face in ("md", "html")
    }
    assert done.output.splitlines()[0].startswith("14 files of run ")
    assert done.output.splitlines()[-1] == "DRAFT: not signed by the lead auditor"


def test_documents_and_formats_lie_in_folders_of_their_own(folder: Path) -> None:
    done = write(folder, "scope", "junit", "--as", "docx")
    assert done.exit_code == 0, done.output
    assert (folder / "reports/documents/scope.docx").is_file()
    assert (folder / "reports/interchange/requirements.junit.xml").is_file()
    assert done.output.count("1 file of run ") == 2


def test_a_document_is_among_what_the_statement_of_the_same_call_vouches_for(
    folder: Path, tmp_path: Path
) -> None:
    assert write(folder, "in-toto", "scope", "--as", "md", "--to", str(tmp_path)).exit_code == 0
    assert '"name": "scope.md"' in (tmp_path / "assessment.intoto.json").read_text(encoding="utf-8")


def test_a_pdf_is_printed_again_only_when_something_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = engagement(tmp_path / "small")
    made = small / "reports/documents/scope.pdf"
    assert write(small, "scope").exit_code == 0
    first = made.read_bytes()
    printed: list[str] = []

    def note(markup: str, targets: Mapping[str, Path], *_: object) -> int:
        printed.append(markup)
        targets["plain"].write_bytes(b"%PDF-")
        return 1

    monkeypatch.setattr("auditkit.reporting.pdf.write_pdf", note)
    assert write(small, "scope").exit_code == 0
    assert printed == []
    assert made.read_bytes() == first
    text = (small / "engagement.yaml").read_text(encoding="utf-8")
    (small / "engagement.yaml").write_text(text.replace("Everything.", "One service."), encoding="utf-8")
    assert write(small, "scope").exit_code == 0
    assert len(printed) == 1
    assert "One service." in printed[0]
    made.write_bytes(b"somebody else's")
    assert write(small, "scope").exit_code == 0
    assert len(printed) == 2


def test_redacted_ones_lie_apart_and_name_nobody_of_the_auditee(folder: Path) -> None:
    assert write(folder, "documents", "--as", "md").exit_code == 0
    assert write(folder, "documents", "--as", "md", "--redacted").exit_code == 0
    whole = {
        path.name: path.read_text(encoding="utf-8") for path in (folder / "reports/documents").glob("*.md")
    }
    apart = {
        path.name: path.read_text(encoding="utf-8")
        for path in (folder / "reports/redacted/documents").iterdir()
    }
    assert whole.keys() == apart.keys()
    assert "Otte" in whole["scope.md"]
    assert [name for name, text in apart.items() if "Otte" in text] == []
    assert all("replaced by roles and numbers" in text for text in apart.values())


def test_a_kind_without_a_plan_has_no_document_of_one(tmp_path: Path) -> None:
    small = engagement(tmp_path / "small", "supplier-audit")
    refused = write(small, "improvement-plan", "--as", "md", "--to", str(tmp_path / "out"))
    assert "an engagement of the kind supplier-audit has no section plan" in str(refused.exception)
    assert not (tmp_path / "out").exists()
    assert write(small, "documents", "--as", "md", "--to", str(tmp_path / "out")).exit_code == 0
    assert len(list((tmp_path / "out").iterdir())) == len(OUTPUTS) - 1


def test_nothing_computed_is_written_among_what_people_write(folder: Path) -> None:
    done = write(folder, "scope", "--as", "md", "--to", str(folder / "workpapers"))
    assert "Name another folder with --to." in str(done.exception)


def test_a_name_that_is_none_is_refused_with_the_documents_there_are(folder: Path) -> None:
    assert "documents gap-analysis, readiness, " in str(write(folder, "scop").exception)
