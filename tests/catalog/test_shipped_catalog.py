"""The shipped catalog is whole, in order, and links lead somewhere both ways."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from auditkit.engagement.library import Library, load_library
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


def test_guidance_stands_for_the_four_clauses_and_is_keyed_by_part_1(library: Library) -> None:
    assert {item.clause for item in library.guidance} >= {"8.5.1", "8.6.1", "8.7.2", "9.2"}
    assert all(item.id.startswith(f"20000-2:{item.clause}/") for item in library.guidance)


def test_the_lenses_of_the_reports_are_there(library: Library) -> None:
    assert {lens.id for lens in library.lenses} >= {
        "pdca",
        "mof-plan-optimize",
        "service-attributes",
        "process",
    }


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
