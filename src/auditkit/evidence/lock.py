"""Digests of accepted files: written only by ``auditkit evidence accept``, compared by everything else."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Literal, NamedTuple

from pydantic import ValidationError

from auditkit.base.atomic import write_whole
from auditkit.base.digest import digest_files
from auditkit.base.issue import InputIssue
from auditkit.base.place import Place
from auditkit.evidence.files import list_files, safe_path
from auditkit.evidence.folders import digest_folder, find_folders
from auditkit.evidence.model import EvidenceItem, Lock, LockEntry, Register

DifferenceKind = Literal["changed", "missing", "not_accepted", "not_registered"]


class LockDifference(NamedTuple):
    """One way in which the folder is not what was accepted."""

    kind: DifferenceKind
    evidence: str | None
    file: str


def load_lock(path: Path) -> tuple[Lock, tuple[InputIssue, ...]]:
    """Load register.lock.json; a missing file is an empty lock, a broken one an issue."""
    if not path.exists():
        return Lock(), ()
    try:
        return Lock.model_validate_json(path.read_bytes()), ()
    except (OSError, ValidationError) as error:
        issue = InputIssue(
            code="lock-unreadable",
            severity="error",
            place=Place(file="evidence/register.lock.json", line=1),
            message=f"The lock cannot be read ({type(error).__name__}), so no file counts as accepted.",
            hint="Restore it from the version history, or run auditkit evidence accept.",
        )
        return Lock(), (issue,)


def accept(evidence_dir: Path, register: Register) -> Lock:
    """Digest every registered file that is there and can be read."""
    found = _digests(evidence_dir, register.items, list_files(evidence_dir))
    return Lock(
        entries={
            item.id: LockEntry(
                sha256=found[item.file][0],
                size_bytes=found[item.file][1],
                dataset=item.dataset,
                document_type=item.document_type,
            )
            for item in register.items
            if item.file in found
        }
    )


def write_lock(path: Path, lock: Lock) -> None:
    """Write the lock, sorted, in one step."""
    body = lock.model_dump(mode="json", exclude_none=True)
    body["entries"] = dict(sorted(body["entries"].items()))
    write_whole(path, json.dumps(body, indent=1) + "\n")


def verify(evidence_dir: Path, register: Register, lock: Lock) -> tuple[LockDifference, ...]:
    """Read every registered file anew, whatever any cache says, and return what differs, in the order of the register."""
    files = list_files(evidence_dir)
    found = _digests(evidence_dir, register.items, files)
    parts = {one for below in find_folders(register.items, files).values() for one in below}
    digests = {file: sha256 for file, (sha256, _) in found.items()}
    return compare(register, lock, digests, tuple(one for one in files if one not in parts))


def digest_item(evidence_dir: Path, item: EvidenceItem) -> str:
    """Return the digest of one item, read anew; nothing when it is not there or cannot be read."""
    alone = safe_path(evidence_dir, item.file) is not None
    found = _digests(evidence_dir, (item,), () if alone else list_files(evidence_dir))
    return found[item.file][0] if item.file in found else ""


def _digests(
    evidence_dir: Path, items: Sequence[EvidenceItem], files: Sequence[str]
) -> dict[str, tuple[str, int]]:
    """Return digest and bytes of the registered files and folders that are there and can be read."""
    folders = find_folders(items, files)
    wanted = [file for item in items for file in folders.get(item.file, (item.file,))]
    paths = {file: path for file in wanted if (path := safe_path(evidence_dir, file)) is not None}
    sizes = {file: path.stat().st_size for file, path in paths.items()}
    digests = zip(paths, digest_files(list(paths.values()), list(sizes.values())), strict=True)
    found = {file: (one, sizes[file]) for file, one in digests if isinstance(one, str)}
    for folder, parts in folders.items():
        if all(part in found for part in parts):
            sha256 = digest_folder(folder, {part: found[part][0] for part in parts})
            found[folder] = (sha256, sum(found[part][1] for part in parts))
    return found


def compare(
    register: Register, lock: Lock, digests: dict[str, str], files: tuple[str, ...]
) -> tuple[LockDifference, ...]:
    """Compare known digests (by file) with the lock; pure."""
    found: list[LockDifference] = []
    for item in register.items:
        entry = lock.entries.get(item.id)
        if item.file not in digests:
            found.append(LockDifference("missing", item.id, item.file))
        elif entry is None:
            found.append(LockDifference("not_accepted", item.id, item.file))
        elif entry.sha256 != digests[item.file]:
            found.append(LockDifference("changed", item.id, item.file))
    registered = {item.file for item in register.items}
    found += [LockDifference("not_registered", None, file) for file in files if file not in registered]
    return tuple(found)
