"""The workbook in other languages: its sheets are read back whatever language wrote it, and kept by what they are."""

from pathlib import Path

import openpyxl
import pytest
from sample_run import sample_run
from test_workbook import recount

from auditkit.base.language import languages, speaking
from auditkit.reporting.view import build_view
from auditkit.reporting.workbook import read as reading
from auditkit.reporting.workbook.book import build_book
from auditkit.reporting.workbook.columns import COLUMNS, POINTS
from auditkit.reporting.workbook.model import STATE, TOTALS
from auditkit.reporting.workbook.read import read_book
from auditkit.reporting.workbook.said import VALUES, choices_said, headers_by_text, pages_by_sheet, value_text
from auditkit.reporting.workbook.write import write_book

FORBIDDEN = set("[]:*?/\\'")


@pytest.fixture(scope="module")
def german(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook that was written in German."""
    path = tmp_path_factory.mktemp("de") / "w.xlsx"
    with speaking("de"):
        run = sample_run()
        write_book(build_book(run, build_view(run), {}), path)
    return path


def typed(source: Path, target: Path, cells: dict[str, object], row: int = 3) -> Path:
    book = openpyxl.load_workbook(source)
    headers = [cell.value for cell in book["Prüfpunkte"][1]]
    for header, value in cells.items():
        book["Prüfpunkte"].cell(row, headers.index(header) + 1).value = value  # type: ignore[assignment]
    book.save(target)
    return target


@pytest.mark.parametrize("language", languages())
def test_names_are_such_as_a_workbook_takes_and_none_stands_twice(language: str) -> None:
    with speaking(language):
        sheets, choices = pages_by_sheet(), choices_said()
        assert len(sheets) == len(COLUMNS) + 1
        assert STATE not in sheets
        for name in sheets:
            assert len(name) <= 31, name
            assert not FORBIDDEN & set(name), name
        for page, columns in COLUMNS.items():
            assert len(headers_by_text(page)) == len(columns) + 1, page
        assert len({one.casefold() for one in choices.values()}) == len(choices)
        assert len({value_text(one) for one in VALUES}) == len(VALUES)


def test_sheets_headers_days_and_choices_are_german(german: Path) -> None:
    book = openpyxl.load_workbook(german)
    assert book.sheetnames[:4] == ["Methode", "Summen", "Anforderungen", "Prüfpunkte"]
    sheet = book["Prüfpunkte"]
    assert [sheet.cell(1, at).value for at in (1, 2, 6)] == ["Key", "Prüfpunkt", "Urteil"]
    assert sheet.cell(2, 7).value in ("bestätigt", "Kandidat")
    rules = [rule.formula1 for rule in sheet.data_validations.dataValidation if rule.type == "list"]
    assert '"konform,nicht konform,nicht anwendbar"' in rules
    headers = [cell.value for cell in book["Nachweise"][1]]
    assert book["Nachweise"].cell(2, headers.index("Gültig ab") + 1).number_format == "dd.mm.yyyy"


def test_the_totals_agree_in_german(german: Path) -> None:
    formulas = openpyxl.load_workbook(german)
    values = openpyxl.load_workbook(german, data_only=True)["Summen"]
    assert formulas["Summen"].max_row > 12
    for row in range(2, formulas["Summen"].max_row + 1):
        what, said, counted, left_out, agrees = (values.cell(row, at).value for at in range(1, 6))
        assert counted == recount(formulas, formulas["Summen"].cell(row, 3).value), what
        assert (said, agrees) == (counted + left_out, "ja"), what


@pytest.mark.parametrize("spoken", languages())
def test_out_and_in_unchanged_is_no_change_whoever_reads(german: Path, tmp_path: Path, spoken: str) -> None:
    openpyxl.load_workbook(german).save(tmp_path / "w.xlsx")
    with speaking(spoken):
        found = [read_book(path, "w.xlsx", "IA-2026") for path in (german, tmp_path / "w.xlsx")]
    assert [(one.filled, one.issues) for one in found] == [((), ()), ((), ())]


@pytest.mark.parametrize("verdict", ["nicht konform", "Nicht konform ", "nonconforming"])
def test_a_filled_row_comes_back_as_what_a_judgement_keeps(
    german: Path, tmp_path: Path, verdict: str
) -> None:
    cells = {"Eigenes Urteil": verdict, "Eigene Begründung": "In zwölf Changes gesehen.", "Durch": "P-002",
             "Stützt sich auf": "EV-001", "Tag": "14.10.2026", "Grundlage": "nicht vorgekommen", "Wie geprüft": "Liste"}  # fmt: skip
    found = read_book(typed(german, tmp_path / "w.xlsx", cells), "w.xlsx", "IA-2026")
    assert found.issues == ()
    (row,) = found.filled
    said = {part: cell.text for part, cell in row.cells.items()}
    assert (said["verdict"], said["basis"], said["at"]) == ("nonconforming", "no_occurrence", "2026-10-14")
    assert row.cells["verdict"].where == "Prüfpunkte!Q3"


def test_faults_name_the_cells_as_the_workbook_does(german: Path, tmp_path: Path) -> None:
    path = typed(german, tmp_path / "w.xlsx", {"Urteil": "konform, wirklich", "Eigenes Urteil": "vielleicht"})
    said = [str(one) for one in read_book(path, "w.xlsx", "IA-2026").issues]
    assert any("Urteil is computed and was changed" in one for one in said)
    assert any("none of konform, nicht konform, nicht anwendbar" in one for one in said)


def test_a_header_of_another_language_is_missed(german: Path, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(german)
    book["Prüfpunkte"].cell(1, 6).value = "Verdict"
    book.save(tmp_path / "w.xlsx")
    (issue,) = [
        one for one in read_book(tmp_path / "w.xlsx", "w.xlsx", "IA-2026").issues if one.severity == "error"
    ]
    assert "The column Urteil is missing" in issue.message


def test_a_language_that_is_not_known_is_refused(german: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "languages", lambda: ("en",))
    (issue,) = read_book(german, "w.xlsx", "IA-2026").issues
    assert "written in the language 'de', which is not known here" in issue.message


def test_what_is_kept_goes_by_the_english_names(german: Path) -> None:
    state = openpyxl.load_workbook(german)[STATE]
    kept = {str(row[0]) for row in state.iter_rows(min_row=3, values_only=True)}
    assert kept <= {*COLUMNS, TOTALS, "basis", "language"}
    assert POINTS in kept
