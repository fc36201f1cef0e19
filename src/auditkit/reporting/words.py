"""The vocabulary of a report: one word and one shape for every value, legible without colour."""

import re
from collections.abc import Iterator, Mapping
from typing import TypeVar

from pydantic import Field, computed_field

from auditkit.base.language import message, say, translated
from auditkit.base.model import Record

Key = TypeVar("Key", str, int)

_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)


class Mark(Record):
    """A value as a page shows it: a shape, a word, and the key that styles use."""

    key: str
    symbol: str
    said: str = Field(exclude=True)
    """The word in English, or as a kind of engagement words it."""

    @computed_field  # type: ignore[prop-decorator]
    @property
    def word(self) -> str:
        """Return the word in the language spoken."""
        return translated(self.said)


class Table(Mapping[Key, str]):
    """Words by key, each in the language spoken when it is asked for."""

    def __init__(self, said: Mapping[Key, str]) -> None:
        """Keep the words in English."""
        self._said: Mapping[Key, str] = said

    def __getitem__(self, key: Key) -> str:
        """Return the word of a key."""
        return translated(self._said[key])

    def __iter__(self) -> Iterator[Key]:
        """Go through the keys in their order."""
        return iter(self._said)

    def __len__(self) -> int:
        """Return the number of words."""
        return len(self._said)


CONFORMS = Mark(key="conforms", symbol="●", said=message("conforms"))
MAJOR = Mark(key="major", symbol="■", said=message("major nonconformity"))
MINOR = Mark(key="minor", symbol="▲", said=message("minor nonconformity"))
NONCONFORMING = Mark(key="nonconforming", symbol="▲", said=message("nonconforming"))
CANDIDATES = {
    "major": Mark(key="unconfirmed", symbol="△", said=message("candidate, graded major")),
    "minor": Mark(key="unconfirmed", symbol="△", said=message("candidate, graded minor")),
}
"""The grade a rule proposes; hollow, because nobody confirmed it."""
UNCONFIRMED = Mark(key="unconfirmed", symbol="△", said=message("nonconforming, candidate"))
NOT_ASSESSED = Mark(key="open", symbol="○", said=message("not assessed"))
NOT_IN_VISIT = Mark(key="open", symbol="○", said=message("not in this visit"))
NOT_APPLICABLE = Mark(key="none", symbol="–", said=message("not applicable"))
NO_REQUIREMENT = Mark(key="none", symbol="·", said=message("heading only"))
PASSED = Mark(key="conforms", symbol="●", said=message("passed"))
BLOCKED = Mark(key="major", symbol="■", said=message("blocked"))

GRADES = {
    "major": MAJOR,
    "minor": MINOR,
    "observation": Mark(key="observation", symbol="◆", said=message("observation")),
    "opportunity": Mark(key="opportunity", symbol="□", said=message("opportunity for improvement")),
    "good_practice": Mark(key="good", symbol="✓", said=message("good practice")),
}
"""Grade to mark, worst first: the order of findings in a report. A kind of engagement may word them otherwise."""

ALIGNMENTS = {
    "followed": Mark(key="conforms", symbol="●", said=message("followed")),
    "partly": Mark(key="observation", symbol="◐", said=message("followed in part")),
    "not_followed": Mark(key="opportunity", symbol="□", said=message("not followed")),
    "not_assessed": NOT_ASSESSED,
}
"""Alignment with guidance; never a nonconformity."""

OUTCOMES = {
    "met": Mark(key="conforms", symbol="●", said=message("met")),
    "not_met": Mark(key="nonconforming", symbol="▲", said=message("not met")),
    "no_evidence": Mark(key="open", symbol="○", said=message("no evidence")),
    "not_testable": Mark(key="open", symbol="○", said=message("not testable")),
    "not_applicable": NOT_APPLICABLE,
    "error": Mark(key="open", symbol="×", said=message("error")),
}

SEVERITIES = {
    "error": Mark(key="major", symbol="■", said=message("error")),
    "warning": Mark(key="minor", symbol="▲", said=message("warning")),
    "note": Mark(key="open", symbol="○", said=message("note")),
}

STAGES = Table(
    {
        "1": message("stage 1"),
        "2": message("stage 2"),
        "surveillance": message("surveillance"),
        "recertification": message("recertification"),
    }
)
BASES = Table(
    {
        "standard": message("standard"),
        "own_rule": message("own rule"),
        "good_practice": message("good practice"),
    }
)
SOURCES = Table(
    {
        "standard": message("standard"),
        "own_rule": message("own rule"),
        "house_default": message("house default"),
    }
)
ROUTES = Table({"process_owner": message("process owner"), "project": message("project")})
STRENGTHS = Table(
    {0: message("nothing"), 1: message("statement"), 2: message("document"), 3: message("records examined")}
)
READINGS = Table(
    {"read": message("read"), "partly_read": message("partly read"), "skipped": message("not read")}
)
EVIDENCE_KINDS = Table(
    {
        "document": message("document"),
        "record_export": message("record export"),
        "statement": message("statement"),
        "observation": message("observation"),
    }
)
ANSWERS = Table(
    {
        "open": message("open"),
        "received": message("received"),
        "refused": message("refused"),
        "does_not_exist": message("does not exist"),
    }
)
STATES = Table(
    {
        "raised": message("raised, no answer yet"),
        "answered": message("answered, plan not yet accepted"),
        "plan_accepted": message("plan accepted"),
        "implemented": message("implemented, effect not yet verified"),
        "verified_effective": message("verified effective, not yet closed"),
        "closed": message("closed"),
        "reopened": message("reopened"),
        "rejected": message("rejected"),
    }
)
CERTAINTIES = Table(
    {
        "exact": message("the clause and the count of its items are well established"),
        "estimate": message("the split into points, or their letters, is our best knowledge"),
        "licensed-checked": message("somebody compared it with a licensed copy"),
    }
)


VALUES = Table(
    {
        "conforms": message("conforms"),
        "nonconforming": message("nonconforming"),
        "not_assessed": message("not assessed"),
        "not_applicable": message("not applicable"),
        "no_requirement": message("no requirement"),
    }
)
"""The value of a verdict."""
SHORT_GRADES = Table(
    {
        "major": message("major"),
        "minor": message("minor"),
        "observation": message("observation"),
        "opportunity": message("opportunity"),
        "good_practice": message("good practice"),
    }
)
"""Grades in an aside, whatever a kind of engagement calls them in full."""
STANDINGS = Table({"candidate": message("candidate"), "confirmed": message("confirmed")})


CERTAINTY_NAMES = Table(
    {
        "exact": message("exact"),
        "estimate": message("estimate"),
        "licensed-checked": message("licensed-checked"),
    }
)


def spaced(text: str) -> str:
    """Word an identifier of the models: ``own_rule`` becomes ``own rule``."""
    return text.replace("_", " ")


def lifted(text: str) -> str:
    """Give a phrase its capital; the rest stays, for nouns inside may have capitals of their own."""
    return f"{text[:1].upper()}{text[1:]}"


def sentence(text: str) -> str:
    """Give a phrase its capital and its full stop; other text stays as it is."""
    stripped = text.strip()
    if not stripped:
        return ""
    end = "" if stripped[-1] in ".!?:" else "."
    return f"{lifted(stripped)}{end}"


def printable(text: str) -> str:
    """Put a question mark in place of control characters and of marks that reverse the reading direction."""
    return _UNPRINTABLE.sub("?", text)


STEPS = Table(
    {
        "answer": message("answered"),
        "return": message("answer returned"),
        "accept_plan": message("plan accepted"),
        "implement": message("implemented"),
        "verify": message("verified effective"),
        "close": message("closed"),
        "reopen": message("opened again"),
        "reject": message("rejected"),
        "regrade": message("grade changed"),
        "merge": message("merged"),
        "split": message("split"),
        "note": message("remark"),
    }
)
"""What happened to a finding."""

REDACTED = Table(
    {
        "auditee": message(
            "Names of persons of the auditee and the client are replaced by roles and numbers."
        ),
        "all": message("Names of all persons, auditors included, are replaced by roles and numbers."),
    }
)
"""Whose names were taken out."""


def redacted(whose: str) -> str:
    """Say whose names were taken out, and what may be left; empty where nobody's were."""
    if whose not in REDACTED:
        return ""
    left = say(
        "Figures are those of the full report. Names that stand in no register, no field of persons and no heading of a "
        "document are not known, so the report should be read before it is passed on."
    )
    return f"{REDACTED[whose]} {left}"
