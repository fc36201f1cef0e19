"""Read every registered export and run the record tests on it."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from auditkit.assessment.model import ProcedureResult
from auditkit.assessment.records_planned import Planned, planned_of
from auditkit.assessment.records_posts import Posts, posts_of
from auditkit.assessment.records_services import catalogue_of
from auditkit.assessment.recordtests.derive import Circumstances, Derivation, derive_datasets
from auditkit.assessment.recordtests.model import Engine, RecordTest
from auditkit.assessment.recordtests.results import Ran, cached_results
from auditkit.base.issue import InputIssue
from auditkit.base.language import ENGLISH, say, speaking
from auditkit.base.place import Place
from auditkit.engagement.courses import Course, courses_of
from auditkit.engagement.open import OpenEngagement
from auditkit.evidence.model import EvidenceItem, ReadDocument, TableReading
from auditkit.evidence.quality import ExportQuality, judge_quality, measure_export
from auditkit.evidence.tables import Table, read_table
from auditkit.impact.analysis import Catalogue

Progress = Callable[[int, int, str], None]


class Counted(NamedTuple):
    """Which engine was asked, and for how much: what it did not compute was in the cache."""

    engine: Engine = "polars"
    computed: int = 0
    """Record tests."""
    cached: int = 0


class RecordsExamined(NamedTuple):
    """What became of the exports, and one result a record test in the order of the tests."""

    results: tuple[ProcedureResult, ...]
    readings: tuple[TableReading, ...]
    issues: tuple[InputIssue, ...]
    quality: tuple[ExportQuality, ...] = ()
    """Of the exports that could be read, in the order of the register."""
    posts: Posts = Posts(None, "")
    """Who left, by the records of persons and roles."""
    planned: tuple[Planned, ...] = ()
    """What is still to come, by the records that the catalog's readiness file names."""
    courses: Mapping[str, Course] = MappingProxyType({})
    """Months of the record tests whose course somebody looks at, by procedure."""
    catalogue: Catalogue | None = None
    """The service catalogue; None: not known, or no business impact analysis to compare it with."""
    counted: Counted = Counted()


def examine_records(
    opened: OpenEngagement,
    documents: Mapping[str, ReadDocument],
    vanished: frozenset[str],
    progress: Progress | None,
    engine: Engine = "polars",
) -> RecordsExamined:
    """Read the exports and run all tests on an engine; what did not change is found in the cache.

    ``vanished``: datasets of accepted exports that are no longer registered; they cap their tests.
    """
    shelf = _read_tables(opened, documents, progress)
    for dataset in vanished:
        shelf.unreadable.setdefault(dataset, []).append(
            say("an accepted export that is no longer registered")
        )
    derived = _derive(opened, shelf)
    ran = _run_tests(opened, derived, engine)
    results = tuple(
        _said_of_sources(test, result, derived)
        for test, result in zip(opened.library.tests, ran.results, strict=True)
    )
    cache = opened.layout.cache
    lost = [name for dataset in ("person", "role") for name in shelf.unreadable.get(dataset, ())]
    events = opened.library.readiness.planned
    quality = _quality(opened, shelf)
    return RecordsExamined(
        results=results,
        readings=tuple(shelf.readings),
        issues=_issues(opened, shelf, derived),
        quality=quality,
        posts=posts_of(shelf.tables, lost, cache),
        planned=planned_of(events, shelf.tables, shelf.unreadable, cache),
        courses=courses_of(opened, results, derived, quality),
        catalogue=_catalogue(opened, shelf),
        counted=Counted(engine, ran.computed, len(results) - ran.computed),
    )


def _derive(opened: OpenEngagement, shelf: "_Shelf") -> Derivation:
    """Compute the derived datasets that tests look at from the exports on the shelf."""
    return derive_datasets(
        opened.library.derived,
        frozenset(test.dataset for test in opened.library.tests),
        shelf.tables,
        shelf.unreadable,
        Circumstances(
            opened.parameters,
            opened.engagement.period,
            opened.engagement.as_of,
            opened.layout.cache,
            opened.engagement.calendars,
            opened.engagement.time_zone,
        ),
    )


def _run_tests(opened: OpenEngagement, derived: Derivation, engine: Engine) -> Ran:
    """Run all record tests, or find their results in the cache."""
    return cached_results(
        opened.library.tests,
        derived.tables,
        derived.unreadable,
        opened.parameters,
        opened.engagement.period,
        opened.engagement.as_of,
        opened.layout.cache,
        opened.layout.cached_exceptions,
        engine,
    )


def _issues(opened: OpenEngagement, shelf: "_Shelf", derived: Derivation) -> tuple[InputIssue, ...]:
    """Return what is wrong with the exports and with the tables derived from them, each once."""
    said = [
        issue
        for one in opened.library.derived
        for table in derived.tables.get(one.id, ())
        for issue in table.reading.issues
    ]
    return tuple(dict.fromkeys((*shelf.issues, *said)))


def _catalogue(opened: OpenEngagement, shelf: "_Shelf") -> Catalogue | None:
    """Return the service catalogue where a business impact analysis is compared with it."""
    if not opened.impact.given:
        return None
    services, unreadable = shelf.tables.get("service", ()), shelf.unreadable.get("service", ())
    return catalogue_of(services, unreadable, opened.layout.cache)


def _quality(opened: OpenEngagement, shelf: "_Shelf") -> tuple[ExportQuality, ...]:
    """Judge each readable export as a population."""
    items = {item.id: item for item in opened.register.items}
    engagement = opened.engagement
    found = []
    for dataset, tables in shelf.tables.items():
        for table in tables:
            measured = measure_export(
                table,
                opened.library.datasets[dataset],
                engagement.period,
                engagement.as_of,
                opened.layout.cache,
            )
            found.append(
                judge_quality(table, items[table.evidence], measured, opened.lock.entries, engagement.period)
            )
    return tuple(sorted(found, key=lambda one: one.evidence))


def _said_of_sources(test: RecordTest, result: ProcedureResult, derived: Derivation) -> ProcedureResult:
    """Let a result on a derived dataset name the exports it rests on, and those that were not received."""
    missing = derived.missing.get(test.dataset)
    if missing:
        reasons = tuple(
            say("no records of dataset {dataset} were received", dataset=name) for name in missing
        )
        return result.model_copy(update={"outcome": "no_evidence", "reasons": reasons})
    if result.evidence:
        return result.model_copy(update={"evidence": derived.evidence[test.dataset]})
    return result


class _Shelf:
    """The tables read so far, by dataset, and what could not be read."""

    def __init__(self) -> None:
        self.tables: dict[str, list[Table]] = {}
        self.unreadable: dict[str, list[str]] = {}
        self.readings: list[TableReading] = []
        self.issues: list[InputIssue] = []


def _read_tables(
    opened: OpenEngagement, documents: Mapping[str, ReadDocument], progress: Progress | None
) -> _Shelf:
    exports = [
        item for item in opened.register.items if item.kind == "record_export" and item.status == "current"
    ]
    shelf = _Shelf()
    for number, item in enumerate(exports, start=1):
        if progress is not None:
            progress(number, len(exports), f"records: {item.file}")
        fault = _fault(opened, item, documents)
        if fault is not None:
            shelf.issues.append(fault)
            shelf.unreadable.setdefault(item.dataset or "", []).append(f"{item.id} {item.file}")
            continue
        assert item.dataset is not None  # noqa: S101 - _fault refuses an export without one
        table = read_table(
            opened.layout.evidence,
            item,
            opened.library.datasets[item.dataset],
            opened.library.profiles,
            opened.engagement.time_zone,
            opened.layout.cache,
            documents[item.file].sha256,
        )
        shelf.readings.append(table.reading)
        shelf.issues.extend(table.reading.issues)
        if table.reading.readable:
            shelf.tables.setdefault(item.dataset, []).append(table)
        else:
            shelf.unreadable.setdefault(item.dataset, []).append(f"{item.id} {item.file}")
    return shelf


def _fault(
    opened: OpenEngagement, item: EvidenceItem, documents: Mapping[str, ReadDocument]
) -> InputIssue | None:
    """Say why an export cannot even be tried; None when it can."""
    if item.dataset is None or item.dataset not in opened.library.datasets:
        message = f"{item.id} is a record export of no known dataset ({item.dataset})."
        hint = f"Name one of: {', '.join(sorted(opened.library.datasets))}."
        return _issue("export-without-dataset", "evidence/register.yaml", message, hint)
    if item.file not in documents:
        with speaking(ENGLISH):
            gone = opened.purged.get(item.file, "not there")
        message = f"{item.id}: the file is {gone}, so every test on {item.dataset} is capped."
        return _issue(
            "export-missing", f"evidence/{item.file}", message, "Put the file back, or correct the register."
        )
    if documents[item.file].status == "skipped":
        message = f"{item.id} could not be read: {documents[item.file].why}."
        return _issue("export-unreadable", f"evidence/{item.file}", message, "Ask for a new export.")
    return None


def _issue(code: str, file: str, message: str, hint: str) -> InputIssue:
    return InputIssue(code=code, severity="error", place=Place(file=file), message=message, hint=hint)
