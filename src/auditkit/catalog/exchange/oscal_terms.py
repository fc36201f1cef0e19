"""The words of OSCAL that readers and writers share: namespaces, relationships, ids (pure)."""

import re
import uuid
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from auditkit.catalog.crosswalk import Relation

OWN = "https://auditkit.dev/ns/oscal/1"
"""The namespace of our properties and parts."""
RMF = "http://csrc.nist.gov/ns/rmf"
"""The namespace of the property ``method``."""
OSCAL_VERSION = "1.2.1"
PREFIX = "sms-"
"""Stands before an id that begins with a digit, which OSCAL does not allow."""

RELATIONS: dict[str, Relation] = {
    "equal-to": "equal",
    "equivalent-to": "equal",
    "subset-of": "subset",
    "superset-of": "superset",
    "intersects-with": "intersects",
    "no-relationship": "none",
    "equal": "equal",
    "subset": "subset",
    "superset": "superset",
    "intersect": "intersects",
    "not_related": "none",
}
"""OSCAL's six relationships, and CISO Assistant's words for them."""
RELATIONSHIPS: dict[Relation, str] = {
    "equal": "equivalent-to",
    "subset": "subset-of",
    "superset": "superset-of",
    "intersects": "intersects-with",
    "none": "no-relationship",
}
CATALOG_URN = "urn:auditkit:catalog:"

Json = dict[str, Any]

_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, OWN)


def stable_uuid(*parts: str) -> str:
    """Return the uuid5 of a name made of parts; equal parts give equal uuids, and ("ab","c") differs from ("a","bc")."""
    return str(uuid.uuid5(_NAMESPACE, "\x1f".join(parts)))


def token(identifier: str) -> str:
    """Return an id of ours as an OSCAL token: ``sms-8.6.1`` for ``8.6.1``."""
    kept = re.sub(r"[^A-Za-z0-9._\-]", "_", identifier) or "_"
    return kept if re.match(r"[A-Za-z_]", kept) else f"{PREFIX}{kept}"


def own_prop(name: str, value: str, **more: str) -> Json:
    """Return a property in our namespace; its value on one line, as OSCAL wants it."""
    return {"name": name, "ns": OWN, "value": " ".join(value.split()), **more}


def own_props(pairs: Iterable[tuple[str, str]]) -> list[Json]:
    """Return a property of ours for each pair whose value says something."""
    return [own_prop(name, value) for name, value in pairs if value.strip()]


def without_empty(record: Json) -> Json:
    """Return the object without empty texts, lists and objects, which OSCAL does not allow."""
    return {key: value for key, value in record.items() if value not in ("", [], {}, None)}


def metadata(title: str, version: str, last_modified: datetime, props: list[Json], remarks: str) -> Json:
    """Return the metadata of a document; ``last_modified`` needs a time zone and is written in UTC."""
    if last_modified.tzinfo is None:
        raise ValueError("last_modified needs a time zone")
    return without_empty(
        {
            "title": " ".join(title.split()) or "Untitled",
            "last-modified": last_modified.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "version": " ".join(version.split()) or "1",
            "oscal-version": OSCAL_VERSION,
            "props": props,
            "remarks": remarks,
        }
    )
