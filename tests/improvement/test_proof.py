"""Proof of improvement: every verdict as a table, and the law that taking records away never proves anything."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from auditkit.assessment.recordtests.months import MonthCount
from auditkit.base.period import Period
from auditkit.improvement.follow_up import follow_up
from auditkit.improvement.model import ActionFile
from auditkit.improvement.proof import prove, whole_months_after
from auditkit.improvement.proof_model import Before, Proof, ProofRules, ProofTerms

PERIOD = Period(start=date(2025, 10, 1), end=date(2026, 9, 30))
AS_OF = date(2026, 10, 15)
RULES = ProofRules(records=30, months=3, change_share=Fraction(1, 10), confidence_share=Fraction(95, 100))
WINDOW = ("2026-06", "2026-07", "2026-08", "2026-09")
"""The whole months after an implementation on 20 May 2026."""


def action(**proof: object) -> ActionFile:
    terms = {
        "measure": "record.change_has_backout_plan",
        "before": {"exceptions": 20, "examined": 100, "at": date(2025, 9, 30)},
        "implemented_at": date(2026, 5, 20),
        "target_share": 0.02,
        **proof,
    }
    return ActionFile.model_validate(
        {"id": "CA-007", "finding": "NC-007", "title": "Ask for a way back", "owner": "Jan", "proof": terms}
    )


def months(*counts: tuple[int, int, int], names: tuple[str, ...] = WINDOW) -> tuple[MonthCount, ...]:
    """Counts are population, unknown and exceptions."""
    return tuple(
        MonthCount(month=month, population=one[0], unknown=one[1], exceptions=one[2])
        for month, one in zip(names, counts, strict=True)
    )


def proven(counted: tuple[MonthCount, ...] | None, doubts: tuple[str, ...] = (), **proof: object) -> Proof:
    one = action(**proof)
    assert one.proof is not None
    return prove(one, one.proof, "Changes have a way back", counted, doubts, PERIOD, AS_OF, RULES)


@pytest.mark.parametrize(
    ("counts", "verdict", "reached"),
    [
        (((25, 0, 0), (25, 0, 0), (25, 0, 1), (25, 0, 1)), "improved", True),
        (((25, 0, 4), (25, 0, 4), (25, 0, 5), (25, 0, 5)), "improved", False),  # 18 %, exactly a tenth less
        (((25, 0, 5), (25, 0, 4), (25, 0, 5), (25, 0, 5)), "not_improved", False),  # 19 %
        (((25, 0, 5), (25, 0, 5), (25, 0, 5), (25, 0, 6)), "not_improved", False),  # 21 %
        (((25, 0, 5), (25, 0, 5), (25, 0, 6), (25, 0, 6)), "worse", False),  # 22 %, exactly a tenth more
    ],
)
def test_full_populations_compare_exactly(
    counts: tuple[tuple[int, int, int], ...], verdict: str, reached: bool
) -> None:
    found = proven(months(*counts))
    assert (found.verdict, found.reached, found.bounds) == (verdict, reached, None)
    assert any("exact" in reason for reason in found.reasons)


def test_only_whole_months_after_implementation_count() -> None:
    counted = (
        *months((40, 0, 40), (40, 0, 40), names=("2026-04", "2026-05")),
        *months((25, 0, 0), (25, 0, 0), (25, 0, 0), (25, 0, 0)),
        *months((40, 0, 40), names=("2026-10",)),
    )
    found = proven(counted)
    assert found.after is not None
    assert (found.verdict, found.after.exceptions, found.after.examined) == ("improved", 0, 100)
    assert found.after.months == WINDOW


def test_the_month_of_implementation_counts_to_neither_side_and_a_month_begun_is_not_whole() -> None:
    assert whole_months_after(date(2026, 5, 31), PERIOD, date(2026, 8, 30)) == ("2026-06", "2026-07")
    assert whole_months_after(date(2026, 6, 1), PERIOD, AS_OF) == ("2026-07", "2026-08", "2026-09")
    assert whole_months_after(date(2024, 5, 1), PERIOD, AS_OF)[0] == "2025-10"
    assert whole_months_after(date(2026, 5, 1), PERIOD, date(2025, 1, 1)) == ()
    assert whole_months_after(None, PERIOD, AS_OF) == ()


@pytest.mark.parametrize(
    ("counted", "proof", "says"),
    [
        (None, {}, "could not be counted"),
        ((), {}, "No record of 2026-06, 2026-07, 2026-08, 2026-09"),
        (months((9, 0, 0), (9, 0, 0), (9, 0, 0), (2, 0, 0)), {}, "29 records were examined since then; 30"),
        (months((20, 0, 0), (20, 0, 0), names=WINDOW[2:]), {"implemented_at": date(2026, 7, 1)}, "2 whole months"),
        (months((20, 0, 0), (20, 0, 0), (20, 0, 0), names=WINDOW[:3]), {}, "No record of 2026-09"),
        (months((25, 0, 0), (25, 0, 0), (25, 0, 0), (25, 0, 0)), {"implemented_at": None}, "not implemented yet"),
        (months((25, 0, 0), (25, 0, 0), (25, 0, 0), (25, 0, 0)), {"implemented_at": date(2026, 12, 1)}, "after the as-of"),
        (months((25, 25, 0), (25, 0, 0), (25, 0, 0), (25, 0, 0)), {}, "25 unknown rows decide"),
        ((*months((100, 0, 100), names=("",)), *months((25, 0, 0), (25, 0, 0), (25, 0, 0), (25, 0, 0))), {}, "100 unknown rows"),
    ],
)  # fmt: skip
def test_what_is_lacking_is_said_and_proves_nothing(
    counted: tuple[MonthCount, ...] | None, proof: dict[str, object], says: str
) -> None:
    found = proven(counted, **proof)
    assert (found.verdict, found.reached, found.asks_for_more) == ("not_enough_records", False, False)
    assert any(says in reason for reason in found.reasons), found.reasons


def test_a_doubt_about_the_records_proves_nothing_and_is_said() -> None:
    good = months((25, 0, 0), (25, 0, 0), (25, 0, 0), (25, 0, 0))
    assert proven(good).verdict == "improved"
    found = proven(good, ("changes.csv cannot be read.",))
    assert (found.verdict, found.reasons) == ("not_enough_records", ("changes.csv cannot be read.",))


def test_a_sampled_figure_before_counts_with_its_bound() -> None:
    counts = months((25, 0, 4), (25, 0, 4), (25, 0, 4), (25, 0, 4))  # 16 %
    sample = {"exceptions": 20, "examined": 100, "at": date(2025, 9, 30), "sampled_from": 900}
    assert proven(counts).verdict == "improved"
    found = proven(counts, before=sample)
    assert (
        found.verdict == "not_improved"
    )  # the lower bound is 13.7 %, so the sample alone may be the difference
    assert found.bounds is not None
    assert [round(one, 3) for one in found.bounds] == [0.137, 0.277]
    assert "Clopper-Pearson" in found.reasons[-1]
    better = months((25, 0, 2), (25, 0, 2), (25, 0, 2), (25, 0, 2))
    assert proven(better, before=sample).verdict == "improved"
    assert proven(months((25, 0, 8), (25, 0, 8), (25, 0, 8), (25, 0, 8)), before=sample).verdict == "worse"


def test_nothing_to_improve_is_no_improvement() -> None:
    none = {"exceptions": 0, "examined": 100, "at": date(2025, 9, 30)}
    found = proven(months((25, 0, 0), (25, 0, 0), (25, 0, 0), (25, 0, 0)), before=none)
    assert (found.verdict, found.reached) == ("not_improved", True)
    assert proven(months((25, 0, 0), (25, 0, 0), (25, 0, 0), (25, 0, 1)), before=none).verdict == "worse"


@pytest.mark.parametrize(
    ("proof", "says"),
    [
        ({"before": {"exceptions": 5, "examined": 4, "at": date(2025, 9, 30)}}, "5 exceptions cannot be among 4"),
        ({"before": {"exceptions": 5, "examined": 9, "at": date(2026, 6, 1)}}, "state the figure that was known before"),
        ({"before": {"exceptions": 1, "examined": 9, "at": date(2025, 9, 30), "sampled_from": 5}}, "larger than"),
        ({"measure": "better mood"}, "measure"),
    ],
)  # fmt: skip
def test_terms_that_prove_nothing_are_refused(proof: dict[str, object], says: str) -> None:
    with pytest.raises(ValidationError, match=says):
        action(**proof)


def test_an_unreached_target_asks_for_more_under_an_id_that_stays() -> None:
    one = action()
    worse = proven(months((25, 0, 9), (25, 0, 9), (25, 0, 9), (25, 0, 9)))
    (item,) = follow_up((), [worse], [one])
    assert (item.id, item.findings, item.owner) == ("F-CA-007", ("NC-007",), "Jan")
    assert item.baseline is not None
    assert (item.baseline.value, item.baseline.at) == ("36 of 100 examined do not comply", date(2026, 9, 30))
    assert follow_up((), [worse], [one]) == (item,)
    halfway = proven(months((25, 0, 1), (25, 0, 1), (25, 0, 1), (25, 0, 1)))
    assert halfway.verdict == "improved"
    assert [one.id for one in follow_up((), [halfway], [one])] == ["F-CA-007"]
    reached = proven(months((25, 0, 0), (25, 0, 0), (25, 0, 0), (25, 0, 0)))
    waiting = proven(months((1, 0, 1), (1, 0, 1), (1, 0, 1), (1, 0, 1)))
    assert follow_up((), [reached, waiting], [one]) == ()


COUNT = st.tuples(st.integers(0, 60), st.integers(0, 60), st.integers(0, 60)).map(
    lambda one: (one[0] + one[1] + one[2], one[1], one[2])
)
"""Population, unknown, exceptions."""


@given(st.lists(COUNT, min_size=4, max_size=4), st.lists(COUNT, min_size=4, max_size=4), st.integers(1, 60))
def test_records_that_go_or_become_unreadable_never_yield_an_improvement(
    counts: list[tuple[int, int, int]], taken: list[tuple[int, int, int]], before: int
) -> None:
    """Conforming records go, cells become unknown, whole months vanish: what was not improved does not become it."""
    said = {"exceptions": before, "examined": 60, "at": date(2025, 9, 30)}
    less = []
    for (population, unknown, exceptions), (gone, blurred, whole) in zip(counts, taken, strict=True):
        conforming = population - unknown - exceptions
        gone = min(gone, conforming)
        blurred_exceptions = min(blurred, exceptions)
        blurred_others = min(blurred, conforming - gone)
        less.append(
            (0, 0, 0)
            if whole > 50
            else (
                population - gone,
                unknown + blurred_exceptions + blurred_others,
                exceptions - blurred_exceptions,
            )
        )
    if proven(months(*counts), before=said).verdict != "improved":
        assert proven(months(*less), before=said).verdict != "improved"
    if proven(months(*counts), before=said).reached is False:
        assert proven(months(*less), before=said).reached is False


@given(st.lists(COUNT, min_size=4, max_size=4), st.integers(0, 4))
def test_rows_that_lose_their_date_never_yield_an_improvement(
    counts: list[tuple[int, int, int]], number: int
) -> None:
    population = sum(one[0] for one in counts[:number])
    lost = MonthCount(month="", population=population, unknown=0, exceptions=0)
    kept = (lost, *months(*counts[number:], names=WINDOW[number:]))
    if proven(months(*counts)).verdict != "improved":
        assert proven(kept).verdict != "improved"


def test_before_as_a_rate_is_exact() -> None:
    assert Before(exceptions=1, examined=3, at=date(2025, 1, 1)).rate == Fraction(1, 3)
    assert (
        ProofTerms.model_validate(
            {"measure": "record.a", "before": {"exceptions": 1, "examined": 3, "at": "2025-01-01"}}
        ).target_share
        == 0
    )
