"""Why a document that was read earns nothing at all (pure)."""

from auditkit.assessment.procedures.document_evidence import Candidate, DocumentEvidence
from auditkit.base.language import say, short_day
from auditkit.evidence.document_checks import says_nothing
from auditkit.evidence.document_names import names_another
from auditkit.evidence.document_placeholders import is_placeholder, is_template_title
from auditkit.evidence.document_status import is_out_of_force


def fault(candidate: Candidate, evidence: DocumentEvidence) -> str | None:
    """Say why a document shows nothing, as the end of a sentence that begins with its id; None when it can."""
    item, document = candidate
    placeholder = is_placeholder(document)
    if placeholder is not None:
        return say("is a template, not a document ({why})", why=placeholder)
    for name in (item.title, item.file.rpartition("/")[2], document.meta.title or ""):
        if is_template_title(name):
            return say("is a template, not a document (it is called {name!r})", name=name)
    out_of_force = is_out_of_force(document, (item.title, item.file))
    if out_of_force is not None:
        return say("says itself that it is not in force ({why})", why=out_of_force)
    nothing = says_nothing(document)
    if nothing is not None:
        return nothing
    foreign = names_another(document, evidence.organisation)
    if foreign is not None:
        return say(
            "is a document of another organisation: it names {other} and nowhere {organisation}",
            other=foreign,
            organisation=evidence.organisation,
        )
    return _after_the_period(candidate, evidence)


def _after_the_period(candidate: Candidate, evidence: DocumentEvidence) -> str | None:
    """Look at the day of effect in the register and in the document; without one a document counts from its approval."""
    item, meta = candidate.item, candidate.document.meta
    days = [day for day in (item.effective_at, meta.effective_at) if day is not None]
    if days:
        late = max(days)
        if late <= evidence.period_end:
            return None
        return say("takes effect on {day}, after the audit period", day=short_day(late))
    approved = [day for day in (*(one.at for one in item.approvals), meta.approved_at) if day is not None]
    if approved and min(approved) > evidence.period_end:
        return say("was approved on {day}, after the audit period", day=short_day(min(approved)))
    return None
