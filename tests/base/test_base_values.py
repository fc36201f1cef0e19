"""Digests see structure; periods include both ends; places read like places."""

from datetime import date

import pytest

from auditkit.base.digest import digest_value
from auditkit.base.period import Period
from auditkit.base.place import Place


def test_a_digest_sees_where_one_value_ends() -> None:
    assert digest_value(["ab", "c"]) != digest_value(["a", "bc"])
    assert digest_value({"a": 1, "b": 2}) == digest_value({"b": 2, "a": 1})


def test_a_period_includes_both_ends_and_lists_its_months() -> None:
    period = Period(start=date(2025, 11, 30), end=date(2026, 1, 1))
    assert period.contains(date(2025, 11, 30))
    assert period.contains(date(2026, 1, 1))
    assert not period.contains(date(2026, 1, 2))
    assert period.months() == ("2025-11", "2025-12", "2026-01")
    with pytest.raises(ValueError, match="before it starts"):
        Period(start=date(2026, 1, 2), end=date(2026, 1, 1))


def test_a_place_reads_as_a_person_would_write_it() -> None:
    assert str(Place(file="a.yaml", line=3, column=5)) == "a.yaml:3:5"
    assert str(Place(file="b.xlsx", sheet="Data", row=7)) == "b.xlsx, sheet Data, row 7"
