"""Templates: what an auditee fills in is read back without a profile."""

from pathlib import Path

import openpyxl
import pytest
from table_samples import TICKET, codes, read, values

from auditkit.evidence.template import write_template


def test_the_csv_template_is_a_header_row(tmp_path: Path) -> None:
    write_template(TICKET, tmp_path / "tickets.csv")
    text = (tmp_path / "tickets.csv").read_text(encoding="utf-8-sig")
    assert text.strip() == "id,status,priority,hours,late,opened_at,due,note"


def test_the_workbook_says_what_each_field_means_and_offers_lists(tmp_path: Path) -> None:
    write_template(TICKET, tmp_path / "t.xlsx")
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    assert book.sheetnames == ["Records", "About"]
    assert [cell.value for cell in book["Records"][1]][:3] == ["id", "status", "priority"]
    rows = {row[0]: row[1:] for row in book["About"].iter_rows(min_row=4, values_only=True)}
    assert rows["id"][1] == "Number (identifies the record)"
    assert rows["status"][2] == "new, in_progress, closed"
    lists = {str(one.sqref): one.formula1 for one in book["Records"].data_validations.dataValidation}
    assert lists["B2:B10001"] == '"new,in_progress,closed"'
    assert lists["E2:E10001"] == '"true,false"'
    book.close()


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_filled_template_is_read_back(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"t.{ending}"
    write_template(TICKET, path)
    filled = ["T1", "In progress", 2, 1.5, "true", "2026-03-01 14:05", "2026-03-02", "text"]
    if ending == "csv":
        with path.open("a", encoding="utf-8") as stream:
            stream.write(",".join(map(str, filled)) + "\n")
    else:
        book = openpyxl.load_workbook(path)
        book["Records"].append(filled)
        book.save(path)
        book.close()
    table = read(tmp_path, None, name=path.name)
    assert values(table, "status") == ["in_progress"]
    assert values(table, "late") == [True]
    assert str(values(table, "opened_at")[0]) == "2026-03-01 14:05:00"
    assert str(values(table, "due")[0]) == "2026-03-02"
    assert [code for code in codes(table) if code != "table-other-sheets"] == []


def test_the_same_template_has_the_same_bytes(tmp_path: Path) -> None:
    write_template(TICKET, tmp_path / "a.xlsx")
    write_template(TICKET, tmp_path / "b.xlsx")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_another_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"\.csv or \.xlsx"):
        write_template(TICKET, tmp_path / "t.ods")
