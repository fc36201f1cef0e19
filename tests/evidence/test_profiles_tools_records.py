"""Requests, changes, problems, releases and registers as the tools export them, and what comes out."""

from datetime import date, datetime
from pathlib import Path

import pytest
from profile_samples import read_export


def at(text: str) -> datetime:
    """Return a wall-clock time."""
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("profile", "text", "statuses"),
    [
        (
            "servicenow-request",
            "number,request_state,priority,opened_at,closed_at\n"
            "REQ1,Fulfilled,4 - Low,2026-03-13 08:00:00,2026-03-14 08:00:00\n"
            "REQ2,7,4 - Low,2026-03-13 08:00:00,\nREQ3,Odd,4 - Low,2026-03-13 08:00:00,\n",
            ["fulfilled", "cancelled", None],
        ),
        (
            "jira-request",
            "Issue key,Issue Type,Status,Status Category,Created\n"
            "SD-1,[System] Service request,Waiting for approval,To Do,12/Mar/26 9:41 AM\n"
            "SD-2,[System] Incident,Done,Done,12/Mar/26 9:41 AM\n"
            "SD-3,[System] Service request,Sent out,Done,12/Mar/26 9:41 AM\n"
            "SD-4,[System] Service request,Odd,,12/Mar/26 9:41 AM\n",
            ["pending", "closed", None],
        ),
        (
            "bmc-request",
            "Work Order ID*+,Summary*,Status*,Priority*,Submit Date\n"
            "WO1,Laptop,Waiting Approval,Low,3/13/2026 1:05:09 PM\n"
            "WO2,Phone,Completed,Low,3/13/2026 1:05:09 PM\nWO3,Chair,Odd,Low,3/13/2026 1:05:09 PM\n",
            ["pending", "fulfilled", None],
        ),
        (
            "freshservice-request",
            "Ticket Id,Subject,Type,Status,Item,Created Time,Approval Status\n"
            "1,Laptop,Service Request,Resolved,Laptop,2026-03-13 08:05:00,Approved\n"
            "2,Mail,Incident,Open,,2026-03-13 08:05:00,\n3,Phone,Service Request,Odd,Phone,2026-03-13 08:05:00,Not Requested\n",
            ["fulfilled", None],
        ),
        (
            "zendesk-request",
            "Id,Subject,Status,Priority,Ticket type,Created at,Solved at\n"
            "1,How to,Solved,Low,Question,2026-03-13 08:05,2026-03-13 09:05\n"
            "2,Mail,Open,High,Incident,2026-03-13 08:05,\n3,Do it,Odd,Low,Task,2026-03-13 08:05,\n",
            ["fulfilled", None],
        ),
        (
            "glpi-request",
            "ID;Title;Type;Status;Priority;Opening date;Resolution date\n"
            "1;Laptop;Request;Solved;Medium;13-03-2026 08:05;13-03-2026 09:05\n"
            "2;Mail;Incident;New;High;13-03-2026 08:05;\n3;Phone;Request;Odd;Low;13-03-2026 08:05;\n",
            ["fulfilled", None],
        ),
        (
            "itop-request",
            "ref,title,status,priority,request_type,start_date,resolution_date,approver_id\n"
            "R-1,Laptop,waiting_for_approval,3,service_request,2026-03-13 08:05:00,,12\n"
            "I-2,Mail,new,1,incident,2026-03-13 08:05:00,,0\n"
            "R-3,Phone,odd,4,service_request,2026-03-13 08:05:00,,0\n",
            ["pending", None],
        ),
        (
            "znuny-request",
            "TicketNumber;Created;Closed;State;Priority;Queue;Subject;Type\n"
            "1;2026-03-13 08:05:00;;pending auto close+;3 normal;Desk;Laptop;ServiceRequest\n"
            "2;2026-03-13 08:05:00;;open;5 very high;Desk;Mail;Incident\n"
            "3;2026-03-13 08:05:00;;odd;3 normal;Desk;Phone;Incident::ServiceRequest\n",
            ["fulfilled", None],
        ),
    ],
)
def test_requests(profile: str, text: str, statuses: list[str | None], tmp_path: Path) -> None:
    export = read_export(tmp_path, "request", text)
    assert export.reading.profile == profile
    assert export.rows["status"] == statuses
    assert export.unknown == {"status": 1}
    assert export.rows["opened_at"][0] is not None


@pytest.mark.parametrize(
    ("profile", "text", "statuses", "types", "opened"),
    [
        (
            "servicenow-change",
            "number,type,state,opened_at,start_date,end_date,close_code\n"
            "CHG1,Normal,Review,13-03-2026 08:00:00,14-03-2026 08:00:00,14-03-2026 09:00:00,Successful\n"
            "CHG2,Emergency,-1,13-03-2026 08:00:00,14-03-2026 08:00:00,14-03-2026 09:00:00,\n"
            "CHG3,Odd,Odd,13-03-2026 08:00:00,14-03-2026 08:00:00,14-03-2026 09:00:00,\n",
            ["implemented", "implementing", None],
            ["normal", "emergency", None],
            "2026-03-13 08:00",
        ),
        (
            "jira-change",
            "Issue key,Custom field (Change type),Status,Created,Custom field (Change start date)\n"
            "C-1,Standard,Done,12/Mar/26 9:41 AM,2026-03-14 08:00:00.0\n"
            "C-2,Normal,Declined,12/Mar/26 9:41 AM,2026-03-14 08:00:00.0\n"
            "C-3,Odd,Odd,12/Mar/26 9:41 AM,2026-03-14 08:00:00.0\n",
            ["closed", "rejected", None],
            ["standard", "normal", None],
            "2026-03-12 09:41",
        ),
        (
            "bmc-change",
            "Infrastructure Change ID*+,Summary*,Change Type*,Status*,Submit Date,Scheduled Start Date+\n"
            "CRQ1,Patch,Latent,Completed,3/13/2026 1:05:09 PM,3/14/2026 1:05:09 PM\n"
            "CRQ2,Disk,No Impact,Request For Authorization,3/13/2026 1:05:09 PM,3/14/2026 1:05:09 PM\n"
            "CRQ3,Odd,Odd,Odd,3/13/2026 1:05:09 PM,\n",
            ["implemented", "authorisation", None],
            ["emergency", "standard", None],
            "2026-03-13 13:05:09",
        ),
        (
            "freshservice-change",
            "id,subject,change_type,status,risk,agent_id,created_at,planned_start_date\n"
            "1,Patch,3,5,2,77,2026-03-13T08:05:00Z,2026-03-14T08:05:00+01:00\n"
            "2,Disk,2,3,1,77,2026-03-13T08:05:00Z,2026-03-14T08:05:00+01:00\n"
            "3,Odd,9,9,1,77,2026-03-13T08:05:00Z,\n",
            ["implemented", "authorisation", None],
            ["normal", "standard", None],
            "2026-03-13 09:05",
        ),
        (
            "glpi-change",
            "ID;Title;Status;Category;Opening date;Resolution date\n"
            "1 001;Patch;Testing;Emergency;13-03-2026 08:05;\n"
            "1 002;Disk;13;Standard;13-03-2026 08:05;\n1 003;Odd;Odd;Odd;13-03-2026 08:05;\n",
            ["implementing", "rejected", None],
            ["emergency", "standard", None],
            "2026-03-13 08:05",
        ),
        (
            "itop-change",
            "ref,title,finalclass,status,creation_date,start_date,end_date,approval_date\n"
            "C-1,Patch,RoutineChange,plannedscheduled,2026-03-13 08:05:00,2026-03-14 08:05:00,,\n"
            "C-2,Disk,EmergencyChange,notapproved,2026-03-13 08:05:00,2026-03-14 08:05:00,,\n"
            "C-3,Odd,Odd,odd,2026-03-13 08:05:00,2026-03-14 08:05:00,,\n",
            ["assessment", "rejected", None],
            ["standard", "emergency", None],
            "2026-03-13 08:05",
        ),
        (
            "znuny-change",
            "ChangeNumber;ChangeTitle;ChangeState;CreateTime;PlannedStartTime;DynamicField_Type\n"
            "1;Patch;pending pir;2026-03-13 08:05:00;2026-03-14 08:05:00;Normal\n"
            "2;Disk;retracted;2026-03-13 08:05:00;2026-03-14 08:05:00;Standard\n"
            "3;Odd;odd;2026-03-13 08:05:00;2026-03-14 08:05:00;Odd\n",
            ["implemented", "cancelled", None],
            ["normal", "standard", None],
            "2026-03-13 08:05",
        ),
    ],
)
def test_changes(
    profile: str,
    text: str,
    statuses: list[str | None],
    types: list[str | None],
    opened: str,
    tmp_path: Path,
) -> None:
    export = read_export(tmp_path, "change", text)
    assert export.reading.profile == profile
    assert export.rows["status"] == statuses
    assert export.rows["type"] == types
    assert export.unknown == {"status": 1, "type": 1}
    assert export.rows["opened_at"] == [at(opened)] * 3


@pytest.mark.parametrize(
    ("profile", "text", "statuses"),
    [
        (
            "servicenow-problem",
            "number,state,priority,known_error,opened_at\nPRB1,103,1 - Critical,true,2026-03-13 08:00:00\n"
            "PRB2,Fix in Progress,2 - High,,2026-03-13 08:00:00\nPRB3,Odd,2 - High,,2026-03-13 08:00:00\n",
            ["root_cause_analysis", "fix_in_progress", None],
        ),
        (
            "jira-problem",
            "Issue key,Status,Priority,Created\nP-1,Under investigation,High,12/Mar/26 9:41 AM\n"
            "P-2,Done,High,12/Mar/26 9:41 AM\nP-3,Odd,High,12/Mar/26 9:41 AM\n",
            ["root_cause_analysis", "closed", None],
        ),
        (
            "bmc-problem",
            "Problem ID*+,Summary*,Status*,Priority*,Submit Date\nPBI1,A,Under Investigation,High,3/13/2026 1:05:09 PM\n"
            "PBI2,B,Closed,Low,3/13/2026 1:05:09 PM\nPBI3,C,Pending,Low,3/13/2026 1:05:09 PM\n",
            ["root_cause_analysis", "closed", None],
        ),
        (
            "freshservice-problem",
            "id,subject,status,priority,known_error,due_by,created_at\n"
            "1,A,2,4,true,,2026-03-13T08:05:00Z\n2,B,3,1,false,,2026-03-13T08:05:00Z\n3,C,9,1,false,,2026-03-13T08:05:00Z\n",
            ["fix_in_progress", "closed", None],
        ),
        (
            "glpi-problem",
            "id;name;status;priority;date;solvedate;causecontent\n1;A;7;6;2026-03-13 08:05:00;;\n"
            "2;B;5;1;2026-03-13 08:05:00;2026-03-14 08:05:00;Leak\n3;C;99;1;2026-03-13 08:05:00;;\n",
            ["assessment", "resolved", None],
        ),
        (
            "itop-problem",
            "ref,title,status,priority,start_date,related_change_id\nP-1,A,assigned,1,2026-03-13 08:05:00,\n"
            "P-2,B,closed,4,2026-03-13 08:05:00,C-1\nP-3,C,odd,4,2026-03-13 08:05:00,\n",
            ["assessment", "closed", None],
        ),
    ],
)
def test_problems(profile: str, text: str, statuses: list[str | None], tmp_path: Path) -> None:
    export = read_export(tmp_path, "problem", text)
    assert export.reading.profile == profile
    assert export.rows["status"] == statuses
    assert export.unknown == {"status": 1}


@pytest.mark.parametrize(
    ("profile", "text", "statuses"),
    [
        (
            "servicenow-release",
            "number,short_description,state,end_date,work_end\nRLSE1,May,Closed Complete,2026-03-13,2026-03-14 08:00:00\n"
            "RLSE2,June,Testing,2026-04-13,\nRLSE3,July,Closed Incomplete,2026-05-13,\n",
            ["deployed", "planned", None],
        ),
        (
            "bmc-release",
            "Release ID*+,Summary*,Status*,Release Type\nRLM1,May,Completed,Major\nRLM2,June,Draft,Minor\nRLM3,July,Odd,Minor\n",
            ["deployed", "planned", None],
        ),
        (
            "freshservice-release",
            "id,subject,release_type,status,planned_start_date,planned_end_date\n"
            "1,May,3,5,2026-03-13T08:05:00Z,2026-03-13T09:05:00Z\n2,June,2,1,2026-04-13T08:05:00Z,2026-04-13T09:05:00Z\n"
            "3,July,1,4,2026-05-13T08:05:00Z,2026-05-13T09:05:00Z\n",
            ["deployed", "planned", None],
        ),
    ],
)
def test_releases(profile: str, text: str, statuses: list[str | None], tmp_path: Path) -> None:
    export = read_export(tmp_path, "release", text)
    assert export.reading.profile == profile
    assert export.rows["status"] == statuses
    assert export.unknown == {"status": 1}


def test_jira_versions_collapse_to_one_row_each_when_the_profile_is_named(tmp_path: Path) -> None:
    text = "Fix Version/s,released,releaseDate\n1.0,false,\n1.1,true,2026-03-14\n1.0,true,2026-03-13\n"
    export = read_export(tmp_path, "release", text, profile="jira-release")
    assert export.rows["id"] == ["1.1", "1.0"]
    assert export.rows["status"] == ["deployed", "deployed"]
    assert export.reading.dropped == {"earlier event of the same record": 1}
    assert not read_export(tmp_path, "release", text).reading.readable


def test_a_history_of_servicenow_changes_collapses_to_the_last_state(tmp_path: Path) -> None:
    text = (
        "number,phase_state,opened_at,Work end\nCHG1,Draft,13-03-2026 08:00,\nCHG2,Draft,13-03-2026 09:00,\n"
        "CHG1,Closed,13-03-2026 08:00,14-03-2026 08:00\n"
    )
    export = read_export(tmp_path, "change", text, profile="servicenow-change-log")
    assert export.rows["id"] == ["CHG2", "CHG1"]
    assert export.rows["status"] == ["draft", "closed"]
    assert export.rows["actual_end"] == [None, at("2026-03-14 08:00")]


def test_contracts_of_glpi_end_after_their_months(tmp_path: Path) -> None:
    export = read_export(
        tmp_path,
        "contract",
        "num;name;begin_date;duration;Suppliers\nC1;Lines;2026-01-31;1;Acme\nC2;Copiers;2026-01-01;12 months;Acme\n"
        "C3;Odd;2026-01-01;long;Acme\nC4;Open;2026-01-01;;Acme\n",
    )
    assert export.reading.profile == "glpi-contract"
    assert export.rows["start_at"][0] == date(2026, 1, 31)
    assert export.rows["end_at"] == [date(2026, 2, 28), date(2027, 1, 1), None, None]
    assert export.unknown == {"end_at": 1}
