"""The populations of samples as they are now, and the samples as results of procedures; cached by what decides them."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, TypeVar

from auditkit.assessment.evidence_links import vanished
from auditkit.assessment.model import ProcedureResult
from auditkit.assessment.sampling.design import Drawn
from auditkit.assessment.sampling.load import load_samples
from auditkit.assessment.sampling.model import Sample
from auditkit.assessment.sampling.population import Population, PopulationState
from auditkit.assessment.sampling.results import results_of
from auditkit.assessment.sampling.state import population_state
from auditkit.base.atomic import write_whole
from auditkit.base.digest import digest_value
from auditkit.base.issue import InputIssue
from auditkit.base.language import ENGLISH, say, spoken
from auditkit.base.model import Record
from auditkit.engagement.open import OpenEngagement
from auditkit.evidence.lock import digest_item
from auditkit.evidence.tables import Table, read_table

_ENGINE = 1
"""Raise when drawing or counting changes, so that what is cached is computed anew."""
Saved = TypeVar("Saved", bound=Record)


class Exports(NamedTuple):
    """The exports of one dataset."""

    tables: tuple[Table, ...]
    unreadable: tuple[str, ...]


class _Results(Record):
    results: tuple[ProcedureResult, ...]


def examine_samples(
    opened: OpenEngagement, samples: Sequence[Sample], digests: Mapping[str, str] | None = None
) -> dict[str, tuple[ProcedureResult, ...]]:
    """Return the results of the samples by point; what did not change is found in the cache.

    ``digests``: file below evidence/ to SHA-256 where it is known already.
    """
    states = population_digests(opened, samples, digests)
    found: dict[str, tuple[ProcedureResult, ...]] = {}
    for sample in samples:
        state = states[sample.id]
        key = digest_value([_ENGINE, sample.model_dump(mode="json"), state.model_dump(mode="json")])
        cached = _cached(opened, key, _Results, lambda s=sample, t=state: _Results(results=results_of(s, t)))  # type: ignore[misc]
        for result in cached.results:
            found[result.point] = (*found.get(result.point, ()), result)
    return found


def population_digests(
    opened: OpenEngagement, samples: Sequence[Sample], digests: Mapping[str, str] | None = None
) -> dict[str, PopulationState]:
    """Return sample id to what its population is now."""
    exports: dict[str, Exports] = {}
    states: dict[str, PopulationState] = {}
    for sample in samples:
        if sample.dataset not in exports:
            exports[sample.dataset] = read_exports(opened, sample.dataset, digests or {})
        states[sample.id] = _state(opened, sample, exports[sample.dataset])
    return states


def known_samples(opened: OpenEngagement) -> tuple[tuple[Sample, ...], tuple[InputIssue, ...]]:
    """Load the samples of an engagement."""
    return load_samples(
        opened.layout.workpapers,
        frozenset(one.id for one in opened.engagement.people),
        frozenset(one.id for one in opened.library.whole.points),
        frozenset(one.id for one in opened.register.items),
    )


def read_exports(opened: OpenEngagement, dataset: str, digests: Mapping[str, str]) -> Exports:
    """Read the current exports of a dataset, or find them in the cache."""
    tables: list[Table] = []
    gone = vanished(opened.lock.entries, opened.register.items)[0]
    unreadable = [say("an accepted export that is no longer registered")] if dataset in gone else []
    for item in opened.register.items:
        if item.kind != "record_export" or item.status != "current" or item.dataset != dataset:
            continue
        sha256 = digests.get(item.file) or digest_item(opened.layout.evidence, item)
        if not sha256 or dataset not in opened.library.datasets:
            unreadable.append(f"{item.id} {item.file}")
            continue
        table = read_table(
            opened.layout.evidence,
            item,
            opened.library.datasets[dataset],
            opened.library.profiles,
            opened.engagement.time_zone,
            opened.layout.cache,
            sha256,
        )
        tables.append(table)
    return Exports(tuple(tables), tuple(unreadable))


def population_of(
    opened: OpenEngagement, dataset: str, where: str, by: str | None, exports: Exports
) -> Population:
    from auditkit.assessment.records_sample import fetch_population

    if dataset not in opened.library.datasets:
        return Population(why=(say("there is no dataset {dataset}", dataset=dataset),))
    return fetch_population(
        opened.library.datasets[dataset],
        where,
        by,
        exports.tables,
        exports.unreadable,
        opened.parameters,
        opened.engagement.period,
        opened.engagement.as_of,
    )


def cells_of(exports: Exports, drawn: Drawn) -> dict[str, str]:
    from auditkit.assessment.records_sample import cell_digests

    return cell_digests(exports.tables, [one.row for one in drawn.items])


def _state(opened: OpenEngagement, sample: Sample, exports: Exports) -> PopulationState:
    """Return what the population of a sample is now; cached under everything that it follows from."""
    used = {
        name: one.model_dump(mode="json")
        for name, one in opened.parameters.items()
        if f":{name}" in sample.where
    }
    key = digest_value(
        [
            _ENGINE,
            [sample.id, sample.dataset, sample.where, sample.design.model_dump(mode="json"), sample.drawing],
            [[one.key, one.cells] for one in sample.items],
            [used, str(opened.engagement.period), str(opened.engagement.as_of)],
            [[one.evidence, one.file, one.digest] for one in exports.tables],
            list(exports.unreadable),
        ]
    )

    def compute() -> PopulationState:
        population = population_of(opened, sample.dataset, sample.where, sample.design.by, exports)
        return population_state(sample, population, lambda drawn: cells_of(exports, drawn))

    return _cached(opened, key, PopulationState, compute)


def _cached(opened: OpenEngagement, key: str, model: type[Saved], compute: Callable[[], Saved]) -> Saved:
    """Return what is kept under a key, or compute it; what people read in it is kept by language."""
    name = key if spoken() == ENGLISH else f"{key}-{spoken()}"
    path = opened.layout.cache / "samples" / f"{name}.json"
    try:
        return model.model_validate_json(path.read_bytes())
    except (OSError, ValueError):
        value = compute()
    write_whole(path, value.model_dump_json())
    return value
