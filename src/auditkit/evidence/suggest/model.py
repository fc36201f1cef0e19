"""The nouns of suggesting: the curated vocabulary, the queries made of it, and what they find."""

from typing import NamedTuple

from pydantic import Field, model_validator

from auditkit.base.model import Record


class Term(Record):
    """One idea with all its wordings; whatever holds any of them holds the idea once."""

    say: tuple[str, ...] = Field(min_length=1)
    """English wordings, the one an explanation shows first. A trailing ``*`` stands for any ending."""
    de: tuple[str, ...] = ()
    """German wordings."""
    weight: float = Field(gt=0, le=3)
    """3: names the subject of the clause by itself; 2: typical of it; 1: usual there, but elsewhere too."""


class ClauseVocabulary(Record):
    """The words that give a clause away. Those of a heading hold for the clauses below it too."""

    clause: str
    terms: tuple[Term, ...]
    against: tuple[Term, ...] = ()
    """Wordings that look alike and belong elsewhere; they take away."""


class Vocabulary(Record):
    """checklists/vocabulary/<catalog>.yaml."""

    catalog: str
    clauses: tuple[ClauseVocabulary, ...]

    @model_validator(mode="after")
    def _once(self) -> "Vocabulary":
        seen: set[str] = set()
        for one in self.clauses:
            if one.clause in seen:
                raise ValueError(f"clause {one.clause} stands twice")
            seen.add(one.clause)
        return self


class QueryTerm(NamedTuple):
    """One idea a query looks for."""

    label: str
    """What an explanation calls it; empty: too small to be named, as the single words of a statement are."""
    wordings: tuple[str, ...]
    weight: float
    """Below zero for what speaks against."""


class Query(NamedTuple):
    """What a clause, requirement or point is recognised by."""

    key: str
    terms: tuple[QueryTerm, ...]


class Bonus(NamedTuple):
    """A file is named like a document that belongs to the query."""

    label: str
    weight: float


class Found(NamedTuple):
    """A file that a query found."""

    key: str
    """The key of the query."""
    file: str
    score: float
    """Comparable within one run only; it says nothing about conformity."""
