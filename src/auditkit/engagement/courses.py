"""The course of record tests over the months: for those that actions are proven by and findings speak of."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from auditkit.assessment.model import ProcedureResult
from auditkit.assessment.recordtests.derive import Derivation
from auditkit.assessment.recordtests.model import RecordTest
from auditkit.assessment.recordtests.months import Asked, Months, monthly_counts
from auditkit.base.language import say
from auditkit.engagement.open import OpenEngagement
from auditkit.evidence.model import Dataset
from auditkit.evidence.quality import ExportQuality
from auditkit.improvement.model import ActionFile


class Course(NamedTuple):
    """What one record test counted month by month, and how far its records can be relied on."""

    test: RecordTest
    months: Months | None
    """None: it could not be counted by month."""
    doubts: tuple[str, ...]
    """Why the records are not known to be complete, as sentences; empty: they are."""


def courses_of(
    opened: OpenEngagement,
    results: Sequence[ProcedureResult],
    derived: Derivation,
    quality: Sequence[ExportQuality],
) -> dict[str, Course]:
    """Return the courses by procedure (``record.TEST``), in the order of the tests."""
    library, engagement = opened.library, opened.engagement
    datasets = {**library.datasets, **{one.id: one.dataset for one in library.derived}}
    found = {one.procedure: one for one in results}
    wanted = [test for test in library.tests if _is_wanted(test, opened, found[f"record.{test.id}"])]
    months = monthly_counts(
        wanted,
        Asked(
            {one.id: one.dated_by for one in datasets.values() if one.dated_by},
            derived.tables,
            opened.parameters,
            engagement.period,
            engagement.as_of,
        ),
        opened.layout.cache,
    )
    return {
        f"record.{test.id}": Course(
            test,
            months.get(test.id),
            _doubts(test, found[f"record.{test.id}"], derived, datasets, quality),
        )
        for test in wanted
    }


def _is_wanted(test: RecordTest, opened: OpenEngagement, result: ProcedureResult) -> bool:
    """Tell whether somebody looks at its course: an action is proven by it, or a finding speaks of its points."""
    if f"record.{test.id}" in measures_of(opened.actions):
        return True
    raised = {point for file in opened.raised.files for point in file.finding.points}
    return bool(result.exceptions) and not raised.isdisjoint(test.points)


def measures_of(actions: Sequence[ActionFile]) -> frozenset[str]:
    """Return the record tests that actions name as their measure."""
    return frozenset(one.proof.measure for one in actions if one.proof is not None)


def _doubts(
    test: RecordTest,
    result: ProcedureResult,
    derived: Derivation,
    datasets: Mapping[str, Dataset],
    quality: Sequence[ExportQuality],
) -> tuple[str, ...]:
    used = {one.id for one in result.evidence}
    if result.outcome in ("not_testable", "error") or not used:
        return tuple(f"{reason[:1].upper()}{reason[1:]}." for reason in result.reasons)
    said = [say("{name} cannot be read.", name=name) for name in derived.unreadable.get(test.dataset, ())]
    said += [
        f"{limit[:1].upper()}{limit[1:]}."
        for table in derived.tables.get(test.dataset, ())
        for limit in table.limits
    ]
    said += [
        say("{evidence} is no verified population: {why}", evidence=one.evidence, why=one.reasons[0])
        for one in quality
        if one.evidence in used and not one.verified
    ]
    if not datasets[test.dataset].dated_by:
        said.append(say("Nothing puts the records of {dataset} in time.", dataset=test.dataset))
    return tuple(dict.fromkeys(said))
