"""Judgements from the workbook: the checks of `auditkit judge`, all or none, and nothing that changed underneath."""

import json
import shutil
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result
from finding_engagement import make, opened, records

from auditkit.base.errors import UsageFault
from auditkit.cli.main import cli

SEEN = "Seen in twelve changes on site."
POINT, OTHER = "8.5.1.3-2", "8.5.1.3-1"


def call(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(cli, [*words, "-e", str(folder)], terminal_width=80, standalone_mode=False)


def ok(folder: Path, *words: str) -> str:
    done = call(folder, *words)
    assert (done.exception, done.return_value or 0) == (None, 0), (done.output, done.exception)
    return done.output


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An engagement with its workbook beside it, made once."""
    beside = tmp_path_factory.mktemp("prepared")
    ok(make(beside / "audit"), "workbook", "out", "--to", str(beside / "w.xlsx"))
    return beside


@pytest.fixture
def folder(prepared: Path, tmp_path: Path) -> Path:
    shutil.copytree(prepared / "audit", tmp_path / "audit")
    return tmp_path / "audit"


@pytest.fixture
def book(prepared: Path, folder: Path) -> Path:
    return Path(shutil.copyfile(prepared / "w.xlsx", folder.parent / "w.xlsx"))


def fill(path: Path, point: str, **cells: object) -> Path:
    """Fill a row in, by headers with _ for blanks."""
    book = openpyxl.load_workbook(path)
    sheet = book["Points"]
    headers = [cell.value for cell in sheet[1]]
    row = next(number for number in range(2, sheet.max_row + 1) if sheet.cell(number, 1).value == point)
    values = {"Your_verdict": "conforms", "Your_rationale": SEEN, "By": "P-002", **cells}
    for header, value in values.items():
        sheet.cell(row, headers.index(header.replace("_", " ")) + 1).value = value  # type: ignore[assignment]
    book.save(path)
    return path


def people_files(folder: Path) -> dict[Path, bytes]:
    kept = (path for path in folder.rglob("*") if path.is_file() and ".auditkit-cache" not in path.parts)
    return {path: path.read_bytes() for path in kept}


def refused(folder: Path, path: Path, *more: str) -> str:
    """Take a workbook in that must be refused, and return what is said; nothing may be written."""
    before = people_files(folder)
    done = call(folder, "workbook", "in", str(path), *more)
    assert (done.exception, done.return_value) == (None, 3), (done.output, done.exception)
    assert people_files(folder) == before
    assert "nothing was written" in done.output
    return " ".join(done.output.split())


def test_out_and_in_unchanged_is_no_change(folder: Path, book: Path) -> None:
    before = people_files(folder)
    assert ok(folder, "workbook", "in", str(book)) == "0 judgements; nothing new.\n"
    assert people_files(folder) == before


def test_a_judgement_comes_in_bound_and_the_workbook_stays_as_it_was(folder: Path, book: Path) -> None:
    fill(book, POINT, Rests_on="EV-002 EV-001", Day=datetime(2026, 10, 12))  # noqa: DTZ001
    before = book.read_bytes()
    output = ok(folder, "workbook", "in", str(book))
    assert "J-001  8.5.1.3-2  conforms\n1 judgement; written.\n" in output
    assert book.read_bytes() == before
    (judgement,) = opened(folder).workpapers.judgements
    assert (judgement.rationale, judgement.by, judgement.on, str(judgement.at)) == (
        SEEN,
        "P-002",
        ("EV-002", "EV-001"),
        "2026-10-12",
    )
    assert list(opened(folder).workpapers.bindings) == ["J-001"]


def test_the_same_workbook_a_second_time_changes_nothing(folder: Path, book: Path) -> None:
    ok(folder, "workbook", "in", str(fill(book, POINT)))
    before = people_files(folder)
    assert "Taken over before, and left as they are: 1." in ok(folder, "workbook", "in", str(book))
    assert people_files(folder) == before


def test_a_dry_run_shows_every_change_by_cell_and_writes_nothing(folder: Path, book: Path) -> None:
    fill(fill(book, POINT), OTHER, Your_verdict="nonconforming")
    before = people_files(folder)
    output = ok(folder, "workbook", "in", str(book), "--dry-run")
    assert "8.5.1.3-2 verdict: - -> conforms" in output
    assert "8.5.1.3-1 verdict: - -> nonconforming" in output
    assert output.count("Points!") == 6
    assert output.endswith("2 judgements; nothing was written (dry run).\n")
    assert all(len(line) <= 80 for line in output.splitlines())
    assert people_files(folder) == before


def test_json_holds_changes_judgements_and_issues(folder: Path, book: Path) -> None:
    found = json.loads(ok(folder, "workbook", "in", str(fill(book, POINT)), "--json"))
    assert [one["part"] for one in found["changes"]] == ["verdict", "rationale", "by"]
    assert [one["id"] for one in found["judged"]] == ["J-001"]
    assert (found["already"], found["issues"]) == ([], [])


@pytest.mark.parametrize(
    ("point", "cells", "column", "said"),
    [
        (POINT, {"Your_verdict": "not_applicable"}, "Q", "allows no exclusion, so not_applicable is refused."),
        (POINT, {"By": "P-404"}, "T", "P-404 is not among the people of engagement.yaml. Add the person"),
        (POINT, {"By": "P-010"}, "T", "Jan Otte is not of the audit team; auditors judge."),
        (POINT, {"Your_rationale": "Fine."}, "R", "fewer than 15 characters. Say what was seen."),
        (POINT, {"Rests_on": "EV-001, EV-404"}, "S", "EV-404 is not in the evidence register. Register it"),
        (POINT, {"Basis": "no_occurrence"}, "W", "does not say how that was checked"),
        (POINT, {"Basis": "no_occurrence", "How_checked": "Asked.", "Your_verdict": "nonconforming"}, "Q", "only conforms"),
    ],
)  # fmt: skip
def test_what_judge_refuses_is_refused_at_its_cell(
    folder: Path, book: Path, point: str, cells: dict[str, object], column: str, said: str
) -> None:
    fill(fill(book, OTHER), point, **cells)
    output = refused(folder, book)
    assert said in output
    assert f": {column}" in output.partition("error: w.xlsx, sheet Points, row ")[2]


def test_a_judgement_there_is_is_replaced_only_when_told(folder: Path) -> None:
    words = ("--because", SEEN, "--by", "P-001")
    ok(folder, "judge", POINT, "nonconforming", *words)
    book = folder.parent / "w.xlsx"
    ok(folder, "workbook", "out", "--to", str(book))
    fill(book, POINT)
    assert "J-001 judges it already. Add --again to replace it" in refused(folder, book)
    output = ok(folder, "workbook", "in", str(book), "--again")
    assert "8.5.1.3-2 verdict: nonconforming -> conforms" in output
    assert "J-002  8.5.1.3-2  conforms, in place of J-001" in output
    assert "Taken over before" in ok(folder, "workbook", "in", str(book), "--again")


def test_a_point_that_was_judged_meanwhile_is_a_conflict_even_with_again(folder: Path, book: Path) -> None:
    ok(folder, "judge", POINT, "nonconforming", "--because", SEEN, "--by", "P-001")
    output = refused(folder, fill(book, POINT), "--again")
    assert (
        "J-001 by P-001 judges it nonconforming since the workbook was written. Look at the point again"
        in output
    )


def test_evidence_that_changed_underneath_is_a_conflict(folder: Path, book: Path) -> None:
    records(folder, "2026", "03", late=7)
    output = refused(folder, fill(book, OTHER))
    assert (
        "8.5.1.3-1: its text, its evidence or what the procedures saw changed since the workbook was written."
        in output
    )


def test_evidence_named_for_a_point_it_does_not_bear_on_is_compared_as_well(folder: Path, book: Path) -> None:
    (folder / "evidence/workflow.md").write_text("The workflow lets everything pass.\n", encoding="utf-8")
    output = refused(folder, fill(book, "4.1-1", Rests_on="EV-002"))
    assert "4.1-1: EV-002 changed since the workbook was written." in output
    assert "1 judgement" in ok(folder, "workbook", "in", str(fill(book, "4.1-1", Rests_on=None)))


def test_two_auditors_fill_in_copies_of_one_workbook(folder: Path, book: Path) -> None:
    copy = folder.parent / "second.xlsx"
    copy.write_bytes(book.read_bytes())
    ok(folder, "workbook", "in", str(fill(book, POINT)))
    assert "J-002  4.1-1  conforms" in ok(folder, "workbook", "in", str(fill(copy, "4.1-1", By="P-001")))


def test_one_fault_keeps_everything_out_and_every_fault_is_named(folder: Path, book: Path) -> None:
    fill(fill(book, OTHER, By="P-404"), POINT, Day="soon")
    fill(book, "4.1-1")
    output = refused(folder, book)
    assert "P-404 is not among the people" in output
    assert "'soon' is no date" in output


def test_a_file_that_is_not_there_or_none_of_ours(folder: Path) -> None:
    done = call(folder, "workbook", "in", str(folder / "no.xlsx"))
    assert isinstance(done.exception, UsageFault)
    assert "there is no such file" in str(done.exception)
    (folder / "z.xlsx").write_text("nothing", encoding="utf-8")
    assert "The workbook cannot be read" in refused(folder, folder / "z.xlsx")
