"""The reading process as seen from outside: started when needed, given one file at a time, replaced when it must be."""

import contextlib
import json
import os
import select
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

OUT_OF_MEMORY = 3
"""Exit code of the reading process."""
TOO_SLOW = "reading it takes more computing time than a file may take"
_LAST = b"-"
"""Mark of an answer after which the process ends by itself."""
_PIECE_BYTES = 1 << 20


class Answer(NamedTuple):
    """What a process said about one file: two JSON texts, or why there are none."""

    head: bytes
    """Everything but the passages; empty: it could not be read."""
    passages: bytes
    why: str = ""
    timed_out: bool = False
    """It was given up for the wall clock, which says more of the machine than of the file."""


class Worker:
    """One reading process."""

    def __init__(self, module: str, wall_limit_seconds: float) -> None:
        """``module`` is what Python runs; a file may take ``wall_limit_seconds``."""
        self._module, self._limit = module, wall_limit_seconds
        self._process: subprocess.Popen[bytes] | None = None
        self._pending = b""

    def __enter__(self) -> "Worker":
        """Start nothing yet."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the process."""
        self.stop()

    def ask(self, path: Path, file: str, sha256: str) -> Answer:
        """Have one file read; a dead or slow process becomes a reason.

        A process that died after other files is given the file once more, fresh, so that no file answers for another.
        """
        request = json.dumps({"path": str(path), "file": file, "sha256": sha256}) + "\n"
        for fresh in (True,) if self._process is None else (False, True):
            answer = self._try(request.encode())
            if answer.head or fresh or answer.timed_out or answer.why == TOO_SLOW:
                break
        return answer

    def stop(self) -> int:
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

    def _try(self, request: bytes) -> Answer:
        process = self._process or self._start()
        assert process.stdin is not None  # noqa: S101 - it was opened as a pipe
        try:
            process.stdin.write(request)
            process.stdin.flush()
            until = time.monotonic() + self._limit
            head, passages = self._line(process, until), self._line(process, until)
        except TimeoutError:
            self.stop()
            return Answer(b"", b"", f"reading took longer than {self._limit:.0f} seconds", timed_out=True)
        except (BrokenPipeError, EOFError):
            return Answer(b"", b"", _cause(self.stop()))
        if head[:1] == _LAST:
            self.stop()
        return Answer(head[1:], passages)

    def _line(self, process: "subprocess.Popen[bytes]", until: float) -> bytes:
        """Return one line, or raise TimeoutError or EOFError."""
        assert process.stdout is not None  # noqa: S101 - it was opened as a pipe
        descriptor = process.stdout.fileno()
        pieces = [self._pending]
        while b"\n" not in pieces[-1]:
            ready, _, _ = select.select([descriptor], [], [], max(0.0, until - time.monotonic()))
            if not ready:
                raise TimeoutError
            piece = os.read(descriptor, _PIECE_BYTES)
            if not piece:
                raise EOFError
            pieces.append(piece)
        line, _, self._pending = b"".join(pieces).partition(b"\n")
        return line

    def _start(self) -> "subprocess.Popen[bytes]":
        self._pending = b""
        self._process = subprocess.Popen(  # noqa: S603 - our own module, no shell
            # -P: no module comes from the folder we happen to stand in
            [sys.executable, "-P", "-m", self._module],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            close_fds=True,
        )
        return self._process


def _cause(ended: int) -> str:
    """Say why the reading process ended, from its exit code."""
    if ended == OUT_OF_MEMORY:
        return "reading it needs more memory than a file may take"
    if ended == -signal.SIGXCPU:
        return TOO_SLOW
    return "reading it ended the reader (too much memory, or a damaged file)"
