"""An export is judged as a population before any test: gaps, months, duplicates, closures in bulk, what the register says."""

import sys
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import pytest

from auditkit.base.period import Period
from auditkit.evidence.model import EvidenceItem, LockEntry
from auditkit.evidence.quality import ExportQuality, judge_quality, measure_export
from auditkit.evidence.tables import Table

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "assessment"))
from record_samples import AS_OF, PERIOD, datasets, table


def rows(count: int, **more: object) -> list[dict[str, object]]:
    found = []
    for n in range(count):
        opened = f"2025-{10 + n % 3}-05 10:00" if n % 12 < 3 else f"2026-{n % 12 - 2:02d}-05 10:00"
        found.append(
            {
                "id": f"INC{1000 + n}",
                "opened_at": opened,
                "resolved_at": "2026-09-20 10:00",
                "closed_at": f"2026-09-2{n % 9} 1{n % 9}:{n % 50:02d}",
                **more,
            }
        )
    return found


def item(**more: object) -> EvidenceItem:
    values: dict[str, object] = {
        "id": "EV-001", "title": "Incidents", "file": "records.csv", "kind": "record_export", "dataset": "incident",
        "source": "ServiceNow", "filter": "all", "period": Period(start=date(2025, 10, 1), end=date(2026, 9, 30)), "control_total": 60,
    }  # fmt: skip
    return EvidenceItem.model_validate(values | more)


def judged(
    folder: Path, found: Sequence[Mapping[str, object]], of: EvidenceItem | None = None, **lock: LockEntry
) -> ExportQuality:
    export: Table = table(folder, "incident", found, control_total=len(found))
    measured = measure_export(export, datasets()["incident"], PERIOD, AS_OF, folder / "cache")
    return judge_quality(export, of or item(), measured, lock, PERIOD)


def test_a_whole_export_is_verified(tmp_path: Path) -> None:
    found = judged(tmp_path, rows(60))
    assert (found.verified, found.reasons) == (True, ())
    assert found.measured.number_gaps == 0


def test_numbers_missing_in_the_sequence_are_counted_and_named(tmp_path: Path) -> None:
    found = judged(tmp_path, [row for row in rows(60) if row["id"] not in ("INC1010", "INC1011", "INC1044")])
    assert (found.measured.number_gaps, found.measured.gap_example) == (3, "INC1010")
    assert not found.verified
    assert "3 numbers are missing" in found.reasons[0]


def test_keys_that_are_no_sequence_are_left_alone(tmp_path: Path) -> None:
    mixed = [{**row, "id": f"{'ABCDEF'[n % 6]}-{n * 7}"} for n, row in enumerate(rows(60))]
    assert judged(tmp_path, mixed).measured.number_gaps is None


def test_months_without_a_record_are_named(tmp_path: Path) -> None:
    found = judged(tmp_path, [row for row in rows(60) if "2026-02" not in str(row["opened_at"])])
    assert found.measured.months_without == ("2026-02",)
    assert any("No record in 2026-02" in one for one in found.reasons)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"control_total": None}, "number of rows is not known"),
        ({"source": None, "filter": None}, "does not state its source, filter"),
        ({"period": Period(start=date(2020, 1, 1), end=date(2020, 12, 31))}, "outside the audit period"),
    ],
)
def test_what_the_register_does_not_say_leaves_the_population_unverified(
    tmp_path: Path, more: dict[str, object], said: str
) -> None:
    found = judged(tmp_path, rows(60), item(**more))
    assert not found.verified
    assert any(said in one for one in found.reasons)


def test_another_file_than_the_accepted_one_is_unverified(tmp_path: Path) -> None:
    found = judged(tmp_path, rows(60), **{"EV-001": LockEntry(sha256="0" * 64, size_bytes=1)})
    assert not found.verified


def test_bulk_and_instant_closures_and_dates_ahead_deserve_a_look(tmp_path: Path) -> None:
    bulk = rows(60, closed_at="2026-09-29 23:59")
    bulk[0] |= {"opened_at": "2026-09-20 09:59:30"}
    bulk[1] |= {"opened_at": "2027-09-20 09:59"}
    found = judged(tmp_path, bulk)
    assert found.verified
    text = " ".join(found.reasons)
    assert "60 records were closed in one and the same moment" in text
    assert "1 records were closed within a minute" in text
    assert "1 dates lie after the as-of date" in text


def test_an_unverified_population_caps_strength_and_no_verdict() -> None:
    from verdict_samples import one_point, result

    from auditkit.assessment.evidence_links import rate_evidence
    from auditkit.assessment.model import EvidenceRef, PointVerdict

    seen = result(
        population=100,
        examined=100,
        evidence=(EvidenceRef(id="EV-001", file="evidence/records.csv", sha256="0"),),
    )
    point = one_point()
    verdict = PointVerdict(
        point=point.id, requirement=point.requirement, clause=point.clause, value="conforms", results=(seen,)
    )
    rated = {
        name: rate_evidence(verdict, {}, {}, PERIOD, capped)
        for name, capped in (("free", frozenset()), ("capped", frozenset({"EV-001"})))
    }
    assert (rated["free"].strength, rated["capped"].strength) == (3, 2)
    assert rated["free"].value == rated["capped"].value == "conforms"


def test_a_number_too_short_for_the_sequence_is_no_number_of_it(tmp_path: Path) -> None:
    found = [*rows(40), {**rows(1)[0], "id": "INC9"}]
    quality = judged(tmp_path, found, item(control_total=41))
    assert quality.measured.number_gaps == 0
