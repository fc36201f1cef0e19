"""A checker that shares no code with the tool recounts the worked engagement to the same numbers."""

import csv
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import ROOT

pytestmark = pytest.mark.worked
CHECKER = ROOT / "tools/check_nordwerk.py"
PLANTED = ROOT / "tests/worked/planted.yaml"


def check(engagement: Path, assessment: str) -> subprocess.CompletedProcess[str]:
    """Run the checker on an engagement."""
    command = [sys.executable, str(CHECKER), str(engagement), assessment, str(PLANTED)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def copy_of_records(folder: Path) -> Path:
    """Copy what the checker reads and return the catalogue of services in it."""
    shutil.copy(ROOT / "engagement.yaml", folder)
    shutil.copytree(ROOT / "evidence/records", folder / "evidence/records")
    return folder / "evidence/records/service.csv"


def verdicts(output: str) -> list[str]:
    """Give the last word of each line of the table."""
    return [line.split()[-1] for line in output.splitlines() if line.endswith((" OK", " DIFFERENT"))]


def test_the_recount_agrees_with_what_was_planted_and_reported() -> None:
    done = check(ROOT, str(ROOT / "reports/assessment.json"))
    assert done.returncode == 0, done.stdout + done.stderr
    assert verdicts(done.stdout).count("OK") >= 40
    assert "DIFFERENT" not in verdicts(done.stdout)


def test_one_more_spoiled_row_is_noticed(tmp_path: Path) -> None:
    path = copy_of_records(tmp_path)
    assert check(tmp_path, "-").returncode == 0
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    victim = next(row for row in rows if row["status"] == "live" and row["criticality"])
    victim["criticality"] = ""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    done = check(tmp_path, "-")
    assert done.returncode == 1, done.stdout + done.stderr
    different = [line.split()[0] for line in done.stdout.splitlines() if line.endswith(" DIFFERENT")]
    assert different == ["services_have_criticality"]
