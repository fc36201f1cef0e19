"""Registers and clocks as the tools export them: items, suppliers, contracts, people, roles, improvements, SLAs."""

from pathlib import Path

import pytest
from profile_samples import read_export


@pytest.mark.parametrize(
    ("profile", "text", "elapsed", "paused", "breached"),
    [
        (
            "servicenow-sla-clock",
            "sla,task,stage,start_time,business_duration,business_pause_duration,has_breached\n"
            "P1 resolve,INC1,Completed,2026-03-13 08:00:00,5400,600,false\n"
            "P1 resolve,INC2,Completed,2026-03-13 08:00:00,1970-01-01 03:00:00,0,true\n"
            "P1 resolve,INC3,Completed,2026-03-13 08:00:00,1 Day 2 Hours,soon,perhaps\n",
            [90.0, 180.0, 1560.0],
            [10.0, 0.0, None],
            [False, True, None],
        ),
        (
            "bmc-sla-clock",
            "SVT Title,Incident ID,UpElapsedTime,DownElapsedTime,Measurement Status\n"
            "P1,INC1,5400,600,Met\nP1,INC2,10800,0,Missed\nP1,INC3,60,soon,In Process\n",
            [90.0, 180.0, 1.0],
            [10.0, 0.0, None],
            [False, True, None],
        ),
        (
            "glpi-sla-clock",
            "ID;Priority;SLA - SLA Time to resolve;solve_delay_stat;waiting_duration;Time to resolve exceeded\n"
            "1 001;Major;Gold;5400;600;No\n1 002;Low;Gold;10800;0;Yes\n1 003;Low;Gold;60;soon;perhaps\n",
            [90.0, 180.0, 1.0],
            [10.0, 0.0, None],
            [False, True, None],
        ),
        (
            "itop-sla-clock",
            "ref,priority,time_spent,cumulatedpending,sla_ttr_passed\n"
            "I-1,1,5400,600,no\nI-2,4,10800,0,yes\nI-3,4,60,soon,perhaps\n",
            [90.0, 180.0, 1.0],
            [10.0, 0.0, None],
            [False, True, None],
        ),
    ],
)
def test_clocks_of_service_levels(
    profile: str, text: str, elapsed: list[float], paused: list[float], breached: list[bool], tmp_path: Path
) -> None:
    export = read_export(tmp_path, "sla_clock", text)
    assert export.reading.profile == profile
    assert export.rows["elapsed_minutes"] == elapsed
    assert export.rows["paused_minutes"] == paused
    assert export.rows["breached"] == breached
    assert export.unknown == {"paused_minutes": 1, "breached": 1}
    assert len(set(export.rows["id"])) == 3


def test_the_clock_of_jira_says_only_whether_time_was_left(tmp_path: Path) -> None:
    text = "Issue key,Priority,Custom field (Time to resolution)\nSD-1,High,-12:05\nSD-2,Low,3:00\nSD-3,Low,soon\n"
    export = read_export(tmp_path, "sla_clock", text)
    assert export.reading.profile == "jira-sla-clock"
    assert export.rows["breached"] == [True, False, None]
    assert export.rows["id"] == export.rows["ticket"] == ["SD-1", "SD-2", "SD-3"]


def test_the_clock_of_znuny_counts_minutes_left(tmp_path: Path) -> None:
    text = "TicketNumber;Priority;SLA;SolutionInMin;SolutionDiffInMin\n1;5 very high;Gold;75;-15\n2;2 low;Gold;30;30\n"
    export = read_export(tmp_path, "sla_clock", text)
    assert export.reading.profile == "znuny-sla-clock"
    assert export.rows["id"] == ["Gold / 1", "Gold / 2"]
    assert export.rows["priority"] == [1, 4]
    assert export.rows["elapsed_minutes"] == [75.0, 30.0]
    assert export.rows["breached"] == [True, False]


@pytest.mark.parametrize(
    ("profile", "text", "statuses"),
    [
        (
            "servicenow-ci",
            "sys_id,name,sys_class_name,install_status\na,web,Server,1\nb,db,Server,3\nc,old,Server,7\nd,new,Server,2\ne,odd,Server,44\n",
            ["installed", "in_maintenance", "retired", "pending_install", None],
        ),
        (
            "bmc-ci",
            "ReconciliationIdentity,CI Name*,AssetLifecycleStatus\na,web,Deployed\nb,db,In Repair\nc,old,Disposed\nd,odd,Odd\n",
            ["installed", "in_maintenance", "retired", None],
        ),
        (
            "freshservice-ci",
            "display_id,name,asset_type_id,asset_state,updated_at\n1,web,7,In Use,2026-03-13T08:05:00Z\n"
            "2,db,7,In Stock,2026-03-13T08:05:00Z\n3,odd,7,Odd,2026-03-13T08:05:00Z\n",
            ["installed", "in_stock", None],
        ),
        (
            "glpi-ci",
            "ID;Name;Item type;Status\n1;web;Computer;In use\n2;odd;Computer;Odd\n",
            ["installed", None],
        ),
        (
            "itop-ci",
            "id,name,finalclass,status,description\n1,web,Server,production,x\n2,old,Server,obsolete,x\n3,odd,Server,odd,x\n",
            ["installed", "retired", None],
        ),
    ],
)
def test_configuration_items(profile: str, text: str, statuses: list[str | None], tmp_path: Path) -> None:
    export = read_export(tmp_path, "ci", text)
    assert export.reading.profile == profile
    assert export.rows["status"] == statuses
    assert export.unknown == {"status": 1}


@pytest.mark.parametrize(
    ("profile", "text", "owners"),
    [
        ("servicenow-supplier", "sys_id,name,vendor_manager\na,Acme,Ann\nb,Bolt,\n", ["Ann", None]),
        ("freshservice-supplier", "id,name,custom_fields.owner\n1,Acme,Ann\n2,Bolt,\n", ["Ann", None]),
        (
            "glpi-supplier",
            "ID;Name;Additional fields - Owner;Email\n1;Acme;Ann;a@acme.test\n2;Bolt;;\n",
            ["Ann", None],
        ),
        ("itop-supplier", "id,name,status,x_owner\n1,Acme,active,Ann\n2,Bolt,active,\n", ["Ann", None]),
    ],
)
def test_suppliers(profile: str, text: str, owners: list[str | None], tmp_path: Path) -> None:
    export = read_export(tmp_path, "supplier", text)
    assert export.reading.profile == profile
    assert export.rows["owner"] == owners
    assert export.rows["name"] == ["Acme", "Bolt"]


@pytest.mark.parametrize(
    ("profile", "text"),
    [
        (
            "servicenow-contract",
            "number,vendor,state,starts,ends\nC1,Acme,Active,2026-01-01,2026-12-31\nC2,Bolt,Odd,2026-01-01,\n",
        ),
        (
            "freshservice-contract",
            "id,name,vendor_id,status,start_date,end_date\n1,Lines,7,Approved,2026-01-01,2026-12-31\n2,Copiers,8,Odd,2026-01-01,\n",
        ),
        (
            "itop-contract",
            "id,name,provider_id,status,sla,coverage,start_date,end_date\n"
            "1,Lines,7,production,Gold,24x7,2026-01-01,2026-12-31\n2,Copiers,8,odd,,,2026-01-01,\n",
        ),
    ],
)
def test_contracts(profile: str, text: str, tmp_path: Path) -> None:
    export = read_export(tmp_path, "contract", text)
    assert export.reading.profile == profile
    assert export.rows["status"] == ["active", None]
    assert [str(one) for one in export.rows["end_at"]] == ["2026-12-31", "None"]
    assert export.unknown == {"status": 1}
    if "targets" in export.rows:
        assert export.rows["targets"] == ["Gold; 24x7", None]


@pytest.mark.parametrize(
    ("profile", "text", "units"),
    [
        ("servicenow-person", "user_name,name,active,department\nann,Ann,true,Desk\nbo,Bo,false,\n", ["Desk", None]),
        ("glpi-person", "Login;Surname;Groups;Valid until\nann;Lee;Desk;\nbo;Ek;;2026-03-31\n", ["Desk", None]),
        ("itop-person", "employee_number,name,org_id,status\nann,Lee,Desk,active\nbo,Ek,,inactive\n", ["Desk", None]),
        ("znuny-person", "UserLogin;DynamicField_Unit\nann;Desk\nbo;\n", ["Desk", None]),
    ],
)  # fmt: skip
def test_people(profile: str, text: str, units: list[str | None], tmp_path: Path) -> None:
    export = read_export(tmp_path, "person", text)
    assert export.reading.profile == profile
    assert export.rows["id"] == ["ann", "bo"]
    assert export.rows["unit"] == units


def test_roles_of_servicenow_are_told_apart_by_user_and_role(tmp_path: Path) -> None:
    export = read_export(
        tmp_path, "role", "user,role,inherited,state\nann,itil,false,active\nann,admin,true,active\n"
    )
    assert export.reading.profile == "servicenow-role"
    assert export.rows["id"] == ["ann / itil", "ann / admin"]
    assert export.rows["holder"] == ["ann", "ann"]
    assert export.reading.duplicates == 0


def test_improvements_of_servicenow(tmp_path: Path) -> None:
    export = read_export(
        tmp_path,
        "improvement",
        "Number,Short description,State,CIM Coordinator,Planned end date\nCIM1,A,Monitor/Review,Ann,2026-03-31\n"
        "CIM2,B,Canceled,Ann,\nCIM3,C,On Hold,Ann,\n",
    )
    assert export.reading.profile == "servicenow-improvement"
    assert export.rows["status"] == ["started", "rejected", None]
    assert export.unknown == {"status": 1}
