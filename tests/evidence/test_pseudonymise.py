"""A pseudonymised copy of an export: persons gone, everything else as it was, and every figure the same."""

import csv
import gzip
import io
from functools import cache
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from auditkit.base.digest import digest_file
from auditkit.evidence.datasets import lint_persons, load_datasets
from auditkit.evidence.model import Dataset, DatasetField, EvidenceItem, Profile
from auditkit.evidence.persons import PSEUDONYM, Persons
from auditkit.evidence.profiles import load_profiles
from auditkit.evidence.pseudonymise import Copied, Wanted, copy_export
from auditkit.evidence.tables import Table, read_table
from auditkit.evidence.tables_text import TableFault

CHECKLISTS = Path(__file__).resolve().parents[2] / "checklists"
SERVICENOW = '''\
Exported by Lena Hoffmann;;;;;;
number;short_description;type;requested_by;assigned_to;u_approved_by;state
CHG1;Asked by Jan Otte, urgent;normal;Jan Otte;  LENA  hoffmann ;Jan Otte; Closed
CHG2;=1+1;normal;;"Hoffmann, Lena";-;Closed

CHG3;"two
lines; ""quoted""";normal;"O""Neil, ""Pat""";"=HYPERLINK(""x"")";王小明;Closed
Total;3;;;;;
'''


@cache
def shipped() -> tuple[dict[str, Dataset], tuple[Profile, ...]]:
    datasets = load_datasets(CHECKLISTS / "datasets.yaml", "datasets.yaml")[0]
    return {one.id: one for one in datasets}, load_profiles(CHECKLISTS / "profiles", "profiles")[0]


def wanted(dataset: str, **more: object) -> Wanted:
    datasets, profiles = shipped()
    return Wanted(datasets[dataset], tuple(one for one in profiles if one.dataset == dataset))._replace(
        **more
    )


def copy(source: Path, people: Persons, dataset: str = "change", **more: object) -> tuple[Path, Copied]:
    target = source.with_name(f"copy-{source.name}")
    return target, copy_export(source, target, wanted(dataset, **more), people)


def text(folder: Path, content: str, name: str = "t.csv") -> Path:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return path


def table(path: Path, dataset: str = "change") -> Table:
    datasets, profiles = shipped()
    item = EvidenceItem(id="EV-001", title="T", file=path.name, kind="record_export", dataset=dataset)
    cache_dir = path.parent / "cache"
    return read_table(path.parent, item, datasets[dataset], profiles, "UTC", cache_dir, digest_file(path))


def frame(one: Table, *fields: str) -> list[tuple[object, ...]]:
    assert one.parquet is not None
    return pl.read_parquet(one.parquet).select(fields).rows()


def test_persons_are_replaced_and_all_other_cells_stay(tmp_path: Path) -> None:
    people = Persons(b"k" * 32)
    source = text(tmp_path, SERVICENOW)
    made, told = copy(source, people)
    before = list(csv.reader(io.StringIO(SERVICENOW, newline=""), delimiter=";"))
    after = list(csv.reader(io.StringIO(made.read_text(encoding="utf-8-sig"), newline=""), delimiter=";"))
    assert [len(row) for row in after] == [len(row) for row in before]
    persons = {3, 4, 5}
    for row, was in zip(after, before, strict=True):
        assert [cell for at, cell in enumerate(row) if at not in persons] == [
            cell for at, cell in enumerate(was) if at not in persons
        ]
    cells = [
        row[at] for row in after[2:] for at in persons if len(row) > 6 and row[at].strip() not in ("", "-")
    ]
    assert len(cells) == told.cells == 7
    assert all(PSEUDONYM.fullmatch(cell.strip()) for cell in cells)
    assert after[2][4].startswith("  person-"), "outer blanks stay"
    assert after[2][3] == after[2][5], "the same person"
    assert after[3][3] == "", "empty stays empty"
    assert after[3][5] == "-", "what the profile takes for nothing stays"
    assert told.columns == ("requested_by", "assigned_to", "u_approved_by")


def test_free_text_is_not_touched_and_cells_that_name_somebody_are_counted(tmp_path: Path) -> None:
    _, told = copy(text(tmp_path, SERVICENOW), Persons(b"k" * 32))
    assert told.naming == {"": 1, "short_description": 1}


@pytest.mark.parametrize("kind", ["csv", "gz", "xlsx", "utf-16"])
def test_the_copy_reads_as_the_original_does(tmp_path: Path, kind: str) -> None:
    source = tmp_path / f"t.{'csv' if kind == 'utf-16' else kind}"
    if kind == "xlsx":
        book = openpyxl.Workbook()
        for row in csv.reader(io.StringIO(SERVICENOW, newline=""), delimiter=";"):
            book.worksheets[0].append(["'=1+1" if cell.startswith("=") else cell for cell in row])
        book.create_sheet("People").append(["Jan Otte"])
        book.properties.creator = "Lena Hoffmann"
        book.save(source)
        book.close()
    else:
        data = SERVICENOW.encode("utf-16" if kind == "utf-16" else "utf-8")
        source.write_bytes(gzip.compress(data) if kind == "gz" else data)
    made, told = copy(source, Persons(b"k" * 32), packed=kind == "gz")
    one, two = table(source), table(made)
    assert one.reading.rows_kept == two.reading.rows_kept == 3
    same = ("rows_in_file", "rows_kept", "dropped", "profile", "duplicates", "fields")
    assert [getattr(two.reading, name) for name in same] == [getattr(one.reading, name) for name in same]
    others = ("id", "title", "type", "status", "_row")
    assert frame(one, *others) == frame(two, *others)
    raw = made.read_bytes()
    assert raw[:2] == {"gz": b"\x1f\x8b", "xlsx": b"PK"}.get(kind, b"\xef\xbb")
    assert told.encoding == ("utf-16" if kind == "utf-16" else "")
    if kind == "xlsx":
        assert told.other_sheets == ("People",)
        again = openpyxl.load_workbook(made)
        assert again.sheetnames == ["Sheet"]
        assert again.properties.creator != "Lena Hoffmann"


def test_totals_and_headers_that_come_again_are_no_persons(tmp_path: Path) -> None:
    source = text(tmp_path, "owner,id,title\nJan Otte,P1,a\nowner,id,title\nLena Hoffmann,P2,b\nTotal: 2,,\n")
    made, told = copy(source, Persons(b"k" * 32), "problem")
    one, two = table(source, "problem"), table(made, "problem")
    assert two.reading.dropped == one.reading.dropped
    assert len(one.reading.dropped) == 2
    assert frame(one, "id", "title", "_row") == frame(two, "id", "title", "_row")
    assert (told.persons, told.cells) == (2, 2)


def test_an_account_and_a_first_and_last_name_in_two_columns_are_one_pseudonym(tmp_path: Path) -> None:
    datasets, _ = shipped()
    profile = Profile.model_validate(
        {
            "id": "two", "title": "T", "tool": "T", "dataset": "problem", "date_formats": [],
            "fields": {"id": {"headers": ["id"]}, "owner": {"headers": ["first", "last"], "join": " "}},
        }
    )  # fmt: skip
    people = Persons(b"k" * 32)
    source = text(tmp_path, "id,first,last\nP1,Jan,Otte\nP2,,Lange\nP3,,\n")
    target = tmp_path / "c.csv"
    copy_export(source, target, Wanted(datasets["problem"], (profile,), "two"), people)
    rows = list(csv.reader(io.StringIO(target.read_text(encoding="utf-8-sig"))))
    assert rows[1:] == [
        ["P1", people.pseudonym("Jan Otte"), ""],
        ["P2", "", people.pseudonym("Lange")],
        ["P3", "", ""],
    ]


def test_further_columns_and_cells_are_as_the_caller_says(tmp_path: Path) -> None:
    source = text(tmp_path, "id,owner,closed by,e-mail\nP1,CAB,Jan Otte,j@x.example\n")
    made, told = copy(
        source, Persons(b"k" * 32), "problem", persons_in=("Closed By",), emptied=("e-mail",), keep=("cab",)
    )
    (row,) = list(csv.reader(io.StringIO(made.read_text(encoding="utf-8-sig"))))[1:]
    assert row[:2] == ["P1", "CAB"]
    assert PSEUDONYM.fullmatch(row[2])
    assert row[3] == ""
    assert (told.columns, told.emptied, told.unused) == (("owner", "closed by"), ("e-mail",), ())
    with pytest.raises(TableFault, match="--persons-in names 'nobody', but the columns are: id, owner"):
        copy(source, Persons(b"k" * 32), "problem", persons_in=("nobody",))


def test_columns_that_no_field_uses_are_named(tmp_path: Path) -> None:
    _, told = copy(
        text(tmp_path, "id,owner,caller\nP1,Jan Otte,Lena Hoffmann\n"), Persons(b"k" * 32), "problem"
    )
    assert told.unused == ("caller",)


def test_a_spelling_that_differs_is_told(tmp_path: Path) -> None:
    people = Persons(b"k" * 32)
    _, told = copy(
        text(tmp_path, "id,owner\nP1,Jan Otte\nP2,JAN OTTE\nP3,Lena Hoffmann\n"), people, "problem"
    )
    assert (told.spellings, told.persons) == (1, 2)


@pytest.mark.parametrize(
    ("content", "said"), [("%PDF-1.7", "a PDF"), ('{"id": 1}', "JSON"), ("a,b\n1,2\n", "no header row fits")]
)
def test_what_is_no_table_of_the_dataset_is_refused(tmp_path: Path, content: str, said: str) -> None:
    with pytest.raises(TableFault, match=said):
        copy(text(tmp_path, content), Persons(b"k" * 32))
    assert not (tmp_path / "copy-t.csv").exists()


def test_every_field_that_speaks_of_persons_is_marked() -> None:
    datasets, issues = load_datasets(CHECKLISTS / "datasets.yaml", "datasets.yaml")
    assert issues == ()
    assert lint_persons(datasets, "datasets.yaml") == ()
    marked = sum(field.person for one in datasets for field in one.fields)
    assert marked >= 46


def test_a_forgotten_mark_is_a_fault_and_so_is_one_on_a_date(tmp_path: Path) -> None:
    field = DatasetField(name="change_owner", type="text", about="Person responsible")
    made = Dataset(id="x", title="X", about="X", key="id", clauses=(), fields=(field,))
    (issue,) = lint_persons([made], "datasets.yaml")
    assert "change_owner" in issue.message
    path = text(
        tmp_path,
        "datasets:\n  - {id: x, title: X, about: X, key: id, clauses: [], fields: ["
        "{name: id, type: text, about: Id}, {name: at, type: date, person: true, about: Day}]}\n",
        "d.yaml",
    )
    kept, issues = load_datasets(path, "d.yaml")
    assert kept == ()
    assert "names persons and is no free text" in issues[0].message
