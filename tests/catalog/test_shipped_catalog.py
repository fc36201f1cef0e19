"""The shipped catalog is whole, in order, and links lead somewhere both ways."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from auditkit.engagement.library import Library, load_all_crosswalks, load_library
from auditkit.engagement.lint import lint_checklists

ROOT = Path(__file__).resolve().parents[2]
CHECKLISTS = ROOT / "checklists"


@pytest.fixture(scope="module")
def library() -> Library:
    found, issues = load_library(CHECKLISTS, "iso-iec-20000-1-2018")
    assert issues == ()
    return found


def test_lint_finds_no_fault() -> None:
    assert [str(issue) for issue in lint_checklists(CHECKLISTS).issues] == []


def test_the_counts_of_the_edition(library: Library) -> None:
    catalog = library.catalog
    with_points = [clause for clause in catalog.clauses if clause.points]
    assert (len(catalog.requirements), len(catalog.points)) == (215, 384)
    assert len(with_points) == 62  # 63 clauses, of which 8.3.1 holds no requirement
    assert [point.id for point in catalog.points if point.amendment] == ["4.1-A1"]


@pytest.mark.shared
def test_clauses_and_points_are_those_of_the_reference(library: Library, shared: Path) -> None:
    with (shared / "reference/iso20000-1-2018-points.csv").open(encoding="utf-8") as stream:
        assert [row["point"] for row in csv.DictReader(stream)] == [
            point.id for point in library.catalog.points
        ]
    numbers = {clause.clause for clause in library.catalog.clauses}
    for name in ("clauses", "headings"):
        with (shared / f"reference/iso20000-1-2018-{name}.csv").open(encoding="utf-8") as stream:
            assert {row["clause"] for row in csv.DictReader(stream)} <= numbers


def test_every_statement_is_a_sentence_of_its_own(library: Library) -> None:
    statements = Counter(point.statement for point in library.catalog.points)
    assert [text for text, count in statements.items() if count > 1] == []
    for point in library.catalog.points:
        assert 50 <= len(point.statement) <= 300, point.id
        assert " shall " not in point.statement, point.id
        assert point.usual_evidence, point.id
        assert point.usual_trap, point.id
        assert point.procedures.interview, point.id


def test_record_tests_reach_far(library: Library) -> None:
    points = {point for test in library.tests for point in test.points}
    assert len(library.tests) >= 60
    assert len({point.partition("-")[0] for point in points}) >= 25


def test_guidance_stands_for_every_clause_and_is_keyed_by_part_1(library: Library) -> None:
    lineage = library.catalog.lineage()
    advised = {item.clause for item in library.guidance}
    for clause in library.catalog.clauses:
        if clause.points:
            assert advised & {clause.clause, *lineage[clause.clause]}, clause.clause
    assert all(item.id.startswith(f"20000-2:{item.clause}/") for item in library.guidance)
    assert len(library.guidance) >= 200


def test_every_advice_is_whole(library: Library) -> None:
    for item in library.guidance:
        assert item.why, item.id
        assert item.usual_evidence, item.id
        assert item.usual_roles, item.id
        assert len(set(item.good_looks_like)) == 3, item.id
        assert item.procedures.interview, item.id
        assert item.procedures.observe, item.id


def test_german_is_complete_for_clauses_4_to_10(library: Library) -> None:
    (german,) = [one for one in library.translations if one.language == "de"]
    assert {one.id for one in german.points} == {point.id for point in library.catalog.points}
    assert {one.clause for one in german.clauses} == {clause.clause for clause in library.catalog.clauses}
    assert all(one.statement.endswith(".") for one in german.points)


@pytest.mark.parametrize(
    "target", ["iso-9001-2015", "iso-iec-27001-2022", "iso-22301-2019", "itil-4", "mof-4.0", "fitsm-1"]
)
def test_a_crosswalk_speaks_of_every_requirement_with_a_reason_of_its_own(
    library: Library, target: str
) -> None:
    crosswalks, references, _ = load_all_crosswalks(CHECKLISTS)
    (crosswalk,) = [
        one for one in crosswalks if one.target == target and one.source == library.catalog.head.id
    ]
    spoken = {source for one in crosswalk.maps for source in one.sources}
    for requirement in library.catalog.requirements:
        assert spoken & {requirement.id, *(point.id for point in requirement.points)}, requirement.id
    reasons = [one.rationale for one in crosswalk.maps]
    assert len(reasons) == len(set(reasons))
    (reference,) = [one for one in references if one.id == target]
    assert {name for one in crosswalk.maps for name in one.targets} <= {
        entry.id for entry in reference.entries
    }


def test_the_lenses_of_the_reports_are_there(library: Library) -> None:
    assert {lens.id for lens in library.lenses} >= {
        "pdca", "mof-plan-optimize", "mof-smf", "mof-reviews", "service-attributes",
        "itil-v3-processes", "itil-4-practices", "process", "service", "site",
    }  # fmt: skip


@pytest.mark.parametrize("lens_id", ["pdca", "process"])
def test_a_partition_puts_every_clause_with_points_in_exactly_one_group(
    library: Library, lens_id: str
) -> None:
    from auditkit.base.ids import is_within

    lens = next(one for one in library.lenses if one.id == lens_id)
    for point in library.catalog.points:
        homes = [
            group.id
            for group in lens.groups
            if point.id in group.points or any(is_within(point.clause, clause) for clause in group.clauses)
        ]
        assert len(homes) == 1, (point.id, homes)
