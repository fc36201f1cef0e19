"""Predicates in the dialects of other engines: what is written out, and what is refused with the reason."""

import pytest

from auditkit.assessment.recordtests import predicates as sql
from auditkit.assessment.recordtests.dialects import translate
from auditkit.assessment.recordtests.regexps import Dialect, write_pattern

TYPES = {
    "id": "text",
    "name": "text",
    "size": "integer",
    "share": "number",
    "done": "boolean",
    "at": "datetime",
    "day": "date",
    "limit": "integer",
    "blob": "Binary",
}


def both(text: str) -> list[str]:
    parsed = sql.to_polars(sql.parse_predicate(text))
    return [translate(parsed, TYPES, dialect) for dialect in ("spark", "duckdb")]


@pytest.mark.parametrize(
    ("text", "spark", "duckdb"),
    [
        ('"limit" > 3', "`limit` > 3", '"limit" > 3'),
        ("name = 'a\\b''c'", "`name` = 'a\\\\b\\'c'", "\"name\" = 'a\\b''c'"),
        ("name NOT LIKE 'a\\_%'", "`name` NOT LIKE 'a\\\\\\\\_%'", "\"name\" NOT LIKE 'a\\_%'"),
        (
            "at > CAST('2026-01-01' AS TIMESTAMP)",
            "`at` > CAST('2026-01-01' AS TIMESTAMP_NTZ)",
            "\"at\" > CAST('2026-01-01' AS TIMESTAMP)",
        ),
        (
            "day - CAST(at AS DATE) > INTERVAL 2 DAY",
            "CAST(`day` AS TIMESTAMP_NTZ) - CAST((CAST(`at` AS DATE)) AS TIMESTAMP_NTZ) > INTERVAL '2' DAY",
            'CAST("day" AS TIMESTAMP) - CAST((CAST("at" AS DATE)) AS TIMESTAMP) > INTERVAL \'2\' DAY',
        ),
        (
            "day + INTERVAL size DAY < day",
            "CAST(CAST(`day` AS TIMESTAMP_NTZ) + (`size` * INTERVAL '1' DAY) AS DATE) < `day`",
            'CAST(CAST("day" AS TIMESTAMP) + ("size" * INTERVAL \'1\' DAY) AS DATE) < "day"',
        ),
        (
            "day < day - INTERVAL 7 DAY",
            "`day` < `day` - INTERVAL '7' DAY",
            '"day" < "day" - INTERVAL \'7\' DAY',
        ),
        ("REGEXP_LIKE(name, 'x$')", "`name` RLIKE '(?Ud)x\\\\z'", "REGEXP_MATCHES(\"name\", 'x$')"),
        ("LOWER(name) = 'i'", "LOWER(`name`) = 'i'", "LOWER(REPLACE(\"name\", 'İ', 'i̇')) = 'i'"),
    ],
)
def test_written_out(text: str, spark: str, duckdb: str) -> None:
    assert both(text) == [spark, duckdb]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("name = 3", "brings together text and integer"),
        ("at > '2026-01-01'", "brings together datetime and text"),
        ("day IN ('2026-01-01')", "brings together date and text"),
        ("done = 1", "brings together boolean and integer"),
        ("size BETWEEN 1 AND 'x'", "brings together integer and text"),
        ("CASE WHEN done THEN 1 ELSE 'x' END = 'x'", "brings together integer and text"),
        ("CASE WHEN size THEN 1 END = 1", "brings together boolean and integer"),
        ("NOT size", "needed is boolean"),
        ("size AND done", "needed is boolean"),
        ("LENGTH(size) > 1", "needed is text"),
        ("name LIKE id", "has to be written out"),
        ("REGEXP_LIKE(name, id)", "has to be written out"),
        ("name + id = 'x'", "arithmetic on text and text"),
        ("day + 1 > day", "arithmetic on date and integer"),
        ("done * 2 > 1", "arithmetic on boolean and integer"),
        ("name / 2 > 1", "arithmetic on text and integer"),
        ("size / 3.0 > 1", "divide by a whole number"),
        ("at - day > 0", "brings together duration and integer"),
        ("CAST(name AS DATE) > day", "only dates, times and ISO literals"),
        ("CAST(size AS DATE) > day", "only dates, times and ISO literals"),
        ("CAST('1.2.2026' AS DATE) > day", "only dates, times and ISO literals"),
        ("at > at - INTERVAL 1.5 DAY", "a whole number of days"),
        ("COUNT(*) > 1", "needs OVER"),
        ("TRIM(BOTH 'x' FROM name) = 'y'", "takes off white space"),
        ("blob IS NULL", "stored as Binary"),
        ("colour IS NULL", "stored as nothing"),
        ("REGEXP_LIKE(name, 'x', 'c')", "flags 'c'"),
    ],
)
def test_what_engines_would_not_agree_on_is_refused(text: str, reason: str) -> None:
    parsed = sql.to_polars(sql.parse_predicate(text))
    for dialect in ("spark", "duckdb"):
        with pytest.raises(sql.PredicateFault, match=reason):
            translate(parsed, TYPES, dialect)


def test_duckdb_refuses_capitals_and_word_boundaries() -> None:
    for text in ("UPPER(name) = 'X'", "REGEXP_LIKE(name, '\\bx')"):
        parsed = sql.to_polars(sql.parse_predicate(text))
        assert translate(parsed, TYPES, "spark")
        with pytest.raises(sql.PredicateFault, match="cannot be used on DuckDB"):
            translate(parsed, TYPES, "duckdb")


@pytest.mark.parametrize(
    ("pattern", "java", "re2"),
    [
        ("^a|b$", r"(?Ud)^a|b\z", "^a|b$"),
        (r"\$", r"(?Ud)\$", r"\$"),
        ("[$]", "(?Ud)[$]", "[$]"),
        (r"\d{2,}?", r"(?Ud)\d{2,}?", r"[\p{Nd}]{2,}?"),
        (r"\D[^\d-]", r"(?Ud)\D[^\d-]", r"[^\p{Nd}][^\p{Nd}-]"),
        ("(?i)(?:x)+", "(?Ud)(?i)(?:x)+", "(?i)(?:x)+"),
        (r"\A\.\z", r"(?Ud)\A\.\z", r"\A\.\z"),
        (r"[\]\\]", r"(?Ud)[\]\\]", r"[\]\\]"),
    ],
)
def test_patterns(pattern: str, java: str, re2: str) -> None:
    assert write_pattern(pattern, "", "spark") == java
    assert write_pattern(pattern, "", "duckdb") == re2


@pytest.mark.parametrize(
    "pattern",
    [
        "(?=x)", "(?P<n>x)", "(?s)x", "x(?i)y", "a*+", "a++", "a{2}{3}", "{", "a{,3}", "[[:alpha:]]", "[]a]", "[a&&b]",
        "[a--b]", "\\p{L}", "\\x41", "\\1", "\\Qx\\E", "\\<", "\\Z", "x\\", "[a",
    ],
)  # fmt: skip
@pytest.mark.parametrize("dialect", ["spark", "duckdb"])
def test_patterns_that_are_read_in_more_than_one_way_are_refused(pattern: str, dialect: Dialect) -> None:
    with pytest.raises(sql.PredicateFault, match="regular expression"):
        write_pattern(pattern, "", dialect)
