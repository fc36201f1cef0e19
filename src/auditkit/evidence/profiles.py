"""Export profiles: which column of a tool's export is which field, and how its values and dates are written."""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from auditkit.base.issue import InputIssue
from auditkit.base.place import Place
from auditkit.base.yamltext import load_model
from auditkit.evidence.model import Dataset, Profile, ProfileField

TEMPLATE = "template"
"""Id of the profile every dataset has: its own field names as headers."""
_TEMPLATE_NULLS = ("", "-", "?", "n/a", "tbd", "tba", "null")


class Mapping(NamedTuple):
    """A profile laid on the headers of one export."""

    profile: Profile
    columns: dict[str, int]
    """Field to the position of its column."""
    doubled: dict[str, str]
    """Field to the header it needs that stands in more than one column; such a field is not used."""


def load_profiles(folder: Path, prefix: str) -> tuple[tuple[Profile, ...], tuple[InputIssue, ...]]:
    """Load every profile of a folder, in the order of file names; an id that stands twice is an issue."""
    profiles: dict[str, Profile] = {}
    issues: list[InputIssue] = []
    for path in sorted(folder.glob("*.yaml")):
        file = f"{prefix}/{path.name}"
        loaded = load_model(path, file, Profile)
        issues.extend(loaded.issues)
        if loaded.model is None:
            continue
        if loaded.model.id in profiles or loaded.model.id == TEMPLATE:
            message = f"The profile id {loaded.model.id!r} is taken."
            hint = "Give the profile an id of its own; it was left out."
            place = Place(file=file, line=1)
            issues.append(
                InputIssue(
                    code="profile-duplicate", severity="error", place=place, message=message, hint=hint
                )
            )
            continue
        profiles[loaded.model.id] = loaded.model
    return tuple(profiles.values()), tuple(issues)


def check_profiles(profiles: Iterable[Profile], datasets: Iterable[Dataset]) -> tuple[str, ...]:
    """Return what is wrong with profiles against the datasets: unknown datasets, fields and values."""
    known = {dataset.id: dataset for dataset in datasets}
    faults: list[str] = []
    for profile in profiles:
        dataset = known.get(profile.dataset)
        if dataset is None:
            faults.append(f"{profile.id}: there is no dataset {profile.dataset}")
            continue
        for name, entry in profile.fields.items():
            field = dataset.field(name)
            if field is None:
                faults.append(f"{profile.id}: {dataset.id} has no field {name}")
            elif field.values:
                strange = sorted(set(entry.values.values()) - set(field.values))
                faults.extend(f"{profile.id}: {name} has no value {value}" for value in strange)
    return tuple(faults)


def template_profile(dataset: Dataset) -> Profile:
    """Return the profile of the dataset's own template: field names as headers, ISO dates."""
    return Profile(
        id=TEMPLATE,
        title=f"Template for {dataset.title}",
        tool="auditkit",
        dataset=dataset.id,
        date_formats=(),
        null_values=_TEMPLATE_NULLS,
        fields={field.name: ProfileField(headers=(field.name,)) for field in dataset.fields},
    )


def choose_profile(headers: Sequence[str], dataset: Dataset, profiles: Iterable[Profile]) -> Mapping | None:
    """Choose the profile that finds most fields, the template included; None when none finds the key.

    A profile with a declared date format or for event logs is never chosen by itself, because its promises
    cannot be checked; the register has to name it. Among equals the template, then the first by id, is taken.
    """
    candidates = [template_profile(dataset)]
    candidates += sorted(
        (
            one
            for one in profiles
            if one.dataset == dataset.id and not one.declared_date_format and not one.collapse_to_last_by
        ),
        key=lambda one: one.id,
    )
    best: Mapping | None = None
    for profile in candidates:
        mapping = map_headers(headers, profile)
        found = {*mapping.columns, *mapping.doubled}
        if dataset.key not in found or len(found) < min(2, len(dataset.fields)):
            continue
        if best is None or len(mapping.columns) > len(best.columns):
            best = mapping
    return best


def map_headers(headers: Sequence[str], profile: Profile) -> Mapping:
    """Lay a profile on headers: for each field the first of its candidate headers that is there."""
    positions: dict[str, list[int]] = {}
    for position, header in enumerate(headers):
        positions.setdefault(normal_header(header), []).append(position)
    columns: dict[str, int] = {}
    doubled: dict[str, str] = {}
    for name, entry in profile.fields.items():
        for header in entry.headers:
            found = positions.get(normal_header(header), [])
            if len(found) == 1:
                columns[name] = found[0]
            elif found:
                doubled[name] = header
            if found:
                break
    return Mapping(profile, columns, doubled)


def normal_header(header: str) -> str:
    """Return a header for comparison: without case, outer blanks, doubled blanks and a byte order mark."""
    return re.sub(r"\s+", " ", header.replace("\ufeff", "")).strip().casefold()
