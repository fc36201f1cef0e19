"""Load a catalog and what belongs to it from a checklists folder; every fault names file and line."""

import csv
from pathlib import Path
from typing import NamedTuple

from auditkit.base.ids import clause_of, natural_key
from auditkit.base.issue import InputIssue
from auditkit.base.place import Place
from auditkit.base.yamltext import YamlDocument, load_model
from auditkit.catalog.lens import Lens
from auditkit.catalog.model import (
    Catalog,
    CatalogHead,
    Clause,
    ClauseFile,
    DocumentType,
    DocumentTypeFile,
    GuidanceFile,
    GuidanceItem,
)

Issues = tuple[InputIssue, ...]


class LoadedCatalog(NamedTuple):
    """A catalog, where each of its points stands, and what was wrong."""

    catalog: Catalog | None
    places: dict[str, Place]
    """Point id (and clause number) to its place."""
    issues: Issues


def load_catalog(folder: Path, prefix: str) -> LoadedCatalog:
    """Load ``catalog.yaml`` and the files it names; ``prefix`` is the folder's name in places."""
    head = load_model(folder / "catalog.yaml", f"{prefix}/catalog.yaml", CatalogHead)
    if head.model is None:
        return LoadedCatalog(None, {}, head.issues)
    clauses: list[Clause] = []
    places: dict[str, Place] = {}
    issues = list(head.issues)
    for name in head.model.files:
        loaded = load_model(folder / name, f"{prefix}/{name}", ClauseFile)
        issues.extend(loaded.issues)
        if loaded.model is None or loaded.document is None:
            continue
        clauses.extend(loaded.model.clauses)
        places.update(_places(loaded.document, loaded.model))
    issues.extend(_structure(clauses, places))
    return LoadedCatalog(Catalog(head=head.model, clauses=tuple(clauses)), places, tuple(issues))


def load_document_types(path: Path, file: str) -> tuple[tuple[DocumentType, ...], Issues]:
    """Load document-types.yaml."""
    loaded = load_model(path, file, DocumentTypeFile)
    return (loaded.model.document_types if loaded.model else ()), loaded.issues


def load_lenses(folder: Path, prefix: str) -> tuple[tuple[Lens, ...], Issues]:
    """Load every lens of a folder, in the order of file names."""
    lenses: list[Lens] = []
    issues: list[InputIssue] = []
    for path in sorted(folder.rglob("*.yaml")):
        loaded = load_model(path, f"{prefix}/{path.relative_to(folder).as_posix()}", Lens)
        issues.extend(loaded.issues)
        if loaded.model is not None:
            lenses.append(loaded.model)
    return tuple(lenses), tuple(issues)


def load_guidance(folder: Path, prefix: str) -> tuple[tuple[GuidanceItem, ...], Issues]:
    """Load the guidance items of a folder, in the order of clauses."""
    items: list[GuidanceItem] = []
    issues: list[InputIssue] = []
    for path in sorted(folder.glob("*.yaml")):
        loaded = load_model(path, f"{prefix}/{path.name}", GuidanceFile)
        issues.extend(loaded.issues)
        items.extend(loaded.model.guidance if loaded.model else ())
    return tuple(sorted(items, key=lambda item: (natural_key(item.clause), natural_key(item.id)))), tuple(
        issues
    )


def load_inventory(path: Path) -> tuple[dict[str, str], ...]:
    """Load the committed inventory of ids; an empty tuple where a catalog has none."""
    if not path.exists():
        return ()
    with path.open(encoding="utf-8", newline="") as stream:
        return tuple(csv.DictReader(stream))


def _places(document: YamlDocument, clause_file: ClauseFile) -> dict[str, Place]:
    places: dict[str, Place] = {}
    for index, clause in enumerate(clause_file.clauses):
        places[clause.clause] = document.place(("clauses", index))
        for number, point in enumerate(clause.points):
            places[point.id] = document.place(("clauses", index, "points", number))
    return places


def _structure(clauses: list[Clause], places: dict[str, Place]) -> list[InputIssue]:
    """Find ids that are no ids, stand twice, or stand in another clause than their own."""
    issues: list[InputIssue] = []
    seen: set[str] = set()
    for clause in clauses:
        for identifier in (clause.clause, *(point.id for point in clause.points)):
            if identifier in seen:
                issues.append(
                    _issue("catalog-duplicate-id", places[identifier], f"{identifier} stands twice.")
                )
            seen.add(identifier)
        for point in clause.points:
            try:
                inside = clause_of(point.id) == clause.clause
            except ValueError as error:
                issues.append(_issue("catalog-bad-id", places[point.id], f"{error}."))
                continue
            if not inside:
                message = f"{point.id} stands under clause {clause.clause}."
                issues.append(_issue("catalog-misplaced-point", places[point.id], message))
    return issues


def _issue(code: str, place: Place, message: str) -> InputIssue:
    return InputIssue(code=code, severity="error", place=place, message=message, hint="Correct the catalog.")
