"""Measured on real documents labelled beforehand: better than plain BM25 on the half that was held out."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(scope="module")
def benchmark(root: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("benchmark_suggest", root / "benchmarks/suggest.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_the_labels_are_of_clauses_and_their_halves_are_of_a_size(benchmark: ModuleType) -> None:
    labels = benchmark.load_labels()
    assert len(labels.documents) >= 60
    assert {len(right) for right in labels.documents.values()} <= {1, 2, 3, 4}
    assert not set(labels.documents) & {*labels.bear_on_nothing, *labels.not_labelled}
    sizes = [len(half) for half in benchmark.halves(labels).values()]
    assert abs(sizes[0] - sizes[1]) <= 0.15 * sum(sizes)


def test_recall_and_rank_are_what_they_are_called(benchmark: ModuleType) -> None:
    labels = {"a": ("8.7.3", "9.1"), "b": ("4.1",), "c": ("9.3",)}
    ranking = {"a": ["8.6.1", "8.7.3.1", "8.7.3.2", "5.1", "5.3", "6.3", "9.1"], "b": ["4.1"]}
    assert benchmark.measure(ranking, labels) == (
        pytest.approx((0.5 + 1 + 0) / 3),
        pytest.approx((0.5 + 1 + 0) / 3),
    )


@pytest.mark.slow
@pytest.mark.shared
def test_ours_beats_plain_bm25_on_the_documents_held_out(
    benchmark: ModuleType, shared: Path, root: Path
) -> None:
    held_out = benchmark.halves(benchmark.load_labels())["held out"]
    documents = benchmark.read_all()
    catalog = benchmark.load_library(root / "checklists", benchmark.HOME_CATALOG)[0].catalog
    ours = benchmark.measure(benchmark.ours(documents), held_out)
    for by_passage in (False, True):
        plain = benchmark.measure(benchmark.plain(documents, catalog, by_passage), held_out)
        assert ours.recall_at_5 > plain.recall_at_5 + 0.3
        assert ours.mrr > plain.mrr + 0.3
    assert ours.recall_at_5 > 0.85
    assert ours.mrr > 0.85
