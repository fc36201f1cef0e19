"""The nouns of priority: a scheme as data, and what it makes of one plan item."""

from fractions import Fraction
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from auditkit.base.model import Record

Fact = Literal[
    "grade",
    "blocks_certification",
    "blockers",
    "record_months",
    "exception_share",
    "effort_days",
    "cost",
    "criticality",
    "enables",
    "route",
    "score",
]
Number = Annotated[float, Field(ge=-1_000_000, le=1_000_000)]
FACTS_IN_WORDS: dict[str, tuple[str, ...]] = {
    "grade": ("major", "minor", "observation", "opportunity"),
    "blocks_certification": ("yes", "no"),
    "route": ("process_owner", "project"),
}
"""Facts that are words, with every word they can be; a scheme gives each word its number."""


class SchemeInput(Record):
    """One input of a scheme: where it comes from, and the numbers it can be."""

    name: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    of: Fact
    """What is known of a plan item; ``score``: the number people gave under this name."""
    range: tuple[Number, Number] | None = None
    """Lowest and highest number; what lies beyond counts as the end. An unknown value counts as the more urgent end."""
    table: dict[str, Number] = {}
    """Word to number, for facts that are words."""
    about: str

    @model_validator(mode="after")
    def _is_bounded(self) -> Self:
        if (self.of in FACTS_IN_WORDS) != bool(self.table) or bool(self.table) == (self.range is not None):
            raise ValueError("an input of words needs a table, one of numbers a range, and none needs both")
        if self.range is not None and not self.range[0] < self.range[1]:
            raise ValueError("the range must rise")
        missing = [word for word in FACTS_IN_WORDS.get(self.of, ()) if word not in self.table]
        if missing:
            raise ValueError(f"the table lacks {', '.join(missing)}")
        return self

    @property
    def bounds(self) -> tuple[Fraction, Fraction]:
        """Return the least and the greatest number it can be."""
        numbers = [exact(one) for one in (self.range or self.table.values())]
        return min(numbers), max(numbers)


class Term(Record):
    """A part of a formula: an input, or an operator on parts. Exactly one of its kinds is given."""

    input: str | None = None
    sum: tuple["Term", ...] = ()
    """Weighted sum of parts."""
    product: tuple["Term", ...] = ()
    ratio: tuple["Term", "Term"] | None = None
    """The first by the second."""
    weight: Number = 1
    """Factor of the whole part; the sensitivity analysis moves those of the parts of sums."""

    @model_validator(mode="after")
    def _is_one_thing(self) -> Self:
        kinds = [self.input is not None, bool(self.sum), bool(self.product), self.ratio is not None]
        if kinds.count(True) != 1:
            raise ValueError("give exactly one of input, sum, product and ratio")
        return self

    @property
    def parts(self) -> tuple["Term", ...]:
        """Return the parts it works on."""
        return self.sum or self.product or self.ratio or ()


class PriorityScheme(Record):
    """checklists/priority/*.yaml: how plan items are put in order."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    title: str
    about: str
    source: str
    """Where the scheme and its numbers come from."""
    inputs: tuple[SchemeInput, ...] = Field(min_length=1)
    order: tuple[Term, ...] = Field(min_length=1)
    """Compared one after the other, the greater value first; one term alone is a plain score."""


class InputShown(Record):
    """One input of one plan item, as it went into the reckoning."""

    name: str
    given: str
    """As it is known; empty: it is not known."""
    number: str
    assumed: bool = False
    """It is not known, and the most urgent value was taken."""
    note: str = ""


class Priority(Record):
    """The place of one plan item, with everything it was reckoned from."""

    item: str
    rank: int
    values: tuple[str, ...]
    """One value a term of the order."""
    arithmetic: tuple[str, ...]
    """Such as ``0.5 x 10 + 0.5 x 3 = 6.5``, one line a term."""
    inputs: tuple[InputShown, ...]
    tied: bool = False
    """Another item has the same values; the id decided."""


class Moved(Record):
    """What changes when one weight moves."""

    weight: str
    """Where it stands in the formula."""
    was: str
    becomes: str
    changed: tuple[str, ...]
    """``CA-002 3 -> 2``, every item whose place changes."""
    top_stays: bool
    """Whether the same items are among the first ones."""


class Sensitivity(Record):
    """How far the order depends on the weights of a scheme."""

    scheme: str
    share_percent: int
    items: int
    """How many plan items were put in order: those on confirmed findings."""
    top: int
    """How many first places were looked at."""
    moves: tuple[Moved, ...]
    """Empty: the scheme has no weights, so none can move the order."""

    @property
    def stable(self) -> bool:
        """Tell whether the first places hold the same items however one weight moves."""
        return all(one.top_stays for one in self.moves)


def exact(number: float) -> Fraction:
    """Return the number as it was written."""
    return Fraction(str(number))
