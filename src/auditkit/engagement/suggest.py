"""Suggest which requirements each file may bear on and which files each requirement; nothing is written, a person decides."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import NamedTuple

from auditkit.base.errors import UsageFault
from auditkit.base.issue import InputIssue
from auditkit.catalog.model import Catalog, Point
from auditkit.engagement.layout import checklists_folder
from auditkit.engagement.open import OpenEngagement
from auditkit.engagement.suggest_finder import Finder
from auditkit.engagement.suggest_model import Suggested
from auditkit.engagement.suggest_queries import Asked
from auditkit.engagement.suggest_show import Shown
from auditkit.evidence.document_checks import is_keyword_list
from auditkit.evidence.folders import find_folders
from auditkit.evidence.model import EvidenceItem, ReadDocument
from auditkit.evidence.read import list_files, read_files
from auditkit.evidence.suggest.model import Vocabulary
from auditkit.evidence.suggest.vocabulary import load_vocabulary

Progress = Callable[[int, int, str], None]


class SuggestOptions(NamedTuple):
    """What to suggest for."""

    identifier: str | None = None
    """A clause, requirement or point, to suggest files for. None: suggest requirements for files."""
    files: tuple[str, ...] = ()
    """Files below evidence/, or ids of the register; empty: all."""
    limit: int = 5
    """At most so many suggestions for each."""
    progress: Progress | None = None


def suggest(opened: OpenEngagement, options: SuggestOptions) -> Suggested:
    """Read the evidence and suggest; UsageFault for an unknown id or file."""
    library, folder = opened.library, opened.layout.evidence
    items = {item.file: item for item in opened.register.items}
    files = list_files(folder)
    points = _points(library.catalog, options.identifier)
    chosen = _chosen(options.files, files, items)
    parts = find_folders(opened.register.items, files).values()
    exports = frozenset(file for file, item in items.items() if item.kind == "record_export").union(*parts)
    documents = read_files(folder, files, opened.layout.cache, options.progress, digest_only=exports)
    usable = {file: one for file, one in documents.items() if file not in exports and rankable(one)}
    vocabulary, issues = _vocabulary(opened)
    asked = Asked(library.catalog, library.document_types, vocabulary, library.translations)
    finder = Finder(asked, usable, items)
    shown = Shown(items, usable)
    requirements = tuple(
        shown.requirement(key, group, finder.for_points(group, chosen, options.limit))
        for key, group in points.items()
    )
    hits = {} if points else finder.for_files(tuple(file for file in chosen if file in usable), options.limit)
    unread = {file: documents[file].why for file in chosen if documents[file].status == "skipped"}
    left = [file for file in chosen if file not in hits and file not in unread and not points]
    return Suggested(
        catalog=library.catalog.head.name,
        files=tuple(shown.file(file, some) for file, some in hits.items()),
        requirements=requirements,
        unreadable=shown.unranked(unread),
        silent=shown.unranked({file: _silence(documents[file], exports) for file in left}),
        issues=issues,
    )


def _points(catalog: Catalog, identifier: str | None) -> dict[str, tuple[Point, ...]]:
    """Return the points asked for, by requirement, or the one point itself."""
    if identifier is None:
        return {}
    found: dict[str, tuple[Point, ...]] = {}
    for point in catalog.select(identifier):
        key = point.id if point.id == identifier else point.requirement
        found[key] = (*found.get(key, ()), point)
    if not found:
        raise UsageFault(
            f"{identifier}: no requirement of {catalog.head.name} has this id or clause. "
            "Try: auditkit catalog search WORD"
        )
    return found


def _chosen(
    wanted: Sequence[str], files: Sequence[str], items: Mapping[str, EvidenceItem]
) -> tuple[str, ...]:
    """Return the files to suggest for, in the order of their names."""
    if not wanted:
        return tuple(files)
    by_id = {item.id: file for file, item in items.items()}
    chosen = [by_id.get(one, one.removeprefix("./").removeprefix("evidence/")) for one in wanted]
    for name, file in zip(wanted, chosen, strict=True):
        if file not in files:
            raise UsageFault(
                f"{name}: there is no such file below evidence/ and no such entry in the register."
            )
    return tuple(file for file in files if file in chosen)


def rankable(document: ReadDocument) -> bool:
    """Tell whether something can be suggested for a document: it was read, at least in part, and holds sentences."""
    text = any(not passage.heading for passage in document.passages)
    return document.status != "skipped" and text and not is_keyword_list(document)


def _silence(document: ReadDocument, exports: Collection[str]) -> str:
    """Say why nothing is suggested for a file that was read."""
    if document.file in exports:
        return "it is a record export; record tests read its rows"
    if rankable(document):
        return "nothing in it matches"
    return "it holds words without sentences" if document.passages else "it holds no text"


def _vocabulary(opened: OpenEngagement) -> tuple[Vocabulary | None, tuple[InputIssue, ...]]:
    """Load the vocabulary of the catalog: the engagement's own, or else the shipped one."""
    catalog = opened.library.catalog
    name = f"vocabulary/{catalog.head.id}.yaml"
    folders = (opened.layout.checklists, checklists_folder())
    path = next((folder / name for folder in folders if (folder / name).is_file()), folders[-1] / name)
    clauses = frozenset(clause.clause for clause in catalog.clauses)
    return load_vocabulary(path, f"checklists/{name}", catalog.head.id, clauses)
