"""Whose a blocker is: who was asked for it, who owns the document, who runs the process (pure)."""

from collections.abc import Iterable
from typing import NamedTuple

from auditkit.assessment.engagement import Person
from auditkit.base.ids import clause_of, is_within
from auditkit.base.language import say, translated
from auditkit.catalog.lens import LensGroup
from auditkit.evidence.model import EvidenceItem, EvidenceRequest


class Owner(NamedTuple):
    """Somebody, and what says so."""

    name: str | None
    by: str


NOBODY = Owner(None, "")


class Owners(NamedTuple):
    """Where owners are stated."""

    people: tuple[Person, ...]
    processes: tuple[LensGroup, ...]
    """The groups of the lens by process."""
    requests: tuple[EvidenceRequest, ...]
    items: tuple[EvidenceItem, ...]

    def of_document(self, kind: str, points: Iterable[str]) -> Owner:
        """Return who was asked for a document type, else who owns the document, else who runs the process."""
        asked = [one for one in self.requests if one.document_type == kind]
        items = [one for one in self.items if one.document_type == kind and one.status == "current"]
        return _asked(asked) or _owned(items) or self.of_clauses(clause_of(point) for point in points)

    def of_dataset(self, dataset: str, clauses: Iterable[str]) -> Owner:
        """Return who was asked for records, else who owns the export, else who runs the process."""
        asked = [one for one in self.requests if one.dataset == dataset]
        items = [one for one in self.items if one.dataset == dataset and one.status == "current"]
        return _asked(asked) or _owned(items) or self.of_clauses(clauses)

    def of_clauses(self, clauses: Iterable[str]) -> Owner:
        """Return the one person of the auditee who runs the one process that clauses belong to; otherwise nobody."""
        groups = [
            next((group for group in self.processes if _holds(group, clause)), None)
            for clause in dict.fromkeys(clauses)
        ]
        if not groups or any(one is None for one in groups) or len({one.id for one in groups if one}) > 1:
            return NOBODY
        group = groups[0]
        assert group is not None  # noqa: S101 - the line above returned
        names = {group.id.casefold(), group.title.casefold()}
        found = [
            one
            for one in self.people
            if one.side == "auditee" and names & {area.strip().casefold() for area in one.areas}
        ]
        return (
            Owner(found[0].id, say("process {title}", title=translated(group.title)))
            if len(found) == 1
            else NOBODY
        )


def _holds(group: LensGroup, clause: str) -> bool:
    return any(is_within(clause, above) for above in group.clauses)


def _asked(requests: list[EvidenceRequest]) -> Owner | None:
    waiting = [one for one in requests if one.answer in ("open", "refused", "does_not_exist")]
    return Owner(waiting[-1].asked_of, say("request {request}", request=waiting[-1].id)) if waiting else None


def _owned(items: list[EvidenceItem]) -> Owner | None:
    owners = {one.owner for one in items if one.owner}
    named = ", ".join(one.id for one in items)
    return Owner(owners.pop(), say("owner of {evidence}", evidence=named)) if len(owners) == 1 else None
