"""Readiness of an engagement: what a forecast rests on, gathered; and the list for stage 1."""

from auditkit.assessment.model import Assessment, Gate
from auditkit.engagement.examine import Examined
from auditkit.engagement.open import OpenEngagement
from auditkit.findings.derive import candidate_id
from auditkit.findings.model import Finding
from auditkit.findings.readiness import Facts, forecast
from auditkit.findings.readiness_days import Clock, Commitment
from auditkit.findings.readiness_model import Readiness
from auditkit.findings.readiness_owners import Owners
from auditkit.findings.stage_one import Shown, list_for_stage_one
from auditkit.improvement.derive import RECORD_MONTHS


def forecast_readiness(
    opened: OpenEngagement,
    examined: Examined,
    assessment: Assessment,
    findings: tuple[Finding, ...],
    gates: tuple[Gate, ...],
) -> Readiness:
    """Forecast the gates from what was shown and the dates given, and list what stage 1 asks for."""
    engagement, library = opened.engagement, opened.library
    lens = library.process_lens
    owners = Owners(engagement.people, lens.groups if lens else (), opened.requests, opened.register.items)
    found = forecast(
        gates,
        Facts(
            clock=_clock(opened, findings),
            months=int(opened.parameters["operation_months"].value),
            findings={one.id: one for one in findings if one.standing == "confirmed"},
            readings=examined.readings,
            planned=examined.planned,
            owners=owners,
            dataset_clauses={one.id: one.clauses for one in library.datasets.values()},
            lead_auditor=engagement.lead_auditor,
        ),
    )
    shown = Shown(
        catalog=library.catalog,
        verdicts={one.point: one for one in assessment.points},
        register=opened.register,
        requests=opened.requests,
        metas={file: one.meta for file, one in examined.documents.items()},
        readings=examined.readings,
        owners=owners,
        as_of=engagement.as_of,
    )
    listed = list_for_stage_one(library.document_types, library.readiness.stage_1, shown)
    return found.model_copy(update={"stage_1": listed})


def _clock(opened: OpenEngagement, findings: tuple[Finding, ...]) -> Clock:
    """Gather what days are reckoned with; which findings rest on records does not depend on records being there."""
    catalog = opened.library.whole.head.id
    by_records = {candidate_id(catalog, f"record.{test.id}", "") for test in opened.library.tests}
    commitments: dict[str, tuple[Commitment, ...]] = {}
    for one in opened.actions:
        if one.status != "cancelled":
            action = Commitment(one.id, one.owner, one.due, one.status == "done")
            commitments[one.finding] = (*commitments.get(one.finding, ()), action)
    return Clock(
        as_of=opened.engagement.as_of,
        wait_days=int(opened.parameters["verification_wait_days"].value),
        record_months=RECORD_MONTHS,
        commitments=commitments,
        on_records=frozenset(one.id for one in findings if by_records & set(one.confirms)),
    )
