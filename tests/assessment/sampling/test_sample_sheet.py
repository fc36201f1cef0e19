"""The sheet of a sample: filled in and taken back; every fault names its cell, nothing is lost or overwritten unseen."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sampling_samples import answered, drawn, population

from auditkit.assessment.sampling.model import Sample
from auditkit.assessment.sampling.sheet import write_sheet
from auditkit.assessment.sampling.sheet_read import FilledSheet, read_sheet

PEOPLE = frozenset({"P-001", "P-002"})


def sample(**design: Any) -> Sample:
    """Six items with two attributes."""
    return drawn(population(6), "risk assessed", "benefit stated", **design)


def filled(
    one: Sample,
    path: Path,
    cells: dict[str, object],
    *,
    about: dict[str, object] | None = None,
    replace: bool = False,
) -> FilledSheet:
    """Write the sheet, put values into cells, and read it back."""
    write_sheet(one, path)
    book = openpyxl.load_workbook(path)
    for name, value in cells.items():
        book["Sample"][name].value = value
    for name, value in (about or {}).items():
        book["About"][name].value = value
    book.save(path)
    book.close()
    return read_sheet(one, path, "workpapers/samples/SA-001.xlsx", PEOPLE, replace=replace)


def test_the_sheet_says_what_to_do_and_offers_the_answers(tmp_path: Path) -> None:
    write_sheet(sample(), tmp_path / "s.xlsx")
    book = openpyxl.load_workbook(tmp_path / "s.xlsx")
    assert [cell.value for cell in book["Sample"][1]] == [
        "no", "key", "evidence", "file", "sheet", "row",
        "a1: risk assessed", "a1 note", "a2: benefit stated", "a2 note",
    ]  # fmt: skip
    assert [cell.value for cell in book["Sample"][2]][:6] == [
        1,
        "C-1",
        "EV-002",
        "evidence/records/changes.csv",
        None,
        2,
    ]
    lists = {str(one.sqref): one.formula1 for one in book["Sample"].data_validations.dataValidation}
    assert lists == {"G2:G7": '"yes,no,not_determinable"', "I2:I7": '"yes,no,not_determinable"'}
    labels = [row[0] for row in book["About"].iter_rows(values_only=True)]
    assert labels[:5] == [
        "Sample",
        "Examined by (person id)",
        "Examined on (YYYY-MM-DD)",
        "How to fill in",
        "Then",
    ]
    book.close()


def test_the_same_sample_gives_the_same_bytes(tmp_path: Path) -> None:
    write_sheet(sample(), tmp_path / "a.xlsx")
    write_sheet(sample(), tmp_path / "b.xlsx")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_answers_notes_and_examiner_come_back(tmp_path: Path) -> None:
    cells = {
        "G2": "Yes",
        "G3": " no ",
        "H3": "no assessment in the record",
        "I2": "not determinable",
        "J2": "archived",
    }
    found = filled(sample(), tmp_path / "s.xlsx", cells, about={"B2": "P-002", "B3": "2026-10-12"})
    assert found.issues == ()
    first, second = found.sample.items[:2]
    assert (first.results["a1"].answer, second.results["a1"].answer) == ("yes", "no")
    assert second.results["a1"].note == "no assessment in the record"
    assert (first.results["a2"].answer, first.results["a2"].note) == ("not_determinable", "archived")
    assert (found.sample.examined_by, str(found.sample.examined_at)) == ("P-002", "2026-10-12")
    assert found.sample.drawing == sample().drawing
    assert "C-2 a1 answer: - -> no" in found.changes


def test_an_untouched_sheet_changes_nothing(tmp_path: Path) -> None:
    one = answered(sample(), no=1, unclear=1, open_ones=1)
    found = filled(one, tmp_path / "s.xlsx", {})
    assert (found.sample, found.changes, found.issues) == (one, (), ())


def test_rows_may_be_sorted(tmp_path: Path) -> None:
    cells = {"A2": 3, "B2": "C-3", "A4": 1, "B4": "C-1", "G2": "yes"}
    found = filled(sample(), tmp_path / "s.xlsx", cells)
    assert found.issues == ()
    assert [item.results["a1"].answer for item in found.sample.items][:3] == [None, None, "yes"]


@pytest.mark.parametrize(
    ("cells", "code", "says"),
    [
        ({"G3": "maybe"}, "sample-answer", "G3: 'maybe' is not one of yes, no, not_determinable"),
        ({"I7": True}, "sample-answer", "I7"),
        ({"A4": "x"}, "sample-row", "A4: 'x' is not the number of an item"),
        ({"A4": 7}, "sample-row", "A4: '7' is not the number of an item"),
        ({"A4": 2, "B4": "C-2"}, "sample-row", "A4: item 2 stands already in row 3"),
        ({"B4": "C-9"}, "sample-row", "B4: item 3 is C-3, not C-9"),
        ({"H1": "remark"}, "sample-sheet", "The column a1 note is missing"),
        ({"B1": "a1"}, "sample-sheet", "G1: the column a1 stands twice"),
    ],
)
def test_a_fault_names_its_cell_and_refuses_the_sheet(
    cells: dict[str, object], code: str, says: str, tmp_path: Path
) -> None:
    found = filled(sample(), tmp_path / "s.xlsx", cells)
    errors = [one for one in found.issues if one.severity == "error"]
    assert found.refused
    assert code in {one.code for one in errors}
    assert any(says in one.message for one in errors)
    assert all(one.place.file == "workpapers/samples/SA-001.xlsx" for one in errors)


@pytest.mark.parametrize(
    ("about", "code"),
    [
        ({"B2": "P-077"}, "unknown-person"),
        ({"B3": "last week"}, "sample-answer"),
        ({"B10": "0" * 64}, "sample-sheet"),
    ],
)
def test_a_fault_of_the_second_page(about: dict[str, object], code: str, tmp_path: Path) -> None:
    found = filled(sample(), tmp_path / "s.xlsx", {}, about=about)
    assert [one.code for one in found.issues] == [code]
    assert found.refused


def test_a_deviation_without_what_was_seen_is_a_warning(tmp_path: Path) -> None:
    found = filled(sample(), tmp_path / "s.xlsx", {"G2": "no"})
    assert [(one.code, one.severity) for one in found.issues] == [("sample-note", "warning")]
    assert found.sample.items[0].results["a1"].answer == "no"


def test_a_row_that_is_gone_leaves_its_item_as_it_was(tmp_path: Path) -> None:
    row = {f"{column}3": None for column in "ABCDEFGHIJ"}
    found = filled(answered(sample(), no=2), tmp_path / "s.xlsx", row)
    assert [(one.code, one.severity) for one in found.issues] == [("sample-row", "warning")]
    assert found.sample.items[1].results["a1"].answer == "no"


def test_an_emptied_cell_takes_nothing_away(tmp_path: Path) -> None:
    found = filled(answered(sample(), no=1), tmp_path / "s.xlsx", {"G2": None, "H2": None})
    assert (found.changes, found.issues) == ((), ())


def test_another_answer_is_a_conflict_until_the_sheet_is_to_win(tmp_path: Path) -> None:
    one = answered(sample(), no=1)
    found = filled(one, tmp_path / "s.xlsx", {"G2": "yes"})
    assert [issue.code for issue in found.issues] == ["sample-conflict"]
    assert "G2: C-1: the sheet says 'yes', the sample 'no'" in found.issues[0].message
    won = filled(one, tmp_path / "s.xlsx", {"G2": "yes"}, replace=True)
    assert not won.refused
    assert won.sample.items[0].results["a1"].answer == "yes"


def test_the_sheet_of_another_draw_is_refused(tmp_path: Path) -> None:
    write_sheet(sample(seed="1"), tmp_path / "s.xlsx")
    other = drawn(population(7), "risk assessed", "benefit stated")
    found = read_sheet(other, tmp_path / "s.xlsx", "s.xlsx", PEOPLE)
    assert "not that of SA-001 as it was drawn" in found.issues[0].message


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _text(path: Path) -> None:
    path.write_text("key;answer\n", encoding="utf-8")


@pytest.mark.parametrize("spoil", [_empty, _text, Path.mkdir])
def test_what_is_no_workbook_is_an_issue(spoil: Callable[[Path], None], tmp_path: Path) -> None:
    path = tmp_path / "s.xlsx"
    spoil(path)
    found = read_sheet(sample(), path, "s.xlsx", PEOPLE)
    assert [one.code for one in found.issues] == ["sample-sheet"]


def test_no_text_of_an_export_is_taken_for_a_formula_or_breaks_the_sheet(tmp_path: Path) -> None:
    one = drawn(
        population({"=1+1": "@x", "\x07bell": "\tb", "http://x": "-1"}), method="stratified", by="risk"
    )
    found = filled(one, tmp_path / "s.xlsx", {"H2": "yes", "H3": "yes", "H4": "yes"})
    assert found.issues == ()
    assert {item.results["a1"].answer for item in found.sample.items} == {"yes"}
    book = openpyxl.load_workbook(tmp_path / "s.xlsx")
    cells = [cell for row in book["Sample"].iter_rows() for cell in row]
    assert "=1+1" in [cell.value for cell in cells]
    assert "f" not in {cell.data_type for cell in cells}
    assert [cell for cell in cells if cell.hyperlink] == []
    book.close()
