"""Load the findings people raised, and the grading scheme."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from pydantic import ValidationError

from auditkit.assessment.conduct import NO_STAGE, Conduct
from auditkit.assessment.model import Grade
from auditkit.assessment.workpapers import load_folder
from auditkit.base.atomic import write_whole
from auditkit.base.digest import digest_value
from auditkit.base.ids import unqualify
from auditkit.base.issue import InputIssue
from auditkit.base.place import Place
from auditkit.base.yamltext import load_model
from auditkit.findings.grading import scheme_faults
from auditkit.findings.lifecycle import Life, Rules, follow, supported_state, unsupported
from auditkit.findings.model import Event, FindingFile, GradingScheme, HistoryEntry

Issues = tuple[InputIssue, ...]


class RaisedFindings(NamedTuple):
    """The findings of workpapers/findings/."""

    files: tuple[FindingFile, ...]
    issues: Issues
    lives: dict[str, Life] = {}
    """By id: where each stands after its history."""
    places: dict[str, Place] = {}
    rules: Rules = Rules({}, 0)
    """What further steps are judged by."""


def load_findings(
    folder: Path, points: frozenset[str], rules: Rules, conduct: Conduct | None = None
) -> RaisedFindings:
    """Load findings and follow their histories; what is refused comes back as an issue.

    An unknown person or point refuses the finding; a step that may not be taken is left out, and the finding stays
    where it was.
    """
    people = frozenset(rules.people)
    found, issues = load_folder(folder / "findings", "workpapers/findings", FindingFile)
    ids = frozenset(file.finding.id for _, file in found)
    rules = rules._replace(findings=ids)
    kept: dict[str, FindingFile] = {}
    lives: dict[str, Life] = {}
    places: dict[str, Place] = {}
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
            places[finding.id] = place
            lives[finding.id], said = _life(file, place, rules)
            issues = (*issues, *said, *(_kind_issues(file, place, conduct) if conduct else ()))
    issues = (*issues, *_shortened(folder, kept, places))
    return RaisedFindings(tuple(kept.values()), issues, lives, places, rules)


def _life(file: FindingFile, place: Place, rules: Rules) -> tuple[Life, Issues]:
    """Follow the history of one finding; a state written by hand without ground counts as the last that has one."""
    issues: list[InputIssue] = []
    why = unsupported(file)
    if why is not None:
        state = supported_state(file)
        said = f"{file.finding.id}: {why} It counts as {state.replace('_', ' ')}."
        hint = "Add what is missing, or let auditkit finding record the steps."
        issues.append(_said("finding-state-unsupported", place, said, hint))
        file = file.model_copy(update={"finding": file.finding.model_copy(update={"state": state})})
    life = follow(file, rules)
    for one in life.refusals:
        said = f"{file.finding.id}, step {one.number} ({one.step.replace('_', ' ')}): {one.why}"
        issues.append(
            _said("finding-step-refused", place, said, "The step does not count until this is put right.")
        )
    return life, tuple(issues)


def against_kind(
    conduct: Conduct, grade: Grade, recommendation: str = "", effort_days: float | None = None
) -> str | None:
    """Say what the kind of an engagement does not allow in a finding, and what to do; None when it allows it."""
    named = conduct.kind if conduct.stage == NO_STAGE else f"{conduct.kind}, stage {conduct.stage}"
    if conduct.rules.advice == "refused" and (recommendation.strip() or effort_days is not None):
        return (
            f"In an engagement of this kind ({named}) auditors name neither cause nor remedy. Leave the recommendation "
            "and the effort out; the auditee answers with an action."
        )
    if grade not in conduct.rules.grades:
        return f"An engagement of this kind ({named}) has no grade {grade}. Take one of {', '.join(conduct.rules.grades)}."
    return None


def _kind_issues(file: FindingFile, place: Place, conduct: Conduct) -> Issues:
    """Say what the kind does not allow; the finding itself stands, so that no nonconformity goes with the advice."""
    part = file.finding
    advice = against_kind(conduct, conduct.rules.grades[0], part.recommendation, part.effort_days)
    grade = against_kind(conduct, part.grade)
    issues = []
    if advice is not None:
        hint = "The recommendation and the effort were not used; the finding was."
        issues.append(_said("advice-refused", place, f"{part.id} gives advice. {advice}", hint))
    if grade is not None:
        hint = "Until then the finding stands as it is graded."
        issues.append(_said("grade-refused", place, f"{part.id}: {grade}", hint))
    return tuple(issues)


def _shortened(folder: Path, files: Mapping[str, FindingFile], places: Mapping[str, Place]) -> Issues:
    """Say which histories lost or changed steps that were recorded once."""
    locked, issues = load_history_lock(folder / "findings.lock.json")
    for identifier, entry in locked.items():
        file = files.get(identifier)
        events = file.events[: entry.steps] if file else ()
        if len(events) == entry.steps and history_digest(events) == entry.digest:
            continue
        what = "is gone" if file is None else "is not the history that was recorded"
        place = places.get(identifier, Place(file=f"workpapers/findings/{identifier}.yaml", line=1))
        said = f"{identifier}: the file {what}; a history only grows."
        issues = (
            *issues,
            _said("finding-history-changed", place, said, "Restore the file; add a step to correct one."),
        )
    return issues


def _catalogs(points: tuple[str, ...]) -> set[str]:
    return {catalog for catalog, _ in map(unqualify, points) if catalog is not None}


def load_grading(path: Path, file: str) -> tuple[GradingScheme | None, Issues]:
    """Load a grading scheme; one that could leave a nonconformity without a grade is refused."""
    loaded = load_model(path, file, GradingScheme)
    faults = scheme_faults(loaded.model, path.stem) if loaded.model is not None else ()
    issues = (
        *loaded.issues,
        *(
            InputIssue(
                code="grading-invalid",
                severity="error",
                place=Place(file=file, line=1),
                message=fault,
                hint="Correct the scheme; the fields are described in docs/formats.md.",
            )
            for fault in faults
        ),
    )
    return (None if faults else loaded.model), issues


def load_history_lock(path: Path) -> tuple[dict[str, HistoryEntry], Issues]:
    """Load workpapers/findings.lock.json; a missing file is empty."""
    if not path.exists():
        return {}, ()
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))["histories"]
        return {key: HistoryEntry.model_validate(value) for key, value in entries.items()}, ()
    except (OSError, ValueError, KeyError, AttributeError, ValidationError) as error:
        place = Place(file="workpapers/findings.lock.json", line=1)
        said = f"The file cannot be read ({type(error).__name__}), so nobody can tell whether histories only grew."
        return {}, (
            _said("finding-history-changed", place, said, "Restore the file from where you keep versions."),
        )


def write_history_lock(path: Path, files: Iterable[FindingFile]) -> None:
    """Write workpapers/findings.lock.json anew from the histories as they are, in one step."""
    entries = {
        file.finding.id: {"steps": len(file.events), "digest": history_digest(file.events)}
        for file in sorted(files, key=lambda one: one.finding.id)
        if file.events
    }
    body = {"computed": "written by auditkit finding; do not edit", "histories": entries}
    write_whole(path, json.dumps(body, indent=1) + "\n")


def history_digest(events: Iterable[Event]) -> str:
    """Return the digest of steps in their order."""
    return digest_value([one.model_dump(mode="json") for one in events])


def _said(code: str, place: Place, message: str, hint: str) -> InputIssue:
    return InputIssue(code=code, severity="error", place=place, message=message, hint=hint)


def _issue(code: str, place: Place, message: str) -> InputIssue:
    return InputIssue(
        code=code,
        severity="error",
        place=place,
        message=message,
        hint="Correct the workpaper; it was not used.",
    )
