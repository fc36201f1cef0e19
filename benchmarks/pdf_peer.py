"""Text of PDF files by pdfplumber: prints CPU seconds and pages. Exit 3: it is not installed."""

import json
import sys
import time
from importlib.util import find_spec
from pathlib import Path


def main() -> None:
    """Measure some files."""
    if find_spec("pdfplumber") is None:
        raise SystemExit(3)
    import pdfplumber

    wall, cpu, pages = time.perf_counter(), time.process_time(), 0
    for path in sys.argv[1:]:
        with pdfplumber.open(Path(path)) as document:
            for page in document.pages:
                page.extract_text()
                pages += 1
    found = {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu, "pages": pages, "kib": 0}
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
