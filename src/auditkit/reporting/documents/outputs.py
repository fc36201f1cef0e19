"""The documents of a run in one table; a further document is a further row."""

from collections.abc import Mapping
from typing import NamedTuple

from auditkit.base.language import message


class Output(NamedTuple):
    """One document: what it is called, and which sections it prints."""

    id: str
    title: str
    """A message."""
    about: str
    """For the list of the command; English, as all help is."""
    body: tuple[str, ...]
    """Sections of the audit report or of `OWN_TITLES`, numbered in this order."""
    annexes: tuple[str, ...] = ()
    """The same, lettered."""
    titles: Mapping[str, str] = {}
    """Titles of sections that are called otherwise here, unless the kind of the engagement has its own."""
    needs: str = ""
    """The section without which the document makes no sense; a kind that leaves it out has no such document."""
    brief: bool = True
    """It begins with what it says instead of a cover and contents."""


OWN_TITLES = {
    "checklist": message("Documents that are asked for"),
    "quick_wins": message("Quick wins"),
    "resources": message("Effort and cost"),
    "scorecard": message("Scorecard by process"),
    "open_findings": message("Open nonconformities"),
    "forms": message("Nonconformities"),
    "evidence": message("Received evidence"),
    "requests": message("Requests and their answers"),
    "unregistered": message("Files that are not registered"),
    "programme": message("Audit programme"),
    "coverage": message("Coverage over the cycle"),
    "audit_plan": message("Audit plan"),
    "scope": message("What the assessment covers"),
    "not_in_scope": message("What it does not cover"),
}
"""Sections that only documents have, with their titles."""

OUTPUTS: tuple[Output, ...] = (
    Output(
        "gap-analysis",
        message("Gap analysis report"),
        "Gap analysis: result, gap register, documents, record tests, roadmap, effort",
        ("summary", "audit", "conclusion", "clauses", "findings", "checklist", "tests", "plan", "quick_wins",
         "resources", "lenses", "guidance", "capability", "impact", "further", "open"),
        ("candidates", "register", "verdicts", "method", "trace"),
        titles={"conclusion": message("Overall result"), "findings": message("Gap register"), "plan": message("Roadmap")},
        brief=False,
    ),
    Output(
        "readiness",
        message("Certification readiness report"),
        "Certification readiness: gates, forecast, scorecard, stage 1 documents, what is open",
        ("summary", "gates", "scorecard", "open_findings", "checklist", "plan", "conclusion", "open"),
        brief=False,
    ),
    Output(
        "nonconformities",
        message("Nonconformity reports"),
        "Nonconformity reports: a page to answer and sign for each confirmed nonconformity",
        ("forms",),
    ),
    Output(
        "improvement-plan",
        message("Improvement plan"),
        "Improvement plan: items, order, effort and cost, what opens the gates, proof",
        ("plan", "resources", "gates"),
        needs="plan",
    ),
    Output(
        "evidence-index",
        message("Evidence index"),
        "Evidence index: every file with digest, what it bears on, requests and answers",
        ("evidence", "unregistered", "requests"),
    ),
    Output(
        "programme",
        message("Audit programme and audit plan"),
        "Audit programme and audit plan: areas, audits, coverage, team, timetable",
        ("programme", "coverage", "audit_plan"),
    ),
    Output(
        "scope",
        message("Statement of scope"),
        "Statement of scope: what is assessed against what, what is not and why",
        ("scope", "not_in_scope"),
    ),
)  # fmt: skip
