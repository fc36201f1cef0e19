"""How strongly each file holds an idea: the usual measure of BM25, counted in passages."""

import math
from typing import NamedTuple

from auditkit.evidence.suggest.index import NAME, PassageIndex

SATURATION = 2.0
"""Passages that hold an idea until half of its strength is reached."""
LENGTH = 0.25
"""How far a long file needs more passages for the same strength: 0 not at all, 1 in proportion."""
HEADING, NAMED = 1.5, 3.0
"""How many passages an idea in a heading, and one in the name of the file, counts for."""


class Strength(NamedTuple):
    """How strongly a file holds an idea."""

    value: float
    in_body: bool
    """Some passage of its text holds it; headings and names alone show nothing."""


NOTHING = Strength(0.0, False)


class Strengths:
    """The strengths of all files by idea. An idea is looked up once, however many queries share it."""

    def __init__(self, index: PassageIndex) -> None:
        """Keep the index."""
        self.index = index
        self._average = sum(index.sizes) / max(1, len(index.sizes)) or 1.0
        self._known: dict[tuple[str, ...], dict[int, Strength]] = {}

    def of(self, wordings: tuple[str, ...]) -> dict[int, Strength]:
        """Return the strength of an idea by the position of the files that hold it."""
        if wordings not in self._known:
            self._known[wordings] = self._measure(wordings)
        return self._known[wordings]

    def rarity(self, wordings: tuple[str, ...]) -> float:
        """Return the root of the inverse document frequency; the root, because the files of one audit share a subject."""
        return self._rarity(len(self.of(wordings)))

    def _measure(self, wordings: tuple[str, ...]) -> dict[int, Strength]:
        counts: dict[int, float] = {}
        in_body: set[int] = set()
        for number in self.index.find(wordings):
            position, place = self.index.file_of[number], self.index.place_of[number]
            weight = 1.0 if place > NAME else NAMED if place == NAME else HEADING
            counts[position] = counts.get(position, 0.0) + weight
            if place > NAME:
                in_body.add(position)
        rarity = self._rarity(len(counts))
        return {
            position: Strength(rarity * count / (count + self._half(position)), position in in_body)
            for position, count in counts.items()
        }

    def _rarity(self, holding: int) -> float:
        return math.sqrt(math.log(1 + (len(self.index.files) - holding + 0.5) / (holding + 0.5)))

    def _half(self, position: int) -> float:
        return SATURATION * (1 - LENGTH + LENGTH * self.index.sizes[position] / self._average)
