"""Make a catalog of ours from a foreign one: headings, clauses, and points that only a judgement can decide (pure)."""

from typing import NamedTuple

from auditkit.base.ids import parent_clause
from auditkit.base.issue import InputIssue
from auditkit.catalog.exchange.issues import Notes
from auditkit.catalog.exchange.model import ForeignCatalog, ForeignNode
from auditkit.catalog.exchange.names import Names, clause_token, slug
from auditkit.catalog.exchange.points import Statement, point_endings, points_of, statements_of
from auditkit.catalog.exchange.source import one_line
from auditkit.catalog.model import CatalogHead, Clause

CLAUSES_FILE = "clauses.yaml"
_FORMATS = {"oscal": "an OSCAL catalog", "ciso-assistant": "a CISO Assistant library", "sheet": "a sheet"}


class _Planned(NamedTuple):
    """A node with its clause id and what its points will say."""

    node: ForeignNode
    clause: str
    statements: tuple[Statement, ...]


def to_catalog(
    foreign: ForeignCatalog, identifier: str = ""
) -> tuple[CatalogHead, tuple[Clause, ...], tuple[InputIssue, ...]]:
    """Return head, clauses and issues; ``identifier``: id of the catalog, else one is made of its title.

    Groups become headings, controls clauses with one requirement each; withdrawn controls become headings. Points
    have an interview as their only procedure and no ``suffices``.
    """
    notes = Notes(foreign.file)
    planned = _plan(foreign, notes)
    clauses: list[Clause] = []
    names = {one.node.id: one.clause for one in planned}
    known = {f"{one.clause}{ending}" for one in planned for ending in ("", *point_endings(one.statements))}
    for one in planned:
        parent = names.get(one.node.parent) if one.node.parent is not None else None
        clause = _clause(one, parent, notes)
        clauses += _missing_headings(clause, known, notes)
        clauses.append(clause)
    if not any(clause.points for clause in clauses):
        notes.add("import-empty", "Nothing in it is a requirement.")
    return _head(foreign, identifier, notes), tuple(clauses), notes.close()


def _plan(foreign: ForeignCatalog, notes: Notes) -> list[_Planned]:
    """Give each node a clause id such that neither it nor the ids of its points collide with others."""
    names = Names()
    planned = []
    for number, node in enumerate(foreign.nodes, start=1):
        token = clause_token(node.id)
        if token != node.id or not token:
            token = token or f"c{number}"
            notes.add("import-bad-id", f"{node.id!r} cannot name a clause; here it is {token}.", node.place)
        statements = () if node.kind == "group" or node.withdrawn else statements_of(node)
        clause = names.take(token, point_endings(statements))
        if clause != token:
            message = f"{token} is taken by another clause or its points; here it is {clause}."
            notes.add("import-id-taken", message, node.place)
        planned.append(_Planned(node, clause, statements))
    return planned


def _clause(one: _Planned, parent: str | None, notes: Notes) -> Clause:
    node = one.node
    title = one_line(node.title) or one.clause
    if node.withdrawn:
        notes.add("import-withdrawn", f"{one.clause} is withdrawn.", node.place)
        return Clause(clause=one.clause, title=f"{title} (withdrawn)", parent=parent, summary=_summary(node))
    return Clause(
        clause=one.clause,
        title=title,
        summary=_summary(node),
        parent=parent,
        points=points_of(node, one.clause, title, one.statements, notes),
    )


def _summary(node: ForeignNode) -> str:
    """Return the introduction of a group, and the guidance of either; a withdrawn control keeps its text."""
    own = node.prose if node.kind == "group" or node.withdrawn else ""
    return "\n\n".join(text for text in (own, node.guidance) if text)


def _missing_headings(clause: Clause, known: set[str], notes: Notes) -> list[Clause]:
    """Return headings for the numbers above a clause at the top: ``A.5`` and ``A`` above ``A.5.1``."""
    missing: list[str] = []
    above = clause.above
    while clause.parent is None and above is not None and above not in known:
        missing.append(above)
        above = parent_clause(above)
    known.update(missing)
    for name in reversed(missing):
        notes.add("import-heading-added", f"The heading {name} above {clause.clause} was added.")
    return [Clause(clause=name, title=name) for name in reversed(missing)]


def _head(foreign: ForeignCatalog, identifier: str, notes: Notes) -> CatalogHead:
    name = identifier or slug(" ".join((foreign.title, foreign.version))) or "imported-catalog"
    if foreign.format != "sheet" and not foreign.version:
        notes.add("import-metadata", "The catalog has no version.")
    owner = foreign.publisher or "whoever owns that catalog"
    source = f"Imported by auditkit from {foreign.file}, {_FORMATS[foreign.format]}."
    about = [f"{foreign.title}{f', version {foreign.version}' if foreign.version else ''}."]
    about += [f"Published by {foreign.publisher}."] if foreign.publisher else []
    about += [f"Source id: {foreign.id}."] if foreign.id else []
    about.append(f"Copyright and licence: {foreign.licence or 'the file says nothing'}")
    return CatalogHead(
        id=name,
        standard=foreign.title,
        edition=foreign.version,
        title=foreign.title,
        allows_exclusions=True,
        source_note=f"{source} The statements are the text of {owner}, not auditkit's own words; nobody has checked them.",
        files=(CLAUSES_FILE,),
        language=foreign.language,
        origin=" ".join(about),
    )
