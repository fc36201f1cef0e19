"""The evidence commands: propose, accept, verify, templates, and what to ask for."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from auditkit.base.errors import UsageFault
from auditkit.base.ids import natural_key
from auditkit.engagement.layout import checklists_folder
from auditkit.engagement.open import OpenEngagement
from auditkit.evidence.folders import find_folders, find_parquet, join_parts
from auditkit.evidence.lock import accept, verify, write_lock
from auditkit.evidence.read import list_files, read_files
from auditkit.evidence.scan import propose

Progress = Callable[[int, int, str], None]


def propose_entries(opened: OpenEngagement, progress: Progress | None = None) -> str:
    """Return register entries, as YAML text, for files that are not registered."""
    folder = opened.layout.evidence
    known = {item.file for item in opened.register.items}
    files = list_files(folder)
    known = known.union(*find_folders(opened.register.items, files).values())
    new = tuple(file for file in files if file not in known)
    tables = find_parquet(new)
    parts = frozenset(part for found in tables.values() for part in found)
    documents = read_files(folder, new, opened.layout.cache, progress, digest_only=parts)
    documents = join_parts(documents, tables, ())
    names = {one.id: one.names for one in opened.library.document_types}
    return propose(folder, opened.register, documents, names)


def accept_evidence(opened: OpenEngagement) -> int:
    """Write the lock for every registered file that is there or was purged; return how many."""
    lock = accept(opened.layout.evidence, opened.register)
    deleted = {item.id for item in opened.register.items if item.file in opened.purged}
    kept = {
        key: one for key, one in opened.lock.entries.items() if key in deleted and key not in lock.entries
    }
    lock = lock.model_copy(update={"entries": {**lock.entries, **kept}})  # a purge leaves the digests
    write_lock(opened.layout.lock, lock)
    return len(lock.entries)


def verify_evidence(opened: OpenEngagement) -> list[dict[str, Any]]:
    """Return what differs from the lock, one row a file; ``purged``: deleted when the time of keeping was over."""
    found = verify(opened.layout.evidence, opened.register, opened.lock)
    return [
        {
            "evidence": one.evidence,
            "kind": "purged" if one.kind == "missing" and one.file in opened.purged else one.kind,
            "file": one.file,
        }
        for one in found
    ]


def write_dataset_template(dataset: str, path: Path) -> None:
    """Write the template of a dataset; UsageFault for an unknown dataset or ending."""
    from auditkit.evidence.datasets import load_datasets
    from auditkit.evidence.template import write_template

    loaded, _ = load_datasets(checklists_folder() / "datasets.yaml", "checklists/datasets.yaml")
    datasets = {one.id: one for one in loaded}
    if dataset not in datasets:
        raise UsageFault(f"{dataset}: there is no such dataset. Known: {', '.join(sorted(datasets))}.")
    if path.suffix.lower() not in (".csv", ".xlsx"):
        raise UsageFault(f"{path}: the file must end in .csv or .xlsx.")
    if path.exists():
        raise UsageFault(f"{path}: the file exists already and was not touched. Name another with --to.")
    write_template(datasets[dataset], path)


def suggest_requests(opened: OpenEngagement) -> list[dict[str, Any]]:
    """Return the documents and exports the catalog asks for that are not there, in the order of clauses."""
    rows = [row for row in wanted_evidence(opened) if not row.pop("received")]
    return sorted(rows, key=lambda row: (natural_key(row["clauses"][0]), row["id"]))


def wanted_evidence(opened: OpenEngagement) -> list[dict[str, Any]]:
    """Return every document and export the catalog asks for; ``received``: the ids of what is there of it."""
    points = opened.library.catalog.points
    items = opened.register.items
    rows: list[dict[str, Any]] = []
    for kind in opened.library.document_types:
        clauses = {
            point.clause for point in points if any(one.type == kind.id for one in point.procedures.documents)
        }
        received = [one.id for one in items if one.document_type == kind.id and one.status == "current"]
        if clauses:
            rows.append(_row("document", kind.id, kind.title, clauses, received, opened))
    bases = {test.id: opened.library.datasets_of(test) for test in opened.library.tests}
    for dataset in opened.library.datasets.values():
        clauses = {
            point.clause
            for point in points
            if any(dataset.id in bases[name] for name in point.procedures.records if name in bases)
        }
        received = [one.id for one in items if one.dataset == dataset.id]
        if clauses:
            rows.append(_row("dataset", dataset.id, dataset.title, clauses, received, opened))
    return rows


def _row(
    kind: str, identifier: str, title: str, clauses: set[str], received: list[str], opened: OpenEngagement
) -> dict[str, Any]:
    field = "document_type" if kind == "document" else "dataset"
    asked = [request for request in opened.requests if getattr(request, field) == identifier]
    state = f"{asked[-1].id}: {asked[-1].answer.replace('_', ' ')}" if asked else "not asked for yet"
    return {
        "kind": kind,
        "id": identifier,
        "title": title,
        "state": state,
        "clauses": sorted(clauses, key=natural_key),
        "received": received,
    }
