"""What the main job costs on the worked engagement: CPU seconds cold and warm, CPU milliseconds a PDF page, and help.

Prints ratios measured in one run; yardsticks run beside the tool, so noise cancels. No test asserts these.
"""

import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def cpu_seconds(*command: str) -> float:
    """Return the CPU seconds of a command and its children."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env={**os.environ, "NO_COLOR": "1"})
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Measure on a copy of the worked engagement."""
    tool = [sys.executable, "-m", "auditkit"]
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "engagement"
        folder.mkdir()
        for name in ("evidence", "workpapers"):
            shutil.copytree(ROOT / name, folder / name)
        shutil.copy(ROOT / "engagement.yaml", folder)
        at = ["-e", str(folder)]
        cold = cpu_seconds(*tool, "run", "--no-pdf", *at)
        warm = min(cpu_seconds(*tool, "run", "--no-pdf", *at) for _ in range(3))
        with_pdf = cpu_seconds(*tool, "run", *at)
        page_marks = re.findall(rb"/Type\s*/Page\b", (folder / "reports/audit-report.pdf").read_bytes())
        pages = len(page_marks) or _pages(folder / "reports/audit-report.pdf")
    bare = min(cpu_seconds(sys.executable, "-c", "pass") for _ in range(9))
    shown = min(cpu_seconds(*tool, "--help") for _ in range(9))
    print(f"run without PDF, cold   {cold:6.2f} CPU-s   (goal 15)")
    print(f"run without PDF, warm   {warm:6.2f} CPU-s   (goal 2)    {warm / cold:.2f} of cold")
    print(f"PDF, {pages:4d} pages        {(with_pdf - warm) * 1000 / pages:6.1f} CPU-ms a page (goal 150)")
    print(f"--help                  {shown / bare:6.1f} x python -c pass (goal 5)")


def _pages(path: Path) -> int:
    import pypdfium2

    return len(pypdfium2.PdfDocument(path))


if __name__ == "__main__":
    main()
