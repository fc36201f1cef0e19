"""One row more in the twin, taken from the case of a record test, flips exactly the tests that are declared here.

The tests that were planted have their own mutations in test_oracle.py; rates and indicators need more than a row.
"""

import re
import sys
from datetime import date
from pathlib import Path

import pytest

from auditkit.assessment.engagement import Parameter
from auditkit.assessment.records import run_record_tests
from auditkit.assessment.recordtests.model import RecordTest
from auditkit.base.yamltext import load
from auditkit.engagement.layout import Layout
from auditkit.engagement.open import open_engagement
from conftest import ROOT
from nordwerk.exports import all_rows
from nordwerk.planting import PLANTS, plant
from nordwerk.world import World

sys.path.insert(0, str(ROOT / "tests/assessment"))
from record_samples import AS_OF, PERIOD, shipped_tests, table

pytestmark = pytest.mark.worked
PLANTED = {one.test for one in PLANTS}
CASES = load(ROOT / "tests/assessment/record_test_cases.yaml", "cases")[0].data["cases"]  # type: ignore[union-attr]
EXPORTED = {path.name.partition(".")[0] for path in (ROOT / "evidence/records").iterdir()}
TESTS = [
    test
    for test in shipped_tests().values()
    if all(":" not in point for point in test.points) and test.dataset in EXPORTED
]
"""Those of the edition that the worked engagement is audited against, on datasets that are exported as such."""
ALONE = [
    test
    for test in TESTS
    if test.test_class in ("hard", "currency") and test.tolerance == 0 and test.id not in PLANTED
]
ALSO = {
    "availability_risks_assessed_in_interval": {"risks_complete_and_in_date"},
    "continuity_risks_assessed_in_interval": {"risks_complete_and_in_date"},
    "security_risks_assessed_in_interval": {"risks_complete_and_in_date"},
    "auditors_impartial": {"audits_performed_as_planned"},
    "auditors_competent": {"audits_performed_as_planned"},
    "ci_identifier_unique": {"ci_minimum_information_recorded"},
    "closed_problem_reviewed": {"closed_problem_has_cause_or_reason", "problem_fix_raised_as_change"},
    # A change without a category is unknown to every test whose population asks for the category, and to the share of emergencies.
    "change_requests_classified": {
        test.id
        for test in TESTS
        if test.dataset == "change" and re.search(r"\btype\b", f"{test.population} {test.exception}")
    },
}
"""Record test to the others that the same row contradicts, or makes unknown, too."""


@pytest.fixture(scope="module")
def world() -> World:
    """The twin's rows, small."""
    found = World(20000, date(2025, 10, 1), date(2026, 9, 30), date(2026, 10, 15), 0.05)
    found.rows = all_rows(found)
    plant(found, clean=True)
    return found


@pytest.fixture(scope="module")
def parameters() -> dict[str, Parameter]:
    return open_engagement(Layout(ROOT)).parameters


def outcomes(
    world: World,
    test: RecordTest,
    row: dict[str, object] | None,
    folder: Path,
    parameters: dict[str, Parameter],
) -> dict[str, str]:
    rows = [*world.rows[test.dataset], *([row] if row else [])]
    kept = [{key: value for key, value in one.items() if value is not None} for one in rows]
    read = table(folder, test.dataset, kept)
    tests = [one for one in TESTS if one.dataset == test.dataset]
    found = run_record_tests(tests, {test.dataset: [read]}, {}, parameters, PERIOD, AS_OF)
    return {one.id: result.outcome for one, result in zip(tests, found, strict=True)}


@pytest.mark.parametrize("test", ALONE, ids=[one.id for one in ALONE])
def test_one_row_flips_what_it_declares(
    test: RecordTest, world: World, tmp_path: Path, parameters: dict[str, Parameter]
) -> None:
    case = CASES[test.id]
    usual = dict(world.rows[test.dataset][0])
    before = outcomes(world, test, None, tmp_path / "before", parameters)
    row = {**usual, "id": "ONE-MORE", **case["violates"]}
    after = outcomes(world, test, row, tmp_path / "after", parameters)
    if after[test.id] != "not_met":  # the twin's first row is not of the population; the case's row is
        met = {name: value for name, value in case["meets"].items() if name != "id"}
        after = outcomes(world, test, {**row, **met, **case["violates"]}, tmp_path / "again", parameters)
    flipped = {name for name, outcome in after.items() if outcome != before[name]}
    assert after[test.id] == "not_met"
    assert flipped == {test.id} | ALSO.get(test.id, set())
