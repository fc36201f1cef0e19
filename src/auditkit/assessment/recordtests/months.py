"""What record tests count month by month: the same rows, the same three answers, the same totals.

Asked only for the tests whose course somebody looks at. Kept under the digest of everything it is counted from; a
second run reads it and imports no engine.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from auditkit.assessment.engagement import Parameter
from auditkit.assessment.recordtests.model import RecordTest
from auditkit.base.atomic import write_whole
from auditkit.base.digest import digest_value
from auditkit.base.model import Record
from auditkit.base.period import Period
from auditkit.evidence.tables import Table

_VERSION = 1
"""Raise when months are counted otherwise."""


class MonthCount(Record):
    """What a record test counted among the rows of one month."""

    month: str
    """``2026-03``; empty: the rows carry no date that can be understood."""
    population: int
    """Rows the claim is about, unknown rows included."""
    unknown: int
    exceptions: int

    @property
    def examined(self) -> int:
        """Return the rows that could be decided."""
        return self.population - self.unknown


Months = tuple[MonthCount, ...]


def monthly_counts(
    tests: Sequence[RecordTest],
    dated_by: Mapping[str, str],
    tables: Mapping[str, Sequence[Table]],
    parameters: Mapping[str, Parameter],
    period: Period,
    as_of: date,
    cache_dir: Path,
) -> dict[str, Months]:
    """Return by test the months in which it counted rows, in order; a test that cannot be counted so is left out.

    ``dated_by``: dataset to the field that puts its rows in time. Datasets without one have no months.
    """
    found: dict[str, Months] = {}
    for test in tests:
        field = dated_by.get(test.dataset)
        usable = [one for one in tables.get(test.dataset, ()) if one.parquet is not None]
        if field is None or not any(field in one.columns for one in usable):
            continue
        months = _kept(test, field, usable, parameters, period, as_of, cache_dir / "months")
        if months is not None:
            found[test.id] = months
    return found


def _kept(
    test: RecordTest,
    field: str,
    tables: Sequence[Table],
    parameters: Mapping[str, Parameter],
    period: Period,
    as_of: date,
    folder: Path,
) -> Months | None:
    predicates = f"{test.population} {test.exception}"
    used = {name: str(one.value) for name, one in parameters.items() if f":{name}" in predicates}
    digests = [table.digest for table in tables]
    key = digest_value([_VERSION, test.digest, field, used, [str(period), str(as_of)], digests])
    path = folder / f"{key}.json"
    try:
        return tuple(MonthCount.model_validate(one) for one in json.loads(path.read_bytes()))
    except (OSError, ValueError, TypeError):
        months = _counted(test, field, tables, parameters, period, as_of)
    if months is not None:
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(path, json.dumps([one.model_dump() for one in months]))
    return months


def _counted(
    test: RecordTest,
    field: str,
    tables: Sequence[Table],
    parameters: Mapping[str, Parameter],
    period: Period,
    as_of: date,
) -> Months | None:
    import polars as pl

    from auditkit.assessment.records_pass import count_months
    from auditkit.assessment.records_plan import Plan, plan_test

    plan = plan_test(test, tables, (), parameters, period, as_of)
    if not isinstance(plan, Plan):
        return None
    try:
        counted = count_months([plan], tables, field)
    except pl.exceptions.PolarsError:
        return None
    return tuple(
        MonthCount(month=month, population=one["p0"], unknown=one["u0"], exceptions=one["e0"])
        for month, one in sorted(counted.items())
        if one["p0"]
    )
