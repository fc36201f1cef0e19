"""Plain sheets: every fault names its cell, and what could be read comes back."""

from pathlib import Path

import pytest
from openpyxl import Workbook

from auditkit.catalog.exchange.importing import read_foreign
from auditkit.catalog.exchange.model import ForeignCatalog

SOUND = """\
ID,Title,Text,Parent
4,Doors,,
4.1,Locks,Every door that leads outside has a lock.,4
4.2,Keys are counted,,4
"""


def read(
    tmp_path: Path, text: str | bytes, name: str = "rules.csv"
) -> tuple[ForeignCatalog | None, list[str]]:
    path = tmp_path / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    found, issues = read_foreign(path, name)
    return found, [f"{issue.severity} {issue.code} {issue.message}" for issue in issues]


def workbook(tmp_path: Path, rows: list[list[object]], *sheets: tuple[str, str]) -> Path:
    book = Workbook()
    first = book.active
    assert first is not None
    for title, state in sheets:
        other = book.create_sheet(title, 0)
        other.append(["id", "title"])
        other.append(["x", state])
        other.sheet_state = state
    for row in rows:
        first.append(row)
    path = tmp_path / "rules.xlsx"
    book.save(path)
    return path


def test_a_sound_sheet_reads_without_issues(tmp_path: Path) -> None:
    found, issues = read(tmp_path, SOUND)
    assert found is not None
    assert issues == []
    assert (found.title, found.format) == ("rules", "sheet")
    assert [
        (node.id, node.parent, node.kind, node.title, node.prose, node.place.row) for node in found.nodes
    ] == [
        ("4", None, "group", "Doors", "", 2),
        ("4.1", "4", "control", "Locks", "Every door that leads outside has a lock.", 3),
        ("4.2", "4", "control", "Keys are counted", "", 4),
    ]


def test_every_fault_names_its_cell(tmp_path: Path) -> None:
    found, issues = read(
        tmp_path,
        """\
title,id,text,parent,owner
One,a,Text of one.,,me
Two,,Text of two.,,

Three,a,Text of three.,,
,b,,,
Four,c,Text of four.,z,
Five,d,Text of five.,e,
Six,e,Text of six.,d,
Seven,AC-2 (1),Text of seven.,a,
Eight,§§,Text of eight.,,
""",
    )
    assert found is not None
    assert [(node.id, node.parent) for node in found.nodes] == [
        ("a", None),
        ("AC-2_1", "a"),
        ("b", None),
        ("c", None),
        ("d", None),
        ("e", "d"),
    ]
    assert issues == [
        "note import-extra-column E1: the column 'owner' is not used.",
        "error import-no-id-cell B3: the id is missing.",
        "error import-duplicate-id B5: a stands already in row 2; the row was left out.",
        "error import-no-text-cell C6: b has neither title nor text.",
        "error import-bad-id B10: 'AC-2 (1)' cannot be an id; here it is AC-2_1.",
        "error import-bad-id B11: '§§' cannot be an id; the row was left out.",
        "error import-no-parent D7: the parent z does not exist.",
        "error import-cycle D8: d stands below itself.",
    ]


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_other_delimiters_are_told_from_the_first_line(tmp_path: Path, delimiter: str) -> None:
    found, issues = read(tmp_path, SOUND.replace(",", delimiter), "rules.txt")
    assert found is not None
    assert (len(found.nodes), issues) == (3, [])


def test_a_declared_separator_counts_as_a_row(tmp_path: Path) -> None:
    found, _ = read(tmp_path, "sep=;\nid;text\na;A text, with a comma.\n")
    assert found is not None
    assert (found.nodes[0].prose, found.nodes[0].place.row) == ("A text, with a comma.", 3)


@pytest.mark.parametrize("first", ['sep="', "sep=", "sep=;;"])
def test_a_declaration_that_makes_no_sense_is_a_header_that_makes_none(tmp_path: Path, first: str) -> None:
    found, issues = read(tmp_path, f"{first}\nid,text\na,b\n")
    assert found is None
    assert issues


def test_text_in_other_encodings_is_read_and_reported(tmp_path: Path) -> None:
    found, issues = read(tmp_path, "id,title\na,Tür\n".encode("cp1252"))
    assert found is not None
    assert (found.nodes[0].title, [issue.split()[1] for issue in issues]) == ("Tür", ["import-encoding"])
    found, issues = read(tmp_path, "id,title\na,Tür\n".encode("utf-16"))
    assert found is not None
    assert (found.nodes[0].title, issues) == ("Tür", [])


@pytest.mark.parametrize(
    ("text", "issue"),
    [
        ("name,text\na,b\n", "error import-column The column id is missing."),
        ("id,parent\na,\n", "error import-column The column title or text is missing."),
        ("id,text\n", "error import-empty The sheet has no row that could be read."),
        ("", "error import-empty The file is empty."),
    ],
)
def test_a_sheet_that_cannot_be_used_says_why(tmp_path: Path, text: str, issue: str) -> None:
    found, issues = read(tmp_path, text)
    assert found is None
    assert issue in issues


def test_rows_that_cannot_be_told_apart_are_an_issue(tmp_path: Path) -> None:
    found, issues = read(tmp_path, 'id,text\na,"' + "x" * 200_000 + '"\n')
    assert found is None
    assert issues[0].startswith("error import-syntax The rows cannot be told apart")


def test_a_workbook_reads_as_the_same_rows_do(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["Id", "Title", "Text", "Parent", "Note"],
        [4, "Doors"],
        [],
        [4.5, "Locks", "Every door has a lock.", 4],
    ]
    path = workbook(tmp_path, rows, ("Old", "hidden"))
    found, issues = read_foreign(path, "rules.xlsx")
    assert found is not None
    assert [(node.id, node.parent, node.place.sheet, node.place.row) for node in found.nodes] == [
        ("4", None, "Sheet", 2),
        ("4.5", "4", "Sheet", 4),
    ]
    assert [issue.code for issue in issues] == ["import-extra-column"]


def test_the_sheet_with_the_column_id_is_taken(tmp_path: Path) -> None:
    path = workbook(tmp_path, [["About this file"]], ("Rules", "visible"))
    found, issues = read_foreign(path, "rules.xlsx")
    assert found is not None
    assert (found.nodes[0].place.sheet, issues) == ("Rules", ())


def test_a_far_cell_costs_nothing(tmp_path: Path) -> None:
    path = workbook(tmp_path, [["id", "text"], ["a", "A text that stands in a sheet with a far cell."]])
    from openpyxl import load_workbook

    book = load_workbook(path)
    assert book.active is not None
    book.active["XFD1048576"] = "far"
    book.save(path)
    found, issues = read_foreign(path, "rules.xlsx")
    assert found is not None
    assert (len(found.nodes), issues) == (1, ())


@pytest.mark.parametrize("cut", [40, 2000, 4000])
def test_a_damaged_workbook_is_an_issue(tmp_path: Path, cut: int) -> None:
    path = workbook(tmp_path, [["id", "text"], ["a", "b"]])
    path.write_bytes(path.read_bytes()[:cut])
    found, issues = read_foreign(path, "rules.xlsx")
    assert found is None
    assert [issue.code for issue in issues] == ["import-syntax"]


def test_a_zip_that_is_no_workbook_is_an_issue(tmp_path: Path) -> None:
    found, issues = read(tmp_path, b"PK\x03\x04nothing", "rules.xlsx")
    assert found is None
    assert "import-syntax" in issues[0]
