"""The wheel carries the checklists, and the installed package works outside the checkout."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.slow
def test_a_wheel_unpacked_elsewhere_lints_its_own_catalog(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path / "dist")]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    wheel = next((tmp_path / "dist").glob("*.whl"))
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        archive.extractall(tmp_path / "site")
    assert "auditkit/checklists/datasets.yaml" in names
    assert any(name.endswith((".ttf", ".otf")) for name in names)
    probe = (
        f"import sys; sys.path.insert(0, {str(tmp_path / 'site')!r})\n"
        "import auditkit; assert 'site' in auditkit.__file__, auditkit.__file__\n"
        "from auditkit.cli.main import cli\n"
        "sys.exit(cli.main(['catalog', 'lint'], standalone_mode=False))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", probe], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "215 requirements, 384 points" in done.stdout
