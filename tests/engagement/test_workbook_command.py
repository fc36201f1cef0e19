"""The workbook by the commands: out once, never over a file, without names on request."""

import json
import zipfile
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result
from finding_engagement import make

from auditkit.base.errors import AuditkitError, UsageFault
from auditkit.cli.main import cli


def call(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(cli, ["workbook", *words, "-e", str(folder)], terminal_width=80)


def out(folder: Path, *more: str) -> Path:
    done = call(folder, "out", "--json", *more)
    assert done.exit_code == 0, (done.output, done.exception)
    return Path(json.loads(done.output)["file"])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make(tmp_path / "audit")


def test_out_writes_one_file_and_touches_nothing_else(folder: Path) -> None:
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    done = call(folder, "out")
    assert "Points 384" in " ".join(done.output.split())
    assert all(len(line) <= 80 for line in done.output.splitlines())
    after = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    new = {path.relative_to(folder).as_posix() for path in after.keys() - before.keys()}
    assert {name for name in new if not name.startswith(".auditkit-cache/")} == {"reports/workbook.xlsx"}
    assert {path: after[path] for path in before} == before


def test_a_file_that_is_there_is_never_overwritten(folder: Path) -> None:
    path = out(folder)
    path.write_bytes(b"mine")
    done = call(folder, "out")
    assert isinstance(done.exception, UsageFault)
    assert "exists already and was not touched. Name another with --to." in str(done.exception)
    assert path.read_bytes() == b"mine"


def test_another_ending_is_refused(folder: Path) -> None:
    done = call(folder, "out", "--to", str(folder / "audit.csv"))
    assert isinstance(done.exception, AuditkitError)
    assert "a workbook ends in .xlsx" in str(done.exception)


@pytest.mark.parametrize(("scope", "gone"), [("auditee", ("Jan Otte",)), ("all", ("Jan Otte", "Ole Brandt"))])
def test_without_names_no_byte_holds_one(folder: Path, scope: str, gone: tuple[str, ...]) -> None:
    register = folder / "evidence/register.yaml"
    text = register.read_text(encoding="utf-8").replace(
        "file: workflow.md", "owner: Jan Otte, file: workflow.md"
    )
    register.write_text(text, encoding="utf-8")
    words = [
        "judge",
        "8.5.1.3-2",
        "conforms",
        "--because",
        "Jan Otte showed it to Ole Brandt.",
        "--by",
        "P-002",
    ]
    assert CliRunner().invoke(cli, [*words, "-e", str(folder)]).exit_code == 0

    def everything(path: Path) -> str:
        with zipfile.ZipFile(path) as archive:
            return "".join(archive.read(name).decode() for name in archive.namelist())

    full = everything(out(folder))
    assert all(name in full for name in gone)
    path = out(folder, f"--redacted={scope}")
    assert path == folder / "reports/redacted/workbook.xlsx"
    assert not [name for name in gone if name in everything(path)]


def test_the_judgement_there_is_stands_beside_the_cells_for_a_new_one(folder: Path) -> None:
    words = [
        "judge",
        "8.5.1.3-2",
        "conforms",
        "--because",
        "=1+1 is what they said.",
        "--by",
        "P-002",
        "--on",
        "EV-002",
    ]
    assert CliRunner().invoke(cli, [*words, "-e", str(folder)]).exit_code == 0
    sheet = openpyxl.load_workbook(out(folder))["Points"]
    header = [cell.value for cell in sheet[1]]
    row = next(row for row in sheet.iter_rows(values_only=True) if row[0] == "8.5.1.3-2")
    found = dict(zip(header, row, strict=True))
    assert (found["Judgement"], found["Judged by"], found["Rationale"]) == (
        "J-001",
        "Ole Brandt",
        "=1+1 is what they said.",
    )
    assert (found["State"], found["Verdict"], found["Standing"]) == ("decides", "conforms", "confirmed")
    assert found["Your verdict"] is None
