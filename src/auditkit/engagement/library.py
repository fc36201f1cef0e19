"""The checklists in memory: catalogs, document types, datasets, profiles, tests, lenses, crosswalks, grading."""

from pathlib import Path
from typing import NamedTuple, TypeVar

from auditkit.assessment.engagement import Parameter
from auditkit.assessment.impactchecks import ImpactCheck, load_impact_checks
from auditkit.assessment.recordtests.derived import DerivedDataset, load_derived
from auditkit.assessment.recordtests.load import load_parameters, load_record_tests
from auditkit.assessment.recordtests.model import RecordTest
from auditkit.base.digest import digest_folder, digest_value
from auditkit.base.errors import InputsUnreadable
from auditkit.base.issue import InputIssue
from auditkit.base.place import Place
from auditkit.catalog.crosswalk import Crosswalk, ReferenceList
from auditkit.catalog.lens import Lens
from auditkit.catalog.load import load_catalog, load_document_types, load_guidance, load_lenses
from auditkit.catalog.load_links import load_crosswalks, load_references, load_translations
from auditkit.catalog.model import Catalog, DocumentType, GuidanceItem
from auditkit.catalog.overlay import Translation, qualified
from auditkit.catalog.preparation import ReadinessFile, load_readiness
from auditkit.evidence.datasets import load_datasets
from auditkit.evidence.model import Dataset, Profile
from auditkit.evidence.profiles import load_profiles
from auditkit.findings.load import load_grading
from auditkit.findings.model import GradingScheme

Issues = tuple[InputIssue, ...]
Value = TypeVar("Value")
HOME_CATALOG = "iso-iec-20000-1-2018"
"""The catalog whose points record tests name without qualification."""


class Library(NamedTuple):
    """Everything a run needs that is not the engagement's own."""

    catalog: Catalog
    places: dict[str, Place]
    document_types: tuple[DocumentType, ...]
    datasets: dict[str, Dataset]
    profiles: tuple[Profile, ...]
    tests: tuple[RecordTest, ...]
    lenses: tuple[Lens, ...]
    """Those of the catalog."""
    guidance: tuple[GuidanceItem, ...]
    parameters: dict[str, Parameter]
    grading: GradingScheme
    further: tuple[Catalog, ...] = ()
    """Further catalogs of the engagement, their ids qualified."""
    crosswalks: tuple[Crosswalk, ...] = ()
    """Those that start at the catalog."""
    references: tuple[ReferenceList, ...] = ()
    translations: tuple[Translation, ...] = ()
    derived: tuple[DerivedDataset, ...] = ()
    """Datasets computed from others, in the order in which they are made."""
    readiness: ReadinessFile = ReadinessFile()
    """What tells, beside the verdicts, how far an organisation is prepared."""
    impact_checks: tuple[ImpactCheck, ...] = ()

    def copied(self) -> "Library":
        """Return the same with tables of its own, so that nobody changes another's."""
        return self._replace(
            places=dict(self.places), datasets=dict(self.datasets), parameters=dict(self.parameters)
        )

    @property
    def whole(self) -> Catalog:
        """Return the catalog and all further ones as one, for everything that goes by points."""
        if not self.further:
            return self.catalog
        clauses = tuple(clause for one in (self.catalog, *self.further) for clause in one.clauses)
        return Catalog(head=self.catalog.head, clauses=clauses)

    @property
    def process_lens(self) -> Lens | None:
        """Return the lens that groups by processes; None where there is none."""
        return next((lens for lens in self.lenses if lens.id == "process"), None)

    def datasets_of(self, test: RecordTest) -> frozenset[str]:
        """Return the datasets whose exports a test rests on: its own, or those below a derived one."""
        below = {one.id: one.sources for one in self.derived}
        found, pending = set(), [test.dataset]
        while pending:
            name = pending.pop()
            if name in below:
                pending.extend(below[name])
            else:
                found.add(name)
        return frozenset(found)


class Shelves(NamedTuple):
    """Where checklists lie: the shipped ones, and the engagement's own, which come first."""

    shipped: Path
    own: Path | None = None

    def folder(self, name: str) -> tuple[Path, str]:
        """Return the folder of a catalog, and its name in places; InputsUnreadable when there is none."""
        for base in (self.own, self.shipped):
            if base is not None and (base / name / "catalog.yaml").is_file():
                return base / name, f"checklists/{name}"
        known = ", ".join(self.catalogs())
        raise InputsUnreadable(f"There is no catalog {name}. Known: {known}. See auditkit catalog import.")

    def catalogs(self) -> tuple[str, ...]:
        """Return the ids of every catalog that is there."""
        found = {
            path.parent.name
            for base in (self.shipped, self.own)
            if base is not None
            for path in base.glob("*/catalog.yaml")
        }
        return tuple(sorted(found))


_MOST_KEPT = 8
_KEPT: dict[str, tuple[Library, Issues]] = {}
"""The libraries used last in this process, by the digest of what they were loaded from."""


def load_library(
    folder: Path,
    catalog_id: str,
    grading_id: str = "house",
    cache: Path | None = None,
    own: Path | None = None,
    further: tuple[str, ...] = (),
) -> tuple[Library, Issues]:
    """Load the checklists; InputsUnreadable, naming file and line, when a catalog cannot be used.

    ``own``: checklists of the engagement, for imported catalogs; ``further``: ids of further catalogs. What was
    loaded last from the very same files is not loaded again.
    """
    lying = digest_folder(folder), digest_folder(own) if own is not None else ""
    wanted = digest_value([*lying, catalog_id, grading_id, further])
    found = _KEPT.pop(wanted, None) or _load(Shelves(folder, own), catalog_id, grading_id, cache, further)
    _KEPT[wanted] = found  # the last one in the order of use
    while len(_KEPT) > _MOST_KEPT:
        del _KEPT[next(iter(_KEPT))]
    library, issues = found
    return library.copied(), issues


def _load(
    shelves: Shelves, catalog_id: str, grading_id: str, cache: Path | None, further: tuple[str, ...]
) -> tuple[Library, Issues]:
    folder = shelves.shipped
    home, prefix = shelves.folder(catalog_id)
    loaded = load_catalog(home, prefix)
    head = loaded.catalog.head if loaded.catalog else None
    pile = _Pile(loaded.issues)
    datasets = pile.take(load_datasets(folder / "datasets.yaml", "checklists/datasets.yaml"))
    tests = folder / "record-tests"
    types = pile.take(load_document_types(folder / "document-types.yaml", "checklists/document-types.yaml"))
    profiles = pile.take(_load_profiles(shelves))
    derived = pile.take(load_derived(folder / "derived.yaml", "checklists/derived.yaml"))
    known = (*datasets, *(one.dataset for one in derived))
    record_tests = pile.take(load_record_tests(tests, "checklists/record-tests", known, cache_dir=cache))
    checks = pile.take(load_impact_checks(folder / "impact-checks.yaml", "checklists/impact-checks.yaml"))
    lenses = pile.take(load_lenses(folder / "lenses", "checklists/lenses"))
    guide = head.guidance if head else None
    guidance = pile.take(load_guidance(folder / guide, f"checklists/{guide}")) if guide else ()
    parameters = pile.take(load_parameters(folder / "parameters.yaml", "checklists/parameters.yaml"))
    fields = {one.id: [field.name for field in one.fields] for one in datasets}
    told = home / "readiness.yaml", f"{prefix}/readiness.yaml"
    readiness = pile.take(load_readiness(*told, head.governance if head else {}, types, fields))
    scheme = pile.take(_load_grading(shelves, grading_id))
    translations = pile.take(load_translations(home / "translations", f"{prefix}/translations"))
    crosswalks = pile.take(load_own_and_shipped(shelves)) if further else ()
    more = pile.take(_further(shelves, further))
    catalog, grading = _usable(folder, loaded.catalog, scheme, parameters, pile.issues)
    if catalog.head.tree_only:
        raise InputsUnreadable(f"{catalog_id} is a tree of clauses only; see auditkit catalog migrate.")
    library = Library(
        catalog=catalog,
        places=loaded.places,
        document_types=types,
        datasets={one.id: one for one in datasets},
        profiles=profiles,
        tests=record_tests,
        lenses=tuple(lens for lens in lenses if lens.by != "clause" or lens.catalog == catalog_id),
        guidance=guidance,
        parameters=parameters,
        grading=grading,
        further=more,
        crosswalks=tuple(one for one in crosswalks if one.source == catalog_id),
        translations=translations,
        derived=derived,
        readiness=readiness,
        impact_checks=checks,
    )
    return _with_tests_used(library), pile.issues


class _Pile:
    """The issues of one load, gathered as the parts come in."""

    def __init__(self, issues: Issues) -> None:
        self.issues = issues

    def take(self, part: tuple[Value, Issues]) -> Value:
        """Keep the issues of a part and hand on its value."""
        self.issues = (*self.issues, *part[1])
        return part[0]


def _load_profiles(shelves: Shelves) -> tuple[tuple[Profile, ...], Issues]:
    """Load the engagement's own profiles, then the shipped ones; an id of its own hides a shipped one."""
    shipped, issues = load_profiles(shelves.shipped / "profiles", "checklists/profiles")
    if shelves.own is None or not (shelves.own / "profiles").is_dir():
        return shipped, issues
    own, more = load_profiles(shelves.own / "profiles", "checklists/profiles")
    ids = {one.id for one in own}
    return (*own, *(one for one in shipped if one.id not in ids)), (*issues, *more)


def _load_grading(shelves: Shelves, grading_id: str) -> tuple[GradingScheme | None, Issues]:
    """Load a grading scheme of the engagement's own, else the shipped one."""
    name = f"grading/{grading_id}.yaml"
    own = shelves.own / name if shelves.own is not None else None
    path = own if own is not None and own.is_file() else shelves.shipped / name
    return load_grading(path, f"checklists/{name}")


def _usable(
    folder: Path,
    catalog: Catalog | None,
    grading: GradingScheme | None,
    parameters: dict[str, Parameter],
    issues: Issues,
) -> tuple[Catalog, GradingScheme]:
    """Hand on catalog and grading; InputsUnreadable when a part is missing or has faults."""
    faults = [issue for issue in issues if issue.severity == "error"]
    if catalog is None or not parameters or grading is None or faults:
        raise InputsUnreadable(
            "\n".join(str(issue) for issue in faults) or f"{folder}: the catalog is empty."
        )
    return catalog, grading


def _with_tests_used(library: Library) -> Library:
    """Leave out the record tests that no point and no item of guidance names."""
    procedures = [point.procedures for point in library.whole.points]
    procedures += [item.procedures for item in library.guidance]
    used = frozenset(test for one in procedures for test in one.records)
    return library._replace(tests=tuple(test for test in library.tests if test.id in used))


def load_own_and_shipped(shelves: Shelves) -> tuple[tuple[Crosswalk, ...], Issues]:
    """Load the crosswalks of the engagement, then the shipped ones; an id of its own hides a shipped one."""
    found: dict[str, Crosswalk] = {}
    issues: Issues = ()
    for base in dict.fromkeys((shelves.own, shelves.shipped)):
        if base is not None:
            loaded, more = load_crosswalks(base / "crosswalks", "checklists/crosswalks")
            issues = (*issues, *more)
            found = {**{one.id: one for one in loaded}, **found}
    return tuple(found.values()), issues


def load_all_crosswalks(folder: Path) -> tuple[tuple[Crosswalk, ...], tuple[ReferenceList, ...], Issues]:
    """Load every shipped crosswalk and reference list."""
    crosswalks, issues = load_crosswalks(folder / "crosswalks", "checklists/crosswalks")
    references, more = load_references(folder / "references", "checklists/references")
    return crosswalks, references, (*issues, *more)


def _further(shelves: Shelves, wanted: tuple[str, ...]) -> tuple[tuple[Catalog, ...], Issues]:
    found: list[Catalog] = []
    issues: list[InputIssue] = []
    for name in wanted:
        loaded = load_catalog(*shelves.folder(name))
        issues.extend(loaded.issues)
        if loaded.catalog is not None:
            found.append(qualified(loaded.catalog))
    return tuple(found), tuple(issues)
