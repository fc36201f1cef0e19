"""Load the descriptions of trackers, and refuse what could not be filled or read."""

import re
from collections.abc import Iterator
from pathlib import Path

from auditkit.base.issue import InputIssue
from auditkit.base.place import Place
from auditkit.base.yamltext import YamlDocument, load_model
from auditkit.improvement.exchange.model import FIELDS, Column, Tracker
from auditkit.improvement.model import ActionFile

Issues = tuple[InputIssue, ...]
PREFIX = "checklists/trackers"
CALENDAR = ("SUMMARY", "DESCRIPTION", "CATEGORIES", "PRIORITY", "STATUS")
"""The properties a calendar entry can have; all others are made here."""


def load_trackers(folders: tuple[Path, ...]) -> tuple[dict[str, Tracker], Issues]:
    """Load every tracker of the folders; of two with one id that of the earlier folder counts."""
    found: dict[str, Tracker] = {}
    issues: list[InputIssue] = []
    for folder in folders:
        here: dict[str, Tracker] = {}
        for path in sorted(folder.glob("*.yaml")) if folder.is_dir() else []:
            loaded = load_model(path, f"{PREFIX}/{path.name}", Tracker)
            issues.extend(loaded.issues)
            if loaded.model is None or loaded.document is None:
                continue
            faults = [*_faults(loaded.model, loaded.document, path.stem)]
            issues.extend(faults)
            if not faults:
                here[loaded.model.id] = loaded.model
        found = {**here, **found}
    return dict(sorted(found.items())), tuple(issues)


def placeholders(text: str) -> tuple[str, ...]:
    """Return the fields a text names in braces."""
    return tuple(re.findall(r"\{(\w+)\}", text))


def _faults(tracker: Tracker, document: YamlDocument, stem: str) -> Iterator[InputIssue]:
    if tracker.id != stem:
        yield _issue(document.place(("id",)), f"The id {tracker.id} is not the name of the file.")
    for at, column in enumerate(tracker.columns):
        place = document.place(("columns", at))
        for fault in _column_faults(tracker, column):
            yield _issue(place, f"{column.header}: {fault}")
    headers = [one.header for one in tracker.columns]
    twice = sorted({one for one in headers if headers.count(one) > 1})
    if twice and tracker.format != "csv":
        yield _issue(document.place(("columns",)), f"{', '.join(twice)} stands twice.")
    edited = [one.edits for one in tracker.columns if one.edits]
    for name in sorted({one for one in edited if edited.count(one) > 1}):
        yield _issue(document.place(("columns",)), f"Two columns edit {name}.")
    if tracker.format == "xlsx" and tracker.columns[0].text != "{id}":
        yield _issue(document.place(("columns", 0)), "The first column of a workbook holds {id} alone.")


def _column_faults(tracker: Tracker, column: Column) -> Iterator[str]:
    for name in placeholders(column.text):
        if name not in FIELDS:
            yield f"there is no field {name}; docs/trackers.md lists them."
    if column.map and column.map not in tracker.values:
        yield f"there is no table {column.map} under values."
    if column.edits and tracker.format != "xlsx":
        yield "only columns of a workbook can be edited."
    if column.edits and (column.edits not in ActionFile.model_fields or column.edits in ("id", "finding")):
        yield f"{column.edits} is no field of an action that can be edited."
    if column.edits and column.text != f"{{{column.edits}}}":
        yield f"a column that edits {column.edits} holds {{{column.edits}}} alone."
    if tracker.format == "ics" and column.header not in CALENDAR:
        yield f"a calendar entry takes {', '.join(CALENDAR)}."


def _issue(place: Place, message: str) -> InputIssue:
    return InputIssue(
        code="tracker-definition",
        severity="error",
        place=place,
        message=message,
        hint="Correct the description; the tracker was left out.",
    )
