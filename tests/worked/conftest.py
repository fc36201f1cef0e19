"""The worked engagement at the repository's root, its twin without defects, and its generator."""

import subprocess
import sys
from pathlib import Path

import pytest

from auditkit.base.yamltext import load
from auditkit.engagement.evidence import accept_evidence
from auditkit.engagement.layout import Layout
from auditkit.engagement.open import open_engagement
from auditkit.engagement.run import RunOptions, RunOutcome, assess

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))


def generate(out: Path, *options: str) -> Path:
    """Run the generator into a folder."""
    script = ROOT / "tools/make_nordwerk.py"
    subprocess.run([sys.executable, str(script), "--out", str(out), *options], check=True)
    return out


@pytest.fixture(scope="session")
def planted() -> dict[str, list[dict[str, object]]]:
    """What was planted and what must not be reported."""
    document, issues = load(ROOT / "tests/worked/planted.yaml", "planted.yaml")
    assert document is not None
    assert issues == ()
    return document.data  # type: ignore[no-any-return]


@pytest.fixture(scope="session")
def worked() -> RunOutcome:
    """The run of the worked engagement."""
    return assess(open_engagement(Layout(ROOT)), RunOptions())


@pytest.fixture(scope="session")
def twin(tmp_path_factory: pytest.TempPathFactory) -> RunOutcome:
    """The run of the twin: same script, no planting."""
    folder = generate(tmp_path_factory.mktemp("twin"), "--clean")
    accept_evidence(open_engagement(Layout(folder)))
    return assess(open_engagement(Layout(folder)), RunOptions())
