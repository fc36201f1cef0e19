"""From what was found in a sample to a result of a procedure: one for each attribute, for its point.

One confirmed deviation is a nonconformity of what the attribute rests on, whatever the bound. Without a deviation the
outcome is ``met`` only where the whole sample was determined, the population is what it was, and the upper bound is
within the tolerable rate. What is not determinable counts as a deviation in the bound, never as an exception.
"""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from math import ceil

from auditkit.assessment.model import ExceptionRow, Outcome, ProcedureResult
from auditkit.assessment.sampling.bounds import (
    StratumSeen,
    binomial_upper,
    hypergeometric_upper,
    stratified_upper,
    stringer_upper,
)
from auditkit.assessment.sampling.design import share
from auditkit.assessment.sampling.model import Answer, Sample, SampleAttribute, SampleItem, plain
from auditkit.assessment.sampling.population import PopulationState
from auditkit.assessment.sampling.sizes import SMALL_POPULATION
from auditkit.assessment.sampling.state import suspicions
from auditkit.base.digest import digest_value
from auditkit.base.language import ENGLISH, say, say_count, speaking, whole_text, written
from auditkit.base.place import Place

ROWS_IN_RESULT = 25
METHODS = {
    "simple": "simple random",
    "stratified": "stratified random",
    "weighted": "proportional to weight, systematic with a random start",
    "systematic": "systematic with a random start",
}
_NEARLY = 1e-9


def sample_results(
    samples: Iterable[Sample], population_digests: Mapping[str, PopulationState]
) -> dict[str, tuple[ProcedureResult, ...]]:
    """Return the results by point, in the order of the samples.

    ``population_digests``: sample id to what its population is now; a sample that is missing there is suspect.
    """
    found: dict[str, tuple[ProcedureResult, ...]] = {}
    for sample in samples:
        for result in results_of(sample, population_digests.get(sample.id)):
            found[result.point] = (*found.get(result.point, ()), result)
    return found


def results_of(sample: Sample, state: PopulationState | None) -> tuple[ProcedureResult, ...]:
    """Return one result an attribute."""
    doubts = suspicions(sample, state)
    limits = state.limits if state is not None else ()
    return tuple(_result(sample, one, doubts, limits) for one in sample.attributes)


def procedure_of(sample: Sample, attribute: SampleAttribute) -> str:
    """Return ``sample.SA-001``, and ``sample.SA-001.a2`` for every attribute but the first."""
    name = f"sample.{sample.id}"
    return name if attribute.id == "a1" else f"{name}.{attribute.id}"


def missing_answers(sample: Sample, attribute: SampleAttribute) -> int:
    """Return how many items nobody looked at yet."""
    return _answers(sample, attribute).count(None)


def upper_bound(sample: Sample, deviating: Sequence[SampleItem]) -> tuple[float, str]:
    """Return the largest share that may deviate, if these items did, and how it was computed.

    For a weighted sample it is a share of the weight.
    """
    confidence, size = share(sample.design.confidence_percent), len(sample.items)
    if sample.design.method == "stratified":
        found = [one.stratum for one in deviating]
        seen = [
            StratumSeen(one.population, one.drawn, found.count(one.value)) for one in sample.population.strata
        ]
        return stratified_upper(seen, confidence), say("stratified bound (Clopper-Pearson, Hoeffding)")
    if sample.design.method == "weighted":
        return _by_weight(sample, deviating, confidence), say("Stringer bound, by weight")
    if sample.population.count <= SMALL_POPULATION:
        bound = hypergeometric_upper(len(deviating), size, sample.population.count, confidence)
        return float(bound), _assuming(sample, say("hypergeometric bound"))
    return binomial_upper(len(deviating), size, confidence), _assuming(sample, say("Clopper-Pearson bound"))


def _assuming(sample: Sample, bound: str) -> str:
    """Add what a bound of a systematic sample supposes."""
    if sample.design.method != "systematic":
        return bound
    return say(
        "{bound}; the order of the rows has no period that fits the interval, so the rows count as drawn at random",
        bound=bound,
    )


def _by_weight(sample: Sample, deviating: Sequence[SampleItem], confidence: Fraction) -> float:
    """Return the bound of a weighted sample: what was taken whole is known, the rest is bounded."""
    total = Fraction(sample.population.weight or 0)
    heavy = sum((Fraction(one.weight or 0) for one in sample.items if one.whole), Fraction(0))
    wrong = sum((Fraction(one.weight or 0) for one in deviating if one.whole), Fraction(0))
    drawn = sum(not one.whole for one in sample.items)
    taints = [Fraction(1) for one in deviating if not one.whole]
    return float(wrong / total) + float((total - heavy) / total) * stringer_upper(taints, drawn, confidence)


def _result(
    sample: Sample, attribute: SampleAttribute, doubts: tuple[str, ...], limits: tuple[str, ...]
) -> ProcedureResult:
    by_answer: dict[Answer | None, list[SampleItem]] = {}
    for item in sample.items:
        by_answer.setdefault(item.results[attribute.id].answer, []).append(item)
    exceptions, unclear = by_answer.get("no", []), by_answer.get("not_determinable", [])
    examined = len(by_answer.get("yes", [])) + len(exceptions)
    open_ones = _open(sample, attribute)
    blank = _blank(sample, attribute)
    if doubts:
        reasons = (
            *(say("{sample} is suspect: {why}", sample=sample.id, why=one) for one in doubts),
            *_so_far(exceptions, examined),
        )
        return blank.model_copy(
            update={"reasons": reasons, "parameters": _parameters(sample, attribute, None)}
        )
    seen = {
        "population": sample.population.count,
        "examined": examined,
        "exceptions": len(exceptions),
        "unknown": len(unclear),
        "exception_rows": tuple(_row(attribute, one) for one in exceptions[:ROWS_IN_RESULT]),
    }
    if open_ones:
        reasons = (
            *(say("{sample} is incomplete: {why}", sample=sample.id, why=one) for one in open_ones),
            *_so_far(exceptions, examined),
        )
        return blank.model_copy(
            update={**seen, "reasons": reasons, "parameters": _parameters(sample, attribute, None)}
        )
    bound, how = upper_bound(sample, [*exceptions, *unclear])
    outcome, reasons = _decide(sample, len(exceptions), len(unclear), bound, how, limits)
    return blank.model_copy(
        update={
            **seen,
            "outcome": outcome,
            "beyond_tolerance": outcome == "not_met",
            "reasons": reasons,
            "parameters": _parameters(
                sample, attribute, None if sample.is_whole else [*exceptions, *unclear]
            ),
        }
    )


def _decide(
    sample: Sample, exceptions: int, unclear: int, bound: float, how: str, limits: tuple[str, ...]
) -> tuple[Outcome, tuple[str, ...]]:
    """Return the outcome of a complete sample that is what it was, and what it says."""
    size, tolerable = len(sample.items), share(sample.design.tolerable_percent)
    what = _extent(sample, exceptions, bound, how)
    doubt = [say("{n} of {total} could not be determined", n=unclear, total=size)] if unclear else []
    if sample.population.unknown:
        undrawn = whole_text(sample.population.unknown)
        doubt.append(say("{n} rows could not be drawn, so nothing is known of them", n=undrawn))
    doubt += limits
    if exceptions:
        return "not_met", (what, *doubt)
    if not sample.is_whole and bound > float(tolerable) + _NEARLY:
        rate = written(plain(sample.design.tolerable_percent))
        doubt.append(say("the sample is too small for a tolerable rate of {rate} %", rate=rate))
    return ("no_evidence" if doubt else "met"), (what, *doubt)


def _extent(sample: Sample, exceptions: int, bound: float, how: str) -> str:
    found = say_count(
        "{n} of {total} examined deviates",
        "{n} of {total} examined deviate",
        exceptions,
        n=exceptions,
        total=whole_text(len(sample.items)),
    )
    if sample.is_whole:
        return say("{found}; these are all there are", found=found)
    weighted = sample.design.method == "weighted"
    return say(
        "{found}; with {confidence} % confidence at most {bound} of {what} ({how})",
        found=found,
        confidence=written(plain(sample.design.confidence_percent)),
        bound=percent_up(bound),
        what=say("the weight") if weighted else say("all {total}", total=whole_text(sample.population.count)),
        how=how,
    )


def percent_up(value: float) -> str:
    """Return a share as per cent, rounded up to two places, as is right for an upper bound; 100 only when exact."""
    hundredths = ceil(value * 10_000 - _NEARLY)
    if hundredths >= 10_000 and value < 1:
        return say("just under 100 %")
    return say("{number} %", number=written(f"{hundredths / 100:.2f}"))


def _open(sample: Sample, attribute: SampleAttribute) -> tuple[str, ...]:
    """Return what is missing for the sample to be complete."""
    found = []
    missing = missing_answers(sample, attribute)
    if missing:
        total = whole_text(len(sample.items))
        found.append(say("{n} of {total} items have no answer", n=whole_text(missing), total=total))
    if sample.examined_by is None or sample.examined_at is None:
        found.append(say("it does not say who examined the items and when"))
    return tuple(found)


def _so_far(exceptions: Sequence[SampleItem], examined: int) -> tuple[str, ...]:
    if not exceptions:
        return ()
    return (say("So far {n} of {total} answered deviate", n=len(exceptions), total=whole_text(examined)),)


def _answers(sample: Sample, attribute: SampleAttribute) -> list[Answer | None]:
    return [one.results[attribute.id].answer for one in sample.items]


def _blank(sample: Sample, attribute: SampleAttribute) -> ProcedureResult:
    """Return the result of an attribute that decides nothing."""
    text = attribute.text.strip().rstrip(".")
    return ProcedureResult(
        point=attribute.point,
        procedure=procedure_of(sample, attribute),
        kind="record",
        title=say("{claim} (sample {sample}).", claim=f"{text[:1].upper()}{text[1:]}", sample=sample.id),
        basis=attribute.basis,
        test_class="hard",
        evidence=sample.population.evidence,
        digest=digest_value(
            [
                sample.id, sample.dataset, sample.where, sample.drawing,
                sample.design.model_dump(mode="json"), attribute.model_dump(mode="json"),
                [[one.key, one.cells, one.results[attribute.id].model_dump()] for one in sample.items],
            ]
        ),
    )  # fmt: skip


def _parameters(
    sample: Sample, attribute: SampleAttribute, deviating: Sequence[SampleItem] | None
) -> dict[str, str]:
    """Return what the bound rests on, in English: judgements are bound to it. ``deviating`` None: there is no bound."""
    design = sample.design
    found = {
        "method": METHODS[design.method],
        "seed": design.seed,
        "confidence": f"{plain(design.confidence_percent)} %",
        "tolerable rate": f"{plain(design.tolerable_percent)} %",
        "expected rate": f"{plain(design.expected_percent)} %",
        "items": f"{len(sample.items)} of {sample.population.count}",
    }
    if design.by is not None:
        found["by"] = design.by
    if attribute.evidence is not None:
        found["rule"] = ", ".join(part for part in (attribute.evidence, attribute.place) if part)
    if deviating is None:
        return found
    with speaking(ENGLISH):
        bound, how = upper_bound(sample, deviating)
        return found | {"upper bound": f"{percent_up(bound)} ({how})"}


def _row(attribute: SampleAttribute, item: SampleItem) -> ExceptionRow:
    return ExceptionRow(
        evidence=item.evidence,
        place=Place(file=item.file, sheet=item.sheet, row=item.row),
        key=item.key,
        values={attribute.text: item.results[attribute.id].note or None},
    )
