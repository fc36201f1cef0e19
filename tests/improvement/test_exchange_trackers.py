"""Each tool gets the file its importer takes: golden files, limits, guards, and descriptions that are refused."""

import csv
import io
import json
from pathlib import Path

import pytest
from exchange_sample import AS_OF, FIRST, items, shipped
from hypothesis import given
from hypothesis import strategies as st

from auditkit.improvement.exchange.calendar import calendar_text
from auditkit.improvement.exchange.cells import fill_rows, shown
from auditkit.improvement.exchange.items import key_of
from auditkit.improvement.exchange.load import load_trackers, placeholders
from auditkit.improvement.exchange.model import Tracker
from auditkit.improvement.exchange.texts import csv_text, json_lines

GOLDEN = Path(__file__).parent / "golden"
ENDINGS = {"csv": "csv", "jsonl": "jsonl", "ics": "ics"}
TEXTS = {name: one for name, one in shipped().items() if one.format in ENDINGS}


def written(tracker: Tracker, title: str = FIRST.title, *, everything: bool = True) -> str:
    first = FIRST.model_copy(update={"title": title})
    rows, issues = fill_rows(tracker, items(first, everything=everything))
    assert not [one for one in issues if one.severity == "error"], issues
    if tracker.format == "ics":
        return calendar_text(tracker, rows, "Plan", AS_OF)
    return csv_text(tracker, rows) if tracker.format == "csv" else json_lines(tracker, rows)


def test_the_shipped_trackers_are_those_the_documents_speak_of() -> None:
    assert list(shipped()) == ["azure", "calendar", "excel", "github", "gitlab", "jira", "servicenow"]


@pytest.mark.parametrize("name", TEXTS)
def test_a_file_is_what_its_golden_file_says(name: str) -> None:
    path = GOLDEN / f"{name}.{ENDINGS[TEXTS[name].format]}"
    assert written(TEXTS[name]).encode() == path.read_bytes()


@pytest.mark.parametrize(
    ("name", "headers"),
    [
        ("jira", "Summary,Issue Type,Description,Priority,Due Date,Assignee,Labels,Labels,External issue ID"),
        ("azure", "Work Item Type,Title,Assigned To,Priority,Tags,Description"),
        ("gitlab", "title,description,due_date"),
        ("servicenow", "correlation_id,short_description,description,business_justification,priority,assigned_to,planned_start,planned_end"),
    ],
)  # fmt: skip
def test_the_columns_are_those_the_importer_wants(name: str, headers: str) -> None:
    assert written(TEXTS[name]).partition("\r\n")[0] == headers


CSV = [name for name, one in TEXTS.items() if one.format == "csv"]


@pytest.mark.parametrize("name", CSV)
@given(title=st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(shown))
def test_any_text_keeps_the_table_a_table_and_is_no_formula(name: str, title: str) -> None:
    tracker = TEXTS[name]
    rows = list(csv.reader(io.StringIO(written(tracker, title), newline=""), strict=True))
    assert {len(row) for row in rows} == {len(tracker.columns)}
    assert len(rows) == 3
    for row in rows:
        for cell in row:
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))


def test_a_cell_that_begins_like_a_formula_is_guarded() -> None:
    plain = TEXTS["jira"]
    bare = plain.model_copy(update={"columns": (plain.columns[0].model_copy(update={"text": "{title}"}),)})
    assert written(bare, "=1+1", everything=False) == "Summary\r\n'=1+1\r\n"


def test_a_line_of_ours_is_no_command_to_gitlab() -> None:
    text = written(TEXTS["gitlab"])
    assert "\n\\/close is no command here" in text
    commands = [line for line in text.splitlines() if line.startswith("/")]
    assert all(line.startswith("/label ") for line in commands)
    assert commands


def test_html_is_escaped() -> None:
    assert "<p>Finding NC-001 (major): Some were not, ü &amp; &lt;b&gt;.</p>" in written(TEXTS["azure"])


def test_what_is_too_long_is_cut_and_said_so() -> None:
    first = FIRST.model_copy(update={"title": "word " * 100})
    rows, issues = fill_rows(TEXTS["servicenow"], items(first))
    assert len(rows[0].cells[1]) <= 160
    assert rows[0].cells[1].endswith("…")
    assert [(one.code, one.severity) for one in issues] == [("tracker-text-cut", "note")]
    assert "160 characters" in issues[0].message


def test_a_field_the_tool_asks_for_and_a_value_without_a_word_are_errors() -> None:
    jira = TEXTS["jira"]
    columns = (*jira.columns[:1], jira.columns[5].model_copy(update={"required": True}), jira.columns[3])
    short = jira.model_copy(update={"columns": columns, "values": {"priority": {"minor": "Low"}}})
    _, issues = fill_rows(short, items(FIRST))
    assert [one.code for one in issues] == ["tracker-field-missing", "tracker-value"]
    assert "CA-001, Assignee" in issues[0].message
    assert "'major'" in issues[1].message


def test_done_actions_are_not_made_anew_in_a_tracker_but_stay_in_a_calendar() -> None:
    rows, _ = fill_rows(TEXTS["jira"], items())
    assert [one.item.id for one in rows] == ["CA-001"]
    rows, _ = fill_rows(TEXTS["calendar"], items())
    assert [one.item.id for one in rows] == ["CA-001", "CA-002"]


def test_persons_get_the_accounts_that_a_tracker_maps() -> None:
    jira = TEXTS["jira"].model_copy(update={"people": {"Jan Otte": "jan@example.org"}})
    assert ",jan@example.org," in written(jira)


def test_json_lines_hold_the_mark_and_lists() -> None:
    first = json.loads(written(TEXTS["github"]).splitlines()[0])
    assert first["labels"] == ["auditkit-small-2026-CA-001", "improvement", "grade: major"]
    assert first["body"].startswith("<!-- auditkit-small-2026-CA-001 -->\n")


def test_a_key_is_one_word_and_stays() -> None:
    assert key_of("Small 2026", "O-20000-2:8.5/1") == "auditkit-small-2026-O-20000-2-8.5-1"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("id: jira", "id: other", "not the name of the file"),
        ('text: "{id} {title}"', 'text: "{titel}"', "no field titel"),
        ("map: priority", "map: urgency", "no table urgency"),
        ("required: true, one_line", "edits: title, one_line", "only columns of a workbook"),
        ("format: csv", "format: ics", "takes SUMMARY"),
        ("format: csv", "format: jsonl", "Labels stands twice"),
        ("format: csv", "format: pdf", "format: Input should be"),
    ],
)
def test_a_description_that_cannot_be_used_is_refused(tmp_path: Path, old: str, new: str, said: str) -> None:
    text = (Path(__file__).resolve().parents[2] / "checklists/trackers/jira.yaml").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "jira.yaml").write_text(text.replace(old, new, 1), encoding="utf-8")
    found, issues = load_trackers((tmp_path,))
    assert found == {}
    assert any(said in one.message for one in issues), issues


def test_a_tracker_of_the_engagement_takes_the_place_of_the_shipped_one(tmp_path: Path) -> None:
    shipped_folder = Path(__file__).resolve().parents[2] / "checklists/trackers"
    text = (shipped_folder / "jira.yaml").read_text(encoding="utf-8")
    (tmp_path / "jira.yaml").write_text(text.replace("title: Jira\n", "title: Our Jira\n"), encoding="utf-8")
    found, _ = load_trackers((tmp_path, shipped_folder))
    assert found["jira"].title == "Our Jira"
    assert "azure" in found


def test_every_field_of_a_shipped_text_is_filled_by_something() -> None:
    filled = {name for one in items(everything=True) for name, value in one.fields.items() if value}
    named = {
        name for one in shipped().values() for column in one.columns for name in placeholders(column.text)
    }
    assert named - filled == {"account", "started_at"}
