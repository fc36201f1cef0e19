"""Clauses are numbers in a tree, not prefixes of text."""

import pytest

from auditkit.base.ids import clause_key, clause_of, is_point_id, is_within, parent_clause, requirement_of


def test_8_10_is_not_within_8_1_and_comes_after_8_2() -> None:
    assert not is_within("8.10", "8.1")
    assert clause_key("8.2") < clause_key("8.10")


def test_a_clause_is_within_itself_and_its_ancestors() -> None:
    assert is_within("8.6.1", "8.6.1")
    assert is_within("8.6.1", "8")
    assert parent_clause("8.6.1") == "8.6"
    assert parent_clause("8") is None


@pytest.mark.parametrize(
    ("point", "requirement", "clause"),
    [
        ("8.6.1-1c", "8.6.1-1", "8.6.1"),
        ("6.1.2-1a1", "6.1.2-1", "6.1.2"),
        ("4.1-A1", "4.1-A1", "4.1"),
        ("8.2.6-10", "8.2.6-10", "8.2.6"),
    ],
)
def test_a_point_knows_its_requirement_and_clause(point: str, requirement: str, clause: str) -> None:
    assert is_point_id(point)
    assert (requirement_of(point), clause_of(point)) == (requirement, clause)


@pytest.mark.parametrize("text", ["8.6.1", "8.6.1-", "8.6.1-1C", "8.6.1-1cc", "x", "8..1-1", "8.6.1-1c2d"])
def test_what_is_no_point_is_refused(text: str) -> None:
    assert not is_point_id(text)
    with pytest.raises(ValueError, match="is not a requirement or point"):
        requirement_of(text)
