"""Propose how an export maps to a dataset: which column each field comes from, why, and how sure that is.

Nothing is guessed silently: where two columns fit a field alike, or two fields a column, none is chosen and all
are named. The order of the columns plays no part.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

from auditkit.evidence.mapping_assign import Claim, assign
from auditkit.evidence.mapping_model import ColumnFacts, FieldProposal, Proposal, Sure, TableFacts
from auditkit.evidence.mapping_rank import cues, rank, score
from auditkit.evidence.mapping_values import Sight, Values
from auditkit.evidence.mapping_vocabulary import CERTAIN_POINTS, Match, Vocabulary
from auditkit.evidence.mapping_words import MappingWords
from auditkit.evidence.model import Dataset, DatasetField, Profile
from auditkit.evidence.profiles import normal_header

_LIKELY_POINTS = 60
_BY_VALUES_POINTS = 35
_LEAST_FIELDS = 2
_USED: tuple[Sure, ...] = ("certain", "likely")
_NOT_CARRIED = {"headers", "values", "join"}
"""Settings of a profile's field that speak of its other headers, or are proposed value by value."""


class Draft(NamedTuple):
    """The proposal for one dataset, and what speaks for that dataset."""

    dataset: Dataset
    fields: tuple[FieldProposal, ...]
    closest: frozenset[str]
    closest_columns: int
    score: float
    why: tuple[str, ...]


class Known(NamedTuple):
    """A dataset and what is known of its headers and values."""

    dataset: Dataset
    vocabulary: Vocabulary
    values: Values


def learn(datasets: Sequence[Dataset], profiles: Sequence[Profile], words: MappingWords) -> tuple[Known, ...]:
    """Gather what is known of the headers and values of datasets, for any number of exports."""
    return tuple(
        Known(one, Vocabulary(one, profiles, words), Values(one, profiles, words)) for one in datasets
    )


def propose(
    table: TableFacts, known: Sequence[Known], words: MappingWords, wanted: str | None = None
) -> Proposal:
    """Return the mapping of an export to the dataset that is wanted, or to the one that fits best.

    Where two datasets fit alike the proposal is tied, and where none fits it has no dataset; it then has no fields.
    """
    unusable, warnings = _unusable(table.columns)
    columns = [one for one in table.columns if one.position not in unusable]
    drafts = [_draft(table, columns, one, words) for one in known if wanted in (None, one.dataset.id)]
    drafts.sort(key=lambda one: (-one.score, one.dataset.id))
    ranking, tied = rank(drafts)
    if tied or not drafts or (wanted is None and ranking[0].fields < _LEAST_FIELDS):
        return Proposal(table=table, ranking=ranking, tied=tied)
    best = drafts[0]
    used = {one.position: one for one in best.fields if one.position is not None}
    booleans = [one for one in columns if one.position in used and used[one.position].type == "boolean"]
    true, false = next(one for one in known if one.dataset is best.dataset).values.spoken(booleans)
    return Proposal(
        table=table,
        ranking=ranking,
        dataset=best.dataset.id,
        key=best.dataset.key,
        closest_profile=min(best.closest, default=None),
        closest_columns=best.closest_columns,
        fields=best.fields,
        unmapped=tuple(one.header for one in table.columns if one.position not in used and one.header),
        warnings=(*warnings, *_about_key(best)),
        true_values=true,
        false_values=false,
    )


def _draft(table: TableFacts, columns: Sequence[ColumnFacts], known: Known, words: MappingWords) -> Draft:
    dataset = known.dataset
    closest, found = known.vocabulary.closest([one.header for one in table.columns])
    seen = {
        (field.name, column.position): claim
        for field in dataset.fields
        for column in columns
        if (claim := _claim(field, column, known, closest)) is not None
    }
    decided = assign([one.claim for one in seen.values() if one.sight.points is not None])
    by_position = {one.position: one for one in columns}
    chosen = {
        field.name: _chosen(field, seen[field.name, decided.chosen[field.name]], by_position)
        for field in dataset.fields
        if field.name in decided.chosen
    }
    chosen = {name: _counted(one, chosen) for name, one in chosen.items()}
    free = frozenset(by_position) - {one.position for one in chosen.values() if one.position is not None}
    fields = tuple(
        chosen.get(field.name) or _not_chosen(field, decided.tied.get(field.name, ()), seen, free)
        for field in dataset.fields
    )
    more, why = cues(table, dataset, fields, words)
    return Draft(dataset, fields, closest, found, score(fields, len(columns), dataset) + more, why)


class _Seen(NamedTuple):
    """A claim and what it rests on."""

    claim: Claim
    match: Match
    sight: Sight


def _claim(field: DatasetField, column: ColumnFacts, known: Known, closest: frozenset[str]) -> _Seen | None:
    """Weigh header and cells of a column for a field; None when nothing speaks for it."""
    match = known.vocabulary.match(column.header, field, closest)
    sight = known.values.look(column, field, match.entry if match else None)
    if match is None:
        telling = field.values and sight.points == 10 and column.distinct > 1 and not column.whole_numbers
        unique = field.name == known.dataset.key and sight.points == 10 and column.mean_characters < 30
        if not telling and not unique:
            return None
        match = Match(_BY_VALUES_POINTS, "the header says nothing; the cells fit")
    claim = Claim(field.name, column.position, column.header, match.points + (sight.points or 0))
    return _Seen(claim, match, sight)


def _not_chosen(
    field: DatasetField, tied: Sequence[str], seen: dict[tuple[str, int], _Seen], free: frozenset[int]
) -> FieldProposal:
    """Say of a field without a column what is tied, or which free columns fit by header and not by cells."""
    if tied:
        reason = f"{' and '.join(map(repr, tied))} fit alike, so none was chosen"
        return FieldProposal(
            field=field.name, type=field.type, sure="tie", rivals=tuple(tied), reasons=(reason,)
        )
    forbidden = sorted(
        f"{one.claim.header!r} fits by its header, but {one.sight.reason}"
        for (name, position), one in seen.items()
        if name == field.name
        and position in free
        and one.sight.points is None
        and one.match.points >= _LIKELY_POINTS
    )
    return FieldProposal(field=field.name, type=field.type, sure="none", reasons=tuple(forbidden))


def _chosen(field: DatasetField, found: _Seen, columns: dict[int, ColumnFacts]) -> FieldProposal:
    claim, match, sight = found
    sure: Sure = "possible"
    if match.points >= CERTAIN_POINTS and sight.points is not None and sight.points >= 0:
        sure = "certain"
    elif claim.points >= _LIKELY_POINTS:
        sure = "likely"
    settings, warnings = _settings(field, match, sight)
    column = columns[claim.position]
    return FieldProposal(
        field=field.name,
        type=field.type,
        sure=sure,
        header=column.header,
        position=column.position if sure in _USED else None,
        points=claim.points,
        reasons=tuple(one for one in (match.reason, sight.reason) if one),
        values=sight.values,
        settings=settings,
        dates=column.dates if field.type in ("date", "datetime") and "unit" not in settings else None,
        warnings=(*sight.warnings, *warnings),
    )


def _counted(one: FieldProposal, chosen: dict[str, FieldProposal]) -> FieldProposal:
    """Leave out a date that is a length of time after another field, where that field has no column."""
    base = one.settings.get("after")
    if base is None or (base in chosen and chosen[base].position is not None):
        return one
    reasons = (*one.reasons, f"it counts from {base}, which has no column")
    return one.model_copy(update={"sure": "possible", "position": None, "reasons": reasons})


def _settings(field: DatasetField, match: Match, sight: Sight) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Return what the profile needs beside the header, and what to check about it."""
    settings = dict(sight.settings)
    warnings: list[str] = []
    if match.entry is not None:
        settings |= match.entry.model_dump(exclude_defaults=True, exclude=_NOT_CARRIED)
        if match.entry.join is not None:
            warnings.append(f"Profile {match.profile} reads {field.name} together with another column.")
    if match.invert is None:
        warnings.append(f"It cannot be told whether the column states {field.name} or the opposite.")
    elif match.invert:
        settings["invert"] = True
    if settings.get("invert"):
        warnings.append(f"The column states the opposite of {field.name}, so invert is set.")
    return settings, tuple(warnings)


def _unusable(columns: Sequence[ColumnFacts]) -> tuple[frozenset[int], tuple[str, ...]]:
    """Return the columns that no profile can name, and why: without a header, or with one that stands twice."""
    count = Counter(normal_header(one.header) for one in columns)
    doubled = sorted({one.header for one in columns if one.header and count[normal_header(one.header)] > 1})
    nameless = sum(1 for one in columns if not normal_header(one.header))
    warnings = [f"The header {one!r} stands more than once, so no field can use it." for one in doubled]
    if nameless:
        warnings.append(f"{nameless} columns have no header, so no field can use them.")
    unusable = {one.position for one in columns if count[normal_header(one.header)] > 1}
    unusable |= {one.position for one in columns if not normal_header(one.header)}
    return frozenset(unusable), tuple(warnings)


def _about_key(draft: Draft) -> tuple[str, ...]:
    key = next(one for one in draft.fields if one.field == draft.dataset.key)
    if key.position is not None:
        return ()
    return (
        f"No column was found for {key.field}, which identifies a record; without it the export is not read.",
    )
