#!/usr/bin/env python3
"""Recount the planted defects of a worked engagement, sharing no code with auditkit or nordwerk.

Usage: check_nordwerk.py ENGAGEMENT_DIR ASSESSMENT_JSON_OR_- PLANTED_YAML
"""

import argparse
import csv
import gzip
import json
import re
import sys
from datetime import date, datetime, time, timedelta
from pathlib import Path

import openpyxl

KEYS = {
    "incident": "number",
    "change": "number",
    "problem": "number",
    "ci": "u_ci_number",
    "request": "Issue key",
}
DECIMAL_COMMA = frozenset({"budget"})
HOUSE_DEFAULTS = {"action_text_characters": 15}  # used where engagement.yaml states no number of its own
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
YEAR_FIRST = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[ T](\d\d):(\d\d)(?::(\d\d))?)?")
DAY_FIRST = re.compile(r"(\d\d)-(\d\d)-(\d{4}) (\d\d):(\d\d):(\d\d)")
JIRA = re.compile(r"(\d\d)/([A-Z][a-z]{2})/(\d\d) (\d\d):(\d\d) (AM|PM)")
COLUMNS = ("planted k", "own k", "own n", "reported k", "reported n")


class Audit:
    """The audit period, the as-of date and the organisation's own numbers."""

    def __init__(self, engagement: Path) -> None:
        """Read them from the lines of engagement.yaml."""
        lines = (engagement / "engagement.yaml").read_text(encoding="utf-8").splitlines()
        top = dict(line.split(": ", 1) for line in lines if re.match(r"[a-z_]+: ", line))
        period = json.loads(top["period"])
        self.start = date.fromisoformat(period["start"])
        self.end = date.fromisoformat(period["end"])
        self.as_of = date.fromisoformat(json.loads(top["as_of"]))
        self.numbers = HOUSE_DEFAULTS | _parameters(lines)

    def days(self, name: str) -> timedelta:
        """Give one of the organisation's time limits."""
        return timedelta(days=self.numbers[name])

    def back(self, name: str) -> datetime:
        """Give the as-of date less a time limit."""
        return datetime.combine(self.as_of, time()) - self.days(name)


def _parameters(lines: list[str]) -> dict[str, float]:
    """Read the values below the line `parameters:`."""
    values = {}
    for line in lines[lines.index("parameters:") + 1 :]:
        if not line.startswith("  "):
            break
        name, value = line.strip().split(": ", 1)
        values[name] = json.loads(value)["value"]
    return values


def read_rows(records: Path, dataset: str) -> list[dict[str, str]]:
    """Read the one export of a dataset as rows of text."""
    found = sorted(records.glob(f"{dataset}.*"))
    if len(found) != 1:
        raise SystemExit(f"{dataset}: one export expected in {records}, found {len(found)}")
    if found[0].suffix == ".xlsx":
        return _workbook_rows(found[0])
    comma = dataset in DECIMAL_COMMA
    opened = gzip.open if found[0].suffix == ".gz" else Path.open
    with opened(found[0], "rt", encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter=";" if comma else ",", strict=True))
    return [_with_decimal_points(row) for row in rows] if comma else rows


def _with_decimal_points(row: dict[str, str]) -> dict[str, str]:
    """Turn decimal commas into points."""
    return {
        name: value.replace(",", ".") if re.fullmatch(r"-?\d+,\d+", value) else value
        for name, value in row.items()
    }


def _workbook_rows(path: Path) -> list[dict[str, str]]:
    """Read the first sheet of a workbook."""
    header, *body = openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True)
    return [{str(n): _cell(v) for n, v in zip(header, values, strict=True)} for values in body]


def _cell(value: object) -> str:
    """Word a cell of a workbook as a text export would."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat(sep=" ") if isinstance(value, datetime) else str(value)


def blank(row: dict[str, str], *columns: str) -> bool:
    """Tell whether any of the columns is empty."""
    return any(not row[column].strip() for column in columns)


def yes(row: dict[str, str], column: str) -> bool:
    """Tell whether a column says yes."""
    return row[column].lower() in {"true", "yes"}


def no(row: dict[str, str], column: str) -> bool:
    """Tell whether a column says no, as against saying nothing."""
    return row[column].lower() in {"false", "no"}


def number(row: dict[str, str], column: str) -> float:
    """Read a number; a missing one compares as false with everything."""
    return float(row[column]) if row[column] else float("nan")


def at(row: dict[str, str], column: str) -> datetime | None:
    """Read a date or a moment in any of the three layouts."""
    text = row[column].strip()
    if not text:
        return None
    if found := YEAR_FIRST.fullmatch(text):
        return datetime(*(int(part or 0) for part in found.groups()))
    if found := DAY_FIRST.fullmatch(text):
        day, month, year, *clock = map(int, found.groups())
        return datetime(year, month, day, *clock)
    if found := JIRA.fullmatch(text):
        day, name, year, hour, minute, half = found.groups()
        noon = 12 if half == "PM" else 0
        return datetime(
            2000 + int(year), MONTHS.index(name) + 1, int(day), int(hour) % 12 + noon, int(minute)
        )
    raise SystemExit(f"{column}: {text!r} is no date that this checker reads")


def within(row: dict[str, str], column: str, audit: Audit) -> bool:
    """Tell whether a moment lies on one of the days of the period."""
    moment = at(row, column)
    return moment is not None and audit.start <= moment.date() <= audit.end


def after(first: datetime | None, second: datetime | None, days: timedelta = timedelta()) -> bool:
    """Tell whether the first moment is more than so many days after the second, both being known."""
    return first is not None and second is not None and first > second + days


def missing_or_later(row: dict[str, str], column: str, limit: str, days: timedelta = timedelta()) -> bool:
    """Tell whether something did not happen by so many days after another moment."""
    return blank(row, column) or after(at(row, column), at(row, limit), days)


def missing_or_older(row: dict[str, str], column: str, limit: datetime) -> bool:
    """Tell whether something did not happen since the limit."""
    return blank(row, column) or after(limit, at(row, column))


def implemented(row: dict[str, str], audit: Audit) -> bool:
    """Tell whether a change was carried out, starting in the period."""
    return row["state"] in {"Implemented", "Closed"} and within(row, "work_start", audit)


def deployed(row: dict[str, str], audit: Audit) -> bool:
    """Tell whether a release went live in the period."""
    return row["status"] == "deployed" and within(row, "deployed_at", audit)


def major(row: dict[str, str], audit: Audit) -> bool:
    """Tell whether an incident of the period was a major one."""
    return row["major_incident_state"] == "accepted" and within(row, "opened_at", audit)


def live(row: dict[str, str], audit: Audit) -> bool:
    """Tell whether a service is live."""
    return row["status"] == "live"


def in_use(row: dict[str, str], audit: Audit) -> bool:
    """Tell whether a configuration item is not retired."""
    return row["install_status"] != "Retired"


def missed(row: dict[str, str], audit: Audit) -> bool:
    """Tell whether a measure of the period missed its target."""
    return within(row, "period", audit) and no(row, "met")


def published(row: dict[str, str], audit: Audit) -> bool:
    """Tell whether a document is in force."""
    return row["status"] == "published"


def everything(row: dict[str, str], audit: Audit) -> bool:
    """Take every row."""
    return True


def dated(column: str):
    """Take the rows that a column puts into the period."""
    return lambda row, audit: within(row, column, audit)


def lacks(*columns: str):
    """Make an exception of rows in which any of the columns is empty."""
    return lambda row, audit: blank(row, *columns)


def short_text(row: dict[str, str], column: str, audit: Audit) -> bool:
    """Tell whether a text is too short to record an action."""
    return len(row[column].strip(" ")) < audit.numbers["action_text_characters"]


def found_deficiencies(row: dict[str, str], audit: Audit) -> bool:
    """Tell whether a check of the period found deficiencies."""
    return within(row, "performed_at", audit) and number(row, "deficiencies") > 0


def no_action(row: dict[str, str], audit: Audit) -> bool:
    """Tell whether not a single action was counted."""
    return blank(row, "actions") or number(row, "actions") < 1


def emergency_to_review(row: dict[str, str], audit: Audit) -> bool:
    """Tell whether an emergency change of the period was due for review on the as-of date."""
    done = row["type"] == "emergency" and row["state"] in {"Implemented", "Closed"}
    return (
        done and within(row, "work_end", audit) and at(row, "work_end") <= audit.back("emergency_review_days")
    )


def separable(row: dict[str, str], audit: Audit) -> bool:
    """Tell whether a change falls under the rule that approver and doer differ."""
    ruled = audit.numbers["approver_separation"] == 1 and row["type"] != "standard"
    return ruled and implemented(row, audit) and not blank(row, "u_approved_by")


def review_overdue(row: dict[str, str], audit: Audit) -> bool:
    """Tell whether a customer's next service review was due before the as-of date."""
    if blank(row, "review_interval_days", "last_review_at"):
        return True
    due = at(row, "last_review_at") + timedelta(days=int(row["review_interval_days"]))
    return due.date() < audit.as_of


def control_neglected(row: dict[str, str], audit: Audit) -> bool:
    """Tell whether a security control was not checked in time, or found weak and left."""
    weak = row["result"] in {"partly_effective", "not_effective"} and blank(row, "action_ref")
    return weak or missing_or_older(row, "reviewed_at", audit.back("control_review_days"))


def expired(row: dict[str, str], audit: Audit) -> bool:
    """Tell whether evidence of competence is missing or ran out before the as-of date."""
    until = at(row, "expires_at")
    return blank(row, "evidence_ref") or (until is not None and until.date() < audit.as_of)


def not_verified(row: dict[str, str], audit: Audit) -> bool:
    """Tell whether a closed nonconformity lacks a timely verification by someone else."""
    if blank(row, "verified_at", "verified_by") or row["verified_by"] == row["owner"]:
        return True
    verified, done = at(row, "verified_at"), at(row, "implemented_at")
    too_soon = done is not None and verified < done + audit.days("verification_wait_days")
    return too_soon or after(verified, at(row, "closed_at"))


# One entry a test: dataset, who belongs to the population, who of them is an exception.
TESTS = {
    "normal_change_approved_before_implementation": (
        "change",
        lambda r, a: r["type"] == "normal" and implemented(r, a),
        lambda r, a: missing_or_later(r, "approval_set", "work_start"),
    ),
    "change_has_backout_plan": (
        "change",
        lambda r, a: r["type"] in {"normal", "emergency"} and implemented(r, a),
        lacks("backout_plan"),
    ),
    "failed_change_investigated": (
        "change",
        lambda r, a: (
            r["state"] == "Closed" and r["close_code"] == "Unsuccessful" and within(r, "closed_at", a)
        ),
        lacks("u_investigation"),
    ),
    "emergency_change_reviewed_in_time": (
        "change",
        emergency_to_review,
        lambda r, a: missing_or_later(r, "review_date", "work_end", a.days("emergency_review_days")),
    ),
    "approver_is_not_requester": (
        "change",
        separable,
        lambda r, a: r["u_approved_by"] in {r["requested_by"], r["assigned_to"]},
    ),
    "major_impact_change_has_transition_plan": (
        "change",
        lambda r, a: yes(r, "u_major_impact") and implemented(r, a),
        lacks("u_transition_plan"),
    ),
    "release_baseline_before_deployment": (
        "release",
        deployed,
        lambda r, a: missing_or_later(r, "baseline_at", "deployed_at"),
    ),
    "release_accepted_before_deployment": (
        "release",
        deployed,
        lambda r, a: (
            blank(r, "acceptance_criteria", "accepted_by")
            or missing_or_later(r, "accepted_at", "deployed_at")
        ),
    ),
    "major_incident_reviewed": (
        "incident",
        lambda r, a: r["incident_state"] in {"Resolved", "Closed"} and major(r, a),
        lacks("u_post_incident_review"),
    ),
    "major_incident_management_notified": ("incident", major, lacks("u_management_notified_at")),
    "incident_actions_recorded": (
        "incident",
        lambda r, a: r["incident_state"] == "Closed" and within(r, "opened_at", a),
        lambda r, a: short_text(r, "work_notes", a) and short_text(r, "close_notes", a),
    ),
    "breached_urgent_incident_escalated": (
        "incident",
        lambda r, a: (
            int(r["priority"].split(" ")[0]) <= a.numbers["urgent_priority"]
            and no(r, "made_sla")
            and within(r, "opened_at", a)
        ),
        lacks("u_escalated_at"),
    ),
    "request_approved_before_fulfilment": (
        "request",
        lambda r, a: (
            yes(r, "Custom field (Approval required)")
            and r["Status"] in {"Resolved", "Done"}
            and within(r, "Resolved", a)
        ),
        lambda r, a: missing_or_later(r, "Custom field (Approved at)", "Resolved"),
    ),
    "request_types_have_instruction": ("request_type", everything, lacks("instruction_ref")),
    "closed_problem_has_cause_or_reason": (
        "problem",
        lambda r, a: r["state"] == "Closed" and within(r, "closed_at", a),
        lambda r, a: blank(r, "u_stop_reason") and blank(r, "cause_notes", "fix_notes"),
    ),
    "known_error_has_workaround_and_is_published": (
        "problem",
        lambda r, a: yes(r, "known_error") and not r["state"].startswith("Cancel"),
        lacks("workaround", "workaround_communicated_at"),
    ),
    "problem_fix_raised_as_change": (
        "problem",
        lambda r, a: (
            yes(r, "u_needs_change") and r["state"] in {"Resolved", "Closed"} and within(r, "resolved_at", a)
        ),
        lacks("rfc"),
    ),
    "ci_minimum_information_recorded": (
        "ci",
        in_use,
        lacks("u_ci_number", "sys_class_name", "short_description", "u_related_cis", "install_status"),
    ),
    "ci_verified_within_interval": (
        "ci",
        in_use,
        lambda r, a: missing_or_older(r, "attested_date", a.back("ci_verification_days")),
    ),
    "controlled_ci_change_traceable": (
        "ci",
        lambda r, a: yes(r, "u_change_controlled") and within(r, "u_last_change_at", a),
        lacks("u_last_change"),
    ),
    "verification_deficiencies_acted_on": ("verification", found_deficiencies, no_action),
    "services_have_documented_requirements": ("service", live, lacks("requirements_ref")),
    "services_have_criticality": ("service", live, lacks("criticality")),
    "catalogue_entries_complete": ("service", live, lacks("description", "outcome", "dependencies")),
    "service_review_held_in_interval": ("customer", everything, review_overdue),
    "poor_satisfaction_acted_on": (
        "satisfaction",
        lambda r, a: within(r, "measured_at", a) and number(r, "score") < number(r, "target"),
        lacks("action_ref"),
    ),
    "sla_states_targets_limits_exceptions": (
        "sla",
        lambda r, a: r["status"] == "agreed",
        lacks("targets", "workload_limits", "exceptions"),
    ),
    "missed_targets_have_action": ("sla_measure", missed, lacks("action_ref")),
    "workload_compared_with_limit": ("workload", dated("period"), lacks("actual", "limit", "reported_at")),
    "supplier_has_named_manager": ("supplier", lambda r, a: r["type"] == "external", lacks("owner")),
    "contracts_complete": (
        "contract",
        lambda r, a: r["status"] == "active",
        lacks("scope", "requirements", "targets", "responsibilities"),
    ),
    "contracts_reviewed_in_interval": (
        "contract",
        lambda r, a: (
            r["status"] == "active"
            and not blank(r, "start_at")
            and at(r, "start_at") <= a.back("contract_review_days")
        ),
        lambda r, a: missing_or_older(r, "reviewed_at", a.back("contract_review_days")),
    ),
    "supplier_misses_have_action": ("supplier_measure", missed, lacks("action_ref")),
    "budget_compared_with_actual": ("budget", dated("period"), lacks("actual", "reviewed_at")),
    "capacity_breach_acted_on": (
        "capacity",
        lambda r, a: within(r, "period", a) and number(r, "utilisation") > number(r, "threshold"),
        lacks("action_ref"),
    ),
    "unplanned_outage_investigated": (
        "outage",
        lambda r, a: no(r, "planned") and within(r, "started_at", a),
        lacks("investigation_ref"),
    ),
    "continuity_plan_tested_in_interval": (
        "continuity_plan",
        everything,
        lambda r, a: missing_or_older(r, "last_tested_at", a.back("continuity_test_days")),
    ),
    "continuity_contacts_current_and_offline": (
        "continuity_plan",
        everything,
        lambda r, a: (
            no(r, "offline_copy")
            or missing_or_older(r, "contacts_reviewed_at", a.back("contacts_review_days"))
        ),
    ),
    "continuity_deficiencies_acted_on": ("continuity_test", found_deficiencies, no_action),
    "security_controls_reviewed": ("security_control", everything, control_neglected),
    "external_access_has_agreed_controls": (
        "supplier",
        lambda r, a: yes(r, "has_access"),
        lacks("security_clause_ref"),
    ),
    "leaver_access_withdrawn_in_time": (
        "person",
        dated("left_at"),
        lambda r, a: missing_or_later(r, "account_disabled_at", "left_at", a.days("leaver_access_days")),
    ),
    "risks_complete_and_in_date": (
        "risk",
        everything,
        lambda r, a: (
            blank(r, "owner", "likelihood", "impact", "treatment")
            or missing_or_older(r, "assessed_at", a.back("risk_review_days"))
        ),
    ),
    "objectives_measured_recently": (
        "objective",
        everything,
        lambda r, a: missing_or_older(r, "latest_reading_at", a.back("objective_reading_days")),
    ),
    "competence_evidence_in_date": ("competence", everything, expired),
    "documents_approved_before_effective": (
        "document",
        published,
        lambda r, a: blank(r, "approver") or missing_or_later(r, "approved_at", "effective_at"),
    ),
    "documents_within_review_date": (
        "document",
        published,
        lambda r, a: blank(r, "next_review_at") or at(r, "next_review_at").date() < a.as_of,
    ),
    "audits_performed_as_planned": (
        "audit",
        dated("planned_at"),
        lambda r, a: missing_or_later(r, "performed_at", "planned_at", a.days("audit_delay_days")),
    ),
    "audit_results_reported": (
        "audit",
        lambda r, a: within(r, "performed_at", a) and at(r, "performed_at") <= a.back("audit_report_days"),
        lambda r, a: missing_or_later(r, "report_issued_at", "performed_at", a.days("audit_report_days")),
    ),
    "corrective_action_verified_independently": ("nonconformity", dated("closed_at"), not_verified),
    "nonconformity_cause_found": (
        "nonconformity",
        lambda r, a: (
            within(r, "raised_at", a) and at(r, "raised_at") <= a.back("nonconformity_planning_days")
        ),
        lacks("root_cause"),
    ),
    "improvement_has_baseline_and_target_before_start": (
        "improvement",
        dated("started_at"),
        lacks("metric", "baseline", "target", "owner", "due"),
    ),
    "improvement_result_measured": ("improvement", dated("finished_at"), lacks("actual", "measured_at")),
    "service_reports_show_trend": (
        "service_report",
        dated("issued_at"),
        lambda r, a: no(r, "has_trend"),
    ),
}


def read_planted(path: Path) -> list[dict[str, object]]:
    """Read the entries below `planted:`, each line of which is a key and JSON."""
    entries: list[dict[str, object]] = []
    inside = False
    for line in path.read_text(encoding="utf-8").splitlines():
        if re.match(r"\w", line):
            inside = line == "planted:"
        elif inside and (found := re.fullmatch(r"  ([- ]) (\w+): (.*)", line)):
            if found[1] == "-":
                entries.append({})
            entries[-1][found[2]] = json.loads(found[3])
    return entries


def read_reported(path: str) -> dict[str, tuple[int, int]] | None:
    """Read exceptions and rows examined of each test in the tool's report; nothing for `-`."""
    if path == "-":
        return None
    report = json.loads(Path(path).read_text(encoding="utf-8"))
    results = {one["id"]: one["result"] for one in report["record_tests"]}
    return {name: (one["exceptions"], one["examined"]) for name, one in results.items()}


def recount(test: str, records: Path, audit: Audit) -> tuple[set[str], int, int]:
    """Count a test anew: keys of the exceptions, their number and the number of rows examined."""
    dataset, population, exception = TESTS[test]
    rows = [row for row in read_rows(records, dataset) if population(row, audit)]
    bad = [row[KEYS.get(dataset, "id")] for row in rows if exception(row, audit)]
    return set(bad), len(bad), len(rows)


def compare(entry: dict, records: Path, audit: Audit, reported: dict | None) -> tuple[list[str], bool]:
    """Compare one planted test with the recount and the report: the cells to print, and whether all agree."""
    test, planted = entry["test"], entry["exceptions"]
    if test not in TESTS:
        return [test, str(planted), "unknown", "-", "-", "-"], False
    keys, k, n = recount(test, records, audit)
    told = reported.get(test) if reported is not None else None
    same = k == planted and keys == set(entry["keys"]) and (reported is None or told == (k, n))
    return [test, *map(str, (planted, k, n, *(told or ("-", "-"))))], same


def show(cells: list[str], verdict: str) -> None:
    """Print one line of the table."""
    print(f"{cells[0]:<50}" + "".join(f"{cell:>12}" for cell in cells[1:]) + f"  {verdict}")


def main() -> int:
    """Check every planted test and tell whether all agree."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("engagement", type=Path)
    parser.add_argument("assessment", help="reports/assessment.json, or - to leave it out")
    parser.add_argument("planted", type=Path)
    given = parser.parse_args()
    audit, reported = Audit(given.engagement), read_reported(given.assessment)
    planted = read_planted(given.planted)
    show(["test", *COLUMNS], "verdict")
    agreed = 0
    for entry in planted:
        cells, same = compare(entry, given.engagement / "evidence/records", audit, reported)
        show(cells, "OK" if same else "DIFFERENT")
        agreed += same
    print(f"{len(planted)} tests compared, {len(planted) - agreed} different")
    return 0 if planted and agreed == len(planted) else 1


if __name__ == "__main__":
    sys.exit(main())
