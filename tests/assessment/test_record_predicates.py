"""Predicates: what is allowed, what is read out of them, and what the engine gets."""

from datetime import date

import pytest

from auditkit.assessment.recordtests import predicates as sql
from auditkit.base.period import Period

TYPES = {"id": "text", "name": "text", "size": "integer", "done": "boolean", "at": "datetime", "day": "date"}


@pytest.mark.parametrize(
    "text",
    [
        "TRUE",
        "done",
        "NOT done AND size > 3",
        "name IS NOT NULL AND LENGTH(TRIM(name)) < :limit",
        "name IN ('a', 'b') OR name NOT LIKE 'x%'",
        "at BETWEEN :period_start AND :period_end",
        "day < :as_of - INTERVAL :limit DAY",
        "day + INTERVAL size DAY < :as_of",
        "COUNT(*) OVER (PARTITION BY id) > 1",
        "CAST(at AS DATE) = day",
        "REGEXP_LIKE(name, '^INC[0-9]+$')",
        "CASE WHEN size > 3 THEN 'big' ELSE 'small' END = 'big'",
    ],
)
def test_allowed(text: str) -> None:
    assert sql.to_polars(sql.parse_predicate(text, TYPES))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "exactly one"),
        ("done; TRUE", "exactly one"),
        ("name", "not true or false"),
        ("done AND size", "not true or false"),
        ("name =", "not SQL"),
        ("colour = 'red'", "no field"),
        ("t.name = 'x'", "no field"),
        ("SELECT 1", "not allowed"),
        ("id IN (SELECT id FROM change)", "not allowed"),
        ("COALESCE(size, 0) > 1", "not allowed"),
        ("done IS TRUE", "hides an empty cell"),
        ("at < NOW()", "not allowed"),
        ("RANDOM() > 1", "not allowed"),
        ("CAST(name AS INT) > 1", "only a cast"),
        ("at + INTERVAL '1' MONTH > at", "intervals are in DAY"),
        ("LOAD_FILE('/etc/passwd') = name", "not allowed"),
    ],
)
def test_refused_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(sql.PredicateFault, match=reason):
        sql.parse_predicate(text, TYPES)


def test_fields_null_tests_and_parameters_are_read_out() -> None:
    parsed = sql.parse_predicate("name IS NULL OR (at > :limit AND NOT done AND day IS NOT NULL)", TYPES)
    assert sql.columns(parsed) == ("at", "day", "done", "name")
    assert sql.null_tested(parsed) == ("day", "name")
    assert sql.parameter_names(parsed) == ("limit",)
    assert next(one.sql() for one in sql.alternatives(parsed)) == "name IS NULL"
    assert len(list(sql.alternatives(parsed))) == 2


def test_parameters_become_typed_literals() -> None:
    period = Period(start=date(2025, 10, 1), end=date(2026, 9, 30))
    literals = {
        **sql.built_in_literals(period, date(2026, 10, 15)),
        "limit": sql.literal(5),
        "word": sql.literal("a'b"),
    }
    bound = sql.bind(
        sql.parse_predicate("at <= :period_end AND day > :as_of AND size > :limit AND name = :word", TYPES),
        literals,
    )
    assert sql.to_polars(bound) == (
        "\"at\" <= CAST('2026-09-30 23:59:59.999999' AS TIMESTAMP) "
        "AND \"day\" > CAST('2026-10-15' AS DATE) AND \"size\" > 5 AND \"name\" = 'a''b'"
    )


def test_a_missing_parameter_is_named() -> None:
    with pytest.raises(KeyError, match="limit"):
        sql.bind(sql.parse_predicate("size > :limit", TYPES), {})


def test_a_cell_in_doubt_is_not_taken_for_empty() -> None:
    parsed = sql.parse_predicate("name IS NULL OR day IS NOT NULL", TYPES)
    shielded = sql.to_polars(sql.shield(parsed, {"name": "_unsure_name"}))
    assert 'CASE WHEN "_unsure_name" THEN NULL ELSE "name" IS NULL END' in shielded
    assert "_unsure_day" not in shielded
