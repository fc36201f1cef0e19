"""``auditkit office``: files that open, a template that comes back, refusals that say what to do."""

from pathlib import Path

import docx
import pytest
from command_line import auditkit, tree


def test_a_report_through_our_template_is_the_report(fresh: Path, tmp_path: Path) -> None:
    template, plain, branded = (tmp_path / name for name in ("ours.docx", "plain.docx", "branded.docx"))
    done = auditkit("office", "template", str(template), at=fresh)
    assert done.stdout == f"Wrote {template}.\n"
    assert auditkit("office", "docx", str(plain), at=fresh).returncode == 0
    auditkit("office", "docx", str(branded), "--template", str(template), "--no-scores", at=fresh)
    texts = [[one.text for one in docx.Document(str(path)).paragraphs] for path in (plain, branded)]
    assert "1 Management summary" in texts[0]
    assert "Degree of conformity" in texts[0]
    assert "1 Management summary" in texts[1]
    assert "Degree of conformity" not in texts[1]


@pytest.mark.parametrize(("command", "ending"), [("summary", "pdf"), ("slides", "pptx")])
def test_the_summary_is_written_where_one_says_and_nowhere_else(
    fresh: Path, tmp_path: Path, command: str, ending: str
) -> None:
    before, target = tree(fresh, ".auditkit-cache"), tmp_path / f"board.{ending}"
    done = auditkit("office", command, str(target), "--redacted", at=fresh)
    assert (done.returncode, done.stdout) == (0, f"Wrote {target}.\n")
    assert target.read_bytes().startswith({"pdf": b"%PDF", "pptx": b"PK"}[ending])
    assert tree(fresh, ".auditkit-cache") == before
    done = auditkit("office", command, str(target), at=fresh)
    assert done.returncode == 2
    assert "exists already" in done.stderr


def test_a_file_that_exists_and_another_ending_are_refused(fresh: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine.docx"
    mine.write_text("my work")
    done = auditkit("office", "docx", str(mine), at=fresh)
    assert (done.returncode, mine.read_text()) == (2, "my work")
    assert "exists already and was not touched. Name another." in done.stderr
    done = auditkit("office", "template", str(tmp_path / "mine.doc"), at=fresh)
    assert (done.returncode, done.stdout) == (2, "")
    assert "must end in .docx" in done.stderr


def test_a_wrong_template_ends_with_what_is_wrong(fresh: Path, tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("{{ tilte }}")
    template, target = tmp_path / "brand.docx", tmp_path / "report.docx"
    document.save(str(template))
    done = auditkit("office", "docx", str(target), "--template", str(template), at=fresh)
    assert done.returncode == 3
    assert "There is no placeholder {{ tilte }}. Write one of: title" in done.stderr
    assert "Add a paragraph {{ sections }}" in done.stderr
    assert not target.exists()
