"""A finding from a candidate to the close, its effect proven by a run on new records; every forbidden step refused."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from finding_engagement import TEST, candidate, make, opened, period, records, run, say

from auditkit.base.errors import UsageFault
from auditkit.cli.main import cli

ANSWER = (
    "answer", "NC-001", "--by", "P-010", "--at", "2026-10-20", "--correction", "The changes were assessed.", "--cause", "The tool allowed it.",
    "--action", "The tool refuses it.", "--owner", "Jan Otte", "--due", "2026-11-30",
)  # fmt: skip
ACCEPT = ("accept", "NC-001", "--by", "P-002", "--at", "2026-10-22")
DO = (
    "implement",
    "NC-001",
    "--by",
    "P-010",
    "--at",
    "2026-11-02",
    "--note",
    "Workflow 4.1 is live.",
    "--on",
    "EV-002",
)
VERIFY = (
    "verify",
    "NC-001",
    "--effective",
    "--by",
    "P-001",
    "--at",
    "2027-01-15",
    "--on",
    "EV-001",
    "--note",
    "None of 40.",
)
CLOSE = ("close", "NC-001", "--by", "P-001", "--at", "2027-01-16")


def ok(folder: Path, *words: str) -> str:
    done = say(folder, *words)
    assert done.exit_code == 0, done.exception
    return done.output


def refused(folder: Path, *words: str) -> str:
    before = {path: path.read_bytes() for path in (folder / "workpapers").rglob("*") if path.is_file()}
    done = say(folder, *words)
    assert isinstance(done.exception, UsageFault), done.output
    assert before == {
        path: path.read_bytes() for path in (folder / "workpapers").rglob("*") if path.is_file()
    }
    return str(done.exception)


def state(folder: Path) -> str:
    return opened(folder).raised.lives["NC-001"].state


def test_a_major_is_closed_after_new_records_prove_the_effect(tmp_path: Path) -> None:
    folder = make(tmp_path / "e", late=20)
    seen = candidate(folder)
    assert (seen.exceptions, seen.examined) == (20, 40)
    assert (
        ok(folder, "raise", seen.id, "--by", "P-002", "--grade", "major")
        == "NC-001 raised: NC-001.yaml in workpapers/findings.\n"
    )
    (found,) = [one for one in run(folder).findings if one.id == "NC-001"]
    assert (found.grade, found.exceptions, found.state) == ("major", 20, "raised")
    assert all(one.id != seen.id for one in run(folder).findings)

    assert "verify it first" in refused(folder, *CLOSE)
    ok(folder, *ANSWER)
    ok(folder, *ACCEPT)
    ok(folder, *DO)
    assert "Verify it from 2026-12-02 on" in refused(folder, *VERIFY[:5], "--at", "2026-11-20", *VERIFY[7:])
    assert "Jan Otte is not of the audit team" in refused(
        folder, *(one if one != "P-001" else "P-010" for one in VERIFY)
    )
    said = refused(folder, *VERIFY)
    assert "still sees 20 of 40" in said
    assert "Put in the records from after the action" in said

    period(folder, "2026-11-01", "2027-01-10", "2027-01-16")
    records(folder, "2026", "11", late=0, changes=20)
    assert "Export records until 2026-12-02 or later" in refused(folder, *VERIFY)
    records(folder, "2026", "12", late=0)
    assert ok(folder, *VERIFY) == "NC-001 is verified effective.\n"
    assert "owns the action" not in ok(folder, *CLOSE)
    assert state(folder) == "closed"

    (found,) = [one for one in run(folder).findings if one.id == "NC-001"]
    assert [one.step for one in found.history] == ["answer", "accept_plan", "implement", "verify", "close"]
    gate = next(one for one in run(folder).gates if one.id == "nonconformities")
    assert not any("NC-001" in one.what for one in gate.blockers)


def test_records_that_are_gone_prove_nothing(tmp_path: Path) -> None:
    folder = make(tmp_path / "e")
    ok(folder, "raise", candidate(folder).id, "--by", "P-002")
    for step in (ANSWER, ACCEPT, DO):
        ok(folder, *step)
    (folder / "evidence/changes.csv").write_text("id,type,status\n", encoding="utf-8")
    assert "does not show the effect" in refused(folder, *VERIFY)


def test_what_a_closed_finding_confirmed_stands_again_as_a_repeat(tmp_path: Path) -> None:
    folder = make(tmp_path / "e")
    first = candidate(folder).id
    ok(folder, "raise", first, "--by", "P-002", "--grade", "minor")
    for step in (ANSWER, ACCEPT, DO):
        ok(folder, *step)
    period(folder, "2026-11-01", "2027-01-10", "2027-01-16")
    records(folder, "2026", "12", late=0)
    ok(folder, *VERIFY)
    ok(folder, *CLOSE)
    records(folder, "2026", "12", late=2)
    again = candidate(folder)
    assert (again.id, again.repeat_of, again.grade) == (first, "NC-001", "major")


def test_what_was_closed_last_year_and_is_seen_again_is_a_repeat(tmp_path: Path) -> None:
    last, folder = make(tmp_path / "last"), make(tmp_path / "now")
    ok(last, "raise", candidate(last).id, "--by", "P-002", "--grade", "minor")
    ok(last, *ANSWER)
    carried = CliRunner().invoke(cli, ["catalog", "migrate", str(last), "-e", str(folder)])
    assert "1 carried over by iso-iec-20000-1-2018--itself: 1 resolved" in carried.output
    assert candidate(folder).repeat_of is None  # it was not closed
    for step in (ACCEPT, DO):
        ok(last, *step)
    period(last, "2026-11-01", "2027-01-10", "2027-01-16")
    records(last, "2026", "12", late=0)
    for step in (VERIFY, CLOSE):
        ok(last, *step)
    CliRunner().invoke(cli, ["catalog", "migrate", str(last), "-e", str(folder)])
    again = candidate(folder)
    assert (again.repeat_of, again.grade) == ("NC-001 of small", "major")


def test_a_merged_finding_lives_on_in_the_other(tmp_path: Path) -> None:
    folder = make(tmp_path / "e")
    ok(folder, "raise", candidate(folder).id, "--by", "P-002")
    statement = ("--requirement", "Decided on before.", "--failure", "It was not.", "--shown-by", "CHG1.")
    ok(folder, "raise", "--by", "P-002", "--point", "8.5.1.3-2", "--grade", "minor", *statement)
    ok(folder, "merge", "NC-001", "--into", "NC-002", "--by", "P-001", "--note", "One cause.")
    found = [one for one in run(folder).findings if one.procedure == TEST]
    assert [(one.id, one.takes_in, one.points, one.exceptions) for one in found] == [
        ("NC-002", ("NC-001",), ("8.5.1.3-2", "8.5.1.3-1"), 3)
    ]


def test_a_history_that_lost_a_step_is_reported_and_so_is_a_step_that_was_forged(tmp_path: Path) -> None:
    folder = make(tmp_path / "e")
    ok(folder, "raise", candidate(folder).id, "--by", "P-002")
    ok(folder, *ANSWER)
    ok(folder, *ACCEPT)
    path = folder / "workpapers/findings/NC-001.yaml"
    whole = path.read_text(encoding="utf-8")
    path.write_text(whole.replace("The tool allowed it.", "Nobody knew."), encoding="utf-8")
    assert [one.code for one in opened(folder).issues if one.code.startswith("finding")] == [
        "finding-history-changed"
    ]
    path.write_text(whole + "  - {step: close, at: 2026-10-30, by: P-001}\n", encoding="utf-8")
    (issue,) = [one for one in opened(folder).issues if one.code.startswith("finding")]
    assert (issue.code, state(folder)) == ("finding-step-refused", "plan_accepted")
    assert "verify it first" in issue.message
    path.unlink()
    assert "the file is gone" in next(
        one.message for one in opened(folder).issues if one.code == "finding-history-changed"
    )


def test_comments_and_what_others_wrote_stay_as_they_are(tmp_path: Path) -> None:
    folder = make(tmp_path / "e")
    ok(folder, "raise", candidate(folder).id, "--by", "P-002")
    path = folder / "workpapers/findings/NC-001.yaml"
    mine = path.read_text(encoding="utf-8") + "# to be discussed on Monday\n"
    path.write_text(mine, encoding="utf-8")
    ok(folder, *ANSWER)
    assert path.read_text(encoding="utf-8").startswith(mine)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("close", "NC-404", "--by", "P-001"), "there is no such finding. Raised are: NC-001"),
        ((*ANSWER[:3], "P-777", *ANSWER[4:]), "P-777 is not among the people"),
        (("raise", "--by", "P-010", "--point", "8.5.1.3-2", "--grade", "minor"), "auditors raise findings"),
        (("raise", "--by", "P-002", "--point", "8.5.1.3-2"), "needs points, a grade and a statement"),
        (("raise", "C-00000000", "--by", "P-002"), "no such undecided candidate"),
        (("raise", "--by", "P-002", "--on", "EV-404", "--point", "8.5.1.3-2", "--grade", "minor", "--requirement", "Decided.",
          "--failure", "Not.", "--shown-by", "CHG1"), "EV-404 is not in the evidence register"),
    ],
)  # fmt: skip
def test_what_leads_nowhere_is_refused(tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    folder = make(tmp_path / "e")
    ok(folder, "raise", candidate(folder).id, "--by", "P-002")
    assert said in refused(folder, *words)


def test_list_and_show_say_where_a_finding_stands_and_what_may_follow(tmp_path: Path) -> None:
    folder = make(tmp_path / "e")
    ok(folder, "raise", candidate(folder).id, "--by", "P-002")
    ok(folder, *ANSWER)
    (row,) = json.loads(ok(folder, "list", "--json"))
    assert (row["id"], row["state"], row["owner"], row["due"]) == (
        "NC-001",
        "answered",
        "Jan Otte",
        "2026-11-30",
    )
    assert "accept_plan" in row["next"]
    shown = ok(folder, "show", "NC-001")
    assert "2026-10-20  P-010  answer" in shown
    assert max(len(line) for line in shown.splitlines()) <= 80
    assert "would be plan accepted; nothing was written" in ok(folder, *ACCEPT, "--dry-run")
    assert state(folder) == "answered"
