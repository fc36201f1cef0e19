"""Read files in a guarded child process; what was read is cached by digest, digests by what the disk says of a file."""

import contextlib
import json
import os
import select
import signal
import subprocess
import sys
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import Any

from auditkit.base.digest import digest_file, digest_value
from auditkit.evidence.files import list_files, why_not
from auditkit.evidence.model import ReadDocument

__all__ = ["list_files", "read_files"]

WALL_LIMIT_SECONDS = 30.0
CHILD_MODULE = "auditkit.evidence.child"
OUT_OF_MEMORY = 3
"""Exit code of the reading process."""
TOO_SLOW = "reading it takes more computing time than a file may take"
READER_VERSION = 2
"""Raise when reading changes, so that cached texts are read anew."""
Progress = Callable[[int, int, str], None]


def read_files(
    evidence_dir: Path,
    files: Sequence[str],
    cache_dir: Path | None,
    progress: Progress | None = None,
    digest_only: Collection[str] = (),
) -> dict[str, ReadDocument]:
    """Read every file; the answer has one document a file, in the same order, each with a status.

    ``digest_only``: record exports, whose rows are read elsewhere; they get a digest and no passages.
    """
    cache = _Cache(cache_dir)
    found: dict[str, ReadDocument] = {}
    with _Child() as child:
        for number, file in enumerate(files, start=1):
            found[file] = _read(evidence_dir, file, cache, child, file in digest_only)
            if progress is not None:
                progress(number, len(files), file)
    cache.save()
    return found


def _read(evidence_dir: Path, file: str, cache: "_Cache", child: "_Child", digest_only: bool) -> ReadDocument:
    reason = why_not(evidence_dir, file)
    path = evidence_dir / file
    if reason is not None:
        return ReadDocument(
            file=file, sha256="", size_bytes=0, format="unknown", status="skipped", why=reason
        )
    try:
        facts = path.stat()
        sha256 = cache.digest(file, facts) or digest_file(path)
    except OSError as error:
        why = f"it cannot be read ({error.strerror})"
        return ReadDocument(file=file, sha256="", size_bytes=0, format="unknown", status="skipped", why=why)
    cache.note(file, facts, sha256)
    if digest_only:
        kind = path.suffix.lower().lstrip(".") or "unknown"
        return ReadDocument(file=file, sha256=sha256, size_bytes=facts.st_size, format=kind, status="read")
    known = cache.document(file, sha256)
    if known is not None:
        return known
    document = child.ask(path, file, sha256, facts.st_size)
    if not child.timed_out:  # a busy machine is no property of the file
        cache.keep(document)
    return document


class _Cache:
    """Digests by (size, time of change, inode), and documents by digest and name, below the cache folder."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder / "documents" if folder is not None else None
        self._before: dict[str, Any] = {}
        self._now: dict[str, Any] = {}
        if self._folder is not None:
            try:
                before = json.loads((self._folder / "index.json").read_bytes())
            except (OSError, ValueError):
                before = None
            self._before = before if isinstance(before, dict) else {}

    def digest(self, file: str, facts: os.stat_result) -> str | None:
        entry = self._before.get(file)
        if not isinstance(entry, dict) or entry.get("facts") != self._facts(facts):
            return None
        known = entry.get("sha256")
        return known if isinstance(known, str) else None

    def note(self, file: str, facts: os.stat_result, sha256: str) -> None:
        self._now[file] = {"facts": self._facts(facts), "sha256": sha256}

    def document(self, file: str, sha256: str) -> ReadDocument | None:
        if self._folder is None:
            return None
        try:
            return ReadDocument.model_validate_json(self._path(file, sha256).read_bytes())
        except (OSError, ValueError):
            return None

    def keep(self, document: ReadDocument) -> None:
        if self._folder is not None and document.sha256:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._path(document.file, document.sha256).write_text(
                document.model_dump_json(), encoding="utf-8"
            )

    def save(self) -> None:
        if self._folder is None:
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        merged = {**self._before, **self._now}
        if merged != self._before:
            temporary = self._folder / "index.tmp"
            temporary.write_text(json.dumps(merged, sort_keys=True), encoding="utf-8")
            temporary.replace(self._folder / "index.json")

    @staticmethod
    def _facts(facts: os.stat_result) -> list[int]:
        """The time of change of the entry counts too: the time of modification can be set back by anyone."""
        return [facts.st_size, facts.st_mtime_ns, facts.st_ctime_ns, facts.st_ino]

    def _path(self, file: str, sha256: str) -> Path:
        assert self._folder is not None  # noqa: S101 - both callers looked
        return self._folder / f"{digest_value([READER_VERSION, file, sha256])[:40]}.json"


class _Child:
    """The reading process: started when first needed, replaced when it dies or takes too long."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._pending = b""
        self.timed_out = False
        """The last file was given up because of the wall clock."""

    def __enter__(self) -> "_Child":
        return self

    def __exit__(self, *_: object) -> None:
        self._stop()

    def ask(self, path: Path, file: str, sha256: str, size_bytes: int) -> ReadDocument:
        """Have one file read; a dead or slow process becomes a reason.

        A process that died after other files is given the file once more, fresh, so that no file answers for another.
        """
        request = json.dumps({"path": str(path), "file": file, "sha256": sha256}) + "\n"
        for fresh in (True,) if self._process is None else (False, True):
            document, why = self._try(request)
            if document is not None:
                return document
            if fresh or self.timed_out or why == TOO_SLOW:
                break
        return ReadDocument(
            file=file, sha256=sha256, size_bytes=size_bytes, format="unknown", status="skipped", why=why
        )

    def _try(self, request: str) -> tuple[ReadDocument | None, str]:
        process = self._process or self._start()
        assert process.stdin is not None  # noqa: S101 - it was opened as a pipe
        self.timed_out = False
        try:
            process.stdin.write(request.encode())
            process.stdin.flush()
            return ReadDocument.model_validate_json(self._answer(process)), ""
        except TimeoutError:
            self.timed_out = True
            self._stop()
            return None, f"reading took longer than {WALL_LIMIT_SECONDS:.0f} seconds"
        except (BrokenPipeError, EOFError, ValueError):
            return None, _cause(self._stop())

    def _answer(self, process: subprocess.Popen[bytes]) -> bytes:
        """Return one line, or raise TimeoutError or EOFError."""
        assert process.stdout is not None  # noqa: S101 - it was opened as a pipe
        descriptor = process.stdout.fileno()
        while b"\n" not in self._pending:
            ready, _, _ = select.select([descriptor], [], [], WALL_LIMIT_SECONDS)
            if not ready:
                raise TimeoutError
            chunk = os.read(descriptor, 1 << 20)
            if not chunk:
                raise EOFError
            self._pending += chunk
        line, _, self._pending = self._pending.partition(b"\n")
        return line

    def _start(self) -> subprocess.Popen[bytes]:
        self._pending = b""
        self._process = subprocess.Popen(  # noqa: S603 - our own module, no shell
            # -P: no module comes from the folder we happen to stand in
            [sys.executable, "-P", "-m", CHILD_MODULE],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            close_fds=True,
        )
        return self._process

    def _stop(self) -> int:
        """End the process; returns how it ended, where it had ended by itself."""
        if self._process is None:
            return 0
        process, self._process = self._process, None
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                with contextlib.suppress(BrokenPipeError):
                    stream.close()
        try:
            return process.wait(timeout=0.2)
        except subprocess.TimeoutExpired:
            process.kill()
            return process.wait()


def _cause(ended: int) -> str:
    """Say why the reading process ended, from its exit code."""
    if ended == OUT_OF_MEMORY:
        return "reading it needs more memory than a file may take"
    if ended == -signal.SIGXCPU:
        return TOO_SLOW
    return "reading it ended the reader (too much memory, or a damaged file)"
