"""Derived datasets: each step on a few rows, provenance kept, doubt kept, missing sources named, less never helps."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from record_samples import AS_OF, CHECKLISTS, PERIOD, run, shipped_parameters, shipped_tests, table

from auditkit.assessment.records_derived import windows
from auditkit.assessment.recordtests.derive import Circumstances, Derivation, derive_datasets
from auditkit.assessment.recordtests.derived import DerivedDataset, load_derived
from auditkit.base.period import Period
from auditkit.evidence.tables import Table

SHIPPED = load_derived(CHECKLISTS / "derived.yaml", "derived.yaml")[0]
Rows = Sequence[Mapping[str, object]]


def derive(
    folder: Path, wanted: str, definitions: Sequence[DerivedDataset] = SHIPPED, **rows: Rows
) -> Derivation:
    """Write the rows of each dataset, and derive one dataset from them."""
    tables = {name: [table(folder / name, name, found)] for name, found in rows.items()}
    there = Circumstances(shipped_parameters(), PERIOD, AS_OF, folder / "cache")
    return derive_datasets(definitions, frozenset([wanted]), tables, {}, there)


def frame(made: Derivation, name: str) -> pl.DataFrame:
    (found,) = made.tables[name]
    assert found.parquet is not None
    return pl.read_parquet(found.parquet)


def result(made: Derivation, test: str):  # type: ignore[no-untyped-def]
    one = shipped_tests()[test]
    return run(one, made.tables.get(one.dataset, ()), unreadable=made.unreadable.get(one.dataset, ()))


SERVICES = [
    {"id": "S1", "status": "live", "in_scope": True, "customers": "K1; K2 ;", "criticality": "critical"},
    {"id": "S2", "status": "live", "in_scope": True, "customers": "K1", "criticality": "low"},
    {"id": "S9", "status": "retired", "in_scope": False},
]
AGREEMENTS = [
    {"id": "A1", "service": "S1", "customer": "K1", "status": "agreed", "expires_at": "2027-01-01", "effective_from": "2026-06-15"},
    {"id": "A2", "service": "S2", "customer": "K1", "status": "agreed", "expires_at": "2026-03-01", "effective_from": "2025-01-01"},
    {"id": "A3", "service": "S1", "customer": "K2", "status": "draft"},
]  # fmt: skip


def test_lists_laid_together_show_where_they_differ(tmp_path: Path) -> None:
    made = derive(
        tmp_path,
        "listed_service",
        service=SERVICES,
        sla=AGREEMENTS,
        scope_service=[{"id": "S1"}, {"id": "S7"}],
    )
    rows = {
        row["id"]: (row["in_scope"], row["in_catalogue"], row["in_agreements"])
        for row in frame(made, "listed_service").iter_rows(named=True)
    }
    assert rows == {"S1": (1, 1, 1), "S2": (0, 1, 1), "S7": (1, 0, 0)}
    found = result(made, "scope_catalogue_and_agreements_name_same_services")
    assert (found.population, found.exceptions) == (3, 2)


def test_a_list_in_a_cell_becomes_rows_and_pairs_are_looked_up(tmp_path: Path) -> None:
    made = derive(tmp_path, "service_customer", service=SERVICES, sla=AGREEMENTS)
    found = result(made, "services_covered_by_agreement")
    assert (found.population, found.exceptions) == (3, 2)  # S1-K2 has a draft, S2-K1 expired
    assert {(row.key, row.place.row) for row in found.exception_rows} == {("S1", 2), ("S2", 3)}
    assert all(row.place.file.endswith("records.csv") for row in found.exception_rows)


def test_a_grid_finds_the_month_without_a_result(tmp_path: Path) -> None:
    measures = [{"id": f"M{n}", "sla": "A1", "period": f"2026-{n:02d}-01"} for n in (7, 8)]
    made = derive(tmp_path, "agreement_month", sla=AGREEMENTS[:1], sla_measure=measures)
    found = result(made, "agreements_measured_every_month")
    assert (found.population, found.exceptions) == (3, 1)  # July to September, of which September lacks


@pytest.mark.parametrize(
    ("every", "start", "end", "expected"),
    [
        ("month", date(2026, 1, 1), date(2026, 3, 31), 3),
        ("month", date(2026, 1, 2), date(2026, 3, 30), 1),
        ("quarter", date(2025, 10, 1), date(2026, 9, 30), 4),
        ("quarter", date(2025, 11, 1), date(2026, 9, 30), 3),
        ("period", date(2026, 1, 2), date(2026, 3, 30), 1),
    ],
)
def test_windows_lie_wholly_inside_the_period(every: str, start: date, end: date, expected: int) -> None:
    assert len(windows(every, Period(start=start, end=end))) == expected


def test_three_misses_in_a_row_are_found_by_looking_back(tmp_path: Path) -> None:
    met = [True, False, False, False, True, False]
    rows = [
        {"id": f"M{n}", "sla": "A1", "metric": "x", "period": f"2026-0{n + 1}-01", "met": one}
        for n, one in enumerate(met)
    ]
    made = derive(tmp_path, "miss_in_a_row", sla_measure=rows[::-1])
    found = result(made, "no_three_misses_in_a_row")
    assert [row.key for row in found.exception_rows] == ["M3"]


def incident(number: int, **more: object) -> dict[str, object]:
    return {"id": f"I{number}", "service": "S1", "ci": "C1", "category": "print", "opened_at": "2026-03-02 10:00",
            "resolved_at": "2026-03-02 12:00", "due_at": "2026-03-02 14:00", **more}  # fmt: skip


def test_reported_figures_are_recomputed_from_the_tickets(tmp_path: Path) -> None:
    tickets = [incident(n) for n in range(3)] + [incident(9, resolved_at="2026-03-02 18:00")]
    reported = [
        {
            "id": "R1",
            "service": "S1",
            "period": "2026-03-01",
            "metric": "resolution",
            "target": 90,
            "actual": 75.2,
        },
        {
            "id": "R2",
            "service": "S1",
            "period": "2026-03-01",
            "metric": "resolution",
            "target": 90,
            "actual": 95,
        },
        {
            "id": "R3",
            "service": "S2",
            "period": "2026-03-01",
            "metric": "resolution",
            "target": 90,
            "actual": 95,
        },
    ]
    made = derive(tmp_path, "reported_resolution", incident=tickets, sla_measure=reported)
    found = result(made, "reported_resolution_reproducible")
    assert (found.population, [row.key for row in found.exception_rows]) == (2, ["R2"])
    assert found.exception_rows[0].values["difference"] == "20"


def test_availability_is_recomputed_from_outages(tmp_path: Path) -> None:
    outages = [
        {
            "id": "O1",
            "service": "S1",
            "started_at": "2026-03-02 10:00",
            "ended_at": "2026-03-02 17:18",
            "planned": False,
        },
        {
            "id": "O2",
            "service": "S1",
            "started_at": "2026-03-05 10:00",
            "ended_at": "2026-03-05 20:00",
            "planned": True,
        },
    ]
    reported = [
        {"id": "V1", "service": "S1", "period": "2026-03-01", "target": 98, "actual": 99.0},
        {"id": "V2", "service": "S2", "period": "2026-03-01", "target": 98, "actual": 99.0},
    ]
    made = derive(tmp_path, "reported_availability", outage=outages, availability=reported)
    found = result(made, "reported_availability_reproducible")
    assert [row.key for row in found.exception_rows] == ["V2"]  # 438 of 43,800 minutes are one per cent


def test_changes_are_held_against_the_history_of_their_items(tmp_path: Path) -> None:
    changes = [
        {"id": "C1", "status": "closed", "actual_end": "2026-03-01 10:00", "ci": "A; B"},
        {"id": "C2", "status": "rejected", "ci": "A"},
    ]
    history = [
        {"id": "H1", "ci": "A", "changed_at": "2026-03-02 10:00", "change_id": "C1", "controlled": True},
        {"id": "H2", "ci": "B", "changed_at": "2026-04-02 10:00", "change_id": "C1", "controlled": True},
        {"id": "H3", "ci": "A", "changed_at": "2026-05-02 10:00", "change_id": "C2", "controlled": True},
        {"id": "H4", "ci": "A", "changed_at": "2026-05-03 10:00", "change_id": "C7", "controlled": True},
        {"id": "H5", "ci": "Z", "changed_at": "2026-05-03 10:00", "controlled": False},
    ]
    made = derive(tmp_path / "a", "change_item", change=changes, ci_history=history)
    found = result(made, "item_record_updated_after_change")
    assert (found.population, found.exceptions) == (2, 1)  # the entry for B came a month late
    made = derive(tmp_path / "b", "item_update", change=changes, ci_history=history)
    traced = result(made, "item_update_traces_to_known_change")
    assert [row.key for row in traced.exception_rows] == ["H3", "H4"]


def test_recurring_incidents_need_a_problem(tmp_path: Path) -> None:
    tickets = (
        [incident(n) for n in range(5)]
        + [incident(10 + n, ci="C2", problem_id="P1") for n in range(6)]
        + [incident(30, ci="C3")]
    )
    made = derive(tmp_path, "incident_cluster", incident=tickets)
    found = result(made, "recurring_incidents_became_problems")
    assert (found.population, [row.key for row in found.exception_rows]) == (2, ["I0"])


def test_a_plan_is_tested_again_after_the_last_major_change(tmp_path: Path) -> None:
    changes = [
        {
            "id": "C1",
            "service": "S1",
            "status": "closed",
            "major_impact": True,
            "actual_end": "2026-01-05 10:00",
        },
        {
            "id": "C2",
            "service": "S1",
            "status": "closed",
            "major_impact": True,
            "actual_end": "2026-04-05 10:00",
        },
        {
            "id": "C3",
            "service": "S1",
            "status": "closed",
            "major_impact": False,
            "actual_end": "2026-08-05 10:00",
        },
    ]
    plans = [{"id": "P1", "service": "S1"}, {"id": "P2", "service": "S2"}]
    made = derive(
        tmp_path,
        "plan_retest",
        continuity_plan=plans,
        change=changes,
        continuity_test=[{"id": "T", "plan_id": "P1", "performed_at": "2026-02-01"}],
    )
    found = result(made, "plan_retested_after_major_change")
    assert (found.population, [row.key for row in found.exception_rows]) == (1, ["P1"])


def test_auditors_who_hold_the_role_they_audit_are_found(tmp_path: Path) -> None:
    audits = [
        {"id": "U1", "process": "Change", "auditor": "Ann", "performed_at": "2026-03-01"},
        {"id": "U2", "process": "Change", "auditor": "Tom", "performed_at": "2026-03-01"},
        {
            "id": "U3",
            "process": "Change",
            "auditor": "Ann",
            "performed_at": "2026-03-01",
            "safeguard": "Second auditor",
        },
    ]
    made = derive(
        tmp_path,
        "auditor_role",
        audit=audits,
        role=[{"id": "R", "object": "Change", "kind": "process", "holder": "Ann"}],
    )
    assert [row.key for row in result(made, "auditor_holds_no_role_in_area").exception_rows] == ["U1"]


def test_suppliers_must_carry_what_is_promised(tmp_path: Path) -> None:
    targets = [
        {"id": "1", "supplier": "X", "metric": "availability", "value": 99},
        {"id": "2", "supplier": "X", "metric": "restore_hours", "value": 4},
    ]
    made = derive(
        tmp_path,
        "supplier_support",
        supplier_target=targets,
        service_dependency=[{"id": "D", "service": "S1", "supplier": "X"}],
        sla_target=[
            {"id": "a", "service": "S1", "metric": "availability", "value": 99.5},
            {"id": "b", "service": "S1", "metric": "restore_hours", "value": 8},
        ],
    )
    found = result(made, "supplier_targets_support_agreements")
    assert (found.population, found.exceptions) == (2, 1)


def test_a_missing_source_is_named_and_nothing_is_made(tmp_path: Path) -> None:
    made = derive(tmp_path, "reported_resolution", sla_measure=[{"id": "R1", "metric": "resolution"}])
    assert made.missing["reported_resolution"] == ("incident",)
    assert "reported_resolution" not in made.tables


def test_an_unreadable_source_caps_what_is_made_of_the_rest(tmp_path: Path) -> None:
    tables = {
        "service": [table(tmp_path / "s", "service", SERVICES)],
        "ci": [
            table(
                tmp_path / "c",
                "ci",
                [
                    {"id": "1", "service": "S1", "status": "installed"},
                    {"id": "2", "service": "S2", "status": "installed"},
                ],
            )
        ],
    }
    there = Circumstances(shipped_parameters(), PERIOD, AS_OF, tmp_path / "cache")
    made = derive_datasets(SHIPPED, frozenset(["service_item"]), tables, {"ci": ("EV-009 old.csv",)}, there)
    found = result(made, "live_services_mapped_to_items")
    assert found.outcome == "no_evidence"
    assert "EV-009 old.csv cannot be read" in found.reasons


def test_doubt_in_a_cell_stays_doubt_in_what_is_made_of_it(tmp_path: Path) -> None:
    tickets = [incident(0), incident(1, resolved_at="the day after")]
    reported = [
        {
            "id": "R1",
            "service": "S1",
            "period": "2026-03-01",
            "metric": "resolution",
            "target": 90,
            "actual": 100,
        }
    ]
    made = derive(tmp_path, "reported_resolution", incident=tickets, sla_measure=reported)
    found = result(made, "reported_resolution_reproducible")
    assert found.outcome != "met"


def test_a_second_run_finds_it_in_the_cache(tmp_path: Path) -> None:
    first = derive(
        tmp_path, "service_item", service=SERVICES, ci=[{"id": "1", "service": "S1", "status": "installed"}]
    )
    parquet = first.tables["service_item"][0].parquet
    assert parquet is not None
    stamp = parquet.stat().st_mtime_ns
    again = derive(
        tmp_path, "service_item", service=SERVICES, ci=[{"id": "1", "service": "S1", "status": "installed"}]
    )
    assert again.tables["service_item"][0].parquet == parquet
    assert parquet.stat().st_mtime_ns == stamp


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.permutations(range(5)), drop=st.integers(0, 4))
def test_order_does_not_matter_and_a_lost_history_never_helps(
    tmp_path_factory, rows: list[int], drop: int
) -> None:  # type: ignore[no-untyped-def]
    folder = tmp_path_factory.mktemp("p")
    changes = [
        {"id": f"C{n}", "status": "closed", "actual_end": "2026-03-01 10:00", "ci": "A"} for n in range(5)
    ]
    history = [
        {"id": f"H{n}", "ci": "A", "changed_at": "2026-03-01 12:00", "change_id": f"C{n}", "controlled": True}
        for n in rows
    ]
    whole = result(
        derive(folder / "a", "change_item", change=changes, ci_history=history),
        "item_record_updated_after_change",
    )
    fewer = result(
        derive(
            folder / "b", "change_item", change=changes, ci_history=[*history[:drop], *history[drop + 1 :]]
        ),
        "item_record_updated_after_change",
    )
    assert (whole.outcome, whole.exceptions) == ("met", 0)
    assert fewer.exceptions == 1
    assert fewer.outcome != "met"


@pytest.mark.parametrize("definition", SHIPPED, ids=[one.id for one in SHIPPED])
def test_every_shipped_definition_can_be_made_of_empty_exports(
    definition: DerivedDataset, tmp_path: Path
) -> None:
    base = {name for one in SHIPPED for name in one.sources} - {one.id for one in SHIPPED}
    tables: dict[str, list[Table]] = {name: [table(tmp_path / name, name, [])] for name in base}
    there = Circumstances(shipped_parameters(), PERIOD, AS_OF, tmp_path / "cache")
    made = derive_datasets(SHIPPED, frozenset([definition.id]), tables, {}, there)
    assert frame(made, definition.id).height == 0
