"""Folders as evidence: the parts of one table, as a data platform writes them, are one received item.

A register entry for records may name a folder. Its digest is that of the names and digests of all files below it, so
a part that is changed, added or taken away makes it another item. This module looks at names only, never at the disk.
"""

from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence

from auditkit.base.digest import digest_value
from auditkit.evidence.model import EvidenceItem, ReadDocument

PARQUET = ".parquet"


def find_folders(items: Sequence[EvidenceItem], files: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return the folders that entries for records name, each with the files below it.

    ``files``: every file below evidence/, sorted, as ``list_files`` gives them.
    """
    there = set(files)
    wanted = {item.file for item in items if item.kind == "record_export"} - there
    return {folder: found for folder in sorted(wanted) if (found := _below(folder, files))}


def find_parquet(files: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return the folders that hold nothing but Parquet files, several of them, and markers."""
    inside: dict[str, list[str]] = {}
    for file in files:
        inside.setdefault(file.rpartition("/")[0], []).append(file)
    return {
        folder: tuple(found)
        for folder, found in sorted(inside.items())
        if folder
        and sum(file.endswith(PARQUET) for file in found) > 1
        and all(file.endswith(PARQUET) or file.rpartition("/")[2].startswith((".", "_")) for file in found)
    }


def digest_folder(folder: str, digests: Mapping[str, str]) -> str:
    """Return the digest of a folder from those of the files below it, keyed by path below evidence/."""
    return digest_value([[file.removeprefix(f"{folder}/"), digests[file]] for file in sorted(digests)])


def join_parts(
    documents: Mapping[str, ReadDocument],
    folders: Mapping[str, Sequence[str]],
    registered: Collection[str],
) -> dict[str, ReadDocument]:
    """Put one document for each folder in the place of those for its parts; a part registered by itself stays."""
    joined = {folder: _join(folder, [documents[one] for one in parts]) for folder, parts in folders.items()}
    hidden = {one for parts in folders.values() for one in parts} - set(registered)
    kept = {file: document for file, document in documents.items() if file not in hidden}
    return dict(sorted({**kept, **joined}.items()))


def _join(folder: str, parts: Sequence[ReadDocument]) -> ReadDocument:
    lost = next((part for part in parts if not part.sha256), None)
    whole = ReadDocument(
        file=folder,
        sha256="",
        size_bytes=sum(part.size_bytes for part in parts),
        format="folder",
        status="skipped" if lost else "read",
    )
    if lost is not None:
        why = f"its part {lost.file.removeprefix(f'{folder}/')} was not read, {lost.why}"
        return whole.model_copy(update={"why": why})
    sha256 = digest_folder(folder, {part.file: part.sha256 for part in parts})
    return whole.model_copy(update={"sha256": sha256})


def _below(folder: str, files: Sequence[str]) -> tuple[str, ...]:
    prefix = f"{folder.rstrip('/')}/"
    first = bisect_left(files, prefix)
    found = []
    for file in files[first:]:
        if not file.startswith(prefix):
            break
        found.append(file)
    return tuple(found)
