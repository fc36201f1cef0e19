"""Which kind of record an export holds: by the fields it has, the columns that stay over, and words that name it."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from auditkit.evidence.mapping_model import ColumnFacts, DatasetRank, FieldProposal, TableFacts
from auditkit.evidence.mapping_words import MappingWords, plain, split_words
from auditkit.evidence.model import Dataset

if TYPE_CHECKING:
    from auditkit.evidence.mapping import Draft

SHOWN = 5
_ALIKE = 0.02
_FIELDS_WEIGHT = 0.25
_WITHOUT_KEY, _WITHOUT_DATE = 0.3, 0.05
_BY_NUMBERS, _BY_VALUE, _BY_NAME, _BY_HEADER = 0.3, 0.15, 0.1, 0.1
_NEARLY_ALL = 0.9


def score(fields: Sequence[FieldProposal], columns: int, dataset: Dataset) -> float:
    """Return how well an export fits: points found by column, and by field with less weight."""
    found = {one.field: one for one in fields if one.position is not None}
    points = sum(one.points for one in found.values()) / 100
    whole = points / max(1, columns) + _FIELDS_WEIGHT * points / len(fields)
    lacking = _WITHOUT_KEY * (dataset.key not in found)
    lacking += _WITHOUT_DATE * (dataset.dated_by is not None and dataset.dated_by not in found)
    return whole - lacking


def cues(
    table: TableFacts, dataset: Dataset, fields: Sequence[FieldProposal], words: MappingWords
) -> tuple[float, tuple[str, ...]]:
    """Return what words that name a kind of record add for a dataset, and the reasons."""
    total, why = 0.0, []
    kind = words.kinds.get(dataset.id)
    names = frozenset(map(plain, kind.words)) if kind else frozenset()
    columns = {one.position: one for one in table.columns}
    key = next((one for one in fields if one.field == dataset.key and one.position is not None), None)
    if key is not None and key.position is not None:
        named = _kinds_of_numbers(columns[key.position], words)
        if dataset.id in named:
            total += _BY_NUMBERS
            why.append("its numbers begin as such numbers do")
        elif named:
            total -= _BY_NUMBERS
            why.append(f"its numbers begin as those of {', '.join(sorted(named))} do")
        if names & set(split_words(columns[key.position].header)):
            total += _BY_HEADER
            why.append(f"the header {columns[key.position].header!r} names it")
    if any(_names_kind(one, names) for one in table.columns):
        total += _BY_VALUE
        why.append("a column names it in nearly every row")
    if names & {*split_words(re.sub(r"\.\w+$", "", table.file)), *split_words(table.sheet or "")}:
        total += _BY_NAME
        why.append("the name of the file or sheet names it")
    return total, tuple(why)


def _kinds_of_numbers(column: ColumnFacts, words: MappingWords) -> frozenset[str]:
    """Return the datasets whose prefix nearly all of the listed numbers have."""
    listed = sum(cells for _, cells in column.values)
    found = set()
    for dataset, kind in words.kinds.items():
        if kind.prefixes and listed:
            pattern = re.compile(rf"(?:{'|'.join(map(re.escape, kind.prefixes))})[-_# ]?\d", re.IGNORECASE)
            if sum(cells for value, cells in column.values if pattern.match(value)) >= _NEARLY_ALL * listed:
                found.add(dataset)
    return frozenset(found)


def _names_kind(column: ColumnFacts, names: frozenset[str]) -> bool:
    if not names or not 1 <= column.distinct <= 3:
        return False
    saying = sum(
        cells for value, cells in column.values if names & set(split_words(value)) and len(value) < 40
    )
    return saying >= _NEARLY_ALL * column.filled


def rank(drafts: Sequence["Draft"]) -> tuple[tuple[DatasetRank, ...], bool]:
    """Return the best drafts in words, and whether the first two fit alike."""
    ranking = tuple(
        DatasetRank(
            dataset=one.dataset.id,
            title=one.dataset.title,
            score=round(one.score, 2),
            fields=sum(field.position is not None for field in one.fields),
            why=one.why,
        )
        for one in drafts[:SHOWN]
    )
    alike = len(drafts) > 1 and drafts[0].score - drafts[1].score < _ALIKE
    return ranking, alike and ranking[0].fields > 1
