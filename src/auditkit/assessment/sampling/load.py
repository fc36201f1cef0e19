"""Load the samples of workpapers/samples; one that cannot count is an issue and not used."""

from pathlib import Path

from auditkit.assessment.sampling.model import Sample
from auditkit.assessment.workpapers import load_folder
from auditkit.base.issue import InputIssue
from auditkit.base.place import Place

FOLDER = "samples"
"""Below workpapers/."""


def load_samples(
    folder: Path, people: frozenset[str], points: frozenset[str], evidence: frozenset[str] | None = None
) -> tuple[tuple[Sample, ...], tuple[InputIssue, ...]]:
    """Load every sample below ``folder`` (workpapers/), in the order of file names.

    ``people``, ``points``, ``evidence``: the ids that are known; without ``evidence`` own rules are taken as cited.
    """
    files, issues = load_folder(folder / FOLDER, f"workpapers/{FOLDER}", Sample)
    kept: dict[str, Sample] = {}
    for place, sample in files:
        fault = _fault(sample, place, kept, people)
        if fault is not None:
            issues = (*issues, fault)
            continue
        known, more = _known(sample, place, points, evidence)
        issues = (*issues, *more)
        if known is not None:
            kept[sample.id] = known
    return tuple(kept.values()), issues


def _fault(
    sample: Sample, place: Place, kept: dict[str, Sample], people: frozenset[str]
) -> InputIssue | None:
    """Say why a sample is not used at all."""
    if Path(place.file).stem != sample.id:
        return _issue(
            "sample-refused", place, f"{sample.id} does not stand in {sample.id}.yaml; it was not used."
        )
    if sample.id in kept:
        return _issue("sample-refused", place, f"{sample.id} stands twice; the first is used.")
    for person in (sample.drawn_by, sample.examined_by):
        if person is not None and person not in people:
            message = f"{sample.id} names {person}, who is not in engagement.yaml; it was not used."
            return _issue("unknown-person", place, message)
    return None


def _known(
    sample: Sample, place: Place, points: frozenset[str], evidence: frozenset[str] | None
) -> tuple[Sample | None, tuple[InputIssue, ...]]:
    """Return the sample with the attributes whose point is known; an own rule nobody stated is good practice."""
    issues: list[InputIssue] = []
    attributes = []
    for one in sample.attributes:
        if one.point not in points:
            message = (
                f"{sample.id} {one.id} speaks of {one.point}, which is not in the catalog; it was not used."
            )
            issues.append(_issue("unknown-point", place, message))
            continue
        if one.basis == "own_rule" and evidence is not None and one.evidence not in evidence:
            message = f"{sample.id} {one.id} cites {one.evidence}, which is not registered; it counts as good practice."
            issues.append(_issue("unknown-evidence", place, message))
            one = one.model_copy(update={"basis": "good_practice"})
        attributes.append(one)
    if not attributes:
        return None, tuple(issues)
    return sample.model_copy(update={"attributes": tuple(attributes)}), tuple(issues)


def _issue(code: str, place: Place, message: str) -> InputIssue:
    return InputIssue(
        code=code,
        severity="error",
        place=place,
        message=message,
        hint="Correct the workpaper; see docs/formats.md.",
    )
