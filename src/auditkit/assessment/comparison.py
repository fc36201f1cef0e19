"""Two assessments of one catalog side by side: what is new, fixed, worse, unchanged, verified again (pure).

A difference in how a point was examined is shown apart: a figure that was computed otherwise is no improvement.
"""

from collections.abc import Iterable
from fractions import Fraction
from typing import Literal

from auditkit.assessment.conflicts import is_breach
from auditkit.assessment.model import Assessment, PointVerdict, ProcedureResult, VerdictValue
from auditkit.base.digest import digest_value
from auditkit.base.model import Record

Kind = Literal[
    "new", "fixed", "worse", "better", "lost", "gained", "unchanged", "verified_again", "other_scope"
]
KINDS: dict[Kind, str] = {
    "new": "does not conform any more, or was found now",
    "worse": "does not conform, and its extent grew",
    "fixed": "conforms now",
    "better": "does not conform, but its extent shrank",
    "lost": "conformed, and is not assessed now",
    "gained": "was not assessed, and conforms",
    "verified_again": "conforms, as confirmed on evidence of each time",
    "unchanged": "stands as it stood",
    "other_scope": "is in one of the two catalogs only",
}
"""What became of a point, in the order in which it is shown."""


_WHEN = ("period_start", "period_end", "as_of")


class Extent(Record):
    """What one procedure counted, before and after."""

    procedure: str
    title: str
    before: str
    """``31 of 1,612``; empty: not counted."""
    after: str
    method_changed: bool
    """The procedure itself is not the one of before."""


class PointChange(Record):
    """What became of one point."""

    point: str
    clause: str
    kind: Kind
    before: VerdictValue | None
    after: VerdictValue | None
    method_changed: bool
    """A procedure of the point was defined otherwise, or is there only once."""
    extents: tuple[Extent, ...] = ()
    """Of procedures that contradicted the point at either time."""


class Comparison(Record):
    """Everything that can be said of two assessments."""

    points: tuple[PointChange, ...]
    counts: dict[Kind, int]


def compare(before: Assessment, after: Assessment) -> Comparison:
    """Compare point by point, in the order of the later catalog; points of the earlier one alone come last."""
    was = {one.point: one for one in before.points}
    changes = [_change(was.get(one.point), one) for one in after.points]
    known = {one.point for one in after.points}
    changes += [_change(one, None) for one in before.points if one.point not in known]
    kinds = [one.kind for one in changes]
    return Comparison(points=tuple(changes), counts={kind: kinds.count(kind) for kind in KINDS})


def _change(before: PointVerdict | None, after: PointVerdict | None) -> PointChange:
    one = after or before
    assert one is not None  # noqa: S101 - a point is in one of the two
    extents = _extents(before.results if before else (), after.results if after else ())
    return PointChange(
        point=one.point,
        clause=one.clause,
        kind=_kind(before, after),
        before=before.value if before else None,
        after=after.value if after else None,
        method_changed=before is not None and after is not None and _methods(before) != _methods(after),
        extents=extents,
    )


def _kind(before: PointVerdict | None, after: PointVerdict | None) -> Kind:
    if before is None or after is None:
        return "other_scope"
    pair = (before.value, after.value)
    if after.value == "nonconforming" and before.value != "nonconforming":
        return "new"
    if pair == ("nonconforming", "conforms"):
        return "fixed"
    if pair == ("nonconforming", "nonconforming"):
        return _extent_kind(before, after)
    if before.value == "conforms" and after.value == "not_assessed":
        return "lost"
    if before.value == "not_assessed" and after.value == "conforms":
        return "gained"
    if before.value == "nonconforming" and after.value == "not_assessed":
        return "unchanged"  # a nonconformity that nobody looked at again is not fixed
    again = pair == ("conforms", "conforms") and before.standing == after.standing == "confirmed"
    return "verified_again" if again and _evidence(before) != _evidence(after) else "unchanged"


def _extent_kind(before: PointVerdict, after: PointVerdict) -> Kind:
    """Compare the shares that the same procedures, unchanged in their definition, counted both times."""
    was = {method_of(one): one.rate for one in before.results}
    moves = [
        one.rate - was_rate
        for one in after.results
        if (was_rate := was.get(method_of(one))) is not None and one.rate is not None
    ]
    if any(move > 0 for move in moves):
        return "worse"
    return "better" if any(move < 0 for move in moves) else "unchanged"


def _extents(before: Iterable[ProcedureResult], after: Iterable[ProcedureResult]) -> tuple[Extent, ...]:
    was, now = {one.procedure: one for one in before}, {one.procedure: one for one in after}
    found = []
    for procedure in dict.fromkeys((*now, *was)):
        old, new = was.get(procedure), now.get(procedure)
        if not any(one is not None and is_breach(one) for one in (old, new)):
            continue
        shown = new or old
        assert shown is not None  # noqa: S101 - one of the two breached
        changed = old is not None and new is not None and method_of(old) != method_of(new)
        found.append(
            Extent(
                procedure=procedure,
                title=shown.title,
                before=_counted(old),
                after=_counted(new),
                method_changed=changed,
            )
        )
    return tuple(found)


def _counted(result: ProcedureResult | None) -> str:
    if result is None or not result.examined or result.kind != "record":
        return "" if result is None else result.outcome.replace("_", " ")
    share = Fraction(result.exceptions, result.examined)
    tenths = share.numerator * 1000 // share.denominator
    return f"{result.exceptions:,} of {result.examined:,} ({tenths // 10}.{tenths % 10} %)"


def _methods(verdict: PointVerdict) -> set[tuple[str, str]]:
    return {method_of(one) for one in verdict.results if one.kind in ("record", "document")}


def method_of(result: ProcedureResult) -> tuple[str, str]:
    """Return what a figure was computed by. The period and the as-of date are no method, nor is where a rule stands."""
    if result.kind != "record":
        return result.procedure, result.digest
    numbers = {name: said.partition(" (")[0] for name, said in result.parameters.items() if name not in _WHEN}
    return result.procedure, digest_value([result.title, result.basis, numbers])


def _evidence(verdict: PointVerdict) -> set[str]:
    rests = {ref.sha256 for one in verdict.results for ref in one.evidence}
    return rests | ({verdict.judgement.digest} if verdict.judgement else set())
