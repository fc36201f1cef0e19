"""What a programme or a plan names has to be there; what is not is left out, with the line where it stands."""

from pathlib import Path

import pytest
from programme_samples import HEAD, KNOWN
from test_programme_checks import GUARD, PLAN

from auditkit.assessment.programme.load import LoadedPlan, LoadedProgramme, load_plan, load_programme
from auditkit.engagement.layout import checklists_folder

PROGRAMME = (
    HEAD
    + """\
approved: {by: P-011, at: 2025-01-01}
areas:
  - {process: change, risk: high, because: Changes break services.}
  - {site: Kiel, risk: low, because: Little happens there now.}
audits:
  - {id: AU-001, title: All, state: planned, period: {start: 2026-03-02, end: 2026-03-06}, clauses: ["5"], sites: [Kiel], lead: P-001, team: [P-002]}
"""
)


def programme(folder: Path, text: str) -> LoadedProgramme:
    (folder / "programme.yaml").write_text(text, encoding="utf-8")
    return load_programme(folder, checklists_folder(), KNOWN)


def plan(folder: Path, text: str) -> LoadedPlan:
    (folder / "audit-plan.yaml").write_text(text, encoding="utf-8")
    return load_plan(folder, KNOWN)


def test_without_files_there_is_nothing_and_no_issue(tmp_path: Path) -> None:
    assert load_programme(tmp_path, checklists_folder(), KNOWN) == LoadedProgramme()
    assert load_plan(tmp_path, KNOWN) == LoadedPlan()


def test_files_without_fault_are_taken_whole(tmp_path: Path) -> None:
    loaded = programme(tmp_path, PROGRAMME)
    assert loaded.programme is not None
    assert loaded.rules is not None
    assert (loaded.rules.id, len(loaded.programme.areas), loaded.issues) == ("house", 2, ())
    planned = plan(tmp_path, PLAN)
    assert planned.plan is not None
    assert (len(planned.plan.sessions), planned.issues, planned.places["S-02"].line) == (3, (), 9)


@pytest.mark.parametrize(
    ("old", "new", "code", "says"),
    [
        ("managed_by: P-001", "managed_by: P-099", "unknown-person", "The programme names P-099"),
        ("by: P-011", "by: P-098", "unknown-person", "P-098"),
        ("team: [P-002]", "team: [P-097]", "unknown-person", "AU-001 names P-097"),
        ("process: change", "process: chance", "unknown-process", "There are: change, control"),
        ("site: Kiel, risk", "site: Bonn, risk", "unknown-site", "There are: Kiel, Ulm"),
        ('clauses: ["5"]', 'clauses: ["5.9"]', "unknown-clause", "5.9"),
        ('clauses: ["5"]', "clauses: [cat]", "unknown-clause", "cat"),
        ("sites: [Kiel]", "sites: [Bonn]", "unknown-site", "Bonn"),
        (
            "sites: [Kiel]",
            "sites: [Kiel], results: [{process: chance}]",
            "unknown-process",
            "AU-001 names the process chance",
        ),
        (
            "managed_by: P-001",
            "managed_by: P-001\nrules: strict",
            "programme-rules-unknown",
            "known are house",
        ),
    ],
)
def test_an_unknown_name_is_said_with_its_line(
    old: str, new: str, code: str, says: str, tmp_path: Path
) -> None:
    text = PROGRAMME.replace(old, new)
    (issue,) = programme(tmp_path, text).issues
    assert issue.code == code
    assert says in f"{issue.message} {issue.hint}"
    changed = new.rpartition("\n")[2]
    line = next(number for number, one in enumerate(text.splitlines(), 1) if changed in one)
    assert issue.place.file == "workpapers/programme.yaml"
    # who approved is said at the head of the file, where the programme names its people
    assert issue.place.line == (2 if "P-098" in new else line)


def test_an_area_with_an_unknown_name_rates_nothing(tmp_path: Path) -> None:
    loaded = programme(tmp_path, PROGRAMME.replace("process: change", "process: chance")).programme
    assert loaded is not None
    assert [one.name for one in loaded.areas] == ["Kiel"]


@pytest.mark.parametrize(
    "again",
    [
        PROGRAMME.replace(
            "  - {site", "  - {process: change, risk: low, because: Somebody thinks so.}\n  - {site"
        ),
        PROGRAMME + PROGRAMME.splitlines()[-1].replace("title: All", "title: Second") + "\n",
    ],
    ids=["area", "audit"],
)
def test_what_stands_twice_is_used_once(again: str, tmp_path: Path) -> None:
    loaded = programme(tmp_path, again)
    assert [one.code for one in loaded.issues] == ["programme-twice"]
    assert loaded.programme is not None
    assert [(one.name, one.risk) for one in loaded.programme.areas] == [("change", "high"), ("Kiel", "low")]
    assert [one.title for one in loaded.programme.audits] == ["All"]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("auditees: [P-010]", "auditees: [P-077]", "unknown-person"),
        ("processes: [change]", "processes: [chance]", "unknown-process"),
        ('clauses: ["5"]', 'clauses: ["99"]', "unknown-clause"),
        ("what: Change, site: Kiel", "what: Change, site: Bonn", "unknown-site"),
        ("id: S-03", "id: S-01", "session-twice"),
    ],
)
def test_a_session_with_an_unknown_name_is_not_used(old: str, new: str, code: str, tmp_path: Path) -> None:
    loaded = plan(tmp_path, PLAN.replace(old, new))
    assert [(one.code, one.severity) for one in loaded.issues] == [(code, "error")]
    assert loaded.plan is not None
    assert len(loaded.plan.sessions) == 2


@pytest.mark.parametrize(
    ("which", "code"),
    [
        (", sessions: [S-09]", "safeguard-refused"),
        (", areas: [chance]", "safeguard-refused"),
        (", areas: [P-1]", "safeguard-refused"),
    ],
)
def test_a_safeguard_with_an_unknown_name_is_not_used(which: str, code: str, tmp_path: Path) -> None:
    loaded = plan(tmp_path, PLAN + GUARD % which)
    assert [one.code for one in loaded.issues] == [code]
    assert loaded.plan is not None
    assert loaded.plan.safeguards == ()


def test_an_unknown_member_of_the_team_does_not_count(tmp_path: Path) -> None:
    loaded = plan(tmp_path, PLAN.replace("{person: P-002, role", "{person: P-077, role"))
    assert [one.code for one in loaded.issues] == ["unknown-person"]
    assert loaded.plan is not None
    assert [one.person for one in loaded.plan.team] == ["P-001"]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("process: change,", "process: change, site: Kiel,", "exactly one"),
        ("risk: high", "risk: huge", "high"),
        ("Changes break services.", "Risky.", "15 characters"),
        ("services.}", "services., changed_at: 2026-01-01}", "both a day"),
        ("state: planned", "state: cancelled", "says why"),
        (', clauses: ["5"], sites: [Kiel]', "", "names clauses, processes or sites"),
        ("sites: [Kiel]", "sites: [Kiel], results: [{site: Kiel, open_majors: 1}]", "more open majors"),
        ("end: 2026-03-06", "end: 2026-03-01", "before it starts"),
    ],
)
def test_what_cannot_be_is_refused_with_its_line(old: str, new: str, says: str, tmp_path: Path) -> None:
    loaded = programme(tmp_path, PROGRAMME.replace(old, new))
    assert loaded.programme is None
    assert [one.code for one in loaded.issues] == ["yaml-invalid"]
    assert says in loaded.issues[0].message
    assert loaded.issues[0].place.line is not None
