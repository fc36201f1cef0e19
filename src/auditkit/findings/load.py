"""Load the findings people raised, and the grading scheme."""

from pathlib import Path
from typing import NamedTuple

from auditkit.assessment.workpapers import load_folder
from auditkit.base.ids import unqualify
from auditkit.base.issue import InputIssue
from auditkit.base.place import Place
from auditkit.base.yamltext import load_model
from auditkit.findings.model import FindingFile, GradingScheme

Issues = tuple[InputIssue, ...]


class RaisedFindings(NamedTuple):
    """The findings of workpapers/findings/."""

    files: tuple[FindingFile, ...]
    issues: Issues


def load_findings(folder: Path, people: frozenset[str], points: frozenset[str]) -> RaisedFindings:
    """Load findings; an unknown person or point is refused with an issue."""
    found, issues = load_folder(folder / "findings", "workpapers/findings", FindingFile)
    kept: dict[str, FindingFile] = {}
    for place, file in found:
        finding = file.finding
        unknown = sorted(set(finding.points) - points)
        if finding.id in kept:
            issues = (
                *issues,
                _issue("finding-refused", place, f"{finding.id} stands twice; the first is used."),
            )
        elif finding.raised_by not in people:
            issues = (
                *issues,
                _issue("unknown-person", place, f"{finding.raised_by} is not in engagement.yaml."),
            )
        elif unknown or not finding.points:
            names = ", ".join(unknown) or "no point"
            issues = (
                *issues,
                _issue("unknown-point", place, f"{finding.id} cites {names}, not in the catalog."),
            )
        elif strangers := sorted(set(finding.grades) - set(finding.points) - _catalogs(finding.points)):
            message = f"{finding.id} grades {', '.join(strangers)}, which it does not cite."
            issues = (*issues, _issue("finding-refused", place, message))
        elif finding.rejects and not finding.reason.strip():
            message = f"{finding.id} rejects a candidate without giving the reason."
            issues = (*issues, _issue("finding-refused", place, message))
        elif file.answer.verified_by is not None and file.answer.verified_by == file.answer.owner:
            message = f"{finding.id}: the owner of the action cannot verify its effectiveness."
            issues = (*issues, _issue("finding-refused", place, message))
        else:
            kept[finding.id] = file
    return RaisedFindings(tuple(kept.values()), issues)


def _catalogs(points: tuple[str, ...]) -> set[str]:
    return {catalog for catalog, _ in map(unqualify, points) if catalog is not None}


def load_grading(path: Path, file: str) -> tuple[GradingScheme | None, Issues]:
    """Load a grading scheme."""
    loaded = load_model(path, file, GradingScheme)
    return loaded.model, loaded.issues


def _issue(code: str, place: Place, message: str) -> InputIssue:
    return InputIssue(
        code=code,
        severity="error",
        place=place,
        message=message,
        hint="Correct the workpaper; it was not used.",
    )
