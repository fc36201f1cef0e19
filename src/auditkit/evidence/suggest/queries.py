"""Queries from the vocabulary of a clause and from the words of what is asked (pure)."""

import math
import re
from collections.abc import Iterable, Mapping, Sequence

from auditkit.evidence.suggest.model import QueryTerm, Vocabulary

_WORD = re.compile(r"[^\W\d_]{3,}")
_COMMON_SHARE = 0.2
"""A word in more than this share of the texts tells none of them apart."""

_FEW = 5
"""A word of so few texts is never common, however few texts there are."""


def vocabulary_terms(vocabulary: Vocabulary, lineage: Iterable[str]) -> tuple[QueryTerm, ...]:
    """Return the terms of a clause and of the headings above it; ``lineage`` holds their numbers."""
    wanted = set(lineage)
    terms: list[QueryTerm] = []
    for clause in vocabulary.clauses:
        if clause.clause in wanted:
            terms += [QueryTerm(_label(one.say[0]), (*one.say, *one.de), one.weight) for one in clause.terms]
            terms += [QueryTerm("", (*one.say, *one.de), -one.weight) for one in clause.against]
    return tuple(terms)


def word_terms(
    texts: Mapping[str, Sequence[str]], weight: float, labelled: bool = False
) -> dict[str, tuple[QueryTerm, ...]]:
    """Return the words of each text as terms: those of few texts weigh most, at most ``weight``; common ones nothing."""
    words = {key: sorted({*_WORD.findall(" ".join(some).casefold())}) for key, some in texts.items()}
    spread: dict[str, int] = {}
    for some in words.values():
        for word in some:
            spread[word] = spread.get(word, 0) + 1
    most = max(_FEW, _COMMON_SHARE * len(texts))
    whole = math.log(len(texts) + 1)
    return {
        key: tuple(
            QueryTerm(
                word if labelled else "",
                (word,),
                round(weight * math.log((len(texts) + 1) / spread[word]) / whole, 4),
            )
            for word in some
            if spread[word] <= most
        )
        for key, some in words.items()
    }


def _label(wording: str) -> str:
    return wording.rstrip("*")
