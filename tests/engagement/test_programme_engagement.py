"""The programme of an engagement folder: loaded, refused aloud, covered by the run, printed at 80 columns."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from small import engagement, ran

from auditkit.base.errors import AuditkitError, InputsUnreadable, UsageFault
from auditkit.cli.main import cli
from auditkit.engagement.layout import Layout
from auditkit.engagement.open import OpenEngagement, open_engagement
from auditkit.engagement.programme import calendar, cover, days, plan_issues, requests_by_clause
from auditkit.reporting.jsonout import assessment
from auditkit.reporting.view import build_view

PROGRAMME = """\
# Written by people.
title: Programme
managed_by: P-010
objectives: [See all.]
cycle_start: 2025-01-01
areas:
  - {process: change-management, risk: high, because: Changes break services.}
  - {site: Kiel, risk: low, because: There is only one site.}
audits:
  - {id: AU-001, title: Own, state: done, engagement: small, period: {start: 2026-10-05, end: 2026-10-06}, clauses: ["5", "8.5.1"], sites: [Kiel], lead: P-001}
effort: {persons: 16, central_site: Kiel}
"""
PLAN = """\
# Written by people.
prepared_by: P-001
prepared_at: 2026-09-01
audit: AU-001
days: {start: 2026-10-05, end: 2026-10-06}
hours: {start: 08:00, end: 18:00}
language: German
clauses: ["5", "8.5.1"]
team: [{person: P-001, role: lead}]
sessions:
  - {id: S-01, at: 2026-10-05, start: 09:00, end: 12:00, what: Change, site: Kiel, processes: [change-management], auditors: [P-001], auditees: [P-010]}
  - {id: S-02, at: 2026-10-06, start: 09:00, end: 10:00, what: Leadership, site: Kiel, clauses: ["5"], auditors: [P-001]}
"""
MORE = "visits: [{at: 2026-10-05, place: Kiel, what: w}, {at: 2026-10-06, place: Kiel, what: w}]"
JUDGED = """\
# Written by people.
judgements:
  - {id: J-001, point: 8.5.1.1-1a, verdict: conforms, rationale: It was seen and explained., by: P-001, at: 2026-10-06}
"""
REGISTER = """\
items:
  - {id: EV-001, title: Change management policy, file: documents/policy.md, kind: document, document_type: change_management_policy}
"""


def folder(path: Path, programme: str = PROGRAMME, plan: str = PLAN, **files: str) -> Layout:
    written = {"workpapers/programme.yaml": programme, "workpapers/audit-plan.yaml": plan}
    given = {name: text for name, text in (written | files).items() if text}
    layout = engagement(path, more=MORE, files=given)
    text = layout.engagement.read_text(encoding="utf-8")
    text = text.replace(
        "side: auditor}", "side: auditor, competence: [iso-iec-20000-1-2018], languages: [German]}"
    )
    layout.engagement.write_text(text, encoding="utf-8")
    return layout


def test_a_programme_and_plan_without_fault_are_silent(opened: OpenEngagement) -> None:
    assert plan_issues(opened) == ()


@pytest.mark.parametrize("name", ["programme", "plan"])
def test_a_file_that_cannot_be_read_stops_with_its_line(name: str, tmp_path: Path) -> None:
    broken = {"programme": PROGRAMME, "plan": PLAN}[name].replace("2026-10-06}", "2026-13-06}", 1)
    layout = folder(tmp_path, **{name: broken})
    with pytest.raises(InputsUnreadable, match=r"workpapers/(programme|audit-plan)\.yaml:\d+"):
        open_engagement(layout)


def test_without_the_files_each_command_says_which_one_is_missing(tmp_path: Path) -> None:
    opened = open_engagement(folder(tmp_path, programme="", plan=""))
    for call, file in (
        (cover, "programme.yaml"),
        (days, "programme.yaml"),
        (calendar, "audit-plan.yaml"),
        (plan_issues, "neither"),
    ):
        with pytest.raises(UsageFault, match=file):
            call(opened)


def test_days_need_what_the_estimate_goes_by(tmp_path: Path) -> None:
    opened = open_engagement(
        folder(tmp_path, PROGRAMME.replace("effort: {persons: 16, central_site: Kiel}\n", ""))
    )
    with pytest.raises(UsageFault, match="goes by effort"):
        days(opened)
    other = open_engagement(
        folder(tmp_path / "b", PROGRAMME.replace("central_site: Kiel", "central_site: Bonn"))
    )
    with pytest.raises(UsageFault, match="central site Bonn"):
        days(other)


def test_coverage_comes_from_what_the_run_examined(tmp_path: Path) -> None:
    layout = folder(tmp_path, **{"workpapers/judgements/j.yaml": JUDGED})
    outcome = ran(layout)
    rows = {row.id: row for row in outcome.run.coverage}
    change = rows["8.5.1.1"]
    assert (change.points, change.examined, change.confirmed) == (3, 0, 0)  # not bound, so it does not decide
    assert (change.marks, change.last) == ({"AU-001": "planned"}, None)
    assert rows["Kiel"].marks == {"AU-001": "done"}
    found = cover(open_engagement(layout))
    assert found.rows == outcome.run.coverage
    data = assessment(outcome.run, build_view(outcome.run))
    assert [row["id"] for row in data["programme"]["coverage"]] == [row.id for row in found.rows]
    assert data["audit_plan"]["sessions"][0]["id"] == "S-01"


def test_a_run_without_a_programme_says_nothing_of_it(tmp_path: Path) -> None:
    outcome = ran(folder(tmp_path, programme="", plan=""))
    assert outcome.run.coverage == ()
    assert not {"programme", "audit_plan"} & set(assessment(outcome.run, build_view(outcome.run)))


def test_the_plan_and_the_programme_are_part_of_the_trace(tmp_path: Path) -> None:
    first = ran(folder(tmp_path / "a")).run.trace.run_id
    second = ran(folder(tmp_path / "a", PROGRAMME.replace("risk: high", "risk: low"))).run.trace.run_id
    third = ran(folder(tmp_path / "a", plan=PLAN.replace("end: 12:00", "end: 11:00"))).run.trace.run_id
    assert len({first, second, third}) == 3


def test_notes_say_what_does_not_count(tmp_path: Path) -> None:
    other = PROGRAMME.replace("engagement: small", "engagement: other").replace(
        "state: done", "state: planned"
    )
    notes = " ".join(cover(open_engagement(folder(tmp_path, other)), run=False).notes)
    assert "names this engagement (small)" in notes
    assert "not called done: AU-001" in notes
    late = PROGRAMME.replace("cycle_start: 2025-01-01", "cycle_start: 2021-01-01")
    assert "outside the cycle" in " ".join(
        cover(open_engagement(folder(tmp_path / "b", late)), run=False).notes
    )


def test_requests_stand_by_stage_with_what_is_received_and_when_it_is_needed(tmp_path: Path) -> None:
    layout = folder(
        tmp_path, **{"evidence/register.yaml": REGISTER, "evidence/documents/policy.md": "# Policy\n"}
    )
    rows = requests_by_clause(open_engagement(layout))
    assert [row["stage"] for row in rows] == sorted(row["stage"] for row in rows)
    by_id = {row["id"]: row for row in rows}
    policy = by_id["change_management_policy"]
    assert (policy["stage"], policy["received"]) == (1, ["EV-001"])
    assert (policy["needed_at"], policy["session"]) == ("2026-10-05", "S-01")
    assert (by_id["change"]["stage"], by_id["change"]["received"]) == (2, [])
    assert by_id["scope_statement"]["needed_at"] is None


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> OpenEngagement:
    """An engagement with programme and plan that tests only read."""
    return open_engagement(folder(tmp_path_factory.mktemp("programme")))


@pytest.fixture
def once(opened: OpenEngagement, monkeypatch: pytest.MonkeyPatch) -> Layout:
    """The same engagement for commands, which do not open it anew."""
    monkeypatch.setattr("auditkit.cli.programme.open_folder", lambda folder: opened)
    return opened.layout


def auditkit(layout: Layout, *words: str) -> Result:
    """Run a command in this process; its exit code is what ``main`` would end with."""
    result = CliRunner().invoke(
        cli, ["programme", *words, "-e", str(layout.root)], standalone_mode=False, terminal_width=80
    )
    if isinstance(result.exception, AuditkitError):
        result.exit_code = result.exception.exit_code
    elif result.exception is None:
        result.exit_code = result.return_value or 0
    return result


def test_every_command_prints_lines_that_fit_and_json_that_is_json(once: Layout) -> None:
    layout = once
    before = sorted(path for path in layout.root.rglob("*") if ".auditkit-cache" not in path.parts)
    for words in (
        ["show"],
        ["coverage"],
        ["coverage", "--by", "process", "--open"],
        ["days"],
        ["plan"],
        ["requests"],
        ["check"],
    ):
        done = auditkit(layout, *words)
        assert (done.exit_code, done.stderr) == (0, ""), words
        assert done.stdout
        assert [line for line in done.stdout.splitlines() if len(line) > 80] == [], words
        json.loads(auditkit(layout, *words, "--json").stdout)
    assert sorted(path for path in layout.root.rglob("*") if ".auditkit-cache" not in path.parts) == before


def test_open_leaves_out_what_is_covered(once: Layout) -> None:
    rows = json.loads(auditkit(once, "coverage", "--by", "site", "--no-run", "--json").stdout)["rows"]
    assert [row["id"] for row in rows] == ["Kiel"]
    shown = auditkit(once, "coverage", "--by", "site", "--open").stdout
    assert "Kiel  " not in shown
    assert "1 site: 0 overdue, 0 never, 0 due, 0 planned, 1 covered." in shown


def test_check_ends_with_3_when_something_is_wrong(tmp_path: Path) -> None:
    done = auditkit(folder(tmp_path, plan=PLAN.replace("auditees: [P-010]", "auditees: [P-001]")), "check")
    assert done.exit_code == 3
    assert "workpapers/audit-plan.yaml:11:5: In S-01 P-001 is auditor and auditee" in done.stdout


def test_a_calendar_is_written_for_a_person_and_never_over_another_file(once: Layout, tmp_path: Path) -> None:
    layout = once
    target = tmp_path / "plan.ics"
    done = auditkit(layout, "calendar", "--to", str(target), "--person", "P-010")
    assert (done.exit_code, done.stdout) == (0, "1 session in plan.ics.\n")
    assert target.read_bytes().count(b"BEGIN:VEVENT\r\n") == 1
    assert auditkit(layout, "calendar", "--to", str(target)).stdout == "2 sessions in plan.ics.\n"
    target.write_text("mine", encoding="utf-8")
    done = auditkit(layout, "calendar", "--to", str(target))
    assert (done.exit_code, target.read_text(encoding="utf-8")) == (2, "mine")
    assert "is no calendar and was not touched" in str(done.exception)
    assert auditkit(layout, "calendar", "--person", "P-077").exit_code == 2
    assert auditkit(layout, "calendar", "--to", str(tmp_path / "no/plan.ics")).exit_code == 2
