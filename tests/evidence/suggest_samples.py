"""Documents written as text, and an engagement folder that holds them, for the tests of suggestions."""

from collections.abc import Mapping
from pathlib import Path

from auditkit.base.place import Place
from auditkit.engagement.layout import Layout
from auditkit.engagement.open import OpenEngagement, open_engagement
from auditkit.evidence.model import Passage, ReadDocument

ENGAGEMENT = """\
# Written by people.
id: small
title: A small audit
kind: internal-audit
organisation: {name: Kleinwerk}
objectives: [See whether it works.]
scope: Everything.
services: [Mail]
catalog: CATALOG
period: {start: 2025-10-01, end: 2026-09-30}
as_of: 2026-10-15
lead_auditor: P-001
people:
  - {id: P-001, name: Ines Falk, role: Lead auditor, side: auditor}
"""
HOME = "iso-iec-20000-1-2018"
MAJOR_INCIDENT = """\
# Major incidents

An incident is a major incident when more than fifty users cannot work any longer.
The duty manager appoints a major incident manager, who leads the work until the service is restored.
Within ten working days a review of the major incident is held and written up.
"""
BUDGET = """\
# Money

The budget of each service is approved by the head of finance in November of every year.
Each month the actual cost is set against the budget and the cost variance is reported.
"""
WORDS = "change, release, incident\n\navailability, continuity, capacity, security\n"


def document(file: str, *texts: str, headings: tuple[str, ...] = ()) -> ReadDocument:
    """A document of some passages, headings first."""
    place = Place(file=f"evidence/{file}", line=1)
    passages = [Passage(place=place, text=text, heading=True) for text in headings]
    passages += [Passage(place=place, text=text) for text in texts]
    return ReadDocument(
        file=file, sha256="aa", size_bytes=1, format="md", status="read", passages=tuple(passages)
    )


def opened(
    folder: Path, files: Mapping[str, str | bytes], register: str = "items: []\n", catalog: str = HOME
) -> OpenEngagement:
    """Write an engagement with these files below evidence/ and open it."""
    (folder / "evidence").mkdir(parents=True)
    (folder / "engagement.yaml").write_text(ENGAGEMENT.replace("CATALOG", catalog), encoding="utf-8")
    (folder / "evidence/register.yaml").write_text(register, encoding="utf-8")
    for name, content in files.items():
        path = folder / "evidence" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return open_engagement(Layout(folder))
