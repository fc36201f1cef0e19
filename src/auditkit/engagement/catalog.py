"""What the catalog commands ask for: the shipped library, points by id or word, guidance by clause."""

import textwrap

from auditkit.base.errors import UsageFault
from auditkit.base.ids import clause_of, is_point_id, is_within
from auditkit.catalog.model import GuidanceItem, Point
from auditkit.engagement.layout import checklists_folder
from auditkit.engagement.library import Library, load_library

DEFAULT_CATALOG = "iso-iec-20000-1-2018"


def library() -> Library:
    """Load the shipped checklists."""
    return load_library(checklists_folder(), DEFAULT_CATALOG)[0]


def find_points(identifier: str) -> tuple[Point, ...]:
    """Return the points of a clause, requirement or point; UsageFault when there is none of that id."""
    shelf = library()
    found = shelf.catalog.select(identifier)
    if not found and all(clause.clause != identifier for clause in shelf.catalog.clauses):
        raise UsageFault(
            f"{identifier}: no such clause, requirement or point. Try: auditkit catalog search WORD"
        )
    return found


def guidance_for(identifier: str) -> tuple[GuidanceItem, ...]:
    """Return the guidance items of the clause that an identifier lies in, or of the clauses within it."""
    clause = clause_of(identifier) if is_point_id(identifier) else identifier
    return tuple(
        item
        for item in library().guidance
        if is_within(item.clause, clause) or is_within(clause, item.clause)
    )


def search_points(words: tuple[str, ...]) -> tuple[Point, ...]:
    """Return the points whose texts contain every word, without regard to case."""
    wanted = [word.casefold() for word in words]
    return tuple(
        point for point in library().catalog.points if all(word in _haystack(point) for word in wanted)
    )


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
    for question in procedures.interview:
        lines += _wrap(f"ask: {question}", "  ")
    for sight in procedures.observe:
        lines += _wrap(f"look: {sight}", "  ")
    alternatives = " or ".join(" and ".join(one) for one in point.suffices) or "a judgement only"
    lines += _wrap(f"suffices: {alternatives}", "  ")
    lines += _wrap(f"usual evidence: {', '.join(point.usual_evidence)}", "  ")
    lines += _wrap(f"usual trap: {point.usual_trap}", "  ")
    return "\n".join(lines)


def _haystack(point: Point) -> str:
    procedures = point.procedures
    texts = (
        point.statement,
        *procedures.interview,
        *procedures.observe,
        *point.usual_evidence,
        point.usual_trap,
    )
    return " ".join(texts).casefold()


def _wrap(text: str, indent: str) -> list[str]:
    return textwrap.wrap(text, 80, initial_indent=indent, subsequent_indent=indent + "  ")
