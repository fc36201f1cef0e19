"""The command line called in the process of the tests: what it prints and how it ends, without the start of an interpreter."""

import io
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from subprocess import CompletedProcess

from auditkit.cli.entry import main

TERMINAL = ("COLUMNS", "NO_COLOR", "FORCE_COLOR")
"""What the tester's terminal says and no test depends on."""


def call(
    *words: str, at: Path, environment: Mapping[str, str] | None = None, merged: bool = False
) -> CompletedProcess[str]:
    """Run a command as if it were started in a folder; ``merged``: what goes to standard error stands in between."""
    printed, said = io.BytesIO(), io.BytesIO()
    with (
        _started(["auditkit", *words], at, environment or {}),
        io.TextIOWrapper(printed, "utf-8", write_through=True) as out,
        io.TextIOWrapper(said, "utf-8", write_through=True) as errors,
        redirect_stdout(out),
        redirect_stderr(out if merged else errors),
    ):
        ended = _code()
        return CompletedProcess(
            list(words), ended, printed.getvalue().decode("utf-8"), said.getvalue().decode("utf-8")
        )


def _code() -> int:
    try:
        main()
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    return 0


@contextmanager
def _started(arguments: list[str], at: Path, environment: Mapping[str, str]) -> Iterator[None]:
    before, variables, folder = sys.argv, dict(os.environ), Path.cwd()
    sys.argv = arguments
    for name in TERMINAL:
        os.environ.pop(name, None)
    os.environ.update(environment)
    os.chdir(at)
    try:
        yield
    finally:
        os.chdir(folder)
        os.environ.clear()
        os.environ.update(variables)
        sys.argv = before
