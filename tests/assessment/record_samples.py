"""Typed tables for tests of record tests: rows written as dictionaries, put through the shipped reader."""

import csv
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path

from auditkit.assessment.engagement import Parameter
from auditkit.assessment.model import ProcedureResult
from auditkit.assessment.records import run_record_tests
from auditkit.assessment.recordtests.derived import load_derived
from auditkit.assessment.recordtests.load import load_parameters, load_record_tests
from auditkit.assessment.recordtests.model import RecordTest
from auditkit.base.digest import digest_file
from auditkit.base.period import Period
from auditkit.evidence.datasets import load_datasets
from auditkit.evidence.model import Dataset, EvidenceItem
from auditkit.evidence.tables import Table, read_table

CHECKLISTS = Path(__file__).resolve().parents[2] / "checklists"
PERIOD = Period(start=date(2025, 10, 1), end=date(2026, 9, 30))
AS_OF = date(2026, 10, 15)
Row = Mapping[str, object]


@cache
def datasets() -> dict[str, Dataset]:
    """The shipped datasets by id, derived ones in the form of any dataset."""
    shipped = load_datasets(CHECKLISTS / "datasets.yaml", "datasets.yaml")[0]
    derived = load_derived(CHECKLISTS / "derived.yaml", "derived.yaml")[0]
    return {one.id: one for one in (*shipped, *(made.dataset for made in derived))}


@cache
def shipped_tests() -> dict[str, RecordTest]:
    """The shipped record tests by id."""
    return {one.id: one for one in load_record_tests(CHECKLISTS / "record-tests", "record-tests")[0]}


@cache
def shipped_parameters() -> dict[str, Parameter]:
    """The shipped parameters, house defaults all."""
    return load_parameters(CHECKLISTS / "parameters.yaml", "parameters.yaml")[0]


def table(
    folder: Path,
    dataset: str,
    rows: Sequence[Row],
    *,
    without: Sequence[str] = (),
    name: str = "records.csv",
    control_total: int | None = None,
) -> Table:
    """Write rows in the form of the dataset's template, some columns left out, and read them."""
    fields = [one.name for one in datasets()[dataset].fields if one.name not in without]
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / name).open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(fields)
        writer.writerows([_cell(row.get(field)) for field in fields] for row in rows)
    item = EvidenceItem(
        id="EV-001",
        title="Records",
        file=name,
        kind="record_export",
        dataset=dataset,
        control_total=control_total,
    )
    sha256 = digest_file(folder / name)
    return read_table(folder, item, datasets()[dataset], (), "Europe/Berlin", folder / "cache", sha256)


def run(
    test: RecordTest,
    tables: Sequence[Table],
    *,
    unreadable: Sequence[str] = (),
    parameters: Mapping[str, Parameter] | None = None,
    exceptions_dir: Path | None = None,
) -> ProcedureResult:
    """Run one test on tables of its dataset."""
    (result,) = run_record_tests(
        [test],
        {test.dataset: tables},
        {test.dataset: list(unreadable)},
        shipped_parameters() if parameters is None else parameters,
        PERIOD,
        AS_OF,
        exceptions_dir,
    )
    return result


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)
