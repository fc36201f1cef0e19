"""Read files in guarded child processes; what was read is cached by content, digests by what the disk says of a file.

In a run in which nothing changed no file is opened: size, times and inode say that each is what it was.
"""

import os
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from threading import Lock
from typing import NamedTuple

from auditkit.base.collector import collector_at_rest
from auditkit.base.digest import digest_file, digest_files, usable_cores
from auditkit.base.errors import InputsUnreadable
from auditkit.evidence.files import list_files, survey, why_not
from auditkit.evidence.model import Passage, ReadDocument
from auditkit.evidence.passages import pack, unpack
from auditkit.evidence.shelf import Shelf
from auditkit.evidence.worker import Answer, Worker

__all__ = ["list_files", "read_files"]

WALL_LIMIT_SECONDS = 30.0
CHILD_MODULE = "auditkit.evidence.child"
FILES_FOR_ANOTHER_PROCESS = 8
"""A further process is started for so many files; starting one costs as much as reading a few."""
DIED = "reading it ended the reader (too much memory, or a damaged file)"
MOVED = "it changed while it was being read"
Progress = Callable[[int, int, str], None]


class _Task(NamedTuple):
    """One file that has to be looked at, with what the disk said of it before."""

    file: str
    facts: os.stat_result
    sha256: str = ""


def read_files(
    evidence_dir: Path,
    files: Sequence[str],
    cache_dir: Path | None,
    progress: Progress | None = None,
    digest_only: Collection[str] = (),
) -> dict[str, ReadDocument]:
    """Read every file; the answer has one document a file, in the same order, each with a status.

    ``digest_only``: record exports, whose rows are read elsewhere; they get a digest and no passages. Passages of
    documents read before are loaded when they are first looked at; InputsUnreadable if the file was changed since.
    """
    return _Reading(evidence_dir, len(files), cache_dir, progress, frozenset(digest_only)).run(files)


class _Reading:
    """The reading of some files: first what is remembered, then digests, then texts."""

    def __init__(
        self,
        folder: Path,
        total: int,
        cache_dir: Path | None,
        progress: Progress | None,
        digest_only: frozenset[str],
    ) -> None:
        self._folder, self._total, self._progress, self._digest_only = folder, total, progress, digest_only
        self._shelf = Shelf(cache_dir, self._load)
        self._found: dict[str, ReadDocument] = {}
        self._lock = Lock()

    def run(self, files: Sequence[str]) -> dict[str, ReadDocument]:
        with collector_at_rest():
            self._shelf.open()
            changed = list(self._changed(files))
        if not changed:
            return self._found
        self._shelf.begin()
        self._extract(list(self._unread(changed)))
        self._shelf.save()
        return {file: self._found[file] for file in files}

    def _changed(self, files: Sequence[str]) -> Iterator[_Task]:
        """Take what is remembered, refuse what must not be opened, and yield the rest."""
        disk = survey(self._folder)
        for file in files:
            facts = disk.get(file)
            if facts is None:  # a link, or worse
                facts, reason = _look(self._folder, file)
                if facts is None:
                    self._take(_skipped(file, reason))
                    continue
            only = file in self._digest_only
            document = None if only else self._shelf.document(file, facts)
            if document is None:
                task = _Task(file, facts, self._shelf.digest(file, facts))
                if not (only and task.sha256):
                    yield task
                    continue
                document = self._unopened(task)
            self._take(document)

    def _unread(self, changed: Sequence[_Task]) -> Iterator[_Task]:
        """Digest files; yield those whose text was never read."""
        unknown = [task for task in changed if not task.sha256]
        sizes = [task.facts.st_size for task in unknown]
        digests = iter(digest_files([self._folder / task.file for task in unknown], sizes))
        for task in changed:
            sha256 = task.sha256 or next(digests)
            if isinstance(sha256, OSError):
                self._take(_skipped(task.file, f"it cannot be read ({sha256.strerror})"))
                continue
            digested = task._replace(sha256=sha256)
            only = task.file in self._digest_only
            document = self._unopened(digested) if only else self._shelf.find(task.file, sha256)
            if document is None:
                yield digested
                continue
            self._shelf.note(task.facts, document, text=not only)
            self._take(document)

    def _extract(self, tasks: list[_Task]) -> None:
        """Have texts read in as many processes as are worth it, the largest files first."""
        if not tasks:
            return
        waiting = iter(sorted(tasks, key=lambda task: -task.facts.st_size))
        count = min(usable_cores(), 1 + len(tasks) // FILES_FOR_ANOTHER_PROCESS)
        with ExitStack() as stack:
            workers = [stack.enter_context(Worker(CHILD_MODULE, WALL_LIMIT_SECONDS)) for _ in range(count)]
            pool = stack.enter_context(ThreadPoolExecutor(count))
            try:
                for done in [pool.submit(self._serve, worker, waiting) for worker in workers]:
                    done.result()
            finally:
                for _ in self._next(waiting):
                    pass  # where something was raised, nobody goes on

    def _serve(self, worker: Worker, waiting: Iterator[_Task]) -> None:
        for task in self._next(waiting):
            path = self._folder / task.file
            answer = worker.ask(path, task.file, task.sha256)
            document = (
                self._kept(task, answer) if _unchanged(path, task.facts) else _skipped(task.file, MOVED)
            )
            with self._lock:
                self._take(document)

    def _next(self, waiting: Iterator[_Task]) -> Iterator[_Task]:
        while True:
            with self._lock:
                task = next(waiting, None)
            if task is None:
                return
            yield task

    def _kept(self, task: _Task, answer: Answer) -> ReadDocument:
        """Check what the process said, and keep it."""
        head, passages = answer.head, answer.passages
        document = unpack(task.file, task.sha256, head, passages)
        if document is None:
            document = ReadDocument(
                file=task.file,
                sha256=task.sha256,
                size_bytes=task.facts.st_size,
                format="unknown",
                status="skipped",
                why=answer.why or DIED,
            )
            head, passages = pack(document)
        if answer.timed_out:  # a busy machine is no property of the file
            return document
        document = self._shelf.keep(document, head, passages)
        self._shelf.note(task.facts, document, text=True)
        return document

    def _take(self, document: ReadDocument) -> None:
        self._found[document.file] = document
        if self._progress is not None:
            self._progress(len(self._found), self._total, document.file)

    @staticmethod
    def _unopened(task: _Task) -> ReadDocument:
        """Return what is said of a record export here."""
        kind = Path(task.file).suffix.lower().lstrip(".") or "unknown"
        size = task.facts.st_size
        return ReadDocument(file=task.file, sha256=task.sha256, size_bytes=size, format=kind, status="read")

    def _load(self, file: str, sha256: str) -> tuple[Passage, ...]:
        """Return the passages of a document that was read before; where the cache lost them, read it again."""
        found = self._shelf.passages(file, sha256)
        if found is not None:
            return found
        path = self._folder / file
        if why_not(self._folder, file) is None and digest_file(path) == sha256:
            with Worker(CHILD_MODULE, WALL_LIMIT_SECONDS) as worker:
                answer = worker.ask(path, file, sha256)
            document = unpack(file, sha256, answer.head, answer.passages)
            if document is not None:
                found = document.passages
                self._shelf.keep(document, answer.head, answer.passages)
        if found is None:
            raise InputsUnreadable(f"evidence/{file}: {MOVED}. Run again.")
        return found


def _look(folder: Path, file: str) -> tuple[os.stat_result | None, str]:
    """Return what the disk says of a file that may be a link, or why it must not be opened."""
    reason = why_not(folder, file)
    try:
        return (None, reason) if reason is not None else ((folder / file).stat(), "")
    except OSError:
        return None, "the file is not there"


def _unchanged(path: Path, facts: os.stat_result) -> bool:
    try:
        now = path.stat()
    except OSError:
        return False
    return (now.st_size, now.st_mtime_ns, now.st_ctime_ns) == (
        facts.st_size,
        facts.st_mtime_ns,
        facts.st_ctime_ns,
    )


def _skipped(file: str, why: str) -> ReadDocument:
    return ReadDocument(file=file, sha256="", size_bytes=0, format="unknown", status="skipped", why=why)
