"""Clocks of incidents in working time: targets with calendars, pauses, and what cannot be told."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import polars as pl
from record_samples import AS_OF, CHECKLISTS, PERIOD, run, shipped_parameters, shipped_tests, table

from auditkit.assessment.calendars import WorkingCalendar
from auditkit.assessment.model import ProcedureResult
from auditkit.assessment.recordtests.derive import Circumstances, Derivation, derive_datasets
from auditkit.assessment.recordtests.derived import load_derived

SHIPPED = load_derived(CHECKLISTS / "derived.yaml", "derived.yaml")[0]
SUPPORT = WorkingCalendar(
    hours={"mon-fri": ("08:00-18:00",)}, holidays=(date(2026, 1, 6),), evidence="EV-030"
)
TARGETS = [
    {"id": "T1", "priority": 1, "response_minutes": 15, "resolution_minutes": 240},
    {"id": "T3", "priority": 3, "response_minutes": 60, "resolution_minutes": 600, "calendar": "support"},
]
Rows = Sequence[Mapping[str, object]]


def derive(
    folder: Path, wanted: str, calendars: Mapping[str, WorkingCalendar] | None = None, **rows: Rows
) -> Derivation:
    tables = {name: [table(folder / name, name, found)] for name, found in rows.items()}
    declared = {"support": SUPPORT} if calendars is None else calendars
    there = Circumstances(shipped_parameters(), PERIOD, AS_OF, folder / "cache", declared, "Europe/Berlin")
    return derive_datasets(SHIPPED, frozenset([wanted]), tables, {}, there)


def clocks(made: Derivation, name: str = "incident_clock") -> dict[str, dict[str, object]]:
    (found,) = made.tables[name]
    assert found.parquet is not None
    return {row["id"]: row for row in pl.read_parquet(found.parquet).to_dicts()}


def result(made: Derivation, test: str) -> ProcedureResult:
    one = shipped_tests()[test]
    return run(one, made.tables.get(one.dataset, ()), unreadable=made.unreadable.get(one.dataset, ()))


def ticket(
    number: int, priority: object, opened: str, resolved: str | None, **more: object
) -> dict[str, object]:
    return {"id": f"N{number}", "priority": priority, "opened_at": opened, "responded_at": opened, "resolved_at": resolved} | more  # fmt: skip


TICKETS = [
    ticket(1, 1, "2026-01-05 17:00", "2026-01-05 20:00"),  # every minute counts: 180
    ticket(2, 3, "2026-01-05 17:00", "2026-01-07 09:00"),  # a holiday between: 60 + 60
    ticket(3, 3, "2026-01-07 08:00", "2026-01-08 18:00"),  # 1200, of which 900 on hold
    ticket(4, 3, "2026-01-07 08:00", "2026-01-08 18:00"),  # 1200, and late
    ticket(5, 3, "2026-01-07 08:00", None),
]
HOLDS = [
    {"id": "H1", "ticket": "N3", "started_at": "2026-01-07 09:00", "ended_at": "2026-01-07 18:00"},
    {"id": "H2", "ticket": "N3", "started_at": "2026-01-07 18:00", "ended_at": "2026-01-08 14:00"},
]


def test_times_are_counted_in_the_hours_of_the_target_less_the_time_on_hold(tmp_path: Path) -> None:
    found = clocks(derive(tmp_path, "incident_clock", incident=TICKETS, incident_target=TARGETS, hold=HOLDS))
    assert {key: row["counted"] for key, row in found.items()} == {
        "N1": 180.0, "N2": 120.0, "N3": 300.0, "N4": 1200.0, "N5": None,
    }  # fmt: skip
    assert (found["N1"]["calendar"], found["N3"]["held"]) == ("always", 900.0)


def test_the_share_in_time_is_counted_by_the_clock(tmp_path: Path) -> None:
    made = derive(tmp_path, "incident_clock", incident=TICKETS, incident_target=TARGETS, hold=HOLDS)
    found = result(made, "incident_resolved_within_working_time")
    assert (found.outcome, found.population, found.exceptions) == ("not_met", 4, 1)
    assert found.exception_rows[0].key == "N4"


def test_a_hold_that_never_ended_lasts_until_it_was_resolved(tmp_path: Path) -> None:
    open_hold = [{"id": "H1", "ticket": "N4", "started_at": "2026-01-07 09:00"}]
    found = clocks(
        derive(tmp_path, "incident_clock", incident=TICKETS, incident_target=TARGETS, hold=open_hold)
    )
    assert found["N4"]["counted"] == 60.0


def test_overlapping_holds_are_reported_and_their_time_is_not_guessed(tmp_path: Path) -> None:
    overlap = [HOLDS[0], HOLDS[1] | {"started_at": "2026-01-07 17:00"}]
    given = {"incident": TICKETS, "incident_target": TARGETS, "hold": overlap}
    assert clocks(derive(tmp_path, "incident_clock", **given))["N3"]["counted"] is None
    made = derive(tmp_path, "hold_sequence", **given)
    said = result(made, "holds_follow_each_other")
    assert (said.outcome, [one.key for one in said.exception_rows]) == ("not_met", ["H2"])


def test_a_calendar_nobody_declared_gives_unknown_rows_and_says_so(tmp_path: Path) -> None:
    made = derive(tmp_path, "incident_clock", {}, incident=TICKETS, incident_target=TARGETS, hold=[])
    (made_table,) = made.tables["incident_clock"]
    assert [issue.code for issue in made_table.reading.issues] == ["calendar-unknown"]
    assert "support" in made_table.reading.issues[0].message
    found = result(made, "incident_resolved_within_working_time")
    assert found.outcome != "met"
    assert found.unknown == 3


def test_an_empty_list_of_holds_is_not_a_missing_one(tmp_path: Path) -> None:
    given = {"incident": TICKETS[:2], "incident_target": TARGETS}
    with_list = derive(tmp_path / "a", "incident_clock", hold=[], **given)
    without = derive(tmp_path / "b", "incident_clock", **given)
    assert result(with_list, "incident_resolved_within_working_time").outcome == "met"
    assert result(without, "incident_resolved_within_working_time").outcome == "no_evidence"
    assert without.missing["incident_clock"] == ("hold",)


def test_clocks_of_the_tool_are_recounted(tmp_path: Path) -> None:
    shown = [
        {"id": "K1", "ticket": "N1", "elapsed_minutes": 183, "target_minutes": 240, "breached": False},
        {"id": "K2", "ticket": "N2", "elapsed_minutes": 720, "target_minutes": 600, "breached": True},  # the holiday counted
        {"id": "K4", "ticket": "N4", "elapsed_minutes": 1200, "target_minutes": 600, "breached": False},
        {"id": "K9", "ticket": "N9", "elapsed_minutes": 1, "target_minutes": 600, "breached": False},
    ]  # fmt: skip
    made = derive(
        tmp_path, "clock_check", incident=TICKETS, incident_target=TARGETS, hold=[], sla_clock=shown
    )
    found = result(made, "sla_clocks_reproducible")
    assert [one.key for one in found.exception_rows] == ["K2", "K4"]
    assert found.population == 3


def test_the_same_calendar_in_another_time_is_derived_again(tmp_path: Path) -> None:
    given = {"incident": TICKETS, "incident_target": TARGETS, "hold": []}
    longer = {"support": SUPPORT.model_copy(update={"holidays": ()})}
    assert clocks(derive(tmp_path, "incident_clock", **given))["N2"]["counted"] == 120.0
    assert clocks(derive(tmp_path, "incident_clock", longer, **given))["N2"]["counted"] == 720.0
