"""Which fields of datasets, derived ones among them, hold persons: followed through the steps (pure)."""

import re
from collections.abc import Iterable, Mapping

from auditkit.assessment.recordtests.derived import Compute, DerivedDataset, Follow, Group, Join, Take
from auditkit.evidence.model import Dataset


def fields_of_persons(
    datasets: Iterable[Dataset], derived: Iterable[DerivedDataset]
) -> dict[str, frozenset[str]]:
    """Return by dataset the fields that hold persons; ``derived`` in the order in which they are made."""
    found = {one.id: frozenset(field.name for field in one.fields if field.person) for one in datasets}
    for one in derived:
        found[one.id] = _followed(one, found) | {field.name for field in one.fields if field.person}
    return found


def _followed(made: DerivedDataset, known: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """Follow persons through the steps; an expression that names such a field may hold one."""
    found: set[str] = set()
    for step in made.steps:
        if isinstance(step, (Take, Join)):
            there = known.get(step.dataset, frozenset())
            found |= {new for new, old in step.fields.items() if old in there}
        elif isinstance(step, Follow):
            found |= {new for new, old in step.fields.items() if old in found}
        elif isinstance(step, Compute):
            found |= {new for new, text in step.fields.items() if _words(text) & found}
        elif isinstance(step, Group):
            of_one = {new: text for new, text in step.figures.items() if text.startswith(("max ", "min "))}
            found |= {new for new, text in of_one.items() if _words(text) & found}
    types = {field.name: field.type for field in made.fields}
    return frozenset(one for one in found if types.get(one) == "text")


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text))
