"""Write a catalog of ours as a CISO Assistant library (pure).

Clauses are nodes that are not assessable; below them each point is an assessable node, since an auditor decides by
point. A requirement with several points is a node between them.
"""

import re
from typing import Any

from auditkit.base.ids import clause_of
from auditkit.catalog.exchange.names import Names
from auditkit.catalog.exchange.tree import arrange
from auditkit.catalog.exchange.yamlout import yaml_text
from auditkit.catalog.model import Catalog, Clause, Point, Requirement

Node = dict[str, Any]


def ciso_library(catalog: Catalog, version: int = 1) -> dict[str, Any]:
    """Return a library with one framework; ``version`` is the library's own, a whole number that must grow."""
    head = catalog.head
    name = _urn_part(head.id)
    return {
        "urn": f"urn:auditkit:risk:library:{name}",
        "locale": head.language,
        "ref_id": head.id,
        "name": head.name,
        "description": head.title,
        "copyright": "\n\n".join(text for text in (head.source_note, head.origin) if text),
        "version": version,
        "provider": "auditkit",
        "packager": "auditkit",
        "objects": {
            "framework": {
                "urn": f"urn:auditkit:risk:framework:{name}",
                "ref_id": head.id,
                "name": head.name,
                "description": head.title,
                "requirement_nodes": _Writer(catalog, name).nodes(),
            }
        },
    }


def ciso_yaml(library: dict[str, Any]) -> str:
    """Return a library as YAML text."""
    return yaml_text(library)


class _Writer:
    def __init__(self, catalog: Catalog, name: str) -> None:
        self.catalog = catalog
        self.prefix = f"urn:auditkit:risk:req_node:{name}"
        self.names = Names()

    def nodes(self) -> list[Node]:
        clauses = {clause.clause: clause for clause in self.catalog.clauses}
        tree = arrange(tuple(clauses), {name: clause.above for name, clause in clauses.items()})
        requirements: dict[str, list[Requirement]] = {}
        for requirement in self.catalog.requirements:
            requirements.setdefault(clause_of(requirement.id), []).append(requirement)
        depths: dict[str, int] = {}
        urns: dict[str, str] = {}
        found: list[Node] = []
        for name in tree.order:
            parent = tree.parents[name]
            depths[name] = depths[parent] + 1 if parent is not None else 1
            node = self.clause(clauses[name], depths[name], urns[parent] if parent is not None else "")
            urns[name] = node["urn"]
            found.append(node)
            for requirement in requirements.get(name, ()):
                found += self.requirement(requirement, depths[name] + 1, urns[name])
        return found

    def clause(self, clause: Clause, depth: int, parent: str) -> Node:
        node = self.node(clause.clause, depth, parent, assessable=False)
        return _filled({**node, "name": clause.title, "description": clause.summary})

    def requirement(self, requirement: Requirement, depth: int, parent: str) -> list[Node]:
        first = requirement.points[0]
        if len(requirement.points) == 1 and first.id == requirement.id:
            return [self.point(first, depth, parent)]
        above = self.node(requirement.id, depth, parent, assessable=False)
        return [above, *(self.point(point, depth + 1, above["urn"]) for point in requirement.points)]

    def point(self, point: Point, depth: int, parent: str) -> Node:
        node = self.node(point.id, depth, parent, assessable=True)
        asked = (*point.procedures.interview, *point.procedures.observe)
        questions = {
            f"{node['urn']}:question:{number}": {"type": "text", "text": text}
            for number, text in enumerate(asked, start=1)
        }
        evidence = "\n".join(f"- {' '.join(one.split())}" for one in point.usual_evidence)
        return _filled(
            {
                **node,
                "description": point.statement,
                "annotation": f"Usual trap: {point.usual_trap}" if point.usual_trap else "",
                "typical_evidence": evidence,
                "questions": questions,
            }
        )

    def node(self, identifier: str, depth: int, parent: str, assessable: bool) -> Node:
        node: Node = {
            "urn": f"{self.prefix}:{self.names.take(_urn_part(identifier))}",
            "assessable": assessable,
        }
        node |= {"depth": depth}
        if parent:
            node["parent_urn"] = parent
        return {**node, "ref_id": identifier}


def _urn_part(identifier: str) -> str:
    """Return an id as the last part of a urn, which CISO Assistant keeps in small letters."""
    return re.sub(r"[^a-z0-9._\-]", "-", identifier.lower()) or "-"


def _filled(node: Node) -> Node:
    return {key: value for key, value in node.items() if value not in ("", {}, [])}
