"""Load the canonical model of records (checklists/datasets.yaml)."""

import re
from collections.abc import Iterable
from pathlib import Path

from auditkit.base.issue import InputIssue
from auditkit.base.place import Place
from auditkit.base.yamltext import load_model
from auditkit.evidence.model import Dataset, DatasetFile

_SPEAKS_OF_PERSONS = re.compile(
    r"\b(?:person|owner|author|approver|auditor|reviewer|holder|by whom|who)\b", re.IGNORECASE
)
_OF_PERSONS = re.compile(
    r"(?:.*_)?(?:owner|requester|assignee|approver|implementer|author|auditor|reviewer|holder|manager|maintainer|by)"
)


def load_datasets(path: Path, file: str) -> tuple[tuple[Dataset, ...], tuple[InputIssue, ...]]:
    """Load the datasets; one whose key or date is none of its fields is an issue and left out."""
    loaded = load_model(path, file, DatasetFile)
    if loaded.model is None or loaded.document is None:
        return (), loaded.issues
    kept: list[Dataset] = []
    issues = list(loaded.issues)
    seen: set[str] = set()
    for index, dataset in enumerate(loaded.model.datasets):
        fault = _fault(dataset, seen)
        seen.add(dataset.id)
        if fault is None:
            kept.append(dataset)
            continue
        place = loaded.document.place(("datasets", index))
        message, hint = f"Dataset {dataset.id}: {fault}.", "Correct the dataset; it was left out."
        issues.append(
            InputIssue(code="dataset-invalid", severity="error", place=place, message=message, hint=hint)
        )
    return tuple(kept), tuple(issues)


def lint_persons(datasets: Iterable[Dataset], file: str) -> tuple[InputIssue, ...]:
    """Report free-text fields that by name and meaning hold persons and are not marked as such."""
    return tuple(
        InputIssue(
            code="dataset-invalid",
            severity="error",
            place=Place(file=file),
            message=f"Dataset {dataset.id}: its field {field.name!r} seems to name persons and is not marked.",
            hint="Write `person: true` on it, or say in `about` what it holds instead.",
        )
        for dataset in datasets
        for field in dataset.fields
        if field.type == "text"
        and not field.values
        and not field.person
        and _OF_PERSONS.fullmatch(field.name)
        and _SPEAKS_OF_PERSONS.search(field.about)
    )


def _fault(dataset: Dataset, seen: set[str]) -> str | None:
    names = [field.name for field in dataset.fields]
    if dataset.id in seen:
        return "it stands twice"
    if len(names) != len(set(names)):
        return "a field stands twice"
    if dataset.key not in names:
        return f"its key {dataset.key!r} is none of its fields"
    if dataset.dated_by is not None and dataset.dated_by not in names:
        return f"its date {dataset.dated_by!r} is none of its fields"
    odd = next(
        (one.name for one in dataset.fields if one.person and (one.type != "text" or one.values)), None
    )
    if odd is not None:
        return f"its field {odd!r} names persons and is no free text"
    return None
