"""Every reader under a fuzzer that follows its branches, for a moment each; ``make fuzz`` gives them longer."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SECONDS_EACH = "1"


@pytest.mark.slow
def test_no_reader_crashes_hangs_or_takes_the_memory_of_the_machine() -> None:
    pytest.importorskip("atheris")
    command = [sys.executable, str(ROOT / "tools/fuzz.py"), SECONDS_EACH]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, cwd=ROOT)
    lines = done.stdout.splitlines()
    assert done.returncode == 0, done.stdout + done.stderr
    assert len(lines) > 10
    assert all("nothing found" in line for line in lines)
