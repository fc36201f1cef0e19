"""The shipped checklists in memory: catalog, document types, datasets, profiles, tests, lenses, grading."""

from pathlib import Path
from typing import NamedTuple

from auditkit.assessment.engagement import Parameter
from auditkit.assessment.recordtests.load import load_parameters, load_record_tests
from auditkit.assessment.recordtests.model import RecordTest
from auditkit.base.errors import InputsUnreadable
from auditkit.base.issue import InputIssue
from auditkit.base.place import Place
from auditkit.catalog.lint import lint_catalog, lint_document_types, lint_lens
from auditkit.catalog.load import (
    load_catalog,
    load_document_types,
    load_guidance,
    load_inventory,
    load_lenses,
)
from auditkit.catalog.model import Catalog, DocumentType, GuidanceItem, Lens
from auditkit.evidence.datasets import load_datasets
from auditkit.evidence.model import Dataset, Profile
from auditkit.evidence.profiles import load_profiles
from auditkit.findings.load import load_grading
from auditkit.findings.model import GradingScheme

Issues = tuple[InputIssue, ...]


class Library(NamedTuple):
    """Everything a run needs that is not the engagement's own."""

    catalog: Catalog
    places: dict[str, Place]
    document_types: tuple[DocumentType, ...]
    datasets: dict[str, Dataset]
    profiles: tuple[Profile, ...]
    tests: tuple[RecordTest, ...]
    lenses: tuple[Lens, ...]
    guidance: tuple[GuidanceItem, ...]
    parameters: dict[str, Parameter]
    grading: GradingScheme


def load_library(
    folder: Path, catalog_id: str, grading_id: str = "house", cache: Path | None = None
) -> tuple[Library, Issues]:
    """Load the checklists; InputsUnreadable, naming file and line, when the catalog cannot be used."""
    loaded = load_catalog(folder / catalog_id, f"checklists/{catalog_id}")
    types, type_issues = load_document_types(folder / "document-types.yaml", "checklists/document-types.yaml")
    datasets, dataset_issues = load_datasets(folder / "datasets.yaml", "checklists/datasets.yaml")
    profiles, profile_issues = load_profiles(folder / "profiles", "checklists/profiles")
    tests, test_issues = load_record_tests(
        folder / "record-tests", "checklists/record-tests", datasets, cache_dir=cache
    )
    lenses, lens_issues = load_lenses(folder / "lenses", "checklists/lenses")
    guidance, guidance_issues = load_guidance(
        folder / "iso-iec-20000-2-2019", "checklists/iso-iec-20000-2-2019"
    )
    parameters, parameter_issues = load_parameters(folder / "parameters.yaml", "checklists/parameters.yaml")
    name = f"grading/{grading_id}.yaml"
    grading, grading_issues = load_grading(folder / name, f"checklists/{name}")
    issues = (
        *loaded.issues,
        *type_issues,
        *dataset_issues,
        *profile_issues,
        *test_issues,
        *lens_issues,
        *guidance_issues,
        *parameter_issues,
        *grading_issues,
    )
    faults = [issue for issue in issues if issue.severity == "error"]
    if loaded.catalog is None or not parameters or grading is None or faults:
        raise InputsUnreadable(
            "\n".join(str(issue) for issue in faults) or f"{folder}: the catalog is empty."
        )
    library = Library(
        catalog=loaded.catalog,
        places=loaded.places,
        document_types=types,
        datasets={one.id: one for one in datasets},
        profiles=profiles,
        tests=tests,
        lenses=lenses,
        guidance=guidance,
        parameters=parameters,
        grading=grading,
    )
    return library, issues


def lint_library(folder: Path, library: Library) -> Issues:
    """Return every fault of the checklists that loading alone does not show."""
    catalog = library.catalog
    inventory = load_inventory(folder / catalog.head.id / "inventory.csv")
    test_points = {test.id: test.points for test in library.tests}
    return (
        *lint_catalog(catalog, library.places, inventory, library.document_types, test_points),
        *lint_document_types(library.document_types, catalog),
        *(issue for lens in library.lenses for issue in lint_lens(lens, catalog)),
    )
