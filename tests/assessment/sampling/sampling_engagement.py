"""A small engagement with an export of changes, and the sample commands on it."""

from pathlib import Path
from typing import Any

import openpyxl
from click.testing import CliRunner, Result

from auditkit.cli.sample import sample
from auditkit.engagement.layout import Layout
from auditkit.engagement.open import OpenEngagement, open_engagement

ENGAGEMENT = """\
# Written by people.
id: small
title: A small audit
kind: internal-audit
organisation: {name: Kleinwerk}
objectives: [See whether it works.]
scope: Everything.
sites: [Kiel, Jena, Ulm, Celle, Trier]
catalog: iso-iec-20000-1-2018
period: {start: 2025-10-01, end: 2026-09-30}
as_of: 2026-10-15
lead_auditor: P-001
people:
  - {id: P-001, name: Ines Falk, role: Lead auditor, side: auditor}
  - {id: P-002, name: Ole Brandt, role: Auditor, side: auditor}
"""
REGISTER = """\
# Written by people.
items:
  - {id: EV-001, title: Changes, file: changes.csv, kind: record_export, dataset: change}
"""
DRAW = (
    "draw", "--dataset", "change", "--point", "8.5.1.3-3a", "--where", "type = 'normal'", "--seed", "2026",
    "--attribute", "risk assessed before decision",
)  # fmt: skip


def make(folder: Path, normal: int = 100) -> Path:
    """Write an engagement with so many normal changes and some others."""
    folder.mkdir(parents=True)
    (folder / "evidence").mkdir()
    (folder / "engagement.yaml").write_text(ENGAGEMENT, encoding="utf-8")
    (folder / "evidence/register.yaml").write_text(REGISTER, encoding="utf-8")
    export(folder, normal)
    return folder


def export(folder: Path, normal: int, changed: str | None = None) -> None:
    """Write the export: normal changes C-001 ..., ten emergency changes; ``changed``: one whose risk is another."""
    rows = [(f"C-{number:03d}", "normal") for number in range(1, normal + 1)]
    rows += [(f"E-{number}", "emergency") for number in range(10)]
    lines = ["id,type,risk,opened_at"]
    for at, (key, kind) in enumerate(rows):
        risk = "extreme" if key == changed else ("high", "low")[at % 2]
        lines.append(f"{key},{kind},{risk},2026-01-{at % 28 + 1:02d} 09:00")
    (folder / "evidence/changes.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def opened(folder: Path) -> OpenEngagement:
    """Open it."""
    return open_engagement(Layout(folder))


def run(folder: Path, *words: str) -> Result:
    """Run a sample command as the command line does."""
    return CliRunner().invoke(sample, [*words, "-e", str(folder)], standalone_mode=False)


def fill(folder: Path, answers: dict[str, str] | None = None, name: str = "SA-001", **about: Any) -> None:
    """Fill in the sheet: yes for all, other answers by key with a note, and who did it."""
    path = folder / f"workpapers/samples/{name}.xlsx"
    book = openpyxl.load_workbook(path)
    for row in book["Sample"].iter_rows(min_row=2):
        answer = (answers or {}).get(str(row[1].value), "yes")
        row[6].value, row[7].value = answer, None if answer == "yes" else "seen in the tool"
    book["About"]["B2"].value = about.get("by", "P-002")
    book["About"]["B3"].value = "2026-10-12"
    book.save(path)
    book.close()
