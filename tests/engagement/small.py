"""A small engagement folder, written as text, for tests that run the whole pipeline."""

from pathlib import Path

from auditkit.engagement.layout import Layout
from auditkit.engagement.open import open_engagement
from auditkit.engagement.run import RunOptions, RunOutcome, assess

ENGAGEMENT = """\
# Written by people.
id: small
title: A small audit
kind: internal-audit
organisation: {{name: Kleinwerk}}
objectives: [See whether it works.]
scope: Everything.
services: [Mail, ERP]
sites: [Kiel]
catalog: {catalog}
period: {{start: 2025-10-01, end: 2026-09-30}}
as_of: 2026-10-15
lead_auditor: P-001
people:
  - {{id: P-001, name: Ines Falk, role: Lead auditor, side: auditor}}
  - {{id: P-010, name: Jan Otte, role: Manager, side: auditee}}
{more}
"""


def engagement(
    folder: Path, catalog: str = "iso-iec-20000-1-2018", more: str = "", files: dict[str, str] | None = None
) -> Layout:
    """Write an engagement with the given files (path below the folder to text) and return its layout."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "engagement.yaml").write_text(ENGAGEMENT.format(catalog=catalog, more=more), encoding="utf-8")
    (folder / "evidence").mkdir(exist_ok=True)
    for name, text in {"evidence/register.yaml": "items: []\n", **(files or {})}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return Layout(folder)


def ran(layout: Layout) -> RunOutcome:
    """Open and assess."""
    return assess(open_engagement(layout), RunOptions())
