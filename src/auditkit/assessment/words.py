"""Outcomes and grades inside the sentences of these rooms; reports have words of their own for them."""

from auditkit.assessment.model import Grade, Outcome
from auditkit.base.language import say, say_as


def outcome_word(outcome: Outcome) -> str:
    """Return an outcome in the language spoken."""
    return {
        "met": say("met"),
        "not_met": say("not met"),
        "no_evidence": say("no evidence"),
        "not_testable": say("not testable"),
        "not_applicable": say("not applicable"),
        "error": say("error"),
    }[outcome]


def grade_word(grade: Grade) -> str:
    """Return a grade in the language spoken."""
    return {
        "major": say_as("grade", "major"),
        "minor": say_as("grade", "minor"),
        "observation": say_as("grade", "observation"),
        "opportunity": say_as("grade", "opportunity"),
        "good_practice": say_as("grade", "good_practice"),
    }[grade]
