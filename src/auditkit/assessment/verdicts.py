"""From results and judgements to verdicts: pure, by walking the catalog, never the results (laws 1, 2, 5)."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from auditkit.assessment.conflicts import NOT_DECISIVE, SPOKEN, is_breach, opposed
from auditkit.assessment.model import (
    Binding,
    ClauseVerdict,
    Judgement,
    PointVerdict,
    ProcedureResult,
    RequirementVerdict,
    VerdictValue,
)
from auditkit.assessment.words import outcome_word
from auditkit.base.digest import digest_value
from auditkit.base.language import say, translated
from auditkit.catalog.model import Catalog, Point

WORST_FIRST: tuple[VerdictValue, ...] = ("nonconforming", "not_assessed", "conforms", "not_applicable")


class Decided(NamedTuple):
    """What people decided and what it was bound to."""

    judgements: Mapping[str, Judgement]
    """By point."""
    bindings: Mapping[str, Binding]
    """By judgement id."""
    purged: Mapping[str, str] = {}
    """Evidence id to when and by whom its file was deleted, because the time of keeping was over."""
    barred: Mapping[str, str] = MappingProxyType({})
    """By judgement id: why the rules of the engagement keep it from deciding."""
    distrusted: Mapping[str, str] = MappingProxyType({})
    """By judgement id: why its signature does not hold."""


def conclude_points(
    catalog: Catalog,
    results: Mapping[str, tuple[ProcedureResult, ...]],
    decided: Decided,
    evidence_of: Mapping[str, Mapping[str, str]],
) -> tuple[PointVerdict, ...]:
    """Give every point of the catalog a verdict. ``evidence_of``: point to evidence id to digest."""
    verdicts = []
    for point in catalog.points:
        seen = results.get(point.id, ())
        judgement = decided.judgements.get(point.id)
        if judgement is None:
            verdicts.append(_candidate(point, seen))
            continue
        suspect = _suspicions(point, judgement, decided, seen, evidence_of.get(point.id, {}))
        suspect += _forbidden(catalog, judgement)
        suspect += (decided.barred[judgement.id],) if judgement.id in decided.barred else ()
        if suspect:
            verdicts.append(_undecided(point, seen, judgement, suspect))
        else:
            verdicts.append(_confirmed(point, seen, judgement))
    return tuple(verdicts)


def bind(
    judgement: Judgement, point: Point, results: tuple[ProcedureResult, ...], evidence: Mapping[str, str]
) -> Binding:
    """Record what a judgement rests on now."""
    return Binding(
        judgement=judgement.digest,
        point=point.digest,
        results=digest_results(results),
        evidence=dict(evidence),
    )


def digest_results(results: Iterable[ProcedureResult]) -> str:
    """Return the digest of what procedures saw: outcomes, counts, parameters and definitions."""
    fields = ("procedure", "outcome", "basis", "population", "examined", "exceptions", "unknown", "digest")
    seen = [[*(getattr(one, name) for name in fields), sorted(one.parameters.items())] for one in results]
    return digest_value(seen)


def worst(values: Iterable[VerdictValue]) -> VerdictValue:
    """Return the worst verdict: nonconforming > not_assessed > conforms > not_applicable; empty: not_assessed."""
    return min(values, key=WORST_FIRST.index, default="not_assessed")


def conclude_requirements(
    catalog: Catalog, points: tuple[PointVerdict, ...]
) -> tuple[RequirementVerdict, ...]:
    """Give every requirement the worst verdict of its points."""
    by_point = {one.point: one for one in points}
    verdicts = []
    for requirement in catalog.requirements:
        parts = [by_point[point.id] for point in requirement.points]
        confirmed = sum(part.standing == "confirmed" for part in parts)
        verdicts.append(
            RequirementVerdict(
                requirement=requirement.id,
                clause=requirement.clause,
                value=worst(part.value for part in parts),
                standing="confirmed" if confirmed == len(parts) else "candidate",
                points=len(parts),
                confirmed=confirmed,
                **_counts(part.value for part in parts),
            )
        )
    return tuple(verdicts)


def conclude_clauses(
    catalog: Catalog, requirements: tuple[RequirementVerdict, ...]
) -> tuple[ClauseVerdict, ...]:
    """Give every clause, headings included, the worst verdict of the requirements in it and below it."""
    verdicts = []
    lineage = catalog.lineage()
    for clause in catalog.clauses:
        parts = [one for one in requirements if clause.clause in lineage.get(one.clause, ())]
        verdicts.append(
            ClauseVerdict(
                clause=clause.clause,
                title=clause.title,
                value=worst(part.value for part in parts) if parts else "no_requirement",
                requirements=len(parts),
                confirmed=sum(part.standing == "confirmed" for part in parts),
                **_counts(part.value for part in parts),
            )
        )
    return tuple(verdicts)


def _candidate(point: Point, results: tuple[ProcedureResult, ...]) -> PointVerdict:
    breaches = [one for one in results if is_breach(one)]
    if breaches:
        reasons = tuple(_breached(one) for one in breaches)
        return _verdict(point, results, "nonconforming", reasons)
    by_procedure = {one.procedure: one for one in results}
    met = {name for name, one in by_procedure.items() if one.outcome == "met"}
    sufficient = any(alternative and set(alternative) <= met for alternative in point.suffices)
    # A procedure that could contradict the point must have been met too: otherwise taking its evidence
    # away would turn a nonconformity into a conformity (law 2).
    short = [one for one in results if _can_contradict(one) and one.outcome != "met"]
    if sufficient and not short:
        return _verdict(point, results, "conforms", ())
    return _verdict(point, results, "not_assessed", _why_not(point, results))


def _can_contradict(result: ProcedureResult) -> bool:
    if result.kind in SPOKEN:
        return result.outcome == "not_met"
    return result.test_class not in NOT_DECISIVE


def _why_not(point: Point, results: tuple[ProcedureResult, ...]) -> tuple[str, ...]:
    reasons: list[str] = []
    for one in results:
        if one.outcome == "met" or one.test_class in NOT_DECISIVE:
            continue
        if one.outcome == "not_met" and one.basis == "good_practice":
            reasons.append(_only_good_practice(one))
        elif one.outcome == "not_met" and one.kind == "record":
            reasons.append(_isolated(one))
        else:
            reasons.extend(one.reasons or (_only_outcome(one),))
    if not point.suffices:
        reasons.append(say("Only a person can judge this point."))
    return tuple(dict.fromkeys(reasons)) or (say("No alternative that suffices was wholly met."),)


def _confirmed(point: Point, results: tuple[ProcedureResult, ...], judgement: Judgement) -> PointVerdict:
    conflict = tuple(_breached(one) for one in opposed(judgement.verdict, results))
    if judgement.verdict == "nonconforming" and _candidate(point, results).value == "conforms":
        conflict = (say("Every procedure that suffices was met."),)
    return _verdict(point, results, judgement.verdict, (judgement.rationale,)).model_copy(
        update={
            "standing": "confirmed",
            "basis": judgement.basis,
            "judgement": judgement,
            "conflict": conflict,
        }
    )


def _undecided(
    point: Point, results: tuple[ProcedureResult, ...], judgement: Judgement, suspect: tuple[str, ...]
) -> PointVerdict:
    """A suspect judgement does not decide, and it keeps a candidate from conforming until it is renewed."""
    verdict = _candidate(point, results)
    reasons = tuple(
        say("Judgement {judgement} is suspect: {why}", judgement=judgement.id, why=one) for one in suspect
    )
    value = "not_assessed" if verdict.value == "conforms" else verdict.value
    return verdict.model_copy(
        update={
            "value": value,
            "reasons": (*reasons, *verdict.reasons),
            "judgement": judgement,
            "suspect": suspect,
        }
    )


def _suspicions(
    point: Point,
    judgement: Judgement,
    decided: Decided,
    results: tuple[ProcedureResult, ...],
    evidence: Mapping[str, str],
) -> tuple[str, ...]:
    binding = decided.bindings.get(judgement.id)
    if binding is None:
        return (say("it was never bound to what it rests on (auditkit judgements bind)."),)
    found: list[str] = []
    if judgement.id in decided.distrusted:
        found.append(say("its signature does not hold: {why}", why=decided.distrusted[judgement.id]))
    if binding.judgement != judgement.digest:
        found.append(say("its text was changed after it was signed."))
    if binding.point != point.digest:
        found.append(say("the point's text or procedures changed."))
    if binding.results != digest_results(results):
        found.append(say("what the procedures saw changed."))
    for identifier in sorted(binding.evidence.keys() | evidence.keys()):
        before, now = binding.evidence.get(identifier), evidence.get(identifier)
        if before is None:
            found.append(say("{evidence} was linked since.", evidence=identifier))
        elif now is None:
            found.append(_gone(identifier, decided.purged.get(identifier)))
        elif before != now:
            found.append(say("{evidence} changed.", evidence=identifier))
    return tuple(found)


def _gone(identifier: str, deleted: str | None) -> str:
    if deleted:
        return say("{evidence} was {deleted}.", evidence=identifier, deleted=deleted)
    return say("{evidence} is no longer there or no longer readable.", evidence=identifier)


def _forbidden(catalog: Catalog, judgement: Judgement) -> tuple[str, ...]:
    if judgement.verdict == "not_applicable" and not catalog.head.allows_exclusions:
        return (
            say(
                "{standard} allows no exclusion, so not_applicable is refused.",
                standard=catalog.head.standard,
            ),
        )
    return ()


def _verdict(
    point: Point, results: tuple[ProcedureResult, ...], value: VerdictValue, reasons: tuple[str, ...]
) -> PointVerdict:
    return PointVerdict(
        point=point.id,
        requirement=point.requirement,
        clause=point.clause,
        value=value,
        reasons=reasons,
        results=results,
    )


def _breached(result: ProcedureResult) -> str:
    """Word a claim and how far it does not hold."""
    return f"{translated(result.title)} {_extent(result)}"


def _only_good_practice(result: ProcedureResult) -> str:
    left = say("Good practice only, so left to judgement.")
    return f"{_breached(result)} {left}"


def _isolated(result: ProcedureResult) -> str:
    extent = say("Isolated, {n} of {total}: left to judgement.", n=result.exceptions, total=result.examined)
    return f"{translated(result.title)} {extent}"


def _only_outcome(result: ProcedureResult) -> str:
    outcome = say("Outcome: {outcome}.", outcome=outcome_word(result.outcome))
    return f"{translated(result.title)} {outcome}"


def _extent(result: ProcedureResult) -> str:
    if result.kind == "document" or result.kind in SPOKEN:
        return " ".join(result.reasons)
    if result.outcome == "met":
        return say(
            "So for all {total} examined, though not for what was seen on site.", total=result.examined
        )
    return say("Not so for {n} of {total} examined.", n=result.exceptions, total=result.examined)


def _counts(values: Iterable[VerdictValue]) -> dict[str, int]:
    found = list(values)
    return {
        "conforming": found.count("conforms"),
        "nonconforming": found.count("nonconforming"),
        "not_assessed": found.count("not_assessed"),
        "not_applicable": found.count("not_applicable"),
    }
