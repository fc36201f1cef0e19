"""How an engagement is conducted: words, sections and rules of its kind and stage, and the audit method it follows.

A kind, its stages and an audit method are data (``checklists/engagement-kinds``, ``checklists/audit-methods``);
here are their types, and the pure step from a kind, a stage and a method to what one run follows.
"""

from datetime import date
from typing import Literal

from pydantic import Field

from auditkit.assessment.model import Grade
from auditkit.base.model import Record

NO_STAGE = "-"

WORD_KEYS = (
    "report_title",
    "ready",
    "not_ready",
    "major",
    "major_plural",
    "minor",
    "minor_plural",
    "observation",
    "observation_plural",
    "opportunity",
    "opportunity_plural",
    "good_practice",
    "good_practice_plural",
    "nonconforming",
    "findings_note",
    "recommendation",
    "audit_team",
    "lead_auditor",
    "auditee",
    "audit_client",
)
"""What a report may call otherwise; every kind words each of them. The keys are stable, for translations."""
SHORT_WORDS = ("major_short", "minor_short")
"""Shorter words for a grade, where a kind has them."""


class Rules(Record):
    """What may and must be done in an engagement of a kind."""

    independence: Literal["required", "advised"]
    """required: an auditor judges nothing in an own area without a recorded safeguard; advised: it is only said."""
    advice: Literal["refused", "allowed"]
    """Whether auditors may recommend remedies and estimate their effort."""
    gates: Literal["conclusion", "annex"]
    """Whether the readiness gates are part of the conclusion, or stand in an annex."""
    evidence_pack: Literal["expected", "allowed"]
    record_tests: Literal["decide", "inform"]
    """inform: what record tests find is an early warning, and the report says so."""
    clauses: Literal["all", "sampled"]
    """sampled: only the clauses of this visit are looked at; the others never count as conforming."""
    previous_findings: Literal["verified", "shown"]
    """verified: every nonconformity carried over must be dealt with in this engagement."""
    grades: tuple[Grade, ...]


class Sections(Record):
    """The sections of a report, by their ids; every section stands in exactly one of the three lists."""

    body: tuple[str, ...]
    """Numbered, in this order."""
    annexes: tuple[str, ...]
    """Lettered, in this order."""
    left_out: tuple[str, ...] = ()
    compulsory: tuple[str, ...] = ()
    """Those of the first two lists that stand even when they hold nothing; the others go when empty."""


class Stage(Record):
    """What a stage changes in its kind; what is not named stays as the kind says."""

    about: str
    words: dict[str, dict[str, str]] = {}
    """Language to key to wording."""
    independence: Literal["required", "advised"] | None = None
    advice: Literal["refused", "allowed"] | None = None
    record_tests: Literal["decide", "inform"] | None = None
    clauses: Literal["all", "sampled"] | None = None
    previous_findings: Literal["verified", "shown"] | None = None
    method: str | None = None
    grading: str | None = None
    compulsory: tuple[str, ...] = ()
    """Sections that stand at this stage even when they hold nothing."""
    added: tuple[str, ...] = ()
    """Sections that the kind leaves out and this stage shows, at the end of the numbered ones."""


class Kind(Record):
    """checklists/engagement-kinds/*.yaml."""

    id: str
    about: str
    method: str
    """The audit method, unless engagement.yaml names one."""
    grading: str
    """The grading scheme, unless engagement.yaml names one."""
    rules: Rules
    sections: Sections
    words: dict[str, dict[str, str]]
    """Language to key to wording; English has every key."""
    section_titles: dict[str, dict[str, str]] = {}
    """Language to section to a title other than the usual one."""
    stages: dict[str, Stage]
    """By stage; ``-`` is an engagement without one. A stage that is not named makes no sense for the kind."""


class ReportElement(Record):
    """Something that a method asks a report to contain, in our own words."""

    id: str
    title: str
    clause: str
    asks: str
    compulsory: bool = True
    shows: str = ""
    """The fact of the engagement that answers it; empty: ``statements`` of engagement.yaml, by the id."""


class AuditMethod(Record):
    """checklists/audit-methods/*.yaml: an edition of a standard on auditing, as far as reports follow it."""

    id: str
    standard: str
    edition: str
    title: str
    verb: Literal["recommends", "requires"]
    """Guidance recommends; only a standard with requirements requires."""
    about: str
    published_at: date | None = None
    withdrawn_at: date | None = None
    source_note: str
    terms: dict[str, str] = {}
    """Terms that a report explains, in our own words."""
    elements: tuple[ReportElement, ...]

    @property
    def name(self) -> str:
        """Return standard and edition, such as ``ISO 19011:2018``."""
        return f"{self.standard}:{self.edition}"


class Conduct(Record):
    """What one engagement follows: its kind, changed by its stage."""

    kind: str
    stage: str
    about: str
    rules: Rules
    sections: Sections
    words: dict[str, str]
    section_titles: dict[str, str]
    titled: bool = Field(default=False, exclude=True)
    """Whether the title of the report is one of the stage's own, and so names the stage already."""
    method: AuditMethod
    method_chosen: bool
    """True: engagement.yaml names the method; False: it is the default of the kind and stage."""


def conduct_of(kind: Kind, stage: str, method: AuditMethod, *, chosen: bool, language: str = "en") -> Conduct:
    """Apply a stage to its kind; KeyError when the kind has no such stage."""
    step = kind.stages[stage]
    names = ("independence", "advice", "record_tests", "clauses", "previous_findings")
    changed = {name: value for name in names if (value := getattr(step, name)) is not None}
    sections = kind.sections
    return Conduct(
        kind=kind.id,
        stage=stage,
        about=kind.about if stage == NO_STAGE else step.about,
        rules=kind.rules.model_copy(update=changed),
        sections=Sections(
            body=(*sections.body, *step.added),
            annexes=sections.annexes,
            left_out=tuple(one for one in sections.left_out if one not in step.added),
            compulsory=tuple(dict.fromkeys((*sections.compulsory, *step.compulsory))),
        ),
        words={
            **kind.words["en"],
            **step.words.get("en", {}),
            **(kind.words.get(language, {}) | step.words.get(language, {}) if language != "en" else {}),
        },
        section_titles={**kind.section_titles.get("en", {}), **kind.section_titles.get(language, {})},
        titled="report_title" in step.words.get("en", {}),
        method=method,
        method_chosen=chosen,
    )
