"""A command line to test, and a small engagement to test it on."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

from in_process import TERMINAL, call

DOCUMENT = """\
---
title: Change management policy
version: "2.1"
approved by: Head of IT services
effective from: 2025-11-01
---
# Change management policy

Every change is a standard, a normal or an emergency change, and the change board decides on each normal change.
"""
RECORDS = """\
id,type,status,requester,implementer,approver,opened_at,approved_at,actual_start,actual_end,closed_at
C-1,normal,closed,Ana,Ben,Cem,2026-01-05 09:00,2026-01-06 10:00,2026-01-07 20:00,2026-01-07 21:00,2026-01-08 09:00
C-2,normal,closed,Ana,Ben,Cem,2026-02-05 09:00,2026-02-09 10:00,2026-02-07 20:00,2026-02-07 21:00,2026-02-09 11:00
"""
REGISTER = """\
# Written by people: every file received.
items:
  - id: EV-001
    title: Change management policy
    file: documents/policy.md
    kind: document
    document_type: change_management_policy
    approvals: [{by: Head of IT services, at: 2025-10-20}]
  - {id: EV-002, title: Changes, file: records/changes.csv, kind: record_export, dataset: change}
"""
JUDGEMENTS = """\
# Written by people: what auditors decided.
judgements:
  - id: J-001
    point: 5.1-1a
    verdict: conforms
    rationale: The policy follows the strategy paper.
    by: P-001
    at: 2026-10-08
    on: [EV-001]
"""


def auditkit(*words: str, at: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command in a folder, with nothing of the tester's terminal in its environment."""
    return call(*words, at=at, environment=environment)


def auditkit_process(*words: str, at: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command as `auditkit` does, in a process of its own, for what only that shows."""
    clean = {key: value for key, value in os.environ.items() if key not in TERMINAL}
    return subprocess.run(
        [sys.executable, "-m", "auditkit", *words],
        cwd=at,
        env=clean | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def make(folder: Path) -> Path:
    """Make a small engagement: one document, one export with one late approval, one judgement."""
    done = auditkit("init", folder.name, "--start", "2025-10-01", "--end", "2026-09-30", at=folder.parent)
    assert done.returncode == 0, done.stderr
    (folder / "evidence/documents/policy.md").write_text(DOCUMENT, encoding="utf-8")
    (folder / "evidence/records/changes.csv").write_text(RECORDS, encoding="utf-8")
    (folder / "evidence/register.yaml").write_text(REGISTER, encoding="utf-8")
    (folder / "workpapers/judgements/judgements.yaml").write_text(JUDGEMENTS, encoding="utf-8")
    return folder


def tree(folder: Path, *without: str) -> dict[str, str]:
    """Return the digest of every file of a folder, leaving out some of its parts."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.relative_to(folder).parts[0] not in without
    }
