"""Load what stands beside catalogs: crosswalks, reference lists, translations, overlays and attestations."""

from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from auditkit.base.issue import InputIssue
from auditkit.base.place import Place
from auditkit.base.yamltext import load_model
from auditkit.catalog.crosswalk import Crosswalk, ReferenceList
from auditkit.catalog.overlay import AttestationFile, OverlayFile, Translation

Issues = tuple[InputIssue, ...]
Model = TypeVar("Model", bound=BaseModel)
ATTESTATIONS = "attestations.yaml"


def load_crosswalks(folder: Path, prefix: str) -> tuple[tuple[Crosswalk, ...], Issues]:
    """Load every crosswalk of a folder, in the order of file names."""
    return _load_all(sorted(folder.glob("*.yaml")), prefix, Crosswalk)


def load_references(folder: Path, prefix: str) -> tuple[tuple[ReferenceList, ...], Issues]:
    """Load every reference list of a folder, in the order of file names; an id that stands twice is an issue."""
    found, issues = _load_all(sorted(folder.glob("*.yaml")), prefix, ReferenceList)
    for one in found:
        ids = [entry.id for entry in one.entries]
        for identifier in sorted({name for name in ids if ids.count(name) > 1}):
            message = f"{one.id}: {identifier} stands twice."
            issues = (*issues, _issue("catalog-duplicate-id", f"{prefix}/{one.id}.yaml", message))
        for entry in one.entries:
            if entry.parent is not None and entry.parent not in ids:
                message = f"{one.id}: {entry.parent}, above {entry.id}, is missing."
                issues = (*issues, _issue("catalog-order", f"{prefix}/{one.id}.yaml", message))
    return found, issues


def load_translations(folder: Path, prefix: str) -> tuple[tuple[Translation, ...], Issues]:
    """Load every translation of a catalog's folder ``translations``."""
    return _load_all(sorted(folder.glob("*.yaml")), prefix, Translation)


class Overlays(BaseModel):
    """Everything found in ``overlays/`` of an engagement."""

    files: tuple[OverlayFile, ...] = ()
    translations: tuple[Translation, ...] = ()
    attestations: tuple[AttestationFile, ...] = ()


def load_overlays(folder: Path, prefix: str) -> tuple[Overlays, Issues]:
    """Load ``overlays/*.yaml``, ``overlays/translations/*.yaml`` and ``overlays/attestations.yaml``."""
    paths = sorted(folder.glob("*.yaml")) if folder.is_dir() else []
    files, issues = _load_all([path for path in paths if path.name != ATTESTATIONS], prefix, OverlayFile)
    translations, more = load_translations(folder / "translations", f"{prefix}/translations")
    checks, last = _load_all([path for path in paths if path.name == ATTESTATIONS], prefix, AttestationFile)
    return Overlays(files=files, translations=translations, attestations=checks), (*issues, *more, *last)


def _load_all(paths: Iterable[Path], prefix: str, model: type[Model]) -> tuple[tuple[Model, ...], Issues]:
    found: list[Model] = []
    issues: list[InputIssue] = []
    for path in paths:
        loaded = load_model(path, f"{prefix}/{path.name}", model)
        issues.extend(loaded.issues)
        if loaded.model is not None:
            found.append(loaded.model)
    return tuple(found), tuple(issues)


def _issue(code: str, file: str, message: str) -> InputIssue:
    return InputIssue(
        code=code, severity="error", place=Place(file=file), message=message, hint="Correct the list."
    )
