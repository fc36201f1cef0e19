"""``auditkit plan`` on a small engagement: order, smallest set, schedule, and what is refused."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from small import engagement, ran

from auditkit.cli.main import cli

REGISTER = """\
# Written by people.
items:
  - {id: EV-001, title: Changes, file: changes.csv, kind: record_export, dataset: change}
"""
CHANGES = """\
id,type,status,approved_at,actual_start,actual_end,closed_at,opened_at,outcome
CHG1,normal,closed,2026-09-20 08:00,2026-09-20 09:00,2026-09-20 10:00,2026-09-20 12:00,2026-09-20 07:00,successful
CHG2,normal,closed,2026-09-21 14:00,2026-09-21 09:00,2026-09-21 10:00,2026-09-21 12:00,2026-09-21 07:00,successful
"""
MAJOR = """\
# Written by people.
finding: {id: NC-001, points: ["8.5.1.3-1"], grade: major, raised_by: P-001, raised_at: 2026-10-08, state: answered,
  statement: {requirement: Changes are approved first., failure: One was not., objective_evidence: CHG2.},
  confirms: [C-6a70d341]}
answer: {correction: It was looked at again., cause: The tool allowed it., corrective_action: The tool refuses it.,
  owner: P-010, due: 2026-11-30}
"""
ACTION = """\
# Written by people.
id: CA-001
finding: NC-001
title: Refuse it in the tool
owner: P-010
effort_days: {low: 1, likely: 3, high: 4}
status: started
started_at: 2026-10-12
"""
OTHER = """\
# Written by people.
id: CA-002
finding: NC-001
title: Look at every change by hand
owner: P-010
effort_days: 1
alternative_to: CA-001
"""
FILES = {
    "evidence/register.yaml": REGISTER,
    "evidence/changes.csv": CHANGES,
    "workpapers/findings/NC-001.yaml": MAJOR,
    "workpapers/actions/CA-001.yaml": ACTION,
    "workpapers/actions/CA-002.yaml": OTHER,
}
MINE = """\
# Written by people.
id: mine
title: Short work first
about: a
source: s
inputs:
  - {name: work, of: effort_days, range: [0.5, 40], about: a}
order: [{input: work, weight: -1}]
"""
PLANNING = "priority: mine\nplanning: {owner: P-010, capacity: {P-010: 1, auditors: 1}}"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The engagement with a scheme of its own; the commands write nothing into it but the cache."""
    files = {**FILES, "checklists/priority/mine.yaml": MINE}
    return engagement(tmp_path_factory.mktemp("plan") / "audit", more=PLANNING, files=files).root


def say(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(cli, ["plan", *words, "-e", str(folder)])


def flat(folder: Path, *words: str) -> str:
    done = say(folder, *words)
    assert done.exit_code == 0, done.output + str(done.exception)
    assert max(map(len, done.output.splitlines())) <= 80
    return " ".join(done.output.split())


def test_the_plan_has_its_owner_its_order_and_the_arithmetic(folder: Path) -> None:
    text = flat(folder, "show")
    assert "Owner: Jan Otte." in text
    assert "In order of: Short work first (mine)." in text
    assert text.index("1 CA-002 Look at every change by hand") < text.index("2 CA-001 Refuse it in the tool")
    assert "priority: -1 x work 3 = -3" in text
    assert not (folder / "reports").exists()


def test_projects_stand_apart_from_items_of_process_owners(folder: Path) -> None:
    lines = say(folder, "show").output.splitlines()
    at = lines.index("Projects")
    assert lines[at + 1] == "  none"
    assert lines[lines.index("Items of process owners") + 1].startswith("   1 CA-002")


def test_another_scheme_can_be_tried_and_says_what_it_assumes(folder: Path) -> None:
    text = flat(folder, "show", "--scheme", "wsjf")
    assert "In order of: Weighted shortest job first (wsjf)." in text
    assert "assumed: business value, time criticality, risk reduction not known" in text
    done = say(folder, "show", "--scheme", "theirs")
    assert "There is no priority scheme theirs. Name one of bia-weighted," in str(done.exception)


def test_a_start_without_a_baseline_is_refused_and_said(folder: Path) -> None:
    data = json.loads(say(folder, "show", "--json").output)
    assert {one["id"]: one["status"] for one in data["items"] if one["id"] == "CA-001"} == {
        "CA-001": "agreed"
    }


def test_the_smallest_set_for_one_gate_names_what_nothing_clears(folder: Path) -> None:
    text = flat(folder, "smallest", "--gate", "nonconformities")
    assert "The smallest set by effort that opens Nonconformities: " in text
    assert "proven smallest by HiGHS" in text
    assert "CA-002: Look at every change by hand" in text
    assert "Not needed to open these gates: CA-001." in text
    assert "The set holds as long as the auditors find no more than what is known" in text
    every = flat(folder, "smallest")
    assert every.startswith("No set in the plan opens Documentation, Operation, Governance,")
    assert "- documentation: document:" in every


def test_json_of_the_set_has_its_schedule(folder: Path) -> None:
    data = json.loads(say(folder, "smallest", "--by", "date", "--gate", "nonconformities", "--json").output)
    assert data["proven"] is True
    assert "CA-002" in data["tasks"]
    assert {one["task"] for one in data["schedule"]["tasks"]} == set(data["tasks"])


def test_the_schedule_has_milestones_work_and_what_was_left_out(folder: Path) -> None:
    text = flat(folder, "schedule")
    assert "Jan Otte: 1 day at 1 a day" in text
    assert "Left out for an alternative: CA-001" in text
    assert "Ready for stage 1: no day; nothing here clears" in text
    assert "Note: No calendar is named under planning" in text
    assert "CA-002: Look at every change by hand" in flat(folder, "schedule", "--smallest")


def test_what_moves_the_order(folder: Path) -> None:
    assert "It has no weights, so none can move the order." in flat(folder, "sensitivity")
    text = flat(folder, "sensitivity", "--scheme", "impact-effort")
    assert "grade 0.6 -> 0.48: no place changes" in text
    assert "2 items on confirmed findings. The first 2 stay the same" in text


def test_a_gate_that_is_none_is_refused(folder: Path) -> None:
    done = say(folder, "smallest", "--gate", "garden")
    assert "There is no gate garden. Name one of documentation," in str(done.exception)


def test_the_plan_stands_in_assessment_json_and_the_issues_with_their_place(tmp_path: Path) -> None:
    run = ran(engagement(tmp_path, files=FILES)).run
    assert run.plan_work is not None
    assert run.plan_work.scheme == "blocker-first"
    (issue,) = [one for one in run.issues if one.code == "action-without-baseline"]
    assert str(issue.place) == "workpapers/actions/CA-001.yaml:1"
    assert [one.priority for one in run.plan if one.id.startswith("CA-")] == [1, 2]


@pytest.mark.parametrize(
    ("more", "files", "says"),
    [
        ("priority: theirs", {}, "There is no priority scheme theirs; blocker-first is used."),
        ("planning: {calendar: theirs}", {}, "The calendar theirs of planning is not declared"),
        ("planning: {capacity: {Nobody: 1}}", {}, "A capacity is stated for Nobody"),
        (
            "priority: mine",
            {"checklists/priority/mine.yaml": MINE.replace("weight: -1", "weight: 0")},
            "The scheme cannot be used: the input work has the weight 0",
        ),
    ],
)
def test_what_cannot_be_used_is_replaced_and_said(
    tmp_path: Path, more: str, files: dict[str, str], says: str
) -> None:
    run = ran(engagement(tmp_path, more=more, files={**FILES, **files})).run
    assert any(says in one.message for one in run.issues)
    assert run.plan_work is not None
    assert run.plan_work.scheme == "blocker-first"


def test_planning_rules_that_are_not_there_stop_the_run(tmp_path: Path) -> None:
    folder = engagement(tmp_path, more="planning: {rules: theirs}", files=FILES).root
    done = CliRunner().invoke(cli, ["plan", "show", "-e", str(folder)])
    assert "there are no planning rules theirs" in str(done.exception)


def test_two_actions_of_one_finding_are_two_items_and_the_first_of_one_id_counts(tmp_path: Path) -> None:
    twice = {**FILES, "workpapers/actions/CA-003.yaml": OTHER.replace("by hand", "twice")}
    run = ran(engagement(tmp_path, files=twice)).run
    assert [one.title for one in run.plan if one.id == "CA-002"] == ["Look at every change by hand"]
    assert any("CA-002 stands twice" in one.message for one in run.issues)
