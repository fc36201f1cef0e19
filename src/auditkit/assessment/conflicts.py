"""Which results stand against a judgement, and what its rationale has to name before anybody signs off (pure)."""

from collections.abc import Iterable

from auditkit.assessment.model import ProcedureResult, VerdictValue

NOT_DECISIVE = ("indicator", "meta")
"""Classes of record tests that decide nothing by themselves."""
SPOKEN = ("interview", "observe")
"""Kinds of procedure whose results stand in notes of people."""


def is_breach(result: ProcedureResult) -> bool:
    """Tell whether a result can make a nonconformity: not met beyond tolerance, and not good practice alone."""
    return result.outcome == "not_met" and result.beyond_tolerance and result.basis != "good_practice"


def opposed(value: VerdictValue, results: Iterable[ProcedureResult]) -> tuple[ProcedureResult, ...]:
    """Return the results that stand against a judgement.

    Against a favourable one: breaches, and what was said or seen that does not support the point. Against
    ``nonconforming``: record tests that were met where what was seen on site says otherwise.
    """
    seen = tuple(results)
    if value in ("conforms", "not_applicable"):
        return tuple(one for one in seen if is_breach(one) or _unsupported(one))
    if value == "nonconforming" and any(one.kind == "observe" and _unsupported(one) for one in seen):
        return tuple(
            one
            for one in seen
            if one.kind == "record" and one.outcome == "met" and one.test_class not in NOT_DECISIVE
        )
    return ()


def to_name(value: VerdictValue, results: Iterable[ProcedureResult]) -> tuple[tuple[str, str], ...]:
    """Return each result that stands against a judgement with what its rationale has to name.

    That is the test or document type, or the notes of what was said or seen; against ``nonconforming`` the notes that
    the judgement believes more than the records.
    """
    seen = tuple(results)
    against = opposed(value, seen)
    if value == "nonconforming":
        notes = dict.fromkeys(name for one in seen if one.kind == "observe" for name in _names(one))
        return tuple((against[0].procedure, name) for name in notes) if against else ()
    return tuple((one.procedure, name) for one in against for name in _names(one))


def _names(result: ProcedureResult) -> tuple[str, ...]:
    if result.kind in SPOKEN:
        return tuple(dict.fromkeys(quote.evidence for quote in result.quotes))
    return (result.procedure.partition(".")[2],)


def _unsupported(result: ProcedureResult) -> bool:
    return result.kind in SPOKEN and result.outcome == "not_met"
