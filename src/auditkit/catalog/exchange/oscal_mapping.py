"""Read an OSCAL mapping collection as crosswalks."""

from typing import get_args

from auditkit.catalog.crosswalk import Crosswalk, CrosswalkMap
from auditkit.catalog.exchange.fields import Fields, Raw
from auditkit.catalog.exchange.issues import Notes
from auditkit.catalog.exchange.names import Names, slug
from auditkit.catalog.exchange.oscal_terms import CATALOG_URN, OWN, RELATIONS, token
from auditkit.catalog.exchange.source import DataPath, Source, one_line
from auditkit.catalog.model import Certainty

_NO_REASON = "The source gives no reason."


def read_oscal_mapping(source: Source, notes: Notes) -> tuple[Crosswalk, ...]:
    """Read ``{"mapping-collection": {...}}``: one crosswalk for each pair of resources."""
    data = source.data
    raw = data.get("mapping-collection") if isinstance(data, dict) else None
    if not isinstance(raw, dict):
        notes.add("import-format", "The mapping collection is not an object.")
        return ()
    return _Reader(Fields(source, notes), raw).crosswalks()


class _Reader:
    def __init__(self, fields: Fields, raw: Raw) -> None:
        self.fields = fields
        self.raw = raw
        self.path: DataPath = ("mapping-collection",)
        self.names = Names()

    def crosswalks(self) -> tuple[Crosswalk, ...]:
        fields, path = self.fields, self.path
        meta = fields.record(self.raw, "metadata", path)
        provenance = fields.record(self.raw, "provenance", path)
        about = fields.text(provenance, "mapping-description", (*path, "provenance"))
        title = one_line(fields.text(meta, "title", (*path, "metadata")))
        if not title:
            fields.note("import-metadata", (*path, "metadata"), "the mapping collection has no title.")
        note = fields.text(meta, "remarks", (*path, "metadata"))
        found = []
        for mapping, where in fields.records(self.raw, "mappings", path):
            maps = (*self.maps(mapping, where), *self.gaps(mapping, where))
            source = self.resource(mapping, "source-resource", where)
            target = self.resource(mapping, "target-resource", where)
            name = _own(fields, mapping, where, "crosswalk-id") or f"{source}--{target}"
            crosswalk = Crosswalk(
                id=self.names.take(name),
                source=source,
                target=target,
                title=title or f"{source} to {target}",
                about=fields.text(mapping, "mapping-description", where) or about,
                source_note=note
                or f"Imported from {fields.source.file}; the judgement is that of its authors.",
                maps=maps,
            )
            found.append(crosswalk)
        if not any(one.maps for one in found):
            fields.notes.add("import-empty", "The mapping collection holds no map.")
        return tuple(found)

    def maps(self, mapping: Raw, path: DataPath) -> tuple[CrosswalkMap, ...]:
        fields = self.fields
        found = []
        for one, where in fields.records(mapping, "maps", path):
            word = fields.text(one, "relationship", where)
            relation = RELATIONS.get(word)
            sources, targets = self.ends(one, "sources", where), self.ends(one, "targets", where)
            rationale = fields.text(one, "remarks", where)
            if relation is None:
                fields.note("import-relation", where, f"the relationship {word or '(none)'} is not known.")
                continue
            if not sources or not targets:
                fields.note("import-map-end", where, "the map lacks a source or a target.")
                continue
            if relation == "none":
                rationale = f"No relation to {', '.join(targets)}. {rationale}".strip()
                targets = ()
            found.append(
                CrosswalkMap(
                    sources=sources,
                    targets=targets,
                    relation=relation,
                    rationale=rationale or _NO_REASON,
                    certainty=_certainty(_own(fields, one, where, "certainty")),
                )
            )
        return tuple(found)

    def ends(self, one: Raw, key: str, path: DataPath) -> tuple[str, ...]:
        """Return the ids at one end of a map; ours carry the id they have here."""
        found = [
            _own(self.fields, end, where, "id") or self.fields.text(end, "id-ref", where)
            for end, where in self.fields.records(one, key, path)
        ]
        return tuple(dict.fromkeys(name for name in found if name))

    def gaps(self, mapping: Raw, path: DataPath) -> tuple[CrosswalkMap, ...]:
        """Return what has no counterpart: by properties of ours, which give reasons, else by the gap summaries."""
        fields = self.fields
        found: dict[str, CrosswalkMap] = {}
        for one, where in fields.records(mapping, "props", path):
            side = str(one.get("name")).removeprefix("unmapped-")
            if one.get("ns") != OWN or side not in ("source", "target"):
                continue
            key = fields.text(one, "group", where) or str(len(found))
            name = fields.text(one, "value", where)
            reason = fields.text(one, "remarks", where)
            gap = found.get(key) or _gap(reason, _certainty(fields.text(one, "class", where)))
            found[key] = _with(gap, side, name)
        named = {name for one in found.values() for name in (*one.sources, *one.targets)}
        for side in ("source", "target"):
            summary = fields.record(mapping, f"{side}-gap-summary", path)
            for one, where in fields.records(summary, "unmapped-controls", (*path, f"{side}-gap-summary")):
                for name in fields.texts(one, "with-ids", where):
                    if not any(token(known) == name for known in named):
                        found[f"{side} {name}"] = _with(_gap(), side, name)
        return tuple(found.values())

    def resource(self, mapping: Raw, key: str, path: DataPath) -> str:
        """Return an id for a catalog: ours from its urn, else one made of the resource's title or address."""
        reference, where = self.fields.record(mapping, key, path), (*path, key)
        href = self.fields.text(reference, "href", where)
        if href.startswith(CATALOG_URN):
            return href.removeprefix(CATALOG_URN)
        title = ""
        back = self.fields.record(self.raw, "back-matter", self.path)
        for one, at in self.fields.records(back, "resources", (*self.path, "back-matter")):
            if href == f"#{one.get('uuid')}":
                title = self.fields.text(one, "title", at)
        name = slug(title) or slug(href.rstrip("/").rpartition("/")[2].partition(".")[0])
        if not name:
            self.fields.note("import-metadata", where, "the resource has no address and no title.")
        return name or key.removesuffix("-resource")


def _gap(reason: str = "", certainty: Certainty = "estimate") -> CrosswalkMap:
    return CrosswalkMap(sources=(), relation="none", rationale=reason or _NO_REASON, certainty=certainty)


def _with(gap: CrosswalkMap, side: str, name: str) -> CrosswalkMap:
    """Return the gap with one more id at one of its ends."""
    ends = f"{side}s"
    return gap.model_copy(update={ends: (*getattr(gap, ends), name)})


def _own(fields: Fields, raw: Raw, path: DataPath, name: str) -> str:
    for one, where in fields.records(raw, "props", path):
        if one.get("ns") == OWN and one.get("name") == name:
            return fields.text(one, "value", where)
    return ""


def _certainty(text: str) -> Certainty:
    known: tuple[Certainty, ...] = get_args(Certainty)
    return next((one for one in known if one == text), "estimate")
