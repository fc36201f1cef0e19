"""What tells, beside the verdicts, how far an organisation is prepared: checklists/<catalog>/readiness.yaml.

Which records announce an event of the governance gate, and what an auditor asks for at stage 1 beside the documents
that the standard names.
"""

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from auditkit.base.issue import InputIssue
from auditkit.base.model import Record
from auditkit.base.place import Place
from auditkit.base.yamltext import load_model
from auditkit.catalog.model import DocumentType

Issues = tuple[InputIssue, ...]


class PlannedEvent(Record):
    """Where the records say that something of a clause is planned."""

    clause: str
    """A clause of the governance gate."""
    dataset: str
    planned: str
    """The field with the day for which it is planned."""
    done: str
    """The field with the day on which it took place; empty: it has not."""


class StageItem(Record):
    """What an auditor asks for at stage 1 beside the documents that the standard names."""

    id: str
    title: str
    why: str
    clauses: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    """Document types, and ``datasets`` datasets, of which one is enough."""
    datasets: tuple[str, ...] = ()


class ReadinessFile(Record):
    """checklists/<catalog>/readiness.yaml."""

    planned: tuple[PlannedEvent, ...] = ()
    stage_1: tuple[StageItem, ...] = ()


def load_readiness(
    path: Path,
    file: str,
    governance: Collection[str],
    types: Iterable[DocumentType],
    datasets: Mapping[str, Collection[str]],
) -> tuple[ReadinessFile, Issues]:
    """Load the file; a catalog without one plans nothing and asks for nothing more.

    ``governance``: clauses of that gate; ``datasets``: id to fields. A name that leads nowhere is an error.
    """
    if not path.exists():
        return ReadinessFile(), ()
    loaded = load_model(path, file, ReadinessFile)
    if loaded.model is None or loaded.document is None:
        return ReadinessFile(), loaded.issues
    issues = list(loaded.issues)
    known = {one.id for one in types}
    for number, event in enumerate(loaded.model.planned):
        unknown = [event.dataset] if event.dataset not in datasets else []
        unknown += [f"clause {event.clause}"] if event.clause not in governance else []
        fields = datasets.get(event.dataset, ())
        unknown += [f"{event.dataset}.{one}" for one in (event.planned, event.done) if one not in fields]
        if unknown:
            issues.append(_unknown(loaded.document.place(("planned", number)), unknown))
    for number, item in enumerate(loaded.model.stage_1):
        unknown = [one for one in item.documents if one not in known]
        unknown += [one for one in item.datasets if one not in datasets]
        if unknown or not (item.documents or item.datasets):
            issues.append(_unknown(loaded.document.place(("stage_1", number)), unknown))
    return loaded.model, tuple(issues)


def _unknown(place: Place, names: list[str]) -> InputIssue:
    message = f"Not known: {', '.join(names)}." if names else "It names no document type and no dataset."
    hint = "Take clauses of the governance gate, document types of document-types.yaml, datasets and fields of datasets.yaml."
    return InputIssue(code="catalog-dangling", severity="error", place=place, message=message, hint=hint)
