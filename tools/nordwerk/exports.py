"""Write the records as real tools export them: column names, date formats, compression, one semicolon file, workbooks."""

import csv
import gzip
import io
from datetime import date, datetime
from pathlib import Path
from typing import Any

from nordwerk.documents import fix_times
from nordwerk.world import Row, World

Entry = dict[str, Any]
SERVICENOW_INCIDENT = {
    "id": "number", "title": "short_description", "status": "incident_state", "category": "category", "priority": "priority", "impact": "impact",
    "urgency": "urgency", "service": "business_service", "ci": "cmdb_ci", "site": "location", "requester": "caller_id", "assignee": "assigned_to",
    "group": "assignment_group", "opened_at": "opened_at", "responded_at": "u_responded_at", "due_at": "sla_due", "resolved_at": "resolved_at",
    "closed_at": "closed_at", "updated_at": "sys_updated_on", "escalated_at": "u_escalated_at", "breached": "made_sla", "is_major": "major_incident_state",
    "major_manager": "u_major_incident_manager", "management_notified_at": "u_management_notified_at", "review_ref": "u_post_incident_review",
    "review_at": "u_post_incident_review_date", "problem_id": "problem_id", "change_id": "caused_by", "release_id": "u_release",
    "reopened_count": "reopen_count", "reassigned_count": "reassignment_count", "work_notes": "work_notes", "resolution_notes": "close_notes",
}  # fmt: skip
SERVICENOW_CHANGE = {
    "id": "number", "title": "short_description", "type": "type", "status": "state", "category": "category", "service": "business_service", "ci": "cmdb_ci",
    "requester": "requested_by", "implementer": "assigned_to", "approver": "u_approved_by", "risk": "risk", "impact_assessment": "risk_impact_analysis",
    "benefit": "justification", "opened_at": "opened_at", "assessed_at": "u_assessed_at", "approved_at": "approval_set", "planned_start": "start_date",
    "planned_end": "end_date", "actual_start": "work_start", "actual_end": "work_end", "communicated_at": "u_communicated_at", "closed_at": "closed_at",
    "test_result": "u_test_result", "test_waiver": "u_test_waiver", "backout_plan": "backout_plan", "outcome": "close_code",
    "investigation": "u_investigation", "reviewed_at": "review_date", "major_impact": "u_major_impact", "transition_plan_id": "u_transition_plan",
    "release_id": "u_release",
}  # fmt: skip
SERVICENOW_PROBLEM = {
    "id": "number", "title": "short_description", "status": "state", "category": "category", "priority": "priority", "service": "business_service",
    "ci": "cmdb_ci", "owner": "assigned_to", "root_cause": "cause_notes", "resolution": "fix_notes", "stop_reason": "u_stop_reason",
    "known_error": "known_error", "workaround": "workaround", "published_at": "workaround_communicated_at", "needs_change": "u_needs_change",
    "change_id": "rfc", "opened_at": "opened_at", "resolved_at": "resolved_at", "closed_at": "closed_at", "updated_at": "sys_updated_on",
    "reviewed_at": "u_reviewed_at",
}  # fmt: skip
SERVICENOW_CI = {
    "id": "u_ci_number", "name": "name", "type": "sys_class_name", "description": "short_description", "relations": "u_related_cis",
    "status": "install_status", "service": "business_service", "owner": "owned_by", "controlled": "u_change_controlled",
    "last_verified_at": "attested_date", "last_changed_at": "u_last_change_at", "last_change_id": "u_last_change",
}  # fmt: skip
JIRA_REQUEST = {
    "id": "Issue key", "title": "Summary", "type": "Custom field (Request Type)", "status": "Status", "priority": "Priority",
    "service": "Custom field (Affected services)", "requester": "Reporter", "group": "Custom field (Support group)", "opened_at": "Created",
    "due_at": "Due date", "fulfilled_at": "Resolved", "closed_at": "Custom field (Closed at)", "needs_approval": "Custom field (Approval required)",
    "approved_at": "Custom field (Approved at)", "work_notes": "Custom field (Work notes)",
}  # fmt: skip
SAYS: dict[str, dict[str, dict[Any, str]]] = {
    "incident": {"status": {"closed": "Closed", "resolved": "Resolved", "in_progress": "In Progress"}, "breached": {True: "false", False: "true"}, "is_major": {True: "accepted", False: ""},
                 "priority": {n: f"{n} - {w}" for n, w in enumerate(("Critical", "High", "Moderate", "Low", "Planning"), 1)}},
    "change": {"status": {"closed": "Closed", "cancelled": "Canceled"}, "outcome": {"successful": "Successful", "failed": "Unsuccessful"}},
    "problem": {"status": {"closed": "Closed", "root_cause_analysis": "Root Cause Analysis"}},
    "ci": {"status": {"installed": "Installed", "retired": "Retired"}},
    "request": {"status": {"closed": "Done", "fulfilled": "Resolved"}, "priority": {3: "Medium", 4: "Low"}, "needs_approval": {True: "Yes", False: "No"}},
}  # fmt: skip
EXPORTS = {
    "incident": ("ServiceNow", SERVICENOW_INCIDENT, "%Y-%m-%d %H:%M:%S", "csv.gz"),
    "change": ("ServiceNow", SERVICENOW_CHANGE, "%d-%m-%Y %H:%M:%S", "csv.gz"),
    "problem": ("ServiceNow", SERVICENOW_PROBLEM, "%Y-%m-%d %H:%M:%S", "csv"),
    "ci": ("ServiceNow CMDB", SERVICENOW_CI, "%Y-%m-%d %H:%M:%S", "csv"),
    "request": ("Jira Service Management", JIRA_REQUEST, "%d/%b/%y %I:%M %p", "csv.gz"),
}
WORKBOOKS = frozenset({"risk", "supplier", "objective"})
SEMICOLONS = frozenset({"budget"})


def write_exports(world: World, folder: Path) -> list[Entry]:
    """Write one export a dataset below ``folder`` and return the register entries."""
    folder.mkdir(parents=True, exist_ok=True)
    entries = []
    for dataset, rows in world.rows.items():
        system, names, layout, suffix = EXPORTS.get(dataset, ("Nordwerk registers", {}, "", "csv"))
        columns = list(dict.fromkeys(name for row in rows for name in row))
        header = [names.get(name, name) for name in columns]
        table = [[_cell(dataset, name, row.get(name), layout) for name in columns] for row in rows]
        if dataset in WORKBOOKS:
            suffix = "xlsx"
            _workbook(
                folder / f"{dataset}.xlsx", header, [[row.get(name) for name in columns] for row in rows]
            )
        else:
            _csv(folder / f"{dataset}.{suffix}", header, table, semicolon=dataset in SEMICOLONS)
        entries.append({
            "title": f"{dataset.replace('_', ' ').capitalize()} records, export", "file": f"records/{dataset}.{suffix}", "kind": "record_export",
            "dataset": dataset, "period": {"start": world.start.isoformat(), "end": world.end.isoformat()}, "source": system,
            "filter": "all records of the period, every state", "control_total": len(rows), "received_at": world.before(8).isoformat(),
            "received_from": "Tobias Lange", "classification": "Confidential",
        })  # fmt: skip
    return entries


def _cell(dataset: str, name: str, value: Any, layout: str) -> str:
    says = SAYS.get(dataset, {}).get(name)
    if says is not None and value is not None:
        return says[value]
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.strftime(layout or "%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day).strftime(layout) if layout else value.isoformat()
    if isinstance(value, float) and dataset in SEMICOLONS:
        return f"{value:.2f}".replace(".", ",")
    return str(value)


def _csv(path: Path, header: list[str], table: list[list[str]], *, semicolon: bool) -> None:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";" if semicolon else ",", lineterminator="\n")
    writer.writerow(header)
    writer.writerows(table)
    data = text.getvalue().encode()
    if path.suffix == ".gz":
        with path.open("wb") as raw, gzip.GzipFile(filename="", mode="wb", fileobj=raw, mtime=0) as packed:
            packed.write(data)
    else:
        path.write_bytes(data)


def _workbook(path: Path, header: list[str], rows: list[list[Any]]) -> None:
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy-mm-dd"})
    book.set_properties({"created": datetime(2026, 1, 1)})
    sheet = book.add_worksheet("Export")
    sheet.write_row(0, 0, header)
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            if isinstance(value, (date, datetime)):
                sheet.write_datetime(number, column, datetime(value.year, value.month, value.day))
            elif value is not None:
                sheet.write(number, column, value)
    book.close()
    fix_times(path)


def all_rows(world: World) -> dict[str, list[Row]]:
    """Generate every dataset of the world, free of defects."""
    from nordwerk import consistency, registers, tickets

    world.rows = {
        "incident": tickets.incidents(world), "request": tickets.requests(world), "change": tickets.changes(world), "release": tickets.releases(world),
        "problem": tickets.problems(world), "ci": tickets.items(world), **registers.services(world), **registers.parties(world),
        **registers.assurance(world), **registers.evaluation(world),
    }  # fmt: skip
    consistency.link(world)
    return world.rows
