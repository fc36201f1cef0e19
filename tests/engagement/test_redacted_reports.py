"""`run --redacted`: no name of an auditee in any byte that is written or printed; the full reports are not touched."""

import csv
import io
import json
import shutil
from pathlib import Path
from typing import NamedTuple

import pypdfium2
import pytest
from click.testing import CliRunner, Result
from small import engagement

from auditkit.assessment.engagement import Engagement
from auditkit.base.yamltext import load_model
from auditkit.cli.main import cli

ROOT = Path(__file__).resolve().parents[2]
REGISTER = """\
items:
  - {id: EV-001, title: Changes, file: changes.csv, kind: record_export, dataset: change, received_from: Jan Otte}
  - {id: EV-002, title: Policy, file: policy.md, kind: document, document_type: change_management_policy, owner: Rosa Stein}
"""
CHANGES = """\
id,type,status,requester,implementer,approver,approved_at,actual_start,actual_end,closed_at,opened_at,title
C1,normal,closed,Mia Rau,Rosa Stein,Mia Rau,2026-03-01 08:00,2026-03-01 09:00,2026-03-01 10:00,2026-03-01 12:00,2026-03-01 07:00,for Mia Rau
C2,normal,closed,"=Rau, Mia",Rosa Stein,Rosa Stein,2026-03-02 14:00,2026-03-02 09:00,2026-03-02 10:00,2026-03-02 12:00,2026-03-02 07:00,"=cmd()"
"""
POLICY = (
    "---\napprover: Mia Rau\n---\n# Change management policy\n\nRosa Stein reviews changes; so does Ms Rau.\n"
)
NAMES = ("Jan Otte", "Rosa Stein", "Mia Rau", "Rau, Mia", "Ms Rau")


def run(folder: Path, *more: str) -> Result:
    done = CliRunner().invoke(cli, ["run", "-e", str(folder), *more])
    assert done.exit_code == 0, done.output
    return done


def written(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes().decode()
        for path in folder.rglob("*")
        if path.suffix in (".html", ".json", ".csv", ".txt")
    }


class Made(NamedTuple):
    """An engagement after a full run and two redacted ones: what was written, what was printed."""

    folder: Path
    full: dict[str, str]
    after: dict[str, str]
    redacted: dict[str, str]
    all: dict[str, str]
    said: str


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = tmp_path_factory.mktemp("redacted") / "e"
    files = {"register.yaml": REGISTER, "changes.csv": CHANGES, "policy.md": POLICY}
    engagement(folder, files={f"evidence/{name}": text for name, text in files.items()})
    reports, apart = folder / "reports", folder / "reports/redacted"
    run(folder, "--no-pdf")
    full = written(reports)
    run(folder, "--no-pdf", "--redacted=all")
    everybody = written(apart)
    said = run(folder, "--no-pdf", "--redacted")
    after = {name: text for name, text in written(reports).items() if not name.startswith("redacted/")}
    return Made(folder, full, after, written(apart), everybody, said.output)


def test_nothing_that_is_written_or_printed_names_an_auditee(made: Made) -> None:
    for name in NAMES[:3]:
        assert any(name in text for text in made.full.values()), "otherwise the test proves nothing"
    for name in NAMES:
        assert name not in made.said
        assert not [file for file, text in made.redacted.items() if name in text]
    assert "Ines Falk" in made.redacted["audit-report.html"], "the auditor stays"
    assert not [file for file, text in made.all.items() if "Ines Falk" in text]


def test_the_full_reports_are_not_touched_and_as_many_files_are_made(made: Made) -> None:
    assert made.after == made.full
    assert set(made.redacted) == set(made.all) == set(made.full)


def test_lists_of_exceptions_keep_their_rows_and_are_no_formulas(made: Made) -> None:
    lists = [name for name in made.full if name.startswith("exceptions/")]
    assert lists
    for name in lists:
        full, found = (
            list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
            for text in (made.full[name], made.redacted[name])
        )
        assert [row[:6] for row in found] == [row[:6] for row in full]
        assert [len(row) for row in found] == [len(row) for row in full]
        assert not [cell for row in found for cell in row if cell.startswith("=")]


def test_figures_are_those_of_the_full_report(made: Made) -> None:
    full, found = json.loads(made.full["assessment.json"]), json.loads(made.redacted["assessment.json"])
    assert found["redacted"] == "auditee"
    assert "redacted" not in full
    for part in ("trace", "measures", "clauses", "requirements", "conclusion", "catalog", "files"):
        assert found[part] == full[part], part


@pytest.mark.worked
@pytest.mark.slow
def test_no_auditee_of_the_worked_engagement_is_named(tmp_path: Path) -> None:
    for name in ("evidence", "workpapers", "overlays"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copyfile(ROOT / "engagement.yaml", tmp_path / "engagement.yaml")
    loaded = load_model(tmp_path / "engagement.yaml", "engagement.yaml", Engagement).model
    assert loaded is not None
    names = {one.name for one in loaded.people if one.side == "auditee"}
    with (tmp_path / "evidence/records/person.csv").open(encoding="utf-8", newline="") as stream:
        names |= {row["name"] for row in csv.DictReader(stream)}
    assert len(names) > 50
    said = run(tmp_path, "--redacted")
    texts = {**written(tmp_path / "reports/redacted"), "terminal": said.output}
    with pypdfium2.PdfDocument(tmp_path / "reports/redacted/audit-report.pdf") as document:
        pages = [page.get_textpage().get_text_range() for page in document]
    texts["pdf"] = " ".join(" ".join(pages).split())
    assert len(texts) > 20
    for name in sorted(names):
        assert not [file for file, text in texts.items() if name in text], name
    assert "Sigrid Ahlers" in texts["pdf"]
