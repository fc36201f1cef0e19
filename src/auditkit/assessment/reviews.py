"""The nouns of reviews: a second person's look at judgements."""

from datetime import date

from pydantic import Field

from auditkit.base.model import Record, is_unset


class Review(Record):
    """A second person's look at a judgement."""

    judgement: str
    by: str
    """Person id of engagement.yaml; not the one who judged."""
    at: date
    agrees: bool
    note: str = ""
    """What was looked at; compulsory where the reviewer does not agree."""
    safeguard: str = Field(default="", exclude_if=is_unset)


class ReviewFile(Record):
    """workpapers/reviews/*.yaml: who reviewed which judgement."""

    reviews: tuple[Review, ...]
