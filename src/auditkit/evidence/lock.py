"""Digests of accepted files: written only by ``auditkit evidence accept``, compared by everything else."""

import json
from pathlib import Path
from typing import Literal, NamedTuple

from pydantic import ValidationError

from auditkit.base.atomic import write_whole
from auditkit.base.digest import digest_files
from auditkit.base.issue import InputIssue
from auditkit.base.place import Place
from auditkit.evidence.files import list_files, safe_path
from auditkit.evidence.model import Lock, LockEntry, Register

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
    digests = _digests(evidence_dir, register)
    return Lock(
        entries={
            item.id: LockEntry(
                sha256=digests[item.file],
                size_bytes=(evidence_dir / item.file).stat().st_size,
                dataset=item.dataset,
                document_type=item.document_type,
            )
            for item in register.items
            if item.file in digests
        }
    )


def write_lock(path: Path, lock: Lock) -> None:
    """Write the lock, sorted, in one step."""
    body = lock.model_dump(mode="json", exclude_none=True)
    body["entries"] = dict(sorted(body["entries"].items()))
    write_whole(path, json.dumps(body, indent=1) + "\n")


def verify(evidence_dir: Path, register: Register, lock: Lock) -> tuple[LockDifference, ...]:
    """Read every registered file anew, whatever any cache says, and return what differs, in the order of the register."""
    return compare(register, lock, _digests(evidence_dir, register), list_files(evidence_dir))


def _digests(evidence_dir: Path, register: Register) -> dict[str, str]:
    """Return the digests of the registered files that are there and can be read."""
    paths = {
        item.file: path for item in register.items if (path := safe_path(evidence_dir, item.file)) is not None
    }
    sizes = [path.stat().st_size for path in paths.values()]
    found = zip(paths, digest_files(list(paths.values()), sizes), strict=True)
    return {file: digest for file, digest in found if isinstance(digest, str)}


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
