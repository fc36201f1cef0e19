"""What the cells of a column say for or against a field: type, allowed values, value maps, dates."""

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from auditkit.evidence.mapping_model import ColumnFacts, ValueProposal
from auditkit.evidence.mapping_words import MappingWords
from auditkit.evidence.model import Dataset, DatasetField, Profile, ProfileField

_MOST_LISTED = 30
"""More distinct values than this are no closed list."""
_NEARLY_ALL = 0.9
_TRUE, _FALSE = ("true", "yes", "1", "y"), ("false", "no", "0", "n")


class Sight(NamedTuple):
    """What the cells say of one field; ``points`` None: the column cannot be this field."""

    points: int | None
    reason: str = ""
    values: tuple[ValueProposal, ...] = ()
    settings: dict[str, Any] = {}
    warnings: tuple[str, ...] = ()


class Values:
    """What values of a dataset's fields are known to mean."""

    def __init__(self, dataset: Dataset, profiles: Sequence[Profile], words: MappingWords) -> None:
        """Gather the value maps of the dataset's profiles."""
        self._key = dataset.key
        self._maps: dict[str, list[dict[str, str]]] = {}
        for profile in profiles:
            if profile.dataset == dataset.id:
                for name, entry in profile.fields.items():
                    self._maps.setdefault(name, []).append(_plain(entry.values))
        self._words = {
            canonical: frozenset(map(str.casefold, said)) for canonical, said in words.values.items()
        }
        self._true = frozenset({*_TRUE, *map(str.casefold, words.yes)})
        self._false = frozenset({*_FALSE, *map(str.casefold, words.no)})

    def look(self, column: ColumnFacts, field: DatasetField, entry: ProfileField | None) -> Sight:
        """Look at the cells of a column as a field; ``entry``: the profile's field that knows the header."""
        if column.filled == 0:
            return Sight(0, "the column is empty")
        if entry is not None and (entry.patterns or entry.unit or entry.after):
            return Sight(5, "the profile says how its cells are read")
        if field.type in ("date", "datetime"):
            return _as_dates(column)
        if field.name == self._key:
            return _as_key(column)
        if field.type == "boolean":
            return self._as_list(column, field, entry, ("true", "false"))
        if field.values:
            return self._as_list(column, field, entry, field.values)
        if field.type == "integer":
            return self._as_integers(column, field, entry)
        if field.type == "number":
            share = column.numbers / column.filled
            return _numeric(share, "numbers") if share >= 0.5 else Sight(None, "its cells are no numbers")
        return _as_text(column)

    def _as_list(
        self, column: ColumnFacts, field: DatasetField, entry: ProfileField | None, allowed: Sequence[str]
    ) -> Sight:
        if column.distinct > _MOST_LISTED:
            return Sight(None, f"it has {column.distinct:,} different values, too many for a list")
        known = sum(cells for value, cells in column.values if self._plainly(field, value))
        needing = [(value, cells) for value, cells in column.values if not self._plainly(field, value)]
        values = tuple(self._meaning(field, value, cells, entry, allowed) for value, cells in needing)
        clear = sum(one.cells for one in values if len(one.meanings) == 1)
        unclear = sum(one.cells for one in values if len(one.meanings) > 1)
        share = (known + clear + unclear / 2) / column.filled
        reason = (
            f"{round(100 * share)} % of its cells hold known values" if share else "its values are not known"
        )
        return Sight(round(10 * share), reason, values)

    def _as_integers(self, column: ColumnFacts, field: DatasetField, entry: ProfileField | None) -> Sight:
        if column.whole_numbers >= _NEARLY_ALL * column.filled and not (entry and entry.values):
            return Sight(5, "its cells are whole numbers", warnings=_direction(field))
        if column.leading_numbers + column.whole_numbers >= _NEARLY_ALL * column.filled:
            settings = {"leading_digits": True} if not (entry and entry.values) else {}
            return Sight(5, "its cells begin with a number", settings=settings, warnings=_direction(field))
        if column.distinct > _MOST_LISTED:
            return Sight(None, "its cells are no whole numbers")
        needing = [
            one for one in column.values if not re.fullmatch(r"\d+", one[0]) or (entry and entry.values)
        ]
        values = tuple(self._meaning(field, value, cells, entry, ()) for value, cells in needing)
        return Sight(0, "its words need numbers", values)

    def _plainly(self, field: DatasetField, value: str) -> bool:
        """Tell whether a value is understood without a value map."""
        if field.type == "boolean":
            return value.casefold() in self._true | self._false
        return re.sub(r"[\s-]+", "_", value.lower()) in field.values

    def _meaning(
        self, field: DatasetField, value: str, cells: int, entry: ProfileField | None, allowed: Sequence[str]
    ) -> ValueProposal:
        """Return what a value is known to mean: by the profile that knows the header, else by all and by words."""
        name = value.casefold()
        if entry is not None and name in (own := _plain(entry.values)):
            return ValueProposal(value=value, cells=cells, meanings=(own[name],))
        found = {one[name] for one in self._maps.get(field.name, ()) if name in one}
        found |= {canonical for canonical in allowed if name in self._words.get(canonical, ())}
        return ValueProposal(value=value, cells=cells, meanings=tuple(sorted(found)))

    def spoken(self, columns: Sequence[ColumnFacts]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the words for true and for false that columns use beyond those every profile has."""
        used = {value.casefold() for one in columns for value, _ in one.values}
        return tuple(sorted((used & self._true) - set(_TRUE))), tuple(
            sorted((used & self._false) - set(_FALSE))
        )


def _plain(values: dict[str, str]) -> dict[str, str]:
    return {key.strip().casefold(): value for key, value in values.items() if key.strip()}


def _as_dates(column: ColumnFacts) -> Sight:
    dates = column.dates
    if dates.serial:
        warning = (
            "Its cells are numbers of days as spreadsheets keep them; give the column a date format there."
        )
        return Sight(0, "its cells look like the day numbers of a spreadsheet", warnings=(warning,))
    if dates.format is not None:
        return Sight(10, f"every cell reads as a date, {dates.format}")
    if dates.rivals:
        return Sight(8, f"every cell reads as a date, in {len(dates.rivals)} ways")
    if dates.read * 2 >= column.filled:
        return Sight(0, f"{dates.read:,} of {column.filled:,} cells read as dates, {dates.nearest}")
    return Sight(None, "its cells are no dates")


def _as_key(column: ColumnFacts) -> Sight:
    if column.dates.format is not None and not column.whole_numbers:
        return Sight(None, "its cells are dates")
    if column.distinct == column.filled:
        return Sight(10, "no value stands twice")
    if column.distinct * 2 >= column.filled:
        repeated = column.filled - column.distinct
        warning = f"{repeated:,} rows repeat a value of the column {column.header!r}."
        return Sight(0, f"{repeated:,} rows repeat a value", warnings=(warning,))
    warning = (
        f"{column.filled:,} rows hold {column.distinct:,} values of {column.header!r}: if each row is a change of a "
        "record, collapse_to_last_by keeps the last one."
    )
    return Sight(-10, "most values stand more than once", warnings=(warning,))


def _as_text(column: ColumnFacts) -> Sight:
    if column.dates.format is not None and not column.whole_numbers:
        return Sight(None, "its cells are dates")
    if column.distinct > 1 and all(
        value.casefold() in (*_TRUE[:2], *_FALSE[:2]) for value, _ in column.values
    ):
        return Sight(-20, "its cells say yes or no")
    return Sight(0)


def _numeric(share: float, noun: str) -> Sight:
    whole = share >= _NEARLY_ALL
    return Sight(
        5 if whole else 0, f"its cells are {noun}" if whole else f"{round(100 * share)} % are {noun}"
    )


def _direction(field: DatasetField) -> tuple[str, ...]:
    """Warn where small numbers have to be the most urgent or the widest."""
    if field.about.startswith("1 is") or "; 1 is" in field.about:
        return (f"{field.about}: in some tools the numbers run the other way, so check {field.name}.",)
    return ()
