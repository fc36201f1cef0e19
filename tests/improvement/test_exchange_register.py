"""The register that owners edit: what comes back unchanged changes nothing, and every fault names its cell."""

import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from exchange_sample import FIRST, SECOND, items, shipped
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditkit.improvement.exchange.cells import fill_rows
from auditkit.improvement.exchange.sheet import ACTIONS, PROPOSED, STATE, write_register
from auditkit.improvement.exchange.sheet_read import ReadRegister, read_register
from auditkit.improvement.model import ActionFile

EXCEL = shipped()["excel"]
HEADERS = [one.header for one in EXCEL.columns]
HEAD = {"engagement": "small", "title": "A small audit", "as_of": "2026-10-15"}
PEOPLE = ("Ines Falk", "Jan Otte")
Cell = str | int | float | datetime | None


def write(path: Path, *actions: ActionFile) -> Path:
    rows, issues = fill_rows(EXCEL, items(*actions, everything=True))
    assert not issues
    write_register(EXCEL, rows, HEAD, PEOPLE, path)
    return path


def edited(path: Path, *changes: tuple[str, int, Cell], sheet: str = ACTIONS) -> Path:
    """Type values into cells, named by header and row."""
    book = openpyxl.load_workbook(path)
    for header, row, value in changes:
        book[sheet].cell(row, HEADERS.index(header) + 1).value = value
    book.save(path)
    return path


def read(
    path: Path, *actions: ActionFile, take: tuple[str, ...] = (), engagement: str = "small"
) -> ReadRegister:
    now = {one.id: one for one in actions or (FIRST, SECOND)}
    return read_register(path, "r.xlsx", EXCEL, engagement, now, frozenset(take))


def changes(found: ReadRegister) -> list[tuple[str, str, str]]:
    return [(one.where, one.field, one.new) for one in found.changes]


def said(found: ReadRegister, code: str) -> str:
    (issue,) = [one for one in found.issues if one.code == code]
    return f"{issue.message} {issue.hint}"


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=200) | st.sampled_from(
    ["=1+1", "+x", "-", "@a", "'quoted'", '"a"', "a\nb\r\nc", "_x000D_", "_x005F_x0041_", "00012", "1e5", "2026-01-01",
     "true", "\ta\t", "x" * 40_000, "#N/A", "https://example.org", " ", "\u2028", "😀"]
)  # fmt: skip


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    title=TEXT,
    owner=TEXT,
    target=TEXT,
    due=st.none() | st.dates(date(1900, 3, 1), date(2170, 1, 1)),
    effort=st.none() | st.floats(0, 1e6) | st.integers(0, 10_000),
)
def test_a_register_that_comes_back_as_it_went_changes_nothing(
    tmp_path: Path, title: str, owner: str, target: str, due: date | None, effort: float | None
) -> None:
    update = {"title": title, "owner": owner, "target": target, "due": due, "effort_days": effort}
    action = FIRST.model_copy(update=update)
    assert read(write(tmp_path / "r.xlsx", action), action) == ReadRegister((), ())


def test_a_register_saved_by_another_program_changes_nothing(tmp_path: Path) -> None:
    path = edited(write(tmp_path / "r.xlsx"))
    assert read(path) == ReadRegister((), ())


def test_what_owners_type_becomes_changes_by_cell(tmp_path: Path) -> None:
    path = edited(
        write(tmp_path / "r.xlsx"),
        ("Action", 2, "New title"),
        ("Owner", 2, "Ines Falk"),
        ("Status", 2, " Started "),
        ("Start", 2, datetime(2026, 11, 2)),  # noqa: DTZ001
        ("Due", 2, "2026-12-31"),
        ("Effort (days)", 2, 6.5),
        ("Target", 2, None),
    )
    found = read(path)
    assert found.issues == ()
    assert changes(found) == [
        ("Actions!I2", "title", "New title"),
        ("Actions!J2", "owner", "Ines Falk"),
        ("Actions!K2", "status", "started"),
        ("Actions!L2", "started_at", "2026-11-02"),
        ("Actions!M2", "due", "2026-12-31"),
        ("Actions!N2", "effort_days", "6.5"),
        ("Actions!O2", "target", ""),
    ]
    assert found.changes[4].old == "2026-12-14"


@pytest.mark.parametrize(
    ("header", "value", "wrong"),
    [
        ("Due", "31.12.2026", "'31.12.2026' is no date. Write it as 2026-12-14."),
        ("Due", 46000.5, "'46000.5' is no date"),
        ("Start", "soon", "'soon' is no date"),
        ("Effort (days)", "6,5", "'6,5' is no number. Write it as 6 or 6.5."),
        ("Effort (days)", -1, "'-1' is no number"),
        ("Effort (days)", "nan", "'nan' is no number"),
        ("Action", None, "it is empty. An action needs it"),
        ("Owner", "  ", "it is empty"),
        ("Action", "=1+1", "a formula made this value. Write the value itself."),
    ],
)
def test_a_cell_that_cannot_be_used_is_named(tmp_path: Path, header: str, value: Cell, wrong: str) -> None:
    found = read(edited(write(tmp_path / "r.xlsx"), (header, 2, value)))
    assert found.changes == ()
    assert wrong in said(found, "actions-cell")
    assert f"{chr(65 + HEADERS.index(header))}2: CA-001" in said(found, "actions-cell")


@pytest.mark.parametrize("header", [one.header for one in EXCEL.columns[1:] if not one.edits])
def test_a_computed_cell_cannot_be_changed(tmp_path: Path, header: str) -> None:
    found = read(edited(write(tmp_path / "r.xlsx"), (header, 2, "typed")))
    assert f"{header} is computed and was changed. Restore the cell" in said(found, "actions-row")


def test_rows_may_be_sorted_but_not_torn_apart(tmp_path: Path) -> None:
    path = write(tmp_path / "r.xlsx")
    book = openpyxl.load_workbook(path)
    page = book[ACTIONS]
    second, third = ([cell.value for cell in page[row]] for row in (2, 3))
    for at in range(1, len(HEADERS) + 1):
        page.cell(2, at).value, page.cell(3, at).value = third[at - 1], second[at - 1]
        page.cell(2, at).data_type = "s" if isinstance(third[at - 1], str) else page.cell(2, at).data_type
    book.save(path)
    assert read(path) == ReadRegister((), ())
    torn = read(edited(path, ("Id", 2, "CA-001"), ("Id", 3, "CA-002")))
    assert {one.code for one in torn.issues} >= {"actions-row"}


def test_a_row_taken_away_stays_as_it_was_and_strange_rows_are_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "r.xlsx")
    book = openpyxl.load_workbook(path)
    book[ACTIONS].delete_rows(3)
    book.save(path)
    found = read(path)
    assert found.changes == ()
    assert "CA-002 has no row any more; it stays as it is." in said(found, "actions-row")
    assert [one.severity for one in found.issues] == ["warning"]
    new = read(edited(path, ("Id", 4, "CA-009"), ("Action", 4, "One more")))
    assert any("'CA-009' is no action of this register" in one.message for one in new.issues)
    twice = read(edited(write(tmp_path / "t.xlsx"), ("Id", 3, "CA-001")))
    assert any("CA-001 stands already in row 2" in one.message for one in twice.issues)


def test_what_changed_underneath_is_a_conflict_at_its_cell(tmp_path: Path) -> None:
    path = edited(write(tmp_path / "r.xlsx"), ("Due", 2, "2026-12-31"), ("Owner", 2, "Ines Falk"))
    moved = FIRST.model_copy(update={"due": date(2027, 1, 15), "target": "Another"})
    found = read(path, moved, SECOND)
    assert changes(found) == [("Actions!J2", "owner", "Ines Falk")]
    assert "M2: CA-001: the sheet says '2026-12-31', the action meanwhile '2027-01-15'." in said(
        found, "actions-conflict"
    )
    assert "--take 'Actions!M2'" in said(found, "actions-conflict")
    taken = read(path, moved, SECOND, take=("Actions!M2",))
    assert ("Actions!M2", "due", "2026-12-31") in changes(taken)
    assert taken.issues == ()


def test_the_same_change_on_both_sides_is_none(tmp_path: Path) -> None:
    path = edited(write(tmp_path / "r.xlsx"), ("Due", 2, "2026-12-31"))
    same = FIRST.model_copy(update={"due": date(2026, 12, 31)})
    assert read(path, same, SECOND) == ReadRegister((), ())


def test_a_cell_that_is_not_in_conflict_cannot_be_taken(tmp_path: Path) -> None:
    found = read(write(tmp_path / "r.xlsx"), take=("Actions!M2",))
    assert "Actions!M2 is not in conflict" in said(found, "actions-conflict")


def test_a_text_shown_in_part_is_changed_in_its_file(tmp_path: Path) -> None:
    long = FIRST.model_copy(update={"title": "x" * 40_000})
    found = read(edited(write(tmp_path / "r.xlsx", long), ("Action", 2, "short")), long)
    assert "the value has parts that a cell does not show. Change it in the file of CA-001." in said(
        found, "actions-cell"
    )


def test_a_register_of_another_engagement_or_touched_inside_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "r.xlsx")
    assert "belongs to small (excel), not to other (excel)" in said(
        read(path, engagement="other"), "actions-file"
    )
    book = openpyxl.load_workbook(path)
    book[STATE]["C3"] = "0" * 64
    book.save(path)
    assert "no whole register" in said(read(path), "actions-file")
    del book[STATE]
    book.save(path)
    assert "Export the register anew" in said(read(path), "actions-file")


def test_days_counted_from_another_year_are_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "r.xlsx")
    book = openpyxl.load_workbook(path)
    book.epoch = datetime(1904, 1, 1)  # noqa: DTZ001
    book.save(path)
    assert "counts its days from 1904. Switch" in said(read(path), "actions-file")


@pytest.mark.parametrize("kind", ["text", "zip", "entities", "cut", "header"])
def test_a_hostile_workbook_is_refused(tmp_path: Path, kind: str) -> None:
    path = write(tmp_path / "r.xlsx")
    if kind == "text":
        path.write_text("Id,Action\n", encoding="utf-8")
    elif kind == "cut":
        path.write_bytes(path.read_bytes()[:2000])
    elif kind == "header":
        edited(path, ("Due", 1, "By when"))
    else:
        bomb = (
            '<!DOCTYPE a [<!ENTITY x "'
            + "y" * 1000
            + '">]><worksheet><row r="1"><c t="inlineStr"><is><t>'
            + "&x;" * 1000
            + "</t></is></c></row></worksheet>"
        )
        with zipfile.ZipFile(path) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        parts["xl/worksheets/sheet1.xml"] = bomb.encode() if kind == "entities" else b"\0" * 201_000_000
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in parts.items():
                archive.writestr(name, data)
    found = read(path)
    assert found.changes == ()
    assert found.issues[0].code == "actions-file"


def test_the_workbook_helps_and_holds_back(tmp_path: Path) -> None:
    path = write(tmp_path / "r.xlsx")
    book = openpyxl.load_workbook(path)
    page = book[ACTIONS]
    assert page.freeze_panes == "B2"
    assert page.auto_filter.ref == "A1:R3"
    assert page.protection.sheet
    assert book[STATE].sheet_state == "veryHidden"
    locked = {HEADERS[cell.column - 1] for cell in page[2] if cell.protection.locked}
    assert locked == {one.header for one in EXCEL.columns if not one.edits}
    rules = {str(one.sqref): one for one in page.data_validations.dataValidation}
    assert rules["K2:K3"].formula1 == '"proposed,agreed,started,done,cancelled"'
    assert rules["J2:J3"].formula1 == f"{STATE}!$E$1:$E$2"
    assert rules["M2:M3"].type == "date"
    assert page["M2"].value == datetime(2026, 12, 14)  # noqa: DTZ001
    assert page["N2"].value == 6
    assert page["I3"].data_type == "s"
    assert [cell.value for cell in book[PROPOSED]["A"]] == ["Id", "O-20000-2:8.5/1"]
    assert write(tmp_path / "again.xlsx").read_bytes() == write(tmp_path / "more.xlsx").read_bytes()
