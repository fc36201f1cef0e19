"""What people decided is taken as they wrote it, or refused with the reason; nothing is guessed."""

from pathlib import Path

import pytest

from auditkit.assessment.model import Binding
from auditkit.assessment.workpapers import load_workpapers, write_bindings

PEOPLE, POINTS = frozenset({"P-001"}), frozenset({"8.6.1-2", "8.6.1-3"})
JUDGEMENT = "{id: J-001, point: 8.6.1-2, verdict: conforms, by: P-001, at: 2026-10-01, rationale: twenty tickets were read}"


def write(tmp_path: Path, *judgements: str) -> Path:
    folder = tmp_path / "judgements"
    folder.mkdir(exist_ok=True)
    (folder / "a.yaml").write_text("judgements:\n" + "".join(f"  - {one}\n" for one in judgements))
    return tmp_path


def test_a_sound_judgement_is_taken(tmp_path: Path) -> None:
    found = load_workpapers(write(tmp_path, JUDGEMENT), PEOPLE, POINTS)
    assert [one.id for one in found.judgements] == ["J-001"]
    assert found.issues == ()


@pytest.mark.parametrize(
    ("second", "says"),
    [
        (JUDGEMENT.replace("8.6.1-2", "8.6.1-3"), "J-001 stands twice"),
        (JUDGEMENT.replace("J-001", "J-002"), "judges 8.6.1-2 a second time"),
        (JUDGEMENT.replace("J-001", "J-002").replace("P-001", "P-009"), "signed by P-009"),
        (JUDGEMENT.replace("J-001", "J-002").replace("8.6.1-2", "8.6.9-1"), "judges 8.6.9-1, which is not"),
        (
            JUDGEMENT.replace("J-001", "J-002")
            .replace("8.6.1-2", "8.6.1-3")
            .replace("by:", "basis: no_occurrence, by:"),
            "nothing occurred but not how that was checked",
        ),
    ],
)
def test_a_judgement_that_cannot_count_is_refused_and_said(tmp_path: Path, second: str, says: str) -> None:
    found = load_workpapers(write(tmp_path, JUDGEMENT, second), PEOPLE, POINTS)
    assert [one.point for one in found.judgements] == ["8.6.1-2"]
    assert says in found.issues[0].message
    assert found.issues[0].place.file == "workpapers/judgements/a.yaml"


def test_a_broken_file_is_an_issue_with_its_line(tmp_path: Path) -> None:
    found = load_workpapers(write(tmp_path, JUDGEMENT.replace("conforms", "fine")), PEOPLE, POINTS)
    assert found.judgements == ()
    assert found.issues[0].place.line == 2


def test_bindings_come_back_as_written_and_a_broken_lock_says_so(tmp_path: Path) -> None:
    write(tmp_path, JUDGEMENT)
    binding = Binding(judgement="a", point="b", results="c", evidence={"EV-001": "d"})
    write_bindings(tmp_path / "judgements.lock.json", {"J-001": binding})
    assert load_workpapers(tmp_path, PEOPLE, POINTS).bindings == {"J-001": binding}
    (tmp_path / "judgements.lock.json").write_text("{")
    found = load_workpapers(tmp_path, PEOPLE, POINTS)
    assert found.bindings == {}
    assert "every judgement is suspect" in found.issues[0].message


def test_no_workpapers_at_all_is_a_fresh_engagement(tmp_path: Path) -> None:
    found = load_workpapers(tmp_path, PEOPLE, POINTS)
    assert (found.judgements, found.interviews, found.issues) == ((), (), ())
