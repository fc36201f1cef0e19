"""How well `auditkit evidence suggest` names the clauses of real documents, beside plain BM25, in one run.

Labels: tests/evidence/suggest_labels.yaml, made by reading before any ranking ran; documents: shared/real/docs.
One half was used to choose weights, the other was held out. Recall at 5: the share of a document's clauses among the
first five; MRR: the mean of 1/rank of the first right clause. Clauses count at the level of 8.6.1.
"""

import hashlib
import re
import sqlite3
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from auditkit.base.model import Record
from auditkit.base.yamltext import load_model
from auditkit.catalog.model import Catalog
from auditkit.engagement.library import HOME_CATALOG, load_library
from auditkit.engagement.suggest import rankable
from auditkit.engagement.suggest_finder import Finder
from auditkit.engagement.suggest_queries import Asked
from auditkit.evidence.model import ReadDocument
from auditkit.evidence.read import list_files, read_files
from auditkit.evidence.suggest.vocabulary import load_vocabulary

ROOT = Path(__file__).resolve().parents[1]
LABELS = ROOT / "tests/evidence/suggest_labels.yaml"
DOCUMENTS = ROOT.parent / "shared/real/docs"
LEVEL = 3
"""Parts of a clause number that count: 8.7.3.1 is 8.7.3."""
Ranking = Mapping[str, Sequence[str]]
"""File to clauses, the nearest first."""


class Labels(Record):
    """suggest_labels.yaml."""

    documents: dict[str, tuple[str, ...]]
    bear_on_nothing: tuple[str, ...] = ()
    not_labelled: tuple[str, ...] = ()


class Quality(NamedTuple):
    """Means over the documents of one half."""

    recall_at_5: float
    mrr: float


def load_labels() -> Labels:
    """Load the labels."""
    loaded = load_model(LABELS, str(LABELS), Labels)
    assert loaded.model is not None, loaded.issues
    return loaded.model


def is_held_out(file: str) -> bool:
    """Tell the halves apart by the first hexadecimal digit of the SHA-256 of the file name."""
    return int(hashlib.sha256(file.encode()).hexdigest()[0], 16) >= 8


def measure(ranking: Ranking, labels: Mapping[str, Sequence[str]]) -> Quality:
    """Return recall at 5 and MRR; a document that is not ranked counts as nothing found."""
    recalls, reciprocals = 0.0, 0.0
    for file, right in labels.items():
        ranked = list(dict.fromkeys(".".join(one.split(".")[:LEVEL]) for one in ranking.get(file, ())))
        recalls += len(set(ranked[:5]) & set(right)) / len(right)
        reciprocals += next((1 / place for place, one in enumerate(ranked, start=1) if one in right), 0.0)
    return Quality(recalls / len(labels), reciprocals / len(labels))


def asked(vocabulary: bool = True) -> Asked:
    """Load what the command searches by."""
    folder = ROOT / "checklists"
    library, _ = load_library(folder, HOME_CATALOG)
    clauses = {clause.clause for clause in library.catalog.clauses}
    path = folder / f"vocabulary/{HOME_CATALOG}.yaml"
    words, issues = load_vocabulary(path, path.name, HOME_CATALOG, clauses)
    assert words is not None, issues
    return Asked(library.catalog, library.document_types, words if vocabulary else None, library.translations)


def ours(documents: Mapping[str, ReadDocument], vocabulary: bool = True) -> Ranking:
    """Rank as the command does: what holds no sentences is not ranked."""
    usable = {file: one for file, one in documents.items() if rankable(one)}
    found = Finder(asked(vocabulary), usable, {}).clauses()
    return {file: [one.key for one in hits] for file, hits in found.items()}


def seconds(documents: Mapping[str, ReadDocument], copies: int) -> float:
    """Return the CPU seconds of indexing, ranking and quoting, each document taken so many times."""
    many = {
        f"{copy}/{file}": one.model_copy(update={"file": f"{copy}/{file}"})
        for copy in range(copies)
        for file, one in documents.items()
        if rankable(one)
    }
    by = asked()
    start = time.process_time()
    Finder(by, many, {}).for_files(tuple(many), 5)
    return time.process_time() - start


def plain(documents: Mapping[str, ReadDocument], catalog: Catalog, by_passage: bool) -> Ranking:
    """Rank by BM25 as SQLite computes it, the words of a clause's statements as the query."""
    database = sqlite3.connect(":memory:")
    database.execute(
        "CREATE VIRTUAL TABLE page USING fts5(text, tokenize='porter unicode61 remove_diacritics 2')"
    )
    files: list[str] = []
    for file in sorted(documents):
        texts = [passage.text for passage in documents[file].passages]
        for text in texts if by_passage else ["\n".join(texts)]:
            files.append(file)
            database.execute("INSERT INTO page(rowid, text) VALUES (?, ?)", (len(files) - 1, text))
    scores: dict[str, dict[str, float]] = {}
    for clause in catalog.clauses:
        words = dict.fromkeys(
            word for point in clause.points for word in re.findall(r"\w+", point.statement.lower())
        )
        if not words:
            continue
        query = " OR ".join(f'"{word}"' for word in words)
        for row, score in database.execute("SELECT rowid, bm25(page) FROM page WHERE page MATCH ?", (query,)):
            some = scores.setdefault(files[row], {})
            some[clause.clause] = max(some.get(clause.clause, 0.0), -score)
    return {file: sorted(some, key=some.__getitem__, reverse=True) for file, some in scores.items()}


def commonest(documents: Mapping[str, ReadDocument], labels: Mapping[str, Sequence[str]]) -> Ranking:
    """Answer every document with the clauses labelled most often: what knowing the collection alone is worth."""
    counted = Counter(clause for right in labels.values() for clause in right)
    answer = tuple(clause for clause, _ in counted.most_common())
    return dict.fromkeys(documents, answer)


def read_all(cache: Path | None = None) -> dict[str, ReadDocument]:
    """Read the documents; the manifest is none."""
    files = [file for file in list_files(DOCUMENTS) if file != "manifest.csv"]
    return read_files(DOCUMENTS, files, cache)


def halves(labels: Labels) -> dict[str, dict[str, tuple[str, ...]]]:
    """Return the labels of the two halves."""
    some = labels.documents
    return {
        "tuned on": {file: right for file, right in some.items() if not is_held_out(file)},
        "held out": {file: right for file, right in some.items() if is_held_out(file)},
    }


def main() -> None:
    """Print recall and MRR of both halves; with ``--tune`` only those of the half for tuning."""
    labels = load_labels()
    documents = read_all()
    library, _ = load_library(ROOT / "checklists", HOME_CATALOG)
    rankings: dict[str, Ranking] = {
        "the commonest clauses, always": commonest(documents, halves(labels)["tuned on"]),
        "plain BM25, whole documents": plain(documents, library.catalog, by_passage=False),
        "plain BM25, best passage": plain(documents, library.catalog, by_passage=True),
        "ours without vocabulary": ours(documents, vocabulary=False),
        "ours": ours(documents),
    }
    print(f"{len(documents)} documents, {len(labels.documents)} of them labelled")
    for half, some in halves(labels).items():
        if half == "held out" and "--tune" in sys.argv:
            continue
        print(f"\n{half} ({len(some)} documents)      recall@5    MRR")
        for name, ranking in rankings.items():
            quality = measure(ranking, some)
            print(f"  {name:<30} {quality.recall_at_5:6.3f} {quality.mrr:8.3f}")
    ranked = sum(file in rankings["ours"] for file in labels.bear_on_nothing)
    print(f"\nof {len(labels.bear_on_nothing)} documents that bear on nothing, {ranked} get suggestions")
    once, tenfold = seconds(documents, 1), seconds(documents, 10)
    print(f"index, rank and quote: {once * 1000 / len(documents):.1f} CPU-ms a document; ", end="")
    print(f"ten times the documents take {tenfold / once:.1f} times as long")


if __name__ == "__main__":
    main()
