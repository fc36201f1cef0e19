"""Needs, ranking and gaps of small analyses worked out by hand."""

import copy
from decimal import Decimal
from typing import Any

import pytest
from impact_samples import from_data, impact

from auditkit.impact.analysis import Analysis, Catalogue, analyse
from auditkit.impact.failure import fail, onset, shares
from auditkit.impact.measures import MEASURES
from auditkit.impact.tally import Seen

CATALOGUE = Catalogue(frozenset({"S1", "S2"}), ("EV-009",))
FINE = """
evidence: [EV-001]
activities:
  - {id: A, mtpd_hours: 8, rto_hours: 6, rpo_hours: 2, needs: [{of: [S1], lag_hours: 1, buffer_hours: 0.5}]}
services:
  - id: S1
    mtpd_hours: 6
    rto_hours: 5
    rpo_hours: 2
    needs: [{of: [S2], lag_hours: 0.5}, {of: [C1, C2], at_least: 1, lag_hours: 0}]
    recoveries: [{id: T1, at: 2026-03-01, recovered_hours: 4, data_loss_hours: 1, evidence: EV-002}]
    promises: [{id: L1, metric: restore_hours, value: 5, evidence: EV-003},
               {id: L1, metric: availability_percent, value: 99.5, evidence: EV-003}]
  - id: S2
    mtpd_hours: 5
    rto_hours: 4
    rpo_hours: 1
    needs: [{of: [P1], lag_hours: 0}]
    recoveries: [{id: T2, at: 2026-03-02, recovered_hours: 3, data_loss_hours: 0, evidence: EV-002}]
components:
  - {id: C1, recoveries: [{id: T3, at: 2026-03-02, recovered_hours: 1, data_loss_hours: 0, evidence: EV-002}]}
  - {id: C2, recoveries: [{id: T4, at: 2026-03-02, recovered_hours: 9, data_loss_hours: 0, evidence: EV-002}]}
suppliers:
  - id: P1
    rto_hours: 4
    rpo_hours: 1
    risk: RSK-1
    recoveries: [{id: T5, at: 2026-03-02, recovered_hours: 2, data_loss_hours: 0, evidence: EV-002}]
    promises: [{id: K1, metric: restore_hours, value: 4, evidence: EV-003},
               {id: K1, metric: availability_percent, value: 99.9, evidence: EV-003}]
"""


def fine() -> dict[str, Any]:
    return impact(FINE).model_dump(mode="json")


def seen(data: dict[str, Any], name: str, **given: Any) -> Seen:
    return MEASURES[name](analyse(from_data(data), catalogue=CATALOGUE, **given))


def said(data: dict[str, Any], name: str) -> list[str]:
    return [gap.what for gap in seen(data, name).gaps]


def outcome(analysis: Analysis, name: str) -> str:
    found = MEASURES[name](analysis)
    return "gap" if found.gaps else "met" if found.population and not found.unknown else "unknown"


def test_a_full_analysis_without_a_fault_meets_every_measure() -> None:
    analysis = analyse(impact(FINE), catalogue=CATALOGUE)
    assert {name: outcome(analysis, name) for name in MEASURES} == dict.fromkeys(MEASURES, "met")
    assert {
        name: MEASURES[name](analysis).population for name in ("no_rings", "part_recovered_within_need")
    } == {
        "no_rings": 6,
        "part_recovered_within_need": 2,  # the supplier, and the group as a whole
    }


def test_needs_run_down_less_the_lags_and_name_who_asks() -> None:
    needs = analyse(impact(FINE)).needs
    # A must be back in 6 h and starts 1 h after S1, so S1 has 5 h; S1 starts half an hour after S2: 4.5 h; S2 itself: 4 h.
    assert (needs["S1"].rto.hours, needs["S1"].asked_rto.hours) == (Decimal(5), Decimal(5))
    assert (needs["S2"].asked_rto.hours, needs["S2"].rto.hours) == (Decimal("4.5"), Decimal(4))
    assert (needs["P1"].rto.hours, needs["P1"].rto.asker, needs["P1"].rto.path) == (
        Decimal(4),
        "S2",
        ("P1", "S2"),
    )
    assert needs["S2"].asked_rto.path == ("S2", "S1")
    assert needs["P1"].rpo.hours == Decimal(1)
    assert needs["C1"].rto.hours is None
    assert [one.required for one in analyse(impact(FINE)).groups.values()] == [1]


GONE = [
    (("activities", 0), "mtpd_hours", {"service_criticality_known", "service_requirements_known", "target_within_tolerable", "service_recovered_within_need"}),
    (("activities", 0), "rto_hours", {"service_requirements_known", "target_within_tolerable", "service_recovered_within_need"}),
    (("activities", 0), "rpo_hours", {"service_requirements_known", "service_target_serves_the_business"}),
    (("activities", 0, "needs", 0), "lag_hours", {"service_criticality_known", "service_recovered_within_need", "supplier_carries_agreements"}),
    (("services", 1), "rto_hours", {"target_within_tolerable", "service_target_serves_the_business", "part_recovered_within_need"}),
    (("services", 0, "recoveries", 0), "recovered_hours", {"service_recovered_within_need", "shortfall_has_action"}),
    (("services", 0, "recoveries", 0), "data_loss_hours", {"service_recovered_within_need", "shortfall_has_action"}),
    (("services", 0, "promises", 0), "value", {"supplier_carries_agreements"}),
    (("services", 0, "promises", 1), "value", {"supplier_carries_agreements"}),
    (("suppliers", 0, "promises", 0), "value", {"supplier_carries_agreements"}),
    (("suppliers", 0, "promises", 1), "value", {"supplier_carries_agreements"}),
    (("suppliers", 0), "rto_hours", {"part_target_serves_the_services"}),
    (("suppliers", 0, "recoveries", 0), "recovered_hours", {"part_recovered_within_need"}),
    (("components", 0, "recoveries", 0), "recovered_hours", {"part_recovered_within_need"}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("where", "name", "hit"), GONE, ids=[f"{'.'.join(map(str, one[0]))}.{one[1]}" for one in GONE]
)
def test_what_is_not_known_stays_not_known(where: tuple[Any, ...], name: str, hit: set[str]) -> None:
    data = fine()
    element: Any = data
    for step in where:
        element = element[step]
    assert element[name] is not None
    element[name] = None
    analysis = analyse(from_data(data), catalogue=CATALOGUE)
    assert {one: outcome(analysis, one) for one in hit} == dict.fromkeys(hit, "unknown")
    assert "gap" not in {outcome(analysis, one) for one in MEASURES}


def test_evidence_that_cannot_be_read_leaves_figures_unknown() -> None:
    for gone, hit in (("EV-002", "service_recovered_within_need"), ("EV-003", "supplier_carries_agreements")):
        analysis = analyse(
            impact(FINE), readable={"EV-001", "EV-002", "EV-003"} - {gone}, catalogue=CATALOGUE
        )
        assert (outcome(analysis, hit), analysis.untrusted, analysis.grounded) == ("unknown", (gone,), True)
    assert not analyse(impact(FINE), readable={"EV-002"}).grounded
    assert not analyse(impact(FINE.replace("evidence: [EV-001]", ""))).grounded


def test_a_recovery_that_took_too_long_is_a_gap_with_figures_and_path() -> None:
    data = fine()
    data["services"][1]["recoveries"][0] |= {"recovered_hours": "4.25"}
    assert said(data, "service_recovered_within_need") == [
        "S2: T2 took 4.25 h, needed within 4 h by the figures of S2 itself."
    ]
    assert said(data, "shortfall_has_action") == [
        "S2: T2 took 4.25 h, needed within 4 h by the figures of S2 itself. No action is named for it."
    ]
    data["services"][1]["recoveries"][0]["action"] = "ACT-7"
    assert said(data, "shortfall_has_action") == []
    assert len(said(data, "service_recovered_within_need")) == 1


def test_data_older_than_bearable_is_a_gap() -> None:
    data = fine()
    data["services"][0]["recoveries"][0]["data_loss_hours"] = "3"
    assert said(data, "service_recovered_within_need") == [
        "S1: T1 lost data of 3 h, bearable 2 h by the figures of S1 itself."
    ]


def test_only_the_latest_recovery_counts_and_one_not_known_hides_none() -> None:
    data = fine()
    data["services"][0]["recoveries"].append(
        {"id": "T0", "at": "2026-01-01", "recovered_hours": 90, "data_loss_hours": 90, "evidence": "EV-002"}
    )
    assert said(data, "service_recovered_within_need") == []
    data["services"][0]["recoveries"].append({"id": "T9", "at": "2026-09-01", "evidence": "EV-002"})
    assert [gap.element for gap in seen(data, "service_recovered_within_need").unknown] == ["S1"]


def test_a_group_is_late_only_when_too_few_are_back() -> None:
    data = fine()
    data["components"][0]["recoveries"][0]["recovered_hours"] = 7
    assert said(data, "part_recovered_within_need") == [
        "S1 needs 1 of C1, C2 back within 5 h; they took 7 h, 9 h."
    ]


def test_objectives_weaker_than_what_leans_on_them() -> None:
    data = fine()
    data["activities"][0]["rto_hours"] = 9
    assert said(data, "target_within_tolerable") == ["A: objective 9 h, tolerable 8 h."]
    data = fine()
    data["services"][1] |= {"rto_hours": "4.75", "rpo_hours": 3}
    assert said(data, "service_target_serves_the_business") == [
        "S2: objective 4.75 h, asked for 4.5 h by S2 -> S1; age of data 3 h, asked for 2 h by S2 -> S1."
    ]
    data = fine()
    data["suppliers"][0]["rto_hours"] = 12
    assert said(data, "part_target_serves_the_services") == ["P1: objective 12 h, asked for 4 h by P1 -> S2."]


def test_a_declared_period_longer_than_the_impact_allows() -> None:
    data = fine()
    data["activities"][0]["impact"] = [
        {"type": "legal", "after_hours": 2, "level": "low"},
        {"type": "legal", "after_hours": 7, "level": "high"},
    ]
    assert said(data, "target_within_tolerable") == [
        "A: objective 6 h, tolerable 7 h; declared as tolerable 8 h, but intolerable after 7 h."
    ]
    data["activities"][0]["mtpd_hours"] = None
    assert seen(data, "target_within_tolerable").gaps == ()
    assert analyse(from_data(data)).needs["S1"].asked_mtpd.hours == Decimal(6)


def test_a_supplier_that_promises_less_than_the_agreements_it_carries() -> None:
    data = fine()
    data["suppliers"][0]["promises"][0]["value"] = 8
    data["suppliers"][0]["promises"][1]["value"] = "99.2"
    assert said(data, "supplier_carries_agreements") == [
        "P1: restoration promised within 8 h, carried agreements need 4.5 h by P1 -> S2 -> S1; "
        "availability 99.2 %, S1 promises 99.5 %."
    ]
    for promise in data["suppliers"][0]["promises"]:
        promise["risk"] = "RSK-005"
    assert said(data, "supplier_carries_agreements") == []


def test_of_two_contracts_the_weaker_counts_and_one_not_known_may_be_weaker() -> None:
    data = fine()
    second = {"id": "K2", "metric": "restore_hours", "value": 2, "evidence": "EV-003"}
    data["suppliers"][0]["promises"].append(second)
    assert outcome(analyse(from_data(data), catalogue=CATALOGUE), "supplier_carries_agreements") == "met"
    second["value"] = None
    assert outcome(analyse(from_data(data), catalogue=CATALOGUE), "supplier_carries_agreements") == "unknown"
    second["value"] = 6
    assert len(said(data, "supplier_carries_agreements")) == 1


def test_a_single_point_of_failure_needs_a_risk_and_a_group_is_none() -> None:
    data = fine()
    data["suppliers"][0]["risk"] = ""
    assert said(data, "single_point_stands_as_risk") == [
        "P1 alone takes down S1, S2, and no risk is named for it."
    ]
    data["critical_within_hours"] = 3
    assert said(data, "single_point_stands_as_risk") == []
    data["critical_within_hours"] = 24
    data["services"][0]["needs"][1]["at_least"] = 2
    assert [gap.element for gap in seen(data, "single_point_stands_as_risk").gaps] == ["C1", "C2", "P1"]


def test_a_ring_is_named_with_its_closed_path_and_makes_its_needs_unsure() -> None:
    data = fine()
    data["services"][1]["needs"].append({"of": ["S1"], "lag_hours": 0})
    assert said(data, "no_rings") == ["No order of restart: S1 -> S2 -> S1."]
    analysis = analyse(from_data(data))
    assert not analysis.needs["P1"].rto.sure
    assert outcome(analysis, "service_recovered_within_need") == "unknown"
    data = fine()
    data["services"][0]["needs"].append({"of": ["S1"], "lag_hours": 0})
    assert said(data, "no_rings") == ["No order of restart: S1 -> S1."]


def test_a_service_that_is_not_in_the_catalogue() -> None:
    analysis = analyse(impact(FINE), catalogue=Catalogue(frozenset({"S2"}), ("EV-009",)))
    found = MEASURES["service_is_catalogued"](analysis)
    assert [gap.what for gap in found.gaps] == ["S1: it is not in the service catalogue; A depends on it."]
    assert outcome(analyse(impact(FINE)), "service_is_catalogued") == "unknown"


RANKED = """
evidence: [EV-001]
horizons_hours: [4, 24]
critical_within_hours: 24
activities:
  - {id: A, mtpd_hours: 8, rto_hours: 6, rpo_hours: 2, weight: 2, needs: [{of: [S1], lag_hours: 0}, {of: [S2], lag_hours: 0, share: 0.5}],
     impact: [{type: legal, after_hours: 2, level: low}, {type: legal, after_hours: 8, level: high}]}
  - {id: B, mtpd_hours: 48, rto_hours: 40, rpo_hours: 24, needs: [{of: [S3], lag_hours: 0}, {of: [S4], lag_hours: 0}]}
services:
  - {id: S1, mtpd_hours: 8, rto_hours: 6, rpo_hours: 2}
  - {id: S2, mtpd_hours: 8, rto_hours: 6, rpo_hours: 2}
  - {id: S3, mtpd_hours: 48, rto_hours: 6, rpo_hours: 2}
  - {id: S4, mtpd_hours: 48, rto_hours: 6, rpo_hours: 2}
  - {id: S5}
"""


def test_services_rank_by_period_then_impact_and_equals_share_a_rank() -> None:
    ranking = analyse(impact(RANKED)).ranking
    assert [(one.rank, one.service, one.critical) for one in ranking] == [
        (1, "S1", True), (2, "S2", True), (3, "S3", False), (3, "S4", False), (5, "S5", None),
    ]  # fmt: skip
    assert ranking[0].impacts == (Decimal(2), Decimal(4))  # weight 2 x level 1, then x level 2
    assert ranking[1].impacts == (Decimal(1), Decimal(2))  # half of it depends on S2


def test_buffers_delay_the_suffering_and_a_group_holds_until_too_many_are_gone() -> None:
    graph = analyse(impact(
        """
activities:
  - {id: A, needs: [{of: [S1], lag_hours: 2, buffer_hours: 3}]}
services:
  - {id: S1, needs: [{of: [C1, C2, C3], at_least: 1, lag_hours: 1, buffer_hours: 0.5}]}
components:
  - {id: C1, needs: [{of: [R], lag_hours: 4, buffer_hours: 1}]}
  - {id: C2, needs: [{of: [R], lag_hours: 6, buffer_hours: 2}]}
  - {id: C3, needs: [{of: [R], lag_hours: 5, buffer_hours: 9}]}
resources:
  - {id: R}
"""
    )).graph  # fmt: skip
    assert set(fail(graph, ["C1", "C2"]).restart) == {"C1", "C2"}
    effect = fail(graph, ["R"])
    # The last of three holds out for 9 h; the first of three is back after 4 h.
    assert {one: str(value) for one, value in onset(effect).items()} == {
        "R": "0", "C1": "1", "C2": "2", "C3": "9", "S1": "9.5", "A": "12.5",
    }  # fmt: skip
    assert {one: str(value) for one, value in effect.restart.items()} == {
        "R": "0", "C1": "4", "C2": "6", "C3": "5", "S1": "5", "A": "7",
    }  # fmt: skip
    assert effect.path("A") == ("R", "C1", "S1", "A")
    assert shares(effect)["A"] == 1


def test_a_copy_of_the_fine_analysis_is_what_the_tests_change() -> None:
    data = fine()
    assert from_data(copy.deepcopy(data)) == impact(FINE)
