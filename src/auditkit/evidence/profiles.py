"""Export profiles: which column of a tool's export is which field, and how its values and dates are written."""

import re
from collections.abc import Iterable, Sequence
from collections.abc import Mapping as Mapping_
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from auditkit.base.issue import InputIssue
from auditkit.base.place import Place
from auditkit.base.yamltext import load_model
from auditkit.evidence.model import Dataset, DatasetField, Profile, ProfileField

TEMPLATE = "template"
"""Id of the profile every dataset has: its own field names as headers."""
_TEMPLATE_NULLS = ("", "-", "?", "n/a", "tbd", "tba", "null")
_DATES = ("date", "datetime")
_NAMED_UNITS = ("seconds", "minutes", "hours", "days")


class Mapping(NamedTuple):
    """A profile laid on the headers of one export."""

    profile: Profile
    columns: dict[str, int]
    """Field to the position of its column."""
    doubled: dict[str, str]
    """Field to the header it needs that stands in more than one column; such a field is not used."""
    joined: Mapping_[str, tuple[int, ...]] = MappingProxyType({})
    """Field to the positions of all its columns, for fields that join several."""

    @property
    def positions(self) -> frozenset[int]:
        """Return the columns that are used."""
        return frozenset([*self.columns.values(), *(at for many in self.joined.values() for at in many)])


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
            issues.append(_issue("profile-duplicate", Place(file=file, line=1), message, hint))
            continue
        faults = {name: fault for name, one in loaded.model.fields.items() if (fault := _pattern_fault(one))}
        for name, fault in faults.items():
            place = (
                loaded.document.place(("fields", name, "patterns")) if loaded.document else Place(file=file)
            )
            issues.append(_issue("profile-pattern", place, fault, "Correct it; the profile was left out."))
        if not faults:
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
                continue
            faults.extend(f"{profile.id}: {fault}" for fault in _field_faults(field, entry, dataset))
    return tuple(faults)


def _field_faults(field: DatasetField, entry: ProfileField, dataset: Dataset) -> list[str]:
    """Return what one field of a profile asks for that cannot be had."""
    faults = []
    given = sorted({*entry.values.values(), *entry.patterns.values()})
    faults += [f"{field.name} has no value {value}" for value in given if not _is_value(value, field)]
    if entry.join is not None and field.type != "text":
        faults.append(f"{field.name} is no text and cannot be joined from several columns")
    if entry.after is not None:
        base = dataset.field(entry.after)
        if field.type not in _DATES or base is None or base.type != field.type or entry.unit is None:
            faults.append(f"{field.name} counts after {entry.after}: both are dates of one type, with a unit")
        elif field.type == "date" and entry.unit not in ("days", "months"):
            faults.append(f"{field.name} is a date and counts in days or months only")
    elif entry.unit is not None and unit_of(field) is None:
        faults.append(f"{field.name} is no number whose name ends with a unit")
    elif entry.unit == "months":
        faults.append(f"{field.name} cannot be reckoned from months, which differ in length")
    return faults


def _is_value(value: str, field: DatasetField) -> bool:
    """Tell whether a canonical value can stand in a field."""
    if field.type == "boolean":
        return value in ("true", "false")
    if field.type in ("integer", "number"):
        return re.fullmatch(r"[+-]?\d+" + (r"(\.\d+)?" if field.type == "number" else ""), value) is not None
    return not field.values or value in field.values


def unit_of(field: DatasetField) -> str | None:
    """Return the unit of time a number field's name ends with, such as minutes for ``paused_minutes``."""
    ending = field.name.rpartition("_")[2]
    return ending if field.type in ("number", "integer") and ending in _NAMED_UNITS else None


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
    """Choose the profile that uses most columns, the template included; None when none finds the key.

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
        if best is None or len(mapping.positions) > len(best.positions):
            best = mapping
    return best


def map_headers(headers: Sequence[str], profile: Profile) -> Mapping:
    """Lay a profile on headers: for each field the first of its candidate headers, or all where it joins."""
    positions: dict[str, list[int]] = {}
    for position, header in enumerate(headers):
        positions.setdefault(normal_header(header), []).append(position)
    columns: dict[str, int] = {}
    doubled: dict[str, str] = {}
    joined: dict[str, tuple[int, ...]] = {}
    for name, entry in profile.fields.items():
        there = [
            (header, found) for header in entry.headers if (found := positions.get(normal_header(header)))
        ]
        if not there:
            continue
        first, found = there[0]
        if entry.join is not None:
            joined[name] = tuple(dict.fromkeys(at for _, several in there for at in several))
            columns[name] = joined[name][0]
        elif len(found) == 1:
            columns[name] = found[0]
        else:
            doubled[name] = first
    return Mapping(profile, columns, doubled, joined)


def find_column(headers: Sequence[str], candidates: Iterable[str]) -> int | None:
    """Return the position of the first candidate header that is there."""
    normal = [normal_header(header) for header in headers]
    return next((normal.index(one) for one in map(normal_header, candidates) if one in normal), None)


def normal_header(header: str) -> str:
    """Return a header for comparison: without case, outer and doubled blanks and a byte order mark.

    The ``*`` and ``+`` that forms put behind the names of compulsory fields go too.
    """
    bare = re.sub(r"\s+", " ", header.replace("\ufeff", "")).strip()
    return (re.sub(r"(?:\s*[*+])+$", "", bare) or bare).casefold()


def _pattern_fault(entry: ProfileField) -> str | None:
    """Return why a pattern of a field cannot be used; the engine that reads tables does not look around."""
    for pattern in entry.patterns:
        if re.search(r"\(\?(?!:)|\\[1-9]", pattern):
            return f"The pattern {pattern!r} looks around or back, which is not possible here."
        try:
            re.compile(pattern)
        except re.error as error:
            return f"The pattern {pattern!r} is no regular expression: {error}."
    return None


def _issue(code: str, place: Place, message: str, hint: str) -> InputIssue:
    return InputIssue(code=code, severity="error", place=place, message=message, hint=hint)
