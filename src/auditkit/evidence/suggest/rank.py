"""Rank files by queries: each idea weighted as the vocabulary says; queries and files never meet but in the index."""

import math
from collections.abc import Mapping, Sequence

from auditkit.evidence.suggest.index import PassageIndex
from auditkit.evidence.suggest.model import Bonus, Found, Query
from auditkit.evidence.suggest.strengths import NOTHING, Strengths

Bonuses = Mapping[str, Mapping[str, Bonus]]
"""File to key of a query to what its name gives it."""


class Ranker:
    """Scores files by queries."""

    def __init__(self, index: PassageIndex, bonuses: Bonuses) -> None:
        """Keep the index and what the names of files say."""
        self.strengths = Strengths(index)
        self._files = index.files
        self._bonuses = bonuses
        self._positions = {file: position for position, file in enumerate(index.files)}

    def files(self, query: Query) -> tuple[Found, ...]:
        """Return the files a query finds, best first, equal scores in the order of names.

        A file must hold a named idea, and some passage of its text must hold something.
        """
        scores: dict[int, float] = {}
        named: set[int] = set()
        in_body: set[int] = set()
        for term in query.terms:
            for position, strength in self.strengths.of(term.wordings).items():
                scores[position] = scores.get(position, 0.0) + term.weight * strength.value
                if term.weight > 0 and term.label:
                    named.add(position)
                if term.weight > 0 and strength.in_body:
                    in_body.add(position)
        found: list[Found] = []
        for position in named & in_body:
            file = self._files[position]
            bonus = self.bonus(file, query.key)
            total = round(scores[position] + (bonus.weight if bonus else 0.0), 6)
            if total > 0:
                found.append(Found(query.key, file, total))
        return tuple(sorted(found, key=lambda one: (-one.score, one.file)))

    def by_file(self, queries: Sequence[Query]) -> dict[str, tuple[Found, ...]]:
        """Return for each file the queries that find it, best first; equal scores in the order of the queries."""
        found: dict[str, list[Found]] = {}
        for query in queries:
            for one in self.files(query):
                found.setdefault(one.file, []).append(one)
        return {file: tuple(sorted(found[file], key=lambda one: -one.score)) for file in sorted(found)}

    def closeness(self, query: Query, file: str) -> float:
        """Return how strongly one file holds a query, in proportion to how much the query asks."""
        position = self._positions[file]
        asked = math.sqrt(sum(term.weight for term in query.terms)) or 1.0
        held = sum(
            term.weight * self.strengths.of(term.wordings).get(position, NOTHING).value
            for term in query.terms
        )
        return round(held / asked, 6)

    def bonus(self, file: str, key: str) -> Bonus | None:
        """Return what the name of a file gives it for a query."""
        return self._bonuses.get(file, {}).get(key)

    def position(self, file: str) -> int:
        """Return the position of a file in the index."""
        return self._positions[file]
