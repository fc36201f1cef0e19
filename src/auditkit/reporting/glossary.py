"""The words of a report, explained in our own words."""

from unicodedata import normalize

from auditkit.base.language import message, translated
from auditkit.reporting.view_index import Index
from auditkit.reporting.view_parts import Fact

_TERMS = (
    (
        message("Amendment"),
        message(
            "A published change to an edition; its requirements carry an A in their number, such as 4.1-A1."
        ),
    ),
    (
        message("Candidate"),
        message(
            "A verdict or finding that was computed and that no person has confirmed. It proves nothing yet."
        ),
    ),
    (
        message("Confirmed"),
        message("Decided by a named person in a signed judgement that still rests on unchanged evidence."),
    ),
    (
        message("Conflict"),
        message("A signed judgement and a computed result say different things; both are shown."),
    ),
    (message("Conforms"), message("The evidence shows that the point is fulfilled.")),
    (message("Coverage"), message("How many points have any verdict at all. Coverage is not conformity.")),
    (
        message("Digest"),
        message(
            "A fingerprint of a file's bytes (SHA-256). Twelve digits are printed; assessment.json holds all."
        ),
    ),
    (
        message("Evidence strength"),
        message("What a verdict rests on: nothing, a statement, a document, or records that were examined."),
    ),
    (message("Exception"), message("A record that contradicts the claim of a record test.")),
    (
        message("Finding"),
        message(
            "What was raised with the auditee: a nonconformity, an observation, an opportunity or a good practice."
        ),
    ),
    (
        message("Gate"),
        message(
            "A condition for readiness, passed or blocked; blockers name what is missing, whose it is and by when."
        ),
    ),
    (
        message("Interval"),
        message(
            "The two ends of a share while something is not assessed: if all of that failed, if all of it conformed."
        ),
    ),
    (
        message("Major nonconformity"),
        message("A requirement is not fulfilled in a way that puts the purpose of the system in doubt."),
    ),
    (
        message("Minor nonconformity"),
        message("A requirement is not fulfilled, without putting the purpose of the system in doubt."),
    ),
    (
        message("No occurrence"),
        message("Nothing of the kind happened in the period; how that was checked is stated."),
    ),
    (
        message("Not assessed"),
        message("Not known, for the reason given in {open}. It counts neither for nor against conformity."),
    ),
    (message("Observation"), message("Worth knowing; not a breach of a requirement.")),
    (
        message("Own rule"),
        message("A criterion that the organisation itself set, cited with the document that states it."),
    ),
    (message("Point"), message("One part of a requirement that can be audited by itself, such as 8.6.1-1c.")),
    (
        message("Population"),
        message("All records that a claim is about. Examined are those among them that could be decided."),
    ),
    (
        message("Requirement"),
        message("One obligation of a clause, such as 8.6.1-1; it takes the worst verdict of its points."),
    ),
    (
        message("Suspect"),
        message(
            "A signed judgement whose basis changed afterwards. It no longer decides until it is renewed."
        ),
    ),
    (
        message("Tolerance"),
        message(
            "The share of exceptions up to which a record test leaves the point to an auditor's judgement."
        ),
    ),
    (
        message("Unknown"),
        message(
            "Records in which a field that the test needs is empty or unreadable: neither right nor wrong."
        ),
    ),
)


def build_glossary(index: Index) -> tuple[Fact, ...]:
    """Return the terms in the order of the alphabet, those of the audit method among them."""
    stated = dict(_TERMS) | index.run.conduct.method.terms
    terms = {translated(term): translated(meaning) for term, meaning in stated.items()}
    return tuple(
        Fact(label=term, lines=(meaning.replace("{open}", index.place("open")),))
        for term, meaning in sorted(terms.items(), key=lambda one: _place(one[0]))
    )


def _place(term: str) -> str:
    """Return what a term is sorted by: letters with marks stand among those without."""
    return normalize("NFKD", term).casefold()
