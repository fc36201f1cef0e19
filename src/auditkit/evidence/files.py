"""Which files lie below evidence/: regular files only, links never followed out of the folder."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

OWN_FILES = frozenset(
    {
        "register.yaml",
        "requests.yaml",
        "register.lock.json",
        "imports.lock.json",
        "persons.sealed.json",
        "purged.json",
    }
)
"""Files at the top of evidence/ that are ours, not evidence."""


def list_files(evidence_dir: Path) -> tuple[str, ...]:
    """Return every entry that is not a folder, as sorted paths with slashes; links and special files included by name."""
    return tuple(sorted(name for name, _ in _walk(evidence_dir)))


def survey(evidence_dir: Path) -> dict[str, os.stat_result]:
    """Return what the disk says of every regular file that is no link, by the path ``list_files`` gives it.

    Nothing is opened. A file that vanishes meanwhile, or whose name is no text, is left out.
    """
    found: dict[str, os.stat_result] = {}
    for name, entry in _walk(evidence_dir):
        try:
            facts = entry.stat(follow_symlinks=False)
        except OSError:
            continue
        if stat.S_ISREG(facts.st_mode) and name.endswith(entry.name):
            found[name] = facts
    return found


def why_not(evidence_dir: Path, file: str) -> str | None:
    """Say why a file must not be opened; None when it is a regular file inside the folder."""
    path = evidence_dir / file
    try:
        real = path.resolve(strict=True)
        mode = real.stat().st_mode
    except FileNotFoundError:
        if path.is_symlink():
            return "the link leads to nothing"
        return "its name is not UTF-8 text; rename it" if "\\x" in file else "the file is not there"
    except (OSError, RuntimeError) as error:
        return f"the path cannot be followed ({type(error).__name__})"
    if not real.is_relative_to(evidence_dir.resolve()):
        return "the link leads out of the evidence folder"
    if stat.S_ISDIR(mode):
        return "it is a link to a folder, which is not followed" if path.is_symlink() else "it is a folder"
    if not stat.S_ISREG(mode):
        return "it is no regular file"
    return None


def safe_path(evidence_dir: Path, file: str) -> Path | None:
    """Return the path of a regular file inside the folder, or None."""
    return evidence_dir / file if why_not(evidence_dir, file) is None else None


def _walk(evidence_dir: Path) -> Iterator[tuple[str, "os.DirEntry[str]"]]:
    """Yield all entries that are no folders, with their paths; links are not followed."""
    pending = [("", str(evidence_dir))]
    while pending:
        prefix, folder = pending.pop()
        try:
            entries = list(os.scandir(folder))
        except OSError:
            continue
        for entry in entries:
            name = prefix + (entry.name if entry.name.isascii() else _shown(entry.name))
            if entry.is_dir(follow_symlinks=False):
                pending.append((f"{name}/", entry.path))
            elif prefix or entry.name not in OWN_FILES:
                yield name, entry


def _shown(name: str) -> str:
    """Return a name that can be printed and stored; bytes that are no UTF-8 become ``\\xNN``."""
    return os.fsencode(name).decode("utf-8", errors="backslashreplace")
