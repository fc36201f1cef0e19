"""From answers to results: deviations are exceptions, doubt is never a pass, and the bound fits the draw."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sampling_samples import POINT, answered, answered_with, drawn, population, state_of

from auditkit.assessment.conflicts import is_breach
from auditkit.assessment.model import ProcedureResult
from auditkit.assessment.sampling.model import Sample
from auditkit.assessment.sampling.population import Population, PopulationState
from auditkit.assessment.sampling.results import percent_up, results_of, sample_results
from auditkit.assessment.verdicts import digest_results
from auditkit.base.language import speaking

ROWS = population(1000)


def result(sample: Sample, rows: Population = ROWS, **changed: Any) -> ProcedureResult:
    (found,) = results_of(sample, state_of(sample, rows, **changed))
    return found


def test_no_deviation_in_a_complete_sample_is_met_and_says_the_bound() -> None:
    found = result(answered(drawn(ROWS)))
    assert (found.outcome, found.kind, found.procedure, found.point) == (
        "met",
        "record",
        "sample.SA-001",
        POINT,
    )
    assert (found.population, found.examined, found.exceptions) == (1000, 57, 0)
    assert found.parameters["upper bound"] == "4.90 % (hypergeometric bound)"
    assert found.reasons == (
        "0 of 57 examined deviate; with 95 % confidence at most 4.90 % of all 1,000 (hypergeometric bound)",
    )


def test_one_deviation_is_a_nonconformity_whatever_the_bound() -> None:
    sample = answered(drawn(ROWS, expected_percent=2), no=1)
    found = result(sample)
    assert (found.outcome, found.exceptions, is_breach(found)) == ("not_met", 1, True)
    (row,) = found.exception_rows
    assert (row.key, row.place.file) == (sample.items[0].key, "evidence/records/changes.csv")
    assert row.values == {"risk assessed before decision": "as seen"}


def test_what_cannot_be_determined_is_never_met_and_counts_in_the_bound() -> None:
    found = result(answered(drawn(ROWS), unclear=1))
    assert (found.outcome, found.examined, found.unknown, found.exceptions) == ("no_evidence", 56, 1, 0)
    assert "at most 7.80 %" in found.reasons[0]
    assert "1 of 57 could not be determined" in found.reasons


def test_an_incomplete_sample_decides_nothing_and_hides_nothing() -> None:
    found = result(answered(drawn(ROWS), no=2, open_ones=10))
    assert (found.outcome, found.beyond_tolerance) == ("no_evidence", False)
    assert found.reasons == (
        "SA-001 is incomplete: 10 of 57 items have no answer",
        "So far 2 of 47 answered deviate",
    )


def test_answers_that_are_nobodys_do_not_count() -> None:
    nobody = answered(drawn(ROWS)).model_copy(update={"examined_by": None})
    assert result(nobody).outcome == "no_evidence"


def test_a_population_that_changed_makes_the_sample_suspect() -> None:
    found = result(answered(drawn(ROWS), no=1), population(1001))
    assert (found.outcome, found.examined, found.exceptions) == ("no_evidence", 0, 0)
    assert found.reasons[0] == (
        "SA-001 is suspect: its population changed since it was drawn (1,000 rows then, 1,001 now)"
    )
    assert found.reasons[1] == "So far 1 of 57 answered deviate"


def test_a_drawn_record_that_changed_makes_the_sample_suspect() -> None:
    sample = answered(drawn(ROWS))
    found = result(sample, changed=[sample.items[3].key])
    assert found.outcome == "no_evidence"
    assert f"records changed since they were drawn: {sample.items[3].key}" in found.reasons[0]


def test_an_item_taken_out_or_put_in_by_hand_makes_the_sample_suspect() -> None:
    sample = answered(drawn(ROWS), no=1)
    without = sample.model_copy(update={"items": sample.items[1:]})
    other = sample.model_copy(
        update={"items": (sample.items[0].model_copy(update={"key": "C-999"}), *sample.items[1:])}
    )
    for spoiled in (without, other):
        assert "not those that its design draws" in result(spoiled).reasons[0]


def test_a_population_that_cannot_be_told_makes_the_sample_suspect() -> None:
    sample = answered(drawn(ROWS))
    for state in (None, PopulationState(why=("no records of dataset change were received",))):
        (found,) = results_of(sample, state)
        assert found.outcome == "no_evidence"
        assert "is suspect" in found.reasons[0]


@pytest.mark.parametrize(
    "rows", [population(1000, unknown=1), population(1000, limits=["EV-009 cannot be read"])]
)
def test_what_could_not_be_drawn_from_keeps_it_from_met(rows: Population) -> None:
    clean, bad = answered(drawn(rows)), answered(drawn(rows), no=1)
    assert result(clean, rows).outcome == "no_evidence"
    assert result(bad, rows).outcome == "not_met"


def test_a_sample_too_small_for_its_rate_is_not_met() -> None:
    found = result(answered(drawn(ROWS, size=25)))
    assert found.outcome == "no_evidence"
    assert "the sample is too small for a tolerable rate of 5 %" in found.reasons


def test_a_whole_population_gives_an_exact_rate_and_no_bound() -> None:
    rows = population(12)
    found = result(answered(drawn(rows), no=3), rows)
    assert (found.examined, found.population, str(found.rate)) == (12, 12, "1/4")
    assert found.reasons == ("3 of 12 examined deviate; these are all there are",)
    assert "upper bound" not in found.parameters
    assert result(answered(drawn(rows)), rows).outcome == "met"


def test_a_large_population_has_the_binomial_bound() -> None:
    rows = population(10_001)
    assert result(answered(drawn(rows)), rows).parameters["upper bound"] == "4.96 % (Clopper-Pearson bound)"


def test_a_systematic_sample_states_its_assumption() -> None:
    rows = population(20_000)
    found = result(answered(drawn(rows, method="systematic")), rows)
    assert "no period that fits the interval" in found.parameters["upper bound"]


def test_a_stratified_sample_drawn_out_of_proportion_has_a_higher_bound() -> None:
    rows = population({f"C-{n}": "small" if n < 100 else "large" for n in range(5000)})
    fair, unfair = (
        result(answered(drawn(rows, method="stratified", by="risk", **how), no=1), rows)
        for how in ({"size": 120}, {"per_stratum": 60})
    )
    assert fair.parameters["upper bound"] == "4.22 % (stratified bound (Clopper-Pearson, Hoeffding))"
    assert unfair.parameters["upper bound"] == "7.63 % (stratified bound (Clopper-Pearson, Hoeffding))"


def test_a_weighted_sample_knows_the_heavy_and_bounds_the_rest_by_weight() -> None:
    rows = population({"C-big": "500"} | {f"C-{n}": "1" for n in range(500)}, numeric=True)
    sample = drawn(rows, method="weighted", by="cost", size=60)
    clean = result(answered(sample), rows)
    assert clean.parameters["upper bound"] == "2.48 % (Stringer bound, by weight)"
    words = {item.key: "no" if item.whole else "yes" for item in sample.items}
    heavy = result(answered_with(sample, words), rows)
    assert heavy.parameters["upper bound"] == "52.48 % (Stringer bound, by weight)"


def test_each_attribute_has_its_own_result_and_name() -> None:
    sample = answered(drawn(ROWS, "risk assessed", "benefit stated"))
    by_point = sample_results([sample], {"SA-001": state_of(sample, ROWS)})
    assert [one.procedure for one in by_point[POINT]] == ["sample.SA-001", "sample.SA-001.a2"]
    assert by_point[POINT][1].title == "Benefit stated (sample SA-001)."
    assert sample_results([sample], {})[POINT][0].outcome == "no_evidence"


def test_good_practice_alone_is_no_breach() -> None:
    sample = answered(drawn(ROWS), no=1)
    attribute = sample.attributes[0].model_copy(update={"basis": "good_practice"})
    found = result(sample.model_copy(update={"attributes": (attribute,)}))
    assert (found.outcome, is_breach(found)) == ("not_met", False)


@settings(max_examples=60, deadline=None)
@given(
    worse=st.lists(st.sampled_from(["no", "not_determinable", None]), min_size=1, max_size=5),
    fewer=st.booleans(),
)
def test_less_evidence_never_helps(worse: list[str | None], fewer: bool) -> None:
    sample = drawn(ROWS)
    words: dict[str, str | None] = {item.key: "yes" for item in sample.items}
    words |= dict(zip(words, worse, strict=False))
    rows = population(999) if fewer else ROWS
    assert result(answered_with(sample, words), rows).outcome != "met"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0.00 %"),
        (0.04870291, "4.88 %"),
        (0.05, "5.00 %"),
        (0.99999, "just under 100 %"),
        (1.0, "100.00 %"),
    ],
)
def test_a_bound_is_rounded_up(value: float, text: str) -> None:
    assert percent_up(value) == text


def test_the_language_changes_reasons_and_nothing_a_judgement_is_bound_to() -> None:
    sample = answered(drawn(ROWS, expected_percent=2), no=1)
    english = result(sample)
    with speaking("de"):
        german = result(sample)
    assert digest_results([english]) == digest_results([german])
    assert english.parameters == german.parameters
    assert german.reasons == (
        "1 von 146 geprüften weicht ab; mit 95 % Vertrauen höchstens "
        f"{english.parameters['upper bound'].partition(' (')[0].replace('.', ',')} von allen 1.000 (hypergeometrische Schranke)",
    )
