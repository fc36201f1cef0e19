"""SHA-256 digests, and the one canonical JSON text that digests and computed files are made of."""

import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

_SMALL_BYTES = 1 << 20
"""Files below are read in one go; for them a thread costs more than it gains. Longer ones in such pieces."""


def digest_file(path: str | Path) -> str:
    """Return the SHA-256 of a file's bytes, in hexadecimal."""
    with open(path, "rb", buffering=0) as stream:  # noqa: PTH123 - Path.open costs a tenth of a small file's digest
        # asking for no more than there is spares a small file a large buffer
        size = os.fstat(stream.fileno()).st_size
        found = hashlib.sha256(stream.read(min(size, _SMALL_BYTES)))
        if more := stream.read(1):
            found.update(more)
            buffer = memoryview(bytearray(_SMALL_BYTES))
            while count := stream.readinto(buffer):
                found.update(buffer[:count])
        return found.hexdigest()


def digest_folder(folder: Path) -> str:
    """Return one digest of every file below a folder, by path and content, or by why it cannot be read."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return digest_value([[path.relative_to(folder).as_posix(), str(_attempt(path))] for path in files])


def digest_files(paths: Sequence[Path], sizes_bytes: Sequence[int]) -> Iterator[str | OSError]:
    """Yield the SHA-256 of each file in order, or the error that kept it from being read.

    ``sizes_bytes`` only decides how: large files are digested beside one another, small ones one after another.
    """
    large = [at for at, size in enumerate(sizes_bytes) if size >= _SMALL_BYTES]
    workers = min(len(large), usable_cores())
    if workers < 2:
        yield from map(_attempt, paths)
        return
    with ThreadPoolExecutor(workers) as pool:
        begun = {at: pool.submit(_attempt, paths[at]) for at in large}
        for at, path in enumerate(paths):
            yield begun.pop(at).result() if at in begun else _attempt(path)


def usable_cores() -> int:
    """Return the number of processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def canonical_json(value: Any) -> str:
    """Return JSON with sorted keys and no blanks: equal values give equal text."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)


def digest_value(value: Any) -> str:
    """Return the SHA-256 of a JSON-like value. Structure counts: ("ab","c") differs from ("a","bc")."""
    return hashlib.sha256(canonical_json(value).encode()).hexdigest()


def _attempt(path: Path) -> str | OSError:
    try:
        return digest_file(path)
    except OSError as error:
        return error
