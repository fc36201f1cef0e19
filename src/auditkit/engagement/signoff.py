"""Sign-off: the lead auditor's release, bound to every file it is given on."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from auditkit.assessment.conflicts import to_name
from auditkit.assessment.model import PointVerdict
from auditkit.assessment.reviews import Review
from auditkit.assessment.signatures import SignatureCheck
from auditkit.assessment.workpapers import Workpapers
from auditkit.base.atomic import write_whole
from auditkit.base.errors import InputsUnreadable, UsageFault
from auditkit.engagement.open import OpenEngagement
from auditkit.engagement.release import (
    FILE,
    SIGNATURE_FILE,
    Change,
    SignOffLock,
    changes_since,
    check_release,
    digests_of,
    load_sign_off,
)
from auditkit.engagement.run import RunOptions, assess
from auditkit.engagement.signatures import check_signatures, refuse_key, sign_text
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
    "signature-refused",
    "signature-unchecked",
)


def sign_off(
    opened: OpenEngagement, by: str, at: date | None = None, key_file: Path | None = None
) -> SignOffLock:
    """Release the engagement, signed by key if one is given; UsageFault lists all that blocks it and what to do."""
    lead = opened.engagement.lead_auditor
    if by != lead:
        raise UsageFault(
            f"{by} is not the lead auditor of this engagement ({lead}). Only the lead auditor signs off."
        )
    if key_file is not None:
        refuse_key(opened, (by,), key_file)
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
    text = f"{lock.model_dump_json(indent=1)}\n".encode()
    signature = sign_text(opened, "The sign-off", by, text, key_file) if key_file is not None else None
    signature_file = opened.layout.root / SIGNATURE_FILE
    signature_file.unlink(missing_ok=True)  # of an earlier release
    write_whole(opened.layout.root / FILE, text)
    if signature is not None:
        write_whole(signature_file, signature)
    return lock


def verify_signatures(opened: OpenEngagement) -> tuple[SignatureCheck, ...]:
    """Check every signature by key: of the sign-off, then of judgements."""
    lock, _ = load_sign_off(opened.layout)
    release = check_release(opened, lock) if lock is not None else None
    return (*((release,) if release is not None else ()), *check_signatures(opened))


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
        for procedure, name in to_name(judgement.verdict, verdict.results):
            if name not in judgement.rationale:
                yield f"{judgement.id} on {verdict.point} stands against {procedure}; its rationale has to name {name} and say why."


def _last_reviews(workpapers: Workpapers) -> Iterator[Review]:
    yield from {one.judgement: one for one in workpapers.reviews}.values()
