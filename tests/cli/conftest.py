"""Engagements that the tests of this folder share, and their samples made importable."""

import shutil
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from command_line import auditkit, make


@pytest.fixture(scope="session")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as ``init`` makes it."""
    folder = tmp_path_factory.mktemp("fresh") / "audit"
    assert auditkit("init", "audit", at=folder.parent).returncode == 0
    return folder


@pytest.fixture(scope="session")
def engagement(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small engagement, accepted and bound; tests only read it."""
    folder = make(tmp_path_factory.mktemp("small") / "audit")
    assert auditkit("evidence", "accept", at=folder).returncode == 0
    assert auditkit("judgements", "bind", at=folder).returncode == 0
    return folder


@pytest.fixture
def own(engagement: Path, tmp_path: Path) -> Path:
    """A copy of the small engagement that a test may change."""
    return Path(shutil.copytree(engagement, tmp_path / "audit"))
