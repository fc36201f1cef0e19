"""What people decided is taken as they wrote it, or refused with the reason; nothing is guessed."""

from pathlib import Path

import pytest

from auditkit.assessment.engagement import Person
from auditkit.assessment.independence import Independence
from auditkit.assessment.model import Binding, Judgement
from auditkit.assessment.workpapers import Workpapers, load_workpapers, write_bindings
from auditkit.catalog.model import LensGroup

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


OLE = Person(id="P-001", name="Ole Brandt", role="Auditor", side="auditor", areas=("incidents",))
INCIDENTS = LensGroup(id="incidents", title="Incident management")
INDEPENDENCE = Independence({"P-001": OLE}, {"8.6.1-2": (INCIDENTS,)})
NOTE = """\
id: IV-001
at: 2026-10-01
interviewee: Jan Otte
role: Manager
interviewer: P-001
answers:
  - {point: 8.6.1-3, question: What happened?, answer: It was told and shown., outcome: met}
"""


def load(folder: Path) -> Workpapers:
    return load_workpapers(folder, PEOPLE, POINTS, independence=INDEPENDENCE)


def notes(tmp_path: Path, *texts: str) -> Path:
    folder = tmp_path / "interviews"
    folder.mkdir(exist_ok=True)
    for number, text in enumerate(texts):
        (folder / f"{number}.yaml").write_text(text, encoding="utf-8")
    return tmp_path


def test_a_judgement_on_own_work_is_told_unless_a_safeguard_is_on_record(tmp_path: Path) -> None:
    found = load(write(tmp_path, JUDGEMENT))
    own = INDEPENDENCE.unguarded(found.judgements)
    assert {name: one.area for name, one in own.items()} == {"J-001": "Incident management"}
    assured = JUDGEMENT.replace("}", ", safeguard: The lead auditor read the same twenty.}")
    found = load(write(tmp_path, assured))
    assert INDEPENDENCE.unguarded(found.judgements) == {}
    too_short = load(write(tmp_path, JUDGEMENT.replace("}", ", safeguard: None needed.}")))
    assert set(INDEPENDENCE.unguarded(too_short.judgements)) == {"J-001"}


def test_a_review_of_own_work_needs_a_safeguard(tmp_path: Path) -> None:
    write(tmp_path, JUDGEMENT.replace("P-001", "P-002"))
    (tmp_path / "reviews").mkdir()
    path = tmp_path / "reviews/r.yaml"
    review = "{judgement: J-001, by: P-001, at: 2026-10-02, agrees: true}"
    for text, reviews in ((review, 0), (review.replace("}", ", safeguard: Read with the lead auditor.}"), 1)):
        path.write_text(f"reviews:\n  - {text}\n", encoding="utf-8")
        found = load_workpapers(tmp_path, PEOPLE | {"P-002"}, POINTS, independence=INDEPENDENCE)
        assert (len(found.reviews), len(found.issues)) == (reviews, 1 - reviews)


def test_an_unset_safeguard_leaves_the_digest_of_an_older_judgement_as_it_was() -> None:
    values = {"id": "J-001", "point": "8.6.1-2", "verdict": "conforms", "by": "P-001", "at": "2026-10-01"}
    one = Judgement.model_validate({**values, "rationale": "twenty tickets were read"})
    assert "safeguard" not in one.model_dump()
    assert one.digest != one.model_copy(update={"safeguard": "The lead auditor read them too."}).digest


@pytest.mark.parametrize(
    ("text", "code", "says", "kept"),
    [
        (NOTE.replace("interviewee: Jan Otte", "interviewee: Ole Brandt"), "interview-refused", "Ole Brandt would ask oneself", 0),
        (NOTE.replace("interviewee: Jan Otte\n", ""), "interview-refused", "does not say who was asked", 0),
        (NOTE.replace("8.6.1-3", "8.6.1-2"), "interview-refused", "no safeguard is on record", 0),
        (NOTE.replace("It was told and shown.", "''"), "answer-without-text", "not a word of what was said or seen", 1),
        (NOTE.replace("8.6.1-3", "8.6.9-9"), "unknown-point", "8.6.9-9, not in the catalog", 1),
        (NOTE.replace("interviewer: P-001", "interviewer: P-009"), "unknown-person", "P-009 is not in engagement.yaml", 0),
    ],
)  # fmt: skip
def test_notes_that_cannot_count_are_refused_and_said(
    tmp_path: Path, text: str, code: str, says: str, kept: int
) -> None:
    found = load(notes(tmp_path, text))
    assert [issue.code for issue in found.issues] == [code]
    assert says in found.issues[0].message
    assert len(found.interviews) == kept


def test_an_outcome_without_a_word_is_left_out_and_the_rest_stays(tmp_path: Path) -> None:
    more = '  - {point: 8.6.1-3, question: And then?, answer: "", outcome: not_met}\n'
    (found,) = load(notes(tmp_path, NOTE + more)).interviews
    assert [one.question for one in found.answers] == ["What happened?"]


def test_notes_whose_id_stands_twice_are_used_once(tmp_path: Path) -> None:
    found = load(notes(tmp_path, NOTE, NOTE.replace("Jan Otte", "Ada Lund")))
    assert [one.interviewee for one in found.interviews] == ["Jan Otte"]
    assert "it stands twice" in found.issues[0].message
