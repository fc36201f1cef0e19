"""Read a CISO Assistant library into the neutral tree: its framework, or the one that is named."""

import re
from typing import Any

from auditkit.catalog.exchange.ciso_count import frameworks_of, is_assessable
from auditkit.catalog.exchange.fields import Fields, Raw
from auditkit.catalog.exchange.issues import Notes
from auditkit.catalog.exchange.model import ForeignCatalog, ForeignNode
from auditkit.catalog.exchange.names import Names
from auditkit.catalog.exchange.source import DEEPEST_NODE, DataPath, Source, one_line, shortened
from auditkit.catalog.exchange.tree import arrange

_KNOWN = frozenset(
    (
        "annotation", "assessable", "depth", "description", "display_mode", "implementation_groups", "importance",
        "max_score", "min_score", "name", "parent_urn", "questions", "ref_id", "reference_controls",
        "scores_definition_ref", "threats", "translations", "typical_evidence", "urn", "weight",
    )
)  # fmt: skip
_OF_THE_LIBRARY = ("urn", "locale", "ref_id", "name", "version", "copyright", "provider", "packager")


def read_ciso(source: Source, notes: Notes, framework: str = "") -> ForeignCatalog | None:
    """Read the framework of a library; ``framework``: urn, ref_id or name of the one wanted among several."""
    found = [
        one
        for one in frameworks_of(source.data)
        if not framework or framework in (one.get("urn"), one.get("ref_id"), one.get("name"))
    ]
    if not found:
        wanted = f"no framework {framework}" if framework else "no framework"
        notes.add("import-empty", f"The library holds {wanted}.")
        return None
    if len(found) > 1:
        others = ", ".join(str(one.get("ref_id") or one.get("urn")) for one in found[1:])
        notes.add("import-frameworks", f"The library holds several frameworks; not read: {others}.")
    return _Reader(Fields(source, notes), found[0]).catalog()


class _Reader:
    def __init__(self, fields: Fields, framework: Raw) -> None:
        self.fields = fields
        self.framework = framework
        self.path = _path_of(fields.source.data, framework)
        self.urns: dict[str, str] = {}
        self.above: dict[str, str | None] = {}
        self.nodes: dict[str, ForeignNode] = {}

    def catalog(self) -> ForeignCatalog | None:
        fields, library = self.fields, self.fields.source.data
        known = {key: library.get(key) for key in _OF_THE_LIBRARY}
        top = {key: one_line(fields.text(known, key, ())) for key in _OF_THE_LIBRARY if key != "copyright"}
        self.read_nodes()
        nodes = self.arranged()
        if nodes is None:
            return None
        title = one_line(fields.text(self.framework, "name", self.path)) or top["name"] or top["ref_id"]
        if not title:
            fields.note("import-metadata", self.path, "the framework has no name.")
        return ForeignCatalog(
            format="ciso-assistant",
            id=fields.text(self.framework, "urn", self.path) or top["urn"],
            title=title or "Untitled framework",
            version=top["version"],
            language=top["locale"] or "en",
            languages=self.languages(),
            publisher=top["provider"] or top["packager"],
            licence=fields.text(known, "copyright", ()),
            nodes=nodes,
            file=fields.source.file,
        )

    def read_nodes(self) -> None:
        names, seen = Names(), set[str]()
        for raw, path in self.fields.records(self.framework, "requirement_nodes", self.path):
            urn = self.fields.text(raw, "urn", path)
            wanted = self.fields.text(raw, "ref_id", path) or _tail(urn)
            if not wanted:
                wanted = f"n{len(self.nodes) + 1}"
                self.fields.note(
                    "import-no-id", path, f"the node has no ref_id and no urn; here it is {wanted}."
                )
            name = names.take(wanted)
            if name != wanted:
                message = f"{wanted} stands twice; this one is {name} here."
                self.fields.note("import-duplicate-id", path, message)
            if urn and urn.lower() in self.urns:
                self.fields.note("import-duplicate-id", path, f"the urn {urn} stands twice.")
            self.urns.setdefault(urn.lower(), name)
            self.above[name] = self.fields.text(raw, "parent_urn", path) or None
            self.nodes[name] = self.node(raw, path, name, seen)

    def node(self, raw: Raw, path: DataPath, name: str, seen: set[str]) -> ForeignNode:
        fields = self.fields
        prose = fields.text(raw, "description", path)
        ref = fields.text(raw, "ref_id", path)
        title = one_line(fields.text(raw, "name", path)) or ref or shortened(prose)
        return ForeignNode(
            id=name,
            kind="control" if is_assessable(raw) else "group",
            title=title or name,
            label=ref,
            prose=prose,
            guidance=fields.text(raw, "annotation", path),
            evidence=tuple(
                line.strip(" -*•\t")
                for line in fields.text(raw, "typical_evidence", path).split("\n")
                if line.strip(" -*•\t")
            ),
            questions=self.questions(raw, path),
            tags=fields.texts(raw, "implementation_groups", path),
            props=0,
            links=len(fields.texts(raw, "reference_controls", path))
            + len(fields.texts(raw, "threats", path)),
            extra=fields.unknown(raw, _KNOWN, path, seen),
            place=fields.source.place(path),
        )

    def questions(self, raw: Raw, path: DataPath) -> tuple[str, ...]:
        """Return the texts of the questions of a node, in either shape."""
        asked = raw.get("questions", raw.get("question"))
        if isinstance(asked, dict) and isinstance(asked.get("questions"), list):
            asked = asked["questions"]
        entries = (
            list(asked.values()) if isinstance(asked, dict) else asked if isinstance(asked, list) else []
        )
        texts = (
            one_line(self.fields.text(one, "text", (*path, "questions")))
            for one in entries
            if isinstance(one, dict)
        )
        return tuple(text for text in texts if text)

    def arranged(self) -> tuple[ForeignNode, ...] | None:
        """Return the nodes as a tree, with issues for lost parents and rings; None when too deep."""
        above = {name: self.urns.get(urn.lower(), urn) if urn else None for name, urn in self.above.items()}
        tree = arrange(tuple(self.nodes), above)
        for name, parent in tree.lost:
            self.fields.notes.add(
                "import-no-parent", f"{name}: its parent {parent} is not there.", self.nodes[name].place
            )
        for name in tree.rings:
            self.fields.notes.add("import-cycle", f"{name} stands below itself.", self.nodes[name].place)
        if tree.deepest > DEEPEST_NODE:
            self.fields.notes.add(
                "import-too-deep", f"Nodes stand more than {DEEPEST_NODE} deep in one another."
            )
            return None
        return tuple(
            self.nodes[name].model_copy(update={"parent": tree.parents[name]}) for name in tree.order
        )

    def languages(self) -> tuple[str, ...]:
        found: set[str] = set()
        for raw, path in self.fields.records(self.framework, "requirement_nodes", self.path):
            found |= {str(name) for name in self.fields.record(raw, "translations", path)}
        return tuple(sorted(found))


def _tail(urn: str) -> str:
    """Return what stands last in a urn: ``node3`` of ``urn:intuitem:risk:req_node:essential-eight:node3``."""
    parts = [part for part in re.split(r"[:/]", urn) if part]
    return parts[-1] if parts else ""


def _path_of(data: Any, framework: Raw) -> DataPath:
    """Return where a framework stands in its library."""
    for holder, start in ((data.get("objects"), ("objects",)), (data, ())):
        for key in ("framework", "frameworks"):
            value = holder.get(key) if isinstance(holder, dict) else None
            if value is framework:
                return (*start, key)
            if isinstance(value, list):
                for index, one in enumerate(value):
                    if one is framework:
                        return (*start, key, index)
    return ()
