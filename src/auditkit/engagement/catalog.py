"""What the catalog commands ask for: catalogs, points by id or word, guidance, and the difference of editions."""

import textwrap
from typing import NamedTuple

from auditkit.base.errors import UsageFault
from auditkit.base.ids import clause_of, is_point_id, is_within, requirement_of
from auditkit.base.issue import InputIssue
from auditkit.catalog.crosswalk import Crosswalk, CrosswalkMap
from auditkit.catalog.load import load_catalog
from auditkit.catalog.model import Catalog, GuidanceItem, Point
from auditkit.engagement.catalogs import here, shelves
from auditkit.engagement.library import HOME_CATALOG, Library, load_all_crosswalks, load_library
from auditkit.engagement.overlays import apply_overlays, in_language

WIDTH = 80


def library(catalog_id: str = HOME_CATALOG, language: str = "en") -> Library:
    """Load a catalog with what belongs to it and what overlays here add, in a language."""
    stand = shelves()
    found, _ = load_library(stand.shipped, catalog_id, own=stand.own)
    layout = here()
    if layout is not None:
        found, _, _ = apply_overlays(layout, found, "the organisation")
    if language != "en" and all(one.language != language for one in found.translations):
        known = ", ".join(sorted({"en", *(one.language for one in found.translations)}))
        raise UsageFault(f"{language}: {catalog_id} has no translation into it. Known: {known}.")
    catalog, guidance = in_language(found, language)
    return found._replace(catalog=catalog, guidance=guidance)


def tree(catalog_id: str) -> Catalog:
    """Load a catalog alone, trees of clauses included; UsageFault when it cannot be read."""
    loaded = load_catalog(*shelves().folder(catalog_id))
    if loaded.catalog is None:
        raise UsageFault("\n".join(str(issue) for issue in loaded.issues))
    return loaded.catalog


class Entry(NamedTuple):
    """One catalog in the list."""

    id: str
    name: str
    clauses: int
    requirements: int
    points: int
    note: str


def list_catalogs() -> tuple[tuple[Entry, ...], tuple[InputIssue, ...]]:
    """Return every catalog that is there, shipped and own, and what could not be read."""
    entries: list[Entry] = []
    issues: list[InputIssue] = []
    stand = shelves()
    for name in stand.catalogs():
        loaded = load_catalog(*stand.folder(name))
        issues += loaded.issues
        if loaded.catalog is not None:
            one = loaded.catalog
            note = "clauses only" if one.head.tree_only else ("imported" if one.head.origin else "")
            entries.append(
                Entry(name, one.head.name, len(one.clauses), len(one.requirements), len(one.points), note)
            )
    return tuple(entries), tuple(issues)


def find_points(shelf: Library, identifier: str) -> tuple[Point, ...]:
    """Return the points of a clause, requirement or point; UsageFault when there is none of that id."""
    found = shelf.catalog.select(identifier)
    if not found and all(clause.clause != identifier for clause in shelf.catalog.clauses):
        raise UsageFault(
            f"{identifier}: no such clause, requirement or point. Try: auditkit catalog search WORD"
        )
    return found


def guidance_for(shelf: Library, identifier: str) -> tuple[GuidanceItem, ...]:
    """Return the guidance items of the clause that an identifier lies in, or of the clauses within it."""
    named = any(clause.clause == identifier for clause in shelf.catalog.clauses)
    clause = identifier if named or not is_point_id(identifier) else clause_of(identifier)
    return tuple(
        item for item in shelf.guidance if is_within(item.clause, clause) or is_within(clause, item.clause)
    )


def search_points(shelf: Library, words: tuple[str, ...]) -> tuple[Point, ...]:
    """Return the points whose texts contain every word, without regard to case."""
    wanted = [word.casefold() for word in words]
    return tuple(point for point in shelf.catalog.points if all(word in _haystack(point) for word in wanted))


class Difference(NamedTuple):
    """What became of the requirements of one catalog in another."""

    crosswalk: Crosswalk | None
    maps: tuple[CrosswalkMap, ...]
    """As the crosswalk between them says."""
    gone: tuple[str, ...]
    """Requirements of the first without counterpart in the second."""
    new: tuple[str, ...]
    """Requirements of the second that nothing in the first leads to."""
    changed: tuple[str, ...]
    """Without a crosswalk: ids in both whose statements differ."""


def difference(first: str, second: str) -> Difference:
    """Compare two catalogs by the crosswalk between them, or, without one, by their ids."""
    old, new = tree(first), tree(second)
    crosswalks, _, _ = load_all_crosswalks(shelves().shipped)
    found = next((one for one in crosswalks if (one.source, one.target) == (first, second)), None)
    if found is None:
        before = {point.id: point.statement for point in old.points}
        after = {point.id: point.statement for point in new.points}
        return Difference(
            None,
            (),
            tuple(one for one in before if one not in after),
            tuple(one for one in after if one not in before),
            tuple(one for one in before if one in after and before[one] != after[one]),
        )
    reached = {target for one in found.maps for target in one.targets}
    lineage = new.lineage()
    fresh = tuple(
        one.id
        for one in new.requirements
        if not reached & {one.id, *(point.id for point in one.points), *lineage[one.clause]}
    )
    gone = tuple(source for one in found.maps if not one.targets for source in one.sources)
    return Difference(found, found.maps, gone, fresh, ())


def explain(shelf: Library, identifier: str) -> str:
    """Say of a requirement or clause how it is examined, what suffices, and where it stands elsewhere."""
    points = find_points(shelf, identifier)
    parts = [point_text(point) for point in points]
    for item in guidance_for(shelf, identifier):
        parts.append(
            "\n".join([f"Guidance {item.id}", *_wrap(item.advice, "  "), *_wrap(f"Why: {item.why}", "  ")])
        )
    lineage = shelf.catalog.lineage()
    requirements = {requirement_of(point.id) for point in points}
    ids = {identifier, *requirements, *(point.id for point in points)}
    line = {clause for point in points for clause in lineage[point.clause]}
    lenses = [
        f"{lens.title}: {group.title}"
        for lens in shelf.lenses
        for group in lens.groups
        if line & set(group.clauses) or ids & set(group.points)
    ]
    if lenses:
        parts.append("\n".join(["Lenses", *(text for one in lenses for text in _wrap(one, "  "))]))
    parts += _related(shelf, ids | line)
    return "\n\n".join(parts)


def _related(shelf: Library, ids: set[str]) -> list[str]:
    """Word what crosswalks say of these ids, from here to elsewhere and from older editions to here."""
    crosswalks, _, _ = load_all_crosswalks(shelves().shipped)
    parts = []
    for one in crosswalks:
        if one.source == shelf.catalog.head.id:
            maps = [(found, found.targets) for found in one.maps if ids & set(found.sources)]
        elif one.target == shelf.catalog.head.id:
            maps = [(found, found.sources) for found in one.maps if ids & set(found.targets)]
        else:
            continue
        lines = [one.title]
        for found, ends in maps:
            lines += _wrap(f"{found.relation} {', '.join(ends) or '-'}: {found.rationale}", "  ")
        if maps:
            parts.append("\n".join(lines))
    return parts


def point_text(point: Point) -> str:
    """Render a point for a terminal of 80 columns."""
    marks: list[str] = [point.kind, point.certainty]
    marks += ["documented information"] if point.documented else []
    marks += ["at planned intervals"] if point.planned_intervals else []
    marks += [point.amendment] if point.amendment else []
    lines = [f"{point.id}  ({', '.join(marks)})", *_wrap(point.statement, "  ")]
    procedures = point.procedures
    for one in procedures.documents:
        topics = f" ({', '.join(one.topics)})" if one.topics else ""
        lines += _wrap(f"document: {one.type}{topics}", "  ")
    lines += [f"  record test: {test}" for test in procedures.records]
    lines += [f"  impact check: {check}" for check in procedures.impact]
    for question in procedures.interview:
        lines += _wrap(f"ask: {question}", "  ")
    for sight in procedures.observe:
        lines += _wrap(f"look: {sight}", "  ")
    alternatives = " or ".join(" and ".join(one) for one in point.suffices) or "a judgement only"
    lines += _wrap(f"suffices: {alternatives}", "  ")
    if point.usual_evidence:
        lines += _wrap(f"usual evidence: {', '.join(point.usual_evidence)}", "  ")
    if point.usual_trap:
        lines += _wrap(f"usual trap: {point.usual_trap}", "  ")
    return "\n".join(lines)


def _haystack(point: Point) -> str:
    procedures = point.procedures
    texts = (
        point.id,
        point.statement,
        *procedures.interview,
        *procedures.observe,
        *point.usual_evidence,
        point.usual_trap,
    )
    return " ".join(texts).casefold()


def _wrap(text: str, indent: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent=indent, subsequent_indent=indent + "  ")
