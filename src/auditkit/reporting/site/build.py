"""From a catalog and what belongs to it to the pages of the book (pure)."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from auditkit.assessment.recordtests.model import RecordTest
from auditkit.base.ids import is_point_id, requirement_of
from auditkit.catalog.crosswalk import Crosswalk, CrosswalkMap, ReferenceList
from auditkit.catalog.lens import Lens, LensGroup
from auditkit.catalog.model import Catalog, Clause, DocumentType, GuidanceItem, Requirement
from auditkit.catalog.overlay import OverlayPoint
from auditkit.reporting.site.model import (
    Book,
    ClausePage,
    ContentsLine,
    CrosswalkView,
    GroupView,
    LensPage,
    Link,
    MapPage,
    RelationView,
    RequirementPage,
)
from auditkit.reporting.site.points import advice, point_view

RELATIONS = {
    "equal": "demands the same as",
    "subset": "demands a part of",
    "superset": "demands all of, and more than,",
    "intersects": "shares a part with",
    "none": "has no counterpart",
}


class Shelf(NamedTuple):
    """What the book is made from."""

    catalog: Catalog
    original: Catalog
    """The same catalog in its own language."""
    guidance: tuple[GuidanceItem, ...]
    document_types: tuple[DocumentType, ...]
    tests: tuple[RecordTest, ...]
    lenses: tuple[Lens, ...]
    crosswalks: tuple[Crosswalk, ...]
    """From this catalog to others."""
    history: tuple[Crosswalk, ...]
    """From older editions to this one."""
    references: tuple[ReferenceList, ...]
    overlay: dict[str, OverlayPoint] = {}


def build_book(shelf: Shelf) -> Book:
    """Word every page. The same shelf gives the same book."""
    catalog = shelf.catalog
    names = {
        "crosswalks": {one.target: _names(one.target, shelf) for one in shelf.crosswalks},
        "history": {one.source: _names(one.source, shelf) for one in shelf.history},
    }
    lineage = catalog.lineage()
    requirements = _chain([_requirement(one, shelf, lineage, names) for one in catalog.requirements])
    clauses = [_clause(clause, shelf, lineage) for clause in catalog.clauses]
    with_pages = {clause.clause for clause in catalog.clauses}
    return Book(
        title=catalog.head.title,
        standard=catalog.head.name,
        language=catalog.head.language,
        note=catalog.head.source_note,
        certainty=_certainty(catalog),
        contents=tuple(_line(clause, catalog, lineage) for clause in catalog.clauses),
        requirements=requirements,
        clauses=_chain_clauses(clauses),
        lenses=tuple(_lens(lens, catalog, lineage) for lens in shelf.lenses),
        maps=tuple(_map(one, names["crosswalks"][one.target], with_pages) for one in shelf.crosswalks),
        search=tuple(_searched(page) for page in requirements),
    )


def _names(identifier: str, shelf: Shelf) -> dict[str, str]:
    """Return the titles of another framework by id; empty for one we have no list of."""
    for one in shelf.references:
        if one.id == identifier:
            return {entry.id: entry.title for entry in one.entries}
    return {}


def requirement_file(identifier: str) -> str:
    """Return the file of a requirement's page."""
    return f"r-{requirement_of(identifier)}.html"


def clause_file(clause: str) -> str:
    """Return the file of a clause's page."""
    return f"c-{clause}.html"


def _requirement(
    requirement: Requirement,
    shelf: Shelf,
    lineage: Mapping[str, tuple[str, ...]],
    names: Mapping[str, Mapping[str, dict[str, str]]],
) -> RequirementPage:
    catalog = shelf.catalog
    titles = {clause.clause: clause.title for clause in catalog.clauses}
    original = {point.id: point for point in shelf.original.points}
    types = {one.id: one for one in shelf.document_types}
    tests = {one.id: one for one in shelf.tests}
    line = lineage[requirement.clause]
    ids = {requirement.id, *line, *(point.id for point in requirement.points)}
    return RequirementPage(
        file=requirement_file(requirement.id),
        title=requirement.id,
        kicker=f"{requirement.clause} {titles[requirement.clause]}",
        trail=_trail(line, titles),
        points=tuple(
            point_view(point, original[point.id], types, tests, shelf.overlay.get(point.id))
            for point in requirement.points
        ),
        guidance=tuple(advice(item) for item in shelf.guidance if item.clause in line),
        lenses=tuple(
            Link(href=f"lens-{lens.id}.html", text=group.title, note=lens.title)
            for lens in shelf.lenses
            for group in lens.groups
            if _holds(group, requirement, line)
        ),
        crosswalks=tuple(
            found
            for one in shelf.crosswalks
            if (found := _says(one, names["crosswalks"][one.target], ids)).relations
        ),
        history=tuple(
            former
            for one in shelf.history
            if (former := _came_from(one, names["history"][one.source], ids)).relations
        ),
    )


def _holds(group: LensGroup, requirement: Requirement, line: Iterable[str]) -> bool:
    named = {requirement.id, *(point.id for point in requirement.points)}
    return bool(set(line) & set(group.clauses) or named & set(group.points))


def _says(crosswalk: Crosswalk, names: Mapping[str, str], ids: set[str]) -> CrosswalkView:
    return CrosswalkView(
        title=crosswalk.title,
        relations=tuple(_relation(one, names) for one in crosswalk.maps if ids & set(one.sources)),
    )


def _relation(one: CrosswalkMap, names: Mapping[str, str]) -> RelationView:
    return RelationView(
        relation=RELATIONS[one.relation],
        targets=tuple(Link(href="", text=target, note=names.get(target, "")) for target in one.targets),
        rationale=one.rationale,
    )


def _came_from(crosswalk: Crosswalk, names: Mapping[str, str], ids: set[str]) -> CrosswalkView:
    """Return what an older edition asked that leads here; its relation is that of the older to the newer."""
    return CrosswalkView(
        title=crosswalk.title,
        relations=tuple(
            RelationView(
                relation=RELATIONS[one.relation],
                targets=tuple(
                    Link(href="", text=source, note=names.get(source, "")) for source in one.sources
                ),
                rationale=one.rationale,
            )
            for one in crosswalk.maps
            if ids & set(one.targets)
        ),
    )


def _clause(clause: Clause, shelf: Shelf, lineage: Mapping[str, tuple[str, ...]]) -> ClausePage:
    titles = {one.clause: one.title for one in shelf.catalog.clauses}
    line = lineage[clause.clause]
    return ClausePage(
        file=clause_file(clause.clause),
        title=clause.title,
        kicker=clause.clause,
        number=clause.clause,
        trail=_trail(line[1:], titles),
        summary=clause.summary,
        requirements=tuple(
            Link(href=requirement_file(one.id), text=one.id, note=one.points[0].statement)
            for one in shelf.catalog.requirements
            if one.clause == clause.clause
        ),
        below=tuple(
            Link(href=clause_file(one.clause), text=one.clause, note=one.title)
            for one in shelf.catalog.clauses
            if one.above == clause.clause
        ),
        guidance=tuple(advice(item) for item in shelf.guidance if item.clause == clause.clause),
    )


def _trail(line: Iterable[str], titles: Mapping[str, str]) -> tuple[Link, ...]:
    known = [clause for clause in line if clause in titles]
    return tuple(Link(href=clause_file(one), text=one, note=titles[one]) for one in reversed(known))


def _line(clause: Clause, catalog: Catalog, lineage: Mapping[str, tuple[str, ...]]) -> ContentsLine:
    within = [one for one in catalog.requirements if clause.clause in lineage[one.clause]]
    return ContentsLine(
        depth=len(lineage[clause.clause]) - 1,
        href=clause_file(clause.clause),
        number=clause.clause,
        title=clause.title,
        count=str(len(within)) if within else "",
    )


def _lens(lens: Lens, catalog: Catalog, lineage: Mapping[str, tuple[str, ...]]) -> LensPage:
    return LensPage(
        file=f"lens-{lens.id}.html",
        title=lens.title,
        kicker="Lens",
        trail=(),
        about=lens.about,
        source=lens.source,
        groups=tuple(
            GroupView(
                title=group.title,
                about=group.about,
                requirements=tuple(
                    Link(href=requirement_file(one.id), text=one.id)
                    for one in catalog.requirements
                    if _holds(group, one, lineage[one.clause])
                ),
            )
            for group in lens.groups
        ),
    )


def _map(crosswalk: Crosswalk, names: Mapping[str, str], clauses: set[str]) -> MapPage:
    def link(source: str) -> Link:
        if is_point_id(source):
            return Link(href=requirement_file(source), text=source)
        return Link(href=clause_file(source) if source in clauses else "", text=source)

    return MapPage(
        file=f"map-{crosswalk.target}.html",
        title=crosswalk.title,
        kicker="Crosswalk",
        trail=(),
        about=crosswalk.about,
        source=crosswalk.source_note,
        rows=tuple(
            (tuple(link(source) for source in one.sources), _relation(one, names)) for one in crosswalk.maps
        ),
    )


def _chain(pages: list[RequirementPage]) -> tuple[RequirementPage, ...]:
    links = [Link(href=page.file, text=page.title) for page in pages]
    return tuple(page.model_copy(update=_neighbours(links, place)) for place, page in enumerate(pages))


def _chain_clauses(pages: list[ClausePage]) -> tuple[ClausePage, ...]:
    links = [Link(href=page.file, text=page.number, note=page.title) for page in pages]
    return tuple(page.model_copy(update=_neighbours(links, place)) for place, page in enumerate(pages))


def _neighbours(links: list[Link], place: int) -> dict[str, Link | None]:
    return {
        "before": links[place - 1] if place else None,
        "after": links[place + 1] if place + 1 < len(links) else None,
    }


def _certainty(catalog: Catalog) -> tuple[str, ...]:
    stated = [point.certainty for point in catalog.points]
    return tuple(f"{stated.count(one)} {one}" for one in dict.fromkeys(sorted(stated)))


def _searched(page: RequirementPage) -> tuple[str, str, str, str]:
    texts = [page.kicker]
    for point in page.points:
        texts += [point.id, point.statement, *point.questions, *point.evidence, point.trap, point.original]
        texts += [document.title for document in point.documents]
        texts += [test.title for test in point.tests]
    shown = page.points[0].statement
    return page.file, page.title, shown, " ".join(texts).casefold()
