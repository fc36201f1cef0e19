"""What pages say in the language spoken that no template says: margins of print, and the filter of tables on the screen."""

from collections.abc import Sequence

from auditkit.base.language import ENGLISH, say, say_as, spoken
from auditkit.reporting import words
from auditkit.reporting.words import Mark

HYPHENATION = (
    "td, th, caption { hyphens: auto; hyphenate-limit-chars: 10 4 4; } .id, .ids { hyphens: manual; }"
)
"""Languages that write nouns as one word need it in narrow columns; English tables are set for words as they are."""


def page_words(*, draft: bool) -> str:
    """Return the sheet that goes after ``page.css``; on a draft the word stands on top of every page."""
    number = say("Page {page} of {pages}", page='" counter(page) "', pages='" counter(pages) "')
    behind = say("(page {page})", page='" target-counter(attr(href), page) "')
    rules = [
        f'@page {{ @bottom-right {{ content: "{number}"; }} }}',
        f'.see::after {{ content: " {behind}"; }}',
    ]
    if spoken() != ENGLISH:
        rules.append(HYPHENATION)
    if draft:
        word = say("DRAFT")
        rules.append(f'@page {{ @top-center {{ content: "{word}"; }} }}')
    return "\n".join(rules)


def filter_choices() -> list[tuple[str, str]]:
    """Return what the filter of tables offers, each with what it seeks in the column of verdicts: texts between bars."""
    nonconforming = (words.MAJOR, words.MINOR, words.NONCONFORMING, words.UNCONFIRMED)
    return [
        (say_as("filter", "nonconform"), _sought(nonconforming)),
        (say_as("filter", "not assessed"), _sought((words.NOT_ASSESSED,))),
        (say_as("filter", "conforms"), _sought((words.CONFORMS,))),
        (say_as("filter", "not met"), _sought((words.OUTCOMES["not_met"],))),
        (say_as("filter", "no evidence"), _sought((words.OUTCOMES["no_evidence"],))),
    ]


def _sought(marks: Sequence[Mark]) -> str:
    """Return what cells with these marks begin with; the symbol keeps a word from being found within another."""
    return "|".join(f"{one.symbol} {one.word}".lower() for one in marks)
