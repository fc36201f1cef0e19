"""A small engagement about changes whose approvals can be early or late, and the finding commands on it."""

from pathlib import Path

from click.testing import CliRunner, Result

from auditkit.cli.main import cli
from auditkit.engagement.layout import Layout
from auditkit.engagement.open import OpenEngagement, open_engagement
from auditkit.engagement.run import RunOptions, assess
from auditkit.findings.model import Finding
from auditkit.reporting.model import Run

TEST = "record.normal_change_approved_before_implementation"
ENGAGEMENT = """\
# Written by people.
id: small
title: A small audit
kind: internal-audit
organisation: {{name: Kleinwerk}}
objectives: [See whether it works.]
scope: Everything.
catalog: iso-iec-20000-1-2018
period: {{start: {start}, end: {end}}}
as_of: {as_of}
lead_auditor: P-001
people:
  - {{id: P-001, name: Ines Falk, role: Lead auditor, side: auditor}}
  - {{id: P-002, name: Ole Brandt, role: Auditor, side: auditor}}
  - {{id: P-010, name: Jan Otte, role: Change manager, side: auditee}}
"""
REGISTER = """\
# Written by people.
items:
  - {id: EV-001, title: Changes, file: changes.csv, kind: record_export, dataset: change}
  - {id: EV-002, title: Screenshot of the workflow, file: workflow.md, kind: document, document_type: change_procedure}
"""


def make(folder: Path, late: int = 3, changes: int = 40) -> Path:
    """Write an engagement with so many normal changes, some of them approved after they started."""
    (folder / "evidence").mkdir(parents=True)
    (folder / "evidence/register.yaml").write_text(REGISTER, encoding="utf-8")
    (folder / "evidence/workflow.md").write_text(
        "The workflow refuses the state without an approval.\n", encoding="utf-8"
    )
    period(folder, "2025-10-01", "2026-09-30", "2026-10-15")
    records(folder, "2026", "03", late, changes)
    return folder


def period(folder: Path, start: str, end: str, as_of: str) -> None:
    """Set the audit period and the day the engagement speaks of."""
    text = ENGAGEMENT.format(start=start, end=end, as_of=as_of)
    (folder / "engagement.yaml").write_text(text, encoding="utf-8")


def records(folder: Path, year: str, month: str, late: int, changes: int = 40) -> None:
    """Write the export of changes of a month: the first ``late`` of them were approved after their start."""
    lines = ["id,type,status,approved_at,actual_start,actual_end,closed_at,opened_at,outcome"]
    for number in range(changes):
        day = f"{year}-{month}-{number % 27 + 1:02d}"
        approved = f"{day} 14:00" if number < late else f"{day} 08:00"
        lines.append(
            f"CHG{year[2:]}{month}{number:03d},normal,closed,{approved},{day} 09:00,{day} 10:00,{day} 12:00,{day} 07:00,successful"
        )
    (folder / "evidence/changes.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def opened(folder: Path) -> OpenEngagement:
    return open_engagement(Layout(folder))


def run(folder: Path) -> Run:
    return assess(opened(folder), RunOptions()).run


def candidate(folder: Path) -> Finding:
    """Return the candidate of the test on approvals."""
    return next(one for one in run(folder).findings if one.procedure == TEST and one.standing == "candidate")


def say(folder: Path, *words: str) -> Result:
    """Call ``auditkit finding`` as the command line does."""
    return CliRunner().invoke(cli, ["finding", *words, "-e", str(folder)])
