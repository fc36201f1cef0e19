"""`run --pdf-variant`: written beside the plain one, not rendered twice, redacted inside as well, stale ones named."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from click.testing import CliRunner, Result
from small import engagement

from auditkit.cli.main import cli
from auditkit.reporting import pdf

NAMES = {
    "plain": "audit-report.pdf",
    "accessible": "audit-report.accessible.pdf",
    "archive": "audit-report.archive.pdf",
}
REGISTER = """\
items:
  - {id: EV-001, title: Policy, file: policy.md, kind: document, document_type: change_management_policy, owner: Rosa Stein, received_from: Jan Otte}
"""
BOTH = ("--pdf-variant", "archive", "--pdf-variant", "accessible")


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> list[set[str]]:
    """The variants of every rendering; instead of pages, the names of what is shown and attached are written."""
    calls: list[set[str]] = []

    def write(view: object, targets: Mapping[str, Path], options: object, attached: Any = ()) -> int:
        calls.append(set(targets))
        for variant, path in targets.items():
            path.write_text(f"{variant}\n" + "\n".join(one.text for one in attached), encoding="utf-8")
        return 1

    monkeypatch.setattr(pdf, "render_pdfs", write)
    return calls


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    files = {"evidence/register.yaml": REGISTER, "evidence/policy.md": "# Policy\n\nRosa Stein approves.\n"}
    return engagement(tmp_path / "e", files=files).root


def run(folder: Path, *more: str) -> Result:
    return CliRunner().invoke(cli, ["run", "-e", str(folder), *more])


def test_without_the_option_there_is_the_plain_one_alone(folder: Path, rendered: list[set[str]]) -> None:
    assert run(folder).exit_code == 0
    assert rendered == [{"plain"}]
    assert [path.name for path in (folder / "reports").glob("*.pdf")] == ["audit-report.pdf"]


def test_each_variant_is_rendered_once_while_nothing_changes(folder: Path, rendered: list[set[str]]) -> None:
    assert run(folder).exit_code == 0
    assert run(folder, *BOTH).exit_code == 0
    assert rendered == [{"plain"}, {"accessible", "archive"}]
    assert run(folder, *BOTH).exit_code == 0
    assert run(folder, "--pdf-variant", "archive").exit_code == 0
    assert len(rendered) == 2
    (folder / "reports" / NAMES["accessible"]).write_text("touched", encoding="utf-8")
    assert run(folder, *BOTH).exit_code == 0
    assert rendered[2:] == [{"accessible"}]


def test_evidence_that_changes_what_is_attached_renders_the_archived_one_again(
    folder: Path, rendered: list[set[str]]
) -> None:
    assert run(folder, *BOTH).exit_code == 0
    (folder / "evidence/policy.md").write_text("# Policy\n\nNobody approves.\n", encoding="utf-8")
    assert run(folder, *BOTH).exit_code == 0
    assert "archive" in rendered[1]


def test_a_variant_of_an_earlier_run_is_named(folder: Path, rendered: list[set[str]]) -> None:
    assert run(folder, "--pdf-variant", "archive").exit_code == 0
    assert "earlier run" not in run(folder, "--no-pdf").output
    (folder / "evidence/more.md").write_text("# More\n", encoding="utf-8")
    said = run(folder, "--no-pdf").output
    assert "audit-report.archive.pdf is of an earlier run." in said
    assert "--pdf-variant archive" in said
    assert NAMES["accessible"] not in said


def test_the_statement_names_the_variants_of_this_run(folder: Path, rendered: list[set[str]]) -> None:
    assert run(folder, *BOTH).exit_code == 0
    (folder / "reports" / NAMES["accessible"]).write_text("of another run", encoding="utf-8")
    done = CliRunner().invoke(cli, ["report", "write", "in-toto", "-e", str(folder)])
    assert "audit-report.accessible.pdf cannot be traced to this run" in done.output
    text = (folder / "reports/interchange/assessment.intoto.json").read_text(encoding="utf-8")
    assert NAMES["archive"] in text
    assert NAMES["accessible"] not in text


def test_no_pdf_and_a_variant_of_it_exclude_each_other(folder: Path) -> None:
    done = run(folder, "--no-pdf", "--pdf-variant", "archive")
    assert "--no-pdf leaves out every PDF" in str(done.exception)
    assert not (folder / "reports").exists()


@pytest.mark.slow
def test_a_redacted_archive_holds_no_name_in_any_attachment(folder: Path) -> None:
    assert run(folder, "--redacted", "--pdf-variant", "archive").exit_code == 0
    written = folder / "reports/redacted" / NAMES["archive"]
    with pikepdf.open(written) as opened:
        texts = {name: one.get_file().read_bytes().decode() for name, one in opened.attachments.items()}
    assert len(texts) == 5
    assert '"redacted"' in texts["evidence-manifest.json"]
    for name in ("Rosa Stein", "Jan Otte"):
        assert [file for file, text in texts.items() if name in text] == []
    assert not (folder / "reports" / NAMES["archive"]).exists()
