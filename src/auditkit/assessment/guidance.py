"""Guidance alignment: whether the advice of Part 2 is followed; a scale of its own, apart from conformity (pure).

An item that is not followed becomes an opportunity for improvement, never a nonconformity (ISO/IEC 20000-2 only
recommends). Less evidence never helps: what was not looked at is not assessed, and ``followed`` needs every
procedure that could speak against it.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import Literal

from pydantic import Field

from auditkit.assessment.model import Interval, ProcedureResult, Standing
from auditkit.assessment.words import outcome_word
from auditkit.base.language import say, translated
from auditkit.base.model import Record
from auditkit.catalog.model import GuidanceItem

Alignment = Literal["followed", "partly", "not_followed", "not_assessed"]
Level = Literal["beginning", "established", "leading"]
LEVELS: tuple[Level, ...] = ("beginning", "established", "leading")


class GuidanceJudgement(Record):
    """A named person's decision on an item of guidance (workpapers/guidance/*.yaml)."""

    id: str = Field(pattern=r"^G-\d{3,}$")
    item: str
    """Id of the item, such as ``20000-2:8.6.1/3``."""
    alignment: Literal["followed", "partly", "not_followed"]
    level: Level | None = None
    """Which of the three pictures of ``good_looks_like`` the auditor saw."""
    rationale: str = Field(min_length=15)
    by: str
    """Person id of engagement.yaml."""
    at: date
    on: tuple[str, ...] = ()
    """Evidence ids it rests on."""


class GuidanceJudgementFile(Record):
    """One file of decisions on guidance."""

    guidance: tuple[GuidanceJudgement, ...]


class GuidanceVerdict(Record):
    """What is known about one item of guidance."""

    item: str
    clause: str
    value: Alignment = "not_assessed"
    standing: Standing = "candidate"
    level: Level | None = None
    reasons: tuple[str, ...] = ()
    judgement: GuidanceJudgement | None = None
    results: tuple[ProcedureResult, ...] = ()


class GuidanceAlignment(Record):
    """The alignment of an engagement with the guidance of its catalog."""

    verdicts: tuple[GuidanceVerdict, ...] = ()
    share: Interval | None = None
    """Items followed, of all items; None: the catalog has no guidance."""
    confirmed: Interval | None = None
    """The same, when only what auditors confirmed counts as assessed."""


def align(
    items: Iterable[GuidanceItem],
    results: Mapping[str, tuple[ProcedureResult, ...]],
    judgements: Mapping[str, GuidanceJudgement],
) -> GuidanceAlignment:
    """Decide every item of the guidance, walking the guidance. ``results`` and ``judgements`` by item id."""
    verdicts = tuple(_verdict(item, results.get(item.id, ()), judgements.get(item.id)) for item in items)
    if not verdicts:
        return GuidanceAlignment()
    unconfirmed = {"value": "not_assessed"}
    confirmed = tuple(
        one if one.standing == "confirmed" else one.model_copy(update=unconfirmed) for one in verdicts
    )
    return GuidanceAlignment(
        verdicts=verdicts, share=alignment_share(verdicts), confirmed=alignment_share(confirmed)
    )


def alignment_share(verdicts: tuple[GuidanceVerdict, ...]) -> Interval:
    """Return the share of items followed, from "all unassessed not followed" to "all unassessed followed"."""
    values = [one.value for one in verdicts]
    followed, unassessed = values.count("followed"), values.count("not_assessed")
    return Interval(
        name=say("Guidance alignment"),
        method=say(
            "Items of guidance followed, divided by all items; an item followed in part does not count as followed."
        ),
        conforming=followed,
        nonconforming=len(values) - followed - unassessed,
        not_assessed=unassessed,
        denominator=len(values),
        low=Fraction(followed, len(values) or 1),
        high=Fraction(followed + unassessed, len(values) or 1),
    )


def _verdict(
    item: GuidanceItem, results: tuple[ProcedureResult, ...], judgement: GuidanceJudgement | None
) -> GuidanceVerdict:
    if judgement is not None:
        return GuidanceVerdict(
            item=item.id,
            clause=item.clause,
            value=judgement.alignment,
            standing="confirmed",
            level=judgement.level,
            reasons=(judgement.rationale,),
            judgement=judgement,
            results=results,
        )
    value, reasons = _candidate(results)
    return GuidanceVerdict(item=item.id, clause=item.clause, value=value, reasons=reasons, results=results)


def _candidate(results: tuple[ProcedureResult, ...]) -> tuple[Alignment, tuple[str, ...]]:
    """Followed: every document and record procedure met. Not followed: none met and all that decided failed."""
    seen = [one for one in results if one.kind in ("document", "record")]
    failed = [one for one in seen if one.outcome == "not_met"]
    met = [one for one in seen if one.outcome == "met"]
    open_ = [one for one in seen if one.outcome not in ("met", "not_met")]
    reasons = tuple(_reason(one) for one in (*failed, *open_))
    if not seen:
        return "not_assessed", (say("Only a person can judge this advice."),)
    if failed and not met and not open_:
        return "not_followed", reasons
    if failed:
        return "partly", reasons
    if open_ or not met:
        return "not_assessed", reasons
    return "followed", ()


def _reason(result: ProcedureResult) -> str:
    if result.kind == "record" and result.outcome == "not_met":
        extent = say("Not so for {n} of {total} examined.", n=result.exceptions, total=result.examined)
        return f"{translated(result.title)} {extent}"
    outcome = say("Outcome: {outcome}.", outcome=outcome_word(result.outcome))
    return " ".join(result.reasons) or f"{translated(result.title)} {outcome}"
