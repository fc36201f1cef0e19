"""The words of a report, explained in our own words."""

from auditkit.reporting.view_index import Index
from auditkit.reporting.view_parts import Fact

_TERMS = (
    (
        "Amendment",
        "A published change to an edition; its requirements carry an A in their number, such as 4.1-A1.",
    ),
    (
        "Candidate",
        "A verdict or finding that was computed and that no person has confirmed. It proves nothing yet.",
    ),
    ("Confirmed", "Decided by a named person in a signed judgement that still rests on unchanged evidence."),
    ("Conflict", "A signed judgement and a computed result say different things; both are shown."),
    ("Conforms", "The evidence shows that the point is fulfilled."),
    ("Coverage", "How many points have any verdict at all. Coverage is not conformity."),
    (
        "Digest",
        "A fingerprint of a file's bytes (SHA-256). Twelve digits are printed; assessment.json holds all.",
    ),
    (
        "Evidence strength",
        "What a verdict rests on: nothing, a statement, a document, or records that were examined.",
    ),
    ("Exception", "A record that contradicts the claim of a record test."),
    (
        "Finding",
        "What was raised with the auditee: a nonconformity, an observation, an opportunity or a good practice.",
    ),
    (
        "Gate",
        "A condition for readiness, passed or blocked; blockers name what is missing, whose it is and by when.",
    ),
    (
        "Interval",
        "The two ends of a share while something is not assessed: if all of that failed, if all of it conformed.",
    ),
    (
        "Major nonconformity",
        "A requirement is not fulfilled in a way that puts the purpose of the system in doubt.",
    ),
    (
        "Minor nonconformity",
        "A requirement is not fulfilled, without putting the purpose of the system in doubt.",
    ),
    ("No occurrence", "Nothing of the kind happened in the period; how that was checked is stated."),
    (
        "Not assessed",
        "Not known, for the reason given in {open}. It counts neither for nor against conformity.",
    ),
    ("Observation", "Worth knowing; not a breach of a requirement."),
    ("Own rule", "A criterion that the organisation itself set, cited with the document that states it."),
    ("Point", "One part of a requirement that can be audited by itself, such as 8.6.1-1c."),
    ("Population", "All records that a claim is about. Examined are those among them that could be decided."),
    ("Requirement", "One obligation of a clause, such as 8.6.1-1; it takes the worst verdict of its points."),
    (
        "Suspect",
        "A signed judgement whose basis changed afterwards. It no longer decides until it is renewed.",
    ),
    (
        "Tolerance",
        "The share of exceptions up to which a record test leaves the point to an auditor's judgement.",
    ),
    (
        "Unknown",
        "Records in which a field that the test needs is empty or unreadable: neither right nor wrong.",
    ),
)


def build_glossary(index: Index) -> tuple[Fact, ...]:
    """Return the terms in alphabetical order, those of the audit method among them."""
    terms = dict(_TERMS) | index.run.conduct.method.terms
    return tuple(
        Fact(label=term, lines=(meaning.replace("{open}", index.place("open")),))
        for term, meaning in sorted(terms.items())
    )
