"""What trackers' exports say is taken by row: unknown ids, unknown states, doubles and unclear days are named."""

from datetime import date
from pathlib import Path

import pytest
from exchange_sample import shipped

from auditkit.improvement.exchange.states import ReadStates, read_states

ACTIONS = {"auditkit-small-ca-001": "CA-001", "auditkit-small-ca-002": "CA-002"}
ONE, TWO = "auditkit-small-CA-001", "auditkit-small-CA-002"


def read(
    folder: Path, text: str, tracker: str = "jira", dates: str | None = None, encoding: str = "utf-8"
) -> ReadStates:
    path = folder / "export.csv"
    path.write_bytes(text.encode(encoding))
    return read_states(path, "export.csv", shipped()[tracker], "small", ACTIONS, dates)


def states(found: ReadStates) -> list[tuple[int, str, str, date | None]]:
    return [(one.row, one.action, one.status, one.resolved) for one in found.reported]


def issues(found: ReadStates) -> list[tuple[str, str, int | None]]:
    return [(one.code, one.severity, one.place.row) for one in found.issues]


@pytest.mark.parametrize(
    ("tracker", "text", "second"),
    [
        ("jira", f'Summary,Status,Resolved,Labels,Labels\n"a\nb",Done,20/Oct/26 9:15 AM,x,{ONE}\nb,In Progress,,{TWO},\n', "started"),
        ("azure", f'ID,State,Tags,Closed Date\n1,Done,"x; {ONE}",10/20/2026 9:15:00 AM\n2,Removed,{TWO},\n', "cancelled"),
        ("gitlab", f'Issue ID,Title,State,Closed At (UTC),Labels\n1,a,Closed,2026-10-20 09:15:00,"x,{ONE}"\n2,b,Open,,{TWO}\n', "keep"),
        ("servicenow", f"Number;Correlation ID;State;Closed\nCIM1;{ONE};Closed Complete;2026-10-20 09:15:00\nCIM2;{TWO};Implement;\n", "started"),
        ("github", f"number,state,stateReason,closedAt,labels\n1,CLOSED,COMPLETED,2026-10-20T09:15:00Z,x {ONE}\n2,CLOSED,NOT_PLANNED,2026-10-21T09:15:00Z,{TWO}\n", "cancelled"),
    ],
)  # fmt: skip
def test_each_tracker_is_read(tmp_path: Path, tracker: str, text: str, second: str) -> None:
    found = read(tmp_path, text, tracker, encoding="utf-8-sig")
    assert found.issues == ()
    assert states(found)[0] == (2, "CA-001", "done", date(2026, 10, 20))
    assert states(found)[1][:3] == (3, "CA-002", second)


def test_rows_that_are_not_ours_do_not_matter(tmp_path: Path) -> None:
    found = read(tmp_path, f"Status,Labels\nWhatever,\nDone,auditkit-other-CA-001\nDone,{ONE}\n")
    assert (states(found), found.issues, found.rows) == ([(4, "CA-001", "done", None)], (), 3)


def test_unknown_ids_states_and_doubles_are_named_by_row(tmp_path: Path) -> None:
    found = read(
        tmp_path, f"Status,Labels\nDone,auditkit-small-CA-099\nWacky,{TWO}\nDone,{ONE}\nTo Do,{ONE}\n"
    )
    assert issues(found) == [
        ("tracker-row", "warning", 2),
        ("tracker-state", "error", 3),
        ("tracker-row", "error", 5),
    ]
    assert "'Wacky' is not known. " in f"{found.issues[1].message} "
    assert "In Progress" in found.issues[1].hint
    assert "stands already in row 4" in found.issues[2].message
    assert states(found) == [(4, "CA-001", "done", None)]


def test_a_resolution_decides_before_the_state(tmp_path: Path) -> None:
    found = read(tmp_path, f"Status,Resolution,Labels\nDone,Won't Do,{ONE}\nDone,Done,{TWO}\n")
    assert [one.status for one in found.reported] == ["cancelled", "done"]


def test_a_day_that_could_be_two_is_left_out_until_its_format_is_named(tmp_path: Path) -> None:
    text = f"Correlation ID,State,Closed\n{ONE},Closed,03/04/2026 10:00:00\n"
    found = read(tmp_path, text, "servicenow")
    assert states(found) == [(2, "CA-001", "done", None)]
    assert issues(found) == [("tracker-date", "warning", 2)]
    assert "--dates" in found.issues[0].hint
    named = read(tmp_path, text, "servicenow", "%d/%m/%Y %H:%M:%S")
    assert (states(named), named.issues) == ([(2, "CA-001", "done", date(2026, 4, 3))], ())


def test_one_day_of_the_column_can_settle_the_format(tmp_path: Path) -> None:
    text = (
        f"Correlation ID,State,Closed\n{ONE},Closed,03/04/2026 10:00:00\n{TWO},Closed,25/04/2026 10:00:00\n"
    )
    assert [one.resolved for one in read(tmp_path, text, "servicenow").reported] == [
        date(2026, 4, 3),
        date(2026, 4, 25),
    ]


def test_a_day_that_is_none_is_an_error(tmp_path: Path) -> None:
    found = read(tmp_path, f"Status,Resolved,Labels\nDone,yesterday,{ONE}\n")
    assert issues(found) == [("tracker-date", "error", 2)]


@pytest.mark.parametrize(
    ("text", "encoding", "said"),
    [
        ("Summary,Status\na,Done\n", "utf-8", "no column for our key: none of Labels"),
        (f"Labels\n{ONE}\n", "utf-8", "no column for the state: none of Status"),
        ("", "utf-8", "no column"),
        (f"Status,Labels\nDone,{ONE}é\n", "latin-1", "cannot be read"),
        (f'Status,Labels\n"Done"x,{ONE}\n', "utf-8", "cannot be read"),
        (f"Status,Labels\nDone,{ONE}\n", "utf-16", "cannot be read"),
    ],
)
def test_an_export_that_cannot_be_used_says_what_to_do(
    tmp_path: Path, text: str, encoding: str, said: str
) -> None:
    found = read(tmp_path, text, encoding=encoding)
    assert found.reported == ()
    assert said in found.issues[0].message
    assert found.issues[0].code == "tracker-file"
    assert "Export it" in found.issues[0].hint


def test_a_calendar_gives_nothing_back(tmp_path: Path) -> None:
    assert "gives nothing back" in read(tmp_path, "a,b\n", "calendar").issues[0].message
