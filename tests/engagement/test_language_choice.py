"""Which language is written: the option, then engagement.yaml; figures, ids and what judgements rest on stay the same."""

import json
from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest
import yaml
from click.testing import CliRunner, Result
from finding_engagement import make
from small import engagement, ran

from auditkit.base.errors import InputsUnreadable
from auditkit.base.language import speaking, spoken
from auditkit.cli.main import cli
from auditkit.engagement.layout import Layout, checklists_folder
from auditkit.engagement.open import language_of, open_engagement
from auditkit.engagement.printed import Printing
from auditkit.engagement.run import RunOptions, assess
from auditkit.reporting.view import build_view
from auditkit.reporting.view_model import Options


def call(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(cli, [*words, "-e", str(folder)], terminal_width=80)


def test_the_option_comes_before_the_field_and_english_after_it(tmp_path: Path) -> None:
    plain, german = engagement(tmp_path / "a"), engagement(tmp_path / "b", more="language: de")
    assert [language_of(plain, None), language_of(german, None)] == ["en", "de"]
    assert [language_of(plain, "de"), language_of(german, "en")] == ["de", "en"]


def test_another_language_is_refused_with_those_there_are(tmp_path: Path) -> None:
    layout = engagement(tmp_path / "a", more="language: tlh")
    with pytest.raises(InputsUnreadable, match="'tlh' is not one of en, de"):
        open_engagement(layout)
    assert language_of(layout, None) == "en"
    done = call(layout.root, "run", "--no-pdf", "--lang", "tlh")
    assert done.exit_code == 2
    assert "'tlh' is not one of 'en', 'de'" in done.output


@pytest.mark.parametrize(
    ("more", "words", "lang"),
    [
        ("", (), "en"),
        ("language: de", (), "de"),
        ("", ("--lang", "de"), "de"),
        ("language: de", ("--lang", "en"), "en"),
    ],
)
def test_run_writes_in_the_language_and_speaks_english_again(
    tmp_path: Path, more: str, words: tuple[str, ...], lang: str
) -> None:
    layout = engagement(tmp_path / "a", more=more)
    done = call(layout.root, "run", "--no-pdf", *words)
    assert done.exit_code == 0, done.output
    page = (layout.reports / "audit-report.html").read_text(encoding="utf-8")
    assert f'<html lang="{lang}">' in page
    assert ("Berichte:" in done.output) == (lang == "de")
    assert spoken() == "en"


def test_every_command_that_writes_takes_the_language() -> None:
    asked = (
        "run", "report write", "office docx", "office summary", "office slides", "office template", "workbook out",
        "programme show", "programme coverage", "programme days", "programme plan", "programme requests", "interview sheet",
    )  # fmt: skip
    for words in asked:
        done = CliRunner().invoke(cli, [*words.split(), "--help"], terminal_width=100)
        assert "Language of what is written: en, de" in " ".join(done.output.split()), words


def test_statements_follow_unless_their_language_is_stated(tmp_path: Path) -> None:
    follow = engagement(tmp_path / "a", more="language: de")
    stated = engagement(tmp_path / "b", more="catalog_language: en\nlanguage: de")
    assert [open_engagement(one, language="de").statements_in for one in (follow, stated)] == ["de", "en"]
    assert open_engagement(follow).statements_in == "en"


def test_words_of_the_kind_are_those_of_the_language(tmp_path: Path) -> None:
    layout = engagement(tmp_path / "a")
    kind = yaml.safe_load(
        (checklists_folder() / "engagement-kinds/internal-audit.yaml").read_text(encoding="utf-8")
    )
    kind["words"]["de"] = {**kind["words"].get("de", {}), "ready": "Startklar"}
    path = layout.root / "checklists/engagement-kinds/internal-audit.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(yaml.safe_dump(kind), encoding="utf-8")
    opened = open_engagement(layout, language="de")
    assert opened.conduct.words["ready"] == "Startklar"
    assert open_engagement(layout).conduct.words["ready"] == kind["words"]["en"]["ready"]
    runs = [assess(one, RunOptions()).run.trace for one in (opened, open_engagement(layout))]
    assert runs[0] == runs[1]


def test_the_language_changes_no_digest_of_a_run(tmp_path: Path) -> None:
    plain = ran(engagement(tmp_path / "a")).run.trace
    with speaking("de"):
        assert ran(engagement(tmp_path / "b", more="language: de")).run.trace == plain
    stated = ran(engagement(tmp_path / "c", more="catalog_language: de")).run.trace
    assert stated.run_id != plain.run_id


def test_a_pdf_of_another_language_is_another_pdf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    outcome = ran(engagement(tmp_path / "a"))

    def render(_view: object, targets: Mapping[str, Path], *_: object) -> int:
        for path in targets.values():
            path.write_bytes(b"%PDF-")
        return 1

    def printing() -> Printing:
        return Printing(outcome.layout, tmp_path, outcome.run, build_view(outcome.run), Options())

    monkeypatch.setattr("auditkit.reporting.pdf.render_pdfs", render)
    outcome.layout.cache.mkdir(parents=True, exist_ok=True)
    english = build_view(outcome.run)
    printing().write(["plain"])
    assert printing().is_there("plain")
    with speaking("de"):
        assert not printing().is_there("plain")
        same_words = Printing(outcome.layout, tmp_path, outcome.run, english, Options())
        assert not same_words.is_there("plain")


def test_a_workbook_in_german_is_taken_in_where_english_is_spoken(tmp_path: Path) -> None:
    folder = make(tmp_path / "audit")
    done = call(folder, "workbook", "out", "--json", "--lang", "de")
    assert done.exit_code == 0, done.output
    path = Path(json.loads(done.output)["file"])
    book = openpyxl.load_workbook(path)
    sheet = book["Prüfpunkte"]
    headers = [cell.value for cell in sheet[1]]
    keys = [row[0].value for row in sheet.iter_rows(min_row=2)]
    row = keys.index("8.6.3-1") + 2
    statement = sheet.cell(row, headers.index("Aussage") + 1).value
    english = next(one for one in open_engagement(Layout(folder)).library.whole.points if one.id == "8.6.3-1")
    assert statement != english.statement
    cells = {
        "Eigenes Urteil": "konform",
        "Eigene Begründung": "In zwölf Problemen gesehen.",
        "Durch": "P-002",
    }
    for header, value in cells.items():
        sheet.cell(row, headers.index(header) + 1).value = value
    book.save(path)
    done = call(folder, "workbook", "in", str(path), "--json", "--dry-run")
    told = json.loads(done.output)
    assert told["issues"] == []
    assert [one["point"] for one in told["judged"]] == ["8.6.3-1"]
