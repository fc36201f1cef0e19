"""Business impact in an engagement: the analysis computed from what can be read, its results, and what a failure does."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from auditkit.assessment.model import EvidenceRef, ProcedureResult
from auditkit.assessment.procedures.impact import examine_impact
from auditkit.base.errors import UsageFault
from auditkit.base.issue import InputIssue
from auditkit.base.place import Place
from auditkit.engagement.open import OpenEngagement
from auditkit.impact.analysis import Analysis, Catalogue, analyse, evidence_named
from auditkit.impact.sheets import write_template


class ImpactExamined(NamedTuple):
    """The analysis and what the checks saw in it."""

    analysis: Analysis | None
    results: dict[str, ProcedureResult]
    """By check; empty when no analysis was handed over."""
    issues: tuple[InputIssue, ...]


def examine_analysis(
    opened: OpenEngagement, digests: Mapping[str, str], catalogue: Catalogue | None
) -> ImpactExamined:
    """Compute the analysis and run every check. ``digests``: registered files that can be read, to their digests."""
    loaded = opened.impact
    if not loaded.given:
        return ImpactExamined(None, {}, ())
    references = {
        item.id: EvidenceRef(id=item.id, file=f"evidence/{item.file}", sha256=digests[item.file])
        for item in opened.register.items
        if item.file in digests
    }
    analysis = None
    if loaded.file is not None:
        analysis = analyse(
            loaded.file, complete=loaded.complete, readable=references.keys(), catalogue=catalogue
        )
    results = {
        check.id: examine_impact(check, analysis, loaded.places, loaded.source, references)
        for check in opened.library.impact_checks
    }
    return ImpactExamined(analysis, results, _unregistered(opened))


def write_sheets(to: Path) -> tuple[Path, ...]:
    """Write the empty sheets; UsageFault for a target that is there already."""
    if to.exists() and not (to.is_dir() and not any(to.iterdir())):
        raise UsageFault(f"{to}: it exists already. Name another file or folder.")
    return write_template(to)


def _unregistered(opened: OpenEngagement) -> tuple[InputIssue, ...]:
    """Name the evidence ids that figures cite and that the register does not know."""
    known = {item.id for item in opened.register.items}
    named = evidence_named(opened.impact.file) if opened.impact.file is not None else frozenset()
    return tuple(
        InputIssue(
            code="impact-evidence-unknown",
            severity="warning",
            place=Place(file=opened.impact.source),
            message=f"{one} is cited and is not in the register; its figures count as not known.",
            hint="Register the evidence, or correct the id.",
        )
        for one in sorted(named - known)
    )
