"""What record tests count month by month: the same rows, the same three answers, the same totals.

Asked only for the tests whose course somebody looks at. Kept under the digest of everything it is counted from; a
second run reads it and imports no engine.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

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


class Asked(NamedTuple):
    """What the months are counted from."""

    dated_by: Mapping[str, str]
    """Dataset to the field that puts its rows in time; datasets without one have no months."""
    tables: Mapping[str, Sequence[Table]]
    parameters: Mapping[str, Parameter]
    period: Period
    as_of: date

    def usable(self, dataset: str) -> list[Table]:
        """Return the tables of a dataset that can be read."""
        return [one for one in self.tables.get(dataset, ()) if one.parquet is not None]


def monthly_counts(tests: Sequence[RecordTest], asked: Asked, cache_dir: Path) -> dict[str, Months]:
    """Return by test the months in which it counted rows, in order; a test that cannot be counted so is left out.

    The tests of a dataset that are not in the cache are counted together, in one pass over its rows.
    """
    folder = cache_dir / "months"
    found: dict[str, Months] = {}
    absent: dict[str, list[RecordTest]] = {}
    for test in tests:
        field = asked.dated_by.get(test.dataset)
        if field is None or not any(field in one.columns for one in asked.usable(test.dataset)):
            continue
        kept = _kept(folder / f"{_key(test, asked)}.json")
        if kept is None:
            absent.setdefault(test.dataset, []).append(test)
        else:
            found[test.id] = kept
    for dataset, group in absent.items():
        counted = _counted(group, dataset, asked)
        for test in group:
            if test.id in counted:
                text = json.dumps([one.model_dump() for one in counted[test.id]])
                write_whole(folder / f"{_key(test, asked)}.json", text)
        found |= counted
    return {test.id: found[test.id] for test in tests if test.id in found}


def _key(test: RecordTest, asked: Asked) -> str:
    predicates = f"{test.population} {test.exception}"
    used = {name: str(one.value) for name, one in asked.parameters.items() if f":{name}" in predicates}
    digests = [table.digest for table in asked.usable(test.dataset)]
    days = [str(asked.period), str(asked.as_of)]
    return digest_value([_VERSION, test.digest, asked.dated_by[test.dataset], used, days, digests])


def _kept(path: Path) -> Months | None:
    try:
        return tuple(MonthCount.model_validate(one) for one in json.loads(path.read_bytes()))
    except (OSError, ValueError, TypeError):
        return None


def _counted(tests: Sequence[RecordTest], dataset: str, asked: Asked) -> dict[str, Months]:
    """Count the tests of a dataset together; if one breaks the query, each by itself."""
    import polars as pl

    from auditkit.assessment.records_pass import count_months
    from auditkit.assessment.records_plan import Plan, plan_test

    tables = asked.usable(dataset)
    planned = [plan_test(test, tables, (), asked.parameters, asked.period, asked.as_of) for test in tests]
    plans = [one for one in planned if isinstance(one, Plan)]
    try:
        counted = count_months(plans, tables, asked.dated_by[dataset]) if plans else {}
    except pl.exceptions.PolarsError:
        if len(tests) == 1:
            return {}
        return {name: months for test in tests for name, months in _counted([test], dataset, asked).items()}
    return {
        plan.test.id: tuple(
            MonthCount(
                month=month,
                population=one[f"p{number}"],
                unknown=one[f"u{number}"],
                exceptions=one[f"e{number}"],
            )
            for month, one in sorted(counted.items())
            if one[f"p{number}"]
        )
        for number, plan in enumerate(plans)
    }
