"""Carry an engagement against an older edition over: its judgements and findings become *previous*.

Nothing is lost: every judgement and every criterion of every finding comes back, resolved to requirements of
the newer edition or unresolved with the clauses in which to look.
"""

import json
from pathlib import Path
from typing import NamedTuple

from pydantic import ValidationError

from auditkit.assessment.engagement import Engagement
from auditkit.assessment.model import JudgementFile
from auditkit.assessment.previous import PreviousFile, PreviousVerdict, carry, carry_judgement
from auditkit.assessment.workpapers import load_folder
from auditkit.base.atomic import write_whole
from auditkit.base.errors import InputsUnreadable, UsageFault
from auditkit.base.issue import InputIssue
from auditkit.base.place import Place
from auditkit.base.yamltext import load_model
from auditkit.catalog.crosswalk import Crosswalk, CrosswalkMap
from auditkit.catalog.load import load_catalog
from auditkit.catalog.load_links import load_crosswalks
from auditkit.engagement.layout import Layout
from auditkit.engagement.migrate_sheet import read_findings
from auditkit.findings.lifecycle import Rules, follow
from auditkit.findings.model import FindingFile

Issues = tuple[InputIssue, ...]


class Migrated(NamedTuple):
    """What was carried over, and what was wrong with the older workpapers."""

    verdicts: tuple[PreviousVerdict, ...]
    crosswalk: Crosswalk
    issues: Issues

    @property
    def unresolved(self) -> tuple[PreviousVerdict, ...]:
        """Return what leads to no requirement."""
        return tuple(one for one in self.verdicts if one.state == "unresolved")


def migrate(source: Layout, target_catalog: str, checklists: Path) -> Migrated:
    """Carry the judgements and findings of an older engagement over to a newer catalog. Writes nothing."""
    loaded = load_model(source.engagement, "engagement.yaml", Engagement)
    if loaded.model is None:
        raise InputsUnreadable("\n".join(str(issue) for issue in loaded.issues))
    old = loaded.model
    crosswalk = _crosswalk(old.catalog, target_catalog, checklists, source)
    judgements, issues = load_folder(source.workpapers / "judgements", "workpapers/judgements", JudgementFile)
    findings, more = load_folder(source.workpapers / "findings", "workpapers/findings", FindingFile)
    given = [judgement for _, file in judgements for judgement in file.judgements]
    replaced = {one.replaces for one in given}
    verdicts = [carry_judgement(one, crosswalk, old.id) for one in given if one.id not in replaced]
    wait = old.parameters.get("verification_wait_days")
    rules = Rules({person.id: person for person in old.people}, int(wait.value) if wait else 0)
    for _, file in findings:
        one, life = file.finding, follow(file, rules)
        verdicts += carry(
            crosswalk,
            old.id,
            one.id,
            one.points,
            f"{life.grade}, {life.state}",
            one.statement.failure,
            one.raised_by,
            one.raised_at,
        )
    return Migrated(tuple(verdicts), crosswalk, (*issues, *more))


def migrate_sheet(path: Path, source_catalog: str, target_catalog: str, checklists: Path) -> Migrated:
    """Carry a sheet of old findings over. Writes nothing."""
    crosswalk = _crosswalk(source_catalog, target_catalog, checklists)
    verdicts, issues = read_findings(path, crosswalk)
    return Migrated(verdicts, crosswalk, issues)


def write_previous(layout: Layout, migrated: Migrated) -> int:
    """Add what was carried over to workpapers/previous.json, replacing what came from the same engagement."""
    known, issues = load_previous(layout.previous, "workpapers/previous.json")
    if issues:
        raise InputsUnreadable("\n".join(str(issue) for issue in issues))
    sources = {one.engagement for one in migrated.verdicts}
    kept = tuple(one for one in known if one.engagement not in sources)
    file = PreviousFile(verdicts=(*kept, *migrated.verdicts))
    text = json.dumps(file.model_dump(mode="json"), indent=1, ensure_ascii=False) + "\n"
    layout.workpapers.mkdir(parents=True, exist_ok=True)
    write_whole(layout.previous, text)
    return len(file.verdicts)


def load_previous(path: Path, file: str) -> tuple[tuple[PreviousVerdict, ...], Issues]:
    """Load what ``catalog migrate`` carried over; a missing file is empty, a broken one an issue."""
    if not path.exists():
        return (), ()
    try:
        return PreviousFile.model_validate_json(path.read_text(encoding="utf-8")).verdicts, ()
    except (OSError, ValueError, ValidationError) as error:
        issue = InputIssue(
            code="previous-unreadable",
            severity="error",
            place=Place(file=file, line=1),
            message=f"The file cannot be read ({type(error).__name__}), so nothing of it is shown.",
            hint="Run auditkit catalog migrate again.",
        )
        return (), (issue,)


def _same(catalog_id: str, checklists: Path, source: Layout | None) -> Crosswalk:
    """Return the map of a catalog onto itself, for an audit of the year before against the same edition."""
    own = source.checklists / catalog_id if source is not None else None
    home = own if own is not None and (own / "catalog.yaml").is_file() else checklists / catalog_id
    loaded = load_catalog(home, f"checklists/{catalog_id}")
    if loaded.catalog is None:
        raise InputsUnreadable("\n".join(str(issue) for issue in loaded.issues))
    maps = tuple(
        CrosswalkMap(
            sources=(point.id,), targets=(point.id,), relation="equal", rationale="The same requirement."
        )
        for point in loaded.catalog.points
    )
    return Crosswalk(
        id=f"{catalog_id}--itself",
        source=catalog_id,
        target=catalog_id,
        title="The same catalog",
        source_note="Computed.",
        maps=maps,
    )


def _crosswalk(source: str, target: str, checklists: Path, layout: Layout | None = None) -> Crosswalk:
    if source == target:
        return _same(source, checklists, layout)
    crosswalks, issues = load_crosswalks(checklists / "crosswalks", "checklists/crosswalks")
    if any(issue.severity == "error" for issue in issues):
        raise InputsUnreadable("\n".join(str(issue) for issue in issues))
    found = next((one for one in crosswalks if (one.source, one.target) == (source, target)), None)
    if found is None:
        known = ", ".join(sorted({one.source for one in crosswalks if one.target == target}))
        raise UsageFault(f"There is no map from {source} to {target}. To {target} lead: {known or 'none'}.")
    return found
