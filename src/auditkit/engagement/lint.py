"""Lint everything below checklists/: every catalog, its links, guidance, lenses, crosswalks and translations."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from auditkit.assessment.impactchecks import load_impact_checks
from auditkit.assessment.recordtests.load import load_record_tests
from auditkit.base.ids import unqualify
from auditkit.base.issue import InputIssue
from auditkit.base.place import Place
from auditkit.catalog.crosswalk import Crosswalk, ReferenceList, lint_crosswalk
from auditkit.catalog.lens import Lens
from auditkit.catalog.lint import lint_catalog, lint_document_types, lint_guidance, lint_lens
from auditkit.catalog.load import (
    LoadedCatalog,
    load_catalog,
    load_document_types,
    load_guidance,
    load_inventory,
    load_lenses,
)
from auditkit.catalog.load_links import load_overlays, load_translations
from auditkit.catalog.model import Catalog, DocumentType, GuidanceItem
from auditkit.catalog.overlay import (
    attest,
    coverage,
    lint_guidance_translation,
    lint_translation,
    overlay_points,
)
from auditkit.catalog.preparation import load_readiness
from auditkit.engagement.conduct_lint import lint_conducts
from auditkit.engagement.library import HOME_CATALOG, Shelves, load_all_crosswalks
from auditkit.engagement.planning import lint_planning, load_all_schemes
from auditkit.evidence.datasets import lint_persons, load_datasets
from auditkit.improvement.exchange.load import load_trackers

Issues = tuple[InputIssue, ...]


class Linted(NamedTuple):
    """What was looked at, and what is wrong."""

    issues: Issues
    counts: tuple[str, ...]
    """One line a catalog, and one for what stands beside them."""


def lint_checklists(folder: Path, own: Path | None = None, overlays: Path | None = None) -> Linted:
    """Return every fault of the checklists, own catalogs and overlays that loading alone does not show."""
    shelves = Shelves(folder, own)
    types, issues = load_document_types(folder / "document-types.yaml", "checklists/document-types.yaml")
    datasets, of_datasets = load_datasets(folder / "datasets.yaml", "checklists/datasets.yaml")
    fields = {one.id: [field.name for field in one.fields] for one in datasets}
    tests, more = load_record_tests(folder / "record-tests", "checklists/record-tests")
    checks, problems = load_impact_checks(folder / "impact-checks.yaml", "checklists/impact-checks.yaml")
    issues = (*issues, *more, *of_datasets, *lint_persons(datasets, "checklists/datasets.yaml"), *problems)
    loaded = {name: load_catalog(*shelves.folder(name)) for name in shelves.catalogs()}
    catalogs = {name: one.catalog for name, one in loaded.items() if one.catalog is not None}
    beside = _Beside(
        types,
        fields,
        {test.id: test.points for test in tests},
        {check.id: check.points for check in checks},
    )
    guidance: dict[str, tuple[GuidanceItem, ...]] = {}
    languages: tuple[str, ...] = ()
    for name, one in loaded.items():
        issues = (*issues, *one.issues)
        if one.catalog is not None:
            guidance[name], translated, found = _catalog(shelves, name, one, one.catalog, beside)
            issues = (*issues, *found)
            languages = (*languages, *translated)
    if HOME_CATALOG in catalogs:
        issues = (*issues, *lint_document_types(types, catalogs[HOME_CATALOG]))
    lenses, more = load_lenses(folder / "lenses", "checklists/lenses")
    issues = (*issues, *more, *_lenses(lenses, catalogs))
    crosswalks, references, more = load_all_crosswalks(folder)
    issues = (*issues, *more, *_crosswalks(crosswalks, references, catalogs))
    if overlays is not None and overlays.is_dir():
        issues = (*issues, *_overlays(overlays, catalogs))
    schemes, more = load_all_schemes(folder, own)
    issues = (*issues, *more, *lint_planning(folder, own))
    conducts, conduct_counts = lint_conducts(tuple(one for one in (own, folder) if one is not None))
    tracked = tuple(one / "trackers" for one in (own, folder) if one is not None)
    issues = (*issues, *conducts, *load_trackers(tracked)[1])
    counts = tuple(
        f"{name}: {len(one.clauses)} clauses and headings, {len(one.requirements)} requirements, "
        f"{len(one.points)} points, {len(guidance[name])} guidance items."
        for name, one in catalogs.items()
    )
    last = (
        f"{len(tests)} record tests, {len(checks)} impact checks, {len(types)} document types, {len(lenses)} lenses, "
        f"{len(crosswalks)} crosswalks, {len(references)} reference lists, {len(schemes)} priority schemes: "
        f"{len(issues)} faults."
    )
    return Linted(issues, (*counts, *languages, conduct_counts, last))


class _Beside(NamedTuple):
    """What stands beside the catalogs and is linked with their points."""

    types: tuple[DocumentType, ...]
    fields: Mapping[str, list[str]]
    """Of each dataset."""
    tests: Mapping[str, tuple[str, ...]]
    """Points by record test."""
    checks: Mapping[str, tuple[str, ...]]
    """Points by impact check."""


def _catalog(
    shelves: Shelves, name: str, loaded: LoadedCatalog, catalog: Catalog, beside: _Beside
) -> tuple[tuple[GuidanceItem, ...], tuple[str, ...], Issues]:
    """Lint a catalog with what lies in its folder; return its guidance, and how much each translation holds."""
    home, prefix = shelves.folder(name)
    issues = _points(loaded, catalog, home, beside)
    told = home / "readiness.yaml", f"{prefix}/readiness.yaml"
    of_readiness = load_readiness(*told, catalog.head.governance, beside.types, beside.fields)[1]
    guidance, of_guidance = _guidance(shelves.shipped, catalog, beside.types, beside.tests)
    of_translations, translated = _translations(catalog, guidance, home)
    return guidance, translated, (*issues, *of_readiness, *of_guidance, *of_translations)


def _points(loaded: LoadedCatalog, catalog: Catalog, home: Path, beside: _Beside) -> Issues:
    """Lint one catalog; record tests are linked both ways in the catalog they name points of."""
    name = catalog.head.id
    mapped: dict[str, tuple[str, ...]] = {}
    for test, points in beside.tests.items():
        named = [unqualify(point) for point in points]
        here = [point for owner, point in named if (owner or HOME_CATALOG) == name]
        if name != HOME_CATALOG:
            here += [
                point.id
                for point in catalog.points
                if test in point.procedures.records and point.id not in here
            ]
        mapped[test] = tuple(here)
    inventory = load_inventory(home / "inventory.csv")
    checks = beside.checks if name == HOME_CATALOG else {}
    return lint_catalog(catalog, loaded.places, inventory, beside.types, mapped, checks)


def _guidance(
    folder: Path, catalog: Catalog, types: Iterable[DocumentType], tests: Iterable[str]
) -> tuple[tuple[GuidanceItem, ...], Issues]:
    name = catalog.head.guidance
    if name is None:
        return (), ()
    items, issues = load_guidance(folder / name, f"checklists/{name}")
    return items, (*issues, *lint_guidance(items, catalog, types, tests, name))


def _translations(
    catalog: Catalog, guidance: tuple[GuidanceItem, ...], home: Path
) -> tuple[Issues, tuple[str, ...]]:
    """Return what is wrong with the translations of a catalog, and how much each of them holds."""
    prefix = f"checklists/{catalog.head.id}/translations"
    found, issues = load_translations(home / "translations", prefix)
    for one in found:
        file = f"{prefix}/{one.language}.yaml"
        issues = (
            *issues,
            *lint_translation(catalog, one, file),
            *lint_guidance_translation(guidance, one, file),
        )
    return issues, tuple(coverage(catalog, guidance, one) for one in found)


def _lenses(lenses: Iterable[Lens], catalogs: Mapping[str, Catalog]) -> Issues:
    """Lint the lenses that group clauses, each against the catalog it names."""
    issues: list[InputIssue] = []
    for lens in lenses:
        if lens.by == "clause" and lens.catalog in catalogs:
            issues += lint_lens(lens, catalogs[lens.catalog])
        elif lens.by == "clause":
            message = f"The lens groups {lens.catalog}, which is no catalog."
            issues.append(_issue(f"checklists/lenses/{lens.id}.yaml", message))
    return tuple(issues)


def _crosswalks(
    crosswalks: Iterable[Crosswalk], references: Iterable[ReferenceList], catalogs: Mapping[str, Catalog]
) -> Issues:
    ends = {one.id: frozenset(entry.id for entry in one.entries) for one in references}
    for name, catalog in catalogs.items():
        ids = {clause.clause for clause in catalog.clauses} | {point.id for point in catalog.points}
        ends[name] = frozenset(ids | {one.id for one in catalog.requirements})
    issues: list[InputIssue] = []
    for one in crosswalks:
        file = f"checklists/crosswalks/{one.id}.yaml"
        source = catalogs.get(one.source)
        if source is None or one.target not in ends:
            issues.append(
                _issue(file, f"It leads from {one.source} to {one.target}; one of them is unknown.")
            )
            continue
        wanted = [requirement.id for requirement in source.requirements]
        issues += lint_crosswalk(one, source, ends[one.target], wanted)
    return tuple(issues)


def _overlays(folder: Path, catalogs: Mapping[str, Catalog]) -> Issues:
    """Report drift of overlays, attestations and translations against our statements."""
    overlays, issues = load_overlays(folder, "overlays")
    found = list(issues)
    for catalog in catalogs.values():
        found += attest(catalog, overlays.attestations)[1]
        found += overlay_points(catalog, overlays.files)[1]
        for one in overlays.translations:
            if one.catalog == catalog.head.id:
                found += lint_translation(catalog, one, f"overlays/translations/{one.language}.yaml")
    named = {one.catalog for one in overlays.files} | {one.catalog for one in overlays.attestations}
    named |= {one.catalog for one in overlays.translations}
    found += [
        _issue("overlays", f"An overlay is for {name}, which is no catalog.")
        for name in sorted(named - catalogs.keys())
    ]
    return tuple(found)


def _issue(file: str, message: str) -> InputIssue:
    return InputIssue(
        code="catalog-dangling",
        severity="error",
        place=Place(file=file),
        message=message,
        hint="Correct the id.",
    )
