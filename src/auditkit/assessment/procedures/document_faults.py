"""Why a document that was read earns nothing at all (pure)."""

from auditkit.assessment.procedures.document_evidence import Candidate, DocumentEvidence
from auditkit.evidence.document_checks import says_nothing
from auditkit.evidence.document_names import names_another
from auditkit.evidence.document_placeholders import is_placeholder, is_template_title
from auditkit.evidence.document_status import is_out_of_force


def fault(candidate: Candidate, evidence: DocumentEvidence) -> str | None:
    """Say why a document shows nothing, as the end of a sentence that begins with its id; None when it can."""
    item, document = candidate
    placeholder = is_placeholder(document)
    if placeholder is not None:
        return f"is a template, not a document ({placeholder})"
    for name in (item.title, item.file.rpartition("/")[2], document.meta.title or ""):
        if is_template_title(name):
            return f"is a template, not a document (it is called {name!r})"
    out_of_force = is_out_of_force(document, (item.title, item.file))
    if out_of_force is not None:
        return f"says itself that it is not in force ({out_of_force})"
    nothing = says_nothing(document)
    if nothing is not None:
        return nothing
    foreign = names_another(document, evidence.organisation)
    if foreign is not None:
        return (
            f"is a document of another organisation: it names {foreign} and nowhere {evidence.organisation}"
        )
    return _after_the_period(candidate, evidence)


def _after_the_period(candidate: Candidate, evidence: DocumentEvidence) -> str | None:
    """Look at the day of effect in the register and in the document; without one a document counts from its approval."""
    item, meta = candidate.item, candidate.document.meta
    days = [day for day in (item.effective_at, meta.effective_at) if day is not None]
    if days:
        late = max(days)
        return f"takes effect on {late}, after the audit period" if late > evidence.period_end else None
    approved = [day for day in (*(one.at for one in item.approvals), meta.approved_at) if day is not None]
    if approved and min(approved) > evidence.period_end:
        return f"was approved on {min(approved)}, after the audit period"
    return None
