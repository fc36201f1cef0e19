"""Put a catalog, its vocabulary and documents together: which clause a file is nearest to, and which files a requirement."""

import re
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from typing import NamedTuple

from auditkit.catalog.model import DocumentType, Point
from auditkit.engagement.suggest_queries import Asked, clause_queries, point_topics, point_words
from auditkit.evidence.model import EvidenceItem, ReadDocument
from auditkit.evidence.suggest.index import PassageIndex
from auditkit.evidence.suggest.model import Bonus, Found, Query
from auditkit.evidence.suggest.quote import Quote, quote
from auditkit.evidence.suggest.rank import Ranker

NAME_BONUS = 2.0
"""What a file gains for being named, or registered, like a document type that belongs to the clause."""
TYPE_CLOSENESS = 0.5
"""What a point gains when the file is of a document type that the catalog examines for it."""
POINT_SHARE = 0.6
"""How much of a requirement's score depends on its own words; the rest is the score of its clause."""
CLAUSE_IN_QUOTE = 0.2
"""How much the words of the clause count beside those of the point in the choice of the passage."""
SHARE_OF_BEST = 0.2
"""What scores less than this share of the best of its file is left out."""


class Hit(NamedTuple):
    """A file, a point it comes close to, and the passage."""

    file: str
    point: Point
    score: float
    quote: Quote


class Finder:
    """Ranks documents by the clauses and requirements of a catalog."""

    def __init__(
        self,
        asked: Asked,
        documents: Mapping[str, ReadDocument],
        items: Mapping[str, EvidenceItem],
    ) -> None:
        """Index the documents; ``items`` holds the entries of the register by file."""
        self._documents = documents
        self._past = frozenset(file for file, item in items.items() if item.status != "current")
        """Files that the register does not call current; they come after the others."""
        self._points: dict[str, list[Point]] = {}
        for point in asked.catalog.points:
            self._points.setdefault(point.clause, []).append(point)
        self._clauses = clause_queries(asked, self._points)
        self._topics = point_topics(asked)
        self._words = point_words(asked, self._topics)
        names = {file: _names(document, items.get(file)) for file, document in documents.items()}
        self._kinds = {file: _kinds(asked.document_types, names[file], items.get(file)) for file in documents}
        bonuses = {file: _bonuses(asked.document_types, kinds) for file, kinds in self._kinds.items()}
        self._ranker = Ranker(PassageIndex(documents, names), bonuses)

    def clauses(self) -> dict[str, tuple[Found, ...]]:
        """Return for each file the clauses it may bear on, the nearest first."""
        found = self._ranker.by_file(tuple(self._clauses.values()))
        return {
            file: tuple(one for one in hits if one.score >= SHARE_OF_BEST * hits[0].score)
            for file, hits in found.items()
        }

    def for_files(self, files: Sequence[str], limit: int) -> dict[str, tuple[Hit, ...]]:
        """Return for each file its nearest clauses, each by the point it comes closest to."""
        found = self.clauses()
        return {
            file: tuple(
                hit
                for one in found[file][:limit]
                for hit in self._hit(file, self._points[one.key], one.score)
            )
            for file in files
            if file in found
        }

    def for_points(self, points: Sequence[Point], files: Sequence[str], limit: int) -> tuple[Hit, ...]:
        """Return the files that come nearest to points of one clause: near the clause, and close to the points."""
        wanted = frozenset(files)
        found = [one for one in self._ranker.files(self._clauses[points[0].clause]) if one.file in wanted]
        close = {one.file: max(self._closeness(point, one.file) for point in points) for one in found}
        best = max(close.values(), default=0.0) or 1.0
        scored = [
            (round(one.score * (1 - POINT_SHARE + POINT_SHARE * close[one.file] / best), 6), one.file)
            for one in found
        ]
        scored.sort(key=lambda one: (-one[0], one[1]))
        near = [one for one in scored if one[0] >= SHARE_OF_BEST * scored[0][0]]
        near.sort(key=lambda one: one[1] in self._past)
        return tuple(hit for score, file in near[:limit] for hit in self._hit(file, points, score))

    def _hit(self, file: str, points: Sequence[Point], score: float) -> tuple[Hit, ...]:
        """Return the point a file comes closest to, the first of equals; nothing where no passage shows anything."""
        point = max(points, key=lambda one: self._closeness(one, file))
        clause = [
            one._replace(weight=one.weight * CLAUSE_IN_QUOTE) for one in self._clauses[point.clause].terms
        ]
        query = Query(point.clause, (*clause, *self._words[point.id]))
        shown = quote(self._ranker, query, self._documents[file], self._topics[point.id])
        return (Hit(file, point, round(score, 2), shown),) if shown else ()

    def _closeness(self, point: Point, file: str) -> float:
        """Return how close a file is to what sets a point apart from others: its words, and its document types."""
        fits = any(one.type in self._kinds[file] for one in point.procedures.documents)
        return self._ranker.closeness(Query(point.id, self._words[point.id]), file) + fits * TYPE_CLOSENESS


def _names(document: ReadDocument, item: EvidenceItem | None) -> str:
    stem = re.sub(r"[-_.]", " ", PurePosixPath(document.file).stem)
    return " \n ".join(filter(None, (stem, document.meta.title, item.title if item else None)))


def _kinds(types: Sequence[DocumentType], name: str, item: EvidenceItem | None) -> dict[str, str]:
    """Return the document types of a file, and how it is known: the register's word, or else what its name matches."""
    if item is not None and item.document_type:
        return {item.document_type: "registered as"}
    return {one.id: "named as" for one in types if any(_named(name, pattern) for pattern in one.names)}


def _named(name: str, pattern: str) -> bool:
    return re.search(pattern, name, re.IGNORECASE) is not None


def _bonuses(types: Sequence[DocumentType], kinds: Mapping[str, str]) -> dict[str, Bonus]:
    """Return by clause what the document types of a file give it."""
    return {
        clause: Bonus(f"{kinds[one.id]}: {one.title}", NAME_BONUS)
        for one in types
        if one.id in kinds
        for clause in one.clauses
    }
