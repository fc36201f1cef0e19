"""Bring catalogs in and out: import into the engagement, export as OSCAL or a CISO Assistant library, migrate."""

import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, NamedTuple

from auditkit.base.errors import InputsUnreadable, UsageFault
from auditkit.base.issue import InputIssue
from auditkit.base.place import Place
from auditkit.base.yamltext import load_model
from auditkit.catalog.crosswalk import Crosswalk, ReferenceList
from auditkit.catalog.exchange.ciso_write import ciso_library, ciso_yaml
from auditkit.catalog.exchange.importing import read_foreign, read_mappings, recognise
from auditkit.catalog.exchange.model import ForeignCatalog, ForeignNode
from auditkit.catalog.exchange.oscal_write import oscal_catalog, oscal_json, oscal_yaml
from auditkit.catalog.exchange.oscal_write_mapping import oscal_mapping
from auditkit.catalog.exchange.to_catalog import to_catalog
from auditkit.catalog.exchange.write_catalog import write_catalog
from auditkit.catalog.exchange.yamlout import yaml_text
from auditkit.catalog.load import load_guidance
from auditkit.catalog.model import Catalog
from auditkit.engagement.catalog import tree
from auditkit.engagement.catalogs import shelves
from auditkit.engagement.layout import Layout, find_engagement
from auditkit.engagement.library import load_all_crosswalks
from auditkit.engagement.migrate import Migrated, migrate, migrate_sheet, write_previous

_ID = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*")


class Imported(NamedTuple):
    """What an import read, and where it went."""

    identifier: str
    catalog: Catalog | None
    folder: str
    """Where it was written, or would be."""
    written: bool
    issues: tuple[InputIssue, ...]
    maps: int = 0
    """For a mapping collection: relations read."""

    @property
    def usable(self) -> bool:
        """Tell whether there is anything to use."""
        return bool(self.maps) or (self.catalog is not None and bool(self.catalog.points))

    def facts(self) -> dict[str, Any]:
        """Return what was imported, for programs."""
        found = self.catalog
        return {
            "id": self.identifier,
            "standard": found.head.name if found else None,
            "clauses": len(found.clauses) if found else 0,
            "requirements": len(found.requirements) if found else 0,
            "points": len(found.points) if found else 0,
            "maps": self.maps,
            "folder": self.folder,
            "written": self.written,
            "issues": [issue.model_dump(mode="json") for issue in self.issues],
        }

    def text(self) -> str:
        """Return what was imported, for people."""
        if self.maps:
            state = "written" if self.written else "nothing was written"
            return f"{self.maps} relations between catalogs, {self.folder}: {state}."
        if self.catalog is None or not self.usable:
            return "Nothing was imported."
        counts = (
            f"{len(self.catalog.clauses)} clauses and headings, {len(self.catalog.requirements)} requirements, "
            f"{len(self.catalog.points)} points"
        )
        where = (
            f"written to {self.folder}"
            if self.written
            else f"nothing was written; it would go to {self.folder}"
        )
        return (
            f"{self.catalog.head.name}: {counts}; {where}.\n"
            f"Name it in engagement.yaml: catalog: {self.identifier}, or catalogs: [{self.identifier}]."
        )


def import_catalog(
    folder: Path,
    file: Path,
    identifier: str,
    *,
    standard: str | None = None,
    edition: str | None = None,
    dry_run: bool = False,
    again: bool = False,
) -> Imported:
    """Read a foreign catalog and write it below ``checklists/`` of the engagement; a dry run writes nothing."""
    layout = find_engagement(folder)
    if not _ID.fullmatch(identifier):
        raise UsageFault(
            f"{identifier}: an id has lower case letters, digits, dots and hyphens, such as nist-800-53."
        )
    target = layout.checklists / identifier
    _refuse_taken(layout, identifier, again)
    if recognise(file, file.name)[0] == "oscal-mapping":
        return _import_mappings(layout, file, identifier, dry_run=dry_run)
    foreign, issues = _read(file)
    if foreign is None:
        return Imported(identifier, None, f"checklists/{identifier}", False, issues)
    head, clauses, more = to_catalog(foreign, identifier)
    changes = {"standard": standard, "edition": edition}
    head = head.model_copy(update={name: value for name, value in changes.items() if value is not None})
    catalog = Catalog(head=head, clauses=clauses)
    done = Imported(identifier, catalog, f"checklists/{identifier}", False, (*issues, *more))
    if dry_run or not done.usable:
        return done
    return done._replace(
        written=True, issues=(*done.issues, *write_catalog(target, head, clauses, overwrite=True))
    )


def _import_mappings(layout: Layout, file: Path, identifier: str, *, dry_run: bool) -> Imported:
    """Read the mappings of a collection as crosswalks of the engagement; several get a number behind the id."""
    found, issues = read_mappings(file, file.name)
    names = [
        identifier if len(found) == 1 else f"{identifier}-{number}" for number in range(1, len(found) + 1)
    ]
    folder = layout.checklists / "crosswalks"
    taken = [name for name in names if (folder / f"{name}.yaml").exists()]
    if taken:
        raise UsageFault(f"checklists/crosswalks/{taken[0]}.yaml is there already; choose another id.")
    if not dry_run and found:
        folder.mkdir(parents=True, exist_ok=True)
        for name, one in zip(names, found, strict=True):
            data = one.model_copy(update={"id": name}).model_dump(mode="json", exclude_defaults=True)
            text = yaml_text(
                data, f"{one.title}, imported by auditkit catalog import, and from then on by people."
            )
            (folder / f"{name}.yaml").write_text(text, encoding="utf-8", newline="\n")
    maps = sum(len(one.maps) for one in found)
    place = f"checklists/crosswalks/{names[0]}.yaml" if names else "checklists/crosswalks"
    return Imported(identifier, None, place, bool(found) and not dry_run, issues, maps)


def _refuse_taken(layout: Layout, identifier: str, again: bool) -> None:
    stand = shelves()
    shipped = (stand.shipped / identifier / "catalog.yaml").is_file()
    own = layout.checklists / identifier / "catalog.yaml"
    if shipped and stand.shipped != layout.checklists:
        raise UsageFault(f"{identifier} is the id of a catalog that auditkit ships; choose another.")
    if own.is_file() and not again:
        raise UsageFault(f"checklists/{identifier} is there already; use --again to replace it.")
    if own.is_file() and not load_model_origin(own):
        raise UsageFault(f"checklists/{identifier} was not imported and is not replaced; choose another id.")


def load_model_origin(path: Path) -> str:
    """Return where a catalog says it was imported from; empty: it was not imported, or cannot be read."""
    from auditkit.catalog.model import CatalogHead

    loaded = load_model(path, path.name, CatalogHead)
    return loaded.model.origin if loaded.model else ""


def _read(file: Path) -> tuple[ForeignCatalog | None, tuple[InputIssue, ...]]:
    """Read a foreign catalog; one of our own reference lists counts as one, with titles for texts."""
    if file.suffix in (".yaml", ".yml"):
        listed = load_model(file, file.name, ReferenceList).model
        if listed is not None:
            return _from_reference(listed, file), ()
    return read_foreign(file, file.name)


def _from_reference(listed: ReferenceList, file: Path) -> ForeignCatalog:
    above = {entry.parent for entry in listed.entries}
    return ForeignCatalog(
        format="sheet",
        title=listed.standard,
        version=listed.edition,
        licence=listed.source_note,
        file=file.name,
        nodes=tuple(
            ForeignNode(
                id=entry.id,
                kind="group" if entry.id in above else "control",
                title=entry.title,
                parent=entry.parent,
                prose=""
                if entry.id in above
                else f"{entry.title}: what {listed.standard} asks there is met.",
                place=Place(file=file.name),
            )
            for entry in listed.entries
        ),
    )


def export_one(identifier: str, kind: str, target: Path, modified: date) -> Path:
    """Write a catalog or crosswalk in a foreign format and return the file; official texts are never exported."""
    stamp = datetime(modified.year, modified.month, modified.day, tzinfo=UTC)
    crosswalks, _, _ = load_all_crosswalks(shelves().shipped)
    crosswalk = next((one for one in crosswalks if one.id == identifier), None)
    text, suffix = (
        _crosswalk_text(crosswalk, kind, stamp) if crosswalk else _catalog_text(identifier, kind, stamp)
    )
    target.mkdir(parents=True, exist_ok=True)
    path = target / f"{identifier}.{suffix}"
    path.write_text(text, encoding="utf-8", newline="\n")
    return path


def _catalog_text(identifier: str, kind: str, stamp: datetime) -> tuple[str, str]:
    catalog = tree(identifier)
    if kind == "ciso-assistant":
        return ciso_yaml(ciso_library(catalog)), "yaml"
    guide = catalog.head.guidance
    items = load_guidance(shelves().shipped / guide, f"checklists/{guide}")[0] if guide else ()
    document = oscal_catalog(catalog, stamp, items)
    return (oscal_json(document), "json") if kind == "oscal" else (oscal_yaml(document), "yaml")


def _crosswalk_text(crosswalk: Crosswalk, kind: str, stamp: datetime) -> tuple[str, str]:
    if kind == "ciso-assistant":
        raise UsageFault("Crosswalks are exported as OSCAL mapping collections only.")
    document = oscal_mapping(crosswalk, stamp)
    if document is None:
        raise UsageFault(f"{crosswalk.id} relates nothing to anything, so there is nothing to export.")
    return (oscal_json(document), "json") if kind == "oscal" else (oscal_yaml(document), "yaml")


def migrate_engagement(source: Path, folder: Path, *, dry_run: bool, edition: str | None = None) -> Migrated:
    """Carry an older engagement, or a sheet of findings, over to the one in ``folder``; a dry run writes nothing.

    ``edition``: for a sheet, the catalog its criteria belong to.
    """
    from auditkit.assessment.engagement import Engagement

    layout = find_engagement(folder)
    loaded = load_model(layout.engagement, "engagement.yaml", Engagement)
    if loaded.model is None:
        raise InputsUnreadable("\n".join(str(issue) for issue in loaded.issues))
    if source.is_file():
        if edition is None:
            raise UsageFault(f"{source}: for a sheet, name its edition: --from iso-iec-20000-1-2011.")
        done = migrate_sheet(source, edition, loaded.model.catalog, shelves().shipped)
    elif (source / "engagement.yaml").is_file():
        done = migrate(Layout(source.resolve()), loaded.model.catalog, shelves().shipped)
    else:
        raise UsageFault(f"{source}: there is no engagement.yaml.")
    if not dry_run:
        write_previous(layout, done)
    return done
