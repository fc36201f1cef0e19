"""From counts to outcome: each case is one line."""

from typing import Any

import pytest

from auditkit.assessment.engagement import Parameter
from auditkit.assessment.recordtests.decide import Counts, decide
from auditkit.assessment.recordtests.model import RecordTest


def claim(**changes: Any) -> RecordTest:
    """Return a record test of basis standard and class hard."""
    settings = {
        "id": "claim",
        "title": "A claim about rows of records.",
        "points": ("8.6.1-1a",),
        "basis": "standard",
        "class": "hard",
        "dataset": "incident",
        "population": "TRUE",
        "exception": "category IS NULL",
        "why": "Because it matters to somebody.",
        "remedy": "A record that shows it.",
    }
    return RecordTest.model_validate({**settings, **changes})


DEFAULT = Parameter(value=30, source="house_default")
OWN = Parameter(value=30, source="own_rule", evidence="EV-001", place="section 3")
SHARE = Parameter(value=0.9, source="own_rule", evidence="EV-001")


@pytest.mark.parametrize(
    ("counts", "outcome", "beyond"),
    [
        (Counts(0, 0, 0, 0), "no_evidence", False),
        (Counts(10, 0, 0, 0), "met", False),
        (Counts(10, 1, 0, 0), "no_evidence", False),
        (Counts(10, 10, 0, 0), "no_evidence", False),
        (Counts(10, 0, 1, 1), "not_met", True),
        (Counts(10, 3, 1, 1), "not_met", True),
    ],
)
def test_hard(counts: Counts, outcome: str, beyond: bool) -> None:
    decision = decide(claim(), counts, {})
    assert (decision.outcome, decision.beyond_tolerance) == (outcome, beyond)


@pytest.mark.parametrize(
    ("exceptions", "unknown", "beyond"),
    [(5, 0, False), (6, 0, True), (5, 1, True)],
    ids=["exactly the tolerance", "above", "unknown rows are not examined"],
)
def test_tolerance_is_a_share_of_examined_rows(exceptions: int, unknown: int, beyond: bool) -> None:
    decision = decide(claim(tolerance=0.05), Counts(100, unknown, exceptions, exceptions), {})
    assert (decision.outcome, decision.beyond_tolerance) == ("not_met", beyond)


def test_within_tolerance_is_called_isolated() -> None:
    decision = decide(claim(tolerance=0.05), Counts(100, 0, 2, 2), {})
    assert decision.reasons == ("isolated, 2 of 100",)


@pytest.mark.parametrize(
    ("exceptions", "unknown", "outcome", "beyond"),
    [(10, 0, "met", False), (11, 0, "not_met", True), (0, 1, "no_evidence", False), (11, 1, "not_met", True)],
)
def test_rate_is_held_against_the_target(exceptions: int, unknown: int, outcome: str, beyond: bool) -> None:
    test = claim(**{"class": "rate", "basis": "own_rule", "target": "share"})
    decision = decide(test, Counts(100, unknown, exceptions, exceptions), {"share": SHARE})
    assert (decision.outcome, decision.beyond_tolerance, decision.basis) == (outcome, beyond, "own_rule")


@pytest.mark.parametrize("kind", ["indicator", "meta"])
def test_indicators_and_meta_tests_never_go_beyond_tolerance(kind: str) -> None:
    decision = decide(claim(**{"class": kind}), Counts(10, 0, 10, 10), {})
    assert (decision.outcome, decision.beyond_tolerance) == ("not_met", False)


def test_an_unreadable_export_caps_below_met_and_hides_no_exception() -> None:
    limit = ("evidence/q4.csv cannot be read",)
    assert decide(claim(), Counts(10, 0, 0, 0), {}, limit).outcome == "no_evidence"
    assert limit[0] in decide(claim(), Counts(10, 0, 0, 0), {}, limit).reasons
    assert decide(claim(), Counts(10, 0, 1, 1), {}, limit).outcome == "not_met"


@pytest.mark.parametrize(("parameter", "basis"), [(DEFAULT, "good_practice"), (OWN, "own_rule")])
def test_an_own_rule_needs_the_organisations_own_parameter(parameter: Parameter, basis: str) -> None:
    decision = decide(claim(basis="own_rule"), Counts(10, 0, 1, 1), {"days": parameter})
    assert decision.basis == basis
    assert any("days = 30" in reason for reason in decision.reasons) == (basis == "good_practice")


@pytest.mark.parametrize(
    ("grounded", "parameter", "basis"),
    [(0, DEFAULT, "good_practice"), (1, DEFAULT, "standard"), (0, OWN, "standard")],
)
def test_exceptions_that_rest_on_a_house_default_ground_nothing(
    grounded: int, parameter: Parameter, basis: str
) -> None:
    counts = Counts(10, 0, 4, grounded if parameter is DEFAULT else 4)
    assert decide(claim(), counts, {"days": parameter}).basis == basis


def test_only_grounded_exceptions_count_against_the_tolerance_of_the_standard() -> None:
    test = claim(tolerance=0.10)
    assert not decide(test, Counts(100, 0, 50, 5), {"days": DEFAULT}).beyond_tolerance
    assert decide(test, Counts(100, 0, 50, 50), {"days": OWN}).beyond_tolerance
