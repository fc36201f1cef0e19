"""The sample commands on an engagement: what they print, write and refuse, and what a sample becomes."""

import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from sampling_engagement import DRAW, export, fill, make, opened, run

from auditkit.assessment.model import ProcedureResult
from auditkit.base.errors import AuditkitError, InputsUnreadable, UsageFault
from auditkit.engagement.sample_state import examine_samples, known_samples

POINT = "8.5.1.3-3a"


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An engagement with a hundred normal changes, opened once so that its cache is warm."""
    folder = make(tmp_path_factory.mktemp("prepared") / "audit")
    opened(folder)
    return folder


@pytest.fixture
def folder(prepared: Path, tmp_path: Path) -> Path:
    """A copy that a test may change."""
    return Path(shutil.copytree(prepared, tmp_path / "audit"))


def files(folder: Path) -> dict[str, str]:
    """Digest of every file but the cache."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".auditkit-cache" not in path.parts
    }


def fault(folder: Path, *words: str) -> str:
    """Run a command that fails for the user, and return what it says."""
    found = run(folder, *words).exception
    assert isinstance(found, AuditkitError)
    return str(found)


def results(folder: Path) -> tuple[ProcedureResult, ...]:
    """What the samples say of the point."""
    engagement = opened(folder)
    samples, issues = known_samples(engagement)
    assert issues == ()
    return examine_samples(engagement, samples)[POINT]


def complete(folder: Path, answers: dict[str, str] | None = None) -> None:
    """Draw, fill in and read back."""
    assert run(folder, *DRAW).exception is None
    fill(folder, answers)
    assert run(folder, "read", "SA-001").return_value == 0


def test_draw_writes_a_workpaper_and_its_sheet(folder: Path) -> None:
    before = files(folder)
    done = run(folder, *DRAW)
    assert done.output.splitlines() == [
        "SA-001: 45 of 100 rows drawn; the size allows for 0 deviating.",
        "Wrote workpapers/samples/SA-001.yaml.",
        "Wrote workpapers/samples/SA-001.xlsx.",
        "Next: fill in the sheet, then auditkit sample read SA-001",
    ]
    assert set(files(folder)) - set(before) == {
        "workpapers/samples/SA-001.yaml",
        "workpapers/samples/SA-001.xlsx",
    }
    (sample,), _ = known_samples(opened(folder))
    assert (sample.drawn_by, str(sample.drawn_at), sample.population.count) == ("P-001", "2026-10-15", 100)
    assert all(item.key.startswith("C-") for item in sample.items)
    assert all(item.row == int(item.key[2:]) + 1 for item in sample.items)


def test_the_same_seed_draws_the_same_bytes_anywhere(folder: Path, tmp_path: Path) -> None:
    other = make(tmp_path / "elsewhere/audit")
    run(folder, *DRAW)
    run(other, *DRAW)
    assert files(folder) == files(other)


def test_a_dry_run_writes_nothing(folder: Path) -> None:
    before = files(folder)
    assert run(folder, *DRAW, "--dry-run").output.startswith("SA-001: 45 of 100 rows drawn")
    assert files(folder) == before


def test_the_next_sample_has_the_next_number_and_nothing_is_overwritten(folder: Path) -> None:
    run(folder, *DRAW)
    assert run(folder, *DRAW, "--json").exception is None
    assert {path.stem for path in (folder / "workpapers/samples").glob("*.yaml")} == {"SA-001", "SA-002"}
    assert "exists already" in fault(folder, *DRAW, "--id", "SA-001")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--dataset", "chance"), "there is no such dataset. Known: "),
        (("--dataset", "incident", "--where", "TRUE"), "no records of dataset incident were received"),
        (("--point", "8.5.1.3-99"), "no such point"),
        (("--where", "typ = 'normal'"), "no field 'typ'"),
        (("--where", "type = 'none'"), "no row of the dataset belongs"),
        (("--tolerable", "much"), "--tolerable much"),
        (("--tolerable", "nan"), "--tolerable nan"),
        (("--method", "stratified"), "field to go by"),
        (("--method", "weighted", "--by", "risk"), "is no number"),
        (("--method", "weighted", "--by", "risk", "--weights", "high"), "high=5"),
        (("--basis", "own_rule"), "names the evidence"),
        (("--basis", "own_rule", "--rule", "EV-077"), "no such evidence"),
        (("--drawn-by", "P-077"), "no such person"),
        (("--id", "../SA-001"), "id of a sample"),
        (("--attribute", "x"), "text"),
    ],
)
def test_what_cannot_be_drawn_is_said_and_nothing_written(
    words: tuple[str, ...], says: str, folder: Path
) -> None:
    before = files(folder)
    assert says in fault(folder, *DRAW, *words)
    assert files(folder) == before


def test_an_attribute_can_be_for_another_point(folder: Path) -> None:
    run(
        folder, *DRAW, "--attribute", "8.5.1.3-3b: customers considered", "--attribute", "note: it is legible"
    )
    (sample,), _ = known_samples(opened(folder))
    assert [(one.id, one.point, one.text) for one in sample.attributes] == [
        ("a1", POINT, "risk assessed before decision"),
        ("a2", "8.5.1.3-3b", "customers considered"),
        ("a3", POINT, "note: it is legible"),
    ]


def test_rows_of_unknown_kind_are_named_when_drawing(folder: Path) -> None:
    with (folder / "evidence/changes.csv").open("a", encoding="utf-8") as stream:
        stream.write("C-900,,high,2026-01-01 09:00\n")
    assert "1 rows cannot be drawn" in run(folder, *DRAW).output


def test_a_filled_sheet_becomes_a_result(folder: Path) -> None:
    complete(folder)
    (found,) = results(folder)
    assert (found.outcome, found.examined, found.exceptions) == ("met", 45, 0)
    assert [(one.id, one.file) for one in found.evidence] == [("EV-001", "evidence/changes.csv")]


def test_a_deviation_is_found_again_with_its_row(folder: Path) -> None:
    run(folder, *DRAW)
    (sample,), _ = known_samples(opened(folder))
    key = sample.items[4].key
    fill(folder, {key: "no"})
    run(folder, "read", "SA-001")
    (found,) = results(folder)
    assert (found.outcome, found.beyond_tolerance) == ("not_met", True)
    assert [(one.key, one.place.row) for one in found.exception_rows] == [(key, sample.items[4].row)]


def test_reading_can_be_tried_first(folder: Path) -> None:
    run(folder, *DRAW)
    fill(folder)
    before = files(folder)
    done = run(folder, "read", "SA-001", "--dry-run")
    assert done.output.splitlines()[-1] == "47 changes; nothing was written."
    assert files(folder) == before
    assert run(folder, "read", "SA-001").output.splitlines()[-1] == "47 changes written."
    assert run(folder, "read", "SA-001").output == "0 changes; nothing was written.\n"


def test_a_sheet_with_a_fault_is_refused_whole(folder: Path) -> None:
    run(folder, *DRAW)
    fill(folder, {"C-001": "perhaps", "C-002": "perhaps", "C-003": "perhaps"})
    before = files(folder)
    done = run(folder, "read", "SA-001")
    assert done.return_value == 3
    assert "workpapers/samples/SA-001.xlsx, sheet Sample, row" in done.stderr
    assert files(folder) == before
    data = json.loads(run(folder, "read", "SA-001", "--json").stdout)
    assert {one["code"] for one in data["issues"]} == {"sample-answer"}
    assert data["written"] is False


def test_comments_are_not_lost(folder: Path) -> None:
    run(folder, *DRAW)
    path = folder / "workpapers/samples/SA-001.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "# ask Jan about C-004\n", encoding="utf-8")
    assert "the comment would be lost" in fault(folder, "read", "SA-001")


def test_reading_what_is_not_there(folder: Path) -> None:
    assert "there is no workpapers/samples/SA-009.yaml" in fault(folder, "read", "SA-009")
    run(folder, *DRAW)
    assert "there is no such file" in fault(folder, "read", "SA-001", "--sheet", str(folder / "none.xlsx"))
    path = folder / "workpapers/samples/SA-001.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("id: SA-001", "id: SA-002"), encoding="utf-8")
    assert isinstance(run(folder, "read", "SA-001").exception, InputsUnreadable)


def test_a_new_row_in_the_export_makes_the_sample_suspect(folder: Path) -> None:
    complete(folder)
    export(folder, 101)
    (found,) = results(folder)
    assert found.outcome == "no_evidence"
    assert "its population changed since it was drawn (100 rows then, 101 now)" in found.reasons[0]


def test_rows_outside_the_population_do_not_matter(folder: Path) -> None:
    complete(folder)
    with (folder / "evidence/changes.csv").open("a", encoding="utf-8") as stream:
        stream.write("E-900,emergency,high,2026-01-01 09:00\n")
    assert results(folder)[0].outcome == "met"


def test_an_export_that_is_gone_or_broken_never_helps(folder: Path) -> None:
    complete(folder)
    (folder / "evidence/changes.csv").write_bytes(b"%PDF-1.7 no table")
    assert results(folder)[0].outcome == "no_evidence"
    (folder / "evidence/changes.csv").unlink()
    assert results(folder)[0].outcome == "no_evidence"


def test_renewing_keeps_answers_for_rows_that_did_not_change(folder: Path) -> None:
    complete(folder)
    (sample,), _ = known_samples(opened(folder))
    changed = sample.items[0].key
    export(folder, 103, changed)
    assert results(folder)[0].outcome == "no_evidence"
    done = run(folder, "renew", "SA-001")
    assert done.output.startswith("SA-001: 40 of 103 rows drawn; the size allows for 0 deviating. 39 answers")
    (renewed,), _ = known_samples(opened(folder))
    kept = {item.key for item in renewed.items if item.results["a1"].answer == "yes"}
    before = {item.key for item in sample.items}
    assert kept == {item.key for item in renewed.items} & before - {changed}
    assert len(kept) == 39
    assert "incomplete" in results(folder)[0].reasons[0]
    fill(folder)
    assert run(folder, "read", "SA-001").return_value == 0
    assert results(folder)[0].outcome == "met"


def test_renewing_does_not_throw_unread_answers_away(folder: Path) -> None:
    run(folder, *DRAW)
    fill(folder)
    assert "holds what was not read" in fault(folder, "renew", "SA-001")


def test_list_says_what_state_each_sample_is_in(folder: Path) -> None:
    complete(folder)
    run(folder, *DRAW, "--method", "stratified", "--by", "risk", "--per-stratum", "5")
    before = files(folder)
    done = run(folder, "list")
    assert [line.split()[:3] for line in done.output.splitlines() if line.startswith("SA-")] == [
        ["SA-001", POINT, "complete"],
        ["SA-002", POINT, "open"],
    ]
    export(folder, 99)
    rows = json.loads(run(folder, "list", "--json").stdout)
    assert [one["state"] for one in rows] == ["suspect", "suspect"]
    export(folder, 100)
    assert files(folder) == before


def test_a_file_that_cannot_count_is_told(folder: Path) -> None:
    run(folder, *DRAW)
    path = folder / "workpapers/samples/SA-001.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace('"P-001"', '"P-099"'), encoding="utf-8")
    done = run(folder, "list")
    assert done.return_value == 3
    assert "P-099, who is not in engagement.yaml" in done.stderr


def test_nothing_is_computed_twice(folder: Path) -> None:
    """A second look at an unchanged engagement loads neither polars nor scipy."""
    complete(folder)
    first = results(folder)
    code = (
        "import sys; sys.path.insert(0, sys.argv[2]); from pathlib import Path;"
        "from sampling_engagement import opened;"
        "from auditkit.engagement.sample_state import examine_samples, known_samples;"
        "o = opened(Path(sys.argv[1])); r = examine_samples(o, known_samples(o)[0]);"
        "print([one.outcome for one in r['8.5.1.3-3a']], 'polars' in sys.modules, 'scipy' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(folder), str(Path(__file__).parent)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == f"{[one.outcome for one in first]} False False"


def test_sizes_prints_the_table(folder: Path) -> None:
    from click.testing import CliRunner

    from auditkit.cli.sample import sample

    table = CliRunner().invoke(sample, ["sizes", "--tolerable", "5", "--expected", "0", "--expected", "1"])
    assert [line.split() for line in table.stdout.splitlines()[1:]] == [
        ["5", "%", "0", "%", "59", "0"],
        ["5", "%", "1", "%", "93", "1"],
    ]
    impossible = CliRunner().invoke(sample, ["sizes", "--tolerable", "1", "--expected", "1", "--json"])
    assert json.loads(impossible.stdout)[0]["size"] is None
    small = CliRunner().invoke(sample, ["sizes", "--population", "250", "--json"])
    assert [one["size"] for one in json.loads(small.stdout) if one["tolerable"] == "5"] == [51]


def test_sites_are_drawn_from_the_engagement(folder: Path) -> None:
    words = ("sites", "--visit", "initial", "--central", "Kiel", "--seed", "2026")
    found = json.loads(run(folder, *words, "--json").stdout)
    assert (found["sites"], found["size"], len(found["at_random"]), found["to_choose"]) == (4, 2, 1, 1)
    assert "Always: Kiel." in run(folder, *words).output
    assert "Global Accreditation Cooperation" in run(folder, *words).output
    assert isinstance(run(folder, *words[:4], "Bonn", *words[5:]).exception, UsageFault)
