"""Hold the evidence against a manifest of it, offline: the signature by key and every digest (reads only)."""

import json
from pathlib import Path
from typing import NamedTuple

from auditkit.assessment.signatures import SignatureCheck
from auditkit.base.digest import digest_file
from auditkit.base.errors import InputsUnreadable
from auditkit.engagement.open import OpenEngagement
from auditkit.engagement.release import Change
from auditkit.engagement.signatures import check_text
from auditkit.evidence.files import list_files, safe_path
from auditkit.reporting.interchange.formats import FORMATS, MANIFEST
from auditkit.reporting.interchange.sealed import MANIFEST_SCHEMA


class ManifestCheck(NamedTuple):
    """What a manifest is worth now."""

    file: Path
    files: int
    """How many files it names with a digest."""
    signature: SignatureCheck | None
    """None: it is not signed."""
    changes: tuple[Change, ...]

    @property
    def holds(self) -> bool:
        """Tell whether all evidence is as it says, and its signature, where there is one, is good."""
        return not self.changes and (self.signature is None or self.signature.state == "holds")

    def text(self) -> str:
        """Return what was found, for people."""
        count = "1 file" if self.files == 1 else f"{self.files:,} files"
        said = "all as it says" if not self.changes else f"{len(self.changes)} not as it says"
        lines = [f"{self.file.name}: {count}, {said}."]
        lines += [f"  {one.kind:<8} {one.what}" for one in self.changes]
        if self.signature is None:
            lines.append("It is not signed.")
        elif self.signature.state == "holds":
            lines.append(f"The signature of {self.signature.by} holds.")
        else:
            lines.append(f"{self.signature.why} {self.signature.remedy}".strip())
        return "\n".join(lines)


def check_manifest(opened: OpenEngagement, file: Path | None, by: str | None) -> ManifestCheck:
    """Compare the evidence with a manifest; without a file with the one among the reports."""
    name = next(one.file for one in FORMATS if one.id == MANIFEST)
    path = file or opened.layout.interchange(redacted=False) / name
    text, digests = _read(path)
    signature = path.with_name(f"{path.name}.sig")
    signer = by or opened.engagement.lead_auditor
    checked = check_text(opened, path.name, signer, text, signature) if signature.exists() else None
    return ManifestCheck(path, len(digests), checked, _changes(opened.layout.evidence, digests))


def _read(path: Path) -> tuple[bytes, dict[str, str]]:
    """Return the bytes of a manifest and its digests by file."""
    try:
        text = path.read_bytes()
        data = json.loads(text)
        if data["schema"] != MANIFEST_SCHEMA:
            raise ValueError("it has another schema")
        return text, {str(one["file"]): str(one["sha256"]) for one in data["files"]}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputsUnreadable(
            f"{path}: it is no manifest of evidence ({type(error).__name__}). "
            "Write one with auditkit report write manifest, or name its file."
        ) from error


def _changes(evidence: Path, digests: dict[str, str]) -> tuple[Change, ...]:
    """Return what is not as the manifest says; a path that leads out of the folder counts as missing."""
    found = []
    for file, digest in digests.items():
        path = safe_path(evidence, file)
        if path is None:
            found.append(Change("missing", file))
        elif digest_file(path) != digest:
            found.append(Change("changed", file))
    there = [file for file in list_files(evidence) if safe_path(evidence, file) is not None]
    return (*found, *(Change("added", file) for file in there if file not in digests))
