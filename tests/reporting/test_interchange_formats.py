"""What holds for every format of other tools: golden files, the same bytes, the page that describes them.

``UPDATE_GOLDEN=1 pytest tests/reporting`` rewrites the golden files; read the difference before committing it.
"""

import os
import re
from pathlib import Path

import pytest
from interchange_samples import made
from sample_run import CANDIDATE_ID

from auditkit import __version__
from auditkit.reporting.interchange.formats import FORMATS, Format

GOLDEN = Path(__file__).parent / "golden_interchange"
VERSION = re.compile(
    rf'(auditkit |"version": "|"name": "version",\s+"ns": "[^"]+",\s+"value": "){re.escape(__version__)}'
)
UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\u202a-\u202e]")


@pytest.mark.parametrize("one", FORMATS, ids=lambda one: one.id)
def test_golden(one: Format) -> None:
    text = made(one.id)
    assert text == made(one.id)
    text = VERSION.sub(r"\1VERSION", text)
    file = GOLDEN / one.file
    if os.environ.get("UPDATE_GOLDEN") == "1":
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("one", FORMATS, ids=lambda one: one.id)
def test_no_format_carries_marks_that_steer_a_screen_or_turn_the_reading_direction(one: Format) -> None:
    assert UNPRINTABLE.search(made(one.id)) is None


def test_the_page_describes_every_format_and_no_other(root: Path) -> None:
    page = (root / "docs/formats.md").read_text(encoding="utf-8").partition("\n### Interchange\n")[2]
    rows = re.findall(r"^\| `([a-z-]+)` \| `([^`]+)` \|", page.partition("\n### ")[0], re.MULTILINE)
    assert rows == [(one.id, one.file) for one in FORMATS]


def test_no_two_formats_share_a_name_or_a_file() -> None:
    assert len({one.id for one in FORMATS}) == len({one.file for one in FORMATS}) == len(FORMATS)


@pytest.mark.parametrize("name", ["sarif", "junit"])
def test_a_candidate_is_named_as_one(name: str) -> None:
    said = [line for line in made(name).splitlines() if CANDIDATE_ID in line and "graded" in line]
    assert said
    assert all("candidate" in line for line in said)
