"""When the time of keeping is over: what must go and what stays, deleting it, and the record of what was deleted.

The register, digests, workpapers and reports stay; evidence, the sealed table of persons, the cache and the lists of
exceptions go. Links are taken away, never followed.
"""

import json
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Literal, NamedTuple

from pydantic import ValidationError

from auditkit.assessment.engagement import Retention
from auditkit.base.atomic import write_whole
from auditkit.base.digest import digest_file
from auditkit.base.errors import UsageFault
from auditkit.base.issue import InputIssue
from auditkit.base.language import say, short_day
from auditkit.base.model import Record
from auditkit.base.place import Place
from auditkit.engagement.layout import Layout
from auditkit.evidence.files import list_files, why_not
from auditkit.evidence.folders import find_folders
from auditkit.evidence.model import Register


class PurgedFile(Record):
    """A file that was deleted."""

    file: str
    """Path below the engagement folder."""
    evidence: str | None = None
    """Its id in the register; None: it was not registered."""
    sha256: str = ""
    """Empty: it was a link or could not be read."""
    size_bytes: int = 0


class Purge(Record):
    """One purge: who, when, why, and what was deleted."""

    by: str
    on: date
    until: date
    reason: str
    files: tuple[PurgedFile, ...]


class PurgeRecord(Record):
    """evidence/purged.json; the list only grows."""

    computed: Literal["written by auditkit privacy purge; do not edit"] = (
        "written by auditkit privacy purge; do not edit"
    )
    purges: tuple[Purge, ...] = ()

    def said(self) -> dict[str, str]:
        """Return for each deleted file, by path below evidence/, when and by whom."""
        return {
            one.file.removeprefix("evidence/"): say(
                "deleted on {day} by {person} ({reason})",
                day=short_day(purge.on),
                person=purge.by,
                reason=purge.reason,
            )
            for purge in self.purges
            for one in purge.files
        }


class Due(NamedTuple):
    """What retention asks for on a day."""

    retention: Retention
    on: date
    goes: tuple[PurgedFile, ...]
    stays: tuple[str, ...]
    """What stays, and why, one line each."""
    unknown: tuple[str, ...] = ()
    """Evidence that is to be kept and is not registered; as long as there is some, nothing is deleted."""

    @property
    def over(self) -> bool:
        """Tell whether the last day of keeping has passed."""
        return self.on > self.retention.until


def load_purges(layout: Layout) -> tuple[PurgeRecord, tuple[InputIssue, ...]]:
    """Load the record of purges; a missing one is empty, a broken one an issue."""
    if not layout.purged.exists():
        return PurgeRecord(), ()
    try:
        return PurgeRecord.model_validate_json(layout.purged.read_bytes()), ()
    except (OSError, ValidationError) as error:
        issue = InputIssue(
            code="purge-record-unreadable",
            severity="warning",
            place=Place(file=f"evidence/{layout.purged.name}"),
            message=f"The record of what was deleted cannot be read ({type(error).__name__}).",
            hint="Restore it from a copy; until then deleted files count as missing.",
        )
        return PurgeRecord(), (issue,)


def what_is_due(layout: Layout, register: Register, retention: Retention | None, on: date) -> Due:
    """Return what has to go and what stays; UsageFault when nobody said how long the evidence is kept."""
    if retention is None:
        raise UsageFault(
            "engagement.yaml does not say how long the evidence is kept. Add: "
            'retention: {until: 2027-12-31, reason: "..."}'
        )
    if layout.evidence.is_symlink():
        raise UsageFault(
            "evidence/ is a link to another folder, which is not followed. Put the folder itself in its place."
        )
    files = list_files(layout.evidence)
    ids = {item.file: item.id for item in register.items}
    folders = find_folders(register.items, files)
    ids = {part: ids[folder] for folder, parts in folders.items() for part in parts} | ids
    kept = tuple(file for file in files if ids.get(file) in retention.keep)
    goes = [_facts(layout, file, ids.get(file)) for file in files if file not in kept]
    goes += [_of_ours(layout, path) for path in _ours(layout)]
    unknown = tuple(sorted(set(retention.keep) - set(ids.values())))
    stays = (
        *(f"evidence/{file}  ({ids[file]}, named in retention.keep)" for file in kept),
        *(f"{one}  (named in retention.keep, but not registered)" for one in unknown),
        "register, requests, digests, record of imports and of purges  (evidence/*.yaml, *.lock.json, purged.json)",
        "workpapers/  (judgements, findings, actions, interviews: they name persons too)",
        "reports/  (all but the lists of exceptions)",
    )
    return Due(retention, on, tuple(goes), stays, unknown)


def delete_what_is_due(layout: Layout, due: Due, by: str) -> Purge:
    """Record what is deleted, then delete it; UsageFault before the last day of keeping has passed.

    The record comes first: what is interrupted between the two is finished by the same command.
    """
    if not due.over:
        raise UsageFault(
            f"The evidence is kept until {due.retention.until}, that day included; {due.on} is too early. Nothing was deleted."
        )
    if due.unknown:
        raise UsageFault(
            f"retention.keep names {', '.join(due.unknown)}, which is not registered, so its file would be deleted. "
            "Correct the id. Nothing was deleted."
        )
    record, issues = load_purges(layout)
    if issues:
        raise UsageFault(f"{issues[0]} Nothing was deleted.")
    done = Purge(by=by, on=due.on, until=due.retention.until, reason=due.retention.reason, files=due.goes)
    known = {(one.file, one.sha256) for earlier in record.purges for one in earlier.files}
    if any((one.file, one.sha256) not in known for one in due.goes):
        grown = PurgeRecord(purges=(*record.purges, done))
        body = json.dumps(grown.model_dump(mode="json", exclude_none=True), indent=1, ensure_ascii=False)
        write_whole(layout.purged, body + "\n")
    for one in due.goes:
        _delete(layout.root / one.file)
    _delete(layout.cache)
    for folder in sorted(_folders(layout.evidence), key=lambda path: -len(path.parts)):
        if not any(folder.iterdir()):
            folder.rmdir()
    left = [
        file for file in list_files(layout.evidence) if f"evidence/{file}" in {one.file for one in due.goes}
    ]
    if left:
        raise UsageFault(f"{', '.join(left)}: could not be deleted; the rest was. Delete it by hand.")
    return done


def _facts(layout: Layout, file: str, identifier: str | None) -> PurgedFile:
    path = layout.evidence / file
    if path.is_symlink() or why_not(layout.evidence, file) is not None:
        return PurgedFile(file=f"evidence/{file}", evidence=identifier)
    return _of_ours(layout, path).model_copy(update={"evidence": identifier})


def _of_ours(layout: Layout, path: Path) -> PurgedFile:
    file = path.relative_to(layout.root).as_posix()
    if path.is_symlink() or not path.is_file():
        return PurgedFile(file=file)
    return PurgedFile(file=file, sha256=digest_file(path), size_bytes=path.stat().st_size)


def _ours(layout: Layout) -> Iterator[Path]:
    """Yield the computed files that hold names or rows of records, and the sealed table."""
    if layout.persons.exists() or layout.persons.is_symlink():
        yield layout.persons
    for folder in (layout.reports, layout.redacted_reports):
        lists = folder / "exceptions"
        if layout.reports.is_symlink() or folder.is_symlink():
            continue
        if lists.is_symlink():
            yield lists
        elif lists.is_dir():
            yield from sorted(lists.glob("*.csv"))


def _folders(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            yield path
            yield from _folders(path)


def _delete(path: Path) -> None:
    """Delete a file, a link (not what it leads to) or a folder of ours."""
    if path.is_symlink() or path.is_file():
        path.unlink()
    elif path.is_dir():
        shutil.rmtree(path)
    elif path.exists():
        path.unlink()
