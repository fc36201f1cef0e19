"""The checklists are loaded once a process from the same files, and anew as soon as one of them differs."""

import shutil
from pathlib import Path

import pytest

from auditkit.base.errors import InputsUnreadable
from auditkit.engagement.library import HOME_CATALOG, load_library


@pytest.fixture
def shelf(root: Path, tmp_path: Path) -> Path:
    """A copy of the checklists that a test may change."""
    return Path(shutil.copytree(root / "checklists", tmp_path / "checklists"))


def test_the_same_files_give_the_same_library_from_any_folder(root: Path, shelf: Path) -> None:
    first, issues = load_library(root / "checklists", HOME_CATALOG)
    again, more = load_library(shelf, HOME_CATALOG)
    assert again.catalog is first.catalog
    assert (again, more) == (first, issues)


def test_a_file_that_changed_is_read_again(shelf: Path) -> None:
    path = shelf / "parameters.yaml"
    text = path.read_text(encoding="utf-8")
    assert "  audit_cycle_days: {value: 1096," in text

    def days() -> object:
        return load_library(shelf, HOME_CATALOG)[0].parameters["audit_cycle_days"].value

    assert days() == 1096
    path.write_text(
        text.replace("audit_cycle_days: {value: 1096,", "audit_cycle_days: {value: 4711,"), encoding="utf-8"
    )
    assert days() == 4711
    path.write_text(text, encoding="utf-8")
    assert days() == 1096


def test_a_file_that_was_broken_is_refused_though_it_was_loaded_before(shelf: Path) -> None:
    load_library(shelf, HOME_CATALOG)
    (shelf / "datasets.yaml").write_text("datasets: [", encoding="utf-8")
    with pytest.raises(InputsUnreadable, match=r"datasets\.yaml"):
        load_library(shelf, HOME_CATALOG)


def test_checklists_of_an_engagement_count_too(shelf: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    (own / "grading").mkdir(parents=True)
    house = load_library(shelf, HOME_CATALOG, own=own)[0].grading.title
    text = (shelf / "grading/house.yaml").read_text(encoding="utf-8")
    (own / "grading/house.yaml").write_text(text.replace(f"title: {house}", "title: Ours"), encoding="utf-8")
    assert load_library(shelf, HOME_CATALOG, own=own)[0].grading.title == "Ours"
    assert load_library(shelf, HOME_CATALOG)[0].grading.title == house


def test_what_one_changes_nobody_else_sees(shelf: Path) -> None:
    mine, _ = load_library(shelf, HOME_CATALOG)
    mine.datasets.clear()
    mine.parameters.clear()
    mine.places.clear()
    other, _ = load_library(shelf, HOME_CATALOG)
    assert other.datasets
    assert other.parameters
    assert other.places
