"""Capability: the boundary values of the ratings, aggregation, the rule of levels, and what stands before the next one."""

from datetime import date
from decimal import Decimal
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from auditkit.assessment.capability import (
    ATTRIBUTES,
    RATINGS,
    AttributeRating,
    CapabilityFile,
    Rating,
    aggregate,
    conclude_capability,
    half,
    level_of,
    rate,
)

ORDER = {one: at for at, one in enumerate(RATINGS)}
NUMBERS = tuple(ATTRIBUTES)


@pytest.mark.parametrize(
    ("percent", "expected"),
    [
        ("0", "N"), ("15", "N"), ("15.01", "P"), ("50", "P"), ("50.01", "L"), ("85", "L"), ("85.01", "F"), ("100", "F"),
    ],
)  # fmt: skip
def test_a_boundary_value_belongs_below(percent: str, expected: str) -> None:
    assert rate(Decimal(percent)) == expected


@pytest.mark.parametrize(
    ("percent", "expected"),
    [
        ("32.5", "P-"),
        ("32.6", "P+"),
        ("50", "P+"),
        ("50.1", "L-"),
        ("67.5", "L-"),
        ("67.51", "L+"),
        ("85", "L+"),
    ],
)
def test_halves(percent: str, expected: str) -> None:
    assert half(Decimal(percent)) == expected


@pytest.mark.parametrize("percent", ["-1", "100.1"])
def test_what_is_no_per_cent_is_refused(percent: str) -> None:
    with pytest.raises(ValueError, match="no per cent"):
        rate(Decimal(percent))


@pytest.mark.parametrize(
    ("ratings", "mean", "median"),
    [
        ("F", "F", "F"),
        ("FL", "L", "L"),  # halfway goes down
        ("FFL", "F", "F"),
        ("FLL", "L", "L"),
        ("FFN", "L", "F"),
        ("NF", "P", "N"),
        ("NNFF", "P", "N"),
        ("PLF", "L", "L"),
    ],
)
def test_aggregation(ratings: str, mean: str, median: str) -> None:
    assert aggregate([*ratings], "mean") == mean  # type: ignore[list-item]
    assert aggregate([*ratings], "median") == median  # type: ignore[list-item]


LEVELS = [
    ({}, 0),
    ({"1.1": "P"}, 0),
    ({"1.1": "L"}, 1),
    ({"1.1": "F"}, 1),
    ({"1.1": "L", "2.1": "F", "2.2": "F"}, 1),  # level 1 has to be F for level 2
    ({"1.1": "F", "2.1": "L", "2.2": "L"}, 2),
    ({"1.1": "F", "2.1": "F", "2.2": "P"}, 1),
    ({"1.1": "F", "2.1": "F", "2.2": "F", "3.1": "L", "3.2": "L", "3.3": "L"}, 3),
    ({"1.1": "F", "2.1": "F", "2.2": "L", "3.1": "F", "3.2": "F", "3.3": "F"}, 2),
    ({**dict.fromkeys(NUMBERS, "F")}, 5),
    ({**dict.fromkeys(NUMBERS, "F"), "5.2": "L"}, 5),
    ({**dict.fromkeys(NUMBERS, "F"), "4.1": "L"}, 4),
]


@pytest.mark.parametrize(("ratings", "level"), LEVELS)
def test_levels(ratings: dict[str, Rating], level: int) -> None:
    assert level_of(ratings) == level


SETS = st.dictionaries(st.sampled_from(NUMBERS), st.sampled_from(get_args(Rating)))


@given(SETS, st.sampled_from(NUMBERS))
def test_a_better_rating_never_lowers_the_level(ratings: dict[str, Rating], number: str) -> None:
    for better in RATINGS[ORDER[ratings.get(number, "N")] :]:
        assert level_of({**ratings, number: better}) >= level_of(ratings)


@given(SETS, st.sampled_from(NUMBERS))
def test_a_rating_that_is_missing_never_helps(ratings: dict[str, Rating], number: str) -> None:
    assert level_of({key: one for key, one in ratings.items() if key != number}) <= level_of(ratings)


@given(st.lists(st.sampled_from(get_args(Rating)), min_size=1), st.sampled_from(["mean", "median"]))
def test_an_aggregate_lies_between_the_worst_and_the_best(ratings: list[Rating], scheme: str) -> None:
    found = ORDER[aggregate(ratings, scheme)]  # type: ignore[arg-type]
    assert min(ORDER[one] for one in ratings) <= found <= max(ORDER[one] for one in ratings)


def file(**more: object) -> CapabilityFile:
    given = {"process": "incident-management", "assessed_by": "P-001", "assessed_at": date(2026, 10, 1)}
    return CapabilityFile.model_validate({**given, **more})


def test_what_keeps_a_process_from_the_next_level_is_named() -> None:
    ratings = [
        {"attribute": "1.1", "percent": 92},
        {"attribute": "2.1", "each": ["F", "F", "L"]},
        {"attribute": "2.2", "rating": "P", "rationale": "Versions differ by team."},
    ]
    (found,) = conclude_capability(
        [file(ratings=ratings, target_level=3)], {"incident-management": "Incident management"}
    )
    assert (found.level, found.known, found.target) == (1, True, 3)
    assert found.next_needs == ("PA 2.2 Documented information management: P",)
    assert [one.shown for one in found.attributes[:3]] == ["F (92 %)", "F (mean of F, F, L)", "P"]


def test_a_level_is_only_a_lower_bound_while_the_next_is_not_rated() -> None:
    (found,) = conclude_capability(
        [file(ratings=[{"attribute": "1.1", "rating": "F"}])], {"incident-management": "I"}
    )
    assert (found.level, found.known) == (1, False)
    assert found.next_needs[0] == "PA 2.1 Performance management: not rated"


@pytest.mark.parametrize(
    ("rating", "said"),
    [
        ({"attribute": "1.1"}, "exactly one"),
        ({"attribute": "1.1", "rating": "F", "percent": 90}, "exactly one"),
        ({"attribute": "9.9", "rating": "F"}, "no process attribute"),
        ({"attribute": "1.1", "percent": 101}, "less than or equal"),
    ],
)
def test_nonsense_is_refused(rating: dict[str, object], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        AttributeRating.model_validate(rating)


def test_an_attribute_is_rated_once() -> None:
    with pytest.raises(ValidationError, match="rated twice"):
        file(ratings=[{"attribute": "1.1", "rating": "F"}, {"attribute": "1.1", "rating": "L"}])
