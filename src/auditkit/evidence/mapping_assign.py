"""Give each field a column and each column a field, the best claims first; who fits alike gets nothing."""

from collections.abc import Sequence
from typing import NamedTuple

LEAST_POINTS = 40
MARGIN_POINTS = 4
"""Claims that differ by no more than this fit alike."""


class Claim(NamedTuple):
    """A column that may be a field."""

    field: str
    position: int
    header: str
    points: int


class Assignment(NamedTuple):
    """What came of the claims."""

    chosen: dict[str, int]
    """Field to the position of its column."""
    tied: dict[str, tuple[str, ...]]
    """Field to the headers, or to the header and the other fields, that fit alike."""


def assign(claims: Sequence[Claim]) -> Assignment:
    """Assign columns to fields by falling points. The order of the claims plays no part."""
    left = [one for one in claims if one.points >= LEAST_POINTS]
    left.sort(key=lambda one: (-one.points, one.field, one.header, one.position))
    chosen: dict[str, int] = {}
    tied: dict[str, tuple[str, ...]] = {}
    while left:
        top = left[0]
        columns = _rival_columns(top, left)
        fields = _rival_fields(top, left)
        gone_fields, gone_columns = {top.field}, {top.position}
        if columns:
            tied[top.field] = tuple(sorted([top.header, *(one.header for one in columns)]))
            gone_columns |= {one.position for one in columns}
        elif fields:
            gone_fields |= {one.field for one in fields}
            for name in gone_fields:
                tied[name] = (top.header, *(f"field {one}" for one in sorted(gone_fields - {name})))
        else:
            chosen[top.field] = top.position
        left = [one for one in left if one.field not in gone_fields and one.position not in gone_columns]
    return Assignment(chosen, tied)


def _rival_columns(top: Claim, left: Sequence[Claim]) -> list[Claim]:
    """Return other columns that fit the field alike and no other field better."""
    return [
        one
        for one in left
        if one.field == top.field
        and one.position != top.position
        and one.points >= top.points - MARGIN_POINTS
        and not any(other.position == one.position and other.points > one.points for other in left)
    ]


def _rival_fields(top: Claim, left: Sequence[Claim]) -> list[Claim]:
    """Return other fields that the column fits alike and no other column better."""
    return [
        one
        for one in left
        if one.position == top.position
        and one.field != top.field
        and one.points >= top.points - MARGIN_POINTS
        and not any(other.field == one.field and other.points > one.points for other in left)
    ]
