"""What `report write` attests: reports of this run alone, and a manifest that holds offline or is not there."""

import hashlib
import json
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from auditkit.cli.main import cli

ENGAGEMENT = """\
# Written by people.
id: small
title: A small audit
kind: internal-audit
organisation: {{name: Kleinwerk}}
objectives: [See whether it works.]
scope: Everything.
period: {{start: 2025-10-01, end: 2026-09-30}}
as_of: 2026-10-15
lead_auditor: P-001
people:
  - {{id: P-001, name: Ines Falk, role: Lead auditor, side: auditor, ssh_key: "{key}"}}
  - {{id: P-002, name: Ole Brandt, role: Auditor, side: auditor}}
"""
NAME = "evidence-manifest.json"
with_keys = pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="there is no ssh-keygen here")


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The private key of the lead auditor."""
    path = tmp_path_factory.mktemp("keys") / "lead"
    if shutil.which("ssh-keygen"):
        subprocess.run(
            ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "lead", "-f", str(path)], check=True
        )
    else:
        path.with_suffix(".pub").write_text(f"ssh-ed25519 {'A' * 68} lead\n", encoding="ascii")
    return path


@pytest.fixture
def folder(tmp_path: Path, key: Path) -> Path:
    """An engagement with one file, whose lead auditor has a key."""
    made = tmp_path / "audit"
    (made / "evidence").mkdir(parents=True)
    line = key.with_suffix(".pub").read_text(encoding="ascii").strip()
    (made / "engagement.yaml").write_text(ENGAGEMENT.format(key=line), encoding="utf-8")
    (made / "evidence/policy.md").write_text("# Policy\n", encoding="utf-8")
    return made


def call(folder: Path, *words: str) -> Result:
    """Run a command on the engagement."""
    return CliRunner().invoke(cli, [*words, "--engagement", str(folder)])


def subjects(folder: Path) -> dict[str, str]:
    """Return what the statement is about."""
    path = folder / "reports/interchange/assessment.intoto.json"
    listed = json.loads(path.read_text(encoding="utf-8"))["subject"]
    return {one["name"]: one["digest"]["sha256"] for one in listed}


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_the_statement_names_the_reports_of_this_run_with_the_digests_on_the_disk(folder: Path) -> None:
    assert call(folder, "run", "--no-pdf").exit_code == 0
    assert call(folder, "report", "write", "in-toto", "junit").exit_code == 0
    found = subjects(folder)
    assert set(found) == {
        "assessment.json",
        "audit-report.html",
        "requirements.junit.xml",
        "evidence/policy.md",
    }
    for name in ("assessment.json", "audit-report.html", "interchange/requirements.junit.xml"):
        assert found[name.rpartition("/")[2]] == sha256(folder / "reports" / name)
    assert found["evidence/policy.md"] == sha256(folder / "evidence/policy.md")


def test_a_report_of_another_run_is_left_out_and_named(folder: Path) -> None:
    assert call(folder, "run", "--no-pdf").exit_code == 0
    page = folder / "reports/audit-report.html"
    page.write_text(page.read_text(encoding="utf-8").replace("Kleinwerk", "Grosswerk"), encoding="utf-8")
    done = call(folder, "report", "write", "in-toto")
    assert "audit-report.html cannot be traced to this run" in done.output
    assert "audit-report.html" not in subjects(folder)


@with_keys
def test_a_signed_manifest_holds_for_ssh_keygen_alone(folder: Path, key: Path, tmp_path: Path) -> None:
    assert call(folder, "report", "write", "manifest", "--sign", str(key)).exit_code == 0
    written = folder / "reports/interchange" / NAME
    public = " ".join(key.with_suffix(".pub").read_text(encoding="ascii").split()[:2])
    (tmp_path / "allowed").write_text(f'P-001 namespaces="auditkit" {public}\n', encoding="ascii")
    words = ["ssh-keygen", "-Y", "verify", "-n", "auditkit", "-I", "P-001", "-f", str(tmp_path / "allowed")]
    words += ["-s", f"{written}.sig"]
    text = written.read_bytes()
    assert subprocess.run(words, input=text, capture_output=True, check=False).returncode == 0
    assert subprocess.run(words, input=text + b" ", capture_output=True, check=False).returncode != 0


@with_keys
def test_a_signature_stays_while_the_manifest_is_the_same_and_goes_when_it_changes(
    folder: Path, key: Path
) -> None:
    assert call(folder, "report", "write", "manifest", "--sign", str(key)).exit_code == 0
    signature = folder / f"reports/interchange/{NAME}.sig"
    assert call(folder, "report", "write", "manifest").exit_code == 0
    assert signature.exists()
    (folder / "evidence/more.md").write_text("# More\n", encoding="utf-8")
    assert call(folder, "report", "write", "manifest").exit_code == 0
    assert not signature.exists()


@with_keys
def test_verify_checks_the_signature_and_every_file(folder: Path, key: Path) -> None:
    assert call(folder, "report", "write", "manifest", "--sign", str(key)).exit_code == 0
    (folder / "evidence/policy.md").write_text("# Another\n", encoding="utf-8")
    (folder / "evidence/more.md").write_text("# More\n", encoding="utf-8")
    done = CliRunner().invoke(cli, ["report", "verify", "--engagement", str(folder)], standalone_mode=False)
    assert done.return_value == 3
    assert done.output.splitlines() == [
        f"{NAME}: 1 file, 2 not as it says.",
        "  changed  policy.md",
        "  added    more.md",
        "The signature of P-001 holds.",
    ]


@with_keys
def test_verify_refuses_a_manifest_that_was_changed_after_it_was_signed(folder: Path, key: Path) -> None:
    assert call(folder, "report", "write", "manifest", "--sign", str(key)).exit_code == 0
    path = folder / f"reports/interchange/{NAME}"
    path.write_text(path.read_text(encoding="utf-8").replace("small", "large"), encoding="utf-8")
    done = CliRunner().invoke(cli, ["report", "verify", "-e", str(folder)], standalone_mode=False)
    assert done.return_value == 3
    assert "The signature is not one of the text it stands beside." in done.output


def test_verify_without_a_signature_says_so_and_follows_no_path_out(folder: Path, tmp_path: Path) -> None:
    assert call(folder, "report", "write", "manifest").exit_code == 0
    done = CliRunner().invoke(cli, ["report", "verify", "-e", str(folder)], standalone_mode=False)
    assert (done.return_value, done.output) == (0, f"{NAME}: 1 file, all as it says.\nIt is not signed.\n")
    path = folder / f"reports/interchange/{NAME}"
    path.write_text(
        path.read_text(encoding="utf-8").replace("policy.md", "../engagement.yaml"), encoding="utf-8"
    )
    done = CliRunner().invoke(cli, ["report", "verify", "-e", str(folder)], standalone_mode=False)
    assert "  missing  ../engagement.yaml" in done.output


def test_verify_says_what_to_do_where_there_is_no_manifest(folder: Path) -> None:
    done = call(folder, "report", "verify")
    assert "Write one with auditkit report write manifest" in str(done.exception)


def test_a_person_without_a_key_cannot_sign(folder: Path, key: Path) -> None:
    key.touch()
    done = call(folder, "report", "write", "manifest", "--sign", str(key), "--by", "P-002")
    assert "engagement.yaml has no key of Ole Brandt. Add ssh_key to P-002 there" in str(done.exception)
    assert not (folder / "reports").exists()


def test_only_the_manifest_is_signed(folder: Path, key: Path) -> None:
    done = call(folder, "report", "write", "sarif", "--sign", str(key))
    assert "Add manifest to the formats." in str(done.exception)
