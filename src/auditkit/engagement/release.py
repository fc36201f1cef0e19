"""A release and what it was given on: does it still hold for a run, and what changed since (reads only)."""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Literal, NamedTuple

from pydantic import ValidationError

from auditkit.assessment.engagement import SignOff
from auditkit.assessment.signatures import SignatureCheck
from auditkit.base.digest import digest_file
from auditkit.base.issue import InputIssue
from auditkit.base.model import Record
from auditkit.base.place import Place
from auditkit.engagement.layout import Layout
from auditkit.engagement.open import OpenEngagement
from auditkit.engagement.signatures import check_text
from auditkit.reporting.model import Trace

FILE = "workpapers/signoff.lock.json"
SIGNATURE_FILE = "workpapers/signatures/signoff.lock.json.sig"
"""The signature of the release by key, where there is one; it comes after the digests."""
_HINTS = {
    "sign-off-outdated": "Run auditkit verify to see what changed, then auditkit signoff.",
    "sign-off-by-hand": "Sign with auditkit signoff.",
    "sign-off-unchecked": "Install OpenSSH, which brings ssh-keygen, and run the command again.",
}
_FOLDERS = ("evidence", "workpapers", "overlays", "checklists")


class SignOffLock(Record):
    """What the release was given on (workpapers/signoff.lock.json)."""

    computed: Literal["written by auditkit signoff; do not edit"] = "written by auditkit signoff; do not edit"
    by: str
    at: date
    run_id: str
    tool_version: str
    catalog_digest: str
    tests_digest: str
    rules_digest: str = ""
    """Empty in releases that were given before rules had a digest of their own."""
    files: dict[str, str]
    """File of the engagement to SHA-256."""


class Change(NamedTuple):
    """Something that is not as it was at the sign-off."""

    kind: Literal["changed", "added", "missing", "catalog", "tests", "rules", "tool"]
    what: str


def check_release(opened: OpenEngagement, lock: SignOffLock) -> SignatureCheck | None:
    """Check the signature by key of a release; None where it was given without."""
    root = opened.layout.root
    if not (root / SIGNATURE_FILE).exists():
        return None
    return check_text(opened, "sign-off", lock.by, (root / FILE).read_bytes(), root / SIGNATURE_FILE)


def changes_since(
    layout: Layout, lock: SignOffLock, trace: Trace, known: Mapping[str, str] = MappingProxyType({})
) -> tuple[Change, ...]:
    """Return what is not as it was when the engagement was signed off; ``known`` as in ``digests_of``."""
    now = dict(digests_of(layout, known))
    found = [Change("changed", file) for file in lock.files if file in now and now[file] != lock.files[file]]
    found += [Change("missing", file) for file in lock.files if file not in now]
    found += [Change("added", file) for file in now if file not in lock.files]
    if lock.catalog_digest != trace.catalog_digest:
        found.append(Change("catalog", "the requirements or the guidance"))
    if lock.tests_digest != trace.tests_digest:
        found.append(Change("tests", "the record tests"))
    if lock.rules_digest and lock.rules_digest != trace.rules_digest:
        found.append(Change("rules", "the grading scheme, the rules of the kind or the audit method"))
    if lock.tool_version != trace.tool_version:
        found.append(Change("tool", f"auditkit {lock.tool_version} is now {trace.tool_version}"))
    return tuple(found)


def load_sign_off(layout: Layout) -> tuple[SignOffLock | None, tuple[InputIssue, ...]]:
    """Load the lock of the sign-off; a missing file is none, a broken one an issue and none."""
    path = layout.root / FILE
    if not path.exists():
        return None, ()
    try:
        return SignOffLock.model_validate(json.loads(path.read_text(encoding="utf-8"))), ()
    except (OSError, ValueError, ValidationError) as error:
        message = f"The file cannot be read ({type(error).__name__}); the engagement counts as not signed."
        return None, (_issue("sign-off-outdated", message),)


def released(
    opened: OpenEngagement, trace: Trace, known: Mapping[str, str]
) -> tuple[SignOff | None, tuple[InputIssue, ...]]:
    """Return the release that holds for a run, and why a release that was given no longer does.

    ``known``: digests of files that the run has read or found unchanged.

    One written by hand in engagement.yaml holds as long as nobody signed with ``auditkit signoff``; what changed
    after it nobody can tell, which is said.
    """
    lock, issues = load_sign_off(opened.layout)
    by_hand = opened.engagement.sign_off
    if lock is None:
        if by_hand is not None and not issues:
            message = "The release is written by hand, so nobody can tell what changed after it."
            return by_hand, (_issue("sign-off-by-hand", message, "engagement.yaml", "note"),)
        return (None if issues else by_hand), issues
    signed = check_release(opened, lock)
    doubts: tuple[InputIssue, ...] = ()
    if signed is not None and signed.refused:
        message = f"{signed.why} The release does not count."
        return None, (_issue("sign-off-outdated", message, SIGNATURE_FILE),)
    if signed is not None and signed.state != "holds":
        doubts = (_issue("sign-off-unchecked", signed.why, SIGNATURE_FILE),)
    changed = changes_since(opened.layout, lock, trace, known)
    if not changed:
        return SignOff(by=lock.by, at=lock.at), doubts
    message = (
        f"{lock.by} signed off on {lock.at}; {len(changed)} things changed since, so it is a draft again."
    )
    return None, (*doubts, _issue("sign-off-outdated", message))


def digests_of(layout: Layout, known: Mapping[str, str] = MappingProxyType({})) -> Iterator[tuple[str, str]]:
    """Yield every file people or commands put into the engagement, reports and cache left out, with its digest.

    ``known``: digests of files that need not be read again.
    """
    yield layout.engagement.name, digest_file(layout.engagement)
    for folder in (*(layout.root / name for name in _FOLDERS), *layout.impact):
        for path in sorted(folder.rglob("*")) if folder.is_dir() else [folder]:
            file = path.relative_to(layout.root).as_posix()
            if path.is_file() and file not in (FILE, SIGNATURE_FILE) and not path.name.startswith("~$"):
                yield file, known.get(file) or digest_file(path)


def _issue(
    code: str, message: str, file: str = FILE, severity: Literal["warning", "note"] = "warning"
) -> InputIssue:
    return InputIssue(
        code=code,
        severity=severity,
        place=Place(file=file),
        message=message,
        hint=_HINTS[code],
    )
