"""Incidents as eight tools export them: headers, values and dates of each, and what comes out."""

from datetime import datetime
from pathlib import Path

from profile_samples import read_export


def at(text: str) -> datetime:
    """Return a wall-clock time."""
    return datetime.fromisoformat(text)


def test_servicenow_incidents(tmp_path: Path) -> None:
    export = read_export(
        tmp_path,
        "incident",
        "number,short_description,state,priority,impact,caller_id,opened_at,resolved_at,made_sla,reopen_count\n"
        "INC1,Mail down,Closed,1 - Critical,1 - High,Ann Lee,13-03-2026 08:05:00,13-03-2026 09:00:00,true,0\n"
        "INC2,Slow,In Progress,3 - Moderate,3 - Low,Bo Ek,02-04-2026 10:00:00,,false,2\n"
        "INC3,Print,Awaiting Vendor,4,2,Cy Ode,03-04-2026 10:00:00,,true,0\n"
        "INC4,Login,Parked,urgent,2,Di Poe,04-04-2026 10:00:00,05-15-2026 10:00:00,maybe,0\n",
    )
    assert export.reading.profile == "servicenow-incident"
    assert export.rows["status"] == ["closed", "in_progress", "pending", None]
    assert export.rows["priority"] == [1, 3, 4, None]
    assert export.rows["breached"] == [False, True, False, None]
    assert export.rows["opened_at"][0] == at("2026-03-13 08:05")
    assert export.unknown == {"status": 1, "priority": 1, "breached": 1}
    assert [one.code for one in export.reading.issues][:1] == ["table-date-unreadable"]
    assert "resolved_at" not in export.rows


def test_an_export_of_all_servicenow_tasks_keeps_its_incidents(tmp_path: Path) -> None:
    export = read_export(
        tmp_path,
        "incident",
        "number,sys_class_name,state,opened_at\n"
        "INC1,Incident,New,2026-03-13 08:05:00\nCHG1,Change Request,New,2026-03-13 08:05:00\n"
        "PRB1,Problem,New,2026-03-13 08:05:00\nINC2,,New,2026-03-13 08:05:00\n",
    )
    assert export.rows["id"] == ["INC1", "INC2"]
    assert export.rows["_row"] == [2, 5]
    assert export.reading.dropped == {"another kind of ticket": 2}
    assert (export.reading.rows_in_file, export.reading.rows_kept) == (4, 2)
    assert export.reading.unmapped_headers == ()


def test_jira_incidents(tmp_path: Path) -> None:
    sla = "Custom field (Time to resolution)"
    export = read_export(
        tmp_path,
        "incident",
        "\ufeffSummary,Issue key,Issue Type,Status,Status Category,Priority,Created,Resolved,Comment,Comment,"
        f"{sla}\r\n"
        "Mail down,SD-1,[System] Incident,Waiting for customer,In Progress,Highest,12/Mar/26 9:41 AM,,first,second,"
        "-1:20\r\n"
        "Slow,SD-2,[System] Incident,On the bench,In Progress,Medium,2/Apr/26 1:05 PM,,,only,2:05\r\n"
        "Print,SD-3,[System] Incident,Canceled,Done,Low,3/Apr/26 1:05 PM,4/Apr/26 2:00 PM,,,0:00\r\n"
        "New laptop,SD-4,[System] Service request,Done,Done,Low,3/Apr/26 1:05 PM,4/Apr/26 2:00 PM,,,\r\n"
        "Odd,SD-5,[System] Incident,Frozen,Elsewhere,Someday,3/Apr/26 1:05 PM,,,,soon\r\n",
    )
    assert export.reading.profile == "jira-incident"
    assert export.rows["id"] == ["SD-1", "SD-2", "SD-3", "SD-5"]
    assert export.rows["status"] == ["pending", "in_progress", "cancelled", None]
    assert export.rows["priority"] == [1, 3, 4, None]
    assert export.rows["opened_at"][:2] == [at("2026-03-12 09:41"), at("2026-04-02 13:05")]
    assert export.rows["breached"] == [True, False, False, None]
    assert export.rows["work_notes"] == ["first\nsecond", "only", None, None]
    assert export.reading.dropped == {"another kind of issue": 1}
    assert export.unknown == {"status": 1, "priority": 1, "breached": 1}


def test_jira_date_columns_of_one_file_may_be_written_in_two_ways(tmp_path: Path) -> None:
    export = read_export(
        tmp_path,
        "incident",
        "Issue key,Status,Created,Updated,Resolved\n"
        "SD-1,Done,12/Mar/26 9:41 AM,2026-02-25 16:38:58.679,2026-02-25T16:38:58.679+0000\n",
    )
    assert export.rows["opened_at"] == [at("2026-03-12 09:41")]
    assert export.rows["updated_at"] == [at("2026-02-25 16:38:58")]
    assert [one.replace(microsecond=0) for one in export.rows["resolved_at"]] == [at("2026-02-25 17:38:58")]


def test_bmc_incidents(tmp_path: Path) -> None:
    export = read_export(
        tmp_path,
        "incident",
        "Incident ID*+,Summary*,Incident Type*,Status*,Priority*,Impact*,First Name+,Last Name+,Reported Date+,"
        "Last Resolved Date,Re-Opened Date,SLM Real Time Status\n"
        "INC001,Mail,User Service Restoration,Assigned,Critical,1-Extensive/Widespread,Ann,Lee,3/13/2026 1:05:09 PM,"
        "3/14/2026 2:00:00 AM,,Within the Service Target\n"
        "INC002,Slow,Infrastructure Event,In Progress,Medium,3000-Moderate/Limited,Bo,,4/2/2026 8:00:00 AM,,"
        "4/3/2026 8:00:00 AM,Service Targets Breached\n"
        "INC003,Laptop,User Service Request,Closed,Low,4000,Cy,Ode,4/2/2026 8:00:00 AM,,,\n"
        "INC004,Login,User Service Restoration,Waiting,Low,4000,,,4/2/2026 8:00:00 AM,,,Not Attached\n",
    )
    assert export.reading.profile == "bmc-incident"
    assert export.rows["id"] == ["INC001", "INC002", "INC004"]
    assert export.rows["status"] == ["new", "in_progress", None]
    assert export.rows["priority"] == [1, 3, 4]
    assert export.rows["impact"] == [1, 3, 4]
    assert export.rows["requester"] == ["Ann Lee", "Bo", None]
    assert export.rows["opened_at"][0] == at("2026-03-13 13:05:09")
    assert export.rows["reopened_count"] == [0, 1, 0]
    assert export.rows["breached"] == [False, True, None]
    assert export.reading.dropped == {"service request": 1}
    assert export.unknown == {"status": 1, "breached": 1}


def test_bmc_database_extracts_hold_seconds_since_1970(tmp_path: Path) -> None:
    export = read_export(
        tmp_path,
        "incident",
        "Incident_Number,Status,Priority,Submit_Date\nINC1,4,0,1773396309\nINC2,6,1,1773399909\n",
    )
    assert export.rows["opened_at"] == [at("2026-03-13 11:05:09"), at("2026-03-13 12:05:09")]
    assert export.rows["status"] == ["resolved", "cancelled"]
    assert export.rows["priority"] == [1, 2]


def test_freshservice_incidents(tmp_path: Path) -> None:
    export = read_export(
        tmp_path,
        "incident",
        "Ticket Id,Subject,Status,Priority,Impact,Type,Agent,Created Time,Resolved Time,Resolution Status\n"
        "101,Mail,Open,Urgent,High,Incident,Ann,2026-03-13 08:05:00 +0000,,Within SLA\n"
        "102,Slow,4,1,1,Incident,Bo,2026-04-02 08:05:00 +0200,2026-04-02 09:05:00 +0200,SLA Violated\n"
        "103,Laptop,Closed,Low,Low,Service Request,Bo,2026-04-02 08:05:00 +0200,,\n"
        "104,Login,Waiting on Customer,Low,Low,Incident,Bo,2026-04-02 08:05:00 +0200,,\n",
    )
    assert export.reading.profile == "freshservice-incident"
    assert export.rows["id"] == ["101", "102", "104"]
    assert export.rows["status"] == ["new", "resolved", None]
    assert export.rows["priority"] == [1, 4, 4]
    assert export.rows["impact"] == [1, 3, 3]
    assert export.rows["opened_at"][:2] == [at("2026-03-13 09:05"), at("2026-04-02 08:05")]
    assert export.rows["breached"] == [False, True, None]
    assert export.unknown == {"status": 1}


def test_zendesk_incidents(tmp_path: Path) -> None:
    export = read_export(
        tmp_path,
        "incident",
        "Id,Requester,Subject,Status,Priority,Ticket type,Group,Assignee,Created at,Updated at,Solved at,"
        "First reply time in minutes,Reopens,Assignee stations\n"
        "7,Ann,Mail,Solved,Urgent,Incident,Desk,Bo,2026-03-13 08:05,2026-03-14 08:05,2026-03-14 08:00,95,0,1\n"
        "8,Cy,Slow,On-hold,Normal,Incident,Desk,Bo,2026-03-29 01:30,2026-04-03 08:05,,60,1,3\n"
        "9,Di,How to,Closed,Low,Question,Desk,Bo,2026-04-02 08:05,2026-04-03 08:05,,5,0,1\n"
        "10,Di,Odd,Deleted,-,Incident,Desk,Bo,2026-04-02 08:05,2026-04-03 08:05,,soon,0,0\n",
    )
    assert export.reading.profile == "zendesk-incident"
    assert export.rows["status"] == ["resolved", "pending", None]
    assert export.rows["priority"] == [1, 3, None]
    assert export.rows["responded_at"] == [at("2026-03-13 09:40"), at("2026-03-29 03:30"), None]
    assert export.rows["reassigned_count"] == [0, 2, 0]
    assert export.reading.dropped == {"another kind of ticket": 1}
    assert export.unknown == {"status": 1, "responded_at": 1}


def test_glpi_incidents_with_reversed_priorities(tmp_path: Path) -> None:
    export = read_export(
        tmp_path,
        "incident",
        "ID;Title;Status;Type;Priority;Urgency;Opening date;Resolution date;Time to resolve exceeded;"
        "Requester - Requester;Assigned to - Technician\n"
        "12 345;Mail;Solved;Incident;Major;Very high;13-03-2026 08:05;13-03-2026 09:00;No;Ann;Bo\n"
        "12\u00a0346;Slow;Processing (assigned);Incident;Very low;Low;02-04-2026 08:05;;Yes;Cy;Bo\n"
        "12347;Chair;New;Request;High;Low;02-04-2026 08:05;;No;Cy;Bo\n"
        "12348;Odd;Elsewhere;Incident;urgent;Low;02-04-2026 08:05;;;Cy;Bo\n",
    )
    assert export.reading.profile == "glpi-incident"
    assert export.rows["id"] == ["12345", "12346", "12348"]
    assert export.rows["status"] == ["resolved", "in_progress", None]
    assert export.rows["priority"] == [1, 6, None]
    assert export.rows["urgency"] == [1, 4, 4]
    assert export.rows["opened_at"][0] == at("2026-03-13 08:05")
    assert export.rows["breached"] == [False, True, None]
    assert export.reading.dropped == {"service request": 1}
    assert export.unknown == {"status": 1, "priority": 1}


def test_itop_incidents(tmp_path: Path) -> None:
    export = read_export(
        tmp_path,
        "incident",
        "ref,title,status,priority,impact,request_type,caller_id,agent_id,start_date,resolution_date,sla_ttr_passed\n"
        "I-000001,Mail,resolved,1,1,incident,Ann,Bo,2026-03-13 08:05:00,2026-03-13 09:05:00,no\n"
        "I-000002,Slow,escalated_ttr,4,3,incident,Cy,Bo,2026-03-14 08:05:00,,yes\n"
        "R-000003,Chair,new,3,3,service_request,Cy,Bo,2026-03-14 08:05:00,,no\n"
        "I-000004,Odd,frozen,3,3,incident,Cy,Bo,2026-03-14 08:05:00,,perhaps\n",
    )
    assert export.reading.profile == "itop-incident"
    assert export.rows["status"] == ["resolved", "in_progress", None]
    assert export.rows["priority"] == [1, 4, 3]
    assert export.rows["breached"] == [False, True, None]
    assert export.rows["resolved_at"] == [at("2026-03-13 09:05"), None, None]
    assert export.reading.dropped == {"service request": 1}
    assert export.unknown == {"status": 1, "breached": 1}


def test_znuny_incidents_where_less_than_nothing_is_late(tmp_path: Path) -> None:
    export = read_export(
        tmp_path,
        "incident",
        "TicketNumber;Age;Created;Closed;FirstLock;FirstResponse;State;Priority;Queue;Owner;CustomerID;Subject;Type;"
        "SolutionInMin;SolutionDiffInMin\n"
        "2026031310000012;3 d 4 h;2026-03-13 08:05:00;2026-03-14 08:05:00;;2026-03-13 08:25:00;closed successful;"
        "5 very high;Desk;bo;ACME;Mail;Incident::Major;60;-15\n"
        "2026031310000013;3 d 4 h;2026-03-13 08:05:00;;;;pending reminder;3 normal;Desk;bo;ACME;Slow;Incident;;0\n"
        "2026031310000014;3 d 4 h;2026-03-13 08:05:00;;;;open;1 very low;Desk;bo;ACME;Chair;ServiceRequest;;40\n"
        "2026031310000015;3 d 4 h;2026-03-13 08:05:00;;;;frozen;urgent;Desk;bo;ACME;Odd;Unclassified;;late\n",
    )
    assert export.reading.profile == "znuny-incident"
    assert export.rows["status"] == ["closed", "pending", None]
    assert export.rows["priority"] == [1, 3, None]
    assert export.rows["breached"] == [True, False, None]
    assert export.rows["is_major"] == [True, False, None]
    assert export.rows["responded_at"][0] == at("2026-03-13 08:25")
    assert export.reading.dropped == {"service request": 1}
    assert export.unknown == {"status": 1, "priority": 1, "breached": 1, "is_major": 1}
