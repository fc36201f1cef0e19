"""Propose register entries for files nobody registered; the register itself is written by people."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath

from auditkit.evidence.model import ReadDocument, Register


def propose(
    evidence_dir: Path,
    register: Register,
    files: Mapping[str, ReadDocument],
    type_names: Mapping[str, Sequence[str]],
) -> str:
    """Return YAML entries, ready to be pasted below ``items:``; ids continue those of the register."""
    del evidence_dir
    known = {item.file for item in register.items}
    number = max((int(item.id.partition("-")[2]) for item in register.items), default=0)
    blocks: list[str] = []
    for file, document in files.items():
        if file in known:
            continue
        number += 1
        blocks.append(_block(f"EV-{number:03d}", file, document, type_names))
    if not blocks:
        return "# Every file below evidence/ is registered.\n"
    head = "# Proposed by auditkit evidence scan: check every line, then move the entries into evidence/register.yaml.\n"
    return head + "".join(blocks)


def _block(
    identifier: str, file: str, document: ReadDocument, type_names: Mapping[str, Sequence[str]]
) -> str:
    meta = document.meta
    table = document.format in ("csv", "xlsx", "xls", "ods", "gzip", "parquet", "folder")
    title = meta.title or PurePosixPath(file).stem.replace("-", " ").replace("_", " ")
    lines = [f"  - id: {identifier}", f"    title: {_quoted(title)}", f"    file: {_quoted(file)}"]
    if document.status != "read":
        lines.append(f"    # {document.status.replace('_', ' ')}: {document.why}")
    if table:
        lines += ["    kind: record_export", "    dataset: # which one? see: auditkit evidence requests"]
    else:
        kind, why = _guess(file, title, type_names)
        lines += ["    kind: document", f"    document_type: {kind}  # {why}"]
    if meta.version:
        lines.append(f"    version: {_quoted(meta.version)}")
    for name in ("owner", "effective_at", "next_review_at"):
        value = getattr(meta, name)
        if value is not None:
            lines.append(f"    {name}: {_quoted(str(value)) if name == 'owner' else value}")
    if meta.approver:
        at = f", at: {meta.approved_at}" if meta.approved_at else ""
        lines.append(f"    approvals: [{{by: {_quoted(meta.approver)}{at}}}]")
    return "\n".join(lines) + "\n"


def _guess(file: str, title: str, type_names: Mapping[str, Sequence[str]]) -> tuple[str, str]:
    """Return the document type whose name pattern matches the most text of title or file name, and why."""
    best, why, length = "", "no known type matches; which one is it?", 0
    name = PurePosixPath(file).stem.replace("-", " ").replace("_", " ")
    for kind, patterns in type_names.items():
        for pattern in patterns:
            for where, text in (("title", title), ("file name", name)):
                found = re.search(pattern, text, re.IGNORECASE)
                if found and len(found.group(0)) > length:
                    best, why, length = (
                        kind,
                        f"guessed from the {where} ({found.group(0)})",
                        len(found.group(0)),
                    )
    return best, why


def _quoted(text: str) -> str:
    return '"' + " ".join(text.split()).replace("\\", "\\\\").replace('"', '\\"') + '"'
