"""The editions of 2005 and 2011, the maps to today's, and Plan-Do-Check-Act as the first edition asks for it."""

import csv
from pathlib import Path

import pytest

from auditkit.catalog.load import load_catalog
from auditkit.catalog.migration import land
from auditkit.engagement.library import Library, load_all_crosswalks, load_library

CHECKLISTS = Path(__file__).resolve().parents[2] / "checklists"
OLD, MIDDLE, NEW = (f"iso-iec-20000-1-{year}" for year in (2005, 2011, 2018))
PLAN_DO_CHECK_ACT = {
    "the plan exists, is approved and current": ("4.1-1", "master_plan_approved_and_current", "standard"),
    "five duties for each plan": ("4.1-3", "plan_duties_all_assigned", "standard"),
    "process plans conform to the plan above": ("4.1-4", "process_plan_conforms_to_master_plan", "standard"),
    "the plan is put into effect": ("4.2-1h", "plan_progress_reported", "standard"),
    "starters hand over to those who run": (
        "4.2-1e",
        "starters_handed_over_to_operating_roles",
        "good_practice",
    ),
    "methods of monitoring": ("4.3-1", "indicators_measured", "standard"),
    "attainment is measured": ("4.3-2", "objectives_measured_recently", "standard"),
    "reviews at planned intervals": ("4.3-3a", "reviews_at_most_an_interval_apart", "good_practice"),
    "results of reviews feed Act": ("4.3-8", "review_finding_leads_to_action_or_reason", "standard"),
    "the principle of improvement is published": ("4.4.1-1", "improvement_policy_published", "standard"),
    "improvement has an owner": ("4.4.1-3", "improvement_work_has_named_owner", "good_practice"),
    "nonconformities are eliminated": ("4.4.1-2", "corrective_action_verified_independently", "standard"),
    "every proposal is decided on": (
        "4.4.2-1",
        "improvement_recorded_with_priority_and_authority",
        "standard",
    ),
    "approved improvements are in a plan": ("4.4.2-2", "approved_improvement_is_in_plan", "standard"),
    "single process: process owner": (
        "4.4.2-4a",
        "single_process_improvement_led_by_process_owner",
        "standard",
    ),
    "several processes: project": ("4.4.2-4b", "wide_improvement_run_as_project", "good_practice"),
    "a baseline is collected": ("4.4.3-1a", "improvement_baseline_collected", "standard"),
    "the baseline comes before the start": ("4.4.3-1a", "improvement_baseline_before_start", "good_practice"),
    "results are held against the baseline": ("4.4.3-1f", "improvement_compared_with_baseline", "standard"),
    "missed targets are followed up": ("4.4.3-1h", "missed_improvement_followed_up", "standard"),
}
"""Each demand with a point, a record test and the basis of that test."""


@pytest.fixture(scope="module")
def library() -> Library:
    found, issues = load_library(CHECKLISTS, OLD)
    assert issues == ()
    return found


def test_the_counts_of_the_first_edition(library: Library) -> None:
    assert (len(library.catalog.requirements), len(library.catalog.points)) == (168, 224)
    assert not library.catalog.head.allows_exclusions


@pytest.mark.shared
@pytest.mark.parametrize(("edition", "column"), [("2005", "point"), ("2011", "clause")])
def test_points_and_clauses_are_those_of_the_reference(shared: Path, edition: str, column: str) -> None:
    catalog = load_catalog(CHECKLISTS / f"iso-iec-20000-1-{edition}", edition).catalog
    assert catalog is not None
    name = "points" if column == "point" else "clauses"
    with (shared / f"reference/iso20000-1-{edition}-{name}.csv").open(encoding="utf-8") as stream:
        wanted = [row[column] for row in csv.DictReader(stream)]
    if column == "point":
        assert [point.id for point in catalog.points] == wanted
    else:
        assert set(wanted) <= {clause.clause for clause in catalog.clauses}


@pytest.mark.parametrize("demand", PLAN_DO_CHECK_ACT)
def test_each_demand_of_plan_do_check_act_has_a_procedure_and_a_record_test(
    library: Library, demand: str
) -> None:
    identifier, test, basis = PLAN_DO_CHECK_ACT[demand]
    (point,) = library.catalog.select(identifier)[:1]
    assert point.procedures.interview
    assert test in point.procedures.records
    assert {one.id: one.basis for one in library.tests}[test] == basis


def test_the_yearly_reviews_of_the_first_edition_are_requirements(library: Library) -> None:
    yearly = {test.id: test for test in library.tests if test.id.endswith("_within_a_year")}
    assert sorted(point for test in yearly.values() for point in test.points) == [
        f"{OLD}:6.3-3", f"{OLD}:7.2-2", f"{OLD}:7.3-8",
    ]  # fmt: skip
    assert {test.basis for test in yearly.values()} == {"standard"}


def test_the_second_edition_is_a_tree_that_cannot_be_assessed() -> None:
    from auditkit.base.errors import InputsUnreadable

    with pytest.raises(InputsUnreadable, match="tree of clauses only"):
        load_library(CHECKLISTS, MIDDLE)


def test_every_point_of_the_first_edition_leads_somewhere_or_says_why_not(library: Library) -> None:
    crosswalks, _, issues = load_all_crosswalks(CHECKLISTS)
    assert issues == ()
    (editions,) = [one for one in crosswalks if (one.source, one.target) == (OLD, NEW)]
    landings = [land(editions, point.id) for point in library.catalog.points]
    assert all(one.why for one in landings)
    assert sum(one.resolved for one in landings) >= 210
    assert all(one.relation == "none" for one in landings if not one.resolved)


@pytest.mark.parametrize(
    ("old", "new"), [("7.3-8", "8.3.4.1-8"), ("9.1-13", "8.2.6-5a"), ("8.2-6", "8.6.1-4"), ("4.1-4", "6.3-4")]
)
def test_well_known_requirements_lead_to_their_successors(old: str, new: str) -> None:
    crosswalks, _, _ = load_all_crosswalks(CHECKLISTS)
    (editions,) = [one for one in crosswalks if (one.source, one.target) == (OLD, NEW)]
    targets = land(editions, old).targets
    assert any(target.startswith(new.rstrip("abc")) for target in targets), targets


def test_lenses_of_the_first_edition_have_the_ids_of_todays(library: Library) -> None:
    today = {lens.id for lens in load_library(CHECKLISTS, NEW)[0].lenses}
    assert {"pdca", "process", "mof-plan-optimize", "service-attributes"} <= {
        lens.id for lens in library.lenses
    }
    assert {lens.id for lens in library.lenses} <= today


@pytest.mark.parametrize("lens_id", ["pdca", "process"])
def test_every_point_has_exactly_one_group(library: Library, lens_id: str) -> None:
    (lens,) = [one for one in library.lenses if one.id == lens_id]
    lineage = library.catalog.lineage()
    for point in library.catalog.points:
        names = {point.id, point.requirement}
        groups = [
            group.id
            for group in lens.groups
            if set(lineage[point.clause]) & set(group.clauses) or names & set(group.points)
        ]
        assert len(groups) == 1, (point.id, groups)
