"""Workbooks read in a process of their own, so that no workbook can take more memory than it is given."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from auditkit.evidence.tables_sheet import Sheet
from auditkit.evidence.tables_sheet_child import OUT_OF_MEMORY
from auditkit.evidence.tables_text import TableFault
from auditkit.evidence.tables_workbook import SheetFacts

MOST_BYTES = 896 << 20
"""Most memory the text of one sheet may take here."""
_BYTES_A_CELL = 72
"""What a short cell takes in memory, beside its text."""
_LONGEST_LINE_BYTES = 64 << 20
_CHILD_MODULE = "auditkit.evidence.tables_sheet_child"
_ADVICE = "ask for it as CSV, which is read without holding it"


def read_sheets_apart(path: Path, wanted: str | None) -> Iterator[Sheet]:
    """Yield sheets as ``tables_sheet.read_sheets`` does; TableFault also when the process did not survive it."""
    process = subprocess.Popen(  # noqa: S603 - our own module, no shell
        # -P: no module comes from the folder we happen to stand in
        [sys.executable, "-P", "-m", _CHILD_MODULE, str(path), *([wanted] if wanted is not None else [])],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert process.stdout is not None  # noqa: S101 - it was opened as a pipe
    try:
        yield from _sheets(process.stdout)
        ended = process.wait()
        if ended != 0:
            raise TableFault(_cause(ended))
    finally:
        process.kill()
        process.stdout.close()
        process.wait()


def _sheets(answers: IO[bytes]) -> Iterator[Sheet]:
    sheet: Sheet | None = None
    left = MOST_BYTES
    while line := answers.readline(_LONGEST_LINE_BYTES):
        if not line.endswith(b"\n"):
            raise TableFault(f"a row is larger than a row may be; {_ADVICE}")
        found = json.loads(line)
        if isinstance(found, list):
            assert sheet is not None  # noqa: S101 - a sheet is described before its rows
            left -= len(line) + _BYTES_A_CELL * len(found)
            if left < 0:
                raise TableFault(f"sheet {sheet.name!r} holds more than fits into memory; {_ADVICE}")
            sheet.rows.append(found)
            continue
        if "fault" in found:
            raise TableFault(found["fault"])
        if sheet is not None:
            yield sheet
        sheet, left = _sheet(found), MOST_BYTES
    if sheet is not None:
        yield sheet


def _sheet(about: dict[str, Any]) -> Sheet:
    facts = about["facts"]
    for name in ("failed", "uncomputed", "hidden_columns"):
        facts[name] = [tuple(pair) for pair in facts[name]]
    seen = SheetFacts(**facts | {"failed": set(facts["failed"]), "uncomputed": set(facts["uncomputed"])})
    merged = tuple((top, left, bottom, right) for top, left, bottom, right in about["merged"])
    return Sheet(about["name"], [], merged, seen, tuple(about["hidden"]))


def _cause(ended: int) -> str:
    """Say why the process ended, from its exit code."""
    if ended in (OUT_OF_MEMORY, -signal.SIGABRT):
        return f"reading it needs more memory than a workbook may take; {_ADVICE}"
    if ended == -signal.SIGXCPU:
        return f"reading it takes more computing time than a workbook may take; {_ADVICE}"
    return "reading it ended the reader, so the workbook is damaged"
