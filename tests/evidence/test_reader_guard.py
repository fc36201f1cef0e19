"""The reading process: what it may not do, what its end means, and when a cached answer is not used."""

import json
import os
import sys
from pathlib import Path

import pytest

from auditkit.evidence.read import list_files, read_files

SENTENCE = "The change manager approves every normal change before it is put into effect."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "evidence"
    made.mkdir()
    return made


def looping_pdf(depth: int) -> bytes:
    """A PDF of a few kilobytes whose page draws a form that draws a form ten times, and so on."""
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R /Resources << /XObject << /X 5 0 R >> >> >>",
        b"<< /Length 5 >>\nstream\n/X Do\nendstream",
    ]
    for level in range(depth):
        draw = b"/X Do " * 10
        head = b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Length %d" % len(draw)
        inner = b" /Resources << /XObject << /X %d 0 R >> >>" % (6 + level) if level < depth - 1 else b""
        bodies.append(head + inner + b" >>\nstream\n" + draw + b"\nendstream")
    out = b"%PDF-1.4\n"
    for number, body in enumerate(bodies, start=1):
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    return out + b"trailer << /Root 1 0 R >>\n"


def test_a_module_that_lies_in_the_current_folder_is_never_run(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("lxml", "json", "email"):
        (tmp_path / f"{name}.py").write_text(
            f"open({str(tmp_path / 'ran.txt')!r}, 'w')\nraise SystemExit(9)\n"
        )
    (folder / "a.html").write_text(f"<html><p>{SENTENCE}</p></html>")
    monkeypatch.chdir(tmp_path)
    assert read_files(folder, ["a.html"], None)["a.html"].status == "read"
    assert not (tmp_path / "ran.txt").exists()


def test_a_pdf_that_draws_itself_without_end_does_not_hold_up_the_next(folder: Path) -> None:
    (folder / "a.pdf").write_bytes(looping_pdf(12))
    (folder / "b.md").write_text(SENTENCE)
    found = read_files(folder, list_files(folder), None)
    assert [found[name].status for name in ("a.pdf", "b.md")] == ["skipped", "read"]


@pytest.mark.parametrize(
    ("end", "why"),
    [
        ("os._exit(3)", "more memory"),
        ("os.abort()", "ended the reader"),
        ("raise MemoryError", "more memory"),
        ("while True: pass", "more computing time"),
    ],
)
def test_the_end_of_the_reader_is_a_reason_and_hits_no_other_file(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, end: str, why: str
) -> None:
    (tmp_path / "dyingchild.py").write_text(
        "import os\nimport auditkit.evidence.child as c\nreal = c.READERS['md']\nc.CPU_LIMIT_SECONDS = 1\n"
        f"def reader(path, file):\n    if file == 'b.md':\n        {end}\n    return real(path, file)\n"
        "c.READERS['md'] = reader\nc.main()\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setattr("auditkit.evidence.read.CHILD_MODULE", "dyingchild")
    monkeypatch.chdir(tmp_path)
    for name in ("a.md", "b.md", "c.md"):
        (folder / name).write_text(SENTENCE)
    before = sorted(tmp_path.iterdir())
    found = read_files(folder, list_files(folder), None)
    assert [found[name].status for name in ("a.md", "b.md", "c.md")] == ["read", "skipped", "read"]
    assert why in found["b.md"].why
    assert sorted(path for path in tmp_path.iterdir() if path.name != "__pycache__") == before  # no core dump


def test_a_file_that_dies_only_after_others_is_given_a_fresh_reader(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "tiredchild.py").write_text(
        "import os\nimport auditkit.evidence.child as c\nreal = c.read_one\nseen = []\n"
        "def read_one(path, file, sha256):\n    seen.append(file)\n    if len(seen) > 1: os._exit(3)\n"
        "    return real(path, file, sha256)\nc.read_one = read_one\nc.main()\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setattr("auditkit.evidence.read.CHILD_MODULE", "tiredchild")
    for name in ("a.md", "b.md", "c.md"):
        (folder / name).write_text(SENTENCE)
    assert {one.status for one in read_files(folder, list_files(folder), None).values()} == {"read"}


def test_a_file_that_was_given_up_for_the_clock_is_tried_again(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "a.md").write_text(SENTENCE)
    monkeypatch.setattr("auditkit.evidence.read.WALL_LIMIT_SECONDS", 0.0)
    assert read_files(folder, ["a.md"], tmp_path / "cache")["a.md"].status == "skipped"
    monkeypatch.undo()
    assert read_files(folder, ["a.md"], tmp_path / "cache")["a.md"].status == "read"


def test_a_change_that_hides_behind_its_old_date_is_seen(folder: Path, tmp_path: Path) -> None:
    file = folder / "a.md"
    file.write_text("Every change is approved.")
    facts = file.stat()
    first = read_files(folder, ["a.md"], tmp_path / "cache")["a.md"]
    with file.open("r+") as stream:
        stream.write("Never change is approved.")
    os.utime(file, ns=(facts.st_atime_ns, facts.st_mtime_ns))
    second = read_files(folder, ["a.md"], tmp_path / "cache")["a.md"]
    assert (file.stat().st_size, file.stat().st_mtime_ns) == (facts.st_size, facts.st_mtime_ns)
    assert second.sha256 != first.sha256
    assert second.passages[0].text == "Never change is approved."


@pytest.mark.parametrize("index", ["[1]", "{", '{"a.md": 7}', '{"a.md": {"facts": [], "sha256": 3}}'])
def test_a_damaged_cache_is_made_anew(folder: Path, tmp_path: Path, index: str) -> None:
    (folder / "a.md").write_text(SENTENCE)
    cache = tmp_path / "cache"
    good = read_files(folder, ["a.md"], cache)
    for file in (cache / "documents").iterdir():
        file.write_text(index)
    assert read_files(folder, ["a.md"], cache) == good
    assert (
        json.loads((cache / "documents/index.json").read_text())["files"]["a.md"][-1]["sha256"]
        == good["a.md"].sha256
    )


@pytest.mark.skipif(sys.platform != "linux", reason="only there may a name be any bytes")
def test_a_name_that_is_no_text_is_listed_and_can_be_stored(folder: Path) -> None:
    Path(os.fsdecode(os.fsencode(folder) + b"/\xff.md")).write_text(SENTENCE)
    (name,) = list_files(folder)
    found = read_files(folder, [name], None)[name]
    assert found.why == "its name is not UTF-8 text; rename it"
    assert "xff.md" in found.model_dump_json()
