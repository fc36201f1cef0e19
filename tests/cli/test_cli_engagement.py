"""The command line on an engagement: what it prints, what it leaves on the disk, and what it never touches."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from command_line import DOCUMENT, RECORDS, auditkit, auditkit_process, make, tree

LATE = "record.normal_change_approved_before_implementation"


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
    auditkit_process("run", "--no-pdf", at=engagement, TZ="UTC", PYTHONHASHSEED="1")
    auditkit_process("run", "--no-pdf", at=other, TZ="Pacific/Auckland", PYTHONHASHSEED="2", LC_ALL="C")
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
