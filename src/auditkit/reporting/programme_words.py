"""What the texts on programme and plan share: words, names, and lines of 80 columns."""

import textwrap
from collections.abc import Mapping

from auditkit.base.language import message, translated
from auditkit.reporting.words import Table, printable

WIDTH = 79
AUDIT_STATES = Table(
    {"planned": message("planned"), "done": message("done"), "cancelled": message("cancelled")}
)
RISKS = Table(
    {"high": message("high"), "medium": message("medium"), "low": message("low"), "": message("unrated")}
)
DOUBTS = Table(
    {
        "independence": message("independence"),
        "competence": message("competence"),
        "language": message("language"),
    }
)
Names = Mapping[str, str]


def person_name(person: str, names: Names) -> str:
    """Return a person's name with the id; the id alone where nobody knows the name."""
    return f"{names[person]} ({person})" if person in names else person


def cited(source: str) -> str:
    """Return where a rule comes from, in brackets."""
    return f"({translated(source).rstrip('.')})"


def wrapped(text: str, first: str = "", then: str = "") -> list[str]:
    """Return a text as lines that fit the terminal, the first and the further ones set in."""
    return textwrap.wrap(
        printable(text),
        WIDTH,
        initial_indent=first,
        subsequent_indent=then,
        break_on_hyphens=False,
        break_long_words=False,
    )
