"""Actions out and back by the commands: files of people keep their comments, and what may not be is refused."""

import json
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import openpyxl
import pytest
from click.testing import CliRunner
from small import engagement

from auditkit.base.errors import AuditkitError
from auditkit.cli.main import cli

FINDING = """\
finding:
  id: {id}
  points: ["8.5.1.3-1"]
  grade: minor
  statement: {{requirement: "Changes are approved.", failure: "Some were not.", objective_evidence: "Three changes."}}
  raised_at: "2026-10-08"
  raised_by: P-001
  state: {state}
"""
ANSWER = """\
answer: {correction: "Done.", cause: "Tool.", corrective_action: "Refuse it.", owner: Jan Otte, due: "2026-12-14", plan_accepted_at: "2026-10-14"}
"""
FIRST = """\
# Written by people: discussed on 12 October.
title: "Refuse changes without approval"
id: CA-001   # ours
finding: NC-001
owner: Jan Otte

# agreed with the board
due: "2026-12-14"
status: agreed
"""
SECOND = "id: CA-002\nfinding: NC-002\ntitle: Brief the teams\nowner: Somebody Else\nstatus: proposed\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small engagement with two findings, of which one has an accepted plan, and an action for each."""
    files = {
        "workpapers/findings/NC-001.yaml": FINDING.format(id="NC-001", state="plan_accepted") + ANSWER,
        "workpapers/findings/NC-002.yaml": FINDING.format(id="NC-002", state="raised"),
        "workpapers/actions/CA-001.yaml": FIRST,
        "workpapers/actions/CA-002.yaml": SECOND,
    }
    return engagement(tmp_path / "audit", files=files).root


class Said(NamedTuple):
    """What a command printed, or the message it ended with, and its exit code."""

    code: int
    output: str

    @property
    def words(self) -> str:
        """Return the output on one line."""
        return " ".join(self.output.split())


def say(folder: Path, *words: str) -> Said:
    """Run a command on the engagement."""
    done = CliRunner().invoke(cli, [*words, "-e", str(folder)], standalone_mode=False, terminal_width=80)
    if isinstance(done.exception, AuditkitError):
        return Said(done.exception.exit_code, str(done.exception))
    assert done.exception is None, done.exception
    return Said(done.return_value or 0, done.output)


def exported(folder: Path, name: str = "excel", *more: str) -> Path:
    path = folder.parent / f"{name}.{'xlsx' if name == 'excel' else 'csv'}"
    done = say(folder, "actions", "export", "--format", name, "--to", str(path), *more)
    assert done.code == 0, done.output
    return path


def typed(path: Path, **cells: object) -> Path:
    book = openpyxl.load_workbook(path)
    for cell, value in cells.items():
        book["Actions"][cell] = value
    book.save(path)
    return path


def text(folder: Path, name: str = "CA-001") -> str:
    return (folder / f"workpapers/actions/{name}.yaml").read_text(encoding="utf-8")


def test_an_untouched_register_changes_no_file_and_an_edited_one_only_its_values(folder: Path) -> None:
    path = exported(folder)
    done = say(folder, "actions", "import", str(path))
    assert (done.code, done.output) == (0, "0 changes; 0 files written.\n")
    typed(path, I2="Refuse them", M2=datetime(2026, 12, 31), N2=4)  # noqa: DTZ001
    before = path.read_bytes()
    dry = say(folder, "actions", "import", str(path), "--dry-run")
    assert "Actions!M2  CA-001 due: 2026-12-14 -> 2026-12-31" in dry.output
    assert dry.output.endswith("3 changes; nothing was written (dry run).\n")
    assert text(folder) == FIRST
    assert say(folder, "actions", "import", str(path)).output.endswith("3 changes; 1 file written.\n")
    expected = FIRST.replace('"Refuse changes without approval"', '"Refuse them"').replace("12-14", "12-31")
    assert text(folder) == expected + "effort_days: 4\n"
    assert text(folder, "CA-002") == SECOND
    assert say(folder, "actions", "import", str(path)).output == "0 changes; 0 files written.\n"
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"J2": "Nobody"}, "J2: CA-001: Nobody is not among the people of engagement.yaml."),
        ({"K3": "done"}, "The finding is raised. An action is implemented once its plan was accepted"),
        ({"K2": "closed"}, "A finding is closed after its action was verified effective; verify it first."),
        ({"K2": "verified"}, "auditkit finding verify NC-001"),
        ({"K2": "busy"}, "'busy' is not one of proposed, agreed, started, done, cancelled."),
        ({"M2": "2026-10-01", "L2": "2026-11-01"}, "M2: CA-001: It is due on 2026-10-01, before it starts on 2026-11-01."),
        ({"M2": "tomorrow"}, "'tomorrow' is no date. Write it as 2026-12-14."),
    ],
)  # fmt: skip
def test_what_may_not_be_is_refused_by_cell_and_nothing_is_written(
    folder: Path, cells: dict[str, str], said: str
) -> None:
    path = typed(exported(folder), **cells, O2="A good target")
    done = say(folder, "actions", "import", str(path))
    assert done.code == 3
    assert said in done.words
    assert "nothing was written; put the errors right first" in done.output
    assert (text(folder), text(folder, "CA-002")) == (FIRST, SECOND)


def test_an_action_is_done_where_its_plan_was_accepted_and_open_again_only_with_its_finding(
    folder: Path,
) -> None:
    assert say(folder, "actions", "import", str(typed(exported(folder), K2="done"))).code == 0
    assert text(folder) == FIRST.replace("agreed\n", "done\n")
    finding = folder / "workpapers/findings/NC-001.yaml"
    step = 'events:\n  - {step: implement, at: "2026-10-15", by: P-010, note: "Live."}\n'
    finding.write_text(finding.read_text(encoding="utf-8") + step, encoding="utf-8")
    (folder.parent / "excel.xlsx").unlink()
    done = say(folder, "actions", "import", str(typed(exported(folder), K2="started")))
    assert done.code == 3
    assert "auditkit finding reopen NC-001" in done.output


def test_a_conflict_is_refused_until_somebody_decides(folder: Path) -> None:
    path = typed(exported(folder), M2="2026-12-31")
    file = folder / "workpapers/actions/CA-001.yaml"
    file.write_text(FIRST.replace("2026-12-14", "2027-01-15"), encoding="utf-8")
    done = say(folder, "actions", "import", str(path))
    assert done.code == 3
    assert "the action meanwhile '2027-01-15'" in done.words
    assert say(folder, "actions", "import", str(path), "--take", "M2").code == 0
    assert text(folder) == FIRST.replace("2026-12-14", "2026-12-31")


def test_a_file_that_cannot_be_edited_in_place_is_refused_before_any_is_written(folder: Path) -> None:
    (folder / "workpapers/actions/CA-002.yaml").write_text(
        "{id: CA-002, finding: NC-002, title: Brief, owner: Jan Otte}\n", encoding="utf-8"
    )
    path = typed(exported(folder), I2="Changed", M3="2026-12-01")
    done = say(folder, "actions", "import", str(path))
    assert "Write each key on a line of its own" in done.output
    assert text(folder) == FIRST


def test_no_file_is_overwritten_and_an_unknown_tracker_lists_the_known(folder: Path) -> None:
    path = exported(folder)
    again = say(folder, "actions", "export", "--format", "excel", "--to", str(path))
    assert "exists already and was not touched" in again.output
    other = say(folder, "actions", "export", "--format", "trello", "--to", str(folder / "x.csv"))
    assert "Known are: azure, calendar, excel, github, gitlab, jira, servicenow" in other.output


def test_a_tracker_says_what_is_done_and_a_person_records_it(folder: Path) -> None:
    export = folder.parent / "back.csv"
    export.write_text(
        "Status,Resolved,Labels\nDone,20/Oct/26 9:15 AM,auditkit-small-CA-001\n", encoding="utf-8"
    )
    words = ("actions", "status", str(export), "--tracker", "jira")
    dry = say(folder, *words, "--dry-run")
    assert "row 2  CA-001 status: agreed -> done" in dry.output
    assert text(folder) == FIRST
    first = say(folder, *words)
    assert 'auditkit finding implement NC-001 --by P-010 --at 2026-10-20 --note "..."' in first.output
    assert text(folder) == FIRST.replace("agreed\n", "done\n")
    again = say(folder, *words)
    assert again.output.endswith("0 changes; 0 files written.\n")
    assert text(folder) == FIRST.replace("agreed\n", "done\n")


def test_a_tracker_cannot_do_what_the_life_of_the_finding_forbids(folder: Path) -> None:
    export = folder.parent / "back.csv"
    lines = "Status,Labels\nDone,auditkit-small-CA-002\nIn Progress,auditkit-small-CA-001\n"
    export.write_text(lines, encoding="utf-8")
    done = say(folder, "actions", "status", str(export), "--tracker", "jira")
    assert done.code == 3
    assert "back.csv, row 2: CA-002: It cannot be done yet: The finding is raised." in " ".join(
        done.output.split()
    )
    assert (text(folder), text(folder, "CA-002")) == (FIRST, SECOND)


def test_what_a_tracker_has_is_not_handed_out_again(folder: Path) -> None:
    export = folder.parent / "there.csv"
    export.write_text("Status,Labels\nTo Do,auditkit-small-CA-001\n", encoding="utf-8")
    text_ = exported(folder, "jira", "--known", str(export)).read_text(encoding="utf-8")
    assert "CA-002 Brief the teams" in text_
    assert "CA-001 Refuse" not in text_


def test_more_than_a_tool_takes_goes_to_further_files(folder: Path) -> None:
    shipped = Path(__file__).resolve().parents[2] / "checklists/trackers/azure.yaml"
    own = folder / "checklists/trackers/azure.yaml"
    own.parent.mkdir(parents=True)
    own.write_text(shipped.read_text(encoding="utf-8").replace("1000\n", "1\n", 1), encoding="utf-8")
    path = folder.parent / "azure.csv"
    done = say(folder, "actions", "export", "--format", "azure", "--to", str(path), "--json")
    assert json.loads(done.output)["files"] == [str(path), str(path.with_name("azure-2.csv"))]


def test_json_tells_changes_issues_and_files(folder: Path) -> None:
    path = typed(exported(folder), M2="2026-12-31")
    told = json.loads(say(folder, "actions", "import", str(path), "--json").output)
    change = {
        "where": "Actions!M2",
        "action": "CA-001",
        "field": "due",
        "old": "2026-12-14",
        "new": "2026-12-31",
    }
    assert told["changes"] == [change]
    assert told["written"] == ["workpapers/actions/CA-001.yaml"]
