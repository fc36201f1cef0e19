"""Write a catalog of ours as an OSCAL 1.2.1 catalog; the same input gives the same bytes (pure)."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime

from auditkit.catalog.crosswalk import Crosswalk
from auditkit.catalog.exchange.oscal_control import control, guidance_part, sort_id
from auditkit.catalog.exchange.oscal_terms import (
    OWN,
    Json,
    metadata,
    own_props,
    stable_uuid,
    token,
    without_empty,
)
from auditkit.catalog.exchange.tree import arrange
from auditkit.catalog.exchange.yamlout import yaml_text
from auditkit.catalog.model import Catalog, Clause, GuidanceItem, Requirement


def oscal_catalog(
    catalog: Catalog,
    last_modified: datetime,
    guidance: Iterable[GuidanceItem] = (),
    crosswalks: Iterable[Crosswalk] = (),
) -> Json:
    """Return ``{"catalog": {...}}``: clauses as groups, requirements as controls, points as statement items.

    ``guidance`` becomes parts of the first control of its clause; ``crosswalks`` become links to what they name.
    ``last_modified`` needs a time zone.
    """
    return _Writer(catalog, tuple(guidance), tuple(crosswalks)).document(last_modified)


def oscal_json(document: Json) -> str:
    """Return a document as JSON text."""
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def oscal_yaml(document: Json) -> str:
    """Return a document as YAML text."""
    return yaml_text(document)


class _Writer:
    def __init__(
        self, catalog: Catalog, guidance: Sequence[GuidanceItem], crosswalks: Sequence[Crosswalk]
    ) -> None:
        self.catalog = catalog
        self.clauses = {clause.clause: clause for clause in catalog.clauses}
        self.requirements: dict[str, list[Requirement]] = {}
        for requirement in catalog.requirements:
            self.requirements.setdefault(requirement.clause, []).append(requirement)
        self.guidance: dict[str, list[GuidanceItem]] = {}
        for item in guidance:
            self.guidance.setdefault(item.clause, []).append(item)
        self.crosswalks = [one for one in crosswalks if one.source == catalog.head.id]
        self.links = self.read_links()

    def document(self, last_modified: datetime) -> Json:
        head = self.catalog.head
        props = own_props(
            (
                ("catalog-id", head.id),
                ("standard", head.standard),
                ("edition", head.edition),
                ("language", head.language),
                *(("amendment", one) for one in head.amendments),
            )
        )
        remarks = "\n\n".join(text for text in (head.source_note, head.origin) if text.strip())
        body = {
            "uuid": stable_uuid("catalog", head.id, head.edition),
            "metadata": metadata(head.title, head.edition, last_modified, props, remarks),
            "groups": self.groups(),
            "back-matter": without_empty({"resources": self.resources()}),
        }
        return {"catalog": without_empty(body)}

    def groups(self) -> list[Json]:
        """Return the groups at the top, each with all below it; built from the leaves up."""
        above = {name: clause.above for name, clause in self.clauses.items()}
        tree = arrange(tuple(self.clauses), above)
        below: dict[str | None, list[Json]] = {}
        for name in reversed(tree.order):
            group = self.group(self.clauses[name], below.pop(name, [])[::-1])
            below.setdefault(tree.parents[name], []).append(group)
        return below.pop(None, [])[::-1]

    def group(self, clause: Clause, inner: list[Json]) -> Json:
        """Return a clause as a group; OSCAL wants groups or controls in it, so its own controls get a group."""
        identifier = token(clause.clause)
        requirements = self.requirements.get(clause.clause, [])
        controls = [self.control(one, clause) for one in requirements]
        if inner and controls:
            own = {"id": f"{identifier}_own", "title": _title(clause), "controls": controls}
            inner, controls = [own, *inner], []
        parts: list[Json] = []
        if clause.summary.strip():
            parts.append({"id": f"{identifier}_ovw", "name": "overview", "prose": clause.summary})
        if not requirements:
            parts += self.guidance_parts(clause.clause, identifier, own=True)
        return without_empty(
            {
                "id": identifier,
                "class": "clause",
                "title": _title(clause),
                "props": [
                    {"name": "label", "value": clause.clause},
                    {"name": "sort-id", "value": sort_id(clause.clause)},
                ],
                "links": self.links.get(clause.clause, []),
                "parts": parts,
                "groups": inner,
                "controls": controls,
            }
        )

    def control(self, requirement: Requirement, clause: Clause) -> Json:
        names = (requirement.id, *(point.id for point in requirement.points))
        links = [link for name in dict.fromkeys(names) for link in self.links.get(name, ())]
        first = self.requirements[clause.clause][0] is requirement
        guidance = self.guidance_parts(clause.clause, token(requirement.id), own=False) if first else []
        return control(requirement, clause, links, guidance)

    def guidance_parts(self, clause: str, identifier: str, own: bool) -> list[Json]:
        return [
            guidance_part(item, f"{identifier}_gdn.{number}", own)
            for number, item in enumerate(self.guidance.get(clause, ()), start=1)
        ]

    def read_links(self) -> dict[str, list[Json]]:
        """Return what crosswalks relate to each clause, requirement and point."""
        found: dict[str, list[Json]] = {}
        for crosswalk in self.crosswalks:
            href = f"#{stable_uuid('crosswalk-target', crosswalk.id)}"
            for one in crosswalk.maps:
                for source in one.sources:
                    for target in one.targets:
                        link = {"href": href, "rel": "related", "resource-fragment": target}
                        text = f"{source} {one.relation} {crosswalk.target} {target}"
                        found.setdefault(source, []).append({**link, "text": text})
        return found

    def resources(self) -> list[Json]:
        return [
            {
                "uuid": stable_uuid("crosswalk-target", one.id),
                "title": " ".join(one.title.split()) or one.id,
                "props": [{"name": "crosswalk-target", "ns": OWN, "value": one.target}],
            }
            for one in self.crosswalks
        ]


def _title(clause: Clause) -> str:
    return " ".join(clause.title.split()) or clause.clause
