"""Read an OSCAL catalog into the neutral tree: tolerant of what real catalogs do, and silent about nothing."""

from auditkit.catalog.exchange.fields import Entry, Fields, Raw
from auditkit.catalog.exchange.issues import Notes
from auditkit.catalog.exchange.model import ForeignCatalog, ForeignNode, ForeignParam, NodeKind
from auditkit.catalog.exchange.names import Names
from auditkit.catalog.exchange.oscal_markup import fill, shown_params
from auditkit.catalog.exchange.oscal_parts import prop, read_parts
from auditkit.catalog.exchange.source import DEEPEST_NODE, DataPath, Source, one_line, shortened

_KNOWN = frozenset(("id", "class", "title", "params", "props", "links", "parts", "groups", "controls"))


def read_oscal(source: Source, notes: Notes) -> ForeignCatalog | None:
    """Read ``{"catalog": {...}}``, or a catalog without that envelope; None when there is nothing to read."""
    data = source.data
    root: DataPath = ("catalog",) if isinstance(data, dict) and "catalog" in data else ()
    raw = data.get("catalog") if root else data
    if not isinstance(raw, dict):
        notes.add("import-format", "The catalog is not an object.")
        return None
    return _Reader(Fields(source, notes)).catalog(raw, root)


class _Reader:
    def __init__(self, fields: Fields) -> None:
        self.fields = fields
        self.names = Names()
        self.params: dict[str, ForeignParam] = {}
        self.shown: dict[str, str] = {}
        self.given: frozenset[str] = frozenset()
        self.nodes: list[ForeignNode] = []
        self.unknown: set[str] = set()

    def catalog(self, raw: Raw, path: DataPath) -> ForeignCatalog | None:
        entries = self.walk(raw, path)
        if entries is None:
            return None
        for one, where in [(raw, path), *((entry[0], entry[1]) for entry in entries)]:
            self.params |= {param.id: param for param in self.read_params(one, where)}
        self.shown = shown_params(self.params.values())
        self.given = frozenset(str(one.get("id")) for one, *_ in entries)
        names: dict[DataPath, str] = {}
        for one, where, kind, above in entries:
            node = self.node(one, where, kind, names.get(above))
            names[where] = node.id
            self.nodes.append(node)
        meta, at = self.fields.record(raw, "metadata", path), (*path, "metadata")
        version = self.fields.text(meta, "oscal-version", at).removeprefix("v")
        if not version.startswith("1."):
            self.fields.note("import-oscal-version", at, f"the OSCAL version is {version or 'not given'}.")
        title = one_line(self.fields.text(meta, "title", at))
        if not title:
            self.fields.note("import-metadata", at, "the catalog has no title.")
        return ForeignCatalog(
            format="oscal",
            id=self.fields.text(raw, "uuid", path),
            title=title or "Untitled catalog",
            version=one_line(self.fields.text(meta, "version", at)),
            oscal_version=version,
            language=prop(self.fields, meta, at, "language") or "en",
            publisher=self.publisher(meta, at),
            licence=self.licence(meta, at),
            nodes=tuple(self.nodes),
            file=self.fields.source.file,
        )

    def walk(self, raw: Raw, path: DataPath) -> list[tuple[Raw, DataPath, NodeKind, DataPath]] | None:
        """Return every group and control in reading order with the path above it; None when too deep."""
        found: list[tuple[Raw, DataPath, NodeKind, DataPath]] = []
        pending: list[tuple[Entry, NodeKind, DataPath, int]] = self.below(raw, path, 1)
        while pending:
            (one, where), kind, above, depth = pending.pop()
            if depth > DEEPEST_NODE:
                self.fields.notes.add(
                    "import-too-deep",
                    f"Groups and controls stand more than {DEEPEST_NODE} deep in one another.",
                )
                return None
            found.append((one, where, kind, above))
            pending += self.below(one, where, depth + 1)
        return found

    def below(self, raw: Raw, path: DataPath, depth: int) -> list[tuple[Entry, NodeKind, DataPath, int]]:
        controls = [(one, path, depth) for one in self.fields.records(raw, "controls", path)]
        groups = [(one, path, depth) for one in self.fields.records(raw, "groups", path)]
        ordered: list[tuple[Entry, NodeKind, DataPath, int]] = [
            (one, "control", at, to) for one, at, to in controls
        ]
        ordered += [(one, "group", at, to) for one, at, to in groups]
        return ordered[::-1]

    def node(self, raw: Raw, path: DataPath, kind: NodeKind, parent: str | None) -> ForeignNode:
        fields = self.fields
        parts = read_parts(fields, raw, path, kind, self.shown)
        label = prop(fields, raw, path, "label")
        title = one_line(fill(fields.text(raw, "title", path), self.shown)[0])
        return ForeignNode(
            id=self.name(raw, path, kind, label),
            kind=kind,
            title=title or label or shortened(parts.prose) or "Untitled",
            label=label,
            parent=parent,
            prose=parts.prose,
            items=parts.items,
            guidance=parts.guidance,
            objectives=parts.objectives,
            evidence=parts.evidence,
            params=tuple(self.params[one] for one in self.declared(raw, path)),
            props=len(fields.records(raw, "props", path)),
            links=len(fields.records(raw, "links", path)),
            withdrawn=prop(fields, raw, path, "status").lower() == "withdrawn",
            sort=prop(fields, raw, path, "sort-id"),
            extra=fields.unknown(raw, _KNOWN, path, self.unknown),
            place=fields.source.place(path),
        )

    def name(self, raw: Raw, path: DataPath, kind: NodeKind, label: str) -> str:
        """Return a unique id: the source's own, else the label of a control, else one made of the position."""
        wanted = self.fields.text(raw, "id", path)
        if not wanted:
            steps = ".".join(str(step + 1) for step in path if isinstance(step, int))
            wanted = (label if kind == "control" else "") or f"{kind[0]}{steps}"
            while wanted in self.given:
                wanted += "_"
            self.fields.note("import-no-id", path, f"the {kind} has no id and is called {wanted} here.")
        name = self.names.take(wanted)
        if name != wanted:
            self.fields.note(
                "import-duplicate-id", path, f"the id {wanted} stands twice; this one is {name} here."
            )
        return name

    def declared(self, raw: Raw, path: DataPath) -> tuple[str, ...]:
        found = (
            self.fields.text(one, "id", where) for one, where in self.fields.records(raw, "params", path)
        )
        return tuple(name for name in dict.fromkeys(found) if name in self.params)

    def read_params(self, raw: Raw, path: DataPath) -> list[ForeignParam]:
        found = []
        for one, where in self.fields.records(raw, "params", path):
            select, at = self.fields.record(one, "select", where), (*where, "select")
            identifier = self.fields.text(one, "id", where)
            if identifier:
                found.append(
                    ForeignParam(
                        id=identifier,
                        label=one_line(self.fields.text(one, "label", where)),
                        values=self.fields.texts(one, "values", where),
                        choices=self.fields.texts(select, "choice", at),
                        many=select.get("how-many") == "one-or-more",
                    )
                )
        return found

    def publisher(self, meta: Raw, path: DataPath) -> str:
        named = [
            self.fields.text(one, "name", where) for one, where in self.fields.records(meta, "parties", path)
        ]
        return ", ".join(dict.fromkeys(name for name in named if name))

    def licence(self, meta: Raw, path: DataPath) -> str:
        """Return the remarks of the metadata, and what its properties and links say of rights."""
        said = [self.fields.text(meta, "remarks", path)]
        for name in ("license", "licence", "copyright", "rights"):
            said.append(prop(self.fields, meta, path, name))
        for one, where in self.fields.records(meta, "links", path):
            if str(one.get("rel")) in ("license", "licence", "copyright"):
                said.append(self.fields.text(one, "href", where))
        return "\n".join(dict.fromkeys(text for text in said if text))
