"""Files that appear whole or not at all, whoever else writes the same ones at the same time."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def new_file(target: Path, scratch: Path | None = None) -> Iterator[Path]:
    """Give a path to write to; in the end the file there takes the place of ``target`` in one step.

    It lies beside ``target``, or in the folder ``scratch`` on the same disk. When something is raised, nothing is
    left and ``target`` stays as it was.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = (scratch or target.parent) / f".{target.name[:60]}.{os.urandom(6).hex()}"
    try:
        yield unfinished
        unfinished.replace(target)
    except BaseException:
        with suppress(OSError):
            unfinished.unlink()
        raise


def write_whole(target: Path, data: bytes | str) -> None:
    """Write a file so that no reader ever sees a part of it; text is UTF-8."""
    with new_file(target) as path:
        path.write_bytes(data.encode() if isinstance(data, str) else data)
