"""The vocabulary of a report: one word and one shape for every value, legible without colour."""

import re

from auditkit.base.model import Record

_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)


class Mark(Record):
    """A value as a page shows it: a shape, a word, and the key that styles use."""

    key: str
    symbol: str
    word: str


CONFORMS = Mark(key="conforms", symbol="●", word="conforms")
MAJOR = Mark(key="major", symbol="■", word="major nonconformity")
MINOR = Mark(key="minor", symbol="▲", word="minor nonconformity")
NONCONFORMING = Mark(key="nonconforming", symbol="▲", word="nonconforming")
CANDIDATES = {
    "major": Mark(key="unconfirmed", symbol="△", word="candidate, graded major"),
    "minor": Mark(key="unconfirmed", symbol="△", word="candidate, graded minor"),
}
"""The grade a rule proposes; hollow, because nobody confirmed it."""
UNCONFIRMED = Mark(key="unconfirmed", symbol="△", word="nonconforming, candidate")
NOT_ASSESSED = Mark(key="open", symbol="○", word="not assessed")
NOT_IN_VISIT = Mark(key="open", symbol="○", word="not in this visit")
NOT_APPLICABLE = Mark(key="none", symbol="–", word="not applicable")
NO_REQUIREMENT = Mark(key="none", symbol="·", word="heading only")
PASSED = Mark(key="conforms", symbol="●", word="passed")
BLOCKED = Mark(key="major", symbol="■", word="blocked")

GRADES = {
    "major": MAJOR,
    "minor": MINOR,
    "observation": Mark(key="observation", symbol="◆", word="observation"),
    "opportunity": Mark(key="opportunity", symbol="□", word="opportunity for improvement"),
    "good_practice": Mark(key="good", symbol="✓", word="good practice"),
}
"""Grade to mark, worst first: the order of findings in a report. A kind of engagement may word them otherwise."""

ALIGNMENTS = {
    "followed": Mark(key="conforms", symbol="●", word="followed"),
    "partly": Mark(key="observation", symbol="◐", word="followed in part"),
    "not_followed": Mark(key="opportunity", symbol="□", word="not followed"),
    "not_assessed": NOT_ASSESSED,
}
"""Alignment with guidance; never a nonconformity."""

OUTCOMES = {
    "met": Mark(key="conforms", symbol="●", word="met"),
    "not_met": Mark(key="nonconforming", symbol="▲", word="not met"),
    "no_evidence": Mark(key="open", symbol="○", word="no evidence"),
    "not_testable": Mark(key="open", symbol="○", word="not testable"),
    "not_applicable": NOT_APPLICABLE,
    "error": Mark(key="open", symbol="×", word="error"),
}

SEVERITIES = {
    "error": Mark(key="major", symbol="■", word="error"),
    "warning": Mark(key="minor", symbol="▲", word="warning"),
    "note": Mark(key="open", symbol="○", word="note"),
}

STAGES = {
    "1": "stage 1",
    "2": "stage 2",
    "surveillance": "surveillance",
    "recertification": "recertification",
}
BASES = {"standard": "standard", "own_rule": "own rule", "good_practice": "good practice"}
SOURCES = {"standard": "standard", "own_rule": "own rule", "house_default": "house default"}
ROUTES = {"process_owner": "process owner", "project": "project"}
STRENGTHS = {0: "nothing", 1: "statement", 2: "document", 3: "records examined"}
READINGS = {"read": "read", "partly_read": "partly read", "skipped": "not read"}
EVIDENCE_KINDS = {
    "document": "document",
    "record_export": "record export",
    "statement": "statement",
    "observation": "observation",
}
ANSWERS = {
    "open": "open",
    "received": "received",
    "refused": "refused",
    "does_not_exist": "does not exist",
}
STATES = {
    "raised": "raised, no answer yet",
    "answered": "answered, plan not yet accepted",
    "plan_accepted": "plan accepted",
    "implemented": "implemented, effect not yet verified",
    "verified_effective": "verified effective, not yet closed",
    "closed": "closed",
    "reopened": "reopened",
    "rejected": "rejected",
}
CERTAINTIES = {
    "exact": "the clause and the count of its items are well established",
    "estimate": "the split into points, or their letters, is our best knowledge",
    "licensed-checked": "somebody compared it with a licensed copy",
}


def spaced(text: str) -> str:
    """Word an identifier of the models: ``own_rule`` becomes ``own rule``."""
    return text.replace("_", " ")


def sentence(text: str) -> str:
    """Give a phrase its capital and its full stop; other text stays as it is."""
    stripped = text.strip()
    if not stripped:
        return ""
    end = "" if stripped[-1] in ".!?:" else "."
    return f"{stripped[0].upper()}{stripped[1:]}{end}"


def printable(text: str) -> str:
    """Put a question mark in place of control characters and of marks that reverse the reading direction."""
    return _UNPRINTABLE.sub("?", text)


STEPS = {
    "answer": "answered",
    "return": "answer returned",
    "accept_plan": "plan accepted",
    "implement": "implemented",
    "verify": "verified effective",
    "close": "closed",
    "reopen": "opened again",
    "reject": "rejected",
    "regrade": "grade changed",
    "merge": "merged",
    "split": "split",
    "note": "remark",
}
"""What happened to a finding."""

_LEFT = (
    "Figures are those of the full report. Names that stand in no register, no field of persons and no heading of a "
    "document are not known, so the report should be read before it is passed on."
)
REDACTED = {
    "auditee": f"Names of persons of the auditee and the client are replaced by roles and numbers. {_LEFT}",
    "all": f"Names of all persons, auditors included, are replaced by roles and numbers. {_LEFT}",
}
