"""Which topics documents cover, with the passage that does, and which stand in none of them (pure)."""

from collections.abc import Sequence
from typing import NamedTuple

from auditkit.assessment.model import Quote
from auditkit.assessment.procedures.document_evidence import Candidate
from auditkit.catalog.model import Topic
from auditkit.evidence.document_checks import find_topic

QUOTE_CHARACTERS = 280


class Coverage(NamedTuple):
    """What the documents of one type cover together and alone."""

    best: tuple[Quote, ...]
    """The passages of the document that covers most topics; of several, the one with the smallest id."""
    missing: tuple[Topic, ...]
    """Topics that document does not cover."""
    elsewhere: dict[str, tuple[str, ...]]
    """Id of a missing topic to the ids of other documents in which it stands."""

    @property
    def absent(self) -> tuple[Topic, ...]:
        """Return the topics that stand in no document at all."""
        return tuple(topic for topic in self.missing if topic.id not in self.elsewhere)


def cover(topics: Sequence[Topic], usable: Sequence[Candidate], useless: Sequence[Candidate]) -> Coverage:
    """Look for every topic in every document; only a usable one earns, but a useless one may still hold the passage.

    A topic that stands in a template or a superseded version is not known to be absent.
    """
    seen = {candidate.item.id: _quotes(candidate, topics) for candidate in usable}
    best = max((seen[identifier] for identifier in sorted(seen)), key=len, default={})
    missing = tuple(topic for topic in topics if topic.id not in best)
    if missing:
        seen |= {candidate.item.id: _quotes(candidate, missing) for candidate in useless}
    elsewhere = {
        topic.id: where
        for topic in missing
        if (where := tuple(identifier for identifier in sorted(seen) if topic.id in seen[identifier]))
    }
    return Coverage(tuple(best.values()), missing, elsewhere)


def _quotes(candidate: Candidate, topics: Sequence[Topic]) -> dict[str, Quote]:
    return {topic.id: quote for topic in topics if (quote := _quote(candidate, topic)) is not None}


def _quote(candidate: Candidate, topic: Topic) -> Quote | None:
    passage = find_topic(candidate.document, topic.cues)
    if passage is None:
        return None
    text = passage.text
    short = text if len(text) <= QUOTE_CHARACTERS else text[: QUOTE_CHARACTERS - 1] + "…"
    return Quote(topic=topic.id, evidence=candidate.item.id, place=passage.place, text=short)
