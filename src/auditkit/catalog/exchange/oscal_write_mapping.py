"""Write a crosswalk of ours as an OSCAL 1.2.1 mapping collection; the same input gives the same bytes (pure)."""

from collections.abc import Sequence
from datetime import datetime

from auditkit.base.ids import POINT_PATTERN
from auditkit.catalog.crosswalk import Crosswalk, CrosswalkMap
from auditkit.catalog.exchange.oscal_control import statement_id
from auditkit.catalog.exchange.oscal_terms import (
    CATALOG_URN,
    RELATIONSHIPS,
    Json,
    metadata,
    own_prop,
    stable_uuid,
    token,
    without_empty,
)


def oscal_mapping(crosswalk: Crosswalk, last_modified: datetime, version: str = "1") -> Json | None:
    """Return ``{"mapping-collection": {...}}``; None when no map relates two ends, which OSCAL cannot say.

    Maps without a counterpart go to the gap summaries, with their reasons in properties of ours.
    """
    related = [one for one in crosswalk.maps if one.sources and one.targets]
    if not related:
        return None
    unmapped = [one for one in crosswalk.maps if not (one.sources and one.targets)]
    mapping = without_empty(
        {
            "uuid": stable_uuid("mapping", crosswalk.id),
            "status": "complete",
            "source-resource": {"type": "catalog", "href": f"{CATALOG_URN}{crosswalk.source}"},
            "target-resource": {"type": "catalog", "href": f"{CATALOG_URN}{crosswalk.target}"},
            "maps": [_map(crosswalk, one, number) for number, one in enumerate(related, start=1)],
            "props": [own_prop("crosswalk-id", crosswalk.id), *_reasons(unmapped)],
            "source-gap-summary": _gaps(
                crosswalk, "source", [name for one in unmapped for name in one.sources]
            ),
            "target-gap-summary": _gaps(
                crosswalk, "target", [name for one in unmapped for name in one.targets]
            ),
        }
    )
    return {
        "mapping-collection": {
            "uuid": stable_uuid("mapping-collection", crosswalk.id),
            "metadata": metadata(crosswalk.title, version, last_modified, [], crosswalk.source_note),
            "provenance": {
                "method": "human",
                "matching-rationale": "semantic",
                "status": "complete",
                "mapping-description": crosswalk.about.strip() or crosswalk.title,
            },
            "mappings": [mapping],
        }
    }


def _map(crosswalk: Crosswalk, one: CrosswalkMap, number: int) -> Json:
    return without_empty(
        {
            "uuid": stable_uuid("map", crosswalk.id, str(number), *one.sources, "to", *one.targets),
            "relationship": RELATIONSHIPS[one.relation],
            "sources": [_source(name) for name in one.sources],
            "targets": [_end("control", name, name) for name in one.targets],
            "props": [own_prop("certainty", one.certainty)],
            "remarks": one.rationale,
        }
    )


def _source(identifier: str) -> Json:
    """Return a point as a statement, a requirement or clause as a control, under the ids of the exported catalog."""
    found = POINT_PATTERN.fullmatch(identifier)
    if found is not None and found["letter"]:
        return _end("statement", statement_id(identifier), identifier)
    return _end("control", token(identifier), identifier)


def _end(kind: str, reference: str, identifier: str) -> Json:
    return {"type": kind, "id-ref": reference, "props": [own_prop("id", identifier)]}


def _reasons(unmapped: Sequence[CrosswalkMap]) -> list[Json]:
    """Return the reasons of maps without a counterpart; ids of one map share a group."""
    return [
        own_prop(
            f"unmapped-{side}",
            name,
            **without_empty({"class": one.certainty, "group": f"gap-{number}", "remarks": one.rationale}),
        )
        for number, one in enumerate(unmapped, start=1)
        for side, names in (("source", one.sources), ("target", one.targets))
        for name in names
    ]


def _gaps(crosswalk: Crosswalk, side: str, names: Sequence[str]) -> Json:
    if not names:
        return {}
    ids = [token(name) for name in dict.fromkeys(names)]
    return {
        "uuid": stable_uuid("gap", crosswalk.id, side),
        "unmapped-controls": [{"with-ids": ids}],
    }
