"""The cache of what was read: texts found again by content, digests by what the disk says of a file.

A text lies under the digest of the file's bytes, its ending, and the version of what read it, so a file that was
renamed is known and nothing old is taken for new. The index remembers times, size and inode of each file. Both can
be deleted at any time, and two runs can use them at once: every file appears whole.
"""

import hashlib
import json
import os
from pathlib import Path, PurePath

from auditkit import __version__
from auditkit.base.atomic import write_whole
from auditkit.base.model import Record
from auditkit.evidence.model import Passage, ReadDocument
from auditkit.evidence.passages import Load, Passages, unpack

READER_VERSION = 4
"""Raise when reading changes, so that cached texts are read anew."""
_READER = f"{__version__}-{READER_VERSION}"
_FINE_GRAIN_NS = 50_000_000
_COARSE_GRAIN_NS = 2_000_000_000
"""How exact the times of a disk are at worst: of one that knows fractions of a second, and of one that does not."""
_DIGEST_ONLY = -1
_UNSETTLED = -1
Remembered = tuple[int, int, int, int, ReadDocument]
"""Time of modification, time of change, inode, number of passages, and the document without them."""


class _Index(Record):
    reader: str = ""
    files: dict[str, Remembered] = {}


class Shelf:
    """The cache of one run."""

    def __init__(self, cache_dir: Path | None, load: Load) -> None:
        """Without ``cache_dir`` nothing is known and nothing kept. ``load`` is asked for passages when they are looked at."""
        self._folder = cache_dir / "documents" if cache_dir is not None else None
        self._load = load
        self._begun_ns = 0
        self._before: dict[str, Remembered] = {}
        self._now: dict[str, Remembered] = {}

    def open(self) -> None:
        """Read the index; a damaged one is none."""
        if self._folder is None:
            return
        try:
            index = _Index.model_validate_json((self._folder / "index.json").read_bytes())
        except (OSError, ValueError):
            return
        self._before = index.files
        if index.reader != _READER:
            self._before = {file: (*known[:3], _DIGEST_ONLY, known[4]) for file, known in index.files.items()}

    def digest(self, file: str, facts: os.stat_result) -> str:
        """Return the digest of a file of which the disk says that it is what it was; else nothing."""
        known = self._before.get(file)
        if known is None:
            return ""
        modified_ns, changed_ns, inode, _, document = known
        # the time of change counts too: the time of modification can be set back by anyone
        same = (
            changed_ns == facts.st_ctime_ns
            and modified_ns == facts.st_mtime_ns
            and inode == facts.st_ino
            and document.size_bytes == facts.st_size
        )
        return document.sha256 if same else ""

    def document(self, file: str, facts: os.stat_result) -> ReadDocument | None:
        """Return the document of a file that is what it was and whose text was read; its passages are loaded late."""
        if not self.digest(file, facts):
            return None
        _, _, _, passages, document = self._before[file]
        return None if passages == _DIGEST_ONLY else self._late(document, passages)

    def find(self, file: str, sha256: str) -> ReadDocument | None:
        """Return the document of a text that was read before, whatever it was called then."""
        whole = unpack(file, sha256, *self._text(file, sha256))
        return self._late(whole, len(whole.passages)) if whole is not None else None

    def passages(self, file: str, sha256: str) -> tuple[Passage, ...] | None:
        """Return the passages of a text that was read before; None when they are gone or damaged."""
        whole = unpack(file, sha256, *self._text(file, sha256))
        return whole.passages if whole is not None else None

    def begin(self) -> None:
        """Ask the disk for its time, before files are digested: what changed just before may change unseen."""
        if self._folder is not None:
            write_whole(self._folder / "begun", b"")
            self._begun_ns = (self._folder / "begun").stat().st_mtime_ns

    def keep(self, document: ReadDocument, head: bytes, passages: bytes) -> ReadDocument:
        """Keep a text that was read, in its packed form; its passages need not stay in memory."""
        if self._folder is None:
            return document
        body = b"%b\n%b\n" % (head, passages)
        write_whole(self._folder / f"{_key(document.file, document.sha256)}.json", body)
        return self._late(document, len(document.passages))

    def note(self, facts: os.stat_result, document: ReadDocument, *, text: bool) -> None:
        """Remember a file whose facts were taken before it was digested; ``text``: it was read, too."""
        grain_ns = _FINE_GRAIN_NS if facts.st_ctime_ns % 1_000_000_000 else _COARSE_GRAIN_NS
        settled = self._begun_ns - facts.st_ctime_ns > grain_ns
        self._now[document.file] = (
            facts.st_mtime_ns if settled else _UNSETTLED,
            facts.st_ctime_ns,
            facts.st_ino,
            len(document.passages) if text else _DIGEST_ONLY,
            document,
        )

    def save(self) -> None:
        """Write the index if something is new. What another run wrote meanwhile is found again by digest."""
        if self._folder is None or not self._now:
            return
        files = dict(sorted({**self._before, **self._now}.items()))
        index = _Index.model_construct(reader=_READER, files=files)
        without = {"files": {"__all__": {4: {"passages"}}}}
        write_whole(
            self._folder / "index.json", index.model_dump_json(exclude_defaults=True, exclude=without)
        )

    def _late(self, document: ReadDocument, passages: int) -> ReadDocument:
        """Let a document load its passages when they are looked at."""
        late = Passages(passages, self._load, document.file, document.sha256) if passages else ()
        document.__dict__["passages"] = (
            late  # ten thousand copies of frozen records would cost more than all else
        )
        return document

    def _text(self, file: str, sha256: str) -> tuple[bytes, bytes]:
        if self._folder is None:
            return b"", b""
        try:
            head, _, passages = (self._folder / f"{_key(file, sha256)}.json").read_bytes().partition(b"\n")
        except OSError:
            return b"", b""
        return head, passages


def _key(file: str, sha256: str) -> str:
    """Return where a text lies; the ending of the name counts, because it decides between kinds of text."""
    suffix = PurePath(file).suffix.lower()
    return hashlib.sha256(json.dumps([_READER, sha256, suffix]).encode()).hexdigest()[:40]
