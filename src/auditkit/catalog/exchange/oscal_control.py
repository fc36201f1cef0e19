"""A requirement of ours as an OSCAL control: statement and items, objectives from questions, methods (pure)."""

import re
from collections.abc import Iterable, Sequence

from auditkit.base.ids import POINT_PATTERN
from auditkit.catalog.exchange.oscal_terms import (
    OWN,
    RMF,
    Json,
    own_prop,
    own_props,
    token,
    without_empty,
)
from auditkit.catalog.model import Clause, GuidanceItem, Point, Requirement

_PEOPLE = "The people who do this work, and those who answer for it."


def statement_id(point_id: str) -> str:
    """Return the id of the part that holds a point: ``sms-8.6.1-1_smt.a``, ``sms-4.1-1_smt`` without a letter."""
    found = POINT_PATTERN.fullmatch(point_id)
    if found is None or not found["letter"]:
        return f"{token(point_id)}_smt"
    return f"{token(found['requirement'])}_smt.{found['letter']}"


def control(
    requirement: Requirement, clause: Clause, links: Sequence[Json], guidance: Sequence[Json]
) -> Json:
    """Return a requirement as a control; ``links`` and ``guidance``: links and parts made elsewhere."""
    identifier = token(requirement.id)
    alone = len({point.requirement for point in clause.points}) == 1
    title = clause.title if alone else f"{clause.title} ({requirement.id})"
    return without_empty(
        {
            "id": identifier,
            "class": "requirement",
            "title": " ".join(title.split()),
            "props": [
                {"name": "label", "value": requirement.id},
                {"name": "sort-id", "value": sort_id(requirement.id)},
            ],
            "links": list(links),
            "parts": [
                _statement(requirement, identifier),
                *guidance,
                *(part for point in requirement.points for part in _examination(point, identifier)),
            ],
        }
    )


def guidance_part(item: GuidanceItem, identifier: str, own: bool) -> Json:
    """Return a recommendation as a part; ``own``: in our namespace, for groups, which have no guidance in OSCAL."""
    part = {
        "id": identifier,
        "name": "guidance",
        "title": f"Guidance {item.id} for clause {item.clause}",
        "props": own_props((("guidance-id", item.id), ("certainty", item.certainty))),
        "prose": "\n\n".join(text for text in (item.advice, item.why, item.other) if text.strip()),
    }
    return {**part, "ns": OWN} if own else part


def sort_id(identifier: str) -> str:
    """Return an id with its numbers padded, so that text sorts as numbers do: ``08.06.01-01``."""
    return re.sub(r"\d+", lambda found: found[0].zfill(2), identifier)


def _statement(requirement: Requirement, identifier: str) -> Json:
    part: Json = {"id": f"{identifier}_smt", "name": "statement"}
    first = requirement.points[0]
    if len(requirement.points) == 1 and first.id == requirement.id:
        return without_empty({**part, "props": _marks(first), "prose": first.statement})
    items = [
        without_empty(
            {
                "id": statement_id(point.id),
                "name": "item",
                "props": [{"name": "label", "value": point.id}, *_marks(point)],
                "prose": point.statement,
            }
        )
        for point in requirement.points
    ]
    return {**part, "parts": items}


def _marks(point: Point) -> list[Json]:
    marks = own_props(
        (
            ("kind", point.kind),
            ("certainty", point.certainty),
            ("documented", "yes" if point.documented else ""),
            ("planned-intervals", "yes" if point.planned_intervals else ""),
            ("amendment", point.amendment or ""),
            ("usual-trap", point.usual_trap),
        )
    )
    return marks + own_props(("suffices", " + ".join(one)) for one in point.suffices)


def _examination(point: Point, control_id: str) -> list[Json]:
    """Return objectives and methods of a point, each linked to the statement it assesses."""
    letter = statement_id(point.id).partition("_smt")[2]
    link = {"href": f"#{statement_id(point.id)}", "rel": "assessment-for"}
    done = point.procedures
    parts: list[Json] = [
        {
            "id": f"{control_id}_obj{letter}.{number}",
            "name": "assessment-objective",
            "prose": text,
            "links": [link],
        }
        for number, text in enumerate(done.interview, start=1)
        if text.strip()
    ]
    documents = [
        own_prop("document-type", one.type, **({"remarks": ", ".join(one.topics)} if one.topics else {}))
        for one in done.documents
    ]
    objects = list(point.usual_evidence) or [one.type.replace("_", " ") for one in done.documents]
    if objects:
        parts.append(_method("EXAMINE", f"{control_id}_asm-examine{letter}", documents, objects, link))
    if done.interview:
        parts.append(_method("INTERVIEW", f"{control_id}_asm-interview{letter}", [], [_PEOPLE], link))
    if done.records:
        tests = own_props(("record-test", test) for test in done.records)
        names = [f"Record test {test}" for test in done.records]
        parts.append(_method("TEST", f"{control_id}_asm-test{letter}", tests, names, link))
    parts += [
        {
            "id": f"{control_id}_obs{letter}.{number}",
            "name": "observe",
            "ns": OWN,
            "prose": text,
            "links": [link],
        }
        for number, text in enumerate(done.observe, start=1)
        if text.strip()
    ]
    return parts


def _method(method: str, identifier: str, props: list[Json], objects: Iterable[str], link: Json) -> Json:
    return {
        "id": identifier,
        "name": "assessment-method",
        "props": [{"name": "method", "ns": RMF, "value": method}, *props],
        "parts": [
            {
                "id": f"{identifier}_objects",
                "name": "assessment-objects",
                "prose": "\n\n".join(" ".join(text.split()) for text in objects),
            }
        ],
        "links": [link],
    }
