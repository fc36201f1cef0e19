"""The gaps planted in the business impact analysis are found, with the very elements; none is invented; the twin has none."""

import pytest

from auditkit.assessment.model import ProcedureResult
from auditkit.assessment.verdicts import is_breach
from auditkit.engagement.run import RunOutcome

pytestmark = pytest.mark.worked
Planted = dict[str, list[dict[str, object]]]


def results(outcome: RunOutcome) -> dict[str, ProcedureResult]:
    assert outcome.run.impact is not None
    return {one.procedure.removeprefix("impact."): one for one in outcome.run.impact.results}


def test_every_planted_gap_is_found_with_its_elements(worked: RunOutcome, planted: Planted) -> None:
    found = results(worked)
    assert len(planted["impact"]) == 7
    for one in planted["impact"]:
        result = found[str(one["check"])]
        assert (result.outcome, [row.key for row in result.exception_rows]) == ("not_met", one["keys"]), one[
            "check"
        ]


def test_only_what_the_standard_asks_for_makes_a_candidate(worked: RunOutcome) -> None:
    breaches = {name for name, one in results(worked).items() if is_breach(one)}
    assert breaches == {
        "recovery_objective_within_tolerable_period",
        "service_objective_serves_the_business",
        "recovery_shortfall_has_action",
        "suppliers_carry_agreements",
        "services_in_use_are_catalogued",
    }
    candidates = {one.procedure for one in worked.run.findings if (one.procedure or "").startswith("impact.")}
    assert candidates == {f"impact.{name}" for name in breaches}


def test_what_nobody_measured_is_not_known_and_not_met(worked: RunOutcome) -> None:
    found = results(worked)
    # The export of tests has no loss of data; one service's test was slow, three kept a target that the business does not.
    shown = found["service_recovery_shown_within_need"]
    assert (shown.outcome, shown.exceptions, shown.unknown, shown.population) == ("not_met", 4, 9, 13)
    parts = found["component_recovery_shown_within_need"]
    assert (parts.outcome, parts.exceptions, parts.unknown) == ("no_evidence", 0, parts.population)


def test_the_gap_names_the_path(worked: RunOutcome) -> None:
    row = results(worked)["suppliers_carry_agreements"].exception_rows[0]
    assert row.values["what"] == (
        "SUP-02 Datacenter Elbe GmbH: restoration promised within 4 h, carried agreements need 3.5 h by SUP-02 -> SVC-02."
    )
    assert row.place.file == "impact.yaml"
    assert row.place.line


def test_the_twin_has_no_gap_the_standard_knows(twin: RunOutcome) -> None:
    found = results(twin)
    assert {name for name, one in found.items() if is_breach(one)} == set()
    met = {name for name, one in found.items() if one.outcome == "met"}
    assert met == {
        "service_criticality_known",
        "dependencies_have_no_ring",
        "services_in_use_are_catalogued",
        "suppliers_carry_agreements",
        "single_points_stand_as_risks",
        "service_recovery_requirements_known",
        "recovery_objective_within_tolerable_period",
        "service_objective_serves_the_business",
    }
