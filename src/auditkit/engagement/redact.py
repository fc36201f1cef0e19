"""Redacted reports: gather who is named anywhere, and take the names out of a run and out of the lists of exceptions."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from auditkit.assessment.recordtests.persons import fields_of_persons
from auditkit.engagement.layout import checklists_folder
from auditkit.engagement.open import OpenEngagement
from auditkit.engagement.run import RunOutcome
from auditkit.evidence.privacy_words import load_privacy_words
from auditkit.evidence.read import list_files, read_files
from auditkit.evidence.tables import read_table
from auditkit.reporting.redaction import KEY, Redaction, Scope, redact_run

_MOST_CELL_CHARACTERS = 1 << 24


class Redacted(NamedTuple):
    """A run without names, and how to take them out of files beside it."""

    outcome: RunOutcome
    redaction: Redaction
    persons: dict[str, frozenset[str]]
    """Fields that hold persons, by test (``record.TEST``) and by evidence id."""

    def copy_exceptions(self, source: Path, target: Path) -> None:
        """Copy the list of a test's exceptions without names, line by line."""
        fields = self.persons.get(f"record.{source.stem}", frozenset())
        csv.field_size_limit(_MOST_CELL_CHARACTERS)
        with (
            source.open(encoding="utf-8-sig", newline="") as lines,
            target.open("w", encoding="utf-8-sig", newline="") as stream,
        ):
            rows, writer = csv.reader(lines), csv.writer(stream)
            header = next(rows, [])
            writer.writerow(header)
            hides = [one in fields or (at == 5 and KEY in fields) for at, one in enumerate(header)]
            for row in rows:
                writer.writerow(
                    self.redaction.person(cell) if hide else self.redaction.text(cell)
                    for cell, hide in zip(row, hides, strict=False)
                )


def redact(opened: OpenEngagement, outcome: RunOutcome, scope: Scope) -> Redacted:
    """Take the names of persons out of what a run knows; ``all``: those of the auditors too."""
    library = opened.library
    by_dataset = fields_of_persons(library.datasets.values(), library.derived)
    keys = {one.id: one.key for one in library.datasets.values()}
    keys |= {one.id: one.key for one in library.derived}
    for name, fields in by_dataset.items():
        by_dataset[name] = fields | {KEY} if keys[name] in fields else fields
    persons = {f"record.{test.id}": by_dataset.get(test.dataset, frozenset()) for test in library.tests}
    persons |= {
        item.id: by_dataset[item.dataset] for item in opened.register.items if item.dataset in by_dataset
    }
    words, issues = load_privacy_words(checklists_folder() / "privacy.yaml", "checklists/privacy.yaml")
    names = dict.fromkeys(_names(opened, by_dataset))
    redaction = Redaction(opened.engagement.people, names, words, scope)
    run = outcome.run.model_copy(update={"issues": (*outcome.run.issues, *issues)})
    shown = redact_run(run, redaction, persons)
    bad = tuple(
        one.model_copy(update={"message": redaction.text(one.message)}) for one in outcome.bad_evidence
    )
    return Redacted(outcome._replace(run=shown, bad_evidence=bad), redaction, persons)


def _names(opened: OpenEngagement, by_dataset: dict[str, frozenset[str]]) -> Iterator[str]:
    """Yield every cell that names persons: register, requests, workpapers, what documents and records say."""
    register = opened.register
    yield from (text for text in (register.declared_by,) if text)
    for item in register.items:
        yield from (text for text in (item.owner, item.received_from) if text)
        yield from (one.by for one in item.approvals)
    for request in opened.requests:
        yield from (text for text in (request.asked_of, request.answered_by) if text)
    yield from (one.interviewee for one in opened.workpapers.interviews)
    yield from (one.owner for one in opened.actions)
    for file in opened.raised.files:
        yield from (text for text in (file.answer.owner, file.answer.verified_by) if text)
        yield from (event.owner for event in file.events if event.owner)
    yield from _in_evidence(opened, by_dataset)


def _in_evidence(opened: OpenEngagement, by_dataset: dict[str, frozenset[str]]) -> Iterator[str]:
    """Yield who documents name as owner, author or approver, and who stands in the records."""
    layout = opened.layout
    exports = {item.file: item for item in opened.register.items if item.kind == "record_export"}
    documents = read_files(
        layout.evidence, list_files(layout.evidence), layout.cache, digest_only=exports.keys()
    )
    for document in documents.values():
        meta = document.meta
        yield from (text for text in (meta.owner, meta.author, meta.approver) if text)
    from auditkit.evidence.tables_persons import persons_in

    for file, item in exports.items():
        dataset = opened.library.datasets.get(item.dataset or "")
        if dataset is None or file not in documents or not by_dataset[dataset.id]:
            continue
        table = read_table(
            layout.evidence,
            item,
            dataset,
            opened.library.profiles,
            opened.engagement.time_zone,
            layout.cache,
            documents[file].sha256,
        )
        yield from persons_in(table, by_dataset[dataset.id])
