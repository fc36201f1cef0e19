"""Sign-off: the lead auditor's release, bound to every file it is given on."""

from collections.abc import Iterator
from datetime import date

from auditkit.assessment.model import PointVerdict, Review
from auditkit.assessment.verdicts import is_breach
from auditkit.assessment.workpapers import Workpapers
from auditkit.base.errors import InputsUnreadable, UsageFault
from auditkit.engagement.open import OpenEngagement
from auditkit.engagement.release import FILE, Change, SignOffLock, changes_since, digests_of, load_sign_off
from auditkit.engagement.run import RunOptions, assess
from auditkit.reporting.model import Run

_BLOCKING = (
    "finding-step-refused",
    "finding-history-changed",
    "finding-state-unsupported",
    "advice-refused",
    "grade-refused",
    "previous-missing",
    "previous-unverified",
    "visit-clauses-missing",
)


def sign_off(opened: OpenEngagement, by: str, at: date | None = None) -> SignOffLock:
    """Release the engagement; UsageFault lists all that blocks it and what to do."""
    lead = opened.engagement.lead_auditor
    if by != lead:
        raise UsageFault(
            f"{by} is not the lead auditor of this engagement ({lead}). Only the lead auditor signs off."
        )
    run = assess(opened, RunOptions()).run
    blocked = blockers(opened, run)
    if blocked:
        raise UsageFault("The sign-off is blocked:\n" + "\n".join(f"  {one}" for one in blocked))
    day = at or opened.engagement.as_of
    lock = SignOffLock(
        by=by,
        at=day,
        run_id=run.trace.run_id,
        tool_version=run.trace.tool_version,
        catalog_digest=run.trace.catalog_digest,
        tests_digest=run.trace.tests_digest,
        rules_digest=run.trace.rules_digest,
        files=dict(digests_of(opened.layout)),
    )
    path = opened.layout.root / FILE
    temporary = path.with_suffix(".tmp")
    temporary.write_text(lock.model_dump_json(indent=1) + "\n", encoding="utf-8")
    temporary.replace(path)
    return lock


def verify_sign_off(opened: OpenEngagement) -> tuple[SignOffLock | None, tuple[Change, ...]]:
    """Return the sign-off there is, and what changed since; InputsUnreadable when its file cannot be read."""
    lock, issues = load_sign_off(opened.layout)
    if issues:
        raise InputsUnreadable("\n".join(str(one) for one in issues))
    if lock is None:
        return None, ()
    return lock, changes_since(opened.layout, lock, assess(opened, RunOptions()).run.trace)


def blockers(opened: OpenEngagement, run: Run) -> tuple[str, ...]:
    """Say what blocks the sign-off, one line each, with what to do."""
    found: list[str] = []
    assessments = (run.assessment, *(one.assessment for one in run.further))
    for verdict in (point for one in assessments for point in one.points):
        found += _of_point(verdict)
    for review in _last_reviews(opened.workpapers):
        if not review.agrees:
            found.append(
                f"{review.judgement}: {review.by} reviewed it and does not agree ({review.note}). Judge again, or settle it."
            )
    found += [
        f"{issue.place}: {issue.message} {issue.hint}" for issue in run.issues if issue.code in _BLOCKING
    ]
    if opened.engagement.review_required:
        reviewed = {one.judgement for one in opened.workpapers.reviews}
        lacking = [one.id for one in opened.workpapers.judgements if one.id not in reviewed]
        if lacking:
            more = f" and {len(lacking) - 5} more" if len(lacking) > 5 else ""
            found.append(
                f"{', '.join(lacking[:5])}{more}: not reviewed by a second person. Run auditkit review."
            )
    return tuple(found)


def _of_point(verdict: PointVerdict) -> Iterator[str]:
    judgement = verdict.judgement
    if judgement is None:
        return
    if verdict.suspect:
        yield f"{judgement.id} on {verdict.point} is suspect: {' '.join(verdict.suspect)} Judge again, or bind it anew."
    elif verdict.conflict:
        against = [one.procedure for one in verdict.results if is_breach(one)]
        silent = [one for one in against if one.partition(".")[2] not in judgement.rationale]
        for procedure in silent:
            name = procedure.partition(".")[2]
            yield f"{judgement.id} on {verdict.point} stands against {procedure}; its rationale has to name {name} and say why."


def _last_reviews(workpapers: Workpapers) -> Iterator[Review]:
    yield from {one.judgement: one for one in workpapers.reviews}.values()
