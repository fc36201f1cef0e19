"""Record tests for the benchmark, in the form of the shipped ones: 20 with joins, 15 of them on incidents alone, 20 more."""

from collections.abc import Iterable

from auditkit.assessment.engagement import Parameter
from auditkit.assessment.recordtests.derived import DerivedDataset
from auditkit.assessment.recordtests.model import RecordTest

CLOSED = "status IN ('resolved', 'closed')"
IN_PERIOD = "opened_at BETWEEN :period_start AND :period_end"
INCIDENT = (
    ("category_filled", "TRUE", "category IS NULL"),
    ("service_filled", "TRUE", "service IS NULL"),
    ("assignee_filled", "TRUE", "assignee IS NULL"),
    ("priority_allowed", "priority IS NOT NULL", "priority NOT IN (1, 2, 3, 4)"),
    ("impact_allowed", "impact IS NOT NULL", "impact NOT IN (1, 2, 3)"),
    ("urgency_allowed", "urgency IS NOT NULL", "urgency NOT IN (1, 2, 3)"),
    ("id_well_formed", "TRUE", "NOT REGEXP_LIKE(id, '^INC[0-9]{8}$')"),
    ("id_unique", "TRUE", "COUNT(*) OVER (PARTITION BY id) > 1"),
    ("resolved_after_opened", "resolved_at IS NOT NULL", "resolved_at < opened_at"),
    ("closed_after_resolved", "resolved_at IS NOT NULL AND closed_at IS NOT NULL", "closed_at < resolved_at"),
    ("due_after_opened", "TRUE", "due_at <= opened_at"),
    ("closed_has_notes", "status = 'closed'", "resolution_notes IS NULL"),
    (
        "resolved_in_time",
        f"{CLOSED} AND resolved_at IS NOT NULL AND priority IS NOT NULL",
        "(priority = 1 AND resolved_at > opened_at + INTERVAL :days_1 DAY)"
        " OR (priority = 2 AND resolved_at > opened_at + INTERVAL :days_2 DAY)"
        " OR (priority > 2 AND resolved_at > opened_at + INTERVAL :days_3 DAY)",
    ),
    (
        "open_not_old",
        "status IN ('new', 'in_progress', 'pending')",
        "opened_at < :as_of - INTERVAL :days_old DAY",
    ),
    ("not_reopened", CLOSED, "reopened_count > 0"),
)
"""Those that every peer can express."""
CHANGE = (
    (
        "approved_before_start_by_another",
        "type = 'normal'",
        "approved_at IS NULL OR approved_at > actual_start OR approver = requester OR approver = implementer",
    ),
)
JOINED = {
    "incident_change": (
        ("change_exists", "TRUE", "NOT change_found"),
        (
            "no_incident_by_unapproved_change",
            "change_found",
            "approved_at IS NULL OR approved_at > actual_start",
        ),
    ),
    "change_item": (("item_exists", "TRUE", "NOT item_found"),),
    "month": (("breaches_in_month", "TRUE", "share > 4.5"),),
}
"""Tests on derived datasets: two joins, a join that looks further, a count by group."""
_TEXT, _TIME = "text", "datetime"
DERIVED = tuple(
    DerivedDataset.model_validate(
        {
            "id": name,
            "title": f"Benchmark: {name}",
            "about": "One of the derived datasets of the benchmark.",
            "key": key,
            "clauses": ("8.6.1",),
            "steps": steps,
            "fields": [{"name": field, "type": kind, "about": field} for field, kind in fields.items()],
        }
    )
    for name, key, steps, fields in (
        (
            "incident_change",
            "id",
            (
                {
                    "do": "take",
                    "dataset": "incident",
                    "fields": {"id": "id", "change_id": "change_id"},
                    "where": "change_id IS NOT NULL",
                },
                {
                    "do": "join",
                    "dataset": "change",
                    "on": {"change_id": "id"},
                    "fields": {"approved_at": "approved_at", "actual_start": "actual_start"},
                    "found": "change_found",
                },
            ),
            {"id": _TEXT, "change_found": "boolean", "approved_at": _TIME, "actual_start": _TIME},
        ),
        (
            "change_item",
            "id",
            (
                {"do": "take", "dataset": "change", "fields": {"id": "id", "ci": "ci"}},
                {"do": "join", "dataset": "ci", "on": {"ci": "id"}, "found": "item_found"},
            ),
            {"id": _TEXT, "item_found": "boolean"},
        ),
        (
            "month",
            "month",
            (
                {
                    "do": "take",
                    "dataset": "incident",
                    "fields": {"opened_at": "opened_at", "priority": "priority", "breached": "breached"},
                },
                {"do": "compute", "fields": {"month": "MONTH_OF(opened_at)"}},
                {"do": "group", "by": ["month", "priority"], "figures": {"share": "share breached"}},
            ),
            {"month": "date", "priority": "integer", "share": "number"},
        ),
    )
)
MORE = tuple(
    (f"more_{number:02d}", population, exception)
    for number, (population, exception) in enumerate(
        (
            (IN_PERIOD, "category IS NULL OR priority IS NULL"),
            (IN_PERIOD, "service IS NULL OR ci IS NULL"),
            (IN_PERIOD, "impact > 3 OR urgency > 3"),
            (IN_PERIOD, "due_at < opened_at"),
            (CLOSED, "resolved_at IS NULL"),
            (CLOSED, "resolved_at IS NOT NULL AND resolved_at > due_at + INTERVAL :days_1 DAY"),
            (CLOSED, "resolution_notes IS NULL OR LENGTH(TRIM(resolution_notes)) < 15"),
            ("status = 'closed'", "closed_at IS NULL"),
            ("status = 'closed'", "closed_at IS NOT NULL AND closed_at > opened_at + INTERVAL :days_old DAY"),
            ("breached", "priority = 1 AND assignee IS NULL"),
            ("breached", "resolved_at IS NOT NULL AND resolved_at < opened_at"),
            ("priority = 1", "reopened_count > 2"),
            ("priority = 1", "requester IS NULL"),
            ("category = 'network'", "change_id IS NULL AND breached"),
            ("category = 'erp'", "reopened_count > 2"),
            ("TRUE", "LENGTH(id) <> 11"),
            ("TRUE", "requester IS NULL OR requester = assignee"),
            ("status IN ('new', 'in_progress', 'pending')", "due_at < :as_of - INTERVAL :days_old DAY"),
            ("change_id IS NOT NULL", "LOWER(change_id) NOT LIKE 'chg%'"),
            ("TRUE", "title IS NULL OR LENGTH(title) < 5"),
        )
    )
)
"""20 further row tests, for what each one adds."""
PARAMETERS = {
    name: Parameter(value=value, source="own_rule", evidence="EV-001")
    for name, value in (("days_1", 2), ("days_2", 3), ("days_3", 4), ("days_old", 350))
}


def record_tests(dataset: str, claims: Iterable[tuple[str, str, str]]) -> list[RecordTest]:
    """Return claims as record tests of a dataset."""
    return [
        RecordTest.model_validate(
            {
                "id": name,
                "title": f"Benchmark: {name.replace('_', ' ')}.",
                "points": ("8.6.1-1a",),
                "basis": "standard",
                "class": "hard",
                "dataset": dataset,
                "population": population,
                "exception": exception,
                "why": "It is one of the tests of the benchmark.",
                "remedy": "Nothing to remedy: the data is made.",
            }
        )
        for name, population, exception in claims
    ]


def twenty() -> list[RecordTest]:
    """Return the 20 tests, those with joins included."""
    joined = [test for dataset, claims in JOINED.items() for test in record_tests(dataset, claims)]
    return [*record_tests("incident", INCIDENT), *record_tests("change", CHANGE), *joined]
