"""Actions out to workbooks, trackers and calendars."""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from auditkit.base.atomic import write_whole
from auditkit.base.errors import InputsUnreadable, UsageFault
from auditkit.base.issue import InputIssue
from auditkit.engagement.layout import checklists_folder
from auditkit.engagement.open import OpenEngagement
from auditkit.engagement.run import RunOptions, assess
from auditkit.improvement.exchange.calendar import calendar_text
from auditkit.improvement.exchange.cells import fill_rows
from auditkit.improvement.exchange.items import build_items
from auditkit.improvement.exchange.load import load_trackers
from auditkit.improvement.exchange.model import Item, Row, Tracker
from auditkit.improvement.exchange.sheet import write_register
from auditkit.improvement.exchange.states import read_states
from auditkit.improvement.exchange.texts import csv_text, json_lines

Issues = tuple[InputIssue, ...]


class Exported(NamedTuple):
    """What was written for a tool."""

    files: tuple[Path, ...]
    items: int
    left_out: int
    """Items the tool has already, or does not want."""
    issues: Issues


def trackers(opened: OpenEngagement) -> dict[str, Tracker]:
    """Return the trackers there are: the shipped ones, and before them the engagement's own."""
    folders = (opened.layout.checklists / "trackers", checklists_folder() / "trackers")
    found, issues = load_trackers(folders)
    if issues:
        raise InputsUnreadable("\n".join(map(str, issues)))
    return found


def export_actions(
    opened: OpenEngagement, name: str, path: Path, *, everything: bool = False, known: Path | None = None
) -> Exported:
    """Write the actions as a tool wants them. ``known``: an export of the tool; what it has is left out.

    UsageFault when a file is there already or an item lacks what the tool asks for.
    """
    tracker = tracker_named(opened, name)
    engagement = opened.engagement
    run = assess(opened, RunOptions()).run
    head = {
        "engagement": engagement.id,
        "organisation": engagement.organisation.name,
        "as_of": str(engagement.as_of),
    }
    items = build_items(opened.actions, run.plan, run.findings, head, everything=everything)
    there = _known(opened, tracker, known, items)
    rows, issues = fill_rows(
        tracker, tuple(one for one in items if one.fields["key"].casefold() not in there)
    )
    faults = [one for one in issues if one.severity == "error"]
    if faults:
        raise UsageFault("\n".join(map(str, faults)))
    if not rows:
        raise UsageFault("There is nothing to hand out: no action that the tool wants and does not have.")
    size = tracker.most_items or len(rows)
    parts = [rows[at : at + size] for at in range(0, len(rows), size)]
    files = [
        path if not at else path.with_name(f"{path.stem}-{at + 1}{path.suffix}") for at in range(len(parts))
    ]
    for file in files:
        if file.exists():
            raise UsageFault(f"{file}: the file exists already and was not touched. Name another.")
    for file, part in zip(files, parts, strict=True):
        _write(opened, tracker, part, file)
    return Exported(tuple(files), len(rows), len(items) - len(rows), issues)


def tracker_named(opened: OpenEngagement, name: str) -> Tracker:
    found = trackers(opened)
    if name not in found:
        raise UsageFault(f"{name}: there is no such tracker. Known are: {', '.join(found)}.")
    return found[name]


def _known(
    opened: OpenEngagement, tracker: Tracker, known: Path | None, items: Iterable[Item]
) -> frozenset[str]:
    if known is None:
        return frozenset()
    keys = {one.fields["key"].casefold(): one.id for one in items}
    read = read_states(known, known.name, tracker, opened.engagement.id, keys)
    faults = [one for one in read.issues if one.code == "tracker-file"]
    if faults:
        raise UsageFault("\n".join(map(str, faults)))
    return read.keys


def _write(opened: OpenEngagement, tracker: Tracker, rows: tuple[Row, ...], path: Path) -> None:
    engagement = opened.engagement
    if tracker.format == "xlsx":
        head = {"engagement": engagement.id, "title": engagement.title, "as_of": str(engagement.as_of)}
        write_register(tracker, rows, head, [one.name for one in engagement.people], path)
        return
    if tracker.format == "ics":
        text = calendar_text(tracker, rows, f"Improvement plan {engagement.id}", engagement.as_of)
    else:
        text = csv_text(tracker, rows) if tracker.format == "csv" else json_lines(tracker, rows)
    write_whole(path, text.encode(tracker.encoding))
