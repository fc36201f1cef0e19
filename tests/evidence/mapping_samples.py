"""Shipped profiles, datasets and words, and tables of headers and rows for tests of mappings."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from auditkit.evidence.datasets import load_datasets
from auditkit.evidence.mapping import Known, learn, propose
from auditkit.evidence.mapping_model import ColumnFacts, DateFacts, FieldProposal, Proposal, TableFacts
from auditkit.evidence.mapping_words import MappingWords, load_mapping_words
from auditkit.evidence.model import Dataset, Profile
from auditkit.evidence.profiles import load_profiles

CHECKLISTS = Path(__file__).resolve().parents[2] / "checklists"


@cache
def shipped() -> tuple[tuple[Dataset, ...], tuple[Profile, ...], MappingWords]:
    """Return what `auditkit evidence map` knows."""
    datasets, issues = load_datasets(CHECKLISTS / "datasets.yaml", "datasets.yaml")
    profiles, more = load_profiles(CHECKLISTS / "profiles", "profiles")
    words, still = load_mapping_words(CHECKLISTS / "mapping-words.yaml", "mapping-words.yaml")
    assert (issues, more, still) == ((), (), ())
    return datasets, profiles, words


@cache
def learnt() -> tuple[Known, ...]:
    """Return what is known of every dataset."""
    return learn(*shipped())


def column(header: str, cells: Sequence[str] = (), dates: DateFacts | None = None) -> ColumnFacts:
    """Return what is seen in a column; which dates it holds is said, not looked for."""
    counts = {cell: cells.count(cell) for cell in sorted(set(cells))}
    return ColumnFacts(
        position=0,
        header=header,
        filled=len(cells),
        distinct=len(counts),
        values=tuple(sorted(counts.items(), key=lambda one: (-one[1], one[0]))),
        whole_numbers=sum(cell.isdigit() for cell in cells),
        leading_numbers=sum(cell[:1].isdigit() and " - " in cell for cell in cells),
        numbers=sum(cell.replace(",", "").replace(".", "").isdigit() for cell in cells),
        mean_characters=sum(map(len, cells)) / max(1, len(cells)),
        dates=dates or DateFacts(),
    )


def table(*columns: ColumnFacts | str, file: str = "export.csv") -> TableFacts:
    """Return a table of columns; a text is a column without rows."""
    made = [column(one) if isinstance(one, str) else one for one in columns]
    placed = tuple(one.model_copy(update={"position": at}) for at, one in enumerate(made))
    return TableFacts(file=file, rows=max((one.filled for one in placed), default=0), columns=placed)


def proposed(
    facts: TableFacts, dataset: str | None = None, profiles: Sequence[Profile] | None = None
) -> Proposal:
    """Return what is proposed for a table."""
    datasets, _, words = shipped()
    known = learnt() if profiles is None else learn(datasets, profiles, words)
    return propose(facts, known, words, dataset)


def field(proposal: Proposal, name: str) -> FieldProposal:
    """Return what is proposed for one field."""
    return next(one for one in proposal.fields if one.field == name)


def used(proposal: Proposal) -> dict[str, str]:
    """Return the fields that found a column, with its header."""
    return {one.field: one.header or "" for one in proposal.fields if one.position is not None}


def sample_headers(profile: Profile, which: int) -> list[str]:
    """Return one header a field of a profile, the first or the last of its candidates, none twice."""
    return list(dict.fromkeys(entry.headers[which] for entry in profile.fields.values()))
