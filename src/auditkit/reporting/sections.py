"""The sections of a report: their ids and titles, and their order and numbers in one report (pure)."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from auditkit.assessment.conduct import Sections
from auditkit.base.language import message, say, translated
from auditkit.reporting.model import Run

TITLES = {
    "summary": message("Management summary"),
    "gates": message("Readiness gates"),
    "audit": message("The audit"),
    "conclusion": message("Conclusion"),
    "clauses": message("Results by clause"),
    "lenses": message("Results by lens"),
    "findings": message("Findings in full"),
    "plan": message("Improvement plan"),
    "open": message("Not assessed, and why"),
    "guidance": message("Alignment with guidance"),
    "further": message("Further criteria"),
    "previous": message("Carried over from an earlier engagement"),
    "capability": message("Capability of processes"),
    "impact": message("Business impact"),
    "cycle": message("The cycle of certification"),
    "candidates": message("Candidate findings, not confirmed"),
    "tests": message("Record tests"),
    "register": message("Evidence register and requests"),
    "verdicts": message("Verdict on every requirement"),
    "method": message("Method, parameters and limits"),
    "trace": message("Trace and glossary"),
}
"""Every section there is, with its usual title; a kind may call it otherwise."""

ALWAYS = ("summary", "conclusion", "clauses", "findings", "open", "candidates", "verdicts", "method", "trace")
"""What no kind may leave out: without these, something that is not known could vanish from a report."""

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Section(NamedTuple):
    """One section of one report."""

    id: str
    number: str
    """A number in the body, a letter among the annexes."""
    title: str

    @property
    def place(self) -> str:
        """Return how a sentence refers to it: ``section 8`` or ``Annex A``."""
        if self.is_annex:
            return say("Annex {letter}", letter=self.number)
        return say("section {number}", number=self.number)

    @property
    def is_annex(self) -> bool:
        """Tell whether it stands among the annexes."""
        return self.number.isalpha()


def arrange(run: Run) -> tuple[Section, ...]:
    """Return the sections of a report in their order, numbered; those that hold nothing go unless compulsory."""
    sections, titles = run.conduct.sections, run.conduct.section_titles
    empty = {name for name, holds in _HOLDS.items() if not holds(run)} - set(sections.compulsory)
    body = [one for one in sections.body if one not in empty]
    annexes = [one for one in sections.annexes if one not in empty]
    numbered = [(one, str(number)) for number, one in enumerate(body, 1)]
    numbered += list(zip(annexes, _LETTERS, strict=False))
    return tuple(Section(one, number, titles.get(one) or translated(TITLES[one])) for one, number in numbered)


def section_faults(sections: Sections) -> tuple[str, ...]:
    """Say why a report cannot be arranged so: every section stands in exactly one list, and some are never left out."""
    stated = (*sections.body, *sections.annexes, *sections.left_out)
    faults = [f"There is no section {one}." for one in dict.fromkeys(stated) if one not in TITLES]
    faults += [
        f"The section {one} stands nowhere; leave it out by name." for one in TITLES if one not in stated
    ]
    faults += [f"The section {one} stands twice." for one in dict.fromkeys(stated) if stated.count(one) > 1]
    faults += [f"The section {one} cannot be left out." for one in ALWAYS if one in sections.left_out]
    shown = (*sections.body, *sections.annexes)
    faults += [
        f"The section {one} is compulsory and stands nowhere."
        for one in sections.compulsory
        if one not in shown
    ]
    return tuple(faults)


_HOLDS: Mapping[str, Callable[[Run], bool]] = {
    "guidance": lambda run: bool(run.guidance),
    "further": lambda run: bool(run.further),
    "previous": lambda run: bool(run.previous),
    "capability": lambda run: bool(run.capability),
    "impact": lambda run: run.impact is not None,
    "cycle": lambda run: bool(run.previous),
    "lenses": lambda run: bool(run.lenses),
    "plan": lambda run: bool(run.plan or run.proofs),
    "tests": lambda run: bool(run.record_tests),
    "register": lambda run: bool(run.items or run.files or run.requests),
    "gates": lambda run: bool(run.gates),
}
"""By section that may hold nothing: whether it holds something in a run."""
