"""What a catalog is searched by: the queries of its clauses, the words and the topics of its points."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from auditkit.catalog.model import Catalog, DocumentType, Point
from auditkit.catalog.overlay import Translation
from auditkit.evidence.suggest.model import Query, QueryTerm, Vocabulary
from auditkit.evidence.suggest.queries import vocabulary_terms, word_terms
from auditkit.evidence.suggest.quote import Topic

CLAUSE_WORDS, REQUIREMENT_WORDS, ONLY_WORDS = 0.05, 0.6, 1.0
"""Weight of the rarest word of our statements: beside a vocabulary, for a requirement, and without a vocabulary."""


class Asked(NamedTuple):
    """The catalog a search is made for, and what belongs to it."""

    catalog: Catalog
    document_types: tuple[DocumentType, ...]
    vocabulary: Vocabulary | None
    translations: tuple[Translation, ...] = ()


def clause_queries(asked: Asked, points: Mapping[str, Sequence[Point]]) -> dict[str, Query]:
    lineage = asked.catalog.lineage()
    titles = {clause.clause: clause.title for clause in asked.catalog.clauses}
    kinds: dict[str, list[str]] = {}
    for kind in asked.document_types:
        for clause in kind.clauses:
            kinds.setdefault(clause, []).append(kind.title)
    texts = {
        clause: [titles[clause], *kinds.get(clause, ()), *(text for one in some for text in _texts(one))]
        for clause, some in points.items()
    }
    vocabulary = asked.vocabulary
    if vocabulary is None:
        return {key: Query(key, terms) for key, terms in word_terms(texts, ONLY_WORDS, labelled=True).items()}
    words = word_terms(texts, CLAUSE_WORDS)
    return {key: Query(key, (*vocabulary_terms(vocabulary, lineage[key]), *words[key])) for key in texts}


def point_topics(asked: Asked) -> dict[str, tuple[Topic, ...]]:
    """Return what documents should cover for each point."""
    known = {
        (kind.id, one.id): Topic(one.name, one.cues) for kind in asked.document_types for one in kind.topics
    }
    return {
        point.id: tuple(
            known[one.type, topic]
            for one in point.procedures.documents
            for topic in one.topics
            if (one.type, topic) in known
        )
        for point in asked.catalog.points
    }


def point_words(asked: Asked, topics: Mapping[str, Sequence[Topic]]) -> dict[str, tuple[QueryTerm, ...]]:
    """Return the words of each point; those that its neighbours in the clause share weigh less."""
    translated: dict[str, list[str]] = {}
    for translation in asked.translations:
        for one in translation.points:
            translated.setdefault(one.id, []).append(one.statement)
    texts: dict[str, list[str]] = {}
    siblings: dict[str, dict[str, list[str]]] = {}
    for point in asked.catalog.points:
        named = [topic.name for topic in topics[point.id]]
        texts[point.id] = [*_texts(point), *named, *translated.get(point.id, ())]
        siblings.setdefault(point.clause, {})[point.id] = texts[point.id]
    own = {
        (key, term.wordings): term.weight
        for some in siblings.values()
        for key, terms in word_terms(some, 1.0).items()
        for term in terms
    }
    return {
        key: tuple(
            term._replace(weight=round(term.weight * own.get((key, term.wordings), 0.0), 4))
            for term in terms
            if (key, term.wordings) in own
        )
        for key, terms in word_terms(texts, REQUIREMENT_WORDS).items()
    }


def _texts(point: Point) -> tuple[str, ...]:
    return (point.statement, *point.usual_evidence)
