"""All planted defects are found with their extents, none is invented, the twin is clean, each mutation flips its own test."""

import csv
from datetime import date
from pathlib import Path

import pytest

from auditkit.assessment.conflicts import is_breach
from auditkit.assessment.model import ProcedureResult
from auditkit.assessment.records import run_record_tests
from auditkit.base.digest import digest_file
from auditkit.engagement.layout import Layout
from auditkit.engagement.open import OpenEngagement, open_engagement
from auditkit.engagement.run import RunOutcome
from auditkit.evidence.model import EvidenceItem
from auditkit.evidence.tables import read_table
from conftest import ROOT, generate
from nordwerk.exports import all_rows, write_exports
from nordwerk.planting import PLANTS, TRAPS, Plant, plant
from nordwerk.world import World

pytestmark = pytest.mark.worked
Planted = dict[str, list[dict[str, object]]]


def results(outcome: RunOutcome) -> dict[str, ProcedureResult]:
    return {one.id: one.result for one in outcome.run.record_tests}


def keys_of(test: str) -> list[str]:
    with (Layout(ROOT).cached_exceptions / f"{test}.csv").open(encoding="utf-8-sig", newline="") as stream:
        return sorted(row["id"] for row in csv.DictReader(stream) if row["computed"] == "exception")


def test_at_least_forty_defects_over_at_least_twenty_clauses(worked: RunOutcome, planted: Planted) -> None:
    tests = {one.id: one for one in worked.run.record_tests}
    clauses = {
        point.partition("-")[0] for one in planted["planted"] for point in tests[str(one["test"])].points
    }
    assert len(planted["planted"]) >= 40
    assert len(clauses) >= 20


def test_every_planted_defect_is_found_with_its_exact_extent(worked: RunOutcome, planted: Planted) -> None:
    found = results(worked)
    for one in planted["planted"]:
        result = found[str(one["test"])]
        assert (result.outcome, result.exceptions) == ("not_met", one["exceptions"]), one["test"]
        assert is_breach(result), one["test"]


def test_the_very_rows_that_were_spoiled_are_the_ones_reported(worked: RunOutcome, planted: Planted) -> None:
    assert worked.run.record_tests
    for one in planted["planted"]:
        assert keys_of(str(one["test"])) == one["keys"], one["test"]


def test_nothing_else_is_reported(worked: RunOutcome, planted: Planted) -> None:
    expected = {str(one["test"]) for one in planted["planted"]}
    others = {name: result.outcome for name, result in results(worked).items() if name not in expected}
    assert set(others.values()) == {"met"}, others
    documents = {
        one.procedure for one in worked.run.findings if one.procedure and one.procedure.startswith("document")
    }
    assert documents == {str(one["procedure"]) for one in planted["documents"]}


def test_no_trap_is_reported(worked: RunOutcome, planted: Planted) -> None:
    assert worked.run.record_tests
    named = [one for one in planted["traps"] if one["key"] != "several"]
    assert len(named) == len(TRAPS)
    assert len(planted["traps"]) >= 15
    tests = {str(one["test"]) for one in planted["planted"]}
    for one in named:
        if one["test"] in tests:
            assert one["key"] not in keys_of(str(one["test"])), one


def test_the_twin_has_no_nonconforming_candidate_and_every_test_is_met(twin: RunOutcome) -> None:
    assert [one.id for one in twin.run.findings] == []
    assert {one.value for one in twin.run.assessment.points} <= {"conforms", "not_assessed"}
    not_met = {name: one.reasons for name, one in results(twin).items() if one.outcome != "met"}
    assert not_met == {}
    assert [issue for issue in twin.run.issues if issue.severity != "note"] == []


def test_findings_that_people_raised_take_their_candidates_over(worked: RunOutcome) -> None:
    raised = {one.id: one for one in worked.run.findings if one.standing == "confirmed"}
    assert (raised["NC-001"].exceptions, raised["NC-003"].grade) == (31, "major")
    candidates = [one.procedure for one in worked.run.findings if one.standing == "candidate"]
    assert "record.normal_change_approved_before_implementation" not in candidates
    assert len(candidates) == len(set(candidates))


def test_a_conflict_is_shown_with_both_and_nothing_is_suspect(worked: RunOutcome) -> None:
    conflicts = [one.point for one in worked.run.assessment.points if one.conflict]
    assert conflicts == ["8.5.1.3-6"]
    assert [one.point for one in worked.run.assessment.points if one.suspect] == []


def test_the_repeat_of_last_years_finding_is_a_major(worked: RunOutcome) -> None:
    repeat = next(one for one in worked.run.findings if one.procedure == "record.contracts_complete")
    assert (repeat.grade, repeat.repeat_of) == ("major", "NC-090")


def test_the_generator_makes_the_very_files_of_the_repository(tmp_path: Path) -> None:
    fresh = generate(tmp_path / "fresh")
    files = sorted(path.relative_to(fresh) for path in fresh.rglob("*") if path.is_file())
    assert len(files) > 100
    differing = [str(file) for file in files if digest_file(fresh / file) != digest_file(ROOT / file)]
    # PDF bytes hold only within one pinned environment; their text is compared by the oracle itself.
    assert [file for file in differing if not file.endswith(".pdf")] == []


def clean_world() -> World:
    """The twin's rows, small, so that one mutation costs little."""
    world = World(20000, date(2025, 10, 1), date(2026, 9, 30), date(2026, 10, 15), 0.05)
    world.rows = all_rows(world)
    plant(world, clean=True)
    return world


@pytest.fixture(scope="module")
def opened() -> OpenEngagement:
    return open_engagement(Layout(ROOT))


def outcomes_of(opened: OpenEngagement, world: World, dataset: str, folder: Path) -> dict[str, str]:
    """Export one dataset and run its tests; test id to outcome."""
    single = World(world.seed, world.start, world.end, world.as_of, world.scale)
    single.rows = {dataset: world.rows[dataset]}
    entry = write_exports(single, folder / "records")[0]
    item = EvidenceItem.model_validate({"id": "EV-001", **entry})
    library = opened.library
    table = read_table(
        folder,
        item,
        library.datasets[dataset],
        library.profiles,
        "Europe/Berlin",
        folder / "cache",
        digest_file(folder / item.file),
    )
    tests = [test for test in library.tests if test.dataset == dataset]
    found = run_record_tests(
        tests, {dataset: [table]}, {}, opened.parameters, opened.engagement.period, opened.engagement.as_of
    )
    return {test.id: result.outcome for test, result in zip(tests, found, strict=True)}


@pytest.mark.parametrize("one", PLANTS, ids=[one.test for one in PLANTS])
def test_one_spoiled_row_flips_exactly_its_test(opened: OpenEngagement, tmp_path: Path, one: Plant) -> None:
    world = clean_world()
    before = outcomes_of(opened, world, one.dataset, tmp_path / "before")
    assert before[one.test] == "met"
    row = next(row for row in reversed(world.rows[one.dataset]) if one.choose(row, world))
    one.spoil(row, world)
    after = outcomes_of(opened, world, one.dataset, tmp_path / "after")
    flipped = {test for test, outcome in after.items() if outcome != before[test]}
    assert flipped == {one.test}
