"""Headers as words: taken apart, freed of case, accents and compounds, and laid on what means the same."""

import re
import unicodedata
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

from pydantic import ConfigDict

from auditkit.base.issue import InputIssue
from auditkit.base.model import Record
from auditkit.base.yamltext import load_model

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
_CUSTOM = re.compile(r"custom field \((.+)\)", re.IGNORECASE)
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_LINKS = ("", "s", "n", "en", "es", "er")
_SHORTEST_COMPOUND = 7
_SHORTEST_PART = 3
_GENERIC_WEIGHT = 0.25
_TELLING, _LESS_FOR_LONE = ("by", "text"), 0.8


class Kind(Record):
    """Words that name a kind of record."""

    words: tuple[str, ...] = ()
    prefixes: tuple[str, ...] = ()
    """What the numbers of its records begin with."""


class MappingWords(Record):
    """checklists/mapping-words.yaml."""

    model_config = ConfigDict(frozen=True, extra="forbid", ignored_types=(cached_property,))

    generic: tuple[str, ...] = ()
    """Concepts that say little by themselves."""
    noise: tuple[str, ...] = ()
    """Words that say nothing."""
    concepts: dict[str, tuple[str, ...]] = {}
    """Concept to the words that mean it."""
    phrases: dict[str, tuple[str, ...]] = {}
    """Field to further headers, whatever the dataset."""
    kinds: dict[str, Kind] = {}
    """Dataset to the words that name its records."""
    values: dict[str, tuple[str, ...]] = {}
    """Canonical value to words for it."""
    yes: tuple[str, ...] = ()
    """Further words for true."""
    no: tuple[str, ...] = ()
    """Further words for false."""

    @cached_property
    def concept_of(self) -> dict[str, str]:
        """Return word to concept; the words of a kind of record mean that kind, if nothing else."""
        kinds = {plain(word): kind for kind, entry in self.kinds.items() for word in entry.words}
        words = {plain(word): concept for concept, several in self.concepts.items() for word in several}
        return {**kinds, **words}

    @cached_property
    def _silent(self) -> frozenset[str]:
        return frozenset(map(plain, self.noise))

    def ideas(self, header: str) -> frozenset[str]:
        """Return the concepts of a header; a word that means none stands for itself."""
        found: list[str] = []
        for word in split_words(header):
            if word not in self._silent:
                found += self._meaning(word)
        return frozenset(found)

    def _meaning(self, word: str) -> tuple[str, ...]:
        for form in (word, word.removesuffix("s"), word.removesuffix("n")):
            if form in self.concept_of:
                return (self.concept_of[form],)
        parts = self._parts(word) if len(word) >= _SHORTEST_COMPOUND else None
        return parts or (word,)

    def _parts(self, word: str) -> tuple[str, ...] | None:
        """Return the concepts of the words a compound is made of; None when it cannot be taken apart wholly."""
        if word in self.concept_of:
            return (self.concept_of[word],)
        for end in range(len(word) - _SHORTEST_PART, _SHORTEST_PART - 1, -1):
            head = self.concept_of.get(word[:end])
            if head is None:
                continue
            for link in _LINKS:
                if word[end:].startswith(link):
                    rest = self._parts(word[end + len(link) :])
                    if rest is not None:
                        return (head, *rest)
        return None

    def likeness(self, one: frozenset[str], other: frozenset[str]) -> float:
        """Return how much two sets of concepts have in common, 0 to 1; generic ones count a quarter.

        Who did something, or what is said of it, is another thing than when: a lone ``by`` or ``text`` takes away.
        """
        common = 2 * self._weight(one & other) / max(self._weight(one) + self._weight(other), _GENERIC_WEIGHT)
        return common * _LESS_FOR_LONE ** sum(idea in one ^ other for idea in _TELLING)

    def _weight(self, ideas: Iterable[str]) -> float:
        return sum(_GENERIC_WEIGHT if idea in self.generic else 1.0 for idea in ideas)


def load_mapping_words(path: Path, file: str) -> tuple[MappingWords, tuple[InputIssue, ...]]:
    """Load the words; without them only profiles and field names are known."""
    loaded = load_model(path, file, MappingWords)
    return loaded.model or MappingWords(), loaded.issues


def split_words(header: str) -> list[str]:
    """Return the words of a header in small letters without accents."""
    custom = _CUSTOM.fullmatch(header.strip())
    text = custom[1] if custom else header
    return re.findall(r"[^\W_]+", plain(_HUMP.sub(" ", text.translate(_UMLAUTS))))


def plain(text: str) -> str:
    """Return a text in small letters without accents; umlauts are written out."""
    bare = unicodedata.normalize("NFKD", text.translate(_UMLAUTS))
    return "".join(letter for letter in bare if not unicodedata.combining(letter)).casefold()
