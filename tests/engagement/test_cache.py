"""The cache of a whole run: no evidence opened when nothing changed, two runs at once, deleted on the way, never out of date."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner
from finding_engagement import make, opened, run
from small import engagement, ran

from auditkit.base.digest import digest_file
from auditkit.base.errors import InputsUnreadable
from auditkit.cli.main import cli
from auditkit.engagement import records as records_module
from auditkit.engagement.layout import Layout
from auditkit.engagement.reports import write_reports
from auditkit.engagement.run import RunOptions, assess

LISTENING = """
import sys
below, opened = sys.argv[1], []
def hear(event, values):
    if event == "open" and str(values[0]).startswith(below):
        opened.append(str(values[0])[len(below):])
    if event == "subprocess.Popen":
        opened.append("a child process")
sys.addaudithook(hear)
from auditkit.cli.main import cli
cli(["-q", "run", "--no-pdf", "-e", sys.argv[2]], standalone_mode=False)
print("polars" in sys.modules, sorted(set(opened)))
"""
EMERGENCIES = """\
id,type,status,opened_at,approved_at,actual_start,actual_end,reviewed_at,closed_at
C-1,emergency,closed,2026-03-01 08:00,2026-03-01 08:00,2026-03-01 09:00,2026-03-01 10:00,2026-03-11 10:00,2026-03-12 10:00
"""
REGISTER = (
    "items:\n  - {id: EV-001, title: Changes, file: changes.csv, kind: record_export, dataset: change}\n"
)


def listened(folder: Path) -> str:
    """Run a whole engagement in a process that listens, and return what it heard."""
    below = str(folder / "evidence") + os.sep
    done = subprocess.run(
        [sys.executable, "-c", LISTENING, below, str(folder)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()[-1]


def reports(folder: Path) -> dict[str, str]:
    """Return the digest of every report."""
    found = sorted(path for path in (folder / "reports").rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): digest_file(path) for path in found}


def command(folder: Path, *words: str) -> str:
    done = CliRunner().invoke(cli, [*words, "-e", str(folder)])
    assert done.exception is None or isinstance(done.exception, SystemExit), (done.output, done.exception)
    return done.output


@pytest.mark.parametrize("signed", [False, True])
def test_when_nothing_changed_no_file_of_evidence_is_opened(tmp_path: Path, signed: bool) -> None:
    folder = make(tmp_path / "e", late=0)
    command(folder, "evidence", "accept")
    if signed:
        assert "igned" in command(folder, "signoff", "--by", "P-001", "--at", "2026-10-20")
        assert (folder / "workpapers/signoff.lock.json").exists()
    time.sleep(0.1)  # what was written a moment before a run is digested once more
    first = listened(folder)
    if not signed:  # signing runs the engagement itself
        assert all(heard in first for heard in ("changes.csv", "workflow.md", "a child process"))
    whole = reports(folder)
    listened(folder)
    assert listened(folder) == "False ['register.lock.json', 'register.yaml']"
    assert reports(folder) == whole


def test_two_runs_at_once_give_what_one_alone_gives(tmp_path: Path) -> None:
    folder = make(tmp_path / "e", changes=400)
    alone = Path(shutil.copytree(folder, tmp_path / "alone"))
    words = [sys.executable, "-m", "auditkit", "-q", "run", "--no-pdf", "-e"]
    subprocess.run([*words, str(alone)], check=True, capture_output=True)
    for _ in range(2):
        both = [
            subprocess.Popen([*words, str(folder)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            for _ in range(2)
        ]
        said = [one.communicate()[1] for one in both]
        assert [one.returncode for one in both] == [0, 0], said
        assert reports(folder) == reports(alone)
        shutil.rmtree(folder / ".auditkit-cache")
    assert not list((folder / "reports").rglob(".*"))


def test_a_cache_that_is_deleted_during_a_run_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = make(tmp_path / "e")
    whole = run(Path(shutil.copytree(folder, tmp_path / "alone")))
    deleted: list[int] = []
    derive = records_module.derive_datasets

    def deleting(*given: object) -> object:
        if not deleted:
            shutil.rmtree(folder / ".auditkit-cache")
        deleted.append(1)
        return derive(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(records_module, "derive_datasets", deleting)
    assert run(folder) == whole
    assert len(deleted) == 2
    assert run(folder) == whole


def test_a_cache_that_is_deleted_all_the_time_stops_the_run_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = make(tmp_path / "e")
    derive = records_module.derive_datasets

    def deleting(*given: object) -> object:
        shutil.rmtree(folder / ".auditkit-cache")
        return derive(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(records_module, "derive_datasets", deleting)
    with pytest.raises(InputsUnreadable, match=r"auditkit-cache: it was deleted while .* Run again"):
        run(folder)


def test_no_list_of_exceptions_is_lost_without_a_word(tmp_path: Path) -> None:
    folder = make(tmp_path / "e")
    outcome = assess(opened(folder), RunOptions())
    shutil.rmtree(folder / ".auditkit-cache")
    with pytest.raises(InputsUnreadable, match=r"approved_before.*\.csv: it was deleted while .* Run again"):
        write_reports(outcome, pdf=False)


def test_another_parameter_is_another_result_from_the_same_cache(tmp_path: Path) -> None:
    files = {"evidence/register.yaml": REGISTER, "evidence/changes.csv": EMERGENCIES}
    seen = []
    for days in (2, 30, 2):
        more = f"parameters:\n  emergency_review_days: {{value: {days}, source: house_default}}\n"
        outcome = ran(engagement(tmp_path, more=more, files=files))
        seen += [
            one.result for one in outcome.run.record_tests if "emergency_review_days" in one.result.parameters
        ]
    assert [one.exceptions for one in seen] == [1, 0, 1]
    assert len(list((tmp_path / ".auditkit-cache/tables").glob("*.parquet"))) == 1


def test_verify_reads_every_file_again_whatever_its_date_says(tmp_path: Path) -> None:
    folder = make(tmp_path / "e")
    command(folder, "evidence", "accept")
    run(folder)
    assert "changed" not in command(folder, "evidence", "verify")
    file = folder / "evidence/workflow.md"
    facts, text = file.stat(), file.read_text(encoding="utf-8")
    with file.open("r+", encoding="utf-8") as stream:
        stream.write(text.replace("refuses", "accepts"))
    os.utime(file, ns=(facts.st_atime_ns, facts.st_mtime_ns))
    assert (file.stat().st_size, file.stat().st_mtime_ns) == (facts.st_size, facts.st_mtime_ns)
    said = command(folder, "evidence", "verify")
    assert "changed" in said
    assert "workflow.md" in said
    assert "changes.csv" not in said


def test_a_cache_can_be_deleted_between_runs(tmp_path: Path) -> None:
    folder = make(tmp_path / "e")
    whole = run(folder)
    shutil.rmtree(Layout(folder).cache)
    assert run(folder) == whole
