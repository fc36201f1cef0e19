"""The command line as a process: help, exit codes, and the commands that need no engagement."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from command_line import auditkit, auditkit_process, tree

from auditkit import __version__
from auditkit.cli.main import cli


def paths(command: click.Command = cli, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Yield the words of every command, groups included."""
    yield path
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            child = command.get_command(context, name)
            assert child is not None
            yield from paths(child, (*path, name))


def test_version(tmp_path: Path) -> None:
    done = auditkit_process("--version", at=tmp_path)
    assert (done.returncode, done.stdout) == (0, f"auditkit, version {__version__}\n")


@pytest.mark.parametrize("words", list(paths()), ids=lambda words: " ".join(words) or "auditkit")
def test_help_has_an_example_and_fits_a_terminal(words: tuple[str, ...], tmp_path: Path) -> None:
    done = auditkit_process(*words, "--help", at=tmp_path)
    assert done.returncode == 0
    assert "Example" in done.stdout
    assert f"auditkit {' '.join(words)}".strip() in done.stdout.split("Example", 1)[1]
    assert [line for line in done.stdout.splitlines() if len(line) > 80] == []


def test_help_at_no_level_imports_a_heavy_library() -> None:
    probe = (
        "import sys\n"
        "from auditkit.cli.main import cli\n"
        f"for words in {[list(words) for words in paths()]!r}:\n"
        "    cli.main([*words, '--help'], standalone_mode=False)\n"
        "sys.exit(','.join({'polars', 'pydantic', 'weasyprint'} & sys.modules.keys()) or 0)\n"
    )
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("Example") >= len(list(paths()))


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["frobnicate"], "frobnicate"),
        (["run", "--frobnicate"], "--frobnicate"),
        (["evidence", "frobnicate"], "frobnicate"),
        (["catalog", "show"], "IDENTIFIER"),
        (["catalog", "show", "99.9"], "catalog search"),
        (["catalog", "search"], "WORDS"),
        (["explain", "99.9"], "catalog search"),
        (["explain", "8.1-1zz"], "8.1-1zz"),
        (["evidence", "template", "frobnicate"], "incident"),
        (["evidence", "template", "change", "--to", "changes.pdf"], ".xlsx"),
        (["judgements", "bind", "J-999"], "J-999"),
        (["init", ".", "--kind", "internal-audit"], "not empty"),
        (["init", "new", "--kind", "frobnicate"], "gap-analysis"),
        (["run", "--engagement", "engagement.yaml"], "engagement.yaml"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_wrong_usage_is_2_says_what_to_do_and_writes_nothing(
    words: list[str], says: str, fresh: Path
) -> None:
    before = tree(fresh, ".auditkit-cache")
    done = auditkit(*words, at=fresh)
    assert done.returncode == 2
    assert says in done.stderr
    assert done.stdout == ""
    assert tree(fresh, ".auditkit-cache") == before


@pytest.mark.parametrize(
    "words",
    [["run"], ["explain", "8.1-1"], ["evidence", "scan"], ["evidence", "accept"], ["judgements", "list"]],
)
def test_without_an_engagement_it_is_3(words: list[str], tmp_path: Path) -> None:
    done = auditkit_process(*words, at=tmp_path)
    assert done.returncode == 3
    assert "engagement.yaml" in done.stderr
    assert "auditkit init" in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("line", "text", "place"),
    [
        ("title:", "title: [", "engagement.yaml:"),
        ("kind:", "kind: party", "engagement.yaml:5:"),
        ("as_of:", "as_of: tomorrow", "engagement.yaml:"),
        ("period:", "period: {start: 2026-09-30, end: 2025-10-01}", "engagement.yaml:"),
        ("catalog:", "catalog: iso-9001", "There is no catalog iso-9001"),
        ("scope:", "scope: x\nscoop: y", "scoop"),
    ],
    ids=["syntax", "kind", "date", "period", "catalog", "unknown field"],
)
def test_a_broken_engagement_is_3_and_names_the_place(line: str, text: str, place: str, own: Path) -> None:
    path = own / "engagement.yaml"
    lines = path.read_text(encoding="utf-8").splitlines()
    assert [one for one in lines if one.startswith(line)]
    path.write_text("\n".join(text if one.startswith(line) else one for one in lines), encoding="utf-8")
    done = auditkit("run", "--no-pdf", at=own)
    assert done.returncode == 3
    assert place in done.stderr
    assert "Traceback" not in done.stderr
    assert not (own / "reports").exists()


def test_a_fault_of_auditkit_is_4_without_a_traceback_and_with_one_for_debug(tmp_path: Path) -> None:
    probe = (
        "import sys, auditkit.engagement.catalog as faulty\n"
        "def search_points(shelf, words): raise ZeroDivisionError('planted')\n"
        "faulty.search_points = search_points\n"
        "from auditkit.cli.main import main\n"
        "main()\n"
    )

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", probe, *words]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    done = run("catalog", "search", "change")
    assert done.returncode == 4
    assert "ZeroDivisionError: planted" in done.stderr
    assert "--debug" in done.stderr
    assert "Traceback" not in done.stderr
    assert "Traceback" in run("--debug", "catalog", "search", "change").stderr


def test_a_reader_that_stops_reading_is_no_failure(tmp_path: Path) -> None:
    command = f"{sys.executable} -m auditkit catalog show 8 --json; echo code $? >&2"
    done = subprocess.run(
        ["sh", "-c", f"({command}) | head -1"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.stdout == "{\n"
    assert done.stderr == "code 0\n"


def test_the_shipped_catalog_is_whole(tmp_path: Path) -> None:
    done = auditkit("catalog", "lint", at=tmp_path)
    assert done.returncode == 0, done.stdout
    assert "215 requirements, 384 points" in done.stdout
    assert done.stdout.endswith(": 0 faults.\n")


def test_show_gives_the_same_point_as_text_and_as_json(tmp_path: Path) -> None:
    data = json.loads(auditkit("catalog", "show", "8.6.1-4", "--json", at=tmp_path).stdout)
    text = auditkit("catalog", "show", "8.6.1-4", at=tmp_path).stdout
    assert [point["id"] for point in data["points"]] == ["8.6.1-4"]
    assert data["points"][0]["statement"] in " ".join(text.split())
    assert all(f"Guidance {item['id']}\n" in text for item in data["guidance"])


def test_a_clause_has_what_lies_below_it_and_not_what_starts_like_it(tmp_path: Path) -> None:
    data = json.loads(auditkit("catalog", "show", "8.2", "--json", at=tmp_path).stdout)
    clauses = {point["id"].split("-")[0] for point in data["points"]}
    assert "8.2.1" in clauses
    assert all(clause == "8.2" or clause.startswith("8.2.") for clause in clauses)
    data = json.loads(auditkit("catalog", "show", "10.1", "--json", at=tmp_path).stdout)
    assert {point["id"].split("-")[0].split(".")[0] for point in data["points"]} == {"10"}


def test_search_finds_points_with_every_word(tmp_path: Path) -> None:
    found = json.loads(auditkit("catalog", "search", "EMERGENCY", "change", "--json", at=tmp_path).stdout)
    assert "8.5.1.1-1b" in [point["id"] for point in found]
    nothing = auditkit("catalog", "search", "zyzzyva", at=tmp_path)
    assert (nothing.returncode, nothing.stdout) == (0, "")
    assert "another one" in nothing.stderr
