"""The evidence pack: by clause, digests that hold, nothing outside evidence/, persons withheld, the same bytes again."""

import csv
import hashlib
import io
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from finding_engagement import make

from auditkit.base.errors import UsageFault
from auditkit.cli.main import cli

ITEMS = """\
  - {id: EV-003, title: =HYPERLINK("x"), file: "people.csv", kind: record_export, dataset: person, links: [8.5.1.3-1], owner: Jan Otte}
  - {id: EV-004, title: Secret of Jan Otte, file: secret.md, kind: document, links: [8.5.1.3-1], classification: Strictly confidential}
"""
JUDGEMENT = """\
judgements:
  - {id: J-001, point: 8.5.1.3-1, verdict: nonconforming, rationale: Read with the people who do it., by: P-001, at: 2026-10-10, on: [EV-001, EV-003, EV-004]}
"""


def engagement(folder: Path) -> Path:
    made = make(folder)
    with (made / "evidence/register.yaml").open("a", encoding="utf-8") as stream:
        stream.write(ITEMS.replace("=HYPERLINK", '"=HYPERLINK').replace('("x")', '(x)"'))
    (made / "evidence/people.csv").write_text("id,name\nP1,Jan Otte\n", encoding="utf-8")
    (made / "evidence/secret.md").write_text(
        "The plan is kept in the safe of the building.\n", encoding="utf-8"
    )
    (made / "workpapers/judgements").mkdir(parents=True)
    (made / "workpapers/judgements/all.yaml").write_text(JUDGEMENT, encoding="utf-8")
    assert CliRunner().invoke(cli, ["judgements", "bind", "-e", str(made)]).exit_code == 0
    return made


def pack(folder: Path, target: Path, *more: str) -> Result:
    return CliRunner().invoke(cli, ["pack", "--to", str(target), "-e", str(folder), *more])


def index(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_every_file_stands_once_with_its_digest_and_the_clauses_it_bears_on(tmp_path: Path) -> None:
    made = engagement(tmp_path / "e")
    assert pack(made, tmp_path / "pack").exit_code == 0
    sums = dict(
        reversed(line.split("  ")) for line in (tmp_path / "pack/SHA256SUMS").read_text().splitlines()
    )
    assert set(sums) == {
        "evidence/EV-001-changes.csv",
        "evidence/EV-003-people.csv",
        "evidence/EV-004-secret.md",
    }
    for name, digest in sums.items():
        assert hashlib.sha256((tmp_path / "pack" / name).read_bytes()).hexdigest() == digest
    rows = index((tmp_path / "pack/index.csv").read_text(encoding="utf-8"))
    assert {row["evidence"] for row in rows if row["point"] == "8.5.1.3-1"} == {"EV-001", "EV-003", "EV-004"}
    assert {row["verdict"] for row in rows if row["point"] == "8.5.1.3-1"} == {"nonconforming"}
    page = (tmp_path / "pack/clauses/8.5.1.3.md").read_text(encoding="utf-8")
    assert "../evidence/EV-001-changes.csv" in page


def test_redacted_it_holds_no_name_no_persons_and_nothing_restricted_and_says_so(tmp_path: Path) -> None:
    made = engagement(tmp_path / "e")
    said = pack(made, tmp_path / "pack.zip", "--redacted", "--clause", "8.5")
    assert "left out: EV-003, records of persons" in said.output
    assert "left out: EV-004, classified Strictly confidential" in said.output
    with zipfile.ZipFile(tmp_path / "pack.zip") as archive:
        texts = {name: archive.read(name).decode() for name in archive.namelist()}
    assert not any("Jan Otte" in text for text in texts.values())
    assert [row["evidence"] for row in index(texts["left-out.csv"])] == ["EV-003", "EV-004"]
    assert all(len(row["sha256"]) == 64 for row in index(texts["left-out.csv"]))
    assert "the files are as received" in texts["README.md"]


def test_a_zip_has_the_same_bytes_again_and_cells_are_no_formulas(tmp_path: Path) -> None:
    made = engagement(tmp_path / "e")
    pack(made, tmp_path / "a.zip")
    pack(made, tmp_path / "b.zip")
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        rows = index(archive.read("index.csv").decode())
        assert all(".." not in name and not name.startswith("/") for name in archive.namelist())
    assert not any(cell.startswith("=") for row in rows for cell in row.values())


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--clause", "99.1"), "nothing to pack"),
        (("--without", "EV-404"), "EV-404 is not in the evidence register"),
    ],
)
def test_what_cannot_be_packed_is_refused(tmp_path: Path, more: tuple[str, ...], said: str) -> None:
    done = pack(engagement(tmp_path / "e"), tmp_path / "pack", *more)
    assert isinstance(done.exception, UsageFault)
    assert said in str(done.exception)
    assert not (tmp_path / "pack").exists()


def test_what_is_there_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "pack").mkdir()
    done = pack(engagement(tmp_path / "e"), tmp_path / "pack")
    assert "was not touched" in str(done.exception)
    assert list((tmp_path / "pack").iterdir()) == []
