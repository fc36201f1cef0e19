"""Coverage-guided fuzzing of every reader of evidence: none may crash, hang or take the memory of the machine.

``python tools/fuzz.py SECONDS [READER ...]`` gives each reader that time; ``records`` is the reader of exports. It needs
atheris, which is there for Linux. What a reader refuses, or fails on with an exception, is no finding: the tool
makes a reason of it. A crash, an input that takes more than 20 seconds and one that takes more than 2 GiB are; the
input then lies in the folder that is printed. Exit code: the number of readers with a finding.
"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SECONDS_AN_INPUT = 20
MOST_MIB = 2048
SUFFIXES = {"xls": "xlsx", "ods": "xlsx", "txt": "md", "records": "csv"}
"""Readers whose first inputs are those of another."""


def main() -> int:
    """Fuzz the readers one after another, each in a process of its own."""
    seconds, *wanted = sys.argv[1:] or ["30"]
    from auditkit.evidence.child import READERS

    found = 0
    for reader in wanted or [*READERS, "records"]:
        folder = Path(tempfile.mkdtemp(prefix=f"fuzz-{reader}-"))
        corpus = folder / "corpus"
        corpus.mkdir()
        for number, data in enumerate(_first_inputs(reader)):
            (corpus / f"seed-{number}").write_bytes(data)
        limits = [f"-max_total_time={seconds}", f"-timeout={SECONDS_AN_INPUT}", f"-rss_limit_mb={MOST_MIB}"]
        command = [sys.executable, __file__, "--one", reader, str(corpus), *limits, "-max_len=65536"]
        done = subprocess.run([*command, f"-artifact_prefix={folder}/"], capture_output=True, text=True)
        last = [line for line in done.stderr.splitlines() if re.match(r"#\d", line)][-1:]
        print(
            f"{reader:8s} {'nothing found' if done.returncode == 0 else f'FOUND, see {folder}'}  {' '.join(last)[:90]}"
        )
        found += done.returncode != 0
    return found


def fuzz_one(reader: str) -> None:
    """Feed one reader; never returns."""
    import atheris

    with atheris.instrument_imports(include=["auditkit.evidence"]):
        from auditkit.evidence import child, datasets, model, tables_convert
    scratch = Path(tempfile.mkdtemp(prefix="fuzz-input-"))
    kinds, _ = datasets.load_datasets(ROOT / "checklists" / "datasets.yaml", "datasets.yaml")
    incident = next(one for one in kinds if one.id == "incident")
    item = model.EvidenceItem(
        id="EV-001", title="Export", file="x.csv", kind="record_export", dataset="incident"
    )

    def records(path: Path) -> None:
        tables_convert.convert(scratch, item, incident, (), "Europe/Berlin", scratch / "x.parquet")

    def try_it(data: bytes) -> None:
        path = scratch / ("x.csv" if reader == "records" else f"x.{reader}")
        path.write_bytes(data)
        try:
            records(path) if reader == "records" else child.READERS[reader](path, path.name)
        except MemoryError:
            raise
        except BaseException as error:
            if isinstance(error, (KeyboardInterrupt, SystemExit)):
                raise

    atheris.Setup([sys.argv[0], *sys.argv[3:]], try_it)
    atheris.Fuzz()


def _first_inputs(reader: str) -> list[bytes]:
    """Return whole files of the reader's kind, to be changed."""
    sys.path.insert(0, str(ROOT / "tests" / "evidence"))
    import test_fuzz_readers as samples

    suffix = SUFFIXES.get(reader, reader)
    return [data for name, data in samples.whole_files() if name.endswith(suffix)]


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        fuzz_one(sys.argv[2])
    sys.exit(main())
