"""The child process that reads a workbook of records: a sheet as one line of JSON that describes it, then a line a row.

It has a cap on memory and on CPU time: a few bytes of a workbook can stand for any number of cells, and nothing in
its text says so beforehand. ``tables_sheet_apart`` is its other side.
"""

import json
import os
import resource
import sys
from dataclasses import asdict
from pathlib import Path

from auditkit.evidence.tables_sheet import Sheet, walk_sheets
from auditkit.evidence.tables_text import TableFault
from auditkit.evidence.tables_workbook import SheetFacts

MEMORY_LIMIT_BYTES = 1 << 30
CPU_LIMIT_SECONDS = 180
OUT_OF_MEMORY = 3
"""Exit code by which the parent knows."""


def main() -> None:
    """Read the workbook and the sheet that the arguments name; no sheet: every visible one."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT_BYTES, MEMORY_LIMIT_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_LIMIT_SECONDS, resource.RLIM_INFINITY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    path, *wanted = sys.argv[1:]
    with os.fdopen(os.dup(1), "wb", buffering=1 << 20) as answers:
        os.dup2(2, 1)  # whatever a library prints must not get between the answers
        try:
            for sheet, rows in walk_sheets(Path(path), wanted[0] if wanted else None):
                answers.write(json.dumps(_about(sheet)).encode() + b"\n")
                for row in rows:
                    answers.write(json.dumps(row, ensure_ascii=False).encode("utf-8", "replace") + b"\n")
        except TableFault as fault:
            answers.write(json.dumps({"fault": str(fault)}).encode() + b"\n")
        except MemoryError:
            os._exit(OUT_OF_MEMORY)


def _about(sheet: Sheet) -> dict[str, object]:
    """Return all of a sheet but its rows, in which the cells that failed are marked already."""
    facts = sheet.facts or SheetFacts()
    return {
        "name": sheet.name,
        "merged": sheet.merged,
        "hidden": sheet.hidden,
        "facts": asdict(facts) | {"failed": (), "uncomputed": sorted(facts.uncomputed)},
    }


if __name__ == "__main__":
    main()
