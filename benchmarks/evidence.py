"""Evidence against its goals P7 to P10, P15 and P16: ratios measured in one run, yardsticks and peers on the same files.

Default: 2,000 files; ``--full``: 10,000. The peer for PDF, pdfplumber, is found in the Python named by
``--peers-python``. The benchmark fails when an unchanged file is opened or a tool sees other pages.
"""

import argparse
import os
import random
import shutil
import tempfile
import time
from pathlib import Path

from data_evidence import text_pages, write_folder, write_pdf
from goals import AT_LEAST, AT_MOST, Figures, Goal, measure, print_goals, repeated

FILES, FULL_FILES = 2_000, 10_000
LARGE_FILES, LARGE_BYTES = 8, 64 << 20
PDF_FILES, PDF_PAGES = 60, 20
PEER_FILES = 3
SETTLED_SECONDS = 0.2
"""What was written a moment before a run is digested once more."""
ENGAGEMENT = """\
id: benchmark
title: Benchmark
kind: internal-audit
organisation: {name: Kleinwerk}
objectives: [Measure.]
scope: Everything.
services: [Mail]
sites: [Kiel]
catalog: iso-iec-20000-1-2018
period: {start: 2025-10-01, end: 2026-09-30}
as_of: 2026-10-15
lead_auditor: P-001
people:
  - {id: P-001, name: Ines Falk, role: Lead auditor, side: auditor}
"""


class Bench:
    """An engagement with so many files of evidence, each registered as a document."""

    def __init__(self, folder: Path, files: int, times: int) -> None:
        self.folder, self.files, self.times = folder, files, times
        (folder / "evidence").mkdir(parents=True)
        (folder / "engagement.yaml").write_text(ENGAGEMENT)
        self.names = write_folder(folder / "evidence", files)
        items = "".join(
            f"  - {{id: EV-{at:05d}, title: {Path(name).stem[7:]}, file: {name}, kind: document}}\n"
            for at, name in enumerate(self.names, start=1)
        )
        (folder / "evidence/register.yaml").write_text(f"items:\n{items}")
        time.sleep(SETTLED_SECONDS)
        self.run("walk", 1)  # writes the list to compare with

    def run(self, work: str, times: int | None = None) -> Figures:
        """Measure one work with the cache as it is."""
        return repeated(times or self.times, lambda: _once(work, self.folder, f"{self.files:,} files"))

    def first(self, work: str) -> Figures:
        """Measure one work without a cache."""
        shutil.rmtree(self.folder / ".auditkit-cache", ignore_errors=True)
        return self.run(work, 1)

    def changed(self, work: str) -> Figures:
        """Measure one work after one more file was changed each time."""

        def once() -> Figures:
            file = self.folder / "evidence" / next(one for one in self.names if one.endswith(".md"))
            with file.open("a") as stream:
                stream.write("\nIt was changed.\n")
            time.sleep(SETTLED_SECONDS)
            return _once(work, self.folder, f"{self.files:,} files, one changed")

        return repeated(self.times, once)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=FILES)
    parser.add_argument("--full", action="store_true", help=f"{FULL_FILES:,} files")
    parser.add_argument("--times", type=int, default=3, help="how often each work is measured")
    parser.add_argument("--peers-python", default=None, help="a Python in which pdfplumber is installed")
    options = parser.parse_args()
    files = FULL_FILES if options.full else options.files
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        goals = [
            *file_goals(folder, files, options.times),
            *digest_goals(folder / "large", options.times),
            *pdf_goals(folder / "pdf", options.times, options.peers_python),
        ]
    print(f"\n{files:,} files; {PDF_FILES} PDF files of {PDF_PAGES} pages")
    print_goals(sorted(goals, key=lambda goal: int(goal.number[1:])))


def file_goals(folder: Path, files: int, times: int) -> list[Goal]:
    """Measure first runs, runs again, and what requirements cost."""
    small, large = Bench(folder / "small", files // 10, times), Bench(folder / "files", files, times)
    less, first = small.first("read"), large.first("read")
    walk = large.run("walk")
    again, one = large.run("read"), large.changed("read")
    whole_first = large.first("run")
    whole_again, whole_one = large.run("run"), large.changed("run")
    seen = large.run("opened", 1)
    if seen["opened"] or seen["children"]:
        raise SystemExit(f"nothing changed, and yet files were opened: {seen}")
    twice = large.first("run_twice_as_many")
    twice_again = large.run("run_twice_as_many")
    assert twice["points"] == 2 * whole_first["points"]
    terms, naive = small.run("our_terms"), small.run("naive_terms", 1)
    names, naive_names = small.run("our_names"), small.run("naive_names", 1)
    assert seen["files"] == walk["files"] - 1  # the register is none
    return [
        Goal("P7", "read again, one file changed / walk and compare", AT_MOST, 3, _ratio(one, walk)),
        Goal("P7", "read again, one file changed / first reading", AT_MOST, 1, 100 * _ratio(one, first), "%"),
        Goal("P7", "whole run, one file changed / walk and compare", AT_MOST, 3, _ratio(whole_one, walk), about="catalog, register, procedures and verdicts are in it"),
        Goal("P7", "whole run, one file changed / first run", AT_MOST, 1, 100 * _ratio(whole_one, whole_first), "%"),
        Goal("P8", "read again, nothing changed / walk and compare", AT_MOST, 2, _ratio(again, walk), about="no file of evidence opened, no child started"),
        Goal("P8", "whole run, nothing changed / walk and compare", AT_MOST, 2, _ratio(whole_again, walk)),
        Goal("P15", "twice the requirements add to a first run", AT_MOST, 20, 100 * (_ratio(twice, whole_first) - 1), "%"),
        Goal("P15", "twice the requirements add to a run again", AT_MOST, 20, 100 * (_ratio(twice_again, whole_again) - 1), "%"),
        Goal("P15", "every wording in every text / ranking by index", AT_LEAST, 30, _ratio(naive, terms)),
        Goal("P15", "names by requirement / names once for all", AT_LEAST, 10, _ratio(naive_names, names)),
        Goal("P16", "first reading, time of 10x files / 1x", AT_MOST, 11, _ratio(first, less)),
    ]  # fmt: skip


def digest_goals(folder: Path, times: int) -> list[Goal]:
    """Measure digests of large files, and of thousands of small ones."""
    small, large = folder / "small", folder / "large"
    write_folder(small / "evidence", FILES)
    (large / "evidence").mkdir(parents=True)
    for number in range(LARGE_FILES):
        (large / f"evidence/{number}.bin").write_bytes(
            random.Random(number).randbytes(1 << 20) * (LARGE_BYTES >> 20)
        )
    goals = []
    for name, one in (("small files", small), ("large files", large)):
        bare, ours = (
            repeated(times, lambda w=work, f=one, n=name: _once(w, f, n))
            for work in ("hashlib_loop", "digests")
        )  # type: ignore[misc]
        wall = f"wall {bare['wall'] / ours['wall']:.2f} x with {len(os.sched_getaffinity(0))} cores"
        goals.append(Goal("P9", f"hashlib / ours, {name}", AT_LEAST, 0.9, _ratio(bare, ours), about=wall))
    return goals


def pdf_goals(folder: Path, times: int, python: str | None) -> list[Goal]:
    """Measure the text of PDF files."""
    (folder / "evidence").mkdir(parents=True)
    chance = random.Random(7)
    paths = [folder / f"evidence/{number:03d}.pdf" for number in range(PDF_FILES)]
    for path in paths:
        write_pdf(path, text_pages(chance, PDF_PAGES, 45))
    bare, ours = (repeated(times, lambda w=work: _once(w, folder, "PDF")) for work in ("bare_pdf", "our_pdf"))  # type: ignore[misc]
    if ours["pages"] != bare["pages"]:
        raise SystemExit(f"ours saw {ours['pages']} pages, pypdfium2 {bare['pages']}")
    alone = repeated(times, lambda: _on_one_core("our_pdf", folder))
    peer = None if python is None else measure("pdf_peer.py", *paths[:PEER_FILES], python=python)
    slower = None if peer is None else (peer["cpu"] / peer["pages"]) / (ours["cpu"] / ours["pages"])
    about = "not installed; name a Python that has it with --peers-python" if peer is None else ""
    return [
        Goal("P10", "bare pypdfium2 / ours, CPU a page", AT_LEAST, 0.85, _ratio(bare, ours), about=f"{1000 * ours['cpu'] / ours['pages']:.2f} CPU-ms a page, bare {1000 * bare['cpu'] / bare['pages']:.2f}"),
        Goal("P10", "one core / all cores, wall", AT_LEAST, 1.7, alone["wall"] / ours["wall"], about="says little on a shared machine"),
        Goal("P10", "pdfplumber / ours, CPU a page", AT_LEAST, 25, slower, about=about),
    ]  # fmt: skip


def _once(work: str, folder: Path, what: str) -> Figures:
    found = measure("evidence_measure.py", work, folder)
    assert found is not None
    print(f"  {what:<28} {work:<18} {found['cpu']:7.2f} CPU-s, {found['wall']:.2f} s wall", flush=True)
    return found


def _on_one_core(work: str, folder: Path) -> Figures:
    cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(cores)})
    try:
        return _once(work, folder, "PDF, one core")
    finally:
        os.sched_setaffinity(0, cores)


def _ratio(one: Figures, other: Figures) -> float:
    return float(one["cpu"] / other["cpu"])


if __name__ == "__main__":
    main()
