"""The workbook as a reader opens it: nothing missing, nothing a formula that should be text, totals that add up."""

import re
import zipfile
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from sample_engagement import HOSTILE
from sample_run import sample_run

from auditkit.base.place import Place
from auditkit.evidence.model import EvidenceItem
from auditkit.reporting.model import Run
from auditkit.reporting.view import build_view
from auditkit.reporting.workbook import pages
from auditkit.reporting.workbook.book import build_book
from auditkit.reporting.workbook.columns import COLUMNS, POINTS
from auditkit.reporting.workbook.model import KEY, STATE, TOTALS, Book
from auditkit.reporting.workbook.write import write_book

FORMULAS = ("=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "=HYPERLINK(\"https://example.org\")")  # fmt: skip


def book_of(run: Run) -> Book:
    return build_book(run, build_view(run), {})


def written(path: Path, run: Run) -> openpyxl.Workbook:
    write_book(book_of(run), path)
    return openpyxl.load_workbook(path)


def column(sheet: Worksheet, header: str) -> list[object]:
    at = [cell.value for cell in sheet[1]].index(header)
    return [row[at] for row in sheet.iter_rows(min_row=2, values_only=True)]


def recount(book: openpyxl.Workbook, formula: str) -> int:
    """Work a formula of the totals out from the cells it names, by other means than the writer's."""
    name, inner = re.fullmatch(r"=(\w+)\((.*)\)", formula).groups()  # type: ignore[union-attr]
    ranges = re.findall(r"'([^']+)'!\$([A-Z]+)\$2:\$[A-Z]+\$(\d+)(?:,\"([^\"]*)\")?", inner)
    columns = [
        ([book[sheet][f"{letters}{row}"].value for row in range(2, int(last) + 1)], wanted)
        for sheet, letters, last, wanted in ranges
    ]
    if name == "SUM":
        return sum(value or 0 for value in columns[0][0])
    if name == "COUNTA":
        return sum(value is not None for value in columns[0][0])
    assert name == "COUNTIFS"
    return sum(all(values[at] == wanted for values, wanted in columns) for at in range(len(columns[0][0])))


def test_every_point_requirement_finding_action_item_and_test_has_its_row(tmp_path: Path) -> None:
    run = sample_run()
    book = written(tmp_path / "w.xlsx", run)
    assert column(book[POINTS], KEY) == [point.id for point in run.catalog.points]
    assert column(book["Requirements"], "Requirement") == [one.id for one in run.catalog.requirements]
    both = column(book["Findings"], KEY) + column(book["Candidates"], KEY)
    assert sorted(map(str, both)) == sorted(one.id for one in run.findings)
    plan = column(book["Actions"], KEY) + column(book["Candidate actions"], KEY)
    assert sorted(map(str, plan)) == sorted(one.id for one in run.plan)
    assert column(book["Evidence"], KEY) == ["EV-001", "EV-002"]
    assert column(book["Record tests"], KEY) == [one.id for one in run.record_tests]
    assert set(column(book["Findings"], "Grade")) & {"candidate"} == set()


def test_a_point_the_run_forgot_is_shown_as_not_assessed(tmp_path: Path) -> None:
    run = sample_run()
    less = run.assessment.model_copy(update={"points": run.assessment.points[1:]})
    book = written(tmp_path / "w.xlsx", run.model_copy(update={"assessment": less}))
    first = run.catalog.points[0].id
    assert column(book[POINTS], KEY)[0] == first
    assert column(book[POINTS], "Verdict")[0] == "not assessed"


def test_dates_are_dates_counts_are_numbers_headers_are_frozen_and_filtered(tmp_path: Path) -> None:
    book = written(tmp_path / "w.xlsx", sample_run())
    assert datetime(2026, 1, 10) in column(book["Evidence"], "Effective")  # noqa: DTZ001
    assert 2143 in column(book["Record tests"], "Examined")
    for name in COLUMNS:
        assert book[name].freeze_panes == "C2", name
        assert book[name].auto_filter.ref, name
        assert book[name].column_dimensions["A"].hidden, name
        assert book[name].protection.sheet, name
    assert book[STATE].sheet_state == "veryHidden"


def test_computed_cells_are_locked_and_only_those_of_a_judgement_are_open(tmp_path: Path) -> None:
    sheet = written(tmp_path / "w.xlsx", sample_run())[POINTS]
    open_ = [head.value for head, cell in zip(sheet[1], sheet[2], strict=True) if not cell.protection.locked]
    assert open_ == [
        "Your verdict",
        "Your rationale",
        "Rests on",
        "By",
        "Day",
        "Basis",
        "How checked",
        "Safeguard",
    ]
    rules = [rule.formula1 for rule in sheet.data_validations.dataValidation if rule.type == "list"]
    assert '"conforms,nonconforming,not_applicable"' in rules
    assert f"{STATE}!$E$1:$E$2" in rules


def test_the_totals_are_counted_by_formulas_and_agree_without_recalculation(tmp_path: Path) -> None:
    formulas = written(tmp_path / "w.xlsx", sample_run())
    values = openpyxl.load_workbook(tmp_path / "w.xlsx", data_only=True)[TOTALS]
    assert formulas[TOTALS].max_row > 12
    for row in range(2, formulas[TOTALS].max_row + 1):
        what, said, counted, left_out, agrees = (values.cell(row, at).value for at in range(1, 6))
        assert counted == recount(formulas, formulas[TOTALS].cell(row, 3).value), what
        assert (said, agrees) == (counted + left_out, "yes"), what


def test_a_figure_that_the_rows_do_not_bear_out_is_shown_as_such(tmp_path: Path) -> None:
    run = sample_run()
    measures = run.assessment.measures.model_copy(update={"confirmed_points": 99})
    wrong = run.model_copy(update={"assessment": run.assessment.model_copy(update={"measures": measures})})
    write_book(book_of(wrong), tmp_path / "w.xlsx")
    totals = openpyxl.load_workbook(tmp_path / "w.xlsx", data_only=True)[TOTALS]
    found = {row[0]: row[4] for row in totals.iter_rows(values_only=True)}
    assert (found["Points: confirmed"], found["Points"]) == ("NO", "yes")


@pytest.mark.parametrize("text", FORMULAS)
def test_no_text_becomes_a_formula_in_any_sheet(tmp_path: Path, text: str) -> None:
    run = sample_run()
    texts = {"title": text, "file": text, "owner": text, "note": text}
    item = EvidenceItem.model_validate({"id": "EV-003", "kind": "document", **texts})
    finding = run.findings[0].model_copy(update={"area": text})
    plan = run.plan[0].model_copy(update={"title": text, "owner": text})
    test = run.record_tests[0]
    row = test.result.exception_rows[0].model_copy(update={"key": text, "place": Place(file=text, row=3)})
    result = test.result.model_copy(update={"exception_rows": (row,)})
    hostile = run.model_copy(
        update={
            "engagement": run.engagement.model_copy(update={"title": text}),
            "items": (*run.items, item),
            "findings": (finding, *run.findings[1:]),
            "plan": (plan, *run.plan[1:]),
            "record_tests": (test.model_copy(update={"result": result}), *run.record_tests[1:]),
        }
    )
    book = written(tmp_path / "w.xlsx", hostile)
    seen = 0
    for sheet in book:
        for cell in (cell for cells in sheet.iter_rows() for cell in cells if cell.value is not None):
            assert cell.data_type != "f" or sheet.title == TOTALS, (sheet.title, cell.coordinate)
            if cell.value == text:
                seen += 1
                assert cell.quotePrefix, (sheet.title, cell.coordinate)
    assert seen >= 7
    with zipfile.ZipFile(tmp_path / "w.xlsx") as archive:
        assert not [name for name in archive.namelist() if "externalLink" in name or "vba" in name]


def test_what_reverses_the_direction_of_reading_or_no_cell_can_hold_is_taken_out(tmp_path: Path) -> None:
    assert "\u202e" in HOSTILE
    run = sample_run()
    hostile = run.model_copy(
        update={"items": (run.items[0].model_copy(update={"title": HOSTILE + "x" * 40_000}),)}
    )
    (title,) = column(written(tmp_path / "w.xlsx", hostile)["Evidence"], "Title")
    assert "\u202e" not in str(title)
    assert str(title).startswith('<script>alert("x")</script>')
    assert str(title).endswith("…")


def test_what_is_left_out_is_said_and_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "MOST_ROWS", 2)
    run = sample_run()
    book = written(tmp_path / "w.xlsx", run)
    told = {row[1]: row[2] for row in book["Method"].iter_rows(values_only=True)}
    found = {one.name: one for one in book_of(run).pages}
    assert [len(column(book[name], KEY)) for name in ("Points", "Exceptions")] == [2, 2]
    assert found["Points"].left_out == len(run.catalog.points) - 2
    seen = sum(one.result.exceptions + one.result.unknown for one in run.record_tests)
    assert found["Exceptions"].left_out == seen - 2
    assert told["Left out of Points"] == "5 rows; they stand in reports/assessment.json."


def test_the_method_names_what_was_left_out_and_the_status(tmp_path: Path) -> None:
    book = written(tmp_path / "w.xlsx", sample_run())
    told = {row[1]: row[2] for row in book["Method"].iter_rows(values_only=True)}
    assert told["Left out of Exceptions"].endswith(
        "they stand in reports/exceptions, one list a record test."
    )
    assert told["Status"].startswith("DRAFT")
    assert "DRAFT" in str(book[POINTS].oddHeader.left.text)


def test_the_same_run_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        write_book(book_of(sample_run()), tmp_path / name)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_without_names_no_cell_is_open(tmp_path: Path) -> None:
    book = written(tmp_path / "w.xlsx", sample_run(redacted="auditee"))
    assert all(cell.protection.locked for sheet in book for cells in sheet.iter_rows() for cell in cells)
    assert book[STATE]["C1"].value == "without names"
    told = {row[1]: row[2] for row in book["Method"].iter_rows(values_only=True)}
    assert "reports/redacted/exceptions" in str(told["Left out of Exceptions"])


def test_rows_are_as_high_and_columns_as_wide_as_what_stands_in_them(tmp_path: Path) -> None:
    sheet = written(tmp_path / "a.xlsx", sample_run())["Points"]
    headers = [cell.value for cell in sheet[1]]
    at = headers.index("Statement") + 1
    width = sheet.column_dimensions[sheet.cell(1, at).column_letter].width
    texts = {row: str(sheet.cell(row, at).value) for row in range(2, sheet.max_row + 1)}
    longest = max(texts, key=lambda row: len(texts[row]))
    assert sheet.row_dimensions[longest].height >= 15 * (len(texts[longest]) // (width * 1.2))
    for cell in sheet[1][1:]:
        assert sheet.column_dimensions[cell.column_letter].width > max(map(len, str(cell.value).split()))
