"""Do process plans refer to the master plan, and do they say the same where both name figures (pure)?

ISO/IEC 20000-1:2018, 6.3 asks that other plans be aligned with the service management plan. What differs is
shown with both passages and left to judgement.
"""

from auditkit.assessment.procedures.document_evidence import (
    MASTER_PLAN,
    PROCESS_PLANS,
    Candidate,
    DocumentEvidence,
    current_items,
)
from auditkit.assessment.procedures.document_faults import fault
from auditkit.base.language import say
from auditkit.evidence.document_figures import Difference, differences, figures_of
from auditkit.evidence.document_references import find_references, is_same_version

MASTER_NAMES = ("service management plan", "SM plan", "SMS plan", "ITSM plan", "Servicemanagement-Plan")
DIFFERENCES_SHOWN = 5
_SENTENCE_CHARACTERS = 200


def misalignments(candidate: Candidate, evidence: DocumentEvidence) -> tuple[str, ...]:
    """Return what keeps a process plan from being aligned, each as the end of a sentence that begins with its id.

    Empty for documents that are no process plans. Without a master plan to compare with nothing is known (law 2).
    """
    if candidate.item.document_type not in PROCESS_PLANS:
        return ()
    masters, unread = _masters(evidence)
    found = list(_references(candidate, masters))
    if not masters or unread:
        why = (
            say("no current service management plan could be read")
            if not masters
            else say("not every one could be read")
        )
        found.append(say("cannot be compared with the service management plan: {why}", why=why))
    for master in masters:
        found.extend(_contradictions(candidate, master))
    return tuple(found)


def _masters(evidence: DocumentEvidence) -> tuple[list[Candidate], bool]:
    """Return the master plans that count, and whether one was registered or accepted that cannot be read whole."""
    masters: list[Candidate] = []
    unread = MASTER_PLAN in evidence.vanished_types
    for item in current_items(evidence, MASTER_PLAN):
        document = evidence.documents.get(item.file)
        if document is None or document.status != "read":
            unread = True
        if document is None or document.status == "skipped":
            continue
        master = Candidate(item, document)
        if fault(master, evidence) is None:
            masters.append(master)
    return masters, unread


def _references(candidate: Candidate, masters: list[Candidate]) -> list[str]:
    titles = [name for master in masters for name in (master.item.title, master.document.meta.title or "")]
    references = find_references(candidate.document, (*MASTER_NAMES, *titles))
    if not references:
        return [say("does not refer to the service management plan")]
    versions = [
        version
        for master in masters
        for version in (master.item.version, master.document.meta.version)
        if version
    ]
    stated = [one for one in references if one.version is not None]
    if not versions or not stated:
        return []
    either = say("or")
    return [
        say(
            "refers to version {version} of the service management plan ({place}), while version {current} is in force",
            version=one.version,
            place=one.passage.place.told,
            current=f" {either} ".join(dict.fromkeys(versions)),
        )
        for one in stated
        if one.version is not None and not any(is_same_version(one.version, version) for version in versions)
    ]


def _contradictions(candidate: Candidate, master: Candidate) -> list[str]:
    """Show figures of the same unit among the same words that differ, both sentences quoted."""
    found = differences(figures_of(candidate.document), figures_of(master.document))
    said = list(dict.fromkeys(_shown(one, master.item.id) for one in found))
    if len(said) > DIFFERENCES_SHOWN:
        rest = len(said) - DIFFERENCES_SHOWN
        more = say("may contradict {evidence} in {n} further figures", evidence=master.item.id, n=rest)
        said = [*said[:DIFFERENCES_SHOWN], more]
    return said


def _shown(difference: Difference, master: str) -> str:
    here, there = difference.here, difference.there
    return say(
        "may contradict {evidence}: {here} ({place}) against {there} ({other_place})",
        evidence=master,
        here=_quoted(here.text),
        place=here.place.told,
        there=_quoted(there.text),
        other_place=there.place.told,
    )


def _quoted(text: str) -> str:
    short = text if len(text) <= _SENTENCE_CHARACTERS else text[: _SENTENCE_CHARACTERS - 1] + "…"
    return say("“{text}”", text=short)
