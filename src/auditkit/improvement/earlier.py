"""What is kept of an earlier engagement, so that this one can stand beside it: counts alone, no verdict (pure)."""

from datetime import date

from auditkit.assessment.comparison import method_of
from auditkit.assessment.model import Assessment, ProcedureResult
from auditkit.base.model import Record
from auditkit.base.period import Period


class EarlierCount(Record):
    """What one record test counted then."""

    exceptions: int
    examined: int
    unknown: int
    method: str
    """Digest of how it was counted; where it differs, the figures cannot be compared."""


class Share(Record):
    """Requirements of a clause, or of all."""

    conforming: int
    not_assessed: int
    total: int
    """Those that apply."""


class EarlierRun(Record):
    """An earlier engagement in figures."""

    engagement: str
    period: Period
    as_of: date
    run_id: str
    catalog: str
    requirements: Share
    clauses: dict[str, Share]
    measures: dict[str, EarlierCount]
    """By procedure, ``record.TEST``; tests that counted nothing are left out."""


def summarise(
    engagement: str,
    period: Period,
    as_of: date,
    run_id: str,
    catalog: str,
    assessment: Assessment,
    tests: tuple[ProcedureResult, ...],
) -> EarlierRun:
    """Return an engagement in figures."""
    by = assessment.measures.by_requirement
    return EarlierRun(
        engagement=engagement,
        period=period,
        as_of=as_of,
        run_id=run_id,
        catalog=catalog,
        requirements=Share(conforming=by.conforming, not_assessed=by.not_assessed, total=by.denominator),
        clauses={
            one.clause: Share(
                conforming=one.conforming,
                not_assessed=one.not_assessed,
                total=one.requirements - one.not_applicable,
            )
            for one in assessment.clauses
        },
        measures={one.procedure: count_of(one) for one in tests if one.examined},
    )


def count_of(result: ProcedureResult) -> EarlierCount:
    """Return what a record test counted, and how."""
    return EarlierCount(
        exceptions=result.exceptions,
        examined=result.examined,
        unknown=result.unknown,
        method=method_of(result)[1],
    )
