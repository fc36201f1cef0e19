"""Proof of improvement: the figure before the work against the records of the months after it (pure).

Less evidence never proves more. The figure before is the one that was written down then. After it every unknown row,
and every row without a date, counts as an exception before anything is called improved; a month without records, an
export that is not verified, and too few records or months leave the verdict at ``not_enough_records``.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from fractions import Fraction

from auditkit.assessment.recordtests.months import MonthCount, Months
from auditkit.assessment.sampling.bounds import binomial_upper
from auditkit.base.language import message, say, say_count, short_day, translated, written
from auditkit.base.period import Period
from auditkit.improvement.model import ActionFile
from auditkit.improvement.proof_model import After, Before, Proof, ProofRules, ProofTerms, Verdict

ALL_ROWS = message("All rows of both times were examined, so both rates are exact and have no bound.")


def prove(
    action: ActionFile,
    terms: ProofTerms,
    claim: str,
    months: Months | None,
    doubts: tuple[str, ...],
    period: Period,
    as_of: date,
    rules: ProofRules,
) -> Proof:
    """Return what the records prove of one action.

    ``months``: what its record test counted, None where it could not be counted. ``doubts``: why the records cannot
    be relied on as complete, as sentences; any of them keeps the verdict from being more than ``not_enough_records``.
    """
    window = whole_months_after(terms.implemented_at, period, as_of)
    after = _after(months, window) if months is not None else None
    lacking = (*_lacking(terms, months, window, after, as_of, rules), *doubts)
    bounds = _bounds(terms.before, rules.confidence_share)
    verdict: Verdict = "not_enough_records"
    reached = False
    said: tuple[str, ...] = lacking
    if not lacking and after is not None:
        verdict, why = _compare(terms.before, bounds, after, rules.change_share)
        reached = verdict != "not_enough_records" and _worst(after) <= Fraction(str(terms.target_share))
        said = (why, translated(ALL_ROWS) if bounds is None else _sample_text(terms.before, rules))
    return Proof(
        action=action.id,
        title=action.title,
        finding=action.finding,
        measure=terms.measure,
        claim=claim,
        verdict=verdict,
        reached=reached,
        target_share=terms.target_share,
        implemented_at=terms.implemented_at,
        before=terms.before,
        bounds=bounds,
        after=after,
        reasons=said,
    )


def whole_months_after(implemented: date | None, period: Period, as_of: date) -> tuple[str, ...]:
    """Return the calendar months that lie wholly after the implementation and wholly in the period, up to the as-of date."""
    if implemented is None:
        return ()
    end = min(period.end, as_of)
    if end < period.start:
        return ()
    return tuple(
        month
        for month in Period(start=period.start, end=end).months()
        if first_day(month) > implemented and first_day(month) >= period.start and last_day(month) <= end
    )


def first_day(month: str) -> date:
    """Return the first day of a month such as ``2026-03``."""
    return date.fromisoformat(f"{month}-01")


def last_day(month: str) -> date:
    """Return the last day of a month such as ``2026-03``."""
    return (first_day(month) + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _after(months: Months, window: tuple[str, ...]) -> After:
    """Add up the months after; rows without a date may belong there, so they are unknown there."""
    inside = [one for one in months if one.month in window]
    undated = sum(one.population for one in months if not one.month)
    return After(
        exceptions=sum(one.exceptions for one in inside),
        examined=sum(one.examined for one in inside),
        unknown=sum(one.unknown for one in inside) + undated,
        months=window,
    )


def _lacking(
    terms: ProofTerms,
    months: Months | None,
    window: tuple[str, ...],
    after: After | None,
    as_of: date,
    rules: ProofRules,
) -> tuple[str, ...]:
    """Say what has to be there before anything can be compared."""
    if terms.implemented_at is None:
        return (say("The action is not implemented yet, so there is nothing to look at."),)
    if terms.implemented_at > as_of:
        day = short_day(terms.implemented_at)
        return (say("The action is to be implemented on {day}, after the as-of date.", day=day),)
    if months is None or after is None:
        return (say("The record test could not be counted month by month."),)
    found = []
    if len(window) < rules.months:
        found.append(
            say_count(
                "{n} whole month has passed since the implementation; {least} are needed.",
                "{n} whole months have passed since the implementation; {least} are needed.",
                len(window),
                n=len(window),
                least=rules.months,
            )
        )
    empty = _empty(months, window)
    if empty:
        named = ", ".join(empty)
        found.append(say("No record of {months}; whether nothing happened then is not known.", months=named))
    if after.examined < rules.records:
        found.append(
            say(
                "{n} records were examined since then; {least} are needed.",
                n=after.examined,
                least=rules.records,
            )
        )
    return tuple(found)


def _empty(months: Iterable[MonthCount], window: tuple[str, ...]) -> list[str]:
    seen = {one.month for one in months if one.population}
    return [month for month in window if month not in seen]


def _compare(
    before: Before, bounds: tuple[float, float] | None, after: After, change: Fraction
) -> tuple[Verdict, str]:
    """Compare the rates; a sample counts with the bound that makes the difference smaller."""
    low, high = (before.rate, before.rate) if bounds is None else (Fraction(bounds[0]), Fraction(bounds[1]))
    best, worst = Fraction(after.exceptions, after.examined + after.unknown), _worst(after)
    least = low * (1 - change)
    share = _percent(change)
    if low > 0 and worst <= least:
        return "improved", say("The rate fell by at least {share} of the rate before.", share=share)
    if low > 0 and best <= least:
        return "not_enough_records", _undecided(after.unknown, share)
    if best > high and best >= high * (1 + change):
        return "worse", say("The rate rose by at least {share} of the rate before.", share=share)
    if not before.exceptions:
        return "not_improved", say("There was no exception before, so there was nothing to improve.")
    return "not_improved", say("The rate did not fall by at least {share} of the rate before.", share=share)


def _undecided(unknown: int, share: str) -> str:
    return say_count(
        "{n} unknown row decide whether the rate fell by at least {share} of the rate before.",
        "{n} unknown rows decide whether the rate fell by at least {share} of the rate before.",
        unknown,
        n=unknown,
        share=share,
    )


def _worst(after: After) -> Fraction:
    """Return the rate if every unknown row were an exception."""
    return Fraction(after.exceptions + after.unknown, after.examined + after.unknown)


def _bounds(before: Before, confidence: Fraction) -> tuple[float, float] | None:
    """Return the one-sided exact binomial bounds (Clopper-Pearson) of a sampled figure; None where all was examined."""
    if before.sampled_from is None or before.sampled_from == before.examined:
        return None
    lower = 1 - binomial_upper(before.examined - before.exceptions, before.examined, confidence)
    return lower, binomial_upper(before.exceptions, before.examined, confidence)


def _sample_text(before: Before, rules: ProofRules) -> str:
    return say(
        "The figure before rests on a sample of {n} of {total} rows; the bound that makes the difference smaller was used "
        "(Clopper-Pearson, {confidence} each side). After it all rows were examined, so that rate is exact.",
        n=before.examined,
        total=before.sampled_from,
        confidence=_percent(rules.confidence_share),
    )


def _percent(share: Fraction) -> str:
    return say("{number} %", number=written(f"{float(share * 100):g}"))
