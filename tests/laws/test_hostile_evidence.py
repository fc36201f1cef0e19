"""Evidence made to harm: a whole run ends in time, within its memory, writes only where it may, and calls nobody."""

import json
import os
import socket
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import hostile_files
import pytest

from auditkit.engagement.init import create_engagement
from auditkit.engagement.layout import Layout

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="only there the memory a process held can be read"),
]
WATCH = """
import os, sys
log = os.open(os.environ["WATCH_LOG"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
def watch(event, arguments):
    if event.startswith("socket.") and event != "socket.gethostname":
        os.write(log, f"socket {event}\\n".encode())
    elif event == "open" and isinstance(arguments[0], (str, bytes)):
        mode, flags = arguments[1] or "", arguments[2] or 0
        if set(mode) & set("wax+") or flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            os.write(log, f"write {os.path.abspath(os.fsdecode(arguments[0]))!r}\\n".encode())
    elif event == "subprocess.Popen" and arguments[0] != sys.executable or event in ("os.system", "os.exec"):
        os.write(log, f"program {arguments[0]!r}\\n".encode())
sys.addaudithook(watch)
"""
DRIVER = """
import resource, sys
from auditkit.cli.entry import main
sys.argv = ["auditkit", "run"]
try:
    main()
except SystemExit as ended:
    code = ended.code
below = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss >> 10
with open("/proc/self/status") as stated:  # what getrusage says of oneself counts the process one was forked from
    own = next(int(line.split()[1]) >> 10 for line in stated if line.startswith("VmHWM"))
print(f"\\nexit {code or 0} own {own} below {below}")
"""
CANARY = "canary-7741-of-a-file-outside"
LOOKUPS = ("ldconfig", "gcc", "cc", "ld", "objdump")
"""Programs by which Python looks for a system library; the library of the PDF asks it to."""
MOST_MIB = 2048


class Listener(threading.Thread):
    """Counts whoever connects."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.server = socket.create_server(("127.0.0.1", 0))
        self.callers = 0
        self.address = f"http://127.0.0.1:{self.server.getsockname()[1]}"

    def run(self) -> None:
        while True:
            try:
                caller, _ = self.server.accept()
            except OSError:
                return
            self.callers += 1
            caller.close()


class Ended:
    """What a run on hostile evidence left behind."""

    exports: tuple[str, ...] = ()
    """The names of the record exports, in the order of their ids."""

    def __init__(self, layout: Layout, watched: list[str], printed: str, errors: str, callers: int) -> None:
        self.layout, self.watched, self.errors, self.callers = layout, watched, errors, callers
        words = printed.split()
        self.exit, self.own_mib, self.below_mib = (int(words[at]) for at in (-5, -3, -1))
        self.report: dict[str, Any] = json.loads((layout.reports / "assessment.json").read_text())


@pytest.fixture(scope="module")
def ended(tmp_path_factory: pytest.TempPathFactory) -> Ended:
    """Run once over everything that is hostile."""
    root = tmp_path_factory.mktemp("hostile")
    secret = root / "secret.txt"
    secret.write_text(CANARY)
    layout = create_engagement(root / "audit", "internal-audit", "2025-10-01", "2026-09-30")
    listener = Listener()
    listener.start()
    made = {
        f"documents/{name}": data for name, data in hostile_files.documents(listener.address, secret).items()
    }
    exports = hostile_files.exports(listener.address, secret)
    items = [
        {"id": f"EV-{number:03d}", "title": name[:20], "file": f"records/{name}", "kind": "record_export", "dataset": "incident"}
        for number, name in enumerate(exports, 100)
    ]  # fmt: skip
    for name, data in {**made, **{f"records/{name}": data for name, data in exports.items()}}.items():
        (layout.evidence / name).parent.mkdir(exist_ok=True)
        (layout.evidence / name).write_bytes(data)
    (layout.evidence / "documents/outside.md").symlink_to(secret)
    (layout.evidence / "documents/loop").symlink_to(layout.root)
    os.mkfifo(layout.evidence / "documents/pipe.md")
    layout.register.write_text(json.dumps({"items": items}))
    watch = root / "watch"
    watch.mkdir()
    (watch / "sitecustomize.py").write_text(WATCH)
    scratch = root / "scratch"
    scratch.mkdir()
    settings = {
        "WATCH_LOG": str(root / "log"),
        "TMPDIR": str(scratch),
        "HOME": str(scratch),
        "XDG_CACHE_HOME": str(scratch),
    }
    path = os.pathsep.join([str(watch), *filter(None, [os.environ.get("PYTHONPATH")])])
    done = subprocess.run(
        [sys.executable, "-c", DRIVER],
        cwd=layout.root,
        env={**os.environ, **settings, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        timeout=900,
    )
    listener.server.close()
    found = Ended(layout, (root / "log").read_text().splitlines(), done.stdout, done.stderr, listener.callers)
    found.exports = tuple(exports)
    return found


def test_it_works_and_lists_every_file_with_a_status(ended: Ended) -> None:
    assert ended.exit == 0, ended.errors
    listed = {one["file"]: one for one in ended.report["files"]}
    lying = [path for path in ended.layout.evidence.rglob("*") if path.is_symlink() or not path.is_dir()]
    names = {str(path.relative_to(ended.layout.evidence)) for path in lying} - {
        "register.yaml",
        "requests.yaml",
    }
    assert set(listed) == names
    assert all(one["status"] == "read" or one["why"] for one in listed.values())


def test_no_hostile_export_is_taken_for_records(ended: Ended) -> None:
    read = {one["evidence"]: one["readable"] for one in ended.report["exports"]}
    harmless = {"wide.csv", "formulas.csv", "long-cells.csv.gz", "long-texts.parquet"}
    for number, name in enumerate(ended.exports, 100):
        assert read[f"EV-{number:03d}"] == (name in harmless), name


def test_memory_stays_within_its_bound(ended: Ended) -> None:
    held = ended.own_mib + ended.below_mib
    assert held < MOST_MIB, "even if the run and a reader were at their highest at once, which they never are"


def test_nothing_is_written_outside_reports_cache_and_scratch(ended: Ended) -> None:
    root = ended.layout.root.parent
    allowed = tuple(
        str(one) for one in (ended.layout.reports, ended.layout.cache, root / "scratch", "/dev/null")
    )
    written = [line[7:-1] for line in ended.watched if line.startswith("write ")]
    assert written, "the watch sees what is written"
    assert not [path for path in written if not path.startswith(allowed) and "__pycache__" not in path]
    assert not list(root.rglob("escaped*"))
    assert not Path("/tmp/escaped-auditkit.txt").exists()  # noqa: S108 - a trap in an archive names it


def test_nobody_is_called_and_no_program_started(ended: Ended) -> None:
    called = [line for line in ended.watched if line.startswith(("socket ", "program "))]
    assert not [line for line in called if Path(line.split(" ", 1)[1].strip("'")).name not in LOOKUPS]
    assert ended.callers == 0


def test_nothing_from_outside_the_folder_gets_in(ended: Ended) -> None:
    for path in [*ended.layout.reports.rglob("*"), *ended.layout.cache.rglob("*")]:
        if path.is_file():
            assert CANARY.encode() not in path.read_bytes(), path
