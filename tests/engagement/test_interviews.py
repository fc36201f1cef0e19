"""Interviews prepared from the catalog, their sheets, and observations on site: each forbidden one refused."""

import json
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from finding_engagement import make, opened, run

from auditkit.base.errors import AuditkitError
from auditkit.cli.main import cli

ASK = ("interview", "prepare", "--with", "P-010", "--by", "P-001")
LOOK = ("observe", "--place", "Kiel", "--by", "P-001", "--outcome", "met")
SAW = "Ten changes on the screen had a risk entry."
SEEN = "Seen in twelve changes on site, with the people."


def call(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(cli, [*words, "-e", str(folder)])


def ok(folder: Path, *words: str) -> str:
    done = call(folder, *words)
    assert done.exit_code == 0, (done.output, done.exception)
    return done.output


def refused(folder: Path, *words: str) -> str:
    before = {path: path.read_bytes() for path in folder.rglob("*.yaml")}
    done = call(folder, *words)
    assert isinstance(done.exception, AuditkitError), done.output
    assert before == {path: path.read_bytes() for path in folder.rglob("*.yaml")}
    return " ".join(str(done.exception).split())


def areas(folder: Path) -> Path:
    """Let the lead auditor work in incident management."""
    path = folder / "engagement.yaml"
    text = path.read_text(encoding="utf-8").replace(
        "Lead auditor, side: auditor", "Lead auditor, side: auditor, areas: [incident-management]"
    )
    path.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An engagement on which everything is refused."""
    return areas(make(tmp_path_factory.mktemp("refused") / "e"))


def notes(folder: Path, identifier: str = "IV-001") -> str:
    return (folder / f"workpapers/interviews/{identifier}.yaml").read_text(encoding="utf-8")


def test_an_interview_is_prepared_from_the_catalog_and_changes_no_result(tmp_path: Path) -> None:
    folder = make(tmp_path / "e")
    before = run(folder).assessment
    said = ok(folder, *ASK, "--clause", "8.5.1.3", "--at", "2026-10-06", "--place", "Kiel")
    assert "Wrote workpapers/interviews/IV-001.yaml" in said
    text = notes(folder)
    assert text.startswith("# Written by people")
    for part in (
        "  # Open: Normal changes were approved before they were implemented. Not so for 3 of 40 examined.",
        "  # Ask to see: Change records with time of approval and of start;",
        "  # Listen for: The approval is stamped after work had begun,",
        '    question: "Take the last change that was refused or postponed. Who spoke, and what decided it?"',
        "    kind: observe",
    ):
        assert part in text
    (note,) = opened(folder).workpapers.interviews
    assert (note.interviewee, note.role, str(note.at), note.place) == (
        "Jan Otte",
        "Change manager",
        "2026-10-06",
        "Kiel",
    )
    assert not any(one.answer for one in note.answers)
    assert run(folder).assessment == before


def test_what_stands_open_is_not_asked_twice_and_nothing_is_overwritten(tmp_path: Path) -> None:
    folder = make(tmp_path / "e")
    ok(folder, *ASK, "--point", "8.5.1.3-1")
    assert "Open already: 8.5.1.3-1 in IV-001. Add --all" in refused(folder, *ASK, "--point", "8.5.1.3-1")
    said = ok(folder, *ASK, "--point", "8.5.1.3-1", "--point", "8.5.1.3-2")
    assert "Left out, open already: 8.5.1.3-1 in IV-001" in said
    assert {one.point for one in opened(folder).workpapers.interviews[1].answers} == {"8.5.1.3-2"}
    ok(folder, *ASK, "--point", "8.5.1.3-1", "--all")
    assert sorted(path.name for path in (folder / "workpapers/interviews").iterdir()) == [
        "IV-001.yaml", "IV-002.yaml", "IV-003.yaml",
    ]  # fmt: skip


def test_what_was_answered_or_judged_needs_no_interview(tmp_path: Path) -> None:
    folder = make(tmp_path / "e")
    ok(folder, "judge", "8.5.1.3-2", "conforms", "--because", SEEN, "--by", "P-002", "--on", "EV-001")
    said = refused(folder, *ASK, "--point", "8.5.1.3-2")
    assert "Nothing there still needs an interview or an observation." in said
    ok(folder, *ASK, "--point", "8.5.1.3-1")
    told = notes(folder).replace('answer: ""', 'answer: "It was told and shown."')
    path = folder / "workpapers/interviews/IV-001.yaml"
    path.write_text(told, encoding="utf-8")
    assert ok(folder, *ASK, "--point", "8.5.1.3-1", "--dry-run").count("question:") == 3
    path.write_text(told.replace("no_evidence", "met"), encoding="utf-8")
    assert "Nothing there" in refused(folder, *ASK, "--point", "8.5.1.3-1")


def test_a_process_and_a_person_who_is_not_in_the_engagement(tmp_path: Path) -> None:
    folder = make(tmp_path / "e")
    words = ("interview", "prepare", "--process", "change-management", "--with", "Ada Lund", "--by", "P-001")
    assert "Ada Lund is not among the people of engagement.yaml. Add --role" in refused(folder, *words)
    text = ok(folder, *words, "--role", "Customer", "--dry-run")
    assert 'interviewee: "Ada Lund"\nrole: "Customer"\n' in text
    assert {line[5:16] for line in text.splitlines() if line.startswith("  # 8")} <= {
        line[5:16] for line in text.splitlines() if "8.5.1" in line
    }
    assert not (folder / "workpapers").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((*ASK[:4], "--by", "P-404", "--clause", "8.5"), "P-404 is not among the people of engagement.yaml. Add"),
        ((*ASK[:4], "--by", "P-010", "--clause", "8.5"), "Jan Otte is not of the audit team"),
        ((*ASK[:3], "P-404", "--by", "P-001", "--clause", "8.5"), "P-404 is not among the people"),
        ((*ASK[:3], "P-002", "--by", "P-002", "--clause", "8.5"), "Ole Brandt would ask oneself. Name somebody else."),
        ((*ASK[:3], "ole brandt", "--by", "P-002", "--clause", "8.5"), "Ole Brandt would ask oneself"),
        ((*ASK, "--clause", "99"), "99: no clause, requirement or point has this id. Try:"),
        ((*ASK, "--process", "changes"), "changes: there is no such process. Known: context,"),
        (ASK, "Say what the interview is about"),
        ((*ASK, "--clause", "8.6.1"), "Ines Falk works in Incident management and would assess own work (8.6.1-1a, 8.6.1-1b, 8.6.1-1c and 8 more)"),
        (("interview", "sheet", "IV-404"), "IV-404: there is no such interview that counts. Prepare one"),
        ((*LOOK, "--point", "99-1", "--saw", SAW), "99-1: there is no such point. Try:"),
        ((*LOOK, "--point", "8.5.1.3-1", "--saw", "Fine."), "fewer than 15 characters"),
        ((*LOOK, "--point", "8.5.1.3-1", "--saw", SAW, "--place", " "), "Add --place."),
        ((*LOOK, "--point", "8.5.1.3-1", "--saw", SAW, "--on", "EV-404"), "EV-404 is not in the evidence register. Register it"),
        ((*LOOK, "--point", "8.5.1.3-1", "--saw", SAW, "--by", "P-404"), "P-404 is not among the people"),
        ((*LOOK, "--point", "8.5.1.3-1", "--saw", SAW, "--with", "P-001"), "Ines Falk would ask oneself"),
        ((*LOOK, "--point", "8.6.1-1a", "--saw", SAW), "say with --safeguard, in a sentence, what keeps it impartial"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_or_seen_is_refused(untouched: Path, words: tuple[str, ...], said: str) -> None:
    assert said in refused(untouched, *words)
    assert not (untouched / "workpapers").exists()


def test_a_safeguard_is_kept_with_notes_judgement_and_review(tmp_path: Path) -> None:
    folder = areas(make(tmp_path / "e"))
    assured = ("--safeguard", "Ole Brandt examined the same records alone.")
    ok(folder, *ASK, "--point", "8.6.1-1a", *assured)
    assert opened(folder).workpapers.interviews[0].safeguard == assured[1]
    ok(folder, *LOOK, "--point", "8.6.1-1a", "--saw", SAW, *assured)
    judging = ("judge", "8.6.1-5", "conforms", "--because", SEEN, "--on", "EV-001", "--by")
    said = refused(folder, *judging, "P-001")
    assert "Ines Falk works in Incident management and would assess own work (8.6.1-5)" in said
    assert "Let somebody else judge, or say with --safeguard" in said
    ok(folder, *judging, "P-001", *assured)
    assert opened(folder).workpapers.judgements[0].safeguard == assured[1]
    ok(folder, *judging, "P-002", "--again")
    assert "Let somebody else review" in refused(folder, "review", "J-002", "--by", "P-001")
    ok(folder, "review", "J-002", "--by", "P-001", *assured)
    assert opened(folder).workpapers.reviews[0].safeguard == assured[1]


def test_interviews_are_listed_with_what_is_open(tmp_path: Path) -> None:
    folder = make(tmp_path / "e")
    ok(folder, *ASK, "--point", "8.5.1.3-1")
    ok(folder, *LOOK, "--point", "8.5.1.3-2", "--saw", SAW)
    said = ok(folder, "interview", "list")
    assert max(map(len, said.splitlines())) <= 80
    assert "IV-001  2026-10-15  by P-001  3 of 3 open  Jan Otte, Change manager" in said
    assert "IV-002  2026-10-15  by P-001  0 of 1 open  on site" in said
    only = json.loads(ok(folder, "interview", "list", "--open", "--json"))
    assert [(one["id"], one["points"], one["open"]) for one in only] == [("IV-001", ["8.5.1.3-1"], 3)]


class Words(HTMLParser):
    """The words of a page, and whether every element is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style":
            self.said.append(data)


def test_a_sheet_has_the_questions_and_room_to_write(tmp_path: Path) -> None:
    folder = make(tmp_path / "e")
    ok(folder, *ASK, "--point", "8.5.1.3-1", "--place", "Kiel *3* | <b>Hof</b>")
    text = ok(folder, "interview", "sheet", "IV-001")
    assert "**1. Ask.** Take the last change that was refused or postponed." in text
    assert "**3. Look.** Sit in on a meeting of the change board" in text
    assert "Listen for: The approval is stamped after work had begun" in text
    assert text.count("☐ not met") == 3
    assert r"- At: Kiel \*3\* \| \<b\>Hof\</b\>" in text
    target = tmp_path / "sheet.html"
    ok(folder, "interview", "sheet", "IV-001", "--format", "html", "--to", str(target))
    page = Words()
    page.feed(target.read_text(encoding="utf-8"))
    assert page.open == []
    words = " ".join(" ".join(page.said).split())
    assert "Kiel *3* | <b>Hof</b>" in words
    assert words.count("☐ not met") == 3
    assert "src=" not in target.read_text(encoding="utf-8")
    assert "exists already" in refused(folder, "interview", "sheet", "IV-001", "--to", str(target))


def test_a_sheet_shows_what_was_answered(tmp_path: Path) -> None:
    folder = make(tmp_path / "e")
    ok(folder, *LOOK, "--point", "8.5.1.3-1", "--saw", SAW, "--on", "EV-001", "--with", "P-010")
    text = ok(folder, "interview", "sheet", "IV-001")
    assert text.startswith("# Observation IV-001\n")
    assert f"{SAW}\n\nShown: EV-001. Outcome: met." in text
    assert "☐" not in text


def test_observations_of_one_visit_stand_in_one_file(tmp_path: Path) -> None:
    folder = make(tmp_path / "e")
    look = (*LOOK, "--saw", SAW, "--at", "2026-10-06")
    assert "IV-001: written to workpapers/interviews/IV-001.yaml." in ok(
        folder, *look, "--point", "8.5.1.3-1"
    )
    assert "IV-001: added to" in ok(
        folder, *look, "--point", "8.5.1.3-2", "--what", 'Ten "normal" changes: risk'
    )
    assert "IV-002: written to" in ok(folder, *look, "--point", "8.5.1.3-1", "--place", "Bremen")
    first = opened(folder).workpapers.interviews[0]
    assert [(one.point, one.kind, one.outcome) for one in first.answers] == [
        ("8.5.1.3-1", "observe", "met"), ("8.5.1.3-2", "observe", "met"),
    ]  # fmt: skip
    assert first.answers[1].question == 'Ten "normal" changes: risk'
    before = notes(folder)
    ok(folder, *look, "--point", "8.5.1.3-1", "--dry-run")
    assert notes(folder) == before


def test_an_observation_against_the_records_is_a_conflict_once_somebody_judges(tmp_path: Path) -> None:
    folder = make(tmp_path / "e", late=0)
    said = ok(
        folder, *LOOK[:-1], "not_met", "--point", "8.5.1.3-1", "--saw", "Two changes ran without an approval."
    )
    assert "record.normal_change_approved_before_implementation was met for all 40" in " ".join(said.split())
    judging = ("judge", "8.5.1.3-1", "conforms", "--by", "P-002", "--on", "EV-001", "--because")
    assert "What was said or seen in IV-001 does not support it." in " ".join(
        ok(folder, *judging, SEEN).split()
    )
    assert "stands against observe; its rationale has to name IV-001 and say why" in refused(
        folder, "signoff", "--by", "P-001"
    )
    ok(folder, *judging, "IV-001 saw two changes of the test system, which are out of scope.", "--again")
    ok(folder, "signoff", "--by", "P-001")


def test_an_observation_makes_the_judgement_there_is_suspect(tmp_path: Path) -> None:
    folder = make(tmp_path / "e")
    ok(folder, "judge", "8.5.1.3-2", "conforms", "--because", SEEN, "--by", "P-002", "--on", "EV-001")
    said = ok(
        folder,
        *LOOK[:-1],
        "not_met",
        "--point",
        "8.5.1.3-2",
        "--saw",
        "Two changes had no risk entry at all.",
    )
    assert "J-001 on 8.5.1.3-2 is suspect now; judge again." in said


def test_records_shown_that_nobody_registered_are_told(tmp_path: Path) -> None:
    folder = make(tmp_path / "e")
    ok(folder, *LOOK, "--point", "8.5.1.3-1", "--saw", SAW, "--on", "EV-001")
    path = folder / "workpapers/interviews/IV-001.yaml"
    path.write_text(notes(folder).replace("EV-001", "EV-009"), encoding="utf-8")
    issues = [issue for issue in opened(folder).issues if issue.code == "unknown-evidence"]
    assert [issue.message for issue in issues] == ["IV-001 was shown EV-009, which is not registered."]
