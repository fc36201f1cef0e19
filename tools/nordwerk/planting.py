"""The defects: which record test fails on how many rows, and the traps that must not be reported.

``PLANTS``: (test, dataset, k, who may be chosen, what is broken). The choice is seeded; n is counted by
``POPULATIONS`` in plain Python. ``UNKNOWN``: rows that become unknown instead.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from nordwerk.world import Row, World

Choice = Callable[[Row, World], bool]
Break = Callable[[Row, World], None]


class Plant(NamedTuple):
    """One planted defect."""

    test: str
    dataset: str
    exceptions: int
    choose: Choice
    spoil: Break
    note: str


def _in(value: Any, world: World) -> bool:
    if value is None:
        return False
    day = value.date() if isinstance(value, datetime) else value
    return bool(world.start <= day <= world.end)


def _clear(*names: str) -> Break:
    def spoil(row: Row, world: World) -> None:
        for name in names:
            row[name] = None

    return spoil


def _set(name: str, value: Callable[[Row, World], Any]) -> Break:
    def spoil(row: Row, world: World) -> None:
        row[name] = value(row, world)

    return spoil


def _always(row: Row, world: World) -> bool:
    return True


def _closed_incident(row: Row, world: World) -> bool:
    return row["status"] == "closed" and _in(row["opened_at"], world) and not row["is_major"]


def _normal(row: Row, world: World) -> bool:
    return (
        row["type"] == "normal"
        and row["status"] in ("implemented", "closed")
        and _in(row["actual_start"], world)
    )


def _done(row: Row, world: World) -> bool:
    return row["status"] in ("implemented", "closed") and _in(row["actual_start"], world)


def _old(days: int) -> Callable[[Row, World], date]:
    return lambda row, world: world.before(days)


PLANTS: tuple[Plant, ...] = (
    Plant("normal_change_approved_before_implementation", "change", 31, _normal,
          _set("approved_at", lambda row, world: row["actual_start"] + timedelta(hours=5)), "approved five hours after the start"),
    Plant("change_has_backout_plan", "change", 212, lambda row, world: _done(row, world) and row["type"] != "standard", _clear("backout_plan"), "no way back was planned"),
    Plant("failed_change_investigated", "change", 9, lambda row, world: row["outcome"] == "failed", _clear("investigation"), "failures left alone"),
    Plant("emergency_change_reviewed_in_time", "change", 24, lambda row, world: row["type"] == "emergency" and row["status"] == "closed",
          _set("reviewed_at", lambda row, world: row["actual_end"] + timedelta(days=12)), "emergency changes reviewed too late"),
    Plant("approver_is_not_requester", "change", 6, lambda row, world: _done(row, world) and row["type"] != "standard",
          _set("approver", lambda row, world: row["requester"]), "approved by the one who asked"),
    Plant("major_impact_change_has_transition_plan", "change", 3, lambda row, world: row["major_impact"] and row["status"] == "closed",
          _clear("transition_plan_id"), "major impact without a plan"),
    Plant("release_baseline_before_deployment", "release", 14, _always, _clear("baseline_at"), "no baseline"),
    Plant("release_accepted_before_deployment", "release", 1, _always,
          _set("accepted_at", lambda row, world: row["deployed_at"] + timedelta(hours=1)), "accepted an hour after deployment"),
    Plant("major_incident_reviewed", "incident", 5, lambda row, world: row["is_major"], _clear("review_ref", "review_at"), "no review"),
    Plant("major_incident_management_notified", "incident", 3, lambda row, world: row["is_major"], _clear("management_notified_at"), "not told"),
    Plant("incident_actions_recorded", "incident", 1500, _closed_incident, _clear("work_notes", "resolution_notes"), "empty history"),
    Plant("breached_urgent_incident_escalated", "incident", 60, lambda row, world: row["breached"] and row["priority"] <= 2 and not row["is_major"],
          _clear("escalated_at"), "urgent and late, and nobody was told"),
    Plant("request_approved_before_fulfilment", "request", 27, lambda row, world: row["needs_approval"],
          _set("approved_at", lambda row, world: row["fulfilled_at"] + timedelta(hours=3)), "approved after fulfilment"),
    Plant("request_types_have_instruction", "request_type", 2, _always, _clear("instruction_ref"), "no instruction"),
    Plant("closed_problem_has_cause_or_reason", "problem", 38, lambda row, world: row["status"] == "closed" and not row["known_error"],
          _clear("root_cause"), "closed without a cause"),
    Plant("known_error_has_workaround_and_is_published", "problem", 7, lambda row, world: row["known_error"], _clear("published_at"), "kept secret"),
    Plant("problem_fix_raised_as_change", "problem", 11, lambda row, world: row["needs_change"] and row["status"] == "closed",
          _clear("change_id"), "fixed outside change control"),
    Plant("ci_minimum_information_recorded", "ci", 118, lambda row, world: row["status"] == "installed", _clear("relations"), "no relations"),
    Plant("ci_verified_within_interval", "ci", 131, lambda row, world: row["status"] == "installed",
          _set("last_verified_at", _old(480)), "not verified for 480 days"),
    Plant("controlled_ci_change_traceable", "ci", 17, lambda row, world: row["controlled"] and row["last_changed_at"] is not None,
          _clear("last_change_id"), "changed without a trace"),
    Plant("verification_deficiencies_acted_on", "verification", 2, lambda row, world: row["deficiencies"] > 0, _set("actions", lambda row, world: 0), "found and left"),
    Plant("services_have_documented_requirements", "service", 1, lambda row, world: row["status"] == "live", _clear("requirements_ref"), "no requirements"),
    Plant("services_have_criticality", "service", 1, lambda row, world: row["status"] == "live", _clear("criticality"), "criticality undecided"),
    Plant("catalogue_entries_complete", "service", 2, lambda row, world: row["status"] == "live", _clear("outcome"), "no outcome in the catalogue"),
    Plant("service_review_held_in_interval", "customer", 3, _always, _set("last_review_at", _old(160)), "review skipped"),
    Plant("poor_satisfaction_acted_on", "satisfaction", 2, lambda row, world: row["score"] < row["target"], _clear("action_ref"), "bad score, no action"),
    Plant("sla_states_targets_limits_exceptions", "sla", 6, _always, _clear("workload_limits"), "no workload limits"),
    Plant("missed_targets_have_action", "sla_measure", 12, lambda row, world: not row["met"], _clear("action_ref"), "missed, no action"),
    Plant("workload_compared_with_limit", "workload", 12, lambda row, world: row["service"] == "SVC-11", _clear("reported_at"), "never compared"),
    Plant("supplier_has_named_manager", "supplier", 1, lambda row, world: row["type"] == "external", _clear("owner"), "nobody looks after it"),
    Plant("contracts_complete", "contract", 2, lambda row, world: row["status"] == "active", _clear("responsibilities"), "responsibilities open"),
    Plant("contracts_reviewed_in_interval", "contract", 3, lambda row, world: row["status"] == "active", _set("reviewed_at", _old(500)), "not reviewed"),
    Plant("supplier_misses_have_action", "supplier_measure", 3, lambda row, world: not row["met"], _clear("action_ref"), "missed, no action"),
    Plant("budget_compared_with_actual", "budget", 9, _always, _clear("reviewed_at"), "not compared"),
    Plant("capacity_breach_acted_on", "capacity", 5, lambda row, world: row["utilisation"] > row["threshold"], _clear("action_ref"), "above threshold, no action"),
    Plant("unplanned_outage_investigated", "outage", 4, lambda row, world: not row["planned"], _clear("investigation_ref"), "not looked into"),
    Plant("continuity_plan_tested_in_interval", "continuity_plan", 2, _always, _set("last_tested_at", _old(540)), "not tested for 540 days"),
    Plant("continuity_contacts_current_and_offline", "continuity_plan", 1, _always, _set("offline_copy", lambda row, world: False), "no copy off site"),
    Plant("continuity_deficiencies_acted_on", "continuity_test", 1, lambda row, world: row["deficiencies"] > 0, _set("actions", lambda row, world: 0), "left"),
    Plant("security_controls_reviewed", "security_control", 4, _always, _set("reviewed_at", _old(430)), "not reviewed"),
    Plant("external_access_has_agreed_controls", "supplier", 1, lambda row, world: row["has_access"], _clear("security_clause_ref"), "access without rules"),
    Plant("leaver_access_withdrawn_in_time", "person", 4, lambda row, world: row["left_at"] is not None,
          _set("account_disabled_at", lambda row, world: row["left_at"] + timedelta(days=9)), "access kept for nine days"),
    Plant("risks_complete_and_in_date", "risk", 5, lambda row, world: row["category"] == "service", _clear("treatment"), "no treatment decided"),
    Plant("objectives_measured_recently", "objective", 2, _always, _set("latest_reading_at", _old(200)), "no reading since spring"),
    Plant("competence_evidence_in_date", "competence", 9, _always, _clear("evidence_ref"), "no evidence"),
    Plant("documents_approved_before_effective", "document", 5, lambda row, world: row["status"] == "published",
          _set("approved_at", lambda row, world: row["effective_at"] + timedelta(days=8)), "in force before approval"),
    Plant("documents_within_review_date", "document", 13, lambda row, world: row["status"] == "published", _set("next_review_at", _old(30)), "review overdue"),
    Plant("audits_performed_as_planned", "audit", 2, _always, _clear("performed_at", "report_issued_at"), "audit dropped"),
    Plant("audit_results_reported", "audit", 1, lambda row, world: row["performed_at"] is not None, _clear("report_issued_at"), "no report"),
    Plant("corrective_action_verified_independently", "nonconformity", 6, lambda row, world: _in(row["closed_at"], world),
          _set("verified_by", lambda row, world: row["owner"]), "verified by its owner"),
    Plant("nonconformity_cause_found", "nonconformity", 7, _always, _clear("root_cause"), "no cause"),
    Plant("improvement_has_baseline_and_target_before_start", "improvement", 8, lambda row, world: _in(row["started_at"], world), _clear("baseline"), "no baseline"),
    Plant("improvement_result_measured", "improvement", 3, lambda row, world: _in(row["finished_at"], world), _clear("actual", "measured_at"), "not measured"),
    Plant("service_reports_show_trend", "service_report", 24, lambda row, world: row["report"].endswith(("CUS-03", "CUS-07")), _set("has_trend", lambda row, world: False), "no trend"),
)  # fmt: skip

PREVIOUS = ("normal_change_approved_before_implementation", "major_incident_reviewed", "ci_verified_within_interval",
            "contracts_complete", "improvement_has_baseline_and_target_before_start", "missed_targets_have_action")  # fmt: skip
"""The defects of the year before."""

ONLY_BEFORE: tuple[Plant, ...] = (
    Plant("incident_lifecycle_complete", "incident", 960, _closed_incident, _clear("category"), "closed without a category"),
)  # fmt: skip
"""Defects that the year before had and this year has no more: what an action has removed."""


class Trap(NamedTuple):
    """A row that looks like a defect and is none."""

    test: str
    dataset: str
    choose: Choice
    spoil: Break
    why: str


TRAPS: tuple[Trap, ...] = (
    Trap("normal_change_approved_before_implementation", "change", _normal,
         _set("approved_at", lambda row, world: row["actual_start"]), "approved in the very minute of the start"),
    Trap("documents_within_review_date", "document", lambda row, world: row["status"] == "published",
         _set("next_review_at", lambda row, world: world.as_of), "due for review on the as-of date itself"),
    Trap("release_accepted_before_deployment", "release", _always,
         _set("accepted_at", lambda row, world: row["deployed_at"]), "accepted in the minute of deployment"),
    Trap("continuity_plan_tested_in_interval", "continuity_plan", _always, _set("last_tested_at", _old(365)), "tested exactly 365 days ago"),
    Trap("leaver_access_withdrawn_in_time", "person", lambda row, world: row["left_at"] is not None,
         _set("account_disabled_at", lambda row, world: row["left_at"] + timedelta(days=1)), "withdrawn on the next day, as the rule allows"),
    Trap("emergency_change_reviewed_in_time", "change", lambda row, world: row["type"] == "emergency" and row["status"] == "closed",
         _set("reviewed_at", lambda row, world: row["actual_end"] + timedelta(days=7)), "reviewed on the last day allowed"),
)  # fmt: skip

STANDING_TRAPS = (
    (
        "normal_change_approved_before_implementation",
        "emergency changes are approved afterwards, as the policy allows",
    ),
    (
        "normal_change_approved_before_implementation",
        "cancelled changes were never approved and never started",
    ),
    ("services_have_criticality", "the retired fax gateway has no criticality"),
    ("catalogue_entries_complete", "the retired fax gateway has no outcome"),
    ("contracts_complete", "the terminated contract is empty"),
    ("documents_within_review_date", "withdrawn documents are past their review date"),
    ("ci_has_owner", "retired items have no owner"),
    ("auditors_impartial", "three audits had a safeguard where the auditor was not independent"),
    ("risk_action_effect_checked", "accepted risks have no check of effect"),
)


def plant(
    world: World, clean: bool, only: tuple[str, ...] | None = None
) -> tuple[dict[str, list[str]], list[dict[str, str]]]:
    """Spoil the rows; return test to the keys spoiled, and the traps set. Rows are spoiled at most once."""
    used: set[tuple[str, str]] = set()
    planted: dict[str, list[str]] = {}
    traps: list[dict[str, str]] = []
    for trap in TRAPS:
        row = next(
            row
            for row in world.rows[trap.dataset]
            if trap.choose(row, world) and (trap.dataset, row["id"]) not in used
        )
        used.add((trap.dataset, row["id"]))
        trap.spoil(row, world)
        traps.append({"test": trap.test, "key": row["id"], "why": trap.why})
    plants = PLANTS if only is None else (*PLANTS, *ONLY_BEFORE)
    for one in () if clean else plants:
        if only is not None and one.test not in only and one not in ONLY_BEFORE:
            continue
        free = [
            row
            for row in world.rows[one.dataset]
            if one.choose(row, world) and (one.dataset, row["id"]) not in used
        ]
        exceptions = one.exceptions if world.scale == 1 else max(1, int(one.exceptions * world.scale))
        for row in world.chance.sample(free, exceptions):
            used.add((one.dataset, row["id"]))
            one.spoil(row, world)
            planted.setdefault(one.test, []).append(row["id"])
    return planted, traps
