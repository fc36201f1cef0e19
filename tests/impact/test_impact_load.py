"""The analysis from a file or from sheets: what is wrong is named with its line, row or cell, and never guessed."""

from pathlib import Path

import openpyxl
import pytest

from auditkit.impact.load import LoadedImpact, load_impact
from auditkit.impact.sheets import SHEETS, write_template

YAML = """\
# Written by people.
scale: {levels: [none, low, high], intolerable: high}
evidence: [EV-001]
critical_within_hours: 8
activities:
  - {id: A, rto_hours: 6, rpo_hours: 1, impact: [{type: legal, after_hours: 8, level: high}], needs: [{of: [S], lag_hours: 1}]}
services:
  - id: S
    name: Mail
    needs: [{of: [C1, C2], at_least: 1, lag_hours: 0.5}]
    recoveries: [{id: T1, at: 2026-03-01, recovered_hours: 3.5, evidence: EV-002}]
    promises: [{id: L1, metric: restore_hours, value: 4, evidence: EV-003}]
components: [{id: C1}, {id: C2, risk: RSK-1}]
"""
TABLES = {
    "settings": "setting,value\nevidence,EV-001\ncritical_within_hours,8\n",
    "scale": "level,intolerable\nnone,\nlow,\nhigh,yes\n",
    "elements": "id,kind,name,rto_hours,rpo_hours,risk\nA,activity,,6,1,\nS,service,Mail,,,\nC1,component,,,,\nC2,component,,,,RSK-1\n",
    "impacts": "activity,type,after_hours,level\nA,legal,8,high\n",
    "needs": "consumer,provider,group,at_least,lag_hours\nA,S,,,1\nS,C1,pair,1,0.5\nS,C2,pair,,\n",
    "recoveries": "element,id,at,recovered_hours,evidence\nS,T1,2026-03-01,3.5,EV-002\n",
    "promises": "element,id,metric,value,evidence\nS,L1,restore_hours,4,EV-003\n",
}


def load(folder: Path) -> LoadedImpact:
    return load_impact(folder / "impact.yaml", folder / "impact.xlsx", folder / "impact")


def from_yaml(folder: Path, text: str = YAML) -> LoadedImpact:
    (folder / "impact.yaml").write_text(text, encoding="utf-8")
    return load(folder)


def from_tables(folder: Path, **changed: str) -> LoadedImpact:
    (folder / "impact").mkdir()
    for name, text in {**TABLES, **changed}.items():
        (folder / "impact" / f"{name}.csv").write_text(text, encoding="utf-8")
    return load(folder)


def test_nothing_there_is_nothing_given(tmp_path: Path) -> None:
    assert not load(tmp_path).given


def test_sheets_say_the_same_as_the_file(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    one, other = from_yaml(tmp_path / "a"), from_tables(tmp_path / "b")
    assert (one.issues, other.issues) == ((), ())
    assert one.file == other.file
    assert (str(one.places["S"]), str(other.places["S"])) == ("impact.yaml:8:5", "impact/elements.csv, row 3")


def test_a_filled_template_is_read_and_names_its_cells(tmp_path: Path) -> None:
    path = tmp_path / "impact.xlsx"
    assert write_template(path) == (path,)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == [*SHEETS, "About"]
    rows = {name: [line.split(",") for line in text.splitlines()] for name, text in TABLES.items()}
    for name, (header, *lines) in rows.items():
        columns = {cell.value: cell.column for cell in book[name][1]}
        for at, line in enumerate(lines, 2):
            for column, text in zip(header, line, strict=True):
                if text:
                    value = float(text) if text.replace(".", "").isdigit() else text
                    book[name].cell(at, columns[column], value)
    book["recoveries"].cell(2, 3, 46082)  # how a spreadsheet keeps 2026-03-01
    book.save(path)
    loaded = load(tmp_path)
    assert [str(issue) for issue in loaded.issues] == []
    assert loaded.file == from_tables(tmp_path / "c" if (tmp_path / "c").mkdir() is None else tmp_path).file
    book["elements"].cell(2, [cell.value for cell in book["elements"][1]].index("rto_hours") + 1, "soon")
    book.save(path)
    issue = load(tmp_path).issues[0]
    assert (issue.code, str(issue.place)) == ("impact-cell", "impact.xlsx, sheet elements, row 2")
    assert "F2: rto_hours" in issue.message


def test_an_empty_template_as_csv_has_every_sheet_and_is_no_analysis(tmp_path: Path) -> None:
    written = write_template(tmp_path / "impact")
    assert [path.stem for path in written] == list(SHEETS)
    loaded = load(tmp_path)
    assert (loaded.given, loaded.file, loaded.complete) == (True, None, False)
    assert loaded.issues[0].message == "The sheet elements is missing or empty."


BAD_ROWS = [
    ("elements", "id,kind\nA,activity\nS,servise\n", "impact-cell", "row 3", "'servise' is none of activity"),
    ("elements", "id,kind,rto_hours\nA,activity,six\n", "impact-cell", "row 2", "C2: rto_hours"),
    ("elements", "id,kind\nA,activity\nA,service\n", "impact-duplicate", "row 3", "A stands twice"),
    ("elements", "id,kind\nA,activity\n,service\n", "impact-cell", "row 3", "id is empty"),
    ("elements", "id\nA\n", "impact-sheet", "row 1", "The column kind is missing."),
    ("elements", "id,kind,importance\nA,activity,9\n", "impact-sheet", "row 1", "C: 'importance' is no column"),
    ("needs", "consumer,provider\nA,S\nX,S\n", "impact-dangling", "row 3", "X is not in the sheet elements"),
    ("needs", "consumer,provider,lag_hours\nA,S9,0\n", "impact-dangling", "row 2", "A leans on S9"),
    ("needs", "consumer,provider,group,at_least\nS,C1,p,1\nS,C2,p,2\n", "impact-cell", "row 3", "at_least is not the same"),
    ("needs", "consumer,provider,group,at_least\nS,C1,p,2\n", "impact-cell", "row 2", "only 1 are named"),
    ("recoveries", "element,id,at,evidence\nA,T,2026-01-01,EV-1\n", "impact-dangling", "row 2", "A is not a service"),
    ("recoveries", "element,id,at,evidence\nS,T,spring,EV-1\n", "impact-cell", "row 2", "C2: at"),
    ("promises", "element,id,metric,evidence\nS,L,speed,EV-1\n", "impact-cell", "row 2", "C2: metric"),
    ("promises", "element,id,metric,value,evidence\nS,L,availability_percent,101,EV-1\n", "impact-cell", "row 2", "at most 100"),
    ("settings", "setting,value\ncolour,red\n", "impact-cell", "row 2", "'colour' is no setting"),
    ("wishes", "id\nA\n", "impact-sheet", "impact/wishes.csv", "'wishes' is none of settings"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("sheet", "text", "code", "where", "says"), BAD_ROWS, ids=[one[4] for one in BAD_ROWS]
)
def test_a_row_that_cannot_be_used_is_named_and_the_rest_is_incomplete(
    tmp_path: Path, sheet: str, text: str, code: str, where: str, says: str
) -> None:
    loaded = from_tables(tmp_path, **{sheet: text})
    found = [issue for issue in loaded.issues if says in issue.message]
    assert [issue.code for issue in found][:1] == [code], [str(issue) for issue in loaded.issues]
    assert where in str(found[0].place) or sheet == "needs"
    assert found[0].hint
    assert not loaded.complete


def test_a_decimal_comma_is_not_guessed_and_a_semicolon_file_is_read(tmp_path: Path) -> None:
    loaded = from_tables(
        tmp_path, recoveries="element;id;at;recovered_hours;evidence\nS;T1;2026-03-01;3,5;EV-002\n"
    )
    assert ["D2: recovered_hours" in issue.message for issue in loaded.issues] == [True]


def test_two_sources_are_refused_and_neither_is_used(tmp_path: Path) -> None:
    from_tables(tmp_path)
    loaded = from_yaml(tmp_path)
    assert (loaded.given, loaded.file) == (True, None)
    assert [issue.code for issue in loaded.issues] == ["impact-two-sources"]
    assert "impact.yaml and impact both hold" in loaded.issues[0].message


@pytest.mark.parametrize(
    ("old", "new", "code", "line", "says"),
    [
        ("level: high", "level: awful", "yaml-invalid", 2, "'awful' is no level of the scale"),
        ("at_least: 1", "at_least: 3", "yaml-invalid", 10, "only 2 are named"),
        ("intolerable: high", "intolerable: none", "yaml-invalid", 2, "not the first"),
        ("{id: C2, ", "{id: C1, ", "impact-duplicate", 13, "C1 stands twice"),
        ("of: [C1, C2]", "of: [C1, C9]", "impact-dangling", 8, "S leans on C9, which is no element"),
        ("rto_hours: 6", "rto_hours: -1", "yaml-invalid", 6, "greater than or equal to 0"),
        ("name: Mail", "nmae: Mail", "yaml-invalid", 9, "nmae"),
    ],
)
def test_a_fault_of_the_file_is_named_with_its_line(
    tmp_path: Path, old: str, new: str, code: str, line: int, says: str
) -> None:
    assert old in YAML
    loaded = from_yaml(tmp_path, YAML.replace(old, new))
    found = next(issue for issue in loaded.issues if says in issue.message)
    assert (found.code, found.place.line) == (code, line)
    assert not loaded.complete
