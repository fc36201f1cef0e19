"""The worked engagement proves one improvement of the year before and shows that another did not help."""

import csv
import gzip
from fractions import Fraction
from pathlib import Path

import pytest

from auditkit.engagement.run import RunOutcome
from auditkit.improvement.control_chart import ControlChart, NoChart

pytestmark = pytest.mark.worked
ROOT = Path(__file__).resolve().parents[2]


def test_one_improvement_is_proven_and_one_is_not(worked: RunOutcome) -> None:
    proofs = {one.action: one for one in worked.run.proofs}
    helped, not_helped = proofs["CA-091"], proofs["CA-092"]
    assert helped.after is not None
    assert not_helped.after is not None
    assert (helped.verdict, helped.reached, helped.bounds) == ("improved", True, None)
    assert (helped.before.exceptions, helped.before.examined, helped.after.exceptions) == (240, 3011, 0)
    assert (not_helped.verdict, not_helped.reached) == ("not_improved", False)
    assert not_helped.before.rate < Fraction(not_helped.after.exceptions, not_helped.after.examined)


def test_the_figures_before_are_what_the_year_before_counts(worked: RunOutcome) -> None:
    (year_before,) = worked.run.earlier
    for proof in worked.run.proofs:
        then = year_before.measures[proof.measure]
        assert (then.exceptions, then.examined) == (proof.before.exceptions, proof.before.examined)


def test_the_target_that_was_not_reached_stands_in_the_plan(worked: RunOutcome) -> None:
    (item,) = [one for one in worked.run.plan if one.id.startswith("F-")]
    assert (item.id, item.findings, item.owner) == ("F-CA-092", ("OFI-090",), "Tobias Lange")
    assert [one.priority for one in worked.run.plan] == list(range(1, len(worked.run.plan) + 1))


def test_months_and_totals_of_a_chart_are_those_of_its_test(worked: RunOutcome) -> None:
    totals = {f"record.{one.id}": one.result for one in worked.run.record_tests}
    drawn = [one for one in worked.run.charts if isinstance(one, ControlChart)]
    assert len(drawn) >= 5
    for chart in drawn:
        assert sum(one.exceptions for one in chart.points) == totals[chart.measure].exceptions
        assert sum(one.examined for one in chart.points) == totals[chart.measure].examined
    assert any(isinstance(one, NoChart) for one in worked.run.charts)


def test_plain_csv_counts_the_incidents_without_a_category(worked: RunOutcome) -> None:
    """Counted without auditkit: closed incidents of the months after the implementation, and those of the year before."""
    (helped,) = [one for one in worked.run.proofs if one.action == "CA-091"]
    assert helped.after is not None
    before = closed_incidents(ROOT / "examples/previous/evidence/records/incident.csv.gz")
    assert (sum(not category for _, category in before), len(before)) == (240, 3011)
    after = [
        category
        for opened, category in closed_incidents(ROOT / "evidence/records/incident.csv.gz")
        if opened in helped.after.months
    ]
    assert (sum(not one for one in after), len(after)) == (helped.after.exceptions, helped.after.examined)


def closed_incidents(path: Path) -> list[tuple[str, str]]:
    """Return month of opening and category of each closed incident of the audit period."""
    with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return [(row["opened_at"][:7], row["category"]) for row in rows if row["incident_state"] == "Closed"]
