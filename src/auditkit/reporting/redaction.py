"""Names taken out of a run before anything is worded: the one place where redaction happens (pure).

Figures, verdicts and digests stay as they are. Persons of engagement.yaml become their role and id, all others
``Person 1``, ``Person 2`` and so on, the same one everywhere in one set of reports; posts, teams, boards and
pseudonyms stay. In running text every known name is looked for; a name that nobody told is not found.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Literal

from pydantic import BaseModel

from auditkit.assessment.engagement import Engagement, Person, PlanSettings
from auditkit.assessment.model import ExceptionRow, GateBlocker, Interview
from auditkit.assessment.programme.model import Programme, ProgrammeApproval
from auditkit.base.language import say
from auditkit.evidence.model import Approval, EvidenceItem, EvidenceRequest
from auditkit.evidence.persons import PSEUDONYM, folded, split_persons
from auditkit.evidence.persons_text import NameFinder
from auditkit.evidence.privacy_words import PrivacyWords
from auditkit.findings.model import AuditeePart, Event
from auditkit.findings.readiness_model import BlockerForecast, StageDocument
from auditkit.improvement.model import ActionFile, PlanItem
from auditkit.improvement.planning_model import Load, PlanWork, Task
from auditkit.reporting.model import Run

Scope = Literal["auditee", "all"]
PERSON_FIELDS: dict[type[BaseModel], tuple[str, ...]] = {
    Approval: ("by",),
    EvidenceItem: ("owner", "received_from"),
    EvidenceRequest: ("asked_of", "answered_by"),
    AuditeePart: ("owner", "verified_by"),
    Event: ("owner",),
    ActionFile: ("owner", "resources"),
    PlanSettings: ("owner", "capacity"),
    PlanWork: ("owner",),
    Task: ("owner", "resources"),
    Load: ("who",),
    PlanItem: ("owner",),
    GateBlocker: ("owner",),
    BlockerForecast: ("owner",),
    StageDocument: ("owner",),
    Programme: ("managed_by",),
    ProgrammeApproval: ("by",),
}
"""Fields that hold a person, several, or persons as keys, by name or id; all other texts are searched for known names."""
_LEFT_ALONE = ("catalog", "document_types", "lenses", "guidance", "trace", "lock", "overlay", "redacted")
"""Parts of a run that come from the checklists or hold digests only."""
KEY = "(key)"
"""Stands among the fields of persons where the key of the rows is one."""


class Redaction:
    """What stands in place of each name."""

    def __init__(
        self, people: Iterable[Person], names: Iterable[str], vocabulary: PrivacyWords, scope: Scope
    ) -> None:
        """Take the people of the engagement, cells of persons from everywhere else, and whose names go.

        ``names`` are numbered in their order.
        """
        self.scope = scope
        self._words = vocabulary
        self._people = tuple(people)
        self._ids = {folded(one.name): one.id for one in self._people if self._hides(one)}
        self._labels = {
            folded(one.name): f"{one.role} ({one.id})" for one in self._people if self._hides(one)
        }
        self._open = {folded(one.name) for one in self._people if not self._hides(one)}
        self._open |= {folded(one.role) for one in self._people} | {folded(one.id) for one in self._people}
        sought = {one.name: self._labels[folded(one.name)] for one in self._people if self._hides(one)}
        sure = set(sought)
        for name in (part for cell in names for part in split_persons(cell)[::2]):
            label = self._label(name)
            if label != name.strip() and not vocabulary.speaks_of_a_post(name):
                sought.setdefault(name.strip(), label)
        self._finder = NameFinder(sought, sure, vocabulary.forms_of_address)

    def _hides(self, person: Person) -> bool:
        return self.scope == "all" or person.side != "auditor"

    def person(self, cell: str) -> str:
        """Return a cell of persons without names."""
        parts = split_persons(cell, self._labels)
        return "".join(part if at % 2 else self._label(part) for at, part in enumerate(parts))

    def text(self, text: str) -> str:
        """Return running text without known names."""
        return self._finder.replace(text)

    def interviewee(self, name: str) -> str:
        """Return the id of a person of the engagement, whose role stands beside it; else what any cell gets."""
        return self._ids.get(folded(name)) or self.person(name)

    def people(self) -> tuple[Person, ...]:
        """Return the people of the engagement, ids in place of the names that go."""
        return tuple(
            one.model_copy(update={"name": one.id}) if self._hides(one) else one for one in self._people
        )

    def _label(self, name: str) -> str:
        bare, identity = name.strip(), folded(name)
        if (
            not identity
            or identity in self._open
            or PSEUDONYM.fullmatch(bare)
            or self._words.names_a_post(bare)
        ):
            return bare
        number = len(self._labels) - len(self._ids) + 1
        return self._labels.setdefault(identity, say("Person {number}", number=number))


def redact_run(run: Run, redaction: Redaction, persons: Mapping[str, frozenset[str]]) -> Run:
    """Return the run without names; ``persons``: fields that hold persons, by test (``record.TEST``) and evidence."""
    walk = _Walk(redaction, persons)
    parts = {
        name: walk.value(getattr(run, name))
        for name in Run.model_fields
        if name not in (*_LEFT_ALONE, "engagement")
    }
    engagement: Engagement = walk.value(run.engagement)
    parts["engagement"] = engagement.model_copy(update={"people": redaction.people()})
    return run.model_copy(update={**parts, "redacted": redaction.scope})


class _Walk:
    """Goes through every text of every record."""

    def __init__(self, redaction: Redaction, persons: Mapping[str, frozenset[str]]) -> None:
        self._redaction, self._persons = redaction, persons
        self._fields: frozenset[str] = frozenset()

    def value(self, value: Any) -> Any:
        """Return a value with its texts redacted, of the same type."""
        if isinstance(value, str):
            return self._redaction.text(value)
        if isinstance(value, tuple):
            parts = [self.value(one) for one in value]
            return type(value)(*parts) if hasattr(value, "_fields") else tuple(parts)
        if isinstance(value, dict):
            return {key: self.value(one) for key, one in value.items()}
        return self._record(value) if isinstance(value, BaseModel) else value

    def _record(self, record: BaseModel) -> BaseModel:
        before = self._fields
        procedure = getattr(record, "procedure", None)
        if procedure is not None:
            self._fields = self._persons.get(procedure, frozenset())
        of_persons = PERSON_FIELDS.get(type(record), ())
        update = {}
        for name in type(record).model_fields:
            value = getattr(record, name)
            if name in of_persons and value is not None:
                update[name] = self._persons_in(value)
            elif isinstance(value, (str, tuple, dict, BaseModel)) and name != "digest":
                update[name] = self.value(value)
        if isinstance(record, Interview):
            update["interviewee"] = self._redaction.interviewee(record.interviewee)
        if isinstance(record, ExceptionRow):
            update |= self._exception(record)
        self._fields = before
        return record.model_copy(update=update)

    def _persons_in(self, value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(self._redaction.person(one) for one in value)
        if isinstance(value, dict):
            return {self._redaction.person(key): one for key, one in value.items()}
        return self._redaction.person(value)

    def _exception(self, row: ExceptionRow) -> dict[str, Any]:
        """Redact the cells of a row; its key where the key is a person."""
        fields = self._fields or self._persons.get(row.evidence, frozenset())
        values = {
            name: cell
            if cell is None
            else self._redaction.person(cell)
            if name in fields
            else self._redaction.text(cell)
            for name, cell in row.values.items()
        }
        key = self._redaction.person(row.key) if KEY in fields else self._redaction.text(row.key)
        return {"values": values, "key": key}
