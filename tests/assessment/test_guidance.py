"""Alignment with guidance: a scale of its own, as an interval, and never a nonconformity."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from verdict_samples import result

from auditkit.assessment.guidance import GuidanceJudgement, align
from auditkit.assessment.model import ProcedureResult
from auditkit.catalog.model import GuidanceItem
from auditkit.improvement.derive import plan_opportunities

ITEM = GuidanceItem(
    id="20000-2:8.6.1/1",
    clause="8.6.1",
    advice="Lead every disturbance into one kind of record.",
    why="What is kept in several places is counted wrongly.",
    good_looks_like=("Notes here and there.", "One kind of record.", "Alarms are correlated."),
)
OTHER = ITEM.model_copy(update={"id": "20000-2:8.6.1/2"})


def seen(*outcomes: str) -> tuple[ProcedureResult, ...]:
    return tuple(
        result(
            f"record.test{number}",
            outcome=outcome,
            examined=0 if outcome == "no_evidence" else 100,
            exceptions=9 if outcome == "not_met" else 0,
        )
        for number, outcome in enumerate(outcomes)
    )


@pytest.mark.parametrize(
    ("outcomes", "value"),
    [
        ((), "not_assessed"),
        (("met",), "followed"),
        (("met", "met"), "followed"),
        (("met", "not_met"), "partly"),
        (("not_met",), "not_followed"),
        (("not_met", "no_evidence"), "partly"),
        (("met", "no_evidence"), "not_assessed"),
        (("no_evidence",), "not_assessed"),
    ],
)
def test_the_candidate_follows_from_what_procedures_saw(outcomes: tuple[str, ...], value: str) -> None:
    found = align([ITEM], {ITEM.id: seen(*outcomes)}, {}).verdicts[0]
    assert (found.value, found.standing) == (value, "candidate")
    assert bool(found.reasons) == (value != "followed")


def decided(alignment: str) -> GuidanceJudgement:
    return GuidanceJudgement(
        id="G-001", item=ITEM.id, alignment=alignment, level="beginning",  # type: ignore[arg-type]
        rationale="Three desks were visited.", by="P-001", at=date(2026, 10, 10),
    )  # fmt: skip


def test_a_person_decides_over_the_computed_candidate() -> None:
    found = align([ITEM], {ITEM.id: seen("met")}, {ITEM.id: decided("not_followed")}).verdicts[0]
    assert (found.value, found.standing, found.level) == ("not_followed", "confirmed", "beginning")


def test_the_share_runs_from_all_unassessed_not_followed_to_all_followed() -> None:
    share = align([ITEM, OTHER], {ITEM.id: seen("met")}, {}).share
    assert share is not None
    assert (share.low, share.high) == (Fraction(1, 2), Fraction(1))
    assert (share.conforming, share.not_assessed, share.denominator) == (1, 1, 2)


def test_confirmed_alone_counts_what_a_person_decided() -> None:
    found = align([ITEM, OTHER], {OTHER.id: seen("met")}, {ITEM.id: decided("followed")})
    assert found.confirmed is not None
    assert (found.confirmed.conforming, found.confirmed.not_assessed) == (1, 1)


def test_a_catalog_without_guidance_has_no_share() -> None:
    assert align([], {}, {}).share is None


@given(st.lists(st.sampled_from(["met", "not_met", "no_evidence", "not_testable", "error"]), max_size=4))
def test_losing_evidence_never_makes_an_advice_followed(outcomes: list[str]) -> None:
    before = align([ITEM], {ITEM.id: seen(*outcomes)}, {}).verdicts[0]
    for number in range(len(outcomes)):
        fewer = [*outcomes[:number], "no_evidence", *outcomes[number + 1 :]]
        after = align([ITEM], {ITEM.id: seen(*fewer)}, {}).verdicts[0]
        assert after.value != "followed" or before.value == "followed"


def test_what_is_not_followed_becomes_an_opportunity_and_blocks_nothing() -> None:
    alignment = align([ITEM, OTHER], {}, {ITEM.id: decided("not_followed")})
    (item,) = plan_opportunities((), [ITEM, OTHER], alignment, None)
    assert (item.title, item.blocks_certification, item.phase) == (ITEM.advice, False, "act")
    assert (item.status, item.priority, item.target) == ("proposed", 1, ITEM.good_looks_like[1])


def test_what_is_followed_in_part_becomes_none() -> None:
    alignment = align([ITEM], {}, {ITEM.id: decided("partly")})
    assert plan_opportunities((), [ITEM], alignment, None) == ()
