"""`auditkit report`: formats by name, in a folder of their own, never among what people write."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from auditkit.cli.main import cli
from auditkit.reporting.interchange.formats import FORMATS

ENGAGEMENT = """\
# Written by people.
id: small
title: A small audit
kind: internal-audit
organisation: {name: Kleinwerk}
objectives: [See whether it works.]
scope: Everything.
period: {start: 2025-10-01, end: 2026-09-30}
as_of: 2026-10-15
lead_auditor: P-001
people:
  - {id: P-001, name: Ines Falk, role: Lead auditor, side: auditor}
  - {id: P-010, name: Jan Otte, role: Manager, side: auditee}
"""
REGISTER = """\
# Written by people.
items:
  - {id: EV-001, title: Policy, file: policy.md, kind: document, document_type: service_management_policy, owner: Jan Otte}
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An engagement with one document."""
    made = tmp_path_factory.mktemp("audit")
    (made / "evidence").mkdir()
    (made / "engagement.yaml").write_text(ENGAGEMENT, encoding="utf-8")
    (made / "evidence/register.yaml").write_text(REGISTER, encoding="utf-8")
    (made / "evidence/policy.md").write_text("# Policy\n\nOwner: Jan Otte\n", encoding="utf-8")
    return made


def report(folder: Path, *words: str) -> Result:
    """Run a command of the group on the engagement."""
    return CliRunner().invoke(cli, ["report", *words, "--engagement", str(folder)])


def test_all_formats_are_written_among_the_reports_and_again_with_the_same_bytes(folder: Path) -> None:
    written = folder / "reports/interchange"
    assert report(folder, "write", "all").exit_code == 0
    first = {path.name: path.read_bytes() for path in written.iterdir()}
    assert set(first) == {one.file for one in FORMATS}
    assert report(folder, "write", "all").exit_code == 0
    assert {path.name: path.read_bytes() for path in written.iterdir()} == first


def test_redacted_ones_lie_apart_and_name_nobody_of_the_auditee(folder: Path) -> None:
    assert report(folder, "write", "all", "--redacted").exit_code == 0
    assert report(folder, "write", "markdown").exit_code == 0
    assert "Otte" in (folder / "reports/interchange/audit-report.md").read_text(encoding="utf-8")
    texts = [path.read_text(encoding="utf-8") for path in (folder / "reports/redacted/interchange").iterdir()]
    assert len(texts) == len(FORMATS)
    assert not any("Otte" in text for text in texts)


def test_the_folder_that_is_named_is_used(folder: Path, tmp_path: Path) -> None:
    done = report(folder, "write", "sarif", "--to", str(tmp_path / "out"))
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["findings.sarif"]
    assert "DRAFT" in done.output


def test_a_name_that_is_no_format_is_refused_with_those_that_are(folder: Path) -> None:
    done = report(folder, "write", "sarfi")
    assert "sarfi: there is no such format. Choose from sarif, " in str(done.exception)


@pytest.mark.parametrize("kept", ["evidence", "workpapers/findings", "overlays"])
def test_nothing_computed_is_written_among_what_people_write(folder: Path, kept: str) -> None:
    done = report(folder, "write", "junit", "--to", str(folder / kept))
    assert "Name another folder with --to." in str(done.exception)
    assert not list(folder.glob(f"{kept}/*.xml"))


def test_a_file_is_no_folder(folder: Path) -> None:
    done = report(folder, "write", "junit", "--to", str(folder / "engagement.yaml"))
    assert "is a file. Name a folder with --to." in str(done.exception)
    assert (folder / "engagement.yaml").read_text(encoding="utf-8") == ENGAGEMENT
