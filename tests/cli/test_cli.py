"""The command line as a user meets it: a process, its output, its exit code, and what it leaves on the disk."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from auditkit import __version__
from auditkit.cli.main import cli

DOCUMENT = """\
---
title: Change management policy
version: "2.1"
approved by: Head of IT services
effective from: 2025-11-01
---
# Change management policy

Every change is a standard, a normal or an emergency change, and the change board decides on each normal change.
"""
RECORDS = """\
id,type,status,requester,implementer,approver,opened_at,approved_at,actual_start,actual_end,closed_at
C-1,normal,closed,Ana,Ben,Cem,2026-01-05 09:00,2026-01-06 10:00,2026-01-07 20:00,2026-01-07 21:00,2026-01-08 09:00
C-2,normal,closed,Ana,Ben,Cem,2026-02-05 09:00,2026-02-09 10:00,2026-02-07 20:00,2026-02-07 21:00,2026-02-09 11:00
"""
REGISTER = """\
# Written by people: every file received.
items:
  - id: EV-001
    title: Change management policy
    file: documents/policy.md
    kind: document
    document_type: change_management_policy
    approvals: [{by: Head of IT services, at: 2025-10-20}]
  - {id: EV-002, title: Changes, file: records/changes.csv, kind: record_export, dataset: change}
"""
JUDGEMENTS = """\
# Written by people: what auditors decided.
judgements:
  - id: J-001
    point: 5.1-1a
    verdict: conforms
    rationale: The policy follows the strategy paper.
    by: P-001
    at: 2026-10-08
    on: [EV-001]
"""
LATE = "record.normal_change_approved_before_implementation"


def auditkit(*words: str, at: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command in a folder, with nothing of the tester's terminal in its environment."""
    clean = {
        key: value for key, value in os.environ.items() if key not in ("COLUMNS", "NO_COLOR", "FORCE_COLOR")
    }
    return subprocess.run(
        [sys.executable, "-m", "auditkit", *words],
        cwd=at,
        env=clean | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def make(folder: Path) -> Path:
    """Make a small engagement: one document, one export with one late approval, one judgement."""
    done = auditkit("init", folder.name, "--start", "2025-10-01", "--end", "2026-09-30", at=folder.parent)
    assert done.returncode == 0, done.stderr
    (folder / "evidence/documents/policy.md").write_text(DOCUMENT, encoding="utf-8")
    (folder / "evidence/records/changes.csv").write_text(RECORDS, encoding="utf-8")
    (folder / "evidence/register.yaml").write_text(REGISTER, encoding="utf-8")
    (folder / "workpapers/judgements/judgements.yaml").write_text(JUDGEMENTS, encoding="utf-8")
    return folder


def tree(folder: Path, *without: str) -> dict[str, str]:
    """Return the digest of every file of a folder, leaving out some of its parts."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.relative_to(folder).parts[0] not in without
    }


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as ``init`` makes it."""
    folder = tmp_path_factory.mktemp("fresh") / "audit"
    assert auditkit("init", "audit", at=folder.parent).returncode == 0
    return folder


@pytest.fixture(scope="module")
def engagement(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small engagement, accepted and bound; tests only read it."""
    folder = make(tmp_path_factory.mktemp("small") / "audit")
    assert auditkit("evidence", "accept", at=folder).returncode == 0
    assert auditkit("judgements", "bind", at=folder).returncode == 0
    return folder


@pytest.fixture
def own(engagement: Path, tmp_path: Path) -> Path:
    """A copy of the small engagement that a test may change."""
    return Path(shutil.copytree(engagement, tmp_path / "audit"))


# help and version


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
    done = auditkit("--version", at=tmp_path)
    assert (done.returncode, done.stdout) == (0, f"auditkit, version {__version__}\n")


@pytest.mark.parametrize("words", list(paths()), ids=lambda words: " ".join(words) or "auditkit")
def test_help_has_an_example_and_fits_a_terminal(words: tuple[str, ...], tmp_path: Path) -> None:
    done = auditkit(*words, "--help", at=tmp_path)
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
        "sys.exit(','.join({'polars', 'pydantic', 'weasyprint'} & sys.modules.keys()))\n"
    )
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert done.stdout.count("Example") >= len(list(paths()))


# exit codes: one place turns failure into text and a code


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
    done = auditkit(*words, at=tmp_path)
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
        ("catalog:", "catalog: iso-9001", "iso-9001/catalog.yaml"),
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
        "def search_points(words): raise ZeroDivisionError('planted')\n"
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


# the catalog needs no engagement


def test_the_shipped_catalog_is_whole(tmp_path: Path) -> None:
    done = auditkit("catalog", "lint", at=tmp_path)
    assert done.returncode == 0, done.stdout
    assert "215 requirements, 384 points" in done.stdout
    assert done.stdout.endswith(": 0 faults.\n")


def test_show_gives_the_same_point_as_text_and_as_json(tmp_path: Path) -> None:
    data = json.loads(auditkit("catalog", "show", "8.6.1-4", "--json", at=tmp_path).stdout)
    text = auditkit("catalog", "show", "8.6.1-4", at=tmp_path).stdout
    assert [point["id"] for point in data["points"]] == ["8.6.1-4"]
    assert data["points"][0]["statement"] in text
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


# a fresh engagement


def test_init_makes_a_folder_that_teaches_and_runs(fresh: Path) -> None:
    assert set(tree(fresh, "reports", ".auditkit-cache")) == {
        ".gitignore",
        "engagement.yaml",
        "evidence/register.yaml",
        "evidence/requests.yaml",
        "workpapers/judgements/judgements.yaml",
    }
    for path in fresh.rglob("*.yaml"):
        assert path.read_text(encoding="utf-8").startswith("# Written by people")
    done = auditkit("run", "--no-pdf", at=fresh)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Not ready")
    assert "215 not assessed, of 215" in done.stdout
    assert "0 % to 100 %" in done.stdout
    assert "DRAFT" in done.stdout
    assert [line for line in done.stdout.splitlines() if len(line) > 80] == []


def test_the_gate_of_a_fresh_engagement_is_closed(fresh: Path) -> None:
    done = auditkit("--quiet", "run", "--no-pdf", "--gate", at=fresh)
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "")


# a small engagement


def test_run_says_what_it_found(engagement: Path) -> None:
    done = auditkit("run", "--no-pdf", at=engagement)
    assert done.returncode == 0, done.stderr
    data = json.loads((engagement / "reports/assessment.json").read_text(encoding="utf-8"))
    late = [one for one in data["candidates"] if one["procedure"] == LATE]
    assert [(one["exceptions"], one["examined"], one["grade"]) for one in late] == [(1, 2, "major")]
    assert late[0]["exception_rows"][0]["key"] == "C-2"
    assert late[0]["exception_rows"][0]["place"]["row"] == 3
    assert {one["point"]: one["standing"] for one in data["points"]}["5.1-1a"] == "confirmed"


def test_explain_goes_from_the_requirement_to_the_row(engagement: Path) -> None:
    text = auditkit("explain", "8.5.1.3-1", at=engagement).stdout
    chain = [
        "Verdict: nonconforming",
        LATE,
        "exceptions 1",
        "EV-002",
        "exception C-2",
        "Finding C-",
        "Action P-C-",
    ]
    places = [text.find(part) for part in chain]
    assert -1 not in places, text
    assert places == sorted(places)
    assert [line for line in text.splitlines() if len(line) > 80] == []


@pytest.mark.parametrize(
    "words",
    [
        ["run", "--no-pdf"],
        ["explain", "8.5.1"],
        ["evidence", "verify"],
        ["evidence", "requests"],
        ["judgements", "list"],
        ["catalog", "lint"],
        ["catalog", "show", "8.5.1"],
        ["catalog", "search", "change"],
        ["catalog", "parameters"],
    ],
    ids=" ".join,
)
def test_json_is_json_and_nothing_else(words: list[str], engagement: Path) -> None:
    done = auditkit(*words, "--json", at=engagement)
    assert done.returncode == 0, done.stderr
    json.loads(done.stdout)
    assert "\x1b" not in done.stdout


@pytest.mark.parametrize(
    "words",
    [
        ["run", "--no-pdf"],
        ["run", "--no-pdf", "--no-cache"],
        ["explain", "8.5.1.3-1"],
        ["evidence", "scan"],
        ["evidence", "verify"],
        ["evidence", "requests"],
        ["judgements", "list"],
    ],
    ids=" ".join,
)
def test_checking_never_writes(words: list[str], own: Path) -> None:
    kept = ["reports", ".auditkit-cache"] if words[0] == "run" else [".auditkit-cache"]
    before = tree(own, *kept)
    assert len(before) >= 9
    assert auditkit(*words, at=own).returncode == 0
    assert tree(own, *kept) == before


def test_accept_and_bind_write_their_own_file_and_no_other(tmp_path: Path) -> None:
    folder = make(tmp_path / "audit")
    before = tree(folder, ".auditkit-cache")
    auditkit("evidence", "accept", at=folder)
    auditkit("judgements", "bind", at=folder)
    after = tree(folder, ".auditkit-cache")
    locks = {"evidence/register.lock.json", "workpapers/judgements.lock.json"}
    assert set(after) - set(before) == locks
    assert {name: digest for name, digest in after.items() if name not in locks} == before
    for name in locks:
        assert "computed" in (folder / name).read_text(encoding="utf-8").splitlines()[1]


def test_the_same_inputs_give_the_same_bytes(engagement: Path, tmp_path: Path) -> None:
    """Another folder, another zone of the machine, another order of hashes, no cache: equal reports."""
    other = Path(shutil.copytree(engagement, tmp_path / "elsewhere/audit"))
    shutil.rmtree(other / ".auditkit-cache")
    auditkit("run", "--no-pdf", at=engagement, TZ="UTC", PYTHONHASHSEED="1")
    auditkit("run", "--no-pdf", at=other, TZ="Pacific/Auckland", PYTHONHASHSEED="2", LC_ALL="C")
    for name in ("assessment.json", "audit-report.html"):
        assert (engagement / "reports" / name).read_bytes() == (other / "reports" / name).read_bytes(), name
    exceptions = tree(engagement / "reports/exceptions")
    assert exceptions
    assert exceptions == tree(other / "reports/exceptions")


def test_a_second_run_gives_the_same_bytes_and_takes_back_what_is_gone(own: Path) -> None:
    auditkit("run", "--no-pdf", at=own)
    first = tree(own / "reports")
    auditkit("run", "--no-pdf", at=own)
    assert tree(own / "reports") == first
    (own / "evidence/records/changes.csv").write_text(RECORDS.replace("2026-02-09 10:00", "2026-02-06 10:00"))
    auditkit("run", "--no-pdf", at=own)
    data = json.loads((own / "reports/assessment.json").read_text(encoding="utf-8"))
    assert [one for one in data["candidates"] if one["procedure"] == LATE] == []
    assert not [name for name in tree(own / "reports") if "normal_change_approved" in name]


def test_a_changed_file_is_noticed_and_makes_the_judgement_suspect(own: Path) -> None:
    assert auditkit("evidence", "verify", at=own).returncode == 0
    assert " decides" in auditkit("judgements", "list", at=own).stdout
    (own / "evidence/documents/policy.md").write_text(DOCUMENT + "\nOr not.\n", encoding="utf-8")
    done = auditkit("evidence", "verify", at=own)
    assert done.returncode == 3
    assert "EV-001   changed" in done.stdout
    listed = json.loads(auditkit("judgements", "list", "--json", at=own).stdout)
    assert [(one["state"], one["why"]) for one in listed] == [("suspect", ["EV-001 changed."])]
    done = auditkit("--quiet", "run", "--no-pdf", "--strict", at=own)
    assert done.returncode == 3
    assert "evidence/documents/policy.md: The file is not the one that was accepted." in done.stderr


def test_bind_renews_only_what_is_named_or_all_with_again(own: Path) -> None:
    (own / "evidence/documents/policy.md").write_text(DOCUMENT + "\nOr not.\n", encoding="utf-8")
    assert auditkit("judgements", "bind", at=own).stdout == "0 judgements bound.\n"
    assert " suspect" in auditkit("judgements", "list", at=own).stdout
    assert auditkit("judgements", "bind", "J-001", at=own).stdout == "J-001 bound.\n"
    assert " decides" in auditkit("judgements", "list", at=own).stdout


def test_scan_proposes_what_is_not_registered_and_its_entries_can_be_pasted(own: Path) -> None:
    (own / "evidence/documents/problem-procedure.md").write_text("# Problem management procedure\n")
    proposed = auditkit("evidence", "scan", at=own).stdout
    assert "id: EV-003" in proposed
    assert "documents/problem-procedure.md" in proposed
    assert "policy.md" not in proposed
    register = own / "evidence/register.yaml"
    register.write_text(register.read_text(encoding="utf-8") + proposed, encoding="utf-8")
    assert "not registered" not in auditkit("evidence", "verify", at=own).stdout
    assert "Every file below evidence/ is registered" in auditkit("evidence", "scan", at=own).stdout


def test_requests_drop_what_was_received(engagement: Path) -> None:
    asked = json.loads(auditkit("evidence", "requests", "--json", at=engagement).stdout)
    names = {row["id"] for row in asked}
    assert {"incident", "context_register"} <= names
    assert not {"change", "change_management_policy"} & names


def test_a_template_is_written_once(tmp_path: Path) -> None:
    assert auditkit("evidence", "template", "change", at=tmp_path).returncode == 0
    header = (tmp_path / "change.csv").read_text(encoding="utf-8-sig")
    assert header.startswith("id,title,type,status")
    (tmp_path / "change.csv").write_text("mine")
    assert auditkit("evidence", "template", "change", at=tmp_path).returncode == 2
    assert (tmp_path / "change.csv").read_text() == "mine"


def test_the_engagement_is_found_from_below_and_by_name(engagement: Path, tmp_path: Path) -> None:
    here = auditkit("judgements", "list", at=engagement).stdout
    assert "J-001" in here
    assert auditkit("judgements", "list", at=engagement / "evidence/documents").stdout == here
    assert auditkit("judgements", "list", "-e", str(engagement), at=tmp_path).stdout == here


def test_without_scores_no_share_is_printed(engagement: Path) -> None:
    assert "%" in auditkit("run", "--no-pdf", at=engagement).stdout
    plain = auditkit("run", "--no-pdf", "--no-scores", at=engagement)
    assert plain.returncode == 0
    assert "%" not in plain.stdout


def on_a_terminal(folder: Path, **environment: str) -> str:
    """Run the engagement with a terminal as standard output and return what it shows."""
    ours, theirs = os.openpty()
    clean = {key: value for key, value in os.environ.items() if key != "NO_COLOR"}
    with subprocess.Popen(
        [sys.executable, "-m", "auditkit", "run", "--no-pdf"],
        cwd=folder,
        env=clean | environment,
        stdout=theirs,
        stderr=subprocess.DEVNULL,
    ):
        os.close(theirs)
        shown = b""
        while True:
            try:
                part = os.read(ours, 4096)
            except OSError:  # Linux says so when the other end is closed
                break
            if not part:
                break
            shown += part
    os.close(ours)
    return shown.decode("utf-8").replace("\r\n", "\n")


def test_colour_is_for_terminals_and_can_be_turned_off(engagement: Path) -> None:
    coloured = on_a_terminal(engagement, TERM="xterm")
    plain = on_a_terminal(engagement, TERM="xterm", NO_COLOR="1")
    assert "\x1b[" in coloured
    assert "\x1b" not in plain
    assert "Not ready" in plain
    assert "\x1b" not in auditkit("run", "--no-pdf", at=engagement).stdout
