"""Load what people decided: judgements, what they were bound to, and interviews."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple, TypeVar

from pydantic import BaseModel, ValidationError

from auditkit.assessment.capability import CapabilityFile
from auditkit.assessment.guidance import GuidanceJudgement, GuidanceJudgementFile
from auditkit.assessment.independence import Independence
from auditkit.assessment.interviews import usable_interviews
from auditkit.assessment.model import Binding, Interview, Judgement, JudgementFile
from auditkit.assessment.reviews import Review, ReviewFile
from auditkit.base.atomic import write_whole
from auditkit.base.issue import InputIssue
from auditkit.base.place import Place
from auditkit.base.yamltext import load_model

Model = TypeVar("Model", bound=BaseModel)
Issues = tuple[InputIssue, ...]
NOBODY = Independence({}, {})
"""No areas are known, so nobody stands in one."""


class Workpapers(NamedTuple):
    """What was found in workpapers/."""

    judgements: tuple[Judgement, ...]
    bindings: dict[str, Binding]
    interviews: tuple[Interview, ...]
    issues: Issues
    guidance: tuple[GuidanceJudgement, ...] = ()
    earlier: tuple[Judgement, ...] = ()
    """Judgements that later ones took the place of."""
    reviews: tuple[Review, ...] = ()
    """Of judgements that count, in the order of the files; the last one of each counts."""
    capability: tuple[CapabilityFile, ...] = ()
    """Ratings of processes, one file each."""


def load_workpapers(
    folder: Path,
    people: frozenset[str],
    points: frozenset[str],
    guidance: frozenset[str] = frozenset(),
    processes: frozenset[str] = frozenset(),
    independence: Independence = NOBODY,
) -> Workpapers:
    """Load judgements, bindings and interviews; unknown persons and points are issues and not used.

    ``guidance``: ids of items of guidance, which interviews and decisions on guidance may speak of. ``processes``:
    ids of the processes that may be rated. ``independence``: who works where; own work needs a safeguard.
    """
    files, issues = load_folder(folder / "judgements", "workpapers/judgements", JudgementFile)
    judgements: dict[str, Judgement] = {}
    earlier: dict[str, Judgement] = {}
    replaced = {one.replaces for _, model in files for one in model.judgements if one.by in people}
    for place, model in files:
        for judgement in model.judgements:
            fault = _judgement_fault(judgement, judgements, people, points)
            if fault is None and judgement.id in replaced:
                earlier[judgement.id] = judgement
            elif fault is None:
                judgements[judgement.id] = judgement
            else:
                issues = (*issues, _issue("judgement-refused", place, fault))
    notes, more = load_folder(folder / "interviews", "workpapers/interviews", Interview)
    known, refused = usable_interviews(notes, people, points | guidance, independence)
    more = (*more, *refused)
    bindings, binding_issues = load_bindings(folder / "judgements.lock.json")
    aligned, align_issues = _load_guidance(folder / "guidance", people, guidance)
    reviews, review_issues = _load_reviews(folder / "reviews", people, judgements, independence)
    rated, rating_issues = _load_capability(folder / "capability", people, processes)
    issues = (*issues, *more, *binding_issues, *align_issues, *review_issues, *rating_issues)
    return Workpapers(
        tuple(judgements.values()),
        bindings,
        known,
        issues,
        aligned,
        tuple(earlier.values()),
        reviews,
        rated,
    )


def _load_capability(
    folder: Path, people: frozenset[str], processes: frozenset[str]
) -> tuple[tuple[CapabilityFile, ...], Issues]:
    """Load ratings of processes; one that cannot count is an issue and not used."""
    files, issues = load_folder(folder, "workpapers/capability", CapabilityFile)
    kept: dict[str, CapabilityFile] = {}
    for place, one in files:
        fault = None
        if one.process in kept:
            fault = f"{one.process} is rated twice; the first rating is used."
        elif one.assessed_by not in people:
            fault = f"{one.process} is rated by {one.assessed_by}, who is not in engagement.yaml; it was not used."
        elif one.process not in processes:
            fault = f"{one.process} is no process of the lens; it was not used. There are: {', '.join(sorted(processes))}."
        if fault is None:
            kept[one.process] = one
        else:
            issues = (*issues, _issue("capability-refused", place, fault))
    return tuple(kept.values()), issues


def _load_reviews(
    folder: Path, people: frozenset[str], judgements: Mapping[str, Judgement], independence: Independence
) -> tuple[tuple[Review, ...], Issues]:
    """Load reviews; nobody reviews a judgement of one's own."""
    files, issues = load_folder(folder, "workpapers/reviews", ReviewFile)
    kept: list[Review] = []
    for place, model in files:
        for one in model.reviews:
            judged = judgements.get(one.judgement)
            fault = None
            if one.by not in people:
                fault = f"The review of {one.judgement} is by {one.by}, who is not in engagement.yaml; it was not used."
            elif judged is not None and judged.by == one.by:
                fault = f"{one.by} made {one.judgement} and cannot review it; the review was not used."
            elif not one.agrees and not one.note.strip():
                fault = f"The review of {one.judgement} disagrees and does not say why; it was not used."
            elif judged is not None:
                own = independence.fault(one.by, (judged.point,), one.safeguard)
                fault = (
                    f"{own}; the review of {one.judgement} names no safeguard and was not used."
                    if own
                    else None
                )
            if fault is not None:
                issues = (*issues, _issue("review-refused", place, fault))
            elif judged is not None:
                kept.append(one)
    return tuple(kept), issues


def _load_guidance(
    folder: Path, people: frozenset[str], items: frozenset[str]
) -> tuple[tuple[GuidanceJudgement, ...], Issues]:
    """Load decisions on guidance; one that cannot count is an issue and not used."""
    files, issues = load_folder(folder, "workpapers/guidance", GuidanceJudgementFile)
    kept: dict[str, GuidanceJudgement] = {}
    for place, model in files:
        for one in model.guidance:
            fault = None
            if one.item in kept or one.id in {other.id for other in kept.values()}:
                fault = f"{one.id} on {one.item} is the second of its kind; the first is used."
            elif one.by not in people:
                fault = f"{one.id} is signed by {one.by}, who is not in engagement.yaml; it was not used."
            elif one.item not in items:
                fault = (
                    f"{one.id} speaks of {one.item}, which is no guidance of this catalog; it was not used."
                )
            if fault is None:
                kept[one.item] = one
            else:
                issues = (*issues, _issue("judgement-refused", place, fault))
    return tuple(kept.values()), issues


def load_folder(
    folder: Path, prefix: str, model: type[Model]
) -> tuple[tuple[tuple[Place, Model], ...], Issues]:
    """Load every YAML file of a folder as one model each, in the order of names; a missing folder is empty."""
    found: list[tuple[Place, Model]] = []
    issues: list[InputIssue] = []
    for path in sorted(folder.glob("*.yaml")) if folder.is_dir() else []:
        file = f"{prefix}/{path.name}"
        loaded = load_model(path, file, model)
        issues.extend(loaded.issues)
        if loaded.model is not None:
            found.append((Place(file=file, line=1), loaded.model))
    return tuple(found), tuple(issues)


def load_bindings(path: Path) -> tuple[dict[str, Binding], Issues]:
    """Load judgements.lock.json; a missing file is empty, a broken one an issue that leaves judgements suspect."""
    if not path.exists():
        return {}, ()
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))["bindings"]
        return {key: Binding.model_validate(value) for key, value in entries.items()}, ()
    except (OSError, ValueError, KeyError, AttributeError, ValidationError) as error:
        place = Place(file="workpapers/judgements.lock.json", line=1)
        message = f"The file cannot be read ({type(error).__name__}), so every judgement is suspect."
        return {}, (_issue("bindings-unreadable", place, message),)


def write_bindings(path: Path, bindings: dict[str, Binding]) -> None:
    """Write judgements.lock.json, sorted, in one step."""
    body = {
        "computed": "written by auditkit judgements bind; do not edit",
        "bindings": {key: value.model_dump(mode="json") for key, value in sorted(bindings.items())},
    }
    write_whole(path, json.dumps(body, indent=1, sort_keys=False) + "\n")


def _judgement_fault(
    judgement: Judgement, seen: dict[str, Judgement], people: frozenset[str], points: frozenset[str]
) -> str | None:
    if judgement.id in seen:
        return f"{judgement.id} stands twice; the first one is used."
    if judgement.by not in people:
        return f"{judgement.id} is signed by {judgement.by}, who is not in engagement.yaml; it was not used."
    if judgement.point not in points:
        return f"{judgement.id} judges {judgement.point}, which is not in the catalog; it was not used."
    if any(other.point == judgement.point for other in seen.values()):
        return f"{judgement.id} judges {judgement.point} a second time; the first judgement is used."
    if judgement.basis == "no_occurrence" and not judgement.how_checked:
        return f"{judgement.id} says that nothing occurred but not how that was checked; it was not used."
    return None


def _issue(code: str, place: Place, message: str) -> InputIssue:
    return InputIssue(
        code=code,
        severity="error",
        place=place,
        message=message,
        hint="Correct the workpaper; see docs/formats.md.",
    )
